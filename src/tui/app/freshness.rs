//! What of the data that is shown comes from a source, how old that is, and what is not to be leant on.

use std::collections::HashSet;

use crate::domain::ids::MeetingId;
use crate::domain::source::{SourceWhat, age_words, stale_words};
use crate::ops::Desk;
use crate::ops::sources::{Machine, SourceStatus};
use crate::store::StoreError;

/// The sources, and what rests on those that are stale.
#[derive(Debug, Clone, Default)]
pub struct SourceFreshness {
    pub all: Vec<SourceStatus>,
    /// The one that is being fetched, by its name.
    pub refreshing: Option<String>,
    /// Meetings of calendars that are stale.
    stale_meetings: HashSet<MeetingId>,
}

impl SourceFreshness {
    /// Reads the sources as they stand on a machine.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(&mut self, desk: &Desk, machine: Option<&Machine>) -> Result<(), StoreError> {
        // What is no fault of the store leaves them as they were, and is said where a key asks.
        let Ok(all) = desk.sources(machine) else { return Ok(()) };
        self.all = all;
        let mut stale = HashSet::new();
        for status in self.stale_of(&[SourceWhat::Calendar]) {
            stale.extend(desk.store.keys_of_source(status.source.identity())?);
        }
        self.stale_meetings = stale;
        Ok(())
    }

    fn stale_of(&self, what: &[SourceWhat]) -> impl Iterator<Item = &SourceStatus> {
        self.all.iter().filter(|status| what.contains(&status.source.what) && status.stale_data().is_some())
    }

    /// `Jira is 3 days old`, of what a pane shows; of several the first, and how many more.
    pub fn stale_words(&self, what: &[SourceWhat]) -> Option<String> {
        stale_words(self.stale_of(what).filter_map(SourceStatus::stale_data))
    }

    /// True if a source of one of these is stale.
    pub fn is_stale(&self, what: &[SourceWhat]) -> bool {
        self.stale_of(what).next().is_some()
    }

    /// True if a request came from a source that is stale.
    pub fn is_stale_request(&self, source: &str) -> bool {
        // Most requests come from nowhere, and most sources are fresh.
        !source.is_empty()
            && self.stale_of(&[SourceWhat::Requests]).any(|status| status.source.identity() == source)
    }

    /// True if a meeting comes from a calendar that is stale.
    pub fn is_stale_meeting(&self, meeting: MeetingId) -> bool {
        self.stale_meetings.contains(&meeting)
    }

    /// `2 h old`, of what a source brings; and whether that is too old.
    pub fn age_of(&self, what: SourceWhat, source: &str) -> Option<(String, bool)> {
        let is_of = |status: &&SourceStatus| status.source.what == what && status.source.identity() == source;
        let status = self.all.iter().find(is_of)?;
        Some((format!("{} old", age_words(status.age?)), status.stale.is_some()))
    }
}
