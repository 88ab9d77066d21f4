//! The truth test. Work is divisible inside its window, so a person is really overbooked if and only if
//! in some interval the work whose whole window lies inside exceeds the capacity there; checking pairs of
//! a start and an end is enough (the transportation condition; research: domain.md §5).

use chrono::NaiveDate;

use super::WorkItem;
use super::capacity::{Capacity, PersonDays};
use crate::domain::ids::RequestId;
use crate::domain::minutes::Minutes;

/// An interval that cannot hold the work that must be done in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForcedOver {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// By how much.
    pub over: Minutes,
    /// The requests whose whole window lies inside.
    pub culprits: Vec<RequestId>,
}

/// What the test says about one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Where it cannot work; the worst first, none overlapping another.
    pub forced: Vec<ForcedOver>,
    /// Where it works with nothing to spare: first and last day.
    pub tight: Vec<(NaiveDate, NaiveDate)>,
}

impl Verdict {
    /// Everything that does not fit, added up.
    #[must_use]
    pub fn over(&self) -> Minutes {
        self.forced.iter().map(|forced| forced.over).sum()
    }
}

struct Interval {
    from: usize,
    to: usize,
    over: i64,
}

/// Tests one person's items; only intervals that end on `today` or later are told. What had to be done by a
/// day that is past is late, and takes nothing from the days to come.
#[must_use]
pub fn test<'a>(
    items: impl Iterator<Item = &'a WorkItem>,
    capacity: &Capacity,
    days: &PersonDays,
    today: NaiveDate,
) -> Verdict {
    let mut windows: Vec<(usize, usize, i64, RequestId)> = items
        .filter(|item| item.minutes.is_positive() && item.to >= today)
        .map(|item| (capacity.at(item.from), capacity.at(item.to), item.minutes.0, item.request))
        .collect();
    if days.is_role || windows.is_empty() {
        return Verdict::default();
    }
    windows.sort_unstable_by_key(|(_, to, _, _)| *to);
    let earliest = capacity.at(today);
    let (over, tight) = intervals(&windows, days, earliest);
    let forced = worst_first(over)
        .into_iter()
        .map(|interval| ForcedOver {
            from: capacity.day(interval.from),
            to: capacity.day(interval.to),
            over: Minutes(interval.over),
            culprits: culprits(&windows, &interval),
        })
        .collect();
    let tight = tight.into_iter().map(|(from, to)| (capacity.day(from), capacity.day(to))).collect();
    Verdict { forced, tight }
}

type Windows = [(usize, usize, i64, RequestId)];

fn intervals(windows: &Windows, days: &PersonDays, earliest: usize) -> (Vec<Interval>, Vec<(usize, usize)>) {
    let mut starts: Vec<usize> = windows.iter().map(|window| window.0).collect();
    starts.sort_unstable();
    starts.dedup();
    let last = windows.last().map_or(0, |window| window.1);
    let (mut over, mut tight) = (Vec::new(), Vec::new());
    for from in starts {
        let (mut forced, mut room, mut at) = (0, 0, from);
        for (index, (start, end, minutes, _)) in windows.iter().enumerate() {
            if *start < from {
                continue;
            }
            forced += minutes;
            // Several windows may end on the same day; all of them count before the comparison.
            if windows.get(index + 1).is_some_and(|next| next.1 == *end && next.0 >= from) {
                continue;
            }
            while at <= *end && at <= last {
                room += days.effective(at).0;
                at += 1;
            }
            if *end < earliest {
                continue;
            }
            match forced.cmp(&room) {
                std::cmp::Ordering::Greater => over.push(Interval { from, to: *end, over: forced - room }),
                std::cmp::Ordering::Equal => tight.push((from, *end)),
                std::cmp::Ordering::Less => {}
            }
        }
    }
    (over, tight)
}

/// The largest excess first, the shortest interval among equals; what overlaps a worse one is left out.
fn worst_first(mut found: Vec<Interval>) -> Vec<Interval> {
    found.sort_by_key(|interval| (-interval.over, interval.to - interval.from, interval.from));
    let mut kept: Vec<Interval> = Vec::new();
    for interval in found {
        if kept.iter().all(|other| interval.to < other.from || interval.from > other.to) {
            kept.push(interval);
        }
    }
    kept
}

fn culprits(windows: &Windows, interval: &Interval) -> Vec<RequestId> {
    let mut found: Vec<RequestId> = Vec::new();
    for (from, to, _, request) in windows {
        if *from >= interval.from && *to <= interval.to && !found.contains(request) {
            found.push(*request);
        }
    }
    found
}
