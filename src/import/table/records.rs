//! Records out of text, quotes respected as far as they mean something.
//!
//! People and tools write quotation marks that nobody doubled: inches, quoted words, one that opens and never closes. A
//! mark counts as the end of a cell only where a separator or the end of a line follows; a cell that swallowed other
//! rows is given up, and its line is read as it stands.

use super::{MAX_CELLS, MAX_RECORD, READ_AGAIN, RowProblem, SourceRow};
use crate::domain::bounds;

/// So many bytes are looked at twice to tell marks that are letters from those that close a cell.
const LOOKED_AT: usize = 2 * bounds::FILE;

/// Reads one record after the other.
pub(super) struct RecordReader<'a> {
    text: &'a str,
    delimiter: char,
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) problems: Vec<RowProblem>,
    /// Problems beyond those that are told one by one.
    untold: usize,
    /// What was read twice so far.
    pub(super) read_again: bounds::Steps,
    /// Where quotes stopped to mean anything.
    letters_from: Option<usize>,
    /// How many cells the last record had: room for them is asked for at once, since a row that grows takes up to twice
    /// of what it needs, a hundred thousand times.
    width: usize,
    /// How many cells most records have, by a vote in which each takes one of the other's away.
    usual: usize,
    votes: usize,
    /// What was looked at twice to tell marks that are letters.
    looked_at: bounds::Steps,
    /// The first line in which a blank stands before a mark, with a separator within the marks.
    marked_behind_blank: Option<usize>,
}

/// One record as it was found.
struct FoundRecord {
    cells: Vec<String>,
    end: usize,
}

/// A cell in quotation marks, or one without.
struct FoundCell<'t> {
    text: String,
    after: &'t str,
    /// A mark stands in it that was not doubled.
    is_odd: bool,
}

impl<'a> RecordReader<'a> {
    pub(super) const fn new(text: &'a str, delimiter: char, line: usize) -> Self {
        let read_again = bounds::Steps::new(READ_AGAIN);
        Self {
            text,
            delimiter,
            at: 0,
            line,
            problems: Vec::new(),
            untold: 0,
            read_again,
            looked_at: bounds::Steps::new(LOOKED_AT),
            letters_from: None,
            width: 0,
            votes: 0,
            usual: 0,
            marked_behind_blank: None,
        }
    }

    pub(super) fn note(&mut self, problem: RowProblem) {
        if self.problems.len() < bounds::REMARKS { self.problems.push(problem) } else { self.untold += 1 }
    }

    /// Sentences about what was not told row by row.
    pub(super) fn unsaid(&self) -> impl Iterator<Item = String> {
        let letters = self.letters_from.map(|line| {
            format!("too many quotation marks never close; from line {line} on they are read as letters")
        });
        let blank = self.marked_behind_blank.map(|line| {
            format!("a blank stands before a quotation mark, as in line {line}; what stands within the marks was read as one cell")
        });
        let untold = self.untold;
        let more = (untold > 0).then(|| format!("{untold} more rows are like those that are marked"));
        letters.into_iter().chain(blank).chain(more)
    }

