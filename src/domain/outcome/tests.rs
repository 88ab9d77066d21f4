//! Progress, pace and worth of outcomes on days and figures of their own.

use proptest::prelude::*;

use super::*;
use crate::domain::ids::{OutcomeId, ReadingId};
use crate::domain::record::TableRow;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn shelf() -> Outcome {
    Outcome {
        id: OutcomeId(3),
        name: "Spring on shelf sooner".into(),
        baseline: Some(14.0),
        target: Some(9.0),
        unit: "d".into(),
        lever: Some(Lever::SpeedToMarket),
        due: Some(day("2027-04-01")),
        ..Outcome::blank(day("2026-10-01"))
    }
}

pub(super) fn readings(values: &[(&str, f64)]) -> Vec<Reading> {
    values
        .iter()
        .enumerate()
        .map(|(index, (on, value))| Reading {
            id: ReadingId(i64::try_from(index).unwrap() + 1),
            outcome_id: OutcomeId(3),
            day: day(on),
            value: *value,
            source: String::new(),
        })
        .collect()
}

#[test]
fn progress_runs_from_baseline_to_target_whichever_way_is_better() {
    let today = day("2026-11-23");
    let down = progress(
        &shelf(),
        &readings(&[("2026-10-01", 14.0), ("2026-11-01", 12.0), ("2026-11-20", 9.5)]),
        today,
    );
    assert_eq!((down.percent, down.count, down.latest), (Some(90), 3, Some(9.5)));
    assert_eq!(down.pace(), Some("ahead"));
    assert!(
        matches!(down.forecast, OutcomeForecast::On(on) if on > day("2026-11-20") && on < day("2026-12-05")),
        "{down:?}"
    );
    let up = Outcome { baseline: Some(410.0), target: Some(443.0), ..shelf() };
    assert_eq!(progress(&up, &readings(&[("2026-11-01", 400.0)]), today).percent, Some(-30));
}

#[test]
fn once_its_day_is_over_an_outcome_is_reached_or_missed() {
    let due = day("2026-12-31");
    let outcome = Outcome { due: Some(due), ..shelf() };
    let pace = |value: f64, on: &str| {
        progress(&outcome, &readings(&[("2026-12-10", value)]), day(on)).pace().unwrap()
    };
    // 14 is where it began, 9 where it is to go.
    assert_eq!((pace(9.5, "2026-12-31"), pace(9.5, "2027-01-01")), ("on pace", "missed"));
    assert_eq!((pace(9.0, "2027-03-29"), pace(13.0, "2027-03-29")), ("reached", "missed"));
}

#[test]
fn what_is_reached_after_its_day_is_late_and_says_since_when() {
    let outcome = Outcome { due: Some(day("2026-11-15")), ..shelf() };
    let stands = |values: &[(&str, f64)]| {
        let it = progress(&outcome, &readings(values), day("2026-11-30"));
        (it.pace(), it.reached.map(|(since, _)| since))
    };
    assert_eq!(stands(&[("2026-11-10", 9.0)]), (Some("reached"), Some(day("2026-11-10"))));
    let late = [("2026-11-10", 12.0), ("2026-11-25", 8.5), ("2026-11-27", 9.0)];
    assert_eq!(stands(&late), (Some("reached late"), Some(day("2026-11-25"))));
    assert_eq!(stands(&[("2026-11-10", 9.0), ("2026-11-20", 11.0)]), (Some("missed"), None));
    let open = Outcome { due: None, baseline: None, ..shelf() };
    let pace = |values: &[(&str, f64)]| progress(&open, &readings(values), day("2026-11-30")).pace();
    assert_eq!(pace(&[("2026-11-10", 12.0)]), None, "it began above its target of nine");
    assert_eq!(pace(&[("2026-11-10", 12.0), ("2026-11-20", 8.5)]), Some("reached"));
    assert_eq!(pace(&[("2026-11-10", 7.0), ("2026-11-20", 8.5)]), None, "it began below it");
}

