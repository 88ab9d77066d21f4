//! Every record as a sheet of text fields: what a form shows, how each text is checked and echoed, and how
//! the changed ones become one operation. Forms know nothing else of a record.

pub mod entries;
mod fields;
mod read;
mod save;
mod value;

pub use crate::domain::person::week_text;
pub use save::Texts;

use crate::domain::bounds;
use crate::domain::field::Field;
use crate::domain::ids::{AbsenceId, AllocationId, HolidayId, PersonId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::person::Person;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::words::Reading;

/// Which record a sheet is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A request.
    Request(RequestId),
    /// One to be.
    NewRequest,
    /// A person or role.
    Person(PersonId),
    /// One to be.
    NewPerson,
    /// A placeholder to be.
    NewRole,
    /// An absence.
    Absence(AbsenceId),
    /// One to be, of somebody if known.
    NewAbsence(Option<PersonId>),
    /// A holiday.
    Holiday(HolidayId),
    /// One to be.
    NewHoliday,
    /// A meeting.
    Meeting(OccurrenceKey),
    /// One to be.
    NewMeeting,
    /// Somebody's share of a request.
    Share(AllocationId),
    /// A record of the books.
    Entry(RecordKey),
    /// One to be, with what is known of it already.
    NewEntry(Kind, Texts),
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text,
    /// Words that may be many.
    Long,
    /// A day, as people write it.
    Day,
    /// A day that may stay open.
    OptionalDay,
    /// A time of day.
    Time,
    /// Working time that may stay open.
    Length,
    /// A meeting's minutes.
    Minutes,
    /// Hours by weekday.
    Week,
    /// A part of the time, 0.01 to 1.
    Factor,
    /// Somebody in the team.
    Person,
    /// Yes or no.
    YesNo,
    /// How work lies in its window.
    Shape,
    /// One of a closed set.
    Choice(&'static [&'static str]),
    /// A number.
    Number,
    /// 0 to 100.
    Percent,
    /// 1 to 3.
    Third,
    /// The key of a record.
    Key,
    /// Somebody's name.
    Name,
    /// A field of a request, with its own rules.
    Request(Field),
}

/// One field of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Stable name.
    pub name: &'static str,
    /// What a form calls it.
    pub title: &'static str,
    /// What it takes.
    pub value: Value,
    /// Without it there is no record.
    pub is_needed: bool,
    /// What it is for, where its title does not say it.
    pub hint: &'static str,
}

/// A record as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which record.
    pub target: Target,
    /// What the form is called.
    pub title: String,
    /// Fields with what stands in them.
    pub rows: Vec<(FieldSpec, String)>,
}

/// What is needed to understand a text.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Today and the length of a day.
    pub reading: &'a Reading,
    /// Who there is.
    pub people: &'a [Person],
}

/// Checks what was typed into a field; gives what was understood where that is more than what was typed.
///
/// # Errors
/// A sentence: what is wrong and what would be right.
pub fn check(spec: &FieldSpec, typed: &str, around: Around<'_>) -> Result<Option<String>, String> {
    if typed.trim().is_empty() {
        return if spec.is_needed {
            Err(format!("{} is needed", spec.title.to_lowercase()))
        } else {
            Ok(None)
        };
    }
    match bounds::too_long(typed.trim().len(), bounds::TEXT, "a text") {
        Some(message) => Err(message),
        None => value::echo(spec.value, typed, around),
    }
}

/// What a field can be completed to, from what is there.
#[must_use]
pub fn choices(value: Value) -> Vec<&'static str> {
    match value {
        Value::Choice(names) => names.to_vec(),
        Value::YesNo | Value::Request(Field::Hard) => vec!["yes", "no"],
        Value::Shape => vec!["even", "front", "back", "4h a day"],
        Value::Request(Field::Lever) => crate::domain::lever::Lever::NAMES.to_vec(),
        _ => Vec::new(),
    }
}

impl Value {
    /// True if it may take many lines.
    #[must_use]
    pub const fn is_long(self) -> bool {
        matches!(self, Self::Long | Self::Request(Field::Ask | Field::Notes | Field::Outcome | Field::Inputs))
    }
}

const fn needed(name: &'static str, title: &'static str, value: Value, hint: &'static str) -> FieldSpec {
    FieldSpec { name, title, value, is_needed: true, hint }
}

const fn may(name: &'static str, title: &'static str, value: Value, hint: &'static str) -> FieldSpec {
    FieldSpec { name, title, value, is_needed: false, hint }
}
