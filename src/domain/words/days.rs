//! Days as people type them. A weekday never lies in the past; a day without a year is the next one.

mod languages;
mod spans;
#[cfg(test)]
mod tests;

use crate::domain::bounds;
use chrono::{Datelike, Months, NaiveDate, Weekday};

use super::{ParseContext, fold};
use crate::domain::day::{plus, short_day};
use crate::domain::workdays::WorkCalendar;
pub use languages::Language;

/// A text that is no day, or that could be several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayError {
    pub text: String,
    /// The days that it could be.
    pub could_be: Vec<DayReading>,
}

impl std::error::Error for DayError {}

impl std::fmt::Display for DayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let [one, other, ..] = self.could_be.as_slice() {
            let days = (short_day(one.day), short_day(other.day));
            write!(f, "`{}` could be {} or {}; write ", bounds::named(&self.text), days.0, days.1)?;
            return if one.language == other.language {
                f.write_str("the month as a word, or set lead.day_order")
            } else {
                write!(f, "{} or {}", one.said, other.said)
            };
        }
        if super::asks_for_several(&self.text) {
            let named = bounds::named(&self.text);
            return write!(
                f,
                "`{named}` asks for several days, as only a filter can; one day is written fri, +3d, eom or 27 nov"
            );
        }
        if let Some(meant) = meant(&self.text) {
            return write!(f, "`{}` is not a day; did you mean `{meant}`?", bounds::named(&self.text));
        }
        write!(
            f,
            "`{}` is not a day; days are written fri, tomorrow, +3d, in 2 weeks, eom, q1, w49, 27 nov, 27.11. or 2026-11-27",
            bounds::named(&self.text)
        )
    }
}

/// Where a day without a year, or a weekday, is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From today on.
    Coming,
    /// Until today.
    Past,
}

/// Which of two numbers between strokes is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DayOrder {
    /// Nobody has said it: `3/4` is told as unclear.
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

/// How the lead writes days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DayHabits {
    /// The language beside English.
    pub language: Language,
    pub order: DayOrder,
}

/// One of the days that a text can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayReading {
    pub day: NaiveDate,
    /// How it is typed so that nothing else is meant.
    pub said: String,
    /// The language that reads it so.
    pub language: Language,
    pub order: DayOrder,
    /// It is read so in the lead's own language.
    is_own: bool,
}

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

/// A text with the name that one of its words comes near, if that makes a day of it.
fn meant(text: &str) -> Option<String> {
    let known = || WEEKDAYS.iter().chain(&MONTHS).chain(&["tomorrow", "yesterday"]);
    let near = |word: &str| {
        // A letter, or two of a long word: other short words come near `may` and `june` by chance.
        let most = if word.len() >= 7 { 2 } else { 1 };
        let is_one = known().any(|name| *name == word);
        let found = known().map(|name| (strsim::damerau_levenshtein(word, name), *name)).min()?;
        (word.len() >= 4 && !is_one && found.0 <= most).then_some(found.1)
    };
    let folded = fold(bounds::named(text).as_ref());
    let words: Vec<&str> = folded.split_whitespace().map(|word| near(word).unwrap_or(word)).collect();
    let meant = words.join(" ");
    // Whether it is a day does not hang on which day it is.
    let day = parse_day(&meant, NaiveDate::default(), &WorkCalendar::default());
    (meant != folded && day.is_ok()).then_some(meant)
}

/// Reads a day in any of the languages, by no habits.
///
/// # Errors
/// [`DayError`] with examples.
pub fn parse_day(text: &str, today: NaiveDate, calendar: &WorkCalendar) -> Result<NaiveDate, DayError> {
    first(text, &readings_of(text, today, calendar, DayHabits::default()))
}

/// Reads a day as the lead writes days.
///
/// # Errors
/// [`DayError`] with examples, or with the days that it could be.
pub fn read_day(text: &str, reading: &ParseContext) -> Result<NaiveDate, DayError> {
    first(text, &readings(text, reading))
}

/// Every day that a text can mean, the one that counts first; the others are for offering. Where nobody has said which
/// number of `3/4` is the day, or English and the lead's own language differ, none counts.
pub fn readings(text: &str, reading: &ParseContext) -> Vec<DayReading> {
    readings_of(text, reading.today, &reading.calendar, reading.days)
}

fn first(text: &str, readings: &[DayReading]) -> Result<NaiveDate, DayError> {
    // Of two that are at odds none is taken for granted, however likely one seems.
    let error = |could_be| DayError { text: text.trim().to_owned(), could_be };
    match readings {
        [one, other, ..] if are_at_odds(one, other) => Err(error(readings[..2].to_vec())),
        [one, ..] => Ok(one.day),
        [] => Err(error(Vec::new())),
    }
}

