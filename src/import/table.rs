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

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, counted from 1.
    pub row: usize,
    /// Its cells; quotes taken off, line breaks kept.
    pub cells: Vec<String>,
}

impl Row {
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
pub struct Sheet {
    /// How the bytes were read.
    pub encoding: &'static str,
    /// What separates cells.
    pub delimiter: char,
    /// Every record that is not blank.
    pub rows: Vec<Row>,
    /// Quotes that never close and records that are too long.
    pub problems: Vec<RowProblem>,
}

/// A file with its header found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How the bytes were read.
    pub encoding: &'static str,
    /// What separates cells.
    pub delimiter: char,
    /// Line of the header, from 1.
    pub header_row: usize,
    /// Column names by position; repeated ones are kept.
    pub headers: Vec<String>,
    /// Everything below the header.
    pub rows: Vec<Row>,
    /// What is wrong with the shape of rows.
    pub problems: Vec<RowProblem>,
}

impl Sheet {
    /// Reads bytes as records.
    ///
    /// # Errors
    /// [`TextError`] when the bytes are no table of text.
    pub fn read(bytes: &[u8]) -> Result<Self, TextError> {
        let decoded = text::decode(bytes)?;
        let (told, body) = separator_line(&decoded.text);
        let first_line = if told.is_some() { 2 } else { 1 };
        let delimiter = told.unwrap_or_else(|| guess_delimiter(body));
        let mut reader = Reader::new(body, delimiter, first_line);
        let mut rows = Vec::new();
        while let Some(mut row) = reader.next_record() {
            if !row.is_blank() {
                reader.problems.extend(row.shorten());
                rows.push(row);
            }
        }
        let problems = reader.problems;
        if rows.is_empty() && problems.is_empty() {
            return Err(TextError::Empty);
        }
        Ok(Self { encoding: decoded.encoding, delimiter, rows, problems })
    }

    /// Takes the record at `index` as the header and reports rows of another width.
    #[must_use]
    pub fn into_table(self, index: usize) -> Table {
        let mut rows = self.rows;
        let below = rows.split_off((index + 1).min(rows.len()));
        let header = rows.pop().unwrap_or(Row { row: 1, cells: Vec::new() });
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
        }
    }
}

fn width_problem(row: &Row, width: usize) -> Option<RowProblem> {
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
    for delimiter in [',', ';', '\t', '|'] {
        let mut reader = Reader::new(text, delimiter, 1);
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
struct Reader<'a> {
    text: &'a str,
    delimiter: char,
    at: usize,
    line: usize,
    problems: Vec<RowProblem>,
}

/// One record as it was found.
struct Found {
    cells: Vec<String>,
    end: usize,
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str, delimiter: char, line: usize) -> Self {
        Self { text, delimiter, at: 0, line, problems: Vec::new() }
    }

    fn next_record(&mut self) -> Option<Row> {
        while self.at < self.text.len() {
            let row = self.line;
            if let Some(found) = self.quoted_record() {
                self.step_to(found.end);
                return Some(Row { row, cells: found.cells });
            }
            if let Some(found) = self.plain_record() {
                self.step_to(found.end);
                return Some(Row { row, cells: found.cells });
            }
        }
        None
    }

    fn step_to(&mut self, end: usize) {
        self.line += self.text[self.at..end].bytes().filter(|byte| *byte == b'\n').count();
        self.at = end;
    }

    /// A record with quotes respected; `None` if a quote never closes or the record is too long.
    fn quoted_record(&self) -> Option<Found> {
        let mut cells = Vec::new();
        let mut rest = &self.text[self.at..];
        loop {
            let (cell, after) = self.cell(rest)?;
            cells.push(cell);
            let end = self.text.len() - after.len();
            if end - self.at > MAX_RECORD || cells.len() > MAX_CELLS {
                return None;
            }
            match after.chars().next() {
                Some(c) if c == self.delimiter => rest = &after[c.len_utf8()..],
                Some(_) => return Some(Found { cells, end: end + 1 }),
                None => return Some(Found { cells, end }),
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
    fn plain_record(&mut self) -> Option<Found> {
        let rest = &self.text[self.at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let end = (self.at + length + 1).min(self.text.len());
        let line = &rest[..length];
        if length > MAX_RECORD || line.matches(self.delimiter).count() >= MAX_CELLS {
            let message = "a row of more than 1 MiB or 4,096 cells; it was left out".to_owned();
            self.problems.push(RowProblem { row: self.line, message });
            self.step_to(end);
            return None;
        }
        let message = "a quotation mark opens here and never closes; the line was read without it".to_owned();
        self.problems.push(RowProblem { row: self.line, message });
        let cells = line.split(self.delimiter).map(|cell| cell.trim_start_matches('"').to_owned()).collect();
        Some(Found { cells, end })
    }
}

/// The next quote within what one record may hold.
fn find_quote(text: &str) -> Option<usize> {
    text.as_bytes().iter().take(MAX_RECORD + 1).position(|byte| *byte == b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn separators_are_found() {
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n", ','),
            ("a;b;c\n1,5;2,5;3\n", ';'),
            ("a\tb\n1, 2\t3\n", '\t'),
            ("a|b|c\n", '|'),
            ("sep=;\na;b\n", ';'),
            ("only\none\n", ','),
            ("Planner;;\n;;\nJob;Client;Hours\nA, B;x;2,5\nC, D;y;3\n", ';'),
        ] {
            assert_eq!(sheet(text).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn line_numbers_are_those_of_the_file() {
        let rows = sheet("sep=,\r\na,b\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n").rows;
        assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 3, 6]);
        assert_eq!(rows[1].cells, ["x\ny", "1"]);
    }

    #[test]
    fn quotes_are_taken_off_once() {
        assert_eq!(sheet("a,b\n\"say \"\"hi\"\"\",\"\"\n").rows[1].cells, ["say \"hi\"", ""]);
        assert_eq!(sheet("a,b\n5\" screen,x\n").rows[1].cells, ["5\" screen", "x"]);
    }

    #[test]
    fn an_open_quote_costs_one_line() {
        let sheet = sheet("a,b\n1,2\n\"open,3\n4,5\n6,7\n");
        assert_eq!(sheet.rows.len(), 5);
        assert_eq!(sheet.rows[2].cells, ["open", "3"]);
        assert_eq!(sheet.problems[0].row, 3);
    }

    #[test]
    fn a_huge_record_is_left_out() {
        let text = format!("a,b\n{},1\nx,y\n", "z".repeat(MAX_RECORD + 5));
        let sheet = sheet(&text);
        assert_eq!(sheet.rows.len(), 2);
        assert_eq!((sheet.problems[0].row, sheet.rows[1].row), (2, 3));
    }

    #[test]
    fn a_cell_that_is_longer_than_a_text_loses_its_end_and_says_so() {
        let text = format!("a,b\n1,\"{}\"\nx,y\n", "é\n".repeat(bounds::TEXT / 2));
        let sheet = sheet(&text);
        assert_eq!(sheet.rows.len(), 3);
        assert!(sheet.rows[1].cells[1].len() <= bounds::TEXT && sheet.rows[1].cells[1].starts_with("é\né"));
        let problem = &sheet.problems[0];
        assert!(
            problem.row == 2 && problem.message.contains("column 2: 384 KiB are too long"),
            "{problem:?}"
        );
    }

    #[test]
    fn other_widths_are_reported_and_not_shifted() {
        let table = sheet("a,a,\n1,2,,\n1,2,3,4\n1\n").into_table(0);
        assert_eq!(table.headers, ["a", "a"]);
        assert_eq!(table.problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [3, 4]);
    }
}
