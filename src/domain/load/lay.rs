//! Where what is left lies, day by day. Late work goes first, into effective minutes from today on; the rest lies
//! in its window by its shape, weighted by what late work leaves. Whole minutes; the parts add up exactly.

use super::capacity::{Capacity, PersonDays};
use super::{LoadModel, WorkItem};
use crate::domain::allocation::Shape;
use crate::domain::minutes::Minutes;
use crate::domain::workdays;

/// Days, by their place in the range, with minutes on them.
pub type Parts = Vec<(usize, Minutes)>;

/// Where the work of one person lies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lay {
    /// For each item, in the order given.
    pub parts: Vec<Parts>,
    /// Confirmed, known late work on each day of the range.
    pub late: Vec<Minutes>,
}

/// Lays the items of one person.
pub fn lay(items: &[&WorkItem], days: &PersonDays, model: &LoadModel) -> Lay {
    let capacity = &*model.capacity;
    let mut late = vec![Minutes::ZERO; capacity.len];
    let mut parts: Vec<Parts> = vec![Vec::new(); items.len()];
    let today = capacity.at(model.today);
    if days.is_role {
        // A role has no hours that late demand could be spread over, so all of it stands where it is missing:
        // on the next working day.
        let next = capacity.at(model.calendar.on_or_after(model.today));
        for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_late) {
            parts[index].push((next, item.left));
            if item.decides() {
                late[next] += item.left;
            }
        }
    } else {
        let mut first: Vec<usize> = (0..items.len()).filter(|index| items[*index].is_late).collect();
        // By number last, so that two that are equal in all else do not change places between two drawings.
        first.sort_by_key(|index| (items[*index].deadline, items[*index].from, items[*index].request));
        let mut free: Vec<Minutes> = (0..capacity.len).map(|at| days.effective(at)).collect();
        // Known work takes its hours before guesses do, or a guess could push what was promised.
        let known = first.iter().filter(|index| items[**index].decides());
        for index in known {
            parts[*index] = into(&mut free, today, items[*index].left);
            parts[*index].iter().for_each(|(at, minutes)| late[*at] += *minutes);
        }
        for index in first.iter().filter(|index| !items[**index].decides()) {
            // Tentative work takes nothing from anybody, unknown work only from other unknown work.
            if items[*index].is_tentative {
                parts[*index] = into(&mut free.clone(), today, items[*index].left);
            } else {
                parts[*index] = into(&mut free, today, items[*index].left);
            }
        }
    }
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_late) {
        parts[index] = in_window(item, days, &late, model);
    }
    Lay { parts, late }
}

/// Takes minutes from free days on, one after the other; what finds no room in the range lies on its last day, so
/// that nothing vanishes.
fn into(free: &mut [Minutes], from: usize, minutes: Minutes) -> Parts {
    let (mut parts, mut left) = (Parts::new(), minutes);
    for (at, room) in free.iter_mut().enumerate().skip(from) {
        let part = left.min(*room);
        if part.is_positive() {
            *room -= part;
            left -= part;
            parts.push((at, part));
        }
        if left.is_zero() {
            return parts;
        }
    }
    if left.is_positive() {
        parts.push((free.len() - 1, left));
    }
    parts
}

/// Between its first day, or today, and its deadline.
fn in_window(item: &WorkItem, days: &PersonDays, late: &[Minutes], model: &LoadModel) -> Parts {
    let capacity = &*model.capacity;
    let span = (capacity.at(item.starts(model.today)), capacity.at(item.deadline));
    let planned: Parts = match &item.shape {
        // A per-day share that has slipped has no days of its own after its window: what it is behind is laid
        // evenly below.
        Shape::PerDay(each) => (span.0..=span.1)
            .filter(|at| capacity.day(*at) <= item.to && capacity.is_worked(days, *at))
            .map(|at| (at, *each))
            .collect(),
        // Days by hand that are over are left out; what was planned on them and not done lies on top of those
        // that remain. By their dates: a day before the range would lie on its first one.
        Shape::Hand(by_hand) => by_hand
            .iter()
            .filter(|(day, _)| item.starts(model.today) <= *day && *day <= item.deadline)
            .map(|(day, minutes)| (capacity.at(*day), *minutes))
            .collect(),
        _ => Vec::new(),
    };
    let sum: Minutes = planned.iter().map(|(_, minutes)| *minutes).sum();
    if sum >= item.left && sum.is_positive() {
        // Less is left than was planned for these days: each day keeps its proportion.
        return weighted(item.left, planned.iter().map(|(at, minutes)| (*at, minutes.0)));
    }
    // More is left than the days were given: each keeps what it was given, and the rest lies on top.
    let rest = evenly(item, item.left - sum, span, &DayMeasure::of(span, days, late, model), capacity);
    add_up(planned, rest)
}

