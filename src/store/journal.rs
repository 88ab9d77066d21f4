//! The journal: every row before and after its change, as its writers noted it; undo and redo replay it as
//! new operations. It belongs to the file, so it works across restarts and between programs.
//!
//! An update is undone column by column: only the columns that the operation changed must still hold
//! what it wrote, so a later change of something else neither stops an undo nor is lost by it.

mod days;
mod refusal;
#[cfg(test)]
mod tests;
mod whose;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use rusqlite::types::{ToSqlOutput, Value as SqlValue};
use serde_json::{Map, Value};

use super::change::{Committed, OperationKind, Origin, Stamp, Tx};
use super::columns::{self, ColumnValue, RowReader};
use super::error::StoreError;
use super::{Store, Table, migrations};
use crate::domain::ids::{AllocationId, GainId, MeetingId, OperationId, RequestId};
use crate::domain::ledger::{self, Gain, Redirect};
use crate::domain::record::RecordKey;
pub use whose::NewestOf;

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its number, which only grows; undo and redo name it.
    pub id: OperationId,
    /// When it was written, by the clock of the machine that wrote it.
    pub at: DateTime<Utc>,
    /// What, as a sentence.
    pub label: String,
    /// By which way it was written, as by the cockpit or an import.
    pub origin: Origin,
    /// It was undone and not done again.
    pub is_undone: bool,
    /// It undoes or repeats another one.
    pub is_reversal: bool,
    /// How many rows it changed.
    pub changes: u64,
}

/// A row of any table, by the names of its columns.
pub(super) type RowImage = Map<String, Value>;

struct RowChange {
    id: i64,
    table: Table,
    table_name: String,
    row: i64,
    before: Option<RowImage>,
    after: Option<RowImage>,
}

