//! Calendar files (iCalendar) to events: every event stands for itself, so one odd line never costs
//! more than the event it is in.
//!
//! Events are grouped by UID; the highest sequence number wins among copies, later ones among equals.
//! A file that is empty, a web page or holds no event is an error, so that nothing is deleted for it.

mod called_off;
mod event;
mod group;
mod invitees;
mod joined;
mod left_out;
mod lines;
mod problems;
mod times;
mod values;
mod zones;

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

use crate::domain::bounds;
use crate::domain::matching::words;
use crate::domain::meeting::CalendarEvent;
use crate::domain::words::fold;
use event::RawEvent;
pub use group::{SeriesChange, start_alone};
pub use invitees::Invitees;
use lines::{IcsLine, Property};
pub use problems::CalendarProblem;
use problems::{LONG, Problems};
use zones::{ZoneLines, Zones};

/// What a calendar file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarImport {
    /// Events by UID, in the order of the file.
    pub events: Vec<CalendarEvent>,
    /// The line on which each of them begins; none where files were put together.
    pub lines: Vec<usize>,
    /// What was not understood.
    pub problems: Vec<CalendarProblem>,
    /// It is a whole calendar: every block was closed, and it is no message about some events. What a file that was cut
    /// off does not name may still be there.
    pub is_whole: bool,
    /// UIDs of events that the file has and that were left out.
    pub left_out: Vec<String>,
    /// Which of its events change a series that is not in it.
    #[serde(default)]
    pub of_series: Vec<SeriesChange>,
    /// Who is invited, as long as nobody said which of them the lead is.
    pub invitees: Invitees,
    /// What the calendar calls itself; empty where it does not, and where several files were put together.
    #[serde(default)]
    pub name: String,
    /// UIDs of what messages tell of, as mails do: a message is no calendar that has the event.
    #[serde(default)]
    pub told_by_message: HashSet<String>,
    /// UIDs of what this program wrote out itself.
    #[serde(default)]
    pub own_export: HashSet<String>,
}

/// Why a file is no calendar; nothing may be changed for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// A calendar without a single event that can be read, and the first thing that stood in the way of one.
    #[error("the calendar holds no event that can be read; nothing was changed{0}")]
    NoEvents(String),
    /// Nothing but somebody's answer to an invitation.
    #[error("this answers an invitation and says nothing of the meeting itself; nothing was changed")]
    Answer,
}

/// The lead's own names and addresses.
pub struct OwnNames {
    folded: Vec<String>,
    /// The words of each, in one order.
    words: Vec<Vec<String>>,
}

impl OwnNames {
    pub fn new(names: &[String]) -> Self {
        let folded = names.iter().map(|name| fold(name)).collect();
        // One word alone may be in many names.
        let words = names.iter().map(|name| words(name)).filter(|words| words.len() > 1).collect();
        Self { folded, words }
    }

    /// True for one of them, whatever the order of its words, and with what directories put behind a name in brackets.
    pub fn has(&self, name: &str) -> bool {
        let bare = || words(name.split('(').next().unwrap_or_default());
        !name.is_empty() && (self.folded.contains(&fold(name)) || self.words.contains(&bare()))
    }

    fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }
}

