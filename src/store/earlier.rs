//! The work as it was after an operation: a copy of the store in memory, on which everything later is taken back by
//! the journal. What is asked of the past is asked there with the same reads as of today; nothing is written, and
//! another program's writes go on meanwhile.

use rusqlite::backup::Backup;
use serde_json::{Map, Value};

use super::opening::Opened;
use super::{Store, StoreError, connection};
use crate::domain::ids::OperationId;

/// The tables that the load follows from.
const WORK: &str = "'request', 'allocation', 'person', 'contract', 'absence', 'holiday', 'kept_day', \
    'kept_share'";

/// Pages that are copied at once.
const PAGES: i32 = 4_096;

impl Store {
    /// The work, the team and its time as they were after an operation. Everything else is as it is now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn as_it_was(&self, after: OperationId) -> Result<Self, StoreError> {
        let earlier = self.copy_in_memory()?;
        earlier.take_back(after)?;
        Ok(earlier)
    }

    /// All that is here, in memory: what is tried out on it nobody sees, and nobody waits for it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn copy_in_memory(&self) -> Result<Self, StoreError> {
        let mut memory = connection::without_tables()?;
        // A copy by pages needs no lock for longer than it takes, and no file.
        Backup::new(&self.connection, &mut memory)?.run_to_completion(
            PAGES,
            std::time::Duration::ZERO,
            None,
        )?;
        Self::over(Opened::in_memory(memory), None)
    }

    fn take_back(&self, after: OperationId) -> Result<(), StoreError> {
        // The copy has the guards of the store.
        let open = self.gate.open();
        // Walked backwards a child may come back before its parent; at the end all of them are there.
        self.connection.pragma_update(None, "foreign_keys", false)?;
        let transaction = self.connection.unchecked_transaction()?;
        let sql = format!(
            // Operations that were undone are walked back like all others: their undo is one too, and comes
            // first.
            "SELECT table_name, row_id, before, after IS NULL FROM change \
             WHERE operation_id > ?1 AND table_name IN ({WORK}) ORDER BY id DESC"
        );
        let mut statement = transaction.prepare(&sql)?;
        let mut rows = statement.query([after.0])?;
        while let Some(row) = rows.next()? {
            let (table, id): (String, i64) = (row.get(0)?, row.get(1)?);
            let (before, is_gone): (Option<String>, bool) = (row.get(2)?, row.get(3)?);
            match before {
                None => {
                    transaction
                        .prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?
                        .execute([id])?;
                }
                Some(before) => {
                    let names = serde_json::from_str::<Map<String, Value>>(&before).unwrap_or_default();
                    let names: Vec<&str> = names.keys().map(String::as_str).collect();
                    let sql = if is_gone { insert(&table, &names) } else { update(&table, &names) };
                    transaction.prepare_cached(&sql)?.execute([before])?;
                }
            }
        }
        // Both borrow the transaction, which is to be committed.
        drop(rows);
        drop(statement);
        // Nothing that was worked out later is believed of the past.
        transaction.execute("DELETE FROM memo", [])?;
        transaction.commit()?;
        drop(open);
        Ok(())
    }
}

fn insert(table: &str, names: &[&str]) -> String {
    let values: Vec<String> = names.iter().map(|name| format!("json_extract(?1, '$.{name}')")).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

fn update(table: &str, names: &[&str]) -> String {
    let sets: Vec<String> =
        names.iter().map(|name| format!("{name} = json_extract(?1, '$.{name}')")).collect();
    format!("UPDATE {table} SET {} WHERE id = json_extract(?1, '$.id')", sets.join(", "))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::request::Request;
    use crate::store::{Origin, Stamp};

    #[test]
    fn a_rehearsal_keeps_nobody_from_writing_and_leaves_nothing() {
        let at = "2026-11-23T09:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let stamp = Stamp { at, day: at.date_naive(), zone: chrono_tz::UTC.into(), origin: Origin::Cockpit };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let (mut own, _) = Store::open(&path).unwrap();
        let (mut other, _) = Store::open(&path).unwrap();
        let keys = own
            .rehearse::<_, StoreError>(stamp, |tx| {
                let tried = tx.add_request(&Request::new("Only tried", stamp.at))?;
                // While it is compared, another program writes, and is not seen here.
                other.change::<_, StoreError>(stamp, |tx| {
                    Ok((
                        tx.add_request(&Request::new("Written meanwhile", stamp.at))?,
                        "Added one".to_owned(),
                    ))
                })?;
                Ok(tried)
            })
            .unwrap();
        assert_eq!(keys.to_string(), "R-1");
        let titles: Vec<String> =
            own.all_requests().unwrap().into_iter().map(|request| request.title).collect();
        assert_eq!(titles, ["Written meanwhile"]);
    }
}
