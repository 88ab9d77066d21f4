//! A message about one day of a series that is known: it changes that day, and is no meeting of its own.

use super::named::{A_DAY, calendars_of};
use crate::domain::bounds::Steps;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus, Moment};
use crate::domain::occurrence::left_over;
use crate::import::calendar::{SeriesChange, start_alone};
use crate::ops::clock::Clock;
use crate::store::{StoreError, Tx};

/// So many steps may be taken for finding whether a series has the day.
const A_LOOK: usize = 200_000;

/// The series as it is with one change of it that a message brings; `None` where the event stands for itself. A whole
/// calendar that has the change alone has no such series any more, or never had it.
pub(super) fn changed(
    tx: &Tx<'_>,
    change: &SeriesChange,
    event: &CalendarEvent,
    clock: &Clock,
) -> Result<Option<CalendarEvent>, StoreError> {
    let Some(known) = tx.meeting_with_uid(&change.series)? else { return Ok(None) };
    with_change(tx, known.event, (change, event), clock)
}

/// A series with one change of it; `None` where the event stands for itself.
pub(super) fn with_change(
    tx: &Tx<'_>,
    mut series: CalendarEvent,
    (change, event): (&SeriesChange, &CalendarEvent),
    clock: &Clock,
) -> Result<Option<CalendarEvent>, StoreError> {
    // What stayed by itself when its series came goes on by itself.
    if tx.meeting_with_uid(&event.uid)?.is_some() {
        return Ok(None);
    }
    let starts = &mut series.recurrence.extra;
    if change.is_added && !starts.iter().any(|at| clock.is_same(at, &change.start)) {
        starts.push(change.start.clone());
    }
    let list =
        if change.is_following { &mut series.recurrence.following } else { &mut series.recurrence.overrides };
    let place = put(list, (&change.start, &event.spec), clock);
    let is_of_another = !change.is_following && left_over(&series, &mut Steps::new(A_LOOK)).contains(&place);
    Ok((!is_of_another).then_some(series))
}

/// Puts what messages said of single days of a series before it came into it; by themselves they were meetings of their
/// own. True if there was any.
pub(super) fn take_days(tx: &Tx<'_>, series: &mut CalendarEvent, clock: &Clock) -> Result<bool, StoreError> {
    let mut took = false;
    if series.recurrence.is_single() {
        return Ok(took);
    }
    for row in tx.meetings_alone_of(&series.uid)? {
        let Some(start) = start_alone(&row.event.uid, series) else { continue };
        // A calendar would bring it again, and what was done and written here is about that very meeting.
        let is_set_here = row.kind.is_some() || !row.series.is_empty();
        let is_changed_here = !row.event.recurrence.by_hand.is_empty();
        let is_its_own = calendars_of(&row).next().is_some() || is_set_here || is_changed_here;
        if is_its_own || tx.is_written_about(row.id)? {
            continue;
        }
        let mut spec = row.event.spec;
        if row.is_off {
            spec.status = MeetingStatus::Cancelled;
        }
        let days = &mut series.recurrence.overrides;
        match days.iter_mut().find(|(at, _)| clock.is_same(at, &start)) {
            Some((_, known)) if known.sequence < spec.sequence => *known = spec,
            Some(_) => {}
            None => {
                days.push((start, spec));
                let place = days.len() - 1;
                if left_over(series, &mut Steps::new(A_LOOK)).contains(&place) {
                    series.recurrence.overrides.pop();
                    continue;
                }
            }
        }
        tx.remove_meeting(row.id)?;
        took = true;
    }
    Ok(took)
}

/// True if a change of a day has a higher number than its series.
pub(super) fn is_behind_a_day(series: &CalendarEvent) -> bool {
    let days = series.recurrence.overrides.iter().chain(&series.recurrence.following);
    days.into_iter().any(|(_, spec)| spec.sequence > series.spec.sequence)
}

/// Notes that messages told of days of which no calendar has heard yet.
pub(super) fn mark_days(sources: &mut Vec<String>) {
    if !sources.iter().any(|name| name == A_DAY) {
        sources.push(A_DAY.to_owned());
    }
}

