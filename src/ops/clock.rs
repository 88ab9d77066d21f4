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
