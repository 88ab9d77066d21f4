//! The copies of a store: which of them still hold forgotten words, and taking the words out of them too.

use std::fs;
use std::path::PathBuf;

use rusqlite::{Connection, OpenFlags};

use super::scrub::{self, RowWords};
use crate::store::gate::Gate;
use crate::store::{Backup, Store, StoreError, backup, connection, sidecar};

/// What is done about copies of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// Those that hold the words are named.
    Named,
    /// The words are taken out of them.
    Cleaned,
}

impl Store {
    /// Looks through the copies; gives those that hold the words afterwards, and how many were cleaned.
    pub(super) fn forget_in_copies(
        &self,
        targets: &[RowWords],
        field: Option<&str>,
        copies: Copies,
        remarks: &mut Vec<String>,
    ) -> (Vec<PathBuf>, usize) {
        let (mut still, mut cleaned) = (Vec::new(), 0);
        for copy in self.backups() {
            match is_holding(&copy, targets, field) {
                Ok(false) => {}
                Ok(true) if copies == Copies::Cleaned => {
                    if let Err(error) = clean(&copy, targets, field) {
                        remarks.push(format!("{}: {error}", copy.path.display()));
                        still.push(copy.path);
                    } else {
                        cleaned += 1;
                    }
                }
                Ok(true) => still.push(copy.path),
                Err(error) => {
                    remarks.push(format!("{} cannot be looked through: {error}", copy.path.display()));
                    still.push(copy.path);
                }
            }
        }
        (still, cleaned)
    }
}

/// Looks at a copy in memory, since looking takes the words out and puts them back.
fn is_holding(copy: &Backup, targets: &[RowWords], field: Option<&str>) -> Result<bool, StoreError> {
    let file = Connection::open_with_flags(&copy.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut memory = Connection::open_in_memory()?;
    // All pages in one step, which `run_to_completion` panics at.
    rusqlite::backup::Backup::new(&file, &mut memory)?.step(-1)?;
    unguarded(&memory, || scrub::holds(&memory, targets, field))
}

/// Runs something on a copy whose guards and old triggers do not stand in the way.
fn unguarded<T>(copy: &Connection, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let gate = Gate::before(copy)?;
    let _open = gate.open();
    // Copies of old versions have triggers that would write the words into their journal once more.
    let triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let found = copy
        .prepare(triggers)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, String)>, _>>()?;
    for (name, _) in &found {
        copy.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    let done = work()?;
    for (_, sql) in &found {
        copy.execute_batch(sql)?;
    }
    Ok(done)
}

/// Makes the copy anew without the words and puts it in its place with a checksum of its own. Killed at any moment,
/// there is the old copy or the new one.
fn clean(copy: &Backup, targets: &[RowWords], field: Option<&str>) -> Result<(), StoreError> {
    let place = backup::UnderWay::begin(sidecar::folder(&copy.path))?;
    let file = place.path().join("copy.db");
    fs::copy(&copy.path, &file).map_err(connection::io("cannot read", &copy.path))?;
    let cleaned = Connection::open(&file)?;
    cleaned.pragma_update(None, "secure_delete", true)?;
    cleaned.execute_batch("BEGIN")?;
    unguarded(&cleaned, || scrub::scrub(&cleaned, targets, field))?;
    // Only a rewritten file has none of the old pages.
    cleaned.execute_batch("COMMIT; VACUUM")?;
    cleaned.close().map_err(|(_, error)| StoreError::from(error))?;
    backup::replace(&file, &copy.path, &place)
}
