//! Fields as people type and see them. Somebody of the team is known to people by name and to a record by number.

use super::OpsError;
use super::team::{find_person, handle};
use crate::domain::person::Person;
use crate::domain::record::{FieldKind, FieldSpec, Fields};
use crate::domain::words::Reading;

/// Fields by name with what was typed.
pub type Words = [(&'static str, String)];

/// True if somebody of the team is named in one of the fields.
#[must_use]
pub fn names_people<F: Fields>() -> bool {
    F::FIELDS.iter().any(|field| field.kind == FieldKind::Person)
}

/// Sets the fields that were typed.
///
/// # Errors
/// The name of the field, what is wrong with its text and what would be right.
pub fn fill<F: Fields>(
    form: &mut F,
    words: &Words,
    people: &[Person],
    reading: &Reading,
) -> Result<(), OpsError> {
    for (name, text) in words {
        let is_person = F::FIELDS.iter().any(|field| field.name == *name && field.kind == FieldKind::Person);
        let text = if is_person { &find_person(people, text)?.id.to_string() } else { text };
        form.set(name, text, reading)
            .map_err(|message| OpsError::Rejected { message: format!("{name}: {message}"), hint: None })?;
    }
    Ok(())
}

/// A field as it could be typed.
#[must_use]
pub fn shown<F: Fields>(form: &F, field: &FieldSpec, people: &[Person]) -> String {
    let text = form.get(field.name);
    match text.parse() {
        Ok(id) if field.kind == FieldKind::Person => handle(people, id),
        _ => text,
    }
}

/// Every field of a form with its text.
#[must_use]
pub fn rows<F: Fields>(form: &F, people: &[Person]) -> Vec<(FieldSpec, String)> {
    let asked = F::FIELDS.iter().filter(|field| field.is_in_form());
    asked.map(|field| (*field, shown(form, field, people))).collect()
}
