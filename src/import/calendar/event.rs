//! One block of lines to one event, changed occurrence or call-off.

use std::collections::HashSet;

use super::lines::Property;
use super::times::{self, duration, minutes_between, moments};
use super::zones::{ZonePlace, Zones};
use super::{CalendarProblem, EventLines, Problems};
use crate::domain::bounds::{self, MOMENTS, NAMES};
use crate::domain::meeting::{EventSpec, MeetingStatus, Moment};
use crate::domain::rule::Rule;
use crate::domain::zone::DescribedZone;

/// An event as one block tells it.
pub(super) struct RawEvent {
    pub(super) uid: String,
    pub(super) spec: EventSpec,
    /// Which occurrence of a series it changes.
    pub(super) changes: Option<Moment>,
    pub(super) rule: String,
    pub(super) extra: Vec<Moment>,
    pub(super) except: Vec<Moment>,
    /// The zone of its start, where only the file describes it.
    pub(super) zone: Option<DescribedZone>,
}

/// So many bytes of a name are kept.
const NAME: usize = 1 << 10;

/// Where the place of a meeting may stand, the first that says something counts.
const PLACES: [&str; 5] =
    ["LOCATION", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "URL"];
/// Lists of which each item is short, however many there are.
const LISTS: [&str; 4] = ["ATTENDEE", "ORGANIZER", "RDATE", "EXDATE"];

/// What else is read of an event.
const READ: [&str; 7] = ["DTSTART", "DTEND", "DURATION", "STATUS", "SEQUENCE", "RECURRENCE-ID", "EXRULE"];

/// True if a property is read at all.
pub(super) fn is_known(name: &str) -> bool {
    may_be_long(name) || READ.contains(&name)
}

/// True if a property may stand there many times.
pub(super) fn is_list(name: &str) -> bool {
    LISTS.contains(&name)
}

/// True if the value of a property is kept as one text.
pub(super) fn is_text(name: &str) -> bool {
    ["UID", "SUMMARY", "RRULE"].contains(&name) || PLACES.contains(&name)
}

/// True if a property says something that is kept and may be long; what is not read may be as long as it likes.
pub(super) fn may_be_long(name: &str) -> bool {
    is_text(name) || LISTS.contains(&name)
}

/// Collects what a block says.
struct EventReader<'a> {
    block: &'a EventLines,
    uid: String,
    zones: &'a mut Zones,
    problems: &'a mut Problems,
}

/// Reads a block; `None` (with a problem) if it says no start.
pub(super) fn read(block: &EventLines, zones: &mut Zones, problems: &mut Problems) -> Option<RawEvent> {
    zones.enter(block.calendar);
    let mut reader = EventReader { block, uid: block.uid(), zones, problems };
    let changes = reader.one_moment("RECURRENCE-ID");
    // A change that moves nothing may only say which occurrence it changes; that is its start.
    let Some(start) = reader.one_moment("DTSTART").or_else(|| changes.clone()) else {
        reader.problem(block.line, "an event without a start that can be read; left out");
        reader.zones.take_remarks();
        return None;
    };
    let title = reader.text("SUMMARY").split_whitespace().collect::<Vec<_>>().join(" ");
    if reader.uid.is_empty() {
        // Without one, each import would bring the event in anew.
        reader.uid = made_uid(&title, &start);
    }
    let minutes = reader.minutes(&start);
    let zone = reader.own_zone(&start);
    let spec = EventSpec {
        title: if title.is_empty() { "(no title)".to_owned() } else { title },
        start,
        minutes,
        attendees: reader.attendees(),
        location: reader.location(),
        status: reader.status(),
        sequence: reader.text("SEQUENCE").parse().unwrap_or(0),
    };
    let (extra, except) = (reader.all_moments("RDATE"), reader.all_moments("EXDATE"));
    let rule = reader.rule();
    reader.warn_of_what_is_left_out();
    Some(RawEvent { uid: reader.uid, spec, changes, rule, extra, except, zone })
}

/// An id for events that have none: the same for the same title and start.
fn made_uid(title: &str, start: &Moment) -> String {
    format!("no-uid-{}-{}", times::wall(start).format("%Y%m%dT%H%M"), title)
}

impl<'a> EventReader<'a> {
    fn all(&self, name: &'static str) -> impl Iterator<Item = &'a (usize, Property)> + use<'a> {
        self.block.properties.iter().filter(move |(_, property)| property.name == name)
    }

    fn text(&self, name: &'static str) -> String {
        self.all(name).next().map_or(String::new(), |(_, property)| property.text())
    }

    fn problem(&mut self, line: usize, message: &str) {
        let uid = bounds::within(&self.uid, super::LONG).to_owned();
        self.problems.push(CalendarProblem { uid, line, message: message.to_owned() });
    }

    /// The zone that a start with an offset stands in: the rule runs on its clock.
    fn own_zone(&mut self, start: &Moment) -> Option<DescribedZone> {
        let (_, property) = self.all("DTSTART").next()?;
        let is_utc = property.value.trim().ends_with(['Z', 'z']);
        match times::place(property, self.zones) {
            Some(ZonePlace::Own(own)) if matches!(start, Moment::Fixed(_)) && !is_utc => {
                (!own.zone.is_constant()).then(|| own.zone.clone())
            }
            _ => None,
        }
    }

    fn one_moment(&mut self, name: &'static str) -> Option<Moment> {
        self.all_moments(name).into_iter().next()
    }

