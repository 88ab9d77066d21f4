//! Who could take work, at what cost, and laying days anew.

use super::*;
use crate::domain::load::cost::Fix;
use crate::domain::stage::Stage;
use crate::ops::kit::{
    begin, change, day, desk_at, give, go, hours, refusal, request, shares_of, stages, studio,
};

fn options(desk: &Desk, id: RequestId) -> Vec<Candidate> {
    desk.options(&Plan::whole(id)).unwrap().candidates
}

fn handles(candidates: &[Candidate]) -> Vec<&str> {
    candidates.iter().map(|candidate| candidate.handle.as_str()).collect()
}

fn consequence(desk: &Desk, id: RequestId, field: Field, text: &str) -> String {
    desk.consequence(id, field, text).unwrap()
}

#[test]
fn whoever_would_be_done_first_comes_first() {
    let mut desk = studio();
    request(&mut desk, "Series t3 ~32h due:fri @ana");
    let film = request(&mut desk, "Film t3 ~16h due:2026-12-04");
    let found = options(&desk, film);
    assert_eq!(handles(&found), ["bo", "ana"]);
    // Bo: Monday and Tuesday, reviewed on Wednesday. Ana: Friday and Monday, reviewed on Tuesday.
    let finish: Vec<_> = found.iter().map(|it| it.forecast.finish.unwrap()).collect();
    assert_eq!(finish, [day("2026-11-25"), day("2026-12-01")]);
    assert_eq!(
        desk.soonest(&desk.store.request(film).unwrap(), &Plan::whole(film)).unwrap().unwrap().handle,
        "bo"
    );
}

#[test]
fn a_discipline_that_did_such_work_before_comes_before_who_is_sooner() {
    let mut desk = studio();
    let old = request(&mut desk, "Spot t3 ~1h +motion @ana");
    begin(&mut desk, old);
    stages(&mut desk, old, &[Stage::Delivered]);
    request(&mut desk, "Series t3 ~32h due:fri @ana");
    let film = request(&mut desk, "Film t3 ~16h +motion");
    let found = options(&desk, film);
    assert_eq!(handles(&found), ["ana", "bo"]);
    assert!(found[0].forecast.reason.starts_with("design did 1 such job in a year; "));
    let other = request(&mut desk, "Film t3 ~16h +print");
    assert_eq!(handles(&options(&desk, other)), ["bo", "ana"], "another tag is other work");
    go(&mut desk, "2027-11-24");
    assert_eq!(options(&desk, film).iter().map(|it| it.experience).sum::<u32>(), 0, "a year is over");
}

#[test]
fn who_holds_work_and_is_gone_by_then_is_told_apart_from_a_role() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~8h @bo");
    crate::ops::kit::edit(&mut desk, "bo", &[("to", "2026-11-24")]);
    crate::ops::kit::add(&mut desk, &[("name", "Motion"), ("handle", "motion"), ("role", "yes")]);
    let spot = request(&mut desk, "Spot t3 ~8h @motion");
    go(&mut desk, "2026-11-25");
    let left = consequence(&desk, film, Field::Due, "2026-12-11");
    assert!(left.starts_with("bo: 8h of it lie after their last day and are nobody's"), "{left}");
    assert_eq!(consequence(&desk, spot, Field::Due, "2026-12-11"), "motion: is a role, still to be found");
}

#[test]
fn whoever_is_gone_by_then_is_no_candidate() {
    let mut desk = studio();
    crate::ops::kit::edit(&mut desk, "bo", &[("to", "2026-11-27")]);
    let film = request(&mut desk, "Film t3 ~4h");
    let from = |from| {
        let mut plan = Plan::whole(film);
        plan.share.from = Some(day(from));
        desk.options(&plan).unwrap().candidates.len()
    };
    assert_eq!((from("2026-11-27"), from("2026-11-30")), (2, 1));
}

#[test]
fn what_could_move_for_it_is_offered_unless_its_day_is_hard() {
    let mut desk = studio();
    let soft = request(&mut desk, "Series t3 ~40h due:fri @ana");
    let film = request(&mut desk, "Film t3 ~8h due:fri");
    let mut plan = Plan::whole(film);
    plan.share.to = Some(day("2026-11-27"));
    let swaps = |desk: &Desk| {
        let found = desk.options(&plan).unwrap().candidates;
        found.into_iter().find(|it| it.handle == "ana").unwrap().swaps
    };
    assert_eq!(swaps(&desk), [(soft, 1)], "eight hours are one day");
    change(&mut desk, soft, "hard:yes");
    assert_eq!(swaps(&desk), []);
}

