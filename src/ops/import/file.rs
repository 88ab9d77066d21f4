//! A file that somebody wants to import without saying what it is: rehearsed as a change set, and taken in as far as it
//! was chosen. What the cockpit does with a path, and with what a source has fetched.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::calendar::{CalendarReport, CalendarSource};
use super::change_set::{ChangeSet, LineName};
use super::foreign::ForeignContent;
pub use super::foreign::preview::ListedPreview;
pub use super::foreign::recognised::{FileKind, FileQuestion, ReadFile, RequestPreview};
use super::lines::{LineChoice, RowLines};
use super::near_misses::NameAnswers;
use super::{Report, StoppableProgress};
use crate::import::calendar::CalendarImport;
pub use crate::import::dates::DateOrder;
use crate::import::field::Field;
use crate::import::list_choice::ListColumns;
pub use crate::import::requests::RequestOptions;
pub use crate::import::requests::choice::{ColumnChoice, TableChoices, maps};
use crate::ops::{Desk, OpsError, cause};

/// A file that was read, with what is kept of where it came from. Copies of it are the same file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileImport {
    /// By which it is told, and a calendar known again: its path.
    pub name: String,
    /// What was found in it.
    pub file: Arc<ReadFile>,
}

/// What was decided about the lines of a change set; all others are taken as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineDecisions {
    /// Lines that are left out.
    pub left_out: HashSet<LineName>,
    /// Lines that stand switched off and are taken.
    pub switched_on: HashSet<LineName>,
    /// Lines that are new, though one that vanished is much like them.
    pub as_new: HashSet<LineName>,
    /// Who is meant by names that come near somebody's.
    pub names: NameAnswers,
    /// Whoever asks becomes a stakeholder.
    pub stakeholders: bool,
}

impl LineDecisions {
    /// How many things were decided.
    pub fn count(&self) -> usize {
        let lines = self.left_out.len() + self.switched_on.len() + self.as_new.len();
        lines + self.names.same.len() + self.names.not_same.len() + usize::from(self.stakeholders)
    }

    fn rows(names: &HashSet<LineName>) -> RowLines {
        names
            .iter()
            .filter_map(|name| if let LineName::Row(row) = name { Some(*row) } else { None })
            .collect()
    }

    /// A calendar without the events that are left out.
    fn chosen_of(&self, calendar: &CalendarImport) -> CalendarImport {
        let mut calendar = calendar.clone();
        let names = self.left_out.iter();
        calendar.leave_out(names.filter_map(|name| match name {
            LineName::Event(uid) => Some(uid.clone()),
            LineName::Row(_) | LineName::Name(_) => None,
        }));
        calendar
    }

    fn choice(&self) -> LineChoice {
        LineChoice {
            without: Self::rows(&self.left_out),
            // Events were taken out of the calendar before, by `chosen_of`.
            without_events: Vec::new(),
            with: Self::rows(&self.switched_on),
            as_new: Self::rows(&self.as_new),
            names: self.names.clone(),
            stakeholders: self.stakeholders,
        }
    }
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenFile {
    /// The operation; nothing if all was as it is here.
    pub operation: Option<i64>,
    /// Its sentence in the journal.
    pub label: String,
}

/// What an import said of itself, whatever was imported.
enum AnyReport {
    Table(Report),
    Calendar(CalendarReport),
}

impl FileImport {
    /// Under a name; requests are kept under a source of their own if one is said.
    pub fn new(name: String, mut file: ReadFile, source: Option<&str>) -> Self {
        if let (Some(source), Ok(content)) = (source, &mut file.content) {
            content.be_of(source);
        }
        Self { name, file: Arc::new(file) }
    }
}

/// The calendar files of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderCalendars {
    /// In the order of their paths.
    pub files: Vec<PathBuf>,
    /// Folders that could not be listed, each as a sentence. What lies in them is missing here, and is not gone for that.
    pub unlisted: Vec<String>,
}

impl FolderCalendars {
    /// The files, where nothing is missing.
    ///
    /// # Errors
    /// A sentence with the folders that could not be listed: what came from their files before would count as gone.
    pub fn whole(self) -> Result<Vec<PathBuf>, String> {
        if self.unlisted.is_empty() { Ok(self.files) } else { Err(self.unlisted.join("; ")) }
    }
}

/// The calendar files of a folder and of the folders in it: programs that keep several calendars have a folder each.
pub fn calendars_in(folder: &Path) -> FolderCalendars {
    calendars_by(folder, &|folder| std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect())
}

fn calendars_by(folder: &Path, list: &dyn Fn(&Path) -> io::Result<Vec<PathBuf>>) -> FolderCalendars {
    let is_hidden =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let mut unlisted = Vec::new();
    let mut entries = |folder: &Path| {
        let mut paths = list(folder).unwrap_or_else(|error| {
            unlisted.push(format!("{} could not be listed: {}", folder.display(), cause::of(&error, folder)));
            Vec::new()
        });
        paths.retain(|path| !is_hidden(path));
        paths
    };
    let (folders, mut files): (Vec<_>, Vec<_>) = entries(folder).into_iter().partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| entries(folder)).filter(|path| path.is_file()));
    files.retain(|path| is_calendar_file(path));
    files.sort();
    FolderCalendars { files, unlisted }
}

fn folder_of(file: &str) -> Option<String> {
    Path::new(file).parent().map(|folder| folder.to_string_lossy().into_owned())
}

/// True for the name of a calendar file.
pub fn is_calendar_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics"))
}

