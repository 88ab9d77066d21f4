//! The print rule and the rule of comparison: what is said, what moved, what is proposed.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::number::{Meaning, Number, SHOWN, choose};
use super::super::*;
use crate::domain::lever::Lever;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn measured(value: MeasuredValue, n: u32) -> Measured {
    Measured::new(value, n as usize, Span::trailing(today(), 90), Vec::new(), "counted")
}

fn share(part: u32, whole: u32) -> Measured {
    measured(MeasuredValue::Share(Share { part, whole }), whole)
}

fn number(name: &str, lever: Option<Lever>, now: Measured, before: Option<Measured>) -> Number {
    Number {
        name: name.into(),
        lever,
        label: "right first time".into(),
        is_up: true,
        now,
        before,
        least: (ENOUGH, ENOUGH),
        cases: "",
        meaning: Meaning::always("so that it was in market sooner"),
        pair: None,
        is_output: false,
    }
}

#[test]
fn no_percentage_of_ours_is_printed_of_fewer_than_five() {
    let cases = [
        (share(3, 4), "3 of 4 right first time"),
        (share(4, 5), "80 % right first time"),
        (share(6, 8), "75 % right first time"),
        (measured(MeasuredValue::Amount(66.0, "%".into()), 3), "66 % right first time"),
        (measured(MeasuredValue::Amount(66.0, "%".into()), 5), "66 % right first time"),
        (
            measured(MeasuredValue::Hours(Minutes::hours(4), Minutes::hours(6)), 2),
            "4h of 6h right first time",
        ),
        (
            measured(MeasuredValue::Hours(Minutes::hours(4), Minutes::hours(6)), 5),
            "67 % of 6h right first time",
        ),
        (measured(MeasuredValue::Hours(Minutes::ZERO, Minutes::ZERO), 0), "0h right first time"),
    ];
    for (now, said) in cases {
        assert_eq!(number("x", None, now.clone(), None).said(), said);
        let figure = now.figure();
        let is_ours = !matches!(now.value, MeasuredValue::Amount(..));
        assert!(figure.n >= ENOUGH || figure.unit != "%" || !is_ours, "{figure:?}");
    }
}

proptest! {
    /// Whatever is measured: no percentage of fewer than five, in no form, and the receipt says the same.
    #[test]
    fn every_form_keeps_the_print_rule(part in 0u32..40, rest in 0u32..40, hours in any::<bool>()) {
        let whole = part + rest;
        let all = if hours {
            let minutes = |count: u32| Minutes::hours(i64::from(count));
            measured(MeasuredValue::Hours(minutes(part), minutes(whole)), whole)
        } else {
            share(part, whole)
        };
        let figure = all.figure();
        for said in [all.alone(), all.short(), all.narrow(), number("x", None, all.clone(), None).said()] {
            prop_assert!(whole >= ENOUGH || !said.contains('%'), "{said}");
            prop_assert!(whole < ENOUGH || hours && part == 0 && rest == 0 || said.contains('%'), "{said}");
        }
        prop_assert!(figure.n >= ENOUGH || figure.unit != "%");
        if figure.unit == "%" {
            let printed = format!("{} %", figure.value);
            prop_assert!(all.alone().contains(&printed), "{} {printed}", all.alone());
        }
    }
}

#[test]
fn a_number_says_its_change_window_cases_and_meaning() {
    let both = number("x", None, share(6, 8), Some(share(4, 8)));
    assert_eq!(
        both.sentence(&[]),
        "75 % right first time, was 50 % (n 8, 90 days): so that it was in market sooner"
    );
    let alone = number("x", None, share(6, 8), None);
    assert!(alone.sentence(&[]).contains(", nothing to compare with yet (n 8"), "{}", alone.sentence(&[]));
    let days = |unit: &str, label: &str| Number {
        label: label.into(),
        ..number("x", None, measured(MeasuredValue::Amount(9.5, unit.into()), 1), None)
    };
    assert_eq!(days("d", "days from brief to shelf").said(), "9.5 days from brief to shelf");
    assert_eq!(days("d", "brief to shelf").said(), "9.5 d brief to shelf");
    assert_eq!(days("d", "door counts").said(), "9.5 d door counts");
}

#[test]
fn movement_is_for_the_better_or_the_worse() {
    let amount = |value: f64, unit: &str| measured(MeasuredValue::Amount(value, unit.into()), 9);
    let cases = [
        (true, share(6, 8), share(4, 8), 0.25),
        (false, share(6, 8), share(4, 8), -0.25),
        (false, amount(9.5, "d"), amount(14.0, "d"), 4.5 / 14.0),
        (true, amount(66.0, "%"), amount(50.0, "%"), 0.16),
        (true, amount(5.0, ""), amount(0.0, ""), 1.0),
        (true, amount(0.0, ""), amount(0.0, ""), 0.0),
        (true, amount(90.0, ""), amount(10.0, ""), 1.0),
        (false, amount(90.0, ""), amount(10.0, ""), -1.0),
        (true, amount(0.4, ""), amount(0.0, ""), 1.0),
        (false, amount(0.4, ""), amount(0.0, ""), -1.0),
        (true, amount(-1.0, ""), amount(-2.0, ""), 0.5),
    ];
    for (is_up, now, before, expected) in cases {
        let number = Number { is_up, ..number("x", None, now, Some(before)) };
        assert!((number.movement().unwrap() - expected).abs() < 1e-9, "{number:?}");
    }
    assert_eq!(number("x", None, share(1, 2), None).movement(), None);
}

