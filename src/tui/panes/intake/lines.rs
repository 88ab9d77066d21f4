//! The lines of the queue: its rows, and where a view groups them the headings that stand between.

use crate::tui::view::list::Rows;

/// Rows that stand together.
#[derive(Debug, Clone)]
struct HeadingLine {
    heading: String,
    /// The line on which its heading stands.
    line: usize,
}

/// Lines of so many rows. What is not grouped costs nothing, however many there are.
#[derive(Debug, Clone, Default)]
pub struct QueueLines {
    rows: usize,
    groups: Vec<HeadingLine>,
}

impl QueueLines {
    /// Rows that follow each other, under no heading.
    pub const fn ungrouped(rows: usize) -> Self {
        Self { rows, groups: Vec::new() }
    }

    /// Rows under headings, each with how many are its own.
    pub fn grouped(groups: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut lines = Self::default();
        for (heading, count) in groups {
            lines.groups.push(HeadingLine { heading, line: lines.rows + lines.groups.len() });
            lines.rows += count;
        }
        lines
    }

    /// Headings down to a line, that line included.
    fn above(&self, line: usize) -> usize {
        self.groups.partition_point(|group| group.line <= line)
    }

    /// The row on a line; nothing for a heading.
    pub fn row(&self, line: usize) -> Option<usize> {
        let above = self.above(line);
        let is_heading = above.checked_sub(1).is_some_and(|last| self.groups[last].line == line);
        Some(line - above.min(line)).filter(|row| !is_heading && *row < self.rows)
    }

    /// The heading on a line; nothing for a row.
    pub fn heading(&self, line: usize) -> Option<&str> {
        let group = &self.groups[self.above(line).checked_sub(1)?];
        (group.line == line).then_some(group.heading.as_str())
    }

    /// On which line a row stands.
    pub fn line(&self, row: usize) -> usize {
        let places = self.groups.iter().enumerate();
        // The line of a heading, less the headings above it, is the number of the first row below it.
        row + places.take_while(|(before, group)| group.line - before <= row).count()
    }
}

impl Rows for QueueLines {
    type Item = usize;

    fn count(&self) -> usize {
        self.rows + self.groups.len()
    }

    fn item(&self, line: usize) -> Option<usize> {
        self.row(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_lines_are_found_from_each_other() {
        let lines = QueueLines::grouped([("a".to_owned(), 2), ("b".to_owned(), 0), ("c".to_owned(), 1)]);
        let told: Vec<_> = (0..lines.count()).map(|line| (lines.heading(line), lines.row(line))).collect();
        let heading = |name| (Some(name), None);
        assert_eq!(
            told,
            [heading("a"), (None, Some(0)), (None, Some(1)), heading("b"), heading("c"), (None, Some(2))]
        );
        assert!((0..3).all(|row| lines.row(lines.line(row)) == Some(row)));
        let flat = QueueLines::ungrouped(3);
        assert!((0..3).all(|row| (flat.row(row), flat.line(row)) == (Some(row), row)));
        assert_eq!((flat.row(3), flat.heading(0), QueueLines::default().count()), (None, None, 0));
    }
}
