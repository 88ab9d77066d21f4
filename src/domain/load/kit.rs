//! Small people and pieces of work for tests.

use std::sync::Arc;

use chrono::NaiveDate;

use super::capacity::{Capacity, Team};
use super::{HeldShare, LoadModel, WorkItem};
use crate::domain::allocation::{Allocation, LeftSaid, Shape};
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;

/// The day on which most tests ask.
pub const MONDAY: &str = "2026-11-23";

/// A day from ISO text.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Eight hours from Monday to Friday.
pub fn person(id: i64) -> Person {
    let named = Person::called(id, &format!("p{id}"), &format!("Person {id}"));
    Person { discipline: "design".into(), ..named }
}

/// Confirmed, even work of `hours` for request `request` on person 1.
pub fn item(request: i64, hours: i64, from: &str, to: &str) -> WorkItem {
    WorkItem {
        share: AllocationId(request),
        request: RequestId(request),
        person: PersonId(1),
        tier: Tier::PRODUCTION,
        hours: Minutes::hours(hours),
        left: Minutes::hours(hours),
        is_unknown: false,
        from: day(from),
        to: day(to),
        deadline: day(to),
        is_late: day(to) < day(MONDAY),
        is_tentative: false,
        shape: Shape::Even,
        left_by: None,
    }
}

/// That person's work, asked on Monday 23 November 2026.
pub fn model_of_one(items: Vec<WorkItem>) -> super::LoadModel {
    model_of(&Team { people: &[person(1)], absences: &[], holidays: &[] }, items)
}

/// Work of a team, asked on Monday 23 November 2026.
pub fn model_of(team: &Team<'_>, items: Vec<WorkItem>) -> LoadModel {
    let from = items.iter().map(|item| item.from).fold(day(MONDAY), NaiveDate::min);
    let capacity = Capacity::new(team, from, day("2027-12-31"));
    LoadModel::of_items(team, Arc::new(capacity), items, day(MONDAY))
}

/// A share of `hours` under way, held by person 1, of the request with its number.
pub fn share(number: i64, hours: i64, from: &str, to: &str) -> HeldShare {
    HeldShare {
        allocation: Allocation {
            id: AllocationId(number),
            request: RequestId(number),
            person: PersonId(1),
            minutes: Some(Minutes::hours(hours)),
            from: day(from),
            to: day(to),
            is_tentative: false,
            shape: Shape::Even,
            left: LeftSaid::NEW,
        },
        title: format!("Work {number}"),
        tier: Tier::PRODUCTION,
        estimate: None,
        usual: Minutes::hours(4),
        stage: Stage::InProgress,
        is_blocked: false,
        due: None,
        done: Minutes::ZERO,
    }
}
