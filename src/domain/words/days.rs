//! Days as people type them. A weekday never lies in the past; a day without a year is the next one.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::domain::day::plus;
use crate::domain::workdays::WorkCalendar;

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a day; days are written fri, tomorrow, +3d, in 2 weeks, eom, 27 nov, 27.11. or 2026-11-27"
)]
pub struct DayError(pub String);

/// Weekdays as they are typed, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Months as they are typed.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a day.
///
/// # Errors
/// [`DayError`] with examples.
pub fn parse_day(text: &str, today: NaiveDate, calendar: &WorkCalendar) -> Result<NaiveDate, DayError> {
    let plain = text.trim().to_lowercase().replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let ahead = working_days(&words).map(|count| calendar.after(today, count));
    let found = match words.as_slice() {
        _ if ahead.is_some() => ahead,
        [word] | ["this" | "on", word] => single(word, today),
        // On a Friday "next fri" is in a week; on any other day it is the coming one, which is what most mean
        // by it.
        ["next", word] => weekday(word).map(|day| next_weekday(plus(today, 1), day)),
        ["in", count, unit] => step(count, unit, today, 1),
        [count, unit, "ago"] => step(count, unit, today, -1),
        ["day", "after", "tomorrow"] => Some(plus(today, 2)),
        ["end", "of", unit] | ["end", "of", "the", unit] => end_of(unit, today),
        [first, second] => day_and_month(first, second, today),
        [_, first, second] if weekday(words[0]).is_some() => day_and_month(first, second, today),
        [first, second, year] => with_year(first, second, year),
        [_, first, second, year] if weekday(words[0]).is_some() => with_year(first, second, year),
        _ => None,
    };
    found.ok_or_else(|| DayError(text.trim().to_owned()))
}

/// How many working days ahead is meant by `+3b`, `3bd` or `in 3 working days`.
fn working_days(words: &[&str]) -> Option<u32> {
    let count = match words {
        [word] => word.strip_suffix("bd").or_else(|| word.strip_suffix('b'))?.trim_start_matches('+'),
        ["in", count, "working" | "business", "day" | "days"] => count,
        _ => return None,
    };
    count.parse().ok().filter(|count| *count <= 5_000)
}

fn single(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    match word {
        "today" | "tod" | "now" => return Some(today),
        "tomorrow" | "tom" => return Some(plus(today, 1)),
        "yesterday" => return Some(plus(today, -1)),
        "eow" => return end_of("week", today),
        "eom" => return end_of("month", today),
        "eoq" => return end_of("quarter", today),
        "eoy" => return end_of("year", today),
        _ => {}
    }
    if let Some(day) = weekday(word) {
        return Some(next_weekday(today, day));
    }
    if let Ok(day) = word.parse() {
        return Some(day);
    }
    relative(word, today).or_else(|| dotted(word, today)).or_else(|| joined(word, today))
}

/// `+3d`, `-2w`, `3d`, `2w`, `1m`.
fn relative(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (sign, rest) = match word.as_bytes().first()? {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => (1, word),
    };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = rest.split_at(digits);
    step(count, if unit.is_empty() && word.starts_with(['+', '-']) { "d" } else { unit }, today, sign)
}

fn step(count: &str, unit: &str, today: NaiveDate, sign: i64) -> Option<NaiveDate> {
    let count: i64 = if matches!(count, "a" | "one") { 1 } else { count.parse().ok()? };
    if count > 5_000 {
        return None;
    }
    let months = |factor: i64| {
        let months = Months::new(u32::try_from(count * factor).ok()?);
        if sign < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) }
    };
    match unit {
        "d" | "day" | "days" => Some(plus(today, sign * count)),
        "w" | "week" | "weeks" => Some(plus(today, sign * count * 7)),
        "m" | "mo" | "month" | "months" => months(1),
        "y" | "year" | "years" => months(12),
        _ => None,
    }
}

