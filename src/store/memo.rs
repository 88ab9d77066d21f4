//! Small facts of the program itself, such as where the cockpit stood. Not a person's work, so not journalled.

use rusqlite::OptionalExtension;

use super::{Store, StoreError, sidecar};

/// Where the cockpit stood.
pub(super) const PLACE: &str = ".place";

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
        let sql =
            "INSERT INTO memo (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        let statement = self.connection.prepare_cached(sql);
        statement
            .and_then(|mut statement| statement.execute((name, value)))
            .map_err(|error| self.named(error.into()))?;
        self.leave_mark();
        Ok(())
    }

    /// Where the cockpit stood, as it was remembered last.
    pub fn place(&self) -> Option<String> {
        match &self.path {
            Some(path) => sidecar::read(path, PLACE),
            None => self.memo(PLACE).ok().flatten(),
        }
    }

    /// Remembers where the cockpit stands, beside the store: leaving waits for no disk. Failing at it is no
    /// reason to fail.
    pub fn remember_place(&self, text: &str) {
        let _ = match &self.path {
            Some(path) => sidecar::write(path, PLACE, text).ok(),
            None => self.remember(PLACE, text).ok(),
        };
    }
}
