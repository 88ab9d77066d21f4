//! Whoever asks in a file and is no stakeholder yet: told with how often they ask, and made stakeholders in the same
//! operation where that is wanted.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::near_misses::NearMiss;
use crate::domain::count::counted;
use crate::domain::ids::RequestId;
use crate::domain::influence::Stakeholder;
use crate::domain::matching::{Contact, NameIndex, NameMatch, is_nobody};
use crate::domain::record::TableRow;
use crate::import::field::Field;
use crate::store::{StoreError, Tx};

/// So many are compared with each other, letter by letter.
const COMPARED: usize = 200;
/// So many are named in a sentence.
const NAMED: usize = 6;

/// Who asks and is no stakeholder, of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewRequesters {
    /// Each with how many requests are theirs, the most first.
    pub names: Vec<(String, usize)>,
    /// Two of them who are much like each other.
    pub alike: Vec<(String, String)>,
    /// They become stakeholders with the import.
    pub are_taken: bool,
}

impl NewRequesters {
    /// `Sales (3), Kim Oh (2) and 4 more`
    pub fn told(&self) -> String {
        let named: Vec<String> =
            self.names.iter().take(NAMED).map(|(name, count)| format!("{name} ({count})")).collect();
        let more = self.names.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", named.join(", "))
    }

    /// How many they are, and what they are not yet: `7 requesters are no stakeholders yet`.
    pub fn counted(&self) -> String {
        counted(self.names.len(), "requester is no stakeholder yet", "requesters are no stakeholders yet")
    }

    /// A sentence about those who may be one person twice.
    pub fn doubts(&self) -> Option<String> {
        let pairs: Vec<String> =
            self.alike.iter().take(NAMED).map(|(one, other)| format!("{one} and {other}")).collect();
        (!pairs.is_empty()).then(|| format!("much alike among them: {}", pairs.join("; ")))
    }
}

/// Collects them row by row.
#[derive(Debug)]
pub(super) struct Requesters {
    today: NaiveDate,
    names: NameIndex,
    all: Vec<(Stakeholder, usize)>,
    /// Texts that were looked at, with the place of whoever is meant.
    known: HashMap<String, Option<usize>>,
    /// Requests in which they are written otherwise than they will be called.
    spelled: Vec<(RequestId, usize)>,
}

impl Requesters {
    pub fn new(today: NaiveDate) -> Self {
        Self {
            today,
            names: NameIndex::of::<Stakeholder>(&[]),
            all: Vec::new(),
            known: HashMap::new(),
            spelled: Vec::new(),
        }
    }

    /// Counts a request for whoever asked, unless they are a stakeholder.
    pub fn note(&mut self, request: RequestId, requester: &str, stakeholders: &NameIndex) {
        let place = if let Some(place) = self.known.get(requester) {
            *place
        } else {
            let place = self.place(requester, stakeholders);
            self.known.insert(requester.to_owned(), place);
            place
        };
        if let Some(place) = place {
            self.all[place].1 += 1;
            if self.all[place].0.name != requester {
                self.spelled.push((request, place));
            }
        }
    }

    fn place(&mut self, requester: &str, stakeholders: &NameIndex) -> Option<usize> {
        let contact = Contact::read(requester);
        // Several people in one cell are no one stakeholder.
        let is_one =
            !requester.contains([';', '\n', '&']) && contact.called().contains(char::is_alphanumeric);
        if !is_one || is_nobody(requester) || stakeholders.exactly(requester) != NameMatch::Nobody {
            return None;
        }
        match self.names.exactly(requester) {
            NameMatch::One(place) => {
                let one = &mut self.all[place].0;
                // Some rows have the address and others only the name.
                if one.email.is_empty() {
                    one.email = contact.address;
                    self.names.replace(place, one);
                }
                Some(place)
            }
            NameMatch::Ambiguous(_) => None,
            NameMatch::Near(_) | NameMatch::Nobody => {
                let one = Stakeholder {
                    name: contact.called().to_owned(),
                    email: contact.address,
                    ..Stakeholder::blank(self.today)
                };
                self.names.push(&one);
                self.all.push((one, 0));
                Some(self.all.len() - 1)
            }
        }
    }

    /// Whoever may be somebody who is there is asked about first, and is no new one until that is said.
    pub fn leave_open(&mut self, near: &[NearMiss]) {
        let open: HashSet<&str> = near.iter().map(|miss| miss.pair.name.as_str()).collect();
        for (text, place) in &self.known {
            if let Some(place) = place
                && open.contains(text.trim())
            {
                self.all[*place].1 = 0;
            }
        }
    }

    fn new_ones(&self) -> impl Iterator<Item = (usize, &Stakeholder, usize)> {
        let counted = self.all.iter().enumerate().filter(|(_, (_, count))| *count > 0);
        counted.map(|(place, (one, count))| (place, one, *count))
    }

    pub fn told(&self, are_taken: bool) -> NewRequesters {
        let mut names: Vec<(String, usize)> =
            self.new_ones().map(|(_, one, count)| (one.name.clone(), count)).collect();
        names.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let mut alike = Vec::new();
        if self.all.len() <= COMPARED {
            for (place, one, _) in self.new_ones() {
                // Each comes near the other; the pair is told once.
                let others = self.names.near(&one.name).into_iter().filter(|other| *other > place);
                alike.extend(others.map(|other| (one.name.clone(), self.all[other].0.name.clone())));
            }
        }
        NewRequesters { names, alike, are_taken }
    }

    /// Makes each of them a stakeholder, and calls them so in their requests, as the next import would; gives how many.
    pub fn add(&self, tx: &Tx<'_>) -> Result<usize, StoreError> {
        let mut added = 0;
        for (_, one, _) in self.new_ones() {
            tx.add_record(&mut one.clone())?;
            added += 1;
        }
        for (id, place) in &self.spelled {
            let (one, count) = &self.all[*place];
            let mut request = tx.request(*id)?;
            // Who was set here since is not whom the file names.
            if *count > 0 && self.known.get(&request.requester) == Some(&Some(*place)) {
                let mut seen = tx.seen(*id)?;
                seen.insert(Field::REQUESTER.name(), one.name.clone());
                tx.put_seen(*id, &seen)?;
                request.requester.clone_from(&one.name);
                tx.put_request(&request)?;
            }
        }
        Ok(added)
    }
}

/// How many came, at the end of the sentence of an operation.
pub(super) fn came(count: usize) -> String {
    match count {
        0 => String::new(),
        count => format!("; {}", counted(count, "new stakeholder", "new stakeholders")),
    }
}

#[cfg(test)]
mod tests;
