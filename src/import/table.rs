//! A text file as numbered records: separator, quotes, line numbers as a person counts them.
//!
//! The reader is our own because it must say where things went wrong: a quote that never closes is
//! reported and costs one line, not the rest of the file; a record may not pass 1 MiB; rows that are
//! wider or narrower than the header are reported and never shifted.

mod records;
pub mod workbook;

use super::text::{self, TextError};
use crate::domain::bounds;
use crate::domain::count::counted;
use records::RecordReader;

/// The longest record that is taken, in bytes.
pub const MAX_RECORD: usize = bounds::CELL;
/// The most cells that one record may have.
const MAX_CELLS: usize = 4096;
/// How many records are looked at to find separator and header.
pub const HEAD: usize = 20;
/// How much of a text is looked at to find the separator, in bytes.
const SAMPLE: usize = 256 << 10;
/// So many bytes of a file are read a second time, as plain lines, because a record with quotes did not end. A file
/// that asks for more has quotes that mean nothing: from there on they are letters.
const READ_AGAIN: usize = 8 << 20;

/// A row of cells with its line in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The line of the file on which it begins, counted from 1.
    pub row: usize,
    /// Its cells; quotes taken off, line breaks kept.
    pub cells: Vec<String>,
}

/// Bytes of a row that are shown as they stand.
const RAW: usize = 240;

impl SourceRow {
    /// Its cells as one line, as much of them as is shown.
    pub fn raw(&self) -> String {
        let mut line = String::new();
        for cell in self.cells.iter().filter(|cell| !cell.trim().is_empty()) {
            if line.len() > RAW {
                break;
            }
            if !line.is_empty() {
                line.push_str(" | ");
            }
            let words: Vec<&str> = bounds::within(cell, RAW).split_whitespace().collect();
            line.push_str(&words.join(" "));
        }
        bounds::within(&line, RAW).to_owned()
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Leaves of each cell what one text may hold, and tells where something went.
    fn shorten(&mut self) -> Vec<RowProblem> {
        let mut problems = Vec::new();
        for (index, cell) in self.cells.iter_mut().enumerate() {
            if let Some(message) = bounds::too_long(cell.len(), bounds::TEXT, "a text") {
                cell.truncate(cell.floor_char_boundary(bounds::TEXT));
                let message = format!("column {}: {message}; the rest was left out", index + 1);
                problems.push(RowProblem { row: self.row, message });
            }
        }
        problems
    }
}

/// What is wrong with the shape of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Line of the file, from 1.
    pub row: usize,
    /// What was found and what was made of it.
    pub message: String,
}

/// A file cut into records, header not yet chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSheet {
    /// What the sheet is called in its workbook; empty for a file of text.
    pub title: String,
    /// How the bytes were read.
    pub encoding: &'static str,
    pub delimiter: char,
    /// Every record that is not blank.
    pub rows: Vec<SourceRow>,
    /// Lines of the records that are blank, as far as they are told one by one.
    blank: Vec<usize>,
    /// Quotes that never close and records that are too long.
    pub problems: Vec<RowProblem>,
    /// Sentences about what was left out of the whole file.
    pub notes: Vec<String>,
}

/// A file with its header found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How the bytes were read.
    pub encoding: &'static str,
    pub delimiter: char,
    /// Line of the header, from 1.
    pub header_row: usize,
    /// Column names by position; repeated ones are kept.
    pub headers: Vec<String>,
    /// Everything below the header.
    pub rows: Vec<SourceRow>,
    /// Lines of blank rows between them.
    pub blank: Vec<usize>,
    /// What is wrong with the shape of rows.
    pub problems: Vec<RowProblem>,
    /// Sentences about what was left out of the whole file.
    pub notes: Vec<String>,
}

impl SourceSheet {
    /// Reads bytes as records, so many and no more; what is left out is noted with its place.
    ///
    /// # Errors
    /// [`TextError`] when the bytes are no table of text.
    pub fn read(bytes: &[u8], most: usize) -> Result<Self, TextError> {
        Self::read_within(bytes, most, TableBudget::of_a_table())
    }

    /// Reads a file of text, or every visible sheet of a workbook.
    ///
    /// # Errors
    /// [`TextError`] when the bytes are no table.
    pub fn read_all(bytes: &[u8], most: usize) -> Result<Vec<Self>, TextError> {
        if workbook::is_workbook(bytes) {
            workbook::sheets(bytes, most)
        } else {
            Ok(vec![Self::read(bytes, most)?])
        }
    }

