//! A placement that proves the truth test: earliest deadline first, day by day, never above a day's
//! capacity, never outside a window. Run leniently, it also tells when late work would be done.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::NaiveDate;

use super::WorkItem;
use super::capacity::{Capacity, PersonDays};
use super::spread::spread;
use crate::domain::minutes::Minutes;

/// Where the work of one person was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Minutes placed on each day of the range.
    pub used: Vec<Minutes>,
    /// For each item, the days and minutes that it got.
    pub placed: Vec<Vec<(usize, Minutes)>>,
    /// For each item, what found no room inside its window.
    pub unplaced: Vec<Minutes>,
    /// For each item, the day on which it is done; `None` if it never is within the range.
    pub done: Vec<Option<usize>>,
}

/// Whether work may be done after its window when it finds no room inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lateness {
    /// Never.
    Forbidden,
    /// On the first free hours after it.
    Allowed,
}

/// What is left of an item on a day: an item that began earlier is taken as done by its spread so far.
#[must_use]
pub fn remaining(item: &WorkItem, capacity: &Capacity, days: &PersonDays, today: usize) -> Minutes {
    if capacity.at(item.from) >= today {
        return item.minutes;
    }
    let mut left = Minutes::ZERO;
    spread(item, capacity, days, |at, minutes| {
        if at >= today {
            left += minutes;
        }
    });
    left
}

/// Places the items of one person from `today` on.
#[must_use]
pub fn fill(
    items: &[&WorkItem],
    capacity: &Capacity,
    days: &PersonDays,
    when: (NaiveDate, Lateness),
) -> Placement {
    let (today, lateness) = (capacity.at(when.0), when.1);
    let mut left: Vec<Minutes> = items.iter().map(|item| remaining(item, capacity, days, today)).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|index| Reverse((items[*index].from, items[*index].to)));
    let mut placement = Placement {
        used: vec![Minutes::ZERO; capacity.len],
        placed: vec![Vec::new(); items.len()],
        unplaced: vec![Minutes::ZERO; items.len()],
        done: left.iter().map(|left| left.is_zero().then_some(today)).collect(),
    };
    let mut waiting = BinaryHeap::new();
    for at in today..capacity.len {
        while let Some(index) = order.pop_if(|index| capacity.at(items[*index].from) <= at) {
            if left[index].is_positive() {
                waiting.push(Reverse((capacity.at(items[index].to), index)));
            }
        }
        if waiting.is_empty() && order.is_empty() {
            break;
        }
        place_day(
            at,
            days.effective(at),
            lateness,
            &mut Work { waiting: &mut waiting, left: &mut left, placement: &mut placement },
        );
    }
    for (index, left) in left.iter().enumerate() {
        placement.unplaced[index] += *left;
    }
    placement
}

struct Work<'a> {
    waiting: &'a mut BinaryHeap<Reverse<(usize, usize)>>,
    left: &'a mut [Minutes],
    placement: &'a mut Placement,
}

fn place_day(at: usize, capacity: Minutes, lateness: Lateness, work: &mut Work<'_>) {
    let mut room = capacity;
    while room.is_positive() {
        let Some(Reverse((deadline, index))) = work.waiting.peek().copied() else { return };
        if deadline < at && lateness == Lateness::Forbidden {
            work.waiting.pop();
            continue;
        }
        let part = work.left[index].min(room);
        room -= part;
        work.left[index] -= part;
        work.placement.used[at] += part;
        work.placement.placed[index].push((at, part));
        if work.left[index].is_zero() {
            work.placement.done[index] = Some(at);
            work.waiting.pop();
        }
    }
}
