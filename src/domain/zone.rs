//! Local time to instants and back, by the rule of calendars: in the spring gap the offset before it
//! holds, in the autumn overlap the first of the two. Nothing is dropped for falling there.

mod described;
mod history;
mod whereabouts;

use chrono::{DateTime, Duration, NaiveDateTime, Offset, TimeZone, Utc};

pub use described::{DescribedZone, FURTHEST, Observance};
pub use history::{Present, ZoneHistory, ZoneSince, ZonesBefore};
pub use whereabouts::Whereabouts;

/// The instant at which a clock in `zone` shows `local`.
pub fn to_utc<Z: TimeZone>(zone: &Z, local: NaiveDateTime) -> DateTime<Utc> {
    // RFC 5545: a time that comes twice is the first of the two.
    if let Some(found) = zone.from_local_datetime(&local).earliest() {
        return found.with_timezone(&Utc);
    }
    // RFC 5545: a time that the gap skips is read by the offset that held before it, as it did a day earlier.
    let before = zone.offset_from_utc_datetime(&(local - Duration::days(1))).fix();
    (local - Duration::seconds(i64::from(before.local_minus_utc()))).and_utc()
}

/// What a clock in `zone` shows at `instant`.
pub fn to_local<Z: TimeZone>(zone: &Z, instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(zone).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America::New_York, Europe::London};

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn gap_and_overlap() {
        assert_eq!(to_utc(&London, at("2026-03-29 01:30")).naive_utc(), at("2026-03-29 01:30"));
        assert_eq!(to_utc(&London, at("2026-10-25 01:30")).naive_utc(), at("2026-10-25 00:30"));
        assert_eq!(to_utc(&New_York, at("2026-03-08 02:30")).naive_utc(), at("2026-03-08 07:30"));
        assert_eq!(to_local(&New_York, at("2026-03-08 07:30").and_utc()), at("2026-03-08 03:30"));
    }
}
