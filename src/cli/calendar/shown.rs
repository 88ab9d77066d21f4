//! One meeting whole: all that its page has.

use super::super::Done;
use super::super::out::{Format, Out};
use super::{OccurrenceKey, one};
use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingStatus};
use crate::domain::minutes::Minutes;
use crate::domain::reflection::{Reflection, ReflectionEntry};
use crate::ops::Desk;
use crate::ops::reflect::stance_of_five;
use crate::plain;

/// Columns before what is said.
const MARGIN: usize = 16;

fn label(name: &str, text: &str, out: &mut Out) -> Done {
    if text.trim().is_empty() {
        return Ok(());
    }
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let head = if name.is_empty() { String::new() } else { format!("{name}:") };
    out.line(&format!("{}{}", out.fit(&head, MARGIN), plain::harmless(first)))?;
    lines.try_for_each(|line| out.line(&format!("{}{}", out.fit("", MARGIN), plain::harmless(line))))
}

/// How long it takes: `10:00–11:00, 1h`.
fn times(meeting: &Meeting) -> String {
    if meeting.is_all_day {
        return "all day".to_owned();
    }
    let (times, length) = (meeting.clock_times(), Minutes((meeting.end - meeting.start).num_minutes()));
    if length.is_zero() { format!("{times}, takes no time") } else { format!("{times}, {length}") }
}

/// Until when it takes, below its row.
pub(super) fn end(meeting: &Meeting, out: &mut Out) -> Done {
    if meeting.is_all_day { Ok(()) } else { label("", &times(meeting), out) }
}

/// One meeting with what was written about it.
pub fn show(desk: &Desk, key: &OccurrenceKey, out: &mut Out) -> Done {
    if out.format != Format::Human {
        return one(desk, key, out);
    }
    let meeting = desk.meeting(key)?;
    out.line(&format!("{} {}", meeting.key, plain::harmless(&meeting.title)))?;
    let on = day::day_near(meeting.start.date_naive(), desk.today());
    label("when", &format!("{on} {}", times(&meeting)), out)?;
    if meeting.status == MeetingStatus::Cancelled {
        label("status", "cancelled", out)?;
    }
    // A series has the title of its meetings until somebody gives it a name.
    if meeting.series != meeting.title {
        label("series", &meeting.series, out)?;
    }
    for (name, text) in [
        ("kind", meeting.kind_title()),
        ("with", &meeting.attendees.join(", ")),
        ("where", &meeting.location),
        ("intent", &meeting.intent),
        ("if-then", &meeting.if_then),
        ("predicted", &meeting.predicted),
    ] {
        label(name, text, out)?;
    }
    let entries = desk.entries()?;
    for entry in entries.iter().filter(|entry| entry.series == meeting.series) {
        reflected(desk, entry, out)?;
    }
    Ok(())
}

/// What was reflected on one meeting of the series.
fn reflected(desk: &Desk, entry: &ReflectionEntry, out: &mut Out) -> Done {
    let reflection = &entry.reflection;
    let on = day::day_near(desk.clock.day_of(entry.start), desk.today());
    label(&on, stance_of_five(reflection.stance).as_ref(), out)?;
    facts(reflection).iter().try_for_each(|fact| label("", fact, out))
}

/// All but the stance, as far as it was said.
fn facts(reflection: &Reflection) -> Vec<String> {
    let said = reflection.presence.map(|it| format!("calm {} of 5, engaged {} of 5", it.calm, it.engaged));
    let first = reflection.first.map(|first| format!("said first: {}", first.title()));
    let questions = [("opened", reflection.expansion), ("closed", reflection.contraction)];
    let questions = questions.into_iter().filter_map(|(what, count)| Some(format!("{} {what}", count?)));
    let questions = questions.collect::<Vec<_>>().join(", ");
    let decision = reflection.touched.map(|touched| format!("decision: {}", touched.title()));
    let asked = reflection.came_up.iter().map(|question| format!("came up: {question}"));
    let kept = reflection.kept.map(|kept| format!("if-then {}", if kept { "done" } else { "not done" }));
    let texts = [reflection.moment.clone(), reflection.if_then.clone()];
    let mut facts: Vec<String> = said.into_iter().chain(first).collect();
    if !questions.is_empty() {
        facts.push(format!("questions: {questions}"));
    }
    facts.extend(decision);
    facts.extend(asked);
    facts.extend(kept);
    facts.extend(texts.into_iter().filter(|text| !text.trim().is_empty()));
    facts
}
