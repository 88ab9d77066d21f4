//! A figure as one value, and the one rule by which figures are printed: counts below five cases, percentages from
//! five on, and the cases always beside.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Span;
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::document::{Figure, number, quantity};
use crate::domain::minutes::Minutes;
use crate::domain::record::RecordKey;

/// Fewer cases print as a count, never as a percentage, and no change is claimed from them.
pub const ENOUGH: u32 = 5;

/// Some of all cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Share {
    /// How many of them fit.
    pub part: u32,
    /// All that could have been among them.
    pub whole: u32,
}

impl Share {
    /// The cases that fit, out of all that were given.
    pub fn of<T>(cases: &[T], fits: impl Fn(&T) -> bool) -> Self {
        Self { part: size(cases.iter().filter(|case| fits(case)).count()), whole: size(cases.len()) }
    }

    /// In per cent; `None` of fewer than five.
    pub const fn percent(self) -> Option<u32> {
        // Half of the whole on top rounds to the nearest per cent.
        if self.whole < ENOUGH { None } else { Some((self.part * 100 + self.whole / 2) / self.whole) }
    }

    /// What it was before, as `, 3 of 9, 33 % before`; nothing where either has too few cases to tell a change.
    pub fn after(self, before: Self) -> String {
        match (self.percent(), before.percent()) {
            (Some(_), Some(_)) => format!(", {before} before"),
            _ => String::new(),
        }
    }

    /// `3 of 4`, `75 %`: where the number of cases stands beside it.
    pub fn short(self) -> String {
        match (self.percent(), self.whole) {
            (_, 0) => "none".to_owned(),
            (Some(percent), _) => format!("{percent} %"),
            (None, whole) => format!("{} of {whole}", self.part),
        }
    }
}

impl fmt::Display for Share {
    /// `3 of 4`, and a percentage beside it from five on: `6 of 8, 75 %`; `none yet` without any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.percent(), self.whole) {
            (_, 0) => f.pad("none yet"),
            (None, whole) => f.pad(&format!("{} of {whole}", self.part)),
            (Some(percent), whole) => f.pad(&format!("{} of {whole}, {percent} %", self.part)),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
/// What was counted, before it is printed by the one rule.
pub enum MeasuredValue {
    /// Some of all cases.
    Share(Share),
    /// Hours out of hours.
    Hours(Minutes, Minutes),
    /// An amount with its unit.
    Amount(f64, String),
    /// It cannot be known any more, and why: `not kept before Wed 25 Nov`.
    Unknown(String),
}

impl MeasuredValue {
    /// A value to compare and to keep: a share between 0 and 1, or the amount.
    pub fn level(&self) -> f64 {
        match self {
            // Of no cases at all the share is nothing, and must not divide by zero.
            Self::Share(share) => f64::from(share.part) / f64::from(share.whole.max(1)),
            Self::Hours(part, whole) if whole.is_positive() => part.as_hours() / whole.as_hours(),
            Self::Hours(..) | Self::Unknown(_) => 0.0,
            Self::Amount(value, _) => *value,
        }
    }

    /// A part of something, so that its changes are points.
    pub const fn is_share(&self) -> bool {
        matches!(self, Self::Share(_) | Self::Hours(..))
    }
}

/// A figure with everything that a reader may ask of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The value, with its unit.
    pub value: MeasuredValue,
    /// Of how many cases.
    pub n: u32,
    /// The days that it is about, both ends included.
    pub span: Span,
    /// The records that it was counted from.
    pub rows: Vec<RecordKey>,
    /// How it is counted.
    pub definition: String,
    /// The first day of the span of which anything is known, where that is not its first one.
    pub known_from: Option<NaiveDate>,
    /// Days of the span that wait for a yes before they are kept, the first and the last; nothing of them is known.
    pub waiting: Option<(NaiveDate, NaiveDate)>,
    /// So many of its days were kept later than on the next one.
    pub reconstructed: usize,
}

impl Measured {
    /// A figure of all days of its span.
    pub fn new(value: MeasuredValue, n: usize, span: Span, rows: Vec<RecordKey>, definition: &str) -> Self {
        Self {
            value,
            n: size(n),
            span,
            rows,
            definition: definition.to_owned(),
            known_from: None,
            waiting: None,
            reconstructed: 0,
        }
    }

    /// Some cases out of others: as many cases as there are others.
    pub fn share(share: Share, span: Span, rows: Vec<RecordKey>, definition: &str) -> Self {
        Self { n: share.whole, ..Self::new(MeasuredValue::Share(share), 0, span, rows, definition) }
    }

    /// Minutes of a figure of hours: the part that is counted; nothing of any other figure.
    pub const fn minutes(&self) -> Minutes {
        match self.value {
            MeasuredValue::Hours(part, _) => part,
            _ => Minutes::ZERO,
        }
    }

    /// There is something to say.
    pub const fn is_known(&self) -> bool {
        self.n > 0 && !matches!(self.value, MeasuredValue::Unknown(_))
    }