/// Reads a calendar; `own` tells whose answer to an invitation is the lead's.
///
/// # Errors
/// [`CalendarError`] when there is no event to be had.
pub fn read_calendar(bytes: &[u8], own: &OwnNames) -> Result<CalendarImport, CalendarError> {
    check_is_text(bytes)?;
    let (head, is_cut) = super::text::within_a_file(bytes);
    let head = lines::recoded(head);
    let mut blocks = Blocks::default();
    let mut last = 1;
    for line in lines::unfold(&head) {
        last = line.number;
        blocks.add(&line);
        if blocks.is_full() {
            break;
        }
    }
    blocks.close(last, is_cut);
    if !blocks.is_calendar {
        return Err(CalendarError::NotCalendar);
    }
    let mut problems = Problems::default();
    zones::told_twice(&blocks.zones, &mut problems);
    let mut zones = Zones::new(std::mem::take(&mut blocks.zones), std::mem::take(&mut blocks.default_zones));
    let mut raw: Vec<RawEvent> = Vec::new();
    // A cancellation need not say more than the UID (RFC 5546, 3.2.5). It has no start to be an event by, so it
    // is applied when all events are known, wherever it stands in the file.
    let (called_off, told): (Vec<&EventLines>, _) =
        blocks.events.iter().partition(|block| block.is_bare_call_off());
    for block in told {
        raw.extend(event::read(block, own, &mut zones, &mut problems));
    }
    let group::Grouped { mut events, lines, mut of_series } = group::group(raw, &mut problems);
    called_off::call_off(&mut events, &called_off, &mut problems);
    let problems = std::mem::take(&mut blocks.problems).with(problems);
    if events.is_empty() {
        return Err(blocks.without_events(&problems));
    }
    let left_out = problems.iter().filter(|problem| problem.is_left_out && !problem.uid.is_empty());
    let left_out = left_out.map(|problem| problem.uid.clone()).collect();
    let is_whole = blocks.is_whole;
    for change in &mut of_series {
        (change.is_of_part, change.is_added) = (!is_whole, blocks.method == "ADD");
    }
    let uids = |are: bool| events.iter().filter(|_| are).map(|event| event.uid.clone()).collect();
    let (told_by_message, own_export) = (uids(blocks.is_message), uids(!blocks.own_product.is_empty()));
    let name = blocks.calendar_names.first().map_or("", |name| bounds::within(name.trim(), LONG)).to_owned();
    let invitees = blocks.invitees(own);
    Ok(CalendarImport {
        events,
        lines,
        problems,
        is_whole,
        left_out,
        of_series,
        invitees,
        name,
        told_by_message,
        own_export,
    })
}

/// Refuses what a download that failed leaves: an empty file, one with nothing but the mark of its encoding, a web page.
fn check_is_text(bytes: &[u8]) -> Result<(), CalendarError> {
    if bytes.trim_ascii().is_empty() || bytes == b"\xEF\xBB\xBF" {
        return Err(CalendarError::Empty);
    }
    if super::text::looks_like_html(bytes) { Err(CalendarError::Html) } else { Ok(()) }
}

/// The lines of one event.
struct EventLines {
    line: usize,
    /// Which calendar of the file it stands in.
    calendar: usize,
    properties: Vec<(usize, Property)>,
    /// The calendar around it says that it is called off.
    is_cancelled: bool,
    /// It is one more day of an event that is known (RFC 5546, 3.2.4).
    is_added: bool,
    /// How many lines of each name there are; those beyond what is kept are only counted.
    counts: HashMap<String, usize>,
}

/// Calendars that answer an invitation and say nothing about the event itself.
/// A reply names only whoever answers (RFC 5546, 3.2.3): taken for the event, it would empty the list of those
/// invited.
const ANSWERS: [&str; 4] = ["REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"];

/// What a calendar that this program wrote begins its PRODID with.
const OWN_PRODUCT: &str = "-//Tablesetter//";

/// Cuts a file into events and zones, keeping count of what is nested.
#[derive(Default)]
struct Blocks {
    is_calendar: bool,
    method: String,
    /// It tells of some events, as mails do, and not of a whole calendar (RFC 5546, 1.4).
    is_message: bool,
    open_calendars: usize,
    event: Option<EventLines>,
    /// How many calendars began; a file may hold several, each with its own zones.
    calendar: usize,
    zone: Option<ZoneLines>,
    nested: usize,
    events: Vec<EventLines>,
    zones: Vec<ZoneLines>,
    /// By calendar: the zone of times that name none.
    default_zones: HashMap<usize, String>,
    /// What the calendars call themselves.
    calendar_names: Vec<String>,
    /// What wrote it out, if this program did.
    own_product: String,
    /// How many answers to invitations were left out.
    answers: usize,
    problems: Problems,
    is_whole: bool,
}

