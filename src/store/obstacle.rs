//! Why a store cannot be written or read: asked of the system, because SQLite often knows only that something failed.

use std::path::Path;

use rustix::fs::{Access, AtFlags, CWD, StatVfsMountFlags, accessat, statvfs};

use super::error::StoreError;
use super::sidecar;

/// Below this many bytes not even the smallest write finds room: a page for the log and the index beside it.
pub const ROOM: u64 = 64 << 10;

/// What stands in the way of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No room is left; how many bytes there are.
    Full(u64),
    /// The medium can only be read.
    Medium,
    /// The file can only be read.
    File,
    /// No log can be made in the folder.
    Folder,
}

impl Obstacle {
    /// As a person is told, of a path.
    #[must_use]
    pub fn sentence(&self, store: &Path) -> String {
        match self {
            Self::Full(left) => format!("the disk is full ({} KiB are left)", left >> 10),
            Self::Medium => "it lies on a medium that can only be read".to_owned(),
            Self::File => format!("{} may only be read by you", store.display()),
            Self::Folder => {
                format!(
                    "its folder {} is closed to you for writing, where its log belongs",
                    folder(store).display()
                )
            }
        }
    }
}

impl Obstacle {
    /// What can be done about it.
    #[must_use]
    pub fn remedy(&self, store: &Path) -> String {
        match self {
            Self::Full(_) => "make room".to_owned(),
            Self::Medium => "copy it with `tablesetter backup FILE` to a disk that can be written".to_owned(),
            Self::File => format!("chmod u+w {}", store.display()),
            Self::Folder => format!("chmod u+wx {}", folder(store).display()),
        }
    }
}

fn folder(store: &Path) -> &Path {
    store.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Bytes that can still be written beside a store.
#[must_use]
pub fn room(store: &Path) -> Option<u64> {
    statvfs(folder(store)).ok().map(|medium| medium.f_bavail.saturating_mul(medium.f_frsize))
}

fn may(path: &Path, access: Access) -> bool {
    accessat(CWD, path, access, AtFlags::EACCESS).is_ok()
}

/// What stands in the way of writing a store that is there, if anything does.
#[must_use]
pub fn of(store: &Path) -> Option<Obstacle> {
    let folder = folder(store);
    let medium = statvfs(folder).ok();
    if medium.is_some_and(|medium| medium.f_flag.contains(StatVfsMountFlags::RDONLY)) {
        return Some(Obstacle::Medium);
    }
    if !may(store, Access::WRITE_OK) {
        return Some(Obstacle::File);
    }
    if !may(folder, Access::WRITE_OK | Access::EXEC_OK) {
        return Some(Obstacle::Folder);
    }
    // Whose log it is does not matter as long as it can be written.
    let is_closed = |ending| {
        let file = sidecar::file(store, ending);
        file.exists() && !may(&file, Access::WRITE_OK)
    };
    if is_closed("-wal") || is_closed("-shm") {
        return Some(Obstacle::File);
    }
    room(store).filter(|room| *room < ROOM).map(Obstacle::Full)
}

/// The same failure with its cause, as far as the system tells one.
pub fn named(error: StoreError, store: &Path) -> StoreError {
    match error {
        StoreError::Full | StoreError::ReadOnly { .. } | StoreError::WriteFailed(_) => match of(store) {
            Some(Obstacle::Full(_)) => StoreError::Full,
            Some(obstacle) => StoreError::ReadOnly { why: obstacle.sentence(store) },
            None => error,
        },
        StoreError::Unreadable(_) if !may(store, Access::READ_OK) => {
            StoreError::Unreadable(format!("{} is closed to you for reading", store.display()))
        }
        other => other,
    }
}
