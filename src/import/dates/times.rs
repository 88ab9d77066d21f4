//! The time of day and its offset behind a day.

use chrono::{FixedOffset, NaiveTime};

use super::names;
use super::spans::without;
use crate::domain::words::fold;

/// What says that the whole day is meant, and that it is the last.
const DAY_ENDS: [&str; 12] = [
    "eod",
    "cob",
    "eob",
    "end of day",
    "end of business",
    "close of business",
    "at the latest",
    "latest",
    "spatestens",
    "au plus tard",
    "a mas tardar",
    "uiterlijk",
];

/// Reads ` 03:26 PM GMT+3`; nothing at all is no time.
pub(super) fn parse_time(rest: &str) -> Option<(Option<NaiveTime>, Option<FixedOffset>)> {
    let rest = rest.trim_start_matches(['T', 't', ',', ' ', '\u{a0}', '\u{202f}', '.']).trim();
    let rest = ["at ", "um ", "à ", "om ", "a las ", "- ", "– "]
        .iter()
        .find_map(|word| without(rest, word))
        .unwrap_or(rest);
    // A day of the week behind the day says nothing new, nor does a zone's long name behind its offset.
    let rest = rest.split('(').next().unwrap_or_default().trim();
    let is_end_of_day = DAY_ENDS.contains(&fold(rest).as_str());
    if rest.is_empty() || is_end_of_day || names::weekday(rest.trim_end_matches('.')).is_some() {
        return Some((None, None));
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len());
    let (clock, tail) = rest.split_at(end);
    let tail = tail.trim_matches([' ', '\u{a0}', '\u{202f}']);
    let (half, zone) = take_half(tail);
    // A zone that is not known makes the whole time unreadable: without it the instant would be off by hours.
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
    (None, without(tail, "uhr").unwrap_or(tail).trim())
}

fn clock_time(clock: &str, half: Option<bool>) -> Option<NaiveTime> {
    let mut parts = clock.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = match (parts.next(), half) {
        (Some(text), _) => text.parse().ok()?,
        (None, Some(_)) => 0,
        // A bare number behind a day may be anything.
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
    // A leap second has no place on a clock here and is read as the one before it.
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

/// Short names that tools write for their zones, in hours east; those that two places share are left out.
const ZONES: [(&str, i32); 20] = [
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 1),
    ("west", 1),
    ("cet", 1),
    ("mez", 1),
    ("cest", 2),
    ("mesz", 2),
    ("eet", 2),
    ("eest", 3),
    ("jst", 9),
    ("est", -5),
    ("edt", -4),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("akst", -9),
];

/// Reads `Z`, `UTC`, `GMT+3`, `+05:30`, `+0530`.
fn parse_offset(zone: &str) -> Option<FixedOffset> {
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == fold(zone)) {
        return FixedOffset::east_opt(hours * 3600);
    }
    let named = ["utc", "gmt"].iter().find_map(|name| without(zone, name));
    let rest = named.unwrap_or(zone).trim_start_matches(['Z', 'z']);
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
