//! Figures on the edges of their days: the first and the last one of a span are in it.

use super::super::*;
use super::kit::{Given, ago, day, delivered, kept, room, span, spring, today};
use crate::domain::ids::{PromiseId, RiskId};
use crate::domain::influence::{Promise, Risk, RiskEnd, Way};
use crate::domain::kept::KeptDays;
use crate::domain::measures::number::{Meaning, Number};
use crate::domain::meeting::MeetingKind;
use crate::domain::record::TableRow;
use crate::domain::reflection::Touched;

fn until_today() -> Span {
    Span { from: ago(20), to: today() }
}

#[test]
fn what_became_ready_today_is_as_old_as_the_day() {
    let open = WorkFacts { stage: Stage::Ready, delivered: None, ready: Some(today()), ..delivered(1, 0, 0) };
    let given = Given { work: vec![open], ..Given::default() };
    assert_eq!(flow::work_item_age(&given.facts(), Span::day(today())).n, 1);
}

#[test]
fn what_was_delivered_before_its_stage_was_written_is_no_open_work() {
    let work = WorkFacts { stage_since: ago(2), ..delivered(1, 5, 0) };
    let given = Given { work: vec![work], ..Given::default() };
    let age = |on: i64| flow::work_item_age(&given.facts(), Span::day(ago(on))).n;
    assert_eq!([age(6), age(4)], [1, 0]);
}

#[test]
fn today_is_known_before_any_day_was_kept() {
    let given = Given::default();
    assert_eq!(hours::strategy_share(&given.facts(), Span::day(today())).alone(), "none");
}

#[test]
fn days_that_wait_are_those_of_their_own_run_up_to_its_last() {
    let runs = [("2026-11-02", "2026-11-04"), ("2026-11-17", "2026-11-18")];
    let waits = runs.map(|(first, last)| (day(first), day(last))).into();
    let shares = vec![kept("2026-11-20", 1, 0, 8, 8)];
    let kept = KeptDays { first: Some(day("2026-10-01")), waits, shares, ..KeptDays::default() };
    let given = Given { kept, ..Given::default() };
    let told = |from: &str| hours::strategy_share(&given.facts(), span(from, "2026-11-20")).known();
    assert_eq!(told("2026-11-18"), ", Wed 18 Nov not recorded");
    assert_eq!(told("2026-11-16"), ", Tue 17–Wed 18 Nov not recorded");
}

#[test]
fn what_is_made_and_kept_on_the_last_day_counts() {
    let promise = Promise {
        id: PromiseId(1),
        way: Way::To,
        due: Some(today()),
        kept: Some(today()),
        ..Promise::blank(today())
    };
    let given = Given { promises: vec![promise], ..Given::default() };
    assert_eq!(influence::promises_kept(&given.facts(), until_today()).alone(), "1 of 1");
}

#[test]
fn risks_that_are_raised_or_end_today_count() {
    let risk = |id, raised, by: Option<NaiveDate>| Risk {
        id: RiskId(id),
        raised: Some(raised),
        raise_by: by,
        end: Some(RiskEnd::Caught),
        ended: Some(today()),
        ..Risk::blank(ago(30))
    };
    let risks =
        vec![risk(1, today(), Some(today())), risk(2, ago(4), Some(ago(2))), risk(3, ago(1), Some(ago(2)))];
    let given = Given { risks, ..Given::default() };
    assert_eq!(influence::raised_in_time(&given.facts(), until_today()).alone(), "2 of 3");
    assert_eq!(influence::caught(&given.facts(), until_today()).alone(), "3 of 3");
}

#[test]
fn one_outcome_of_speed_is_one() {
    let (outcome, readings) = spring();
    let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
    let speed = levers::levers(&given.facts(), until_today()).remove(0);
    assert_eq!(speed.measured.short(), "1 outcome");
}

#[test]
fn a_reading_of_the_first_day_is_one_of_the_span() {
    let (outcome, readings) = spring();
    let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
    let read = |to: i64| {
        let span = Span { from: ago(40), to: ago(to) };
        outcomes::reading(&given.facts(), &given.outcomes[0], span).map(|it| it.alone())
    };
    assert_eq!([read(30), read(0)].map(Option::unwrap), ["12 d (n 1)", "9.5 d (n 2)"]);
}

#[test]
fn the_shape_of_rooms_is_told_by_leadership_meetings_of_which_it_was_said() {
    let team = room("2026-11-10", MeetingKind::Team, Some(Touched::Framed), (0, 0));
    let unsaid = room("2026-11-11", MeetingKind::Leadership, None, (0, 0));
    assert_eq!(rooms::shape(&[&team.entry, &unsaid.entry]), Share::default());
}

#[test]
fn a_hundredth_is_a_movement() {
    let percent = |value: f64| {
        Measured::new(MeasuredValue::Amount(value, "%".into()), 9, until_today(), Vec::new(), "read")
    };
    let number = Number {
        name: "x".into(),
        lever: None,
        label: "x".into(),
        is_up: true,
        now: percent(51.0),
        before: Some(percent(50.0)),
        least: (1, 1),
        cases: "",
        meaning: Meaning::always("it is so"),
        pair: None,
        is_output: false,
    };
    assert!(number.is_better());
}
