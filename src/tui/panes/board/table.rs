//! A table of a board: named columns, a row for each record, and under the chosen one what else there is to say.

use ratatui::style::Style;
use ratatui::text::Line;

use super::BoardStyle;
use crate::domain::record::RecordKey;
use crate::plain;
use crate::tui::overlays::record::{Link, Shown};
use crate::tui::view::columns::{ListColumn, ListTable};
use crate::tui::view::marks;

/// Columns before the text under a row.
const UNDER: usize = 6;

/// Rows that lead to records.
pub struct BoardTable<'a, const N: usize> {
    look: BoardStyle<'a>,
    table: ListTable<N>,
    rows: Vec<(Link, Vec<Line<'static>>)>,
}

impl<'a, const N: usize> BoardTable<'a, N> {
    /// Of some columns, nothing in it yet.
    pub fn new(look: BoardStyle<'a>, columns: [ListColumn<()>; N]) -> Self {
        Self { look, table: ListTable::new(columns), rows: Vec::new() }
    }

    /// Adds a record, and what is said under it while it is chosen.
    pub fn push(&mut self, key: RecordKey, mut cells: [(String, Style); N], under: Vec<Line<'static>>) {
        // What it is called stands behind its key in every table.
        let is_private = self.look.snapshot.private.has(&key);
        if let Some((title, _)) = cells.get_mut(1) {
            *title = marks::titled(title, is_private, self.look.theme);
        }
        let link = key.request().map_or(Link::Record(key), Link::Request);
        self.table.push(cells);
        self.rows.push((link, under));
    }

    /// The names of the columns, of which `title` stands out as what the table is about, and the lines of each row.
    pub fn parts(self, title: &str) -> (Line<'static>, Vec<Vec<Shown>>) {
        let look = self.look;
        let (mut head, lines) = self.table.lines(1, look.width.saturating_sub(1), look.theme.dim());
        for span in head.spans.iter_mut().filter(|span| span.content == title) {
            span.style = look.theme.strong();
        }
        let rows = lines.into_iter().zip(self.rows).map(|(line, (link, under))| {
            let is_chosen = look.chosen == Some(&link);
            let under = under.into_iter().filter(|_| is_chosen);
            let under = under.map(Shown::more);
            std::iter::once(Shown::new(line, Some(link))).chain(under).collect()
        });
        (head, rows.collect())
    }

    /// The same one below the other; nothing where it has no rows.
    pub fn lines(self, title: &str) -> Vec<Shown> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let (head, rows) = self.parts(title);
        std::iter::once(head.into()).chain(rows.into_iter().flatten()).collect()
    }
}

/// A text under a row, wrapped.
pub fn under(text: &str, style: Style, look: BoardStyle<'_>) -> Vec<Line<'static>> {
    let lines = plain::wrap(text, look.width.saturating_sub(UNDER + 2));
    lines.into_iter().map(|line| Line::styled(format!("{}{line}", " ".repeat(UNDER)), style)).collect()
}
