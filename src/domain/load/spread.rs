//! How an item's hours lie on the days of its window. Whole minutes; the shares add up exactly.

use super::WorkItem;
use super::capacity::{Capacity, PersonDays};
use crate::domain::allocation::Shape;
use crate::domain::minutes::Minutes;
use crate::domain::workdays;

/// Gives each day's share of an item to `put`, by the day's place in the range.
pub fn spread(item: &WorkItem, capacity: &Capacity, days: &PersonDays, mut put: impl FnMut(usize, Minutes)) {
    let (from, to) = (capacity.at(item.from), capacity.at(item.to));
    let effective = |at: usize| days.effective(at).0;
    match &item.shape {
        Shape::PerDay(each) => (from..=to).filter(|at| effective(*at) > 0).for_each(|at| put(at, *each)),
        Shape::Hand(by_hand) => by_hand.iter().for_each(|(day, minutes)| put(capacity.at(*day), *minutes)),
        shape => {
            let count = i64::try_from(to - from + 1).unwrap_or(1);
            let basis = Basis::of((from, to), capacity, days);
            let weight = |at: usize| {
                let place = i64::try_from(at - from).unwrap_or(0);
                let factor = match shape {
                    Shape::Front => count - place,
                    Shape::Back => place + 1,
                    _ => 1,
                };
                let own = match basis {
                    Basis::Effective => effective(at),
                    Basis::Weekdays => i64::from(workdays::is_weekday(capacity.day(at))),
                    Basis::Only(day) => i64::from(at == day),
                };
                factor * own
            };
            weighted(item.minutes.0, from..=to, weight, put);
        }
    }
}

/// What a day of a window counts by.
#[derive(Debug, Clone, Copy)]
enum Basis {
    /// Effective minutes.
    Effective,
    /// Weekdays alike: roles.
    Weekdays,
    /// One day takes everything.
    Only(usize),
}

impl Basis {
    /// Where the whole window has no effective minutes, everything falls on its last weekday, because hours must
    /// never vanish. Found once for all days: a load of many people asks for thousands.
    fn of((from, to): (usize, usize), capacity: &Capacity, days: &PersonDays) -> Self {
        let is_weekday = |at: &usize| workdays::is_weekday(capacity.day(*at));
        if (from..=to).any(|at| days.effective(at).is_positive()) {
            return Self::Effective;
        }
        match (from..=to).rev().find(is_weekday) {
            Some(_) if days.is_role => Self::Weekdays,
            Some(last) => Self::Only(last),
            None => Self::Only(to),
        }
    }
}

/// Rounds the running total instead of each share, so that nothing is lost or added.
fn weighted(
    total: i64,
    days: std::ops::RangeInclusive<usize>,
    weight: impl Fn(usize) -> i64,
    mut put: impl FnMut(usize, Minutes),
) {
    let weights: Vec<i64> = days.clone().map(weight).collect();
    let sum: i64 = weights.iter().sum();
    if sum == 0 {
        return;
    }
    let (mut running, mut given) = (0, 0);
    for (at, weight) in days.zip(weights) {
        running += weight;
        let due = (total * running + sum / 2) / sum;
        if due != given {
            put(at, Minutes(due - given));
        }
        given = due;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::load::kit::{day, item, one_person};

    fn shares(item: &WorkItem) -> Vec<(String, i64)> {
        let capacity = one_person("2026-11-16", "2026-12-31");
        let mut found = Vec::new();
        spread(item, &capacity, &capacity.people()[0], |at, minutes| {
            found.push((capacity.day(at).format("%a").to_string(), minutes.0));
        });
        found
    }

    fn hours(item: &WorkItem) -> Vec<i64> {
        shares(item).into_iter().map(|(_, minutes)| minutes / 60).collect()
    }

    #[test]
    fn shapes_lie_as_they_are_called() {
        let week = |shape| WorkItem { shape, ..item(1, 30, "2026-11-23", "2026-11-27") };
        assert_eq!(hours(&week(Shape::Even)), [6, 6, 6, 6, 6]);
        assert_eq!(hours(&week(Shape::Front)), [10, 8, 6, 4, 2]);
        assert_eq!(hours(&week(Shape::Back)), [2, 4, 6, 8, 10]);
        assert_eq!(hours(&week(Shape::PerDay(Minutes::hours(3)))), [3, 3, 3, 3, 3]);
        let by_hand = Shape::Hand(vec![(day("2026-11-24"), Minutes::hours(7))]);
        assert_eq!(shares(&week(by_hand)), [("Tue".to_owned(), 420)]);
    }

    #[test]
    fn hours_in_a_window_without_capacity_stay_visible() {
        assert_eq!(shares(&item(1, 4, "2026-11-28", "2026-11-29")), [("Sun".to_owned(), 240)]);
    }

    proptest! {
        #[test]
        fn shares_add_up_exactly(minutes in 0i64..20_000, from in 0i64..30, len in 0i64..15, shape in 0u8..3) {
            let from = crate::domain::day::plus(day("2026-11-16"), from);
            let shape = [Shape::Even, Shape::Front, Shape::Back][usize::from(shape)].clone();
            let item = WorkItem { minutes: Minutes(minutes), from, to: crate::domain::day::plus(from, len), shape, ..item(1, 0, "2026-11-16", "2026-11-16") };
            let shares = shares(&item);
            prop_assert_eq!(shares.iter().map(|(_, minutes)| minutes).sum::<i64>(), minutes);
            prop_assert!(shares.iter().all(|(_, minutes)| *minutes >= 0));
        }
    }
}
