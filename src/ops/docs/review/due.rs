//! What was agreed, as it stood when a span ended: a promise that is moved to another day afterwards was missed all the
//! same, and so was an outcome whose target is lowered. What happened when is told by the records as they now stand, since it is often
//! noted later; a mistake in such a day leaves the past by taking the change back.

use super::ReviewSources;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::ids::OperationId;
use crate::domain::record::Record;
use crate::ops::books::Books;
use crate::ops::{Desk, OpsError};
use crate::store::StoreError;

/// When something is due as a page of these days says it: on a page of a week that is over no day is today.
pub(super) fn words(it: &ReviewSources, on: NaiveDate) -> String {
    let end = it.end();
    // The words would be counted from the last day of that week and be read today: “due today” was a Sunday
    // long ago.
    if end < it.today && on >= end {
        return format!("due {}", day::day_near(on, it.today));
    }
    day::due_words(on, end, it.facts().calendar)
}

/// How long something has gone on by the end of these days: `3 days`, `since today`.
pub(super) fn how_long(it: &ReviewSources, since: NaiveDate) -> String {
    // “Since today” would mean the last day of a week that is over.
    if since == it.end() && since < it.today {
        return format!("since {}", day::day_near(since, it.today));
    }
    day::so_far((it.end() - since).num_days())
}

impl Desk {
    /// The books, with what was aimed at and agreed in them at the end of a day.
    pub(super) fn books_by(&self, end: NaiveDate) -> Result<Books, OpsError> {
        let mut books = self.books()?;
        // No change can have come after a day that is not over.
        if end >= self.today() {
            return Ok(books);
        }
        let after = self.store.operation_before(self.clock.midnight(day::plus(end, 1)))?;
        self.restore(&mut books.promises, &["due"], after)?;
        self.restore(&mut books.risks, &["raise_by"], after)?;
        self.restore(&mut books.decisions, &["check_on", "held"], after)?;
        let aims = ["baseline", "baseline_on", "target", "direction", "due", "value_per_day", "confidence"];
        self.restore(&mut books.outcomes, &aims, after)?;
        self.restore(&mut books.gains, &["hours"], after)?;
        self.restore(&mut books.redirects, &["hours"], after)?;
        self.restore(&mut books.frictions, &["hours"], after)?;
        // A stage has its day: what is noted later of days up to the end holds, and only what came after it does not.
        let mut stood = books.frictions.clone();
        self.restore(&mut stood, &["stage", "moved"], after)?;
        for (friction, stood) in books.frictions.iter_mut().zip(stood) {
            if friction.moved.is_some_and(|moved| moved > end) {
                *friction = stood;
            }
        }
        Ok(books)
    }

    /// Gives records what stood in some of their columns after an operation.
    fn restore<R: Record>(
        &self,
        records: &mut [R],
        columns: &[&str],
        after: OperationId,
    ) -> Result<(), OpsError> {
        for (index, column) in R::COLUMNS.iter().enumerate().filter(|(_, column)| columns.contains(column)) {
            let stood = self.store.stood_in::<R>(column, after)?;
            for record in records.iter_mut() {
                // A record that is not among them was not changed since and keeps its value.
                if let Some(value) = stood.get(&record.number()) {
                    let key = record.key();
                    let told = |sentence| StoreError::Refused(format!("{key}: {sentence}"));
                    record.set_stored(index, value.clone()).map_err(told)?;
                }
            }
        }
        Ok(())
    }
}
