//! Hours of a request on a person or role within a window.

use chrono::NaiveDate;

use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;

/// How the hours lie within the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Weighted by each day's effective hours.
    Even,
    /// Heaviest first.
    Front,
    /// Heaviest last.
    Back,
    /// So much on every day with capacity; the total follows from the window.
    PerDay(Minutes),
    /// Set by hand, day by day.
    Hand(Vec<(NaiveDate, Minutes)>),
}

/// Work that somebody holds, or that a role stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Its row.
    pub id: AllocationId,
    /// What is to be done.
    pub request: RequestId,
    /// Who holds it.
    pub person: PersonId,
    /// How much; `None` is not estimated yet and counts as its tier's median, drawn as unknown.
    pub minutes: Option<Minutes>,
    /// First day of the window.
    pub from: NaiveDate,
    /// Last day of the window, included.
    pub to: NaiveDate,
    /// A second layer that is never blended into confirmed work.
    pub is_tentative: bool,
    /// How it lies within the window.
    pub shape: Shape,
}
