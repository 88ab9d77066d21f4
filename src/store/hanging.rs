//! What would point at a row that an undo takes away, named before the store refuses it without saying what it is.

use rusqlite::OptionalExtension;

use super::{StoreError, Table, Tx};

impl Tx<'_> {
    /// # Errors
    /// [`StoreError::UndoRefused`] naming what was added later and belongs to a row that is gone.
    pub(super) fn refuse_hanging(&self) -> Result<(), StoreError> {
        for (name, table) in Table::NAMES {
            let sql = "SELECT rowid FROM pragma_foreign_key_check(?1) LIMIT 1";
            let row: Option<i64> =
                self.sql.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
            let Some(row) = row else { continue };
            let sql = "SELECT o.id, o.label FROM change AS c JOIN operation AS o ON o.id = c.operation_id \
                       WHERE c.table_name = ?1 AND c.row_id = ?2 AND o.id < ?3 ORDER BY c.id DESC LIMIT 1";
            let later: Option<(i64, String)> = self
                .sql
                .query_row(sql, (name, row, self.id), |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let by = later.map_or_else(String::new, |(id, label)| format!(" by change {id}, \"{label}\","));
            let what = table.row_name(name, row);
            return Err(StoreError::UndoRefused(format!(
                "{what} was added later{by} and still belongs to what this would take away; nothing was undone"
            )));
        }
        Ok(())
    }
}
