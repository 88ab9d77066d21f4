//! What a request says in a column of a saved view.

use chrono::NaiveDate;

use super::QueueRow;
use crate::domain::day;
use crate::domain::view::{Column, ListKind};
use crate::domain::words::filter::columns::CellFormat;
use crate::domain::workdays::WorkCalendar;

impl QueueRow {
    /// When it is due, in a column. The day alone where it has passed and the work is not late: that a request was delivered
    /// or is on hold must not look like `−3d`.
    pub fn due_in_column(&self, today: NaiveDate, calendar: &WorkCalendar) -> Option<String> {
        let due = self.request.due?;
        let is_over = due < today && self.late.is_none();
        Some(if is_over { day::date_text(due, today) } else { day::column_text(due, today, calendar) })
    }

    /// What stands in a column; empty where it says nothing there.
    pub fn in_column(&self, column: Column, today: NaiveDate, calendar: &WorkCalendar) -> String {
        self.cell(&CellFormat::new(column, ListKind::Requests, today, calendar))
    }

    /// What stands in a column whose cells are written so.
    pub fn cell(&self, format: &CellFormat<'_>) -> String {
        match format.column.name {
            // A guess is told from what somebody set.
            "tier" if self.request.tier.is_none() => format!("({})", self.tier_guess.number()),
            "due" => self.due_in_column(format.today, format.calendar).unwrap_or_default(),
            // Their names are there to be found by.
            "person" => self.people.join(" "),
            _ => format.cell(&self.subject()),
        }
    }
}