impl Store {
    /// The newest operations first; `limit` of `None` gives all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, limit: Option<u32>) -> Result<Vec<Operation>, StoreError> {
        // For SQLite a limit below zero is none.
        self.operations("WHERE NOT keeps_days ORDER BY id DESC LIMIT ?1", [limit.map_or(-1, i64::from)])
    }

    /// The same with the keeping of days, which nobody did and nobody can undo.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history_with_kept_days(&self, limit: Option<u32>) -> Result<Vec<Operation>, StoreError> {
        self.operations("ORDER BY id DESC LIMIT ?1", [limit.map_or(-1, i64::from)])
    }

    /// When an operation was written; `None` if there is none of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn written_at(&self, id: OperationId) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(self.operations("WHERE id = ?1 LIMIT ?2", [id.0, 1])?.first().map(|found| found.at))
    }

    /// The number of the newest operation; zero before the first one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_operation(&self) -> Result<OperationId, StoreError> {
        super::backup::newest_operation(&self.connection).map(OperationId)
    }

    /// The newest operations that changed one row, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn operations_on(&self, table: Table, row: i64, limit: u32) -> Result<Vec<Operation>, StoreError> {
        let name = Table::NAMES.iter().find(|(_, known)| *known == table).map_or("", |(name, _)| *name);
        // Shares of a request or person are rows of their own, and part of what happened to them. The
        // expression is that of an index.
        let shares = match table {
            Table::Request => "'$.request_id'",
            _ => "'$.person_id'",
        };
        let tail = format!(
            "WHERE id IN (SELECT operation_id FROM change WHERE table_name = ?1 AND row_id = ?2 \
             UNION SELECT operation_id FROM change WHERE table_name = 'allocation' \
             AND json_extract(coalesce(after, before), {shares}) = ?2) ORDER BY id DESC LIMIT ?3"
        );
        self.operations(&tail, (name, row, limit))
    }

    /// The newest operations that changed one record, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn operations_on_record(&self, key: &RecordKey, limit: u32) -> Result<Vec<Operation>, StoreError> {
        let RecordKey::Numbered(kind, row) = key else { return Ok(Vec::new()) };
        let tail = "WHERE id IN (SELECT operation_id FROM change WHERE table_name = ?1 AND row_id = ?2) \
                    ORDER BY id DESC LIMIT ?3";
        self.operations(tail, (kind.name(), row, limit))
    }

    /// The newest operations that changed a meeting or what is noted for it, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn operations_on_meeting(&self, id: MeetingId, limit: u32) -> Result<Vec<Operation>, StoreError> {
        let tail = "WHERE id IN (SELECT operation_id FROM change WHERE table_name = 'meeting' AND row_id = ?1 \
                    UNION SELECT operation_id FROM change WHERE table_name IN ('meeting_note', 'meeting_override') \
                    AND json_extract(coalesce(after, before), '$.meeting_id') = ?1) ORDER BY id DESC LIMIT ?2";
        self.operations(tail, (id.0, limit))
    }

    fn operations(&self, tail: &str, params: impl rusqlite::Params) -> Result<Vec<Operation>, StoreError> {
        let sql = format!(
            "SELECT id, at, label, origin, undone, kind <> 'do', \
             (SELECT count(*) FROM change WHERE operation_id = operation.id) FROM operation {tail}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params, |row| {
            let mut columns = RowReader::new(row);
            Ok(Operation {
                id: OperationId(columns.get()?),
                at: columns.instant()?,
                label: columns.get()?,
                origin: columns.word()?,
                is_undone: columns.get()?,
                is_reversal: columns.get()?,
                changes: u64::try_from(columns.get::<i64>()?).unwrap_or(0),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Undoes the newest operation that still stands, or the one named.
    ///
    /// # Errors
    /// [`StoreError::NothingTo`], or [`StoreError::UndoRefused`] naming the row and the later change.
    pub fn undo(
        &mut self,
        stamp: Stamp,
        which: Option<OperationId>,
    ) -> Result<Committed<OperationId>, StoreError> {
        let target = match which {
            Some(id) => self.undoable(id)?,
            None => self
                .find("SELECT max(id) FROM operation WHERE kind = 'do' AND undone = 0 AND keeps_days = 0 AND forgets = 0", [])?
                .ok_or(StoreError::NothingTo("undo"))?,
        };
        self.reverse(stamp, target, OperationKind::Undo(target))
    }

    /// Does again what was undone last, as long as nothing new was done since. In a cockpit that is what was undone
    /// and done in it or before it was opened; a later change of others to the same fields refuses it, as it does an undo.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn redo(&mut self, stamp: Stamp) -> Result<Committed<OperationId>, StoreError> {
        // Another cockpit's undo is not what this one's key means; `u` tells them apart in the same way.
        const MEANT: &str =
            "(?1 OR origin = 'cockpit' AND (id <= ?2 OR id IN (SELECT value FROM json_each(?3))))";
        // Something can be undone, done again and undone once more: only the newest undo of it counts.
        let sql = format!(
            "SELECT target FROM operation AS u WHERE kind = 'undo' AND {MEANT} \
             AND (SELECT undone FROM operation WHERE id = u.target) = 1 \
             AND id = (SELECT max(id) FROM operation WHERE kind = 'undo' AND target = u.target) \
             AND id > (SELECT coalesce(max(id), 0) FROM operation WHERE kind = 'do' AND keeps_days = 0 AND forgets = 0 AND {MEANT}) \
             ORDER BY id DESC LIMIT 1"
        );
        let written = columns::numbers(&self.written.borrow());
        let any = stamp.origin != Origin::Cockpit;
        let target = self.find(&sql, (any, self.opened_at, written))?.ok_or(StoreError::NothingTo("redo"))?;
        self.reverse(stamp, target, OperationKind::Redo(target))
    }

    fn find(&self, sql: &str, params: impl rusqlite::Params) -> Result<Option<OperationId>, StoreError> {
        let found: Option<Option<i64>> =
            self.connection.query_row(sql, params, |row| row.get(0)).optional()?;
        Ok(found.flatten().map(OperationId))
    }

    fn undoable(&self, id: OperationId) -> Result<OperationId, StoreError> {
        let sql = "SELECT iif(keeps_days, 'keeping of days', iif(forgets, 'forgetting', kind)), undone FROM operation WHERE id = ?1";
        let found: Option<(String, bool)> =
            self.connection.query_row(sql, [id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match found {
            None => Err(StoreError::Missing(format!("change {}", id.0))),
            Some((kind, _)) if kind == "forgetting" => Err(StoreError::UndoRefused(format!(
                "change {} took words out for good; nothing is left that could be put back",
                id.0
            ))),
            Some((_, true)) => Err(StoreError::UndoRefused(format!("change {} is undone already", id.0))),
            Some((kind, false)) if kind == "keeping of days" => Err(StoreError::UndoRefused(format!(
                "change {} only recorded days that were over, which nobody did; it stays",
                id.0
            ))),
            Some((kind, false)) if kind != "do" => Err(StoreError::UndoRefused(format!(
                "change {} is itself an {kind}; name the one it is about",
                id.0
            ))),
            Some(_) => Ok(id),
        }
    }

    fn reverse(
        &mut self,
        stamp: Stamp,
        target: OperationId,
        kind: OperationKind,
    ) -> Result<Committed<OperationId>, StoreError> {
        self.operation(stamp, kind, |tx| {
            let label = tx.check_schema(target)?;
            // A child may come back before its parent; keys are looked at when all rows are there.
            tx.sql.pragma_update(None, "defer_foreign_keys", true)?;
            let mut changes = tx.changes(target)?;
            let undoing = matches!(kind, OperationKind::Undo(_));
            if undoing {
                changes.reverse();
            }
            tx.make_room_for_days(&changes, undoing)?;
            let is_of_ledger =
                changes.iter().any(|it| ["gain", "redirect"].contains(&it.table_name.as_str()));
            let before = if is_of_ledger { tx.overdrawn()? } else { Vec::new() };
            for change in changes {
                let RowChange { id, table, table_name, row, before, mut after } = change;
                if before.is_none() && after.is_none() {
                    // Most of what came has stood untouched since, and a large import is many rows.
                    if undoing && !tx.is_touched_since(id, &table_name, row)? {
                        tx.delete(&table_name, row)?;
                        continue;
                    }
                    after = tx.image_after(id, &table_name, row)?;
                }
                let (from, to) = if undoing { (after, before) } else { (before, after) };
                tx.restore(&ReplayStep { table, table_name, row, from, to })?;
            }
            // The rule that every other write keeps: hours that a later change gave away cannot come back twice.
            if is_of_ledger
                && let Some(gain) = tx.overdrawn()?.into_iter().find(|gain| !before.contains(gain))
            {
                return Err(StoreError::UndoRefused(format!(
                    "{gain} would have given away more than it freed"
                )));
            }
            let mark = "UPDATE operation SET undone = ?2 WHERE id = ?1";
            tx.count(tx.sql.prepare_cached(mark)?.execute((target.0, undoing))?);
            let word = if undoing { "Undid" } else { "Did again" };
            Ok((target, format!("{word}: {label}")))
        })
    }
}

struct ReplayStep {
    table: Table,
    table_name: String,
    row: i64,
    from: Option<RowImage>,
    to: Option<RowImage>,
}

impl Tx<'_> {
    /// Gains of which more is redirected than they free.
    fn overdrawn(&self) -> Result<Vec<GainId>, StoreError> {
        let (gains, redirects) = (self.records::<Gain>()?, self.records::<Redirect>()?);
        let over = gains.iter().filter(|gain| ledger::overdrawn(gain, &redirects).is_some());
        Ok(over.map(|gain| gain.id).collect())
    }

    fn check_schema(&self, id: OperationId) -> Result<String, StoreError> {
        let sql = "SELECT label, schema FROM operation WHERE id = ?1";
        let (label, schema): (String, i64) =
            self.sql.query_row(sql, [id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        // A row as an older version wrote it has other columns.
        if schema == migrations::version(&self.sql)? {
            return Ok(label);
        }
        Err(StoreError::UndoRefused(format!(
            "\"{label}\" happened before the store was upgraded and stays as it is"
        )))
    }

    fn changes(&self, id: OperationId) -> Result<Vec<RowChange>, StoreError> {
        let sql =
            "SELECT id, table_name, row_id, before, after FROM change WHERE operation_id = ?1 ORDER BY id";
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| {
            let mut columns = RowReader::new(row);
            let (id, table_name): (i64, String) = (columns.get()?, columns.get()?);
            Ok(RowChange {
                id,
                table: Table::of_sql(&table_name).unwrap_or(Table::Request),
                table_name,
                row: columns.get()?,
                before: image(columns.get()?),
                after: image(columns.get()?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Brings one row from `from` to `to`, if it still is as `from` says.
    fn restore(&self, step: &ReplayStep) -> Result<(), StoreError> {
        let current = image(self.image(&step.table_name, step.row)?);
        match (&step.from, &step.to, current) {
            (None, Some(to), None) => self.insert_image(&step.table_name, to),
            // A row that goes has to be as it came in every column, since whatever was said in it later would
            // go along.
            (Some(from), None, Some(current)) if *from == current => {
                self.delete(&step.table_name, step.row)?;
                Ok(())
            }
            (Some(from), Some(to), Some(current)) => {
                let changed = |name: &&String| from.get(*name) != to.get(*name);
                let names: Vec<&String> = from.keys().filter(changed).collect();
                if names.iter().any(|name| current.get(*name) != from.get(*name)) {
                    return Err(self.refusal(step)?);
                }
                self.update_image(step, &names, to)
            }
            _ => Err(self.refusal(step)?),
        }
    }

    fn is_touched_since(&self, change: i64, table: &str, row: i64) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM change WHERE table_name = ?1 AND row_id = ?2 AND id > ?3";
        Ok(self.sql.prepare_cached(sql)?.exists((table, row, change))?)
    }

    /// One row as it was after a change that brought it: what it is now, taken back through all that happened to
    /// it since. So a row that comes need not be written twice.
    fn image_after(&self, change: i64, table: &str, row: i64) -> Result<Option<RowImage>, StoreError> {
        let mut found = image(self.image(table, row)?);
        let sql = "SELECT before, after FROM change WHERE table_name = ?1 AND row_id = ?2 AND id > ?3 \
                   ORDER BY id DESC";
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query((table, row, change))?;
        while let Some(later) = rows.next()? {
            match (image(later.get(0)?), later.get::<_, Option<String>>(1)?) {
                (None, _) => found = None,
                (Some(before), None) => found = Some(before),
                (Some(before), Some(_)) => found.get_or_insert_default().extend(before),
            }
        }
        Ok(found)
    }

    fn insert_image(&self, table: &str, to: &RowImage) -> Result<(), StoreError> {
        let cells: Vec<ColumnValue<'_>> =
            to.iter().map(|(name, value)| (name.as_str(), sql_value(value))).collect();
        self.put(table, &cells)?;
        Ok(())
    }

    fn update_image(&self, step: &ReplayStep, names: &[&String], to: &RowImage) -> Result<(), StoreError> {
        if names.is_empty() {
            return Ok(());
        }
        let value = |name: &str| to.get(name).map_or(ToSqlOutput::Owned(SqlValue::Null), sql_value);
        let cells: Vec<ColumnValue<'_>> = names.iter().map(|name| (name.as_str(), value(name))).collect();
        self.put_over(&step.table_name, step.row, &cells)?;
        Ok(())
    }
}

impl Table {
    /// What people call one row of this kind.
    pub(super) fn row_name(self, sql: &str, row: i64) -> String {
        match self {
            Self::Request => RequestId(row).to_string(),
            Self::Allocation => format!("The share {}", AllocationId(row)),
            Self::Meeting => MeetingId(row).to_string(),
            Self::Person => "A person".to_owned(),
            Self::Time => "An absence or holiday".to_owned(),
            Self::Reflection => "A reflection".to_owned(),
            Self::Kept => "A recorded day".to_owned(),
            Self::Source => "A source".to_owned(),
            Self::Books => sql
                .parse()
                .map_or_else(|_| "A record".to_owned(), |kind| RecordKey::Numbered(kind, row).to_string()),
        }
    }
}

/// A row as the journal keeps it; `None` where there was none.
pub(super) fn image(text: Option<String>) -> Option<RowImage> {
    text.and_then(|text| serde_json::from_str(&text).ok())
}

fn sql_value<'a>(value: &Value) -> ToSqlOutput<'a> {
    ToSqlOutput::Owned(match value {
        Value::Null => SqlValue::Null,
        Value::Bool(truth) => SqlValue::Integer(i64::from(*truth)),
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| SqlValue::Real(number.as_f64().unwrap_or_default()), SqlValue::Integer),
        Value::String(text) => SqlValue::Text(text.clone()),
        other => SqlValue::Text(other.to_string()),
    })
}
