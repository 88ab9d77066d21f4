//! What was done and written here stays with its meeting when the calendar changes it; where both have changed the same,
//! what was done here stands and is told as in conflict.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::domain::bounds::Steps;
use crate::domain::difference::{Difference, FieldValue};
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus, Moment};
use crate::domain::occurrence::carried::{self, CarriedStart, as_the_calendar_has_it, key_of};
use crate::ops::clock::Clock;
use crate::ops::meetings::take_reflections_along;
use crate::store::{MeetingRow, StoreError, Tx};

/// Steps that finding the starts of one series may take.
const STEPS: usize = 400_000;

/// Exporters write days, changes of days and guests in any order, and another order is no change.
pub(super) fn keep_order(before: &mut CalendarEvent, event: &mut CalendarEvent) {
    let (old, new) = (&mut before.recurrence, &mut event.recurrence);
    for changes in [&mut old.overrides, &mut new.overrides] {
        changes.sort_by_key(|(at, _)| at.to_string());
    }
    let known: HashMap<String, &EventSpec> =
        old.overrides.iter().map(|(at, spec)| (at.to_string(), spec)).collect();
    for (at, spec) in &mut new.overrides {
        if let Some(known) = known.get(&at.to_string()) {
            keep_list(&known.attendees, &mut spec.attendees);
        }
    }
    keep_list(&old.extra, &mut new.extra);
    keep_list(&old.except, &mut new.except);
    keep_list(&before.spec.attendees, &mut event.spec.attendees);
}

/// A list as it was, if it holds the same as before.
fn keep_list<T: Clone + ToString>(old: &[T], new: &mut Vec<T>) {
    let sorted = |list: &[T]| {
        let mut texts: Vec<String> = list.iter().map(ToString::to_string).collect();
        texts.sort_unstable();
        texts
    };
    if old.len() == new.len() && sorted(old) == sorted(new) {
        *new = old.to_vec();
    }
}

/// Brings what was done and written here along to an event as its calendar has it now; what of it is in conflict.
pub(super) fn bring_along(
    tx: &Tx<'_>,
    known: &MeetingRow,
    event: &mut CalendarEvent,
    clock: &Clock,
) -> Result<Vec<Difference>, StoreError> {
    let written = tx.written_about(known.id)?;
    let by_hand = known.event.recurrence.by_hand.clone();
    // So it is with nearly every event, and finding out which start of a series is which takes many steps.
    if by_hand.is_empty() && written.is_empty() {
        return Ok(Vec::new());
    }
    let noted = tx.noted(known.id)?;
    let done = DoneHere { before: &known.event, by_hand, written, noted };
    let brought = done.brought(event, clock);
    event.recurrence.by_hand = brought.by_hand;
    tx.carry_written(known.id, &brought.moves)?;
    Ok(brought.conflicts)
}

/// Takes the reflections along to an event as it is now; those that stay with the day that was reflected on are told.
pub(super) fn stayed_behind(
    tx: &Tx<'_>,
    row: &MeetingRow,
    clock: &Clock,
) -> Result<Vec<Difference>, StoreError> {
    let said = |at: DateTime<Utc>| {
        let moment = Moment::Fixed(clock.local(at));
        FieldValue::Told(moment.to_string(), clock.said(&moment))
    };
    let stayed = take_reflections_along(tx, row, clock)?.into_iter();
    Ok(stayed.map(|it| conflict("reflection", &it.occurrence, said(it.was), said(it.now))).collect())
}

/// What was done and written about the meetings of an event.
struct DoneHere<'a> {
    before: &'a CalendarEvent,
    by_hand: Vec<(Moment, EventSpec)>,
    /// The keys of meetings of which anything is written.
    written: BTreeSet<String>,
    /// Those with a note, which is on no screen if its meeting is not.
    noted: BTreeSet<String>,
}

/// The same for the event as it is now.
#[derive(Default)]
struct Brought {
    by_hand: Vec<(Moment, EventSpec)>,
    /// Keys before and now of what is written.
    moves: Vec<(String, String)>,
    conflicts: Vec<Difference>,
}

impl DoneHere<'_> {
    fn brought(self, after: &CalendarEvent, clock: &Clock) -> Brought {
        let mut steps = Steps::new(STEPS);
        let keys: Vec<Option<String>> =
            self.by_hand.iter().map(|(moment, _)| key_of(self.before, moment, clock, &mut steps)).collect();
        let asked = keys.iter().flatten().chain(&self.written).cloned().collect();
        let now = carried::carried((self.before, after), &asked, clock, &mut steps);
        let mut brought = Brought::default();
        let mut change = ChangedHere { events: (self.before, after), clock, steps, brought: &mut brought };
        for ((moment, spec), key) in self.by_hand.into_iter().zip(keys) {
            change.bring(key.as_deref(), &now, (moment, spec));
        }
        brought.write_moves(&self.written, &self.noted, &now);
        brought
    }
}

