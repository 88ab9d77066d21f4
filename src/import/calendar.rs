//! Calendar files (iCalendar) to events: every event stands for itself, so one odd line never costs
//! more than the event it is in.
//!
//! Events are grouped by UID; the highest sequence number wins among copies, later ones among equals.
//! A file that is empty, a web page or holds no event is an error, so that nothing is deleted for it.

mod event;
mod group;
mod lines;
mod times;
mod zones;

use std::collections::HashMap;

use crate::domain::bounds;
use crate::domain::meeting::{CalendarEvent, MeetingStatus};
use event::RawEvent;
use lines::{Line, Property};
use zones::Zones;

/// What a calendar file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarImport {
    /// Events by UID, in the order of the file.
    pub events: Vec<CalendarEvent>,
    /// What was not understood.
    pub problems: Vec<CalendarProblem>,
    /// Every block was closed; what a file that was cut off does not name may still be there.
    pub is_whole: bool,
}

/// Something in a calendar file that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarProblem {
    /// The event's UID; empty if not known.
    pub uid: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// What was made of it.
    pub message: String,
}

/// Why a file is no calendar; nothing may be changed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No bytes but white space.
    #[error("the calendar is empty; nothing was changed")]
    Empty,
    /// A web page, most often the log-in page of the server.
    #[error("this is a web page, perhaps a log-in page, and no calendar; nothing was changed")]
    Html,
    /// Text of another kind.
    #[error("this is no iCalendar file; nothing was changed")]
    NotCalendar,
    /// A calendar without a single event that can be read.
    #[error("the calendar holds no event that can be read; nothing was changed")]
    NoEvents,
}

/// Reads a calendar.
///
/// # Errors
/// [`CalendarError`] when there is no event to be had.
pub fn read_calendar(bytes: &[u8]) -> Result<CalendarImport, CalendarError> {
    if bytes.trim_ascii().is_empty() || bytes == b"\xEF\xBB\xBF" {
        return Err(CalendarError::Empty);
    }
    if super::text::looks_like_html(bytes) {
        return Err(CalendarError::Html);
    }
    let lines = lines::unfold(bytes);
    let mut blocks = Blocks::default();
    for line in &lines {
        blocks.add(line);
    }
    blocks.close(lines.last().map_or(1, |line| line.number));
    if !blocks.is_calendar {
        return Err(CalendarError::NotCalendar);
    }
    let mut problems = blocks.problems;
    let mut zones = Zones::new(blocks.zones);
    let mut raw: Vec<RawEvent> = Vec::new();
    let (called_off, told): (Vec<&Block>, _) =
        blocks.events.iter().partition(|block| block.is_bare_call_off());
    for block in told {
        raw.extend(event::read(block, &mut zones, &mut problems));
    }
    let mut events = group::group(raw);
    for block in called_off {
        if !call_off(&mut events, &block.uid()) {
            let message = "an event of another file is called off, its start not said; left out".to_owned();
            problems.push(CalendarProblem { uid: block.uid(), line: block.line, message });
        }
    }
    if events.is_empty() {
        return Err(CalendarError::NoEvents);
    }
    problems.sort_by_key(|problem| problem.line);
    Ok(CalendarImport { events, problems, is_whole: blocks.is_whole })
}

/// Marks an event as called off; false if it is not there.
fn call_off(events: &mut [CalendarEvent], uid: &str) -> bool {
    let found = events.iter_mut().find(|event| event.uid == uid);
    found.map(|event| event.spec.status = MeetingStatus::Cancelled).is_some()
}

/// The lines of one event.
struct Block {
    line: usize,
    properties: Vec<(usize, Property)>,
    /// The calendar around it says that it is called off.
    is_cancelled: bool,
}

/// Calendars that answer an invitation and say nothing about the event itself.
const ANSWERS: [&str; 4] = ["REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"];

/// Cuts a file into events and zones, keeping count of what is nested.
#[derive(Default)]
struct Blocks {
    is_calendar: bool,
    method: String,
    open_calendars: usize,
    event: Option<Block>,
    zone: Option<Vec<Property>>,
    nested: usize,
    events: Vec<Block>,
    zones: HashMap<String, Vec<Property>>,
    problems: Vec<CalendarProblem>,
    is_whole: bool,
}

