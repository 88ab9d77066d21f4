//! Numbers for the room: what moved, from where, of how many cases, and what that means for the business. Which three
//! are shown follows from rules: the largest honest movement, one of each lever, and no boast whose pair got worse.

pub mod count;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::document::{Figure, number};
use super::lever::Lever;
use super::minutes::Minutes;
use super::record::RecordKey;

/// Fewer cases print as a count, never as a percentage, and no trend is claimed from them.
pub const ENOUGH: u32 = 5;
/// From so many cases on a share reads better as a percentage.
const MANY: u32 = 20;
/// So many numbers are shown.
pub const SHOWN: usize = 3;
/// Less than this is no movement.
const STILL: f64 = 0.01;

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Some of all cases.
    Share(u32, u32),
    /// Hours out of hours.
    Hours(Minutes, Minutes),
    /// An amount with its unit.
    Amount(f64, String),
}

impl Value {
    /// A value to compare and to keep: a share between 0 and 1, or the amount.
    #[must_use]
    pub fn level(&self) -> f64 {
        match self {
            Self::Share(part, whole) => f64::from(*part) / f64::from((*whole).max(1)),
            Self::Hours(part, whole) if whole.is_positive() => part.as_hours() / whole.as_hours(),
            Self::Hours(..) => 0.0,
            Self::Amount(value, _) => *value,
        }
    }

    const fn is_share(&self) -> bool {
        matches!(self, Self::Share(..) | Self::Hours(..))
    }
}

/// A value with what it was counted from.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The value.
    pub value: Value,
    /// Of how many cases.
    pub n: u32,
    /// First and last day.
    pub window: (NaiveDate, NaiveDate),
    /// The rows.
    pub rows: Vec<RecordKey>,
}

impl Measured {
    /// The value as it may be printed, and its unit where it has one: `("6 of 8", "")`, `("9.5", "d")`.
    fn parts(&self) -> (String, &str) {
        match &self.value {
            Value::Share(_, 0) => ("none".to_owned(), ""),
            Value::Share(part, whole) if *whole < MANY => (format!("{part} of {whole}"), ""),
            Value::Share(..) => (format!("{} %", number((self.value.level() * 100.0).round())), ""),
            Value::Hours(part, whole) if whole.is_zero() => (part.to_string(), ""),
            Value::Hours(part, whole) => (format!("{part} of {whole}"), ""),
            // A share that others measured is one, too.
            Value::Amount(value, unit) if unit == "%" && self.n < ENOUGH => (number(*value), "points"),
            Value::Amount(value, unit) => (number(*value), unit.as_str()),
        }
    }

    /// The receipt.
    #[must_use]
    pub fn figure(&self, definition: &str) -> Figure {
        let (value, unit) = match &self.value {
            Value::Share(part, whole) if *whole < MANY => (f64::from(*part), format!("of {whole}")),
            Value::Share(..) => ((self.value.level() * 100.0).round(), "%".to_owned()),
            Value::Hours(part, whole) => (part.as_hours(), format!("h of {whole}")),
            Value::Amount(value, _) => (*value, self.parts().1.to_owned()),
        };
        Figure {
            value,
            unit,
            n: self.n,
            from: Some(self.window.0),
            to: Some(self.window.1),
            definition: definition.to_owned(),
            keys: self.rows.iter().map(ToString::to_string).collect(),
        }
    }
}

/// A number with what it was before.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its stable name: `first-pass`, `outcome:O-1`.
    pub name: String,
    /// The lever that it is about.
    pub lever: Option<Lever>,
    /// What is counted, to be read behind the value: `right first time`.
    pub label: String,
    /// More is better.
    pub is_up: bool,
    /// In the last days.
    pub now: Measured,
    /// In as many days before, or at the frozen baseline.
    pub before: Option<Measured>,
    /// Cases that it needs, now and before, to tell a movement.
    pub least: (u32, u32),
    /// How it is counted.
    pub definition: String,
    /// What it is compared with.
    pub compared: String,
    /// What its cases are called, where that is not said by `n`: `readings`.
    pub cases: &'static str,
    /// What it means for the business.
    pub meaning: String,
    /// The number that must not suffer for it.
    pub pair: Option<&'static str>,
    /// Counts what was made: shown only where somebody chooses it.
    pub is_output: bool,
}

impl Number {
    /// How far it moved for the better, or below zero for the worse: shares by points, amounts by their own size.
    #[must_use]
    pub fn movement(&self) -> Option<f64> {
        let before = self.before.as_ref()?;
        let (was, is) = (before.value.level(), self.now.value.level());
        let moved = match &self.now.value {
            value if value.is_share() => is - was,
            Value::Amount(_, unit) if unit == "%" => (is - was) / 100.0,
            _ if was.abs() > f64::EPSILON => (is - was) / was.abs(),
            _ => is,
        };
        Some(if self.is_up { moved } else { -moved }.clamp(-1.0, 1.0))
    }