    fn read_within(bytes: &[u8], most: usize, room: TableBudget) -> Result<Self, TextError> {
        let decoded = text::decode(bytes)?;
        let (told, body) = separator_line(&decoded.text);
        // Lines are numbered as a person counts them, the line about the separator among them.
        let first_line = if told.is_some() { 2 } else { 1 };
        let delimiter = told.unwrap_or_else(|| guess_delimiter(body));
        let mut reader = RecordReader::new(body, delimiter, first_line);
        let (mut rows, mut notes, mut blank) = (Vec::new(), decoded.notes, Vec::new());
        let mut room = room;
        while let Some(mut row) = reader.next_record() {
            if row.is_blank() {
                if blank.len() < bounds::REMARKS {
                    blank.push(row.row);
                }
                continue;
            }
            // The header is a row as well, and notes may stand above it.
            let full = if rows.len() == most + HEAD { Some(format!("{most} rows")) } else { room.take(&row) };
            if let Some(what) = full {
                notes.push(beyond(&row, &what));
                break;
            }
            row.shorten().into_iter().for_each(|problem| reader.note(problem));
            rows.push(row);
        }
        // Where the rows or cells were too many as well, the line from which they are missing is told already.
        if decoded.is_cut && !notes.iter().any(|note| note.starts_with(MANY)) {
            let most = bounds::size(bounds::FILE);
            let line = reader.line;
            notes.push(format!(
                "the file is larger than {most}; what stands from line {line} on was left out"
            ));
        }
        notes.extend(reader.unsaid());
        let problems = reader.problems;
        // A file whose only row is too long is not empty; its problem says what it is.
        if rows.is_empty() && problems.is_empty() {
            return Err(TextError::Empty);
        }
        Ok(Self { title: String::new(), encoding: decoded.encoding, delimiter, rows, blank, problems, notes })
    }

    /// Leaves no more than `most` rows below the header.
    fn within(rows: &mut Vec<SourceRow>, notes: &mut Vec<String>, most: usize) {
        if let Some(first) = rows.get(most) {
            // The reader said so with room for a header; from here the place is exact.
            notes.retain(|note| !note.starts_with(MANY));
            notes.push(beyond(first, &format!("{most} rows")));
            rows.truncate(most);
        }
    }

    /// Takes the record at `index` as the header and reports rows of another width.
    pub fn into_table(self, index: usize, most: usize) -> Table {
        let (mut rows, mut notes) = (self.rows, self.notes);
        let mut below = rows.split_off((index + 1).min(rows.len()));
        Self::within(&mut below, &mut notes, most);
        let header = rows.pop().unwrap_or(SourceRow { row: 1, cells: Vec::new() });
        let mut headers: Vec<String> = header.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        while headers.last().is_some_and(String::is_empty) {
            headers.pop();
        }
        // What stands above the header is no row of the table.
        let mut problems: Vec<RowProblem> =
            self.problems.into_iter().filter(|problem| problem.row >= header.row).collect();
        problems.extend(width_problems(&below, headers.len(), header.cells.len(), &mut notes));
        // Rows that are blank at the end are how spreadsheets stop; between others something may be missing.
        let last = below.last().map_or(0, |row| row.row);
        let blank: Vec<usize> =
            self.blank.into_iter().filter(|row| (header.row..last).contains(row)).collect();
        notes.extend(blank_rows(&blank));
        problems.sort_by_key(|problem| problem.row);
        Table {
            encoding: self.encoding,
            delimiter: self.delimiter,
            header_row: header.row,
            headers,
            rows: below,
            blank,
            problems,
            notes,
        }
    }
}

/// What a cell costs beside its letters: its place in the row, and what the allocator keeps of it.
const A_CELL: usize = 48;

/// What all cells of a table together may be.
#[derive(Debug, Clone, Copy)]
struct TableBudget {
    cells: bounds::Steps,
    bytes: bounds::Steps,
}

impl TableBudget {
    const fn of_a_table() -> Self {
        Self { cells: bounds::Steps::new(bounds::CELLS), bytes: bounds::Steps::new(bounds::TABLE) }
    }

