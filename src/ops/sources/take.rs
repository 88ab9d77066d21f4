//! From what was read to what is offered, or taken in.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{Fetched, SourceStatus};
use crate::domain::bounds;
use crate::domain::count::counted;
use crate::domain::ids::OperationId;
use crate::domain::source::{DataSource, OfferedChanges, SourceWay, SourceWhat};
use crate::import::calendar::CalendarImport;
use crate::import::dates::DateOrder;
use crate::import::listing::ListOptions;
use crate::import::requests::RequestOptions;
use crate::import::requests::choice::TableChoices;
use crate::import::shares::ShareOptions;
use crate::ops::import::file::{FileImport, FileKind, LineDecisions, ReadFile, TakenFile};
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::lines::LineChoice;
use crate::ops::import::tables::joined_tables;
use crate::ops::import::{CalendarReport, ImportProgress, ImportRun, Report, StoppableProgress};
use crate::ops::{Desk, OpsError};
use crate::store::Origin;

/// What is done with what a source brought.
pub struct SourceChoice<'a> {
    /// It is taken in, instead of offered.
    pub applies: bool,
    /// What is said about single lines of a table.
    pub lines: &'a LineChoice,
    pub progress: ImportProgress<'a>,
}

/// What an import of it did or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceReport {
    Table(Report),
    Calendar(CalendarReport),
}

/// What came of a refresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenSource {
    pub report: SourceReport,
    /// What is not taken in of it.
    pub offered: OfferedChanges,
    /// Number in the journal, if something was taken in.
    pub operation: Option<i64>,
}

impl Desk {
    /// How the files of a source are read. `presets` are the user's own, by the names of their files.
    pub fn source_question(&self, source: &DataSource, presets: Vec<(String, String)>) -> Asked {
        let order = source.day_first.map(
            |is_first| {
                if is_first { DateOrder::DayFirst } else { DateOrder::MonthFirst }
            },
        );
        let sheet = Some(source.sheet.clone()).filter(|sheet| !sheet.is_empty());
        let preset = Some(source.preset.clone()).filter(|preset| !preset.is_empty());
        let maps = source.maps.0.clone();
        let list = ListOptions {
            order,
            sheet: sheet.clone(),
            today: Some(self.today()),
            zone: None,
            maps: maps.clone(),
            presets: presets.clone(),
            preset: preset.clone(),
        };
        let kind = match source.what {
            SourceWhat::Requests => {
                let options = RequestOptions { preset, maps, sheet, order, now: self.stamp().at };
                ForeignKind::Requests { presets, options }
            }
            SourceWhat::People => ForeignKind::People(list),
            SourceWhat::Absences => ForeignKind::Absences(list),
            SourceWhat::Shares => ForeignKind::Shares { presets, options: ShareOptions { list, preset } },
            SourceWhat::Calendar => ForeignKind::Calendar(self.config.own_names.clone()),
        };
        Asked::new(kind, &self.clock)
    }

    /// Offers what was read, or takes it in as one operation, and notes how the source stands.
    ///
    /// # Errors
    /// When it cannot be used; nothing is stored then, and [`Desk::note_source_failure`] notes why.
    pub fn take_source(
        &mut self,
        source: &DataSource,
        fetched: &Fetched,
        answers: Vec<Result<ForeignContent, String>>,
        choice: SourceChoice<'_>,
    ) -> Result<TakenSource, OpsError> {
        // Whatever changed while it was read is no good, whatever was read of it.
        fetched.check()?;
        let content = source_content(source, fetched, answers)?;
        self.take_content(source, fetched, content, choice)
    }

