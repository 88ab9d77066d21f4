//! What is kept from others: marking records as private, and leaving them out where others look on.

use std::collections::HashSet;

use super::{Desk, OpsError};
use crate::domain::document::{COVERED, Document, LAST, PrivateNames, names_private};
use crate::domain::influence::Stakeholder;
use crate::domain::private::{PrivateKeys, PrivateMark, can_be_private};
use crate::domain::record::{Kind, Record as _, RecordKey, TableRow, is_nothing};
use crate::plain;
use crate::store::{Committed, Operation, StoreError};

impl Desk {
    /// Every record that is kept from others.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn private_keys(&self) -> Result<PrivateKeys, StoreError> {
        Ok(PrivateKeys::new(self.store.records::<PrivateMark>()?))
    }

    /// Keeps records from others, or shows them again; without saying which, those that are private already are shown
    /// if all of them are. Gives whether they are private now.
    ///
    /// # Errors
    /// When one of them is not there, or has no page.
    pub fn set_private(
        &mut self,
        keys: &[RecordKey],
        wanted: Option<bool>,
    ) -> Result<Committed<bool>, OpsError> {
        for key in keys {
            if !can_be_private(key) {
                return Err(OpsError::rejected(
                    format!("{key} has no page that could be kept from others"),
                    "Requests, meetings, outcomes, stakeholders, decisions, promises, risks, frictions, gains and \
                     redirects can be private.",
                ));
            }
            // For its refusal: a mark on what is not there would never be seen again.
            self.title_of(key)?;
        }
        let (stamp, today, known) = (self.stamp(), self.today(), self.private_keys()?);
        // By its own mark, not by that of its series: only that can be taken off here.
        let is_marked = |key: &RecordKey| known.iter().any(|own| own == key);
        let is_wanted = wanted.unwrap_or_else(|| !keys.iter().all(is_marked));
        self.store.change(stamp, |tx| {
            let marks: Vec<PrivateMark> = tx.records()?;
            for key in keys {
                let own: Vec<&PrivateMark> = marks.iter().filter(|mark| mark.of == *key).collect();
                if is_wanted && own.is_empty() {
                    tx.add_record(&mut PrivateMark { of: key.clone(), ..PrivateMark::blank(today) })?;
                } else if !is_wanted {
                    own.into_iter().try_for_each(|mark| tx.remove_record(mark))?;
                }
            }
            // Without what they are called: the sentence may be read by others.
            let named = plain::cut(&keys.iter().map(RecordKey::to_string).collect::<Vec<_>>().join(", "), 60);
            let verb = if keys.len() == 1 { "is" } else { "are" };
            let label = if is_wanted {
                format!("{named} {verb} private now")
            } else {
                format!("{named} {verb} private no more")
            };
            Ok((is_wanted, label))
        })
    }

    /// Refuses what is private while others look on, as if it were not there.
    ///
    /// # Errors
    /// [`StoreError::Missing`] then.
    pub fn check_shown(&self, key: &RecordKey) -> Result<(), StoreError> {
        let is_shown = !self.is_presenting || !self.private_keys()?.has(key);
        if is_shown { Ok(()) } else { Err(StoreError::Missing(key.to_string())) }
    }

    /// What something is called, for whoever looks on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shown_title(&self, key: &RecordKey, title: String) -> Result<String, StoreError> {
        let is_covered = self.is_presenting && self.private_keys()?.has(key);
        Ok(if is_covered { COVERED.to_owned() } else { title })
    }

    /// A document that knows on which day it is read, and what of it is private, so that a room reads it without; nobody
    /// does while others look on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn keeping_private(&self, mut document: Document) -> Result<Document, StoreError> {
        document.room.private = self.private_names()?;
        // Here every document comes by on its way out, a kept one as well.
        document.told_on = Some(self.today());
        Ok(if self.is_presenting { document.without_private() } else { document })
    }

    /// What is private, with what it is called.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn private_names(&self) -> Result<PrivateNames, StoreError> {
        let keys = self.private_keys()?;
        // Taken back or removed since: a mark may outlive what it is on, and so may the key in a sentence.
        let own = keys.iter().map(|key| (key.to_string(), self.title_of(key).unwrap_or_default()));
        let mut names: PrivateNames = own.collect();
        if keys.iter().any(|key| key.kind() == Some(Kind::Stakeholder)) {
            names.extend(self.other_names(&keys)?);
        }
        Ok(names)
    }

    /// What else somebody is called whose name is private.
    fn other_names(&self, keys: &PrivateKeys) -> Result<PrivateNames, StoreError> {
        let (all, team) = (self.store.records::<Stakeholder>()?, self.store.people()?);
        let mut names = PrivateNames::new();
        for one in all.iter().filter(|one| keys.has(&one.key())) {
            let others = all.iter().filter(|other| other.id != one.id).map(|other| &other.name);
            let others: Vec<&String> = others.chain(team.iter().map(|other| &other.name)).collect();
            let (mut called, mut last_names) = (Vec::new(), Vec::new());
            let also: Vec<String> = one.also.split(';').map(|name| name.trim().to_owned()).collect();
            called.extend(also.clone());
            for name in std::iter::once(one.name.clone()).chain(also) {
                let words: Vec<&str> = name.split_whitespace().collect();
                let (Some(given), Some(last)) = (words.first(), words.last()) else { continue };
                called.push(format!("{last}, {given}"));
                // A first name that somebody else has too says nobody in particular, nor does an initial.
                let is_alone = !others.iter().any(|other| other.split_whitespace().next() == Some(given));
                if is_alone && given.chars().filter(|letter| letter.is_alphabetic()).count() > 1 {
                    called.push((*given).to_owned());
                }
                let is_alone = !others.iter().any(|other| other.split_whitespace().last() == Some(last));
                if is_alone && words.len() > 1 && last.chars().count() > 1 {
                    last_names.push((*last).to_owned());
                }
            }
            called.push(one.email.clone());
            let called = called.into_iter().filter(|name| name.chars().any(char::is_alphabetic));
            names.extend((1..).zip(called).map(|(at, name)| (format!("{} {at}", one.key()), name)));
            let last_names = (1..).zip(last_names);
            names.extend(last_names.map(|(at, name)| (format!("{}{LAST}{at}", one.key()), name)));
        }
        Ok(names)
    }

    /// What may not be named while others look on; nothing while nobody does.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn hidden_names(&self) -> Result<PrivateNames, StoreError> {
        if self.is_presenting { self.private_names() } else { Ok(PrivateNames::new()) }
    }

    /// The sentence of an operation as those who look on may read it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shown_label(&self, operation: &Operation) -> Result<String, StoreError> {
        let shown = self.shown_operations(vec![operation.clone()])?.pop();
        Ok(shown.map_or_else(|| "something private".to_owned(), |shown| shown.label))
    }

    /// What was just written, as those who look on may read it; `before` says what was private when it was asked for,
    /// as an undo may have taken the very record away.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shown_outcome(&self, said: String, before: &PrivateNames) -> Result<String, StoreError> {
        let now = self.hidden_names()?;
        let is_named = names_private(&said, before) || names_private(&said, &now);
        // By what it changed as well: not every sentence says the key.
        let is_hidden = is_named || self.is_presenting && self.history(Some(1))?.is_empty();
        Ok(if is_hidden {
            "done, to something private".to_owned()
        } else if self.is_presenting {
            without_private_words(&said)
        } else {
            said
        })
    }

    /// Leaves out operations on what is private, which are not told while others look on.
    pub(super) fn shown_operations(&self, mut all: Vec<Operation>) -> Result<Vec<Operation>, StoreError> {
        if self.is_presenting {
            let names = self.private_names()?;
            let mut theirs = HashSet::new();
            for key in self.private_keys()?.iter() {
                theirs.extend(self.store.operations_on_record(key, u32::MAX)?.into_iter().map(|it| it.id));
            }
            // By their sentence as well: hours given of a request are no change of the request.
            all.retain(|it| !theirs.contains(&it.id) && !names_private(&it.label, &names));
            for operation in &mut all {
                operation.label = without_private_words(&operation.label);
            }
        }
        Ok(all)
    }
}

