//! Whom a filter of requests asks for that nobody is called: no fault of the filter, which may be kept for somebody who
//! is yet to come, but the likely reason that nothing fits it.

use super::{read, schema};
use crate::domain::bounds;
use crate::domain::matching::{NameMatch, match_person};
use crate::domain::person::Person;
use crate::domain::words::{ParseContext, fold, holds};

/// A name that no person has, nor had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// Letters before the word that asks for it.
    pub at: usize,
    /// Letters before what follows that word.
    pub end: usize,
    name: String,
    /// The handles that come nearest.
    near: Vec<String>,
}

impl std::fmt::Display for Stranger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "nobody is called `{}`", bounds::named(&self.name))?;
        if self.near.is_empty() { Ok(()) } else { write!(f, ": did you mean {}?", self.near.join(" or ")) }
    }
}

/// The names that a filter asks for and that fit nobody of `people`, who are all that there are or were.
pub fn strangers(text: &str, reading: &ParseContext, people: &[Person]) -> Vec<Stranger> {
    let asked =
        read::names(text, schema::requests(), reading).into_iter().filter(|asked| asked.word == "person");
    let fits = |person: &Person, folded: &str| holds(&person.handle, folded) || holds(&person.name, folded);
    let strange = asked.filter(|asked| {
        let folded = fold(&asked.name);
        !people.iter().any(|person| fits(person, &folded))
    });
    strange
        .map(|asked| {
            // By another name of theirs, or by a slip of the hand.
            let near = match match_person(people, &asked.name) {
                NameMatch::One(one) => vec![one],
                NameMatch::Ambiguous(some) | NameMatch::Near(some) => some,
                NameMatch::Nobody => Vec::new(),
            };
            let near = near.into_iter().map(|person| person.handle.clone()).collect();
            Stranger { at: asked.at, end: asked.end, name: bounds::named(&asked.name), near }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_nobody_has_are_told_with_the_nearest() {
        let called = [("ana", "Ana Ruiz"), ("bo", "Bo Ek"), ("mara", "Mara Lind")];
        let people = called.map(|(handle, name)| Person::called(1, handle, name));
        for (text, told) in [
            ("@anna", "5: nobody is called `anna`: did you mean ana?"),
            ("t1 -person:anna", "15: nobody is called `anna`: did you mean ana?"),
            ("who:\"Marra Lind\"", "16: nobody is called `Marra Lind`: did you mean mara?"),
            ("(@ana|zoë or held:xerxes)", "9: nobody is called `zoë`; 24: nobody is called `xerxes`"),
            ("@ana @AN @ruiz person:none who:any @me @bo|mara", ""),
            ("#anna requester:anna anna 10:30 https://x.example/@anna", ""),
            ("tire:1 @anna", "12: nobody is called `anna`: did you mean ana?"),
            ("", ""),
        ] {
            let found = strangers(text, &ParseContext::monday(), &people);
            let said: Vec<String> = found.iter().map(|one| format!("{}: {one}", one.end)).collect();
            assert_eq!(said.join("; "), told, "{text}");
        }
    }
}
