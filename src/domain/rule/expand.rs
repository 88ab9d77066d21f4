//! From a rule and its first start to the starts within a window.

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::days::week_begin;
use super::{Frequency, Rule};
use crate::domain::bounds::{A_DAY, Steps};

/// The most starts that are returned.
const MOST_STARTS: usize = 5_000;

/// Starts in order, with what was left out of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Starts {
    /// Local times, each once.
    pub at: Vec<NaiveDateTime>,
    /// There may be more than were looked at.
    pub is_capped: bool,
    /// Some days have more than are given.
    pub is_thinned: bool,
}

/// The starts of a rule from `from` to `to`, both included; `first` is where it begins and `to` is
/// already cut at the end of the rule. Of one day at most [`A_DAY`] are given, and no more work is done than
/// `steps` allows.
pub fn starts(
    rule: &Rule,
    first: NaiveDateTime,
    from: NaiveDateTime,
    to: NaiveDateTime,
    steps: &mut Steps,
) -> Starts {
    let rule = rule.completed(first.date());
    let mut found = StartFinder { first, from, to, left: rule.count, on_day: 0, starts: Starts::default() };
    if first > to {
        return found.starts;
    }
    let is_done = if rule.frequency >= Frequency::Hourly {
        by_steps(&rule, &mut found, steps)
    } else {
        by_periods(&rule, &mut found, steps)
    };
    found.starts.is_capped |= is_done.is_none();
    found.starts
}

/// Collects starts and knows when to stop.
struct StartFinder {
    first: NaiveDateTime,
    from: NaiveDateTime,
    to: NaiveDateTime,
    left: Option<u32>,
    /// How many of the last day were taken.
    on_day: usize,
    starts: Starts,
}

impl StartFinder {
    /// Takes the sorted starts of one period; false when nothing can follow.
    fn take(&mut self, period: impl Iterator<Item = NaiveDateTime>) -> bool {
        for at in period {
            // The first period may hold starts from before the series begins; they are none of it, and COUNT
            // leaves them out.
            if at < self.first {
                continue;
            }
            if at > self.to || self.left == Some(0) {
                return false;
            }
            if let Some(left) = self.left.as_mut() {
                *left -= 1;
            }
            if at >= self.from && !self.push(at) {
                return false;
            }
        }
        self.left != Some(0)
    }

    /// Puts a start beside those that are there, unless its day has enough; false when there are too many.
    fn push(&mut self, at: NaiveDateTime) -> bool {
        if self.starts.at.last().is_none_or(|last| last.date() != at.date()) {
            self.on_day = 0;
        }
        // The day has enough, but days after it may not: the search goes on.
        if self.on_day == A_DAY {
            self.starts.is_thinned = true;
            return true;
        }
        if self.starts.at.len() == MOST_STARTS {
            self.starts.is_capped = true;
            return false;
        }
        self.on_day += 1;
        self.starts.at.push(at);
        true
    }

    /// Takes one day with its times; those before the window, and those that the day has too many of, are counted
    /// without being walked through.
    fn take_day(&mut self, day: NaiveDate, times: &[NaiveTime]) -> bool {
        // Of a day wholly before the window the starts only count towards COUNT, so they are subtracted and not
        // made.
        let is_between = day > self.first.date() && day < self.to.date();
        if is_between && day < self.from.date() {
            return self.pass(times.len());
        }
        // Only of a day wholly inside the window is it known beforehand which of its times are taken.
        let shown = if is_between && day > self.from.date() { times.len().min(A_DAY) } else { times.len() };
        if !self.take(times[..shown].iter().map(|time| day.and_time(*time))) {
            return false;
        }
        self.starts.is_thinned |= shown < times.len();
        self.pass(times.len() - shown)
    }

    /// Counts starts that are not given.
    fn pass(&mut self, count: usize) -> bool {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.left = self.left.map(|left| left.saturating_sub(count));
        self.left != Some(0)
    }

    /// True if a day has as many as are given of one.
    fn has_enough_of(&self, day: NaiveDate) -> bool {
        self.on_day == A_DAY && self.starts.at.last().is_some_and(|last| last.date() == day)
    }

    /// Where to begin looking: counted rules must be counted from their first start.
    fn begin(&self) -> NaiveDateTime {
        // A COUNT counts from the first start on; without one nothing before the window matters.
        if self.left.is_some() { self.first } else { self.from.max(self.first) }
    }
}

