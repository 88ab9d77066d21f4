//! A list of whatever kind, recognised by what it holds.

use serde::{Deserialize, Serialize};

use super::{ForeignContent, calendar_of, is_calendar};
use crate::domain::day;
use crate::import::ImportError;
use crate::import::list_choice::ListColumns;
use crate::import::listing::ListOptions;
use crate::import::people::{read_absences, read_people};
use crate::import::preset::Presets;
use crate::import::requests::choice::{ColumnChoice, TableChoices};
use crate::import::requests::{Draft, RequestOptions, choice, read_requests};
use crate::import::shares::{ShareOptions, read_shares, recognised};
use crate::ops::clock::Clock;

/// What a file is a list of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    Requests,
    People,
    Absences,
    Shares,
    Calendar,
}

impl FileKind {
    /// As people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::People => "people",
            Self::Absences => "absences",
            Self::Shares => "shares",
            Self::Calendar => "a calendar",
        }
    }

    /// Which columns it may have, if it is a list with columns of its own.
    pub const fn columns(self) -> Option<ListColumns> {
        match self {
            Self::People => Some(ListColumns::People),
            Self::Absences => Some(ListColumns::Absences),
            Self::Shares => Some(ListColumns::Shares),
            Self::Requests | Self::Calendar => None,
        }
    }

    /// The one after it, and the first after the last.
    pub const fn next(self) -> Self {
        match self {
            Self::Requests => Self::People,
            Self::People => Self::Absences,
            Self::Absences => Self::Shares,
            Self::Shares => Self::Calendar,
            Self::Calendar => Self::Requests,
        }
    }

    /// The same among those that have columns: a table is no calendar.
    pub const fn next_list(self) -> Self {
        match self.next() {
            Self::Calendar => Self::Requests,
            next => next,
        }
    }
}

/// What is asked about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileQuestion {
    /// What it is; without it, it is recognised.
    pub kind: Option<FileKind>,
    /// The user's own presets, by the name of their file.
    pub presets: Vec<(String, String)>,
    /// What was said about a table.
    pub options: RequestOptions,
    /// The lead's own names and addresses, for calendars.
    pub own_names: Vec<String>,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFile {
    /// What it was read as.
    pub kind: FileKind,
    /// What it holds, or why nothing could be made of it.
    pub content: Result<Box<ForeignContent>, String>,
    /// Its columns and sheets, if it is a table.
    pub table: TableChoices,
    /// Its days could be read in two ways, and nothing in it says in which.
    pub is_order_open: bool,
}

impl ReadFile {
    /// Its columns; none of what is no table.
    pub fn columns(&self) -> &[ColumnChoice] {
        &self.table.columns
    }

    /// What its columns fill, each by its name, as it is said of a file.
    pub fn maps(&self) -> Vec<(String, String)> {
        choice::maps(self.columns())
    }

    /// What the preset is called by which it was read, and the source of its requests.
    pub fn preset_and_source(&self) -> Option<(&str, &str)> {
        match self.content.as_ref().ok()?.as_ref() {
            ForeignContent::Requests(import) => Some((&import.preset, &import.source)),
            _ => None,
        }
    }

