//! The rules against examples that must come out exactly, and against a slow oracle.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::capacity::{Away, PersonDays};
use super::cost::Fix;
use super::fill::{Lateness, Placement, fill};
use super::forecast::ReviewWait;
use super::kit::{MONDAY, day, item, model_of, person};
use super::*;
use crate::domain::day::plus;
use crate::domain::ids::{AbsenceId, HolidayId};
use crate::domain::person::{Absence, Holiday};

fn off(on: &str) -> Absence {
    Absence {
        id: AbsenceId(1),
        person: PersonId(1),
        from: day(on),
        to: day(on),
        per_day: None,
        is_tentative: false,
        note: String::new(),
        brought: String::new(),
    }
}

fn model(items: Vec<WorkItem>, absences: &[Absence]) -> LoadModel {
    model_of(&Team { people: &[person(1), person(2)], absences, holidays: &[] }, items)
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
        displaced: Minutes::ZERO,
        late: Vec::new(),
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
    let demand = model_of(&team, vec![item(1, 30, "2026-11-20", "2026-11-24")]);
    let grid = demand.grid(day("2026-11-20"), 5);
    assert_eq!(grid.rows[0].cells[0].confirmed, Minutes::ZERO, "nothing lies on days that are over");
    assert_eq!(
        (grid.rows[0].cells[4].confirmed, grid.rows[0].cells[4].state),
        (Minutes::hours(15), CellState::Fits)
    );
    let late = model_of(&team, vec![item(1, 30, "2026-11-16", "2026-11-20")]);
    let row = &late.grid(day(MONDAY), 5).rows[0];
    assert_eq!(
        (row.cells[0].late, row.verdict.over()),
        (Minutes::hours(30), Minutes::ZERO),
        "a role is never over"
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
fn a_discipline_is_one_in_whatever_letters_people_write_it() {
    let written = ["Design", "design ", "DESIGN", "Motion"];
    let mut people: Vec<Person> = (1..=4).map(person).collect();
    for (person, discipline) in people.iter_mut().zip(written) {
        discipline.clone_into(&mut person.discipline);
    }
    let team = Team { people: &people, absences: &[], holidays: &[] };
    let grid = model_of(&team, vec![item(1, 8, MONDAY, MONDAY)]).grid(day(MONDAY), 5);
    let groups = grid.by(|id| people.iter().find(|person| person.id == id).unwrap().discipline.clone());
    let names: Vec<&str> = groups.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Design", "Motion"]);
    let whole = groups[0].1[0].effective;
    assert_eq!(whole.0, 3 * groups[1].1[0].effective.0, "three people's hours in one row");
    let alone = [&people[0], &people[3]].map(|person| person.id);
    let model = model_of(&team, Vec::new());
    assert_eq!(model.same_discipline(alone[0]), [PersonId(2), PersonId(3)]);
    assert!(model.same_discipline(alone[1]).is_empty());
}

#[test]
fn the_earliest_honest_date_waits_for_what_is_promised_and_for_review() {
    let busy = model(vec![item(1, 36, MONDAY, "2026-11-27")], &[]);
    let work = NewWork {
        minutes: Minutes::hours(12),
        from: day(MONDAY),
        review: ReviewWait { days: 2, measured: None },
    };
    let found = forecast(&busy, &[PersonId(1), PersonId(2)], work);
    assert_eq!(found[0].person, PersonId(2), "whoever is free first comes first");
    assert_eq!(found[0].worked, Some(day("2026-11-24")));
    assert_eq!(found[0].finish, Some(day("2026-11-26")));
    assert_eq!(found[1].worked, Some(day("2026-12-01")), "2h24m on Friday, then 6h24m a day");
    assert_eq!(
        found[1].reason,
        "2h24m free from Fri 27 Nov; 1 item due before it; 2 days of review, as configured"
    );
}

#[test]
fn the_cost_of_yes_names_who_slips_and_the_cheapest_way_out() {
    let name = |person: PersonId| format!("p{}", person.0);
    let free = cost_of_yes(&model(Vec::new(), &[]), &item(9, 20, MONDAY, "2026-11-27")).unwrap();
    assert_eq!(free.sentence(name), "fits; leaves 20h free by then");
    let full = || vec![item(1, 40, MONDAY, "2026-11-27")];
    let swap = cost_of_yes(&model(full(), &[]), &item(9, 9, MONDAY, "2026-11-27")).unwrap();
    assert_eq!(swap.fix, Some(Fix::Swap(PersonId(2))));
    let mut both = full();
    both.push(WorkItem { person: PersonId(2), ..item(2, 40, MONDAY, "2026-11-27") });
    let later = cost_of_yes(&model(both, &[]), &item(9, 9, MONDAY, "2026-11-26")).unwrap();
    assert_eq!((later.before, later.after), (Minutes::ZERO, Minutes::hours(9)));
    assert_eq!(later.sentence(name), "over 9h Mon 23–Fri 27 Nov: R-1 slips 2 days; or due Tue 1 Dec");
}

/// Maximum flow from work to days, the slow way: the oracle for the truth test. It knows nothing of lays and
/// intervals. Late work has a window from today to the end of the range and is carried first, which an exchange
/// argument allows; what the rest can carry then is the flow of both less the flow of late work.
fn max_flow(items: &[&WorkItem], room_of: &[i64], from: NaiveDate, today: NaiveDate) -> i64 {
    let (source, sink, first_day) = (0, 1, 2 + items.len());
    let count = first_day + room_of.len();
    let at = |date: NaiveDate| usize::try_from((date - from).num_days()).unwrap().min(room_of.len() - 1);
    let mut room = vec![vec![0_i64; count]; count];
    for (index, item) in items.iter().enumerate() {
        room[source][2 + index] = item.left.0;
        let last = if item.is_late { room_of.len() - 1 } else { at(item.deadline) };
        for day in at(item.from.max(today))..=last {
            room[2 + index][first_day + day] = item.left.0;
        }
    }
    for (day, minutes) in room_of.iter().enumerate() {
        room[first_day + day][sink] = *minutes;
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

/// What no schedule can place, by the oracle: late work takes the earliest minutes, then the rest flows.
fn oracle(items: &[WorkItem], days: &PersonDays, capacity: &Capacity) -> i64 {
    let first = capacity.at(day(MONDAY));
    let mut room: Vec<i64> = (first..capacity.len).map(|at| days.effective(at).0).collect();
    let mut late: i64 =
        items.iter().filter(|item| item.is_late && item.decides()).map(|item| item.left.0).sum();
    for minutes in &mut room {
        let taken = late.min(*minutes);
        late -= taken;
        *minutes -= taken;
    }
    let rest: Vec<&WorkItem> = items.iter().filter(|item| !item.is_late && item.decides()).collect();
    let wanted: i64 = rest.iter().map(|item| item.left.0).sum();
    wanted - max_flow(&rest, &room, day(MONDAY), day(MONDAY))
}

prop_compose! {
    fn work()(request in 1i64..9, quarters in 1i64..120, from in -12i64..14, len in 0i64..9, kind in 0u8..8) -> WorkItem {
        let from = plus(day(MONDAY), from);
        let to = plus(from, len);
        WorkItem {
            request: RequestId(request),
            hours: Minutes(quarters * 15),
            left: Minutes(quarters * 15),
            from,
            to,
            deadline: to,
            is_late: to < day(MONDAY),
            is_tentative: kind == 0,
            is_unknown: kind == 1,
            ..item(1, 0, MONDAY, MONDAY)
        }
    }
}

fn away(from: i64, len: i64, per_day: i64) -> Absence {
    let from = plus(day(MONDAY), from);
    let per_day = (per_day > 0).then(|| Minutes::hours(per_day));
    Absence { from, to: plus(from, len), per_day, ..off(MONDAY) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_amount_over_is_exactly_what_no_flow_can_carry(
        items in prop::collection::vec(work(), 0..8),
        absence in (0i64..14, 0i64..3, 0i64..8),
        holiday in 0i64..14,
    ) {
        let people = [person(1)];
        let absence = away(absence.0, absence.1, absence.2);
        let on = plus(day(MONDAY), holiday);
        let holidays = [Holiday { id: HolidayId(1), name: String::new(), from: on, to: on, brought: String::new() }];
        let team = Team { people: &people, absences: &[absence], holidays: &holidays };
        let model = model_of(&team, items);
        let days = &model.capacity.people()[0];
        let own = model.items_of(PersonId(1));
        let verdict = model.verdict(PersonId(1));
        let amount = oracle(own, days, &model.capacity);
        prop_assert_eq!(verdict.over().0, amount);
        // The culprits are exactly the requests without which the amount would be smaller.
        let mut named: Vec<RequestId> = verdict.forced.iter().flat_map(|forced| forced.culprits.clone()).collect();
        named.sort_unstable();
        named.dedup();
        let mut guilty: Vec<RequestId> = own.iter().filter(|item| item.decides() && !item.is_late).map(|item| item.request).collect();
        guilty.sort_unstable();
        guilty.dedup();
        guilty.retain(|request| {
            let is_other = |item: &&WorkItem| item.request != *request || item.is_late || !item.decides();
            let rest: Vec<WorkItem> = own.iter().filter(is_other).cloned().collect();
            oracle(&rest, days, &model.capacity) < amount
        });
        prop_assert_eq!(named, guilty);
        // The fill places everything exactly when nothing is over, never above a day and never outside a window.
        let refs: Vec<&WorkItem> = own.iter().filter(|item| item.decides()).collect();
        let placement = fill(&refs, &model.capacity, days, (day(MONDAY), Lateness::Forbidden));
        let missing: i64 = placement.unplaced.iter().zip(&refs).filter(|(_, item)| !item.is_late).map(|(left, _)| left.0).sum();
        prop_assert_eq!(missing, amount, "earliest deadline first wastes nothing");
        for (at, used) in placement.used.iter().enumerate() {
            prop_assert!(*used <= days.effective(at), "never above a day's capacity");
        }
        for (item, placed) in refs.iter().zip(&placement.placed).filter(|(item, _)| !item.is_late) {
            for (at, _) in placed {
                let on = model.capacity.day(*at);
                prop_assert!(item.from <= on && on <= item.deadline, "never outside a window");
            }
        }
    }

    #[test]
    fn a_yes_costs_what_the_flow_with_it_cannot_carry_more(items in prop::collection::vec(work(), 0..7), extra in work()) {
        let model = model(items, &[]);
        let extra = WorkItem { request: RequestId(99), ..extra };
        let cost = cost_of_yes(&model, &extra).unwrap();
        let (own, days) = (model.items_of(PersonId(1)).to_vec(), &model.capacity.people()[0]);
        let before = oracle(&own, days, &model.capacity);
        // A candidate is weighed as if it were confirmed and known.
        let sure = WorkItem { is_tentative: false, is_unknown: false, ..extra };
        let with: Vec<WorkItem> = own.iter().cloned().chain([sure]).collect();
        prop_assert_eq!(cost.before.0, before);
        prop_assert_eq!(cost.after.0, oracle(&with, days, &model.capacity));
        prop_assert!(cost.after >= cost.before, "a yes never costs less than nothing");
    }
}

/// The first worked example of LOAD.md, 7, from its second day on: late work first, and what it displaces.
#[test]
fn what_late_work_displaces_is_said_apart() {
    let asked = |today: &str, items: Vec<WorkItem>| {
        let people = [person(1)];
        let team = Team { people: &people, absences: &[], holidays: &[] };
        let capacity = std::sync::Arc::new(Capacity::new(&team, day("2026-11-01"), day("2027-06-30")));
        LoadModel::of_items(&team, capacity, items, day(today))
    };
    let late = WorkItem { is_late: true, ..item(2, 20, "2026-11-16", "2026-11-20") };
    let model = asked("2026-11-26", vec![item(1, 40, "2026-11-09", "2026-11-27"), late]);
    let verdict = model.verdict(PersonId(1));
    assert_eq!(verdict.late_minutes(), Minutes::hours(20));
    let forced = &verdict.forced[0];
    assert_eq!(
        (forced.from, forced.to, forced.over),
        (day("2026-11-26"), day("2026-11-27"), Minutes::hours(40))
    );
    assert_eq!(forced.culprits, [RequestId(1)]);
    assert_eq!((forced.displaced, forced.late.as_slice()), (Minutes::hours(16), [RequestId(2)].as_slice()));
    let cells = &model.grid(day("2026-11-26"), 5).rows[0].cells;
    let late: Vec<i64> = cells.iter().map(|cell| cell.late.rounded_hours()).collect();
    assert_eq!(late, [8, 8, 0, 0, 4], "Thursday, Friday, Monday");
    let more = cost_of_yes(&model, &item(9, 8, "2026-11-26", "2026-11-27")).unwrap();
    assert_eq!(more.after - more.before, Minutes::hours(8));
}

/// The second worked example: the ranges are the smallest days that show the whole amount.
#[test]
fn what_fits_between_two_bottlenecks_is_not_named() {
    let model = model(
        vec![
            item(1, 12, MONDAY, MONDAY),
            item(2, 12, "2026-11-25", "2026-11-25"),
            item(3, 5, MONDAY, "2026-11-25"),
        ],
        &[],
    );
    let verdict = model.verdict(PersonId(1));
    assert_eq!(verdict.over(), Minutes::hours(8));
    let ranges: Vec<_> =
        verdict.forced.iter().map(|it| (it.from.to_string(), it.over.rounded_hours())).collect();
    assert_eq!(ranges, [("2026-11-23".to_owned(), 4), ("2026-11-25".to_owned(), 4)]);
    assert!(verdict.forced.iter().all(|forced| !forced.culprits.contains(&RequestId(3))));
}

/// The eleventh: late work and a full week fit exactly, and no day looks over.
#[test]
fn late_work_and_the_rest_of_a_week_that_fit_exactly_look_it() {
    let model = model(vec![item(1, 8, "2026-11-16", "2026-11-20"), item(2, 32, MONDAY, "2026-11-27")], &[]);
    let row = &model.grid(day(MONDAY), 5).rows[0];
    assert!(row.cells.iter().all(|cell| cell.confirmed == Minutes::hours(8)), "{:?}", row.cells);
    assert_eq!(row.verdict.over(), Minutes::ZERO);
}

/// Somebody who leaves: what would lie after their last day lies in the row of nobody.
#[test]
fn what_somebody_holds_after_their_last_day_is_nobodys() {
    let mut ana = person(1);
    ana.last_day = Some(day("2026-11-25"));
    let people = [ana];
    let team = Team { people: &people, absences: &[], holidays: &[] };
    let model =
        model_of(&team, vec![item(1, 40, MONDAY, "2026-11-27"), item(2, 6, "2026-11-30", "2026-12-02")]);
    let own: Minutes = model.items_of(PersonId(1)).iter().map(|item| item.left).sum();
    assert_eq!(own, Minutes::hours(24));
    let left: Vec<_> =
        model.items_of(NOBODY).iter().map(|item| (item.request.0, item.left.rounded_hours())).collect();
    assert_eq!(left, [(1, 16), (2, 6)]);
    assert_eq!(model.verdict(NOBODY).over(), Minutes::ZERO);
    let nobody = |model: &LoadModel| model.grid(day(MONDAY), 10).nobody.map(|row| row.is_role);
    assert_eq!(nobody(&model), Some(true), "demand has a row of its own");
    assert_eq!(
        nobody(&model_of(&team, vec![item(1, 4, MONDAY, MONDAY)])),
        None,
        "and none where there is none"
    );
}

#[test]
fn a_week_adds_up_each_of_its_layers() {
    let layers = model(
        vec![
            item(1, 4, "2026-11-16", "2026-11-20"),
            WorkItem { is_tentative: true, ..item(2, 10, MONDAY, "2026-11-27") },
            WorkItem { is_unknown: true, ..item(3, 15, MONDAY, "2026-11-27") },
            item(4, 8, "2026-11-26", "2026-11-27"),
        ],
        &[],
    );
    let week = grid::weeks(&layers.grid(day(MONDAY), 5).rows[0].cells).remove(0);
    let hours = [week.effective, week.planning, week.confirmed, week.late, week.tentative, week.unknown]
        .map(|minutes| minutes.0 / 60);
    assert_eq!(hours, [40, 32, 12, 4, 10, 15]);
}

#[test]
fn a_week_is_the_sum_of_its_days_and_as_bad_as_its_worst() {
    let away = |from: &str, to: &str| Absence { to: day(to), ..off(from) };
    let busy = model(vec![item(1, 20, MONDAY, "2026-11-27"), item(2, 16, "2026-11-22", "2026-11-24")], &[]);
    let weeks = grid::weeks(&busy.grid(day("2026-11-22"), 9).rows[0].cells);
    let told: Vec<_> = weeks
        .iter()
        .map(|week| (week.date.to_string(), week.confirmed.rounded_hours(), week.state))
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-16".to_owned(), 0, CellState::NoCapacity),
            (MONDAY.to_owned(), 36, CellState::Fits),
            ("2026-11-30".to_owned(), 0, CellState::Slack),
        ],
        "a day that looks over is no news for a week that has room"
    );
    for (absences, expected) in [
        (vec![], Away::No),
        (vec![away(MONDAY, "2026-11-27")], Away::Whole),
        (vec![away(MONDAY, "2026-11-24")], Away::Whole),
        (vec![Absence { per_day: Some(Minutes::hours(2)), ..off(MONDAY) }, off("2026-11-25")], Away::Part),
        (vec![off(MONDAY), Absence { per_day: Some(Minutes::hours(2)), ..off("2026-11-25") }], Away::Part),
    ] {
        let cells = model(Vec::new(), &absences).grid(day(MONDAY), 7).rows[0].cells.clone();
        assert_eq!(grid::weeks(&cells)[0].away, expected, "{absences:?}");
    }
}

#[test]
fn a_week_that_has_no_room_for_what_lies_in_it_looks_over() {
    // Sixty hours over twelve days, most of them first: 12 to 8 parts a day and, after the weekend, 5 to 1; the first
    // week has 50 of 65.
    let front = WorkItem { shape: Shape::Front, ..item(1, 60, MONDAY, "2026-12-04") };
    let weeks = grid::weeks(&model(vec![front], &[]).grid(day(MONDAY), 14).rows[0].cells);
    assert_eq!(weeks[0].confirmed, Minutes(2_769));
    assert_eq!([weeks[0].state, weeks[1].state], [CellState::SpreadOver, CellState::Fits]);
}

#[test]
fn what_was_planned_for_a_day_that_is_over_lies_in_its_own_layer() {
    use crate::domain::kept::KeptShare;
    let kept = |is_tentative, is_unknown| KeptShare {
        day: day("2026-11-20"),
        share: AllocationId(1),
        request: RequestId(1),
        title: "Film".to_owned(),
        tier: crate::domain::tier::Tier::PRODUCTION,
        person: PersonId(1),
        handle: "p1".to_owned(),
        is_role: false,
        is_tentative,
        is_unknown,
        planned: Minutes::hours(9),
        done: Minutes::ZERO,
    };
    let model = model_of(
        &Team { people: &[person(1)], absences: &[], holidays: &[] },
        vec![item(7, 1, "2026-11-20", MONDAY)],
    );
    let after = |kept: &KeptShare| {
        let mut cell = model.grid(day("2026-11-20"), 1).rows[0].cells[0];
        cell.add_planned(kept);
        (cell.confirmed, cell.tentative, cell.unknown, cell.state)
    };
    let (none, all) = (Minutes::ZERO, Minutes::hours(9));
    assert_eq!(
        after(&kept(false, false)),
        (all, none, none, CellState::Fits),
        "nobody is over afterwards, and nothing can be re-shaped"
    );
    assert_eq!(after(&kept(true, true)), (none, all, none, CellState::Fits));
    assert_eq!(after(&kept(false, true)), (none, none, all, CellState::Unknown));
}

#[test]
fn the_worst_is_the_most_and_of_two_the_first() {
    let two = model(vec![item(1, 12, "2026-11-26", "2026-11-26"), item(2, 12, MONDAY, MONDAY)], &[]);
    let row = &two.grid(day(MONDAY), 5).rows[0];
    assert_eq!(
        (row.verdict.forced.len(), row.worst_in(NaiveDate::MIN, NaiveDate::MAX).unwrap().from),
        (2, day(MONDAY))
    );
    let more = model(vec![item(1, 13, "2026-11-26", "2026-11-26"), item(2, 12, MONDAY, MONDAY)], &[]);
    assert_eq!(
        more.grid(day(MONDAY), 5).rows[0].worst_in(NaiveDate::MIN, NaiveDate::MAX).unwrap().from,
        day("2026-11-26")
    );
    assert_eq!(
        model(Vec::new(), &[]).grid(day(MONDAY), 5).rows[0].worst_in(NaiveDate::MIN, NaiveDate::MAX),
        None
    );
}

#[test]
fn a_share_of_time_is_rounded_to_the_nearest_percent() {
    for (confirmed, effective, percent) in [(1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0), (9, 8, 113)] {
        assert_eq!(
            grid::utilization(Minutes(confirmed), Minutes(effective)),
            Some(percent),
            "{confirmed}/{effective}"
        );
    }
}

#[test]
fn late_work_says_what_it_displaces_only_where_it_displaces_something() {
    let forced = |displaced: i64, late: &[i64]| ForcedOver {
        from: day(MONDAY),
        to: day(MONDAY),
        over: Minutes::hours(4),
        culprits: vec![RequestId(1)],
        displaced: Minutes::hours(displaced),
        late: late.iter().copied().map(RequestId).collect(),
    };
    assert_eq!(forced(0, &[2]).because(), None);
    assert_eq!(forced(2, &[2]).because().as_deref(), Some("; 2h of it because R-2 is late"));
    assert_eq!(forced(4, &[2, 3]).because().as_deref(), Some("; 4h of it because R-2, R-3 are late"));
}

#[test]
fn late_work_of_a_verdict_is_told_by_its_oldest_day_and_only_what_is_known_is_summed() {
    let late = |request, to| item(request, 4, "2026-11-09", to);
    let model = model(
        vec![
            late(3, "2026-11-20"),
            WorkItem { is_unknown: true, ..late(1, "2026-11-13") },
            WorkItem { is_tentative: true, ..late(2, "2026-11-12") },
        ],
        &[],
    );
    let verdict = model.verdict(PersonId(1));
    assert_eq!(verdict.late.iter().map(|late| late.request.0).collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(verdict.late_minutes(), Minutes::hours(4));
}

#[test]
fn work_that_only_a_saturday_is_left_for_is_over_there_and_a_week_sums_what_is_late() {
    const SATURDAY: &str = "2026-11-28";
    let model = model(vec![item(1, 4, SATURDAY, SATURDAY), item(2, 12, "2026-11-09", "2026-11-20")], &[]);
    let cells = model.grid(day(MONDAY), 7).rows[0].cells.clone();
    assert_eq!((cells[5].effective, cells[5].confirmed), (Minutes::ZERO, Minutes::hours(4)));
    assert_eq!(cells[5].state, CellState::ForcedOver, "a day off with work that can go nowhere else");
    assert_eq!(cells[6].state, CellState::NoCapacity);
    let late: Vec<Minutes> = cells.iter().map(|cell| cell.late).take(3).collect();
    assert_eq!(late, [8, 4, 0].map(Minutes::hours), "late work takes the first free hours");
    let week = grid::weeks(&cells)[0];
    assert_eq!((week.late, week.confirmed), (Minutes::hours(12), Minutes::hours(16)));
}
