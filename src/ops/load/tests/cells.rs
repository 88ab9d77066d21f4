//! What lies in a cell, what is left of a share, and what days that are over show: the same studio on Monday, after a
//! slip, after a weekend, with a holiday and an absence.

use crate::domain::allocation::NewShare;
use crate::domain::ids::RequestId;
use crate::domain::minutes::Minutes;
use crate::domain::stage::Stage;
use crate::ops::Desk;
use crate::ops::kit::{
    away, begin, change, day, give, go, holiday, hours, refusal, request, shares_of, stages, studio,
};
use crate::ops::load::cell::CellPlan;

/// Keys with their minutes between two days of Ana, as `R-1 4h`, and the sums.
fn cell(desk: &Desk, from: &str, to: &str) -> (Vec<String>, Vec<String>) {
    let detail = desk.cell_work("ana", day(from), day(to)).unwrap();
    let work = detail.work.iter().map(|work| format!("{} {}", work.request, work.minutes)).collect();
    (work, detail.sums)
}

fn on(desk: &Desk, day: &str) -> Vec<String> {
    cell(desk, day, day).0
}

/// A film of sixteen hours until Thursday, four a day.
fn film() -> (Desk, RequestId) {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~16h due:2026-11-26");
    desk.assign(film, &NewShare::whole("ana")).unwrap();
    (desk, film)
}

/// The film, and a card of two hours on Monday.
fn two_works() -> (Desk, RequestId) {
    let (mut desk, film) = film();
    let card = request(&mut desk, "Card t3 ~2h due:2026-11-23");
    desk.assign(card, &NewShare::whole("ana")).unwrap();
    (desk, film)
}

#[test]
fn a_cell_names_the_largest_work_first_and_adds_up() {
    let (desk, _) = two_works();
    let (work, sums) = cell(&desk, "2026-11-23", "2026-11-23");
    assert_eq!(work, ["R-1 4h", "R-2 2h"]);
    assert_eq!(
        sums,
        [
            "Time there is: 8h (by contract, less absences and holidays); 100 % of it, 8h, can be planned.",
            "To do here: 6h, 75 % of that time.",
            "Not over: every piece of work fits between its own first and last day.",
        ]
    );
    let (work, sums) = cell(&desk, "2026-11-23", "2026-11-29");
    assert_eq!(work, ["R-1 16h", "R-2 2h"], "a week is its days together");
    assert!(sums[1].ends_with(", 45 % of that time."), "18 of 40: {sums:?}");
}

#[test]
fn what_was_planned_and_not_done_is_in_a_week_once() {
    let (mut desk, film) = film();
    go(&mut desk, "2026-11-25");
    let week = |desk: &Desk| cell(desk, "2026-11-23", "2026-11-29").1.remove(1);
    assert_eq!(
        week(&desk),
        "To do here: 16h, 40 % of that time.",
        "the four hours of Monday and the five of Tuesday are still to be done"
    );
    begin(&mut desk, film);
    go(&mut desk, "2026-11-26");
    assert_eq!(week(&desk), "To do here: 16h, 40 % of that time, 8h of it done.");
    let cells = desk.load(day("2026-11-23"), 7).unwrap().0.rows.remove(0).cells;
    assert_eq!(crate::domain::load::grid::weeks(&cells)[0].confirmed, hours(16));
    go(&mut desk, "2026-11-30");
    assert_eq!(week(&desk), "Work that was done here: 16h, 40 % of the time there was.");
}

#[test]
fn what_was_not_begun_lies_on_the_days_that_are_left() {
    let (mut desk, _) = two_works();
    go(&mut desk, "2026-11-24");
    assert_eq!(on(&desk, "2026-11-24"), ["R-1 4h22m", "R-2 2h"], "16 h by the 6 of 22 that are free");
    go(&mut desk, "2026-11-26");
    assert_eq!(on(&desk, "2026-11-26"), ["R-1 16h", "R-2 2h"]);
    let (_, sums) = cell(&desk, "2026-11-26", "2026-11-26");
    assert!(sums[2].starts_with("Over: what must be done Thu 26 Nov is"), "{sums:?}");
    assert!(sums[2].contains("is 10h more than there is time for"), "18 h into 8: {sums:?}");
}

