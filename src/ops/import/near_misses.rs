//! Names of a file that are nobody's here and come near somebody's. Each is told with whom it resembles; what is answered
//! is kept with that person, so that no later import asks again, whichever file or source it comes from.

use std::collections::{BTreeSet, HashSet};
use std::str::FromStr;

use super::Report;
use crate::domain::count::counted;
use crate::domain::influence::Stakeholder;
use crate::domain::matching::{NameIndex, NameMatch, Nameable};
use crate::domain::person::Person;
use crate::domain::words::fold;
use crate::ops::OpsError;
use crate::ops::team::find_person;
use crate::store::{StoreError, Tx};

/// So many comparisons of two names are made for one file: they go letter by letter.
const COMPARED: usize = 200_000;

/// Somebody here of whom a name may be a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The first line that has the name.
    pub row: usize,
    pub pair: NamePair,
    /// What the one who is here is called.
    pub called: String,
}

/// A name of a file, and somebody by handle or key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamePair {
    pub name: String,
    pub like: String,
}

impl FromStr for NamePair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // From the right: nobody's handle has such a sign in it, a name may.
        match text.rsplit_once('=').map(|(name, like)| (name.trim(), like.trim().trim_start_matches('@'))) {
            Some((name, like)) if !name.is_empty() && !like.is_empty() => {
                Ok(Self { name: name.to_owned(), like: like.to_owned() })
            }
            _ => Err(format!("`{text}` is not NAME=WHO, as in \"Anna Kowalsky=ana\" or \"Owen Prise=S-3\"")),
        }
    }
}

/// What was answered about names that come near.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameAnswers {
    /// The name means that person.
    pub same: BTreeSet<NamePair>,
    /// It means somebody else.
    pub not_same: BTreeSet<NamePair>,
}

/// Somebody whom names can be told to mean.
enum Known {
    Person(Person),
    Stakeholder(Stakeholder),
}

impl Known {
    /// By handle or key first, since those are one person's alone.
    fn find(tx: &Tx<'_>, who: &str) -> Result<Self, OpsError> {
        let (mut people, mut stakeholders) = (tx.people()?, tx.records::<Stakeholder>()?);
        let (team, asking) = (NameIndex::of(&people), NameIndex::of(&stakeholders));
        if let Some(place) = team.with_key(who) {
            return Ok(Self::Person(people.swap_remove(place)));
        }
        if let Some(place) = asking.with_key(who) {
            return Ok(Self::Stakeholder(stakeholders.swap_remove(place)));
        }
        match (team.exactly(who), asking.exactly(who)) {
            (NameMatch::Nobody, NameMatch::One(place)) => {
                Ok(Self::Stakeholder(stakeholders.swap_remove(place)))
            }
            _ => Ok(Self::Person(find_person(&people, who)?.clone())),
        }
    }

    /// Writes down what a name means; gives a sentence, or nothing if that was known.
    fn learn(self, tx: &Tx<'_>, name: &str, is_same: bool) -> Result<Option<String>, StoreError> {
        let said = |called: &str, key: &str| {
            let is = if is_same { "is" } else { "is not" };
            Some(format!("{name} {is} {called} ({key})"))
        };
        Ok(match self {
            Self::Person(mut person) => {
                if !put_name(&mut person.also, &mut person.told_apart, name, is_same) {
                    return Ok(None);
                }
                tx.put_person(&person)?;
                said(&person.name, &format!("@{}", person.handle))
            }
            Self::Stakeholder(mut one) => {
                if !put_name(&mut one.also, &mut one.told_apart, name, is_same) {
                    return Ok(None);
                }
                tx.put_record(&one)?;
                said(&one.name, &one.unique())
            }
        })
    }
}

