//! Outcomes: a business result with its lever, measured from a baseline to a target by readings.

use chrono::NaiveDate;

use super::lever::Lever;
use super::named::named_enum;
use super::record::{Percent, record};

named_enum! {
    /// Which way is better.
    pub enum Direction {
        Up = "up", "more is better",
        Down = "down", "less is better",
    }
}

super::record::word_datum!(Direction);

record! {
    /// A business result that work is for.
    Outcome = Outcome, OutcomeId {
        /// What changes for the business, in a few words.
        name: String = "name",
        /// Which of the four levers it moves.
        lever: Option<Lever> = "lever",
        /// What is measured.
        metric: String = "metric",
        /// In what: days, %, people.
        unit: String = "unit",
        /// Which way is better; follows from baseline and target where both are there.
        direction: Option<Direction> = "direction",
        /// Where it stood before.
        baseline: Option<f64> = "baseline",
        /// The day of the baseline.
        baseline_on: NaiveDate = "baseline-on",
        /// Where it should be.
        target: Option<f64> = "target",
        /// By when.
        due: Option<NaiveDate> = "due",
        /// Who answers for it in the business.
        owner: String = "owner",
        /// What one day is worth; always the owner's figure, never ours.
        value_per_day: Option<f64> = "value-per-day",
        /// How sure the owner is of that figure.
        confidence: Option<Percent> = "confidence",
        /// Private notes.
        notes: String = "notes",
        /// It is no longer followed from this day on.
        closed: Option<NaiveDate> = "closed",
    }
}

record! {
    /// What was measured on a day.
    Reading = Reading, ReadingId {
        /// Of which outcome.
        outcome_id: crate::domain::ids::OutcomeId = "outcome",
        /// What it was.
        value: f64 = "value",
        /// On which day.
        day: NaiveDate = "on",
        /// Where the figure comes from.
        source: String = "source",
    }
}

impl Outcome {
    fn wrong(&self) -> Option<String> {
        if self.name.trim().is_empty() {
            return Some("an outcome needs a name: what changes for the business".to_owned());
        }
        (self.baseline.is_some() && self.baseline == self.target)
            .then(|| "target and baseline are the same: nothing would change".to_owned())
    }

    /// Which way is better.
    #[must_use]
    pub fn direction(&self) -> Direction {
        match (self.baseline, self.target, self.direction) {
            (Some(baseline), Some(target), _) if target < baseline => Direction::Down,
            (Some(_), Some(_), _) | (_, _, None) => Direction::Up,
            (_, _, Some(direction)) => direction,
        }
    }

    /// A figure with the unit: `9.5 d`, `8 %`.
    #[must_use]
    pub fn figure(&self, value: f64) -> String {
        let number = super::record::Datum::shown(&value);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }
}

impl Reading {
    fn wrong(&self) -> Option<String> {
        (self.outcome_id.0 == 0).then(|| "a reading belongs to an outcome: O-3".to_owned())
    }
}

/// How far an outcome has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// From baseline to target, in per cent of the way; below zero is the wrong way, above 100 beyond the target.
    pub percent: Option<i64>,
    /// The newest reading, or the baseline while there is none.
    pub latest: Option<f64>,
    /// Its day.
    pub on: Option<NaiveDate>,
    /// How many readings there are.
    pub count: usize,
    /// How much of the time from baseline to due is gone, in per cent.
    pub time: Option<i64>,
    /// When the target would be reached, only from three readings on.
    pub forecast: Forecast,
}

/// When the target would be reached if it goes on like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forecast {
    /// Too few readings to say; so many there are.
    TooFew(usize),
    /// On this day.
    On(NaiveDate),
    /// It is reached.
    Reached,
    /// It does not move towards the target.
    Away,
}

/// So many readings are needed for a forecast.
pub const FORECAST_FROM: usize = 3;
/// A forecast further away than this is none.
const FURTHEST: f64 = 3_650.0;

/// Measures an outcome. `readings` may be in any order and of any outcome.
#[must_use]
pub fn progress(outcome: &Outcome, readings: &[Reading], today: NaiveDate) -> Progress {
    let mut own: Vec<&Reading> = readings.iter().filter(|reading| reading.outcome_id == outcome.id).collect();
    own.sort_by_key(|reading| (reading.day, reading.id));
    let newest = own.last();
    let latest = newest.map(|reading| reading.value).or(outcome.baseline);
    Progress {
        percent: way(outcome, latest),
        latest,
        on: newest.map(|reading| reading.day).or(outcome.baseline.map(|_| outcome.baseline_on)),
        count: own.len(),
        time: outcome.due.map(|due| gone(outcome.baseline_on, due, today)),
        forecast: forecast(outcome, &own),
    }
}

fn way(outcome: &Outcome, latest: Option<f64>) -> Option<i64> {
    let (baseline, target, latest) = (outcome.baseline?, outcome.target?, latest?);
    let share = (latest - baseline) / (target - baseline) * 100.0;
    share.is_finite().then(|| whole(share))
}

/// Rounded, and within what a screen can show.
fn whole(value: f64) -> i64 {
    // Safe: held between bounds that a whole number can say.
    format!("{:.0}", value.clamp(-999.0, 999.0)).parse().unwrap_or(0)
}

