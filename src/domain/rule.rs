//! Recurrence rules of calendars (RFC 5545, RRULE): reading one, and the local starts it gives.
//!
//! Starts are counted in floating local time; zones are the business of [`crate::domain::occurrence`].
//! Expansion goes straight to the days asked for and takes each step from a meter that whoever asks hands in, so no
//! rule, however odd, and no number of rules can hold up the program.

mod days;
mod expand;
mod words;

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::domain::bounds;

pub use expand::starts;
pub use words::in_words;

/// What stands before a rule whose starts do not take place (EXRULE, which RFC 2445 had).
// Beside the others and not in a field of its own: a store from before then needs no new column, and an older program
// that meets one follows the other rules.
pub const EXCEPT: &str = "EXRULE:";

/// How often a period comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
    Secondly,
}

/// The last moment of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The whole of a day.
    Day(NaiveDate),
    Local(NaiveDateTime),
    /// A time in UTC.
    Utc(NaiveDateTime),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub frequency: Frequency,
    /// Every second week is 2; never 0.
    pub interval: u32,
    /// How many starts there are, if that is limited.
    pub count: Option<u32>,
    /// Until when, if that is limited.
    pub until: Option<Until>,
    pub(crate) seconds: Vec<u32>,
    pub(crate) minutes: Vec<u32>,
    pub(crate) hours: Vec<u32>,
    pub(crate) weekdays: Vec<(i32, Weekday)>,
    pub(crate) month_days: Vec<i32>,
    pub(crate) year_days: Vec<i32>,
    pub(crate) weeks: Vec<i32>,
    pub(crate) months: Vec<u32>,
    pub(crate) positions: Vec<i32>,
    pub(crate) week_start: Weekday,
}

/// A rule that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("how it repeats (`{rule}`) cannot be followed: {reason}")]
pub struct RuleError {
    rule: String,
    reason: String,
}

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        Self::read(text).map(|(rule, _)| rule)
    }
}

impl Rule {
    /// A rule, and what of it was passed over: an odd part costs only itself.
    ///
    /// # Errors
    /// When it does not say how often, or combines what has no meaning together.
    pub fn read(text: &str) -> Result<(Self, Vec<String>), RuleError> {
        let error = |reason: String| RuleError { rule: bounds::named(text), reason };
        if let Some(message) = bounds::too_long(text.len(), bounds::RULE, "a rule") {
            return Err(error(message));
        }
        let (mut rule, mut odd) = (Self::empty(), Vec::new());
        let mut has_frequency = false;
        for part in text.trim().split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.trim().to_uppercase(), value.trim().to_uppercase());
            let found = rule.set(&name, &value);
            if name == "FREQ" {
                found.ok_or_else(|| error(format!("`{}` is not understood", bounds::named(part))))?;
                has_frequency = true;
            } else if name == "RSCALE" && found.is_none() {
                return Err(error(format!("`{}` is another calendar", bounds::named(part))));
            } else if found.is_none() {
                odd.push(format!(
                    "`{}` in how it repeats is not understood; passed over",
                    bounds::named(part)
                ));
            // Part of a list that makes sense is kept and told of: the rest of the rule still holds.
            } else if found == Some(false) {
                odd.push(format!(
                    "not all of `{}` in how it repeats is understood; what is, is followed",
                    bounds::named(part)
                ));
            }
        }
        if !has_frequency {
            return Err(error("it does not say how often".to_owned()));
        }
        if let Some(part) = rule.senseless_part() {
            let often = text_of(rule.frequency);
            return Err(error(format!("{part} has no meaning with {often}")));
        }
        odd.extend(rule.drop_odd_positions());
        Ok((rule, odd))
    }

    /// True for `2MO` where a week has one of it: a number counts the days of a month, or of a year without weeks.
    fn numbers_days_of_weeks(&self) -> bool {
        let has_number = self.weekdays.iter().any(|(number, _)| *number != 0);
        has_number && (self.frequency > Frequency::Monthly || !self.weeks.is_empty())
    }

    /// What the standard allows beside no such frequency (RFC 5545, 3.3.10).
    fn senseless_part(&self) -> Option<&'static str> {
        use Frequency::{Daily, Monthly, Weekly, Yearly};
        let often = self.frequency;
        if !self.weeks.is_empty() && often != Yearly {
            Some("BYWEEKNO")
        } else if !self.year_days.is_empty() && matches!(often, Monthly | Weekly | Daily) {
            Some("BYYEARDAY")
        } else if !self.month_days.is_empty() && often == Weekly {
            Some("BYMONTHDAY")
        } else if self.numbers_days_of_weeks() {
            Some("a number in BYDAY")
        } else {
            None
        }
    }

    /// BYSETPOS picks from what other parts give; alone it has nothing to pick from.
    fn drop_odd_positions(&mut self) -> Option<String> {
        let positions = std::mem::take(&mut self.positions);
        let has_others = !self.is_even();
        if positions.is_empty() || has_others {
            self.positions = positions;
            return None;
        }
        Some("a part of how it repeats (BYSETPOS) says nothing by itself; passed over".to_owned())
    }

    /// Counts the start of its series as the first, also where the rule does not come on it (RFC 5545, 3.3.10).
    pub fn count_first(&mut self, first: NaiveDateTime, steps: &mut bounds::Steps) {
        let Some(count) = self.count else { return };
        if starts(self, first, first, first, steps).at.is_empty() {
            self.count = Some(count - 1);
        }
    }

    /// The same rule for whole days: hours and below are not asked (RFC 5545, 3.3.10).
    #[must_use]
    pub fn of_days(mut self) -> Self {
        self.hours.clear();
        self.minutes.clear();
        self.seconds.clear();
        self
    }
}

