//! How a source stands on a store: how old its data is, what it offers, whether its time has come.

use chrono::{DateTime, TimeDelta, Utc};

use super::{DataSource, SourceWhat, age_words};
use crate::domain::ids::OperationId;

/// What a fetch found that is not here yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfferedChanges {
    pub new: usize,
    pub changed: usize,
    /// What the source has no more. Of requests it is only said; events are cancelled.
    pub gone: usize,
}

impl OfferedChanges {
    /// True if there is something to take in.
    pub const fn is_any(self, what: SourceWhat) -> bool {
        self.new > 0 || self.changed > 0 || (self.gone > 0 && matches!(what, SourceWhat::Calendar))
    }

    /// What remains of it once all is taken in: what a list has no more is only said.
    pub const fn when_taken(self, what: SourceWhat) -> Self {
        let gone = if matches!(what, SourceWhat::Calendar) { 0 } else { self.gone };
        Self { new: 0, changed: 0, gone }
    }

    /// `3 new, 2 changed`
    pub fn words(self) -> String {
        let parts = [(self.new, "new"), (self.changed, "changed"), (self.gone, "gone")];
        let told =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// How a source stands on this store. It is nobody's work, so the journal passes over it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceState {
    /// When it was last tried, whatever came of it.
    pub tried: Option<DateTime<Utc>>,
    pub refreshed: Option<DateTime<Utc>>,
    /// As of when what is here of it is: a file that was downloaded is as old as it is.
    pub data_from: Option<DateTime<Utc>>,
    /// When everything that it said was in here last.
    pub current: Option<DateTime<Utc>>,
    /// What was found at the last reading that was not here then.
    pub found: Option<OfferedChanges>,
    pub is_taken: bool,
    /// What of it is not here although it was taken: lines that were left out. Not known where that was never kept.
    pub left: Option<OfferedChanges>,
    /// The newest operation when it was found, or when what remained of it was counted.
    pub as_of: Option<OperationId>,
    /// What was found then says nothing of now: other imports were taken back or done again since.
    pub is_unsure: bool,
    /// What the last reading took in, if it took in anything.
    pub operation: Option<OperationId>,
    /// Every operation that took something in since one of them was undone, the newest last.
    pub taken: Vec<OperationId>,
    /// One of these is undone.
    pub was_undone: bool,
    /// As of when the data is that was read last, also where it is only offered.
    pub read_from: Option<DateTime<Utc>>,
    /// Why the last try failed; what was there stands.
    pub error: Option<String>,
}

/// So many operations are remembered that took something in; whoever undoes an older one has undone what followed.
const TAKEN: usize = 100;

impl SourceState {
    /// Notes what took something in of it, if anything did. What was undone before has been decided anew then.
    pub fn note_taken(&mut self, operation: Option<OperationId>) {
        self.operation = operation;
        let Some(operation) = operation else { return };
        if self.was_undone {
            self.taken.clear();
        }
        self.taken.push(operation);
        self.taken.drain(..self.taken.len().saturating_sub(TAKEN));
        self.was_undone = false;
    }

    /// What there is to take in of it, which is what a look at the same data would find now; of what was taken in what was
    /// left out, and what was said of the source and done nothing about. Nothing where only a look could tell.
    pub fn offered(&self, what: SourceWhat) -> Option<OfferedChanges> {
        let found = self.found.filter(|_| !self.is_unsure)?;
        if !self.is_taken || self.was_undone {
            return Some(found);
        }
        Some(self.left.unwrap_or_else(|| found.when_taken(what)))
    }

    /// When everything that it said was in here last, if it still is.
    pub fn current(&self) -> Option<DateTime<Utc>> {
        self.current.filter(|_| !self.was_undone && !self.is_unsure)
    }

    /// True if something of it is here, as far as that is remembered.
    pub const fn has_brought(&self) -> bool {
        self.operation.is_some() || !self.taken.is_empty() || self.current.is_some()
    }

    /// True if something was found once, and only another look tells what of it is still to be taken in.
    pub const fn needs_look(&self) -> bool {
        self.found.is_some() && self.is_unsure
    }

    /// How old its data is.
    pub fn age(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        // A clock that was set back makes nothing younger than new.
        self.data_from.map(|from| (now - from).max(TimeDelta::zero()))
    }

    /// Why what rests on it is not to be leant on; nothing if it is.
    pub fn staleness(&self, source: &DataSource, now: DateTime<Utc>) -> Option<String> {
        let Some(age) = self.age(now) else { return Some(format!("{} was never read", source.name)) };
        if age > source.stale_after() {
            return Some(format!("{} is {} old", source.name, age_words(age)));
        }
        self.error
            .as_ref()
            .map(|_| format!("{} could not be read again; this is {} old", source.name, age_words(age)))
    }

    /// True if its time has come.
    pub fn is_due(&self, source: &DataSource, now: DateTime<Utc>, is_start: bool) -> bool {
        let is_over = |minutes: u32| {
            // By the last try, whatever came of it: a source that fails would otherwise be asked again without a
            // pause.
            self.tried.is_none_or(|tried| {
                // One that was tried by a clock that ran ahead would otherwise wait until then.
                tried > now || now - tried >= TimeDelta::minutes(i64::from(minutes))
            })
        };
        (is_start && source.at_start) || source.every.is_some_and(is_over)
    }
}
