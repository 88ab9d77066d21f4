//! Moments as calendars write them, in the zones that they name.

use chrono::{FixedOffset, NaiveDateTime};

use super::lines::Property;
use super::values::{day, local};
use super::zones::{ZonePlace, Zones};
use crate::domain::meeting::Moment;
use crate::domain::zone::to_utc;

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
