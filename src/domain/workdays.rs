//! The one calendar that counts working days: Monday to Friday, less what is a holiday for everybody.

use chrono::NaiveDate;

use super::day;
use super::person::Holiday;

/// Working days, built once from the holidays of the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkCalendar {
    closed: Vec<NaiveDate>,
}

impl WorkCalendar {
    /// Working days with these holidays.
    #[must_use]
    pub fn new(holidays: &[Holiday]) -> Self {
        let mut closed: Vec<NaiveDate> = holidays
            .iter()
            .flat_map(|holiday| holiday.from.iter_days().take_while(|day| *day <= holiday.to))
            .collect();
        closed.sort_unstable();
        closed.dedup();
        Self { closed }
    }

    /// True on a day on which work is done.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        day::is_weekday(day) && self.closed.binary_search(&day).is_err()
    }

    /// Working days after `from` up to and with `to`; negative if `to` lies before `from`.
    #[must_use]
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        day::business_days_between(from, to, &self.closed)
    }
}
