//! Days that are over: what was planned and done on each, written once and never changed.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row};

use super::columns::{self, RowReader, int, text};
use super::{Store, StoreError, Tx};
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::kept::{KeptDays, KeptShare};
use crate::domain::minutes::Minutes;
use crate::domain::tier::Tier;

const COLUMNS: &str = "day, share_id, request_id, title, tier, person_id, handle, is_role, is_tentative, \
                       is_unknown, planned, done";

fn from_row(row: &Row<'_>) -> rusqlite::Result<KeptShare> {
    let mut c = RowReader::new(row);
    Ok(KeptShare {
        day: c.day()?,
        share: AllocationId(c.get()?),
        request: RequestId(c.get()?),
        title: c.get()?,
        tier: Tier::new(c.get()?).unwrap_or(Tier::PRODUCTION),
        person: PersonId(c.get()?),
        handle: c.get()?,
        is_role: c.get()?,
        is_tentative: c.get()?,
        is_unknown: c.get()?,
        planned: Minutes(c.get()?),
        done: Minutes(c.get()?),
    })
}

/// What came off each share by plan, over all days before `today`. Days at or after it were kept under a wrong
/// clock and count for nothing.
pub(super) fn done(
    connection: &Connection,
    today: NaiveDate,
) -> Result<HashMap<AllocationId, Minutes>, StoreError> {
    // The index on shares holds their hours, so no row is read for this.
    let sql = "SELECT share_id, sum(done) FROM kept_share WHERE day < ?1 AND done > 0 GROUP BY share_id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map([today.to_string()], |row| Ok((AllocationId(row.get(0)?), Minutes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Under which name the day is remembered after which days are kept, until the first one is.
const KEPT_AFTER: &str = "kept-after";

/// The same of the first time, where an absence came before any day was kept.
const KEPT_AFTER_FIRST: &str = "kept-after-first";

/// The newest day that is kept, or the one after which they are.
pub(super) fn newest(connection: &Connection) -> Result<Option<NaiveDate>, StoreError> {
    // Before the first day is kept, also the first one after a long absence, the memo says from when on there is
    // something to keep.
    let sql = "SELECT max(day) FROM (SELECT max(day) AS day FROM kept_day
               UNION ALL SELECT value FROM memo WHERE name = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([KEPT_AFTER], |row| RowReader::new(row).opt_day())?)
}

impl Store {
    /// What was kept of the days from `from` to `to`, both included.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_days(&self, from: NaiveDate, to: NaiveDate) -> Result<KeptDays, StoreError> {
        let days = [from.to_string(), to.to_string()];
        let first = "SELECT min(day) FROM kept_day";
        let late = "SELECT day FROM kept_day WHERE day BETWEEN ?1 AND ?2 AND is_reconstructed ORDER BY day";
        let shares =
            format!("SELECT {COLUMNS} FROM kept_share WHERE day BETWEEN ?1 AND ?2 ORDER BY day, share_id");
        let mut late = self.connection.prepare_cached(late)?;
        let mut shares = self.connection.prepare_cached(&shares)?;
        Ok(KeptDays {
            first: self
                .connection
                .prepare_cached(first)?
                .query_row([], |row| RowReader::new(row).opt_day())?,
            waits: Vec::new(),
            reconstructed: late
                .query_map(days.clone(), |row| RowReader::new(row).day())?
                .collect::<Result<_, _>>()?,
            shares: shares.query_map(days, from_row)?.collect::<Result<_, _>>()?,
        })
    }

    /// Runs of more than some days that were passed over, the oldest first: days after them are kept, or will be.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn passed_over(&self, most: i64) -> Result<Vec<(NaiveDate, NaiveDate)>, StoreError> {
        let sql = "SELECT date(before, '+1 day'), date(day, '-1 day') FROM (
                     SELECT day, lag(day) OVER (ORDER BY day) AS before FROM (
                       SELECT day FROM kept_day
                       UNION SELECT date(value, '+1 day') FROM memo WHERE name = ?1
                       UNION SELECT value FROM memo WHERE name = ?3))
                   WHERE julianday(day) - julianday(before) - 1 > ?2 ORDER BY day";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map((KEPT_AFTER, most, KEPT_AFTER_FIRST), |row| {
            let mut c = RowReader::new(row);
            Ok((c.day()?, c.day()?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest day that is kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_kept_day(&self) -> Result<Option<NaiveDate>, StoreError> {
        newest(&self.connection)
    }
}

impl Tx<'_> {
    /// The newest day that is kept, inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_kept_day(&self) -> Result<Option<NaiveDate>, StoreError> {
        newest(&self.sql)
    }

    /// Keeps one day.
    ///
    /// # Errors
    /// When it is kept already.
    pub fn keep_day(
        &self,
        day: NaiveDate,
        is_reconstructed: bool,
        shares: &[KeptShare],
    ) -> Result<(), StoreError> {
        self.insert("kept_day", &[("day", columns::day(day)), ("is_reconstructed", int(is_reconstructed))])?;
        for kept in shares {
            self.insert(
                "kept_share",
                &[
                    ("day", columns::day(kept.day)),
                    ("share_id", int(kept.share.0)),
                    ("request_id", int(kept.request.0)),
                    ("person_id", int(kept.person.0)),
                    ("title", text(&kept.title)),
                    ("tier", int(kept.tier.number())),
                    ("handle", text(&kept.handle)),
                    ("is_role", int(kept.is_role)),
                    ("is_tentative", int(kept.is_tentative)),
                    ("is_unknown", int(kept.is_unknown)),
                    ("planned", int(kept.planned.0)),
                    ("done", int(kept.done.0)),
                ],
            )?;
        }
        Ok(())
    }

    /// Notes that days are kept from the one after `day` on. That is no work of anybody's, so the journal does not
    /// know of it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin_keeping_after(&self, day: NaiveDate) -> Result<(), StoreError> {
        let first = "INSERT INTO memo (name, value) SELECT ?2, value FROM memo WHERE name = ?1 ON CONFLICT DO NOTHING";
        self.count(self.sql.prepare_cached(first)?.execute((KEPT_AFTER, KEPT_AFTER_FIRST))?);
        let sql =
            "INSERT INTO memo (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        self.count(self.sql.prepare_cached(sql)?.execute((KEPT_AFTER, day.to_string()))?);
        Ok(())
    }

    /// Forgets the days from one on, so that they can be kept anew; a wrong clock had kept them.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_kept_days(&self, from: NaiveDate) -> Result<(), StoreError> {
        self.forget_kept_days_but(from, |_| Vec::new())
    }

    /// The same without some rows of each table.
    pub(super) fn forget_kept_days_but(
        &self,
        from: NaiveDate,
        rows: impl Fn(&str) -> Vec<i64>,
    ) -> Result<(), StoreError> {
        for table in ["kept_share", "kept_day"] {
            let stay = columns::numbers(&rows(table));
            let sql = format!(
                "DELETE FROM {table} WHERE day >= '{from}' \
                 AND id NOT IN (SELECT value FROM json_each('{stay}')) RETURNING *"
            );
            self.delete_rows(table, &sql)?;
        }
        // The day after which they are kept is no later than the newest that is left.
        let sql = "UPDATE memo SET value = coalesce((SELECT max(day) FROM kept_day), date(?2, '-1 day'))
                   WHERE name = ?1 AND value >= ?2";
        self.count(self.sql.prepare_cached(sql)?.execute((KEPT_AFTER, from.to_string()))?);
        Ok(())
    }
}
