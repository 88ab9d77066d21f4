//! What can go wrong with the store, told by what a person can do about it.

use std::io;
use std::path::PathBuf;

use super::cause;

/// A failure of the store. `Display` says what is wrong; [`StoreError::hint`] what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{} is not a Tablesetter store", path.display())]
    NotOurs { path: PathBuf },
    /// The file was written by a later version.
    #[error("{} was written by a newer Tablesetter (its version {found}, this program knows {known})", path.display())]
    Newer {
        path: PathBuf,
        found: i64,
        /// Latest version that this program knows.
        known: i64,
    },
    /// Another program held the store for longer than the busy timeout.
    #[error("the store is busy: another program has been writing to it for too long")]
    Busy,
    /// No room is left; in which words.
    #[error("{0}; nothing was changed")]
    Full(&'static str),
    /// The medium, the folder or the file cannot be written.
    #[error("the store cannot be written: {why}")]
    ReadOnly {
        /// Which of them, as far as that is known.
        why: String,
    },
    /// Writing failed, and nothing is known to stand in its way.
    #[error("the store could not be written: {0}")]
    WriteFailed(String),
    /// Reading failed; what was read before was sound.
    #[error("the store could not be read: {0}")]
    Unreadable(String),
    /// Another program deleted, exchanged or overwrote its files while it was open.
    #[error("{} is not the store that was opened any more: {what}; nothing was written", path.display())]
    Replaced {
        path: PathBuf,
        /// What became of it.
        what: String,
    },
    /// The file is damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Undo or redo is refused; the text names the row and the later change.
    #[error("{0}")]
    UndoRefused(String),
    /// The same where what stands in its way is no change that could be undone: days that are over were recorded since.
    #[error("{0}")]
    DaysKept(String),
    /// There is nothing to undo or redo.
    #[error("there is nothing to {0}")]
    NothingTo(&'static str),
    /// A row that was named is not there.
    #[error("there is no {0}")]
    Missing(String),
    /// The rules of the store refuse the value.
    #[error("the store refuses this: {0}")]
    Refused(String),
    /// A file operation failed.
    #[error("{what} {}: {}", path.display(), cause::of(source, path))]
    Io { what: &'static str, path: PathBuf, source: io::Error },
    /// Anything else that SQLite reports.
    #[error("the store cannot do this: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// What the user can do now.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::NotOurs { .. } => "Name another file with --store; this one was left as it is.",
            Self::Newer { .. } => {
                "Update Tablesetter, or name another file with --store; this one was left as it is."
            }
            Self::Busy => "Close the other program, or try again in a moment.",
            Self::Full(_) => "Make room there, then try again.",
            Self::ReadOnly { .. } => {
                "Everything can still be read; `tablesetter doctor` says what can be done."
            }
            Self::WriteFailed(_) => {
                "Nothing was changed as far as is known: look before you do it again. `tablesetter doctor` looks for the cause."
            }
            Self::Unreadable(_) => {
                "Nothing says that it is damaged. Look at the disk and the permissions, then try again."
            }
            Self::Replaced { .. } => {
                "Close every program that has it open, then run `tablesetter doctor`; `tablesetter backup --list` names copies."
            }
            Self::Damaged(_) => {
                "Run `tablesetter doctor`; keep the file, and restore a backup into a new one."
            }
            Self::Sql(_) => "Try again; `tablesetter doctor` looks for the cause.",
            Self::DaysKept(_) => {
                "Recorded days stay; say what is to hold from now on instead, as `left:20h`."
            }
            Self::UndoRefused(_) => "`tablesetter history` lists what happened; undo the later change first.",
            _ => return None,
        };
        Some(text.to_owned())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, ConstraintViolation, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull,
        };
        use rusqlite::ErrorCode::{NotADatabase, PermissionDenied, ReadOnly, SystemIoFailure};
        let Some(code) = error.sqlite_error_code() else { return Self::Sql(error) };
        match code {
            DatabaseBusy | DatabaseLocked => Self::Busy,
            DiskFull => Self::Full("the disk is full"),
            ReadOnly | PermissionDenied => Self::ReadOnly { why: "it is read-only".to_owned() },
            DatabaseCorrupt | NotADatabase => Self::Damaged(error.to_string()),
            SystemIoFailure if is_of_reading(&error) => Self::Unreadable(error.to_string()),
            // What is left of these is writing, syncing or making a file; which of them, the system is asked
            // later (`obstacle`).
            SystemIoFailure | CannotOpen => Self::WriteFailed(error.to_string()),
            ConstraintViolation => Self::Refused(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

/// True if it was reading that failed: a bad sector or a cable, which says nothing of what is stored.
fn is_of_reading(error: &rusqlite::Error) -> bool {
    /// `SQLITE_IOERR_READ`, `_SHORT_READ`, `_FSTAT`, `_DATA`, `_CORRUPTFS`, `_IN_PAGE`.
    const READING: [i32; 6] = [266, 522, 1802, 8202, 8458, 8714];
    matches!(error, rusqlite::Error::SqliteFailure(failure, _) if READING.contains(&failure.extended_code))
}

/// What a check of the whole file says, parted into what is damaged and what could not be read.
///
/// # Errors
/// When something could not be read: then nothing is known about it.
pub fn findings(lines: Vec<String>) -> Result<Vec<String>, StoreError> {
    // The codes that SQLite names in such lines: 10 is a failed operation of the system, 7 too little memory.
    let is_of_system = |line: &String| line.contains("error code=10") || line.contains("error code=7 ");
    match lines.iter().find(|line| is_of_system(line)) {
        Some(line) => Err(StoreError::Unreadable(line.clone())),
        None => Ok(lines.into_iter().filter(|line| line != "ok").collect()),
    }
}