impl Brought {
    fn write_moves(
        &mut self,
        written: &BTreeSet<String>,
        noted: &BTreeSet<String>,
        now: &BTreeMap<String, Option<CarriedStart>>,
    ) {
        for key in written {
            match now.get(key) {
                Some(Some(to)) => self.moves.push((key.clone(), to.key.clone())),
                // A reflection is shown even so; a note is written before a meeting, and has none now.
                Some(None) if noted.contains(key) => {
                    self.conflicts.push(conflict(
                        "note",
                        key,
                        FieldValue::told("written here"),
                        FieldValue::Empty,
                    ));
                }
                _ => {}
            }
        }
    }
}

/// Takes changes that were made here over to an event as it is now.
struct ChangedHere<'a> {
    events: (&'a CalendarEvent, &'a CalendarEvent),
    clock: &'a Clock,
    steps: Steps,
    brought: &'a mut Brought,
}

impl ChangedHere<'_> {
    fn bring(
        &mut self,
        key: Option<&str>,
        now: &BTreeMap<String, Option<CarriedStart>>,
        (moment, spec): (Moment, EventSpec),
    ) {
        let (before, after) = self.events;
        let said = |event: &CalendarEvent, key: &str, steps: &mut Steps| {
            as_the_calendar_has_it(event, key, self.clock, steps)
        };
        let Some((key, to)) = key.and_then(|key| Some((key, now.get(key)?))) else {
            // Left over from before, or of a rule that cannot be followed; it may come back.
            self.brought.by_hand.extend((!after.recurrence.is_single()).then_some((moment, spec)));
            return;
        };
        let old = said(before, key, &mut self.steps).map(|(_, said)| said);
        let new = to.as_ref().and_then(|to| said(after, &to.key, &mut self.steps));
        match (old, new) {
            (Some(old), Some((at, new))) => self.merge(key, at, [&spec, &old, &new]),
            (Some(old), None) => {
                self.tell_lost(key, &spec, &old);
                self.brought.by_hand.extend((!after.recurrence.is_single()).then_some((moment, spec)));
            }
            (None, _) => self.brought.by_hand.push((moment, spec)),
        }
    }

    /// What was done here stands; of the rest what the calendar says now.
    fn merge(&mut self, key: &str, at: Moment, [here, old, new]: [&EventSpec; 3]) {
        let instant = |moment: &Moment| carried::instant(self.events.1, moment, self.clock);
        let is_same = |one: &Moment, other: &Moment| instant(one) == instant(other);
        let mut merged = new.clone();
        let mut conflicts = Vec::new();
        if !is_same(&here.start, &old.start) && !is_same(&here.start, &new.start) {
            merged.start = here.start.clone();
            if !is_same(&old.start, &new.start) {
                conflicts.push(conflict("start", key, self.start(here), self.start(new)));
            }
        }
        if here.minutes != old.minutes && here.minutes != new.minutes {
            merged.minutes = here.minutes;
            if old.minutes != new.minutes {
                conflicts.push(conflict(
                    "minutes",
                    key,
                    FieldValue::Number(here.minutes),
                    FieldValue::Number(new.minutes),
                ));
            }
        }
        let is_off = |spec: &EventSpec| spec.status == MeetingStatus::Cancelled;
        // Whoever moved a meeting wants it to take place, and whoever cancelled it does not: neither is undone by a
        // calendar, which is told.
        if is_off(here) || is_off(new) || here.status != old.status {
            merged.status = here.status;
            if old.status != new.status && here.status != new.status {
                conflicts.push(conflict("status", key, status(here), status(new)));
            }
        }
        self.brought.conflicts.extend(conflicts);
        // What was cancelled here stays so when its calendar cancels it and thinks better of it.
        if merged != *new || is_off(here) {
            self.brought.by_hand.push((at, merged));
        }
    }

    fn start(&self, spec: &EventSpec) -> FieldValue {
        FieldValue::Told(spec.start.to_string(), self.clock.said(&spec.start))
    }

    fn tell_lost(&mut self, key: &str, here: &EventSpec, old: &EventSpec) {
        // Nobody misses what was cancelled.
        if here.status != MeetingStatus::Cancelled && here != old {
            self.brought.conflicts.push(conflict("start", key, self.start(here), FieldValue::Empty));
        }
    }
}

fn status(spec: &EventSpec) -> FieldValue {
    FieldValue::told(spec.status.name())
}

/// What was set here of one meeting, and what the calendar says of it now.
fn conflict(field: &str, key: &str, here: FieldValue, there: FieldValue) -> Difference {
    let title = if key.is_empty() { field.to_owned() } else { format!("{field} of {key}") };
    Difference { field: field.to_owned(), title, old: here, new: there }
}

#[cfg(test)]
mod tests;
