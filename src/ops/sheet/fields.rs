//! The fields of each kind of record, in the order of its form.

use super::{FieldKind, FieldSpec, Target};
use crate::domain::field::Field;
use crate::domain::kinds;
use crate::domain::meeting::MeetingKind;
use crate::domain::record::{Kind, field};

const PERSON: &[FieldSpec] = &[
    spec("name", "Name", FieldKind::Text, "").needed(),
    spec("handle", "Handle", FieldKind::Text, "one short word to type after @; empty is the first name"),
    spec("discipline", "Discipline", FieldKind::Text, "design, copy, motion, production …"),
    spec("hours", "Hours Mo–Su", FieldKind::Week, "8 8 8 8 8, or seven with the weekend"),
    spec("from", "Hours from", FieldKind::Day, "the day from which these hours hold; empty is today"),
    spec("factor", "Planned part", FieldKind::Factor, "0.8 plans four fifths of the time"),
    spec("first", "First day", FieldKind::Day, ""),
    spec("last", "Last day", FieldKind::Day, "who leaves stays in the past and is not planned after it"),
    spec("email", "E-mail", FieldKind::Text, "imports recognise people by it"),
    spec("role", "Placeholder", FieldKind::YesNo, "yes: a role that stands for somebody not yet found"),
];

const MEETING: &[FieldSpec] = &[
    spec("title", "Title", FieldKind::Text, "").needed(),
    spec("day", "Day", FieldKind::Day, "").needed(),
    spec("time", "From", FieldKind::Time, "").needed(),
    spec("minutes", "Minutes", FieldKind::Minutes, "").needed(),
    spec("with", "Who comes", FieldKind::Text, "names parted by commas"),
    spec("kind", "Kind of room", FieldKind::Choice(MeetingKind::NAMES), "empty is guessed from the title"),
    spec("series", "Series", FieldKind::Text, "what the reflections of this row of meetings stand under"),
    spec("intent", "Intent", FieldKind::Long, "what should be different when you leave the room"),
    spec("if-then", "If-then", FieldKind::Long, "If they count, then I ask what changes for the store"),
    spec("predicted", "They may ask", FieldKind::Long, "the questions that you expect"),
];

const SHARE: &[FieldSpec] = &[
    spec("who", "Who", FieldKind::Person, "").needed(),
    spec("hours", "Hours", FieldKind::Length, "empty follows the request's estimate"),
    spec("left", "Left", FieldKind::Length, "hours left from this morning on; empty goes by plan"),
    spec("from", "First day", FieldKind::Day, "").needed(),
    spec("to", "Last day", FieldKind::Day, "").needed(),
    spec("shape", "Shape", FieldKind::Shape, "even, front, back, or so much a day: 3h a day"),
    spec("tentative", "Not yet sure", FieldKind::YesNo, "yes: a second layer that is never blended in"),
];

/// The fields of a record.
pub fn of(target: &Target) -> Vec<FieldSpec> {
    match target {
        Target::Request(_) | Target::NewRequest => Field::ALL.iter().map(|field| request(*field)).collect(),
        Target::Person(_) | Target::NewPerson | Target::NewRole => PERSON.to_vec(),
        Target::Meeting(_) | Target::NewMeeting => MEETING.to_vec(),
        Target::Share(_) => SHARE.to_vec(),
        Target::Entry(key) => key.kind().map_or_else(Vec::new, entry),
        Target::NewEntry(kind, _) => entry(*kind),
    }
}

fn entry(kind: Kind) -> Vec<FieldSpec> {
    kinds::form_fields(kind).copied().collect()
}

const fn spec(name: &'static str, title: &'static str, kind: FieldKind, hint: &'static str) -> FieldSpec {
    field(title).hint(hint).declared(name, "", kind)
}

fn request(field: Field) -> FieldSpec {
    let hint = match field {
        Field::Outcome => "what will be different if this works: Lift trial sign-ups by 8 % by June",
        Field::Measure => "how you would notice: a number, or a plain yes or no",
        Field::Audience => "who must do or think something new",
        Field::Message => "the one thing to say",
        Field::Due => "fri, +3d, 12 dec, eom",
        Field::Hard => "yes: the day cannot move",
        Field::Because => "what happens on that day",
        Field::Decider => "the one person who approves it",
        Field::Inputs => "copy, files and legal text: there, or when",
        Field::Value | Field::Criticality | Field::Risk => "1, 2, 3, 5, 8, 13 or 20",
        Field::Estimate => "6h, 2d, 90m",
        Field::Left => "hours left from this morning on; empty goes by plan",
        Field::Order => "a number puts it there in the queue, before the score",
        Field::Blocked => "what it waits for",
        Field::Result => "what came of it, once it is out: trial sign-ups 410 to 431",
        Field::OutcomeKey => "the outcome that it is for: O-3",
        _ => "",
    };
    let declared = spec(field.name(), field.title(), FieldKind::Request(field), hint);
    if field == Field::Title { declared.needed() } else { declared }
}