    /// Takes a row; gives what there is too much of if it does not fit.
    fn take(&mut self, row: &SourceRow) -> Option<String> {
        if self.cells.take(row.cells.len()).is_none() {
            return Some(format!("{} cells", bounds::CELLS));
        }
        let bytes = row.cells.iter().map(|cell| A_CELL + cell.len()).sum();
        let is_full = self.bytes.take(bytes).is_none();
        is_full.then(|| format!("{} in cells", bounds::size(self.bytes.taken())))
    }
}

/// How the sentence about too many rows begins.
const MANY: &str = "more than";

/// Says where a table was cut.
fn beyond(row: &SourceRow, what: &str) -> String {
    let line = row.row;
    format!(
        "{MANY} {what} in one file: what stands from line {line} on was left out; split the file and import the rest"
    )
}

/// Rows that are wider or narrower than the header. `width` counts its named columns, `whole` all of its cells.
fn width_problems(
    rows: &[SourceRow],
    width: usize,
    whole: usize,
    notes: &mut Vec<String>,
) -> Vec<RowProblem> {
    let is_wide = |row: &&SourceRow| row.cells.len() > whole && row.cells.len() > width;
    let trailing = |row: &&SourceRow| row.cells.iter().skip(width).all(|cell| cell.trim().is_empty());
    let padded = rows.iter().filter(is_wide).filter(trailing).count();
    // Some tools end every row with a separator; then it says nothing about any of them.
    let is_habit = padded > 2 && padded * 2 > rows.len();
    if is_habit {
        notes.push(format!("{padded} rows end with a separator more than the header; nothing was left out"));
    }
    let beyond = |row: &SourceRow| if is_wide(&row) && !is_habit { row.cells.len() - whole } else { 0 };
    rows.iter().filter_map(|row| width_problem(row, (width, whole.max(width)), beyond(row))).collect()
}

fn width_problem(row: &SourceRow, (width, whole): (usize, usize), beyond: usize) -> Option<RowProblem> {
    let filled = |from: usize| row.cells.iter().skip(from).filter(|cell| !cell.trim().is_empty()).count();
    // Columns without a name at the end of the header are columns all the same.
    let (extra, nameless) = (filled(whole), filled(width) - filled(whole));
    let message = if extra == 0 && nameless > 0 {
        let cells = counted(nameless, "cell stands", "cells stand");
        format!("{cells} under a column that has no name; please check the row")
    } else if extra > 0 {
        let cells = counted(extra, "more cell", "more cells");
        format!("{cells} than the header has columns; left out, please check the row")
    } else if beyond > 0 {
        let more = counted(beyond, "more separator", "more separators");
        format!(
            "{more} than the header has; if a comma stands in a cell without quotes, its cells are shifted"
        )
    } else if row.cells.len() < width {
        format!("only {} of {width} cells; the missing ones are left as they are", row.cells.len())
    } else {
        return None;
    };
    Some(RowProblem { row: row.row, message })
}

fn blank_rows(lines: &[usize]) -> Option<String> {
    let first = lines.first()?;
    Some(match lines.len() {
        1 => format!("line {first} is blank; passed over"),
        count => format!("{count} lines are blank, the first of them line {first}; passed over"),
    })
}

/// The first line `sep=;` that Excel writes and reads.
fn separator_line(text: &str) -> (Option<char>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_matches('"').trim();
    match told.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")) {
        Some(_) if told[4..].chars().count() == 1 => (told[4..].chars().next(), rest),
        // The separator is a tab, which was trimmed off as a blank.
        Some(_) if first.ends_with('\t') => (Some('\t'), rest),
        _ => (None, text),
    }
}

/// The separator that gives most of the first records one and the same width above one.
fn guess_delimiter(text: &str) -> char {
    // Where nothing tells, it is a comma: a file of one column has no separator at all.
    let mut best = (',', 0, 0);
    let text = bounds::within(text, SAMPLE);
    // The more usual one first, since only a better one takes its place.
    for delimiter in [',', ';', '\t', '|'] {
        let mut reader = RecordReader::new(text, delimiter, 1);
        let widths: Vec<usize> =
            std::iter::from_fn(|| reader.next_record()).take(HEAD + 10).map(|row| row.cells.len()).collect();
        let common = |width: usize| widths.iter().filter(|other| **other == width).count();
        let top =
            widths.iter().copied().filter(|width| *width > 1).max_by_key(|width| (common(*width), *width));
        if let Some(width) = top
            && (common(width), width) > (best.1, best.2)
        {
            best = (delimiter, common(width), width);
        }
    }
    best.0
}

#[cfg(test)]
mod tests;