/// True if neither of two readings goes before the other.
fn are_at_odds(one: &DayReading, other: &DayReading) -> bool {
    let is_unsaid = |reading: &DayReading| reading.order == DayOrder::Unknown;
    if one.language == other.language {
        return is_unsaid(one) && is_unsaid(other);
    }
    // A language that is not the lead's own reads only what English does not.
    one.language == Language::English && other.is_own
}

fn readings_of(text: &str, today: NaiveDate, calendar: &WorkCalendar, habits: DayHabits) -> Vec<DayReading> {
    let mut found: Vec<DayReading> = Vec::new();
    for (language, words) in in_languages(text, habits.language) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let orders: &[DayOrder] = match habits.order {
            DayOrder::MonthFirst => &[DayOrder::MonthFirst, DayOrder::DayFirst],
            _ => &[DayOrder::DayFirst, DayOrder::MonthFirst],
        };
        for order in orders {
            let day = in_english(&words, today, calendar, *order)
                .or_else(|| spans::span(&words, today, Direction::Coming).map(last_working));
            if let Some(day) = day.filter(|day| found.iter().all(|reading| reading.day != *day)) {
                let order = if habits.order == DayOrder::Unknown { DayOrder::Unknown } else { *order };
                // Figures are turned round by no word, but the day itself can be typed.
                let twin = found.iter_mut().find(|reading| reading.language == language);
                let said = if twin.is_some() { day.to_string() } else { in_full(&words) };
                if let Some(twin) = twin {
                    twin.said = twin.day.to_string();
                }
                found.push(DayReading { day, said, language, order, is_own: language == habits.language });
            }
        }
    }
    found
}

/// Words with the names of days and months written out, so that no other language knows them.
fn in_full(words: &[&str]) -> String {
    let whole = |word: &&str| {
        let name = |names: &[&'static str]| begins(word, names).map(|index| names[index]);
        name(&WEEKDAYS).or_else(|| name(&MONTHS)).unwrap_or(word).to_owned()
    };
    words.iter().map(whole).collect::<Vec<String>>().join(" ")
}

/// A span as a day by which something is due: a week ends with its Friday, as work does.
fn last_working((from, to): (NaiveDate, NaiveDate)) -> NaiveDate {
    if (to - from).num_days() == 6 { plus(from, 4) } else { to }
}

/// A text in English words, by each language that knows any of them: English first, then the configured one.
fn in_languages(text: &str, own: Language) -> Vec<(Language, Vec<String>)> {
    let folded = fold(text.trim()).replace(',', " ");
    // Several words that mean one become one before the text is cut into words.
    let folded = folded
        .replace("il y a ", "ago ")
        .replace("pasado manana", "overmorrow")
        .replace("que viene", "next")
        .replace("fin de semana", "eow")
        .replace("mid-", "mid ")
        .replace("mi-", "mid ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > 1 {
        const FILLERS: [&str; 15] = [
            "of", "the", "der", "die", "das", "den", "dem", "des", "de", "del", "la", "le", "el", "du", "les",
        ];
        words.retain(|word| !FILLERS.contains(word));
    }
    let rest =
        Language::ALL.into_iter().filter(|language| *language != Language::English && *language != own);
    let own = (own != Language::English).then_some(own);
    let order = std::iter::once(Language::English).chain(own).chain(rest);
    order.filter_map(|language| Some((language, language.english(&words, Some(language) == own)?))).collect()
}

/// The first and the last day that a text says, for a filter: `q1`, `next week` and `november` are spans.
///
/// # Errors
/// [`DayError`] as [`read_day`].
pub fn read_range(
    text: &str,
    reading: &ParseContext,
    direction: Direction,
) -> Result<(NaiveDate, NaiveDate), DayError> {
    // `created:2w` would otherwise ask for what is still to be created, and find nothing without a word.
    if let Some(ago) = distance(text).filter(|_| direction == Direction::Past) {
        return read_range(&format!("-{ago}"), reading, direction);
    }
    // A span in one language and a day in another are at odds as two days are.
    if let [one, other, ..] = readings(text, reading).as_slice()
        && one.language != other.language
        && are_at_odds(one, other)
    {
        return Err(DayError { text: text.trim().to_owned(), could_be: vec![one.clone(), other.clone()] });
    }
    for (_, words) in in_languages(text, reading.days.language) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(span) = spans::span(&words, reading.today, direction) {
            return Ok(span);
        }
        // What one language reads as a day must not become a span in a later one.
        let is_day = in_english(&words, reading.today, &reading.calendar, DayOrder::DayFirst).is_some();
        if is_day {
            break;
        }
    }
    let day = read_day(text, reading)?;
    let day = if direction == Direction::Past { latest(text, day, reading) } else { day };
    Ok((day, day))
}

