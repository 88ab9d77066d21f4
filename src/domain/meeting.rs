//! Meetings: typed ones, and occurrences of calendar events expanded for the days asked for.

pub mod form;

use crate::domain::bounds;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::ids::{KeyError, MeetingId};
use super::named::{named_enum, read_as_text};
use super::rule::EXCEPT;
use super::zone::DescribedZone;

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

named_enum! {
    /// What a meeting makes of the lead's time, as the calendar says.
    pub enum ShowsAs {
        Busy = "busy", "busy",
        Free = "free", "free",
        Declined = "declined", "declined",
        OutOfOffice = "out-of-office", "out of office",
        WorkingLocation = "working-location", "working location",
    }
}

impl ShowsAs {
    /// A place on the lead's day: what was declined has none, nor has where somebody works from.
    pub const fn is_in_the_day(self) -> bool {
        matches!(self, Self::Busy | Self::Free)
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
    Day(NaiveDate),
    /// A time on a clock on the wall, in the lead's own zone wherever that is.
    Floating(NaiveDateTime),
    /// A local time in a named zone (IANA).
    Zoned(NaiveDateTime, chrono_tz::Tz),
    /// An instant with a fixed offset (UTC, or a zone that only the file described).
    Fixed(DateTime<FixedOffset>),
}

impl Moment {
    /// Its day on its own clock.
    pub fn day(&self) -> NaiveDate {
        match self {
            Self::Day(day) => *day,
            Self::Floating(local) | Self::Zoned(local, _) => local.date(),
            Self::Fixed(instant) => instant.date_naive(),
        }
    }
}

impl fmt::Display for Moment {
    /// `2026-11-24`, `2026-11-24T10:00:00`, the same with `[Europe/London]`, or with an offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Floating(local) => write!(f, "{}", local.format(LOCAL)),
            Self::Zoned(local, zone) => write!(f, "{}[{}]", local.format(LOCAL), zone.name()),
            // Zones of long ago are off by seconds, for which RFC 3339 has no place.
            Self::Fixed(instant) if instant.offset().local_minus_utc() % 60 != 0 => {
                write!(f, "{}", instant.format("%Y-%m-%dT%H:%M:%S%::z"))
            }
            Self::Fixed(instant) => write!(f, "{}", instant.to_rfc3339()),
        }
    }
}

