//! A stretch of days that figures are counted in.

use chrono::NaiveDate;

use crate::domain::day;

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub from: NaiveDate,
    /// The last day, included.
    pub to: NaiveDate,
}

impl Span {
    pub const fn day(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// The last days up to one, which is the last of them: 90 days are 90 days wherever they are counted.
    pub fn trailing(to: NaiveDate, days: i64) -> Self {
        Self { from: day::plus(to, 1 - days), to }
    }

    /// The week of a day, Monday to Sunday.
    pub fn week(on: NaiveDate) -> Self {
        let from = day::monday(on);
        Self { from, to: day::plus(from, 6) }
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// As many days right before it.
    pub fn before(self) -> Self {
        // As many days, so that a count of one can be set against the other.
        Self::trailing(day::plus(self.from, -1), self.days())
    }

    /// True if a day lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The days that two spans share; `None` where they share none.
    pub fn shared(self, from: NaiveDate, to: Option<NaiveDate>) -> Option<Self> {
        let shared = Self { from: self.from.max(from), to: to.map_or(self.to, |to| self.to.min(to)) };
        (shared.from <= shared.to).then_some(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn ninety_days_are_ninety_and_the_ninety_before_touch_them() {
        let lately = Span::trailing(day("2026-11-23"), 90);
        assert_eq!((lately.from, lately.days()), (day("2026-08-26"), 90));
        let before = lately.before();
        assert_eq!((before.to, before.days()), (day("2026-08-25"), 90));
    }

    #[test]
    fn a_week_begins_on_monday_whatever_its_day() {
        for on in ["2026-11-23", "2026-11-27", "2026-11-29"] {
            assert_eq!(Span::week(day(on)), Span { from: day("2026-11-23"), to: day("2026-11-29") }, "{on}");
        }
    }

    #[test]
    fn shared_days_end_with_the_earlier_end() {
        let week = Span::week(day("2026-11-23"));
        let cases = [
            ("2026-11-01", Some("2026-11-27"), Some(("2026-11-23", "2026-11-27"))),
            ("2026-11-25", None, Some(("2026-11-25", "2026-11-29"))),
            ("2026-11-30", None, None),
            ("2026-11-01", Some("2026-11-22"), None),
        ];
        for (from, to, expected) in cases {
            let expected = expected.map(|(from, to)| Span { from: day(from), to: day(to) });
            assert_eq!(week.shared(day(from), to.map(day)), expected, "{from} {to:?}");
        }
    }
}
