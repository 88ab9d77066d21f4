//! What rests on data that is old, or that could not be read again.

use crate::domain::source::{SourceWhat, stale_words};
use crate::domain::span::Span;
use crate::ops::sources::SourceStatus;
use crate::ops::{Desk, OpsError};

impl Desk {
    /// A sentence for each source that brings such data and is not to be leant on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stale_sources(&self, what: &[SourceWhat]) -> Result<Vec<String>, OpsError> {
        self.stale_where(what, |_| true)
    }

    fn stale_where(
        &self,
        what: &[SourceWhat],
        counts: impl Fn(&SourceStatus) -> bool,
    ) -> Result<Vec<String>, OpsError> {
        // Most commands show nothing of any source, and a start reads no table for nothing.
        if what.is_empty() {
            return Ok(Vec::new());
        }
        // On one that was never read nothing rests.
        let rests = |status: &SourceStatus| what.contains(&status.source.what) && status.age.is_some();
        let all = self.sources(None)?.into_iter();
        Ok(all.filter(|status| rests(status) && counts(status)).filter_map(|status| status.stale).collect())
    }

    /// The same of everything that a document rests on, in the words that stand at its head; empty while all is fresh.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(in crate::ops) fn stale_data(&self, what: &[SourceWhat]) -> Result<String, OpsError> {
        let stale = self.stale_sources(what)?;
        Ok(stale_words(stale.iter().map(String::as_str)).unwrap_or_default())
    }

    /// The same of a document about some days: of those that were over when data was fetched it says all there is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(in crate::ops) fn stale_data_of(&self, span: Span) -> Result<String, OpsError> {
        // By the clock of the day on which it was fetched: that of now may be an hour off, or of another zone.
        let is_of_before = |status: &SourceStatus| {
            status.state.data_from.is_some_and(|from| self.clock.day_of(from) > span.to)
        };
        let stale = self.stale_where(SourceWhat::ALL, |status| !is_of_before(status))?;
        Ok(stale_words(stale.iter().map(String::as_str)).unwrap_or_default())
    }
}
