//! Turns bytes from other tools into drafts and problems.
//!
//! Everything here is pure: no clock, no files, no SQL. A file is never refused for one odd cell: the
//! row is kept, the field is marked, and what cannot be used at all is listed with its reason.

pub mod boards;
pub mod calendar;
pub mod columns;
mod contacts;
pub mod dates;
pub mod field;
pub mod joined;
pub mod list_choice;
mod list_presets;
pub mod listing;
pub mod message;
pub mod numbers;
pub mod people;
pub mod preset;
pub mod requests;
mod share_fields;
pub mod shares;
mod sums;
pub mod table;
pub mod text;
mod weeks;

use crate::domain::bounds;
use crate::domain::source::SourceWhat;
use crate::domain::words::{did_you_mean, letters};
use dates::OrderError;
use preset::PresetError;
use serde::{Deserialize, Serialize};
use text::TextError;

/// Something about one cell that a person should look at; the row itself was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The column as the file names it; empty if it concerns the whole row.
    pub column: String,
    /// What stands in the cell.
    pub value: String,
    /// What was made of it, in plain words.
    pub message: String,
}

/// A row that could not be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Line in the file, counted from 1.
    pub row: usize,
    /// What the row calls itself, as far as that is known.
    pub title: String,
    /// Why it was left out.
    pub reason: String,
    /// What stands in the row, as far as it helps to find it.
    pub raw: String,
}

impl Skipped {
    pub fn new(row: usize, title: &str, reason: &str) -> Self {
        Self { row, title: title.to_owned(), reason: reason.to_owned(), raw: String::new() }
    }

    /// The same with the cells of its row.
    pub fn with(self, row: &table::SourceRow) -> Self {
        Self { raw: row.raw(), ..self }
    }
}

/// Why a whole file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The bytes are not a table of text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Day and month cannot be told apart.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// A preset is broken.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// A word that nothing is called.
    #[error("there is no {what} `{word}`{}", did_you_mean(.near))]
    Unknown {
        /// Column, field or preset.
        what: &'static str,
        word: String,
        near: Vec<String>,
    },
    /// A sheet that the workbook does not have, hides, or has nothing in.
    #[error("there is no sheet `{word}` to be read{}", if sheets.is_empty() { "; this file has none".to_owned() } else { format!("; there is {}", sheets.join(", ")) })]
    NoSheet { word: String, sheets: Vec<String> },
    /// A field that no column can fill.
    #[error("there is no field `{word}`{}; fields are {}, and `ignore` leaves a column out", did_you_mean(.near), fields.join(", "))]
    NoField { word: String, near: Vec<String>, fields: Vec<String> },
    /// A column is said to be nothing, or nothing is said to be a field.
    #[error("`{word}` is not COLUMN=field; fields are {}", fields.join(", "))]
    NoMap { word: String, fields: Vec<String> },
    /// The table is of something else, which has a verb of its own.
    #[error(
        "this is a table of {what}; `tablesetter import {verb} FILE` reads it (or say with --map what its columns are)"
    )]
    OtherTable { what: &'static str, verb: &'static str },
    /// No row of the first twenty looks like a header with what is needed.
    #[error("no column of this file is known as {missing}; its columns are {}", columns.join(", "))]
    NoHeader {
        /// What was looked for, with the option that helps.
        missing: String,
        /// What the likeliest header row holds.
        columns: Vec<String>,
    },
}

/// So many bytes of a name are compared to find what resembles it.
const NAME: usize = 200;

/// What a column of such a table can be said to be, beside `ignore`; nothing for a calendar, which has none.
pub fn fields_of(what: SourceWhat) -> Vec<String> {
    match what {
        SourceWhat::Requests => field::Field::names(),
        SourceWhat::Calendar => Vec::new(),
        SourceWhat::People => names_of(&people::PEOPLE),
        SourceWhat::Absences => names_of(&people::ABSENCES),
        SourceWhat::Shares => names_of(&shares::SHARES),
    }
}

