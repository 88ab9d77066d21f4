//! Whose an operation is.

use super::Operation;
use crate::domain::ids::OperationId;
use crate::store::{Origin, Store, StoreError, columns};

/// What was done last from one place, among what others did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewestOf {
    /// The newest operation from there that still stands.
    pub own: Option<Operation>,
    /// The newest that others did after it, and how many there are.
    pub above: Option<(Operation, u64)>,
}

impl Store {
    /// What was done last from one place and still stands, and what others have done since.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_of(&self, origin: Origin) -> Result<NewestOf, StoreError> {
        const STANDS: &str = "WHERE kind = 'do' AND undone = 0 AND keeps_days = 0 AND forgets = 0";
        // What another cockpit has written since this one was opened is not its own, whatever it is called.
        let written = columns::numbers(&self.written.borrow());
        let own = format!(
            "{STANDS} AND origin = ?1 AND (id <= ?2 OR id IN (SELECT value FROM json_each(?3))) \
             ORDER BY id DESC LIMIT 1"
        );
        let own = self.operations(&own, (origin.name(), self.opened_at, &written))?.pop();
        let since = own.as_ref().map_or(0, |own| own.id.0);
        let others = format!(
            "{STANDS} AND id > ?2 AND (origin <> ?1 OR id > ?3 AND id NOT IN (SELECT value FROM json_each(?4)))"
        );
        let sql = format!("SELECT count(*) FROM operation {others}");
        let count: i64 =
            self.connection
                .query_row(&sql, (origin.name(), since, self.opened_at, &written), |row| row.get(0))?;
        let newest = self
            .operations(
                &format!("{others} ORDER BY id DESC LIMIT 1"),
                (origin.name(), since, self.opened_at, &written),
            )?
            .pop();
        let above = newest.map(|newest| (newest, u64::try_from(count).unwrap_or(0)));
        Ok(NewestOf { own, above })
    }

    /// Where an operation came from.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none of that number.
    pub fn origin_of(&self, id: OperationId) -> Result<Origin, StoreError> {
        let found = self.operations("WHERE id = ?1", [id.0])?.pop();
        found.map(|found| found.origin).ok_or_else(|| StoreError::Missing(format!("change {}", id.0)))
    }
}
