//! What each share had planned and done on days that are over.

use chrono::NaiveDate;

use super::Desk;
use crate::domain::kept::KeptDays;
use crate::store::StoreError;

impl Desk {
    /// What was kept of some days, both included.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_days(&self, _from: NaiveDate, _to: NaiveDate) -> Result<KeptDays, StoreError> {
        Ok(KeptDays::default())
    }
}
