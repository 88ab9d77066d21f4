//! Reflections: writing one, what is owed one, and the evidence beside the self-rating.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};

use super::clock::Clock;
use super::meetings::MeetingStep;
use super::{Desk, OpsError};
use crate::domain::briefing::Waved;
use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingKind, MeetingStatus, OccurrenceKey};
use crate::domain::minutes::Minutes;
use crate::domain::record::Kind;
use crate::domain::reflection::Reflection;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::reflection::trend::Trend;
use crate::plain;
use crate::store::{Committed, RoomNames, StoreError, StoredReflection, Tx};

/// Rooms whose reflections are owed until they are written or waved off.
const LASTING: [MeetingKind; 2] = [MeetingKind::Leadership, MeetingKind::Stakeholder];
/// After so many days nobody remembers the room.
const LONGEST: i64 = 366;

/// What is shown beside the self-rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The trend of this series.
    pub series: Trend,
    /// The trend of everything.
    pub all: Trend,
    /// The if-then that was noted for this meeting, or the last one of its series.
    pub if_then: String,
    /// How far the team was over when the meeting began; `None` where nobody knows.
    pub forced_over: Option<Minutes>,
    /// The reflection that is there already.
    pub existing: Option<Reflection>,
}

impl Desk {
    /// Every reflection with the kind and series of its meeting, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries(&self) -> Result<Vec<ReflectionEntry>, StoreError> {
        if self.is_presenting {
            return Ok(Vec::new());
        }
        // A room is asked for its kind as often as it was reflected on, and always answers the same.
        let mut guessed: HashMap<(String, usize), MeetingKind> = HashMap::new();
        let mut entry = |(stored, room): (StoredReflection, RoomNames)| {
            let guess =
                || super::meetings::guess_kind(&stored.title, room.attendees.len(), &self.config.meetings);
            let kind = room.kind.unwrap_or_else(|| {
                *guessed.entry((stored.title.clone(), room.attendees.len())).or_insert_with(guess)
            });
            let series = if room.series.is_empty() { room.title } else { room.series };
            ReflectionEntry {
                start: stored.start,
                kind,
                series,
                attendees: room.attendees,
                reflection: stored.entry,
            }
        };
        Ok(self.store.reflections()?.into_iter().map(&mut entry).collect())
    }

    /// Since which day reflections may be owed: meetings from before this store was begun are not, but for the
    /// last days before it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn owed_from(&self) -> Result<NaiveDate, StoreError> {
        let begun = self.store.begun()?.map_or_else(|| self.today(), |at| self.clock.day_of(at));
        let days = i64::from(self.config.meetings.owed_days);
        // What lay before the first operation was not lived through with this store: an imported calendar of
        // years would owe hundreds of reflections on the first day.
        Ok(day::plus(begun.min(self.today()), -days).max(day::plus(self.today(), -LONGEST)))
    }

    /// Those of some meetings that wait for a reflection, the newest first. Leadership and stakeholder meetings wait
    /// until they are reflected on or waved off; others for the days of the configuration.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn owed_among(&self, meetings: &[Meeting]) -> Result<Vec<Meeting>, StoreError> {
        let (now, first, rules) = (self.now(), self.owed_from()?, &self.config.meetings);
        let lately = day::plus(self.today(), -i64::from(rules.owed_days));
        let waved: HashSet<String> = self.reflections_waved_off()?;
        let is_owed = |meeting: &&Meeting| {
            // These stay owed since the store began; what the others were like nobody remembers after some
            // days.
            let from = if LASTING.contains(&meeting.kind) { first } else { lately };
            meeting.end <= now
                && meeting.end.date_naive() >= from
                && !meeting.is_reflected
                && !meeting.is_all_day
                && meeting.status != MeetingStatus::Cancelled
                && meeting.room().is_some_and(|kind| rules.reflect_on.contains(&kind))
                && !waved.contains(&meeting.key.to_string())
        };
        Ok(meetings.iter().rev().filter(is_owed).cloned().collect())
    }

    /// Keys of meetings that nobody will reflect on any more.
    pub(super) fn reflections_waved_off(&self) -> Result<HashSet<String>, StoreError> {
        let waved: Vec<Waved> = self.store.records()?;
        Ok(waved.into_iter().filter(|it| it.rule == Waved::REFLECTION).map(|it| it.text).collect())
    }

    /// Asks for no reflection on a meeting any more.
    ///
    /// # Errors
    /// When none is owed.
    pub fn wave_reflection(&mut self, key: &OccurrenceKey) -> Result<Committed<()>, OpsError> {
        let step = self.waving(key)?;
        self.together(vec![step])
    }

    pub(super) fn waving(&self, key: &OccurrenceKey) -> Result<MeetingStep, OpsError> {
        let meeting = self.meeting(key)?;
        if self.owed_among(std::slice::from_ref(&meeting))?.is_empty() {
            return Err(OpsError::rejected(
                format!("{} {} is owed no reflection", meeting.key, plain::cut(&meeting.title, 50)),
                "Only meetings that are over and marked as owed can be waved off.",
            ));
        }
        let words = [("rule", Waved::REFLECTION.to_owned()), ("waved", meeting.key.to_string())];
        let added = self.adding(Kind::Waved, words.to_vec())?;
        let label = format!("Waved off the reflection on {}", meeting.key);
        let run = move |tx: &Tx<'_>| added(tx).map(drop);
        let of_many = "Waved off the reflection on %".to_owned();
        Ok(MeetingStep { label, of_many, run: Box::new(run) })
    }

    /// Stores a reflection; a second one on the same meeting replaces the first.
    ///
    /// # Errors
    /// When the meeting is not there, has not begun, or a figure is out of range.
    pub fn reflect(&mut self, entry: &Reflection) -> Result<Committed<OccurrenceKey>, OpsError> {
        check(entry)?;
        let meeting = self.meeting(&entry.meeting)?;
        // A minute of grace: the clock of a calendar and that of a machine differ by seconds.
        if meeting.start > self.now() + TimeDelta::minutes(1) {
            return Err(OpsError::rejected(
                format!("{} {} has not begun", meeting.key, meeting.title),
                "Reflect on it afterwards; an if-then can be noted for it now.",
            ));
        }
        let stamp = self.stamp();
        let forced_over = self.over_when_it_began(&meeting)?;
        let stored = StoredReflection {
            title: meeting.title.clone(),
            start: meeting.start.to_utc(),
            entry: Reflection {
                meeting: meeting.key.clone(),
                written: stamp.at,
                forced_over,
                ..entry.clone()
            },
        };
        self.store.change(stamp, |tx| {
            tx.put_reflection(&stored)?;
            Ok((
                meeting.key.clone(),
                format!("Reflected on {}: {}", plain::cut(&meeting.title, 50), stance_words(entry.stance)),
            ))
        })
    }

    /// What stands beside the self-rating of a meeting.
    ///
    /// # Errors
    /// When the meeting is not there, or others look on.
    pub fn evidence(&self, key: &OccurrenceKey) -> Result<(Meeting, Evidence), OpsError> {
        // Its form would open as if nothing were written yet, and write over it.
        if self.is_presenting {
            return Err(OpsError::rejected(
                "reflections are hidden while you present",
                "End presenting first; on the command line leave `--presenting` away.",
            ));
        }
        let meeting = self.meeting(key)?;
        let entries = self.entries()?;
        let existing = entries
            .iter()
            .find(|entry| entry.reflection.meeting == meeting.key)
            .map(|entry| entry.reflection.clone());
        // Without the one that is written, which would be compared with itself.
        let others: Vec<&ReflectionEntry> =
            entries.iter().filter(|entry| entry.reflection.meeting != meeting.key).collect();
        let of_series: Vec<&ReflectionEntry> =
            others.iter().copied().filter(|entry| entry.series == meeting.series).collect();
        let last_if_then =
            of_series.iter().rev().map(|entry| &entry.reflection.if_then).find(|text| !text.is_empty());
        let if_then = if meeting.if_then.is_empty() {
            last_if_then.cloned().unwrap_or_default()
        } else {
            meeting.if_then.clone()
        };
        let forced_over = self.over_when_it_began(&meeting)?;
        let evidence = Evidence {
            series: Trend::of(&of_series),
            all: Trend::of(&others),
            if_then,
            forced_over,
            existing,
        };
        Ok((meeting, evidence))
    }
}

