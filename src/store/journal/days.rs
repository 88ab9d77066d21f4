//! Recorded days that an undo or a redo brings back: others may have been recorded in their place meanwhile.

use chrono::NaiveDate;

use super::RowChange;
use crate::store::{StoreError, Tx};

impl Tx<'_> {
    /// Forgets the days that were kept since days went that come back now: a restore took them away, and whoever wrote
    /// next kept them once more, by the work as it stood in the copy.
    pub(super) fn make_room_for_days(&self, changes: &[RowChange], undoing: bool) -> Result<(), StoreError> {
        let mut first: Option<NaiveDate> = None;
        for RowChange { id, table_name, row, before, after, .. } in changes {
            if table_name != "kept_day" {
                continue;
            }
            let coming = match (undoing, before, after) {
                (true, Some(before), None) => Some(before.clone()),
                (false, None, Some(after)) => Some(after.clone()),
                (false, None, None) => self.image_after(*id, table_name, *row)?,
                _ => None,
            };
            let day = coming.as_ref().and_then(|row| row.get("day")?.as_str()?.parse().ok());
            first = first.into_iter().chain(day).min();
        }
        let Some(first) = first else { return Ok(()) };
        // What goes by this very step must still be there when it does.
        let going = |it: &&RowChange| if undoing { it.before.is_none() } else { it.after.is_none() };
        let rows = |table: &str| -> Vec<i64> {
            changes.iter().filter(going).filter(|it| it.table_name == table).map(|it| it.row).collect()
        };
        // All from the first one on: what lies after it was reckoned from those before.
        self.forget_kept_days_but(first, rows)
    }
}