/// What was read as a day to come, as the last such day that has been: weekdays, and days without a year.
fn latest(text: &str, day: NaiveDate, reading: &ParseContext) -> NaiveDate {
    if day <= reading.today {
        return day;
    }
    let found = in_languages(text, reading.days.language).into_iter().find_map(|(_, words)| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            [word] if weekday(word).is_some() => Some(plus(day, -7)),
            [_, _, ..] if let Some(day) = spans::day_of_week(&words, reading.today, Direction::Past) => {
                Some(day)
            }
            [word] if word.starts_with(['+', '-']) || distance(word).is_some() => None,
            ["in" | "next", ..] | ["end", "next" | "this", ..] | ["end", _, "next" | "this"] => None,
            ["end", rest @ ..] => spans::day_of_last(rest, reading.today, last_working),
            ["mid", rest @ ..] => spans::middle(rest, reading.today, Direction::Past),
            [word] if let Some(day) = spans::of_month(word, reading.today, Direction::Past) => Some(day),
            // Where a year is written, no other year is meant.
            words if words.iter().any(|word| says_year(word)) => None,
            words if words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit())) => {
                (1..9).find_map(|years| day.with_year(day.year() - years))
            }
            _ => None,
        }
    });
    found.filter(|day| *day <= reading.today).unwrap_or(day)
}

/// True for a word that holds a year: `2026`, `2026-11-20`, `20/11/26`.
pub fn says_year(word: &str) -> bool {
    let numbers: Vec<&str> =
        word.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    numbers.len() == 3 || numbers.iter().any(|run| matches!(run.len(), 4 | 8))
}

/// A distance without a sign, as `2w` or `2 weeks`, in short.
pub fn distance(text: &str) -> Option<String> {
    let plain = fold(text).replace(' ', "");
    let digits = plain.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
    let unit = match &plain[digits..] {
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        "m" | "mo" | "month" | "months" => "m",
        "y" | "year" | "years" => "y",
        _ => return None,
    };
    Some(format!("{}{unit}", &plain[..digits]))
}

fn in_english(
    words: &[&str],
    today: NaiveDate,
    calendar: &WorkCalendar,
    order: DayOrder,
) -> Option<NaiveDate> {
    let ahead = working_days(words).map(|count| calendar.after(today, count));
    match words {
        _ if ahead.is_some() => ahead,
        [_, _, ..] if let Some(day) = spans::day_of_week(words, today, Direction::Coming) => Some(day),
        [word] | ["this", word] => single(word, today, order),
        // Once: a text of many such words must not be followed word by word.
        ["on" | "by", rest @ ..] if !matches!(rest, ["on" | "by", ..]) => {
            in_english(rest, today, calendar, order)
        }
        // On a Friday `friday` is today, `next friday` a week from it and `last friday` a week ago.
        ["next", word] | [word, "next"] => weekday(word)
            .map(|day| next_weekday(plus(today, 1), day))
            .or_else(|| spans::span(&["next", word], today, Direction::Coming).map(last_working)),
        ["last", word] | [word, "last"] if weekday(word).is_some() => {
            weekday(word).map(|day| plus(next_weekday(today, day), -7))
        }
        ["in", count, unit] => step(count, unit, today, 1),
        [count, unit, "ago"] | ["ago", count, unit] => step(count, unit, today, -1),
        ["day", "after", "tomorrow"] => Some(plus(today, 2)),
        ["day", "before", "yesterday"] => Some(plus(today, -2)),
        ["end", which @ ("next" | "this"), unit] | ["end", unit, which @ ("next" | "this")] => {
            spans::span(&[which, unit], today, Direction::Coming).map(last_working)
        }
        ["mid", rest @ ..] => spans::middle(rest, today, Direction::Coming),
        ["end", rest @ ..] | [rest @ .., "end"] => match rest {
            [unit] if end_of(unit, today).is_some() => end_of(unit, today),
            _ => spans::span(rest, today, Direction::Coming).map(last_working),
        },
        [first, second] => day_and_month(first, second, today).or_else(|| step(first, second, today, 1)),
        [_, first, second] if weekday(words[0]).is_some() => day_and_month(first, second, today),
        [first, second, year] => with_year(first, second, year),
        [_, first, second, year] if weekday(words[0]).is_some() => with_year(first, second, year),
        _ => None,
    }
}

/// How many working days ahead is meant by `+3b`, `3bd` or `in 3 working days`.
fn working_days(words: &[&str]) -> Option<u32> {
    let count = match words {
        [word] => word.strip_suffix("bd").or_else(|| word.strip_suffix('b'))?.trim_start_matches('+'),
        ["in", count, "working" | "business", "day" | "days"]
        | ["in", count, "day" | "days", "working"]
        | ["in", count, "workdays"] => count,
        _ => return None,
    };
    // The calendar walks there day by day, so a number with too many digits must not be followed.
    count.parse().ok().filter(|count| *count <= 5_000)
}

