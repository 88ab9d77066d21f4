//! What rows say no longer, and the journal still does: how long a request had been closed when it was taken up again,
//! and on which day something was planned before it was moved. A past week is told by it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::columns::RowReader;
use super::{Store, StoreError};
use crate::domain::ids::{OperationId, RequestId};
use crate::domain::record::Record;

/// Operations that stand: what was undone never was.
const STANDING: &str = "o.kind = 'do' AND o.undone = 0";

/// A request was closed, and taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReopenedRow {
    pub request: RequestId,
    /// It had been delivered, not declined or withdrawn.
    pub is_delivered: bool,
    /// When it was closed.
    pub from: DateTime<Utc>,
    /// When it was taken up again.
    pub until: DateTime<Utc>,
    /// How often it had gone back from review by then.
    pub rounds: u32,
}

impl Store {
    /// Requests that were taken up again since an instant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reopened_since(&self, since: DateTime<Utc>) -> Result<Vec<ReopenedRow>, StoreError> {
        // A round that is counted afterwards says how many there were.
        let sql = format!(
            "SELECT c.row_id, json_extract(c.before, '$.stage') = 'delivered', \
             coalesce(json_extract(c.before, '$.delivered'), json_extract(c.before, '$.stage_since'), o.at), o.at, \
             coalesce((SELECT json_extract(n.before, '$.rounds') FROM change AS n \
               WHERE n.table_name = 'request' AND n.row_id = c.row_id AND n.id > c.id \
               AND json_extract(n.before, '$.rounds') IS NOT NULL ORDER BY n.id LIMIT 1), r.rounds) \
             FROM operation AS o JOIN change AS c ON c.operation_id = o.id AND c.table_name = 'request' \
             JOIN request AS r ON r.id = c.row_id WHERE o.id > ?1 AND {STANDING} \
             AND json_extract(c.before, '$.stage') IN ('delivered', 'declined', 'withdrawn') \
             AND json_extract(c.after, '$.stage') NOT IN ('delivered', 'declined', 'withdrawn') ORDER BY c.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([self.operation_before(since)?.0], |row| {
            let mut c = RowReader::new(row);
            Ok(ReopenedRow {
                request: RequestId(c.get()?),
                is_delivered: c.get()?,
                from: c.instant()?,
                until: c.instant()?,
                rounds: c.get()?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What stood in a column of some records after an operation, of those of which it was changed since; by number. What
    /// was noted only since then is left out: nothing stood there yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stood_in<R: Record>(
        &self,
        column: &str,
        after: OperationId,
    ) -> Result<HashMap<i64, Option<String>>, StoreError> {
        let sql = format!(
            "SELECT c.row_id, json_extract(c.before, ?3), min(c.id) \
             FROM change AS c JOIN operation AS o ON o.id = c.operation_id \
             WHERE c.table_name = ?1 AND o.id > ?2 AND {STANDING} AND json_type(c.before, ?3) IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM change AS n WHERE n.table_name = ?1 AND n.row_id = c.row_id \
               AND n.before IS NULL AND n.operation_id > ?2) GROUP BY c.row_id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let params = (R::KIND.name(), after.0, format!("$.{column}"));
        let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
