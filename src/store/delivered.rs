//! Work as figures and candidates need it: a few facts of each request, read without the rest of its row.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::columns::{self, RowReader};
use super::{Store, StoreError};
use crate::domain::ids::{OutcomeId, RequestId};
use crate::domain::said;
use crate::domain::stage::Stage;
use crate::domain::words::name_key;

/// What figures need of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFacts {
    pub id: RequestId,
    /// What it is for.
    pub outcome: Option<OutcomeId>,
    /// Where it stands now.
    pub stage: Stage,
    /// Since when it stands there.
    pub stage_since: DateTime<Utc>,
    /// When it came in.
    pub created: DateTime<Utc>,
    /// When it was ready.
    pub ready: Option<DateTime<Utc>>,
    /// When work on it began here.
    pub started: Option<DateTime<Utc>>,
    /// When it was delivered.
    pub delivered: Option<DateTime<Utc>>,
    /// The first due day that was agreed.
    pub agreed: Option<NaiveDate>,
    /// How often it went back from review.
    pub rounds: u32,
    /// It had a declared measure.
    pub has_measure: bool,
    /// What came of it is recorded.
    pub has_result: bool,
}

/// Columns of a row, in its order.
const COLUMNS: &str = "id, outcome_id, stage, stage_since, created, ready, started, delivered, first_agreed_due, \
                       rounds, measure, result";

/// True if something is said; “to be decided” and its kin are no measure and no result.
fn says(text: &str) -> bool {
    !said::is_put_off(text)
}

impl Store {
    /// How many requests with one of some tags, or of a brand, each discipline delivered since an instant, by the key of
    /// its name: people write it in their own letters.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn disciplines_that_delivered(
        &self,
        since: DateTime<Utc>,
        tags: &[String],
        brand: &str,
    ) -> Result<HashMap<String, u32>, StoreError> {
        let sql = "SELECT DISTINCT p.discipline, r.id FROM request AS r \
                   JOIN allocation AS a ON a.request_id = r.id JOIN person AS p ON p.id = a.person_id \
                   WHERE r.delivered >= ?1 AND NOT p.is_role AND p.discipline <> '' AND (\
                   r.brand <> '' AND r.brand = ?2 OR EXISTS (SELECT 1 FROM json_each(r.tags) AS own \
                   WHERE own.value IN (SELECT value FROM json_each(?3))))";
        let mut statement = self.connection.prepare_cached(sql)?;
        let tags = serde_json::Value::from(tags.to_vec()).to_string();
        let rows = statement.query_map((columns::instant_text(since), brand.trim(), tags), |row| {
            Ok((name_key(&row.get::<_, String>(0)?), row.get::<_, i64>(1)?))
        })?;
        let mut counts = HashMap::new();
        for (discipline, _) in rows.collect::<Result<HashSet<_>, _>>()? {
            *counts.entry(discipline).or_default() += 1;
        }
        Ok(counts)
    }

    /// What figures need of the requests that are open or were delivered since an instant; with `aside` also of those
    /// that were ready and were declined or withdrawn since then, which only a look at a past day asks for.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn request_facts_since(
        &self,
        since: DateTime<Utc>,
        aside: bool,
    ) -> Result<Vec<RequestFacts>, StoreError> {
        let open = "stage NOT IN ('delivered', 'declined', 'withdrawn')";
        let ended = if aside {
            "stage IN ('declined', 'withdrawn') AND ready IS NOT NULL AND stage_since >= ?1"
        } else {
            "0"
        };
        // Selects of their own, so that delivered and open work are each found by the index that holds nothing
        // else.
        let sql = format!(
            "SELECT {COLUMNS} FROM request WHERE delivered IS NOT NULL AND delivered >= ?1 \
             UNION ALL SELECT {COLUMNS} FROM request WHERE {open} AND delivered IS NULL \
             UNION ALL SELECT {COLUMNS} FROM request WHERE {ended} AND delivered IS NULL"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([columns::instant_text(since)], |row| {
            let mut c = RowReader::new(row);
            Ok(RequestFacts {
                id: RequestId(c.get()?),
                outcome: c.get::<Option<i64>>()?.map(OutcomeId),
                stage: c.word()?,
                stage_since: c.instant()?,
                created: c.instant()?,
                ready: c.opt_instant()?,
                started: c.opt_instant()?,
                delivered: c.opt_instant()?,
                agreed: c.opt_day()?,
                rounds: c.get()?,
                has_measure: says(&c.get::<String>()?),
                has_result: says(&c.get::<String>()?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_measure_or_a_result_that_is_put_off_is_none() {
        let told = ["", "tbd", "n/a", "To be decided.", "9 %", "sold out by May"].map(says);
        assert_eq!(told, [false, false, false, false, true, true]);
    }
}
