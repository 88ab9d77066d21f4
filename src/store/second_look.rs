//! Whether a store that was said to be damaged is. SQLite says so as well when a part of it could not be read, as from a
//! disk with a bad cable; what is told then must be that. A process that has the store open leaves the look to a child,
//! since closing the file would drop SQLite's locks on it.

use std::os::unix::fs::FileExt;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

use super::connection;
use super::error::StoreError;

/// What the second look found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondLook {
    /// The file is read from end to end and every check of it fails.
    Damaged,
    /// It is read and sound.
    Sound,
    /// It cannot be read; why.
    Unreadable(String),
}

impl SecondLook {
    /// Looks at a file that this process does not have open; with its log where others do.
    pub fn at(store: &Path) -> Self {
        if let Err(failed) = read_through(store) {
            return Self::Unreadable(failed.to_string());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // While others have it open its newest pages may stand in the log alone, and the file by itself looks
        // damaged.
        let with_log =
            connection::has_log(store).then(|| Connection::open_with_flags(store, flags).ok()).flatten();
        let is_sound = with_log.or_else(|| connection::alone(store)).is_some_and(|file| {
            let first = file.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
            first.is_ok_and(|first| first == "ok")
        });
        if is_sound { Self::Sound } else { Self::Damaged }
    }

    /// What is told instead of what was said first.
    pub fn judge(self, error: StoreError) -> StoreError {
        match self {
            Self::Damaged => error,
            Self::Unreadable(why) => StoreError::Unreadable(why),
            Self::Sound => StoreError::Unreadable(
                "a part of it could not be read once; a second look found it sound".to_owned(),
            ),
        }
    }
}

/// Reads a file from end to end, as SQLite does.
fn read_through(path: &Path) -> std::io::Result<()> {
    let file = std::fs::File::open(path)?;
    let (mut part, mut at) = (vec![0; 1 << 16], 0);
    loop {
        match file.read_at(&mut part, at)? {
            0 => return Ok(()),
            count => at += count as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn only_what_is_read_and_fails_every_check_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        drop(Store::open(&path).unwrap());
        let said = || StoreError::Damaged("malformed".to_owned());
        let again = Store::look_again(said(), &path).to_string();
        assert!(again.contains("a second look found it sound"), "{again}");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[100..4096].fill(0);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(Store::look_again(said(), &path).to_string(), "the store is damaged: malformed");
        let folder_of_it = Store::look_again(said(), folder.path()).to_string();
        assert!(folder_of_it.contains("could not be read"), "{folder_of_it}");
    }
}
