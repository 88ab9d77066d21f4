//! One request with all that touches it.

use super::books::Fact;
use super::import::is_message;
use super::queue::QueueRow;
use super::{Desk, OpsError, team};
use crate::domain::allocation::Allocation;
use crate::domain::day;
use crate::domain::document::COVERED;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::HeldShare;
use crate::domain::load::held::ShareHours;
use crate::domain::load::left::LeftOfRequest;
use crate::domain::meeting::{Meeting, OccurrenceKey};
use crate::domain::person::{Absence, Person};
use crate::domain::record::RecordKey;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::request::Request;
use crate::store::{Operation, StoreError, Table};

/// How much of the past is shown.
const HISTORY: u32 = 12;

/// What touches a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestDetail {
    /// The request as the queue sees it.
    pub row: QueueRow,
    /// Who holds how much of it, when.
    pub allocations: Vec<(String, Allocation)>,
    /// What is left of it, share by share.
    pub left: LeftOfRequest,
    /// What it is a part of.
    pub parent: Option<Request>,
    /// Requests that name this one as their parent.
    pub parts: Vec<Request>,
    /// What happened to it, newest first.
    pub history: Vec<Operation>,
    /// Records that touch it.
    pub links: Vec<Fact>,
    /// Questions about what is missing, ready to paste.
    pub questions: String,
    /// The readiness from which work of its tier is complete enough to begin.
    pub ready_at: u8,
}

/// What touches a person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonDetail {
    /// The person with the contracts.
    pub person: Person,
    /// When they are away, the latest first.
    pub absences: Vec<Absence>,
    /// What they hold of open requests, by last day.
    pub shares: Vec<(HeldShare, ShareHours)>,
    /// What happened to the record, newest first.
    pub history: Vec<Operation>,
}

/// A meeting with what touches it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingDetail {
    /// The meeting itself, at its time in the lead's zone.
    pub meeting: Meeting,
    /// Reflections of its series, oldest first.
    pub entries: Vec<ReflectionEntry>,
    /// Decisions, promises and links.
    pub links: Vec<Fact>,
    /// The calendars that have it.
    pub sources: Vec<String>,
    /// What of its series is not shown, in a sentence.
    pub left_out: Option<String>,
}

/// So many days around a meeting are looked at for others of its series that are not shown.
const AROUND: i64 = 14;

impl Desk {
    /// Gathers what touches a meeting.
    ///
    /// # Errors
    /// When there is none, or the store cannot be read.
    pub fn meeting_detail(&self, key: &OccurrenceKey) -> Result<MeetingDetail, OpsError> {
        self.check_shown(&key.clone().into())?;
        let mut meeting = self.meeting(key)?;
        if self.is_presenting {
            meeting.leave_out_plan();
        }
        let mut entries = self.entries()?;
        entries.retain(|entry| entry.series == meeting.series);
        let links = self.links_of(&RecordKey::Meeting(meeting.key.clone()), &self.books()?)?;
        let mut row = self.store.meeting(key.meeting)?;
        row.sources.retain(|name| !is_message(name));
        let on = meeting.start.date_naive();
        let left_out =
            self.left_out_of(&[&row.event], (day::plus(on, -AROUND), day::plus(on, AROUND))).of_one();
        Ok(MeetingDetail { meeting, entries, links, sources: row.sources, left_out })
    }

    /// Gathers what touches a person.
    ///
    /// # Errors
    /// When there is none, or the store cannot be read.
    pub fn person_detail(&self, id: PersonId) -> Result<PersonDetail, OpsError> {
        let person = self.store.people()?.into_iter().find(|person| person.id == id);
        let person = person.ok_or_else(|| StoreError::Missing(id.to_string()))?;
        let mut absences = self.store.absences()?;
        absences.retain(|absence| absence.person == id);
        // The store gives them by their days, the oldest first.
        absences.reverse();
        let held = self.work()?.1.left.into_values().flat_map(|left| left.shares);
        let mut shares: Vec<_> = held.filter(|(share, _)| share.allocation.person == id).collect();
        shares.sort_by_key(|(share, _)| (share.allocation.to, share.allocation.id));
        if self.is_presenting {
            let private = self.private_keys()?;
            for (share, _) in &mut shares {
                if private.has(&share.allocation.request.into()) {
                    // The title alone: hours that are taken are taken, whoever looks on.
                    COVERED.clone_into(&mut share.title);
                }
            }
        }
        let history = self.shown_operations(self.store.operations_on(Table::Person, id.0, HISTORY)?)?;
        Ok(PersonDetail { person, absences, shares, history })
    }