/// By its shape over the days of a span, each by what it counts.
fn evenly(
    item: &WorkItem,
    minutes: Minutes,
    span: (usize, usize),
    basis: &DayMeasure<'_>,
    capacity: &Capacity,
) -> Parts {
    // Front and back keep each day's place in the whole window, also when its first days are over.
    let (first, count) =
        (capacity.at(item.from), capacity.at(item.to).saturating_sub(capacity.at(item.from)) + 1);
    let weight = |at: usize| {
        let place = at.saturating_sub(first);
        let factor = match item.shape {
            // A share that has slipped lies beyond its window, where front loading has run out: those days
            // count alike.
            Shape::Front => count.saturating_sub(place).max(1),
            Shape::Back => place + 1,
            _ => 1,
        };
        i64::try_from(factor).unwrap_or(1) * basis.weight(at, capacity)
    };
    weighted(minutes, (span.0..=span.1).map(|at| (at, weight(at))))
}

fn add_up(one: Parts, other: Parts) -> Parts {
    let mut all = one;
    for (at, minutes) in other {
        match all.iter_mut().find(|(known, _)| *known == at) {
            Some((_, sum)) => *sum += minutes,
            None => all.push((at, minutes)),
        }
    }
    all.sort_unstable_by_key(|(at, _)| *at);
    all
}

