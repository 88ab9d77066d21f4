//! Meetings as they are typed and changed: kinds guessed by rule, notes for one occurrence.

mod agenda;

use chrono::NaiveDateTime;

use super::{Desk, OpsError};
use crate::config::KindRules;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{
    CalendarEvent, EventSpec, MeetingKind, MeetingStatus, Moment, OccurrenceKey, Recurrence,
};
use crate::domain::words::fold;
use crate::plain;
use crate::store::{Committed, MeetingNote, MeetingRow};
pub use agenda::MeetingList;

/// What a typed meeting needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    pub title: String,
    /// Start on the lead's clock.
    pub start: NaiveDateTime,
    /// How long.
    pub minutes: i64,
    /// Set by hand, or guessed.
    pub kind: Option<MeetingKind>,
    /// The row of meetings it belongs to; empty means its title.
    pub series: String,
    /// Who comes.
    pub attendees: Vec<String>,
    /// What is noted for it already.
    pub notes: MeetingNote,
}

/// What to change of a meeting; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingChange {
    /// The kind of room, for the whole series.
    pub kind: Option<MeetingKind>,
    /// The name of the series.
    pub series: Option<String>,
    /// Title; typed meetings only.
    pub title: Option<String>,
    /// Start; typed meetings only.
    pub start: Option<NaiveDateTime>,
    /// Length; typed meetings only.
    pub minutes: Option<i64>,
    /// Who comes; typed meetings only.
    pub attendees: Option<Vec<String>>,
    /// What should be different afterwards, for this occurrence.
    pub intent: Option<String>,
    /// If … then …, for this occurrence.
    pub if_then: Option<String>,
    /// What they will ask, for this occurrence.
    pub predicted: Option<String>,
}

/// Guesses the kind of room: one other person is one to one; else the first rule with a word of the title.
pub fn guess_kind(title: &str, attendees: usize, rules: &KindRules) -> MeetingKind {
    let title = format!(" {} ", fold(title));
    let has = |word: &String| {
        title.match_indices(word).any(|(at, _)| {
            let before = title[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = title[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after
        })
    };
    let by_word = rules.words.iter().find(|(_, words)| words.iter().any(has)).map(|(kind, _)| *kind);
    match (by_word, attendees) {
        (Some(kind), _) => kind,
        (None, 1) => MeetingKind::OneToOne,
        _ => MeetingKind::Team,
    }
}

impl Desk {
    /// Adds a typed meeting.
    ///
    /// # Errors
    /// When the title is empty or the length is not above zero.
    pub fn add_meeting(&mut self, new: &NewMeeting) -> Result<Committed<OccurrenceKey>, OpsError> {
        if new.title.trim().is_empty() {
            return Err(OpsError::rejected(
                "a meeting needs a title",
                "Write it in quotes: `tablesetter meeting add \"Brand council\" --start …`.",
            ));
        }
        if !(0..=14 * 24 * 60).contains(&new.minutes) {
            return Err(OpsError::rejected(
                format!("{} minutes is no length for a meeting", new.minutes),
                "Give --minutes between 0 and 20160.",
            ));
        }
        let stamp = self.stamp();
        let number = self.store.history(Some(1))?.first().map_or(1, |operation| operation.id.0 + 1);
        let spec = EventSpec {
            title: new.title.trim().to_owned(),
            start: Moment::Fixed(self.clock.local(self.clock.instant(new.start))),
            minutes: new.minutes,
            attendees: new.attendees.clone(),
            location: String::new(),
            status: MeetingStatus::Confirmed,
            sequence: 0,
        };
        let row = MeetingRow {
            id: MeetingId(0),
            event: CalendarEvent {
                uid: format!("typed-{}-{number}", stamp.at.timestamp()),
                spec,
                recurrence: Recurrence::default(),
            },
            is_typed: true,
            series: new.series.clone(),
            kind: new.kind,
        };
        self.store.change(stamp, |tx| {
            let meeting = tx.add_meeting(&row)?;
            let label = format!("Added meeting {meeting} {}", plain::cut(&row.event.spec.title, 60));
            let key = OccurrenceKey { meeting, occurrence: String::new() };
            if new.notes != MeetingNote::default() {
                tx.put_meeting_note(&key, &new.notes)?;
            }
            Ok((key, label))
        })
    }

    /// Changes a meeting: its kind and series for the whole row, its notes for this occurrence, and for
    /// typed meetings what they are.
    ///
    /// # Errors
    /// When it is not there, or a calendar's own facts are to be changed.
    pub fn edit_meeting(
        &mut self,
        key: &OccurrenceKey,
        change: &MeetingChange,
    ) -> Result<Committed<()>, OpsError> {
        let meeting = self.meeting(key)?;
        let stamp = self.stamp();
        let start = change.start.map(|local| Moment::Fixed(self.clock.local(self.clock.instant(local))));
        self.store.change(stamp, |tx| {
            let before = tx.meeting(key.meeting)?;
            let mut row = before.clone();
            if change.touches_calendar() && !row.is_typed {
                return Err(OpsError::rejected(
                    format!("{} comes from a calendar; title, time and people are changed there", key.meeting),
                    "Change its kind, series or notes here; change the rest in the calendar and import it again.",
                ));
            }
            change.apply(&mut row, start);
            if row != before {
                tx.put_meeting(&row)?;
            }
            let old = MeetingNote { intent: meeting.intent.clone(), if_then: meeting.if_then.clone(), predicted: meeting.predicted.clone() };
            let new = change.note(&old);
            if new != old {
                tx.put_meeting_note(&meeting.key, &new)?;
            }
            Ok(((), format!("Edited {} {}{}", meeting.key, plain::cut(&meeting.title, 40), change.words())))
        })
    }
}

impl MeetingChange {
    const fn touches_calendar(&self) -> bool {
        self.title.is_some() || self.start.is_some() || self.minutes.is_some() || self.attendees.is_some()
    }

    fn apply(&self, row: &mut MeetingRow, start: Option<Moment>) {
        let spec = &mut row.event.spec;
        row.kind = self.kind.or(row.kind);
        self.series.clone_into_some(&mut row.series);
        self.title.clone_into_some(&mut spec.title);
        if let Some(attendees) = &self.attendees {
            spec.attendees.clone_from(attendees);
        }
        spec.minutes = self.minutes.unwrap_or(spec.minutes);
        if let Some(start) = start {
            spec.start = start;
        }
    }

    fn note(&self, old: &MeetingNote) -> MeetingNote {
        let mut new = old.clone();
        self.intent.clone_into_some(&mut new.intent);
        self.if_then.clone_into_some(&mut new.if_then);
        self.predicted.clone_into_some(&mut new.predicted);
        new
    }

    fn words(&self) -> String {
        let named = [
            (self.kind.map(|kind| kind.title().to_owned()), "kind"),
            (self.series.clone(), "series"),
            (self.if_then.clone(), "if-then"),
            (self.intent.clone(), "intent"),
            (self.predicted.clone(), "predicted"),
        ];
        let parts: Vec<_> = named
            .into_iter()
            .filter_map(|(value, name)| value.map(|value| format!("{name} {}", plain::cut(&value, 40))))
            .collect();
        if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
    }
}

/// Copies a text over another one if there is one.
trait CloneIntoSome {
    fn clone_into_some(&self, target: &mut String);
}

impl CloneIntoSome for Option<String> {
    fn clone_into_some(&self, target: &mut String) {
        if let Some(text) = self {
            target.clone_from(text);
        }
    }
}
