//! The last-seen mark: the newest operation that this program knew of, kept beside the store. A store that
//! is behind it has lost the end of its log, or is an older copy that something put back.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use super::backup;
use super::{Store, StoreError};

fn file(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".seen");
    PathBuf::from(name)
}

/// Number, instant and label of an operation, on one line.
fn line(connection: &Connection, id: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT id || ' ' || at || ' ' || replace(label, char(10), ' ') FROM operation WHERE id = ?1";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?)
}

/// The mark as it was written; one without its end is not believed.
fn read(store: &Path) -> Option<String> {
    let text = fs::read_to_string(file(store)).ok()?;
    text.split_once('\n').map(|(line, _)| line.to_owned())
}

/// Writes the mark over the old one in place: it is one small block, and a new file at every write would make
/// the next sync of the store wait for the folder too.
fn write(store: &Path, line: &str) -> std::io::Result<()> {
    use std::os::unix::fs::{FileExt, OpenOptionsExt};
    let options = &mut fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).mode(0o600).open(file(store))?;
    file.write_all_at(format!("{line}\n").as_bytes(), 0)
}

/// A sentence if the store is not the one that was last seen here.
pub fn compare(connection: &Connection, store: &Path) -> Option<String> {
    let seen = read(store)?;
    let id: i64 = seen.split(' ').next()?.parse().ok()?;
    let now = line(connection, id).ok()?;
    if now.as_deref() == Some(seen.as_str()) {
        return None;
    }
    let newest = backup::newest_operation(connection).ok()?;
    let what = seen.splitn(3, ' ').nth(2).unwrap_or_default();
    Some(format!(
        "This is not the store as it was last seen here: it was at operation {id} (“{what}”), and is at {newest} now. \
         An older copy may have been put back, or the end of its log is lost. Copies lie in {}; \
         `tablesetter restore FILE` brings one back, and can be undone.",
        backup::folder(store).display()
    ))
}

impl Store {
    /// Remembers the newest operation beside the store. Failing at it is no reason to fail.
    pub fn leave_mark(&self) {
        let Some(store) = &self.path else { return };
        let newest = backup::newest_operation(&self.connection).and_then(|id| line(&self.connection, id));
        let Ok(Some(text)) = newest else { return };
        if read(store).as_deref() != Some(text.as_str()) {
            let _ = write(store, &text);
        }
    }
}
