//! A text file as numbered records: separator, quotes, line numbers as a person counts them.
//!
//! The reader is our own because it must say where things went wrong: a quote that never closes is
//! reported and costs one line, not the rest of the file; a record may not pass 1 MiB; rows that are
//! wider or narrower than the header are reported and never shifted.

use super::text::{self, TextError};
use crate::domain::bounds;

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

impl SourceRow {
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
    /// How the bytes were read.
    pub encoding: &'static str,
    pub delimiter: char,
    /// Every record that is not blank.
    pub rows: Vec<SourceRow>,
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

    fn read_within(bytes: &[u8], most: usize, room: TableBudget) -> Result<Self, TextError> {
        let decoded = text::decode(bytes)?;
        let (told, body) = separator_line(&decoded.text);
        let first_line = if told.is_some() { 2 } else { 1 };
        let delimiter = told.unwrap_or_else(|| guess_delimiter(body));
        let mut reader = RecordReader::new(body, delimiter, first_line);
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        let mut room = room;
        while let Some(mut row) = reader.next_record() {
            if row.is_blank() {
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
        if decoded.is_cut && notes.is_empty() {
            let most = bounds::size(bounds::FILE);
            let line = reader.line;
            notes.push(format!(
                "the file is larger than {most}; what stands from line {line} on was left out"
            ));
        }
        notes.extend(reader.unsaid());
        let problems = reader.problems;
        if rows.is_empty() && problems.is_empty() {
            return Err(TextError::Empty);
        }
        Ok(Self { encoding: decoded.encoding, delimiter, rows, problems, notes })
    }

    /// Leaves no more than `most` rows below the header.
    fn within(rows: &mut Vec<SourceRow>, notes: &mut Vec<String>, most: usize) {
        if let Some(first) = rows.get(most) {
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
        let mut problems: Vec<RowProblem> =
            self.problems.into_iter().filter(|problem| problem.row >= header.row).collect();
        problems.extend(below.iter().filter_map(|row| width_problem(row, headers.len())));
        problems.sort_by_key(|problem| problem.row);
        Table {
            encoding: self.encoding,
            delimiter: self.delimiter,
            header_row: header.row,
            headers,
            rows: below,
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

fn width_problem(row: &SourceRow, width: usize) -> Option<RowProblem> {
    let extra = row.cells.iter().skip(width).filter(|cell| !cell.trim().is_empty()).count();
    let message = if extra > 0 {
        format!("{extra} more cells than the header has columns; they were left out, please check the row")
    } else if row.cells.len() < width {
        format!("only {} of {width} cells; the missing ones are left as they are", row.cells.len())
    } else {
        return None;
    };
    Some(RowProblem { row: row.row, message })
}

/// The first line `sep=;` that Excel writes and reads.
fn separator_line(text: &str) -> (Option<char>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_matches('"').trim();
    match told.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")) {
        Some(_) if told[4..].chars().count() == 1 => (told[4..].chars().next(), rest),
        Some(_) if first.ends_with('\t') => (Some('\t'), rest),
        _ => (None, text),
    }
}

/// The separator that gives most of the first records one and the same width above one.
fn guess_delimiter(text: &str) -> char {
    let mut best = (',', 0, 0);
    let text = bounds::within(text, SAMPLE);
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

/// Reads one record after the other.
struct RecordReader<'a> {
    text: &'a str,
    delimiter: char,
    at: usize,
    line: usize,
    problems: Vec<RowProblem>,
    /// Problems beyond those that are told one by one.
    untold: usize,
    /// What was read twice so far.
    read_again: bounds::Steps,
    /// Where quotes stopped to mean anything.
    letters_from: Option<usize>,
    /// How many cells the last record had: room for them is asked for at once, since a row that grows takes up to twice
    /// of what it needs, a hundred thousand times.
    width: usize,
}

/// One record as it was found.
struct FoundRecord {
    cells: Vec<String>,
    end: usize,
}

impl<'a> RecordReader<'a> {
    const fn new(text: &'a str, delimiter: char, line: usize) -> Self {
        let read_again = bounds::Steps::new(READ_AGAIN);
        Self {
            text,
            delimiter,
            at: 0,
            line,
            problems: Vec::new(),
            untold: 0,
            read_again,
            letters_from: None,
            width: 0,
        }
    }

    fn note(&mut self, problem: RowProblem) {
        if self.problems.len() < bounds::REMARKS { self.problems.push(problem) } else { self.untold += 1 }
    }

    /// Sentences about what was not told row by row.
    fn unsaid(&self) -> impl Iterator<Item = String> {
        let letters = self.letters_from.map(|line| {
            format!("too many quotation marks never close; from line {line} on they are read as letters")
        });
        let untold = self.untold;
        let more = (untold > 0).then(|| format!("{untold} more rows are like those that are marked"));
        letters.into_iter().chain(more)
    }

    fn next_record(&mut self) -> Option<SourceRow> {
        while self.at < self.text.len() {
            let row = self.line;
            let found = if self.letters_from.is_none() { self.quoted_record() } else { None };
            if let Some(mut found) = found {
                self.width = found.cells.len();
                found.cells.shrink_to_fit();
                self.step_to(found.end);
                return Some(SourceRow { row, cells: found.cells });
            }
            if let Some(found) = self.plain_record() {
                self.step_to(found.end);
                return Some(SourceRow { row, cells: found.cells });
            }
        }
        None
    }

    fn step_to(&mut self, end: usize) {
        self.line += self.text[self.at..end].bytes().filter(|byte| *byte == b'\n').count();
        self.at = end;
    }

    /// A record with quotes respected; `None` if a quote never closes or the record is too long.
    fn quoted_record(&mut self) -> Option<FoundRecord> {
        let mut cells = Vec::with_capacity(self.width);
        let mut rest = &self.text[self.at..];
        loop {
            let cell = self.cell(rest);
            let end = cell.as_ref().map_or(self.text.len(), |(_, after)| self.text.len() - after.len());
            if cell.is_none() || end - self.at > MAX_RECORD || cells.len() == MAX_CELLS {
                let read = (end - self.at).min(MAX_RECORD);
                if self.read_again.take(read).is_none() {
                    self.letters_from = Some(self.line);
                }
                return None;
            }
            let (cell, after) = cell?;
            cells.push(cell);
            match after.chars().next() {
                Some(c) if c == self.delimiter => rest = &after[c.len_utf8()..],
                Some(_) => return Some(FoundRecord { cells, end: end + 1 }),
                None => return Some(FoundRecord { cells, end }),
            }
        }
    }

    /// One cell and what follows it (a separator, a line end, or nothing).
    fn cell<'t>(&self, rest: &'t str) -> Option<(String, &'t str)> {
        let Some(mut open) = rest.strip_prefix('"') else {
            let end = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
            return Some((rest[..end].to_owned(), &rest[end..]));
        };
        let mut cell = String::new();
        loop {
            let close = find_quote(open)?;
            cell.push_str(&open[..close]);
            open = &open[close + 1..];
            if let Some(more) = open.strip_prefix('"') {
                cell.push('"');
                open = more;
            } else {
                let end = open.find([self.delimiter, '\n']).unwrap_or(open.len());
                cell.push_str(&open[..end]);
                return Some((cell, &open[end..]));
            }
        }
    }

    /// The line alone, quotes as plain letters; `None` (and the line passed over) if it is too long.
    fn plain_record(&mut self) -> Option<FoundRecord> {
        let rest = &self.text[self.at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let end = (self.at + length + 1).min(self.text.len());
        let line = &rest[..length];
        if length > MAX_RECORD || line.matches(self.delimiter).count() >= MAX_CELLS {
            let message = "a row of more than 1 MiB or 4,096 cells; it was left out".to_owned();
            self.note(RowProblem { row: self.line, message });
            self.step_to(end);
            return None;
        }
        if self.letters_from.is_none_or(|from| from == self.line) {
            let message =
                "a quotation mark opens here and never closes; the line was read without it".to_owned();
            self.note(RowProblem { row: self.line, message });
        }
        let cells = line.split(self.delimiter).map(|cell| cell.trim_start_matches('"').to_owned()).collect();
        Some(FoundRecord { cells, end })
    }
}

/// The next quote within what one record may hold.
fn find_quote(text: &str) -> Option<usize> {
    text.as_bytes().iter().take(MAX_RECORD + 1).position(|byte| *byte == b'"')
}

#[cfg(test)]
mod tests;
