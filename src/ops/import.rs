//! Imports: drafts from other tools become rows, as one operation that can be undone or only rehearsed.
//!
//! What the source said last time is kept beside each request. Importing again takes over only what
//! changed there since; what was set here stays and is told as a conflict, and tier and score are never touched.

mod calendar;
pub mod change_set;
pub mod everything;
mod fields;
pub mod file;
pub mod foreign;
mod forgotten;
mod identity;
#[cfg(test)]
mod kit;
pub mod lines;
mod named_requests;
pub mod near_misses;
mod people;
pub mod presets;
pub mod requesters;
mod requests;
mod shares;
pub mod tables;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use serde::Serialize;

use crate::domain::difference::{self, Difference};
use crate::import::listing::LEFT_OUT;
use crate::import::listing::Listing;
use crate::import::{Problem, Skipped};
use crate::store::Committed;

/// So many changed rows are named in the journal, each with so many letters of what changed.
const NAMED: usize = 3;
const ROOM: usize = 60;

/// What happened to one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowAction {
    /// It was not there.
    Created,
    /// It was there and changed.
    Updated,
    /// It was there as it is.
    Unchanged,
    /// It could not be used.
    Skipped,
}

impl RowAction {
    /// As people read it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Skipped => "skipped",
        }
    }
}

/// Why a row is not simply new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportMark {
    /// It was put away at the source, and is new here: left out until it is asked for.
    Archived,
    /// Left out as asked.
    LeftOut,
    /// Taken for one that vanished, which was called so.
    Renamed(String),
}

/// One row of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReport {
    /// Line in the file.
    pub row: usize,
    pub action: RowAction,
    /// Its key; in a rehearsal the one that it would get.
    pub key: Option<String>,
    /// What it is called.
    pub title: String,
    /// What to look at.
    pub problems: Vec<Problem>,
    /// What changed in a row that was there.
    pub changes: Vec<Difference>,
    /// What the source changed but was set here by hand: the old value stands, the new one is the source's.
    pub conflicts: Vec<Difference>,
    /// What the row holds as it stands, where nothing could be made of it.
    pub raw: String,
    /// What a new request brings, in a few words.
    pub brings: String,
    pub mark: Option<ImportMark>,
}

/// How the file was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Understood {
    pub preset: String,
    /// Line of the header.
    pub header_row: usize,
    pub delimiter: String,
    /// How the bytes were read.
    pub encoding: String,
    /// Columns that fill nothing.
    pub columns_ignored: Vec<String>,
}

impl Understood {
    /// How a list of people, absences or shares was.
    fn of_listing<T>(what: &str, listing: &Listing<T>) -> Self {
        Self {
            preset: what.to_owned(),
            header_row: listing.header_row,
            delimiter: listing.delimiter.to_string(),
            encoding: listing.encoding.clone(),
            columns_ignored: listing.columns_ignored.clone(),
        }
    }

    /// In one sentence.
    pub fn sentence(&self) -> String {
        let separator = match self.delimiter.as_str() {
            "," => "commas",
            ";" => "semicolons",
            "\t" => "tabs",
            "|" => "pipes",
            // A workbook has nothing between its cells; its reader says a blank for that.
            " " => "cells",
            _ => "one column",
        };
        let Self { preset, header_row, encoding, .. } = self;
        format!("read as {preset}: header in line {header_row}, separated by {separator}, {encoding}")
    }
}

/// What an import did or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub is_rehearsal: bool,
    /// How the file was understood.
    pub understood: Understood,
    pub rows: Vec<RowReport>,
    /// Open requests of this source that the file does not have: key and title. Nothing was done to them.
    pub vanished: Vec<(String, String)>,
    /// Sentences about the whole file.
    pub notes: Vec<String>,
    /// Names that are nobody's here and come near somebody's.
    pub near: Vec<near_misses::NearMiss>,
    /// Who asks and is no stakeholder yet.
    pub requesters: requesters::NewRequesters,
    /// Number in the journal.
    pub operation: Option<i64>,
}

impl Report {
    /// How many rows had an action.
    pub fn count(&self, action: RowAction) -> usize {
        self.rows.iter().filter(|row| row.action == action).count()
    }

    /// Rows that were taken, among them those that are here already as they are.
    fn used(&self) -> usize {
        self.rows.iter().filter(|row| row.action != RowAction::Skipped).count()
    }

    /// What came of it, for the journal: how many are new, which changed and how, and what was kept.
    fn brought(&self) -> String {
        let created = self.count(RowAction::Created);
        let mut parts = Vec::new();
        if created > 0 {
            parts.push(format!("{created} new"));
        }
        let changed: Vec<&RowReport> = self.rows.iter().filter(|row| !row.changes.is_empty()).collect();
        for row in changed.iter().take(NAMED) {
            let key = row.key.as_deref().unwrap_or_default();
            parts.push(format!("{key} {}", difference::told(&row.changes, ROOM)));
        }
        if changed.len() > NAMED {
            parts.push(format!("and {} more changed", changed.len() - NAMED));
        }
        let kept = self.rows.iter().filter(|row| !row.conflicts.is_empty()).count();
        if kept > 0 {
            parts.push(format!("{kept} kept as set here"));
        }
        if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) }
    }

    fn finish(mut self, committed: Option<&Committed<()>>) -> Self {
        self.is_rehearsal = committed.is_none();
        self.operation = committed.and_then(|committed| committed.operation).map(|id| id.0);
        // Shares are taken person by person and skipped rows come last; the report is read beside the file.
        self.rows.sort_by_key(|row| row.row);
        self
    }
}

impl RowReport {
    /// A row that is not taken, and why.
    fn left_out(row: usize, title: &str, reason: &str) -> Self {
        Self {
            row,
            action: RowAction::Skipped,
            key: None,
            title: title.to_owned(),
            problems: vec![Problem {
                column: String::new(),
                value: String::new(),
                message: reason.to_owned(),
            }],
            changes: Vec::new(),
            conflicts: Vec::new(),
            raw: String::new(),
            brings: String::new(),
            mark: None,
        }
    }
}

// A row that was left out on request comes from its reader among the skipped ones, and only its reason tells it from
// those that could not be used.
fn skipped_rows(skipped: Vec<Skipped>) -> impl Iterator<Item = RowReport> {
    skipped.into_iter().map(|skip| RowReport {
        mark: (skip.reason == LEFT_OUT).then_some(ImportMark::LeftOut),
        ..RowReport { raw: skip.raw, ..RowReport::left_out(skip.row, &skip.title, &skip.reason) }
    })
}

/// Told how far an import has come: rows done and rows in all.
pub type ImportProgress<'a> = &'a mut dyn FnMut(usize, usize);

/// Told the same; whoever is told may break the import off.
pub type StoppableProgress<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// How a file of requests is taken in.
pub struct ImportRun<'a> {
    /// Only say what would happen.
    pub is_rehearsal: bool,
    /// What is said about single lines.
    pub lines: &'a lines::LineChoice,
    pub progress: ImportProgress<'a>,
}

pub use calendar::whose::{MayBeLead, names_in};
pub use calendar::{CalendarReport, EventChange, is_message};
pub use people::problem_text;