    pub(super) fn next_record(&mut self) -> Option<SourceRow> {
        while self.at < self.text.len() {
            let row = self.line;
            let found = if self.letters_from.is_none() { self.quoted_record() } else { None };
            if let Some(mut found) = found {
                self.vote(found.cells.len());
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

    // The vote of Boyer and Moore: one counter finds what most records have, and keeps none of them.
    const fn vote(&mut self, width: usize) {
        self.width = width;
        if width == self.usual {
            self.votes += 1;
        } else if self.votes == 0 {
            (self.usual, self.votes) = (width, 1);
        } else {
            self.votes -= 1;
        }
    }

    fn step_to(&mut self, end: usize) {
        self.line += self.text[self.at..end].bytes().filter(|byte| *byte == b'\n').count();
        self.at = end;
    }

    /// A record with quotes respected; `None` if a quote never closes, or swallowed other rows, or the record is too
    /// long.
    fn quoted_record(&mut self) -> Option<FoundRecord> {
        let mut cells = Vec::with_capacity(self.width);
        let mut rest = &self.text[self.at..];
        let (mut has_odd_breaks, mut rows_within) = (false, None);
        loop {
            let cell = self.cell(rest);
            let end = cell.as_ref().map_or(self.text.len(), |cell| self.text.len() - cell.after.len());
            if cell.is_none() || end - self.at > MAX_RECORD || cells.len() == MAX_CELLS {
                self.give_up(end);
                return None;
            }
            let cell = cell?;
            if cell.text.contains('\n') {
                has_odd_breaks |= cell.is_odd;
                rows_within = rows_within.or_else(|| self.row_within(&cell.text));
            }
            cells.push(cell.text);
            let next = cell.after.chars().next();
            if let Some(c) = next.filter(|c| *c == self.delimiter) {
                rest = &cell.after[c.len_utf8()..];
                continue;
            }
            // Marks that were not doubled are forgiven in a cell of several lines only if the record then has as many
            // cells as the others; otherwise the first of them is a letter, and rows were taken for one cell.
            if has_odd_breaks && (rows_within.is_some() || (self.usual > 0 && cells.len() != self.usual)) {
                self.give_up(end);
                return None;
            }
            if let Some((first, last)) = rows_within {
                let (first, last) = (self.line + first, self.line + last);
                let what = if first == last {
                    format!("line {first} stands within a cell of this row and looks like a row of its own")
                } else {
                    format!(
                        "lines {first} to {last} stand within a cell of this row and look like rows of their own"
                    )
                };
                let message = format!("{what}; is a quotation mark missing?");
                self.note(RowProblem { row: self.line, message });
            }
            return Some(FoundRecord { cells, end: if next.is_some() { end + 1 } else { end } });
        }
    }

    /// A record was read in vain up to there; a file that asks for too much of that has quotes that mean nothing.
    fn give_up(&mut self, end: usize) {
        let read = (end - self.at).min(MAX_RECORD);
        if self.read_again.take(read).is_none() {
            self.letters_from = Some(self.line);
        }
    }

    /// The first and the last line of a cell that look like whole rows: as many cells as most records, and no space behind a separator,
    /// as there would be in a sentence.
    fn row_within(&self, cell: &str) -> Option<(usize, usize)> {
        // Of two columns every sentence with a comma would be a row.
        if self.usual < 3 {
            return None;
        }
        let is_row = |line: &str| {
            line.matches(self.delimiter).count() + 1 == self.usual
                && !line.contains(&format!("{} ", self.delimiter))
        };
        let mut rows = cell.split('\n').take(200).enumerate().skip(1).filter(|(_, line)| is_row(line));
        let (first, _) = rows.next()?;
        Some((first, rows.last().map_or(first, |(last, _)| last)))
    }

    /// One cell and what follows it (a separator, a line end, or nothing).
    fn cell<'t>(&mut self, rest: &'t str) -> Option<FoundCell<'t>> {
        let Some(mut open) = rest.strip_prefix('"') else {
            return Some(self.marked_cell(rest).unwrap_or_else(|| self.bare_cell(rest)));
        };
        let mut text = String::new();
        // Where a cell with odd marks has to end; none were met yet.
        let mut within = None;
        loop {
            let close = find_quote(open)
                .filter(|close| within.is_none_or(|end: usize| rest.len() - open.len() + close < end));
            let Some(close) = close else {
                // `"12" print of each`: the first mark is a letter like the second.
                return within.is_some_and(|end| end < usize::MAX).then(|| self.bare_cell(rest));
            };
            text.push_str(&open[..close]);
            open = &open[close + 1..];
            if let Some(more) = open.strip_prefix('"') {
                text.push('"');
                open = more;
                continue;
            }
            // RFC 4180 has no blanks behind a closing mark, but people type them.
            let blank = open.len() - open.trim_start_matches(' ').len();
            let after = &open[blank..];
            if after.is_empty() || after.starts_with([self.delimiter, '\n']) {
                return Some(FoundCell { text, after, is_odd: within.is_some() });
            }
            if within.is_none() {
                within = Some(self.end_of_odd(rest)?);
            }
            text.push('"');
        }
    }

    /// A cell in marks behind a blank, as people type `"A", "B, C"`. Only within a line, and if nothing stands behind the
    /// closing mark: in any other text marks are letters.
    fn marked_cell<'t>(&mut self, rest: &'t str) -> Option<FoundCell<'t>> {
        let mut open = rest.trim_start_matches(' ').strip_prefix('"').filter(|_| self.delimiter != ' ')?;
        let mut text = String::new();
        loop {
            let close = open.find(['"', '\n']).filter(|close| open[*close..].starts_with('"'))?;
            text.push_str(&open[..close]);
            open = &open[close + 1..];
            if let Some(more) = open.strip_prefix('"') {
                text.push('"');
                open = more;
                continue;
            }
            let after = open.trim_start_matches(' ');
            if !(after.is_empty() || after.starts_with([self.delimiter, '\n'])) {
                return None;
            }
            if text.contains(self.delimiter) {
                self.marked_behind_blank.get_or_insert(self.line);
            }
            return Some(FoundCell { text, after, is_odd: false });
        }
    }

    fn bare_cell<'t>(&self, rest: &'t str) -> FoundCell<'t> {
        let end = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
        FoundCell { text: rest[..end].to_owned(), after: &rest[end..], is_odd: false }
    }

    /// How far a cell with a mark that was not doubled can go: if the marks of its first line pair up, no further than
    /// that. `None` where too much was looked at for that.
    fn end_of_odd(&mut self, rest: &str) -> Option<usize> {
        let line = rest.find('\n').unwrap_or(rest.len());
        if self.looked_at.take(line).is_none() {
            self.letters_from = Some(self.line);
            return None;
        }
        let is_closed = rest[..line].matches('"').count().is_multiple_of(2);
        Some(if is_closed { line } else { usize::MAX })
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
                "a quotation mark opens here and never closes, or only rows later; the line was read without it"
                    .to_owned();
            self.note(RowProblem { row: self.line, message });
        }
        // The mark that never closed stands first in its cell and is no letter of it.
        let cells = line.split(self.delimiter).map(|cell| cell.trim_start_matches('"').to_owned()).collect();
        Some(FoundRecord { cells, end })
    }
}

/// The next quote within what one record may hold.
fn find_quote(text: &str) -> Option<usize> {
    text.as_bytes().iter().take(MAX_RECORD + 1).position(|byte| *byte == b'"')
}
