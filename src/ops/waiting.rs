//! What waits: work that nobody holds, as demand by day, and what waits for a reviewer's decision.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::assign::Rules;
use super::queue::QueueRow;
use crate::domain::ids::RequestId;
use crate::domain::load::capacity::Away;
use crate::domain::load::{Cell, CellState};
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::workdays::WorkCalendar;

/// What waits for one person's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLoad {
    /// Who decides; empty if nobody is named.
    pub decider: String,
    /// What is in review, the longest wait first.
    pub requests: Vec<RequestId>,
    /// Working days that the oldest has waited.
    pub oldest: i64,
}

/// What waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Demand of what nobody holds, by day.
    pub demand: Vec<Cell>,
    /// Those requests, in queue order.
    pub unheld: Vec<RequestId>,
    /// By decider, whoever has most first.
    pub reviews: Vec<ReviewLoad>,
}

impl Waiting {
    /// Gathers it from the open requests for some days.
    #[must_use]
    pub fn of(rows: &[QueueRow], rules: &Rules, today: NaiveDate, (from, days): (NaiveDate, usize)) -> Self {
        let mut demand: Vec<Cell> = from.iter_days().take(days).map(blank).collect();
        let unheld = rows.iter().filter(|row| row.people.is_empty() && is_accepted(row.request.stage));
        let unheld: Vec<&QueueRow> = unheld.collect();
        for row in &unheld {
            spread(&row.request, rules, today, &mut demand);
        }
        for cell in &mut demand {
            cell.state = match (cell.unknown.is_positive(), cell.confirmed.is_positive()) {
                (true, _) => CellState::Unknown,
                (false, true) => CellState::Fits,
                (false, false) => CellState::Slack,
            };
        }
        Self {
            demand,
            unheld: unheld.iter().map(|row| row.request.id).collect(),
            reviews: reviews(rows, today, &rules.calendar),
        }
    }
}

/// Work that was said yes to; what is new or being clarified is no demand yet.
const fn is_accepted(stage: Stage) -> bool {
    matches!(stage, Stage::Ready | Stage::Scheduled | Stage::InProgress)
}

/// Evenly over the weekdays until it is due, or over its tier's usual days.
fn spread(request: &Request, rules: &Rules, today: NaiveDate, cells: &mut [Cell]) {
    let share = super::assign::Share { from: Some(today), ..super::assign::Share::whole("") };
    let (from, to) = rules.window(request, &share);
    let days: Vec<NaiveDate> = from
        .iter_days()
        .take_while(|date| *date <= to)
        .filter(|date| rules.calendar.is_working(*date))
        .collect();
    let count = i64::try_from(days.len()).unwrap_or(1).max(1);
    let (size, mut given) = (rules.size(request).0, 0);
    for (index, date) in (1..).zip(days) {
        let part = size * index / count - given;
        given += part;
        if let Some(cell) = cells.iter_mut().find(|cell| cell.date == date) {
            let layer = if request.estimate.is_some() { &mut cell.confirmed } else { &mut cell.unknown };
            *layer += Minutes(part);
        }
    }
}

const fn blank(date: NaiveDate) -> Cell {
    Cell {
        date,
        effective: Minutes::ZERO,
        planning: Minutes::ZERO,
        confirmed: Minutes::ZERO,
        tentative: Minutes::ZERO,
        unknown: Minutes::ZERO,
        state: CellState::Slack,
        away: Away::No,
    }
}

fn reviews(rows: &[QueueRow], today: NaiveDate, calendar: &WorkCalendar) -> Vec<ReviewLoad> {
    let mut by: BTreeMap<&str, Vec<(i64, RequestId)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.request.stage == Stage::InReview) {
        let since = row.request.stage_since.date_naive();
        let waited = calendar.between(since, today).max(0);
        by.entry(row.request.decider.trim()).or_default().push((waited, row.request.id));
    }
    let mut found: Vec<ReviewLoad> = by
        .into_iter()
        .map(|(decider, mut waits)| {
            waits.sort_by_key(|(waited, id)| (-waited, *id));
            ReviewLoad {
                decider: decider.to_owned(),
                oldest: waits.first().map_or(0, |(waited, _)| *waited),
                requests: waits.into_iter().map(|(_, id)| id).collect(),
            }
        })
        .collect();
    found.sort_by_key(|review| (std::cmp::Reverse(review.requests.len()), -review.oldest));
    found
}