/// Refuses what no column of such a table can be said to be.
///
/// # Errors
/// [`ImportError`] with the fields that there are.
pub fn check_field(what: SourceWhat, column: &str, field: &str) -> Result<(), ImportError> {
    if column.trim().is_empty() || field.trim().is_empty() {
        let word = bounds::named(format!("{column}={field}").trim_matches('='));
        return Err(ImportError::NoMap { word, fields: fields_of(what) });
    }
    match what {
        SourceWhat::Requests => columns::Mapping::read(column, field).map(drop),
        SourceWhat::People => people::PEOPLE.field(field).map(drop),
        SourceWhat::Absences => people::ABSENCES.field(field).map(drop),
        SourceWhat::Shares => shares::SHARES.field(field).map(drop),
        SourceWhat::Calendar => Ok(()),
    }
}

fn names_of(known: &listing::KnownColumns) -> Vec<String> {
    known.fields.iter().map(|field| (*field).to_owned()).collect()
}

/// Up to three of `known` that resemble `word`, the nearest first.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    // A cell may hold a whole mail, and the time to compare two texts grows with the product of their lengths.
    let wanted = fold(bounds::within(word, NAME));
    let mut scored: Vec<(f64, &str)> =
        known.map(|name| (strsim::jaro_winkler(&wanted, &fold(bounds::within(name, NAME))), name)).collect();
    scored.retain(|(score, name)| *score > 0.72 && !name.is_empty());
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, name)| bounds::named(name)).collect()
}

/// The name of a column, a status or a choice as tools differ in it: without case, accents, and whatever stands between
/// its words, so that `due_date`, `Due-Date`, `dueDate` and `DUE DATE` are one.
pub fn squeeze(name: &str) -> String {
    // `#` and `%` tell columns apart that have no other letters in common: `# done` and `% done`.
    letters::fold(name).chars().filter(|c| c.is_alphanumeric() || matches!(c, '%' | '#')).collect()
}

/// The words of a question, apart by single spaces, with one at either end: what is looked for within it can ask for
/// whole words.
pub fn spaced(name: &str) -> String {
    let words = letters::fold(name).replace(|c: char| !c.is_alphanumeric(), " ");
    let spaced = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    // `What's the goal?` asks the same as `What is the goal?`.
    [" what s ", " who s ", " when s ", " where s "]
        .iter()
        .fold(spaced, |text, short| text.replace(short, &short.replace(" s ", " is ")))
}

/// A name as it is compared: lower case, single spaces, without the marks that forms put at the end.
pub fn fold(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").replace('’', "'").trim_end_matches([':', '*', '?', ' ']).to_owned()
}

/// The one sheet that somebody asked for, or all that there are.
fn wanted_sheets(
    bytes: &[u8],
    rows: usize,
    wanted: Option<&str>,
) -> Result<Vec<table::SourceSheet>, ImportError> {
    let mut sheets = table::SourceSheet::read_all(bytes, rows)?;
    let Some(wanted) = wanted else { return Ok(sheets) };
    // By name first: a sheet may well be called 2026.
    let named = sheets.iter().position(|sheet| fold(&sheet.title) == fold(wanted));
    let counted = wanted.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let titles = || sheets.iter().map(|sheet| sheet.title.as_str()).filter(|title| !title.is_empty());
    // A file of plain text is one sheet without a title, which has no number by which it could be asked for either.
    match named.or(counted.filter(|place| *place < sheets.len() && titles().count() > 0)) {
        Some(place) => Ok(vec![sheets.swap_remove(place)]),
        None => Err(ImportError::NoSheet {
            word: bounds::named(wanted),
            sheets: titles().map(bounds::named).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_line_breaks() {
        assert_eq!(fold("Anything else?\n(links are fine)"), "anything else? (links are fine)");
        assert_eq!(fold("  Due  Date: "), "due date");
    }

    #[test]
    fn columns_are_compared_as_tools_differ_in_them() {
        for name in ["Due Date", "due_date", "due-date", "dueDate", "DUE  DATE:", "düe däte"] {
            assert_eq!(squeeze(name), "duedate", "{name}");
        }
        assert_eq!(spaced("What’s the goal?\n(one line)"), " what is the goal one line ");
    }

    #[test]
    fn a_wrong_word_names_its_neighbours() {
        assert_eq!(nearest("Sumary", ["Summary", "Status"].into_iter())[0], "Summary");
        assert!(nearest("zzz", ["Summary"].into_iter()).is_empty());
    }
}