impl Desk {
    /// How far the team was over when a meeting began, by the work as it was then and with that day as today: the same
    /// whenever it is asked. What was written down with a reflection stays. `None` for a meeting from before the
    /// store was begun.
    fn over_when_it_began(&self, meeting: &Meeting) -> Result<Option<Minutes>, StoreError> {
        let written = self.store.reflections()?.into_iter().find(|(it, _)| it.entry.meeting == meeting.key);
        // What stood beside the first answer stays beside it when the answer is reworded.
        if let Some(over) = written.and_then(|(it, _)| it.entry.forced_over) {
            return Ok(Some(over));
        }
        let start = meeting.start.to_utc();
        // Nothing was kept here then: an empty load would look like a calm one.
        if self.store.begun()?.is_none_or(|begun| begun > start) {
            return Ok(None);
        }
        // In the zone in which the lead was then.
        let mut clock = Clock::fixed(meeting.start);
        clock.learn(&self.store.zones()?.until(start), None);
        let then = Self {
            // The evidence is what the lead could have known on entering the room, not what is known now.
            store: self.store.as_it_was(self.store.operation_before(start)?)?,
            config: self.config.clone(),
            clock,
            origin: self.origin,
            is_presenting: self.is_presenting,
            left_out: RefCell::default(),
        };
        let day = meeting.start.date_naive();
        let model = then.load_model(day, day)?;
        Ok(Some(model.capacity.people().iter().map(|days| model.verdict(days.person).over()).sum()))
    }
}

fn check(entry: &Reflection) -> Result<(), OpsError> {
    let is_step = |step: u8| (1..=5).contains(&step);
    if !is_step(entry.stance) {
        return Err(OpsError::rejected(
            format!("stance {} is not between 1 and 5", entry.stance),
            "1 reported status … 5 changed what was decided.",
        ));
    }
    if entry.presence.is_some_and(|presence| !is_step(presence.calm) || !is_step(presence.engaged)) {
        return Err(OpsError::rejected(
            "presence is two digits from 1 to 5",
            "First tense 1 to calm 5, then withdrawn 1 to engaged 5: `45`.",
        ));
    }
    Ok(())
}

/// What a stance says.
pub const fn stance_words(stance: u8) -> &'static str {
    match stance {
        1 => "reported status",
        2 => "defended process",
        3 => "answered with options",
        4 => "reframed the question",
        _ => "changed what was decided",
    }
}

/// What a stance says, with where it stands on its scale: a number before the words would read as a count.
pub fn stance_of_five(stance: u8) -> String {
    format!("{} ({stance} of 5)", stance_words(stance))
}

#[cfg(test)]
mod tests;
