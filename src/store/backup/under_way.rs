//! Folders in which something of a copy is under way. A program that is killed leaves its own behind, as large as the
//! store; whose it is tells a lock that ends with the program.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use tempfile::TempDir;

use crate::store::StoreError;
use crate::store::connection::io;

const BEGINNING: &str = ".tablesetter-copy-";

/// A folder for what is not finished yet; it goes when this goes.
pub struct UnderWay {
    folder: TempDir,
    /// Held for as long as somebody works in the folder.
    _lock: Option<File>,
}

impl UnderWay {
    /// Makes one, and removes what others have left behind.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(place: &Path) -> Result<Self, StoreError> {
        remove_left(place);
        // Nobody tidies up between the making of the folder and its lock.
        let _place = locked(place, FlockOperation::LockShared);
        let folder = tempfile::Builder::new()
            .prefix(BEGINNING)
            .tempdir_in(place)
            .map_err(io("cannot write in", place))?;
        let lock = locked(folder.path(), FlockOperation::LockExclusive);
        Ok(Self { folder, _lock: lock })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What programs that are no more have left behind.
pub(super) fn left(place: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(BEGINNING));
    // The lock goes at once; whoever removes one takes it again.
    ours.map(|entry| entry.path()).filter(|path| is_nobodys(path).is_some()).collect()
}

/// Removes it; gives what could not be removed.
pub(super) fn remove_left(place: &Path) -> Vec<PathBuf> {
    if left(place).is_empty() {
        return Vec::new();
    }
    let Some(_place) = locked(place, FlockOperation::NonBlockingLockExclusive) else { return left(place) };
    let mut stays = left(place);
    stays.retain(|path| is_nobodys(path).is_none_or(|_lock| fs::remove_dir_all(path).is_err()));
    stays
}

/// The lock of a folder in which nobody works. Where folders cannot be locked, somebody may.
fn is_nobodys(path: &Path) -> Option<File> {
    path.is_dir().then(|| locked(path, FlockOperation::NonBlockingLockExclusive)).flatten()
}

fn locked(path: &Path, how: FlockOperation) -> Option<File> {
    let folder = File::open(path).ok()?;
    flock(&folder, how).ok()?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_and_what_is_under_way_stays() {
        let place = tempfile::tempdir().unwrap();
        let dead = place.path().join(".tablesetter-copy-dead");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("copy.db"), "half of it").unwrap();
        let others = place.path().join("00000042-20261123T091200Z-daily.db");
        fs::write(&others, "a copy").unwrap();
        assert_eq!(left(place.path()), std::slice::from_ref(&dead));

        let work = UnderWay::begin(place.path()).unwrap();
        assert!(!dead.exists(), "the next copy removes it");
        assert_eq!(left(place.path()), [] as [PathBuf; 0], "somebody works in this one");
        assert_eq!(remove_left(place.path()), [] as [PathBuf; 0]);
        assert!(work.path().exists() && others.exists());
        let path = work.path().to_owned();
        drop(work);
        assert!(!path.exists());
    }
}
