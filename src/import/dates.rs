//! Days and times as people and tools write them, without silent guesses.
//!
//! `3/4/2026` could be two days: the order is settled once per file from any value above twelve, and
//! when nothing settles it the file is refused with the option that helps. Words such as "tbc" are
//! told from values that cannot be read.

use crate::domain::bounds;
use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// Which comes first in `3/4/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

/// Why the order cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// Every value would do for both.
    #[error(
        "`{example}` could be two days and nothing in the file settles it; say --day-first or --month-first"
    )]
    Ambiguous {
        /// A value that would do for both.
        example: String,
    },
    /// Some values need one order, some the other.
    #[error(
        "`{day}` has the day first, `{month}` the month; say --day-first or --month-first, the others are then marked"
    )]
    Mixed {
        /// A value with the day first.
        day: String,
        /// A value with the month first.
        month: String,
    },
}

/// A day, perhaps with a time, as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellDate {
    /// Date and time on the clock; midnight if no time was given.
    pub local: NaiveDateTime,
    /// A time was given.
    pub has_time: bool,
    /// Its offset, if one was given.
    pub offset: Option<FixedOffset>,
}

/// What a cell of a date column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateReading {
    Empty,
    /// A word that means "no day": tbc, n/a, asap.
    Vague,
    When(CellDate),
    /// Words that are neither a day nor a known way of putting one off.
    Unreadable,
}

const VAGUE: [&str; 24] = [
    "-",
    "–",
    "—",
    "?",
    "??",
    "tbc",
    "tbd",
    "t.b.c.",
    "t.b.d.",
    "n/a",
    "na",
    "none",
    "asap",
    "a.s.a.p.",
    "urgent",
    "now",
    "soon",
    "ongoing",
    "open",
    "unknown",
    "whenever",
    "no date",
    "no deadline",
    "flexible",
];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Settles the order for all date columns of a file; `None` if no value needs it.
///
/// # Errors
/// [`OrderError`] when values could be two days, or contradict each other, and `told` is `None`.
pub fn choose_order<'a>(
    values: impl Iterator<Item = &'a str>,
    told: Option<DateOrder>,
) -> Result<Option<DateOrder>, OrderError> {
    if told.is_some() {
        return Ok(told);
    }
    let (mut day, mut month, mut either) = (None, None, None);
    for value in values {
        match evidence(value) {
            Some((first, second)) if first > 12 && second <= 12 => day = day.or(Some(value)),
            Some((first, second)) if second > 12 && first <= 12 => month = month.or(Some(value)),
            Some((first, second)) if first != second => either = either.or(Some(value)),
            _ => {}
        }
    }
    match (day, month, either) {
        (Some(day), Some(month), _) => {
            Err(OrderError::Mixed { day: bounds::named(day.trim()), month: bounds::named(month.trim()) })
        }
        (Some(_), None, _) => Ok(Some(DateOrder::DayFirst)),
        (None, Some(_), _) => Ok(Some(DateOrder::MonthFirst)),
        (None, None, Some(value)) => Err(OrderError::Ambiguous { example: bounds::named(value.trim()) }),
        (None, None, None) => Ok(None),
    }
}

/// The first two numbers of a value such as `3/4/2026`.
fn evidence(value: &str) -> Option<(u32, u32)> {
    let parts = DateParts::of(value)?;
    let is_open = parts.separator != '.' && parts.pieces[0].len() <= 2;
    match (is_open, number(parts.pieces[0]), number(parts.pieces[1]), number(parts.pieces[2])) {
        (true, Some(first), Some(second), Some(_)) => Some((first, second)),
        _ => None,
    }
}

/// Reads one cell; `order` is what [`choose_order`] found.
pub fn read(value: &str, order: Option<DateOrder>) -> DateReading {
    let text = value.trim().trim_start_matches('\'');
    if text.is_empty() {
        return DateReading::Empty;
    }
    if VAGUE.contains(&text.to_lowercase().as_str()) {
        return DateReading::Vague;
    }
    parse(text, order).map_or(DateReading::Unreadable, DateReading::When)
}

fn parse(text: &str, order: Option<DateOrder>) -> Option<CellDate> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok().and_then(likely)?;
        return Some(CellDate { local: day.and_time(NaiveTime::MIN), has_time: false, offset: None });
    }
    let parts = DateParts::of(text)?;
    let day = parts.day(order).and_then(likely)?;
    let (time, offset) = parse_time(parts.rest)?;
    let local = day.and_time(time.unwrap_or(NaiveTime::MIN));
    Some(CellDate { local, has_time: time.is_some(), offset })
}

fn likely(day: NaiveDate) -> Option<NaiveDate> {
    (1970..2200).contains(&day.year()).then_some(day)
}

