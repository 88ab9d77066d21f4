//! The rules against examples that must come out exactly, and against a slow oracle.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::cost::Fix;
use super::fill::{Lateness, Placement, fill};
use super::kit::{day, item, person};
use super::*;
use crate::domain::day::plus;
use crate::domain::ids::AbsenceId;
use crate::domain::person::Absence;

const MONDAY: &str = "2026-11-23";

fn off(on: &str) -> Absence {
    Absence {
        id: AbsenceId(1),
        person: PersonId(1),
        from: day(on),
        to: day(on),
        per_day: None,
        is_tentative: false,
        note: String::new(),
    }
}

fn model(items: Vec<WorkItem>, absences: &[Absence]) -> LoadModel {
    let people = [person(1), person(2)];
    let team = Team { people: &people, absences, holidays: &[] };
    LoadModel::new(&team, items, day(MONDAY), day(MONDAY)..day("2027-03-31"))
}

fn is_whole(placement: &Placement) -> bool {
    placement.unplaced.iter().all(|minutes| minutes.is_zero())
}

#[test]
fn an_even_spread_over_that_fits_is_not_over() {
    let model = model(vec![item(1, 20, MONDAY, "2026-11-27"), item(2, 16, MONDAY, "2026-11-24")], &[]);
    let row = &model.grid(day(MONDAY), 5).rows[0];
    assert_eq!(row.cells[0].confirmed, Minutes::hours(12), "150 % of Monday by an even spread");
    assert_eq!(row.cells[0].state, CellState::SpreadOver);
    assert_eq!(row.verdict.forced, []);
    let items: Vec<_> = model.items_of(PersonId(1)).iter().collect();
    let placement =
        fill(&items, &model.capacity, &model.capacity.people()[0], (day(MONDAY), Lateness::Forbidden));
    assert!(is_whole(&placement));
}

#[test]
fn work_within_two_days_of_which_one_is_off_is_forced_over() {
    let model = model(vec![item(7, 16, "2026-11-26", "2026-11-27")], &[off("2026-11-27")]);
    let row = &model.grid(day(MONDAY), 7).rows[0];
    let expected = ForcedOver {
        from: day("2026-11-26"),
        to: day("2026-11-27"),
        over: Minutes::hours(8),
        culprits: vec![RequestId(7)],
    };
    assert_eq!(row.verdict.forced, [expected]);
    assert_eq!(row.cells[3].state, CellState::ForcedOver);
    assert_eq!(row.cells[4].state, CellState::NoCapacity);
    let week = &super::grid::weeks(&row.cells)[0];
    assert_eq!(grid::utilization(week.confirmed, week.effective), Some(50), "the week alone looks harmless");
    assert_eq!(week.state, CellState::ForcedOver);
}

#[test]
fn tight_unknown_tentative_and_roles_have_their_own_words() {
    let tight = model(vec![item(1, 16, MONDAY, "2026-11-24")], &[]);
    assert_eq!(tight.grid(day(MONDAY), 1).rows[0].cells[0].state, CellState::Tight);
    let unknown = model(vec![WorkItem { is_unknown: true, ..item(1, 90, MONDAY, "2026-11-24") }], &[]);
    let row = &unknown.grid(day(MONDAY), 1).rows[0];
    assert_eq!((row.cells[0].state, row.verdict.forced.len()), (CellState::Unknown, 0));
    let tentative = model(vec![WorkItem { is_tentative: true, ..item(1, 90, MONDAY, "2026-11-24") }], &[]);
    let cell = tentative.grid(day(MONDAY), 1).rows[0].cells[0];
    assert_eq!(
        (cell.confirmed, cell.tentative, cell.state),
        (Minutes::ZERO, Minutes::hours(45), CellState::Fits)
    );
    let mut role = person(1);
    role.is_role = true;
    let people = [role];
    let team = Team { people: &people, absences: &[], holidays: &[] };
    let demand = LoadModel::new(
        &team,
        vec![item(1, 30, "2026-11-20", "2026-11-24")],
        day(MONDAY),
        day(MONDAY)..day("2026-12-31"),
    );
    let grid = demand.grid(day("2026-11-20"), 5);
    assert_eq!(grid.rows[0].cells[0].confirmed, Minutes::ZERO, "past demand counts nothing");
    assert_eq!(
        (grid.rows[0].cells[4].confirmed, grid.rows[0].cells[4].state),
        (Minutes::hours(10), CellState::Fits)
    );
}

#[test]
fn disciplines_add_up() {
    let model = model(vec![item(1, 20, MONDAY, "2026-11-27")], &[off("2026-11-27")]);
    let groups = model.grid(day(MONDAY), 5).by(|_| "design".to_owned());
    let (confirmed, effective) = groups[0]
        .1
        .iter()
        .fold((Minutes::ZERO, Minutes::ZERO), |sum, cell| (sum.0 + cell.confirmed, sum.1 + cell.effective));
    assert_eq!((confirmed, effective), (Minutes::hours(20), Minutes::hours(72)));
    assert_eq!(grid::utilization(Minutes::ZERO, Minutes::ZERO), None);
}

#[test]
fn the_earliest_honest_date_waits_for_what_is_promised_and_for_review() {
    let busy = model(vec![item(1, 36, MONDAY, "2026-11-27")], &[]);
    let work = NewWork { minutes: Minutes::hours(12), from: day(MONDAY), review_days: 2 };
    let found = forecast(&busy, &[PersonId(1), PersonId(2)], work);
    assert_eq!(found[0].person, PersonId(2), "whoever is free first comes first");
    assert_eq!(found[0].worked, Some(day("2026-11-24")));
    assert_eq!(found[0].finish, Some(day("2026-11-26")));
    assert_eq!(found[1].worked, Some(day("2026-12-01")), "2h24m on Friday, then 6h24m a day");
    assert_eq!(found[1].reason, "2h24m free from Fri 27 Nov; 1 item due before it; 2 days of review");
}

