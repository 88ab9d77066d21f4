//! Series that are called off while they run: what took place stays, what was to come does not take place.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use super::{FURTHEST, LocalEvent, expand, start_named};
use crate::domain::bounds::Steps;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus};

/// Days in which nearly every series has a next start.
const NEAR: i64 = 40;

/// True for an event that takes place no more, or not from some day on.
pub fn is_called_off<Z: TimeZone>(event: &CalendarEvent, local: &Z) -> bool {
    if event.recurrence.is_single() {
        return event.once().status == MeetingStatus::Cancelled;
    }
    let frame = LocalEvent { event, local };
    let last = frame.following().pop().map_or(&event.spec, |change| change.spec);
    last.status == MeetingStatus::Cancelled || event.spec.status == MeetingStatus::Cancelled
}

/// A series that began before an instant and is called off from then on; `None` for any other event.
pub fn ended<Z: TimeZone>(
    event: &CalendarEvent,
    now: DateTime<Utc>,
    local: &Z,
    steps: &mut Steps,
) -> Option<CalendarEvent> {
    let frame = LocalEvent { event, local };
    if event.recurrence.is_single() || frame.instant(&event.spec.start) >= now {
        return None;
    }
    let call_off = |spec: &mut EventSpec| spec.status = MeetingStatus::Cancelled;
    let mut ended = event.clone();
    for (_, spec) in ended.recurrence.overrides.iter_mut().chain(&mut ended.recurrence.following) {
        if frame.instant(&spec.start) >= now {
            call_off(spec);
        }
    }
    // A changed day stands for the start that it changes, and that one may be the first.
    let mut unchanged = event.clone();
    unchanged.recurrence.overrides.clear();
    unchanged.recurrence.by_hand.clear();
    if unchanged.recurrence.is_single() {
        return Some(ended);
    }
    for days in [NEAR, FURTHEST] {
        let coming = expand(&unchanged, (now, now + TimeDelta::days(days)), local, steps);
        if let Some(first) = coming.occurrences.iter().find(|found| found.start >= now) {
            let (start, mut spec) = start_named(&unchanged, &first.key, local, steps)?;
            call_off(&mut spec);
            ended.recurrence.following.retain(|(from, _)| frame.own(from) != frame.own(&start));
            ended.recurrence.following.push((start, spec));
            break;
        }
        // With starts missing nobody knows what takes place.
        if coming.is_cut {
            return None;
        }
    }
    Some(ended)
}
