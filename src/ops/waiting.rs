//! What waits: work that nobody holds, and what waits for a reviewer's decision.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::queue::QueueRow;
use crate::domain::ids::RequestId;
use crate::domain::load::{LoadModel, NOBODY};
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
    /// Requests with work that nobody holds, in queue order.
    pub unheld: Vec<RequestId>,
    /// By decider, whoever has most first.
    pub reviews: Vec<ReviewLoad>,
}

impl Waiting {
    /// Gathers it from the open requests.
    #[must_use]
    pub fn of(rows: &[QueueRow], model: &LoadModel) -> Self {
        let unheld: HashSet<RequestId> = model.items_of(NOBODY).iter().map(|item| item.request).collect();
        let ids = rows.iter().map(|row| row.request.id);
        Self {
            unheld: ids.filter(|id| unheld.contains(id)).collect(),
            reviews: reviews(rows, model.today, &model.calendar),
        }
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
