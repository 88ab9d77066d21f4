//! The only ways to write a row of a person's work. Each puts the row as it was and as it is now into the journal,
//! as SQLite gives it back; whatever is written past them is noticed when the operation is closed.

use std::fmt::Write as _;

use rusqlite::Params;
use rusqlite::types::Value;

use super::columns::{Cell, int};
use super::error::StoreError;
use super::{Table, Tx};

/// Whole rows of one table.
struct Rows {
    names: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Tx<'_> {
    /// Inserts one row and gives its number. `cells` never hold `id` unless the caller chooses it.
    pub(super) fn insert(&self, table: &str, cells: &[Cell<'_>]) -> Result<i64, StoreError> {
        let names: Vec<_> = cells.iter().map(|(name, _)| *name).collect();
        let marks = vec!["?"; cells.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({}) VALUES ({marks}) RETURNING *", names.join(", "));
        let values = rusqlite::params_from_iter(cells.iter().map(|(_, value)| value));
        self.insert_rows(table, &sql, values)?.ok_or(StoreError::Missing(format!("a row of {table}")))
    }

    /// Runs a statement that inserts rows and returns them whole; gives the number of the last one.
    pub(super) fn insert_rows(
        &self,
        table: &str,
        sql: &str,
        params: impl Params,
    ) -> Result<Option<i64>, StoreError> {
        let Rows { names, rows } = self.written(sql, params)?;
        let mut last = None;
        for row in &rows {
            last = Some(number(row));
            self.note(table, &names, None, Some(row))?;
        }
        Ok(last)
    }

    /// Writes one row over; false if it is not there.
    pub(super) fn update(&self, table: &str, id: i64, cells: &[Cell<'_>]) -> Result<bool, StoreError> {
        let sets: Vec<_> = cells.iter().map(|(name, _)| format!("{name} = ?")).collect();
        let Rows { rows: before, .. } = self.rows(&format!("SELECT * FROM {table} WHERE id = ?1"), [id])?;
        let sql = format!("UPDATE {table} SET {} WHERE id = ? RETURNING *", sets.join(", "));
        let id = int(id);
        let values = cells.iter().map(|(_, value)| value).chain(std::iter::once(&id));
        let Rows { names, rows: after } = self.written(&sql, rusqlite::params_from_iter(values))?;
        let (Some(before), Some(after)) = (before.first(), after.first()) else { return Ok(false) };
        // A row that is written over with itself is no change.
        if before != after {
            self.note(table, &names, Some(before), Some(after))?;
        }
        Ok(true)
    }

    /// Deletes one row; false if it is not there.
    pub(super) fn delete(&self, table: &str, id: i64) -> Result<bool, StoreError> {
        Ok(self.delete_rows(table, &format!("DELETE FROM {table} WHERE id = ?1 RETURNING *"), [id])? == 1)
    }

    /// Runs a statement that deletes rows and returns them whole; gives how many there were.
    pub(super) fn delete_rows(
        &self,
        table: &str,
        sql: &str,
        params: impl Params,
    ) -> Result<usize, StoreError> {
        let Rows { names, rows } = self.written(sql, params)?;
        for row in &rows {
            self.note(table, &names, Some(row), None)?;
        }
        Ok(rows.len())
    }

    /// Rows that a statement wrote, counted.
    fn written(&self, sql: &str, params: impl Params) -> Result<Rows, StoreError> {
        let rows = self.rows(sql, params)?;
        self.count(rows.rows.len());
        Ok(rows)
    }

    /// Whole rows, as a statement gives them.
    fn rows(&self, sql: &str, params: impl Params) -> Result<Rows, StoreError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let row = |row: &rusqlite::Row<'_>| (0..names.len()).map(|index| row.get(index)).collect();
        let rows = statement.query_map(params, row)?.collect::<Result<_, _>>()?;
        Ok(Rows { names, rows })
    }

    /// Puts a row before and after its change into the journal: all of it where it comes or goes, otherwise what
    /// changed and what it belongs to.
    fn note(
        &self,
        table: &str,
        names: &[String],
        before: Option<&[Value]>,
        after: Option<&[Value]>,
    ) -> Result<(), StoreError> {
        let is_update = before.is_some() && after.is_some();
        let matters = |index: usize, name: &str| {
            let is_same = before.and_then(|row| row.get(index)) == after.and_then(|row| row.get(index));
            !is_update || name == "id" || name.ends_with("_id") || !is_same
        };
        let image = |row: Option<&[Value]>| row.map(|row| json(names, row, matters));
        let id = after.or(before).map_or(0, number);
        let sql = "INSERT INTO change (operation_id, table_name, row_id, before, after) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.sql.prepare_cached(sql)?.execute((self.id, table, id, image(before), image(after)))?;
        self.count(1);
        if let Some(table) = Table::of_sql(table) {
            self.touch(table);
        }
        Ok(())
    }

    /// One row as the journal would write it.
    pub(super) fn image(&self, table: &str, id: i64) -> Result<Option<String>, StoreError> {
        let Rows { names, rows } = self.rows(&format!("SELECT * FROM {table} WHERE id = ?1"), [id])?;
        Ok(rows.first().map(|row| json(&names, row, |_, _| true)))
    }
}

/// The number of a row: its first column, in every table.
fn number(row: &[Value]) -> i64 {
    match row.first() {
        Some(Value::Integer(id)) => *id,
        _ => 0,
    }
}

fn json(names: &[String], row: &[Value], matters: impl Fn(usize, &str) -> bool) -> String {
    let mut text = String::from("{");
    for (index, (name, value)) in names.iter().zip(row).enumerate() {
        if matters(index, name) {
            let comma = if text.len() > 1 { "," } else { "" };
            let _ = write!(text, "{comma}\"{name}\":{}", json_value(value));
        }
    }
    text.push('}');
    text
}

fn json_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        // No table of ours holds any.
        Value::Blob(bytes) => bytes.as_slice().into(),
    }
}
