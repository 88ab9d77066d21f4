//! Working time as whole minutes. Never floats of hours or days.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A length of working time in whole minutes; may be negative in a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i64);

impl Minutes {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many hours of 60 minutes.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 60)
    }

    /// True for any time above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// True at exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The larger of this and zero.
    pub const fn at_least_zero(self) -> Self {
        if self.0 < 0 { Self::ZERO } else { self }
    }

    /// This times `percent` ÷ 100, rounded to the nearest minute.
    pub const fn percent(self, percent: i64) -> Self {
        // Division towards zero would round negative lengths up, and a difference would not be the same both
        // ways.
        Self((self.0 * percent + 50).div_euclid(100))
    }

    /// Hours as a number for scores and ratios only.
    pub fn as_hours(self) -> f64 {
        // No cast of a float is let through. Minutes that an `i32` does not hold are four thousand years.
        f64::from(i32::try_from(self.0).unwrap_or(i32::MAX)) / 60.0
    }

    /// Hours rounded to the nearest whole one, for narrow cells.
    pub const fn rounded_hours(self) -> i64 {
        (self.0 + 30).div_euclid(60)
    }
}

impl fmt::Display for Minutes {
    /// `6h`, `2h30m`, `45m`: one form everywhere, so that no figure has to be turned into another to be compared.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        let (hours, rest) = (self.0.abs() / 60, self.0.abs() % 60);
        let text = match (hours, rest) {
            (0, 0) => "0h".to_owned(),
            (0, rest) => format!("{sign}{rest}m"),
            (hours, 0) => format!("{sign}{hours}h"),
            (hours, rest) => format!("{sign}{hours}h{rest:02}m"),
        };
        f.pad(&text)
    }
}

impl Add for Minutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Minutes {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Minutes {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Minutes {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        Self(items.map(|minutes| minutes.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_people_say_it() {
        let cases =
            [(0, "0h"), (45, "45m"), (60, "1h"), (150, "2h30m"), (80, "1h20m"), (-300, "−5h"), (2400, "40h")];
        for (minutes, text) in cases {
            assert_eq!(Minutes(minutes).to_string(), text);
        }
    }
}
