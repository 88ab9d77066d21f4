//! Whom a filter asks for that nobody is called: no fault of the filter, which may be kept for somebody who
//! is yet to come, but the likely reason that nothing fits it.

use super::read;
use super::schema::{self, Takes, Vocabulary, Whose};
use crate::domain::bounds;
use crate::domain::influence::Stakeholder;
use crate::domain::matching::{NameIndex, NameMatch, Nameable};
use crate::domain::person::Person;
use crate::domain::record::{FieldKind, Fields};
use crate::domain::request::{Field, Request};
use crate::domain::words::{ParseContext, did_you_mean, fold, has_beginning, letters};

/// A name that nobody has, nor had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// Letters before the word that asks for it.
    pub at: usize,
    /// Letters before what follows that word.
    pub end: usize,
    whose: Whose,
    name: String,
    /// Handles or names that come nearest.
    near: Vec<String>,
}

impl std::fmt::Display for Stranger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nobody = match self.whose {
            Whose::Team => "nobody is called".to_owned(),
            Whose::Anybody => "nobody here is called".to_owned(),
            Whose::Value(word) => format!("no {word} here is"),
        };
        write!(f, "{nobody} `{}`{}", bounds::named(&self.name), did_you_mean(&self.near))
    }
}

/// Who there is, to be compared with the names that a filter asks for.
pub struct Roster<'a> {
    /// Everybody who is or was in the team.
    pub people: &'a [Person],
    pub stakeholders: &'a [Stakeholder],
    /// The names that stand anywhere in a field for one; gathered only for a name that nobody of the others has.
    pub said: &'a dyn Fn() -> Vec<String>,
    /// The values that stand in the field of a word.
    pub values: &'a dyn Fn(&str) -> Vec<String>,
}

/// The names that a filter asks for and that nobody has.
pub fn strangers(
    text: &str,
    vocabulary: &Vocabulary,
    reading: &ParseContext,
    roster: &Roster<'_>,
) -> Vec<Stranger> {
    let asked = read::names(text, vocabulary, reading).into_iter();
    asked
        .filter_map(|asked| {
            let near = match asked.whose {
                Whose::Team => roster.near_in_team(&asked.name)?,
                Whose::Anybody => roster.near_anybody(&asked.name)?,
                Whose::Value(word) => roster.near_value(word, &asked.name)?,
            };
            let name = bounds::named(&asked.name);
            Some(Stranger { at: asked.at, end: asked.end, whose: asked.whose, name, near })
        })
        .collect()
}

impl Roster<'_> {
    fn has_in_team(&self, folded: &str) -> bool {
        let fits =
            |person: &Person| has_beginning(&person.handle, folded) || has_beginning(&person.name, folded);
        self.people.iter().any(fits)
    }

    /// The handles that come near a name; `None` if somebody of the team has it.
    fn near_in_team(&self, name: &str) -> Option<Vec<String>> {
        let handle = |person: &Person| person.handle.clone();
        (!self.has_in_team(&fold(name))).then(|| nearest(self.people, name, handle))
    }

    /// The value that comes near one; `None` if it is there, or nothing is that it could be compared with.
    fn near_value(&self, word: &str, value: &str) -> Option<Vec<String>> {
        let (mut values, folded) = ((self.values)(word), fold(value));
        values.retain(|known| !known.trim().is_empty());
        // As the filter looks for it: a tag is a whole word, all else stands somewhere in a text.
        let is_it = |known: &String| {
            let known = fold(known);
            if word == "tag" { known == folded } else { known.contains(&folded) }
        };
        if values.is_empty() || values.iter().any(is_it) {
            return None;
        }
        let all: Vec<String> = values.iter().map(|known| fold(known)).collect();
        let names: Vec<&str> = all.iter().map(String::as_str).collect();
        let near = letters::nearest(&folded, &names);
        let place = near.and_then(|near| all.iter().position(|known| *known == near));
        Some(place.map(|place| values[place].clone()).into_iter().collect())
    }

    /// The names that come near one; `None` if anybody has it.
    fn near_anybody(&self, name: &str) -> Option<Vec<String>> {
        let folded = fold(name);
        let is_known =
            |known: &Stakeholder| has_beginning(&known.name, &folded) || has_beginning(&known.also, &folded);
        if self.has_in_team(&folded) || self.stakeholders.iter().any(is_known) {
            return None;
        }
        let mut said = (self.said)();
        if said.iter().any(|said| has_beginning(said, &folded)) {
            return None;
        }
        said.sort_unstable();
        said.dedup();
        // What is written there first, since that is what the filter will find.
        let near = nearest(&said, name, Clone::clone);
        let near =
            if near.is_empty() { nearest(self.stakeholders, name, |one| one.name.clone()) } else { near };
        Some(if near.is_empty() { nearest(self.people, name, |one| one.name.clone()) } else { near })
    }
}

/// Whoever comes near a name: by another name of theirs, or by a slip of the hand.
fn nearest<T: Nameable>(all: &[T], name: &str, told: impl Fn(&T) -> String) -> Vec<String> {
    let near = match NameIndex::of(all).find(name) {
        NameMatch::One(one) => vec![one],
        NameMatch::Ambiguous(some) | NameMatch::Near(some) => some,
        NameMatch::Nobody => Vec::new(),
    };
    near.into_iter().map(|place| told(&all[place])).collect()
}