/// What a day of a span counts by.
enum DayMeasure<'a> {
    /// Effective minutes that late work leaves.
    Free(&'a PersonDays, &'a [Minutes]),
    /// Effective minutes, where late work leaves none on any day.
    Effective(&'a PersonDays),
    /// Working days alike: roles without hours of their own, and the row of nobody.
    Weekdays(&'a PersonDays),
    /// One day takes everything, because hours must never vanish.
    Only(usize),
}

impl<'a> DayMeasure<'a> {
    fn of((from, to): (usize, usize), days: &'a PersonDays, late: &'a [Minutes], model: &LoadModel) -> Self {
        let capacity = &*model.capacity;
        // From the best measure to the last resort; each is taken only where it gives at least one day some
        // weight.
        if (from..=to).any(|at| days.effective(at) > late[at]) {
            return Self::Free(days, late);
        }
        if (from..=to).any(|at| days.effective(at).is_positive()) {
            return Self::Effective(days);
        }
        let is_weekday = |at: &usize| workdays::is_weekday(capacity.day(*at));
        let is_working = |at: usize| model.calendar.is_working(capacity.day(at));
        match (from..=to).rev().find(is_weekday) {
            // Somebody who has no hours in the window is not like a role: spread over days off, the work would
            // look as if it were being done.
            Some(_) if days.is_role && (from..=to).any(is_working) => Self::Weekdays(days),
            Some(last) => Self::Only(last),
            None => Self::Only(to),
        }
    }

    fn weight(&self, at: usize, capacity: &Capacity) -> i64 {
        match self {
            Self::Free(days, late) => (days.effective(at) - late[at]).at_least_zero().0,
            Self::Effective(days) => days.effective(at).0,
            Self::Weekdays(days) => i64::from(capacity.is_worked(days, at)),
            Self::Only(day) => i64::from(at == *day),
        }
    }
}

/// Rounds the running total instead of each part, so that nothing is lost or added.
pub(super) fn weighted(total: Minutes, weights: impl Iterator<Item = (usize, i64)> + Clone) -> Parts {
    let sum: i64 = weights.clone().map(|(_, weight)| weight).sum();
    if sum == 0 {
        return Parts::new();
    }
    let (mut running, mut given) = (0, 0);
    let mut parts = Parts::new();
    for (at, weight) in weights {
        running += weight;
        // Rounded half up; the last running total is the sum itself, so the last part makes it exact.
        let due = (total.0 * running + sum / 2) / sum;
        if due != given {
            // Zero minutes are no part: whoever looks for the days of a share would find days on which nothing
            // lies.
            parts.push((at, Minutes(due - given)));
        }
        given = due;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::{AbsenceId, HolidayId, PersonId};
    use crate::domain::load::capacity::Team;
    use crate::domain::load::kit::{day, item, model_of, model_of_one, person};
    use crate::domain::person::{Absence, Holiday};

    fn parts(item: WorkItem) -> Vec<(String, i64)> {
        let model = model_of_one(vec![item]);
        let days = &model.capacity.people()[0];
        let items: Vec<&WorkItem> = model.items_of(PersonId(1)).iter().collect();
        let lay = lay(&items, days, &model);
        lay.parts[0]
            .iter()
            .map(|(at, minutes)| (model.capacity.day(*at).format("%a").to_string(), minutes.0))
            .collect()
    }

    fn hours(item: WorkItem) -> Vec<i64> {
        parts(item).into_iter().map(|(_, minutes)| minutes / 60).collect()
    }

    #[test]
    fn shapes_lie_as_they_are_called() {
        let week = |shape| WorkItem { shape, ..item(1, 30, "2026-11-23", "2026-11-27") };
        assert_eq!(hours(week(Shape::Even)), [6, 6, 6, 6, 6]);
        assert_eq!(hours(week(Shape::Front)), [10, 8, 6, 4, 2]);
        assert_eq!(hours(week(Shape::Back)), [2, 4, 6, 8, 10]);
        assert_eq!(hours(week(Shape::PerDay(Minutes::hours(6)))), [6, 6, 6, 6, 6]);
        let by_hand = Shape::Hand(vec![(day("2026-11-24"), Minutes::hours(7))]);
        let seven = WorkItem { shape: by_hand, ..item(1, 7, "2026-11-23", "2026-11-27") };
        assert_eq!(parts(seven), [("Tue".to_owned(), 420)]);
    }

    #[test]
    fn what_a_daily_share_is_behind_lies_evenly_on_top_and_what_it_is_ahead_comes_off_each_day() {
        let each = |left: i64| WorkItem {
            shape: Shape::PerDay(Minutes::hours(4)),
            left: Minutes::hours(left),
            ..item(1, 20, "2026-11-23", "2026-11-27")
        };
        assert_eq!(hours(each(30)), [6, 6, 6, 6, 6]);
        assert_eq!(hours(each(10)), [2, 2, 2, 2, 2]);
    }

    #[test]
    fn a_window_that_has_begun_keeps_the_places_of_its_days() {
        let back = WorkItem {
            shape: Shape::Back,
            left: Minutes::hours(45),
            ..item(1, 60, "2026-11-18", "2026-11-27")
        };
        // Wed 18 is place 1, so Mon 23 is 6 and Fri 27 is 10: 45 hours by 6, 7, 8, 9, 10.
        assert_eq!(
            parts(back).iter().map(|(_, minutes)| *minutes).collect::<Vec<_>>(),
            [405, 473, 540, 607, 675]
        );
    }

    #[test]
    fn hours_in_a_window_without_capacity_stay_visible() {
        assert_eq!(parts(item(1, 4, "2026-11-28", "2026-11-29")), [("Sun".to_owned(), 240)]);
    }

    #[test]
    fn so_much_a_day_is_the_same_on_a_short_day_and_an_even_share_is_not() {
        let short = Absence {
            id: AbsenceId(1),
            person: PersonId(1),
            from: day("2026-11-25"),
            to: day("2026-11-25"),
            per_day: Some(Minutes::hours(4)),
            is_tentative: false,
            note: String::new(),
            brought: String::new(),
        };
        let laid = |shape: Shape| {
            let own = WorkItem { shape, ..item(1, 15, "2026-11-23", "2026-11-27") };
            let team = Team { people: &[person(1)], absences: std::slice::from_ref(&short), holidays: &[] };
            let model = model_of(&team, vec![own]);
            let parts = model.laid(PersonId(1)).remove(0).1;
            parts.iter().map(|(_, minutes)| minutes.0).collect::<Vec<_>>()
        };
        assert_eq!(laid(Shape::PerDay(Minutes::hours(3))), [180; 5]);
        assert_eq!(laid(Shape::Even), [200, 200, 100, 200, 200], "fifteen hours by 8, 8, 4, 8, 8");
    }

    #[test]
    fn what_days_by_hand_do_not_hold_lies_evenly_on_top_of_them() {
        let by_hand = Shape::Hand(vec![
            (day("2026-11-20"), Minutes::hours(9)),
            (day("2026-11-24"), Minutes::hours(7)),
            (day("2026-12-24"), Minutes::hours(9)),
        ]);
        let twelve = WorkItem { shape: by_hand, ..item(1, 12, "2026-11-23", "2026-11-27") };
        assert_eq!(hours(twelve), [1, 8, 1, 1, 1], "a day outside its window holds nothing of it");
    }

    #[test]
    fn late_demand_of_a_role_stands_on_the_next_working_day_and_the_rest_as_if_it_were_not_there() {
        let mut role = person(1);
        role.is_role = true;
        let team = Team { people: &[role], absences: &[], holidays: &[] };
        let items = vec![item(1, 30, "2026-11-16", "2026-11-20"), item(2, 10, "2026-11-23", "2026-11-27")];
        let laid = model_of(&team, items);
        let parts = |at: usize| {
            let parts = laid.laid(PersonId(1)).remove(at).1;
            parts.iter().map(|(_, minutes)| minutes.0 / 60).collect::<Vec<_>>()
        };
        assert_eq!((parts(0), parts(1)), (vec![30], vec![2, 2, 2, 2, 2]));
    }

    #[test]
    fn demand_of_a_role_lies_on_working_days_only() {
        let mut role = person(1);
        role.is_role = true;
        let free = Holiday {
            id: HolidayId(1),
            name: "x".into(),
            from: day("2026-11-30"),
            to: day("2026-11-30"),
            brought: String::new(),
        };
        let team = Team { people: &[role], absences: &[], holidays: &[free] };
        let laid = model_of(&team, vec![item(1, 10, "2026-11-27", "2026-12-01")]);
        let parts = laid.laid(PersonId(1)).remove(0).1;
        let days: Vec<String> = parts.iter().map(|(at, _)| laid.capacity.day(*at).to_string()).collect();
        assert_eq!(days, ["2026-11-27", "2026-12-01"], "neither the weekend nor the free Monday");
    }

    #[test]
    fn hours_of_somebody_who_is_away_all_the_time_stand_on_the_last_weekday() {
        let away = Absence {
            id: AbsenceId(1),
            person: PersonId(1),
            from: day("2026-11-23"),
            to: day("2026-11-29"),
            per_day: None,
            is_tentative: false,
            note: String::new(),
            brought: String::new(),
        };
        let team = Team { people: &[person(1)], absences: &[away], holidays: &[] };
        let laid = model_of(&team, vec![item(1, 10, "2026-11-23", "2026-11-29")]);
        let parts = laid.laid(PersonId(1)).remove(0).1;
        assert_eq!(parts, [(laid.capacity.at(day("2026-11-27")), Minutes::hours(10))]);
    }

    #[test]
    fn what_finds_no_room_at_all_lies_on_the_last_day() {
        let mut free = [1, 0, 2].map(Minutes::hours);
        let parts = into(&mut free, 0, Minutes::hours(5));
        assert_eq!(parts, [(0, Minutes::hours(1)), (2, Minutes::hours(2)), (2, Minutes::hours(2))]);
        assert_eq!(free, [Minutes::ZERO; 3]);
        assert_eq!(into(&mut [Minutes::hours(4); 2], 1, Minutes::hours(3)), [(1, Minutes::hours(3))]);
    }

    proptest! {
        #[test]
        fn parts_add_up_exactly(minutes in 1i64..20_000, from in -9i64..30, len in 0i64..15, shape in 0u8..4) {
            let from = crate::domain::day::plus(day("2026-11-23"), from);
            let shape = [Shape::Even, Shape::Front, Shape::Back, Shape::PerDay(Minutes(100))][usize::from(shape)].clone();
            let to = crate::domain::day::plus(from, len);
            let item = WorkItem { left: Minutes(minutes), from, to, deadline: to, is_late: to < day("2026-11-23"), shape, ..item(1, 0, "2026-11-23", "2026-11-23") };
            let parts = parts(item);
            prop_assert_eq!(parts.iter().map(|(_, minutes)| minutes).sum::<i64>(), minutes);
            prop_assert!(parts.iter().all(|(_, minutes)| *minutes >= 0));
        }
    }
}
