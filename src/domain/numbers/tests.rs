//! Tables of numbers: what is printed, what moves, what is proposed, and what a boast must own up to.

use proptest::prelude::*;

use super::count::{Counted, Delivered, NAMES, is_name, numbers};
use super::*;
use crate::domain::day;
use crate::domain::ids::{GainId, OutcomeId, ReadingId, RedirectId, RequestId, RiskId};
use crate::domain::influence::{Risk, RiskEnd};
use crate::domain::ledger::{Gain, Redirect};
use crate::domain::outcome::{Outcome, Reading};
use crate::domain::record::{Kind, Record};
use crate::domain::tier::Tier;
use crate::domain::workdays::WorkCalendar;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn ago(days: i64) -> NaiveDate {
    day::plus(today(), -days)
}

fn measured(value: Value, n: u32) -> Measured {
    Measured { value, n, window: (ago(89), today()), rows: Vec::new() }
}

fn share(part: u32, whole: u32) -> Measured {
    measured(Value::Share(part, whole), whole)
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
        definition: "counted".into(),
        compared: "the same before".into(),
        cases: "",
        meaning: "so that it was in market sooner".into(),
        pair: None,
        is_output: false,
    }
}

#[test]
fn no_percentage_is_printed_of_fewer_than_five() {
    let cases = [
        (share(3, 4), "3 of 4 right first time"),
        (share(6, 8), "6 of 8 right first time"),
        (share(15, 20), "75 % right first time"),
        (measured(Value::Amount(66.0, "%".into()), 3), "66 points right first time"),
        (measured(Value::Amount(66.0, "%".into()), 5), "66 % right first time"),
        (measured(Value::Hours(Minutes::hours(4), Minutes::hours(6)), 2), "4h of 6h right first time"),
        (measured(Value::Hours(Minutes::ZERO, Minutes::ZERO), 0), "0h right first time"),
    ];
    for (now, said) in cases {
        assert_eq!(number("x", None, now.clone(), None).said(), said);
        let figure = now.figure("counted");
        assert!(figure.n >= ENOUGH || figure.unit != "%", "{figure:?}");
    }
}

#[test]
fn a_number_says_its_change_window_cases_and_meaning() {
    let both = number("x", None, share(6, 8), Some(share(4, 8)));
    assert_eq!(
        both.sentence(&[]),
        "6 of 8 right first time, was 4 of 8 (n 8, 90 d): so that it was in market sooner"
    );
    let alone = number("x", None, share(6, 8), None);
    assert!(alone.sentence(&[]).contains(", nothing to compare with yet (n 8"), "{}", alone.sentence(&[]));
    let days = |unit: &str, label: &str| Number {
        label: label.into(),
        ..number("x", None, measured(Value::Amount(9.5, unit.into()), 1), None)
    };
    assert_eq!(days("d", "days from brief to shelf").said(), "9.5 days from brief to shelf");
    assert_eq!(days("d", "brief to shelf").said(), "9.5 d brief to shelf");
    assert_eq!(days("d", "door counts").said(), "9.5 d door counts");
}

#[test]
fn movement_is_for_the_better_or_the_worse() {
    let amount = |value: f64, unit: &str| measured(Value::Amount(value, unit.into()), 9);
    let cases = [
        (true, share(6, 8), share(4, 8), 0.25),
        (false, share(6, 8), share(4, 8), -0.25),
        (false, amount(9.5, "d"), amount(14.0, "d"), 4.5 / 14.0),
        (true, amount(66.0, "%"), amount(50.0, "%"), 0.16),
        (true, amount(5.0, ""), amount(0.0, ""), 1.0),
        (true, amount(0.0, ""), amount(0.0, ""), 0.0),
        (true, amount(90.0, ""), amount(10.0, ""), 1.0),
    ];
    for (is_up, now, before, expected) in cases {
        let number = Number { is_up, ..number("x", None, now, Some(before)) };
        assert!((number.movement().unwrap() - expected).abs() < 1e-9, "{number:?}");
    }
    assert_eq!(number("x", None, share(1, 2), None).movement(), None);
}

