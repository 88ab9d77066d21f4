//! Meetings as they are typed and changed: kinds guessed by rule, notes for one occurrence.

mod agenda;
mod along;
mod by_hand;
mod together;

use chrono::NaiveDateTime;

use super::{Desk, OpsError};
use crate::config::KindRules;
use crate::domain::day;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{
    CalendarEvent, EventSpec, Meeting, MeetingKind, MeetingStatus, Moment, OccurrenceKey, Recurrence, ShowsAs,
};
use crate::domain::words::fold;
use crate::plain;
use crate::store::{Committed, MeetingNote, MeetingRow, Tx};
pub use agenda::MeetingList;
pub(super) use along::take_reflections_along;
pub(super) use together::MeetingStep;

/// What a typed meeting needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    pub title: String,
    /// Start on the lead's clock.
    pub start: NaiveDateTime,
    pub minutes: i64,
    /// Set by hand, or guessed.
    pub kind: Option<MeetingKind>,
    /// The row of meetings it belongs to; empty means its title.
    pub series: String,
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

/// Guesses the kind of room: the first rule with a word of the title; without one, one other person is one to one.
pub fn guess_kind(title: &str, attendees: usize, rules: &KindRules) -> MeetingKind {
    let title = format!(" {} ", fold(title));
    let has = |word: &String| {
        title.match_indices(word).any(|(at, _)| {
            let before = title[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = title[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after
        })
    };
    // Whole words only: "board" must not be found in "onboarding".
    let by_word = rules.words.iter().find(|(_, words)| words.iter().any(has)).map(|(kind, _)| *kind);
    match (by_word, attendees) {
        (Some(kind), _) => kind,
        // The lead's own name is left out before, so one name is one other person.
        (None, 1) => MeetingKind::OneToOne,
        _ => MeetingKind::Team,
    }
}

/// What no meeting can be: without a title, or of another length than nothing to two weeks.
fn check(title: Option<&String>, minutes: Option<i64>) -> Result<(), OpsError> {
    if title.is_some_and(|title| title.trim().is_empty()) {
        return Err(OpsError::rejected(
            "a meeting needs a title",
            "Write it in quotes: `tablesetter meeting add \"Brand council\" --start …`.",
        ));
    }
    if let Some(minutes) = minutes.filter(|minutes| !(0..=14 * 24 * 60).contains(minutes)) {
        return Err(OpsError::rejected(
            format!("{minutes} minutes is no length for a meeting"),
            "Give --minutes between 0 and 20160.",
        ));
    }
    Ok(())
}

impl Desk {
    /// Adds a typed meeting.
    ///
    /// # Errors
    /// When the title is empty, or the length is below zero or above two weeks.
    pub fn add_meeting(&mut self, new: &NewMeeting) -> Result<Committed<OccurrenceKey>, OpsError> {
        check(Some(&new.title), Some(new.minutes))?;
        let stamp = self.stamp();
        // Two meetings typed within the same second need two ids.
        let number = self.store.history(Some(1))?.first().map_or(1, |operation| operation.id.0 + 1);
        let spec = EventSpec {
            title: new.title.trim().to_owned(),
            // An instant and not a time on the wall: it stays where it is when the lead travels.
            start: Moment::Fixed(self.clock.local(self.clock.instant(new.start))),
            minutes: new.minutes,
            attendees: new.attendees.clone(),
            location: String::new(),
            status: MeetingStatus::Confirmed,
            sequence: 0,
            shows_as: ShowsAs::Busy,
        };
        let row = MeetingRow {
            id: MeetingId(0),
            event: CalendarEvent {
                uid: format!("typed-{}-{number}", stamp.at.timestamp()),
                spec,
                recurrence: Recurrence::default(),
                zone: None,
            },
            is_typed: true,
            series: new.series.clone(),
            kind: new.kind,
            sources: Vec::new(),
            is_off: false,
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
    /// When it is not there, a calendar's own facts are to be changed, or it would have no title or no length.
    pub fn edit_meeting(
        &mut self,
        key: &OccurrenceKey,
        change: &MeetingChange,
    ) -> Result<Committed<()>, OpsError> {
        let step = self.editing(key, change)?;
        self.together(vec![step])
    }

    /// The same, prepared.
    fn editing(&self, key: &OccurrenceKey, change: &MeetingChange) -> Result<MeetingStep, OpsError> {
        let meeting = self.meeting(key)?;
        check(change.title.as_ref(), change.minutes)?;
        let is_moved = change.start.is_some() || change.minutes.is_some();
        // Its time may change here all the same: the move is kept beside what the calendar says, and survives
        // imports.
        if is_moved {
            by_hand::takes_place(&meeting)?;
        }
        let row = self.store.meeting(key.meeting)?;
        let is_series = !row.event.recurrence.is_single();
        // One day of a series moves alone: the series would take the days that are over along, with what is known of them.
        if is_moved && (is_series || !row.is_typed) {
            let start = change.start.unwrap_or_else(|| meeting.start.naive_local());
            let moved = self.moving(&meeting.key, start, change.minutes)?;
            let rest = MeetingChange { start: None, minutes: None, ..change.clone() };
            return if rest == MeetingChange::default() {
                Ok(moved)
            } else {
                Ok(moved.and(self.editing(key, &rest)?))
            };
        }
        if let Some(start) = change.start {
            self.may_begin(&meeting, start)?;
        }
        let clock = self.clock.clone();
        let start = change.start.map(|local| Moment::Fixed(clock.local(clock.instant(local))));
        let stays = change.start.map(|start| self.stays_behind(&meeting, start)).transpose()?;
        let label = format!("Edited {}{}", change.told_of(&meeting, is_series), stays.unwrap_or_default());
        let of_many = format!("Edited %{}", told(&[change.words(false), change.words(true)].concat()));
        let change = change.clone();
        let run = move |tx: &Tx<'_>| {
            let id = meeting.key.meeting;
            let before = tx.meeting(id)?;
            let mut row = before.clone();
            // The next import would take it back without a word.
            if change.touches_calendar() && !row.is_typed {
                return Err(OpsError::rejected(
                    format!("{id} comes from a calendar; title and people are changed there"),
                    "Move it by itself, or change its kind, series or notes; change the rest in the calendar and import it again.",
                ));
            }
            change.apply(&mut row, start);
            if row != before {
                tx.put_meeting(&row)?;
                take_reflections_along(tx, &row, &clock)?;
            }
            // As it stands now: another program may have written one of them since the form was opened.
            let old = tx.meeting_note(&meeting.key)?;
            let new = change.note(&old);
            if new != old {
                tx.put_meeting_note(&meeting.key, &new)?;
            }
            Ok(())
        };
        Ok(MeetingStep { label, of_many, run: Box::new(run) })
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

    /// Which meeting changes, and what of it: of a series all of its days, or the one that the notes are of.
    fn told_of(&self, meeting: &Meeting, is_series: bool) -> String {
        let (key, title) = (&meeting.key, plain::cut(&meeting.title, 40));
        match (self.words(false), self.words(true)) {
            (all, own) if !is_series || all.is_empty() => {
                format!("{key} {title}{}", told(&[all, own].concat()))
            }
            (all, own) if own.is_empty() => format!("{}, all days {title}{}", key.meeting, told(&all)),
            (all, own) => format!("{}, all days {title}{}; {key}{}", key.meeting, told(&all), told(&own)),
        }
    }

    /// What changes, in words: the notes of the one occurrence, or what all of its series have in common.
    fn words(&self, of_occurrence: bool) -> Vec<String> {
        let at = |start: NaiveDateTime| format!("{} {}", day::short_day(start.date()), start.format("%H:%M"));
        let named = [
            (self.title.clone(), "title"),
            (self.start.map(at), "start"),
            (self.minutes.map(|minutes| minutes.to_string()), "minutes"),
            (self.attendees.as_ref().map(|names| names.join(", ")), "people"),
            (self.kind.map(|kind| kind.title().to_owned()), "kind"),
            (self.series.clone(), "series"),
        ];
        let noted = [
            (self.if_then.clone(), "if-then"),
            (self.intent.clone(), "intent"),
            (self.predicted.clone(), "predicted"),
        ];
        let wanted = if of_occurrence { &noted[..] } else { &named[..] };
        let said = wanted.iter().filter_map(|(value, name)| {
            value.as_ref().map(|value| format!("{name} {}", plain::cut(value, 40)))
        });
        said.collect()
    }
}

/// `: kind leadership, series Board`, or nothing.
fn told(parts: &[String]) -> String {
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
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

#[cfg(test)]
mod tests;
