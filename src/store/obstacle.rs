//! Why a store cannot be written or read: asked of the system, because SQLite often knows only that something failed.

use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD, StatVfsMountFlags, accessat, statvfs};

use super::cause::owner_of;
use super::error::StoreError;
use super::sidecar::{self, folder};

/// Below this many bytes not even the smallest write finds room: a page for the log and the index beside it.
pub const ROOM: u64 = 64 << 10;

/// What stands in the way of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Something has run out.
    Full {
        /// What, as a sentence.
        what: &'static str,
        /// How many bytes there still are.
        left: u64,
    },
    /// The medium can only be read.
    Medium,
    /// The file, its log or its index can only be read.
    File(PathBuf),
    /// No log can be made in the folder.
    Folder,
}

impl Obstacle {
    /// As a person is told, of a path.
    pub fn sentence(&self, store: &Path) -> String {
        match self {
            Self::Full { what, left } => format!("{what} ({} KiB are left)", left >> 10),
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

    /// What can be done about it.
    pub fn remedy(&self, store: &Path) -> String {
        match self {
            Self::Full { .. } => "make room there".to_owned(),
            Self::Medium => "copy it with `tablesetter backup FILE` to a disk that can be written".to_owned(),
            Self::File(file) if owner_of(file).is_some() => {
                format!("as the owner or as root: chown it to you, {}", file.display())
            }
            Self::File(file) => format!("chmod u+w {}", file.display()),
            Self::Folder => format!("chmod u+wx {}", folder(store).display()),
        }
    }
}

/// Bytes that can still be written beside a store.
pub fn room(store: &Path) -> Option<u64> {
    statvfs(folder(store)).ok().map(|medium| medium.f_bavail.saturating_mul(medium.f_frsize))
}

/// What has run out where a store lies, if anything has.
pub fn full(store: &Path) -> Option<Obstacle> {
    let medium = statvfs(folder(store)).ok()?;
    let left = medium.f_bavail.saturating_mul(medium.f_frsize);
    // Where files are not counted, there are none in all either.
    let is_out_of_files = medium.f_files > 0 && medium.f_favail == 0;
    let what = if left >= ROOM && is_out_of_files {
        "there is room, but no more files can be made on its disk: it holds too many already"
    } else if left >= ROOM {
        return None;
    } else if is_in_memory(store) {
        "the file system in memory that it lies on is full"
    } else {
        "the disk is full"
    };
    Some(Obstacle::Full { what, left })
}

/// True if a store lies where a restart of the machine takes it away.
#[cfg(target_os = "linux")]
fn is_in_memory(store: &Path) -> bool {
    const TMPFS: u64 = 0x0102_1994;
    rustix::fs::statfs(folder(store)).is_ok_and(|medium| u64::try_from(medium.f_type) == Ok(TMPFS))
}

#[cfg(not(target_os = "linux"))]
fn is_in_memory(_: &Path) -> bool {
    false
}

/// What stands in the way of copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfCopies {
    /// What stands in the way, as one sentence with the folder.
    pub sentence: String,
    /// What can be done by hand.
    pub remedy: String,
    /// A folder of ours that is only closed.
    pub is_closed: Option<PathBuf>,
}

/// What stands in the way of copies in their folder, if anything does. A folder that is not there yet is made.
pub fn of_copies(copies: &Path) -> Option<OfCopies> {
    let name = copies.display();
    let found = std::fs::symlink_metadata(copies).ok()?;
    if !copies.is_dir() {
        let what = if found.is_symlink() { "leads to no folder" } else { "is no folder" };
        return Some(OfCopies {
            sentence: format!("{name}, where copies belong, {what}"),
            remedy: "move it away; the next copy makes the folder".to_owned(),
            is_closed: None,
        });
    }
    if may(copies, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK) {
        return None;
    }
    if statvfs(copies).is_ok_and(|medium| medium.f_flag.contains(StatVfsMountFlags::RDONLY)) {
        return Some(OfCopies {
            sentence: format!("{name}, where copies belong, lies on a medium that can only be read"),
            remedy: "copy it with `tablesetter backup FILE` to a disk that can be written".to_owned(),
            is_closed: None,
        });
    }
    if let Some(owner) = owner_of(copies) {
        return Some(OfCopies {
            sentence: format!(
                "{name}, where copies belong, is closed to you: it belongs to user number {owner}"
            ),
            remedy: format!("as the owner or as root: chown it to you, {name}"),
            is_closed: None,
        });
    }
    let sentence = format!("{name}, where copies belong, is closed to you for reading or writing");
    let remedy = format!("chmod 700 {name}");
    Some(OfCopies { sentence, remedy, is_closed: Some(copies.to_owned()) })
}

fn may(path: &Path, access: Access) -> bool {
    // By the effective user, as the write itself is judged.
    accessat(CWD, path, access, AtFlags::EACCESS).is_ok()
}

/// What stands in the way of writing a store that is there, if anything does.
pub fn of(store: &Path) -> Option<Obstacle> {
    let folder = folder(store);
    let medium = statvfs(folder).ok();
    // First, since on such a medium file and folder look closed as well, and no change of rights helps.
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
    full(store)
}

/// The same failure with its cause, as far as the system tells one.
pub fn named(error: StoreError, store: &Path) -> StoreError {
    match error {
        StoreError::Full(_) | StoreError::ReadOnly { .. } | StoreError::WriteFailed(_) => match of(store) {
            Some(Obstacle::Full { what, .. }) => StoreError::Full(what),
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