impl Blocks {
    fn add(&mut self, line: &Line) {
        let Some(property) = Property::read(&line.text) else {
            self.odd_line(line);
            return;
        };
        if line.is_cut && event::may_be_long(&property.name) {
            let message = format!("a line of more than {}; its end was left out", bounds::size(bounds::CELL));
            self.remark(line.number, message);
        }
        match property.name.as_str() {
            "BEGIN" => self.begin(&property, line.number),
            "END" => self.end(&property),
            "METHOD" if self.event.is_none() => self.method = property.value.trim().to_uppercase(),
            _ => self.keep(property, line.number),
        }
    }

    fn odd_line(&mut self, line: &Line) {
        self.remark(line.number, "a line without a name and a value; passed over".to_owned());
    }

    /// Tells of a line of the event that is being read; what is nested in one is not read.
    fn remark(&mut self, line: usize, message: String) {
        if let Some(event) = self.event.as_ref().filter(|_| self.nested == 0) {
            self.problems.push(CalendarProblem { uid: event.uid(), line, message });
        }
    }

    fn keep(&mut self, mut property: Property, line: usize) {
        if event::is_text(&property.name)
            && let Some(message) = bounds::too_long(property.value.len(), bounds::TEXT, "a text")
        {
            property.value.truncate(property.value.floor_char_boundary(bounds::TEXT));
            self.remark(line, format!("{}: {message}; the rest was left out", property.name));
        }
        if let Some(zone) = self.zone.as_mut() {
            zone.push(property);
        } else if let Some(event) = self.event.as_mut().filter(|_| self.nested == 0) {
            event.properties.push((line, property));
        }
    }

    fn begin(&mut self, property: &Property, line: usize) {
        let kind = property.value.trim().to_uppercase();
        match kind.as_str() {
            "VEVENT" => {
                self.is_calendar = true;
                self.drop_open(line);
                self.event =
                    Some(Block { line, properties: Vec::new(), is_cancelled: self.method == "CANCEL" });
                self.nested = 0;
            }
            "VCALENDAR" => {
                self.is_calendar = true;
                self.method.clear();
                self.open_calendars += 1;
                self.drop_open(line);
                self.zone = None;
            }
            "VTIMEZONE" if self.event.is_none() => self.zone = Some(Vec::new()),
            _ if self.event.is_some() && self.nested == bounds::DEPTH => self.drop_nest(line),
            _ if self.event.is_some() => self.nested += 1,
            _ => self.keep(Property::named("BEGIN", &kind), line),
        }
    }

    fn end(&mut self, property: &Property) {
        match property.value.trim().to_uppercase().as_str() {
            "VEVENT" => {
                let event = self.event.take();
                self.events.extend(event.filter(|_| !ANSWERS.contains(&self.method.as_str())));
                self.nested = 0;
            }
            "VTIMEZONE" => {
                let zone = self.zone.take().unwrap_or_default();
                if let Some(id) = zone.iter().find(|property| property.name == "TZID") {
                    self.zones.insert(id.value.trim().to_owned(), zone);
                }
            }
            "VCALENDAR" => self.open_calendars = self.open_calendars.saturating_sub(1),
            _ => self.nested = self.nested.saturating_sub(1),
        }
    }

    /// An event that never ends is not taken: half of it may be missing.
    fn drop_open(&mut self, line: usize) {
        if let Some(event) = self.event.take() {
            let message = format!("the event that begins on line {} never ends; left out", event.line);
            self.problems.push(CalendarProblem { uid: event.uid(), line, message });
        }
    }

    fn drop_nest(&mut self, line: usize) {
        if let Some(event) = self.event.take() {
            let message =
                format!("more than {} blocks within each other; the event was left out", bounds::DEPTH);
            self.problems.push(CalendarProblem { uid: event.uid(), line, message });
        }
    }

    fn close(&mut self, line: usize) {
        self.is_whole = self.event.is_none() && self.open_calendars == 0;
        self.drop_open(line);
    }
}

impl Block {
    /// It calls an event off without saying more of it than its UID.
    fn is_bare_call_off(&self) -> bool {
        let has = |name: &str| self.properties.iter().any(|(_, property)| property.name == name);
        self.is_cancelled && !has("DTSTART") && !has("RECURRENCE-ID")
    }

    fn uid(&self) -> String {
        let uid = self.properties.iter().find(|(_, property)| property.name == "UID");
        uid.map_or(String::new(), |(_, property)| property.value.trim().to_owned())
    }
}

#[cfg(test)]
mod tests;
