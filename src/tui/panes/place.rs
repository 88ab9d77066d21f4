//! Where a pane stands, as it is remembered for the next start: plain numbers and keys, whatever the pane is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::tui::view::list::Cursor;

/// Where one pane stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
// Another version of the program may have written it: what it lacks is as at a first start.
#[serde(default)]
pub struct PanePlace {
    /// The chosen row and the first that is seen, of each of its columns.
    pub cursors: Vec<(usize, usize)>,
    /// The key of what is chosen, where rows have one: it is found wherever it went meanwhile.
    pub chosen: Option<String>,
    /// Which column, or which cell of the row.
    pub column: usize,
    /// What is typed as its filter. A field of this name is blanked when words are forgotten.
    pub filter: String,
    /// The column by which rows were put in order, as `-due`; by none they stand as the pane ranks them.
    pub order: Option<String>,
    /// Rows are added up: people by discipline, meetings by series.
    pub is_grouped: bool,
    /// Weeks instead of days.
    pub is_weeks: bool,
    /// The first day of what is shown, where that is not around today.
    pub from: Option<NaiveDate>,
}

impl PanePlace {
    /// A cursor as it stood.
    pub fn cursor(&self, index: usize) -> Cursor {
        let (row, top) = self.cursors.get(index).copied().unwrap_or_default();
        Cursor::at(row, top)
    }
}
