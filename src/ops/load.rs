//! The load of the team, drawn from what is stored.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::Desk;
use super::work::Work;
use crate::domain::day;
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::load::capacity::Team;
use crate::domain::load::grid::utilization;
use crate::domain::load::{Cell, LoadGrid, LoadModel, LoadRow, WorkItem};
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

/// One piece of work in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellWork {
    pub request: RequestId,
    pub title: String,
    /// What falls into the cell.
    pub minutes: Minutes,
    /// All of it, and its window.
    pub item: WorkItem,
}

/// What lies in a cell, and why it looks as it does.
#[derive(Debug, Clone, PartialEq)]
pub struct CellDetail {
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
            "It looks too full by its even spread, and fits if its work is spread anew: re-shape it."
                .to_owned()
        } else {
            "Not over: every piece of work fits between its own first and last day.".to_owned()
        });
    }
    said
}

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
        let yesterday = day::plus(self.today(), -1);
        if from <= yesterday {
            let stored = self.store.kept_days(from, yesterday)?;
            // Days that nobody has stored yet, because nothing was written since, look the same as stored ones.
            let late = work.past.iter().flat_map(|past| &past.shares).filter(|kept| kept.day >= from);
            for kept in stored.shares.iter().chain(late) {
                let row = grid.rows.iter_mut().find(|row| row.person == kept.person);
                let at = usize::try_from((kept.day - from).num_days()).ok();
                if let Some(cell) = row.and_then(|row| row.cells.get_mut(at?)) {
                    cell.add_planned(kept);
                }
            }
        }
        Ok(grid)
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
        let person = super::team::find_person(&people, who)?.clone();
        let model = self.load_model(from, to)?;
        let mut found = Vec::new();
        for (item, parts) in model.laid(person.id) {
            let is_in = |at: usize| (from..=to).contains(&model.capacity.day(at));
            let minutes: Minutes =
                parts.iter().filter(|(at, _)| is_in(*at)).map(|(_, minutes)| *minutes).sum();
            if minutes.is_positive() {
                let title =
                    self.shown_title(&item.request.into(), self.store.request(item.request)?.title)?;
                found.push(CellWork { request: item.request, title, minutes, item: item.clone() });
            }
        }
        found.sort_by_key(|work| (-work.minutes.0, work.request));
        let length = usize::try_from((to - from).num_days() + 1).unwrap_or(1);
        let row = model.row_with(person.id, (from, length), None);
        let sums = row.map_or_else(Vec::new, |row| sums(&row, person.factor.0));
        Ok(CellDetail { person, work: found, sums })
    }
}

#[cfg(test)]
mod tests;