/// The three pieces of a date and what follows them.
struct DateParts<'a> {
    pieces: [&'a str; 3],
    separator: char,
    rest: &'a str,
}

impl<'a> DateParts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut rest = text.trim();
        let mut pieces = Vec::new();
        let mut separator = ' ';
        while pieces.len() < 3 {
            let (piece, after) = take_piece(rest)?;
            let is_filler = matches!(piece, "st" | "nd" | "rd" | "th") || weekday(piece);
            if !is_filler {
                pieces.push(piece);
            }
            if pieces.len() == 3 {
                rest = after;
                break;
            }
            let next = after.trim_start_matches(['/', '-', '.', ',', ' ', '\u{a0}']);
            if pieces.len() == 1 && !is_filler {
                separator = after.chars().next().unwrap_or(' ');
            }
            rest = next;
        }
        Some(Self { pieces: pieces.try_into().ok()?, separator, rest })
    }

    fn day(&self, order: Option<DateOrder>) -> Option<NaiveDate> {
        let [a, b, c] = self.pieces;
        match (month(a), month(b), number(a), number(b), number(c)) {
            (Some(month), _, _, Some(day), Some(_)) => NaiveDate::from_ymd_opt(year(c)?, month, day),
            (_, Some(month), Some(day), _, Some(_)) if a.len() <= 2 => {
                NaiveDate::from_ymd_opt(year(c)?, month, day)
            }
            (_, Some(month), Some(_), _, Some(day)) => NaiveDate::from_ymd_opt(year(a)?, month, day),
            (_, _, Some(_), Some(month), Some(day)) if a.len() == 4 => {
                NaiveDate::from_ymd_opt(year(a)?, month, day)
            }
            (_, _, Some(first), Some(second), Some(_)) => self.numeric(first, second, order),
            _ => None,
        }
    }

    fn numeric(&self, first: u32, second: u32, order: Option<DateOrder>) -> Option<NaiveDate> {
        let order = if self.separator == '.' || first == second { Some(DateOrder::DayFirst) } else { order };
        let (day, month) = match order? {
            DateOrder::DayFirst => (first, second),
            DateOrder::MonthFirst => (second, first),
        };
        NaiveDate::from_ymd_opt(year(self.pieces[2])?, month, day)
    }
}

/// A run of digits or of letters.
fn take_piece(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let belongs: fn(char) -> bool = if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        return None;
    };
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    Some(text.split_at(end))
}

fn number(piece: &str) -> Option<u32> {
    if piece.len() > 4 || !piece.bytes().all(|byte| byte.is_ascii_digit()) {
        None
    } else {
        piece.parse().ok()
    }
}

fn year(piece: &str) -> Option<i32> {
    let value: i32 = piece.parse().ok()?;
    match piece.len() {
        2 if value < 70 => Some(2000 + value),
        2 => Some(1900 + value),
        4 => Some(value),
        _ => None,
    }
}

/// An English month, in full or by three letters, and the German ones that differ.
fn month(piece: &str) -> Option<u32> {
    let word = piece.to_lowercase();
    let german =
        [("mai", 5), ("mär", 3), ("märz", 3), ("okt", 10), ("oktober", 10), ("dez", 12), ("dezember", 12)];
    if let Some((_, number)) = german.iter().find(|(name, _)| *name == word) {
        return Some(*number);
    }
    let head: String = word.chars().take(3).collect();
    let index = MONTHS.iter().position(|name| *name == head)?;
    u32::try_from(index + 1).ok()
}

fn weekday(piece: &str) -> bool {
    let head: String = piece.to_lowercase().chars().take(3).collect();
    WEEKDAYS.contains(&head.as_str())
}

/// Reads ` 03:26 PM GMT+3`; nothing at all is no time.
fn parse_time(rest: &str) -> Option<(Option<NaiveTime>, Option<FixedOffset>)> {
    let rest = rest.trim_start_matches(['T', 't', ',', ' ', '\u{a0}', '\u{202f}']).trim();
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    if rest.is_empty() {
        return Some((None, None));
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len());
    let (clock, tail) = rest.split_at(end);
    let tail = tail.trim_matches([' ', '\u{a0}', '\u{202f}']);
    let (half, zone) = take_half(tail);
    let offset = if zone.is_empty() { None } else { Some(parse_offset(zone)?) };
    Some((Some(clock_time(clock, half)?), offset))
}

/// `Some(true)` is PM.
fn take_half(tail: &str) -> (Option<bool>, &str) {
    for (word, is_pm) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        if let Some(head) = tail.get(..word.len())
            && head.eq_ignore_ascii_case(word)
        {
            return (Some(is_pm), tail[word.len()..].trim());
        }
    }
    (None, tail.strip_prefix("Uhr").unwrap_or(tail).trim())
}