    fn moved(&self) -> f64 {
        self.movement().filter(|moved| moved.abs() >= STILL).unwrap_or(0.0)
    }

    /// It got better.
    #[must_use]
    pub fn is_better(&self) -> bool {
        self.moved() > 0.0
    }

    /// It got worse.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.moved() < 0.0
    }

    /// There are cases enough on both sides to tell a movement.
    #[must_use]
    pub fn is_honest(&self) -> bool {
        let enough = |of: &Measured, least: u32| of.n >= least;
        enough(&self.now, self.least.0)
            && self.before.as_ref().is_some_and(|before| enough(before, self.least.1))
    }

    /// Its pair, if that got worse.
    #[must_use]
    pub fn broken_pair<'a>(&self, all: &'a [Self]) -> Option<&'a Self> {
        let name = self.pair?;
        all.iter().find(|other| other.name == name).filter(|other| other.is_worse())
    }

    /// The value and what it counts: `6 of 8 right first time`, `9.5 days from brief to shelf`.
    #[must_use]
    pub fn said(&self) -> String {
        let (value, unit) = self.now.parts();
        if unit.is_empty() || says_unit(&self.label, unit) {
            format!("{value} {}", self.label)
        } else {
            format!("{value} {unit} {}", self.label)
        }
    }

    /// The value alone: `6 of 8`, `9.5`.
    #[must_use]
    pub fn short(&self) -> String {
        self.now.parts().0
    }

    /// What it was: `4 of 8`, or nothing.
    #[must_use]
    pub fn was(&self) -> Option<String> {
        self.before.as_ref().map(|before| before.parts().0)
    }

    /// The number as it is said in the room, and how its pair stands if that got worse.
    #[must_use]
    pub fn sentence(&self, all: &[Self]) -> String {
        let was = self
            .was()
            .map_or_else(|| ", nothing to compare with yet".to_owned(), |was| format!(", was {was}"));
        let pair = self.broken_pair(all).map_or_else(String::new, |pair| {
            let was = pair.was().map_or_else(String::new, |was| format!(", was {was}"));
            format!("; but {} (n {}){was}", pair.said(), pair.now.n)
        });
        format!("{}{was} ({}): {}{pair}", self.said(), self.of_how_many(), self.meaning)
    }

    /// `n 12, 90 d`, `3 readings, 90 d`.
    fn of_how_many(&self) -> String {
        let (n, days) = (self.now.n, (self.now.window.1 - self.now.window.0).num_days() + 1);
        let cases = match (self.cases, n) {
            ("", _) => format!("n {n}"),
            (cases, 1) => format!("1 {}", cases.trim_end_matches('s')),
            (cases, _) => format!("{n} {cases}"),
        };
        if days > 1 { format!("{cases}, {days} d") } else { cases }
    }
}

/// True if a label begins with the unit itself, in full: `days from brief to shelf` for `d`.
fn says_unit(label: &str, unit: &str) -> bool {
    let first = label.split_whitespace().next().unwrap_or("").to_lowercase();
    let whole = match unit {
        "d" => "days",
        "h" => "hours",
        "w" | "wk" => "weeks",
        other => other,
    };
    first == whole.to_lowercase()
}

/// Which numbers are shown: those that were chosen by name, then by rule. Numbers of a lever stand before those of none.
#[must_use]
pub fn choose<'a>(all: &'a [Number], wanted: &[&str]) -> Vec<&'a Number> {
    let mut chosen: Vec<&Number> = Vec::new();
    for name in wanted {
        let number = all.iter().find(|number| number.name == *name);
        chosen.extend(number.filter(|number| !chosen.iter().any(|known| known.name == number.name)));
    }
    chosen.truncate(SHOWN);
    let by_hand = chosen.len();
    let mut ranked: Vec<&Number> = all.iter().filter(|number| !number.is_output).collect();
    ranked.sort_by(|one, other| {
        let class = |number: &Number| class(number, all);
        class(one)
            .cmp(&class(other))
            .then(other.moved().abs().total_cmp(&one.moved().abs()))
            .then(one.name.cmp(&other.name))
    });
    for number in ranked {
        let is_taken = chosen.iter().any(|known| known.lever == number.lever || known.name == number.name);
        if chosen.len() < SHOWN && !is_taken {
            chosen.push(number);
        }
    }
    chosen[by_hand..].sort_by_key(|number| number.lever.is_none());
    chosen
}

/// The lower, the sooner it is proposed.
fn class(number: &Number, all: &[Number]) -> u8 {
    match (number.is_honest(), number.is_better() && number.broken_pair(all).is_some()) {
        (true, false) if number.is_better() || number.is_worse() => 0,
        (true, false) => 1,
        (true, true) => 2,
        (false, _) => 3,
    }
}
