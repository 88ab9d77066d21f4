//! Where a list stands: the chosen row and the first one shown. The height is told at every move, so
//! that drawing never has to change anything.

use super::action::Action;

/// A place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The chosen row.
    pub row: usize,
    /// The first row shown.
    pub top: usize,
}

/// A way to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Down by rows, up if below zero.
    Rows(isize),
    /// Down by pages, up if below zero.
    Pages(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// The way in which an action moves, if it does.
    #[must_use]
    pub const fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::Down | Action::NextItem => Self::Rows(1),
            Action::Up | Action::PreviousItem => Self::Rows(-1),
            Action::PageDown | Action::NextItems => Self::Pages(1),
            Action::PageUp | Action::PreviousItems => Self::Pages(-1),
            Action::Top => Self::First,
            Action::Bottom => Self::Last,
            _ => return None,
        })
    }
}

impl Cursor {
    /// Moves within `count` rows of which `height` are seen.
    pub fn step(&mut self, step: Step, count: usize, height: usize) {
        let page = height.saturating_sub(1).max(1).cast_signed();
        self.row = match step {
            Step::Rows(rows) => self.row.saturating_add_signed(rows),
            Step::Pages(pages) => self.row.saturating_add_signed(pages * page),
            Step::First => 0,
            Step::Last => count,
        };
        self.settle(count, height);
    }

    /// Goes to a row that is seen, counted from the first one shown; true if it was chosen already.
    pub fn click(&mut self, seen: usize, count: usize, height: usize) -> bool {
        let row = self.top + seen;
        let was_chosen = row == self.row;
        if row < count {
            self.row = row;
        }
        self.settle(count, height);
        was_chosen
    }

    /// Brings the place back into `count` rows of which `height` are seen.
    pub fn settle(&mut self, count: usize, height: usize) {
        let height = height.max(1);
        self.row = self.row.min(count.saturating_sub(1));
        self.top = self
            .top
            .min(count.saturating_sub(height))
            .min(self.row)
            .max((self.row + 1).saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_chosen_row_is_always_seen(steps in prop::collection::vec((0u8..5, -3isize..4), 0..20), count in 0usize..40, height in 0usize..12) {
            let mut cursor = Cursor::default();
            for (kind, by) in steps {
                let step = match kind { 0 | 1 => Step::Rows(by), 2 => Step::Pages(by), 3 => Step::First, _ => Step::Last };
                cursor.step(step, count, height);
                prop_assert!(cursor.row < count.max(1));
                prop_assert!(cursor.top <= cursor.row && cursor.row < cursor.top + height.max(1));
            }
        }
    }
}