#[test]
fn the_cost_of_yes_names_who_slips_and_the_cheapest_way_out() {
    let name = |person: PersonId| format!("p{}", person.0);
    let free = cost_of_yes(&model(Vec::new(), &[]), &item(9, 20, MONDAY, "2026-11-27")).unwrap();
    assert_eq!(free.sentence(name), "fits; leaves 20h open before it is due");
    let full = || vec![item(1, 40, MONDAY, "2026-11-27")];
    let swap = cost_of_yes(&model(full(), &[]), &item(9, 9, MONDAY, "2026-11-27")).unwrap();
    assert_eq!(swap.fix, Some(Fix::Swap(PersonId(2))));
    let mut both = full();
    both.push(WorkItem { person: PersonId(2), ..item(2, 40, MONDAY, "2026-11-27") });
    let later = cost_of_yes(&model(both, &[]), &item(9, 9, MONDAY, "2026-11-26")).unwrap();
    assert_eq!((later.before, later.after), (Minutes::ZERO, Minutes::hours(9)));
    assert_eq!(later.sentence(name), "over 9h Mon 23–Fri 27 Nov: R-1 slips 2 days; or due Tue 1 Dec");
}

/// Maximum flow from work to days, the slow way: the oracle for the truth test.
fn max_flow(items: &[WorkItem], capacity: &Capacity) -> i64 {
    let days = &capacity.people()[0];
    let (source, sink, first_day) = (0, 1, 2 + items.len());
    let count = first_day + capacity.len;
    let mut room = vec![vec![0_i64; count]; count];
    for (index, item) in items.iter().enumerate() {
        room[source][2 + index] = item.minutes.0;
        for at in capacity.at(item.from)..=capacity.at(item.to) {
            room[2 + index][first_day + at] = item.minutes.0;
        }
    }
    for at in 0..capacity.len {
        room[first_day + at][sink] = days.effective(at).0;
    }
    let mut total = 0;
    loop {
        let mut from = vec![usize::MAX; count];
        let mut queue = VecDeque::from([source]);
        from[source] = source;
        while let Some(node) = queue.pop_front() {
            for next in 0..count {
                if from[next] == usize::MAX && room[node][next] > 0 {
                    from[next] = node;
                    queue.push_back(next);
                }
            }
        }
        if from[sink] == usize::MAX {
            return total;
        }
        let path: Vec<_> =
            std::iter::successors(Some(sink), |node| (*node != source).then(|| from[*node])).collect();
        let flow = path.windows(2).map(|step| room[step[1]][step[0]]).min().unwrap();
        for step in path.windows(2) {
            room[step[1]][step[0]] -= flow;
            room[step[0]][step[1]] += flow;
        }
        total += flow;
    }
}

prop_compose! {
    fn work()(request in 1i64..9, hours in 0i64..30, from in 0i64..12, len in 0i64..8) -> WorkItem {
        let from = plus(day(MONDAY), from);
        WorkItem { request: RequestId(request), minutes: Minutes::hours(hours), from, to: plus(from, len), ..item(1, 0, MONDAY, MONDAY) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_truth_test_agrees_with_maximum_flow_and_the_fill_proves_it(items in prop::collection::vec(work(), 0..7), gone in 0i64..14) {
        let absence = off(&plus(day(MONDAY), gone).to_string());
        let people = [person(1)];
        let team = Team { people: &people, absences: &[absence], holidays: &[] };
        let model = LoadModel::new(&team, items, day(MONDAY), day(MONDAY)..day("2026-12-20"));
        let own = model.items_of(PersonId(1));
        let wanted: i64 = own.iter().map(|item| item.minutes.0).sum();
        let fits = max_flow(own, &model.capacity) == wanted;
        prop_assert_eq!(model.verdict(PersonId(1)).forced.is_empty(), fits);

        let refs: Vec<_> = own.iter().collect();
        let days = &model.capacity.people()[0];
        let placement = fill(&refs, &model.capacity, days, (day(MONDAY), Lateness::Forbidden));
        prop_assert_eq!(is_whole(&placement), fits, "the fill finds room exactly when there is some");
        for (at, used) in placement.used.iter().enumerate() {
            prop_assert!(*used <= days.effective(at), "never above a day's capacity");
        }
        for (item, placed) in own.iter().zip(&placement.placed) {
            for (at, _) in placed {
                let on = model.capacity.day(*at);
                prop_assert!(item.from <= on && on <= item.to, "never outside a window");
            }
        }
    }

    #[test]
    fn the_largest_excess_is_exactly_what_the_flow_cannot_carry_in_one_interval(items in prop::collection::vec(work(), 1..6)) {
        let model = model(items, &[]);
        let own = model.items_of(PersonId(1)).to_vec();
        for forced in model.verdict(PersonId(1)).forced {
            let inside: Vec<_> = own.iter().filter(|item| item.from >= forced.from && item.to <= forced.to).cloned().collect();
            let wanted: i64 = inside.iter().map(|item| item.minutes.0).sum();
            let carried = max_flow(&inside, &model.capacity);
            prop_assert!(wanted - carried >= forced.over.0);
            prop_assert!(inside.iter().filter(|item| item.minutes.is_positive()).all(|item| forced.culprits.contains(&item.request)));
        }
    }
}
