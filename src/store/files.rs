//! The files under an open store: whether they are still those that were opened. Another program may delete, replace
//! or overwrite them, and then what is written would go where nobody finds it, or into another store. Before each
//! write their `stat` is compared; where something changed that no mark of this program explains, a process of its
//! own looks into them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::error::StoreError;
use super::examine::{self, Question};
use super::seen::{self, Mark, Now, Seen};
use super::sidecar;
use super::stat::Stat;

/// The files of an open store.
pub struct Files {
    path: PathBuf,
    identity: String,
    /// What was missing when it was opened, until a mark says it.
    missing: Mutex<Option<String>>,
    // Shared with the threads beside the screen, which leave marks as well.
    known: Mutex<FilesSeen>,
}

/// As they were when they were looked at last.
struct FilesSeen {
    file: Stat,
    log: Option<Stat>,
    index: Option<Stat>,
    /// The newest operation that was read or written here.
    newest: Seen,
    /// Up to here the file alone holds everything.
    in_file: Seen,
    /// What was found wrong; it stays so.
    fault: Option<String>,
}

/// A log as it stands beside a store.
fn log_of(store: &Path) -> Option<Stat> {
    Stat::of(&sidecar::file(store, "-wal"))
}

fn index_of(store: &Path) -> Option<Stat> {
    Stat::of(&sidecar::file(store, "-shm"))
}

impl Files {
    /// Of a store that was just opened; `mark` is what was known of it before, `missing` what of that it does not hold.
    ///
    /// # Errors
    /// When the store cannot be read, or its file is gone already.
    pub fn opened(
        connection: &Connection,
        path: &Path,
        mark: Option<&Mark>,
        missing: Option<String>,
    ) -> Result<Self, StoreError> {
        let identity = seen::identity(connection)?;
        let newest = seen::newest(connection)?;
        let file = Stat::of(path).ok_or_else(|| replaced(path, GONE))?;
        let log = log_of(path);
        // Without a log the file is all there is.
        let in_file = if log.is_none_or(|log| log.size == 0) {
            newest.clone()
        } else {
            mark.filter(|mark| mark.identity == identity).map(|mark| mark.in_file.clone()).unwrap_or_default()
        };
        // An older file was put back, which was told: then it holds what it holds.
        let in_file = match seen::operation(connection, in_file.id)? {
            Some(found) if found == in_file => in_file,
            _ => Seen::default(),
        };
        let known = FilesSeen { file, log, index: index_of(path), newest, in_file, fault: None };
        Ok(Self { path: path.to_owned(), identity, missing: Mutex::new(missing), known: Mutex::new(known) })
    }

    /// The file, with links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn known(&self) -> MutexGuard<'_, FilesSeen> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Compares; whatever was found once stays found.
    ///
    /// # Errors
    /// [`StoreError::Replaced`].
    pub fn check(&self) -> Result<(), StoreError> {
        let mut known = self.known();
        if known.fault.is_none() {
            known.fault = self.look(&mut known)?;
        }
        known.fault.as_deref().map_or(Ok(()), |fault| Err(replaced(&self.path, fault)))
    }

    /// What is wrong, if anything is.
    fn look(&self, known: &mut FilesSeen) -> Result<Option<String>, StoreError> {
        let Some(file) = Stat::of(&self.path) else { return Ok(Some(GONE.to_owned())) };
        if !file.is_same_file(&known.file) {
            return Ok(Some("another file was put in its place".to_owned()));
        }
        let (log, index) = (log_of(&self.path), index_of(&self.path));
        for (before, now, ending) in [(known.log, log, "-wal"), (known.index, index, "-shm")] {
            let Some(before) = before else { continue };
            let name = sidecar::file(&self.path, ending);
            match now {
                None => return Ok(Some(format!("{}, which belongs to it, was removed", name.display()))),
                // The index never shrinks while it is used; a smaller one of the same inode was cut off by
                // something else.
                Some(now) if !now.is_same_file(&before) || (ending == "-shm" && now.size < before.size) => {
                    return Ok(Some(format!("{}, which belongs to it, was exchanged", name.display())));
                }
                Some(_) => {}
            }
        }
        known.index = index;
        if (file, log) == (known.file, known.log) {
            return Ok(None);
        }
        self.explain(known, file, log)
    }

