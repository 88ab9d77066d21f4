//! What can go wrong with the store, told by what a person can do about it.

use std::io;
use std::path::PathBuf;

/// A failure of the store. `Display` says what is wrong; [`StoreError::hint`] what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{} is not a Tablesetter store", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later version.
    #[error("{} was written by a newer Tablesetter (its version {found}, this program knows {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version found.
        found: i64,
        /// Latest version that this program knows.
        known: i64,
    },
    /// Another program held the store for longer than the busy timeout.
    #[error("the store is busy: another program has been writing to it for too long")]
    Busy,
    /// The medium is full.
    #[error("the disk is full; nothing was changed")]
    Full,
    /// The medium or file cannot be written.
    #[error("the store cannot be written: it is read-only")]
    ReadOnly,
    /// The file is damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Undo or redo is refused; the text names the row and the later change.
    #[error("{0}")]
    UndoRefused(String),
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
    #[error("{what} {}: {source}", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// Anything else that SQLite reports.
    #[error("the store answered: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// What the user can do now.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::NotOurs { .. } => "Name another file with --store; this one was left as it is.",
            Self::Newer { .. } => {
                "Update Tablesetter, or name another file with --store; this one was left as it is."
            }
            Self::Busy => "Close the other program, or try again in a moment.",
            Self::Full => "Make room on the disk, then try again.",
            Self::ReadOnly => "Check the permissions of the file and its folder.",
            Self::Damaged(_) => {
                "Run `tablesetter doctor`; keep the file, and restore a backup into a new one."
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
            ConstraintViolation, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull,
        };
        use rusqlite::ErrorCode::{NotADatabase, ReadOnly};
        let Some(code) = error.sqlite_error_code() else { return Self::Sql(error) };
        match code {
            DatabaseBusy | DatabaseLocked => Self::Busy,
            DiskFull => Self::Full,
            ReadOnly => Self::ReadOnly,
            DatabaseCorrupt | NotADatabase => Self::Damaged(error.to_string()),
            ConstraintViolation => Self::Refused(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}