#[test]
fn the_ghost_shows_the_days_with_and_without_it() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~10h due:fri");
    let ana = options(&desk, film).into_iter().find(|it| it.handle == "ana").unwrap();
    let sum = |cells: &[Cell]| cells.iter().map(|cell| cell.confirmed).sum::<Minutes>();
    assert_eq!((sum(&ana.before), sum(&ana.after)), (Minutes::ZERO, hours(10)));
    assert_eq!((ana.after.len(), ana.after[0].confirmed), (42, hours(2)));
}

#[test]
fn a_share_that_changes_hands_keeps_its_hours_and_days() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~8h due:fri");
    let own = give(&mut desk, film, "ana", 5);
    let mut plan = Plan { moves: Some(own), ..Plan::whole(film) };
    let found = desk.options(&plan).unwrap();
    let bo = found.candidates.iter().find(|it| it.handle == "bo").unwrap();
    assert_eq!((bo.share.minutes, bo.share.to), (Some(hours(5)), day("2026-11-27")));
    assert_eq!(bo.holds_already, None);
    plan.share = NewShare { who: "bo".to_owned(), ..found.plan.share };
    assert_eq!(desk.commit(&plan).unwrap().1, "Bo has it now");
    let shares = shares_of(&desk, film);
    assert_eq!((shares.len(), shares[0].person, shares[0].minutes), (1, PersonId(2), Some(hours(5))));
}

#[test]
fn another_due_day_of_free_work_is_told_as_the_earliest_honest_date() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~16h due:fri");
    // Two days of work and a day of review.
    assert_eq!(
        consequence(&desk, film, Field::Due, "fri"),
        "done by Wed 25 Nov at the earliest, with ana, in time"
    );
    let late = consequence(&desk, film, Field::Due, "tomorrow");
    assert_eq!(late, "done by Wed 25 Nov at the earliest, with ana, its review ends 1 day late");
    let grown = consequence(&desk, film, Field::Estimate, "40h");
    assert_eq!(grown, "done by Mon 30 Nov at the earliest, with ana, its review ends 1 day late");
    assert_eq!(desk.store.request(film).unwrap().estimate, Some(hours(16)), "nothing is written");
}

#[test]
fn the_earliest_honest_date_is_the_earliest_whoever_did_such_work_before() {
    let mut desk = studio();
    let done = request(&mut desk, "Poster t3 ~4h +print");
    give(&mut desk, done, "ana", 4);
    for stage in [Stage::Ready, Stage::InProgress, Stage::Delivered] {
        desk.move_to(&[done], stage, "").unwrap();
    }
    request(&mut desk, "Series t3 ~40h due:fri @ana stage:ready");
    let film = request(&mut desk, "Leaflet t3 ~8h +print");
    assert_eq!(desk.options(&Plan::whole(film)).unwrap().candidates[0].handle, "ana", "by experience");
    let said = consequence(&desk, film, Field::Due, "fri");
    assert_eq!(said, "done by Tue 24 Nov at the earliest, with bo, in time");
}

#[test]
fn the_due_day_that_is_offered_is_neither_late_nor_over_once_it_is_taken() {
    let mut desk = studio();
    request(&mut desk, "Series t3 ~30h due:fri @ana stage:ready");
    request(&mut desk, "Trailer t3 ~30h due:fri @bo stage:ready");
    let film = request(&mut desk, "Film t3 ~8h due:tomorrow");
    give(&mut desk, film, "ana", 8);
    let ana = |desk: &Desk| {
        let own = desk.store.allocations_of(film).unwrap()[0].id;
        let found = desk.options(&Plan { moves: Some(own), ..Plan::whole(film) }).unwrap();
        found.candidates.into_iter().find(|it| it.handle == "ana").unwrap()
    };
    for size in ["20h", "30h", "44h", "61h"] {
        desk.edit(&[film], &format!("~{size} due:tomorrow")).unwrap();
        let share = desk.store.allocations_of(film).unwrap()[0].clone();
        let hours = desk.store.request(film).unwrap().estimate;
        desk.edit_share(share.id, &|share| share.minutes = hours).unwrap();
        let Some(Fix::MoveDate(offered)) = ana(&desk).cost.fix else { panic!("{}", ana(&desk).sentence) };
        desk.edit(&[film], &format!("due:{offered}")).unwrap();
        let taken = ana(&desk);
        assert!(taken.sentence.starts_with("fits"), "{size} due {offered}: {}", taken.sentence);
    }
}

