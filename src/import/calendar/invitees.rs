//! Who is invited to how many events of a calendar: by this the lead is found among them, since a calendar is somebody's
//! and seldom says whose.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::EventLines;
use super::event::invited::{full_name, is_address, mail};
use crate::domain::bounds;
use crate::domain::words::fold;

/// So many of them are kept, those who are invited most.
const KEPT: usize = 50;
/// So many addresses are told apart; the lead's is among the first of them.
const COUNTED: usize = 20_000;
const NAME: usize = 200;

/// One who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Invitee {
    address: String,
    /// The first name that stood with it; empty without one.
    name: String,
    events: usize,
}

/// Those who are invited to the events of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Invitees {
    people: Vec<Invitee>,
    /// What the calendar calls itself, which often is whose it is.
    calendars: Vec<String>,
    /// Events that anybody is invited to.
    events: usize,
    /// The line on which the first of them says no.
    pub declined: Option<usize>,
}

impl Invitees {
    /// Counts them.
    pub(super) fn of(blocks: &[EventLines], calendars: Vec<String>) -> Self {
        let mut found = Self { calendars, ..Self::default() };
        let mut places = HashMap::new();
        for block in blocks {
            found.count(block, &mut places);
        }
        found.in_order();
        found
    }

    fn count(&mut self, block: &EventLines, places: &mut HashMap<String, usize>) {
        // A single day of a series is no event more, or a weekly meeting would outweigh all others.
        let is_day_of_series = block.properties.iter().any(|(_, property)| property.name == "RECURRENCE-ID");
        let mut seen = HashSet::new();
        for (line, property) in &block.properties {
            if !["ATTENDEE", "ORGANIZER"].contains(&property.name.as_str()) {
                continue;
            }
            let param = |name: &str| property.param(name).unwrap_or_default().to_uppercase();
            let address = bounds::within(&mail(property), NAME).to_owned();
            let is_somebody = !matches!(param("CUTYPE").as_str(), "ROOM" | "RESOURCE" | "GROUP")
                && !address.ends_with("resource.calendar.google.com");
            let is_person = is_somebody && is_address(&address) && !address.ends_with("calendar.google.com");
            // Also of whoever has no address: that somebody declined is what makes it matter who the lead is. A room that
            // is taken declines as well, and is nobody.
            if param("PARTSTAT") == "DECLINED" && is_somebody && self.declined.is_none() {
                self.declined = Some(*line);
            }
            if !is_person || seen.contains(&address) {
                continue;
            }
            let name = full_name(property).filter(|name| !is_address(name)).unwrap_or_default();
            let name = bounds::within(name, NAME);
            let count = usize::from(!is_day_of_series);
            match places.get(&address) {
                Some(place) => self.people[*place].add(count, name),
                None if places.len() < COUNTED => {
                    places.insert(address.clone(), self.people.len());
                    self.people.push(Invitee {
                        address: address.clone(),
                        name: name.to_owned(),
                        events: count,
                    });
                }
                None => {}
            }
            seen.insert(address);
        }
        self.events += usize::from(!is_day_of_series && !seen.is_empty());
    }

    fn in_order(&mut self) {
        // Stable: of those who are invited alike, whoever came first.
        self.people.sort_by_key(|person| std::cmp::Reverse(person.events));
        self.people.truncate(KEPT);
    }

    /// Together with those of another calendar of the same lead.
    pub fn join(&mut self, other: Self) {
        for person in other.people {
            match self.people.iter_mut().find(|known| known.address == person.address) {
                Some(known) => known.add(person.events, &person.name),
                None => self.people.push(person),
            }
        }
        self.in_order();
        self.calendars.extend(other.calendars);
        self.calendars.truncate(KEPT);
        self.events += other.events;
        self.declined = self.declined.or(other.declined);
    }

    /// All of them, address before name.
    pub fn invited(&self) -> Vec<Vec<String>> {
        self.people.iter().map(Invitee::told).collect()
    }