    /// The first requests as they will be.
    pub fn first_requests(&self, count: usize) -> Vec<RequestPreview> {
        match self.content.as_deref() {
            Ok(ForeignContent::Requests(import)) => {
                import.drafts.iter().take(count).map(RequestPreview::of).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A request as it will be, in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPreview {
    /// The line of the file.
    pub row: usize,
    pub title: String,
    pub due: String,
    pub estimate: String,
    pub stage: String,
    pub requester: String,
    pub assignee: String,
    /// Cells that could not be read.
    pub problems: usize,
}

impl RequestPreview {
    fn of(draft: &Draft) -> Self {
        let request = &draft.request;
        Self {
            row: draft.row,
            title: request.title.clone(),
            due: request.due.map(day::short_day).unwrap_or_default(),
            estimate: request.estimate.map(|estimate| estimate.to_string()).unwrap_or_default(),
            stage: request.stage.title().to_owned(),
            requester: request.requester.clone(),
            assignee: draft.assignee.clone().unwrap_or_default(),
            problems: draft.problems.len(),
        }
    }
}

impl FileQuestion {
    /// Reads the bytes of a file as what they are.
    ///
    /// # Errors
    /// When a preset is broken.
    pub fn read(&self, bytes: &[u8], zone: &Clock) -> Result<ReadFile, ImportError> {
        let presets = Presets::new(&self.presets)?;
        let today = Some(self.options.now.with_timezone(zone).date_naive());
        let (order, sheet) = (self.options.order, self.options.sheet.clone());
        let (presets_of_user, here) = (self.presets.clone(), Some(zone.whereabouts()));
        let list = ListOptions { order, sheet, today, zone: here, ..ListOptions::default() };
        let mut list = ListOptions { presets: presets_of_user, ..list };
        let kind = self.kind.unwrap_or_else(|| {
            // As long as nobody said what the file is, columns and presets are named as those of requests, so nothing
            // else can be meant.
            let is_asked = !self.options.maps.is_empty() || self.options.preset.is_some();
            // Whatever was said of columns or presets, since a calendar has neither.
            if is_calendar(bytes) {
                FileKind::Calendar
            } else if !is_asked && recognised(bytes, &presets, &list).is_some() {
                FileKind::Shares
            } else {
                let known = || ListColumns::known_by_preset(bytes, &presets, &list);
                match if is_asked { None } else { known() } {
                    Some(ListColumns::People) => FileKind::People,
                    Some(ListColumns::Absences) => FileKind::Absences,
                    _ => FileKind::Requests,
                }
            }
        });
        // What was said of columns is said of what the file is said to be.
        if let (Some(_), Some(_)) = (self.kind, kind.columns()) {
            list.maps.clone_from(&self.options.maps);
        }
        let (kind, found) = match kind {
            FileKind::Requests => {
                let read = read_requests(bytes, &presets, &self.options, zone);
                match (read.map(ForeignContent::Requests), self.kind) {
                    (Err(error), None) => otherwise(bytes, error, &presets, &list),
                    (read, _) => (kind, read),
                }
            }
            FileKind::People => (kind, read_people(bytes, &list).map(ForeignContent::People)),
            FileKind::Absences => (kind, read_absences(bytes, &list).map(ForeignContent::Absences)),
            FileKind::Shares => (kind, shares(bytes, &presets, &list)),
            FileKind::Calendar => {
                let content = calendar_of(bytes, &self.own_names).map(Box::new);
                return Ok(ReadFile { kind, content, table: TableChoices::default(), is_order_open: false });
            }
        };
        // Why the table cannot be read is said by its content already.
        let table = match kind.columns() {
            None => choice::choices(bytes, &presets, &self.options),
            Some(columns) => columns.choices(bytes, &presets, &list),
        };
        let table = table.unwrap_or_default();
        let is_order_open = matches!(found, Err(ImportError::Order(_)));
        let content = found.map(Box::new).map_err(|error| error.to_string());
        Ok(ReadFile { kind, content, table, is_order_open })
    }
}

fn shares(bytes: &[u8], presets: &Presets, list: &ListOptions) -> Result<ForeignContent, ImportError> {
    let options = ShareOptions { list: list.clone(), preset: None };
    read_shares(bytes, presets, &options).map(ForeignContent::Shares)
}

/// A table that is none of requests, as whatever else it can be.
fn otherwise(
    bytes: &[u8],
    error: ImportError,
    presets: &Presets,
    list: &ListOptions,
) -> (FileKind, Result<ForeignContent, ImportError>) {
    let absences = || read_absences(bytes, list).map(ForeignContent::Absences);
    match &error {
        ImportError::OtherTable { verb: "people", .. } => {
            (FileKind::People, read_people(bytes, list).map(ForeignContent::People))
        }
        ImportError::OtherTable { verb: "shares", .. } => (FileKind::Shares, shares(bytes, presets, list)),
        ImportError::OtherTable { .. } => (FileKind::Absences, absences()),
        // Never as people: a column of names is all that such a list needs, and nearly any table has one.
        ImportError::NoHeader { .. } => match absences() {
            // That only the order of its days is open says what it is, too.
            found @ (Ok(_) | Err(ImportError::Order(_))) => (FileKind::Absences, found),
            Err(ImportError::OtherTable { verb: "shares", .. }) => {
                (FileKind::Shares, shares(bytes, presets, list))
            }
            Err(_) => (FileKind::Requests, Err(error)),
        },
        _ => (FileKind::Requests, Err(error)),
    }
}

#[cfg(test)]
mod tests;
