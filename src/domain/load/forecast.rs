//! The earliest honest date: late work and what is held come first, the new work goes into what is left of
//! planned time, and the usual review wait comes on top.

use chrono::NaiveDate;

use super::capacity::PersonDays;
use super::fill::{Lateness, fill};
use super::{LoadModel, WorkItem};
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
    /// Why then.
    pub reason: String,
}

/// Work that nobody holds yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewWork {
    /// How much.
    pub minutes: Minutes,
    /// Not before this day.
    pub from: NaiveDate,
    /// What its review usually takes.
    pub review: ReviewWait,
}

/// How long work of a tier usually waits for its review, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewWait {
    /// Working days.
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
    found.sort_by_key(|forecast| (forecast.finish.is_none(), forecast.finish));
    found
}

fn one(model: &LoadModel, days: &PersonDays, work: NewWork) -> Forecast {
    let capacity = &model.capacity;
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
        if left.is_zero() && last.is_some() {
            break;
        }
    }
    let worked = last.filter(|_| left.is_zero()).map(|at| capacity.day(at));
    let finish = worked.map(|day| model.calendar.after(day, work.review.days));
    let before = items
        .iter()
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
        1 => "; 1 item due before it".to_owned(),
        count => format!("; {count} items due before it"),
    };
    let days = match review.days {
        0 => String::new(),
        1 => "; 1 day of review".to_owned(),
        count => format!("; {count} days of review"),
    };
    let review = match review.measured {
        Some(n) => format!(
            "{}, as {n} took lately (p85)",
            if days.is_empty() { "; no day of review" } else { &days }
        ),
        None if days.is_empty() => days,
        None => format!("{days}, as configured"),
    };
    format!("{free} free from {since}{items}{review}")
}
