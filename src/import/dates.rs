//! Days and times as people and tools write them, without silent guesses.
//!
//! `3/4/2026` could be two days: the order is settled once per file from whatever shows it, and when nothing does and
//! most days need it, the file is refused with the option that helps. Words such as "tbc" are told from values that
//! cannot be read. Of a span the end counts: that is the day by which something is due.

mod bare;
pub(super) mod names;
mod parts;
mod periods;
mod spans;
mod survey;
mod times;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::words::fold;
use parts::{DateParts, OrderEvidence};
pub(super) use spans::halves;
use spans::span_end;
pub use survey::{ColumnOrders, ColumnSurveys};

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
    /// As many values need one order as the other.
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

/// What is known beside a cell when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateHints {
    /// The order of the file, as the survey of its days found it.
    pub order: Option<DateOrder>,
    /// The day that a day without a year lies near to; without one such a day cannot be read.
    pub near: Option<NaiveDate>,
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
    /// Two days, and nothing says which.
    TwoDays,
    /// Words that are neither a day nor a known way of putting one off.
    Unreadable,
}

/// Folded, as cells are before they are compared.
const VAGUE: [&str; 50] = [
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
    "null",
    "nil",
    "nat",
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
    "any time",
    "anytime",
    "not set",
    "to be confirmed",
    "as soon as possible",
    "offen",
    "unbekannt",
    "keine",
    "k.a.",
    "sofort",
    "baldmoglichst",
    "so schnell wie moglich",
    "so bald wie moglich",
    "flexibel",
    "des que possible",
    "aucune",
    "a definir",
    "lo antes posible",
    "por definir",
    "sin fecha",
    "zo snel mogelijk",
    "n.v.t.",
    "nvt",
];
/// A longer text than this holds no day.
const LONGEST: usize = 80;

/// Reads one cell.
pub fn read(value: &str, hints: DateHints) -> DateReading {
    // Spreadsheets put an apostrophe before what is to stay a text.
    let text = value.trim().trim_start_matches('\'').trim();
    if text.is_empty() {
        return DateReading::Empty;
    }
    if text.len() > LONGEST {
        return DateReading::Unreadable;
    }
    if is_vague(text) {
        return DateReading::Vague;
    }
    let plain = bare::bare_day(text);
    if let Some(found) = whole(&plain, hints).or_else(|| span_end(&plain, hints)) {
        return DateReading::When(found);
    }
    if let Some(day) = periods::last_day(&plain, hints) {
        return DateReading::When(CellDate {
            local: day.and_time(NaiveTime::MIN),
            has_time: false,
            offset: None,
        });
    }
    let needs_order =
        |half: &str| DateParts::of(half).is_some_and(|parts| parts.evidence() == OrderEvidence::Open);
    let is_open = needs_order(&plain) || halves(&plain).is_some_and(|(_, to)| needs_order(to));
    if hints.order.is_none() && is_open { DateReading::TwoDays } else { DateReading::Unreadable }
}

fn is_vague(text: &str) -> bool {
    let text = fold(text);
    let bare = text.trim_end_matches(['!', ' ', '…']).trim_end_matches("...");
    // Such a word counts with more behind it as well: `TBC with legal`, `asap please`.
    let first = text.split([' ', ',', ':', '(', '/', '!']).next().unwrap_or_default();
    VAGUE.contains(&text.as_str()) || VAGUE.contains(&bare) || matches!(first, "tbc" | "tbd" | "asap")
}

fn whole(text: &str, hints: DateHints) -> Option<CellDate> {
    if let Some(found) = epoch(text).or_else(|| serial(text)) {
        return Some(found);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok().and_then(likely)?;
        return Some(CellDate { local: day.and_time(NaiveTime::MIN), has_time: false, offset: None });
    }
    if let Some(extended) = bare::extended(text) {
        return whole(&extended, hints);
    }
    let parts = DateParts::of(text)?;
    let day = parts.day(hints).and_then(likely)?;
    let (time, offset) = times::parse_time(parts.rest)?;
    let local = day.and_time(time.unwrap_or(NaiveTime::MIN));
    Some(CellDate { local, has_time: time.is_some(), offset })
}

fn likely(day: NaiveDate) -> Option<NaiveDate> {
    (1970..2200).contains(&day.year()).then_some(day)
}

/// Seconds or milliseconds since 1970: ten or thirteen digits, which are days from 2001 on.
fn epoch(text: &str) -> Option<CellDate> {
    // A spreadsheet or a script may write it as a number with a fraction: `1796378400.0`.
    let text = text
        .split_once('.')
        .filter(|(_, zeros)| zeros.bytes().all(|byte| byte == b'0'))
        .map_or(text, |(whole, _)| whole);
    let is_digits = matches!(text.len(), 10 | 13) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = if is_digits { text.parse().ok()? } else { return None };
    let instant = if text.len() == 10 {
        DateTime::from_timestamp(number, 0)
    } else {
        DateTime::from_timestamp_millis(number)
    }?;
    let local = instant.naive_utc();
    likely(local.date())?;
    Some(CellDate { local, has_time: true, offset: FixedOffset::east_opt(0) })
}

/// The days that a spreadsheet counts from the end of 1899 on, with the time as a fraction: `46367.75`. Only those from
/// 1982 to 2119, so that no year and no count is one of them.
pub(super) fn serial(text: &str) -> Option<CellDate> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !is_digits(whole) || !is_digits(fraction) || fraction.len() > 15 {
        return None;
    }
    let days: u64 = whole.parse().ok().filter(|days| (30_000..80_000).contains(days))?;
    let part: f64 = format!("0.{fraction}").parse().ok()?;
    // Spreadsheets count a 29 February 1900 that never was, so their day zero lies two before 1900.
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    // Fractions of a day are rarely exact: six in the evening may come as 0.7499999.
    let half_seconds = chrono::TimeDelta::milliseconds(500);
    let time = day.and_time(NaiveTime::MIN)
        + chrono::TimeDelta::from_std(std::time::Duration::from_secs_f64(part * 86_400.0)).ok()?;
    let local =
        chrono::DurationRound::duration_trunc(time + half_seconds, chrono::TimeDelta::seconds(1)).ok()?;
    Some(CellDate { local, has_time: part > 0.0, offset: None })
}

#[cfg(test)]
mod tests;
