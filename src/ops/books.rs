//! The books: outcomes, the headroom ledger, friction, influence, risks and what links them. Few enough to be read in
//! one go, and kept by one pair of verbs, add and edit, whatever the kind.

pub mod capture;
mod detail;
mod entries;
mod harm;
mod names;
pub mod report;
mod rules;

use super::typed::Words;
use super::{Desk, OpsError};
use crate::domain::friction::Friction;
use crate::domain::ids::RequestId;
use crate::domain::influence::{Decision, Promise, Risk, Stakeholder, Stance, Trust, Way, is_same_name};
use crate::domain::ledger::{Gain, Redirect};
use crate::domain::matching::{NameIndex, NameMatch, match_stakeholder};
use crate::domain::outcome::{Outcome, Reading};
use crate::domain::private::PrivateKeys;
use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::tie::{Swap, Tie};
use crate::plain;
use crate::store::{Store, StoreError};

pub use detail::{EntryDetail, Fact, FactTone};

/// A figure with what it is counted from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// What it is about.
    pub title: String,
    /// The figure in words.
    pub text: String,
    /// How it is counted: definition, window, n.
    pub definition: String,
    /// The rows behind it.
    pub keys: Vec<RecordKey>,
    /// What else is said in the same breath: the figure before, the one that suffered for it.
    pub beside: Vec<Receipt>,
}

/// All records, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Books {
    pub outcomes: Vec<Outcome>,
    pub readings: Vec<Reading>,
    pub stakeholders: Vec<Stakeholder>,
    /// How far they trust us.
    pub trust: Vec<Trust>,
    pub stances: Vec<Stance>,
    pub decisions: Vec<Decision>,
    pub promises: Vec<Promise>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// What slows the work.
    pub frictions: Vec<Friction>,
    pub gains: Vec<Gain>,
    pub redirects: Vec<Redirect>,
    /// What moved for what.
    pub swaps: Vec<Swap>,
    pub ties: Vec<Tie>,
    /// The names of the stakeholders, in their order, ready to be compared.
    called: NameIndex,
}