    /// The same of what was put together by [`source_content`].
    ///
    /// # Errors
    /// When it changed meanwhile, or the store refuses it; nothing is stored then.
    pub fn take_content(
        &mut self,
        source: &DataSource,
        fetched: &Fetched,
        content: ForeignContent,
        choice: SourceChoice<'_>,
    ) -> Result<TakenSource, OpsError> {
        fetched.check()?;
        let (applies, origin) = (choice.applies, self.origin);
        // What comes from elsewhere is news also where a key asked for it, as every import is.
        self.origin = Origin::Import;
        let taken = self.take_counted(source, content, choice);
        // Put back before a failure is handed on, or every later key would count as an import.
        self.origin = origin;
        let (report, found, left) = taken?;
        // Only what could be used is kept: of the rest the server would say the next time that nothing has changed.
        fetched.keep();
        let mut state = self.source(None, &source.name)?.state;
        let (now, operation) = (self.now().with_timezone(&Utc), operation(&report));
        state.tried = Some(now);
        state.refreshed = Some(now);
        state.read_from = Some(fetched.data_from.map_or(now, DateTime::<Utc>::from));
        if applies {
            state.note_taken(operation.map(OperationId));
        }
        // What was true before an undo is not any more, also once the operation is not the last one.
        let is_all_here = !left.unwrap_or(found).is_any(source.what);
        state.current = if is_all_here { Some(now) } else { state.current() };
        // What is only offered makes nothing younger that is here; where nothing is, a list tells the age of the offer.
        if applies || is_all_here || !state.has_brought() {
            state.data_from = state.read_from;
        }
        (state.found, state.is_taken, state.error) = (Some(found), applies, None);
        self.note_counted(source, state, left)?;
        let state = self.source(None, &source.name)?.state;
        let offered = state.offered(source.what).unwrap_or_default();
        Ok(TakenSource { report, offered, operation })
    }

    /// Takes in what a source offered, as far as it was decided, and notes that it is in.
    ///
    /// # Errors
    /// When the store refuses it, or it was stopped; nothing is stored then.
    pub fn take_offer(
        &mut self,
        source: &DataSource,
        import: &FileImport,
        decisions: &LineDecisions,
        progress: StoppableProgress<'_>,
    ) -> Result<TakenFile, OpsError> {
        // Where nothing was decided all of what was found is in, and looking once more would be felt on large files.
        let is_all = *decisions == LineDecisions::default();
        let found = if is_all { None } else { self.found_in(source, import) };
        let taken = self.take_file(import, decisions, progress)?;
        // A source that was removed meanwhile has no state; what it brought is in all the same.
        if let Ok(SourceStatus { mut state, .. }) = self.source(None, &source.name) {
            state.note_taken(taken.operation.map(OperationId));
            (state.is_taken, state.data_from) = (true, state.read_from.or(state.data_from));
            state.found = found.or(state.found);
            let all = state.found.unwrap_or_default().when_taken(source.what);
            let left = if is_all { Some(all) } else { self.found_in(source, import) };
            if left.is_some_and(|left| !left.is_any(source.what)) {
                state.current = Some(self.now().with_timezone(&Utc));
            }
            self.note_counted(source, state, left)?;
        }
        Ok(taken)
    }

    pub(super) fn take(
        &mut self,
        source: &DataSource,
        content: ForeignContent,
        choice: SourceChoice<'_>,
    ) -> Result<SourceReport, OpsError> {
        let SourceChoice { applies, lines, progress } = choice;
        match content {
            ForeignContent::Requests(import) => {
                self.take_requests(&import, ImportRun { is_rehearsal: !applies, lines, progress })
            }
            ForeignContent::People(listing) => self.take_people(listing, !applies, lines),
            ForeignContent::Absences(listing) => self.take_absences(listing, !applies, lines),
            ForeignContent::Shares(import) => self.take_shares(import, !applies, lines),
            ForeignContent::Calendar(whole) => {
                let calendars = vec![(source.identity().to_owned(), Ok(whole))];
                let calendars = self.chosen_calendars(calendars, lines)?;
                return self.take_calendars(calendars, !applies).map(SourceReport::Calendar);
            }
            ForeignContent::Calendars(_) | ForeignContent::Message(_) | ForeignContent::File(_) => {
                Err(mixed_up(source))
            }
        }
        .map(SourceReport::Table)
    }
}

/// What the files of a source hold, under the name by which it is known again.
///
/// # Errors
/// When nothing could be made of it.
pub fn source_content(
    source: &DataSource,
    fetched: &Fetched,
    answers: Vec<Result<ForeignContent, String>>,
) -> Result<ForeignContent, OpsError> {
    if source.what == SourceWhat::Calendar {
        return one_calendar(source, &fetched.files, answers).map(ForeignContent::Calendar);
    }
    let refused = |message: String| OpsError::Rejected {
        message: format!("{}: {message}", source.name),
        hint: Some("What came from it before stands.".to_owned()),
    };
    if source.way == SourceWay::Folder {
        return joined_tables(&fetched.files, answers, Some(source.identity())).map_err(refused);
    }
    let answer = answers.into_iter().next().unwrap_or_else(|| Err("nothing was read".to_owned()));
    let mut content = answer.map_err(refused)?;
    match content {
        ForeignContent::Calendar(_)
        | ForeignContent::Calendars(_)
        | ForeignContent::Message(_)
        | ForeignContent::File(_) => Err(mixed_up(source)),
        _ => {
            content.be_of(source.identity());
            Ok(content)
        }
    }
}

