//! Names of zones in calendars: IANA, Windows, display names, vendors' paths, and zones that only the
//! file describes. A name is only ever looked up in tables; no file is opened by it.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::{OffsetComponents, Tz};

use super::lines::Property;
use crate::domain::bounds;

/// What is read of a described zone.
pub(super) const READ: [&str; 6] = ["BEGIN", "TZID", "DTSTART", "TZOFFSETTO", "RRULE", "X-LIC-LOCATION"];

/// What a zone's name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZonePlace {
    /// A zone with its history.
    Zone(Tz),
    /// Always the same offset.
    Offset(FixedOffset),
    /// Nothing that is known; local time is meant.
    Unknown,
}

/// Zones tried for one that only the file describes, the best known first.
const COMMON: [Tz; 18] = [
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Athens,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Los_Angeles,
    Tz::America__Anchorage,
    Tz::America__Halifax,
    Tz::America__St_Johns,
    Tz::America__Santiago,
    Tz::America__Asuncion,
    Tz::Australia__Sydney,
    Tz::Australia__Adelaide,
    Tz::Pacific__Auckland,
    Tz::Asia__Jerusalem,
    Tz::Atlantic__Azores,
    Tz::Africa__Cairo,
];
/// The year by which zones are compared.
const YEAR: i32 = 2025;

/// Every zone of a file.
pub(super) struct Zones {
    described: HashMap<String, Vec<Property>>,
    known: HashMap<String, (ZonePlace, Option<String>)>,
    remarks: Vec<String>,
}

impl Zones {
    pub(super) fn new(described: HashMap<String, Vec<Property>>) -> Self {
        Self { described, known: HashMap::new(), remarks: Vec::new() }
    }

    /// What a name stands for; what is doubtful about it is kept for [`Self::take_remarks`].
    pub(super) fn find(&mut self, name: &str) -> ZonePlace {
        let name = name.trim();
        if !self.known.contains_key(name) {
            let found = self.resolve(name);
            self.known.insert(name.to_owned(), found);
        }
        let (place, remark) = self.known.get(name).cloned().unwrap_or((ZonePlace::Unknown, None));
        self.remarks.extend(remark.filter(|remark| !self.remarks.contains(remark)));
        place
    }

    /// What was doubtful about the zones asked for since the last time.
    pub(super) fn take_remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }

    fn resolve(&self, name: &str) -> (ZonePlace, Option<String>) {
        if let Some(zone) = by_name(name) {
            return (ZonePlace::Zone(zone), None);
        }
        let Some(described) = self.described.get(name) else {
            return (
                ZonePlace::Unknown,
                Some(format!("the zone `{}` is not known; its times are read as local", bounds::named(name))),
            );
        };
        let location = described.iter().find(|property| property.name == "X-LIC-LOCATION");
        if let Some(zone) = location.and_then(|property| by_name(property.value.trim())) {
            return (ZonePlace::Zone(zone), None);
        }
        by_description(name, described)
    }
}

