//! The fields of each kind of record, in the order of its form.

use super::{FieldSpec, Target, Value, entries, may, needed};
use crate::domain::field::Field;
use crate::domain::meeting::MeetingKind;

const PERSON: &[FieldSpec] = &[
    needed("name", "Name", Value::Text, ""),
    may("handle", "Handle", Value::Text, "one short word to type after @; empty is the first name"),
    may("discipline", "Discipline", Value::Text, "design, copy, motion, production …"),
    may("hours", "Hours Mo–Su", Value::Week, "8 8 8 8 8, or seven with the weekend"),
    may("from", "Hours from", Value::OptionalDay, "the day from which these hours hold; empty is today"),
    may("factor", "Planned part", Value::Factor, "0.8 plans four fifths of the time"),
    may("first", "First day", Value::OptionalDay, ""),
    may("last", "Last day", Value::OptionalDay, "who leaves stays in the past and is not planned after it"),
    may("email", "E-mail", Value::Text, "imports recognise people by it"),
    may("role", "Placeholder", Value::YesNo, "yes: a role that stands for somebody not yet found"),
];

const ABSENCE: &[FieldSpec] = &[
    needed("who", "Who", Value::Person, ""),
    needed("from", "First day", Value::Day, ""),
    may("to", "Last day", Value::OptionalDay, "empty is the first day alone"),
    may("hours", "Hours a day", Value::Length, "empty is the whole day"),
    may("tentative", "Not yet sure", Value::YesNo, "yes: shown, and takes nothing from the time there is"),
    may("note", "Note", Value::Text, "leave, training, school …"),
];

const HOLIDAY: &[FieldSpec] = &[
    needed("name", "Name", Value::Text, ""),
    needed("from", "First day", Value::Day, ""),
    may("to", "Last day", Value::OptionalDay, "empty is the first day alone"),
];

const MEETING: &[FieldSpec] = &[
    needed("title", "Title", Value::Text, ""),
    needed("day", "Day", Value::Day, ""),
    needed("time", "From", Value::Time, ""),
    needed("minutes", "Minutes", Value::Minutes, ""),
    may("with", "Who comes", Value::Text, "names parted by commas"),
    may("kind", "Kind of room", Value::Choice(MeetingKind::NAMES), "empty is guessed from the title"),
    may("series", "Series", Value::Text, "what the reflections of this row of meetings stand under"),
    may("intent", "Intent", Value::Long, "what should be different when you leave the room"),
    may("if-then", "If-then", Value::Long, "If they count, then I ask what changes for the store"),
    may("predicted", "They may ask", Value::Long, "the questions that you expect"),
];

const SHARE: &[FieldSpec] = &[
    needed("who", "Who", Value::Person, ""),
    may("hours", "Hours", Value::Length, "empty follows the request's estimate"),
    may("left", "Left", Value::Length, "hours left from this morning on; empty goes by plan"),
    needed("from", "First day", Value::Day, ""),
    needed("to", "Last day", Value::Day, ""),
    may("shape", "Shape", Value::Shape, "even, front, back, or so much a day: 3h a day"),
    may("tentative", "Not yet sure", Value::YesNo, "yes: a second layer that is never blended in"),
];

/// The fields of a record.
pub fn of(target: &Target) -> Vec<FieldSpec> {
    match target {
        Target::Request(_) | Target::NewRequest => Field::ALL.iter().map(|field| request(*field)).collect(),
        Target::Person(_) | Target::NewPerson | Target::NewRole => PERSON.to_vec(),
        Target::Absence(_) | Target::NewAbsence(_) => ABSENCE.to_vec(),
        Target::Holiday(_) | Target::NewHoliday => HOLIDAY.to_vec(),
        Target::Meeting(_) | Target::NewMeeting => MEETING.to_vec(),
        Target::Share(_) => SHARE.to_vec(),
        Target::Entry(key) => key.kind().map_or_else(Vec::new, |kind| entries::of(kind).to_vec()),
        Target::NewEntry(kind, _) => entries::of(*kind).to_vec(),
    }
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
    let is_needed = field == Field::Title;
    FieldSpec { name: field.name(), title: field.title(), value: Value::Request(field), is_needed, hint }
}