fn clock_time(clock: &str, half: Option<bool>) -> Option<NaiveTime> {
    let mut parts = clock.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = match (parts.next(), half) {
        (Some(text), _) => text.parse().ok()?,
        (None, Some(_)) => 0,
        (None, None) => return None,
    };
    let second: u32 = match parts.next() {
        Some(text) => text.split('.').next()?.parse().ok()?,
        None => 0,
    };
    let hour = match half {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(is_pm) => hour % 12 + if is_pm { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

/// Reads `Z`, `UTC`, `GMT+3`, `+05:30`, `+0530`.
fn parse_offset(zone: &str) -> Option<FixedOffset> {
    let rest = zone.trim_start_matches("UTC").trim_start_matches("GMT").trim_start_matches(['Z', 'z']);
    if rest.is_empty() {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match rest.chars().next()? {
        '+' => (1, &rest[1..]),
        '-' => (-1, &rest[1..]),
        '−' => (-1, &rest['−'.len_utf8()..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(pair) => pair,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let seconds = hours
        .parse::<i32>()
        .ok()?
        .checked_mul(3600)?
        .checked_add(minutes.parse::<i32>().ok()?.checked_mul(60)?)?;
    FixedOffset::east_opt(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    fn shown(text: &str, order: Option<DateOrder>) -> String {
        match read(text, order) {
            DateReading::When(when) => {
                let format = if when.has_time { "%F %T" } else { "%F" };
                let zone = when.offset.map_or(String::new(), |offset| format!(" {offset}"));
                format!("{}{zone}", when.local.format(format))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn reads_what_tools_write() {
        let table = [
            ("2026-11-27", "2026-11-27"),
            ("20261127", "2026-11-27"),
            ("2026-10-09T08:00:00.000Z", "2026-10-09 08:00:00 +00:00"),
            ("2026-10-09 08:00", "2026-10-09 08:00:00"),
            ("11/May/24 03:26 PM", "2024-05-11 15:26:00"),
            ("21/Jan/27 12:53 AM", "2027-01-21 00:53:00"),
            ("2026/09/27 3:00:00 PM GMT+3", "2026-09-27 15:00:00 +03:00"),
            ("May 2, 2024 3:04 PM", "2024-05-02 15:04:00"),
            ("2 May 2024", "2024-05-02"),
            ("Fri, 27 November 2026", "2026-11-27"),
            ("27.11.2026", "2026-11-27"),
            ("3.4.26", "2026-04-03"),
            ("26 Jan 2025", "2025-01-26"),
            ("7/7/2026", "2026-07-07"),
            ("15. Dez 2026 14:30 Uhr", "2026-12-15 14:30:00"),
            ("1st March 2026", "2026-03-01"),
            ("2026-02-30", "Unreadable"),
            ("3/4/2026", "Unreadable"),
            ("13/13/2026", "Unreadable"),
            ("01/12/2026 - 05/12/2026", "Unreadable"),
            ("next week", "Unreadable"),
            ("45985", "Unreadable"),
            ("27/11", "Unreadable"),
            ("2026-11-27 25:00", "Unreadable"),
            ("0001-01-01", "Unreadable"),
            ("TBC", "Vague"),
            ("n/a", "Vague"),
            ("-", "Vague"),
            (" ", "Empty"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text, None), expected, "{text}");
        }
    }

    #[test]
    fn the_order_decides_what_could_be_two_days() {
        assert_eq!(shown("3/4/2026 09:15:00", Some(DayFirst)), "2026-04-03 09:15:00");
        assert_eq!(shown("6/5/2025 16:14", Some(MonthFirst)), "2025-06-05 16:14:00");
        assert_eq!(shown("3-4-26", Some(MonthFirst)), "2026-03-04");
        assert_eq!(shown("25/12/2026", Some(MonthFirst)), "Unreadable");
    }

    #[test]
    fn any_value_above_twelve_settles_it() {
        let settled = |values: &[&'static str]| choose_order(values.iter().copied(), None);
        assert_eq!(settled(&["3/4/2026", "13/4/2026"]), Ok(Some(DayFirst)));
        assert_eq!(settled(&["3/4/2026", "6/21/2025 16:14"]), Ok(Some(MonthFirst)));
        assert_eq!(settled(&["2026-03-04", "11/May/24 03:26 PM", "3.4.2026", "7/7/2026"]), Ok(None));
        assert!(matches!(settled(&["tbc", "3/4/2026"]), Err(OrderError::Ambiguous { .. })));
        assert!(matches!(settled(&["13/4/2026", "4/13/2026"]), Err(OrderError::Mixed { .. })));
        assert_eq!(choose_order(["3/4/2026"].into_iter(), Some(MonthFirst)), Ok(Some(MonthFirst)));
    }
}
