//! What the load is reckoned from, read in one go: by the store for who looks, inside an operation for who writes.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

use super::columns::{RowReader, instant_text};
use super::requests::{OPEN, blocked};
use super::{Store, StoreError, Tx, allocations, kept_days, people};
use crate::domain::allocation::Allocation;
use crate::domain::ids::{AllocationId, RequestId};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::request::Request;
use crate::domain::tier::Tier;

/// Open work and the team's time.
#[derive(Debug, Clone, Default)]
pub struct StoredWork {
    /// Everybody, also those who have left: their days are asked for as well.
    pub people: Vec<Person>,
    /// Tentative ones among them, which take no time.
    pub absences: Vec<Absence>,
    /// Days off for everybody.
    pub holidays: Vec<Holiday>,
    /// Open requests, with no more than what the load follows from.
    pub requests: Vec<Request>,
    /// Shares of these requests, by number.
    pub shares: Vec<Allocation>,
    /// What came off each share on kept days before the day that was asked for.
    pub done: HashMap<AllocationId, Minutes>,
    /// The newest day that is kept; `None` where the keeping has not begun.
    pub newest_kept: Option<NaiveDate>,
}

fn read(connection: &Connection, today: NaiveDate) -> Result<StoredWork, StoreError> {
    Ok(StoredWork {
        people: people::read_people(connection)?,
        absences: super::records::all(connection)?,
        holidays: super::records::all(connection)?,
        requests: requests(connection, None)?,
        shares: allocations::open(connection)?,
        done: kept_days::done(connection, today)?,
        newest_kept: kept_days::newest(connection)?,
    })
}

/// Open requests, or with them those that were delivered since an instant.
fn requests(connection: &Connection, since: Option<DateTime<Utc>>) -> Result<Vec<Request>, StoreError> {
    let which = match since {
        None => format!("INDEXED BY request_open WHERE {OPEN}"),
        Some(since) => format!("WHERE {OPEN} OR delivered >= '{}'", instant_text(since)),
    };
    // Not the columns of a whole request: the load is reckoned from all open work at once, and at every start.
    let sql = format!(
        "SELECT id, title, tier, estimate, stage, stage_since, blocked_reason, blocked_since, due, started, \
         delivered, left_said, left_on, left_correction, left_to_say, left_of FROM request {which}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| {
        let mut c = RowReader::new(row);
        let (id, title): (i64, String) = (c.get()?, c.get()?);
        Ok(Request {
            id: RequestId(id),
            tier: c.get::<Option<u8>>()?.and_then(Tier::new),
            estimate: c.opt_minutes()?,
            stage: c.word()?,
            stage_since: c.instant()?,
            blocked: blocked(c.get()?, c.opt_day()?),
            due: c.opt_day()?,
            started: c.opt_instant()?,
            delivered: c.opt_instant()?,
            left_said: c.opt_minutes()?,
            left_on: c.opt_day()?,
            left_correction: Minutes(c.get()?),
            left_to_say: c.get()?,
            left_of: c.opt_minutes()?,
            ..Request::new(&title, DateTime::UNIX_EPOCH)
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    /// Everything that the load of a day follows from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn work(&self, today: NaiveDate) -> Result<StoredWork, StoreError> {
        read(&self.connection, today)
    }
}

impl Tx<'_> {
    /// The same as it is inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn work(&self, today: NaiveDate) -> Result<StoredWork, StoreError> {
        read(&self.sql, today)
    }

    /// The same with what was delivered since an instant, for days that are over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn work_since(&self, today: NaiveDate, since: DateTime<Utc>) -> Result<StoredWork, StoreError> {
        let shares = allocations::all(&self.sql)?;
        Ok(StoredWork { requests: requests(&self.sql, Some(since))?, shares, ..read(&self.sql, today)? })
    }
}
