//! The load of the team, drawn from what is stored.

pub mod ahead;
pub mod cell;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;

use super::Desk;
use super::work::Work;
use crate::domain::day;
use crate::domain::ids::{AllocationId, PersonId};
use crate::domain::kept::KeptShare;
use crate::domain::load::capacity::Team;
use crate::domain::load::{LoadGrid, LoadModel};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::request::Request;
use crate::domain::workdays::WorkCalendar;
use crate::store::{StoreError, StoredWork};

/// People and when they are away, read once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamData {
    pub people: Vec<Person>,
    pub absences: Vec<Absence>,
    /// Days off for everybody.
    pub holidays: Vec<Holiday>,
}

impl TeamData {
    /// As the rules want it.
    pub fn team(&self) -> Team<'_> {
        Team { people: &self.people, absences: &self.absences, holidays: &self.holidays }
    }

    /// Handle and name of everybody.
    pub fn names(&self) -> PersonNames {
        self.people.iter().map(|person| (person.id, (person.handle.clone(), person.name.clone()))).collect()
    }

    /// Which days are working days.
    pub fn calendar(&self) -> WorkCalendar {
        WorkCalendar::new(&self.holidays)
    }

    /// The person with an id.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// Handles and names by person.
pub type PersonNames = HashMap<PersonId, (String, String)>;

impl Desk {
    /// What the load rules see of some days.
    pub fn model_of(&self, team: &TeamData, work: &Work, days: Range<NaiveDate>) -> LoadModel {
        LoadModel::new(&team.team(), &work.held, work.unheld.clone(), self.today(), days)
    }

    /// Open work and the team's time, as of today.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn work(&self) -> Result<(TeamData, Work), StoreError> {
        let stored = self.store.work(self.today())?;
        let work = Work::of(&stored, &self.rules_with(WorkCalendar::new(&stored.holidays)));
        let StoredWork { people, absences, holidays, .. } = stored;
        Ok((TeamData { people, absences, holidays }, work))
    }

    /// The same with a request as it would be. What days that are over took off, they took off it as it is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn work_with(&self, request: &Request) -> Result<(TeamData, Work), StoreError> {
        let mut stored = self.store.work(self.today())?;
        let rules = self.rules_with(WorkCalendar::new(&stored.holidays));
        let past = Work::of(&stored, &rules).past;
        // Days that are over are reckoned with the request as it is, and counted as kept: with the request as
        // it would be they would have taken off something else, and a question would change the past.
        stored.newest_kept = past.last().map(|past| past.day).or(stored.newest_kept);
        for kept in past.iter().flat_map(|past| &past.shares) {
            *stored.done.entry(kept.share).or_default() += kept.done;
        }
        if let Some(own) = stored.requests.iter_mut().find(|own| own.id == request.id) {
            own.clone_from(request);
        }
        let work = Work::of(&stored, &rules);
        let StoredWork { people, absences, holidays, .. } = stored;
        Ok((TeamData { people, absences, holidays }, work))
    }

    /// What is left of one share; `None` where nobody has said how long it takes, or its request is closed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn left_of_share(&self, id: AllocationId) -> Result<Option<Minutes>, StoreError> {
        let (_, work) = self.work()?;
        let shares = work.left.values().flat_map(|left| &left.shares);
        let found = shares.clone().find(|(share, _)| share.allocation.id == id);
        Ok(found.filter(|(_, left)| !left.is_unknown).map(|(_, left)| left.left))
    }

    /// The load rules' picture of everything from `from` on, `to` included.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load_model(&self, from: NaiveDate, to: NaiveDate) -> Result<LoadModel, StoreError> {
        let (team, work) = self.work()?;
        Ok(self.model_of(&team, &work, from..to))
    }

    /// Draws some days: from today on what is still to be done, before it what was planned for days that were
    /// kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn draw(
        &self,
        model: &LoadModel,
        work: &Work,
        (from, days): (NaiveDate, usize),
    ) -> Result<LoadGrid, StoreError> {
        let mut grid = model.grid(from, days);
        if from < self.today() {
            for kept in self.planned_before_today(work, from)? {
                let row = grid.rows.iter_mut().find(|row| row.person == kept.person);
                // A kept day may lie behind the days that are drawn, and then has no cell.
                let at = usize::try_from((kept.day - from).num_days()).ok();
                if let Some(cell) = row.and_then(|row| row.cells.get_mut(at?)) {
                    cell.add_planned(&kept);
                }
            }
        }
        Ok(grid)
    }

    /// What was planned for the days from one on that are over. Days that nobody has stored yet, because nothing was written
    /// since, look the same as stored ones.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn planned_before_today(&self, work: &Work, from: NaiveDate) -> Result<Vec<KeptShare>, StoreError> {
        let mut kept = self.store.kept_days(from, day::plus(self.today(), -1))?.shares;
        let late = work.past.iter().flat_map(|past| &past.shares).filter(|kept| kept.day >= from);
        kept.extend(late.cloned());
        let known: HashSet<PersonId> = self.store.people()?.iter().map(|person| person.id).collect();
        for kept in kept.iter_mut().filter(|kept| !known.contains(&kept.person)) {
            // Days that are kept are never rewritten; whoever was merged with somebody goes by the share that moved.
            if let Ok(share) = self.store.allocation(kept.share) {
                kept.person = share.person;
            }
        }
        Ok(kept)
    }

    /// The grid of some days with the people in it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load(&self, from: NaiveDate, days: usize) -> Result<(LoadGrid, Vec<Person>), StoreError> {
        let to = day::plus(from, i64::try_from(days).unwrap_or(0));
        let (team, work) = self.work()?;
        let model = self.model_of(&team, &work, from..to);
        Ok((self.draw(&model, &work, (from, days))?, team.people))
    }
}

#[cfg(test)]
mod tests;
