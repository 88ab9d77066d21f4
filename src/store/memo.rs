//! Small facts of the program itself, such as the day of the last check. Not a person's work, so not journalled.

use rusqlite::{Connection, OptionalExtension};

use super::{Store, StoreError};

impl Store {
    /// What was remembered under a name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn memo(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM memo WHERE name = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Remembers something under a name.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remember(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.check_files()?;
        put(&self.connection, name, value).map_err(|error| self.named(error.into()))?;
        self.leave_mark();
        Ok(())
    }
}

/// Writes it, also as a part of what is written together.
pub(super) fn put(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO memo (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
    connection.prepare_cached(sql)?.execute((name, value)).map(drop)
}
