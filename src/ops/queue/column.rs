//! What a request says in a column of a saved view.

use chrono::NaiveDate;

use super::QueueRow;
use crate::domain::view::{Column, ListKind};
use crate::domain::words::filter::columns::CellFormat;
use crate::domain::workdays::WorkCalendar;

impl QueueRow {
    /// What stands in a column; empty where it says nothing there.
    pub fn in_column(&self, column: Column, today: NaiveDate, calendar: &WorkCalendar) -> String {
        self.cell(&CellFormat::new(column, ListKind::Requests, today, calendar))
    }

    /// What stands in a column whose cells are written so.
    pub fn cell(&self, format: &CellFormat<'_>) -> String {
        match format.column.name {
            // A guess is told from what somebody set.
            "tier" if self.request.tier.is_none() => format!("({})", self.tier_guess.number()),
            // Their names are there to be found by.
            "person" => self.people.join(" "),
            _ => format.cell(&self.subject()),
        }
    }
}