    /// The value as it may be printed where its cases stand beside it, and its unit where it has one: `("75 %", "")`,
    /// `("9.5", "d")`.
    pub fn parts(&self) -> (String, &str) {
        match &self.value {
            MeasuredValue::Share(share) => (share.short(), ""),
            MeasuredValue::Hours(part, whole) if whole.is_zero() => (part.to_string(), ""),
            MeasuredValue::Hours(part, whole) => match self.hours_percent(*part, *whole) {
                Some(percent) => {
                    // Thousands are parted as in every other figure of a document.
                    let hours = i32::try_from(whole.rounded_hours()).map_or(f64::INFINITY, f64::from);
                    (format!("{percent} % of {}h", number(hours)), "")
                }
                None => (format!("{part} of {whole}"), ""),
            },
            // One that others measured keeps its unit, `%` too: our few readings are not the cases behind it.
            MeasuredValue::Amount(value, unit) => (number(*value), unit.as_str()),
            MeasuredValue::Unknown(why) => (why.clone(), ""),
        }
    }

    /// Hours in per cent of hours, where there are cases enough.
    fn hours_percent(&self, part: Minutes, whole: Minutes) -> Option<u32> {
        let percent = || u32::try_from((part.0 * 100 + whole.0 / 2) / whole.0).ok();
        (self.n >= ENOUGH && whole.is_positive()).then(percent).flatten()
    }

    /// The value with its unit.
    pub fn short(&self) -> String {
        match (&self.value, self.parts()) {
            (_, (value, "")) => value,
            // As its receipt says it, which counts hours in the form that they have everywhere else.
            (MeasuredValue::Amount(amount, _), (_, unit)) => quantity(*amount, unit),
            (_, (value, unit)) => format!("{value} {unit}"),
        }
    }

    /// The value where there is no room for what it is a part of: `28 %`, `8h of 20h`.
    pub fn narrow(&self) -> String {
        match self.value {
            MeasuredValue::Hours(part, whole) => {
                self.hours_percent(part, whole).map_or_else(|| self.short(), |percent| format!("{percent} %"))
            }
            _ => self.short(),
        }
    }

    /// A share of a week in its column: per cent from five cases on, its whole hours alone below, a dash where it was not
    /// kept.
    pub fn in_a_column(&self) -> String {
        match self.value {
            MeasuredValue::Unknown(_) => "–".to_owned(),
            _ if !self.is_known() => "·".to_owned(),
            MeasuredValue::Hours(part, _) if self.n < ENOUGH => format!("{}h", part.rounded_hours()),
            _ => self.narrow(),
        }
    }

    /// The value with its cases, to stand alone: `6 of 8, 75 %`, `28 % of 120h (n 9)`, `6 working days (n 12)`.
    pub fn alone(&self) -> String {
        match &self.value {
            MeasuredValue::Share(share) if share.whole == 0 => share.short(),
            MeasuredValue::Share(share) => format!("{share}{}", self.known()),
            MeasuredValue::Unknown(why) => why.clone(),
            MeasuredValue::Hours(..) if self.n == 0 => format!("none{}", self.known()),
            _ => format!("{} (n {}){}", self.short(), self.n, self.known()),
        }
    }

    /// What is not known of its span: `, recorded since Wed 25 Nov, 2 days taken from the plan`; empty where all of it is.
    pub fn known(&self) -> String {
        let since = self.known_from.map_or_else(String::new, |from| {
            format!(", recorded since {}", day::day_near(from, self.span.to))
        });
        let without = self
            .waiting
            .map_or_else(String::new, |(from, to)| format!(", {} not recorded", day::day_range(from, to)));
        let known = format!("{since}{without}");
        match self.reconstructed {
            0 => known,
            days => format!("{known}, {} taken from the plan", counted(days, "day", "days")),
        }
    }

    /// The receipt. It says the value as the text does, and from which amounts a percentage was worked out.
    pub fn figure(&self) -> Figure {
        let percent = |percent: u32| (f64::from(percent), "%".to_owned());
        let (value, unit) = match &self.value {
            MeasuredValue::Share(share) => share
                .percent()
                .map_or_else(|| (f64::from(share.part), format!("of {}", share.whole)), percent),
            MeasuredValue::Hours(part, whole) => self
                .hours_percent(*part, *whole)
                .map_or_else(|| (part.as_hours(), format!("h of {whole}")), percent),
            MeasuredValue::Amount(value, _) => (*value, self.parts().1.to_owned()),
            MeasuredValue::Unknown(_) => (0.0, String::new()),
        };
        let of = match &self.value {
            MeasuredValue::Share(share) if unit == "%" => format!(": {} of {}", share.part, share.whole),
            MeasuredValue::Hours(part, whole) if unit == "%" => format!(": {part} of {whole}"),
            _ => String::new(),
        };
        let known = match &self.value {
            MeasuredValue::Unknown(why) => format!("; {why}"),
            _ => format!("{of}{}", self.known()),
        };
        Figure {
            value,
            unit,
            n: self.n,
            from: Some(self.span.from),
            to: Some(self.span.to),
            definition: format!("{}{known}", self.definition),
            keys: self.rows.iter().map(ToString::to_string).collect(),
        }
    }
}

/// A count that fits a figure.
pub fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The middle one, or the mean of the two in the middle; `None` of nothing.
pub fn median(mut days: Vec<i64>) -> Option<f64> {
    days.sort_unstable();
    // No cast of a float is let through, and an `i32` turns into one without loss.
    let at = |index: usize| days.get(index).and_then(|days| i32::try_from(*days).ok()).map(f64::from);
    let middle = days.len() / 2;
    if days.len() % 2 == 1 {
        at(middle)
    } else {
        // An empty list ends here: it has nothing before its middle.
        Some(f64::midpoint(at(middle.checked_sub(1)?)?, at(middle)?))
    }
}
