//! Why a store cannot be written or read: asked of the system, because SQLite often knows only that something failed.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

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
    /// The file, its log or its index can only be read.
    File(PathBuf),
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
            Self::File(file) => match owner_of(file) {
                Some(owner) => format!("{} belongs to another user (number {owner})", file.display()),
                None => format!("{} may only be read by you", file.display()),
            },
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
            Self::File(file) if owner_of(file).is_some() => {
                format!("as the owner or as root: chown it to you, {}", file.display())
            }
            Self::File(file) => format!("chmod u+w {}", file.display()),
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

/// Whose a file is, if it is not ours.
fn owner_of(file: &Path) -> Option<u32> {
    let owner = std::fs::metadata(file).ok()?.uid();
    (owner != rustix::process::geteuid().as_raw()).then_some(owner)
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
        return Some(Obstacle::File(store.to_owned()));
    }
    if !may(folder, Access::WRITE_OK | Access::EXEC_OK) {
        return Some(Obstacle::Folder);
    }
    // Whose log it is does not matter as long as it can be written.
    let beside = ["-wal", "-shm"].map(|ending| sidecar::file(store, ending));
    let is_closed = |file: &PathBuf| file.exists() && !may(file, Access::WRITE_OK);
    if let Some(closed) = beside.into_iter().find(is_closed) {
        return Some(Obstacle::File(closed));
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
            let whose = owner_of(store)
                .map_or_else(String::new, |owner| format!(": it belongs to user number {owner}"));
            StoreError::Unreadable(format!("{} is closed to you for reading{whose}", store.display()))
        }
        other => other,
    }
}
