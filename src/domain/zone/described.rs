//! A time zone as a calendar file describes it (RFC 5545, 3.6.5): observances, each with the offset before and after
//! it and the local times at which it begins. The onsets of two centuries are worked out once, so that asking for an
//! offset is a search in a sorted list.

use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::bounds::{self, Steps};
use crate::domain::rule::{self, Rule, Until};

/// No offset of any zone that ever was is further from UTC, in seconds. One that is, is a fault of its writer.
pub const FURTHEST: i32 = 16 * 3600;
/// Onsets are worked out from this year on; what begins earlier holds unchanged until the first of them.
const FIRST_YEAR: i32 = 1900;
/// Onsets are worked out up to this year.
const LAST_YEAR: i32 = 2100;
/// Work that the onsets of one zone may take; the yearly rules of a usual one need a tenth of it.
const STEPS: usize = 200_000;
/// Onsets that are kept of one zone.
const ONSETS: usize = 10_000;

/// One STANDARD or DAYLIGHT part of a zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Observance {
    /// The first onset, on the clock that holds before it.
    pub start: NaiveDateTime,
    /// Seconds east of Greenwich before it.
    pub from: i32,
    /// Seconds east of Greenwich from it on.
    pub to: i32,
    /// Further onsets by rule, as the file has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Further onsets, each by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<NaiveDateTime>,
}

/// A zone by its observances, shared by all that stands in it. Two are equal if they are described alike.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Vec<Observance>", into = "Vec<Observance>")]
pub struct DescribedZone(Arc<Description>);

#[derive(Debug)]
struct Description {
    observances: Vec<Observance>,
    onsets: OnceLock<Onsets>,
}

impl From<Vec<Observance>> for DescribedZone {
    fn from(observances: Vec<Observance>) -> Self {
        Self(Arc::new(Description { observances, onsets: OnceLock::new() }))
    }
}

impl From<DescribedZone> for Vec<Observance> {
    fn from(zone: DescribedZone) -> Self {
        zone.0.observances.clone()
    }
}

/// When offsets change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Onsets {
    /// The offset before the first change.
    before: i32,
    /// Instants in UTC, and the offset from each on; in order.
    changes: Vec<(NaiveDateTime, i32)>,
}

impl PartialEq for DescribedZone {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.observances == other.0.observances
    }
}

impl Eq for DescribedZone {}

impl DescribedZone {
    /// `None` without an observance.
    pub fn new(observances: Vec<Observance>) -> Option<Self> {
        (!observances.is_empty()).then(|| observances.into())
    }

    fn onsets(&self) -> &Onsets {
        self.0.onsets.get_or_init(|| Onsets::of(&self.0.observances))
    }

    /// Seconds east of Greenwich at an instant in UTC.
    pub fn offset_at(&self, utc: NaiveDateTime) -> i32 {
        let onsets = self.onsets();
        onsets.after(onsets.changes.partition_point(|(at, _)| *at <= utc))
    }

