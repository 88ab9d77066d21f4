//! A reflection goes along when its meeting turns out to have been at another time. Where its meeting is moved behind the
//! moment at which it was reflected on, what was lived through and what is still to come are two meetings: the reflection
//! stays with the day that was reflected on, and the day that it was moved to asks for one of its own.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::domain::bounds::Steps;
use crate::domain::briefing::Waved;
use crate::domain::meeting::{EventSpec, Meeting, Moment, OccurrenceKey};
use crate::domain::occurrence::carried::has_start;
use crate::domain::occurrence::{carried, start_named};
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::store::{MeetingRow, ReflectedOn, StoreError, Tx};

/// Steps that finding one start may take.
const STEPS: usize = 200_000;

/// A reflection whose meeting was moved behind it.
pub(in crate::ops) struct StayedReflection {
    /// What its meeting is known by.
    pub occurrence: String,
    /// When the meeting was that it is about.
    pub was: DateTime<Utc>,
    /// When that meeting is now.
    pub now: DateTime<Utc>,
}

/// True if nobody can have been in a room yet when its reflection was written, with the minute of grace that whoever
/// reflects has.
fn is_behind(start: DateTime<Utc>, written: DateTime<Utc>) -> bool {
    start > written + TimeDelta::minutes(1)
}

/// Gives the reflections on a meeting the start that it has now. Those that stay where they were are given back.
pub(in crate::ops) fn take_reflections_along(
    tx: &Tx<'_>,
    row: &MeetingRow,
    clock: &Clock,
) -> Result<Vec<StayedReflection>, StoreError> {
    let all = tx.reflections_on(row.id)?;
    let mut stayed = Vec::new();
    for reflected in &all {
        let occurrence = &reflected.occurrence;
        // No start is known by this name: the reflection was set apart when its meeting was moved behind it.
        let Some(now) = start_of(row, occurrence, clock) else {
            come_back(tx, row, (reflected, &all), clock)?;
            continue;
        };
        if !is_behind(now, reflected.written) {
            tx.move_reflection(reflected.row, now)?;
            continue;
        }
        tx.carry_written(row.id, &[(occurrence.clone(), apart(reflected, &all, clock))])?;
        stayed.push(StayedReflection { occurrence: occurrence.clone(), was: reflected.start, now });
    }
    owed_again(tx, row, clock)?;
    Ok(stayed)
}

/// That no reflection is owed was said of a meeting that was over. Moved to a day to come, it has not been yet.
fn owed_again(tx: &Tx<'_>, row: &MeetingRow, clock: &Clock) -> Result<(), StoreError> {
    for waved in tx.records::<Waved>()?.into_iter().filter(|waved| waved.rule == Waved::REFLECTION) {
        let key: Option<OccurrenceKey> = waved.text.parse().ok();
        let Some(key) = key.filter(|key| key.meeting == row.id) else { continue };
        if start_of(row, &key.occurrence, clock).is_some_and(|start| start > clock.now().to_utc()) {
            tx.remove_record(&waved)?;
        }
    }
    Ok(())
}

/// When an occurrence is that the event has.
fn start_of(row: &MeetingRow, occurrence: &str, clock: &Clock) -> Option<DateTime<Utc>> {
    if !has_start(&row.event, occurrence, clock, &mut Steps::new(STEPS)) {
        return None;
    }
    let (_, spec) = original(row, occurrence, clock)?;
    Some(carried::instant(&row.event, &spec.start, clock))
}

/// A name for the day that was reflected on which no start of a series has: with the second.
fn apart(reflected: &ReflectedOn, all: &[ReflectedOn], clock: &Clock) -> String {
    let local = clock.local(reflected.start).naive_local();
    let day = reflected.occurrence.get(..10).map_or_else(|| local.date().to_string(), str::to_owned);
    let name = |at: NaiveDateTime| format!("{day}T{}", at.format("%H%M%S"));
    let mut at = local;
    // Two that were set apart may have had the same start.
    while all.iter().any(|other| other.occurrence == name(at)) {
        at += TimeDelta::seconds(1);
    }
    name(at)
}

/// Gives a reflection that stands by itself back to its meeting, where that is again when it was reflected on.
fn come_back(
    tx: &Tx<'_>,
    row: &MeetingRow,
    (reflected, all): (&ReflectedOn, &[ReflectedOn]),
    clock: &Clock,
) -> Result<(), StoreError> {
    let name = reflected.occurrence.as_str();
    // The names that a start can have: none for a meeting by itself, its day, or its day and time.
    let names = [Some(""), name.get(..10), name.get(..15)].into_iter().flatten();
    let mut free = names.filter(|known| !all.iter().any(|other| other.occurrence == **known));
    match free.find(|known| start_of(row, known, clock) == Some(reflected.start)) {
        Some(known) => tx.carry_written(row.id, &[(name.to_owned(), known.to_owned())]),
        None => Ok(()),
    }
}

