//! Who is meant: people found by what somebody calls them.

use super::OpsError;
use crate::domain::ids::PersonId;
use crate::domain::matching::{NameMatch, match_person};
use crate::domain::person::Person;
use crate::plain;

/// The one of the team who is meant by what somebody typed.
///
/// # Errors
/// [`OpsError::Rejected`] if that could be several, with how to say which; [`OpsError::NotFound`] if it is nobody, with
/// who comes near or who there is.
pub fn find_person<'a>(people: &'a [Person], who: &str) -> Result<&'a Person, OpsError> {
    // A whole mail may be typed here by mistake; the error repeats only its beginning, without control characters.
    let typed = plain::cut(who.trim(), 40);
    let told = |person: &&Person| format!("@{} ({})", person.handle, person.name);
    let list = |all: &[&Person]| all.iter().map(told).collect::<Vec<_>>().join(" or ");
    let nobody = |hint: String| OpsError::NotFound {
        message: format!("nobody is called `{typed}`"),
        hint: Some(hint),
    };
    // Who could be several, or only comes near, is asked back and never taken: hours given to the wrong person
    // would look as if they had been meant.
    match match_person(people, who) {
        NameMatch::One(person) => Ok(person),
        NameMatch::Ambiguous(all) => Err(OpsError::rejected(
            format!("`{typed}` could be {}", list(&all)),
            "Say which one by the handle behind @, whole.",
        )),
        NameMatch::Near(all) => Err(nobody(format!("Did you mean {}?", list(&all)))),
        NameMatch::Nobody if people.is_empty() => Err(nobody(
            "Nobody is there yet: `tablesetter person add NAME --handle H --discipline D`.".to_owned(),
        )),
        NameMatch::Nobody => {
            let known: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
            Err(nobody(format!("There are {}.", plain::cut(&known.join(", "), 200))))
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
        assert_eq!(found("Lind, Zoë").as_deref(), Some("zoe"), "in whatever order");
        for who in ["an", "", "@", "zoi"] {
            assert_eq!(found(who), None, "{who}");
        }
    }

    #[test]
    fn who_could_be_several_is_asked_and_who_comes_near_is_named() {
        let mut desk = studio();
        join(&mut desk, "Robert Hale", "copy");
        join(&mut desk, "Robin Ek", "film");
        let people = desk.store.people().unwrap();
        let error = find_person(&people, "@rob").unwrap_err();
        assert_eq!(error.to_string(), "`@rob` could be @robert (Robert Hale) or @robin (Robin Ek)");
        assert_eq!((error.exit_code(), error.hint().unwrap().contains("handle")), (5, true));
        let error = find_person(&people, "Robert Hall").unwrap_err();
        assert_eq!(error.hint().unwrap(), "Did you mean @robert (Robert Hale)?");
        assert_eq!(error.exit_code(), 3);
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
