//! Where the time comes from: the machine, or `TABLESETTER_NOW` for the whole program. `TZ` is the lead's zone
//! in either case: an instant can be fixed, a zone is where somebody is.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::domain::zone;

/// The lead's clock and zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and zone.
    System,
    /// One moment for ever, in one offset.
    Fixed(DateTime<FixedOffset>),
    /// One moment for ever, in the zone of the machine.
    FixedInZone(DateTime<Utc>),
}

impl Clock {
    /// Reads `TABLESETTER_NOW` and `TZ`.
    ///
    /// # Errors
    /// A sentence if it is set and not RFC 3339 with an offset.
    pub fn from_environment() -> Result<Self, String> {
        let set = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
        Self::of(set("TABLESETTER_NOW").as_deref(), set("TZ").is_some())
    }

    fn of(now: Option<&str>, names_zone: bool) -> Result<Self, String> {
        let Some(text) = now else { return Ok(Self::System) };
        let now = DateTime::parse_from_rfc3339(text).map_err(|_| {
            format!("TABLESETTER_NOW is `{text}`; it is written like 2026-11-23T09:00:00+00:00")
        })?;
        // An offset holds for one season; days of the other half of the year need the zone, where one is named.
        Ok(if names_zone { Self::FixedInZone(now.to_utc()) } else { Self::Fixed(now) })
    }

    /// Now, in the lead's zone.
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => Local::now().fixed_offset(),
            Self::Fixed(now) => now,
            Self::FixedInZone(now) => now.with_timezone(&Local).fixed_offset(),
        }
    }

    /// An instant in the lead's zone.
    pub fn local(self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Self::System | Self::FixedInZone(_) => instant.with_timezone(&Local).fixed_offset(),
            Self::Fixed(now) => instant.with_timezone(now.offset()),
        }
    }

    /// The day on which an instant lies for the lead: in Tokyo a morning is still yesterday by UTC.
    pub fn day_of(self, instant: DateTime<Utc>) -> NaiveDate {
        self.local(instant).date_naive()
    }

    /// A time on the lead's clock as an instant, by the rule of calendars in gap and overlap.
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Self::System | Self::FixedInZone(_) => zone::to_utc(&Local, local),
            Self::Fixed(now) => zone::to_utc(now.offset(), local),
        }
    }

    /// The first instant of a local day.
    pub fn midnight(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Clock {
        Clock::of(Some(text), false).unwrap()
    }

    #[test]
    fn an_instant_that_is_set_stands_still_in_its_own_offset() {
        let clock = fixed("2026-11-23T23:30:00-08:00");
        assert_eq!(clock.now().to_rfc3339(), "2026-11-23T23:30:00-08:00");
        let noon = DateTime::parse_from_rfc3339("2026-11-24T12:00:00Z").unwrap().to_utc();
        assert_eq!(clock.local(noon).to_rfc3339(), "2026-11-24T04:00:00-08:00");
        assert_eq!(clock.midnight(clock.now().date_naive()).to_rfc3339(), "2026-11-23T08:00:00+00:00");
    }

    #[test]
    fn without_an_instant_it_is_the_machines_and_with_a_zone_that_zones() {
        assert_eq!(Clock::of(None, true), Ok(Clock::System));
        let zoned = Clock::of(Some("2026-11-23T09:00:00+01:00"), true).unwrap();
        let instant = DateTime::parse_from_rfc3339("2026-11-23T08:00:00Z").unwrap().to_utc();
        assert_eq!((zoned, zoned.now().to_utc()), (Clock::FixedInZone(instant), instant));
    }

    #[test]
    fn what_is_no_instant_is_told_with_one_that_is() {
        for text in ["yesterday", "2026-11-23", "2026-11-23T09:00:00"] {
            let wrong = Clock::of(Some(text), false).unwrap_err();
            assert!(wrong.contains(text) && wrong.contains("2026-11-23T09:00:00+00:00"), "{wrong}");
        }
    }
}