impl Blocks {
    fn add(&mut self, line: &IcsLine) {
        let Some(property) = Property::read(&line.text) else {
            self.odd_line(line);
            return;
        };
        if line.has_nul {
            let message = "a byte that is no letter (NUL) stands in this line; left out of it".to_owned();
            self.problems.push(CalendarProblem::on(String::new(), line.number, message));
        }
        if line.is_cut && event::may_be_long(&property.name) {
            let message = format!("a line of more than {}; its end was left out", bounds::size(bounds::CELL));
            self.note(line.number, message);
        }
        match property.name.as_str() {
            "BEGIN" => self.begin(&property, line.number),
            "END" => self.end(&property),
            // No property of the standard, but most servers say by it which zone times without one are in.
            "X-WR-TIMEZONE" if self.event.is_none() && self.zone.is_none() => {
                self.default_zones.entry(self.calendar).or_insert(property.value);
            }
            "X-WR-CALNAME" if self.event.is_none() && self.calendar_names.len() < ZONES => {
                self.calendar_names.push(property.text());
            }
            "PRODID" if self.event.is_none() => {
                if property.value.trim().starts_with(OWN_PRODUCT) {
                    self.own_product = property.value;
                }
            }
            // Within an event it is a property of an extension, and would turn the rest of the file into
            // answers.
            "METHOD" if self.event.is_none() => {
                self.method = property.value.trim().to_uppercase();
                self.is_message |= self.method != "PUBLISH";
            }
            _ => self.keep(property, line.number),
        }
    }

    fn odd_line(&mut self, line: &IcsLine) {
        self.note(line.number, "a line without a name and a value; passed over".to_owned());
    }

    /// Tells of a line of the event that is being read; what is nested in one is not read.
    fn note(&mut self, line: usize, message: String) {
        if let Some(event) = self.event.as_ref().filter(|_| self.nested == 0) {
            let uid = bounds::within(event.known_uid(), LONG).to_owned();
            self.problems.push(CalendarProblem::on(uid, line, message));
        }
    }

    fn keep(&mut self, mut property: Property, line: usize) {
        if event::is_text(&property.name)
            && let Some(message) = bounds::too_long(property.value.len(), bounds::TEXT, "a text")
        {
            property.value.truncate(property.value.floor_char_boundary(bounds::TEXT));
            self.note(line, format!("{}: {message}; the rest was left out", property.name));
        }
        if let Some(zone) = self.zone.as_mut() {
            let is_read = zones::READ.contains(&property.name.as_str());
            if is_read && zone.properties.len() < ZONE_LINES {
                zone.properties.push(property);
            }
        } else if let Some(event) = self.event.as_mut().filter(|_| self.nested == 0) {
            event.keep(line, property);
        }
    }

    fn begin(&mut self, property: &Property, line: usize) {
        let kind = property.value.trim().to_uppercase();
        match kind.as_str() {
            "VEVENT" => {
                self.is_calendar = true;
                self.drop_open(line);
                self.event = Some(EventLines::new(line, self.calendar, &self.method));
                self.nested = 0;
            }
            "VCALENDAR" => {
                self.is_calendar = true;
                // Each calendar of a file has a method of its own.
                self.method.clear();
                self.calendar += 1;
                self.open_calendars += 1;
                self.drop_open(line);
                self.zone = None;
            }
            "VTIMEZONE" if self.event.is_none() => {
                self.zone = Some(ZoneLines { calendar: self.calendar, line, properties: Vec::new() });
            }
            _ if self.event.is_some() && self.nested == bounds::DEPTH => self.drop_nest(line),
            // Alarms within an event have properties of the same names, which must not be taken for its own.
            _ if self.event.is_some() => self.nested += 1,
            // The parts of a zone are kept in one list, and are told apart by where each begins.
            _ => self.keep(Property::named("BEGIN", &kind), line),
        }
    }

    fn end(&mut self, property: &Property) {
        match property.value.trim().to_uppercase().as_str() {
            "VEVENT" => {
                let (event, is_answer) = (self.event.take(), ANSWERS.contains(&self.method.as_str()));
                self.answers += usize::from(is_answer);
                self.events.extend(event.filter(|_| !is_answer));
                self.nested = 0;
            }
            "VTIMEZONE" => {
                let room = ZONES.saturating_sub(self.zones.len());
                self.zones.extend(self.zone.take().into_iter().take(room));
            }
            "VCALENDAR" => self.open_calendars = self.open_calendars.saturating_sub(1),
            _ => self.nested = self.nested.saturating_sub(1),
        }
    }

