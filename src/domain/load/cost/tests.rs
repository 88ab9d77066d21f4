//! What a yes costs, on small plans that can be reckoned by hand.

use super::*;
use crate::domain::load::capacity::Team;
use crate::domain::load::kit::{MONDAY, day, item, model_of, model_of_one, person};

const FRIDAY: &str = "2026-11-27";

fn sentence(model: &LoadModel, item: &WorkItem) -> String {
    cost_of_yes(model, item).unwrap().sentence(|person| format!("p{}", person.0))
}

#[test]
fn what_fits_says_how_much_is_left_open_in_its_days() {
    let model = model_of_one(vec![item(1, 8, MONDAY, MONDAY)]);
    assert_eq!(sentence(&model, &item(9, 6, "2026-11-24", "2026-11-24")), "fits; leaves 2h free by then");
    assert_eq!(
        sentence(&model, &item(9, 8, MONDAY, "2026-11-24")),
        "fits if re-shaped; no hour is left free by then"
    );
    assert_eq!(
        sentence(&model, &item(9, 4, "2026-11-16", "2026-11-24")),
        "fits if re-shaped; leaves 4h free by then"
    );
}

#[test]
fn where_somebody_is_over_already_only_what_is_added_counts() {
    let over = model_of_one(vec![item(1, 12, MONDAY, MONDAY)]);
    let elsewhere = item(9, 8, "2026-11-24", "2026-11-24");
    assert_eq!(sentence(&over, &elsewhere), "adds nothing to the 4h already over");
    let two_more = item(9, 10, "2026-11-25", "2026-11-25");
    assert_eq!(sentence(&over, &two_more), "over 2h Wed 25 Nov; or start Mon 23 Nov");
    let more = cost_of_yes(&over, &two_more).unwrap();
    assert_eq!((more.before, more.after), (Minutes::hours(4), Minutes::hours(6)));
    let days: Vec<NaiveDate> = more.forced.iter().map(|forced| forced.from).collect();
    assert_eq!(days, [day("2026-11-25")], "Monday was over before");
}

#[test]
fn the_cheapest_way_out_starts_earlier_then_is_somebody_elses_then_later_then_paid_for() {
    let late_start = item(9, 12, FRIDAY, FRIDAY);
    let free = model_of_one(Vec::new());
    assert_eq!(sentence(&free, &late_start), "over 4h Fri 27 Nov; or start Mon 23 Nov");
    let today = item(9, 12, MONDAY, MONDAY);
    let mut other = person(2);
    other.discipline = "film".to_owned();
    let people = [person(1), other, person(3)];
    let team = Team { people: &people, absences: &[], holidays: &[] };
    let full = |id: i64| WorkItem { person: PersonId(id), ..item(id, 40, MONDAY, FRIDAY) };
    let fix = |items: Vec<WorkItem>, item: &WorkItem| cost_of_yes(&model_of(&team, items), item).unwrap().fix;
    let whole_week = item(9, 30, MONDAY, FRIDAY);
    assert_eq!(fix(vec![full(1)], &whole_week), Some(Fix::Swap(PersonId(3))), "who can do the same");
    let both = vec![full(1), full(3)];
    // Thirty hours after a full week end on the Thursday after: eight a day, and six.
    assert_eq!(fix(both, &whole_week), Some(Fix::MoveDate(day("2026-12-03"))));
    assert_eq!(
        fix(Vec::new(), &today),
        Some(Fix::MoveDate(day("2026-11-24"))),
        "nobody has twelve hours on one day"
    );
    let endless = item(9, 1_000, MONDAY, FRIDAY);
    assert_eq!(fix(Vec::new(), &endless), Some(Fix::Freelance(Minutes::hours(960))));
    let over = vec![item(1, 44, MONDAY, FRIDAY)];
    assert_eq!(fix(over, &endless), Some(Fix::Freelance(Minutes::hours(1_000))), "four were over before");
    let too_much = item(9, 50, FRIDAY, FRIDAY);
    assert_eq!(fix(Vec::new(), &too_much), Some(Fix::MoveDate(day("2026-12-07"))), "a week does not hold it");
    // Its day has passed: given another one, it no longer stands before all others.
    let late = item(9, 8, "2026-11-16", "2026-11-20");
    assert_eq!(fix(vec![full(1), full(3)], &late), Some(Fix::MoveDate(day("2026-11-30"))));
}

