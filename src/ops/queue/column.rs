//! What a request says in a column of a saved view.

use chrono::NaiveDate;

use super::QueueRow;
use crate::domain::day;
use crate::domain::view::Column;
use crate::domain::workdays::WorkCalendar;

impl QueueRow {
    /// What stands in a column; empty where it says nothing there.
    pub fn in_column(&self, column: Column, today: NaiveDate, calendar: &WorkCalendar) -> String {
        let near = |on: Option<NaiveDate>| on.map_or_else(String::new, |on| day::day_near(on, today));
        let request = &self.request;
        match column {
            Column::Key => request.id.to_string(),
            Column::Title => request.title.clone(),
            Column::Score => format!("{:.1}", self.score.total()),
            Column::Due => request.due.map_or_else(String::new, |due| day::column_text(due, today, calendar)),
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
