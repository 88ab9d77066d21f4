//! The earliest honest date: late work and what is held come first, the new work goes into what is left of
//! planned time, and the usual review wait comes on top.

use chrono::NaiveDate;

use super::capacity::PersonDays;
use super::fill::{Lateness, fill};
use super::{LoadModel, WorkItem};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::minutes::Minutes;

/// When somebody could be done, and why then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    pub person: PersonId,
    /// Done, review included; `None` if there is no room within the range.
    pub finish: Option<NaiveDate>,
    /// The work itself is done.
    pub worked: Option<NaiveDate>,
    /// The first free hour, what is due before, and how its review is known.
    pub reason: String,
}

/// Work that nobody holds yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewWork {
    /// All of the work, review left out.
    pub minutes: Minutes,
    /// Not before this day.
    pub from: NaiveDate,
    /// What its review usually takes.
    pub review: ReviewWait,
}

/// How long work of a tier usually waits for its review, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewWait {
    /// Working days of the studio; 0 where work is not looked at again.
    pub days: u32,
    /// From how many deliveries of the last 90 days that is the p85; `None` if it is the configured time.
    pub measured: Option<usize>,
}

/// Forecasts for everybody given, the earliest first.
pub fn forecast(model: &LoadModel, people: &[PersonId], work: NewWork) -> Vec<Forecast> {
    let mut found: Vec<Forecast> = people
        .iter()
        .filter_map(|person| model.capacity.of(*person))
        .filter(|days| !days.is_role)
        .map(|days| one(model, days, work))
        .collect();
    // `None` would sort before every day.
    found.sort_by_key(|forecast| (forecast.finish.is_none(), forecast.finish));
    found
}

fn one(model: &LoadModel, days: &PersonDays, work: NewWork) -> Forecast {
    let capacity = &model.capacity;
    // Unlike the truth test this counts guesses too: a date that is told to somebody else must hold if the
    // guess comes true. Tentative work holds nobody's time until it is confirmed.
    let items: Vec<&WorkItem> =
        model.items_of(days.person).iter().filter(|item| !item.is_tentative).collect();
    let placement = fill(&items, capacity, days, (model.today, Lateness::Allowed));
    let start = capacity.at(work.from.max(model.today));
    let (mut left, mut first, mut last) = (work.minutes, None, None);
    for at in start..capacity.len {
        // What is kept free by the planning factor stays free: a promise made on it would not be honest.
        let free = (days.planning(at) - placement.used[at]).at_least_zero();
        if free.is_positive() {
            first.get_or_insert((at, free));
            left -= free.min(left);
            last = Some(at);
        }
        // Work of no length still needs a day on which it can be done: the first with a free hour.
        if left.is_zero() && last.is_some() {
            break;
        }
    }
    let worked = last.filter(|_| left.is_zero()).map(|at| capacity.day(at));
    // Review is counted in working days of the studio: it does not use up hours of the person who did the work.
    let finish = worked.map(|day| model.calendar.after(day, work.review.days));
    let before = items
        .iter()
        // Late work comes before as well, and is no reason that somebody could weigh: it is told of elsewhere.
        .filter(|item| worked.is_some_and(|day| item.deadline <= day && item.deadline >= model.today))
        .count();
    Forecast { person: days.person, finish, worked, reason: reason(model, first, before, work.review) }
}