/// The names in the fields of a record that are declared to hold one.
pub fn names_of<R: Fields>(record: &R) -> impl Iterator<Item = String> {
    let named = R::FIELDS.iter().filter(|field| field.kind == FieldKind::Name);
    named.map(|field| record.get(field.name)).filter(|name| !name.is_empty())
}

/// Those in the fields of a request.
pub fn names_of_request(request: &Request) -> impl Iterator<Item = String> {
    let named = schema::requests().words.iter().filter(|word| word.takes == Takes::Name(Whose::Anybody));
    let texts = named.filter_map(|word| word.name.parse::<Field>().ok()?.text(request));
    texts.filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{Kind, TableRow};

    #[test]
    fn names_that_nobody_has_are_told_with_the_nearest() {
        let called = [("ana", "Ana Ruiz"), ("bo", "Bo Ek"), ("mara", "Mara Lind")];
        let people = called.map(|(handle, name)| Person::called(1, handle, name));
        for (text, told) in [
            ("@anna", "5: nobody is called `anna`; did you mean `ana`?"),
            ("t1 -person:anna", "15: nobody is called `anna`; did you mean `ana`?"),
            ("who:\"Marra Lind\"", "16: nobody is called `Marra Lind`; did you mean `mara`?"),
            ("(@ana|zoë or held:xerxes)", "9: nobody is called `zoë`; 24: nobody is called `xerxes`"),
            ("@ana @AN @ruiz person:none who:any @me @bo|mara", ""),
            ("#anna anna 10:30 https://x.example/@anna", ""),
            ("tire:1 @anna", "12: nobody is called `anna`; did you mean `ana`?"),
            ("", ""),
        ] {
            let values = |_: &str| Vec::new();
            let roster = Roster { people: &people, stakeholders: &[], said: &Vec::new, values: &values };
            let found = strangers(text, schema::requests(), &ParseContext::monday(), &roster);
            let said: Vec<String> = found.iter().map(|one| format!("{}: {one}", one.end)).collect();
            assert_eq!(said.join("; "), told, "{text}");
        }
    }

    #[test]
    fn every_field_for_a_name_is_compared_with_whoever_can_stand_there() {
        let people = [Person::called(1, "ana", "Ana Ruiz")];
        let mut owen = Stakeholder::blank(ParseContext::monday().today);
        owen.name = "Owen Price".to_owned();
        let stakeholders = [owen];
        let said = || vec!["Maya Lind".to_owned(), "Maya Lind".to_owned(), "Legal".to_owned()];
        let values = |word: &str| match word {
            "discipline" => vec!["design".to_owned(), "motion".to_owned()],
            "tag" => vec!["retail".to_owned(), "key-visual".to_owned()],
            _ => Vec::new(),
        };
        let roster = Roster { people: &people, stakeholders: &stakeholders, said: &said, values: &values };
        let of = schema::of_kind;
        for (vocabulary, text, told) in [
            (schema::people(), "discipline:dezign", "no discipline here is `dezign`; did you mean `design`?"),
            (schema::people(), "discipline:des|MOT", ""),
            (
                schema::requests().clone(),
                "#retial tag:retail brand:x",
                "no tag here is `retial`; did you mean `retail`?",
            ),
            (schema::requests().clone(), "#key", "no tag here is `key`; did you mean `key-visual`?"),
            (
                schema::requests().clone(),
                "requester:maja",
                "nobody here is called `maja`; did you mean `Maya Lind`?",
            ),
            (
                schema::requests().clone(),
                "decider:owne",
                "nobody here is called `owne`; did you mean `Owen Price`?",
            ),
            (
                schema::requests().clone(),
                "requester:legal owner:owen requester:anna",
                "nobody here is called `anna`; did you mean `Ana Ruiz`?",
            ),
            (
                schema::requests().clone(),
                "requester:ana -requester:mayy",
                "nobody here is called `mayy`; did you mean `Maya Lind`?",
            ),
            (schema::meetings(), "with:owenn", "nobody here is called `owenn`; did you mean `Owen Price`?"),
            (schema::meetings(), "@price", ""),
            (schema::people(), "@anna", "nobody is called `anna`; did you mean `ana`?"),
            (schema::people(), "name:ruitz", "nobody is called `ruitz`; did you mean `ana`?"),
            (of(Kind::Absence), "who:anna", "nobody is called `anna`; did you mean `ana`?"),
            (of(Kind::Outcome), "owner:owenn", "nobody here is called `owenn`; did you mean `Owen Price`?"),
            (of(Kind::Decision), "@owenn", "nobody here is called `owenn`; did you mean `Owen Price`?"),
            (of(Kind::Promise), "to:mayya", "nobody here is called `mayya`; did you mean `Maya Lind`?"),
            (
                of(Kind::Stakeholder),
                "name:owenn",
                "nobody here is called `owenn`; did you mean `Owen Price`?",
            ),
        ] {
            let found = strangers(text, &vocabulary, &ParseContext::monday(), &roster);
            let said: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(said.join("; "), told, "{text}");
        }
    }
}
