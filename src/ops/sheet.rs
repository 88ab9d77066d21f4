//! Every record as a sheet of text fields: what a form shows, how each text is checked and echoed, and how
//! the changed ones become one operation. Forms know nothing else of a record.

mod read;
mod save;
mod source;
mod value;
mod view;

pub use save::Texts;
pub use view::typed_view;

use crate::domain::bounds;
use crate::domain::field::Field;
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::person::Person;
pub use crate::domain::record::{FieldKind, FieldSpec};
use crate::domain::record::{Kind, RecordKey};
use crate::domain::source::SourceId;
use crate::domain::view::View;
use crate::domain::words::ParseContext;
use crate::import::preset::BUILT_IN;
use crate::ops::sources::SourceStatus;

/// Which record a sheet is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormTarget {
    Request(RequestId),
    /// A request that is not stored yet.
    NewRequest,
    /// A person or role.
    Person(PersonId),
    /// A person who is not stored yet.
    NewPerson,
    /// A placeholder to be.
    NewRole,
    Meeting(OccurrenceKey),
    /// A meeting that is not stored yet.
    NewMeeting,
    /// Somebody's share of a request.
    Share(AllocationId),
    /// A source of data.
    Source(SourceId),
    /// A source that is not stored yet.
    NewSource,
    /// A saved view as it is or would be, which stands in the configuration; one without a name is new.
    View(Box<View>),
    /// A record of the books.
    Entry(RecordKey),
    /// One to be, with what is known of it already.
    NewEntry(Kind, Texts),
}

impl FormTarget {
    /// True if it is a source, in whose form an address may be typed.
    pub const fn is_source(&self) -> bool {
        matches!(self, Self::Source(_) | Self::NewSource)
    }
}

/// A record as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordForm {
    pub target: FormTarget,
    /// What the form is called.
    pub title: String,
    /// Fields with what stands in them.
    pub rows: Vec<(&'static FieldSpec, String)>,
}

/// What is needed to understand a text.
#[derive(Debug, Clone, Copy)]
pub struct FormContext<'a> {
    /// Today and the length of a day.
    pub reading: &'a ParseContext,
    pub people: &'a [Person],
    /// Sources as they stand, whose names are taken.
    pub sources: &'a [SourceStatus],
}

/// Checks what was typed into a field; gives what was understood where that is more than what was typed.
///
/// # Errors
/// A sentence: what is wrong and what would be right.
pub fn check(spec: &FieldSpec, typed: &str, around: FormContext<'_>) -> Result<Option<String>, String> {
    if typed.trim().is_empty() {
        return if spec.is_needed {
            Err(format!("{} is needed", spec.title.to_lowercase()))
        } else {
            Ok(None)
        };
    }
    match bounds::too_long(typed.trim().len(), bounds::TEXT, "a text") {
        Some(message) => Err(message),
        None if spec.name == "handle" => {
            // As nobody's: a form does not check what stood there before, so somebody's own handle never comes
            // here.
            super::people::check_free(around.people, typed, "", PersonId(0))?;
            value::echo(spec, typed, around)
        }
        None => value::echo(spec, typed, around),
    }
}

/// What is wrong with a form beside what each of its fields says itself: the field, and a sentence.
pub fn fault(target: &FormTarget, texts: &Texts, around: FormContext<'_>) -> Option<(&'static str, String)> {
    match target {
        FormTarget::View(view) => typed_view(view, texts, around).err(),
        _ => source::fault(target, texts, around),
    }
}

/// What a field can be completed to, from what is there.
pub fn choices(spec: &FieldSpec) -> Vec<&'static str> {
    match (spec.kind, Field::of(spec)) {
        (FieldKind::Choice(names), _) => names.to_vec(),
        (FieldKind::YesNo, _) | (_, Some(Field::Hard)) => vec!["yes", "no"],
        (FieldKind::Text, None) if spec.name == "preset" => {
            BUILT_IN.iter().filter_map(|(file, _)| file.strip_suffix(".toml")).collect()
        }
        (FieldKind::Shape, _) => vec!["even", "front", "back", "4h a day"],
        (_, Some(Field::Lever)) => crate::domain::lever::Lever::NAMES.to_vec(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
