//! A store as data, for `export all` and `import all`: every row of a person's work by table and column, with the
//! version of the tables it is laid out in. The journal, drafts and what the program remembers of itself stay behind.
//!
//! What comes in is built as a store of its own first, by the steps of an upgrade from the version it names, so that an
//! export of an older program comes in as its file would. Only when every row of that was read does it take the place
//! of what is there, in one operation.

use std::collections::BTreeMap;

use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::backup::{Coming, replace_rows};
use super::change::{Committed, Stamp};
use super::error::StoreError;
use super::opening::Opened;
use super::zones::ZONES;
use super::{Store, Table, allocations, connection, gate, migrations};
use crate::domain::ids::{Kind, MeetingId, of_kind};
use crate::domain::source::address::masked_in;

/// What was forgotten goes along: without it, the next import would bring the words back.
const FORGOTTEN: &str = "forgotten";
/// What goes along beside a person's work: without its zones, days would be other days.
const BESIDE: [&str; 2] = [FORGOTTEN, ZONES];
/// The column in which it says in which operation.
const OPERATION: &str = "operation_id";

/// Every row of a person's work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoreDump {
    /// The version of the tables, as in the file.
    pub version: i64,
    /// By the names of the tables.
    pub tables: BTreeMap<String, TableDump>,
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableDump {
    /// Names of its columns as SQL has them, in the order of the values.
    pub columns: Vec<String>,
    /// In the order of their numbers; each has a value for each column.
    pub rows: Vec<Vec<Value>>,
}

impl TableDump {
    /// With no more of the addresses in the texts of a column than where they lead.
    fn mask_addresses(&mut self, column: &str) {
        let Some(at) = self.columns.iter().position(|name| name == column) else { return };
        for value in self.rows.iter_mut().filter_map(|row| row.get_mut(at)) {
            if let Value::String(text) = value {
                *text = masked_in(text);
            }
        }
    }

    /// Without the operation that each row names: the journal stays behind.
    fn leave_journal(&mut self) {
        let Some(at) = self.columns.iter().position(|column| column == OPERATION) else { return };
        self.columns.remove(at);
        self.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    }
}

/// How one table of a store that comes in stands to the one that is there, in rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableChange {
    /// Its name as SQL has it.
    pub table: &'static str,
    /// Rows that are not there yet.
    pub created: i64,
    /// Rows that are there with other values.
    pub updated: i64,
    /// There as they come.
    pub unchanged: i64,
    /// There, and not in what comes.
    pub removed: i64,
}

/// A store that was built from a dump and whose every row could be read.
pub struct BuiltStore(Coming);

