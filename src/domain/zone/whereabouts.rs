//! A zone in which the lead is or was: by its name where that is known, otherwise an offset.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::to_utc;

/// How far the seasons of a zone lie apart.
const SEASON: TimeDelta = TimeDelta::days(182);

/// A zone with a name knows summer and winter; an offset knows only the hour at which it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Whereabouts {
    Named(Tz),
    Offset(FixedOffset),
}

impl Whereabouts {
    /// What a clock there shows at an instant.
    pub fn local(self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Self::Named(zone) => instant.with_timezone(&zone).fixed_offset(),
            Self::Offset(offset) => instant.with_timezone(&offset),
        }
    }

    /// The instant at which a clock there shows a time, by the rule of calendars in gap and overlap.
    pub fn to_utc(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Self::Named(zone) => to_utc(&zone, local),
            Self::Offset(offset) => to_utc(&offset, local),
        }
    }

    /// The zone of a name, if its clock shows what `shown` does in both halves of the year around an instant: a
    /// name that lies beside the clock of a machine may have been left behind by it.
    pub fn named_as(
        name: &str,
        around: DateTime<Utc>,
        shown: impl Fn(DateTime<Utc>) -> FixedOffset,
    ) -> Option<Self> {
        // POSIX lets a name in the variable TZ begin with a colon.
        let zone = Self::Named(name.trim_start_matches(':').parse().ok()?);
        let agrees = |at: DateTime<Utc>| *zone.local(at).offset() == shown(at);
        [around - SEASON, around, around + SEASON].into_iter().all(agrees).then_some(zone)
    }

    /// True if whoever is known to be in `self` may still be there, seen in `now_in` at an instant. An offset that
    /// the zone has is no flight: a clock that was set to an instant tells no more of its zone.
    pub(super) fn may_be(self, now_in: Self, at: DateTime<Utc>) -> bool {
        self == now_in || matches!(now_in, Self::Offset(offset) if *self.local(at).offset() == offset)
    }
}

impl From<Tz> for Whereabouts {
    fn from(zone: Tz) -> Self {
        Self::Named(zone)
    }
}

impl fmt::Display for Whereabouts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(zone) => f.write_str(zone.name()),
            Self::Offset(offset) => offset.fmt(f),
        }
    }
}

impl FromStr for Whereabouts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = text.parse().map(Self::Named);
        named.or_else(|_| text.parse().map(Self::Offset)).map_err(|_| {
            format!("{text} is neither a zone such as Europe/London nor an offset such as +01:00")
        })
    }
}

impl TryFrom<String> for Whereabouts {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Whereabouts> for String {
    fn from(place: Whereabouts) -> Self {
        place.to_string()
    }
}