fn by_name(name: &str) -> Option<Tz> {
    if name.len() > 200 {
        return None;
    }
    if let Ok(zone) = Tz::from_str(name) {
        return Some(zone);
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    // Vendors put a path before the name, `/freeassociation.sourceforge.net/Europe/Berlin`; names have up to
    // three parts, `America/Argentina/Salta`.
    let ends = (1..=3)
        .rev()
        .filter_map(|length| parts.len().checked_sub(length).map(|from| parts[from..].join("/")));
    // The last word of a path alone could be an old alias of a whole country, such as `Cuba` or `Eire`.
    if let Some(zone) = ends.filter(|end| end.contains('/')).find_map(|end| Tz::from_str(&end).ok()) {
        return Some(zone);
    }
    if let Ok(zone) = Tz::from_str(&name.replacen('_', "/", 1)) {
        return Some(zone);
    }
    match calcard::common::timezone::Tz::from_str(name) {
        Ok(calcard::common::timezone::Tz::Tz(zone)) => Some(zone),
        _ => None,
    }
}

/// The part of a described zone that holds for some months.
struct ZonePart {
    is_daylight: bool,
    begin: String,
    offset: Option<i32>,
    month: Option<u32>,
}

fn by_description(name: &str, described: &[Property]) -> (ZonePlace, Option<String>) {
    let parts = parts(described);
    let latest = |is_daylight: bool| {
        // A description may carry its whole history. Days are written largest part first, so the latest text is
        // the latest day.
        parts.iter().filter(|part| part.is_daylight == is_daylight).max_by(|a, b| a.begin.cmp(&b.begin))
    };
    let offset = |part: &ZonePart| part.offset.and_then(FixedOffset::east_opt);
    // A zone that only describes its summer has no other time.
    let (standard, daylight) = (latest(false).or_else(|| latest(true)), latest(true));
    let Some(fixed) = standard.and_then(offset) else {
        return (
            ZonePlace::Unknown,
            Some(format!("the zone `{}` has no offset; its times are read as local", bounds::named(name))),
        );
    };
    match (standard, daylight) {
        (Some(standard), Some(daylight)) if daylight.offset != standard.offset => {
            match COMMON.into_iter().find(|zone| is_like(*zone, standard, daylight)) {
                Some(zone) => (
                    ZonePlace::Zone(zone),
                    Some(format!(
                        "the zone `{}` is of the file's own making; taken as {zone}",
                        bounds::named(name)
                    )),
                ),
                None => (
                    ZonePlace::Offset(fixed),
                    Some(format!(
                        "the zone `{}` is of the file's own making; taken as {fixed} all year",
                        bounds::named(name)
                    )),
                ),
            }
        }
        _ => (ZonePlace::Offset(fixed), None),
    }
}

fn parts(described: &[Property]) -> Vec<ZonePart> {
    let mut parts: Vec<ZonePart> = Vec::new();
    for property in described {
        let value = property.value.trim();
        if property.name == "BEGIN" {
            let is_daylight = value == "DAYLIGHT";
            parts.push(ZonePart { is_daylight, begin: String::new(), offset: None, month: None });
        }
        let Some(part) = parts.last_mut() else { continue };
        match property.name.as_str() {
            "DTSTART" => {
                value.clone_into(&mut part.begin);
                part.month = part.month.or_else(|| value.get(4..6)?.parse().ok());
            }
            "TZOFFSETTO" => part.offset = offset_seconds(value),
            "RRULE" => part.month = by_month(value).or(part.month),
            _ => {}
        }
    }
    parts
}

fn by_month(rule: &str) -> Option<u32> {
    rule.to_uppercase().split(';').find_map(|part| part.strip_prefix("BYMONTH=")?.parse().ok())
}

/// `+0200` or `-034152` in seconds; nothing beyond a day.
fn offset_seconds(value: &str) -> Option<i32> {
    let (sign, digits) = match value.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |text| text.parse::<i32>().ok());
    let seconds = part(0)? * 3600 + part(2)? * 60 + part(4)?;
    (digits.len() >= 4 && seconds < 86_400).then_some(sign * seconds)
}

/// The same two offsets, changing in the same months.
fn is_like(zone: Tz, standard: &ZonePart, daylight: &ZonePart) -> bool {
    let changes = |part: &ZonePart| {
        let month = part.month?;
        // The change lies within its month, so the firsts around it have the two offsets, whichever Sunday it
        // is on.
        let next = if month == 12 { (YEAR + 1, 1) } else { (YEAR, month + 1) };
        Some((offset_at(zone, YEAR, month)?, offset_at(zone, next.0, next.1)?))
    };
    let to_standard = standard.offset.zip(daylight.offset).map(|(to, from)| (from, to));
    let to_daylight = standard.offset.zip(daylight.offset);
    changes(standard) == to_standard && changes(daylight) == to_daylight
}

/// The offset on the first of a month, in seconds.
fn offset_at(zone: Tz, year: i32, month: u32) -> Option<i32> {
    let day = NaiveDate::from_ymd_opt(year, month, 1)?;
    let offset = zone.offset_from_utc_datetime(&day.and_time(NaiveTime::MIN));
    i32::try_from((offset.base_utc_offset() + offset.dst_offset()).num_seconds()).ok()
}
