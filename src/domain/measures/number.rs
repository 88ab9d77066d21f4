//! Numbers for the room: a figure with what it was before, and what that means for the business. Which three are shown
//! follows from rules: the largest honest movement, one of each lever, and no boast whose pair got worse.

use super::{Measured, MeasuredValue};
use crate::domain::day;
use crate::domain::lever::Lever;

/// So many numbers are shown.
pub const SHOWN: usize = 3;
/// Before the key of an outcome it is the name of its number.
pub(super) const OUTCOME: &str = "outcome:";
/// Less than this is no movement.
const STILL: f64 = 0.01;

/// What a number means, by how it moved. A fall is never told with the words of a rise, and what cannot be compared is
/// told with neither.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meaning {
    /// It stands for this, whichever way it moved.
    pub unmoved: String,
    /// Said where it moved for the better by a hundredth or more.
    pub better: String,
    /// Said where it moved for the worse by a hundredth or more.
    pub worse: String,
}

impl Meaning {
    /// One meaning for all three.
    pub fn always(words: impl Into<String>) -> Self {
        let unmoved = words.into();
        Self { better: unmoved.clone(), worse: unmoved.clone(), unmoved }
    }

    /// A meaning of its own each.
    pub fn of(unmoved: &str, better: &str, worse: &str) -> Self {
        Self { unmoved: unmoved.to_owned(), better: better.to_owned(), worse: worse.to_owned() }
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
    /// More of it is better.
    pub is_up: bool,
    /// The figure of the span that is looked at.
    pub now: Measured,
    /// In as many days before, or at the frozen baseline.
    pub before: Option<Measured>,
    /// Cases that it needs, now and before, to tell a movement.
    pub least: (u32, u32),
    /// What its cases are called, where that is not said by `n`: `readings`.
    pub cases: &'static str,
    /// What it means for the business.
    pub meaning: Meaning,
    /// The number that must not suffer for it.
    pub pair: Option<&'static str>,
    /// Counts what was made: shown only where somebody chooses it.
    pub is_output: bool,
}

impl Number {
    /// What it was before, if there are cases enough on both sides to tell a movement.
    pub fn compared(&self) -> Option<&Measured> {
        self.before.as_ref().filter(|before| {
            self.now.is_known() && before.is_known() && self.now.n >= self.least.0 && before.n >= self.least.1
        })
    }

    /// How far it moved for the better, or below zero for the worse: shares by points, amounts by their own size.
    /// Nothing where there are too few cases to tell.
    pub fn movement(&self) -> Option<f64> {
        let before = self.compared()?;
        let (was, is) = (before.value.level(), self.now.value.level());
        let moved = match &self.now.value {
            value if value.is_share() => is - was,
            // By points, as shares move, so that a percentage others measured is no larger than one of ours.
            MeasuredValue::Amount(_, unit) if unit == "%" => (is - was) / 100.0,
            // By its own size, or a metric in euros would always beat one in days.
            _ if was.abs() > f64::EPSILON => (is - was) / was.abs(),
            // Anything after nothing is a whole movement, however small its unit makes it.
            _ if is.abs() > f64::EPSILON => is.signum(),
            _ => 0.0,
        };
        Some(if self.is_up { moved } else { -moved }.clamp(-1.0, 1.0))
    }

    fn moved(&self) -> f64 {
        self.movement().filter(|moved| moved.abs() >= STILL).unwrap_or(0.0)
    }

    /// It moved for the better, by a hundredth at least.
    pub fn is_better(&self) -> bool {
        self.moved() > 0.0
    }

    /// It moved for the worse, by a hundredth at least.
    pub fn is_worse(&self) -> bool {
        self.moved() < 0.0
    }

    /// What it means, as it moved.
    pub fn meaning(&self) -> &str {
        match (self.is_better(), self.is_worse()) {
            (true, _) => &self.meaning.better,
            (_, true) => &self.meaning.worse,
            _ => &self.meaning.unmoved,
        }
    }

