//! How outcomes moved: their readings in a span, against what stood before it.

use chrono::NaiveDate;

use super::{Facts, Measured, MeasuredValue, Span, key};
use crate::domain::day;
use crate::domain::outcome::{self, Outcome, Progress, Reading};
use crate::domain::record::Kind;

/// Readings of an outcome up to a day, oldest first. What is dated later was not known then.
pub fn readings_until<'a>(facts: &Facts<'a>, outcome: &Outcome, on: NaiveDate) -> Vec<&'a Reading> {
    outcome::own_readings(outcome, facts.readings, on)
}

/// It was followed on a day: begun by then, and not closed yet. What is followed today has begun, whatever its baseline
/// says.
pub fn was_followed(facts: &Facts<'_>, outcome: &Outcome, on: NaiveDate) -> bool {
    has_begun(facts, outcome, on) && outcome.closed.is_none_or(|closed| closed > on)
}

/// True if an outcome was followed on some day of a span: what is closed in it stays in what is told of it.
pub fn was_followed_in(facts: &Facts<'_>, outcome: &Outcome, span: Span) -> bool {
    has_begun(facts, outcome, facts.end(span)) && outcome.closed.is_none_or(|closed| closed >= span.from)
}

/// True if an outcome has a baseline or a reading by a day.
fn has_begun(facts: &Facts<'_>, outcome: &Outcome, on: NaiveDate) -> bool {
    on >= facts.today
        || outcome.baseline_on <= on
        || facts.readings.iter().any(|reading| reading.outcome_id == outcome.id && reading.day <= on)
}

/// From baseline to target, as it stood at the end of a span.
pub fn progress(facts: &Facts<'_>, outcome: &Outcome, span: Span) -> Progress {
    outcome::progress(outcome, facts.readings, facts.end(span))
}

/// How far each reading of the span but the newest was from baseline to target, in per cent, oldest first.
pub fn earlier_ways(facts: &Facts<'_>, outcome: &Outcome, span: Span) -> Vec<i64> {
    let until = readings_until(facts, outcome, facts.end(span));
    let earlier = until.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let own = earlier.iter().filter(|reading| reading.day >= span.from);
    own.filter_map(|reading| outcome::way(outcome, Some(reading.value))).collect()
}

fn amount(outcome: &Outcome, value: f64, n: usize, span: Span, definition: &str) -> Measured {
    let value = MeasuredValue::Amount(value, outcome.unit.trim().to_owned());
    Measured::new(value, n, span, vec![key(Kind::Outcome, outcome.id.0)], definition)
}

/// The newest reading of the span, of as many readings as lie in it.
pub fn reading(facts: &Facts<'_>, outcome: &Outcome, span: Span) -> Option<Measured> {
    let until = readings_until(facts, outcome, facts.end(span));
    let newest = until.last().filter(|reading| reading.day >= span.from)?;
    let count = until.iter().filter(|reading| reading.day >= span.from).count();
    Some(amount(outcome, newest.value, count, span, &format!("the newest reading of {}", outcome.id)))
}

/// Where it stood at the end of the span: the newest reading that there was, however old.
pub fn stood(facts: &Facts<'_>, outcome: &Outcome, span: Span) -> Option<Measured> {
    let until = readings_until(facts, outcome, facts.end(span));
    let (first, newest) = (until.first()?, until.last()?);
    let days = Span { from: first.day.min(outcome.baseline_on), to: newest.day };
    let definition = format!("the newest reading of {} at the end of these days", outcome.id);
    Some(amount(outcome, newest.value, until.len(), days, &definition))
}

/// What a span is compared with: the last reading before it, or the frozen baseline.
pub fn before(facts: &Facts<'_>, outcome: &Outcome, span: Span) -> Option<Measured> {
    let definition = format!("the last reading of {} before these days, or its frozen baseline", outcome.id);
    // A reading of the first day is one of the span and nothing that it could be compared with.
    let until = readings_until(facts, outcome, day::plus(span.from, -1));
    let older = until.last().map(|reading| (reading.value, reading.day));
    let (value, on) = older.or_else(|| outcome.baseline.map(|value| (value, outcome.baseline_on)))?;
    Some(amount(outcome, value, 1, Span::day(on), &definition))
}
