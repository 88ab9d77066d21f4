//! What the numbers of a brief stand for: their levers and pairs, their words, and when they tell a movement.

use super::super::brief::numbers;
use super::super::number::Number;
use super::super::*;
use super::kit::*;
use crate::domain::ids::{GainId, OutcomeId, ReadingId, RedirectId};
use crate::domain::lever::Lever;
use crate::domain::record::TableRow;

fn named(given: &Given, name: &str) -> Number {
    numbers(&given.facts()).into_iter().find(|number| number.name == name).unwrap()
}

#[test]
fn each_number_is_about_its_lever_and_answers_to_its_pair() {
    let told: Vec<_> = numbers(&of_each().facts())
        .into_iter()
        .map(|it| (it.name, it.lever, it.pair, it.is_up, it.is_output))
        .collect();
    let line = |name: &str, lever, pair, is_up, is_output| (name.to_owned(), lever, pair, is_up, is_output);
    let expected = [
        line("outcome:O-3", Some(Lever::SpeedToMarket), Some("first-pass"), false, false),
        line("lead-time", Some(Lever::SpeedToMarket), Some("first-pass"), false, false),
        line("first-pass", Some(Lever::BrandConsistency), Some("lead-time"), true, false),
        line("on-time", Some(Lever::SpeedToMarket), Some("throughput"), true, false),
        line("headroom", None, None, true, false),
        line("strategy-share", None, None, true, false),
        line("results-recorded", Some(Lever::MeasurableImpact), None, true, false),
        line("caught", Some(Lever::RiskReduction), None, true, false),
        line("throughput", None, Some("on-time"), true, true),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_rise_and_a_fall_have_words_of_their_own() {
    let given = of_each();
    for (name, better, worse) in [
        ("lead-time", "sooner", "later, so that launches wait"),
        ("first-pass", "more brand work needed no second round", "came back from review"),
        ("on-time", "more launches on their date", "fewer launches on their date"),
        (
            "strategy-share",
            "more time for what opens something new",
            "less time for what opens something new",
        ),
        ("results-recorded", "more of our work", "less of our work"),
        ("caught", "customers saw less", "more of what went wrong reached customers"),
        ("throughput", "more ideas", "fewer ideas"),
    ] {
        let meaning = named(&given, name).meaning;
        assert!(meaning.better.contains(better) && meaning.worse.contains(worse), "{name}: {meaning:?}");
        let still = meaning.unmoved;
        assert!(!still.is_empty() && still != meaning.better && still != meaning.worse, "{name}: {still}");
    }
}

/// Work that was ready on one Monday of each span and was delivered so many working days later.
fn taken(now: u64, before: u64) -> Given {
    let of = |start: i64, ready: &str, days: u64| {
        let ready = day(ready);
        let delivered_on = ready + chrono::Days::new(days);
        let work = move |at| WorkFacts {
            ready: Some(ready),
            delivered: Some(delivered_on),
            ..delivered(start + at, 0, 0)
        };
        (0..5).map(work)
    };
    let work = of(1, "2026-11-02", now).chain(of(11, "2026-08-03", before)).collect();
    Given { work, ..Given::default() }
}

#[test]
fn lead_time_says_by_how_many_working_days_it_moved() {
    for (now, before, said) in [
        (
            1,
            3,
            "1 working day from ready to delivered, was 3 (n 5, 90 days): in market 2 working days sooner",
        ),
        (
            3,
            4,
            "3 working days from ready to delivered, was 4 (n 5, 90 days): in market 1 working day sooner",
        ),
        (
            4,
            2,
            "4 working days from ready to delivered, was 2 (n 5, 90 days): in market 2 working days later, so that launches wait",
        ),
        (
            2,
            2,
            "2 working days from ready to delivered, was 2 (n 5, 90 days): how long the business waits once all is there",
        ),
    ] {
        assert_eq!(named(&taken(now, before), "lead-time").sentence(&[]), said);
    }
}

#[test]
fn a_figure_of_work_is_compared_from_five_cases_on_both_sides() {
    for (now, before, is_compared) in [(5, 5, true), (4, 5, false), (5, 4, false)] {
        let mut given = taken(1, 3);
        // Those of now are numbered from 1 on, those before from 11.
        given.work.retain(|it| it.id.0 <= now || (11..11 + before).contains(&it.id.0));
        assert_eq!(named(&given, "lead-time").was().is_some(), is_compared, "{now} after {before}");
    }
}

#[test]
fn a_percentage_is_compared_from_five_readings_on_and_what_was_measured_from_two() {
    for (unit, readings, is_compared) in
        [("d", 1, false), ("d", 2, true), ("%", 4, false), (" % ", 4, false), ("%", 5, true)]
    {
        let (outcome, _) = spring();
        let read = |at| Reading {
            id: ReadingId(at),
            outcome_id: OutcomeId(3),
            value: 9.0,
            day: ago(at),
            ..Reading::blank(today())
        };
        let given = Given {
            outcomes: vec![Outcome { unit: unit.into(), ..outcome }],
            readings: (1..=readings).map(read).collect(),
            ..Given::default()
        };
        let number = named(&given, "outcome:O-3");
        assert_eq!(number.was().is_some(), is_compared, "{unit} {readings}");
        assert_eq!(number.cases, "readings");
        assert!(number.sentence(&[]).contains(", was 14 ("), "{}", number.sentence(&[]));
        assert!(is_compared || !number.is_better(), "what it was is told, and no movement is claimed");
    }
}

#[test]
fn an_outcome_is_named_by_what_is_measured_and_only_speed_answers_to_quality() {
    let told = |metric: &str, lever| {
        let (outcome, readings) = spring();
        let outcome = Outcome { metric: metric.into(), lever, ..outcome };
        let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
        let number = named(&given, "outcome:O-3");
        (number.label, number.pair)
    };
    let speed = Some(Lever::SpeedToMarket);
    assert_eq!(told(" days to shelf ", speed), ("days to shelf".to_owned(), Some("first-pass")));
    assert_eq!(told(" ", Some(Lever::RiskReduction)), ("Spring on shelf sooner".to_owned(), None));
    assert_eq!(told("days", None).1, None);
}

#[test]
fn an_outcome_that_is_closed_has_a_number_only_where_it_was_reached() {
    let (outcome, readings) = spring();
    let told = |target: f64| {
        let closed = Outcome { closed: Some(ago(1)), target: Some(target), ..outcome.clone() };
        let given = Given { outcomes: vec![closed], readings: readings.clone().into(), ..Given::default() };
        numbers(&given.facts()).len()
    };
    assert_eq!((told(9.0), told(9.5)), (0, 1));
}

#[test]
fn what_a_number_was_before_says_which_days_those_were() {
    let gain = |at| Gain { id: GainId(at), hours: Minutes::hours(6), ..Gain::blank(ago(100)) };
    let given = Given { gains: (1..=5).map(gain).collect(), ..taken(1, 3) };
    let before = |name: &str| named(&given, name).before.unwrap();
    assert_eq!(before("lead-time").definition, "the same in the 90 days before");
    assert_eq!(before("lead-time").span, Span::trailing(ago(90), 90));
    let headroom = before("headroom");
    assert_eq!((headroom.definition.as_str(), headroom.span), ("the same 90 days ago", Span::day(ago(90))));
}

#[test]
fn freed_hours_go_into_what_they_are_redirected_onto_today() {
    let onto = |id, target, from: i64, to: Option<i64>| Redirect {
        id: RedirectId(id),
        gain_id: GainId(1),
        target,
        hours: Minutes::hours(1),
        to_day: to.map(ago),
        ..Redirect::blank(ago(from))
    };
    let said = |redirects: Vec<Redirect>| {
        let gains = vec![Gain { id: GainId(1), hours: Minutes::hours(6), ..Gain::blank(ago(20)) }];
        named(&Given { gains, redirects, ..Given::default() }, "headroom").sentence(&[])
    };
    let (spring, request) = (key(Kind::Outcome, 3), key(Kind::Request, 17));
    let redirects = vec![
        onto(1, request.clone(), 9, None),
        onto(2, spring.clone(), 9, None),
        onto(3, request, 5, Some(0)),
        onto(4, key(Kind::Outcome, 4), 9, Some(1)),
        onto(5, key(Kind::Outcome, 5), -1, None),
    ];
    let of_three =
        "3h of 6h freed a week redirected, nothing to compare with yet (1 change): they go into O-3, R-17";
    assert_eq!(said(redirects), of_three, "each once, in order; what is over or still to come is left out");
    let nobody = said(vec![onto(1, spring, 9, Some(1))]);
    assert!(nobody.ends_with(": nobody has said yet what they go into"), "{nobody}");
}

#[test]
fn strategy_is_told_of_ninety_days_that_are_over() {
    let given = Given { planned: vec![planned("2026-11-23", 1, 0, 4)], ..of_each() };
    let strategy = named(&given, "strategy-share");
    assert_eq!(strategy.now.span, Span::trailing(ago(1), 90));
    assert_eq!(strategy.short(), "8h of 12h", "today is only planned");
}