impl FromStr for Moment {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{}` is not a day with a time", bounds::named(text));
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        if let Some((local, zone)) = text.strip_suffix(']').and_then(|text| text.split_once('[')) {
            return Ok(Self::Zoned(
                whole_second(local).ok_or_else(wrong)?,
                zone.parse().map_err(|_| wrong())?,
            ));
        }
        if let Some(local) = whole_second(text) {
            return Ok(Self::Floating(local));
        }
        // `+HH:MM:SS` has nine letters, three more than an offset of RFC 3339.
        match text.split_at_checked(text.len().saturating_sub(9)) {
            Some((local, offset)) if offset.matches(':').count() == 2 && offset.starts_with(['+', '-']) => {
                to_the_second(local, offset).map(Self::Fixed).ok_or_else(wrong)
            }
            _ => DateTime::parse_from_rfc3339(text).map(Self::Fixed).map_err(|_| wrong()),
        }
    }
}

/// A local time without parts of a second: written down it would be another one. An instant with its offset keeps them,
/// since a clock tells them.
fn whole_second(local: &str) -> Option<NaiveDateTime> {
    local.parse().ok().filter(|local: &NaiveDateTime| local.nanosecond() == 0)
}

/// A local time and an offset such as `-03:41:52`.
fn to_the_second(local: &str, offset: &str) -> Option<DateTime<FixedOffset>> {
    let since_midnight = offset.get(1..)?.parse::<NaiveTime>().ok()?.num_seconds_from_midnight();
    let seconds = i32::try_from(since_midnight).ok()?;
    let offset = FixedOffset::east_opt(if offset.starts_with('-') { -seconds } else { seconds })?;
    whole_second(local)?.and_local_timezone(offset).single()
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

read_as_text!(Moment, MeetingStatus, ShowsAs);

/// What a calendar says about one event or one changed occurrence of it; stored, never expanded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSpec {
    pub title: String,
    /// When it begins; of a series, when its first does.
    pub start: Moment,
    /// How long, in minutes; whole days are multiples of 1440.
    pub minutes: i64,
    /// Names of those invited, without the lead where that is known.
    pub attendees: Vec<String>,
    /// A room, or the address of the call.
    pub location: String,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// The calendar's own counter of changes.
    pub sequence: i64,
    /// Whether it takes the lead's time.
    pub shows_as: ShowsAs,
}

/// How an event repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recurrence {
    /// RRULE value without its name; empty if none, several one a line. A rule of days that are left out is a line that
    /// begins with [`EXCEPT`].
    pub rule: String,
    /// Starts that the rule does not give (RDATE).
    pub extra: Vec<Moment>,
    /// Starts that the rule gives and that do not take place (EXDATE).
    pub except: Vec<Moment>,
    /// Changed occurrences: the start that the rule gave, and what it became.
    pub overrides: Vec<(Moment, EventSpec)>,
    /// Changes from a start on: what that start became, and by how much all later ones move with it.
    pub following: Vec<(Moment, EventSpec)>,
    /// Occurrences that were moved or cancelled here; they win over what the calendar says.
    pub by_hand: Vec<(Moment, EventSpec)>,
}

impl Recurrence {
    /// It happens once, whatever was changed of it here.
    pub fn is_single(&self) -> bool {
        self.rule.is_empty()
            && self.extra.is_empty()
            && self.overrides.is_empty()
            && self.following.is_empty()
    }

    /// Its rules, one by one.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        // RFC 5545 advises against more than one rule and does not forbid it.
        self.rule.lines().filter(|rule| !rule.is_empty() && !rule.starts_with(EXCEPT))
    }

    /// Rules whose starts do not take place.
    pub fn except_rules(&self) -> impl Iterator<Item = &str> {
        self.rule.lines().filter_map(|rule| rule.strip_prefix(EXCEPT))
    }
}

/// One event of a calendar, with everything needed to expand it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEvent {
    /// The calendar's id of it; typed meetings have one of ours.
    pub uid: String,
    /// The event or the first of its series.
    pub spec: EventSpec,
    /// Empty if it does not repeat.
    pub recurrence: Recurrence,
    /// The zone in which it repeats, where only its file describes it. The rule runs on the clock of that zone; the
    /// moments themselves carry their offsets.
    pub zone: Option<DescribedZone>,
}

impl CalendarEvent {
    /// What is said of an event that happens once: by hand, else by its calendar.
    pub fn once(&self) -> &EventSpec {
        self.recurrence.by_hand.first().map_or(&self.spec, |(_, spec)| spec)
    }
}

/// A meeting at a time: what the cockpit shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Which meeting of which series; what is noted here belongs to this.
    pub key: OccurrenceKey,
    /// As the calendar names the whole series.
    pub uid: String,
    pub title: String,
    /// What the lead calls the row of meetings it belongs to; the title if nothing else was said.
    pub series: String,
    /// Kind of room; guessed by rule until set by hand.
    pub kind: MeetingKind,
    /// Start in the lead's zone.
    pub start: DateTime<FixedOffset>,
    /// End in the lead's zone.
    pub end: DateTime<FixedOffset>,
    /// Takes whole days: `start` and `end` are then midnights in the lead's zone.
    pub is_all_day: bool,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// Whether it takes the lead's time.
    pub shows_as: ShowsAs,
    /// Who is in the room.
    pub attendees: Vec<String>,
    /// A room, or the address of the call.
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

impl Meeting {
    /// Leaves out what the lead means to do in it, which nobody else in the room should read.
    pub fn leave_out_plan(&mut self) {
        self.intent.clear();
        self.if_then.clear();
        self.predicted.clear();
    }

    /// The kind of room; `None` for what the calendar shows as free, which is a note on the day and no room.
    pub fn room(&self) -> Option<MeetingKind> {
        (self.shows_as == ShowsAs::Busy).then_some(self.kind)
    }

    /// `10:00–11:00`; of what takes no time, as RFC 5545 (3.6.1) has an event without an end, `10:00`.
    pub fn clock_times(&self) -> String {
        let from = self.start.format("%H:%M");
        if self.start == self.end {
            from.to_string()
        } else {
            format!("{from}–{}", self.end.format("%H:%M"))
        }
    }

    /// True for the standup of the studio, which has a page of its own.
    pub fn is_standup(&self) -> bool {
        self.kind == MeetingKind::Team && self.title.to_lowercase().contains("standup")
    }

    /// The kind of room by its word, or what it is instead.
    pub fn kind_name(&self) -> &'static str {
        self.room().map_or(self.shows_as.name(), MeetingKind::name)
    }

    /// The same as it is said.
    pub fn kind_title(&self) -> &'static str {
        self.room().map_or(self.shows_as.title(), MeetingKind::title)
    }
}

/// A question that they may ask, with our one-line answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// What they may ask.
    pub question: String,
    /// What we would say; empty while nothing is noted.
    pub answer: String,
}

/// Reads what is noted of questions to come: one a line, the answer behind an arrow.
pub fn predictions(noted: &str) -> Vec<Prediction> {
    let part = |line: &str| {
        // Both arrows: the one is printed here, the other is on every keyboard.
        let (question, answer) = line.split_once('→').or_else(|| line.split_once("->")).unwrap_or((line, ""));
        Prediction { question: question.trim().to_owned(), answer: answer.trim().to_owned() }
    };
    noted.lines().map(part).filter(|it| !it.question.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_what_they_print() {
        for text in [
            "2026-11-24",
            "2026-11-24T10:00:00",
            "2026-11-24T10:00:00[Europe/London]",
            "2026-11-24T10:00:00+05:30",
            "1880-11-24T10:00:00-03:41:52",
            // As the clock of a machine tells it.
            "2026-10-02T14:00:00.706245118+00:00",
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        assert!("2026-11-24T10:00:00[Mars/Base]".parse::<Moment>().is_err());
        for between in
            ["2026-11-24T10:00:0.5[Europe/London]", "2026-11-24T10:00:00.5", "1880-11-24T10:00:00.5-03:41:52"]
        {
            assert!(between.parse::<Moment>().is_err(), "it would be written down as another one: {between}");
        }
    }

    #[test]
    fn predictions_are_lines_with_an_arrow() {
        let found = predictions(
            "How many assets is that? → One idea, nine formats\n\nWhen? -> Two weeks sooner\nWhy",
        );
        let pairs: Vec<_> = found.iter().map(|it| (it.question.as_str(), it.answer.as_str())).collect();
        let expected = [
            ("How many assets is that?", "One idea, nine formats"),
            ("When?", "Two weeks sooner"),
            ("Why", ""),
        ];
        assert_eq!(pairs, expected);
    }

    #[test]
    fn occurrence_keys_read_what_they_print() {
        for text in ["M-4", "M-4@2026-11-24", "M-4@2026-11-24T0930"] {
            assert_eq!(text.parse::<OccurrenceKey>().unwrap().to_string(), text);
        }
    }
}
