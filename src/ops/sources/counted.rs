//! How much of what a source says is here, counted so that a list can tell it without a look.

use super::take::{SourceChoice, SourceReport};
use crate::domain::source::{DataSource, OfferedChanges, SourceState};
use crate::ops::import::file::FileImport;
use crate::ops::import::foreign::ForeignContent;
use crate::ops::import::lines::LineChoice;
use crate::ops::import::{EventChange, RowAction};
use crate::ops::{Desk, OpsError};

impl Desk {
    /// What a look at a file of a source finds now; nothing where it cannot be read any more.
    pub(super) fn found_in(&mut self, source: &DataSource, import: &FileImport) -> Option<OfferedChanges> {
        // A copy: the import itself is still to be taken in from what was read, or looked at once more.
        let content = import.file.content.as_ref().ok()?.as_ref().clone();
        self.counted_now(source, content).ok()
    }

    /// The same of what was read; nothing is stored.
    fn counted_now(
        &mut self,
        source: &DataSource,
        content: ForeignContent,
    ) -> Result<OfferedChanges, OpsError> {
        let (lines, mut silent) = (LineChoice::default(), |_: usize, _: usize| {});
        let choice = SourceChoice { applies: false, lines: &lines, progress: &mut silent };
        self.take(source, content, choice).map(|report| counts(&report))
    }

    /// Takes it in or looks at it: what that did, what a look found before, and what a look would find after it.
    pub(super) fn take_counted(
        &mut self,
        source: &DataSource,
        content: ForeignContent,
        choice: SourceChoice<'_>,
    ) -> Result<(SourceReport, OfferedChanges, Option<OfferedChanges>), OpsError> {
        let applies = choice.applies;
        // Where nothing is said of single lines, the report says both: looking twice more would be felt on large files.
        if *choice.lines == LineChoice::default() {
            let report = self.take(source, content, choice)?;
            let found = counts(&report);
            let left = applies.then_some(found.when_taken(source.what));
            return Ok((report, found, left));
        }
        let found = self.counted_now(source, content.clone())?;
        let report = self.take(source, content.clone(), choice)?;
        // It is in: what cannot be counted any more is no reason to say that it failed.
        let left = if applies { self.counted_now(source, content).ok() } else { None };
        Ok((report, found, left))
    }

    /// Notes how a source stands, and as of which operation that was counted.
    pub(super) fn note_counted(
        &self,
        source: &DataSource,
        mut state: SourceState,
        left: Option<OfferedChanges>,
    ) -> Result<(), OpsError> {
        (state.left, state.as_of) = (left, Some(self.store.newest_operation()?));
        Ok(self.store.note_source(source.id, &state)?)
    }
}

/// True for an event that its calendar cancelled or changed, and not for one that only stays as it was set here.
const fn is_told(event: &EventChange) -> bool {
    event.is_cancelled || !event.changes.is_empty()
}

fn counts(report: &SourceReport) -> OfferedChanges {
    match report {
        SourceReport::Table(report) => OfferedChanges {
            new: report.count(RowAction::Created),
            changed: report.count(RowAction::Updated),
            gone: report.vanished.len(),
        },
        SourceReport::Calendar(report) => OfferedChanges {
            new: report.created,
            // One by one: what was cancelled or moved here and then went is gone without being cancelled once more.
            changed: report.changed.iter().filter(|it| !it.has_vanished && is_told(it)).count(),
            gone: report.vanished,
        },
    }
}
