//! Laid anew, nothing changes but where it lies; also over random plans under a clock that moves.

use std::collections::HashMap;

use proptest::prelude::*;

use crate::domain::allocation::NewShare;
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::load::{CellState, LoadRow};
use crate::domain::minutes::Minutes;
use crate::ops::Desk;
use crate::ops::kit::{begin, change, desk_at, edit, go, hours, join, left, refusal, request, studio};

fn row(desk: &Desk, name: &str) -> LoadRow {
    let (grid, people) = desk.load(desk.today(), 60).unwrap();
    let id = people.iter().find(|person| person.handle == name).map(|person| person.id);
    let rows = grid.rows.into_iter().chain(grid.nobody);
    rows.into_iter().find(|row| Some(row.person) == id || id.is_none() && row.person.0 == 0).unwrap()
}

fn confirmed(row: &LoadRow) -> Minutes {
    row.cells.iter().map(|cell| cell.confirmed).sum()
}

fn reshaped(desk: &mut Desk) -> String {
    let ana = desk.person("ana").unwrap().id;
    desk.reshape(ana).map_or_else(|error| error.to_string(), |done| done.label)
}

#[test]
fn work_is_laid_anew_only_where_that_helps() {
    let mut desk = studio();
    let ana = desk.person("ana").unwrap().id;
    assert_eq!(refusal(desk.reshape(ana)), "there is nothing to re-shape for ana");
    // Both fit, but spread evenly they meet on Monday and Tuesday: 8 + 3.2 hours.
    request(&mut desk, "Series t3 ~16h due:tomorrow @ana");
    let film = request(&mut desk, "Film t3 ~16h due:fri @ana");
    let label = reshaped(&mut desk);
    let bound = "Re-shaped R-1, R-2 (hours of R-1, R-2 no longer follow an estimate) on ana: no day is over";
    assert_eq!(label, bound);
    assert!(row(&desk, "ana").cells.iter().all(|cell| cell.confirmed <= hours(8)));
    assert_eq!(left(&desk, film), Some(hours(16)));
}

#[test]
fn more_that_is_left_than_it_was_stays_as_much() {
    let mut desk = studio();
    let series = request(&mut desk, "Series t3 ~10h due:2026-12-04 @ana");
    begin(&mut desk, series);
    change(&mut desk, series, "left:20h");
    request(&mut desk, "Film t3 ~20h due:wed @ana");
    assert!(reshaped(&mut desk).ends_with(": no day is over"));
    assert_eq!(left(&desk, series), Some(hours(20)));
    assert!(row(&desk, "ana").cells.iter().all(|cell| cell.confirmed <= hours(8)));
    change(&mut desk, series, "t2");
    assert_eq!(left(&desk, series), Some(hours(20)));
}

#[test]
fn what_came_off_before_lies_on_no_day_to_come() {
    let mut desk = studio();
    let series = request(&mut desk, "Series t3 ~40h due:2026-12-04 @ana");
    begin(&mut desk, series);
    change(&mut desk, series, "left:20h");
    request(&mut desk, "Film t3 ~16h due:tomorrow @ana");
    assert!(reshaped(&mut desk).ends_with(": no day is over"));
    assert_eq!(confirmed(&row(&desk, "ana")), hours(36));
    assert_eq!(left(&desk, series), Some(hours(20)));
}

#[test]
fn what_lies_after_a_last_day_stays_nobody_s() {
    let mut desk = studio();
    request(&mut desk, "Series t3 ~40h due:2026-12-04 @ana");
    request(&mut desk, "Film t3 ~15h due:tomorrow @ana");
    edit(&mut desk, "ana", &[("to", "2026-11-27")]);
    let before = (confirmed(&row(&desk, "ana")), confirmed(&row(&desk, "-")));
    assert!(reshaped(&mut desk).ends_with(": no day is over"));
    assert_eq!((confirmed(&row(&desk, "ana")), confirmed(&row(&desk, "-"))), before);
    assert!(row(&desk, "ana").verdict.forced.is_empty());
    go(&mut desk, "2026-11-25");
    assert!(row(&desk, "ana").verdict.forced.iter().all(|run| run.over <= before.0));
}

