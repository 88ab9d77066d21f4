//! In which zone the lead was when: a past day is the one that it was for the lead then, wherever it is read.
//!
//! A row says a zone and from when on the lead is in it. What is older than the first row was in the zone of that
//! one; what is to come is in the present zone.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::to_utc;
use super::whereabouts::Whereabouts;

/// The step of stored instants: the next one that is none of those before.
const STEP: TimeDelta = TimeDelta::seconds(1);

/// From an instant on the lead is in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneSince {
    pub at: DateTime<Utc>,
    pub zone: Whereabouts,
}

/// All zones in their order, no two neighbours the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoneHistory(Vec<ZoneSince>);

/// Where and when the lead looks at the history.
#[derive(Debug, Clone, Copy)]
pub struct Present {
    pub zone: Whereabouts,
    pub now: DateTime<Utc>,
    /// When something was written last: its day stays what it was.
    pub newest: Option<DateTime<Utc>>,
}

impl Present {
    /// From when on the zone holds if none was noted yet: behind all that was written, and today from its first hour
    /// on, for the meetings of this morning are those of the clock on the wall. Never later than now.
    fn begins(&self) -> DateTime<Utc> {
        let midnight = self.zone.to_utc(self.zone.local(self.now).date_naive().and_time(NaiveTime::MIN));
        self.newest.map_or(midnight, |newest| midnight.max(newest + STEP)).min(self.now)
    }
}

impl ZoneHistory {
    /// Puts rows in order; one that says nothing new goes.
    pub fn new(mut rows: Vec<ZoneSince>) -> Self {
        rows.sort_by_key(|row| row.at);
        rows.dedup_by_key(|row| row.zone);
        Self(rows)
    }

    pub fn rows(&self) -> &[ZoneSince] {
        &self.0
    }

    /// The zone that the lead is in by the rows, if that can be the present one.
    pub fn still(&self, present: &Present) -> Option<Whereabouts> {
        self.0.last().map(|last| last.zone).filter(|zone| zone.may_be(present.zone, present.now))
    }

    /// The history once something is written at present; `None` if it stays as it is.
    pub fn moved(&self, present: &Present) -> Option<Self> {
        if self.still(present).is_some() {
            return None;
        }
        let at = present.begins();
        // What was noted of later than now was noted by a wrong clock; but the first row stands for all before it.
        let first = self.0.first().map(|row| ZoneSince { at: row.at.min(at - STEP), ..*row });
        let known = self.0.iter().skip(1).copied().filter(|row| row.at < at);
        let here = ZoneSince { at, zone: present.zone };
        Some(Self::new(first.into_iter().chain(known).chain([here]).collect()))
    }

    /// This history and another one of the same lead, who is in one place at a time.
    pub fn joined(&self, other: &Self) -> Self {
        Self::new(self.0.iter().chain(&other.0).copied().collect())
    }

    /// What was known of it at an instant.
    pub fn until(&self, at: DateTime<Utc>) -> Self {
        // The first row says what held before it as well.
        Self(self.0.iter().take(1).chain(self.0.iter().skip(1).filter(|row| row.at <= at)).copied().collect())
    }

    /// What lies before the present zone.
    pub fn before(&self, present: &Present) -> ZonesBefore {
        let Some(last) = self.0.last() else { return ZonesBefore::default() };
        let (over, begins) = match self.still(present) {
            // Now is always in the present zone, also on a clock that was set back.
            Some(_) => (&self.0[..self.0.len() - 1], last.at.min(present.now)),
            None => (self.0.as_slice(), present.begins()),
        };
        let ends = |index: usize| self.0.get(index + 1).map_or(begins, |next| next.at.min(begins));
        let held = |index: usize| index == 0 || over[index].at < begins;
        let zones = (0..over.len()).filter(|index| held(*index));
        ZonesBefore(zones.map(|index| ZoneUntil { end: ends(index), zone: over[index].zone }).collect())
    }
}

/// Until an instant the lead was in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneUntil {
    end: DateTime<Utc>,
    zone: Whereabouts,
}

/// The zones before the present one, in their order; none where the lead never left it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<ZoneUntil>", into = "Vec<ZoneUntil>")]
pub struct ZonesBefore(Arc<[ZoneUntil]>);

impl From<Vec<ZoneUntil>> for ZonesBefore {
    fn from(zones: Vec<ZoneUntil>) -> Self {
        Self(zones.into())
    }
}

impl From<ZonesBefore> for Vec<ZoneUntil> {
    fn from(zones: ZonesBefore) -> Self {
        zones.0.to_vec()
    }
}

impl ZonesBefore {
    /// What the lead's clock showed at an instant; `None` if the present zone held.
    pub fn local(&self, instant: DateTime<Utc>) -> Option<DateTime<FixedOffset>> {
        // Asked for every row of a list: whoever stays at home pays for one look at an empty slice.
        self.0.last().filter(|last| instant < last.end)?;
        let at = self.0.partition_point(|zone| zone.end <= instant);
        Some(self.0[at].zone.local(instant))
    }

    /// The instant at which the lead's clock shows a time. One that is to come is in the present zone; one that came
    /// twice is the first; one that a flight skipped is its landing.
    pub fn to_utc<Z: TimeZone>(
        &self,
        local: NaiveDateTime,
        present: &Z,
        now: impl FnOnce() -> DateTime<Utc>,
    ) -> DateTime<Utc> {
        let here = to_utc(present, local);
        let Some(last) = self.0.last() else { return here };
        if here >= now() {
            return here;
        }
        let mut landed = None;
        for ZoneUntil { end, zone } in self.0.iter() {
            let there = zone.to_utc(local);
            if there < *end {
                return landed.map_or(there, |landed| there.max(landed));
            }
            landed = Some(*end);
        }
        here.max(last.end)
    }
}
