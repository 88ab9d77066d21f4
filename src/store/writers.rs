//! The only ways to write a row of a person's work. Each puts the row as it was and as it is now into the journal,
//! as SQLite gives it back; whatever is written past them is noticed when the operation is closed.

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Params, Row};

use super::columns::{ColumnValue, int};
use super::error::StoreError;
use super::{Table, Tx};
use crate::domain::bounds;

/// Columns that the program puts together from many texts; what goes into them is bounded where it is read.
const PUT_TOGETHER: [&str; 8] =
    ["tags", "attendees", "came_up", "extra", "except_at", "seen", "document", "claims"];

/// Whole rows of one table.
struct TableRows {
    names: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Tx<'_> {
    /// Inserts one row and gives its number. `cells` never hold `id` unless the caller chooses it.
    pub(super) fn insert(&self, table: &str, cells: &[ColumnValue<'_>]) -> Result<i64, StoreError> {
        match long_text(cells) {
            Some((column, message)) => Err(refused(table, column, &message)),
            None => self.put(table, cells),
        }
    }

    /// [`Tx::insert`] of a row that was in the store before, by whatever rules held then.
    pub(super) fn put(&self, table: &str, cells: &[ColumnValue<'_>]) -> Result<i64, StoreError> {
        let mut names: Vec<_> = cells.iter().map(|(name, _)| *name).collect();
        // A number that was given once is never given again, also after an undo: kept days, copies and people
        // remember it.
        let next = if names.contains(&"id") { None } else { Some(int(self.next_id(table)?)) };
        names.extend(next.as_ref().map(|_| "id"));
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "));
        let values = rusqlite::params_from_iter(cells.iter().map(|(_, value)| value).chain(&next));
        let id = self.sql.prepare_cached(&sql)?.insert(values)?;
        self.count(1);
        self.note_new(table, id)?;
        Ok(id)
    }

    /// One more than the highest number that a row of a table ever had.
    fn next_id(&self, table: &str) -> Result<i64, StoreError> {
        let sql = format!(
            "SELECT max(coalesce((SELECT max(id) FROM {table}), 0), \
             coalesce((SELECT max(row_id) FROM change WHERE table_name = '{table}'), 0)) + 1"
        );
        Ok(self.sql.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
    }

    /// A row that comes stands in its table; the journal writes it down when it goes. Only shares are looked for in
    /// the journal by what they say.
    fn note_new(&self, table: &str, id: i64) -> Result<(), StoreError> {
        // Its request and its person are asked for by what the journal says of it, while it is there and when it is
        // gone.
        let image = if table == "allocation" { self.image(table, id)? } else { None };
        self.note(table, id, None, image.as_deref())
    }

    /// Writes one row over; false if it is not there. A text that was too long before there was a limit may stay.
    pub(super) fn update(&self, table: &str, id: i64, cells: &[ColumnValue<'_>]) -> Result<bool, StoreError> {
        // Read only where something is too long, which is nearly never: the row is read once more for it.
        if long_text(cells).is_some() {
            let old = self.rows(&format!("SELECT * FROM {table} WHERE id = ?1"), [id])?;
            let stays = |(column, value): &ColumnValue<'_>| {
                let at = old.names.iter().position(|name| name == column);
                let before = at.and_then(|at| old.rows.first()?.get(at));
                before.is_some_and(|before| matches!((before, text_of(value)), (Value::Text(a), Some(b)) if a.as_bytes() == b))
            };
            let new: Vec<_> = cells.iter().filter(|cell| !stays(cell)).cloned().collect();
            if let Some((column, message)) = long_text(&new) {
                return Err(refused(table, column, &message));
            }
        }
        self.put_over(table, id, cells)
    }

    /// [`Tx::update`] with values that were in the store before.
    pub(super) fn put_over(
        &self,
        table: &str,
        id: i64,
        cells: &[ColumnValue<'_>],
    ) -> Result<bool, StoreError> {
        let sets: Vec<_> = cells.iter().map(|(name, _)| format!("{name} = ?")).collect();
        let whole = format!("SELECT * FROM {table} WHERE id = ?1");
        // Read back from SQLite instead of taken from the cells: the journal has to hold what is stored, with
        // the types that the columns gave it.
        let before = self.rows(&whole, [id])?;
        let number = int(id);
        let values = cells.iter().map(|(_, value)| value).chain(std::iter::once(&number));
        let sql = format!("UPDATE {table} SET {} WHERE id = ?", sets.join(", "));
        self.count(self.sql.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?);
        let after = self.rows(&whole, [id])?;
        let (Some(old), Some(new)) = (before.rows.first(), after.rows.first()) else { return Ok(false) };
        // A row that is written over with itself is no change.
        if old != new {
            // Of a row that stays, the journal keeps what changed and what it belongs to.
            let names: Vec<_> = after.names.iter().map(String::as_str).collect();
            let matters = |index: usize| {
                // Links stay in the image although they did not change: the history of a request finds its
                // shares by them.
                old.get(index) != new.get(index) || names[index] == "id" || names[index].ends_with("_id")
            };
            let image = |row: &[Value]| json(&names, |index| ValueRef::from(&row[index]), matters);
            self.note(table, id, Some(&image(old)), Some(&image(new)))?;
        }
        Ok(true)
    }

    /// Deletes one row; false if it is not there.
    pub(super) fn delete(&self, table: &str, id: i64) -> Result<bool, StoreError> {
        let Some(before) = self.image(table, id)? else { return Ok(false) };
        let sql = format!("DELETE FROM {table} WHERE id = ?1");
        self.count(self.sql.prepare_cached(&sql)?.execute([id])?);
        self.note(table, id, Some(&before), None)?;
        Ok(true)
    }

    /// Runs a statement that inserts rows and returns their numbers.
    pub(super) fn insert_rows(&self, table: &str, sql: &str) -> Result<(), StoreError> {
        let TableRows { rows, .. } = self.rows(sql, [])?;
        self.count(rows.len());
        rows.iter().try_for_each(|row| self.note_new(table, number(row)))
    }

    /// Runs a statement that deletes rows and returns them whole.
    pub(super) fn delete_rows(&self, table: &str, sql: &str) -> Result<(), StoreError> {
        let TableRows { names, rows } = self.rows(sql, [])?;
        self.count(rows.len());
        rows.iter().try_for_each(|row| self.note(table, number(row), Some(&whole(&names, row)), None))
    }

    /// One row as the journal writes it.
    pub(super) fn image(&self, table: &str, id: i64) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT * FROM {table} WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let names: Vec<_> = row.as_ref().column_names().collect();
        Ok(Some(json(&names, |index| row.get_ref(index).unwrap_or(ValueRef::Null), |_| true)))
    }

    fn rows(&self, sql: &str, params: impl Params) -> Result<TableRows, StoreError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let row = |row: &Row<'_>| (0..names.len()).map(|index| row.get(index)).collect();
        let rows = statement.query_map(params, row)?.collect::<Result<_, _>>()?;
        Ok(TableRows { names, rows })
    }

    /// Puts a row before and after its change into the journal.
    fn note(
        &self,
        table: &str,
        id: i64,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO change (operation_id, table_name, row_id, before, after) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        self.count(self.sql.prepare_cached(sql)?.execute((self.id, table, id, before, after))?);
        if let Some(table) = Table::of_sql(table) {
            self.touch(table);
        }
        Ok(())
    }
}

/// The first text that is too long, by its column. Every way in ends in the writers, so none is too long whoever
/// sends it.
fn long_text<'a>(cells: &[ColumnValue<'a>]) -> Option<(&'a str, String)> {
    let bounded = cells.iter().filter(|(column, _)| !PUT_TOGETHER.contains(column));
    let mut found = bounded.filter_map(|(column, value)| {
        Some((*column, bounds::too_long(text_of(value)?.len(), bounds::TEXT, "a text")?))
    });
    found.next()
}

