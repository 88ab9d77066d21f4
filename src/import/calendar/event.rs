//! One block of lines to one event, changed occurrence or call-off.

pub(super) mod invited;
mod series;
mod whole_days;

use super::called_off::MarkedTitle;
use super::lines::Property;
use super::problems::{CalendarProblem, Problems};
use super::times::{self, minutes_between};
use super::values::{duration, moments};
use super::zones::{ZonePlace, Zones};
use super::{EventLines, OwnNames};
use crate::domain::bounds::{self, MOMENTS};
use crate::domain::meeting::{EventSpec, MeetingStatus, Moment, ShowsAs};
use crate::domain::words::fold;
use crate::domain::zone::DescribedZone;
use invited::Invited;

/// An event as one block tells it.
pub(super) struct RawEvent {
    pub(super) uid: String,
    pub(super) spec: EventSpec,
    /// The line on which it begins.
    pub(super) line: usize,
    /// Which occurrence of a series it changes.
    pub(super) changes: Option<Moment>,
    /// It changes all that follow, too.
    pub(super) is_following: bool,
    pub(super) rule: String,
    pub(super) extra: Vec<Moment>,
    pub(super) except: Vec<Moment>,
    /// Added starts with a length of their own, in minutes.
    pub(super) periods: Vec<(Moment, i64)>,
    /// The zone of its start, where only the file describes it.
    pub(super) zone: Option<DescribedZone>,
}

/// Where the place of a meeting may stand, the first that says something counts.
const PLACES: [&str; 5] =
    ["LOCATION", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "URL"];
/// Lists of which each item is short, however many there are.
const LISTS: [&str; 6] = ["ATTENDEE", "ORGANIZER", "RDATE", "EXDATE", "RRULE", "EXRULE"];

/// What else is read of an event.
const READ: [&str; 10] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "STATUS",
    "SEQUENCE",
    "RECURRENCE-ID",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-GOOGLE-EVENT-TYPE",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
];
/// Titles under which somebody is away, where the calendar says it in no other way.
const AWAY: [&str; 8] = [
    "out of office",
    "ooo",
    "abwesend",
    "nicht im Büro",
    "absent du bureau",
    "fuera de la oficina",
    "afwezig",
    "fuori ufficio",
];

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
    ["UID", "SUMMARY", "RRULE", "EXRULE"].contains(&name) || PLACES.contains(&name)
}

/// True if a property says something that is kept and may be long; what is not read may be as long as it likes.
pub(super) fn may_be_long(name: &str) -> bool {
    is_text(name) || LISTS.contains(&name)
}

/// Collects what a block says.
struct EventReader<'a> {
    block: &'a EventLines,
    uid: String,
    own: &'a OwnNames,
    zones: &'a mut Zones,
    problems: &'a mut Problems,
}

