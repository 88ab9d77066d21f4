//! What was typed and not yet written: kept when a form is left, and remembered in the store soon after the
//! last key, so that neither Esc nor a crash loses a word. A draft ends with the save of its form.

use std::collections::{BTreeMap, BTreeSet};

use crate::ops::Desk;
use crate::store::StoreError;

/// What was typed into which field.
pub type Typed = Vec<(String, String)>;

const NAME: &str = "drafts";

/// Drafts by what they are about. There is one of these in a cockpit: whatever reaches the store went through
/// `keep`, so that `forget` always finds it there again. (A copy that was made for storing alone knew drafts
/// that a save could not end: they came back the next day.)
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    kept: BTreeMap<String, Typed>,
    /// What was kept or forgotten here since the store was written; all else in the store may be another
    /// program's and is left alone.
    changed: BTreeSet<String>,
    /// The one that was kept last, for the key that throws it away.
    newest: Option<String>,
}

impl Drafts {
    /// Keeps what was typed about something.
    pub fn keep(&mut self, about: String, typed: Typed) {
        if self.kept.get(&about) != Some(&typed) {
            self.changed.insert(about.clone());
            self.kept.insert(about.clone(), typed);
        }
        // Even if it was kept like this before: the key that throws a draft away means the one that was left
        // last.
        self.newest = Some(about);
    }

    /// Drops it: it is written now, or not wanted any more. Gives what was typed.
    pub fn forget(&mut self, about: &str) -> Option<Typed> {
        let typed = self.kept.remove(about)?;
        self.changed.insert(about.to_owned());
        self.newest.take_if(|newest| newest == about);
        Some(typed)
    }

    /// Drops the one that was kept last.
    pub fn forget_newest(&mut self) -> Option<Typed> {
        // After a restart nobody knows any more which of them was the newest.
        let about = self.newest.clone().or_else(|| self.kept.keys().next().cloned())?;
        self.forget(&about)
    }

    /// What was typed about something.
    pub fn of(&self, about: &str) -> Option<&Typed> {
        self.kept.get(about)
    }

    /// Takes over what another cockpit of this program kept and no store knows.
    // The rest came from a store that was exchanged, and belongs to what lay there.
    pub fn merge(&mut self, others: Self) {
        for (about, typed) in others.kept.into_iter().filter(|(about, _)| others.changed.contains(about)) {
            self.keep(about, typed);
        }
    }

    /// All of them, by what they are about.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Typed)> {
        self.kept.iter()
    }

    /// True if nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// True if the store does not know yet what was kept or forgotten here.
    pub fn is_unsaved(&self) -> bool {
        !self.changed.is_empty()
    }

    /// The beginning of one of them, to remind of it.
    pub fn reminder(&self) -> Option<&str> {
        self.kept.values().find_map(|typed| beginning(typed))
    }

    /// Takes over what another program kept or forgot; what was changed here since stays.
    pub fn follow(&mut self, desk: &Desk) {
        let stored = stored(desk);
        self.kept.retain(|about, _| self.changed.contains(about) || stored.contains_key(about));
        self.kept.extend(stored.into_iter().filter(|(about, _)| !self.changed.contains(about)));
    }
}

/// The first words of a draft that say something.
pub fn beginning(typed: &Typed) -> Option<&str> {
    // A single letter reminds nobody of anything.
    typed.iter().map(|(_, text)| text.as_str()).find(|text| text.trim().len() > 1)
}

/// Remembers drafts in the store, or beside it where the store cannot be written; false if another program is
/// writing, or they could be kept nowhere.
pub fn save(desk: &Desk, drafts: &mut Drafts) -> bool {
    if desk.store.check_files().is_err() {
        // What lies there now is no business of these drafts.
        return save_beside(desk, drafts);
    }
    // Another cockpit may have kept or dropped drafts since: only what was changed here is laid over what is
    // there now.
    let before = stored(desk);
    let mut all = before.clone();
    all.retain(|about, _| !drafts.changed.contains(about));
    let own = drafts.kept.iter().filter(|(about, _)| drafts.changed.contains(*about));
    all.extend(own.map(|(about, typed)| (about.clone(), typed.clone())));
    // Every write makes the other programs look at the store again.
    if all != before {
        let text = serde_json::to_string(&all).unwrap_or_default();
        match desk.store.remember(NAME, &text) {
            // Left lying, they would be taken for newer than what is saved in the store later.
            Ok(()) => desk.store.drop_drafts_beside(),
            Err(StoreError::Busy) => return false,
            Err(_) => return save_beside(desk, drafts),
        }
    }
    drafts.changed.clear();
    true
}

/// Keeps all of them beside the store. They stay unsaved: the store takes them as soon as it can.
pub fn save_beside(desk: &Desk, drafts: &Drafts) -> bool {
    drafts.changed.is_empty()
        || serde_json::to_string(&drafts.kept).is_ok_and(|text| desk.store.keep_drafts_beside(&text))
}

/// What was remembered, in the store and beside it.
pub fn restore(desk: &Desk) -> Drafts {
    let mut drafts = Drafts { kept: stored(desk), ..Drafts::default() };
    let beside = desk.store.drafts_beside().unwrap_or_default();
    for (about, typed) in serde_json::from_str::<BTreeMap<String, Typed>>(&beside).unwrap_or_default() {
        // They never reached the store, so the next save has to put them there.
        drafts.changed.insert(about.clone());
        drafts.kept.insert(about, typed);
    }
    drafts
}

fn stored(desk: &Desk) -> BTreeMap<String, Typed> {
    let text = desk.store.memo(NAME).ok().flatten().unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
