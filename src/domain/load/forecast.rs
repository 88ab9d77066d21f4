//! The earliest honest date: what is confirmed is placed first, the new work goes into what is left of
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
    /// Who.
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
    /// Business days that its review usually takes.
    pub review_days: u32,
}

/// Forecasts for everybody given, the earliest first.
#[must_use]
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
    let finish = worked.map(|day| model.calendar.after(day, work.review_days));
    let before = items
        .iter()
        .filter(|item| worked.is_some_and(|day| item.to <= day && item.to >= model.today))
        .count();
    Forecast { person: days.person, finish, worked, reason: reason(model, first, before, work.review_days) }
}

fn reason(model: &LoadModel, first: Option<(usize, Minutes)>, before: usize, review_days: u32) -> String {
    let Some((at, free)) = first else { return "no free hour in sight".to_owned() };
    let day = model.capacity.day(at);
    let since = if day == model.today { "today".to_owned() } else { day::short_day(day) };
    let items = match before {
        0 => String::new(),
        1 => "; 1 item due before it".to_owned(),
        count => format!("; {count} items due before it"),
    };
    let review = match review_days {
        0 => String::new(),
        1 => "; 1 day of review".to_owned(),
        count => format!("; {count} days of review"),
    };
    format!("{free} free from {since}{items}{review}")
}
