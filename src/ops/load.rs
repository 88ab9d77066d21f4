//! The load of the team, drawn from what is stored.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::Desk;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::capacity::Team;
use crate::domain::load::{LoadGrid, LoadModel, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::request::Request;
use crate::store::{Store, StoreError};

/// People and when they are away, read once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamData {
    /// People and roles.
    pub people: Vec<Person>,
    /// Their absences.
    pub absences: Vec<Absence>,
    /// Days off for everybody.
    pub holidays: Vec<Holiday>,
}

impl TeamData {
    /// Reads them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        Ok(Self { people: store.people()?, absences: store.absences()?, holidays: store.holidays()? })
    }

    /// As the rules want it.
    #[must_use]
    pub fn team(&self) -> Team<'_> {
        Team { people: &self.people, absences: &self.absences, holidays: &self.holidays }
    }

    /// The person with an id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// One piece of work in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellWork {
    /// For which request.
    pub request: RequestId,
    /// Its title.
    pub title: String,
    /// What falls into the cell.
    pub minutes: Minutes,
    /// All of it, and its window.
    pub item: WorkItem,
}

/// Builds the model of the open requests given; the allocations are read.
pub(super) fn model(
    desk: &Desk,
    team: &TeamData,
    requests: &[Request],
    days: Range<NaiveDate>,
) -> Result<LoadModel, StoreError> {
    let rules = desk.rules();
    let by_id: HashMap<RequestId, &Request> = requests.iter().map(|request| (request.id, request)).collect();
    let allocations = desk.store.allocations_since(days.start.min(desk.today()))?;
    let work = |allocation| {
        by_id.get(&allocation_request(allocation)).map(|request| rules.work(allocation, request))
    };
    let items: Vec<WorkItem> = allocations.iter().filter_map(work).collect();
    Ok(LoadModel::new(&team.team(), items, desk.today(), days))
}

const fn allocation_request(allocation: &crate::domain::allocation::Allocation) -> RequestId {
    allocation.request
}

impl Desk {
    /// The grid of some days with the people in it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load(&self, from: NaiveDate, days: usize) -> Result<(LoadGrid, Vec<Person>), StoreError> {
        let to = crate::domain::day::plus(from, i64::try_from(days).unwrap_or(0));
        let model = self.load_model(from, to)?;
        Ok((model.grid(from, days), self.store.people()?))
    }

    /// What lies on one person between two days, the largest first.
    ///
    /// # Errors
    /// When the person is not there or the store cannot be read.
    pub fn cell_work(
        &self,
        who: &str,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<(Person, Vec<CellWork>), super::OpsError> {
        let people = self.store.people()?;
        let person = super::assign::find_person(&people, who)?.clone();
        let model = self.load_model(from, to)?;
        let Some(days) = model.capacity.of(person.id) else { return Ok((person, Vec::new())) };
        let mut found = Vec::new();
        for item in model.items_of(person.id) {
            let mut minutes = Minutes::ZERO;
            crate::domain::load::spread::spread(item, &model.capacity, days, |at, share| {
                let day = model.capacity.day(at);
                if from <= day && day <= to {
                    minutes += share;
                }
            });
            if minutes.is_positive() {
                let title = self.store.request(item.request)?.title;
                found.push(CellWork { request: item.request, title, minutes, item: item.clone() });
            }
        }
        found.sort_by_key(|work| (-work.minutes.0, work.request));
        Ok((person, found))
    }
}
