//! Calendars into the store: keyed on UID, so that importing again updates instead of duplicating; the
//! kind, the series and every note and reflection stay.

use super::forgotten::event_without;
use super::{NAMED, ROOM};
use crate::domain::bounds;
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::difference::{self, Difference};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, Moment};
use crate::import::calendar::{CalendarImport, CalendarProblem};
use crate::ops::clock::Clock;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{FORGOTTEN, MeetingRow, StoreError, Tx};
use folder::CalendarFolder;
use whose::MayBeLead;

mod chosen;
mod folder;
mod kept;
mod of_series;
mod told;
mod vanished;
pub(super) mod whose;

/// So many days before and after today are looked at for meetings that will not be shown.
const DAYS: i64 = 14;

/// One calendar file by name, with what it holds or why that cannot be had.
pub type CalendarSource = (String, Result<CalendarImport, String>);

/// What one calendar holds, under the name by which it is known again: that of its file, wherever that lies.
struct NamedCalendar {
    /// Empty for standard input, which may be any calendar.
    source: String,
    /// The name of the folder that was named instead of it, if one was.
    folder: String,
    import: CalendarImport,
}

impl NamedCalendar {
    /// All names by which its events are known to be in it.
    fn names(&self) -> Vec<&str> {
        [self.source.as_str(), &self.folder].into_iter().filter(|name| !name.is_empty()).collect()
    }
}

/// What the name of a folder ends with, and that of a file does not.
const FOLDER: char = '/';

/// True for the name of a folder among those of files.
fn is_folder(name: &str) -> bool {
    name.ends_with(FOLDER)
}

