//! Claims: figures that were once shown, and whether they held.

use serde::{Deserialize, Serialize};

use crate::domain::measures::number::Number;
use crate::domain::measures::{ENOUGH, MeasuredValue};

/// A figure once shown in a brief, to be looked at again in the next one of its series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Which number, by its stable name.
    pub name: String,
    /// As it was said: the value and what it counts.
    pub text: String,
    /// The figure; a share in per cent.
    pub value: f64,
    /// What the value is counted in; `%` for a share.
    pub unit: String,
    /// Of how many cases.
    pub n: u32,
    /// More of it is better.
    pub up: bool,
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// It is so, or better.
    Held,
    /// It is not so any more.
    Fell,
    /// Counted from too few cases, then or now, to say so.
    TooFew,
    /// There is nothing to count it from now.
    Gone,
}

impl ClaimVerdict {
    /// As the next brief of the series tells it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Fell => "did not hold",
            Self::TooFew => "too few to tell",
            Self::Gone => "nothing to count it from now",
        }
    }
}

impl Claim {
    /// What a number claims when it is shown.
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
    pub fn verdict(&self, now: Option<&Number>) -> ClaimVerdict {
        let Some(number) = now else { return ClaimVerdict::Gone };
        let (value, unit) = level(number);
        // A figure in another unit is another figure: neither more nor less than what was claimed.
        if unit != self.unit {
            return ClaimVerdict::Gone;
        }
        // What was read is as it was read; what was counted needs cases enough on both days.
        if number.least == (ENOUGH, ENOUGH) && self.n.min(number.now.n) < ENOUGH {
            return ClaimVerdict::TooFew;
        }
        let room = self.value.abs().max(1.0) * 1e-6;
        let is_held = if self.up { value >= self.value - room } else { value <= self.value + room };
        if is_held { ClaimVerdict::Held } else { ClaimVerdict::Fell }
    }
}

fn level(number: &Number) -> (f64, String) {
    match &number.now.value {
        MeasuredValue::Amount(value, unit) => (*value, unit.clone()),
        value => (value.level() * 100.0, "%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::measures::number::Meaning;
    use crate::domain::measures::{Measured, Share, Span};

    fn number(value: MeasuredValue, is_up: bool) -> Number {
        let n = if let MeasuredValue::Share(share) = &value { share.whole as usize } else { 8 };
        let now = Measured::new(value, n, Span::trailing("2026-11-23".parse().unwrap(), 90), Vec::new(), "");
        Number {
            name: "x".into(),
            lever: None,
            label: "right first time".into(),
            is_up,
            now,
            before: None,
            least: (5, 5),
            cases: "",
            meaning: Meaning::default(),
            pair: None,
            is_output: false,
        }
    }

    #[test]
    fn a_claim_holds_while_it_is_so_or_better() {
        let days = |value| MeasuredValue::Amount(value, "d".into());
        let share = |part, whole| MeasuredValue::Share(Share { part, whole });
        let cases = [
            (share(6, 8), true, share(6, 8), ClaimVerdict::Held),
            (share(6, 8), true, share(8, 8), ClaimVerdict::Held),
            (share(6, 8), true, share(5, 8), ClaimVerdict::Fell),
            (share(3, 3), true, share(4, 8), ClaimVerdict::TooFew),
            (share(6, 8), true, share(1, 3), ClaimVerdict::TooFew),
            (days(9.5), false, days(9.5), ClaimVerdict::Held),
            (days(9.5), false, days(9.0), ClaimVerdict::Held),
            (days(9.5), false, days(10.0), ClaimVerdict::Fell),
            (days(9.5), true, days(10.0), ClaimVerdict::Held),
            (days(9.5), false, MeasuredValue::Amount(9.5, "weeks".into()), ClaimVerdict::Gone),
        ];
        for (was, is_up, now, verdict) in cases {
            let claim = Claim::of(&number(was.clone(), is_up));
            assert_eq!(claim.verdict(Some(&number(now.clone(), is_up))), verdict, "{was:?} {now:?}");
        }
        let claim = Claim::of(&number(share(6, 8), true));
        assert_eq!((claim.text.as_str(), claim.verdict(None)), ("75 % right first time", ClaimVerdict::Gone));
    }
}
