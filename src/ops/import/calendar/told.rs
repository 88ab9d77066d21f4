//! What is told of an event as it is taken in: when it begins, and in what it changed.

use super::EventChange;
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus, Moment};
use crate::domain::rule;

/// An event that its calendar changed. What was set here and stands is no change of it.
pub(super) fn changed(
    id: MeetingId,
    [before, after]: [&CalendarEvent; 2],
    conflicts: Vec<Difference>,
) -> EventChange {
    let is_off = |event: &CalendarEvent| {
        let spec = if event.recurrence.is_single() { event.once() } else { &event.spec };
        spec.status == MeetingStatus::Cancelled
    };
    let mut changes = differences(before, after);
    // Of a series the calendar's own change holds for all other days.
    let stands = |change: &Difference| {
        after.recurrence.is_single() && conflicts.iter().any(|conflict| conflict.field == change.field)
    };
    changes.retain(|change| !stands(change));
    EventChange {
        key: id.to_string(),
        uid: after.uid.clone(),
        title: after.spec.title.clone(),
        is_cancelled: is_off(after) && !is_off(before) && !changes.is_empty(),
        has_vanished: false,
        changes,
        conflicts,
    }
}

/// An event that is new, with when it begins and how it repeats.
pub(super) fn created(id: MeetingId, event: &CalendarEvent) -> EventChange {
    let starts = FieldValue::Told(event.spec.start.to_string(), event.spec.start.said());
    let repeats = repeats(&event.recurrence.rule);
    let said = [("start", starts), ("repeats", repeats)];
    EventChange {
        key: id.to_string(),
        uid: event.uid.clone(),
        title: event.spec.title.clone(),
        is_cancelled: false,
        has_vanished: false,
        changes: difference::of_fields(said.map(|(field, value)| (field, FieldValue::Empty, value))),
        conflicts: Vec::new(),
    }
}

/// A rule, as it is written and as it is said; nothing of an event that does not repeat.
fn repeats(rule: &str) -> FieldValue {
    if rule.is_empty() { FieldValue::Empty } else { FieldValue::Told(rule.to_owned(), rule::in_words(rule)) }
}

fn differences(before: &CalendarEvent, after: &CalendarEvent) -> Vec<Difference> {
    let fields = |event: &CalendarEvent| {
        let (spec, recurrence) = (&event.spec, &event.recurrence);
        let moments = |moments: &[Moment]| {
            FieldValue::told(&moments.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        };
        let became = |(at, spec): &(Moment, EventSpec)| format!("{at} is {}", spec.start);
        let moved = recurrence.overrides.iter().map(became);
        let following = recurrence.following.iter().map(became);
        [
            ("title", FieldValue::words(&spec.title)),
            ("start", FieldValue::Told(spec.start.to_string(), spec.start.said())),
            ("minutes", FieldValue::told(&spec.minutes.to_string())),
            ("attendees", FieldValue::told(&spec.attendees.join(", "))),
            ("location", FieldValue::words(&spec.location)),
            ("status", FieldValue::told(spec.status.name())),
            ("repeats", repeats(&recurrence.rule)),
            ("extra_days", moments(&recurrence.extra)),
            ("left_out", moments(&recurrence.except)),
            ("moved_days", FieldValue::told(&moved.collect::<Vec<_>>().join(", "))),
            ("from_then_on", FieldValue::told(&following.collect::<Vec<_>>().join(", "))),
            ("shows_as", FieldValue::told(spec.shows_as.name())),
            ("zone", FieldValue::told(&event.zone.as_ref().map_or(String::new(), ToString::to_string))),
        ]
    };
    let both = fields(before).into_iter().zip(fields(after));
    difference::of_fields(both.map(|((field, old), (_, new))| (field, old, new)))
}
