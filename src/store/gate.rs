//! Who may write: a guard on every table whose rows are a person's work calls a function that only this program
//! has, and that answers only while an operation is open.
//!
//! The guards are triggers of one word each. Triggers that copied whole rows into the journal stood here once:
//! they named every column of every table three times, and reading them was half of what a short command costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::Table;

/// Another program has no function of this name, and says so.
const GUARD: &str = "only_tablesetter_writes";

/// Open while an operation writes.
pub struct Gate(Arc<AtomicBool>);

/// Rows may be written until this is dropped.
pub struct OpenGate<'a>(&'a AtomicBool);

impl Gate {
    /// Puts a closed gate before a connection.
    pub fn before(connection: &Connection) -> rusqlite::Result<Self> {
        // SQLite keeps the function for itself and wants one that could go to another thread; the connection
        // never does.
        let is_open = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&is_open);
        // Innocuous, since a schema may call no other: it only tells a truth.
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function(GUARD, 0, flags, move |_| {
            let refusal = || {
                rusqlite::Error::UserFunctionError(
                    "a fault of this program: a write that undo would not know of".into(),
                )
            };
            asked.load(Ordering::Relaxed).then_some(true).ok_or_else(refusal)
        })?;
        Ok(Self(is_open))
    }

    /// Opens it until what this gives is dropped, whether its operation ended well or not.
    pub fn open(&self) -> OpenGate<'_> {
        self.0.store(true, Ordering::Relaxed);
        OpenGate(&self.0)
    }
}

impl Drop for OpenGate<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Takes every guard away, so that a step of an upgrade can write rows.
pub fn drop_guards(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    // Names of triggers are this program's own, so none needs quotes.
    names.iter().try_for_each(|name| connection.execute_batch(&format!("DROP TRIGGER {name}")))
}

/// Guards every table whose rows are a person's work.
pub fn make_guards(connection: &Connection) -> rusqlite::Result<()> {
    for table in Table::all_sql() {
        for verb in ["insert", "update", "delete"] {
            connection.execute_batch(&format!(
                "CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table} BEGIN SELECT {GUARD}(); END"
            ))?;
        }
    }
    Ok(())
}