impl Desk {
    /// What is said of a meeting that is moved behind the reflection on it.
    pub(super) fn stays_behind(&self, meeting: &Meeting, start: NaiveDateTime) -> Result<String, StoreError> {
        let begun = meeting.start.to_utc();
        let is_its = |key: &OccurrenceKey| *key == meeting.key;
        let known = self.store.reflections_between(begun, begun + TimeDelta::seconds(1))?;
        let written =
            known.iter().find(|known| is_its(&known.entry.meeting)).map(|known| known.entry.written);
        let is_left = written.is_some_and(|written| is_behind(self.clock.instant(start), written));
        let was = self.clock.said(&Moment::Fixed(meeting.start));
        Ok(if is_left { format!("; its reflection stays with {was}") } else { String::new() })
    }
}

/// The start of an occurrence as its series has it, and what is said of it so far.
pub(super) fn original(row: &MeetingRow, occurrence: &str, clock: &Clock) -> Option<(Moment, EventSpec)> {
    let event = &row.event;
    if event.recurrence.is_single() {
        // The start by which it was changed first, so that a second change takes the place of that one.
        let start = event.recurrence.by_hand.first().map_or(&event.spec.start, |(start, _)| start);
        return Some((start.clone(), event.once().clone()));
    }
    let mut steps = Steps::new(STEPS);
    start_named(event, occurrence, clock, &mut steps)
}

#[cfg(test)]
mod tests {
    use crate::domain::meeting::{MeetingKind, OccurrenceKey};
    use crate::domain::reflection::{Reflection, Touched};
    use crate::ops::Desk;
    use crate::ops::kit::{day, desk_at, meet, move_clock, reflection};
    use crate::ops::meetings::MeetingChange;

    fn move_to(desk: &mut Desk, key: &OccurrenceKey, start: &str) {
        let start = Some(start.parse().unwrap());
        desk.edit_meeting(key, &MeetingChange { start, ..MeetingChange::default() }).unwrap();
    }

    /// The weeks in which leadership meetings were reflected on, with how many.
    fn weeks(desk: &Desk) -> Vec<(&'static str, String)> {
        let told = |week: &'static str| {
            let block = desk.week_review(day(week)).unwrap().blocks.remove(0);
            (week, block.lines.into_iter().map(|line| line.text).find(|text| text.contains("leadership")))
        };
        ["2026-11-09", "2026-11-16", "2026-11-23"]
            .map(told)
            .into_iter()
            .filter_map(|(week, text)| Some((week, text?)))
            .collect()
    }

    #[test]
    fn a_reflection_stands_in_the_week_in_which_its_meeting_was() {
        let mut desk = desk_at("2026-11-16T08:00:00+00:00");
        let board = meet(&mut desk, "Board", "2026-11-17T10:00", MeetingKind::Leadership, &["Marcus"]);
        move_clock(&mut desk, "2026-11-20T12:00:00+00:00");
        let framed = |desk: &Desk| Reflection { touched: Some(Touched::Framed), ..reflection(desk, &board) };
        let said = framed(&desk);
        desk.reflect(&said).unwrap();
        move_clock(&mut desk, "2026-11-24T12:00:00+00:00");
        let one = |week| vec![(week, "Shaped 1 of 1 leadership meeting.".to_owned())];
        assert_eq!(weeks(&desk), one("2026-11-16"));
        move_to(&mut desk, &board, "2026-11-09T10:00:00");
        assert_eq!(weeks(&desk), one("2026-11-09"));
        desk.undo(None).unwrap();
        assert_eq!(weeks(&desk), one("2026-11-16"));
        // On Friday nobody can have reflected on a meeting of Tuesday.
        move_to(&mut desk, &board, "2026-11-24T09:00:00");
        let label = desk.history(Some(1)).unwrap().remove(0).label;
        assert!(label.ends_with("; its reflection stays with Tue 17 Nov 10:00"), "{label}");
        assert_eq!(weeks(&desk).first(), one("2026-11-16").first());
        assert!(!desk.meeting(&board).unwrap().is_reflected, "nobody reflected on the meeting of that day");
        let said = framed(&desk);
        desk.reflect(&said).unwrap();
        assert_eq!(weeks(&desk), [one("2026-11-16"), one("2026-11-23")].concat());
    }
}