/// What is typed into a private field while others look on, behind what stands there and is hidden: nobody can mean to
/// write over, or to take away, what they do not see.
pub(super) fn added_to_hidden(hidden: &str, typed: &str) -> String {
    match (hidden.trim().is_empty(), is_nothing(typed)) {
        (true, _) => typed.to_owned(),
        (false, true) => hidden.to_owned(),
        (false, false) => format!("{hidden}\n{}", typed.trim()),
    }
}

/// A sentence of the journal without what stands in private fields: `notes “…” → “…”`. Where it cannot be told where their
/// words end, all that follows goes too.
fn without_private_words(label: &str) -> String {
    let mut said = String::with_capacity(label.len());
    let mut rest = label;
    // A title may speak of notes too; a field stands behind a colon or a comma.
    while let Some(at) =
        [": notes ", ", notes "].iter().filter_map(|it| Some(rest.find(it)? + it.len())).min()
    {
        said.push_str(&rest[..at]);
        rest = &rest[at..];
        // What it was and what it is, each in quotes or nothing.
        loop {
            let nothing = ["nothing", "none", "…"].iter().find_map(|word| rest.strip_prefix(word));
            if let Some(behind) = nothing.filter(|behind| ends_value(behind)) {
                said.push_str(&rest[..rest.len() - behind.len()]);
                rest = behind;
            } else if let Some(behind) = rest.strip_prefix('“').and_then(behind_quote) {
                said.push_str("“…”");
                rest = behind;
            } else {
                return said + if rest.starts_with('“') { "“…”" } else { "…" };
            }
            let Some(behind) = rest.strip_prefix(" → ") else { break };
            said.push_str(" → ");
            rest = behind;
        }
    }
    said.push_str(rest);
    said
}

/// True where the value of a field can end.
fn ends_value(rest: &str) -> bool {
    rest.is_empty() || [" → ", ", ", "; ", " taken away"].iter().any(|end| rest.starts_with(end))
}

/// What follows a quote that is open, which may have others in it.
fn behind_quote(text: &str) -> Option<&str> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, letter)| {
        depth += match letter {
            '“' => 1,
            '”' => -1,
            _ => return None,
        };
        let behind = &text[at + letter.len_utf8()..];
        (depth <= 0 && ends_value(behind)).then_some(behind)
    })
}

#[cfg(test)]
mod tests;