    /// Who the lead may be, address before name; nothing where nobody stands out.
    pub fn lead(&self) -> Vec<String> {
        for calendar in &self.calendars {
            let is_called = |person: &&Invitee| {
                person.address == calendar.trim().to_lowercase()
                    || (!person.name.is_empty() && fold(&person.name) == fold(calendar))
            };
            if let Some(person) = self.people.iter().find(is_called) {
                return person.told();
            }
        }
        let (first, second) = (self.people.first(), self.people.get(1));
        // The owner of a calendar is invited to most of it; who merely shares a few meetings is not.
        let stands_out = |first: &&Invitee| {
            first.events >= 2
                && first.events * 2 >= self.events
                && second.is_none_or(|second| second.events < first.events)
        };
        first.filter(stands_out).map(Invitee::told).unwrap_or_default()
    }
}

impl Invitee {
    fn add(&mut self, events: usize, name: &str) {
        self.events += events;
        if self.name.is_empty() {
            name.clone_into(&mut self.name);
        }
    }

    fn told(&self) -> Vec<String> {
        [&self.address, &self.name].into_iter().filter(|text| !text.is_empty()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::import::calendar::{OwnNames, read_calendar};

    fn invitees(head: &str, events: &[&[&str]]) -> super::Invitees {
        let event = |(number, lines): (usize, &&[&str])| {
            let lines = lines.join("\n");
            format!("BEGIN:VEVENT\nUID:{number}\nDTSTART:20261124T100000Z\n{lines}\nEND:VEVENT\n")
        };
        let events: String = events.iter().enumerate().map(event).collect();
        let text = format!("BEGIN:VCALENDAR\n{head}{events}END:VCALENDAR\n");
        read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap().invitees
    }

    const ROBIN: &str = "ATTENDEE;CN=Robin Vale:mailto:Robin@x.example";
    const MAYA: &str = "ATTENDEE;CN=Maya Lind;PARTSTAT=DECLINED:mailto:maya@x.example";
    const ROOM: &str = "ATTENDEE;CUTYPE=ROOM;CN=Blue:mailto:blue@x.example";

    #[test]
    fn the_lead_is_whoever_is_invited_to_most() {
        let robin = ["robin@x.example".to_owned(), "Robin Vale".to_owned()];
        let found = invitees("", &[&[MAYA, ROBIN, ROOM], &[ROBIN, ROOM], &[ROOM]]);
        assert_eq!((found.lead(), found.declined), (robin.to_vec(), Some(5)));
        let organizer = "ORGANIZER:MAILTO:robin@X.example";
        assert_eq!(invitees("", &[&[MAYA, ROBIN], &[organizer, ROOM]]).lead(), robin);
        assert_eq!(invitees("", &[&[MAYA, ROBIN], &[MAYA, ROBIN]]).lead(), [""; 0], "two stand out alike");
        assert_eq!(invitees("", &[&[ROBIN]]).lead(), [""; 0], "one meeting says nothing");
        let taken = ROOM.replace("CN=Blue", "PARTSTAT=DECLINED");
        assert_eq!(invitees("", &[&[ROOM], &[&taken]]).declined, None, "a room that is taken is nobody");
        let day = "RECURRENCE-ID:20261124T100000Z";
        assert_eq!(invitees("", &[&[MAYA, day], &[MAYA, day], &[MAYA]]).lead(), [""; 0]);
    }

    #[test]
    fn a_calendar_that_bears_a_name_is_theirs() {
        let both = [&[MAYA, ROBIN][..], &[MAYA]];
        for named in ["maya@x.example", "MAYA LIND", "Work", ""] {
            let found = invitees(&format!("X-WR-CALNAME:{named}\n"), &both).lead();
            assert_eq!(found, ["maya@x.example", "Maya Lind"], "{named}");
        }
        assert_eq!(invitees("X-WR-CALNAME:Robin Vale\n", &both).lead()[0], "robin@x.example");
    }

    #[test]
    fn several_files_are_counted_together() {
        let mut found = invitees("", &[&[ROBIN]]);
        found.join(invitees("", &[&[MAYA, ROBIN]]));
        assert_eq!((found.lead()[0].as_str(), found.declined), ("robin@x.example", Some(5)));
    }
}
