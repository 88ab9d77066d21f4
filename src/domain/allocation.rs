//! Hours of a request on a person or role within a window.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;

/// How the hours lie within the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Weighted by each day's effective hours.
    Even,
    /// Heaviest first.
    Front,
    /// Heaviest last.
    Back,
    /// So much on every day with capacity; the total follows from the window.
    PerDay(Minutes),
    /// Set by hand, day by day.
    Hand(Vec<(NaiveDate, Minutes)>),
}

impl fmt::Display for Shape {
    /// `even`, `front`, `back`, `per-day:240`, `hand:2026-11-24=240,2026-11-25=60` (minutes).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Even => f.write_str("even"),
            Self::Front => f.write_str("front"),
            Self::Back => f.write_str("back"),
            Self::PerDay(minutes) => write!(f, "per-day:{}", minutes.0),
            Self::Hand(days) => {
                let days: Vec<_> = days.iter().map(|(day, minutes)| format!("{day}={}", minutes.0)).collect();
                write!(f, "hand:{}", days.join(","))
            }
        }
    }
}

impl FromStr for Shape {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not a shape; shapes are even, front, back, per-day:MINUTES and hand:DAY=MINUTES,…"
            )
        };
        let by_hand = |entry: &str| {
            let (day, minutes) = entry.split_once('=')?;
            Some((day.parse().ok()?, Minutes(minutes.parse().ok()?)))
        };
        match text.split_once(':') {
            None => match text {
                "even" => Ok(Self::Even),
                "front" => Ok(Self::Front),
                "back" => Ok(Self::Back),
                _ => Err(wrong()),
            },
            Some(("per-day", minutes)) => {
                minutes.parse().map(|minutes| Self::PerDay(Minutes(minutes))).map_err(|_| wrong())
            }
            Some(("hand", days)) => {
                let days: Option<Vec<_>> =
                    days.split(',').filter(|entry| !entry.is_empty()).map(by_hand).collect();
                days.map(Self::Hand).ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
        }
    }
}

/// Work that somebody holds, or that a role stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Its row.
    pub id: AllocationId,
    /// What is to be done.
    pub request: RequestId,
    /// Who holds it.
    pub person: PersonId,
    /// How much; `None` is not estimated yet and counts as its tier's median, drawn as unknown.
    pub minutes: Option<Minutes>,
    /// First day of the window.
    pub from: NaiveDate,
    /// Last day of the window, included.
    pub to: NaiveDate,
    /// A second layer that is never blended into confirmed work.
    pub is_tentative: bool,
    /// How it lies within the window.
    pub shape: Shape,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_read_what_they_print() {
        for text in ["even", "front", "back", "per-day:240", "hand:2026-11-24=240,2026-11-25=60"] {
            assert_eq!(text.parse::<Shape>().unwrap().to_string(), text);
        }
        assert!("hand:soon=3".parse::<Shape>().is_err());
    }
}
