//! What a calendar no longer has is cancelled here, in the operation that takes the rest in. It was deleted there without
//! a word: calendars export what is, not what was.

mod past;

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};

use super::named::{A_DAY, calendars_of};
use super::{CalendarReport, EventChange, NamedCalendar, kept, put, told};
use crate::domain::count::counted;
use crate::domain::meeting::{CalendarEvent, MeetingStatus};
use crate::domain::occurrence::is_called_off;
use crate::import::calendar::{CalendarImport, CalendarProblem};
use crate::ops::clock::Clock;
use crate::store::{MeetingRow, StoreError, Tx};
pub(super) use past::ShownPast;

/// A calendar as it was before it is taken in again.
#[derive(Default)]
pub(super) struct CalendarBefore {
    vanished: Vec<MeetingRow>,
    /// It has nothing of what came under its name: two folders have a file of one name, or an export lost all ids.
    pub(super) is_another: bool,
    /// The names that it had before it was called otherwise.
    pub(super) also: Vec<String>,
}

/// What of one of some calendars is gone; nothing where it cannot tell.
pub(super) fn known_of(
    tx: &Tx<'_>,
    (calendar, all): (&NamedCalendar, &[NamedCalendar]),
    (now, clock): (DateTime<Utc>, &Clock),
) -> Result<CalendarBefore, StoreError> {
    let import = &calendar.import;
    if calendar.source.file.is_empty() {
        return Ok(CalendarBefore::default());
    }
    let there = import.events.iter().map(|event| &event.uid).chain(&import.left_out);
    let there: HashSet<&String> = there.collect();
    let mut before = tx.meetings_of_source(&calendar.source.file)?;
    let past = || ShownPast::of(&import.events, (now, clock));
    let also = names_before(calendar, all, (&before, &there), past);
    before.retain(|row| row.sources.iter().any(|known| calendar.source.is(known) || also.contains(known)));
    let (kept, vanished): (Vec<MeetingRow>, Vec<MeetingRow>) =
        before.into_iter().partition(|row| there.contains(&row.event.uid));
    let vanished = past().deleted(vanished, |row| &row.event);
    let is_another = kept.is_empty() && !vanished.is_empty();
    // What was cut off, or is a mail about one event, does not say what else there is.
    let vanished = if import.is_whole { vanished } else { Vec::new() };
    Ok(CalendarBefore { vanished, is_another, also })
}

/// The names that a calendar had before it was called otherwise: nothing is known yet under the name that it has now, most
/// of what is known under such a name stands in it, and no other calendar of this import is called so.
fn names_before<'a>(
    calendar: &NamedCalendar,
    all: &[NamedCalendar],
    (known, there): (&[MeetingRow], &HashSet<&String>),
    past: impl Fn() -> ShownPast<'a>,
) -> Vec<String> {
    let own = &calendar.source;
    let is_other = |name: &&String| own.is_of_file(name) && !all.iter().any(|it| it.source.is(name));
    let others: BTreeSet<&String> = known.iter().flat_map(|row| &row.sources).filter(is_other).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let (kept, gone): (Vec<&MeetingRow>, Vec<&MeetingRow>) =
        known.iter().partition(|row| there.contains(&row.event.uid));
    let gone = past().deleted(gone, |row| &row.event);
    // Two that each came under a name of their own are two, however much of one the other has.
    if kept.iter().chain(&gone).any(|row| row.sources.iter().any(|known| own.is(known))) {
        return Vec::new();
    }
    let is_before = |name: &&String| {
        let has = |row: &&&MeetingRow| row.sources.contains(name);
        kept.iter().filter(has).count() > gone.iter().filter(has).count()
    };
    others.into_iter().filter(is_before).cloned().collect()
}

/// Cancels what the calendar had before and has no more, unless another calendar still has it. What was reflected on is
/// shown all the same, as everything that was cancelled.
pub(super) fn cancel<'a, I: Iterator<Item = &'a CalendarImport>>(
    tx: &Tx<'_>,
    (calendar, before): (&NamedCalendar, CalendarBefore),
    all: impl Fn() -> I,
    clock: &Clock,
    report: &mut CalendarReport,
) -> Result<(), StoreError> {
    let vanished = before.vanished;
    if vanished.is_empty() {
        return Ok(());
    }
    if before.is_another {
        let message = format!(
            "none of the {} imported from a calendar of this name is in it; nothing was cancelled",
            counted(vanished.len(), "event that was", "events that were")
        );
        report.problems.push((calendar.source.to_string(), CalendarProblem::on(String::new(), 1, message)));
        return Ok(());
    }
    let elsewhere = had_by(all());
    for row in vanished {
        drop_from(tx, row, |known| calendar.source.is(known), (&elsewhere, clock), report)?;
    }
    Ok(())
}

/// What some calendars have.
pub(super) fn had_by<'a>(all: impl Iterator<Item = &'a CalendarImport>) -> HashSet<&'a String> {
    all.flat_map(|import| import.events.iter().map(|event| &event.uid).filter(|uid| import.has(uid)))
        .collect()
}

/// Takes an event out of calendars that have it no more; it is cancelled if no other has it.
pub(super) fn drop_from(
    tx: &Tx<'_>,
    mut row: MeetingRow,
    gone: impl Fn(&str) -> bool,
    (elsewhere, clock): (&HashSet<&String>, &Clock),
    report: &mut CalendarReport,
) -> Result<(), StoreError> {
    // As it is now: another calendar of this import may have taken it over.
    if let Some(now) = tx.meeting_with_uid(&row.event.uid)? {
        row = now;
    }
    row.sources.retain(|known| !gone(known));
    let is_elsewhere = calendars_of(&row).next().is_some() || elsewhere.contains(&row.event.uid);
    let before = row.clone();
    if !is_elsewhere && !is_off(&row.event, clock) {
        row.event = put::called_off(&row.event, clock);
        // What a message moved is off with the rest, and would stay so if the series came back.
        row.sources.retain(|name| name != A_DAY);
    }
    // A series of which nothing was to come took place, whatever its calendar shows; and of what was removed here nobody
    // sees that it went.
    if row.event != before.event && row.is_off {
        kept::bring_along(tx, &before, &mut row.event, clock)?;
    } else if row.event != before.event {
        let conflicts = kept::bring_along(tx, &before, &mut row.event, clock)?;
        let told = told::changed(row.id, [&before.event, &row.event], conflicts, clock);
        let change = EventChange { has_vanished: true, ..told };
        report.vanished += 1;
        report.cancelled += usize::from(change.is_cancelled);
        report.conflicts += usize::from(!change.conflicts.is_empty());
        report.changed.push(change);
    }
    tx.put_meeting(&row)
}

/// True for what its calendar called off before, whatever was done here.
fn is_off(event: &CalendarEvent, clock: &Clock) -> bool {
    let is_single = event.recurrence.is_single();
    if is_single { event.spec.status == MeetingStatus::Cancelled } else { is_called_off(event, clock) }
}

#[cfg(test)]
mod tests;