/// Reads a block; `None` (with a problem) if it says no start.
pub(super) fn read(
    block: &EventLines,
    own: &OwnNames,
    zones: &mut Zones,
    problems: &mut Problems,
) -> Option<RawEvent> {
    zones.enter(block.calendar);
    let mut reader = EventReader { block, uid: block.uid(), own, zones, problems };
    let mut changes = reader.one_moment("RECURRENCE-ID");
    if changes.is_none() && block.count("RECURRENCE-ID") > 0 {
        // Taken for the event itself, it would stand in place of the whole series.
        reader.left_out("a change of one day that does not say which (RECURRENCE-ID); left out");
        reader.zones.take_remarks();
        return None;
    }
    // A change that moves nothing may only say which occurrence it changes; that is its start.
    let Some(start) = reader.one_moment("DTSTART").or_else(|| changes.clone()) else {
        reader.left_out("an event without a start that can be read; left out");
        // Doubts about its zones are no remark on an event that is not there.
        reader.zones.take_remarks();
        return None;
    };
    if block.is_added {
        changes = changes.or_else(|| Some(start.clone()));
    }
    let title = reader.text("SUMMARY").split_whitespace().collect::<Vec<_>>().join(" ");
    let MarkedTitle { title, is_called_off, is_declined } = MarkedTitle::of(title);
    if reader.uid.is_empty() {
        // Without one, each import would bring the event in anew. Of the title without what calls it off, or a
        // cancelled event would come in beside the one that it ends.
        reader.uid = made_uid(&title, &start);
    }
    let minutes = reader.minutes(&start);
    let zone = reader.own_zone(&start);
    let mut invited = reader.attendees();
    invited.has_declined |= is_declined;
    let spec = EventSpec {
        shows_as: if invited.has_declined { ShowsAs::Declined } else { reader.shows_as(&title, &invited) },
        title: if title.is_empty() { "(no title)".to_owned() } else { title },
        start,
        minutes,
        attendees: invited.names,
        location: reader.location(),
        status: if is_called_off { MeetingStatus::Cancelled } else { reader.status() },
        sequence: reader.text("SEQUENCE").parse().unwrap_or(0),
    };
    let (extra, except) = (reader.all_moments("RDATE"), reader.all_moments("EXDATE"));
    let periods = reader.periods(spec.minutes);
    let rule = reader.rules(&spec.start);
    let is_following = reader.is_following();
    let whole_days = reader.text("X-MICROSOFT-CDO-ALLDAYEVENT").eq_ignore_ascii_case("TRUE");
    let (uid, line) = (reader.uid, block.line);
    let mut event = RawEvent { uid, spec, line, changes, is_following, rule, extra, except, periods, zone };
    if whole_days && !matches!(event.spec.start, Moment::Day(_)) {
        event.take_whole_days();
    }
    Some(event)
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
        let uid = bounds::within(&self.uid, super::problems::LONG).to_owned();
        self.problems.push(CalendarProblem::on(uid, line, message.to_owned()));
    }

    /// Tells that the whole event is left out.
    fn left_out(&mut self, message: &str) {
        let uid = bounds::within(&self.uid, super::problems::LONG).to_owned();
        let title = bounds::named(&self.text("SUMMARY"));
        let named = if title.is_empty() { message.to_owned() } else { format!("“{title}” is {message}") };
        self.problems.push(CalendarProblem::event_left_out(uid, self.block.line, named));
    }

    /// The zone that a start with an offset stands in: the rule runs on its clock.
    fn own_zone(&mut self, start: &Moment) -> Option<DescribedZone> {
        let (_, property) = self.all("DTSTART").next()?;
        let is_utc = property.value.trim().ends_with(['Z', 'z']);
        let place = times::place(property, self.zones);
        // What is doubtful about it was told with the start.
        self.zones.take_remarks();
        match place {
            Some(ZonePlace::Own(own)) if matches!(start, Moment::Fixed(_)) && !is_utc => {
                // With one offset at all times the instants say everything, and no clock is needed.
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
            // RFC 5546, 3.2.5: a calendar that cancels does so for each event in it, whatever the event itself
            // says.
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

    /// What it makes of the lead's time. Away and working from somewhere are no meetings, unless others are invited:
    /// who visits a client shows as away, too.
    fn shows_as(&self, title: &str, invited: &Invited) -> ShowsAs {
        let title = fold(title);
        let said = |name: &'static str| self.text(name).to_uppercase();
        let (busy, kind) = (said("X-MICROSOFT-CDO-BUSYSTATUS"), said("X-GOOGLE-EVENT-TYPE"));
        // Where it is not known who of them the lead is, a single one is taken for the lead.
        let is_alone = invited.names.len() <= usize::from(!invited.names_the_lead);
        let is_away = busy == "OOF" || AWAY.iter().any(|known| fold(known) == title);
        // What a calendar says of the kind of an event goes before what its title may mean.
        match (kind.as_str(), busy.as_str()) {
            ("WORKINGLOCATION", _) => ShowsAs::WorkingLocation,
            ("OUTOFOFFICE", _) => ShowsAs::OutOfOffice,
            (_, "WORKINGELSEWHERE") if is_alone => ShowsAs::WorkingLocation,
            _ if is_away && is_alone => ShowsAs::OutOfOffice,
            ("FOCUSTIME", _) | (_, "FREE") => ShowsAs::Free,
            _ if said("TRANSP") == "TRANSPARENT" => ShowsAs::Free,
            _ => ShowsAs::Busy,
        }
    }
}
