//! Spans of days: weeks, months, quarters and years, by name or by number.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use super::{Direction, MONTHS, begins, begins_figure, weekday};
use crate::domain::day::plus;

type DaySpan = (NaiveDate, NaiveDate);

/// A week from its Monday.
fn week(monday: NaiveDate) -> DaySpan {
    (monday, plus(monday, 6))
}

fn months(first: NaiveDate, count: u32) -> Option<DaySpan> {
    Some((first, first.checked_add_months(Months::new(count))?.pred_opt()?))
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    plus(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// The span that English words say.
pub(super) fn span(words: &[&str], today: NaiveDate, direction: Direction) -> Option<DaySpan> {
    match words {
        // `next week`, and `semaine prochaine`, which is said the other way round.
        [which @ ("this" | "next" | "last"), unit] | [unit, which @ ("next" | "last")] => {
            relative(which, unit, today)
        }
        ["week" | "kw" | "w", number] => numbered_week(number, None, today, direction),
        ["q" | "quarter", number] => quarter(number, None, today, direction),
        [month, year] if year.len() == 4 && begins(month, &MONTHS).is_some() => {
            month_of(begins(month, &MONTHS)?, Some(year.parse().ok()?), today, direction)
        }
        [name, year] if year.len() == 4 => numbered(name, Some(year.parse().ok()?), today, direction),
        [word] => single(word, today, direction),
        _ => None,
    }
}

/// A weekday of a week that is said, on either side of it: `thursday next week`, `week 49 friday`.
pub(super) fn day_of_week(words: &[&str], today: NaiveDate, direction: Direction) -> Option<NaiveDate> {
    let in_week = |name: &str, rest: &[&str]| {
        let day = weekday(name)?;
        let (from, to) = span(rest, today, direction)?;
        let of = |(monday, _)| plus(monday, i64::from(day.num_days_from_monday()));
        let found = match direction {
            Direction::Coming => Some(of((from, to))),
            Direction::Past => day_of_last(rest, today, of),
        };
        found.filter(|_| (to - from).num_days() == 6)
    };
    let ([first, behind @ ..], [before @ .., last]) = (words, words) else { return None };
    in_week(first, behind).or_else(|| in_week(last, before))
}

/// A day of the last span of this name in which that day has been: the end of November is still to come in November,
/// and so is the Thursday of week 48 on its Monday. A span that is there only once keeps its day.
pub(super) fn day_of_last(
    words: &[&str],
    today: NaiveDate,
    day_of: impl Fn(DaySpan) -> NaiveDate,
) -> Option<NaiveDate> {
    let found = span(words, today, Direction::Past)?;
    // `this week` would be another one from there.
    let is_named = !matches!(words, ["this" | "next" | "last", ..] | [.., "next" | "last"]);
    if day_of(found) > today && is_named {
        return Some(day_of(span(words, plus(found.0, -1), Direction::Past)?));
    }
    Some(day_of(found))
}

/// The middle of a month, its 15th, on the side of today that is asked for: `mid december`.
pub(super) fn middle(words: &[&str], today: NaiveDate, direction: Direction) -> Option<NaiveDate> {
    let of = |about: NaiveDate| {
        let (from, to) = span(words, about, direction)?;
        (27..31).contains(&(to - from).num_days()).then(|| (plus(from, 14), from, to))
    };
    let (day, from, to) = of(today)?;
    let beyond = match direction {
        Direction::Coming if day < today => plus(to, 1),
        Direction::Past if day > today => plus(from, -1),
        _ => return Some(day),
    };
    of(beyond).map(|(day, ..)| day)
}

/// The nearest day of a month with this number, on the side of today that is asked for: `4th`, `4.`.
pub(super) fn of_month(word: &str, today: NaiveDate, direction: Direction) -> Option<NaiveDate> {
    const ENDINGS: [&str; 5] = ["st", "nd", "rd", "th", "."];
    let number = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending))?;
    let number: u32 = number.parse().ok().filter(|_| number.len() <= 2 && begins_figure(number))?;
    let first = today.with_day(1)?;
    // Of three months in a row one at least has 31 days.
    (0..3).map(Months::new).find_map(|count| match direction {
        Direction::Coming => first.checked_add_months(count)?.with_day(number).filter(|day| *day >= today),
        Direction::Past => first.checked_sub_months(count)?.with_day(number).filter(|day| *day <= today),
    })
}

