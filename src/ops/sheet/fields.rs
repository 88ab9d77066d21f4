//! The fields of each kind of record, in the order of its form.

use super::{FieldKind, FieldSpec};
use crate::domain::field::Field;
use crate::domain::record::field;

const fn spec(name: &'static str, title: &'static str, kind: FieldKind, hint: &'static str) -> FieldSpec {
    field(title).hint(hint).declared(name, "", kind)
}

/// A field of a request as a form has it.
pub fn request(field: Field) -> FieldSpec {
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
