//! Days, times and lengths as calendars write them.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime};

use super::lines::Property;
use super::zones::{ZonePlace, Zones};
use crate::domain::meeting::Moment;
use crate::domain::zone::to_utc;

/// The values of a property, each as it stands.
pub(super) fn moments(property: &Property) -> impl Iterator<Item = &str> {
    property.value.split(',').map(str::trim).filter(|value| !value.is_empty())
}

/// One moment; of a period only its start.
pub(super) fn moment(value: &str, property: &Property, zones: &mut Zones) -> Option<Moment> {
    let zone = property.param("TZID");
    let value = value.split('/').next()?.trim();
    if let Some(utc) = value.strip_suffix(['Z', 'z']) {
        let zero = FixedOffset::east_opt(0)?;
        return Some(Moment::Fixed(local(utc)?.and_utc().with_timezone(&zero)));
    }
    let Some(at) = local(value) else { return day(value).map(Moment::Day) };
    Some(match zone.map(|name| zones.find(name)) {
        Some(ZonePlace::Zone(zone)) => Moment::Zoned(at, zone),
        Some(ZonePlace::Offset(offset)) => Moment::Fixed(at.and_local_timezone(offset).single()?),
        Some(ZonePlace::Unknown) | None => Moment::Floating(at),
    })
}

fn day(value: &str) -> Option<NaiveDate> {
    let is_plain = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    let (year, rest) = value.split_at_checked(4).filter(|_| is_plain)?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, rest[..2].parse().ok()?, rest[2..].parse().ok()?)
}

pub(super) fn local(value: &str) -> Option<NaiveDateTime> {
    let (date, time) = value.split_once(['T', 't'])?;
    let is_plain = matches!(time.len(), 4 | 6) && time.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize| time.get(from..from + 2).map_or(Some(0), |digits| digits.parse::<u32>().ok());
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
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(std::mem::take(&mut digits).parse::<i64>().ok()?.checked_mul(unit)?)?;
    }
    let minutes = seconds.div_euclid(60);
    if digits.is_empty() { Some(if is_negative { -minutes } else { minutes }) } else { None }
}

/// Minutes from one moment to another; instants where both have a zone.
pub(super) fn minutes_between(start: &Moment, end: &Moment) -> i64 {
    let difference = match (start, end) {
        (Moment::Zoned(..) | Moment::Fixed(_), Moment::Zoned(..) | Moment::Fixed(_)) => {
            instant(end) - instant(start)
        }
        _ => wall(end) - wall(start),
    };
    difference.num_minutes()
}

/// What the clock on the wall shows.
pub(super) fn wall(moment: &Moment) -> NaiveDateTime {
    match moment {
        Moment::Day(day) => day.and_time(chrono::NaiveTime::MIN),
        Moment::Floating(at) | Moment::Zoned(at, _) => *at,
        Moment::Fixed(at) => at.naive_local(),
    }
}

/// The instant in UTC; the wall clock where there is no zone.
pub(super) fn instant(moment: &Moment) -> NaiveDateTime {
    match moment {
        Moment::Zoned(at, zone) => to_utc(zone, *at).naive_utc(),
        Moment::Fixed(at) => at.naive_utc(),
        other => wall(other),
    }
}