    /// Its pair, if that got worse.
    pub fn broken_pair<'a>(&self, all: &'a [Self]) -> Option<&'a Self> {
        let name = self.pair?;
        all.iter().find(|other| other.name == name).filter(|other| other.is_worse())
    }

    /// The value and what it counts: `6 of 8 right first time`, `9.5 days from brief to shelf`.
    pub fn said(&self) -> String {
        let (value, unit) = self.now.parts();
        // An outcome without a metric is called by its name, which its meaning says already.
        if self.name.starts_with(OUTCOME) && self.meaning().contains(&self.label) {
            return format!("now {}", day::with_unit(&value, unit)).trim_end().to_owned();
        }
        if unit.is_empty() || says_unit(&self.label, unit) {
            format!("{value} {}", self.label)
        } else {
            format!("{} {}", day::with_unit(&value, unit), self.label)
        }
    }

    /// The value alone: `6 of 8`, `9.5`.
    pub fn short(&self) -> String {
        self.now.parts().0
    }

    /// What it was: `50 %`, or nothing where that could not be compared.
    pub fn was(&self) -> Option<String> {
        self.compared().map(|before| before.parts().0)
    }

    /// The number as it is said in the room, and how its pair stands if that got worse.
    pub fn sentence(&self, all: &[Self]) -> String {
        let was = match (self.was(), &self.before) {
            (Some(was), _) => format!(", was {was}"),
            // What was read before is told here as a review tells it; that it moved is said only of readings enough.
            (None, Some(before)) if self.name.starts_with(OUTCOME) => format!(", was {}", before.parts().0),
            (None, Some(_)) => ", too few to compare".to_owned(),
            (None, None) => ", nothing to compare with yet".to_owned(),
        };
        let pair = self.broken_pair(all).map_or_else(String::new, |pair| {
            let was = pair.was().map_or_else(String::new, |was| format!(", was {was}"));
            // Of two that both got worse the second takes nothing back.
            let and = if self.is_worse() { "and" } else { "but" };
            format!("; {and} {} (n {}){was}", pair.said(), pair.now.n)
        });
        format!("{}{was} ({}): {}{pair}", self.said(), self.of_how_many(), self.meaning())
    }

    /// `n 12, 90 days`, `3 readings, 90 days`.
    fn of_how_many(&self) -> String {
        let (n, days) = (self.now.n, self.now.span.days());
        let cases = match (self.cases, n) {
            ("", _) => format!("n {n}"),
            (cases, 1) => format!("1 {}", cases.trim_end_matches('s')),
            (cases, _) => format!("{n} {cases}"),
        };
        if days > 1 { format!("{cases}, {days} days") } else { cases }
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
pub fn choose<'a>(all: &'a [Number], wanted: &[&str]) -> Vec<&'a Number> {
    let mut chosen: Vec<&Number> = Vec::new();
    for name in wanted {
        let number = all.iter().find(|number| number.name == *name);
        chosen.extend(number.filter(|number| !chosen.iter().any(|known| known.name == number.name)));
    }
    // What somebody chose by hand is kept even if its movement is smaller, its lever taken, or it counts
    // output.
    chosen.truncate(SHOWN);
    let by_hand = chosen.len();
    let mut ranked: Vec<&Number> = all.iter().filter(|number| !number.is_output).collect();
    ranked.sort_by(|one, other| {
        let last = |number: &Number| comes_last(number, all);
        last(one)
            .cmp(&last(other))
            .then(other.moved().abs().total_cmp(&one.moved().abs()))
            // Where nothing moved, what stands on more cases says more.
            .then(other.now.n.cmp(&one.now.n))
            // By name last, so that the same numbers are proposed whenever nothing tells them apart.
            .then(one.name.cmp(&other.name))
    });
    for number in ranked {
        // Numbers of no lever count as of one: at most one of them is proposed.
        let is_taken = chosen.iter().any(|known| known.lever == number.lever || known.name == number.name);
        if chosen.len() < SHOWN && !is_taken {
            chosen.push(number);
        }
    }
    chosen[by_hand..].sort_by_key(|number| number.lever.is_none());
    chosen
}

/// A boast with a pair that got worse comes after numbers that stand still: those at least mislead nobody. What cannot
/// be compared comes after both, since it did not move.
fn comes_last(number: &Number, all: &[Number]) -> bool {
    number.compared().is_none() || number.is_better() && number.broken_pair(all).is_some()
}
