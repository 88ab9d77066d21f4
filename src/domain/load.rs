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
pub mod spread;
#[cfg(test)]
mod tests;
pub mod truth;

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::allocation::Shape;
use super::ids::{PersonId, RequestId};
use super::minutes::Minutes;
use super::person::Person;
use capacity::{Capacity, Team};

pub use cost::{Cost, cost_of_yes};
pub use forecast::{Forecast, NewWork, forecast};
pub use grid::{Cell, CellState, LoadGrid, LoadRow};
pub use truth::{ForcedOver, Verdict};

/// Work on one person as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
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
        let mut of: HashMap<PersonId, Range<usize>> = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            of.entry(item.person).or_insert(index..index).end = index + 1;
        }
        let discipline = |person: &Person| (person.id, person.discipline.clone());
        Self {
            capacity: Capacity::new(team, from, to),
            today,
            items,
            of,
            disciplines: team.people.iter().filter(|person| !person.is_role).map(discipline).collect(),
        }
    }

    /// The items of one person, by deadline.
    #[must_use]
    pub fn items_of(&self, person: PersonId) -> &[WorkItem] {
        self.of.get(&person).map_or(&[], |range| &self.items[range.clone()])
    }

    /// The truth test over one person's confirmed, estimated work.
    #[must_use]
    pub fn verdict(&self, person: PersonId) -> Verdict {
        let Some(days) = self.capacity.of(person) else { return Verdict::default() };
        let items = self.items_of(person).iter().filter(|item| !item.is_tentative && !item.is_unknown);
        truth::test(items, &self.capacity, days, self.today)
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
