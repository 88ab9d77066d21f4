//! The row that a list had before it was filtered, to come back to once it is whole again: one rule for every list.

use crate::tui::app::snapshot::Snapshot;

/// What was chosen in a list when nothing was filtered yet, and when a filter began to be typed.
#[derive(Debug, Clone)]
pub struct RowBefore<K> {
    whole: Option<K>,
    typing: Option<K>,
    /// What is chosen now was gone to by a key or the mouse, not by what the filter happened to begin with.
    is_moved: bool,
    is_view: bool,
}

impl<K> Default for RowBefore<K> {
    fn default() -> Self {
        Self { whole: None, typing: None, is_moved: false, is_view: false }
    }
}

impl<K: Clone> RowBefore<K> {
    /// A filter is about to be typed over the chosen row.
    pub fn begin(&mut self, chosen: Option<K>) {
        self.typing = chosen;
    }

    /// Another filter comes over the chosen row, in place of the text that the list has now.
    pub fn note(&mut self, before: &str, text: &str, chosen: Option<K>, is_view: bool) {
        // What was gone to, and in what, is asked once the list is whole again.
        if text.trim().is_empty() {
            return;
        }
        if before.trim().is_empty() {
            self.whole = chosen;
        }
        (self.is_moved, self.is_view) = (false, is_view);
    }

    /// The choice was moved by a key or the mouse.
    pub const fn moved(&mut self) {
        self.is_moved = true;
    }

    /// What to choose now that the list is whole again; the first of these that is in it. What a search found is kept,
    /// and so is what was gone to; the row on which a view began was nobody's choice.
    pub fn wanted(&mut self, chosen: Option<K>) -> Vec<K> {
        let before = self.whole.take();
        let is_kept = self.is_moved || !self.is_view;
        (self.is_moved, self.is_view) = (false, false);
        if is_kept {
            chosen.into_iter().chain(before).collect()
        } else {
            before.into_iter().chain(chosen).collect()
        }
    }

    /// What to choose when the typed filter is given up.
    pub const fn given_up(&mut self) -> Option<K> {
        self.typing.take()
    }
}

/// What a list of rows answers so that it can be filtered.
pub trait KeyedRows {
    /// By what a row is known, however the list is filtered or ordered.
    type Key: Clone;

    fn shown_text(&self) -> &str;

    /// Shows only the rows that a text fits, and what is chosen still chosen if it can be; true if the text begins
    /// with a saved view.
    fn show(&mut self, text: &str, snapshot: &Snapshot) -> bool;

    fn chosen_row(&self, snapshot: &Snapshot) -> Option<Self::Key>;

    /// Chooses a row; false if it is not shown.
    fn go_to_row(&mut self, key: &Self::Key, snapshot: &Snapshot) -> bool;

    fn row_before(&mut self) -> &mut RowBefore<Self::Key>;
}

/// A list that can be filtered, whatever its rows are.
pub trait Filtered {
    /// The text that it is filtered by.
    fn filter_text(&self) -> &str;

    /// Shows only what fits a text; without one all rows, from the one that was chosen in them.
    fn filter(&mut self, text: &str, snapshot: &Snapshot);

    /// A filter is about to be typed.
    fn begin_filter(&mut self, snapshot: &Snapshot);

    /// The typed filter is given up for the one before, and with it the row that it found.
    fn give_up_filter(&mut self, text: &str, snapshot: &Snapshot);
}

impl<T: KeyedRows> Filtered for T {
    fn filter_text(&self) -> &str {
        self.shown_text()
    }

    fn filter(&mut self, text: &str, snapshot: &Snapshot) {
        let (before, chosen) = (self.shown_text().to_owned(), self.chosen_row(snapshot));
        let is_view = self.show(text, snapshot);
        self.row_before().note(&before, text, chosen.clone(), is_view);
        if text.trim().is_empty() {
            let wanted = self.row_before().wanted(chosen);
            let _ = wanted.iter().any(|key| self.go_to_row(key, snapshot));
        }
    }

    fn begin_filter(&mut self, snapshot: &Snapshot) {
        let chosen = self.chosen_row(snapshot);
        self.row_before().begin(chosen);
    }

    fn give_up_filter(&mut self, text: &str, snapshot: &Snapshot) {
        self.filter(text, snapshot);
        if let Some(key) = self.row_before().given_up() {
            self.go_to_row(&key, snapshot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_or_gone_to_is_kept_and_a_view_gives_the_row_back() {
        // The text that comes, whether it is moved then, and what is wanted first of 1 (before) and 2 (chosen now).
        for (is_view, is_moved, first) in
            [(false, false, 2), (false, true, 2), (true, false, 1), (true, true, 2)]
        {
            let mut row = RowBefore::default();
            row.note("", "first", Some(1), is_view);
            // Words behind it narrow the same filter.
            row.note("first", "first two", Some(9), is_view);
            if is_moved {
                row.moved();
            }
            row.note("first two", "", Some(2), false);
            assert_eq!(row.wanted(Some(2)).first(), Some(&first), "{is_view} {is_moved}");
            assert!(row.wanted(None).is_empty(), "once");
        }
    }
}