    /// Gathers what touches a request.
    ///
    /// # Errors
    /// When there is none, or the store cannot be read.
    pub fn request_detail(&self, id: RequestId) -> Result<RequestDetail, OpsError> {
        let row = self.row(id)?;
        let people = self.store.people()?;
        let left = self.work()?.1.left.remove(&id).unwrap_or_default();
        let allocations = self.store.allocations_of(id)?;
        let allocations = allocations
            .into_iter()
            .map(|allocation| (team::handle(&people, allocation.person), allocation))
            .collect();
        // What others may not see is not told as a whole or a part of this either.
        let private = self.private_keys()?;
        let is_shown = |request: &Request| !(self.is_presenting && private.has(&request.id.into()));
        let parent = row.request.parent.map(|parent| self.store.request(parent)).transpose()?;
        let mut parts = self.store.parts_of(id)?;
        parts.retain(is_shown);
        let questions = crate::domain::readiness::questions(&row.request, &row.readiness);
        // Of the tier that its words suggest as long as none is set, as everywhere where a tier is needed.
        let ready_at = self.config.tiers.of(row.request.tier.unwrap_or(row.tier_guess)).ready_at;
        Ok(RequestDetail {
            ready_at,
            parent: parent.filter(is_shown),
            parts,
            links: self.links_of(&id.into(), &self.books()?)?,
            history: self.shown_operations(self.store.operations_on(Table::Request, id.0, HISTORY)?)?,
            questions,
            allocations,
            left,
            row,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::MeetingKind;
    use crate::domain::record::Kind;
    use crate::ops::kit::{away, change, day, desk_at, entry, give, hours, meet, request, studio};

    #[test]
    fn a_request_tells_its_whole_its_parts_and_who_holds_what() {
        let mut desk = studio();
        let whole = request(&mut desk, "Launch t3 ~40h due:fri");
        let part = request(&mut desk, "Film t3 ~8h due:fri");
        // Only an import makes parts of a whole.
        let stamp = desk.stamp();
        let set = desk.store.change(stamp, |tx| {
            let child = Request { parent: Some(whole), ..tx.request(part)? };
            tx.put_request(&child).map(|()| ((), "Made a part".to_owned()))
        });
        set.unwrap();
        give(&mut desk, part, "bo", 3);
        let detail = desk.request_detail(part).unwrap();
        assert_eq!(detail.parent.map(|parent| parent.id), Some(whole));
        assert_eq!(detail.allocations[0].0, "bo");
        assert_eq!(detail.left.minutes(), hours(8), "three with Bo, five with nobody");
        assert_eq!((detail.ready_at, detail.history.len()), (50, 3), "made, made a part, and given");
        assert_eq!(desk.request_detail(whole).unwrap().parts[0].id, part);
        assert!(desk.request_detail(RequestId(9)).is_err());
    }

    #[test]
    fn only_the_last_twelve_changes_are_told_the_newest_first() {
        let mut desk = studio();
        let id = request(&mut desk, "Film");
        for hours in 1..=14 {
            change(&mut desk, id, &format!("~{hours}h"));
        }
        let history = desk.request_detail(id).unwrap().history;
        assert_eq!((history.len(), history[0].label.as_str()), (12, "Edited R-1 Film: estimate 13h → 14h"));
    }

    #[test]
    fn a_person_tells_absences_from_the_latest_and_shares_from_the_first_to_end() {
        let mut desk = studio();
        away(&mut desk, "ana", "2026-12-01", "2026-12-02");
        away(&mut desk, "ana", "2026-12-21", "2026-12-23");
        away(&mut desk, "bo", "2026-12-24", "2026-12-24");
        let late = request(&mut desk, "Series t3 ~8h due:2026-12-11 @ana");
        let soon = request(&mut desk, "Film t3 ~8h due:fri @ana");
        request(&mut desk, "Poster t3 ~8h due:fri @bo");
        let detail = desk.person_detail(PersonId(1)).unwrap();
        let days: Vec<_> = detail.absences.iter().map(|absence| absence.from).collect();
        assert_eq!(days, [day("2026-12-21"), day("2026-12-01")]);
        let shares: Vec<_> = detail.shares.iter().map(|(share, _)| share.allocation.request).collect();
        assert_eq!(shares, [soon, late]);
        assert!(desk.person_detail(PersonId(9)).is_err());
    }

    #[test]
    fn a_meeting_tells_what_was_decided_and_promised_in_it() {
        let mut desk = studio();
        let board = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &["Kim"]);
        let key = board.to_string();
        entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Kim"), ("meeting", &key)]);
        entry(&mut desk, Kind::Decision, &[("question", "templates?"), ("meeting", &key)]);
        entry(&mut desk, Kind::Decision, &[("question", "print?")]);
        let links = desk.meeting_detail(&board).unwrap().links;
        let told: Vec<_> = links.iter().map(|fact| format!("{}: {}", fact.label, fact.text)).collect();
        assert_eq!(told, ["Decision: D-1 templates?", "Promise: P-1 two ways (Kim)"]);
    }

    #[test]
    fn a_meeting_tells_what_of_its_series_is_not_shown() {
        let told = |rule: &str| {
            let mut desk = desk_at("2026-11-23T09:00:00+00:00");
            let text = format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Ping\nDTSTART:20261124T100000Z\nRRULE:{rule}\nEND:VEVENT\n\
                 END:VCALENDAR\n"
            );
            desk.import_calendar("a.ics", &text).unwrap();
            desk.meeting_detail(&"M-1".parse().unwrap()).unwrap().left_out
        };
        assert_eq!(told("FREQ=WEEKLY"), None);
        assert_eq!(
            told("FREQ=MINUTELY").as_deref(),
            Some("some days have more than 24 of it; 24 of each are there")
        );
        assert_eq!(
            told("FREQ=MONTHLY;BYWEEKNO=3").as_deref(),
            Some("how it repeats cannot be followed, so only its first meeting is there")
        );
        assert_eq!(
            told("FREQ=SECONDLY;COUNT=4294967295;BYSECOND=7").as_deref(),
            Some("it repeats so often that some of its meetings are left out")
        );
    }
}