#[test]
fn over_a_weekend_late_work_waits_for_monday_and_over_a_holiday_for_the_day_after() {
    let (mut desk, _) = two_works();
    go(&mut desk, "2026-11-28");
    let (work, sums) = cell(&desk, "2026-11-28", "2026-11-29");
    assert_eq!(work, [] as [&str; 0]);
    assert!(sums[0].starts_with("Time there is: 0h"), "{sums:?}");
    assert!(sums[1].ends_with(" 0h."), "{sums:?}");
    assert_eq!(on(&desk, "2026-11-30"), ["R-1 6h", "R-2 2h"], "the older day first, eight hours in all");
    assert_eq!(on(&desk, "2026-12-01"), ["R-1 8h"]);
    holiday(&mut desk, "Company day", "2026-11-30", "2026-11-30");
    assert_eq!((on(&desk, "2026-11-30").len(), on(&desk, "2026-12-01").len()), (0, 2));
    away(&mut desk, "ana", "2026-12-01", "2026-12-14");
    assert_eq!(on(&desk, "2026-12-15"), ["R-1 6h", "R-2 2h"], "two weeks away");
}

#[test]
fn a_day_that_is_over_lists_what_its_cell_in_the_grid_shows() {
    let (mut desk, film) = two_works();
    begin(&mut desk, film);
    go(&mut desk, "2026-11-25");
    let (work, sums) = cell(&desk, "2026-11-23", "2026-11-23");
    assert_eq!(work, ["R-1 4h", "R-2 2h"]);
    assert_eq!(
        sums[1],
        "Work that was planned here: 6h confirmed; 4h of it was done: 50 % of the time there was."
    );
    assert_eq!(sums.len(), 2, "of a day that is over nothing is forced: {sums:?}");
    let shown = |desk: &Desk| desk.load(day("2026-11-23"), 5).unwrap().0.rows[0].cells[0].confirmed;
    assert_eq!(shown(&desk), hours(6));
    // The card was not begun, so nothing came off it; of the film the four hours of the day did.
    let detail = desk.cell_work("ana", day("2026-11-23"), day("2026-11-23")).unwrap();
    let done = |at: usize| match detail.work[at].plan {
        CellPlan::Over { done, .. } => done,
        CellPlan::Open(_) => panic!("the day is over"),
    };
    assert_eq!((done(0), done(1)), (hours(4), hours(0)));
    // A week that today lies in has both: what was planned, and what is still to be done.
    let (work, sums) = cell(&desk, "2026-11-23", "2026-11-27");
    // On Tuesday the 12 hours of the film were spread by the 6 of 22 that the late card left free.
    assert_eq!(work, ["R-1 7h16m", "R-2 4h", "R-1 8h44m", "R-2 2h"]);
    assert!(sums[1].starts_with("To do here: 18h, ") && sums[1].ends_with(", 7h16m of it done."), "{sums:?}");
    // Kept by a write, renamed and gone, it still says what it was called.
    change(&mut desk, film, "title:Feature");
    assert_eq!(cell(&desk, "2026-11-23", "2026-11-23").0, ["R-1 4h", "R-2 2h"]);
    go(&mut desk, "2026-12-14");
    assert_eq!(on(&desk, "2026-11-23"), ["R-1 4h", "R-2 2h"], "three weeks later too");
}

#[test]
fn tentative_hours_and_guesses_stand_beside_the_confirmed_ones() {
    let mut desk = studio();
    let sure = request(&mut desk, "Sure t3 ~4h due:2026-11-23");
    give(&mut desk, sure, "ana", 4);
    let perhaps = request(&mut desk, "Perhaps t3 ~2h due:2026-11-23");
    desk.assign(perhaps, &NewShare { is_tentative: true, ..NewShare::whole("ana") }).unwrap();
    let (_, sums) = cell(&desk, "2026-11-23", "2026-11-23");
    assert_eq!(sums[1], "To do here: 4h confirmed + 2h tentative; what is confirmed is 50 % of that time.");
    let open = request(&mut desk, "Open t3 due:2026-11-23");
    desk.assign(open, &NewShare::whole("ana")).unwrap();
    let (_, sums) = cell(&desk, "2026-11-23", "2026-11-23");
    assert!(
        sums[1].contains(" + 2h tentative + ") && sums[1].contains("that nobody has estimated"),
        "{sums:?}"
    );
    assert!(refusal(desk.cell_work("nobody", day("2026-11-23"), day("2026-11-23"))).contains("nobody"));
}

