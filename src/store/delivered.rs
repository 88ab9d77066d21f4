//! Delivered work as figures need it: a few facts of each request, read without the rest of its row.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::columns::{self, Reader};
use super::{Store, StoreError};
use crate::domain::ids::RequestId;
use crate::domain::minutes::Minutes;
use crate::domain::tier::Tier;

/// What figures count of one delivered request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredFacts {
    /// Which.
    pub id: RequestId,
    /// When it was delivered.
    pub delivered: DateTime<Utc>,
    /// When it was ready.
    pub ready: Option<DateTime<Utc>>,
    /// The first day that was agreed.
    pub agreed: Option<NaiveDate>,
    /// Its tier.
    pub tier: Option<Tier>,
    /// How often it went back from review.
    pub rounds: u32,
    /// Work on it had begun here.
    pub is_started: bool,
    /// Its estimate.
    pub estimate: Option<Minutes>,
    /// It had a declared measure.
    pub has_measure: bool,
    /// What came of it is recorded.
    pub has_result: bool,
}

impl Store {
    /// How many requests with one of some tags, or of a brand, each discipline delivered since an instant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn disciplines_that_delivered(
        &self,
        since: DateTime<Utc>,
        tags: &[String],
        brand: &str,
    ) -> Result<HashMap<String, u32>, StoreError> {
        let sql = "SELECT p.discipline, count(DISTINCT r.id) FROM request AS r \
                   JOIN allocation AS a ON a.request_id = r.id JOIN person AS p ON p.id = a.person_id \
                   WHERE r.delivered >= ?1 AND NOT p.is_role AND p.discipline <> '' AND (\
                   r.brand <> '' AND r.brand = ?2 OR EXISTS (SELECT 1 FROM json_each(r.tags) AS own \
                   WHERE own.value IN (SELECT value FROM json_each(?3)))) GROUP BY p.discipline";
        let mut statement = self.connection.prepare_cached(sql)?;
        let tags = serde_json::Value::from(tags.to_vec()).to_string();
        let rows = statement.query_map((columns::instant_text(since), brand.trim(), tags), |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What figures count of the requests delivered since an instant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivered_facts_since(&self, since: DateTime<Utc>) -> Result<Vec<DeliveredFacts>, StoreError> {
        let sql = "SELECT id, delivered, ready, first_agreed_due, tier, rounds, started IS NOT NULL, estimate, \
                   trim(measure) <> '', trim(result) <> '' FROM request \
                   WHERE delivered IS NOT NULL AND delivered >= ?1 ORDER BY delivered, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([columns::instant_text(since)], |row| {
            let mut c = Reader::new(row);
            Ok(DeliveredFacts {
                id: RequestId(c.get()?),
                delivered: c.instant()?,
                ready: c.opt_instant()?,
                agreed: c.opt_day()?,
                tier: c.get::<Option<u8>>()?.and_then(Tier::new),
                rounds: c.get()?,
                is_started: c.get()?,
                estimate: c.opt_minutes()?,
                has_measure: c.get()?,
                has_result: c.get()?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
