//! The days by which something had to be done, as they stood when a span ended: a promise that is moved to another day
//! afterwards was missed all the same. What happened when is told by the records as they now stand, since it is often
//! noted later; a mistake in such a day leaves the past by taking the change back.

use std::collections::HashMap;

use super::ReviewSources;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::ids::OperationId;
use crate::domain::influence::{Decision, Promise, Risk};
use crate::domain::record::Record;
use crate::ops::books::Books;
use crate::ops::{Desk, OpsError};
use crate::store::StoreError;

/// When something is due as a page of these days says it: on a page of a week that is over no day is today.
pub(super) fn words(it: &ReviewSources, on: NaiveDate) -> String {
    let end = it.end();
    if end < it.today && on >= end {
        return format!("due {}", day::day_near(on, it.today));
    }
    day::due_words(on, end, it.facts().calendar)
}

/// How long something has gone on by the end of these days: `3 days`, `since today`.
pub(super) fn how_long(it: &ReviewSources, since: NaiveDate) -> String {
    if since == it.end() && since < it.today {
        return format!("since {}", day::day_near(since, it.today));
    }
    day::so_far((it.end() - since).num_days())
}

impl Desk {
    /// The books, with the days that promises, risks and decisions had at the end of a day.
    pub(super) fn books_by(&self, end: NaiveDate) -> Result<Books, OpsError> {
        let mut books = self.books()?;
        if end >= self.today() {
            return Ok(books);
        }
        let after = self.store.operation_before(self.clock.midnight(day::plus(end, 1)))?;
        let due = self.days_in::<Promise>("due", after)?;
        for promise in &mut books.promises {
            promise.due = due.get(&promise.id.0).copied().unwrap_or(promise.due);
        }
        let raise_by = self.days_in::<Risk>("raise_by", after)?;
        for risk in &mut books.risks {
            risk.raise_by = raise_by.get(&risk.id.0).copied().unwrap_or(risk.raise_by);
        }
        let check_on = self.days_in::<Decision>("check_on", after)?;
        for decision in &mut books.decisions {
            decision.check_on = check_on.get(&decision.id.0).copied().unwrap_or(decision.check_on);
        }
        Ok(books)
    }

    fn days_in<R: Record>(
        &self,
        column: &str,
        after: OperationId,
    ) -> Result<HashMap<i64, Option<NaiveDate>>, StoreError> {
        let stood = self.store.stood_in::<R>(column, after)?.into_iter();
        Ok(stood.map(|(id, text)| (id, text.and_then(|text| text.parse().ok()))).collect())
    }
}
