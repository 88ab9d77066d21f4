//! Work beside the screen, which no key may wait for: the check at the start and the copies of the store.
//! Each runs on a connection of its own and says something only where somebody has to know.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::{io, thread};

use chrono::{DateTime, NaiveDate, Utc};

use crate::store::{Store, StoreError};

/// Runs things and collects what they have to say.
pub struct Aside {
    said: Receiver<String>,
    sender: Sender<String>,
    wake: UnixStream,
    /// Readable when something was said.
    pub bell: UnixStream,
}

impl Aside {
    /// Nothing runs yet.
    ///
    /// # Errors
    /// When the system has no pipe left.
    pub fn new() -> io::Result<Self> {
        let (sender, said) = mpsc::channel();
        let (bell, wake) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        Ok(Self { said, sender, wake, bell })
    }

    /// Looks whether the store is whole, and remembers that it was found so on a day.
    pub fn check(&self, store: &Path, today: NaiveDate) {
        self.run(store, "the store could not be checked", move |store| {
            let found = store.quick_check()?;
            if found.is_empty() {
                store.remember_check(today);
            }
            Ok((!found.is_empty()).then(|| {
                format!(
                    "the store is damaged: {}; keep the file, and run `tablesetter doctor`",
                    found.join("; ")
                )
            }))
        });
    }

    /// Removes what was left of copies whose program was killed; a store need not be open for that.
    pub fn tidy(store: &Path) {
        let store = store.to_owned();
        let job = move || drop(Store::remove_broken_copies(&store));
        let _ = thread::Builder::new().name("aside".into()).spawn(job);
    }

    /// Makes a copy of the store.
    pub fn back_up(&self, store: &Path, now: DateTime<Utc>) {
        self.run(store, "no copy of the store could be made", move |store| {
            store.leave_mark();
            // Another program may have been quicker.
            if store.is_backup_due(now)? { store.back_up(now, "daily").map(|_| None) } else { Ok(None) }
        });
    }

    fn run(
        &self,
        store: &Path,
        what: &'static str,
        work: impl FnOnce(&Store) -> Result<Option<String>, StoreError> + Send + 'static,
    ) {
        let (path, sender): (PathBuf, _) = (store.to_owned(), self.sender.clone());
        let Ok(mut wake) = self.wake.try_clone() else { return };
        let job = move || {
            let said = Store::open(&path).and_then(|(store, _)| work(&store));
            let said = said.unwrap_or_else(|error| Some(format!("{what}: {error}")));
            if let Some(text) = said {
                let _ = sender.send(text);
                let _ = wake.write_all(b"!");
            }
        };
        let _ = thread::Builder::new().name("aside".into()).spawn(job);
    }

    /// What was said since the last time.
    pub fn said(&mut self) -> Option<String> {
        let mut buffer = [0; 16];
        while self.bell.read(&mut buffer).is_ok_and(|count| count > 0) {}
        self.said.try_iter().last()
    }
}
