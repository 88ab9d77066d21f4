//! What was typed and not yet written: kept when a form is left, and remembered in the store soon after the
//! last key, so that neither Esc nor a crash loses a word.

use std::collections::{BTreeMap, BTreeSet};

use crate::ops::Desk;
use crate::store::StoreError;

/// What was typed into which field.
pub type Typed = Vec<(String, String)>;

const NAME: &str = "drafts";

/// Drafts by what they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    kept: BTreeMap<String, Typed>,
    /// Whatever this program has touched; what others keep is left alone.
    touched: BTreeSet<String>,
}

impl Drafts {
    /// Keeps something.
    pub fn keep(&mut self, about: String, typed: Typed) {
        self.touched.insert(about.clone());
        self.kept.insert(about, typed);
    }

    /// It is written now, or not wanted any more.
    pub fn forget(&mut self, about: &str) {
        if self.kept.remove(about).is_some() {
            self.touched.insert(about.to_owned());
        }
    }

    /// What was typed about something.
    #[must_use]
    pub fn of(&self, about: &str) -> Option<&Typed> {
        self.kept.get(about)
    }

    /// True if nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The beginning of one of them, to remind of it.
    #[must_use]
    pub fn reminder(&self) -> Option<&str> {
        self.kept.values().flatten().map(|(_, text)| text.as_str()).find(|text| text.trim().len() > 1)
    }
}

/// Remembers drafts in the store; false if another program is writing. A store that cannot be written at all
/// says so at the next real change.
pub fn save(desk: &Desk, drafts: &Drafts) -> bool {
    let mut all = stored(desk);
    all.retain(|about, _| !drafts.touched.contains(about));
    all.extend(drafts.kept.clone());
    let text = serde_json::to_string(&all).unwrap_or_default();
    !matches!(desk.store.remember(NAME, &text), Err(StoreError::Busy))
}

/// What was remembered.
#[must_use]
pub fn restore(desk: &Desk) -> Drafts {
    Drafts { kept: stored(desk), touched: BTreeSet::new() }
}

fn stored(desk: &Desk) -> BTreeMap<String, Typed> {
    let text = desk.store.memo(NAME).ok().flatten().unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