impl Store {
    /// Everything as data, as of one moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn dump(&self) -> Result<StoreDump, StoreError> {
        self.reading(|store| {
            let tables = Table::all_sql().chain(BESIDE);
            let tables = tables.map(|table| Ok((table.to_owned(), rows_of(&store.connection, table)?)));
            let mut tables = tables.collect::<Result<BTreeMap<_, _>, StoreError>>()?;
            tables.entry(FORGOTTEN.to_owned()).and_modify(TableDump::leave_journal);
            // A command may hold an address, and addresses are secrets: whoever takes it in says it again.
            tables.entry("source".to_owned()).and_modify(|table| table.mask_addresses("place"));
            Ok(StoreDump { version: migrations::version(&store.connection)?, tables })
        })
    }

    /// Builds a store of its own from a dump, beside this one.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with table and row for what cannot be a store of ours, [`StoreError::Newer`] for one
    /// of a later program.
    pub fn build(&self, dump: &StoreDump) -> Result<BuiltStore, StoreError> {
        let coming = Coming::next_to(self.path())?;
        let mut built = Connection::open(coming.path())?;
        connection::settings(&built)?;
        // Rows come table by table, and what they belong to may come later; all is looked at when it is whole.
        built.pragma_update(None, "foreign_keys", false)?;
        // Nothing is lost with this file, so nothing waits for the disk.
        built.pragma_update(None, "synchronous", "OFF")?;
        lay_out(&built, dump.version)?;
        let transaction = built.transaction()?;
        for (table, rows) in &dump.tables {
            fill(&transaction, table, rows)?;
        }
        // Not every version has sources.
        if dump.tables.contains_key("source") {
            self.keep_addresses(&transaction)?;
        }
        transaction.commit()?;
        migrations::run(&mut built, migrations::MIGRATIONS).map_err(|error| match error {
            StoreError::Damaged(what) => StoreError::Refused(what),
            other => other,
        })?;
        Self::over(Opened::in_memory(built), None)?.read_all()?;
        Ok(BuiltStore(coming))
    }

    /// What stands here whole is not exchanged for the same with its addresses left out.
    fn keep_addresses(&self, built: &Connection) -> Result<(), StoreError> {
        for (own, _) in self.sources()? {
            let sql = "UPDATE source SET place = ?1 WHERE id = ?2 AND name = ?3 AND way = ?4 AND place = ?5";
            let shown = masked_in(&own.place);
            built.execute(sql, (&own.place, own.id.0, &own.name, own.way.name(), shown))?;
        }
        Ok(())
    }

    /// How a built store stands to this one, table by table, the empty ones left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn compare(&self, built: &BuiltStore) -> Result<Vec<TableChange>, StoreError> {
        built.0.attached(&self.connection, |connection| {
            Table::all_sql().map(|table| compare_table(connection, table)).collect()
        })
    }

    /// True if nobody's work is in it yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_blank(&self) -> Result<bool, StoreError> {
        // Days keep themselves, so a store in which nobody did anything may have some.
        for table in Table::all_sql().filter(|table| Table::of_sql(table) != Some(Table::Kept)) {
            if self.connection.prepare(&format!("SELECT 1 FROM {table} LIMIT 1"))?.exists([])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Puts a built store in the place of this one's rows, as one operation with a sentence.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is changed then.
    pub fn take_built(
        &mut self,
        stamp: Stamp,
        built: &BuiltStore,
        label: &str,
    ) -> Result<Committed<()>, StoreError> {
        // An export does not say of which store it is: the same work has the same export, wherever it lies.
        replace_rows(self, stamp, &built.0, "", |_| Ok(((), label.to_owned())))
    }
}

fn rows_of(connection: &Connection, table: &str) -> Result<TableDump, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get_ref(at).map(value)).collect();
    let rows = statement.query_map([], row)?.collect::<Result<_, _>>()?;
    Ok(TableDump { columns, rows })
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        // No table of ours holds a blob.
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into(),
    }
}

/// Makes the tables of a version, without the guards that keep other programs from writing into them.
fn lay_out(connection: &Connection, version: i64) -> Result<(), StoreError> {
    let known = migrations::latest(migrations::MIGRATIONS);
    if version > known {
        let message = format!(
            "a newer Tablesetter wrote this (its version {version}, this program knows {known}); update it"
        );
        return Err(StoreError::Refused(message));
    }
    if !migrations::MIGRATIONS.iter().any(|step| step.version == version) {
        return Err(StoreError::Refused(format!("no Tablesetter ever had a store of version {version}")));
    }
    for step in migrations::MIGRATIONS.iter().filter(|step| step.version <= version) {
        connection.execute_batch(step.sql)?;
    }
    connection.pragma_update(None, "user_version", version)?;
    // The operation under which it was forgotten stays behind with the journal; the rows have to point at one.
    connection.execute_batch(
        "INSERT INTO operation (id, at, label, origin, schema) VALUES (1, '1970-01-01T00:00:00Z', '', 'import', 0)",
    )?;
    // The steps made guards that would refuse every row to come.
    Ok(gate::drop_guards(connection)?)
}