fn end_of(unit: &str, today: NaiveDate) -> Option<NaiveDate> {
    let last_of = |month: u32| {
        let first = today.with_day(1)?.with_month(month)?;
        first.checked_add_months(Months::new(1))?.pred_opt()
    };
    match unit {
        // A week ends with its Friday, as work does.
        "week" => Some(next_weekday(today, Weekday::Fri)),
        "month" => last_of(today.month()),
        "quarter" => last_of(today.month0() / 3 * 3 + 3),
        "year" => last_of(12),
        _ => None,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let index = begins(word, &WEEKDAYS)?;
    Weekday::try_from(u8::try_from(index).ok()?).ok()
}

/// Three letters or more of one of the names.
fn begins(word: &str, names: &[&str]) -> Option<usize> {
    let word = word.trim_end_matches('.');
    // The one usual abbreviation that is no beginning of three letters.
    let word = if word == "sept" { "sep" } else { word };
    (word.len() >= 3).then(|| names.iter().position(|name| name.starts_with(word))).flatten()
}

fn next_weekday(from: NaiveDate, wanted: Weekday) -> NaiveDate {
    let ahead = (7 + wanted.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
    plus(from, i64::from(ahead))
}

/// `27.11.`, `27.11.2026`, `27/11/2026`: day first, as the point says; with slashes only where it is clear.
fn dotted(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = word.trim_end_matches('.').split(['.', '/']).collect();
    let is_dotted = word.contains('.');
    let number = |text: &str| text.parse::<u32>().ok();
    match parts.as_slice() {
        [day, month] if is_dotted => coming(number(day)?, number(month)?, today),
        [day, month, year] => {
            let (day, month, year) = (number(day)?, number(month)?, full_year(year)?);
            // `27.11.` is written day first wherever dots are; with slashes 3/4 could be either, and is
            // refused.
            if is_dotted || day > 12 {
                NaiveDate::from_ymd_opt(year, month, day)
            } else if month > 12 {
                NaiveDate::from_ymd_opt(year, day, month)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// `27nov`, `1dec`.
fn joined(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (day, month) = word.split_at(digits);
    coming(day.parse().ok()?, month_number(month.trim_start_matches('-'))?, today)
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

fn month_number(word: &str) -> Option<u32> {
    begins(word, &MONTHS).and_then(|index| u32::try_from(index + 1).ok())
}

fn day_number(word: &str) -> Option<u32> {
    word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.')
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day))
}

fn either_order(first: &str, second: &str) -> Option<(u32, u32)> {
    if let Some(month) = month_number(second) {
        return Some((day_number(first)?, month));
    }
    Some((day_number(second)?, month_number(first)?))
}

fn day_and_month(first: &str, second: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (day, month) = either_order(first, second)?;
    coming(day, month, today)
}

fn with_year(first: &str, second: &str, year: &str) -> Option<NaiveDate> {
    let (day, month) = either_order(first, second)?;
    NaiveDate::from_ymd_opt(full_year(year)?, month, day)
}

/// The next such day, today included; 29 Feb waits for its year.
fn coming(day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    // 29 February comes after eight years at the latest.
    (today.year()..today.year() + 9)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|day| *day >= today)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn monday() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn days_are_read_as_people_mean_them() {
        let cases = [
            ("today", "2026-11-23"),
            ("tom", "2026-11-24"),
            ("fri", "2026-11-27"),
            ("Friday", "2026-11-27"),
            ("mon", "2026-11-23"),
            ("next mon", "2026-11-30"),
            ("+3d", "2026-11-26"),
            ("+2w", "2026-12-07"),
            ("-3d", "2026-11-20"),
            ("in 2 weeks", "2026-12-07"),
            ("in 3 days", "2026-11-26"),
            ("eow", "2026-11-27"),
            ("eom", "2026-11-30"),
            ("end of month", "2026-11-30"),
            ("eoq", "2026-12-31"),
            ("27 nov", "2026-11-27"),
            ("nov 27", "2026-11-27"),
            ("27nov", "2026-11-27"),
            ("1 jan", "2027-01-01"),
            ("27.11.", "2026-11-27"),
            ("12.12.2026", "2026-12-12"),
            ("12.12.26", "2026-12-12"),
            ("2026-11-27", "2026-11-27"),
            ("27 Nov 2026", "2026-11-27"),
            ("Fri 27 Nov 2026", "2026-11-27"),
            ("Fri 27 Nov", "2026-11-27"),
            ("day after tomorrow", "2026-11-25"),
            ("29 feb", "2028-02-29"),
            ("27/11/2026", "2026-11-27"),
            ("11/27/2026", "2026-11-27"),
            ("2w", "2026-12-07"),
            ("3rd dec", "2026-12-03"),
            ("+5b", "2026-11-30"),
            ("in 5 working days", "2026-11-30"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parse_day(text, monday(), &WorkCalendar::default()).map(|day| day.to_string()),
                Ok(expected.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_or_could_be_two_is_refused() {
        for text in [
            "",
            "soon",
            "asap",
            "12",
            "fr",
            "31.2.",
            "30 feb",
            "03/04/2026",
            "99999999w",
            "next",
            "2026-13-01",
        ] {
            assert!(parse_day(text, monday(), &WorkCalendar::default()).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_weekday_never_lies_in_the_past(offset in 0i64..4000, day in 0usize..7) {
            let today = plus(monday(), offset);
            let found = parse_day(WEEKDAYS[day], today, &WorkCalendar::default()).unwrap();
            prop_assert!(found >= today && (found - today).num_days() < 7);
        }

        #[test]
        fn what_is_written_is_read_back(offset in -20_000i64..20_000) {
            let day = plus(monday(), offset);
            prop_assert_eq!(parse_day(&day.to_string(), monday(), &WorkCalendar::default()), Ok(day));
            prop_assert_eq!(parse_day(&day.format("%a %-d %b %Y").to_string(), monday(), &WorkCalendar::default()), Ok(day));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,20}") {
            let _ = parse_day(&text, monday(), &WorkCalendar::default());
        }
    }
}
