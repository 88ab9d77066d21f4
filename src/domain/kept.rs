//! Days that are over, as they were kept: what each share had planned and what came off it.

use chrono::NaiveDate;

use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;
use super::tier::Tier;

/// One share on one day that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptShare {
    /// The day.
    pub day: NaiveDate,
    /// Which share.
    pub share: AllocationId,
    /// For which request.
    pub request: RequestId,
    /// What it was called.
    pub title: String,
    /// Its tier on that day; the guess where none was set.
    pub tier: Tier,
    /// On whom.
    pub person: PersonId,
    /// As they were called.
    pub handle: String,
    /// A role, not a person.
    pub is_role: bool,
    /// It was not confirmed.
    pub is_tentative: bool,
    /// What the grid showed for the day.
    pub planned: Minutes,
    /// What came off the share.
    pub done: Minutes,
}

/// What was kept of some days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptDays {
    /// The first day that is kept at all; a span before it is not known.
    pub first: Option<NaiveDate>,
    /// Days that were kept later than on the next one.
    pub reconstructed: Vec<NaiveDate>,
    /// The shares, day by day.
    pub shares: Vec<KeptShare>,
}
