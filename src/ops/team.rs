//! Who is meant: people found by what somebody calls them.

use super::OpsError;
use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::domain::words::fold;
use crate::plain;

/// Finds a person by handle, by name, or by an unambiguous beginning of either.
///
/// # Errors
/// [`OpsError::NotFound`] naming who there is.
pub fn find_person<'a>(people: &'a [Person], who: &str) -> Result<&'a Person, OpsError> {
    let found = Called::all(people).find(who).map(|place| &people[place]);
    found.ok_or_else(|| {
        let known: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
        let hint = if known.is_empty() {
            "Nobody is there yet: `tablesetter person add NAME --handle H --discipline D`.".to_owned()
        } else {
            format!("There are {}.", plain::cut(&known.join(", "), 200))
        };
        OpsError::NotFound {
            message: format!("nobody is called `{}`", plain::cut(who, 40)),
            hint: Some(hint),
        }
    })
}

/// What people are called, ready to be compared: for whoever looks for many of them.
pub struct Called(Vec<[String; 3]>);

impl Called {
    /// The people by their places.
    pub fn all(people: &[Person]) -> Self {
        let called =
            |person: &Person| [person.handle.clone(), fold(&person.name), person.email.to_lowercase()];
        Self(people.iter().map(called).collect())
    }

    /// The place of the one who is called so, or who alone is called something that begins so.
    pub fn find(&self, who: &str) -> Option<usize> {
        let wanted = fold(who.trim().trim_start_matches('@'));
        if wanted.is_empty() {
            // It would be the address of whoever has none.
            return None;
        }
        if let Some(place) = self.0.iter().position(|called| called.contains(&wanted)) {
            return Some(place);
        }
        let begins =
            |[handle, name, _]: &[String; 3]| handle.starts_with(&wanted) || name.starts_with(&wanted);
        let mut beginning = self.0.iter().enumerate().filter(|(_, called)| begins(called));
        match (beginning.next(), beginning.next()) {
            (Some((place, _)), None) => Some(place),
            _ => None,
        }
    }
}

/// The handle of a person.
pub fn handle(people: &[Person], id: PersonId) -> String {
    people
        .iter()
        .find(|person| person.id == id)
        .map_or_else(|| "nobody".to_owned(), |person| person.handle.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{join, studio};

    #[test]
    fn somebody_is_found_by_what_they_are_called_or_how_only_theirs_begins() {
        let mut desk = studio();
        join(&mut desk, "Zoë Lind", "copy");
        join(&mut desk, "Anders Holm", "film");
        let people = desk.store.people().unwrap();
        let found = |who: &str| find_person(&people, who).ok().map(|person| person.handle.clone());
        for (who, handle) in [("@zoe", "zoe"), ("ZOE LIND", "zoe"), ("zoë l", "zoe"), (" anders ", "anders")]
        {
            assert_eq!(found(who).as_deref(), Some(handle), "{who}");
        }
        assert_eq!(found("ana").as_deref(), Some("ana"), "a whole handle before a beginning");
        for who in ["an", "", "@", "lind"] {
            assert_eq!(found(who), None, "{who}");
        }
    }

    #[test]
    fn whoever_is_not_there_is_told_with_those_who_are() {
        let desk = studio();
        let people = desk.store.people().unwrap();
        assert_eq!(find_person(&people, "zed").unwrap_err().hint().unwrap(), "There are ana, bo.");
        assert!(find_person(&[], "zed").unwrap_err().hint().unwrap().starts_with("Nobody is there yet"));
        assert_eq!(
            (handle(&people, PersonId(2)), handle(&people, PersonId(9))),
            ("bo".into(), "nobody".into())
        );
    }
}
