//! The last-seen mark: the newest operation that this program knew of, kept beside the store. A store that
//! is behind it has lost the end of its log, or is an older copy that something put back.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::{Store, StoreError};
use super::{backup, beside};

/// The ending of its file.
const ENDING: &str = ".seen";

/// Number, instant and label of an operation, on one line.
fn line(connection: &Connection, id: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT id || ' ' || at || ' ' || replace(label, char(10), ' ') FROM operation WHERE id = ?1";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?)
}

/// A sentence if the store is not the one that was last seen here.
pub fn compare(connection: &Connection, store: &Path) -> Option<String> {
    let seen = beside::read(store, ENDING)?;
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
        let _ = beside::write(store, ENDING, &text);
    }
}