    /// The instant at which a clock of the zone shows `local`: in a gap by the offset before it, in an overlap the
    /// first of the two (RFC 5545, 3.3.5).
    pub fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let onsets = self.onsets();
        let day = TimeDelta::days(1);
        // Only changes within a day of it can matter: no offset is larger.
        let low = onsets.changes.partition_point(|(at, _)| *at < local - day);
        let high = onsets.changes.partition_point(|(at, _)| *at <= local + day);
        // Each offset that can hold near there is tried: it is right where it still holds at the instant that
        // it gives.
        let shown = (low..=high).filter_map(|index| {
            let utc = local - seconds(onsets.after(index));
            (self.offset_at(utc) == onsets.after(index)).then_some(utc)
        });
        if let Some(first) = shown.min() {
            return first.and_utc();
        }
        let is_skipped = |index: &usize| {
            let (at, after) = onsets.changes[*index];
            at + seconds(onsets.after(*index)) <= local && local < at + seconds(after)
        };
        let before = (low..high).find(is_skipped).unwrap_or(low);
        (local - seconds(onsets.after(before))).and_utc()
    }

    /// What a clock of the zone shows at an instant.
    pub fn to_local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.naive_utc() + seconds(self.offset_at(instant.naive_utc()))
    }

    /// A local time with the offset by which it is read.
    pub fn fixed(&self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        let instant = self.to_utc(local);
        // Not the offset at the instant: in a gap that is the one after it, and the clock would show another time
        // than was written.
        let offset = (local - instant.naive_utc()).num_seconds();
        Some(instant.with_timezone(&FixedOffset::east_opt(i32::try_from(offset).ok()?)?))
    }

    /// It has the same offset at all times.
    pub fn is_constant(&self) -> bool {
        let onsets = self.onsets();
        onsets.changes.iter().all(|(_, offset)| *offset == onsets.before)
    }

    /// The first instant from which on it shows what a known zone shows, if there is one: from then on the name says
    /// as much as the description.
    pub fn alike_since(&self, zone: chrono_tz::Tz) -> Option<NaiveDateTime> {
        use chrono::{Offset, TimeZone};
        let other = |at: &NaiveDateTime| zone.offset_from_utc_datetime(at).fix().local_minus_utc();
        let is_alike = |at: &NaiveDateTime| self.offset_at(*at) == other(at);
        let second = TimeDelta::seconds(1);
        // Every day shows a change that only the other zone has; just before and at each change shows whether both
        // have it at the same second.
        // What zones did before 1970 is not certain in any list of them.
        let midnight = |year| NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_hms_opt(0, 0, 0));
        let (first, last) = (midnight(1970)??, midnight(LAST_YEAR - 2)??);
        let mut days = std::iter::successors(Some(last), |at| Some(*at - TimeDelta::days(1)))
            .take_while(|at| *at >= first);
        let unlike_day = days.find(|at| !is_alike(at));
        let changes = self.onsets().changes.iter().rev();
        let mut changes = changes.map(|(at, _)| *at).filter(|at| *at < last);
        let unlike_change = changes.find(|at| !is_alike(at) || !is_alike(&(*at - second)));
        match unlike_day.max(unlike_change) {
            // Unlike up to the end of what is known: they are not the same zone.
            Some(at) if at + TimeDelta::days(366) > last => None,
            Some(at) => Some(at + TimeDelta::days(1)),
            None => Some(first),
        }
    }
}

fn seconds(offset: i32) -> TimeDelta {
    Duration::seconds(i64::from(offset))
}

impl Onsets {
    fn of(observances: &[Observance]) -> Self {
        let mut steps = Steps::new(STEPS);
        // With the place of its observance: where two begin at once, the one that stands first in the file holds.
        let mut all: Vec<(NaiveDateTime, usize)> = Vec::new();
        for (place, observance) in observances.iter().enumerate() {
            let own = observance.onsets(&mut steps).into_iter().take(ONSETS);
            all.extend(own.map(|local| (local - seconds(observance.from), place)));
        }
        all.sort_unstable();
        all.dedup_by_key(|(at, _)| *at);
        let before = all.first().map_or(0, |(_, place)| observances[*place].from);
        let changes = all.into_iter().map(|(at, place)| (at, observances[place].to)).collect();
        Self { before, changes }
    }

    /// The offset after so many changes.
    fn after(&self, changes: usize) -> i32 {
        changes.checked_sub(1).map_or(self.before, |index| self.changes[index].1)
    }
}

impl Observance {
    /// Every onset on the clock before it.
    fn onsets(&self, steps: &mut Steps) -> Vec<NaiveDateTime> {
        let mut found = vec![self.start];
        found.extend(&self.also);
        let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(self.start.time()));
        let (Some(from), Some(to)) = (year(FIRST_YEAR), year(LAST_YEAR)) else { return found };
        for rule in &self.rules {
            let Ok(rule) = Rule::from_str(rule) else { continue };
            // RFC 5545 wants the end of such a rule in UTC, while the onsets are times on the clock.
            let last = match rule.until {
                Some(Until::Utc(at)) => at + seconds(self.from),
                Some(Until::Local(at)) => at,
                Some(Until::Day(day)) => day.and_hms_opt(23, 59, 59).unwrap_or(to),
                None => to,
            };
            found.extend(rule::starts(&rule, self.start, from, last.min(to), steps).at);
        }
        found
    }
}

impl FromStr for DescribedZone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("{}: {error}", bounds::named(text)))
    }
}

impl std::fmt::Display for DescribedZone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| std::fmt::Error)?)
    }
}

impl Observance {
    /// What of it makes no sense, in words.
    pub fn fault(&self) -> Option<&'static str> {
        if [self.from, self.to].iter().any(|offset| offset.abs() > FURTHEST) {
            Some("an offset of more than 16 hours")
        } else if self.start.year() < 1 {
            Some("a beginning that is no day")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
