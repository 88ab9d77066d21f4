//! Where the time comes from: the machine, or `TABLESETTER_NOW` for the whole program. `TZ` is the lead's zone
//! in either case: an instant can be fixed, a zone is where somebody is. Days that are over are told as they were for
//! the lead then, whatever zone that was.

mod lead_zone;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::day::day_near;
use crate::domain::meeting::Moment;
use crate::domain::zone::{self, Present, Whereabouts, ZoneHistory, ZonesBefore};

/// Where an instant and the present zone come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Source {
    /// The machine's clock and zone.
    System,
    /// One moment for ever, in one offset.
    Fixed(DateTime<FixedOffset>),
    /// One moment for ever, in the zone of the machine.
    FixedInZone(DateTime<Utc>),
}

/// The lead's clock, present zone, and the zones before it. It is a zone itself, for whoever reads calendars by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    source: Source,
    /// The zone behind a bare offset, where the history tells it.
    told: Option<Whereabouts>,
    before: ZonesBefore,
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
        let Some(text) = now else { return Ok(Self::system()) };
        let now = DateTime::parse_from_rfc3339(text).map_err(|_| {
            format!("TABLESETTER_NOW is `{text}`; it is written like 2026-11-23T09:00:00+00:00")
        })?;
        // An offset holds for one season; days of the other half of the year need the zone, where one is named.
        Ok(if names_zone { Self::from(Source::FixedInZone(now.to_utc())) } else { Self::fixed(now) })
    }

    /// The machine's clock and zone.
    pub fn system() -> Self {
        Source::System.into()
    }

    /// One moment for ever, in one offset.
    pub fn fixed(now: DateTime<FixedOffset>) -> Self {
        Source::Fixed(now).into()
    }

    /// Learns where the lead was before, and when something was written last.
    pub fn learn(&mut self, history: &ZoneHistory, newest: Option<DateTime<Utc>>) {
        let present = Present { zone: self.whereabouts(), now: self.now().to_utc(), newest };
        self.told = history.still(&present);
        self.before = history.before(&present);
    }

    /// The present zone, by its name where it is known.
    pub fn whereabouts(&self) -> Whereabouts {
        match self.source {
            Source::System | Source::FixedInZone(_) => lead_zone::of_machine(self.now().to_utc()),
            Source::Fixed(now) => Whereabouts::Offset(*now.offset()),
        }
    }

    /// Now, in the lead's zone.
    pub fn now(&self) -> DateTime<FixedOffset> {
        match self.source {
            Source::System => Local::now().fixed_offset(),
            Source::Fixed(now) => now,
            Source::FixedInZone(now) => now.with_timezone(&Local).fixed_offset(),
        }
    }

    /// An instant as the lead's clock showed it then, or will in the present zone.
    pub fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        if let Some(then) = self.before.local(instant) {
            return then;
        }
        match (self.source, self.told) {
            (Source::System | Source::FixedInZone(_), _) => instant.with_timezone(&Local).fixed_offset(),
            (Source::Fixed(_), Some(zone)) => zone.local(instant),
            (Source::Fixed(now), None) => instant.with_timezone(now.offset()),
        }
    }

    /// The day on which an instant lies for the lead: in Tokyo a morning is still yesterday by UTC.
    pub fn day_of(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.local(instant).date_naive()
    }

    /// A time on the lead's clock as an instant, by the rule of calendars in gap and overlap.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let now = || self.now().to_utc();
        match (self.source, self.told) {
            (Source::System | Source::FixedInZone(_), _) => self.before.to_utc(local, &Local, now),
            (Source::Fixed(_), Some(Whereabouts::Named(zone))) => self.before.to_utc(local, &zone, now),
            (Source::Fixed(at), _) => self.before.to_utc(local, at.offset(), now),
        }
    }

    /// A moment as people read it, on the lead's clock whatever zone it is written in: `Tue 24 Nov 10:00`, with its year
    /// where that is another.
    pub fn said(&self, moment: &Moment) -> String {
        let at = match moment {
            Moment::Day(day) => return day_near(*day, self.now().date_naive()),
            Moment::Floating(local) => *local,
            Moment::Zoned(local, zone) => self.local(zone::to_utc(zone, *local)).naive_local(),
            Moment::Fixed(instant) => self.local(instant.to_utc()).naive_local(),
        };
        format!("{} {}", day_near(at.date(), self.now().date_naive()), at.format("%H:%M"))
    }

    /// True if two moments are the same for the lead, whatever zones they are written in.
    pub fn is_same(&self, one: &Moment, other: &Moment) -> bool {
        let at = |moment: &Moment| match moment {
            // A whole day is not the same as a meeting that begins at its midnight.
            Moment::Day(day) => (true, self.midnight(*day)),
            Moment::Floating(local) => (false, self.instant(*local)),
            Moment::Zoned(local, zone) => (false, zone::to_utc(zone, *local)),
            Moment::Fixed(instant) => (false, instant.to_utc()),
        };
        at(one) == at(other)
    }

    /// The first instant of a local day.
    pub fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }
}

impl From<Source> for Clock {
    fn from(source: Source) -> Self {
        Self { source, told: None, before: ZonesBefore::default() }
    }
}
