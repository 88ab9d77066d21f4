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
    /// Hours of its own, as typed; `None` follows the estimate of its request. Without an estimate it counts as
    /// its tier's median, drawn as unknown. One share of a request follows at most.
    pub minutes: Option<Minutes>,
    /// First day of the window.
    pub from: NaiveDate,
    /// Last day of the window, included.
    pub to: NaiveDate,
    /// A second layer that is never blended into confirmed work.
    pub is_tentative: bool,
    /// How it lies within the window.
    pub shape: Shape,
    /// What is known of how much of it is left.
    pub left: LeftSaid,
}

impl Allocation {
    /// How much it is: its own hours, or the estimate that it follows; `None` where neither is known.
    #[must_use]
    pub fn hours(&self, estimate: Option<Minutes>) -> Option<Minutes> {
        self.minutes.or(estimate)
    }
}

/// What was said of the hours left of a share, and what had come off it before days were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftSaid {
    /// Hours that had come off before days were kept; `None` of a share that is older than that and was not
    /// reckoned yet.
    pub done_before: Option<Minutes>,
    /// How much less is left than by plan; negative where more is. Zero where nothing was said.
    pub correction: Minutes,
    /// The day on which hours left were said last; that day was wholly still to come.
    pub said_on: Option<NaiveDate>,
    /// It came back from review: its hours are unknown until they are said.
    pub is_to_be_said: bool,
}

impl LeftSaid {
    /// Of a share that is given now: nothing came off it, nothing was said.
    pub const NEW: Self = Self {
        done_before: Some(Minutes::ZERO),
        correction: Minutes::ZERO,
        said_on: None,
        is_to_be_said: false,
    };

    /// What was said ends; what had come off by plan stays.
    #[must_use]
    pub const fn unsaid(self) -> Self {
        Self { correction: Minutes::ZERO, said_on: None, ..self }
    }
}

/// What is to be given to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewShare {
    /// Handle or name.
    pub who: String,
    /// How much; `None` is the estimate, or unknown without one.
    pub minutes: Option<Minutes>,
    /// First day; `None` is today.
    pub from: Option<NaiveDate>,
    /// Last day; `None` is the due day, or the tier's usual time without one.
    pub to: Option<NaiveDate>,
    /// Not confirmed.
    pub is_tentative: bool,
    /// How it lies in the window.
    pub shape: Shape,
}

impl NewShare {
    /// All of a request, from today until it is due.
    #[must_use]
    pub fn whole(who: &str) -> Self {
        Self {
            who: who.to_owned(),
            minutes: None,
            from: None,
            to: None,
            is_tentative: false,
            shape: Shape::Even,
        }
    }
}

impl Shape {
    /// As a form shows it.
    #[must_use]
    pub fn described(&self) -> String {
        match self {
            Self::PerDay(minutes) => format!("{minutes} a day"),
            other => other.to_string(),
        }
    }
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