    /// An event that never ends is not taken: half of it may be missing.
    fn drop_open(&mut self, line: usize) {
        if let Some(event) = self.event.take() {
            let message = format!("the event that begins on line {} never ends; left out", event.line);
            self.problems.push(CalendarProblem::event_left_out(event.uid(), line, message));
        }
    }

    fn drop_nest(&mut self, line: usize) {
        if let Some(event) = self.event.take() {
            let message =
                format!("more than {} blocks within each other; the event was left out", bounds::DEPTH);
            self.problems.push(CalendarProblem::event_left_out(event.uid(), line, message));
        }
    }

    /// Why there is no event to be had.
    fn without_events(&self, problems: &[CalendarProblem]) -> CalendarError {
        match problems.first() {
            None if self.answers > 0 => CalendarError::Answer,
            None => CalendarError::NoEvents(String::new()),
            Some(first) => CalendarError::NoEvents(format!(". Line {}: {}", first.line, first.message)),
        }
    }

    /// Who is invited, where it is not known who of them the lead is.
    fn invitees(self, own: &OwnNames) -> Invitees {
        if own.is_empty() { Invitees::of(&self.events, self.calendar_names) } else { Invitees::default() }
    }

    /// An event begins that is one more than is taken.
    fn is_full(&self) -> bool {
        self.events.len() == bounds::EVENTS && self.event.is_some()
    }

    /// The file ends here, or as much of it as is read.
    fn close(&mut self, line: usize, is_cut: bool) {
        let why = if self.is_full() {
            Some(format!("the file has more than {} events", bounds::EVENTS))
        } else {
            is_cut.then(|| format!("the file is larger than {}", bounds::size(bounds::FILE)))
        };
        self.is_whole = !self.is_message && why.is_none() && self.event.is_none() && self.open_calendars == 0;
        if let Some(why) = why {
            let line = self.event.take().map_or(line, |event| event.line);
            let message =
                format!("{why}; what stands from here on was left out: split the file and import the rest");
            self.problems.end = Some(CalendarProblem::event_left_out(String::new(), line, message));
        }
        self.drop_open(line);
    }
}

/// So many zones that a file describes are kept, and of each so many lines; the longest known has half of that.
const ZONES: usize = 200;
const ZONE_LINES: usize = 2_000;
/// So many lines with the same name are kept of one event: all that count of a list, and of the others one more, so
/// that a second can be told.
const LIST_LINES: usize = 5_000;
const LINES: usize = 2;

impl EventLines {
    fn new(line: usize, calendar: usize, method: &str) -> Self {
        let (is_cancelled, is_added) = (method == "CANCEL", method == "ADD");
        Self { line, calendar, properties: Vec::new(), is_cancelled, is_added, counts: HashMap::new() }
    }

    /// Keeps a line that is read later; of the others nothing.
    fn keep(&mut self, line: usize, property: Property) {
        if !event::is_known(&property.name) {
            return;
        }
        let most = if event::is_list(&property.name) { LIST_LINES } else { LINES };
        let count = self.counts.entry(property.name.clone()).or_default();
        *count += 1;
        if *count <= most {
            self.properties.push((line, property));
        }
    }

    /// How many lines of a name the event has.
    fn count(&self, name: &str) -> usize {
        self.counts.get(name).copied().unwrap_or(0)
    }

    fn known_uid(&self) -> &str {
        let uid = self.properties.iter().find(|(_, property)| property.name == "UID");
        uid.map_or("", |(_, property)| property.value.trim())
    }

    /// It calls an event off without saying more of it than its UID.
    fn is_bare_call_off(&self) -> bool {
        let has = |name: &str| self.properties.iter().any(|(_, property)| property.name == name);
        self.is_cancelled && !has("DTSTART") && !has("RECURRENCE-ID")
    }

    fn uid(&self) -> String {
        self.known_uid().to_owned()
    }
}

#[cfg(test)]
mod tests;