#[test]
fn a_movement_needs_cases_enough_now_and_before() {
    for (now, before, is_compared) in
        [(5, 3, true), (4, 3, false), (5, 2, false), (4, 2, false), (9, 9, true)]
    {
        let number = Number { least: (5, 3), ..number("x", None, share(now, now), Some(share(0, before))) };
        assert_eq!(number.movement().is_some(), is_compared, "{now} after {before}");
        assert_eq!(number.is_better(), is_compared);
        assert_eq!(number.sentence(&[]).contains(", too few to compare ("), !is_compared);
    }
}

#[test]
fn what_is_not_known_is_compared_with_nothing() {
    let unknown = measured(MeasuredValue::Unknown("not recorded".into()), 9);
    for (now, before) in [(unknown.clone(), share(6, 8)), (share(6, 8), unknown)] {
        assert_eq!(number("x", None, now, Some(before)).was(), None);
    }
}

#[test]
fn less_than_a_hundredth_is_no_movement() {
    for (now, before, told) in [
        (51, 50, (true, false)),
        (50, 51, (false, true)),
        (50, 50, (false, false)),
        (501, 500, (false, false)),
        (500, 501, (false, false)),
    ] {
        let of = |part| share(part, if part < 100 { 100 } else { 1000 });
        let number = number("x", None, of(now), Some(of(before)));
        assert_eq!((number.is_better(), number.is_worse()), told, "{now} after {before}");
    }
}

#[test]
fn cases_have_their_own_name_and_one_day_is_not_counted() {
    let told = |cases, n, days| {
        let now = Measured { span: Span::trailing(today(), days), ..share(n, n) };
        Number { cases, ..number("x", None, now, None) }.sentence(&[])
    };
    for (cases, n, days, said) in [
        ("", 1, 90, "(n 1, 90 days)"),
        ("readings", 1, 90, "(1 reading, 90 days)"),
        ("readings", 3, 2, "(3 readings, 2 days)"),
        ("changes", 6, 1, "(6 changes)"),
    ] {
        assert!(told(cases, n, days).contains(said), "{}", told(cases, n, days));
    }
}

#[test]
fn a_value_is_said_with_its_unit_unless_its_label_begins_with_it() {
    for (value, unit, label, said, short) in [
        (9.5, "d", "Days from brief to shelf", "9.5 Days from brief to shelf", "9.5"),
        (3.0, "h", "hours of rework", "3 hours of rework", "3"),
        (3.0, "w", "weeks to shelf", "3 weeks to shelf", "3"),
        (3.0, "wk", "weeks to shelf", "3 weeks to shelf", "3"),
        (3.0, "Stores", "stores that carry it", "3 stores that carry it", "3"),
        (3.0, "%", "hours of rework", "3 % hours of rework", "3"),
        (1.0, "working days", "in review", "1 working day in review", "1"),
        (0.5, "working days", "in review", "0.5 working days in review", "0.5"),
    ] {
        let now = measured(MeasuredValue::Amount(value, unit.into()), 9);
        let number = Number { label: label.into(), ..number("x", None, now, None) };
        assert_eq!((number.said().as_str(), number.short().as_str()), (said, short));
    }
}

#[test]
fn the_largest_honest_movement_of_each_lever_is_proposed() {
    let speed = Some(Lever::SpeedToMarket);
    let all = [
        number("bit", speed, share(5, 8), Some(share(4, 8))),
        number("large", speed, share(8, 8), Some(share(4, 8))),
        number("fallen", Some(Lever::BrandConsistency), share(2, 8), Some(share(6, 8))),
        number("few", Some(Lever::RiskReduction), share(3, 3), Some(share(0, 3))),
        number("still", None, share(4, 8), Some(share(4, 8))),
        Number { is_output: true, ..number("output", None, share(8, 8), Some(share(1, 8))) },
    ];
    let names = |wanted: &[&str]| -> Vec<String> {
        choose(&all, wanted).into_iter().map(|number| number.name.clone()).collect()
    };
    assert_eq!(names(&[]), ["fallen", "large", "still"], "a fall is told as a rise is; few cases come last");
    assert_eq!(names(&["output", "bit"]), ["output", "bit", "fallen"], "what is chosen stays in its place");
    assert_eq!(names(&["bit", "large", "few", "still"]), ["bit", "large", "few"]);
    assert_eq!(names(&["gone", "gone"]), ["fallen", "large", "still"]);
    assert_eq!(choose(&[], &[]), Vec::<&Number>::new());
}

