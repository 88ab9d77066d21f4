//! Delivered work as figures need it: a few facts of each request, read without the rest of its row.

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
