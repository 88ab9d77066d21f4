//! Made-up studios are believable on any day and the same for the same seed.

use chrono::DateTime;

use super::*;
use crate::config::Config;
use crate::domain::load::CellState;
use crate::ops::clock::Clock;
use crate::store::{Origin, Store};

fn desk(now: &str) -> Desk {
    let now = DateTime::parse_from_rfc3339(now).unwrap();
    Desk::new(Store::in_memory().unwrap(), Config::defaults(), Clock::Fixed(now), Origin::Sample)
}

#[test]
fn the_demo_shows_everything_on_any_day_of_the_week() {
    for day in 23..30 {
        for hour in ["07:40", "09:12", "18:30"] {
            let mut desk = desk(&format!("2026-11-{day}T{hour}:00+01:00"));
            desk.fill_demo().unwrap();
            let today = desk.today();
            let found = desk
                .queue_and_load(crate::domain::day::monday(today)..crate::domain::day::plus(today, 28))
                .unwrap();
            let grid = found.model.grid(crate::domain::day::monday(today), 28);
            let is_over = |row: &crate::domain::load::LoadRow| !row.verdict.forced.is_empty();
            let has = |state: CellState| {
                grid.rows.iter().any(|row| row.cells.iter().any(|cell| cell.state == state))
            };
            assert_eq!(found.team.people.iter().filter(|person| !person.is_role).count(), 8);
            assert_eq!(desk.store.request_count().unwrap(), 60);
            assert!(grid.rows.iter().any(is_over), "{day} {hour}: somebody is forced over");
            assert!(
                grid.rows
                    .iter()
                    .any(|row| !is_over(row)
                        && row.cells.iter().any(|cell| cell.state == CellState::SpreadOver)),
                "{day} {hour}"
            );
            for state in [CellState::Unknown, CellState::Tight, CellState::ForcedOver] {
                assert!(has(state), "{day} {hour} {state}");
            }
            let lately = desk.meetings(desk.owed_from().unwrap(), desk.today()).unwrap();
            assert!(!desk.owed_among(&lately).unwrap().is_empty(), "{day} {hour}: a reflection is owed");
            assert!(desk.entries().unwrap().len() >= 8);
            assert!(found.rows.iter().any(|row| row.request.due_moves > 1), "a stale promise of a date");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_studio() {
    let size = SampleSize { requests: 300, people: 15, meetings: 40, seed: 7 };
    let make = || {
        let mut desk = desk("2026-11-23T09:00:00+00:00");
        desk.fill_sample(size).unwrap();
        let meetings = desk.meetings("2026-10-01".parse().unwrap(), "2026-12-31".parse().unwrap()).unwrap();
        (
            desk.store.all_requests().unwrap(),
            desk.store.people().unwrap(),
            desk.store.open_allocations().unwrap(),
            meetings,
        )
    };
    let (one, other) = (make(), make());
    assert_eq!(one, other);
    assert_eq!((one.0.len(), one.1.len()), (300, 15));
}