/// The name by which a calendar is known again.
fn source_name(path: &str) -> String {
    let name = if path == "-" { None } else { std::path::Path::new(path).file_name() };
    name.map_or(String::new(), |name| name.to_string_lossy().into_owned())
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

enum EventResult {
    Created(EventChange),
    Changed(EventChange),
    Unchanged,
    Older,
}

impl EventResult {
    fn on(self, line: usize) -> Self {
        match self {
            Self::Created(event) => Self::Created(EventChange { line, ..event }),
            Self::Changed(event) => Self::Changed(EventChange { line, ..event }),
            other => other,
        }
    }
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
        let calendars = report.readable(sources, &folders)?;
        let is_alone = calendars.len() == 1;
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
                calendars_before.push(vanished::known_of(tx, calendar, (now, clock))?);
            }
            for (calendar, before) in calendars.iter().zip(&calendars_before) {
                // What came of another calendar of that name is not to vanish with the next one of it.
                let names = if before.is_another { Vec::new() } else { calendar.names() };
                for (place, event) in calendar.import.events.iter().enumerate() {
                    let line = if is_alone { calendar.import.line_of(place) } else { 0 };
                    let series = of_series::changed(tx, calendar, event, clock)?;
                    report.take(tx, (series.as_ref().unwrap_or(event), line), &names, clock)?;
                }
            }
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
                report.problems.push((source.clone(), problem));
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
                    calendars.push(NamedCalendar { source: source_name(&name), folder, import });
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

    /// Takes one event in.
    fn take(
        &mut self,
        tx: &Tx<'_>,
        (event, line): (&CalendarEvent, usize),
        sources: &[&str],
        clock: &Clock,
    ) -> Result<(), StoreError> {
        if let Some(fields) = left_out(tx, event)? {
            let is_one = !fields.contains(',');
            let was = if is_one { "was" } else { "were" };
            let message = format!("{fields} {was} forgotten here for good, and not taken in again");
            let problem = CalendarProblem::on(event.uid.clone(), line, message);
            self.problems.push((sources.first().copied().unwrap_or("calendar").to_owned(), problem));
        }
        let outcome = put(tx, event, sources, clock)?;
        self.note(outcome.on(line));
        Ok(())
    }

    fn note(&mut self, outcome: EventResult) {
        match outcome {
            EventResult::Created(event) => {
                self.created += 1;
                self.new.push(event);
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
            EventResult::Older => self.skipped += 1,
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

/// The fields of an event that were forgotten here, if it still says something in them.
fn left_out(tx: &Tx<'_>, event: &CalendarEvent) -> Result<Option<String>, StoreError> {
    let columns = match tx.meeting_with_uid(&event.uid)? {
        Some(known) => tx.forgotten_of("meeting", known.id.0)?,
        None => tx.forgotten_from("", &event.uid)?,
    };
    let says = |column: &&String| match column.as_str() {
        "title" => !event.spec.title.is_empty(),
        "attendees" => !event.spec.attendees.is_empty(),
        "location" => !event.spec.location.is_empty(),
        _ => false,
    };
    let fields: Vec<&str> = columns.iter().filter(says).map(String::as_str).collect();
    Ok((!fields.is_empty()).then(|| fields.join(", ")))
}

fn put_new(
    tx: &Tx<'_>,
    event: &CalendarEvent,
    sources: &[&str],
    clock: &Clock,
) -> Result<EventResult, StoreError> {
    let columns = tx.forgotten_from("", &event.uid)?;
    let mut blank = event.clone();
    // A meeting needs a title even where its own was forgotten; that word then stands in its place.
    FORGOTTEN.clone_into(&mut blank.spec.title);
    let row = MeetingRow {
        id: MeetingId(0),
        event: event_without(event, &blank, &columns),
        is_typed: false,
        series: String::new(),
        kind: None,
        sources: sources.iter().map(|source| (*source).to_owned()).collect(),
        is_off: false,
    };
    let id = tx.add_meeting(&row)?;
    Ok(EventResult::Created(told::created(id, &row.event, clock)))
}

fn put(
    tx: &Tx<'_>,
    event: &CalendarEvent,
    sources: &[&str],
    clock: &Clock,
) -> Result<EventResult, StoreError> {
    let Some(known) = tx.meeting_with_uid(&event.uid)? else {
        return put_new(tx, event, sources, clock);
    };
    // Mailed invitations arrive in any order; an older one must not bring an old time back.
    if event.spec.sequence < known.event.spec.sequence {
        return Ok(EventResult::Older);
    }
    let mut event = event_without(event, &known.event, &tx.forgotten_of("meeting", known.id.0)?);
    let mut before = known.event.clone();
    kept::keep_order(&mut before, &mut event);
    // What was moved or cancelled here stays, whatever the calendar says.
    event.recurrence.by_hand.clone_from(&known.event.recurrence.by_hand);
    // The same instant noted in another zone is no change of what happens once.
    let has_zone = |moment: &Moment| matches!(moment, Moment::Zoned(..) | Moment::Fixed(_));
    let has_zones = has_zone(&event.spec.start) && has_zone(&before.spec.start);
    if has_zones && event.recurrence.is_single() && clock.is_same(&event.spec.start, &before.spec.start) {
        event.spec.start.clone_from(&before.spec.start);
    }
    let mut known = known;
    let had = known.sources.len();
    for source in sources {
        if !known.sources.iter().any(|known| known == source) {
            known.sources.push((*source).to_owned());
        }
    }
    let is_new_source = known.sources.len() > had;
    if before == event {
        // Where an event stands in two calendars, it is cancelled only once neither has it any more, so the second is
        // noted though nothing else changed.
        if is_new_source {
            tx.put_meeting(&known)?;
        }
        return Ok(EventResult::Unchanged);
    }
    let mut conflicts = kept::bring_along(tx, &known, &mut event, clock)?;
    let row = MeetingRow { event, ..known };
    tx.put_meeting(&row)?;
    conflicts.extend(kept::stayed_behind(tx, &row, clock)?);
    let change = told::changed(row.id, [&before, &row.event], conflicts, clock);
    Ok(EventResult::Changed(change))
}

#[cfg(test)]
mod tests;
