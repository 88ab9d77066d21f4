//! What rows say no longer, and the journal still does: how long a request stood in a stage before it left it, and on
//! which day something was planned before it was moved. Past weeks are told by it, and waits that have ended.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::Row;

use super::columns::{RowReader, instant_text, numbers};
use super::records::value_of;
use super::{Store, StoreError};
use crate::domain::ids::{OperationId, RequestId};
use crate::domain::record::{Record, StoredValue};
use crate::domain::stage::Stage;

/// Operations that stand: what was undone never was.
const STANDING: &str = "o.kind = 'do' AND o.undone = 0";

/// A time for which a request stood in a stage that it has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageSpell {
    /// Whose spell it is.
    pub request: RequestId,
    /// Whoever asked, as its row says now.
    pub requester: String,
    /// Whoever decides, in the same way.
    pub decider: String,
    /// The stage in which it stood.
    pub stage: Stage,
    /// When it came to the stage, as its row said.
    pub from: DateTime<Utc>,
    /// When it left for another stage.
    pub until: DateTime<Utc>,
    /// How often it had gone back from review by then.
    pub rounds: u32,
    /// It was seen to come to that stage too; what came in with it stood there for longer.
    pub is_whole: bool,
}

/// A spell as the journal tells it, of changes that stand; behind it stand the conditions. A round that is counted
/// afterwards says how many there were. When a stage began, the row says, which an import or a sample writes later than
/// it was. It ended when the row was delivered, or when its next stage began: where an import put that before the spell
/// itself, it ended when that was written.
const SPELL: &str = "SELECT c.row_id, r.requester, r.decider, json_extract(c.before, '$.stage'), \
     coalesce(json_extract(c.before, '$.delivered'), json_extract(c.before, '$.stage_since'), o.at) AS since, \
     max(coalesce(json_extract(c.before, '$.delivered'), json_extract(c.before, '$.stage_since'), o.at), \
       coalesce(json_extract(c.after, '$.delivered'), \
         CASE WHEN json_extract(c.after, '$.stage_since') > json_extract(c.before, '$.stage_since') \
         THEN json_extract(c.after, '$.stage_since') END, o.at)) AS until, \
     coalesce((SELECT json_extract(n.before, '$.rounds') FROM change AS n \
       WHERE n.table_name = 'request' AND n.row_id = c.row_id AND n.id > c.id \
       AND json_extract(n.before, '$.rounds') IS NOT NULL ORDER BY n.id LIMIT 1), r.rounds), \
     EXISTS (SELECT 1 FROM change AS b JOIN operation AS w ON w.id = b.operation_id AND w.kind = 'do' \
       AND w.undone = 0 WHERE b.table_name = 'request' AND b.row_id = c.row_id AND b.id < c.id \
       AND json_extract(b.after, '$.stage') = json_extract(c.before, '$.stage') \
       AND json_extract(b.before, '$.stage') IS NOT NULL) \
     FROM operation AS o JOIN change AS c ON c.operation_id = o.id AND c.table_name = 'request' \
     JOIN request AS r ON r.id = c.row_id WHERE json_extract(c.before, '$.stage') IN \
     (SELECT value FROM json_each(?1)) AND json_extract(c.after, '$.stage') <> json_extract(c.before, '$.stage')";

fn spell(row: &Row<'_>) -> rusqlite::Result<StageSpell> {
    let mut c = RowReader::new(row);
    Ok(StageSpell {
        request: RequestId(c.get()?),
        requester: c.get()?,
        decider: c.get()?,
        stage: c.word()?,
        from: c.instant()?,
        until: c.instant()?,
        rounds: c.get()?,
        is_whole: c.get()?,
    })
}

fn names(stages: &[Stage]) -> String {
    serde_json::Value::from(stages.iter().map(|stage| stage.name()).collect::<Vec<_>>()).to_string()
}

impl Store {
    /// The spells in some stages that ended since an instant, as moves that stand tell them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stage_spells(
        &self,
        stages: &[Stage],
        since: DateTime<Utc>,
    ) -> Result<Vec<StageSpell>, StoreError> {
        let sql = format!("{SPELL} AND {STANDING} AND o.id > ?2 AND until >= ?3 ORDER BY c.id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        // By its number, which an index finds: what ended later was written later. An import may write today what
        // ended last year, so its end is looked at too.
        let params = (names(stages), self.operation_before(since)?.0, instant_text(since));
        let rows = statement.query_map(params, spell)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The spells of some requests in some stages, however long ago they ended.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn spells_of(&self, ids: &[RequestId], stages: &[Stage]) -> Result<Vec<StageSpell>, StoreError> {
        let sql =
            format!("{SPELL} AND {STANDING} AND c.row_id IN (SELECT value FROM json_each(?2)) ORDER BY c.id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = statement.query_map((names(stages), numbers(&ids)), spell)?;
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
    ) -> Result<HashMap<i64, StoredValue>, StoreError> {
        let sql = format!(
            "SELECT c.row_id, json_extract(c.before, ?3), min(c.id) \
             FROM change AS c JOIN operation AS o ON o.id = c.operation_id \
             WHERE c.table_name = ?1 AND o.id > ?2 AND {STANDING} AND json_type(c.before, ?3) IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM change AS n WHERE n.table_name = ?1 AND n.row_id = c.row_id \
               AND n.before IS NULL AND n.operation_id > ?2) GROUP BY c.row_id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        // SQLite gives the other columns of the row in which `min` found the smallest: what stood there before the
        // first of the changes.
        let params = (R::KIND.name(), after.0, format!("$.{column}"));
        let rows = statement.query_map(params, |row| Ok((row.get(0)?, value_of(row.get_ref(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
