//! Zones of a calendar. What its VTIMEZONE says decides for its TZID (RFC 5545, 3.6.5); a name is looked up only where
//! the file describes none or describes nonsense. A name is only ever looked up in tables; no file is opened by it.

mod names;
mod observances;
mod twice;

use std::collections::HashMap;
use std::rc::Rc;

use chrono::{FixedOffset, NaiveDateTime};
use chrono_tz::Tz;

use super::lines::{Property, unescaped};
use crate::domain::bounds;
use crate::domain::meeting::Moment;
use crate::domain::zone::DescribedZone;

/// What is read of a described zone.
pub(super) const READ: [&str; 8] =
    ["BEGIN", "TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "X-LIC-LOCATION"];

/// What a zone's name stands for.
#[derive(Debug, Clone)]
pub(super) enum ZonePlace {
    /// A zone with its history.
    Zone(Tz),
    /// A zone as the file describes it.
    Own(Rc<OwnZone>),
    /// Always the same offset.
    Offset(FixedOffset),
    /// Nothing that is known; local time is meant.
    Unknown,
}

/// A zone that its file describes.
#[derive(Debug)]
pub(super) struct OwnZone {
    pub(super) zone: DescribedZone,
    /// The known zone that it is called by, and from when on the two agree.
    alike: Option<(Tz, NaiveDateTime)>,
}

impl OwnZone {
    /// A local time in the zone: by the known name where that says the same, otherwise with its offset.
    pub(super) fn moment(&self, at: NaiveDateTime) -> Option<Moment> {
        match self.alike {
            // Before that day the name has another history than the file, and the instant would move.
            Some((zone, since)) if at >= since => Some(Moment::Zoned(at, zone)),
            _ => self.zone.fixed(at).map(Moment::Fixed),
        }
    }
}

/// The lines of one VTIMEZONE.
#[derive(Debug, Default)]
pub(super) struct ZoneLines {
    /// Which calendar of the file it stands in.
    pub(super) calendar: usize,
    /// The line on which it begins.
    pub(super) line: usize,
    pub(super) properties: Vec<Property>,
}

impl ZoneLines {
    fn text(&self, name: &str) -> Option<String> {
        let found = self.properties.iter().find(|property| property.name == name);
        found.map(|property| wanted(&property.value))
    }
}

/// A zone and what is doubtful about it.
type FoundZone = (ZonePlace, Option<String>);

/// Every zone of a file.
pub(super) struct Zones {
    described: Vec<(Option<String>, ZoneLines)>,
    /// By calendar: the zone of times that name none.
    defaults: HashMap<usize, String>,
    /// The calendar that is being read.
    calendar: usize,
    known: HashMap<(usize, String), FoundZone>,
    remarks: Vec<String>,
}

impl Zones {
    pub(super) fn new(described: Vec<ZoneLines>, defaults: HashMap<usize, String>) -> Self {
        let described = described.into_iter().map(|lines| (lines.text("TZID"), lines)).collect();
        Self { described, defaults, calendar: 0, known: HashMap::new(), remarks: Vec::new() }
    }

    /// Says in which calendar of the file the names that follow stand: each has its own.
    pub(super) fn enter(&mut self, calendar: usize) {
        self.calendar = calendar;
    }

    /// What a name stands for; what is doubtful about it is kept for [`Self::take_remarks`].
    pub(super) fn find(&mut self, name: &str) -> ZonePlace {
        let key = (self.calendar, wanted(name));
        // A calendar names the same zone in thousands of events, and looking it up is not cheap.
        if !self.known.contains_key(&key) {
            let found = self.resolve(&key.1);
            self.known.insert(key.clone(), found);
        }
        let (place, remark) = self.known.get(&key).cloned().unwrap_or((ZonePlace::Unknown, None));
        self.remarks.extend(remark.filter(|remark| !self.remarks.contains(remark)));
        place
    }

    /// The zone of times that name none, if the calendar says one.
    pub(super) fn default_zone(&mut self) -> Option<ZonePlace> {
        let name = self.defaults.get(&self.calendar)?.clone();
        Some(self.find(&name))
    }

    /// What was doubtful about the zones asked for since the last time.
    pub(super) fn take_remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }

    fn resolve(&self, name: &str) -> FoundZone {
        let said = bounds::named(name);
        let described = self.described_as(name);
        // Programs built on libical write the name of the IANA here, and call the zone itself by a path.
        let location = described.and_then(|lines| lines.text("X-LIC-LOCATION"));
        let by_name = names::by_name(name);
        let known = || by_name.clone().or_else(|| names::by_name(location.as_deref()?));
        let read = described.map(|lines| observances::read(&lines.properties));
        match read {
            // The description decides even under a known name: RFC 5545 lets a file call its own zone as it
            // likes.
            Some((Some(zone), None)) => (own_zone(zone, known().as_ref()), None),
            Some((zone, fault)) => {
                let fault = fault.unwrap_or("no times");
                match (known(), zone) {
                    (Some(place), _) => {
                        let remark =
                            format!("the zone `{said}` is described with {fault}; its name is taken");
                        (place, Some(remark))
                    }
                    (None, Some(zone)) => {
                        let remark = format!(
                            "the zone `{said}` is described with {fault}; the rest of it is followed"
                        );
                        (own_zone(zone, None), Some(remark))
                    }
                    (None, None) => {
                        let remark = format!(
                            "the zone `{said}` is described with {fault}; its times are read as local"
                        );
                        (ZonePlace::Unknown, Some(remark))
                    }
                }
            }
            None => match by_name {
                Some(place) => (place, None),
                None => (
                    ZonePlace::Unknown,
                    Some(format!("the zone `{said}` is not known; its times are read as local")),
                ),
            },
        }
    }

    /// The description of a name: the last of its own calendar, else of any other in the file.
    fn described_as(&self, name: &str) -> Option<&ZoneLines> {
        let named = |is_same: &dyn Fn(&str) -> bool, is_own: bool| {
            let mut all = self.described.iter().rev();
            let found = all.find(|(id, lines)| {
                // A name means the zone of its own calendar; where files were put together, only one of them
                // may describe it.
                (lines.calendar == self.calendar) == is_own && id.as_deref().is_some_and(is_same)
            });
            found.map(|(_, lines)| lines)
        };
        let exactly = |id: &str| id == name;
        let folded = |id: &str| id.to_lowercase() == name.to_lowercase();
        named(&exactly, true).or_else(|| named(&folded, true)).or_else(|| named(&exactly, false))
    }
}

fn own_zone(zone: DescribedZone, known: Option<&ZonePlace>) -> ZonePlace {
    let alike = match known {
        Some(ZonePlace::Zone(name)) => zone.alike_since(*name).map(|since| (*name, since)),
        _ => None,
    };
    ZonePlace::Own(Rc::new(OwnZone { zone, alike }))
}

/// A name as it is compared: escapes undone, which only some writers set in the one place or the other, and quotes off.
fn wanted(name: &str) -> String {
    unescaped(name).trim().trim_matches('"').trim().to_owned()
}

pub(super) use twice::told_twice;

#[cfg(test)]
mod tests;
