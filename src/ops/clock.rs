//! Where the time comes from: the machine, or `TABLESETTER_NOW` for the whole program.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::domain::zone;

/// Where the machine says which zone it is in.
const ZONE_FILE: &str = "/etc/localtime";

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

    /// What the lead's days follow from besides the instant: as long as this text is the same, they are.
    #[must_use]
    pub fn zone_mark(self) -> String {
        match self {
            Self::System => system_zone_mark(),
            Self::Fixed(now) => format!("fixed {}", now.offset()),
        }
    }

    /// The first instant of a local day.
    #[must_use]
    pub fn midnight(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }
}

/// The zone by name and by file, and how far it is from UTC in each of the last weeks.
fn system_zone_mark() -> String {
    const WEEKS: i64 = 104;
    let name = std::env::var_os("TZ").unwrap_or_default();
    let file = std::fs::canonicalize(ZONE_FILE).ok();
    let written = file.as_ref().and_then(|file| std::fs::metadata(file).ok()?.modified().ok());
    let mut hasher = DefaultHasher::new();
    (name, file, written).hash(&mut hasher);
    let now = Utc::now();
    for week in 0..WEEKS {
        let then = now - TimeDelta::weeks(week);
        then.with_timezone(&Local).offset().local_minus_utc().hash(&mut hasher);
    }
    format!("zone {:016x}", hasher.finish())
}
