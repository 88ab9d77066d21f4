//! Meetings of some days: calendar events expanded, kinds guessed by rule, notes and reflections attached.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::clock::Clock;
use super::{Desk, OpsError};
use crate::config::KindRules;
use crate::domain::day;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{
    CalendarEvent, EventSpec, Meeting, MeetingKind, MeetingStatus, Moment, OccurrenceKey, Recurrence,
};
use crate::domain::occurrence::{self, Expansion, Occurrence};
use crate::domain::words::fold;
use crate::plain;
use crate::store::{Committed, MeetingNote, MeetingRow, Store, StoreError};

/// What a typed meeting needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    /// Title.
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
#[must_use]
pub fn guess_kind(title: &str, attendees: &[String], rules: &KindRules) -> MeetingKind {
    let title = format!(" {} ", fold(title));
    let has = |word: &String| {
        title.match_indices(word).any(|(at, _)| {
            let before = title[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = title[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after
        })
    };
    let by_word = rules.words.iter().find(|(_, words)| words.iter().any(has)).map(|(kind, _)| *kind);
    match (by_word, attendees.len()) {
        (Some(kind), _) => kind,
        (None, 1) => MeetingKind::OneToOne,
        _ => MeetingKind::Team,
    }
}

/// Everything read once that turns occurrences into meetings.
struct Around {
    notes: HashMap<OccurrenceKey, MeetingNote>,
    reflected: HashSet<OccurrenceKey>,
    /// The lead's own names in calendars, folded.
    own: Vec<String>,
}

impl Desk {
    fn expand(&self, event: &CalendarEvent, from: DateTime<Utc>, to: DateTime<Utc>) -> Expansion {
        match self.clock {
            Clock::System | Clock::FixedInZone(_) => occurrence::expand(event, from, to, &Local),
            Clock::Fixed(now) => occurrence::expand(event, from, to, now.offset()),
        }
    }

    /// The meetings of some local days, first to last included, in the order of the day. Cancelled ones
    /// are there only if they were reflected on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meetings(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Meeting>, StoreError> {
        let (start, end) = (self.clock.midnight(from), self.clock.midnight(day::plus(to, 1)));
        self.store.reading(|store| {
            let rows = store.meetings_touching(start, end)?.into_iter();
            let expanded = rows.map(|row| (self.expand(&row.event, start, end).occurrences, row));
            let shown: Vec<_> = expanded.filter(|(occurrences, _)| !occurrences.is_empty()).collect();
            let ids: Vec<MeetingId> = shown.iter().map(|(_, row)| row.id).collect();
            let around = self.around_meetings(store, &ids)?;
            let mut found = Vec::new();
            for (occurrences, row) in shown {
                for occurrence in occurrences {
                    found.push(self.meeting_at(&row, occurrence, &around));
                }
            }
            self.add_orphans(&mut found, start, end)?;
            found.retain(|meeting| meeting.status != MeetingStatus::Cancelled || meeting.is_reflected);
            found.sort_by(|one, other| (one.start, &one.key).cmp(&(other.start, &other.key)));
            Ok(found)
        })
    }

    fn own_names(&self) -> Vec<String> {
        self.config.own_names.iter().map(|name| fold(name)).collect()
    }

    fn around_meetings(&self, store: &Store, ids: &[MeetingId]) -> Result<Around, StoreError> {
        Ok(Around {
            notes: store.meeting_notes(ids)?,
            reflected: store.reflected(ids)?,
            own: self.own_names(),
        })
    }

    fn meeting_at(&self, row: &MeetingRow, occurrence: Occurrence, around: &Around) -> Meeting {
        let key = OccurrenceKey { meeting: row.id, occurrence: occurrence.key };
        let spec = occurrence.spec;
        let mut attendees = spec.attendees;
        attendees.retain(|name| !around.own.contains(&fold(name)));
        let note = around.notes.get(&key).cloned().unwrap_or_default();
        let is_reflected = around.reflected.contains(&key);
        let series = if row.series.is_empty() { row.event.spec.title.clone() } else { row.series.clone() };
        Meeting {
            kind: row.kind.unwrap_or_else(|| guess_kind(&spec.title, &attendees, &self.config.meetings)),
            uid: row.event.uid.clone(),
            title: spec.title,
            series,
            start: self.clock.local(occurrence.start),
            end: self.clock.local(occurrence.end),
            is_all_day: occurrence.all_day,
            status: spec.status,
            attendees,
            location: spec.location,
            intent: note.intent,
            if_then: note.if_then,
            predicted: note.predicted,
            is_reflected,
            key,
        }
    }

    /// A reflection stays even when the calendar no longer has its occurrence.
    fn add_orphans(
        &self,
        found: &mut Vec<Meeting>,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for stored in self.store.reflections_between(start, end)? {
            if found.iter().any(|meeting| meeting.key == stored.entry.meeting) {
                continue;
            }
            let row = self.store.meeting(stored.entry.meeting.meeting)?;
            let spec = EventSpec { title: stored.title.clone(), ..row.event.spec.clone() };
            let occurrence = Occurrence {
                key: stored.entry.meeting.occurrence.clone(),
                start: stored.start,
                end: stored.start + TimeDelta::minutes(spec.minutes),
                all_day: false,
                spec,
            };
            let reflected = HashSet::from([stored.entry.meeting.clone()]);
            let around = Around { notes: HashMap::new(), reflected, own: self.own_names() };
            let mut meeting = self.meeting_at(&row, occurrence, &around);
            meeting.status = MeetingStatus::Cancelled;
            found.push(meeting);
        }
        Ok(())
    }

    /// One meeting by its key. For a series without a day: the next one, or the last if there is none.
    ///
    /// # Errors
    /// [`OpsError::NotFound`] if the meeting or the occurrence is not there.
    pub fn meeting(&self, key: &OccurrenceKey) -> Result<Meeting, OpsError> {
        let row = self.store.meeting(key.meeting)?;
        let now = self.now();
        let is_single = row.event.recurrence == Recurrence::default();
        let (from, to) = match key.occurrence.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()) {
            // An override may have moved it some way from the day of its key.
            Some(day) => (day::plus(day, -62), day::plus(day, 62)),
            None if is_single => match row.event.spec.start {
                Moment::Day(day) => (day, day),
                Moment::Floating(local) | Moment::Zoned(local, _) => {
                    (day::plus(local.date(), -1), day::plus(local.date(), 1))
                }
                Moment::Fixed(instant) => {
                    (day::plus(instant.date_naive(), -1), day::plus(instant.date_naive(), 1))
                }
            },
            None => (day::plus(now.date_naive(), -400), day::plus(now.date_naive(), 400)),
        };
        let mut own = self.meetings(from, to)?;
        own.retain(|meeting| meeting.key.meeting == key.meeting);
        let found = if key.occurrence.is_empty() {
            let next = own.iter().position(|meeting| meeting.end >= now).or(own.len().checked_sub(1));
            next.map(|index| own.swap_remove(index))
        } else {
            own.into_iter().find(|meeting| meeting.key == *key)
        };
        found.ok_or_else(|| OpsError::NotFound {
            message: format!("there is no meeting {key}"),
            hint: Some("`tablesetter meeting list` shows the keys.".to_owned()),
        })
    }

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
