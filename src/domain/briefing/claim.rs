//! Claims: figures that were once shown, and whether they held.

use serde::{Deserialize, Serialize};

use crate::domain::numbers::{Number, Value};

/// A figure once shown in a brief, to be looked at again in the next one of its series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Which number, by its stable name.
    pub name: String,
    /// What was said.
    pub text: String,
    /// The figure; a share in per cent.
    pub value: f64,
    /// Of what.
    pub unit: String,
    /// Of how many cases.
    pub n: u32,
    /// More is better.
    pub up: bool,
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is so, or better.
    Held,
    /// It is not so any more.
    Fell,
    /// There is nothing to count it from now.
    Gone,
}

impl Verdict {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Fell => "did not hold",
            Self::Gone => "nothing to count it from now",
        }
    }
}

impl Claim {
    /// What a number claims when it is shown.
    #[must_use]
    pub fn of(number: &Number) -> Self {
        let (value, unit) = level(number);
        Self {
            name: number.name.clone(),
            text: number.said(),
            value,
            unit,
            n: number.now.n,
            up: number.is_up,
        }
    }

    /// Whether it holds by the same number as it stands now. What is lost in rounding is no fall.
    #[must_use]
    pub fn verdict(&self, now: Option<&Number>) -> Verdict {
        let Some((value, _)) = now.map(level).filter(|(_, unit)| *unit == self.unit) else {
            return Verdict::Gone;
        };
        let room = self.value.abs().max(1.0) * 1e-6;
        let is_held = if self.up { value >= self.value - room } else { value <= self.value + room };
        if is_held { Verdict::Held } else { Verdict::Fell }
    }
}

fn level(number: &Number) -> (f64, String) {
    match &number.now.value {
        Value::Amount(value, unit) => (*value, unit.clone()),
        value => (value.level() * 100.0, "%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::numbers::Measured;

    fn number(value: Value, is_up: bool) -> Number {
        let day = |text: &str| text.parse().unwrap();
        let now = Measured { value, n: 8, window: (day("2026-08-26"), day("2026-11-23")), rows: Vec::new() };
        Number {
            name: "x".into(),
            lever: None,
            label: "right first time".into(),
            is_up,
            now,
            before: None,
            least: (5, 5),
            definition: String::new(),
            compared: String::new(),
            cases: "",
            meaning: String::new(),
            pair: None,
            is_output: false,
        }
    }

    #[test]
    fn a_claim_holds_while_it_is_so_or_better() {
        let days = |value| Value::Amount(value, "d".into());
        let cases = [
            (Value::Share(6, 8), true, Value::Share(3, 4), Verdict::Held),
            (Value::Share(6, 8), true, Value::Share(8, 8), Verdict::Held),
            (Value::Share(6, 8), true, Value::Share(5, 8), Verdict::Fell),
            (days(9.5), false, days(9.5), Verdict::Held),
            (days(9.5), false, days(9.0), Verdict::Held),
            (days(9.5), false, days(10.0), Verdict::Fell),
            (days(9.5), true, days(10.0), Verdict::Held),
            (days(9.5), false, Value::Amount(9.5, "weeks".into()), Verdict::Gone),
        ];
        for (was, is_up, now, verdict) in cases {
            let claim = Claim::of(&number(was.clone(), is_up));
            assert_eq!(claim.verdict(Some(&number(now.clone(), is_up))), verdict, "{was:?} {now:?}");
        }
        let claim = Claim::of(&number(Value::Share(6, 8), true));
        assert_eq!((claim.text.as_str(), claim.verdict(None)), ("6 of 8 right first time", Verdict::Gone));
    }
}