#[test]
fn what_is_closed_is_not_missed_later() {
    let closed = Some(day("2026-11-20"));
    let outcome = Outcome { due: Some(day("2026-12-31")), closed, ..shelf() };
    let pace = |on| progress(&outcome, &readings(&[("2026-11-10", 12.0)]), day(on)).pace();
    assert_eq!((pace("2026-11-20"), pace("2027-02-01")), (Some("not reached"), Some("not reached")));
    assert_eq!(pace("2026-11-19"), Some("behind"), "until it was closed");
}

#[test]
fn on_a_due_day_that_is_the_day_of_the_baseline_all_of_the_time_is_gone() {
    let (before, on) = (day("2026-11-22"), day("2026-11-23"));
    assert_eq!((gone(on, on, before), gone(on, on, on)), (0, 100));
    let outcome = Outcome { due: Some(on), ..Outcome { baseline_on: on, ..shelf() } };
    assert_eq!(progress(&outcome, &[], on).pace(), Some("behind"));
}

#[test]
fn readings_dated_later_are_not_known_yet() {
    let all = readings(&[("2026-11-01", 13.0), ("2026-12-24", 9.0)]);
    let then = progress(&shelf(), &all, day("2026-11-23"));
    assert_eq!((then.latest, then.count, then.percent), (Some(13.0), 1, Some(20)));
}

#[test]
fn weeks_are_worth_seven_days_more_can_be_a_gain_and_nobody_is_made_half_sure() {
    let at = |value| progress(&shelf(), &readings(&[("2026-11-20", value)]), day("2026-11-23"));
    let priced = Outcome { value_per_day: Some(1000.0), ..shelf() };
    let worth = |outcome: &Outcome, value| speed_value(outcome, &at(value), "");
    let (value, text) = worth(&priced, 12.0).unwrap();
    assert!((value - 2000.0).abs() < 1e-9, "{text}");
    assert_eq!(text, "2 days gained at 1,000 a day: 2,000");
    let weeks = Outcome { unit: "weeks".into(), ..priced.clone() };
    assert_eq!(worth(&weeks, 12.0).unwrap().1, "14 days gained at 1,000 a day: 14,000");
    let up = Outcome { baseline: Some(2.0), target: Some(9.0), ..priced.clone() };
    assert_eq!(worth(&up, 5.0).unwrap().1, "3 days gained at 1,000 a day: 3,000");
    assert_eq!(worth(&priced, 16.0).unwrap().1, "0 days gained at 1,000 a day: 0");
    let share = Outcome { unit: "%".into(), ..priced.clone() };
    assert_eq!(worth(&share, 12.0), None, "per cent are no days");
    // What is printed is what was multiplied.
    let third = Outcome { confidence: Some(Percent(33)), ..priced };
    assert_eq!(worth(&third, 12.3456).unwrap().1, "1.65 days gained at 1,000 a day, 33 % sure: 544.5");
}

#[test]
fn days_gained_are_priced_only_with_the_owners_figure() {
    let progress = progress(&shelf(), &readings(&[("2026-11-20", 9.5)]), day("2026-11-23"));
    assert_eq!(speed_value(&shelf(), &progress, "€"), None);
    let priced = Outcome { value_per_day: Some(2000.0), confidence: Some(Percent(80)), ..shelf() };
    let (value, text) = speed_value(&priced, &progress, "€").unwrap();
    assert!(
        (value - 7200.0).abs() < 1e-9 && text.contains("4.5 days gained at €2,000 a day, 80 % sure: €7,200"),
        "{text}"
    );
}

proptest! {
    #[test]
    fn no_figures_are_too_strange(baseline in -1e9f64..1e9, target in -1e9f64..1e9, values in proptest::collection::vec((0i64..4000, -1e9f64..1e9), 0..8)) {
        let outcome = Outcome { baseline: Some(baseline), target: Some(target), ..shelf() };
        let readings: Vec<Reading> = values.iter().map(|(days, value)| Reading {
            day: crate::domain::day::plus(day("2020-01-01"), *days), value: *value, outcome_id: OutcomeId(3), ..Reading::blank(day("2020-01-01"))
        }).collect();
        let _ = progress(&outcome, &readings, day("2026-11-23")).pace();
    }
}
