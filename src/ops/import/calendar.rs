//! Calendars into the store: keyed on UID, so that importing again updates instead of duplicating; the
//! kind, the series and every note and reflection stay.

use super::{NAMED, ROOM};
use crate::domain::bounds;
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::difference::{self, Difference};
use crate::domain::meeting::CalendarEvent;
use crate::import::calendar::{CalendarImport, CalendarProblem};
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{MeetingRow, StoreError, Tx};
use folder::CalendarFolder;
use named::CalendarName;
pub use named::is_message;
use put::EventResult;
use run::CalendarRun;
use whose::MayBeLead;

mod chosen;
mod folder;
mod kept;
mod named;
mod of_series;
mod put;
mod run;
mod told;
mod vanished;
pub(super) mod whose;

/// So many days before and after today are looked at for meetings that will not be shown.
const DAYS: i64 = 14;

/// One calendar file by name, with what it holds or why that cannot be had.
pub type CalendarSource = (String, Result<CalendarImport, String>);

/// What one calendar holds, under the name by which it is known again: that of its file, wherever that lies.
struct NamedCalendar {
    /// Without a file for standard input, which may be any calendar.
    source: CalendarName,
    /// The name of the folder that was named instead of it, if one was.
    folder: String,
    import: CalendarImport,
}

/// What the name of a folder ends with, and that of a file does not.
const FOLDER: char = '/';

/// True for the name of a folder among those of files.
fn is_folder(name: &str) -> bool {
    name.ends_with(FOLDER)
}

/// What an import of calendars did or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarReport {
    pub is_rehearsal: bool,
    /// Events that were not there.
    pub created: usize,
    /// The same, with when they begin.
    pub new: Vec<EventChange>,
    pub updated: usize,
    /// Events that are cancelled now.
    pub cancelled: usize,
    /// Of the cancelled: those that are no longer in their calendar.
    pub vanished: usize,
    /// Events of which the calendar changed what was set here.
    pub conflicts: usize,
    /// Events that are as they were.
    pub unchanged: usize,
    /// Events older than what is known of them.
    pub skipped: usize,
    /// The events that changed or are cancelled now, and in what.
    pub changed: Vec<EventChange>,
    /// What was not understood, with the name of the file.
    pub problems: Vec<(String, CalendarProblem)>,
    /// Nobody said yet which of those invited the lead is: the names that propose themselves, if any do.
    pub may_be_lead: Option<MayBeLead>,
    /// Number in the journal.
    pub operation: Option<i64>,
}

/// An event that was there and is different now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventChange {
    pub key: String,
    /// The line of its file, from 1; 0 where it is none of one file.
    pub line: usize,
    /// The calendar's own name for it.
    pub uid: String,
    /// What it is called now.
    pub title: String,
    pub is_cancelled: bool,
    /// Its calendar has it no more.
    pub has_vanished: bool,
    /// In what it differs.
    pub changes: Vec<Difference>,
    /// What was set here and stands, and what the calendar says now.
    pub conflicts: Vec<Difference>,
}

impl Desk {
    /// Takes calendars in as one operation, or only rehearses it. A file that cannot be read is a problem of
    /// its own when there are several.
    ///
    /// # Errors
    /// When the only file cannot be read; nothing is stored then.
    pub fn take_calendars(
        &mut self,
        sources: Vec<CalendarSource>,
        is_rehearsal: bool,
    ) -> Result<CalendarReport, OpsError> {
        self.take_calendar_folders(sources, &[], is_rehearsal)
    }

    /// The same of files that are all there is in some folders: what came of a file that is gone is cancelled.
    ///
    /// # Errors
    /// When the only file cannot be read; nothing is stored then.
    pub fn take_calendar_folders(
        &mut self,
        sources: Vec<CalendarSource>,
        folders: &[String],
        is_rehearsal: bool,
    ) -> Result<CalendarReport, OpsError> {
        let folders = folder::folders_of(folders, &sources);
        let mut report = CalendarReport { is_rehearsal, ..CalendarReport::default() };
        report.ask_whose(&self.config, &sources);
        let mut calendars = report.readable(sources, &folders)?;
        self.foretell(&calendars, &mut report);
        let count: usize = calendars.iter().map(|calendar| calendar.import.events.len()).sum();
        let label = format!("Imported {}", counted(count, "calendar event", "calendar events"));
        let stamp = self.stamp();
        let (now, clock) = (self.now().to_utc(), &self.clock);
        let mut work = |tx: &Tx<'_>| -> Result<String, StoreError> {
            let folders_before: Vec<Vec<MeetingRow>> =
                folders.iter().map(|folder| folder.known_before(tx)).collect::<Result<_, _>>()?;
            let mut calendars_before = Vec::new();
            for calendar in &calendars {
                // Of all calendars before anything is taken in: an event that comes in gets the name of its calendar,
                // after which a calendar that has nothing of the one before would no longer look like another one.
                calendars_before.push(vanished::known_of(tx, (calendar, &calendars), (now, clock))?);
            }
            for (calendar, before) in calendars.iter_mut().zip(&mut calendars_before) {
                calendar.source.also = std::mem::take(&mut before.also);
            }
            CalendarRun::new(tx, clock, &calendars).take_all((&calendars, &calendars_before), &mut report)?;
            for (calendar, before) in calendars.iter().zip(calendars_before) {
                let all = || calendars.iter().map(|calendar| &calendar.import);
                vanished::cancel(tx, (calendar, before), all, clock, &mut report)?;
            }
            for (folder, before) in folders.iter().zip(folders_before) {
                folder.cancel_gone(tx, (&calendars, before), (now, clock), &mut report)?;
            }
            Ok(format!("{label}{}", report.brought()))
        };
        if is_rehearsal {
            self.store.rehearse(stamp, work)?;
        } else {
            let committed =
                self.store.change::<_, StoreError>(stamp, |tx| work(tx).map(|label| ((), label)))?;
            report.operation = committed.operation.map(|id| id.0);
            self.store.remember("calendar-imported", &stamp.at.to_rfc3339())?;
        }
        Ok(report)
    }
}

