//! Work beside the screen, which no key may wait for: the check at the start, the copies of the store, and taking in
//! its log. Each runs on a connection of its own and says something only where somebody has to know. None is waited
//! for at the end: a check has nothing to lose, a copy gets its name last, and a log is taken in by the next start.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use std::{io, thread};

use chrono::{DateTime, NaiveDate, Utc};

use crate::store::{Files, Store, StoreError};

/// What comes from beside the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The user has to know it.
    Text(String),
    /// The log is in the file.
    TakenIn,
    /// Another program is writing, or reading what the log alone holds.
    NotTakenIn,
    /// The files of the store are not those that were opened.
    Exchanged,
}

/// What threads of this kind are called.
pub const THREAD: &str = "background";

/// Runs things and collects what they have to say.
pub struct Background {
    said: Receiver<Said>,
    sender: Sender<Said>,
    wake: UnixStream,
    /// Readable when something was said.
    pub bell: UnixStream,
}

impl Background {
    /// Nothing runs yet.
    ///
    /// # Errors
    /// When the system has no pipe left.
    pub fn new() -> io::Result<Self> {
        let (sender, said) = mpsc::channel();
        let (bell, wake) = UnixStream::pair()?;
        // It is read until it is empty, and a pipe that blocks would wait there for the next ring.
        bell.set_nonblocking(true)?;
        Ok(Self { said, sender, wake, bell })
    }

    /// Looks whether the store is whole, and remembers that it was found so on a day.
    pub fn check(&self, files: &Arc<Files>, today: NaiveDate) {
        self.run(files, "the store could not be checked", move |files| {
            let store = Store::again(files)?;
            let found = store.quick_check()?;
            if found.is_empty() {
                store.remember_check(today);
                return Ok(None);
            }
            match Store::look_again_beside(StoreError::Damaged(found.join("; ")), Some(files)) {
                damage @ StoreError::Damaged(_) => {
                    Ok(Some(Said::Text(format!("{damage}; keep the file, and run `tablesetter doctor`"))))
                }
                other => Err(other),
            }
        });
    }

    /// Removes what was left of copies whose program was killed; a store need not be open for that.
    pub fn tidy(store: &Path) {
        let store = store.to_owned();
        let job = move || drop(Store::remove_broken_copies(&store));
        let _ = thread::Builder::new().name(THREAD.into()).spawn(job);
    }

    /// Makes a copy of the store.
    pub fn back_up(&self, files: &Arc<Files>, now: DateTime<Utc>) {
        self.run(files, "no copy of the store could be made", move |files| {
            let store = Store::again(files)?;
            // Another program may have been quicker.
            if store.is_backup_due(now)? {
                store.back_up(now, "daily")?;
            }
            Ok(None)
        });
    }

    /// Takes the log into the file, if nobody else is writing or reading what it alone holds.
    pub fn take_in(&self, files: &Arc<Files>) {
        self.run(files, "the log of the store could not be taken in", |files| {
            Ok(Some(if Store::take_in_log(files)? { Said::TakenIn } else { Said::NotTakenIn }))
        });
    }

    /// The same before leaving: true if it was done in a time.
    pub fn take_in_within(files: &Arc<Files>, time: Duration) -> bool {
        // Whoever leaves waits for the channel and not for the thread, which nothing can stop once it syncs.
        let (done, is_done) = mpsc::channel();
        let files = Arc::clone(files);
        let job = move || {
            let _ = done.send(Store::take_in_log(&files).unwrap_or(false));
        };
        let _ = thread::Builder::new().name(THREAD.into()).spawn(job);
        is_done.recv_timeout(time).unwrap_or(false)
    }

    fn run(
        &self,
        files: &Arc<Files>,
        what: &'static str,
        work: impl FnOnce(&Arc<Files>) -> Result<Option<Said>, StoreError> + Send + 'static,
    ) {
        let (files, sender) = (Arc::clone(files), self.sender.clone());
        // A channel alone wakes no `poll`; the byte does, and what it stands for waits in the channel.
        let Ok(mut wake) = self.wake.try_clone() else { return };
        let job = move || {
            // The hook of panics leaves this thread alone, so a fault has to be told here or by nobody.
            let said = match panic::catch_unwind(AssertUnwindSafe(|| work(&files))) {
                Ok(Ok(said)) => said,
                Ok(Err(error)) => Some(match Store::look_again_beside(error, Some(&files)) {
                    StoreError::Replaced { .. } => Said::Exchanged,
                    error => Said::Text(format!("{what}: {error}")),
                }),
                Err(_) => Some(Said::Text(format!("{what}: a fault of this program stopped it"))),
            };
            if let Some(said) = said {
                let _ = sender.send(said);
                let _ = wake.write_all(b"!");
            }
        };
        let _ = thread::Builder::new().name(THREAD.into()).spawn(job);
    }

    /// A rope to the bell, for others who have something to say.
    ///
    /// # Errors
    /// When the system has no descriptor left.
    pub fn rope(&self) -> io::Result<UnixStream> {
        self.wake.try_clone()
    }

    /// What was said since the last time.
    pub fn said(&mut self) -> Vec<Said> {
        let mut buffer = [0; 16];
        // All rings at once: one look into the channel finds whatever they were for.
        while self.bell.read(&mut buffer).is_ok_and(|count| count > 0) {}
        self.said.try_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_beside_the_screen_is_said_on_it() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(&folder.path().join("s.db")).unwrap();
        let mut background = Background::new().unwrap();
        background.run(&store.files().unwrap(), "no copy could be made", |_| panic!("in a test"));
        let said = background.said.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(said, Said::Text("no copy could be made: a fault of this program stopped it".to_owned()));
        assert!(background.said().is_empty());
    }
}
