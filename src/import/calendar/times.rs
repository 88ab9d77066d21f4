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
    // RDATE may hold periods, `start/end`; how long they are is the length of the event here.
    let value = value.split('/').next()?.trim();
    // Before the zone is looked at: `Z` says the instant, and a TZID beside it is a fault of the exporter (RFC
    // 5545, 3.2.19).
    if let Some(utc) = value.strip_suffix(['Z', 'z']) {
        let zero = FixedOffset::east_opt(0)?;
        return Some(Moment::Fixed(local(utc)?.and_utc().with_timezone(&zero)));
    }
    let Some(at) = local(value) else { return day(value).map(Moment::Day) };
    Some(match place(property, zones) {
        Some(ZonePlace::Zone(zone)) => Moment::Zoned(at, zone),
        Some(ZonePlace::Own(own)) => own.moment(at)?,
        Some(ZonePlace::Offset(offset)) => Moment::Fixed(at.and_local_timezone(offset).single()?),
        Some(ZonePlace::Unknown) | None => Moment::Floating(at),
    })
}

/// The zone in which the local times of a property stand: its own, else that of the calendar.
pub(super) fn place(property: &Property, zones: &mut Zones) -> Option<ZonePlace> {
    match property.param("TZID").filter(|name| !name.trim().is_empty()) {
        Some(name) => Some(zones.find(name)),
        None => zones.default_zone(),
    }
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
    // An end without a zone beside a start with one is meant in the zone of the start.
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

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

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

    #[test]
    fn a_moment_is_what_its_value_says_before_what_its_zone_says() {
        let property = |line: &str| Property::read(line).unwrap();
        let read = |line: &str| {
            let property = property(line);
            moment(&property.value, &property, &mut Zones::new(Vec::new(), std::collections::HashMap::new()))
        };
        let nine = local("20261124T090000").unwrap();
        assert_eq!(read("DTSTART;TZID=Europe/London:20261124T090000"), Some(Moment::Zoned(nine, London)));
        assert_eq!(read("DTSTART:20261124T090000"), Some(Moment::Floating(nine)));
        assert_eq!(read("DTSTART;TZID=Europe/London:20261124"), Some(Moment::Day(nine.date())));
        let Some(Moment::Fixed(utc)) = read("DTSTART;TZID=America/New_York:20261124T090000Z") else {
            panic!("a time in UTC has no other zone")
        };
        assert_eq!(utc.naive_utc(), nine);
        let Some(Moment::Fixed(period)) = read("RDATE;VALUE=PERIOD:20261124T090000Z/PT1H") else {
            panic!("of a period its start")
        };
        assert_eq!(period.naive_utc(), nine);
    }

    #[test]
    fn minutes_between_two_zones_are_counted_by_instants_and_else_by_the_wall() {
        let nine = local("20261124T090000").unwrap();
        let berlin = Moment::Zoned(local("20261124T103000").unwrap(), chrono_tz::Europe::Berlin);
        assert_eq!(minutes_between(&Moment::Zoned(nine, London), &berlin), 30);
        assert_eq!(minutes_between(&Moment::Floating(nine), &berlin), 90);
        assert_eq!(minutes_between(&Moment::Day(nine.date()), &Moment::Floating(nine)), 540);
    }
}