fn relative(which: &str, unit: &str, today: NaiveDate) -> Option<DaySpan> {
    let steps = match which {
        "next" => 1,
        "last" => -1,
        _ => 0,
    };
    // From the first of a month, since only that day is there in every month.
    let shifted = |first: NaiveDate, count: u32| {
        let moved = match steps {
            1 => first.checked_add_months(Months::new(count))?,
            -1 => first.checked_sub_months(Months::new(count))?,
            _ => first,
        };
        months(moved, count)
    };
    match unit {
        "week" => Some(week(plus(monday_of(today), 7 * steps))),
        "month" => shifted(today.with_day(1)?, 1),
        "quarter" => shifted(today.with_day(1)?.with_month(today.month0() / 3 * 3 + 1)?, 3),
        "year" => shifted(NaiveDate::from_ymd_opt(today.year(), 1, 1)?, 12),
        _ => None,
    }
}

fn single(word: &str, today: NaiveDate, direction: Direction) -> Option<DaySpan> {
    if let Some(month) = begins(word, &MONTHS) {
        return month_of(month, None, today, direction);
    }
    if word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        // Other numbers of four digits are rather amounts than years.
        let year: i32 = word.parse().ok().filter(|year| (1970..2200).contains(year))?;
        return months(NaiveDate::from_ymd_opt(year, 1, 1)?, 12);
    }
    // `2026-11`, `11/2026`, `2026-w49`, `q1/2027`: a year may stand on either side.
    if let Some((one, other)) = word.split_once(['-', '/', '.']) {
        let year = |text: &str| text.parse::<i32>().ok().filter(|year| (1970..2200).contains(year));
        if let Some(year) = year(one) {
            return match other.parse::<u32>() {
                Ok(month) => months(NaiveDate::from_ymd_opt(year, month, 1)?, 1),
                Err(_) => numbered(other, Some(year), today, direction),
            };
        }
        let year = year(other)?;
        // A sign before it would be read as well.
        return match one.parse::<u32>().ok().filter(|_| begins_figure(one)) {
            Some(month) => months(NaiveDate::from_ymd_opt(year, month, 1)?, 1),
            None => numbered(one, Some(year), today, direction),
        };
    }
    numbered(word, None, today, direction)
}

/// `w49`, `kw49`, `q1`.
fn numbered(word: &str, year: Option<i32>, today: NaiveDate, direction: Direction) -> Option<DaySpan> {
    for mark in ["kw", "cw", "wk", "w"] {
        if let Some(number) = word.strip_prefix(mark) {
            return numbered_week(number, year, today, direction);
        }
    }
    // `t1` is a quarter, trimestre, in French and Spanish.
    quarter(word.strip_prefix('q').or_else(|| word.strip_prefix('t'))?, year, today, direction)
}

/// The year that fits: given, else the next one that is not over, or the last that has begun.
fn in_year(
    year: Option<i32>,
    today: NaiveDate,
    direction: Direction,
    of_year: impl Fn(i32) -> Option<DaySpan>,
) -> Option<DaySpan> {
    if let Some(year) = year {
        return of_year(year);
    }
    // Week 53 is there only in some years.
    let mut years: Vec<i32> = (today.year() - 8..=today.year() + 8).collect();
    match direction {
        Direction::Coming => years.into_iter().filter_map(of_year).find(|(_, to)| *to >= today),
        Direction::Past => {
            years.reverse();
            years.into_iter().filter_map(of_year).find(|(from, _)| *from <= today)
        }
    }
}

fn numbered_week(number: &str, year: Option<i32>, today: NaiveDate, direction: Direction) -> Option<DaySpan> {
    let number: u32 = number.parse().ok()?;
    // Weeks have the numbers of ISO 8601, by which the first one holds 4 January.
    in_year(year, today, direction, |year| NaiveDate::from_isoywd_opt(year, number, Weekday::Mon).map(week))
}

fn quarter(number: &str, year: Option<i32>, today: NaiveDate, direction: Direction) -> Option<DaySpan> {
    let number: u32 = number.parse().ok().filter(|number| (1..=4).contains(number))?;
    in_year(year, today, direction, |year| months(NaiveDate::from_ymd_opt(year, number * 3 - 2, 1)?, 3))
}

fn month_of(index: usize, year: Option<i32>, today: NaiveDate, direction: Direction) -> Option<DaySpan> {
    let month = u32::try_from(index + 1).ok()?;
    in_year(year, today, direction, |year| months(NaiveDate::from_ymd_opt(year, month, 1)?, 1))
}