fn gone(from: NaiveDate, due: NaiveDate, today: NaiveDate) -> i64 {
    let all = (due - from).num_days().max(1);
    ((today - from).num_days() * 100 / all).clamp(0, 100)
}

/// A straight line through the readings by least squares.
fn forecast(outcome: &Outcome, readings: &[&Reading]) -> Forecast {
    let (Some(target), Some(first), Some(last)) = (outcome.target, readings.first(), readings.last()) else {
        return Forecast::TooFew(readings.len());
    };
    let better = |value: f64| match outcome.direction() {
        Direction::Up => value >= target,
        Direction::Down => value <= target,
    };
    if better(last.value) {
        return Forecast::Reached;
    }
    if readings.len() < FORECAST_FROM {
        return Forecast::TooFew(readings.len());
    }
    let days =
        |reading: &Reading| f64::from(i32::try_from((reading.day - first.day).num_days()).unwrap_or(0));
    let count = f64::from(u32::try_from(readings.len()).unwrap_or(1));
    let mean = |of: &dyn Fn(&Reading) -> f64| readings.iter().map(|reading| of(reading)).sum::<f64>() / count;
    let (mean_day, mean_value) = (mean(&days), mean(&|reading| reading.value));
    let spread: f64 = readings.iter().map(|reading| (days(reading) - mean_day).powi(2)).sum();
    let along: f64 =
        readings.iter().map(|reading| (days(reading) - mean_day) * (reading.value - mean_value)).sum();
    let slope = along / spread;
    let ahead = (target - last.value) / slope;
    if !ahead.is_finite() || !(0.0..=FURTHEST).contains(&ahead) {
        return Forecast::Away;
    }
    Forecast::On(super::day::plus(last.day, whole(ahead.min(998.0)).max(whole_days(ahead))))
}

/// Days of a length that may be longer than a screen figure.
fn whole_days(days: f64) -> i64 {
    format!("{days:.0}").parse().unwrap_or(0)
}

impl Progress {
    /// How it stands against the time gone: `ahead`, `on pace`, `behind`; nothing where either is unknown.
    #[must_use]
    pub const fn pace(&self) -> Option<&'static str> {
        let (Some(percent), Some(time)) = (self.percent, self.time) else { return None };
        Some(if percent >= 100 {
            "reached"
        } else if percent >= time + 10 {
            "ahead"
        } else if percent + 10 >= time {
            "on pace"
        } else {
            "behind"
        })
    }
}

/// What days gained are worth: `days × value per day × confidence`, with the arithmetic (research: domain.md §2).
/// Nothing without the owner's own figure: we never put in one.
#[must_use]
pub fn speed_value(outcome: &Outcome, progress: &Progress) -> Option<(f64, String)> {
    if outcome.lever != Some(Lever::SpeedToMarket) {
        return None;
    }
    let per_day = outcome.value_per_day?;
    let gained = (outcome.baseline? - progress.latest?).max(0.0);
    let confidence = f64::from(outcome.confidence.map_or(50, |percent| percent.0));
    let value = gained * per_day * confidence / 100.0;
    let number = |value: f64| super::record::Datum::shown(&value);
    let text = format!(
        "{} days gained × {} a day × {} % sure = {}",
        number(gained),
        number(per_day),
        number(confidence),
        number(value)
    );
    Some((value, text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::{OutcomeId, ReadingId};
    use crate::domain::record::Record;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shelf() -> Outcome {
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

    fn readings(values: &[(&str, f64)]) -> Vec<Reading> {
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
            matches!(down.forecast, Forecast::On(on) if on > day("2026-11-20") && on < day("2026-12-05")),
            "{down:?}"
        );
        let up = Outcome { baseline: Some(410.0), target: Some(443.0), ..shelf() };
        assert_eq!(progress(&up, &readings(&[("2026-11-01", 400.0)]), today).percent, Some(-30));
    }

    #[test]
    fn a_forecast_needs_three_readings_and_a_way_towards_the_target() {
        let today = day("2026-11-23");
        let of = |values: &[(&str, f64)]| progress(&shelf(), &readings(values), today).forecast;
        assert_eq!(of(&[]), Forecast::TooFew(0));
        assert_eq!(of(&[("2026-11-01", 13.0), ("2026-11-08", 12.0)]), Forecast::TooFew(2));
        assert_eq!(of(&[("2026-11-01", 12.0), ("2026-11-08", 13.0), ("2026-11-15", 14.0)]), Forecast::Away);
        assert_eq!(of(&[("2026-11-01", 9.0)]), Forecast::Reached);
        assert_eq!(
            of(&[("2026-11-01", 12.0), ("2026-11-01", 11.0), ("2026-11-01", 10.0)]),
            Forecast::Away,
            "one day is no line"
        );
    }

    #[test]
    fn days_gained_are_priced_only_with_the_owners_figure() {
        let progress = progress(&shelf(), &readings(&[("2026-11-20", 9.5)]), day("2026-11-23"));
        assert_eq!(speed_value(&shelf(), &progress), None);
        let priced = Outcome { value_per_day: Some(2000.0), confidence: Some(Percent(80)), ..shelf() };
        let (value, text) = speed_value(&priced, &progress).unwrap();
        assert!(
            (value - 7200.0).abs() < 1e-9 && text.contains("4.5 days gained × 2000 a day × 80 % sure = 7200"),
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
}
