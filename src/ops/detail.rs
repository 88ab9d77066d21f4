//! One request with all that touches it.

use super::books::Fact;
use super::queue::QueueRow;
use super::{Desk, OpsError, team};
use crate::domain::allocation::Allocation;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::HeldShare;
use crate::domain::load::held::LeftOfRequest;
use crate::domain::load::held::ShareHours;
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
    /// Its own parts.
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
    pub meeting: Meeting,
    /// Reflections of its series, oldest first.
    pub entries: Vec<ReflectionEntry>,
    /// Decisions, promises and links.
    pub links: Vec<Fact>,
}

impl Desk {
    /// Gathers what touches a meeting.
    ///
    /// # Errors
    /// When there is none, or the store cannot be read.
    pub fn meeting_detail(&self, key: &OccurrenceKey) -> Result<MeetingDetail, OpsError> {
        let meeting = self.meeting(key)?;
        let mut entries = self.entries()?;
        entries.retain(|entry| entry.series == meeting.series);
        let links = self.links_of(&RecordKey::Meeting(meeting.key.clone()), &self.books()?)?;
        Ok(MeetingDetail { meeting, entries, links })
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
        absences.reverse();
        let held = self.work()?.1.left.into_values().flat_map(|left| left.shares);
        let mut shares: Vec<_> = held.filter(|(share, _)| share.allocation.person == id).collect();
        shares.sort_by_key(|(share, _)| (share.allocation.to, share.allocation.id));
        let history = self.store.operations_on(Table::Person, id.0, HISTORY)?;
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
        let parent = row.request.parent.map(|parent| self.store.request(parent)).transpose()?;
        let questions = crate::domain::readiness::questions(&row.request, &row.readiness);
        let ready_at = self.config.tiers.of(row.request.tier.unwrap_or(row.tier_guess)).ready_at;
        Ok(RequestDetail {
            ready_at,
            parent,
            parts: self.store.parts_of(id)?,
            links: self.links_of(&id.into(), &self.books()?)?,
            history: self.store.operations_on(Table::Request, id.0, HISTORY)?,
            questions,
            allocations,
            left,
            row,
        })
    }
}
