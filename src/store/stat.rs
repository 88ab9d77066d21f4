//! What the system says of a file without its being opened: a process that closes any descriptor of an open store
//! drops SQLite's locks on it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Which file it is, and when it was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    device: u64,
    inode: u64,
    /// How long it is, in bytes.
    pub size: u64,
    modified: (i64, i64),
    // Not only when it was written, which any program can set back; this time none can.
    changed: (i64, i64),
}

impl Stat {
    /// Of the file under a name; `None` where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Self {
            device: found.dev(),
            inode: found.ino(),
            size: found.size(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        })
    }

    /// True if it is the same file, whatever was written into it.
    pub fn is_same_file(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }
}
