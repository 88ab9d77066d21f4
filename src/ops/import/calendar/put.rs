//! One event into the store, beside what is known of it.

use super::named::{A_DAY, A_MESSAGE, calendars_of};
use super::{EventChange, NamedCalendar, kept, of_series, told};
use crate::domain::bounds::Steps;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus, Moment, ShowsAs};
use crate::domain::occurrence::{ended, is_called_off};
use crate::ops::clock::Clock;
use crate::ops::import::forgotten::event_without;
use crate::store::{FORGOTTEN, MeetingRow, StoreError, Tx};

/// Steps that finding the next start of one series may take.
const STEPS: usize = 400_000;

/// An event as it comes in.
pub(super) struct ComingEvent<'a> {
    pub(super) event: &'a CalendarEvent,
    /// The calendar that has it; none where only a message tells of it, or where it is not known which one it is.
    pub(super) calendar: Option<&'a NamedCalendar>,
    pub(super) is_message: bool,
    /// It is a series as it is known, with the change of a day that came.
    pub(super) is_known_series: bool,
    /// Messages of this import told of single days of it.
    pub(super) tells_days: bool,
    /// The number of another copy in this import, which counts.
    pub(super) copy_of: Option<i64>,
}

/// What became of an event that came in.
pub(super) enum EventResult {
    Created(EventChange),
    Changed(EventChange),
    Unchanged,
    /// What is known has this number, which is higher.
    Older(i64),
}

impl EventResult {
    pub(super) fn on(self, line: usize) -> Self {
        match self {
            Self::Created(event) => Self::Created(EventChange { line, ..event }),
            Self::Changed(event) => Self::Changed(EventChange { line, ..event }),
            other => other,
        }
    }
}

/// That fields of an event were forgotten here, if it still says something in them.
pub(super) fn left_out(tx: &Tx<'_>, event: &CalendarEvent) -> Result<Option<String>, StoreError> {
    let columns = match tx.meeting_with_uid(&event.uid)? {
        Some(known) => tx.forgotten_of("meeting", known.id.0)?,
        None => tx.forgotten_from("", &event.uid)?,
    };
    let says = |column: &&String| match column.as_str() {
        "title" => !event.spec.title.is_empty(),
        "attendees" => !event.spec.attendees.is_empty(),
        "location" => !event.spec.location.is_empty(),
        _ => false,
    };
    let fields: Vec<&str> = columns.iter().filter(says).map(String::as_str).collect();
    let was = if fields.len() == 1 { "was" } else { "were" };
    let message = || format!("{} {was} forgotten here for good, and not taken in again", fields.join(", "));
    Ok((!fields.is_empty()).then(message))
}

/// An event as it is after what ends it; what a series had before now took place.
pub(super) fn called_off(event: &CalendarEvent, clock: &Clock) -> CalendarEvent {
    if let Some(ended) = ended(event, clock.now().to_utc(), clock, &mut Steps::new(STEPS)) {
        return ended;
    }
    let mut event = event.clone();
    event.spec.status = MeetingStatus::Cancelled;
    // What was changed of single days goes with the rest.
    let series = &mut event.recurrence;
    for (_, spec) in series.overrides.iter_mut().chain(&mut series.following) {
        spec.status = MeetingStatus::Cancelled;
    }
    event
}

