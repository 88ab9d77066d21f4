//! The time that people have by contract, absences and holidays.

use super::*;
use crate::domain::load::kit::{day, person};
use crate::domain::record::TableRow;

fn week(hours: [i64; 7]) -> [Minutes; 7] {
    hours.map(Minutes::hours)
}

fn effective(person: &Person, absences: &[Absence], holidays: &[Holiday], on: &str) -> i64 {
    let team = Team { people: std::slice::from_ref(person), absences, holidays };
    let capacity = Capacity::new(&team, day("2026-11-16"), day("2026-12-31"));
    capacity.people()[0].effective(capacity.at(day(on))).0
}

#[test]
fn the_most_recent_contract_holds() {
    let mut ana = person(1);
    ana.contracts = vec![
        Contract { from: day("2026-12-01"), week: week([4, 4, 4, 4, 4, 0, 0]) },
        Contract { from: day("2026-11-18"), week: week([6, 6, 6, 6, 0, 0, 0]) },
    ];
    ana.last_day = Some(day("2026-12-18"));
    for (on, minutes) in
        [("2026-11-16", 360), ("2026-11-20", 0), ("2026-11-30", 360), ("2026-12-04", 240), ("2026-12-21", 0)]
    {
        assert_eq!(effective(&ana, &[], &[], on), minutes, "{on}");
    }
}

#[test]
fn absences_and_holidays_take_capacity_and_tentative_ones_do_not() {
    let ana = person(1);
    let absence = |from, to, per_day, is_tentative| Absence {
        person: ana.id,
        from: day(from),
        to: day(to),
        per_day,
        is_tentative,
        ..Absence::blank(day("2026-11-23"))
    };
    let absences = [
        absence("2026-11-23", "2026-11-24", None, false),
        absence("2026-11-25", "2026-11-25", Some(Minutes::hours(3)), false),
        absence("2026-11-26", "2026-11-26", None, true),
    ];
    let holidays =
        [Holiday { from: day("2026-12-25"), to: day("2026-12-28"), ..Holiday::blank(day("2026-12-25")) }];
    for (on, minutes) in [
        ("2026-11-23", 0),
        ("2026-11-25", 300),
        ("2026-11-26", 480),
        ("2026-12-25", 0),
        ("2026-12-28", 0),
        ("2026-12-29", 480),
    ] {
        assert_eq!(effective(&ana, &absences, &holidays, on), minutes, "{on}");
    }
}

/// Two weeks from Monday 23 November.
fn fortnight(person: &Person, absences: &[Absence], holidays: &[Holiday]) -> Capacity {
    let team = Team { people: std::slice::from_ref(person), absences, holidays };
    Capacity::new(&team, day("2026-11-23"), day("2026-12-06"))
}

fn absence(from: &str, to: &str, hours: Option<i64>) -> Absence {
    Absence {
        person: PersonId(1),
        from: day(from),
        to: day(to),
        per_day: hours.map(Minutes::hours),
        is_tentative: false,
        ..Absence::blank(day("2026-11-23"))
    }
}

#[test]
fn a_day_off_keeps_its_contract_and_says_why_it_has_less() {
    let absences = [
        absence("2026-11-20", "2026-11-23", None),
        absence("2026-11-24", "2026-11-25", Some(4)),
        absence("2026-11-25", "2026-11-25", Some(4)),
        absence("2026-11-26", "2026-11-26", None),
    ];
    let free =
        [Holiday { from: day("2026-11-26"), to: day("2026-11-26"), ..Holiday::blank(day("2026-11-26")) }];
    let capacity = fortnight(&person(1), &absences, &free);
    let ana = capacity.of(PersonId(1)).unwrap();
    // Of eight hours a day, 80 % are planned with.
    for (at, effective, planned, away) in [
        (0, 0, 0, Away::Whole),
        (1, 240, 192, Away::Part),
        (2, 0, 0, Away::Whole),
        (3, 0, 0, Away::Holiday),
        (4, 480, 384, Away::No),
    ] {
        assert_eq!(ana.contracted(at), Minutes::hours(8), "{at}");
        assert_eq!(
            (ana.effective(at), ana.planning(at), ana.away(at)),
            (Minutes(effective), Minutes(planned), away),
            "{at}"
        );
    }
    let closed: Vec<usize> = (0..20).filter(|at| capacity.is_closed(*at)).collect();
    assert_eq!((closed, ana.contracted(5)), (vec![3], Minutes(0)), "on Saturday nobody is contracted");
}

#[test]
fn after_their_last_day_they_have_only_what_they_would_have_had() {
    let mut ana = person(1);
    (ana.first_day, ana.last_day) = (Some(day("2026-11-24")), Some(day("2026-11-25")));
    let capacity = fortnight(&ana, &[absence("2026-11-30", "2026-11-30", None)], &[]);
    let own = capacity.of(PersonId(1)).unwrap();
    let stays = own.as_if_staying();
    let worked =
        |days: &PersonDays| -> Vec<usize> { (0..14).filter(|at| days.effective(*at).0 > 0).collect() };
    assert_eq!(worked(own), [1, 2]);
    assert_eq!(worked(&stays), [1, 2, 3, 4, 8, 9, 10, 11], "still away on Monday 30 November");
    assert_eq!((own.last_day, stays.last_day), (ana.last_day, None));
    assert_eq!(own.contracted(3), Minutes(0));
}

#[test]
fn a_role_has_hours_only_by_a_contract_and_nobody_none() {
    let mut desk = Person { is_role: true, ..person(1) };
    let monday = |desk: &Person, id| fortnight(desk, &[], &[]).of(id).unwrap().effective(0);
    assert_eq!(monday(&desk, PersonId(1)), Minutes(0));
    desk.contracts = vec![Contract { from: day("2027-01-01"), week: week([2, 2, 2, 2, 2, 0, 0]) }];
    assert_eq!(monday(&desk, PersonId(1)), Minutes::hours(2), "the earliest holds before its first day");
    assert_eq!(monday(&desk, super::super::NOBODY), Minutes(0));
    assert_eq!(fortnight(&desk, &[], &[]).people().len(), 1, "nobody is no person");
}

#[test]
fn days_outside_move_to_the_ends_and_a_slip_to_the_year_9999_is_cut() {
    let capacity = fortnight(&person(1), &[], &[]);
    let at = ["2026-11-01", "2026-11-23", "2026-11-24", "2026-12-06", "2026-12-07", "2027-06-01"]
        .map(|on| capacity.at(day(on)));
    assert_eq!(at, [0, 0, 1, 13, 13, 13]);
    assert_eq!((capacity.len, capacity.day(13)), (14, day("2026-12-06")));
    let team = Team { people: &[], absences: &[], holidays: &[] };
    assert_eq!(Capacity::new(&team, day("2026-11-23"), day("9999-12-31")).len, 3660, "ten years");
    let (from, to) = Capacity::reach(day("2026-11-23"), day("1010-01-01"), day("9999-12-31"));
    let far = Capacity::new(&team, from, to);
    assert_eq!((far.len, far.day(far.at(day("2026-11-23")))), (3660, day("2026-11-23")));
    assert_eq!(Capacity::new(&team, day("2026-11-23"), day("2026-11-01")).len, 1);
}