/// Keeps the changes of days with a higher number than a series that says nothing of their starts; true if there are any.
pub(super) fn keep_days(known: &CalendarEvent, series: &mut CalendarEvent, clock: &Clock) -> bool {
    if series.recurrence.is_single() {
        return false;
    }
    let mut has_kept = false;
    for is_following in [false, true] {
        let days = if is_following { &known.recurrence.following } else { &known.recurrence.overrides };
        for (start, spec) in days {
            let own = &mut series.recurrence;
            let has = |starts: &[Moment]| starts.iter().any(|at| clock.is_same(at, start));
            let list = if is_following { &mut own.following } else { &mut own.overrides };
            let is_told = list.iter().any(|(at, _)| clock.is_same(at, start)) || has(&own.except);
            if is_told || spec.sequence <= series.spec.sequence {
                continue;
            }
            list.push((start.clone(), spec.clone()));
            let place = list.len() - 1;
            let is_added = has(&known.recurrence.extra) && !has(&own.extra);
            if is_added {
                own.extra.push(start.clone());
            }
            if !is_following && left_over(series, &mut Steps::new(A_LOOK)).contains(&place) {
                series.recurrence.overrides.pop();
            } else {
                has_kept = true;
            }
        }
    }
    has_kept
}

/// Puts a change among those of a series, in the place of an older one of the same start; gives its place.
fn put(list: &mut Vec<(Moment, EventSpec)>, (start, spec): (&Moment, &EventSpec), clock: &Clock) -> usize {
    let Some(place) = list.iter().position(|(known, _)| clock.is_same(known, start)) else {
        list.push((start.clone(), spec.clone()));
        return list.len() - 1;
    };
    // Messages arrive in any order.
    if list[place].1.sequence <= spec.sequence {
        list[place].1 = spec.clone();
    }
    place
}

#[cfg(test)]
mod tests {
    use crate::ops::kit::{day, desk_at};

    fn message(method: &str, lines: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:a\nSUMMARY:Sync\nDURATION:PT1H\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    }

    #[test]
    fn a_message_about_one_day_changes_that_day_of_a_known_series() {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        let series = "DTSTART;TZID=Europe/Berlin:20261125T110000\nRRULE:FREQ=DAILY;COUNT=4";
        desk.import_calendar("sync.ics", &message("REQUEST", series)).unwrap();
        let starts = |desk: &crate::ops::Desk| -> Vec<String> {
            let meetings = desk.meetings(day("2026-11-23"), day("2026-12-01")).unwrap();
            meetings.iter().map(|meeting| meeting.start.format("%-d %H:%M").to_string()).collect()
        };
        let off = "SEQUENCE:2\nRECURRENCE-ID:20261126T100000Z\nDTSTART:20261126T100000Z";
        let report = desk.import_calendar("mail.ics", &message("CANCEL", off)).unwrap();
        assert_eq!(
            (report.created, starts(&desk)),
            (0, ["25 10:00", "27 10:00", "28 10:00"].map(str::to_owned).into())
        );
        let moved = "SEQUENCE:3\nRECURRENCE-ID:20261127T100000Z\nDTSTART:20261127T150000Z";
        desk.import_calendar("mail.ics", &message("REQUEST", moved)).unwrap();
        assert_eq!(starts(&desk), ["25 10:00", "27 15:00", "28 10:00"]);
        // An older message that arrives later, and one about a day that the series does not have.
        let older = "SEQUENCE:1\nRECURRENCE-ID:20261127T100000Z\nDTSTART:20261127T120000Z";
        desk.import_calendar("mail.ics", &message("REQUEST", older)).unwrap();
        assert_eq!(starts(&desk), ["25 10:00", "27 15:00", "28 10:00"]);
        let other = "RECURRENCE-ID:20261130T100000Z\nDTSTART:20261130T100000Z";
        let report = desk.import_calendar("mail.ics", &message("REQUEST", other)).unwrap();
        assert_eq!((report.created, starts(&desk).len()), (1, 4));
    }
}
