//! The cost of yes: the truth test with and without the new work, who slips and by how much, and the
//! cheapest way out.

use chrono::NaiveDate;

use super::capacity::PersonDays;
use super::fill::{Lateness, fill};
use super::{CellState, LoadModel, WorkItem};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::minutes::Minutes;

/// So many working days later a date may be. It is a quarter; nobody takes one beyond that for a way out.
const FARTHEST: u32 = 60;

/// A way out, the cheapest that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// It fits if it starts on an earlier day.
    StartEarlier(NaiveDate),
    /// It fits with somebody of the same discipline.
    Swap(PersonId),
    /// It fits if it may end on a later day.
    MoveDate(NaiveDate),
    /// So much has to be done by somebody else.
    Freelance(Minutes),
}

/// What a yes costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Whose load it is.
    pub person: PersonId,
    /// What no schedule could place, without the new work.
    pub before: Minutes,
    /// Forced over with the new work.
    pub after: Minutes,
    /// What of it would lie after the last day of its person, and be nobody's.
    pub left_behind: Minutes,
    /// Free hours left inside the window if it fits.
    pub open: Minutes,
    /// It fits, and fills days of its window beyond what they have: so the grid marks them once it is given.
    pub reshapes: bool,
    /// Where it does not fit.
    pub forced: Vec<super::ForcedOver>,
    /// Requests that would be done later than their window allows, and by how many working days.
    pub delayed: Vec<(RequestId, i64)>,
    /// The cheapest way out, if one is needed.
    pub fix: Option<Fix>,
}

/// Tests a new item on the person that it names.
pub fn cost_of_yes(model: &LoadModel, item: &WorkItem) -> Option<Cost> {
    let days = model.capacity.of(item.person)?;
    let own = model.own_part(item);
    let (left_behind, item) = (item.left - own.left, &own);
    let before = model.verdict(item.person);
    let after = model.verdict_with(item.person, Some(item));
    // Where somebody is over already, only what grew is the cost.
    let grew = |run: &super::ForcedOver| !before.forced.contains(run);
    let grown = after.over() > before.over();
    let fix = grown.then(|| cheapest(model, item, after.over() - before.over()));
    let delayed = if grown { delayed(model, days, item) } else { Vec::new() };
    Some(Cost {
        person: item.person,
        before: before.over(),
        after: after.over(),
        open: open_hours(model, days, item),
        reshapes: !grown && reshapes(model, item),
        forced: if grown {
            after.forced.iter().filter(|run| grew(run)).cloned().collect()
        } else {
            Vec::new()
        },
        left_behind,
        delayed,
        fix,
    })
}

/// True if days of its window become fuller than they are long, though all of it fits.
fn reshapes(model: &LoadModel, item: &WorkItem) -> bool {
    let from = item.from.max(model.today);
    let days = usize::try_from((item.deadline - from).num_days() + 1).unwrap_or(0);
    let states = |extra| {
        let row = model.row_with(item.person, (from, days), extra);
        row.map_or_else(Vec::new, |row| row.cells.iter().map(|cell| cell.state).collect::<Vec<_>>())
    };
    let is_new = |(before, after): (CellState, CellState)| {
        after == CellState::SpreadOver && before != CellState::SpreadOver
    };
    states(None).into_iter().zip(states(Some(item))).any(is_new)
}

fn confirmed(model: &LoadModel, person: PersonId) -> impl Iterator<Item = &WorkItem> {
    model.items_of(person).iter().filter(|item| item.decides())
}

/// A piece of work adds nothing to what cannot be done on its person.
pub fn fits(model: &LoadModel, item: &WorkItem) -> bool {
    // Not "nobody is over": somebody who is over on other days can still take what fits into these.
    model.verdict_with(item.person, Some(item)).over() <= model.verdict(item.person).over()
}

fn cheapest(model: &LoadModel, item: &WorkItem, over: Minutes) -> Fix {
    // Cheapest first: an earlier start asks nobody, a swap asks a colleague, a later date the requester, and
    // freelance money.
    // Of all earlier starts only today is tried. More room never makes more over, so where today does not help
    // no day between can.
    if item.from > model.today && fits(model, &WorkItem { from: model.today, ..item.clone() }) {
        return Fix::StartEarlier(model.today);
    }
    let others = model.same_discipline(item.person);
    let can = |other: &PersonId| fits(model, &WorkItem { person: *other, ..item.clone() });
    if let Some(other) = others.into_iter().find(can) {
        return Fix::Swap(other);
    }
    // A day that is over cannot be promised as a new date.
    let mut to = item.deadline.max(model.today);
    for _ in 0..FARTHEST {
        to = model.calendar.after(to, 1);
        // With another date it is late no more: left as late work it would stand before everything else and
        // never fit.
        if fits(model, &WorkItem { to, deadline: to, is_late: false, ..item.clone() }) {
            return Fix::MoveDate(to);
        }
    }
    Fix::Freelance(over)
}