#[test]
fn what_no_schedule_can_do_is_not_said_to_be_done() {
    let mut desk = studio();
    request(&mut desk, "Series t3 ~16h due:tomorrow @ana");
    request(&mut desk, "Film t3 ~16h due:fri @ana");
    request(&mut desk, "Wrap t3 ~10h due:2026-12-01 @ana");
    let wrap = request(&mut desk, "Gala t3 ~40h due:2026-12-08");
    let words =
        NewShare { from: "2026-12-07".parse().ok(), to: "2026-12-08".parse().ok(), ..NewShare::whole("ana") };
    desk.assign(wrap, &words).unwrap();
    let label = reshaped(&mut desk);
    assert!(label.ends_with(" on ana: what cannot fit stays over, no other day is"), "{label}");
    let states: Vec<CellState> = row(&desk, "ana").cells.iter().map(|cell| cell.state).collect();
    assert!(!states.contains(&CellState::SpreadOver), "{states:?}");
    assert!(states.contains(&CellState::ForcedOver), "{states:?}");
}

/// A piece of work: its hours, its first and last day, whether it is begun, and hours left that are said of it.
type Work = (i64, u64, u64, bool, Option<i64>);

fn work() -> impl Strategy<Value = Work> {
    (1..40_i64, 0..8_u64, 0..12_u64, any::<bool>(), proptest::option::weighted(0.3, 0..40_i64))
}

/// Ana's work, given on Monday 16 November.
fn planned(all: &[Work]) -> (Desk, Vec<RequestId>) {
    let mut desk = desk_at("2026-11-16T09:00:00+00:00");
    join(&mut desk, "Ana", "design");
    let plus = |days| desk_day(&desk, days);
    let windows: Vec<_> = all.iter().map(|work| (plus(work.1), plus(work.1 + work.2))).collect();
    let mut ids = Vec::new();
    for ((hours, _, _, is_begun, said), (from, to)) in all.iter().zip(windows) {
        let id = request(&mut desk, &format!("Film t3 ~{hours}h due:{to}"));
        let share = NewShare { from: Some(from), to: Some(to), ..NewShare::whole("ana") };
        desk.assign(id, &share).unwrap();
        if *is_begun {
            begin(&mut desk, id);
        }
        if let Some(said) = said {
            change(&mut desk, id, &format!("left:{said}h"));
        }
        ids.push(id);
    }
    (desk, ids)
}

fn desk_day(desk: &Desk, days: u64) -> chrono::NaiveDate {
    day::plus(desk.today(), i64::try_from(days).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn laid_anew_nothing_changes_but_where_it_lies(
        all in proptest::collection::vec(work(), 1..6),
        days in proptest::collection::vec(0..4_u64, 1..4),
        last in proptest::option::weighted(0.4, 4..20_u64),
    ) {
        let (mut desk, ids) = planned(&all);
        if let Some(last) = last {
            let last = desk_day(&desk, last).to_string();
            edit(&mut desk, "ana", &[("to", last.as_str())]);
        }
        for days in days {
            let on = desk_day(&desk, days).to_string();
            go(&mut desk, &on);
            let facts = |desk: &Desk| {
                let left: HashMap<_, _> = ids.iter().map(|id| (*id, left(desk, *id))).collect();
                let over = row(desk, "ana").verdict.over();
                (left, over, confirmed(&row(desk, "ana")))
            };
            let before = facts(&desk);
            let told = reshaped(&mut desk);
            prop_assert_eq!(&facts(&desk), &before, "{}", &told);
            if told.starts_with("Re-shaped") {
                let row = row(&desk, "ana");
                let is = |state| row.cells.iter().any(|cell| cell.state == state);
                prop_assert!(!is(CellState::SpreadOver), "{}", &told);
                prop_assert_eq!(is(CellState::ForcedOver), !told.ends_with(": no day is over"), "{}", &told);
            }
        }
    }
}
