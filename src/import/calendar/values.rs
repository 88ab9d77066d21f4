//! Days, local times and lengths as calendars write them, whatever zone they stand in.

use chrono::{NaiveDate, NaiveDateTime};

use super::lines::Property;

/// The values of a property, each as it stands.
pub(super) fn moments(property: &Property) -> impl Iterator<Item = &str> {
    property.value.split(',').map(str::trim).filter(|value| !value.is_empty())
}

pub(super) fn day(value: &str) -> Option<NaiveDate> {
    // Digits alone, so that the cuts below cannot fall into a letter, and no sign is read.
    let is_plain = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    let (year, rest) = value.split_at_checked(4).filter(|_| is_plain)?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, rest[..2].parse().ok()?, rest[2..].parse().ok()?)
}

pub(super) fn local(value: &str) -> Option<NaiveDateTime> {
    let (date, time) = value.split_once(['T', 't'])?;
    // Some exporters leave the seconds out.
    let is_plain = matches!(time.len(), 4 | 6) && time.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize| time.get(from..from + 2).map_or(Some(0), |digits| digits.parse::<u32>().ok());
    // RFC 5545 allows a leap second, `60`, which `chrono` has no place for in this form.
    if is_plain { day(date)?.and_hms_opt(part(0)?, part(2)?, part(4)?.min(59)) } else { None }
}

/// A length such as `PT1H30M`, `P2D` or `P1W`, in minutes.
pub(super) fn duration(value: &str) -> Option<i64> {
    let value = value.trim().to_uppercase();
    let (is_negative, rest) = match value.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('+').unwrap_or(&value)),
    };
    let mut seconds = 0_i64;
    let mut digits = String::new();
    let mut is_time = false;
    for letter in rest.strip_prefix('P')?.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        let unit = match (letter, is_time) {
            ('T', _) => {
                is_time = true;
                continue;
            }
            ('W', _) => 7 * 86_400,
            ('D', _) => 86_400,
            ('H', true) => 3600,
            // Without a `T` before it an `M` would be months, which RFC 5545 does not have.
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(std::mem::take(&mut digits).parse::<i64>().ok()?.checked_mul(unit)?)?;
    }
    let minutes = seconds.div_euclid(60);
    if digits.is_empty() { Some(if is_negative { -minutes } else { minutes }) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_minutes_and_anything_but_a_length_is_none() {
        for (text, minutes) in [
            ("PT1H30M", Some(90)),
            ("p2d", Some(2_880)),
            ("P1W", Some(10_080)),
            ("P1DT2H", Some(1_560)),
            ("+PT15M", Some(15)),
            ("-PT15M", Some(-15)),
            ("PT90S", Some(1)),
            ("PT0S", Some(0)),
            // Days behind the T are wrong by the standard and clear all the same; minutes before it could be months.
            ("PT1D", Some(1_440)),
            ("P1H", None),
            ("P1M", None),
            ("P1Y", None),
            ("PT1", None),
            ("PTM", None),
            ("1H", None),
            ("", None),
            ("PT9223372036854775807H", None),
        ] {
            assert_eq!(duration(text), minutes, "{text}");
        }
    }

    #[test]
    fn a_local_time_has_every_digit_and_a_leap_second_is_the_one_before() {
        let at = |text: &str| local(text).map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string());
        assert_eq!(at("20261124T100530").as_deref(), Some("2026-11-24 10:05:30"));
        assert_eq!(at("20261124t1005").as_deref(), Some("2026-11-24 10:05:00"));
        assert_eq!(at("20161231T235960").as_deref(), Some("2016-12-31 23:59:59"));
        for text in
            ["20261124", "20261124T", "20261124T10", "20261124T240000", "20260230T100000", "2026112éT1005"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