#[test]
fn a_boast_owns_up_to_the_pair_that_suffered_and_gives_way() {
    let speed = Some(Lever::SpeedToMarket);
    let fast = Number { pair: Some("first-pass"), ..number("fast", speed, share(8, 8), Some(share(2, 8))) };
    let sure = number("sure", speed, share(6, 8), Some(share(5, 8)));
    let fallen = number("first-pass", Some(Lever::BrandConsistency), share(4, 8), Some(share(8, 8)));
    let well = number("first-pass", Some(Lever::BrandConsistency), share(8, 8), Some(share(4, 8)));
    let broken = [fast.clone(), sure.clone(), fallen];
    assert!(
        fast.sentence(&broken).ends_with("; but 50 % right first time (n 8), was 100 %"),
        "{}",
        fast.sentence(&broken)
    );
    let slow = Number { pair: Some("first-pass"), ..number("fast", speed, share(2, 8), Some(share(8, 8))) };
    assert!(slow.sentence(&broken).contains("; and 50 % right first time"), "{}", slow.sentence(&broken));
    let names = |all: &[Number]| -> Vec<String> {
        choose(all, &[]).into_iter().map(|number| number.name.clone()).collect()
    };
    assert_eq!(names(&broken), ["first-pass", "sure"]);
    let whole = [fast.clone(), sure, well];
    assert!(!fast.sentence(&whole).contains("but"));
    assert_eq!(names(&whole), ["fast", "first-pass"]);
}

#[test]
fn what_moved_stands_before_what_stood_still_that_before_a_broken_boast_and_few_cases_last() {
    let lever = |at: usize| Some(Lever::ALL[at]);
    let boast =
        |at| Number { pair: Some("hurt"), ..number("boast", lever(at), share(8, 8), Some(share(0, 8))) };
    let still = |name: &str, at| number(name, lever(at), share(4, 8), Some(share(4, 8)));
    let few = number("few", lever(2), share(4, 4), Some(share(0, 4)));
    let hurt = number("hurt", lever(3), share(2, 8), Some(share(4, 8)));
    let names = |all: &[Number]| -> Vec<String> {
        choose(all, &[]).into_iter().map(|number| number.name.clone()).collect()
    };
    assert_eq!(names(&[few.clone(), boast(1), still("still", 0), hurt.clone()]), ["hurt", "still", "boast"]);
    let fallen = Number { now: share(0, 8), before: Some(share(8, 8)), ..boast(1) };
    assert_eq!(
        names(&[still("still", 0), fallen, hurt.clone()]),
        ["boast", "hurt", "still"],
        "a fall is none"
    );
    assert_eq!(names(&[few, boast(1), hurt]), ["hurt", "boast", "few"]);
}

#[test]
fn of_what_stood_still_more_cases_come_first_then_the_name_and_no_lever_last() {
    let still =
        |name: &str, lever, cases| number(name, lever, share(cases, cases), Some(share(cases, cases)));
    let names = |all: &[Number], wanted: &[&str]| -> Vec<String> {
        choose(all, wanted).into_iter().map(|number| number.name.clone()).collect()
    };
    let speed = Some(Lever::SpeedToMarket);
    assert_eq!(names(&[still("a", speed, 8), still("b", speed, 9)], &[]), ["b"]);
    assert_eq!(names(&[still("b", speed, 8), still("a", speed, 8)], &[]), ["a"]);
    let none = number("none", None, share(8, 8), Some(share(0, 8)));
    let all = [none, still("speed", speed, 8), still("risk", Some(Lever::RiskReduction), 9)];
    assert_eq!(names(&all, &[]), ["risk", "speed", "none"]);
    assert_eq!(names(&all, &["none"]), ["none", "risk", "speed"], "by hand, in its place");
}

proptest! {
    #[test]
    fn at_most_three_each_once_and_one_of_each_lever_by_rule(cases in prop::collection::vec((0usize..5, 0u32..30, 0u32..30, any::<bool>()), 0..12)) {
        let all: Vec<Number> = cases.iter().enumerate().map(|(at, (lever, part, before, has))| {
            number(&format!("n{at}"), Lever::ALL.get(*lever).copied(), share(*part, 30), has.then(|| share(*before, 30)))
        }).collect();
        let chosen = choose(&all, &[]);
        prop_assert!(chosen.len() <= SHOWN);
        for (at, one) in chosen.iter().enumerate() {
            prop_assert!(chosen[at + 1..].iter().all(|other| other.name != one.name && other.lever != one.lever));
            prop_assert!(!one.sentence(&all).contains("NaN"));
        }
    }
}