impl Rule {
    const fn empty() -> Self {
        Self {
            frequency: Frequency::Yearly,
            interval: 1,
            count: None,
            until: None,
            seconds: Vec::new(),
            minutes: Vec::new(),
            hours: Vec::new(),
            weekdays: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            months: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// Sets one part; false if some of a list makes no sense, `None` if nothing of it does. Unknown parts are passed
    /// over.
    fn set(&mut self, name: &str, value: &str) -> Option<bool> {
        let mut is_whole = true;
        match name {
            "FREQ" => self.frequency = frequency(value)?,
            // An interval of zero would never get past its first start.
            "INTERVAL" => self.interval = value.parse().ok().filter(|number| *number > 0)?,
            "COUNT" => self.count = Some(value.parse().ok().filter(|number| *number > 0)?),
            "UNTIL" => self.until = Some(until(value)?),
            // RFC 5545 allows 60 for leap seconds, which no clock here shows.
            "BYSECOND" => self.seconds = in_range(value, (0, 59), &mut is_whole)?,
            "BYMINUTE" => self.minutes = in_range(value, (0, 59), &mut is_whole)?,
            "BYHOUR" => self.hours = in_range(value, (0, 23), &mut is_whole)?,
            "BYMONTH" => self.months = in_range(value, (1, 12), &mut is_whole)?,
            "BYDAY" => self.weekdays = weekdays(value, &mut is_whole)?,
            "BYMONTHDAY" => self.month_days = signed(value, 31, &mut is_whole)?,
            "BYYEARDAY" => self.year_days = signed(value, 366, &mut is_whole)?,
            "BYWEEKNO" => self.weeks = signed(value, 53, &mut is_whole)?,
            // RFC 5545 lets positions reach as far as a year has days.
            "BYSETPOS" => self.positions = signed(value, 366, &mut is_whole)?,
            "WKST" => self.week_start = weekday(value)?,
            // RFC 7529: another calendar gives other days. Other parts that are unknown are passed over.
            "RSCALE" if value != "GREGORIAN" => return None,
            _ => {}
        }
        Some(is_whole)
    }

    /// It names times within a day.
    pub fn is_by_time(&self) -> bool {
        [&self.hours, &self.minutes, &self.seconds].iter().any(|given| !given.is_empty())
    }

    /// Nothing but an interval: each start is as far from the next.
    fn is_even(&self) -> bool {
        [&self.seconds, &self.minutes, &self.hours, &self.months].iter().all(|given| given.is_empty())
            && [&self.month_days, &self.year_days, &self.weeks, &self.positions]
                .iter()
                .all(|given| given.is_empty())
            && self.weekdays.is_empty()
    }
}

fn text_of(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Yearly => "YEARLY",
        Frequency::Monthly => "MONTHLY",
        Frequency::Weekly => "WEEKLY",
        Frequency::Daily => "DAILY",
        Frequency::Hourly => "HOURLY",
        Frequency::Minutely => "MINUTELY",
        Frequency::Secondly => "SECONDLY",
    }
}

fn frequency(value: &str) -> Option<Frequency> {
    Some(match value {
        "YEARLY" => Frequency::Yearly,
        "MONTHLY" => Frequency::Monthly,
        "WEEKLY" => Frequency::Weekly,
        "DAILY" => Frequency::Daily,
        "HOURLY" => Frequency::Hourly,
        "MINUTELY" => Frequency::Minutely,
        "SECONDLY" => Frequency::Secondly,
        _ => return None,
    })
}

fn until(value: &str) -> Option<Until> {
    // Exporters write the end as a day, as a local time, or in UTC, whatever the start is written as.
    if let Some(utc) = value.strip_suffix('Z') {
        return local_time(utc).map(Until::Utc);
    }
    match local_time(value) {
        Some(local) => Some(Until::Local(local)),
        None => NaiveDate::parse_from_str(value, "%Y%m%d").ok().map(Until::Day),
    }
}

fn local_time(value: &str) -> Option<NaiveDateTime> {
    let (day, time) = value.split_once('T')?;
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
    Some(day.and_time(NaiveTime::parse_from_str(time, "%H%M%S").ok()?))
}

/// The items of a list that make sense, `None` if none does; that some do not is noted.
fn items<T>(value: &str, is_whole: &mut bool, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let all: Vec<Option<T>> = value.split(',').map(|item| read(item.trim())).collect();
    *is_whole &= all.iter().all(Option::is_some);
    let sound: Vec<T> = all.into_iter().flatten().collect();
    (!sound.is_empty()).then_some(sound)
}

/// Numbers in range, sorted and each once.
fn in_range(value: &str, (least, most): (u32, u32), is_whole: &mut bool) -> Option<Vec<u32>> {
    let number = |item: &str| item.parse().ok().filter(|number| (least..=most).contains(number));
    let mut numbers = items(value, is_whole, number)?;
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

/// Numbers from either end, none of them zero.
fn signed(value: &str, most: i32, is_whole: &mut bool) -> Option<Vec<i32>> {
    let number =
        |item: &str| item.parse().ok().filter(|number| *number != 0 && (-most..=most).contains(number));
    let mut numbers = items(value, is_whole, number)?;
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

fn weekdays(value: &str, is_whole: &mut bool) -> Option<Vec<(i32, Weekday)>> {
    let mut days = items(value, is_whole, numbered_weekday)?;
    days.sort_unstable_by_key(|(number, day)| (*number, day.num_days_from_monday()));
    days.dedup();
    Some(days)
}

fn numbered_weekday(value: &str) -> Option<(i32, Weekday)> {
    let value = value.trim();
    // The name is the last two letters; before it may stand a number, `-1FR`.
    let at = value.len().checked_sub(2).filter(|at| value.is_char_boundary(*at))?;
    let (number, name) = value.split_at(at);
    // Without a number it is every such day; zero stands for that, since RFC 5545 knows no zeroth.
    let number = if number.is_empty() { 0 } else { number.parse().ok()? };
    if (-53..=53).contains(&number) { Some((number, weekday(name)?)) } else { None }
}

fn weekday(value: &str) -> Option<Weekday> {
    Some(match value {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