/// Which other requests could move for a piece of work, and by the fewest working days after which no more is over
/// than without it; none that would need more than sixty. Tentative shares hold nobody's time.
pub fn swaps(model: &LoadModel, item: &WorkItem, requests: &[RequestId]) -> Vec<(RequestId, u32)> {
    let before = model.verdict(item.person).over();
    let fits = |request: RequestId, days: u32| {
        let moved = model.clone().later(request, item.person, days);
        moved.verdict_with(item.person, Some(item)).over() <= before
    };
    let fewest = |request: RequestId| {
        let own = model.items_of(item.person).iter().filter(|own| own.request == request);
        // Where even the farthest date does not help, no nearer one can.
        if own.clone().any(|own| own.is_tentative) || own.count() == 0 || !fits(request, FARTHEST) {
            return None;
        }
        // More room never makes more over, so the fewest days are found by halving.
        let (mut too_few, mut enough) = (0, FARTHEST);
        while enough - too_few > 1 {
            let middle = u32::midpoint(too_few, enough);
            if fits(request, middle) { enough = middle } else { too_few = middle }
        }
        Some((request, enough))
    };
    requests
        .iter()
        .filter(|request| **request != item.request)
        .filter_map(|request| fewest(*request))
        .collect()
}

/// Earliest deadline first with lateness allowed, without and with the item.
fn delayed(model: &LoadModel, days: &PersonDays, item: &WorkItem) -> Vec<(RequestId, i64)> {
    let capacity = &model.capacity;
    let mut items: Vec<&WorkItem> = confirmed(model, days.person).collect();
    let before = fill(&items, capacity, days, (model.today, Lateness::Allowed)).done;
    items.push(item);
    let after = fill(&items, capacity, days, (model.today, Lateness::Allowed)).done;
    let mut found: Vec<(RequestId, i64)> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let last = capacity.len - 1;
        // Only days beyond the deadline count: finishing before it by chance was promised to nobody. Work that is
        // never done counts as done on the last day of the range, so that it can be compared.
        let due = capacity.at(item.deadline);
        // The new work has no place in `before`: it was promised to nobody yet, so it never slips.
        let was = before.get(index).copied().flatten().unwrap_or(last).max(due);
        let is = after[index].unwrap_or(last);
        if is > was {
            // Somebody may work on days that are no working days of the studio; a slip over such a day alone
            // would be zero.
            let days = model.calendar.between(capacity.day(was), capacity.day(is)).max(1);
            found.push((item.request, days));
        }
    }
    found.sort_by_key(|(request, days)| (-days, *request));
    found
}

/// Effective hours of the window that nothing is placed on, the new item included.
fn open_hours(model: &LoadModel, days: &PersonDays, item: &WorkItem) -> Minutes {
    let capacity = &model.capacity;
    let mut items: Vec<&WorkItem> = confirmed(model, days.person).collect();
    items.push(item);
    let placement = fill(&items, capacity, days, (model.today, Lateness::Allowed));
    let from = capacity.at(item.from.max(model.today));
    (from..=capacity.at(item.deadline))
        .map(|at| (days.effective(at) - placement.used[at]).at_least_zero())
        .sum()
}

impl Cost {
    /// True if it adds nothing that cannot be done.
    pub fn fits(&self) -> bool {
        self.after <= self.before
    }

    /// True if it fits, and nobody was over before it either.
    pub fn is_free(&self) -> bool {
        self.fits() && self.before.is_zero() && self.left_behind.is_zero()
    }

    /// The same cost where another due day than an honest one is never proposed: one on which the work fits may still be
    /// too early for its planned hours and its review.
    pub fn with_honest_day(mut self, honest: NaiveDate) -> Self {
        if let Some(Fix::MoveDate(day)) = &mut self.fix {
            *day = honest.max(*day);
        }
        self
    }

    /// The cost as a sentence; `name` gives the handle of a person.
    pub fn sentence(&self, name: impl Fn(PersonId) -> String) -> String {
        if self.left_behind.is_positive() {
            let rest = Self { left_behind: Minutes::ZERO, ..self.clone() }.sentence(name);
            return format!("{} of it lie after their last day and are nobody's; {rest}", self.left_behind);
        }
        if self.fits() {
            return if self.before.is_positive() {
                format!("adds nothing to the {} already over", self.before)
            } else {
                let fits = if self.reshapes { "fits if re-shaped" } else { "fits" };
                if self.open.is_zero() {
                    format!("{fits}; no hour is left free by then")
                } else {
                    format!("{fits}; leaves {} free by then", self.open)
                }
            };
        }
        let over = self.after - self.before;
        // One run of days is enough for a sentence; all of them stand in `forced`.
        let when = self.forced.first().map(|forced| format!(" {}", day::day_range(forced.from, forced.to)));
        let slips = self
            .delayed
            .iter()
            .take(2)
            .map(|(request, days)| format!("{request} slips {}", counted(*days, "day", "days")));
        let slips: Vec<String> = slips.collect();
        let slips = if slips.is_empty() { String::new() } else { format!(": {}", slips.join(", ")) };
        let fix = self.fix.as_ref().map(|fix| format!("; or {}", fix.words(name)));
        format!("over {over}{}{slips}{}", when.unwrap_or_default(), fix.unwrap_or_default())
    }
}

impl Fix {
    /// The way out in words.
    pub fn words(&self, name: impl Fn(PersonId) -> String) -> String {
        match self {
            Self::StartEarlier(day) => format!("start {}", day::short_day(*day)),
            Self::Swap(person) => format!("give it to {}", name(*person)),
            Self::MoveDate(day) => format!("due {}", day::short_day(*day)),
            Self::Freelance(minutes) => format!("{minutes} freelance"),
        }
    }
}

#[cfg(test)]
mod tests;