/// Goes from period to period; a step is a day that is looked at. `None` if the steps did not last.
fn by_periods(rule: &Rule, found: &mut StartFinder, steps: &mut Steps) -> Option<()> {
    // Paid for before they are made: 24 × 60 × 60 times a day are one line of a rule.
    let a_day = [&rule.hours, &rule.minutes, &rule.seconds].map(|given| given.len().max(1));
    steps.take(a_day.iter().product())?;
    let times = times_of_day(rule, found.first.time());
    let mut index = first_index(rule, found.first.date(), found.begin().date());
    while let Some((begin, length)) = period(rule, found.first.date(), index) {
        if begin > found.to.date() {
            break;
        }
        let spans = spans(rule, begin, length);
        steps.take(spans.iter().map(|(_, length)| length).sum())?;
        let days = spans.into_iter().flat_map(|(begin, length)| begin.iter_days().take(length));
        let mut days = days.filter(|day| rule.allows(*day));
        let goes_on = if rule.positions.is_empty() {
            days.all(|day| found.take_day(day, &times))
        } else {
            // BYSETPOS picks from all that a period gives, so all of it has to be there first.
            let days: Vec<NaiveDate> = days.collect();
            steps.take(days.len() * times.len())?;
            let all = days.iter().flat_map(|day| times.iter().map(move |time| day.and_time(*time)));
            found.take(positioned(rule, all.collect()).into_iter())
        };
        if !goes_on {
            break;
        }
        index = index.checked_add(rule.interval)?;
    }
    Some(())
}

/// The index of the last period of the rule that begins no later than `day`.
fn first_index(rule: &Rule, first: NaiveDate, day: NaiveDate) -> u32 {
    let whole = match rule.frequency {
        Frequency::Yearly => i64::from(day.year() - first.year()),
        Frequency::Monthly => {
            i64::from(day.year() - first.year()) * 12 + i64::from(day.month()) - i64::from(first.month())
        }
        Frequency::Weekly => {
            (week_begin(day, rule.week_start) - week_begin(first, rule.week_start)).num_days() / 7
        }
        _ => (day - first).num_days(),
    };
    let whole = u32::try_from(whole).unwrap_or(0);
    // The last period before the window that the interval lands on, or every second week would become the other
    // one.
    whole - whole % rule.interval
}

/// First day and length of a period, counted from that of the first start.
fn period(rule: &Rule, first: NaiveDate, index: u32) -> Option<(NaiveDate, usize)> {
    match rule.frequency {
        Frequency::Yearly => {
            let year = first.year().checked_add(i32::try_from(index).ok()?)?;
            let begin = NaiveDate::from_ymd_opt(year, 1, 1)?;
            Some((begin, if begin.leap_year() { 366 } else { 365 }))
        }
        Frequency::Monthly => {
            let begin = first.with_day(1)?.checked_add_months(Months::new(index))?;
            Some((begin, usize::from(begin.num_days_in_month())))
        }
        Frequency::Weekly => {
            // With an interval of two, WKST decides which weeks are meant (RFC 5545, 3.3.10).
            let begin = week_begin(first, rule.week_start);
            Some((begin.checked_add_days(Days::new(u64::from(index) * 7))?, 7))
        }
        _ => Some((first.checked_add_days(Days::new(u64::from(index)))?, 1)),
    }
}

/// The days of a period that have to be looked at: of a year whose months are named, those months.
fn spans(rule: &Rule, begin: NaiveDate, length: usize) -> Vec<(NaiveDate, usize)> {
    // Zones change their clocks by such rules and ask for two centuries: whole years would take twelve times the
    // steps.
    if rule.frequency != Frequency::Yearly || rule.months.is_empty() {
        return vec![(begin, length)];
    }
    let month = |month: &u32| {
        let begin = begin.with_month(*month)?;
        Some((begin, usize::from(begin.num_days_in_month())))
    };
    rule.months.iter().filter_map(month).collect()
}

/// Times within each day, sorted; what the rule leaves unsaid comes from the first start.
fn times_of_day(rule: &Rule, first: NaiveTime) -> Vec<NaiveTime> {
    let or = |given: &Vec<u32>, own: u32| if given.is_empty() { vec![own] } else { given.clone() };
    // In order without sorting, since the parts of a rule are sorted when they are read.
    let mut times = Vec::new();
    for hour in or(&rule.hours, first.hour()) {
        for minute in or(&rule.minutes, first.minute()) {
            for second in or(&rule.seconds, first.second()) {
                times.extend(NaiveTime::from_hms_opt(hour, minute, second));
            }
        }
    }
    times
}

