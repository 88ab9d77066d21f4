//! What happened to requests lately, read from the journal: which were touched, and which are blocked no more.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::columns::instant_text;
use super::{Store, StoreError};
use crate::domain::ids::RequestId;

/// Operations that stand and that a person, or an import, did.
const STANDING: &str = "o.at >= ?1 AND o.kind = 'do' AND o.undone = 0 AND o.origin <> 'sample' \
    AND o.brings <> 'store'";

impl Store {
    /// Requests that were changed, given to somebody or taken from them since an instant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn touched_since(&self, since: DateTime<Utc>) -> Result<HashSet<RequestId>, StoreError> {
        let sql = format!(
            "SELECT DISTINCT CASE c.table_name WHEN 'request' THEN c.row_id \
             ELSE json_extract(coalesce(c.after, c.before), '$.request_id') END \
             FROM operation AS o JOIN change AS c ON c.operation_id = o.id \
             WHERE {STANDING} AND c.table_name IN ('request', 'allocation')"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([instant_text(since)], |row| row.get(0).map(RequestId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Requests that were unblocked since an instant, with what they had waited for.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unblocked_since(&self, since: DateTime<Utc>) -> Result<Vec<(RequestId, String)>, StoreError> {
        let sql = format!(
            "SELECT c.row_id, json_extract(c.before, '$.blocked_reason') \
             FROM operation AS o JOIN change AS c ON c.operation_id = o.id \
             WHERE {STANDING} AND c.table_name = 'request' \
             AND json_extract(c.before, '$.blocked_reason') IS NOT NULL \
             AND json_extract(c.after, '$.blocked_reason') IS NULL ORDER BY c.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement
            .query_map([instant_text(since)], |row| Ok((RequestId(row.get(0)?), row.get::<_, String>(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
