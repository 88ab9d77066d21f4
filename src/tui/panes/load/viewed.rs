//! What a saved view of people adds to the load: its columns between who it is and the days, and headings over its groups.

use ratatui::text::Span;

use super::Load;
use super::rows::{RowKind, asked};
use super::widths;
use crate::domain::load::LoadRow;
use crate::domain::view::{self, Column, ListKind};
use crate::domain::words::filter::columns::CellFormat;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter::PaneFilter;
use crate::tui::view::theme::Theme;

/// So wide is a column at most, a gap beside it.
const WIDEST: usize = 16;

/// The columns that a view asks for, as far as the days leave room for them.
#[derive(Debug, Clone, Default)]
pub(super) struct ViewedColumns {
    shown: Vec<(Column, usize)>,
    /// Those for which there is no room.
    left_out: Vec<Column>,
}

fn format(column: Column, snapshot: &Snapshot) -> CellFormat<'_> {
    CellFormat::new(column, ListKind::People, snapshot.today(), &snapshot.reading.calendar)
}

fn cell(column: Column, row: &LoadRow, snapshot: &Snapshot) -> String {
    let text = asked(row, snapshot, |person| format(column, snapshot).cell(person)).unwrap_or_default();
    plain::harmless(&text).into_owned()
}

impl ViewedColumns {
    /// Those of the view that is shown, in a pane of some width.
    pub fn of(filter: &PaneFilter, snapshot: &Snapshot, (width, is_weeks): (usize, bool)) -> Self {
        let mut columns = Self::default();
        // Who it is stands in front of every row.
        let view = filter.view_of(ListKind::People).into_iter();
        let wanted = view.flat_map(|view| &view.columns).filter(|column| column.name != "handle");
        let mut room = width.saturating_sub(widths::least(is_weeks));
        for column in wanted.copied() {
            let texts = snapshot.grid.rows.iter().map(|row| plain::width(&cell(column, row, snapshot)));
            let widest = texts.max().unwrap_or(0).max(plain::width(column.head())).min(WIDEST) + 2;
            if widest <= room {
                room -= widest;
                columns.shown.push((column, widest));
            } else {
                columns.left_out.push(column);
            }
        }
        columns
    }

    /// The columns of the screen that they take.
    pub fn width(&self) -> usize {
        self.shown.iter().map(|(_, width)| width).sum()
    }

    /// What stands over them.
    pub fn heads(&self, theme: Theme) -> Vec<Span<'static>> {
        let head =
            |(column, width): &(Column, usize)| Span::styled(plain::fit(column.head(), *width), theme.dim());
        self.shown.iter().map(head).collect()
    }

    /// What a row says in them; of what is nobody's row they are empty.
    pub fn cells(&self, row: RowKind<'_>, snapshot: &Snapshot, theme: Theme) -> Vec<Span<'static>> {
        let text = |column| row.load_row().map_or_else(String::new, |row| cell(column, row, snapshot));
        let cell = |(column, width): &(Column, usize)| {
            Span::styled(format!("{}  ", plain::fit(&text(*column), width - 2)), theme.text())
        };
        self.shown.iter().map(cell).collect()
    }

    /// Which of them there is no room for, as the rule over the pane says it.
    pub fn told(&self) -> Option<String> {
        let names: Vec<&str> = self.left_out.iter().map(|column| column.label).collect();
        (!names.is_empty()).then(|| format!("no room for {}", names.join(", ")))
    }
}

impl Load {
    /// The people of a view under its headings; what is nobody's stays below.
    pub(super) fn grouped<'a>(&self, rows: Vec<RowKind<'a>>, snapshot: &Snapshot) -> Vec<RowKind<'a>> {
        let view = self.filter.view_of(ListKind::People);
        let Some(column) = view.and_then(|view| view.group).filter(|_| self.groups.is_none()) else {
            return rows;
        };
        let (people, others): (Vec<RowKind<'a>>, Vec<RowKind<'a>>) =
            rows.into_iter().partition(|row| row.load_row().is_some());
        let said =
            |row: &RowKind<'_>| row.load_row().map_or_else(String::new, |row| cell(column, row, snapshot));
        let mut headed = Vec::new();
        for (_, own) in view::grouped(people, said) {
            // Its words are those of its first row, which borrows what is drawn and need not be kept beside it.
            let first = own.first().and_then(|row| row.load_row());
            headed.extend(first.map(|first| RowKind::Heading { column, first, count: own.len() }));
            headed.extend(own);
        }
        headed.extend(others);
        headed
    }
}

/// What a heading says.
pub(super) fn heading(column: Column, first: &LoadRow, count: usize, snapshot: &Snapshot) -> String {
    view::heading(column, &cell(column, first, snapshot), count)
}
