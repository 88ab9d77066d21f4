//! What waits: work that nobody holds, and what waits for a reviewer's decision.

use std::collections::{BTreeMap, HashSet};

use super::clock::Clock;
use super::queue::QueueRow;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::{LoadModel, NOBODY};
use crate::domain::measures::flow;
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

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Requests with work that nobody holds, in queue order.
    pub unheld: Vec<RequestId>,
    /// Whose work after their last day is among it, and that day.
    pub left_behind: Vec<(PersonId, chrono::NaiveDate)>,
    /// By decider, whoever has most first.
    pub reviews: Vec<ReviewLoad>,
}

impl Waiting {
    /// Gathers it from the open requests.
    pub fn of(rows: &[QueueRow], model: &LoadModel, clock: Clock) -> Self {
        let unheld: HashSet<RequestId> = model.items_of(NOBODY).iter().map(|item| item.request).collect();
        let ids = rows.iter().map(|row| row.request.id);
        let mut left_behind: Vec<_> = model.items_of(NOBODY).iter().filter_map(|item| item.left_by).collect();
        left_behind.sort_unstable();
        left_behind.dedup();
        Self {
            unheld: ids.filter(|id| unheld.contains(id)).collect(),
            left_behind,
            reviews: reviews(rows, clock, &model.calendar),
        }
    }
}

fn reviews(rows: &[QueueRow], clock: Clock, calendar: &WorkCalendar) -> Vec<ReviewLoad> {
    let today = clock.now().date_naive();
    let mut by: BTreeMap<&str, Vec<(i64, RequestId)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.request.stage == Stage::InReview) {
        let since = clock.local(row.request.stage_since).date_naive();
        let waited = flow::waited(calendar, since, today);
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use crate::config;
    use crate::ops::Desk;
    use crate::ops::clock::Clock;
    use crate::ops::waiting::Waiting;
    use crate::store::{Origin, Store};

    /// West of Greenwich an evening is the next day in UTC; a wait counts from the lead's own evening.
    #[test]
    fn a_review_waits_from_the_local_day_on_which_it_began() {
        let clock = |text: &str| Clock::Fixed(DateTime::parse_from_rfc3339(text).unwrap());
        let mut desk = Desk {
            store: Store::in_memory().unwrap(),
            config: config::parse("").config,
            clock: clock("2026-11-19T20:00:00-08:00"),
            origin: Origin::CommandLine,
            is_presenting: false,
            left_out: std::cell::RefCell::default(),
        };
        let id = desk.add("Film decider:Priya").unwrap().output.id;
        for stage in ["in-progress", "in-review"] {
            desk.move_to(&[id], stage.parse().unwrap(), "").unwrap();
        }
        desk.clock = clock("2026-11-23T09:00:00-08:00");
        let today = desk.today();
        let found = desk.queue_and_load(today..today).unwrap();
        let waiting = Waiting::of(&found.rows, &found.model, desk.clock);
        assert_eq!(waiting.reviews[0].oldest, 2, "Friday and Monday");
    }
}
