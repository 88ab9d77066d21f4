//! Load: what is still to be done from today on, who cannot do it, and what one more thing costs (LOAD.md).
//!
//! [`HeldShare`] is a stored share with what the rules need of its request; [`WorkItem`] is what is left of it on
//! a day. [`LoadModel`] holds capacity and items; [`LoadModel::grid`] draws them day by day by [`lay`]; [`truth`]
//! decides "over"; [`fill`] proves what fits; [`forecast()`] and [`cost_of_yes`] look ahead; [`past`] reckons what
//! a day that is over took off. Unknown and tentative work are layers of their own and never decide "over".

pub mod capacity;
pub mod cost;
pub mod fill;
pub mod forecast;
pub mod grid;
pub mod held;
#[cfg(test)]
pub mod kit;
pub mod lay;
pub mod left;
pub mod past;
pub mod reshape;
#[cfg(test)]
mod tests;
pub mod truth;
mod worked;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::allocation::Shape;
use super::day;
use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;
use super::person::Person;
use super::tier::Tier;
use super::words::is_same_word;
use super::workdays::WorkCalendar;
use capacity::{Capacity, Team};

pub use cost::{Cost, cost_of_yes};
pub use forecast::{Forecast, NewWork, forecast};
pub use grid::{Cell, CellMark, CellState, LoadGrid, LoadRow, heat_level};
pub use held::HeldShare;
pub use reshape::reshape;
pub use truth::{ForcedOver, LateWork, Verdict};

/// The row of work that nobody holds: what an estimate holds beyond all shares, and what somebody who leaves
/// holds after their last day.
pub const NOBODY: PersonId = PersonId(0);

/// Late work is laid as far into the future as it needs; a year is farther than anybody plans.
const LATE_ROOM: i64 = 370;

/// What is left of one share on one day, as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Which stored share it is; 0 for work that is only thought of, or that nobody holds.
    pub share: AllocationId,
    pub request: RequestId,
    /// Whose day it lies on; [`NOBODY`] for demand.
    pub person: PersonId,
    /// The tier of its request, by its words where nobody has set one.
    pub tier: Tier,
    /// All of the share; for work that nobody has estimated the usual time of its tier.
    pub hours: Minutes,
    /// What is still to be done from today on.
    pub left: Minutes,
    /// Nobody has said how long it takes, or how much of it is left.
    pub is_unknown: bool,
    /// First day of the window.
    pub from: NaiveDate,
    /// Last day of the window.
    pub to: NaiveDate,
    /// By when it is to be done: the last day of the window, or the due day if that is still to come after it.
    pub deadline: NaiveDate,
    /// Its deadline has passed.
    pub is_late: bool,
    /// Not confirmed: drawn as a layer of its own, and never a reason to be over.
    pub is_tentative: bool,
    /// How it lies in the window.
    pub shape: Shape,
    /// Work that somebody holds after their last day, in the row of nobody: who, and their last day.
    pub left_by: Option<(PersonId, NaiveDate)>,
}

impl WorkItem {
    /// The truth test counts it: confirmed and known. Late work is counted before all others.
    pub const fn decides(&self) -> bool {
        !self.is_tentative && !self.is_unknown
    }

    /// The first day on which something of it can lie.
    pub fn starts(&self, today: NaiveDate) -> NaiveDate {
        if self.is_late { today } else { self.from.max(today) }
    }
}

/// Capacity and work over one range of days.
#[derive(Debug, Clone)]
pub struct LoadModel {
    /// Each person's minutes, day by day.
    pub capacity: Arc<Capacity>,
    /// Which days are working days, for distances; each person's own days are in the capacity.
    pub calendar: Arc<WorkCalendar>,
    /// The day on which the question is asked; it is wholly still to come.
    pub today: NaiveDate,
    items: Vec<WorkItem>,
    of: HashMap<PersonId, Range<usize>>,
    disciplines: Vec<(PersonId, String)>,
}

impl LoadModel {
    /// Gathers capacity and what is left of all shares. The range covers `days` and every window; `unheld` is
    /// work in the row of nobody.
    pub fn new(
        team: &Team<'_>,
        held: &[HeldShare],
        unheld: Vec<WorkItem>,
        today: NaiveDate,
        days: Range<NaiveDate>,
    ) -> Self {
        let (mut from, mut to) = (days.start.min(today), days.end.max(today));
        let mut is_late = false;
        // Windows reach back before today on purpose: the hours of a per-day share and the place of a day in a
        // front- or back-loaded window are counted over the whole window.
        for share in held {
            from = from.min(share.allocation.from);
            to = to.max(share.deadline(today));
            is_late |= share.deadline(today) < today;
        }
        to = unheld.iter().map(|item| item.deadline).fold(to, NaiveDate::max);
        to = if is_late { to.max(day::plus(today, LATE_ROOM)) } else { to };
        let (from, to) = Capacity::reach(today, from, to);
        let capacity = Arc::new(Capacity::new(team, from, to));
        let items = held.iter().filter_map(|share| share.item(&capacity, today)).chain(unheld).collect();
        Self::of_items(team, capacity, items, today)
    }

    /// The same from items, over days that are known already.
    pub fn of_items(
        team: &Team<'_>,
        capacity: Arc<Capacity>,
        items: Vec<WorkItem>,
        today: NaiveDate,
    ) -> Self {
        let discipline = |person: &Person| (person.id, person.discipline.clone());
        let mut model = Self {
            capacity,
            calendar: Arc::new(WorkCalendar::new(team.holidays)),
            today,
            items: Vec::new(),
            of: HashMap::new(),
            // A role cannot take work over from anybody, so it never stands among those of one discipline.
            disciplines: team.people.iter().filter(|person| !person.is_role).map(discipline).collect(),
        };
        // Only now: where an item is split depends on the capacity and the calendar of the model itself.
        let late: Vec<WorkItem> = items.iter().filter(|item| item.is_late).cloned().collect();
        model.items = items.into_iter().flat_map(|item| model.split_at_last_day(item, &late)).collect();
        model.index();
        model
    }

