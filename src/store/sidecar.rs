//! One line in a small file beside the store, for what must neither wait for the disk nor make the store wait for
//! it: written in place, so that no folder has to be synced with the next real write. A line without its end
//! is not believed.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

use super::StoreError;

/// How often a line that another program is writing is waited for, a millisecond each.
const TRIES: u32 = 5;

/// The file with an ending of its own.
pub fn file(store: &Path, ending: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The line as it was written last.
pub fn read(store: &Path, ending: &str) -> Option<String> {
    line(&fs::read_to_string(file(store, ending)).ok()?)
}

fn line(text: &str) -> Option<String> {
    text.split_once('\n').map(|(line, _)| line.to_owned())
}

/// The line as it stands once nobody is writing it, `None` if there is no whole one; an error of its own where the
/// file is there and cannot be read. A file in which nothing stands is as good as none: a program that is killed
/// between making it and its first line leaves one, and a line that was there once is only ever written over.
pub fn settled(store: &Path, ending: &str) -> io::Result<Option<String>> {
    let mut file = File::open(file(store, ending))?;
    lock(&file, FlockOperation::NonBlockingLockShared)?;
    let mut text = Vec::new();
    if file.read_to_end(&mut text)? == 0 {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(String::from_utf8(text).ok().as_deref().and_then(line))
}

/// Writes the line over the old one, if it is another.
pub fn write(store: &Path, ending: &str, line: &str) -> io::Result<()> {
    if read(store, ending).as_deref() == Some(line) {
        return Ok(());
    }
    put(&open(store, ending)?, line)
}

/// Makes a new line of the old one while no other program does; `None` leaves it as it is.
pub fn update(
    store: &Path,
    ending: &str,
    renew: impl FnOnce(Option<String>) -> Option<String>,
) -> io::Result<()> {
    let mut file = open(store, ending)?;
    lock(&file, FlockOperation::NonBlockingLockExclusive)?;
    let mut text = String::new();
    let old = file.read_to_string(&mut text).ok().and_then(|_| line(&text));
    match renew(old.clone()) {
        Some(new) if old.as_ref() != Some(&new) => put(&file, &new),
        _ => Ok(()),
    }
}

fn lock(file: &File, how: FlockOperation) -> io::Result<()> {
    let mut tries = 0;
    while let Err(error) = flock(file, how) {
        tries += 1;
        if tries > TRIES {
            return Err(error.into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

/// Opens it to write over its line, making it where nothing of the name is.
pub fn open(store: &Path, ending: &str) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600).open(file(store, ending))
}

/// Writes the line over the old one.
pub fn put(file: &File, line: &str) -> io::Result<()> {
    let line = format!("{line}\n");
    file.write_all_at(line.as_bytes(), 0)?;
    // What is left of a longer one means nothing, and should not lie about.
    file.set_len(line.len() as u64)
}

/// The folder in which a file lies.
pub fn folder(file: &Path) -> &Path {
    // Of a bare name the library gives an empty path, which no folder has.
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A folder beside a store that is called as it is, with an ending of its own.
fn folder_beside(store: &Path, ending: &str) -> PathBuf {
    let store = &followed(store);
    let mut name = store.file_stem().unwrap_or_default().to_owned();
    name.push(ending);
    store.with_file_name(name)
}

/// Where copies of a store are put.
pub fn copies(store: &Path) -> PathBuf {
    folder_beside(store, "-backups")
}

/// Where what is fetched for a store is laid until it is read.
pub fn fetched(store: &Path) -> PathBuf {
    folder_beside(store, "-sources")
}

/// The first of some names under which nothing lies.
pub fn free(name: impl Fn(u32) -> PathBuf) -> PathBuf {
    (1..u32::MAX).map(&name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
}

/// The file itself, whatever links lead to it: its log, its mark and its copies lie beside it, and that is where other
/// programs look for them.
///
/// # Errors
/// For names that SQLite takes for something else than a file.
pub fn real(path: &Path) -> Result<PathBuf, StoreError> {
    // SQLite makes a store in memory or in a temporary file of these, and what is written would be gone at the
    // end.
    let name = path.as_os_str().as_encoded_bytes();
    if name.is_empty() || name == b":memory:" || name.starts_with(b"file:") {
        return Err(StoreError::Refused(format!(
            "`{}` is no name of a file here; write `./{0}` if it is one",
            path.display()
        )));
    }
    Ok(followed(path))
}

/// Follows links as far as there is something; what is not there yet keeps its name in a real folder.
pub fn followed(path: &Path) -> PathBuf {
    /// As many as Linux follows.
    const LINKS: u32 = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if let Ok(real) = fs::canonicalize(&path) {
            return real;
        }
        match (fs::read_link(&path), path.parent()) {
            (Ok(target), Some(folder)) => path = folder.join(target),
            _ => break,
        }
    }
    let Ok(path) = std::path::absolute(&path) else { return path };
    match (path.parent().and_then(|folder| fs::canonicalize(folder).ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    }
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
        update(&store, ".mark", |old| old.map(|old| old + "renewed")).unwrap();
        assert_eq!(read(&store, ".mark").as_deref(), Some("renewed"));
        fs::write(file(&store, ".mark"), "no end").unwrap();
        assert_eq!(read(&store, ".mark"), None);
        assert_eq!(settled(&store, ".mark").unwrap(), None);
        fs::write(file(&store, ".mark"), "").unwrap();
        assert_eq!(settled(&store, ".mark").unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
