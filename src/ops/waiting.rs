//! What waits: work that nobody holds, and what waits for a reviewer's decision.

use std::collections::{BTreeMap, HashSet};

use super::Desk;
use super::clock::Clock;
use super::queue::QueueRow;
use crate::domain::count::counted;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::{LoadModel, NOBODY};
use crate::domain::measures::flow;
use crate::domain::stage::Stage;
use crate::domain::words::fold;
use crate::domain::workdays::WorkCalendar;
use crate::store::StoreError;

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

impl ReviewLoad {
    /// `with Priya Nair`, or that nobody is named.
    pub fn with(&self) -> String {
        if self.decider.is_empty() {
            "and no decider named".to_owned()
        } else {
            format!("with {}", self.decider)
        }
    }

    /// `2 wait for Priya Nair, oldest 4 days`.
    pub fn said(&self) -> String {
        let waiting = counted(self.requests.len(), "waits", "wait");
        let whom = if self.decider.is_empty() {
            ", no decider named".to_owned()
        } else {
            format!(" for {}", self.decider)
        };
        format!("{waiting}{whom}, oldest {}", counted(self.oldest, "day", "days"))
    }
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
    pub fn of(rows: &[QueueRow], model: &LoadModel, clock: &Clock) -> Self {
        let unheld: HashSet<RequestId> = model.items_of(NOBODY).iter().map(|item| item.request).collect();
        let ids = rows.iter().map(|row| row.request.id);
        let mut left_behind: Vec<_> = model.items_of(NOBODY).iter().filter_map(|item| item.left_by).collect();
        left_behind.sort_unstable();
        // Somebody may leave several pieces of work behind, with the same last day.
        left_behind.dedup();
        Self {
            unheld: ids.filter(|id| unheld.contains(id)).collect(),
            left_behind,
            reviews: reviews(rows, clock, &model.calendar),
        }
    }
}

impl Desk {
    /// What waits for whose decision, whoever has most first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reviews(&self) -> Result<Vec<ReviewLoad>, StoreError> {
        let today = self.today();
        // No days of the load are needed: who waits for whom follows from the queue alone.
        let found = self.queue_and_load(today..today)?;
        Ok(reviews(&found.rows, &self.clock, &found.model.calendar))
    }
}

/// Working days that each of some requests has waited.
type Waits = Vec<(i64, RequestId)>;

fn reviews(rows: &[QueueRow], clock: &Clock, calendar: &WorkCalendar) -> Vec<ReviewLoad> {
    let today = clock.now().date_naive();
    // Ordered by name, so that those who have as many keep one order from one drawing to the next. As it compares: rows
    // of several sources write one name in several ways.
    let mut by: BTreeMap<String, (&str, Waits)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.request.stage == Stage::InReview) {
        let since = clock.day_of(row.request.stage_since);
        let waited = flow::waited(calendar, since, today);
        let decider = row.request.decider.trim();
        by.entry(fold(decider)).or_insert((decider, Vec::new())).1.push((waited, row.request.id));
    }
    let mut found: Vec<ReviewLoad> = by
        .into_values()
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
    use super::*;
    use crate::ops::kit::{begin, desk_at, go, hours, move_clock, request, stages, studio};

    fn waiting(desk: &Desk) -> Waiting {
        let today = desk.today();
        let found = desk.queue_and_load(today..today).unwrap();
        Waiting::of(&found.rows, &found.model, &desk.clock)
    }

    /// West of Greenwich an evening is the next day in UTC; a wait counts from the lead's own evening.
    #[test]
    fn a_review_waits_from_the_local_day_on_which_it_began() {
        let mut desk = desk_at("2026-11-19T20:00:00-08:00");
        let id = request(&mut desk, "Film decider:Priya");
        stages(&mut desk, id, &[Stage::InProgress, Stage::InReview]);
        move_clock(&mut desk, "2026-11-23T09:00:00-08:00");
        assert_eq!(waiting(&desk).reviews[0].oldest, 2, "Friday and Monday");
    }

    #[test]
    fn reviews_are_told_by_who_decides_and_the_longest_wait_comes_first() {
        let mut desk = studio();
        let lines = ["Film t3 decider:Priya", "Poster t3 decider:Kim", "Banner t3 decider:Priya", "Print t3"];
        let ids: Vec<_> = lines.iter().map(|line| request(&mut desk, line)).collect();
        for (id, day) in [(2, "2026-11-23"), (0, "2026-11-24"), (1, "2026-11-24"), (3, "2026-11-26")] {
            go(&mut desk, day);
            begin(&mut desk, ids[id]);
            stages(&mut desk, ids[id], &[Stage::InReview]);
        }
        go(&mut desk, "2026-11-27");
        let told: Vec<_> =
            waiting(&desk).reviews.into_iter().map(|it| (it.decider, it.requests, it.oldest)).collect();
        let expected = [
            ("Priya".to_owned(), vec![ids[2], ids[0]], 4),
            ("Kim".to_owned(), vec![ids[1]], 3),
            (String::new(), vec![ids[3]], 1),
        ];
        assert_eq!(told, expected);
        assert_eq!(desk.reviews().unwrap()[0].said(), "2 wait for Priya, oldest 4 days");
    }

    #[test]
    fn accepted_work_waits_for_somebody_until_all_of_it_is_held() {
        let mut desk = studio();
        let film = request(&mut desk, "Film t3 ~8h due:fri");
        let idea = request(&mut desk, "Idea t3 ~8h due:fri");
        assert_eq!(waiting(&desk).unheld, [], "what is new is not accepted");
        for id in [film, idea] {
            stages(&mut desk, id, &[Stage::Ready]);
        }
        stages(&mut desk, idea, &[Stage::OnHold]);
        assert_eq!(waiting(&desk).unheld, [film]);
        crate::ops::kit::give(&mut desk, film, "ana", 6);
        assert_eq!(waiting(&desk).unheld, [film], "two hours are nobody's");
        crate::ops::kit::give(&mut desk, film, "bo", 2);
        assert_eq!(waiting(&desk), Waiting::default());
    }

    #[test]
    fn work_after_somebodys_last_day_waits_with_that_day() {
        let mut desk = studio();
        let film = request(&mut desk, "Film t3 ~30h due:2026-11-30 @ana");
        let last = "2026-11-25".parse().unwrap();
        crate::ops::kit::edit(&mut desk, "ana", &[("to", "2026-11-25")]);
        let found = waiting(&desk);
        assert_eq!((found.unheld, found.left_behind), (vec![film], vec![(PersonId(1), last)]));
        assert_eq!(crate::ops::kit::left(&desk, film), Some(hours(30)));
    }

    #[test]
    fn who_decides_is_one_however_the_name_is_written() {
        let mut desk = studio();
        for decider in ["Zoë Nair", "zoe nair"] {
            let id = request(&mut desk, &format!("Film t3 ~8h decider:\"{decider}\""));
            begin(&mut desk, id);
            stages(&mut desk, id, &[Stage::InReview]);
        }
        let said: Vec<String> = desk.reviews().unwrap().iter().map(ReviewLoad::said).collect();
        assert_eq!(said, ["2 wait for Zoë Nair, oldest 0 days"]);
    }
}