fn reason(model: &LoadModel, first: Option<(usize, Minutes)>, before: usize, review: ReviewWait) -> String {
    let Some((at, free)) = first else { return "no free hour in sight".to_owned() };
    let day = model.capacity.day(at);
    let since = if day == model.today { "today".to_owned() } else { day::short_day(day) };
    let items = match before {
        0 => String::new(),
        count => format!("; {} due before it", counted(count, "item", "items")),
    };
    let days = match review.days {
        0 => String::new(),
        count => format!("; {} of review", counted(count, "day", "days")),
    };
    // A measured wait of no days is evidence and is said; a configured one is not worth a word.
    let review = match review.measured {
        Some(n) => format!(
            "{}, enough for 85 % of the last {n}",
            if days.is_empty() { "; no day of review" } else { &days }
        ),
        None if days.is_empty() => days,
        None => format!("{days}, as configured"),
    };
    format!("{free} free from {since}{items}{review}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::load::capacity::Team;
    use crate::domain::load::kit::{MONDAY, day, item, model_of, model_of_one, person};
    use crate::domain::person::Contract;

    const CONFIGURED: ReviewWait = ReviewWait { days: 0, measured: None };

    /// 6h24m a day are planned: eight hours by 80 %.
    fn of_one(model: &LoadModel, hours: i64, from: &str, review: ReviewWait) -> Forecast {
        let work = NewWork { minutes: Minutes::hours(hours), from: day(from), review };
        forecast(model, &[PersonId(1)], work).remove(0)
    }

    #[test]
    fn it_begins_on_its_first_day_and_leaves_free_what_the_factor_keeps_free() {
        let free = model_of_one(Vec::new());
        let found = of_one(&free, 12, "2026-11-25", CONFIGURED);
        assert_eq!((found.worked, found.finish), (Some(day("2026-11-26")), Some(day("2026-11-26"))));
        assert_eq!(found.reason, "6h24m free from Wed 25 Nov");
        let now = of_one(&free, 6, "2026-11-02", CONFIGURED);
        assert_eq!((now.worked, now.reason.as_str()), (Some(day(MONDAY)), "6h24m free from today"));
        let nothing = of_one(&free, 0, MONDAY, CONFIGURED);
        assert_eq!(nothing.finish, Some(day(MONDAY)), "no hours are done with the first that is free");
    }

    #[test]
    fn a_review_is_told_with_where_its_days_come_from() {
        let free = model_of_one(Vec::new());
        let told = |days, measured| of_one(&free, 6, "2026-11-27", ReviewWait { days, measured });
        assert_eq!(
            told(1, Some(5)).reason,
            "6h24m free from Fri 27 Nov; 1 day of review, enough for 85 % of the last 5"
        );
        assert_eq!(told(1, Some(5)).finish, Some(day("2026-11-30")), "over the weekend");
        assert!(told(0, Some(7)).reason.ends_with("; no day of review, enough for 85 % of the last 7"));
        assert!(told(3, None).reason.ends_with("; 3 days of review, as configured"));
    }

    #[test]
    fn what_is_promised_comes_first_and_what_is_not_confirmed_does_not() {
        let held = |is_tentative| WorkItem { is_tentative, ..item(1, 16, MONDAY, "2026-11-24") };
        let promised = model_of_one(vec![held(false), item(2, 2, MONDAY, "2026-11-25")]);
        // Two days are full, on the third two hours are taken.
        let found = of_one(&promised, 6, MONDAY, CONFIGURED);
        assert_eq!(found.worked, Some(day("2026-11-26")));
        assert_eq!(found.reason, "4h24m free from Wed 25 Nov; 2 items due before it");
        assert_eq!(of_one(&model_of_one(vec![held(true)]), 6, MONDAY, CONFIGURED).worked, Some(day(MONDAY)));
    }

    #[test]
    fn late_work_is_done_first_and_is_no_item_that_is_due_before() {
        let late = model_of_one(vec![item(1, 8, "2026-11-16", "2026-11-20")]);
        let found = of_one(&late, 6, MONDAY, CONFIGURED);
        assert_eq!(
            (found.worked, found.reason.as_str()),
            (Some(day("2026-11-24")), "6h24m free from Tue 24 Nov")
        );
    }

    #[test]
    fn roles_promise_nothing_and_who_has_no_time_comes_last_without_a_date() {
        let (mut none, mut role) = (person(2), person(3));
        none.contracts = vec![Contract { from: day("2020-01-01"), week: [Minutes::ZERO; 7] }];
        role.is_role = true;
        let people = [none, person(1), role];
        let team = Team { people: &people, absences: &[], holidays: &[] };
        let work = NewWork { minutes: Minutes::hours(4), from: day(MONDAY), review: CONFIGURED };
        let found = forecast(&model_of(&team, Vec::new()), &[2, 3, 1].map(PersonId), work);
        let order: Vec<i64> = found.iter().map(|it| it.person.0).collect();
        assert_eq!(order, [1, 2]);
        assert_eq!((found[1].finish, found[1].reason.as_str()), (None, "no free hour in sight"));
        let endless = of_one(&model_of_one(Vec::new()), 100_000, MONDAY, CONFIGURED);
        assert_eq!((endless.worked, endless.finish), (None, None), "some hours are free, and not enough");
    }
}
