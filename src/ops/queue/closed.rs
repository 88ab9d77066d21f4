//! Requests that have left the queue, told as the queue tells them, for those who look for them.

use super::QueueRow;
use crate::ops::Desk;
use crate::store::StoreError;

impl Desk {
    /// Requests that are delivered, declined or withdrawn, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn closed_requests(&self) -> Result<Vec<QueueRow>, StoreError> {
        self.store.reading(|store| {
            let today = self.today();
            let (team, work) = self.work()?;
            // No days at all: nothing is planned for work that is closed, but rows ask a model for their
            // verdict.
            let model = self.model_of(&team, &work, today..today);
            let around = self.around(&team, &work, &model)?;
            let closed = store.all_requests()?.into_iter().filter(|request| request.stage.is_closed());
            let rows = closed.map(|request| around.row(request));
            let mut rows: Vec<QueueRow> = rows.filter(|row| self.is_shown(row)).collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.request.id));
            Ok(rows)
        })
    }
}