#[test]
fn the_largest_honest_movement_of_each_lever_is_proposed() {
    let speed = Some(Lever::SpeedToMarket);
    let all = [
        number("small", speed, share(5, 8), Some(share(4, 8))),
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
    assert_eq!(
        names(&["output", "small"]),
        ["output", "small", "fallen"],
        "what is chosen stays in its place"
    );
    assert_eq!(names(&["small", "large", "few", "still"]), ["small", "large", "few"]);
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
        fast.sentence(&broken).ends_with("; but 4 of 8 right first time (n 8), was 8 of 8"),
        "{}",
        fast.sentence(&broken)
    );
    let names = |all: &[Number]| -> Vec<String> {
        choose(all, &[]).into_iter().map(|number| number.name.clone()).collect()
    };
    assert_eq!(names(&broken), ["first-pass", "sure"]);
    let whole = [fast.clone(), sure, well];
    assert!(!fast.sentence(&whole).contains("but"));
    assert_eq!(names(&whole), ["fast", "first-pass"]);
}

fn delivered(id: i64, days_ago: i64, rounds: u32) -> Delivered {
    Delivered {
        id: RequestId(id),
        on: ago(days_ago),
        ready: Some(ago(days_ago + 7)),
        agreed: Some(ago(days_ago)),
        tier: Tier::new(1),
        rounds,
        is_started: true,
        estimate: Some(Minutes::hours(4)),
        has_measure: true,
        has_result: rounds == 0,
    }
}

/// An outcome that is read three times, once before the window.
fn spring() -> (Outcome, [Reading; 3]) {
    let outcome = Outcome {
        id: OutcomeId(3),
        name: "Spring on shelf sooner".into(),
        metric: "days from brief to shelf".into(),
        unit: "d".into(),
        baseline: Some(14.0),
        target: Some(9.0),
        lever: Some(Lever::SpeedToMarket),
        ..Outcome::blank(ago(100))
    };
    let reading = |id, value, days| Reading {
        id: ReadingId(id),
        outcome_id: OutcomeId(3),
        value,
        day: ago(days),
        ..Reading::blank(today())
    };
    let readings = [reading(1, 9.5, 3), reading(2, 12.0, 40), reading(3, 13.0, 95)];
    (outcome, readings)
}

#[test]
fn numbers_are_counted_in_ninety_days_and_the_ninety_before() {
    let work: Vec<Delivered> = [(1, 0, 0), (2, 89, 1), (3, 90, 0), (4, 179, 0), (5, 180, 0)]
        .map(|(id, days, rounds)| delivered(id, days, rounds))
        .into();
    let (outcome, readings) = spring();
    let gain = Gain { id: GainId(1), hours: Minutes::hours(6), ..Gain::blank(ago(20)) };
    let redirect = Redirect {
        id: RedirectId(1),
        gain_id: GainId(1),
        target: RecordKey::Numbered(Kind::Outcome, 3),
        hours: Minutes::hours(4),
        ..Redirect::blank(ago(20))
    };
    let risk = Risk { id: RiskId(1), end: Some(RiskEnd::Caught), ended: Some(ago(5)), ..Risk::blank(ago(9)) };
    let it = Counted {
        delivered: &work,
        outcomes: &[outcome],
        readings: &readings,
        gains: &[gain],
        redirects: &[redirect],
        risks: &[risk],
        calendar: &WorkCalendar::default(),
        today: today(),
    };
    let all = numbers(&it);
    let said: Vec<(String, String, Option<String>)> =
        all.iter().map(|number| (number.name.clone(), number.said(), number.was())).collect();
    let line = |name: &str, said: &str, was: Option<&str>| (name.into(), said.into(), was.map(str::to_owned));
    let expected = [
        line("outcome:O-3", "9.5 days from brief to shelf", Some("13")),
        line("lead-time", "5 working days from ready to delivered", Some("5")),
        line("first-pass", "1 of 2 right first time", Some("2 of 2")),
        line("on-time", "2 of 2 kept the first date agreed", Some("2 of 2")),
        line("headroom", "4h of 6h freed a week redirected", Some("0h")),
        line("strategy-share", "8h of 8h went into initiatives and new concepts", Some("8h of 8h")),
        line("results-recorded", "1 of 2 with a measure have their result", Some("2 of 2")),
        line("caught", "1 of 1 risks caught before release", None),
        line("throughput", "2 delivered", Some("2")),
    ];
    assert_eq!(said, expected);
    assert!(all.iter().all(|number| is_name(&number.name)));
    assert!(NAMES.iter().all(|name| all.iter().any(|number| number.name == *name)));
    assert_eq!(all[2].now.rows, [RequestId(1), RequestId(2)].map(RecordKey::from));
    assert!(all[2].is_worse() && !all[2].is_honest());
    assert_eq!(
        numbers(&Counted {
            delivered: &[],
            outcomes: &[],
            readings: &[],
            gains: &[],
            redirects: &[],
            risks: &[],
            ..it
        }),
        []
    );
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