impl ComingEvent<'_> {
    fn put_new(&self, tx: &Tx<'_>, clock: &Clock) -> Result<EventResult, StoreError> {
        let columns = tx.forgotten_from("", &self.event.uid)?;
        let mut blank = self.event.clone();
        // A meeting needs a title even where its own was forgotten; that word then stands in its place.
        FORGOTTEN.clone_into(&mut blank.spec.title);
        let mut row = MeetingRow {
            id: MeetingId(0),
            event: event_without(self.event, &blank, &columns),
            is_typed: false,
            series: String::new(),
            kind: None,
            sources: Vec::new(),
            is_off: false,
        };
        self.note_in(&mut row);
        let took = of_series::take_days(tx, &mut row.event, clock)?;
        if (self.tells_days || took) && of_series::is_behind_a_day(&row.event) {
            of_series::mark_days(&mut row.sources);
        }
        let id = tx.add_meeting(&row)?;
        Ok(EventResult::Created(told::created(id, &row.event, clock)))
    }

    /// Stores it, or what of it is not known yet.
    pub(super) fn put(&self, tx: &Tx<'_>, clock: &Clock) -> Result<EventResult, StoreError> {
        let Some(known) = tx.meeting_with_uid(&self.event.uid)? else {
            return self.put_new(tx, clock);
        };
        let mut row = known.clone();
        // Where an event stands in two calendars, it is cancelled only once neither has it any more, so each is noted
        // whatever else becomes of it.
        self.note_in(&mut row);
        let is_noted = |row: &MeetingRow| row.sources != known.sources;
        if let Some(result) = self.passed_over(&known) {
            if is_noted(&row) {
                tx.put_meeting(&row)?;
            }
            return Ok(result);
        }
        if self.calendar.is_some() {
            row.sources.retain(|name| name != A_MESSAGE);
        }
        let mut event = event_without(self.event, &known.event, &tx.forgotten_of("meeting", known.id.0)?);
        let mut before = known.event.clone();
        let keeps_days = self.keep_told_days(&known, &mut event, clock);
        kept::keep_order(&mut before, &mut event);
        // What was moved or cancelled here stays, whatever the calendar says.
        event.recurrence.by_hand.clone_from(&known.event.recurrence.by_hand);
        self.keep_known(&known, &mut event, clock);
        let took = of_series::take_days(tx, &mut event, clock)?;
        let tells = (self.tells_days || took) && of_series::is_behind_a_day(&event);
        if keeps_days || tells {
            of_series::mark_days(&mut row.sources);
        } else if !self.is_message {
            row.sources.retain(|name| name != A_DAY);
        }
        // The same instant noted in another zone is no change of what happens once.
        let has_zone = |moment: &Moment| matches!(moment, Moment::Zoned(..) | Moment::Fixed(_));
        let has_zones = has_zone(&event.spec.start) && has_zone(&before.spec.start);
        if has_zones && event.recurrence.is_single() && clock.is_same(&event.spec.start, &before.spec.start) {
            event.spec.start.clone_from(&before.spec.start);
        }
        if before == event {
            if is_noted(&row) {
                tx.put_meeting(&row)?;
            }
            return Ok(EventResult::Unchanged);
        }
        let mut conflicts = kept::bring_along(tx, &row, &mut event, clock)?;
        row.event = event;
        tx.put_meeting(&row)?;
        conflicts.extend(kept::stayed_behind(tx, &row, clock)?);
        // Of what was removed here nobody sees what its calendar does with it.
        if row.is_off {
            return Ok(EventResult::Unchanged);
        }
        Ok(EventResult::Changed(told::changed(row.id, [&before, &row.event], conflicts, clock)))
    }

    /// What becomes of an event that changes nothing, since what is known is newer or was said by a calendar before.
    fn passed_over(&self, known: &MeetingRow) -> Option<EventResult> {
        let spec = &self.event.spec;
        if self.is_known_series {
            return None;
        }
        if let Some(said) = self.copy_of.filter(|said| *said >= spec.sequence) {
            let known = known.event.spec.sequence;
            return Some(if said == spec.sequence {
                EventResult::Unchanged
            } else {
                EventResult::Older(known)
            });
        }
        if spec.sequence >= known.event.spec.sequence {
            return None;
        }
        // Mailed invitations arrive in any order; an older one must not bring an old time back. Only the one calendar
        // that said the higher number itself may go back behind it: it began to count anew.
        let goes_back = self.calendar.is_some_and(|calendar| {
            !known.sources.is_empty() && known.sources.iter().all(|name| calendar.is(name) || name == A_DAY)
        });
        (!goes_back).then_some(EventResult::Older(known.event.spec.sequence))
    }

    /// Notes where it stands. A message is no place, but it tells of what a calendar may not know yet.
    fn note_in(&self, row: &mut MeetingRow) {
        let is_news = row.sources.is_empty() || self.event.spec.sequence > row.event.spec.sequence;
        if let Some(calendar) = self.calendar {
            calendar.note_in(row);
        } else if self.is_message && is_news && !row.sources.iter().any(|name| name == A_MESSAGE) {
            row.sources.push(A_MESSAGE.to_owned());
        }
    }

    /// Keeps the changes of days that only messages told and of which this calendar has not heard yet; true if there are
    /// any.
    fn keep_told_days(&self, row: &MeetingRow, event: &mut CalendarEvent, clock: &Clock) -> bool {
        let may_know = self.is_message
            || self.is_known_series
            || event.spec.status == MeetingStatus::Cancelled
            || !row.sources.iter().any(|name| name == A_DAY);
        !may_know && of_series::keep_days(&row.event, event, clock)
    }

    /// Keeps of what is known what this event says nothing of.
    fn keep_known(&self, row: &MeetingRow, event: &mut CalendarEvent, clock: &Clock) {
        let known = &row.event;
        let is_of = |name: &String| self.calendar.is_some_and(|calendar| calendar.is(name));
        if self.is_message || calendars_of(row).any(|name| !is_of(name)) {
            keep_guests(&mut event.spec, &known.spec);
            for (at, spec) in &mut event.recurrence.overrides {
                let same = known.recurrence.overrides.iter().find(|(known, _)| known == at);
                if let Some((_, known)) = same {
                    keep_guests(spec, known);
                }
            }
        }
        if known.recurrence.is_single() || self.is_known_series {
            return;
        }
        let is_off = event.spec.status == MeetingStatus::Cancelled;
        if is_off && (self.is_message || event.recurrence.is_single()) {
            // RFC 5546, 3.2.5: whoever calls a series off need not say how it repeats, nor what was moved of it.
            let (status, sequence) = (event.spec.status, event.spec.sequence);
            event.clone_from(known);
            event.spec = EventSpec { status, sequence, ..known.spec.clone() };
        } else if self.is_message && event.spec.sequence == known.spec.sequence {
            // The same invitation once more: what was said of single days since stands (RFC 5546, 2.1.4).
            keep_days(&mut event.recurrence.overrides, &known.recurrence.overrides, clock);
            keep_days(&mut event.recurrence.following, &known.recurrence.following, clock);
        }
        if is_off && is_called_off(known, clock) {
            // From when on was found when that was first said.
            event.spec.status = known.spec.status;
            event.recurrence.overrides.clone_from(&known.recurrence.overrides);
            event.recurrence.following.clone_from(&known.recurrence.following);
        } else if is_off {
            event.spec.status = known.spec.status;
            *event = called_off(event, clock);
        }
    }
}

/// A calendar that names nobody does not say that nobody is invited, nor what the lead answered.
fn keep_guests(spec: &mut EventSpec, known: &EventSpec) {
    if !spec.attendees.is_empty() || known.attendees.is_empty() {
        return;
    }
    spec.attendees.clone_from(&known.attendees);
    if known.shows_as == ShowsAs::Declined {
        spec.shows_as = known.shows_as;
    }
}

/// Keeps the changes of days that are not among those that came.
fn keep_days(days: &mut Vec<(Moment, EventSpec)>, known: &[(Moment, EventSpec)], clock: &Clock) {
    let is_there = |at: &Moment| days.iter().any(|(day, _)| clock.is_same(day, at));
    let kept: Vec<_> = known.iter().filter(|(at, _)| !is_there(at)).cloned().collect();
    days.extend(kept);
}
