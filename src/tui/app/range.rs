//! What of the store is read for what is shown.

use chrono::NaiveDate;

/// Which days are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First day of the load.
    pub load_from: NaiveDate,
    /// How many days of it.
    pub load_days: usize,
    /// Monday of another week of meetings; `None` is the days around today.
    pub meetings_week: Option<NaiveDate>,
    /// A board is shown: how the books stand has to be known.
    pub has_board: bool,
    /// What of closed things is read.
    pub closed: ClosedAsked,
    /// Others look on: what is private is not read.
    pub is_presenting: bool,
}

/// What filters ask for that is in no list otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedAsked {
    pub requests: bool,
    /// Those that do not take place.
    pub meetings: bool,
}
