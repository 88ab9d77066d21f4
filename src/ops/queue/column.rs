//! What a request says in a column of a saved view.

use chrono::NaiveDate;

use super::QueueRow;
use crate::domain::day;
use crate::domain::view::Column;
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
        let near = |on: Option<NaiveDate>| on.map_or_else(String::new, |on| day::day_near(on, today));
        let request = &self.request;
        match column {
            Column::Key => request.id.to_string(),
            Column::Title => request.title.clone(),
            Column::Score => format!("{:.1}", self.score.total()),
            Column::Due => self.due_in_column(today, calendar).unwrap_or_default(),
            Column::Created => near(Some(self.days.created)),
            Column::Delivered => near(self.days.delivered),
            Column::Age => format!("{}d", self.age_days),
            Column::Tier => request.tier.map_or_else(
                || format!("({})", self.tier_guess.number()),
                |tier| format!("T{}", tier.number()),
            ),
            Column::Stage => request.stage.title().to_owned(),
            Column::Readiness => self.readiness.points.to_string(),
            Column::Estimate => request.estimate.map_or_else(String::new, |minutes| minutes.to_string()),
            Column::Left => self.left.map_or_else(String::new, |minutes| minutes.to_string()),
            Column::Rounds => request.rounds.to_string(),
            Column::Person => self.people.join(" "),
            Column::Requester => request.requester.clone(),
            Column::Brand => request.brand.clone(),
            Column::Channel => request.channel.clone(),
            Column::Outcome => request.outcome.clone(),
            Column::Lever => request.lever.map_or_else(String::new, |lever| lever.title().to_owned()),
            Column::Decider => request.decider.clone(),
            Column::Source => request.source.clone(),
        }
    }
}
