//! Texts that lie beside the store for the lead alone: what was copied where no clipboard takes it, and lines that were
//! edited and could not be taken over.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use crate::ops::Desk;

/// A text that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptText {
    Copied,
    Edited,
}

impl KeptText {
    /// Where it lies; nowhere for a store that is no file.
    pub fn file(self, desk: &Desk) -> Option<PathBuf> {
        let mut name = desk.store.path()?.to_owned().into_os_string();
        // Behind the whole name, as two stores in one folder may differ in their endings alone.
        name.push(match self {
            Self::Copied => ".copied.txt",
            Self::Edited => ".edited.txt",
        });
        Some(name.into())
    }

    /// Writes it over what was kept before.
    pub fn keep(self, text: &str, desk: &Desk) -> io::Result<Option<PathBuf>> {
        let Some(file) = self.file(desk) else { return Ok(None) };
        let mut options = fs::OpenOptions::new();
        // With the mode from the start: set afterwards, others could have read it in between.
        options.write(true).create(true).truncate(true).mode(0o600);
        options.open(&file)?.write_all(text.as_bytes())?;
        Ok(Some(file))
    }

    /// What lies there, if anything does that is a text.
    pub fn read(self, desk: &Desk) -> Option<String> {
        let text = fs::read_to_string(self.file(desk)?).ok()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// It is needed no more, or holds what has to be forgotten.
    pub fn drop_from(self, desk: &Desk) {
        if let Some(file) = self.file(desk) {
            let _ = fs::remove_file(file);
        }
    }
}

/// Says of edited lines where they stay if they are left.
pub fn leaving_lines(kept: io::Result<Option<PathBuf>>) -> String {
    match kept {
        Ok(Some(file)) => {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("leave everything as it was; your lines stay in {name}")
        }
        Ok(None) => "leave everything as it was; your lines are lost".to_owned(),
        Err(error) => format!("leave everything as it was; your lines are lost ({error})"),
    }
}
