//! The load of the team, drawn from what is stored.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::Desk;
use super::assign::Rules;
use crate::domain::allocation::Allocation;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::capacity::Team;
use crate::domain::load::grid::utilization;
use crate::domain::load::{Cell, LoadGrid, LoadModel, LoadRow, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::request::Request;
use crate::domain::workdays::WorkCalendar;
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

    /// Handle and name of everybody.
    #[must_use]
    pub fn names(&self) -> Names {
        self.people.iter().map(|person| (person.id, (person.handle.clone(), person.name.clone()))).collect()
    }

    /// Which days are working days.
    #[must_use]
    pub fn calendar(&self) -> WorkCalendar {
        WorkCalendar::new(&self.holidays)
    }

    /// The person with an id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// Handles and names by person.
pub type Names = HashMap<PersonId, (String, String)>;

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

/// What lies in a cell, and why it looks as it does.
#[derive(Debug, Clone, PartialEq)]
pub struct CellDetail {
    /// Whose.
    pub person: Person,
    /// The work, the largest first.
    pub work: Vec<CellWork>,
    /// The arithmetic in sentences.
    pub sums: Vec<String>,
}

/// The arithmetic of some cells of one person, ready to be read aloud.
fn sums(row: &LoadRow, factor: u8) -> Vec<String> {
    let sum = |of: fn(&Cell) -> Minutes| row.cells.iter().map(of).sum::<Minutes>();
    let (effective, planning) = (sum(|cell| cell.effective), sum(|cell| cell.planning));
    let (confirmed, tentative, unknown) =
        (sum(|cell| cell.confirmed), sum(|cell| cell.tentative), sum(|cell| cell.unknown));
    let mut said = vec![format!(
        "Time there is: {effective} (contracted less absences and holidays); × {factor} % = {planning} to plan."
    )];
    let mut work = vec![format!("{confirmed} confirmed")];
    if tentative.is_positive() {
        work.push(format!("{tentative} tentative"));
    }
    if unknown.is_positive() {
        work.push(format!("{unknown} at the usual time of work that nobody has estimated"));
    }
    let work = work.join(" + ");
    let share = utilization(confirmed, effective);
    let share = share.map_or_else(
        || "no time to hold it".to_owned(),
        |percent| format!("{percent} % of the time there is"),
    );
    said.push(format!("Work that lies here: {work}; confirmed is {share}."));
    for forced in &row.verdict.forced {
        let keys: Vec<String> = forced.culprits.iter().map(ToString::to_string).collect();
        said.push(format!(
            "Over: work that must be done within {} exceeds the time there by {}: {}.",
            crate::domain::day::day_range(forced.from, forced.to),
            forced.over,
            keys.join(", ")
        ));
    }
    if row.verdict.forced.is_empty() {
        said.push(if confirmed > effective {
            "It looks over by its even spread, and fits if re-shaped: f lays the days anew.".to_owned()
        } else {
            "Not over: every piece of work fits between its own first and last day.".to_owned()
        });
    }
    said
}

/// The work of some requests, as shares say who does it when.
pub(super) fn work(rules: &Rules, requests: &[Request], shares: &[Allocation]) -> Vec<WorkItem> {
    let by_id: HashMap<RequestId, &Request> = requests.iter().map(|request| (request.id, request)).collect();
    let work = |share: &Allocation| by_id.get(&share.request).map(|request| rules.work(share, request));
    shares.iter().filter_map(work).collect()
}

impl Desk {
    /// The load rules' picture of some days.
    #[must_use]
    pub fn model_of(&self, team: &TeamData, work: &[WorkItem], days: Range<NaiveDate>) -> LoadModel {
        let since = days.start.min(self.today());
        let items = work.iter().filter(|item| item.to >= since).cloned().collect();
        LoadModel::new(&team.team(), items, self.today(), days)
    }

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
    ) -> Result<CellDetail, super::OpsError> {
        let people = self.store.people()?;
        let person = super::assign::find_person(&people, who)?.clone();
        let model = self.load_model(from, to)?;
        let Some(days) = model.capacity.of(person.id) else {
            return Ok(CellDetail { person, work: Vec::new(), sums: Vec::new() });
        };
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
        let length = usize::try_from((to - from).num_days() + 1).unwrap_or(1);
        let row = model.row_with(person.id, (from, length), None);
        let sums = row.map_or_else(Vec::new, |row| sums(&row, person.factor_percent));
        Ok(CellDetail { person, work: found, sums })
    }
}
