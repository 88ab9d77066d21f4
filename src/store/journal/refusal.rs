//! Why a change is not taken back: something else was written over it since.

use rusqlite::OptionalExtension;

use super::ReplayStep;
use crate::store::change::Tx;
use crate::store::error::StoreError;

impl Tx<'_> {
    /// The row and the later change that stand in the way.
    pub(super) fn refusal(&self, step: &ReplayStep) -> Result<StoreError, StoreError> {
        let sql = "SELECT o.id, o.label, o.keeps_days FROM change AS c JOIN operation AS o ON o.id = c.operation_id \
                   WHERE c.table_name = ?1 AND c.row_id = ?2 AND o.id < ?3 \
                   ORDER BY c.id DESC LIMIT 1";
        let later: Option<(i64, String, bool)> = self
            .sql
            .query_row(sql, (&step.table_name, step.row, self.id), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let name = step.table.row_name(&step.table_name, step.row);
        Ok(match later {
            // To undo that one first is no way out: days that are over are nobody's change.
            Some((id, label, true)) => StoreError::DaysKept(format!(
                "{name} was changed since by change {id}, \"{label}\", which took off what was done on days that are over; \
                 nothing was undone"
            )),
            Some((id, label, false)) => StoreError::UndoRefused(format!(
                "{name} was changed since by change {id}, \"{label}\"; nothing was undone"
            )),
            None => StoreError::UndoRefused(format!("{name} was changed since; nothing was undone")),
        })
    }
}
