//! Who is meant: people found by what somebody calls them.

use super::OpsError;
use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::plain;

/// Finds a person by handle, by name, or by an unambiguous beginning of either.
///
/// # Errors
/// [`OpsError::NotFound`] naming who there is.
pub fn find_person<'a>(people: &'a [Person], who: &str) -> Result<&'a Person, OpsError> {
    let wanted = crate::domain::words::fold(who.trim().trim_start_matches('@'));
    let name = |person: &Person| crate::domain::words::fold(&person.name);
    let exact = |person: &&Person| {
        person.handle == wanted || name(person) == wanted || person.email.to_lowercase() == wanted
    };
    if let Some(person) = people.iter().find(exact) {
        return Ok(person);
    }
    let mut beginning = people.iter().filter(|person| {
        !wanted.is_empty() && (person.handle.starts_with(&wanted) || name(person).starts_with(&wanted))
    });
    if let (Some(person), None) = (beginning.next(), beginning.next()) {
        Ok(person)
    } else {
        let known: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
        let hint = if known.is_empty() {
            "Nobody is there yet: `tablesetter person add NAME --handle H --discipline D`.".to_owned()
        } else {
            format!("There are {}.", plain::cut(&known.join(", "), 200))
        };
        Err(OpsError::NotFound {
            message: format!("nobody is called `{}`", plain::cut(who, 40)),
            hint: Some(hint),
        })
    }
}

/// The handle of a person.
#[must_use]
pub fn handle(people: &[Person], id: PersonId) -> String {
    people
        .iter()
        .find(|person| person.id == id)
        .map_or_else(|| "nobody".to_owned(), |person| person.handle.clone())
}
