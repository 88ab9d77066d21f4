//! Small people and pieces of work for tests.

use chrono::NaiveDate;

use super::WorkItem;
use super::capacity::{Capacity, Team};
use crate::domain::allocation::Shape;
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;

/// A day from ISO text.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Eight hours from Monday to Friday.
pub fn person(id: i64) -> Person {
    Person {
        id: PersonId(id),
        handle: format!("p{id}"),
        name: format!("Person {id}"),
        discipline: "design".into(),
        email: String::new(),
        is_role: false,
        factor_percent: 80,
        first_day: None,
        last_day: None,
        contracts: Vec::new(),
    }
}

/// Confirmed, even work of `hours` for request `request` on person 1.
pub fn item(request: i64, hours: i64, from: &str, to: &str) -> WorkItem {
    WorkItem {
        share: AllocationId(request),
        request: RequestId(request),
        person: PersonId(1),
        minutes: Minutes::hours(hours),
        is_unknown: false,
        from: day(from),
        to: day(to),
        is_tentative: false,
        shape: Shape::Even,
    }
}

/// The capacity of [`person`] alone.
pub fn one_person(from: &str, to: &str) -> Capacity {
    let people = [person(1)];
    Capacity::new(&Team { people: &people, absences: &[], holidays: &[] }, day(from), day(to))
}

/// That person's work, asked on Monday 23 November 2026.
pub fn model_of_one(items: Vec<WorkItem>) -> super::LoadModel {
    let people = [person(1)];
    let team = Team { people: &people, absences: &[], holidays: &[] };
    super::LoadModel::new(&team, items, day("2026-11-23"), day("2026-11-23")..day("2027-01-29"))
}