impl Desk {
    /// Works out what a file would do.
    ///
    /// # Errors
    /// When nothing could be made of it, the store cannot be read, or it was stopped.
    pub fn rehearse_file(
        &mut self,
        import: &FileImport,
        progress: StoppableProgress<'_>,
    ) -> Result<ChangeSet, OpsError> {
        Ok(match self.run_file(import, &LineDecisions::default(), true, progress)? {
            AnyReport::Table(report) => ChangeSet::of_table(&report),
            AnyReport::Calendar(report) => ChangeSet::of_calendar(&report),
        })
    }

    /// Takes a file in as one operation, as far as it was decided.
    ///
    /// # Errors
    /// When the store refuses it, or it was stopped; nothing is stored then.
    pub fn take_file(
        &mut self,
        import: &FileImport,
        decisions: &LineDecisions,
        progress: StoppableProgress<'_>,
    ) -> Result<TakenFile, OpsError> {
        let operation = match self.run_file(import, decisions, false, progress)? {
            AnyReport::Table(report) => report.operation,
            AnyReport::Calendar(report) => report.operation,
        };
        // Another program may have written since, so the newest operation need not be this one.
        let newest = self.history(Some(20))?;
        let label = newest.into_iter().find(|known| Some(known.id.0) == operation).map(|known| known.label);
        Ok(TakenFile { operation, label: label.unwrap_or_default() })
    }

    fn run_file(
        &mut self,
        import: &FileImport,
        decisions: &LineDecisions,
        is_rehearsal: bool,
        progress: StoppableProgress<'_>,
    ) -> Result<AnyReport, OpsError> {
        let refused = |message: &String| OpsError::Rejected { message: message.clone(), hint: None };
        let lines = decisions.choice();
        Ok(match import.file.content.as_ref().map_err(refused)?.as_ref() {
            ForeignContent::Requests(requests) => {
                AnyReport::Table(self.take_requests_of(requests, is_rehearsal, &lines, progress)?)
            }
            ForeignContent::People(listing) => {
                AnyReport::Table(self.take_people(listing.clone(), is_rehearsal, &lines)?)
            }
            ForeignContent::Absences(listing) => {
                AnyReport::Table(self.take_absences(listing.clone(), is_rehearsal, &lines)?)
            }
            ForeignContent::Shares(shares) => {
                AnyReport::Table(self.take_shares(shares.clone(), is_rehearsal, &lines)?)
            }
            ForeignContent::Calendar(calendar) => {
                let sources = vec![(import.name.clone(), Ok(decisions.chosen_of(calendar)))];
                AnyReport::Calendar(self.take_calendars(sources, is_rehearsal)?)
            }
            ForeignContent::Calendars(files) => {
                let chosen = |(name, read): &CalendarSource| {
                    (name.clone(), read.as_ref().map(|it| decisions.chosen_of(it)).map_err(Clone::clone))
                };
                // They are all that their folder has.
                let mut folders: Vec<String> = files.iter().filter_map(|(name, _)| folder_of(name)).collect();
                // In order: a folder stands before those in it, and the files of those may lie between its own.
                folders.sort();
                folders.dedup();
                let chosen = files.iter().map(chosen).collect();
                let mut report = self.take_calendar_folders(chosen, &folders, is_rehearsal)?;
                // Of several files a line alone does not say which one is meant.
                for (file, problem) in &mut report.problems {
                    let name = Path::new(file.as_str()).file_name().unwrap_or_default().to_string_lossy();
                    problem.message = format!("{name}: {}", problem.message);
                }
                AnyReport::Calendar(report)
            }
            ForeignContent::Message(_) | ForeignContent::File(_) => {
                return Err(refused(&"this is no list that could be imported".to_owned()));
            }
        })
    }
}

/// The names of the fields that a column can fill, in a file of some kind.
pub fn field_names(kind: FileKind) -> Vec<String> {
    let listed = |columns: ListColumns| columns.fields().iter().map(|field| (*field).to_owned()).collect();
    kind.columns().map_or_else(Field::names, listed)
}

/// What a field is, where its name alone does not say it.
pub fn field_says(name: &str) -> &'static str {
    match name {
        "title" => "what the request is called; every row needs one",
        "ask" => "the words of whoever asked",
        "requester" => "who asked",
        "outcome" => "what will be different if it works",
        "measure" => "by what that is told",
        "message" => "what is to be said",
        "deliverables" => "what is to be made",
        "asset-count" => "how many pieces",
        "due" => "the day on which it is needed",
        "due-hard" => "a tick: the day cannot move",
        "due-reason" => "why that day",
        "decider" => "who signs it off",
        "inputs" => "what is there to work from",
        "stage" => "where it stands, in the words of the other tool",
        "resolution" => "how it ended there",
        "blocked" => "what it waits for",
        "estimate" => "how many hours it takes",
        "left" => "how many hours are left",
        "priority" => "its priority there, which becomes a tag",
        "external-id" => "its id there; by it a row is known again",
        "internal-id" => "a second id, by which other rows name it",
        "parent" => "the row that it is a part of",
        "assignee" => "who holds it there",
        "assignee-email" => "the address of whoever holds it",
        "created" => "when it came in",
        "updated" => "when it last changed",
        "delivered" => "when it was delivered",
        "done" => "a tick: it is done",
        "archived" => "a tick or a day: it was put away there",
        "answer" => "as “column: cell”, for whatever is nothing else",
        "ignore" => "nothing of it is taken over",
        _ => "",
    }
}

#[cfg(test)]
pub(super) mod tests;