const fn text_of<'a>(value: &'a ToSqlOutput<'_>) -> Option<&'a [u8]> {
    match value {
        ToSqlOutput::Borrowed(ValueRef::Text(text)) => Some(text),
        ToSqlOutput::Owned(Value::Text(text)) => Some(text.as_bytes()),
        _ => None,
    }
}

fn refused(table: &str, column: &str, message: &str) -> StoreError {
    let names = format!("{table}, {column}").replace('_', " ");
    StoreError::Refused(format!("{names}: {message}"))
}

/// The number of a row: its first column, in every table.
fn number(row: &[Value]) -> i64 {
    match row.first() {
        Some(Value::Integer(id)) => *id,
        _ => 0,
    }
}

fn whole(names: &[String], row: &[Value]) -> String {
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    json(&names, |index| ValueRef::from(&row[index]), |_| true)
}

fn json<'a>(
    names: &[&str],
    value: impl Fn(usize) -> ValueRef<'a>,
    matters: impl Fn(usize) -> bool,
) -> String {
    let mut text = String::from("{");
    for (index, name) in names.iter().enumerate().filter(|(index, _)| matters(*index)) {
        if text.len() > 1 {
            text.push(',');
        }
        text.push('"');
        text.push_str(name);
        text.push_str("\":");
        push_value(&mut text, value(index));
    }
    text.push('}');
    text
}

fn push_value(text: &mut String, value: ValueRef<'_>) {
    let bytes = |bytes| String::from_utf8_lossy(bytes);
    let other: Cow<'_, str> = match value {
        ValueRef::Null => "null".into(),
        ValueRef::Integer(number) => number.to_string().into(),
        // By the shortest text that reads back as the same number, or an undo would find it changed.
        ValueRef::Real(number) => serde_json::Value::from(number).to_string().into(),
        // Most texts need no escapes, and a large import writes a hundred thousand of them.
        ValueRef::Text(plain) if plain.iter().all(|byte| is_plain(*byte)) => {
            text.push('"');
            text.push_str(&bytes(plain));
            return text.push('"');
        }
        // No table of ours holds a blob.
        ValueRef::Text(other) | ValueRef::Blob(other) => {
            serde_json::Value::from(bytes(other)).to_string().into()
        }
    };
    text.push_str(&other);
}

/// True if JSON writes a byte of text as it is.
const fn is_plain(byte: u8) -> bool {
    byte >= b' ' && byte != b'"' && byte != b'\\'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_row_is_written_as_json_reads_it(text in "\\PC*|[\"\\\\\n\t\u{0}a]*", whole in any::<i64>(), part in -1e12..1e12) {
            let values = [
                ValueRef::Integer(whole),
                ValueRef::Text(text.as_bytes()),
                ValueRef::Real(part),
                ValueRef::Null,
            ];
            let written = json(&["id", "b", "c", "d"], |index| values[index], |_| true);
            let read: serde_json::Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(read, serde_json::json!({"id": whole, "b": text, "c": part, "d": null}));
            let some = json(&["id", "b", "c", "d"], |index| values[index], |index| index != 1 && index != 3);
            prop_assert!(some.starts_with("{\"id\":") && !some.contains("\"b\""), "{some}");
        }
    }
}
