//! In the room: how the lead stood, what was asked, what was shaped.

use super::{ENOUGH, Facts, Measured, MeasuredValue, Room, Share, Span, median};
use crate::domain::meeting::MeetingKind;
use crate::domain::record::RecordKey;
use crate::domain::reflection::{Reflection, ReflectionEntry, shaped as is_shaped};

/// Reflections of a span.
fn of<'a>(facts: &Facts<'a>, span: Span) -> Vec<&'a Room> {
    facts.rooms.iter().filter(|room| span.holds(room.day)).collect()
}

fn rows(rooms: &[&Room]) -> Vec<RecordKey> {
    rooms.iter().map(|room| room.entry.reflection.meeting.clone().into()).collect()
}

/// Of these entries, the leadership meetings with a decision framed, changed or stopped, out of those of which it is said
/// whether one was touched: what was left out of a reflection is no no.
pub fn shape(entries: &[&ReflectionEntry]) -> Share {
    let is_said = |entry: &&&ReflectionEntry| {
        entry.kind == MeetingKind::Leadership && entry.reflection.touched.is_some()
    };
    let own: Vec<&&ReflectionEntry> = entries.iter().filter(is_said).collect();
    Share::of(&own, |entry| is_shaped(&entry.reflection))
}

/// Leadership meetings that were shaped.
pub fn shaped(facts: &Facts<'_>, span: Span) -> Measured {
    let own: Vec<&Room> =
        leadership(facts, span).filter(|room| room.entry.reflection.touched.is_some()).collect();
    let entries: Vec<&ReflectionEntry> = own.iter().map(|room| &room.entry).collect();
    let definition = "leadership meetings in which a decision was framed, changed or stopped, out of those of which that was said";
    Measured::share(shape(&entries), span, rows(&own), definition)
}

/// How many leadership meetings were reflected on without a word of whether a decision was touched.
pub fn decision_unsaid(facts: &Facts<'_>, span: Span) -> usize {
    leadership(facts, span).filter(|room| room.entry.reflection.touched.is_none()).count()
}

fn leadership<'a>(facts: &Facts<'a>, span: Span) -> impl Iterator<Item = &'a Room> {
    of(facts, span).into_iter().filter(|room| room.entry.kind == MeetingKind::Leadership)
}

/// Where the lead stood, 1 to 5: the median from five reflections on, the latest one below.
pub fn stance(entries: &[&ReflectionEntry], span: Span, whose: &str) -> Measured {
    let stances: Vec<i64> = entries.iter().map(|entry| i64::from(entry.reflection.stance)).collect();
    let rows = entries.iter().map(|entry| entry.reflection.meeting.clone().into()).collect();
    let latest = stances.last().map(|stance| vec![*stance]).unwrap_or_default();
    let (name, of) =
        if super::size(stances.len()) < ENOUGH { ("latest", latest) } else { ("median", stances) };
    let value = MeasuredValue::Amount(median(of).unwrap_or_default(), String::new());
    Measured::new(value, entries.len(), span, rows, &format!("{name} stance, {whose}"))
}

/// Of these entries, the questions that opened something, out of all questions that were counted.
pub fn questions(entries: &[&ReflectionEntry]) -> Share {
    let sum = |of: fn(&Reflection) -> Option<u32>| {
        entries.iter().filter_map(|entry| of(&entry.reflection)).sum::<u32>()
    };
    let (part, rest) = (sum(|it| it.expansion), sum(|it| it.contraction));
    Share { part, whole: part + rest }
}

/// Questions that opened something; its cases are questions, its rows the meetings in which they were counted.
pub fn expansion(facts: &Facts<'_>, span: Span) -> Measured {
    let has_counted = |room: &&Room| {
        let reflection = &room.entry.reflection;
        reflection.expansion.unwrap_or(0) + reflection.contraction.unwrap_or(0) > 0
    };
    let own: Vec<&Room> = of(facts, span).into_iter().filter(has_counted).collect();
    let entries: Vec<&ReflectionEntry> = own.iter().map(|room| &room.entry).collect();
    let definition = "questions that opened something (what if, could we), out of all that were counted";
    Measured::share(questions(&entries), span, rows(&own), definition)
}

/// If-thens that were kept, out of those of which it was said.
pub fn if_thens(facts: &Facts<'_>, span: Span) -> Measured {
    let own: Vec<&Room> =
        of(facts, span).into_iter().filter(|room| room.entry.reflection.kept.is_some()).collect();
    let share = Share::of(&own, |room| room.entry.reflection.kept == Some(true));
    Measured::share(share, span, rows(&own), "if-thens that were kept, out of those that were looked back at")
}

/// Predicted questions that came up, out of those that were predicted for meetings that were reflected on.
pub fn anticipated(facts: &Facts<'_>, span: Span) -> Measured {
    let own: Vec<&Room> = of(facts, span).into_iter().filter(|room| room.predicted > 0).collect();
    // Predictions may be taken away after a reflection; the part must not become more than the whole.
    let came =
        own.iter().map(|room| super::size(room.entry.reflection.came_up.len()).min(room.predicted)).sum();
    let share = Share { part: came, whole: own.iter().map(|room| room.predicted).sum() };
    Measured::share(share, span, rows(&own), "predicted questions that came up, out of all predicted")
}