/// Inserts the rows of one table.
fn fill(connection: &Connection, table: &str, dump: &TableDump) -> Result<(), StoreError> {
    let refused = |what: String| StoreError::Refused(what);
    // Both come from a file and go into a statement: only names that the tables have.
    if !Table::all_sql().chain(BESIDE).any(|known| known == table) {
        return Err(refused(format!("there is no table “{table}” in a store")));
    }
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let known =
        statement.query_map([table], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    if let Some(column) = dump.columns.iter().find(|column| !known.contains(column)) {
        return Err(refused(format!("the table {table} has no column “{column}”")));
    }
    let (mut names, mut marks) = (dump.columns.join(", "), vec!["?"; dump.columns.len()].join(", "));
    if table == FORGOTTEN {
        // Of the operation that was laid out for it.
        names = format!("{names}, {OPERATION}");
        marks.push_str(", 1");
    }
    let sql = format!("INSERT INTO {table} ({names}) VALUES ({marks})");
    let mut statement = connection.prepare(&sql)?;
    for (index, row) in dump.rows.iter().enumerate() {
        let at = |what: &str| refused(format!("table {table}, row {}: {what}", index + 1));
        if row.len() != dump.columns.len() {
            let (has, needs) = (row.len(), dump.columns.len());
            return Err(at(&format!("it has {has} values for {needs} columns")));
        }
        let mut cells = Vec::with_capacity(row.len());
        for (value, column) in row.iter().zip(&dump.columns) {
            cells.push(cell(value).ok_or_else(|| at(&format!("{column} is neither a text nor a number")))?);
        }
        // SQLite repeats the rule as it stands in the schema, with its line breaks.
        let on_one_line =
            |error: rusqlite::Error| error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        statement.execute(params_from_iter(cells)).map_err(|error| at(&on_one_line(error)))?;
    }
    Ok(())
}

fn cell(value: &Value) -> Option<SqlValue> {
    Some(match value {
        Value::Null => SqlValue::Null,
        Value::Number(number) => match number.as_i64() {
            Some(whole) => SqlValue::Integer(whole),
            None => SqlValue::Real(number.as_f64()?),
        },
        Value::String(text) => SqlValue::Text(text.clone()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    })
}

impl Store {
    /// Reads every row once: what fits the tables may still be a day or a choice that there is not, and then every later
    /// start would fail at it.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn read_all(&self) -> Result<(), StoreError> {
        let read = || {
            self.all_requests()?;
            self.people()?;
            self.absences()?;
            self.holidays()?;
            self.reflections()?;
            self.kept_days(chrono::NaiveDate::MIN, chrono::NaiveDate::MAX)?;
            self.zones()?;
            self.sources()?;
            allocations::all(&self.connection)?;
            let mut statement = self.connection.prepare("SELECT id FROM meeting")?;
            let meetings = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            for id in meetings {
                self.meeting(MeetingId(id))?;
            }
            for kind in Kind::ALL {
                of_kind!(*kind, R => { self.records::<R>()?; }, ());
            }
            Ok(())
        };
        read().map_err(|error: StoreError| {
            StoreError::Refused(format!("what it holds cannot be read: {error}"))
        })
    }
}

fn compare_table(connection: &Connection, table: &'static str) -> Result<TableChange, StoreError> {
    let same = super::backup::same_row(connection, table)?;
    let count = |sql: &str| -> Result<i64, StoreError> {
        Ok(connection.query_row(&format!("SELECT count(*) FROM {sql}"), [], |row| row.get(0))?)
    };
    let both = count(&format!("old.{table} WHERE id IN (SELECT id FROM main.{table})"))?;
    let unchanged =
        count(&format!("main.{table} JOIN old.{table} AS o ON o.id = main.{table}.id WHERE {same}"))?;
    Ok(TableChange {
        table,
        created: count(&format!("old.{table} WHERE id NOT IN (SELECT id FROM main.{table})"))?,
        updated: both - unchanged,
        unchanged,
        removed: count(&format!("main.{table} WHERE id NOT IN (SELECT id FROM old.{table})"))?,
    })
}

#[cfg(test)]
mod tests;
