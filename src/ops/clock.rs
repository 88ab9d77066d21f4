//! Where the time comes from: the machine, or `TABLESETTER_NOW` for the whole program.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::domain::zone;

/// The lead's clock and zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and zone.
    System,
    /// One moment for ever, in one offset.
    Fixed(DateTime<FixedOffset>),
}

impl Clock {
    /// Reads `TABLESETTER_NOW`.
    ///
    /// # Errors
    /// A sentence if it is set and not RFC 3339 with an offset.
    pub fn from_environment() -> Result<Self, String> {
        match std::env::var("TABLESETTER_NOW") {
            Ok(text) if !text.is_empty() => {
                DateTime::parse_from_rfc3339(&text).map(Self::Fixed).map_err(|_| {
                    format!("TABLESETTER_NOW is `{text}`; it is written like 2026-11-23T09:00:00+00:00")
                })
            }
            _ => Ok(Self::System),
        }
    }

    /// Now, in the lead's zone.
    #[must_use]
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => Local::now().fixed_offset(),
            Self::Fixed(now) => now,
        }
    }

    /// An instant in the lead's zone.
    #[must_use]
    pub fn local(self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Self::System => instant.with_timezone(&Local).fixed_offset(),
            Self::Fixed(now) => instant.with_timezone(now.offset()),
        }
    }

    /// A time on the lead's clock as an instant, by the rule of calendars in gap and overlap.
    #[must_use]
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Self::System => zone::to_utc(&Local, local),
            Self::Fixed(now) => zone::to_utc(now.offset(), local),
        }
    }

    /// The first instant of a local day.
    #[must_use]
    pub fn midnight(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }
}
