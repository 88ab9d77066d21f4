//! Outcomes: a business result with its lever, measured from a baseline to a target by readings.

mod forecast;

use chrono::NaiveDate;

use super::count;
use super::lever::Lever;
use super::money::money;
use super::named::named_enum;
use super::record::{Kind, Percent, record};
pub use forecast::{FORECAST_FROM, OutcomeForecast};

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
        const LIST: &'static str = "outcomes";
        const ABOUT: &'static str = "Business results with their readings";
        const NEW: &'static str = "A new outcome: what changes for the business";
        const EXAMPLE: &'static str =
            "Spring on shelf sooner lever:speed metric:\"brief to shelf\" unit:d baseline:14 target:9 due:\"1 apr\"";
        const NOTES: &'static [(Kind, &'static str)] = &[(Kind::Reading, "Note what was measured")];

        /// What changes for the business.
        name: String = "name" => field("Outcome")
            .needed()
            .hint("what changes for the business: Spring on shelf eleven days sooner"),
        /// speed-to-market, brand-consistency, risk-reduction or measurable-impact.
        lever: Option<Lever> = "lever" => field("Lever").value("L"),
        /// What is measured.
        metric: String = "metric" => field("Metric").hint("what is measured: days from brief to shelf").value("M"),
        /// d, %, members …
        unit: String = "unit" => field("Unit").hint("d, %, members …").value("U"),
        /// Where it stood before.
        baseline: Option<f64> = "baseline" => field("Baseline").hint("where it stood before"),
        /// On which day.
        baseline_on: NaiveDate = "baseline-on" => field("Baseline on")
            .hint("the day of the baseline; empty is today"),
        /// Where it should be.
        target: Option<f64> = "target" => field("Target").hint("where it should be"),
        /// up or down; follows from baseline and target where both are there.
        direction: Option<Direction> = "direction" => field("Better is")
            .hint("follows from baseline and target where both are there")
            .value("WAY"),
        /// By when.
        due: Option<NaiveDate> = "due" => field("Due").also(&["by"]),
        /// Who answers for it in the business.
        owner: String = "owner" => field("Owner").person_name().mark('@').hint("who answers for it in the business"),
        /// What one day is worth, by the owner's own figure.
        value_per_day: Option<f64> = "value-per-day" => field("Worth a day")
            .hint("the owner’s own figure for one day sooner; never ours"),
        /// How sure the owner is of it, in per cent.
        confidence: Option<Percent> = "confidence" => field("Sure, in %")
            .hint("how sure the owner is of that figure"),
        /// Private notes.
        notes: String = "notes" => field("Notes").long().private().hint("private"),
        /// No longer followed from this day on.
        closed: Option<NaiveDate> = "closed" => field("Closed on").hint("no longer followed from this day on"),
    }
}

record! {
    /// What was measured on a day.
    Reading = Reading, ReadingId {
        const LIST: &'static str = "readings";
        const NEW: &'static str = "A new reading";

        /// Of which outcome.
        outcome_id: crate::domain::ids::OutcomeId = "outcome" => field("Of outcome")
            .needed()
            .hint("O-3")
            .argument("KEY"),
        /// What it was, in the unit of the outcome.
        value: f64 = "value" => field("Value")
            .needed()
            .hint("the figure, in the unit of the outcome")
            .argument("VALUE"),
        /// On which day; without it, today.
        day: NaiveDate = "on" => field("Measured on").hint("the day of the reading; empty is today"),
        /// Where the figure comes from.
        source: String = "source" => field("Figure from").hint("where the figure comes from, as a report or a person"),
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

    /// Which way is better, with its readings, the oldest first: where neither a baseline nor a choice says it, the first
    /// of them is where it began. Twelve days of nine are not reached because twelve is more.
    pub fn direction(&self, readings: &[&Reading]) -> Direction {
        let first = || readings.first().filter(|_| self.direction.is_none()).map(|reading| reading.value);
        match (self.baseline.or_else(first), self.target, self.direction) {
            // The numbers say it better than a choice that was made before they were known.
            (Some(baseline), Some(target), _) if target < baseline => Direction::Down,
            (Some(_), Some(_), _) | (_, _, None) => Direction::Up,
            (_, _, Some(direction)) => direction,
        }
    }

    /// A figure with the unit: `9.5 d`, `8 %`.
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
    /// The day of that reading.
    pub on: Option<NaiveDate>,
    /// How many readings there are.
    pub count: usize,
    /// How much of the time from baseline to due is gone, in per cent.
    pub time: Option<i64>,
    /// Its due day is over.
    pub is_over: bool,
    /// It was closed by then.
    pub is_closed: bool,
    /// Since which day its readings are at the target or beyond, and whether its due day was over by then.
    pub reached: Option<(NaiveDate, bool)>,
    /// When the target would be reached, only from three readings on.
    pub forecast: OutcomeForecast,
}

/// The readings of an outcome up to a day, oldest first. `readings` may be in any order and of any outcome.
pub fn own_readings<'a>(outcome: &Outcome, readings: &'a [Reading], until: NaiveDate) -> Vec<&'a Reading> {
    let is_own = |reading: &&Reading| reading.outcome_id == outcome.id && reading.day <= until;
    let mut own: Vec<&Reading> = readings.iter().filter(is_own).collect();
    // Of two readings of one day the one noted later corrects the other, so it must come last.
    own.sort_by_key(|reading| (reading.day, reading.id));
    own
}

