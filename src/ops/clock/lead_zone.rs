//! The lead's clock as a zone, and the name of the zone that the machine is in.

use chrono::{
    DateTime, FixedOffset, Local, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

use super::Clock;
use crate::domain::zone::Whereabouts;

/// The zone of the machine: by `TZ` or the system's own name for it where that tells its clock rightly, otherwise the
/// offset that its clock has at an instant.
pub fn of_machine(now: DateTime<Utc>) -> Whereabouts {
    let shown = |at: DateTime<Utc>| *at.with_timezone(&Local).fixed_offset().offset();
    let said = std::env::var("TZ").ok().and_then(|name| Whereabouts::named_as(&name, now, shown));
    let named = || Whereabouts::named_as(&iana_time_zone::get_timezone().ok()?, now, shown);
    said.or_else(named).unwrap_or_else(|| Whereabouts::Offset(shown(now)))
}

impl TimeZone for Clock {
    type Offset = FixedOffset;

    /// What a time with an offset alone knows of the clock it is from.
    fn from_offset(offset: &FixedOffset) -> Self {
        Self::fixed(DateTime::UNIX_EPOCH.with_timezone(offset))
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<FixedOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        // Of gap and overlap `instant` has decided already; what a flight skipped has an offset between the two.
        let east = (local.and_utc() - self.instant(*local)).num_seconds();
        let offset = i32::try_from(east).ok().and_then(FixedOffset::east_opt);
        offset.map_or(MappedLocalTime::None, MappedLocalTime::Single)
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> FixedOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        *self.local(utc.and_utc()).offset()
    }
}