#[test]
fn who_slips_is_told_by_the_most_days_first() {
    let model = model_of_one(vec![
        item(1, 8, MONDAY, "2026-11-24"),
        item(2, 24, MONDAY, FRIDAY),
        item(3, 8, "2026-12-01", "2026-12-01"),
    ]);
    let cost = cost_of_yes(&model, &item(9, 16, MONDAY, MONDAY)).unwrap();
    // R-9 takes Monday and Tuesday, R-1 Wednesday, R-2 the rest of the week and Monday.
    let slips: Vec<(i64, i64)> = cost.delayed.iter().map(|(request, days)| (request.0, *days)).collect();
    assert_eq!(slips, [(1, 1), (2, 1)], "what is new was promised to nobody yet");
    let none = cost_of_yes(&model, &item(9, 4, MONDAY, FRIDAY)).unwrap();
    assert_eq!((none.delayed, none.fix), (Vec::new(), None));
}

#[test]
fn what_would_lie_after_the_last_day_of_somebody_is_told_first() {
    let mut ana = person(1);
    ana.last_day = Some(day("2026-11-25"));
    let people = [ana];
    let team = Team { people: &people, absences: &[], holidays: &[] };
    let model = model_of(&team, Vec::new());
    assert_eq!(
        sentence(&model, &item(9, 20, MONDAY, FRIDAY)),
        "8h of it lie after their last day and are nobody's; fits; leaves 12h free by then"
    );
}

#[test]
fn what_could_move_moves_by_the_fewest_days_and_what_holds_nobody_does_not() {
    let week = |request, hours| item(request, hours, MONDAY, FRIDAY);
    let perhaps = |request| WorkItem { is_tentative: true, ..week(request, 8) };
    let model = model_of_one(vec![week(1, 32), week(2, 8), perhaps(3), perhaps(5), week(5, 0)]);
    let asked = [1, 2, 3, 4, 5, 9].map(RequestId);
    let found = |hours: i64| {
        let moves = swaps(&model, &week(9, hours), &asked);
        moves.into_iter().map(|(request, days)| (request.0, days)).collect::<Vec<_>>()
    };
    assert_eq!(found(8), [(1, 1), (2, 1)]);
    assert_eq!(found(17), [(1, 3)], "the smaller one frees only eight");
    assert_eq!(found(41), [], "more than the week has, whatever moves");
}

#[test]
fn what_holds_nobody_is_never_named_as_what_could_move_even_where_all_fits() {
    let week = |request, hours| item(request, hours, MONDAY, FRIDAY);
    let perhaps = WorkItem { is_tentative: true, ..week(3, 8) };
    let model = model_of_one(vec![week(1, 8), perhaps]);
    let moves = swaps(&model, &week(9, 4), &[1, 3, 9].map(RequestId));
    assert_eq!(moves, [(RequestId(1), 1)], "R-3 is only perhaps, R-9 has no work here");
}

#[test]
fn a_yes_is_free_only_where_nothing_was_over_and_nothing_is_left_behind() {
    let free = |model: &LoadModel, item: &WorkItem| cost_of_yes(model, item).unwrap().is_free();
    let light = model_of_one(vec![item(1, 4, MONDAY, MONDAY)]);
    assert!(free(&light, &item(9, 4, MONDAY, MONDAY)));
    assert!(!free(&light, &item(9, 5, MONDAY, MONDAY)), "over by it");
    let over = model_of_one(vec![item(1, 12, MONDAY, MONDAY)]);
    assert!(!free(&over, &item(9, 4, FRIDAY, FRIDAY)), "over before it");
    let mut ana = person(1);
    ana.last_day = Some(day("2026-11-25"));
    let people = [ana];
    let team = Team { people: &people, absences: &[], holidays: &[] };
    assert!(!free(&model_of(&team, Vec::new()), &item(9, 20, MONDAY, FRIDAY)), "some of it is nobody's");
}
