//! Which days a rule allows.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Frequency, Rule};

impl Rule {
    /// The rule with what it leaves unsaid taken from its first start.
    pub(super) fn completed(&self, first: NaiveDate) -> Self {
        let mut rule = self.clone();
        let is_open = rule.year_days.is_empty() && rule.month_days.is_empty() && rule.weekdays.is_empty();
        // RFC 5545, 3.3.10: what a rule leaves out it takes from the first start.
        if is_open && rule.weeks.is_empty() {
            match rule.frequency {
                Frequency::Yearly => {
                    if rule.months.is_empty() {
                        rule.months = vec![first.month()];
                    }
                    rule.month_days = vec![number(first.day())];
                }
                Frequency::Monthly => rule.month_days = vec![number(first.day())],
                Frequency::Weekly => rule.weekdays = vec![(0, first.weekday())],
                _ => {}
            }
        // Weeks are given and no day in them: the weekday of the first start.
        } else if is_open && rule.frequency == Frequency::Yearly {
            rule.weekdays = vec![(0, first.weekday())];
        }
        rule
    }

    /// True when every BY part that speaks of days holds.
    pub(super) fn allows(&self, day: NaiveDate) -> bool {
        (self.months.is_empty() || self.months.contains(&day.month()))
            && self.allows_month_day(day)
            && self.allows_year_day(day)
            && self.allows_week(day)
            && self.allows_weekday(day)
    }

    fn allows_month_day(&self, day: NaiveDate) -> bool {
        self.month_days.is_empty() || from_either_end(&self.month_days, day.day(), days_in_month(day))
    }

    fn allows_year_day(&self, day: NaiveDate) -> bool {
        self.year_days.is_empty() || from_either_end(&self.year_days, day.ordinal(), days_in_year(day))
    }

    fn allows_week(&self, day: NaiveDate) -> bool {
        // BYWEEKNO has a meaning in yearly rules only (RFC 5545, 3.3.10).
        if self.weeks.is_empty() || self.frequency != Frequency::Yearly {
            return true;
        }
        let (year, week) = week_of(day, self.week_start);
        from_either_end(&self.weeks, week, weeks_in(year, self.week_start))
    }

    fn allows_weekday(&self, day: NaiveDate) -> bool {
        self.weekdays.is_empty()
            || self
                .weekdays
                .iter()
                .any(|(nth, weekday)| day.weekday() == *weekday && (*nth == 0 || self.is_nth(*nth, day)))
    }

    /// The nth of its weekday within the month or the year; other frequencies know no nth.
    fn is_nth(&self, nth: i32, day: NaiveDate) -> bool {
        let (at, length) = match self.frequency {
            // Together with BYWEEKNO a numbered weekday is not allowed; the number is passed over.
            Frequency::Yearly if !self.weeks.is_empty() => return true,
            Frequency::Yearly if self.months.is_empty() => (day.ordinal(), days_in_year(day)),
            Frequency::Monthly | Frequency::Yearly => (day.day(), days_in_month(day)),
            _ => return true,
        };
        let from_start = number((at - 1) / 7 + 1);
        let from_end = -number((length - at) / 7 + 1);
        nth == from_start || nth == from_end
    }
}

// Counted from the end the last one is -1, as RFC 5545 has it.
fn from_either_end(wanted: &[i32], at: u32, length: u32) -> bool {
    wanted.contains(&number(at)) || wanted.contains(&(number(at) - number(length) - 1))
}

/// Days, weeks and months all fit.
fn number(small: u32) -> i32 {
    i32::try_from(small).unwrap_or(i32::MAX)
}

fn days_in_month(day: NaiveDate) -> u32 {
    u32::from(day.num_days_in_month())
}

fn days_in_year(day: NaiveDate) -> u32 {
    if day.leap_year() { 366 } else { 365 }
}

/// The first day of the week that holds `day`.
pub(super) fn week_begin(day: NaiveDate, week_start: Weekday) -> NaiveDate {
    let back = day.weekday().days_since(week_start);
    day.checked_sub_days(Days::new(u64::from(back))).unwrap_or(day)
}

/// Year and number of a week; week 1 is the first with four days in the year.
fn week_of(day: NaiveDate, week_start: Weekday) -> (i32, u32) {
    // A week belongs to the year that has most of it, and that is the year of its fourth day.
    let middle = week_begin(day, week_start).checked_add_days(Days::new(3)).unwrap_or(day);
    (middle.year(), (middle.ordinal() - 1) / 7 + 1)
}

fn weeks_in(year: i32, week_start: Weekday) -> u32 {
    // 28 December always lies in the last week of its year.
    NaiveDate::from_ymd_opt(year, 12, 28).map_or(52, |day| week_of(day, week_start).1)
}
