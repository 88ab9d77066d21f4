//! The checksum that lies beside each copy.

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::store::{StoreError, connection};

/// What the checksum beside a copy says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// It is what it was when it was made.
    Fits,
    Differs,
    Missing,
    /// Nothing stands in it: the power went before it reached the disk.
    Empty,
}

impl Sum {
    /// What is wrong, of a copy.
    pub fn fault(self, copy: &Path) -> Option<String> {
        let copy = copy.display();
        match self {
            Self::Fits => None,
            Self::Differs => Some(format!("{copy} is not what it was when it was made")),
            Self::Missing => Some(format!("{copy} has no checksum beside it")),
            Self::Empty => Some(format!("the checksum beside {copy} is empty")),
        }
    }
}

/// Where the checksum of a copy stands.
pub(super) fn sum_file(backup: &Path) -> PathBuf {
    let mut name = backup.as_os_str().to_owned();
    name.push(".sha256");
    PathBuf::from(name)
}

/// Compares a copy with the checksum beside it.
pub(super) fn compare_sum(copy: &Path) -> Result<Sum, StoreError> {
    let file = sum_file(copy);
    let kept = match fs::read_to_string(&file) {
        Ok(kept) => kept,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Sum::Missing),
        Err(error) => return Err(connection::io("cannot read", &file)(error)),
    };
    let Some(kept) = kept.split_whitespace().next() else { return Ok(Sum::Empty) };
    Ok(if kept == sha256(copy)? { Sum::Fits } else { Sum::Differs })
}

pub(super) fn sha256(path: &Path) -> Result<String, StoreError> {
    let failed = || connection::io("cannot read", path);
    let mut file = fs::File::open(path).map_err(failed())?;
    let (mut sum, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut buffer).map_err(failed())?;
        if count == 0 {
            break;
        }
        sum.update(&buffer[..count]);
    }
    let mut text = String::new();
    for byte in sum.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}