impl Books {
    /// Reads them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let mut books = Self {
            outcomes: store.records()?,
            readings: store.records()?,
            stakeholders: store.records()?,
            trust: store.records()?,
            stances: store.records()?,
            decisions: store.records()?,
            promises: store.records()?,
            risks: store.records()?,
            frictions: store.records()?,
            gains: store.records()?,
            redirects: store.records()?,
            swaps: store.records()?,
            ties: store.records()?,
            called: NameIndex::default(),
        };
        books.name_whole();
        Ok(books)
    }

    /// Takes out what is private.
    fn keep_back(&mut self, private: &PrivateKeys) {
        fn shown<R: Record>(records: &mut Vec<R>, private: &PrivateKeys) {
            records.retain(|record| !private.has(&record.key()));
        }
        shown(&mut self.outcomes, private);
        shown(&mut self.stakeholders, private);
        shown(&mut self.decisions, private);
        shown(&mut self.promises, private);
        shown(&mut self.risks, private);
        shown(&mut self.frictions, private);
        self.called = NameIndex::of(&self.stakeholders);
        // Readings, trust and stances stay: nothing reaches them but the record that they are about.
        shown(&mut self.gains, private);
        shown(&mut self.redirects, private);
        // What says something between two records goes with either of them.
        let is_kept = |id: RequestId| private.has(&id.into());
        self.swaps.retain(|swap| !is_kept(swap.taken_id) && !is_kept(swap.moved_id));
        self.ties.retain(|tie| !private.has(&tie.one) && !private.has(&tie.other));
    }

    /// What stands in a field of a record, as it could be typed.
    pub fn text(&self, key: &RecordKey, field: &str) -> String {
        fn of<R: Record>(records: &[R], number: i64, field: &str) -> String {
            let found = records.iter().find(|record| record.number() == number);
            found.map_or_else(String::new, |record| record.get(field))
        }
        let RecordKey::Numbered(kind, number) = key else { return String::new() };
        match kind {
            Kind::Outcome => of(&self.outcomes, *number, field),
            Kind::Decision => of(&self.decisions, *number, field),
            Kind::Promise => of(&self.promises, *number, field),
            Kind::Risk => of(&self.risks, *number, field),
            Kind::Gain => of(&self.gains, *number, field),
            Kind::Redirect => of(&self.redirects, *number, field),
            // None of the others has a day of its own that a key sets.
            _ => String::new(),
        }
    }

    /// What a record is called; `None` for what is not here (requests, meetings, or gone).
    pub fn title(&self, key: &RecordKey) -> Option<String> {
        fn of<R: Record>(records: &[R], number: i64) -> Option<String> {
            records.iter().find(|record| record.number() == number).map(Record::title)
        }
        let RecordKey::Numbered(kind, number) = key else { return None };
        match kind {
            Kind::Outcome => of(&self.outcomes, *number),
            Kind::Stakeholder => of(&self.stakeholders, *number),
            Kind::Decision => of(&self.decisions, *number),
            Kind::Promise => of(&self.promises, *number),
            Kind::Risk => of(&self.risks, *number),
            Kind::Friction => of(&self.frictions, *number),
            Kind::Gain => of(&self.gains, *number),
            Kind::Redirect => {
                let redirect = self.redirects.iter().find(|redirect| redirect.id.0 == *number)?;
                Some(format!("{} a week onto {}", redirect.hours, redirect.target))
            }
            _ => None,
        }
    }

    /// Every record that has a page, with what it is called: outcomes first, then what belongs to them.
    pub fn named(&self) -> Vec<(RecordKey, String)> {
        fn of<R: Record>(records: &[R]) -> impl Iterator<Item = (RecordKey, String)> {
            records.iter().map(|record| (record.key(), record.title()))
        }
        of(&self.outcomes)
            .chain(of(&self.stakeholders))
            .chain(of(&self.decisions))
            .chain(of(&self.promises))
            .chain(of(&self.risks))
            .chain(of(&self.frictions))
            .chain(of(&self.gains))
            .collect()
    }

    /// Open promises that we owe somebody, by whatever name or address of theirs.
    pub fn owed_to<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Promise> {
        let mut owed =
            self.promises.iter().filter(|promise| promise.is_open() && promise.way == Way::To).peekable();
        // Nobody is looked for where nothing is owed, which is what most drawings ask.
        let known = owed.peek().and_then(|_| self.known(name));
        owed.filter(move |promise| {
            is_same_name(&promise.whom, name) || known.is_some_and(|known| known.is_called(&promise.whom))
        })
    }

    /// The stakeholder who is meant by what somebody typed.
    ///
    /// # Errors
    /// [`OpsError::Rejected`] if that could be several, with how to say which; [`OpsError::NotFound`] if it is nobody,
    /// with who comes near.
    pub fn stakeholder(&self, who: &str) -> Result<&Stakeholder, OpsError> {
        let typed = plain::cut(who.trim(), 40);
        let nobody = |hint: String| OpsError::NotFound {
            message: format!("`{typed}` is no key and nobody's name"),
            hint: Some(hint),
        };
        match match_stakeholder(&self.stakeholders, who) {
            NameMatch::One(one) => Ok(one),
            NameMatch::Ambiguous(all) => {
                Err(OpsError::rejected(format!("`{typed}` could be {}", one_of(&all)), "Say which one by the key."))
            }
            NameMatch::Near(all) => Err(nobody(format!("Did you mean {}?", one_of(&all)))),
            NameMatch::Nobody => Err(nobody(
                "Keys look like R-17, O-3, D-4 or M-4@2026-11-24; `tablesetter stakeholder list` shows names.".to_owned(),
            )),
        }
    }
}

impl Desk {
    /// Reads all records.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn books(&self) -> Result<Books, StoreError> {
        let mut books = self.store.reading(Books::read)?;
        if self.is_presenting {
            // Taken out where all of it is read, so that no screen has to remember to leave it out.
            books.trust.clear();
            books.stakeholders.iter_mut().for_each(|it| it.notes.clear());
            books.outcomes.iter_mut().for_each(|it| it.notes.clear());
            books.keep_back(&self.private_keys()?);
        }
        Ok(books)
    }

    /// True if a text could mean some stakeholder, though it is not clear which.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_near_stakeholder(&self, text: &str) -> Result<bool, OpsError> {
        let stakeholders = self.books()?.stakeholders;
        Ok(matches!(match_stakeholder(&stakeholders, text), NameMatch::Ambiguous(_) | NameMatch::Near(_)))
    }

    /// The key that a person means: `O-3`, or the name of a stakeholder.
    ///
    /// # Errors
    /// [`OpsError::NotFound`] if it is neither.
    pub fn record_key(&self, text: &str) -> Result<RecordKey, OpsError> {
        // A key first: it is never anybody's name.
        if let Ok(key) = text.parse() {
            return Ok(key);
        }
        self.books()?.stakeholder(text).map(Record::key)
    }
}

/// `S-1 Maya Lind or S-4 Maya Lindqvist`.
fn one_of(all: &[&Stakeholder]) -> String {
    all.iter().map(|one| format!("{} {}", one.key(), one.name)).collect::<Vec<_>>().join(" or ")
}