/// What a source brought as a file whose changes can be shown and chosen from.
pub fn offered_file(source: &DataSource, content: ForeignContent) -> FileImport {
    let kind = match source.what {
        SourceWhat::Requests => FileKind::Requests,
        SourceWhat::People => FileKind::People,
        SourceWhat::Absences => FileKind::Absences,
        SourceWhat::Shares => FileKind::Shares,
        SourceWhat::Calendar => FileKind::Calendar,
    };
    let file = ReadFile {
        kind,
        content: Ok(Box::new(content)),
        table: TableChoices::default(),
        is_order_open: false,
    };
    FileImport::new(source.identity().to_owned(), file, None)
}

fn mixed_up(source: &DataSource) -> OpsError {
    OpsError::NotFetched {
        message: format!(
            "{}: a fault of this program: what read it gave another answer than it was asked for; nothing was taken in",
            source.name
        ),
        hint: None,
    }
}

/// A calendar whose remarks say in which of several files they stand: a line alone does not.
fn told_of(file: &Path, mut content: ForeignContent) -> ForeignContent {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if let ForeignContent::Calendar(calendar) = &mut content {
        for problem in &mut calendar.problems {
            problem.message = format!("{name}: {}", problem.message);
        }
    }
    content
}

/// All files of a calendar as one: a folder has a file for each event, and what vanished from it has no file any more.
pub(super) fn one_calendar(
    source: &DataSource,
    files: &[PathBuf],
    answers: Vec<Result<ForeignContent, String>>,
) -> Result<CalendarImport, OpsError> {
    let mut whole: Option<CalendarImport> = None;
    let (mut failed, mut failures) = (None, 0);
    for (file, answer) in files.iter().zip(answers) {
        let answer = answer.map(|content| if files.len() > 1 { told_of(file, content) } else { content });
        match (answer, &mut whole) {
            (Ok(ForeignContent::Calendar(_)), Some(whole)) if whole.events.len() >= bounds::EVENTS => {
                failures += 1;
                let file = file.file_name().unwrap_or_default().to_string_lossy();
                let most = bounds::EVENTS;
                failed.get_or_insert(format!("{file}: the files before it hold {most} events; left out"));
            }
            (Ok(ForeignContent::Calendar(part)), Some(whole)) => whole.join(part),
            (Ok(ForeignContent::Calendar(part)), None) => whole = Some(part),
            (Ok(_), _) => return Err(mixed_up(source)),
            (Err(why), _) => {
                failures += 1;
                let file = file.file_name().unwrap_or_default().to_string_lossy();
                // Only a folder has names that say anything.
                let of = if source.way == SourceWay::Folder { format!("{file}: ") } else { String::new() };
                failed.get_or_insert(format!("{of}{why}"));
            }
        }
    }
    match (whole, failed) {
        (Some(mut whole), failed) => {
            // A source is known by its own name, whatever its calendar is called.
            whole.name.clear();
            // The event of a file that cannot be read has not vanished.
            whole.is_whole &= failed.is_none();
            let told = failed.map(|why| {
                let others = if failures > 1 {
                    format!(" (and {})", counted(failures - 1, "file more", "files more"))
                } else {
                    String::new()
                };
                crate::import::calendar::CalendarProblem::on(String::new(), 0, format!("{why}{others}"))
            });
            whole.problems.extend(told);
            Ok(whole)
        }
        (None, failed) => Err(OpsError::Rejected {
            message: format!("{}: {}", source.name, failed.as_deref().unwrap_or("nothing was read")),
            hint: Some("What came from it before stands.".to_owned()),
        }),
    }
}

const fn operation(report: &SourceReport) -> Option<i64> {
    match report {
        SourceReport::Table(report) => report.operation,
        SourceReport::Calendar(report) => report.operation,
    }
}