#[test]
fn another_due_day_of_held_work_is_told_for_each_who_holds_it() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~16h due:fri");
    give(&mut desk, film, "ana", 12);
    give(&mut desk, film, "bo", 4);
    let said = consequence(&desk, film, Field::Due, "tomorrow");
    assert_eq!(
        said,
        "ana: its review ends 1 day late; nothing else moves; bo: fits; leaves 12h free by then"
    );
    assert!(refusal(desk.consequence(film, Field::Due, "asap")).contains("asap"));
}

#[test]
fn another_estimate_is_weighed_as_if_it_were_written_and_what_is_done_stays_done() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~20h due:fri @ana");
    let said = consequence(&desk, film, Field::Estimate, "48h");
    assert!(said.starts_with("ana: 2 days late; over 8h Mon 23–Fri 27 Nov"), "{said}");
    begin(&mut desk, film);
    // Four of twenty hours came off on Monday; 44 of 48 do not fit into four days, by twelve.
    go(&mut desk, "2026-11-24");
    let said = consequence(&desk, film, Field::Estimate, "48h");
    assert!(said.starts_with("ana: 3 days late; over 12h "), "{said}");
    assert_eq!(crate::ops::kit::left(&desk, film), Some(hours(16)));
}

#[test]
fn shapes_follow_each_other_round_and_round() {
    let mut shape = Shape::Even;
    let names: Vec<_> = (0..4)
        .map(|_| {
            shape = next_shape(&shape);
            shape.described()
        })
        .collect();
    assert_eq!((names[0] == names[3], names[2].as_str()), (true, "even"));
    assert_eq!(next_shape(&Shape::PerDay(hours(4))), Shape::Even);
}

/// A plan for an open request, as somebody might choose it: other days, other hours, another shape, not for sure.
fn random_plan(desk: &Desk, random: &mut fastrand::Rng) -> Plan {
    let open = desk.store.open_requests().unwrap();
    let mut plan = Plan::whole(open[random.usize(..open.len())].id);
    let from = day::plus(desk.today(), random.i64(0..15));
    let share = &mut plan.share;
    match random.u8(..4) {
        0 => {}
        1 => share.to = Some(day::plus(from, random.i64(0..20))),
        _ => (share.from, share.to) = (Some(from), Some(day::plus(from, random.i64(0..20)))),
    }
    if random.bool() {
        share.minutes = Some(Minutes(random.i64(1..80) * 30));
    }
    share.shape = [Shape::Even, Shape::Front, Shape::Back][random.usize(..3)].clone();
    share.is_tentative = random.u8(..5) == 0;
    plan
}

/// So many plans, a few for every run and many for the campaign.
fn plans() -> u64 {
    if std::env::var("TABLESETTER_CAMPAIGN").is_ok() { 1000 } else { 60 }
}

#[test]
fn what_a_plan_says_is_what_the_load_shows_once_it_is_done() {
    let mut desk = desk_at("2026-11-23T09:12:00+00:00");
    desk.fill_demo().unwrap();
    let mut random = fastrand::Rng::with_seed(7);
    let mut told = 0;
    for number in 0..plans() {
        let mut plan = random_plan(&desk, &mut random);
        let Ok(options) = desk.options(&plan) else { continue };
        if options.candidates.is_empty() {
            continue;
        }
        let candidate = options.candidates[random.usize(..options.candidates.len())].clone();
        plan.share.who.clone_from(&candidate.handle);
        let Ok((_, sentence)) = desk.commit(&plan) else { continue };
        told += 1;
        let what = format!("plan {number}: {plan:?}");
        assert_eq!(sentence, candidate.sentence, "{what}");
        let from = candidate.after[0].date;
        let (grid, _) = desk.load(from, candidate.after.len()).unwrap();
        let row = grid.rows.iter().find(|row| row.person == candidate.share.person).unwrap();
        assert_eq!(row.cells, candidate.after, "{what}");
        // The cost of what is not sure is told as if it were; the load counts it once it is.
        let is_sure =
            !candidate.share.is_tentative && options.request.estimate.or(plan.share.minutes).is_some();
        assert!(!is_sure || row.verdict.over() == candidate.cost.after, "{what}");
        // What the queue says of it is what the grid says of those who hold it.
        let queued = desk.row(plan.request).unwrap();
        let is_over = |row: &crate::domain::load::LoadRow| {
            row.verdict.forced.iter().any(|over| over.culprits.contains(&plan.request))
        };
        assert_eq!(queued.is_forced_over, grid.rows.iter().any(is_over), "{what}");
        assert!(!queued.is_forced_over || !queued.reasons.is_empty(), "{what}");
        desk.undo(None).unwrap();
    }
    assert!(told > plans() / 2, "{told}");
}