/// What the stakeholder is called who is meant by a text; the text itself if that is nobody for sure.
///
/// # Errors
/// When it could be several: who is meant has to be asked.
pub fn meant_stakeholder(all: &[Stakeholder], text: &str) -> Result<String, OpsError> {
    match match_stakeholder(all, text) {
        NameMatch::One(one) => Ok(one.name.clone()),
        NameMatch::Ambiguous(several) => {
            let typed = plain::cut(text.trim(), 40);
            Err(OpsError::rejected(
                format!("`{typed}` could be {}", one_of(&several)),
                "Say which one by the key or the whole name.",
            ))
        }
        // What only comes near is never taken: a new name may well be a new person.
        NameMatch::Near(_) | NameMatch::Nobody => Ok(text.to_owned()),
    }
}

/// Who comes near a name that nobody has; nothing of one that somebody has, or that nobody comes near.
pub fn told_near(all: &[Stakeholder], name: &str) -> Option<String> {
    let NameMatch::Near(near) = match_stakeholder(all, name) else { return None };
    let typed = plain::cut(name.trim(), 40);
    Some(format!("no stakeholder is called `{typed}`; did you mean {}?", one_of(&near)))
}

/// A few words of what was changed: `stage changing, hours 6h`.
fn changes(words: &Words) -> String {
    let parts: Vec<String> = words
        .iter()
        .map(|(field, text)| {
            let text = if text.trim().is_empty() { "none" } else { text.trim() };
            format!("{} {}", field.replace('-', " "), plain::cut(text, 40))
        })
        .collect();
    plain::cut(&parts.join(", "), 90)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{desk_at, entry, refusal, request};

    fn desk() -> Desk {
        desk_at("2026-11-23T09:00:00+00:00")
    }

    #[test]
    fn a_stakeholder_is_found_by_name_or_by_how_only_theirs_begins() {
        let mut desk = desk();
        for name in ["Priya Nair", "Mara Holm", "Marcus Hall"] {
            entry(&mut desk, Kind::Stakeholder, &[("name", name)]);
        }
        let key = |who: &str| desk.record_key(who).map(|key| key.to_string());
        assert_eq!(key("priya nair").unwrap(), "S-1");
        assert_eq!(key("marc").unwrap(), "S-3");
        assert_eq!(key("D-4").unwrap(), "D-4", "a key is a key, whatever it names");
        assert_eq!(key("Holm, Mara").unwrap(), "S-2");
        assert_eq!(refusal(desk.record_key("mar")), "`mar` could be S-2 Mara Holm or S-3 Marcus Hall");
        assert_eq!(desk.record_key("Mara Hulm").unwrap_err().hint().unwrap(), "Did you mean S-2 Mara Holm?");
        for who in ["", "zoe"] {
            assert!(refusal(desk.record_key(who)).ends_with("is no key and nobody's name"), "{who}");
        }
    }

    #[test]
    fn a_record_is_called_by_its_first_words_and_a_redirect_by_its_hours() {
        let mut desk = desk();
        request(&mut desk, "Film");
        entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "4h")]);
        entry(&mut desk, Kind::Redirect, &[("gain", "G-1"), ("onto", "R-1"), ("hours", "3h")]);
        let books = desk.books().unwrap();
        let title = |key: &str| books.title(&key.parse().unwrap());
        assert_eq!(title("G-1").as_deref(), Some("Templates"));
        assert_eq!(title("X-1").as_deref(), Some("3h a week onto R-1"));
        assert_eq!((title("R-1"), title("G-2"), title("M-1")), (None, None, None));
        let named: Vec<_> = books.named().into_iter().map(|(key, _)| key.to_string()).collect();
        assert_eq!(named, ["G-1"], "a redirect has no page of its own");
    }

    #[test]
    fn only_open_promises_of_ours_are_owed() {
        let mut desk = desk();
        for (text, way, kept) in [("a", "to", ""), ("b", "from", ""), ("c", "to", "today")] {
            let words = [("text", text), ("who", "Priya"), ("way", way), ("kept", kept)];
            entry(&mut desk, Kind::Promise, &words);
        }
        let books = desk.books().unwrap();
        let owed: Vec<_> = books.owed_to("PRIYA").map(|promise| promise.text.as_str()).collect();
        assert_eq!(owed, ["a"]);
    }

    #[test]
    fn what_is_private_is_not_there_while_others_look_on() {
        let mut desk = desk();
        entry(&mut desk, Kind::Stakeholder, &[("name", "Priya"), ("notes", "nervous")]);
        entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner"), ("notes", "shaky")]);
        entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", "2")]);
        desk.is_presenting = true;
        let books = desk.books().unwrap();
        assert_eq!((books.trust.len(), books.stakeholders[0].notes.as_str()), (0, ""));
        assert_eq!(
            (books.outcomes[0].notes.as_str(), books.outcomes[0].name.as_str()),
            ("", "Spring sooner")
        );
    }
}
