//! A placement that proves the truth test: earliest deadline first, day by day, never above a day's
//! capacity, never outside a window; work that is late already comes first and is done as soon as there is room.
//! Run leniently, it also tells when work would be done that finds no room in its days.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::NaiveDate;

use super::WorkItem;
use super::capacity::{Capacity, PersonDays};
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
    /// What finds no room in its window stays undone.
    Forbidden,
    /// On the first free hours after it.
    Allowed,
}

/// Places the items of one person from `today` on.
pub fn fill(
    items: &[&WorkItem],
    capacity: &Capacity,
    days: &PersonDays,
    when: (NaiveDate, Lateness),
) -> Placement {
    let (today, lateness) = (capacity.at(when.0), when.1);
    let mut left: Vec<Minutes> = items.iter().map(|item| item.left).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    // The earliest start stands last, where it is taken off for nothing.
    order.sort_by_key(|index| Reverse((items[*index].starts(when.0), items[*index].deadline)));
    let mut placement = Placement {
        used: vec![Minutes::ZERO; capacity.len],
        placed: vec![Vec::new(); items.len()],
        unplaced: vec![Minutes::ZERO; items.len()],
        done: left.iter().map(|left| left.is_zero().then_some(today)).collect(),
    };
    // A heap gives its largest first; turned round by `Reverse`, the earliest deadline comes out.
    let mut waiting = BinaryHeap::new();
    for at in today..capacity.len {
        while let Some(index) = order.pop_if(|index| capacity.at(items[*index].starts(when.0)) <= at) {
            if left[index].is_positive() {
                let deadline = capacity.at(items[index].deadline);
                waiting.push(Reverse((FillOrder { is_on_time: !items[index].is_late, deadline }, index)));
            }
        }
        // The range may go on for years because of one far date.
        if waiting.is_empty() && order.is_empty() {
            break;
        }
        place_day(
            at,
            // Effective minutes, not planned ones: "over" means that no schedule can do it, not even without
            // any reserve.
            days.effective(at),
            lateness,
            &mut FillWork { waiting: &mut waiting, left: &mut left, placement: &mut placement },
        );
    }
    for (index, left) in left.iter().enumerate() {
        placement.unplaced[index] += *left;
    }
    placement
}

/// In which order work is done: late work first, then the earliest deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
// `false` sorts before `true`, so late work comes before all that is on time.
struct FillOrder {
    is_on_time: bool,
    deadline: usize,
}

struct FillWork<'a> {
    waiting: &'a mut BinaryHeap<Reverse<(FillOrder, usize)>>,
    left: &'a mut [Minutes],
    placement: &'a mut Placement,
}

fn place_day(at: usize, capacity: Minutes, lateness: Lateness, work: &mut FillWork<'_>) {
    let mut room = capacity;
    while room.is_positive() {
        let Some(Reverse((due, index))) = work.waiting.peek().copied() else { return };
        // What was late before has no window left that it could miss; it is done whenever there is room.
        if due.is_on_time && due.deadline < at && lateness == Lateness::Forbidden {
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
