//! Days that are over, as they were kept: what was planned for each share and what came off it (LOAD.md, 6). Past
//! utilisation, tier mix and strategy share are counted from here, never from plans made later.

use chrono::NaiveDate;

use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;
use super::tier::Tier;

/// One share on one day that is over. Names are those of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptShare {
    /// The lead's day; it is over.
    pub day: NaiveDate,
    /// Which share; it may be gone since.
    pub share: AllocationId,
    /// For which request; it may be taken back since.
    pub request: RequestId,
    /// The title of the request.
    pub title: String,
    /// Its tier, by its words where nobody had set one.
    pub tier: Tier,
    /// Whose time it was.
    pub person: PersonId,
    /// As it was on that day.
    pub handle: String,
    /// A role, not somebody.
    pub is_role: bool,
    /// It was not confirmed.
    pub is_tentative: bool,
    /// Nobody had said how long it takes.
    pub is_unknown: bool,
    /// What the grid showed for it.
    pub planned: Minutes,
    /// What came off what was left of it.
    pub done: Minutes,
}

/// The kept days of a span.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptDays {
    /// The first day that is kept at all, whatever span was asked for; before it nothing is known.
    pub first: Option<NaiveDate>,
    /// The first and the last day of each run that is so long that it is kept only after a yes.
    pub waits: Vec<(NaiveDate, NaiveDate)>,
    /// Days of the span that were kept later than on the next morning of use.
    pub reconstructed: Vec<NaiveDate>,
    /// Every share on every day of the span.
    pub shares: Vec<KeptShare>,
}

impl KeptDays {
    /// True if a day that is over is kept, or will be with the next write.
    pub fn has(&self, on: NaiveDate) -> bool {
        // So long a run is stored only after a yes, and until then nothing is known of its days.
        let is_waiting = self.waits.iter().any(|(first, last)| *first <= on && on <= *last);
        self.first.is_some_and(|first| first <= on) && !is_waiting
    }
}
