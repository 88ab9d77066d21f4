//! Load: who is truly over, who only looks it, and what a yes would cost (research: domain.md §5).
//!
//! [`LoadModel`] holds capacity and work; [`LoadModel::grid`] draws it day by day; [`truth`] decides
//! "over"; [`fill`] proves what fits; [`forecast()`] and [`cost_of_yes`] look ahead. Unknown work (not
//! estimated) is a layer of its own and never decides "over"; tentative work is a second layer.

pub mod capacity;
pub mod cost;
pub mod fill;
pub mod forecast;
pub mod grid;
#[cfg(test)]
pub mod kit;
pub mod reshape;
pub mod spread;
#[cfg(test)]
mod tests;
pub mod truth;

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::allocation::Shape;
use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;
use super::person::Person;
use super::workdays::WorkCalendar;
use capacity::{Capacity, Team};

pub use cost::{Cost, cost_of_yes};
pub use forecast::{Forecast, NewWork, forecast};
pub use grid::{Cell, CellState, LoadGrid, LoadRow};
pub use reshape::reshape;
pub use truth::{ForcedOver, Verdict};

/// Work on one person as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Which stored share it is; 0 for work that is only thought of.
    pub share: AllocationId,
    /// For which request.
    pub request: RequestId,
    /// On whom.
    pub person: PersonId,
    /// How much; for unknown work the usual time of its tier.
    pub minutes: Minutes,
    /// Nobody has estimated it.
    pub is_unknown: bool,
    /// First day of the window.
    pub from: NaiveDate,
    /// Last day of the window.
    pub to: NaiveDate,
    /// Not confirmed.
    pub is_tentative: bool,
    /// How it lies in the window.
    pub shape: Shape,
}

/// Capacity and work over one range of days.
#[derive(Debug, Clone)]
pub struct LoadModel {
    /// Everybody's days.
    pub capacity: Capacity,
    /// Which days are working days, for distances; each person's own days are in the capacity.
    pub calendar: WorkCalendar,
    /// The day on which the question is asked.
    pub today: NaiveDate,
    items: Vec<WorkItem>,
    of: HashMap<PersonId, Range<usize>>,
    disciplines: Vec<(PersonId, String)>,
}

impl LoadModel {
    /// Gathers capacity and work. The range covers `days` and every window of the work.
    #[must_use]
    pub fn new(team: &Team<'_>, mut items: Vec<WorkItem>, today: NaiveDate, days: Range<NaiveDate>) -> Self {
        let from = items.iter().map(|item| item.from).chain([days.start, today]).min().unwrap_or(today);
        let to = items.iter().map(|item| item.to).chain([days.end, today]).max().unwrap_or(today);
        items.sort_by_key(|item| (item.person, item.to, item.from));
        let discipline = |person: &Person| (person.id, person.discipline.clone());
        let mut model = Self {
            capacity: Capacity::new(team, from, to),
            calendar: WorkCalendar::new(team.holidays),
            today,
            items,
            of: HashMap::new(),
            disciplines: team.people.iter().filter(|person| !person.is_role).map(discipline).collect(),
        };
        model.index();
        model
    }

    /// The items of one person, by deadline.
    #[must_use]
    pub fn items_of(&self, person: PersonId) -> &[WorkItem] {
        self.of.get(&person).map_or(&[], |range| &self.items[range.clone()])
    }

    /// The truth test over one person's confirmed, estimated work.
    #[must_use]
    pub fn verdict(&self, person: PersonId) -> Verdict {
        self.verdict_with(person, None)
    }

    fn verdict_with(&self, person: PersonId, extra: Option<&WorkItem>) -> Verdict {
        let Some(days) = self.capacity.of(person) else { return Verdict::default() };
        let items = self.items_of(person).iter().chain(extra);
        let decides = items.filter(|item| !item.is_tentative && !item.is_unknown);
        truth::test(decides, &self.capacity, days, self.today)
    }

    /// The same without one share: for giving it to somebody else.
    #[must_use]
    pub fn without(mut self, share: AllocationId) -> Self {
        self.items.retain(|item| item.share != share);
        self.index();
        self
    }

    /// The same with other shapes of some shares.
    #[must_use]
    pub fn reshaped(mut self, shapes: &[(AllocationId, Shape)]) -> Self {
        for item in &mut self.items {
            if let Some((_, shape)) = shapes.iter().find(|(share, _)| *share == item.share) {
                item.shape = shape.clone();
            }
        }
        self
    }

    /// Finds out again where each person's items begin and end.
    fn index(&mut self) {
        self.of.clear();
        for (index, item) in self.items.iter().enumerate() {
            self.of.entry(item.person).or_insert(index..index).end = index + 1;
        }
    }

    fn same_discipline(&self, person: PersonId) -> Vec<PersonId> {
        let own = self.disciplines.iter().find(|(id, _)| *id == person).map(|(_, discipline)| discipline);
        self.disciplines
            .iter()
            .filter(|(id, discipline)| *id != person && Some(discipline) == own)
            .map(|(id, _)| *id)
            .collect()
    }
}
