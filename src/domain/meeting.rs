//! Meetings: typed ones, and occurrences of calendar events expanded for the days asked for.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

use super::ids::{KeyError, MeetingId};
use super::named::named_enum;

named_enum! {
    /// What kind of room it is.
    pub enum MeetingKind {
        Leadership = "leadership", "leadership",
        Stakeholder = "stakeholder", "stakeholder",
        Team = "team", "team",
        OneToOne = "one-to-one", "one to one",
    }
}

named_enum! {
    /// Whether it takes place.
    pub enum MeetingStatus {
        Confirmed = "confirmed", "confirmed",
        Tentative = "tentative", "tentative",
        Cancelled = "cancelled", "cancelled",
    }
}

/// Which of a series: the local day on which the rule puts it (not the day it was moved to), and its
/// time only where one day has several. A meeting that does not recur has no occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OccurrenceKey {
    /// The meeting or series.
    pub meeting: MeetingId,
    /// Empty, `2026-11-24`, or `2026-11-24T0930`.
    pub occurrence: String,
}

impl fmt::Display for OccurrenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.occurrence.is_empty() {
            f.pad(&self.meeting.to_string())
        } else {
            f.pad(&format!("{}@{}", self.meeting, self.occurrence))
        }
    }
}

impl FromStr for OccurrenceKey {
    type Err = KeyError;
    /// Reads `M-4` and `M-4@2026-11-24`.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (meeting, occurrence) = text.split_once('@').unwrap_or((text, ""));
        Ok(Self { meeting: meeting.parse()?, occurrence: occurrence.trim().to_owned() })
    }
}

/// One moment as its author meant it: a whole day, or a local time with the zone kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A whole day.
    Day(NaiveDate),
    /// A time on a clock on the wall, in the lead's own zone wherever that is.
    Floating(NaiveDateTime),
    /// A local time in a named zone (IANA).
    Zoned(NaiveDateTime, chrono_tz::Tz),
    /// An instant with a fixed offset (UTC, or a zone that only the file described).
    Fixed(DateTime<FixedOffset>),
}

/// What a calendar says about one event or one changed occurrence of it; stored, never expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSpec {
    /// Title.
    pub title: String,
    /// Start.
    pub start: Moment,
    /// How long, in minutes; whole days are multiples of 1440.
    pub minutes: i64,
    /// Names of those invited, without the lead where that is known.
    pub attendees: Vec<String>,
    /// Place or link.
    pub location: String,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// The calendar's own counter of changes.
    pub sequence: i64,
}

/// How an event repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recurrence {
    /// RRULE value without its name; empty if none.
    pub rule: String,
    /// Extra starts.
    pub extra: Vec<Moment>,
    /// Starts taken out.
    pub except: Vec<Moment>,
    /// Changed occurrences: the start that the rule gave, and what it became.
    pub overrides: Vec<(Moment, EventSpec)>,
}

/// One event of a calendar, with everything needed to expand it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// The calendar's id of it; typed meetings have one of ours.
    pub uid: String,
    /// The event or the first of its series.
    pub spec: EventSpec,
    /// Empty if it does not repeat.
    pub recurrence: Recurrence,
}

/// A meeting at a time: what the cockpit shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Which one.
    pub key: OccurrenceKey,
    /// The calendar's id.
    pub uid: String,
    /// Title.
    pub title: String,
    /// What the lead calls the row of meetings it belongs to; the title if nothing else was said.
    pub series: String,
    /// Kind of room; guessed by rule until set by hand.
    pub kind: MeetingKind,
    /// Start in the lead's zone.
    pub start: DateTime<FixedOffset>,
    /// End in the lead's zone.
    pub end: DateTime<FixedOffset>,
    /// Takes whole days.
    pub is_all_day: bool,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// Who is in the room.
    pub attendees: Vec<String>,
    /// Place or link.
    pub location: String,
    /// What I want to be different afterwards.
    pub intent: String,
    /// If … then …, for this room.
    pub if_then: String,
    /// What they will ask.
    pub predicted: String,
    /// A reflection is there.
    pub is_reflected: bool,
}