/// Only the positions that BYSETPOS names, sorted.
fn positioned(rule: &Rule, all: Vec<NaiveDateTime>) -> Vec<NaiveDateTime> {
    if rule.positions.is_empty() {
        return all;
    }
    let pick = |position: i32| {
        let at = usize::try_from(position.unsigned_abs()).ok()? - 1;
        let index = if position > 0 { at } else { all.len().checked_sub(at + 1)? };
        all.get(index).copied()
    };
    // From either end two positions may name the same start.
    let mut picked: Vec<NaiveDateTime> =
        rule.positions.iter().filter_map(|position| pick(*position)).collect();
    picked.sort_unstable();
    picked.dedup();
    picked
}

/// Rules by hours, minutes and seconds: steps from the first start, passing over whole days, hours and
/// minutes that the rule does not allow. `None` if the steps did not last.
fn by_steps(rule: &Rule, found: &mut StartFinder, steps: &mut Steps) -> Option<()> {
    let unit = match rule.frequency {
        Frequency::Hourly => 3600,
        Frequency::Minutely => 60,
        _ => 1,
    };
    let step = unit * i64::from(rule.interval);
    if let Some(count) = found.left.filter(|_| rule.is_even()) {
        // The end of what comes evenly is reckoned, however long ago it began.
        let length = step.checked_mul(i64::from(count.saturating_sub(1))).and_then(Duration::try_seconds);
        let last = length.and_then(|length| found.first.checked_add_signed(length));
        found.to = last.map_or(found.to, |last| last.min(found.to));
        found.left = None;
    }
    // One step early: rounding up to a step must not jump over a start on the border.
    let begin = Duration::try_seconds(step).and_then(|step| found.begin().checked_sub_signed(step));
    let mut at = aligned(found.first, begin.unwrap_or(found.first), step);
    while let Some(now) = at.filter(|now| *now <= found.to) {
        steps.take(1)?;
        // With COUNT every start has to be counted, so no day may be passed over.
        let next = if found.left.is_none() && found.has_enough_of(now.date()) {
            found.starts.is_thinned = true;
            now.date().succ_opt().map(|day| day.and_time(NaiveTime::MIN))
        } else {
            next_allowed(rule, now)
        };
        if let Some(next) = next {
            // Never back and never the same: a rule that allows nothing would otherwise stand still.
            at = aligned(found.first, next, step).filter(|later| *later > now);
            continue;
        }
        let within = within_step(rule, now);
        steps.take(within.len())?;
        if !found.take(positioned(rule, within).into_iter()) {
            break;
        }
        at = now.checked_add_signed(Duration::try_seconds(step)?);
    }
    Some(())
}

/// The first step that is not before `wanted`.
fn aligned(first: NaiveDateTime, wanted: NaiveDateTime, step: i64) -> Option<NaiveDateTime> {
    let ahead = (wanted - first).num_seconds().max(0);
    let steps = (ahead + step - 1).div_euclid(step);
    first.checked_add_signed(Duration::try_seconds(steps.checked_mul(step)?)?)
}

/// Where to look next if the day, hour or minute of a step is not allowed.
fn next_allowed(rule: &Rule, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let hour = now.date().and_hms_opt(now.hour(), 0, 0)?;
    if !rule.allows(now.date()) {
        now.date().succ_opt()?.and_hms_opt(0, 0, 0)
    } else if !rule.hours.is_empty() && !rule.hours.contains(&now.hour()) {
        hour.checked_add_signed(Duration::hours(1))
    // RFC 5545: below its own unit BYMINUTE and BYSECOND give a rule more starts, from it on they leave starts
    // out.
    } else if rule.frequency >= Frequency::Minutely
        && !rule.minutes.is_empty()
        && !rule.minutes.contains(&now.minute())
    {
        hour.checked_add_signed(Duration::minutes(i64::from(now.minute()) + 1))
    } else if rule.frequency == Frequency::Secondly
        && !rule.seconds.is_empty()
        && !rule.seconds.contains(&now.second())
    {
        now.checked_add_signed(Duration::seconds(1))
    } else {
        None
    }
}

/// The starts within one step: BYMINUTE and BYSECOND below its unit.
fn within_step(rule: &Rule, now: NaiveDateTime) -> Vec<NaiveDateTime> {
    let spread = |given: &Vec<u32>, own: u32, is_below: bool| {
        if given.is_empty() || !is_below { vec![own] } else { given.clone() }
    };
    let mut all = Vec::new();
    for minute in spread(&rule.minutes, now.minute(), rule.frequency == Frequency::Hourly) {
        for second in spread(&rule.seconds, now.second(), rule.frequency <= Frequency::Minutely) {
            all.extend(now.date().and_hms_opt(now.hour(), minute, second));
        }
    }
    all
}