fn single(word: &str, today: NaiveDate, order: DayOrder) -> Option<NaiveDate> {
    match word {
        "today" | "tod" | "now" => return Some(today),
        "tomorrow" | "tom" => return Some(plus(today, 1)),
        "yesterday" => return Some(plus(today, -1)),
        "eow" => return end_of("week", today),
        "eom" => return end_of("month", today),
        "eoq" => return end_of("quarter", today),
        "eoy" => return end_of("year", today),
        "eonw" => return spans::span(&["next", "week"], today, Direction::Coming).map(last_working),
        "eonm" => return spans::span(&["next", "month"], today, Direction::Coming).map(last_working),
        "eonq" => return spans::span(&["next", "quarter"], today, Direction::Coming).map(last_working),
        "eony" => return spans::span(&["next", "year"], today, Direction::Coming).map(last_working),
        "overmorrow" => return Some(plus(today, 2)),
        "ereyesterday" => return Some(plus(today, -2)),
        _ => {}
    }
    if let Some(day) = weekday(word) {
        return Some(next_weekday(today, day));
    }
    // Other than four digits would be a year of the first millennium, or one that no store can read again.
    if let Some(day) = word.parse().ok().filter(|_| word.find(|c: char| !c.is_ascii_digit()) == Some(4)) {
        return Some(day);
    }
    if let Some(day) = spans::of_month(word, today, Direction::Coming) {
        return Some(day);
    }
    // Signs first: `-` also parts the numbers of a date.
    relative(word, today).or_else(|| dotted(word, today, order)).or_else(|| joined(word, today))
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
    let count: i64 = if matches!(count, "a" | "an" | "one") {
        1
    } else {
        ["two", "three", "four", "five", "six"]
            .iter()
            .position(|name| *name == count)
            .and_then(|index| i64::try_from(index + 2).ok())
            .map_or_else(|| count.parse(), Ok)
            .ok()?
    };
    // On either side: the number may have a sign of its own, as in `-3 weeks`.
    if !(-5_000..=5_000).contains(&count) {
        return None;
    }
    let count = sign * count;
    let months = |factor: i64| {
        // Where a month is too short for the day, its last one is taken.
        let months = Months::new(u32::try_from((count * factor).abs()).ok()?);
        if count < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) }
    };
    match unit {
        "d" | "day" | "days" => Some(plus(today, count)),
        "w" | "week" | "weeks" => Some(plus(today, count * 7)),
        "fortnight" | "fortnights" => Some(plus(today, count * 14)),
        "m" | "mo" | "month" | "months" => months(1),
        "y" | "year" | "years" => months(12),
        _ => None,
    }
}

fn end_of(unit: &str, today: NaiveDate) -> Option<NaiveDate> {
    let last_of = |month: u32| {
        // From the first of the month, since not every month has a 31st.
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

/// `27.11.`, `27.11.2026`, `27/11`, `27-11-2026`: day first, as the point says; with strokes where only one order gives
/// a day, that one, and by `order` otherwise.
fn dotted(word: &str, today: NaiveDate, order: DayOrder) -> Option<NaiveDate> {
    let parts: Vec<&str> = word.trim_end_matches('.').split(['.', '/', '-']).collect();
    // `parse` would read a sign as well, and `+3.4` be a day of April.
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2 && begins_figure(text));
    let (one, other) = match parts.as_slice() {
        [one, other] if !word.contains('-') => (number(one)?, number(other)?),
        [one, other, _] => (number(one)?, number(other)?),
        _ => return None,
    };
    let is_month_first = !word.contains('.') && (other > 12 || one <= 12 && order == DayOrder::MonthFirst);
    let (day, month) = if is_month_first { (other, one) } else { (one, other) };
    match parts.get(2) {
        Some(year) => NaiveDate::from_ymd_opt(full_year(year)?, month, day),
        None => coming(day, month, today),
    }
}

/// `27nov`, `4-dec`, `4th-december`, `dec-4`, `4th-december-2027`.
fn joined(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    match word.split('-').collect::<Vec<_>>().as_slice() {
        [one, other] => return day_and_month(one, other, today),
        [one, other, year] => return with_year(one, other, year),
        _ => {}
    }
    // Without a stroke the digits alone tell where the month begins.
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (day, month) = word.split_at(digits);
    coming(day.parse().ok()?, month_number(month)?, today)
}

fn begins_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok().filter(|_| begins_figure(text))?;
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
    // Without the endings of an ordinal: `1st`, `3rd`, `27.`.
    word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.')
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day) && begins_figure(word))
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
