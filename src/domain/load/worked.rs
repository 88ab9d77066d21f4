//! On which days something of a share can be done.

use super::capacity::{Capacity, PersonDays};
use crate::domain::workdays;

impl Capacity {
    /// A day on which something can be done: of a role, which has no hours of its own, every working day.
    pub fn is_worked(&self, days: &PersonDays, at: usize) -> bool {
        if days.is_role {
            workdays::is_weekday(self.day(at)) && !self.is_closed(at)
        } else {
            days.effective(at).is_positive()
        }
    }
}