    fn all_moments(&mut self, name: &'static str) -> Vec<Moment> {
        let mut found = Vec::new();
        for (line, property) in self.all(name) {
            let left = MOMENTS.saturating_sub(found.len());
            if self.block.count(name) > super::LIST_LINES || moments(property).nth(left).is_some() {
                let message = format!("more than {MOMENTS} days in {name}; those from here on were left out");
                self.problem(*line, &message);
            }
            let mut unread = None;
            for text in moments(property).take(left) {
                match times::moment(text, property, self.zones) {
                    Some(moment) => found.push(moment),
                    None => unread = unread.or(Some(text)),
                }
            }
            if let Some(text) = unread {
                let text = bounds::named(text);
                self.problem(*line, &format!("`{text}` is no time that can be read; passed over"));
            }
            if left == 0 {
                break;
            }
            for remark in self.zones.take_remarks() {
                self.problem(*line, &remark);
            }
        }
        found
    }

    /// How long it takes: by its end, by its length, or what the standard says for neither.
    fn minutes(&mut self, start: &Moment) -> i64 {
        // RFC 5545, 3.6.1: without end and length, a day takes that day and a time takes none.
        let usual = if matches!(start, Moment::Day(_)) { 1440 } else { 0 };
        let length = self.all("DURATION").next();
        let minutes = match (self.one_moment("DTEND"), length) {
            (Some(end), _) => minutes_between(start, &end),
            (None, Some((line, property))) => duration(&property.value).unwrap_or_else(|| {
                self.problem(*line, "a length that cannot be read; none is taken");
                usual
            }),
            (None, None) => usual,
        };
        if minutes < 0 {
            self.problem(self.block.line, "it ends before it begins; no length is taken");
        }
        // The end of a whole day is the day after. Some exporters write the day itself, which would leave no
        // length at all.
        if minutes < usual { usual } else { minutes }
    }

    fn status(&self) -> MeetingStatus {
        match self.text("STATUS").to_uppercase().as_str() {
            _ if self.block.is_cancelled => MeetingStatus::Cancelled,
            "CANCELLED" | "CANCELED" => MeetingStatus::Cancelled,
            "TENTATIVE" => MeetingStatus::Tentative,
            _ => MeetingStatus::Confirmed,
        }
    }

    /// Place, or the link to the call.
    fn location(&self) -> String {
        PLACES.into_iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Those invited and the one who invites, by name; rooms and the addresses of calendars left out.
    fn attendees(&mut self) -> Vec<String> {
        let (mut names, mut mails): (HashSet<String>, HashSet<String>) = (HashSet::new(), HashSet::new());
        let mut found = Vec::new();
        // Whoever invites stands under ORGANIZER only in some files, and under both in others.
        for (line, property) in self.all("ATTENDEE").chain(self.all("ORGANIZER")) {
            let kind = property.param("CUTYPE").unwrap_or_default().to_uppercase();
            let mail = address(&property.value);
            let is_person =
                // Google invites rooms and whole calendars by addresses of its own, without saying that they
                // are no people.
                !matches!(kind.as_str(), "ROOM" | "RESOURCE") && !mail.ends_with("calendar.google.com");
            let name = property.param("CN").map(str::trim).filter(|name| !name.is_empty());
            let name = name.map_or_else(|| local_part(&mail), local_part);
            let folded = name.to_ascii_lowercase();
            // By name and by address: the same person comes with two addresses, or once without a name.
            if !is_person || name.is_empty() || names.contains(&folded) || mails.contains(&mail) {
                continue;
            }
            if found.len() == NAMES {
                let all = self.block.count("ATTENDEE");
                self.problem(*line, &format!("{all} are invited; the first {NAMES} were kept"));
                break;
            }
            found.push(bounds::within(name, NAME).to_owned());
            names.insert(folded);
            if !mail.is_empty() {
                mails.insert(mail);
            }
        }
        found
    }

    fn rule(&mut self) -> String {
        let mut rules = self.all("RRULE");
        let Some((line, property)) = rules.next() else { return String::new() };
        // The rule is kept as it stands, so that a later version that understands it needs no new import.
        if let Err(error) = property.value.parse::<Rule>() {
            self.problem(*line, &format!("{error}; only its first meeting is shown"));
        }
        if let Some((line, _)) = rules.next() {
            self.problem(*line, "a second rule for one event; only the first is followed");
        }
        property.value.trim().to_owned()
    }

    fn warn_of_what_is_left_out(&mut self) {
        if let Some((line, _)) = self.all("EXRULE").next() {
            self.problem(*line, "a rule of exceptions; not followed");
        }
        let changed = self.all("RECURRENCE-ID").next();
        if let Some((line, _)) = changed.filter(|(_, property)| property.param("RANGE").is_some()) {
            self.problem(*line, "a change of this and all that follow; taken for this one only");
        }
    }
}

/// `MAILTO:Ana@x` as `ana@x`.
fn address(value: &str) -> String {
    let value = value.trim().to_lowercase();
    value.rsplit_once("mailto:").map_or(value.as_str(), |(_, mail)| mail).trim().to_owned()
}

/// What stands before the `@` of an address; a name as it is.
fn local_part(name: &str) -> &str {
    match name.split_once('@') {
        Some((local, host)) if !local.contains(' ') && host.contains('.') => local,
        _ => name,
    }
}
