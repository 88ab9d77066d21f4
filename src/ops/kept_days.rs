//! Days that are over, for figures of past spans and for the grid of past days.

use chrono::NaiveDate;

use super::Desk;
use crate::domain::kept::KeptDays;
use crate::store::StoreError;

impl Desk {
    /// What was planned and done on the days from `from` to `to`, both included. Days of the future hold nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_days(&self, from: NaiveDate, to: NaiveDate) -> Result<KeptDays, StoreError> {
        self.store.kept_days(from, to)
    }
}
