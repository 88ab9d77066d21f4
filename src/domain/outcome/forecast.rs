//! When an outcome would reach its target if it goes on like this.

use chrono::NaiveDate;

use super::{Direction, Outcome, Reading};
use crate::domain::count::whole;
use crate::domain::day;

/// When the target would be reached if it goes on like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeForecast {
    /// Too few readings to say; so many there are.
    TooFew(usize),
    On(NaiveDate),
    Reached,
    /// By its line the target should have been reached on this day, which is over: a new reading would tell.
    Unread(NaiveDate),
    /// It does not move towards the target.
    Away,
}

/// So many readings are needed for a forecast.
pub const FORECAST_FROM: usize = 3;
/// A forecast further away than this is none.
const FURTHEST: f64 = 3_650.0;

/// Where a straight line through the readings, by least squares, meets the target: the line, not its newest reading,
/// is what goes on.
pub(super) fn forecast(outcome: &Outcome, readings: &[&Reading], today: NaiveDate) -> OutcomeForecast {
    let (Some(target), Some(first), Some(last)) = (outcome.target, readings.first(), readings.last()) else {
        return OutcomeForecast::TooFew(readings.len());
    };
    // Before the count: one reading is enough to see that the target is reached.
    if is_reached(outcome, readings, last.value) {
        return OutcomeForecast::Reached;
    }
    if readings.len() < FORECAST_FROM {
        return OutcomeForecast::TooFew(readings.len());
    }
    let days =
        |reading: &Reading| f64::from(i32::try_from((reading.day - first.day).num_days()).unwrap_or(0));
    let count = f64::from(u32::try_from(readings.len()).unwrap_or(1));
    let mean = |of: &dyn Fn(&Reading) -> f64| readings.iter().map(|reading| of(reading)).sum::<f64>() / count;
    let (mean_day, mean_value) = (mean(&days), mean(&|reading| reading.value));
    let spread: f64 = readings.iter().map(|reading| (days(reading) - mean_day).powi(2)).sum();
    let along: f64 =
        readings.iter().map(|reading| (days(reading) - mean_day) * (reading.value - mean_value)).sum();
    // Readings of one day have no spread; the slope is then no number, and is told as no movement below.
    let slope = along / spread;
    let is_towards = match outcome.direction(readings) {
        Direction::Up => slope > 0.0,
        Direction::Down => slope < 0.0,
    };
    let meets = mean_day + (target - mean_value) / slope;
    if !is_towards || !meets.is_finite() || meets > days(last) + FURTHEST {
        return OutcomeForecast::Away;
    }
    // Where the line was to meet it before the newest reading, that one says it did not: then it goes on from there.
    let left = (target - last.value) / slope;
    let meets = if meets > days(last) { meets } else { days(last) + left };
    let on = day::plus(first.day, whole_days(meets));
    if on > today { OutcomeForecast::On(on) } else { OutcomeForecast::Unread(on) }
}

/// True if a value is at the target or beyond it, for an outcome with these readings.
pub(super) fn is_reached(outcome: &Outcome, readings: &[&Reading], value: f64) -> bool {
    outcome.target.is_some_and(|target| match outcome.direction(readings) {
        Direction::Up => value >= target,
        Direction::Down => value <= target,
    })
}

/// Whole days of a length that fits the calendar; the day that is begun counts.
fn whole_days(days: f64) -> i64 {
    whole(days.clamp(-FURTHEST, 10.0 * FURTHEST).ceil()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::progress;
    use super::super::tests::{day, readings, shelf};
    use super::*;

    #[test]
    fn a_forecast_needs_three_readings_and_a_way_towards_the_target() {
        let today = day("2026-11-23");
        let of = |values: &[(&str, f64)]| progress(&shelf(), &readings(values), today).forecast;
        assert_eq!(of(&[]), OutcomeForecast::TooFew(0));
        assert_eq!(of(&[("2026-11-01", 13.0), ("2026-11-08", 12.0)]), OutcomeForecast::TooFew(2));
        assert_eq!(
            of(&[("2026-11-01", 12.0), ("2026-11-08", 13.0), ("2026-11-15", 14.0)]),
            OutcomeForecast::Away
        );
        assert_eq!(of(&[("2026-11-01", 9.0)]), OutcomeForecast::Reached);
        assert_eq!(
            of(&[("2026-11-01", 12.0), ("2026-11-01", 11.0), ("2026-11-01", 10.0)]),
            OutcomeForecast::Away,
            "one day is no line"
        );
    }

    #[test]
    fn a_forecast_goes_on_from_the_line_and_never_lies_in_the_past() {
        // The line falls by one a week: 13.5, 12.5, 11.5. The last reading lies below it, and is not where it goes on.
        let values = [("2026-11-02", 13.5), ("2026-11-09", 13.0), ("2026-11-16", 11.5)];
        let of = |on: &str| progress(&shelf(), &readings(&values), day(on)).forecast;
        // 9 is met 3⅔ of −1 a week after the middle of 12⅔ on 9 Nov.
        assert_eq!(of("2026-11-23"), OutcomeForecast::On(day("2026-12-05")));
        assert_eq!(of("2026-12-04"), OutcomeForecast::On(day("2026-12-05")));
        assert_eq!(of("2026-12-05"), OutcomeForecast::Unread(day("2026-12-05")));
        assert_eq!(of("2027-03-01"), OutcomeForecast::Unread(day("2026-12-05")));
        // The newest reading lies above the line, after the day on which that met the target: it goes on from there.
        let slower = [("2026-11-02", 13.5), ("2026-11-09", 10.0), ("2026-11-10", 9.5), ("2026-11-23", 9.25)];
        let told = progress(&shelf(), &readings(&slower), day("2026-11-23")).forecast;
        assert!(matches!(told, OutcomeForecast::On(on) if on > day("2026-11-23")), "{told:?}");
        // Of a past day, only what was read by then.
        assert_eq!(of("2026-11-10"), OutcomeForecast::TooFew(2));
    }
}