#[test]
fn what_is_left_of_a_share_comes_off_day_by_day_until_its_request_is_closed() {
    let (mut desk, film) = film();
    let share = shares_of(&desk, film)[0].id;
    begin(&mut desk, film);
    for (today, left) in [("2026-11-23", 16), ("2026-11-24", 12), ("2026-11-26", 4)] {
        go(&mut desk, today);
        assert_eq!(desk.left_of_share(share).unwrap(), Some(hours(left)), "{today}");
    }
    go(&mut desk, "2026-11-30");
    assert_eq!(desk.left_of_share(share).unwrap(), None, "all of it came off, and it is still under way");
    change(&mut desk, film, "left:3h");
    assert_eq!(desk.left_of_share(share).unwrap(), Some(hours(3)));
    stages(&mut desk, film, &[Stage::Delivered]);
    assert_eq!(desk.left_of_share(share).unwrap(), None);
    let open = request(&mut desk, "Open t3 due:2026-12-11");
    let guessed = desk.assign(open, &NewShare::whole("ana")).unwrap().output.allocation.id;
    assert_eq!(desk.left_of_share(guessed).unwrap(), None, "a guess is nothing that is left");
}

#[test]
fn a_request_as_it_would_be_keeps_what_its_days_took_off() {
    let (mut desk, film) = film();
    begin(&mut desk, film);
    go(&mut desk, "2026-11-25");
    let would = |desk: &Desk, estimate: i64| {
        let mut changed = desk.store.request(film).unwrap();
        changed.estimate = Some(hours(estimate));
        let (_, work) = desk.work_with(&changed).unwrap();
        work.left[&film].shares.iter().map(|(_, left)| left.left).sum::<Minutes>()
    };
    assert_eq!((would(&desk, 16), would(&desk, 40)), (hours(8), hours(32)));
    assert_eq!(
        (would(&desk, 6), would(&desk, 2)),
        (hours(1), hours(1)),
        "under way with nothing left: an hour"
    );
    assert_eq!(desk.store.request(film).unwrap().estimate, Some(hours(16)), "nothing was stored");
    change(&mut desk, film, "~40h");
    assert_eq!(desk.row(film).unwrap().left, Some(would(&desk, 40)), "and so it comes");
}

#[test]
fn a_week_that_has_begun_shows_what_its_days_planned_and_what_is_still_to_come() {
    let (mut desk, film) = two_works();
    begin(&mut desk, film);
    go(&mut desk, "2026-11-25");
    let week = |desk: &Desk| -> Vec<i64> {
        let (grid, _) = desk.load(day("2026-11-23"), 5).unwrap();
        grid.rows[0].cells.iter().map(|cell| cell.confirmed.0).collect()
    };
    // In minutes: Monday as planned; then the late card first, and of the film its part of the room that this leaves:
    // 720 by 6 of 22 hours, then 524 by 6 of 14, then the rest.
    let minutes = [240 + 120, 196 + 120, 225 + 120, 299, 0];
    assert_eq!(week(&desk), minutes);
    desk.add("Anything that is written keeps the days before").unwrap();
    assert_eq!(week(&desk), minutes, "kept or reckoned, it is the same");
    go(&mut desk, "2026-12-09");
    let (grid, people) = desk.load(day("2026-12-07"), 7).unwrap();
    assert_eq!((grid.rows.len(), people.len()), (2, 2));
    assert_eq!(grid.rows[0].cells[2].confirmed, hours(2), "the card is late on a Wednesday two weeks on");
}