    /// Something was written: by a program that has left its mark, or by whom?
    fn explain(
        &self,
        known: &mut FilesSeen,
        file: Stat,
        log: Option<Stat>,
    ) -> Result<Option<String>, StoreError> {
        // The cheap answer first: another cockpit or a command of ours leaves a mark with each write. Only
        // without it is a process started.
        let mark = seen::read(&self.path).filter(|mark| mark.identity == self.identity);
        let explained =
            mark.filter(|mark| (mark.file, mark.log) == (Some(file), log) && mark.names(&known.newest));
        if let Some(mark) = explained {
            (known.newest, known.in_file) = (mark.newest, mark.in_file);
        } else {
            let (in_file, newest) = (known.in_file.clone(), known.newest.clone());
            let (store, identity) = (self.path.clone(), self.identity.clone());
            let question = Question { store, identity, in_file, newest };
            if let Some(found) = examine::ask(&question)? {
                if found.alone.is_none() || found.is_other_than(&self.identity) {
                    return Ok(Some("something else was written over it".to_owned()));
                }
                if !found.has_held() {
                    return Ok(Some("an older copy was written over it".to_owned()));
                }
                if !found.log_fits || !found.has_newest {
                    return Ok(Some(format!(
                        "something else was written over it or over its log, {}",
                        sidecar::file(&self.path, "-wal").display()
                    )));
                }
            }
        }
        // Only what could be explained is known from now on; what could not is looked at once more with the next
        // write.
        (known.file, known.log) = (file, log);
        Ok(None)
    }

    /// After a write of one's own: leaves the mark, and knows the files as they are now. `in_file` is up to where the
    /// file alone holds everything, if that became known.
    pub fn written(&self, connection: &Connection, in_file: Option<Seen>) {
        let mut known = self.known();
        // A mark now would vouch for files that are somebody else's.
        if known.fault.is_some() {
            return;
        }
        let in_file = Some(in_file.unwrap_or_else(|| known.in_file.clone()));
        let missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner).take();
        let missing = missing.as_deref();
        let now = Now { connection, store: &self.path, identity: &self.identity, in_file, missing };
        if let Some(mark) = now.mark() {
            (known.newest, known.in_file) = (mark.newest, mark.in_file);
            known.file = mark.file.unwrap_or(known.file);
            known.log = mark.log;
        } else {
            known.newest = seen::newest(connection).unwrap_or_else(|_| known.newest.clone());
            known.file = Stat::of(&self.path).unwrap_or(known.file);
            known.log = log_of(&self.path);
        }
    }

    /// What tells the log from others, read by a process of its own.
    pub fn salts(&self) -> Option<(u32, u32)> {
        let (store, identity) = (self.path.clone(), self.identity.clone());
        let question = Question { store, identity, in_file: Seen::default(), newest: Seen::default() };
        examine::ask(&question).ok()??.salts
    }

    /// True if a copy of the store is one of this store as it is known.
    pub fn is_whole(&self, copy: &Connection) -> Result<bool, StoreError> {
        let newest = self.known().newest.clone();
        let is_there = newest.id == 0 || seen::operation(copy, newest.id)?.as_ref() == Some(&newest);
        Ok(is_there && seen::identity(copy)? == self.identity)
    }
}

const GONE: &str = "its file is gone";

/// That a file is not what was opened; `what` became of it, as half a sentence.
pub fn replaced(path: &Path, what: &str) -> StoreError {
    StoreError::Replaced { path: path.to_owned(), what: what.to_owned() }
}

/// How many connections of this process have a store open.
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// What happens after the connection is closed, which is when SQLite takes the log in: the mark says so. It is a value
/// of its own because the parts of a value go in their order.
pub struct AfterClosing {
    /// The file, once something was written or a log was taken in.
    pub path: Option<PathBuf>,
    has_file: bool,
}

impl AfterClosing {
    /// For a store that was just opened.
    pub fn new(has_file: bool) -> Self {
        OPEN.fetch_add(usize::from(has_file), Ordering::Relaxed);
        Self { path: None, has_file }
    }
}

impl Drop for AfterClosing {
    fn drop(&mut self) {
        // The log may be opened again only where nothing of this process has a store open any more.
        let is_last = OPEN.fetch_sub(usize::from(self.has_file), Ordering::Relaxed) == 1;
        if let Some(path) = &self.path {
            seen::after_closing(path, || if is_last { examine::salts(path) } else { None });
        }
    }
}
