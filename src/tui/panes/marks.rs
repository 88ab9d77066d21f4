//! Marks on the rows of a list, in the queue and on the boards alike: by key, by range, all, inverted.

use std::collections::BTreeSet;

use crate::tui::app::action::Action;
use crate::tui::panes::Update;

/// The marked rows of one list.
#[derive(Debug, Clone)]
pub struct Marks<K> {
    keys: BTreeSet<K>,
    /// Every row that the cursor passes is marked.
    is_ranging: bool,
}

// Not derived, which would ask a default of every key.
impl<K> Default for Marks<K> {
    fn default() -> Self {
        Self { keys: BTreeSet::new(), is_ranging: false }
    }
}

impl<K: Ord + Clone> Marks<K> {
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn has(&self, key: &K) -> bool {
        self.keys.contains(key)
    }

    /// The marked ones, or else the chosen one.
    pub fn or(&self, chosen: Option<K>) -> Vec<K> {
        if self.is_empty() { chosen.into_iter().collect() } else { self.keys.iter().cloned().collect() }
    }

    /// Keeps marks on what is still there: an action would name what is gone.
    pub fn keep(&mut self, is_there: impl FnMut(&K) -> bool) {
        self.keys.retain(is_there);
    }

    /// Takes all of them away; false if there were none.
    pub fn clear(&mut self) -> bool {
        let had = self.is_ranging || !self.keys.is_empty();
        *self = Self::default();
        had
    }

    /// Rows were passed on the way from one to another, both among them.
    pub fn pass(&mut self, rows: impl IntoIterator<Item = K>) {
        if self.is_ranging {
            self.keys.extend(rows);
        }
    }

    /// Runs an action on the marks, of what is chosen and of all that is shown; `None` if it is none of theirs. The cursor
    /// is for the list to move on.
    pub fn act(
        &mut self,
        action: Action,
        chosen: Option<K>,
        shown: impl IntoIterator<Item = K>,
        nothing: &str,
    ) -> Option<Update> {
        let update = match (action, chosen) {
            (Action::Mark | Action::MarkRange, None) => Update::notice(nothing),
            (Action::Mark, Some(key)) => {
                if !self.keys.remove(&key) {
                    self.keys.insert(key);
                }
                Update::default()
            }
            // Asked and ended in one: the second press ends what the first one began.
            (Action::MarkRange, _) if std::mem::take(&mut self.is_ranging) => {
                Update::notice("the range ends here; what is marked stays marked")
            }
            (Action::MarkRange, Some(key)) => {
                self.is_ranging = true;
                self.keys.insert(key);
                Update::notice("what you pass is marked")
            }
            (Action::MarkAll, _) => {
                let shown: BTreeSet<K> = shown.into_iter().collect();
                // Marks beyond the filter stay, so that what several filters find can be marked together.
                if shown.is_subset(&self.keys) {
                    self.keys.retain(|key| !shown.contains(key));
                } else {
                    self.keys.extend(shown);
                }
                Update::default()
            }
            // They stay here too.
            (Action::InvertMarks, _) => {
                let shown: BTreeSet<K> = shown.into_iter().collect();
                self.keys = self.keys.symmetric_difference(&shown).cloned().collect();
                Update::default()
            }
            _ => return None,
        };
        Some(update)
    }
}
