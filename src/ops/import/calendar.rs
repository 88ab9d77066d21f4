//! Calendars into the store: keyed on UID, so that importing again updates instead of duplicating; the
//! kind, the series and every note and reflection stay.

use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, MeetingStatus};
use crate::import::calendar::{CalendarProblem, read_calendar};
use crate::ops::{Desk, OpsError};
use crate::store::{MeetingRow, StoreError, Tx};

/// One calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarSource {
    /// What it is called in messages.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What an import of calendars did or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarReport {
    /// Nothing was stored.
    pub is_rehearsal: bool,
    /// Events that were not there.
    pub created: usize,
    /// Events that changed.
    pub updated: usize,
    /// Events that are cancelled now.
    pub cancelled: usize,
    /// Events that are as they were.
    pub unchanged: usize,
    /// Events older than what is known of them.
    pub skipped: usize,
    /// What was not understood, with the name of the file.
    pub problems: Vec<(String, CalendarProblem)>,
    /// Number in the journal.
    pub operation: Option<i64>,
}

enum Outcome {
    Created,
    Updated,
    Cancelled,
    Unchanged,
    Older,
}

impl Desk {
    /// Imports calendars as one operation, or only rehearses it. A file that cannot be read is a problem of
    /// its own when there are several.
    ///
    /// # Errors
    /// When the only file cannot be read; nothing is stored then.
    pub fn import_calendar(
        &mut self,
        sources: &[CalendarSource],
        is_rehearsal: bool,
    ) -> Result<CalendarReport, OpsError> {
        let mut report = CalendarReport { is_rehearsal, ..CalendarReport::default() };
        let mut events = Vec::new();
        for source in sources {
            match read_calendar(&source.bytes) {
                Ok(import) => {
                    report
                        .problems
                        .extend(import.problems.into_iter().map(|problem| (source.name.clone(), problem)));
                    events.extend(import.events);
                }
                Err(error) if sources.len() == 1 => {
                    return Err(OpsError::Rejected {
                        message: format!("{}: {error}", source.name),
                        hint: None,
                    });
                }
                Err(error) => {
                    let problem = CalendarProblem { uid: String::new(), line: 0, message: error.to_string() };
                    report.problems.push((source.name.clone(), problem));
                }
            }
        }
        let label = format!("Imported {} calendar events", events.len());
        let stamp = self.stamp();
        let mut work = |tx: &Tx<'_>| -> Result<(), StoreError> {
            for event in &events {
                report.count(&put(tx, event)?);
            }
            Ok(())
        };
        if is_rehearsal {
            self.store.rehearse(stamp, work)?;
        } else {
            let committed = self.store.change::<_, StoreError>(stamp, |tx| work(tx).map(|()| ((), label)))?;
            report.operation = committed.operation.map(|id| id.0);
            self.store.remember("calendar-imported", &stamp.at.to_rfc3339())?;
        }
        Ok(report)
    }
}

impl CalendarReport {
    const fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Cancelled => self.cancelled += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Older => self.skipped += 1,
        }
    }
}

fn put(tx: &Tx<'_>, event: &CalendarEvent) -> Result<Outcome, StoreError> {
    let Some(known) = tx.meeting_with_uid(&event.uid)? else {
        let row = MeetingRow {
            id: MeetingId(0),
            event: event.clone(),
            is_typed: false,
            series: String::new(),
            kind: None,
        };
        tx.add_meeting(&row)?;
        return Ok(Outcome::Created);
    };
    if event.spec.sequence < known.event.spec.sequence {
        return Ok(Outcome::Older);
    }
    let mut event = event.clone();
    event.recurrence.overrides.sort_by_key(|(at, _)| at.to_string());
    let mut before = known.event.clone();
    before.recurrence.overrides.sort_by_key(|(at, _)| at.to_string());
    if before == event {
        return Ok(Outcome::Unchanged);
    }
    let is_cancelled =
        event.spec.status == MeetingStatus::Cancelled && known.event.spec.status != MeetingStatus::Cancelled;
    tx.put_meeting(&MeetingRow { event, ..known })?;
    Ok(if is_cancelled { Outcome::Cancelled } else { Outcome::Updated })
}