/// How far an outcome had come at the end of a day. What is dated later is not known on it.
pub fn progress(outcome: &Outcome, readings: &[Reading], on: NaiveDate) -> Progress {
    // The time of what is closed no longer runs: it is neither behind nor missed on a later day.
    let counted = outcome.closed.map_or(on, |closed| closed.min(on));
    let own = own_readings(outcome, readings, on);
    let newest = own.last();
    // Unread, it stands where it stood: nothing of the way is done.
    let latest = newest.map(|reading| reading.value).or(outcome.baseline);
    Progress {
        percent: way(outcome, latest),
        latest,
        on: newest.map(|reading| reading.day).or(outcome.baseline.map(|_| outcome.baseline_on)),
        count: own.len(),
        time: outcome.due.map(|due| gone(outcome.baseline_on, due, counted)),
        is_over: outcome.due.is_some_and(|due| due < counted),
        is_closed: outcome.closed.is_some_and(|closed| closed <= on),
        reached: reached(outcome, &own).map(|since| (since, outcome.due.is_some_and(|due| due < since))),
        forecast: forecast::forecast(outcome, &own, on),
    }
}

/// How far a value is from baseline to target, in per cent.
pub fn way(outcome: &Outcome, latest: Option<f64>) -> Option<i64> {
    let (baseline, target, latest) = (outcome.baseline?, outcome.target?, latest?);
    let share = (latest - baseline) / (target - baseline) * 100.0;
    // Where baseline and target are the same there is no way to go, and the division gives no number.
    share.is_finite().then(|| whole(share))
}

/// Rounded, and within what a screen can show.
fn whole(value: f64) -> i64 {
    count::whole(value.clamp(-999.0, 999.0)).unwrap_or(0)
}

/// The first day of the readings that are at the target or beyond, up to the newest one.
fn reached(outcome: &Outcome, own: &[&Reading]) -> Option<NaiveDate> {
    let is_there = |reading: &&&Reading| forecast::is_reached(outcome, own, reading.value);
    own.iter().rev().take_while(is_there).last().map(|reading| reading.day)
}

fn gone(from: NaiveDate, due: NaiveDate, today: NaiveDate) -> i64 {
    // A baseline that was taken on the due day would divide by nothing, and on that day all of its time is gone.
    let all = (due - from).num_days();
    if all < 1 {
        return if today < due { 0 } else { 100 };
    }
    ((today - from).num_days() * 100 / all).clamp(0, 100)
}

impl Progress {
    /// What calls for attention first: missed, behind, on pace, ahead, unknown, reached.
    pub fn urgency(&self) -> u8 {
        match self.pace() {
            Some("missed" | "behind") => 0,
            Some("on pace") => 1,
            Some("ahead") => 2,
            None => 3,
            Some(_) => 4,
        }
    }

    /// How it stands: `reached`, `reached late` where its day was over by then, `not reached` where it was closed,
    /// else against the time gone `ahead`, `on pace`, `behind`, and `missed` once its day is over; nothing where that is unknown.
    pub const fn pace(&self) -> Option<&'static str> {
        if let Some((_, is_late)) = self.reached {
            return Some(if is_late { "reached late" } else { "reached" });
        }
        if self.is_closed && !self.is_over && self.percent.is_some() {
            return Some("not reached");
        }
        let (Some(percent), Some(time)) = (self.percent, self.time) else { return None };
        Some(if self.is_over {
            "missed"
        } else if percent >= time + 10 {
            "ahead"
        } else if percent + 10 >= time {
            "on pace"
        } else {
            "behind"
        })
    }
}

/// Days in one of its unit, where it is a length of time: a week earlier on the shelf is seven days there.
fn days_of_unit(unit: &str) -> Option<f64> {
    match unit.trim().to_lowercase().as_str() {
        "" | "d" | "day" | "days" => Some(1.0),
        "w" | "wk" | "wks" | "week" | "weeks" => Some(7.0),
        _ => None,
    }
}

/// What days gained are worth: `days × value per day`, and `× confidence` where somebody gave one.
/// Nothing without the owner's own figure: we never put in one. What is shown is what is multiplied.
pub fn speed_value(outcome: &Outcome, progress: &Progress, currency: &str) -> Option<(f64, String)> {
    if outcome.lever != Some(Lever::SpeedToMarket) {
        return None;
    }
    let per_day = outcome.value_per_day?;
    let days = days_of_unit(&outcome.unit)?;
    let (was, is) = (outcome.baseline?, progress.latest?);
    let gained = match outcome.direction(&[]) {
        Direction::Down => was - is,
        Direction::Up => is - was,
    };
    let gained = shown(gained.max(0.0) * days);
    let sure = outcome.confidence.map(|percent| f64::from(percent.0));
    let value = shown(gained * per_day * sure.map_or(1.0, |sure| sure / 100.0));
    let number = |value: f64| super::record::Datum::shown(&value);
    let sure = sure.map_or_else(String::new, |sure| format!(", {} % sure", number(sure)));
    let (per_day, worth) = (money(per_day, currency), money(value, currency));
    let gained = super::day::with_unit(&number(gained), "days");
    let text = format!("{gained} gained at {per_day} a day{sure}: {worth}");
    Some((value, text))
}

/// Rounded to what is printed of it.
fn shown(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests;