/// Puts a name into one of two lists and out of the other; false if it stands so already.
fn put_name(also: &mut String, apart: &mut String, name: &str, is_same: bool) -> bool {
    let (to, from) = if is_same { (also, apart) } else { (apart, also) };
    let is_it = |known: &&str| fold(known) == fold(name);
    let list = |text: &str| -> Vec<String> {
        text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let mut held = list(to);
    let is_new = !held.iter().any(|known| is_it(&known.as_str()));
    if is_new {
        held.push(name.to_owned());
        *to = held.join("; ");
        let mut others = list(from);
        others.retain(|known| !is_it(&known.as_str()));
        *from = others.join("; ");
    }
    is_new
}

/// Keeps what was answered before the file is looked at; gives what is new of it, in sentences.
pub(super) fn learn(tx: &Tx<'_>, answers: &NameAnswers) -> Result<Vec<String>, OpsError> {
    let mut told = Vec::new();
    // In this order a name that was given both answers ends up as the same person: the later list takes it out of the
    // other.
    for (pairs, is_same) in [(&answers.not_same, false), (&answers.same, true)] {
        for NamePair { name, like } in pairs {
            // Names are kept in a list that these part.
            if name.contains([';', '\n']) {
                return Err(OpsError::rejected(
                    format!("`{name}` is more than one name"),
                    "Say it of each name alone.",
                ));
            }
            told.extend(Known::find(tx, like)?.learn(tx, name, is_same)?);
        }
    }
    Ok(told)
}

/// What an operation learned of names, at the end of its sentence.
pub(super) fn learned(answers: &[String]) -> String {
    if answers.is_empty() { String::new() } else { format!("; {}", answers.join(", ")) }
}

/// Names of one file that come near somebody's, each looked for once.
#[derive(Debug, Default)]
pub(super) struct NearMisses {
    pub found: Vec<NearMiss>,
    looked: HashSet<String>,
    compared: usize,
    /// Names for which no comparisons were left.
    not_compared: HashSet<String>,
}

impl NearMisses {
    /// Looks for those whom a name comes near that is nobody's exactly.
    pub fn look<T: Nameable>(&mut self, row: usize, name: &str, (index, all): (&NameIndex, &[T])) {
        let name = name.trim();
        if name.is_empty() || name.contains([';', '\n']) {
            return;
        }
        // The same name may be asked for among the team and among stakeholders.
        if !self.looked.insert(format!("{}\n{}", std::any::type_name::<T>(), fold(name))) {
            return;
        }
        if index.exactly(name) != NameMatch::Nobody {
            return;
        }
        if self.compared + all.len() > COMPARED {
            self.not_compared.insert(fold(name));
            return;
        }
        self.compared += all.len();
        self.found.extend(index.near(name).into_iter().filter_map(|place| {
            let known = all.get(place)?;
            let pair = NamePair { name: name.to_owned(), like: known.unique() };
            Some(NearMiss { row, pair, called: known.name().to_owned() })
        }));
    }
}

impl NearMisses {
    /// How many names were compared with nobody, since there were too many of them.
    fn left_uncompared(&self) -> Option<String> {
        let count = self.not_compared.len();
        if count == 0 {
            return None;
        }
        let names = counted(count, "name of this file was", "names of this file were");
        Some(format!(
            "{names} not compared letter by letter with the people here, as so many would take too long; a \
             slip in them is not asked about"
        ))
    }
}

impl NearMiss {
    /// `Anna Kowalsky: Ana Kowalski (@ana)?`
    pub fn question(&self) -> String {
        format!("{}: {} ({})?", self.pair.name, self.called, self.who())
    }

    /// The handle with its sign, or the key.
    pub fn who(&self) -> String {
        // Keys are in capitals, handles never.
        let is_key = self.pair.like.starts_with(char::is_uppercase);
        if is_key { self.pair.like.clone() } else { format!("@{}", self.pair.like) }
    }
}

impl Report {
    /// Takes what is asked about into the report, in the order of the file.
    pub(super) fn ask(&mut self, misses: NearMisses) {
        self.notes.extend(misses.left_uncompared());
        self.near = misses.found;
        self.near.sort_by_key(|miss| miss.row);
    }
}

#[cfg(test)]
pub mod tests;
