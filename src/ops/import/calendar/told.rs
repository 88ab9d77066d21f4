//! What is told of an event as it is taken in: when it begins, and in what it changed.

use super::EventChange;
use crate::domain::count::counted;
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus, Moment};
use crate::domain::occurrence::is_called_off;
use crate::domain::rule;
use crate::ops::clock::Clock;

/// An event that its calendar changed. What was set here and stands is no change of it.
pub(super) fn changed(
    id: MeetingId,
    [before, after]: [&CalendarEvent; 2],
    conflicts: Vec<Difference>,
    clock: &Clock,
) -> EventChange {
    let is_off = |event: &CalendarEvent| is_called_off(event, clock);
    let mut changes = differences(before, after, clock);
    // Of a series the calendar's own change holds for all other days.
    let stands = |change: &Difference| {
        after.recurrence.is_single() && conflicts.iter().any(|conflict| conflict.field == change.field)
    };
    changes.retain(|change| !stands(change));
    EventChange {
        // Only whoever took the event out of its file knows that line, and puts it in.
        line: 0,
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
pub(super) fn created(id: MeetingId, event: &CalendarEvent, clock: &Clock) -> EventChange {
    let starts = moment(&event.spec.start, clock);
    let repeats = repeats(&event.recurrence.rule, clock);
    let said = [("start", starts), ("repeats", repeats)];
    EventChange {
        line: 0,
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
fn repeats(rule: &str, clock: &Clock) -> FieldValue {
    if rule.is_empty() {
        return FieldValue::Empty;
    }
    FieldValue::Told(rule.to_owned(), rule::in_words(rule, &|at| clock.day_of(at.and_utc())))
}

fn moment(moment: &Moment, clock: &Clock) -> FieldValue {
    FieldValue::Told(moment.to_string(), clock.said(moment))
}

/// Several of something, as scripts read them and as people do.
fn listed<T>(all: &[T], raw: impl Fn(&T) -> String, said: impl Fn(&T) -> String) -> FieldValue {
    let joined = |told: Vec<String>| told.join(", ");
    let (raw, said) = (joined(all.iter().map(raw).collect()), joined(all.iter().map(said).collect()));
    if raw.is_empty() { FieldValue::Empty } else { FieldValue::Told(raw, said) }
}

/// What one day says otherwise than its series, but when it begins.
fn own_words(of: &EventSpec, series: &EventSpec) -> Vec<String> {
    // What does not take place has neither length nor guests.
    if of.status == MeetingStatus::Cancelled && series.status != of.status {
        return vec![of.status.name().to_owned()];
    }
    let texts = [(&of.title, &series.title), (&of.location, &series.location)];
    let texts = texts.into_iter().filter(|(own, all)| own != all && !own.is_empty());
    let mut own: Vec<String> = texts.map(|(own, _)| format!("“{own}”")).collect();
    own.extend((of.minutes != series.minutes).then(|| counted(of.minutes, "minute", "minutes")));
    own.extend((of.shows_as != series.shows_as).then(|| of.shows_as.name().to_owned()));
    own.extend((of.status != series.status).then(|| of.status.name().to_owned()));
    let sorted = |spec: &EventSpec| {
        let mut names = spec.attendees.clone();
        names.sort_unstable();
        names
    };
    own.extend((sorted(of) != sorted(series)).then(|| match of.attendees.as_slice() {
        [] => "with nobody".to_owned(),
        names => format!("with {}", names.join(", ")),
    }));
    own
}

fn differences(before: &CalendarEvent, after: &CalendarEvent, clock: &Clock) -> Vec<Difference> {
    let fields = |event: &CalendarEvent| {
        let (spec, recurrence) = (&event.spec, &event.recurrence);
        let moments = |moments: &[Moment]| listed(moments, ToString::to_string, |moment| clock.said(moment));
        let became = |changes: &[(Moment, EventSpec)]| {
            let own = |(at, of): &(Moment, EventSpec), say: &dyn Fn(&Moment) -> String| {
                let start = (!clock.is_same(at, &of.start)).then(|| say(&of.start));
                start.into_iter().chain(own_words(of, spec)).collect::<Vec<_>>().join(" ")
            };
            let raw = |change: &(Moment, EventSpec)| {
                format!("{} is {}", change.0, own(change, &ToString::to_string))
            };
            let said = |change: &(Moment, EventSpec)| {
                format!("{} is {}", clock.said(&change.0), own(change, &|at| clock.said(at)))
            };
            // A day that differs from its series in nothing that is shown is no news.
            let told = changes.iter().filter(|change| !own(change, &ToString::to_string).is_empty());
            listed(&told.cloned().collect::<Vec<_>>(), raw, said)
        };
        [
            ("title", FieldValue::words(&spec.title)),
            ("start", moment(&spec.start, clock)),
            ("minutes", FieldValue::told(&spec.minutes.to_string())),
            ("attendees", FieldValue::told(&spec.attendees.join(", "))),
            ("location", FieldValue::words(&spec.location)),
            ("status", FieldValue::told(spec.status.name())),
            ("repeats", repeats(&recurrence.rule, clock)),
            ("extra_days", moments(&recurrence.extra)),
            ("left_out", moments(&recurrence.except)),
            ("moved_days", became(&recurrence.overrides)),
            ("from_then_on", became(&recurrence.following)),
            ("shows_as", FieldValue::told(spec.shows_as.name())),
            ("zone", FieldValue::told(&zone(event))),
        ]
    };
    let both = fields(before).into_iter().zip(fields(after));
    let mut found = difference::of_fields(both.map(|((field, old), (_, new))| (field, old, new)));
    let is_same = clock.is_same(&before.spec.start, &after.spec.start);
    // A start that is only written in another zone says the same; of a series the zone is told.
    found.retain(|difference| difference.field != "start" || !is_same);
    found
}

/// The zone on whose clock an event repeats.
fn zone(event: &CalendarEvent) -> String {
    match (&event.zone, &event.spec.start) {
        (Some(zone), _) => zone.to_string(),
        (None, Moment::Zoned(_, zone)) if !event.recurrence.is_single() => zone.name().to_owned(),
        (None, Moment::Fixed(at)) if !event.recurrence.is_single() => at.offset().to_string(),
        _ => String::new(),
    }
}
