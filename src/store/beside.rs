//! One line in a small file beside the store, for what must neither wait for the disk nor make the store wait for
//! it: written in place, so that no folder has to be synced with the next real write. A line without its end
//! is not believed.

use std::fs;
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The file with an ending of its own.
pub fn file(store: &Path, ending: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The line as it was written last.
pub fn read(store: &Path, ending: &str) -> Option<String> {
    let text = fs::read_to_string(file(store, ending)).ok()?;
    text.split_once('\n').map(|(line, _)| line.to_owned())
}

/// Writes the line over the old one, if it is another.
pub fn write(store: &Path, ending: &str, line: &str) -> io::Result<()> {
    if read(store, ending).as_deref() == Some(line) {
        return Ok(());
    }
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).mode(0o600).open(file(store, ending))?;
    let line = format!("{line}\n");
    file.write_all_at(line.as_bytes(), 0)?;
    // What is left of a longer one means nothing, and should not lie about.
    file.set_len(line.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("x.db");
        assert_eq!(read(&store, ".mark"), None);
        for line in ["12 a longer line", "3 short", ""] {
            write(&store, ".mark", line).unwrap();
            assert_eq!(read(&store, ".mark").as_deref(), Some(line));
        }
        fs::write(file(&store, ".mark"), "no end").unwrap();
        assert_eq!(read(&store, ".mark"), None);
    }
}