    /// What somebody holds after their last day lies in the row of nobody: as much as would lie there if they
    /// stayed. Of all `late` work, one piece takes the room of the others before that day.
    fn split_at_last_day(&self, mut item: WorkItem, late: &[WorkItem]) -> Vec<WorkItem> {
        let Some((days, last)) = self.capacity.of(item.person).and_then(|days| Some((days, days.last_day?)))
        else {
            return vec![item];
        };
        // Late work lies after its deadline, perhaps after the last day of its person as well.
        if item.deadline <= last && !item.is_late {
            return vec![item];
        }
        let stays = days.as_if_staying();
        // Whoever has left does nothing any more, whatever the window says.
        let after: Minutes = if last < self.today {
            item.left
        } else {
            let others = late.iter().filter(|other| other.person == item.person && **other != item);
            let together = std::iter::once(&item).chain(others.filter(|_| item.is_late));
            let parts = lay::lay(&together.collect::<Vec<_>>(), &stays, self);
            let is_after = |at: usize| self.capacity.day(at) > last;
            parts.parts[0].iter().filter(|(at, _)| is_after(*at)).map(|(_, minutes)| *minutes).sum()
        };
        let mut rest =
            WorkItem { person: NOBODY, left: after, left_by: Some((item.person, last)), ..item.clone() };
        // What is nobody's begins after the last day, and no window may end before it begins. Late work is late since its
        // own day all the same.
        rest.from = rest.from.max(day::plus(last, 1));
        item.left -= after;
        if !item.is_late {
            rest.deadline = rest.deadline.max(rest.from);
            // The part that stays must be done by the last day. A window that begins after it keeps nothing and
            // is dropped below.
            item.deadline = item.deadline.min(last.max(item.from));
        }
        [item, rest].into_iter().filter(|part| part.left.is_positive()).collect()
    }

    /// What of a piece of work is its person's: what would lie after their last day is nobody's.
    pub fn own_part(&self, item: &WorkItem) -> WorkItem {
        let late: Vec<WorkItem> = self
            .items_of(item.person)
            .iter()
            .filter(|own| own.is_late && own.share != item.share)
            .cloned()
            .collect();
        let parts = self.split_at_last_day(item.clone(), &late);
        let own = parts.into_iter().find(|part| part.person == item.person);
        own.unwrap_or_else(|| WorkItem { left: Minutes::ZERO, ..item.clone() })
    }

    /// The items of one person, by deadline.
    pub fn items_of(&self, person: PersonId) -> &[WorkItem] {
        self.of.get(&person).map_or(&[], |range| &self.items[range.clone()])
    }

    /// Where the items of one person lie.
    pub fn laid(&self, person: PersonId) -> Vec<(&WorkItem, lay::Parts)> {
        let Some(days) = self.capacity.of(person) else { return Vec::new() };
        let items: Vec<&WorkItem> = self.items_of(person).iter().collect();
        let parts = lay::lay(&items, days, self).parts;
        items.into_iter().zip(parts).collect()
    }

    /// The truth test over one person's work.
    pub fn verdict(&self, person: PersonId) -> Verdict {
        self.verdict_with(person, None)
    }

    /// The truth test with one more piece of work, weighed as if it were confirmed and known.
    pub fn verdict_with(&self, person: PersonId, extra: Option<&WorkItem>) -> Verdict {
        let Some(days) = self.capacity.of(person) else { return Verdict::default() };
        let extra = extra.map(|extra| self.own_part(extra));
        let items: Vec<&WorkItem> = self.items_of(person).iter().chain(&extra).collect();
        truth::test(&items, extra.is_some(), days, self)
    }

    /// The same without some shares: for giving one to somebody else, or for weighing another form of it.
    pub fn without(mut self, is_gone: impl Fn(&WorkItem) -> bool) -> Self {
        self.items.retain(|item| !is_gone(item));
        self.index();
        self
    }

    /// The same with what one person holds of a request to be done some working days later.
    pub fn later(mut self, request: RequestId, person: PersonId, days: u32) -> Self {
        for item in self.items.iter_mut().filter(|item| item.request == request && item.person == person) {
            // A share that has slipped is due after its own last day, so the new days count from there.
            item.to = self.calendar.after(item.to.max(item.deadline), days);
            item.deadline = item.to;
            item.is_late = item.deadline < self.today;
        }
        self.index();
        self
    }

    /// The same with other shapes of some shares.
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
        // One person's items beside each other, so that a range of the list is all of theirs without a copy.
        self.items.sort_by_key(|item| (item.person, item.deadline, item.from, item.request, item.share));
        self.of.clear();
        for (index, item) in self.items.iter().enumerate() {
            self.of.entry(item.person).or_insert(index..index).end = index + 1;
        }
    }

    fn same_discipline(&self, person: PersonId) -> Vec<PersonId> {
        let Some((_, own)) = self.disciplines.iter().find(|(id, _)| *id == person) else { return Vec::new() };
        let others = self.disciplines.iter().filter(|(id, _)| *id != person);
        others.filter(|(_, discipline)| is_same_word(discipline, own)).map(|(id, _)| *id).collect()
    }
}