impl Desk {
    /// Tells what of each calendar will be missing on the screens of these weeks: said only there, it would be looked for
    /// in the calendar.
    fn foretell(&self, calendars: &[NamedCalendar], report: &mut CalendarReport) {
        let today = self.today();
        let window = (day::plus(today, -DAYS), day::plus(today, DAYS));
        for NamedCalendar { source, import, .. } in calendars {
            let events: Vec<&CalendarEvent> = import.events.iter().collect();
            if let Some(message) = self.left_out_of(&events, window).foretold() {
                let problem = CalendarProblem::on(String::new(), 0, message);
                report.problems.push((source.to_string(), problem));
            }
        }
    }
}

impl CalendarReport {
    /// The calendars that could be read, as many as one import takes; of the others a problem.
    fn readable(
        &mut self,
        sources: Vec<CalendarSource>,
        folders: &[CalendarFolder],
    ) -> Result<Vec<NamedCalendar>, OpsError> {
        let is_alone = sources.len() == 1;
        let (mut calendars, mut count) = (Vec::new(), 0);
        for (name, read) in sources {
            match read {
                Ok(_) if count >= bounds::EVENTS => {
                    let most = bounds::EVENTS;
                    let message = format!(
                        "the files before hold {most} events; this one was left out: import it by itself"
                    );
                    self.problems.push((name, CalendarProblem::on(String::new(), 1, message)));
                }
                Ok(mut import) => {
                    let problems = std::mem::take(&mut import.problems).into_iter();
                    self.problems.extend(problems.map(|problem| (name.clone(), problem)));
                    count += import.events.len();
                    let folder = folder::name_of(&name, folders);
                    let source = CalendarName::of(&name, &import.name);
                    calendars.push(NamedCalendar { source, folder, import });
                }
                // One file is what was asked for, so its failure is the answer. Of several the others are worth
                // having.
                Err(error) if is_alone => {
                    return Err(OpsError::Rejected { message: format!("{name}: {error}"), hint: None });
                }
                Err(message) => {
                    self.problems.push((name, CalendarProblem::on(String::new(), 0, message)));
                }
            }
        }
        Ok(calendars)
    }

    fn note(&mut self, outcome: EventResult) {
        match outcome {
            EventResult::Created(event) => {
                self.created += 1;
                self.new.push(event);
            }
            // Only what nobody sees differs, as the number of its version.
            EventResult::Changed(change) if change.changes.is_empty() && change.conflicts.is_empty() => {
                self.unchanged += 1;
            }
            EventResult::Changed(change) => {
                self.conflicts += usize::from(!change.conflicts.is_empty());
                if change.is_cancelled {
                    self.cancelled += 1;
                } else if !change.changes.is_empty() {
                    self.updated += 1;
                }
                self.changed.push(change);
            }
            EventResult::Unchanged => self.unchanged += 1,
            EventResult::Older(_) => self.skipped += 1,
        }
    }

    /// What came of it, for the journal.
    fn brought(&self) -> String {
        let mut parts = Vec::new();
        if self.created > 0 {
            parts.push(format!("{} new", self.created));
        }
        // What was set here and stands is no change.
        let changed: Vec<_> = self.changed.iter().filter(|change| !change.changes.is_empty()).collect();
        for change in changed.iter().take(NAMED) {
            let what = difference::told(&change.changes, ROOM);
            parts.push(format!("{} {what}", plain::cut(&change.title, 30)));
        }
        if changed.len() > NAMED {
            parts.push(format!("and {} more changed", changed.len() - NAMED));
        }
        if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) }
    }
}

#[cfg(test)]
mod tests;
