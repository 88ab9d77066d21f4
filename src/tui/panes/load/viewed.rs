//! What a saved view of people adds to the load: its columns between who it is and the days, and headings over its groups.

use ratatui::text::Span;

use super::Load;
use super::rows::{RowKind, asked};
use super::widths::Widths;
use crate::domain::count::counted;
use crate::domain::load::LoadRow;
use crate::domain::view::{self, Column, ListKind};
use crate::domain::words::filter::columns::CellFormat;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;
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
    /// Those of the view that is shown, beside the days that stand there without it: who is over in them has to be said
    /// with every view.
    pub fn of(
        rows: &[RowKind<'_>],
        (state, ghost): (&Load, Option<&Ghost>),
        snapshot: &Snapshot,
        width: usize,
    ) -> Self {
        let people: Vec<&LoadRow> = rows.iter().filter_map(|row| row.load_row()).collect();
        let view = state.filter.view_of(ListKind::People).filter(|_| !people.is_empty());
        let Some(view) = view else { return Self::default() };
        let mut room = Widths::spare(rows, (state, ghost), snapshot, width);
        // Who it is stands in front of every row, and what a group has in common over it.
        let is_said = |name: &str| name == "handle" || view.group.is_some_and(|group| group.name == name);
        let wanted = view.columns.iter().copied().filter(|column| !is_said(column.name));
        let mut measured: Vec<(usize, Column, usize)> = (0..)
            .zip(wanted)
            .map(|(at, column)| {
                let texts = people.iter().map(|row| plain::width(&cell(column, row, snapshot)));
                (at, column, texts.max().unwrap_or(0))
            })
            .collect();
        // What says nothing of anybody gives way first, then what is named last: it has no room beside one that says
        // something and has none.
        measured.sort_by_key(|(_, _, widest)| *widest == 0);
        let (mut shown, mut left_out) = (Vec::new(), Vec::new());
        for (at, column, widest) in measured {
            let is_worth_it = widest > 0 || left_out.is_empty();
            let widest = widest.max(plain::width(column.head())).min(WIDEST) + 2;
            if widest <= room && is_worth_it {
                room -= widest;
                shown.push((at, (column, widest)));
            } else {
                left_out.push((at, column));
            }
        }
        // They stand as the view names them, whichever were measured first.
        shown.sort_by_key(|(at, _)| *at);
        left_out.sort_by_key(|(at, _)| *at);
        let shown = shown.into_iter().map(|(_, column)| column).collect();
        Self { shown, left_out: left_out.into_iter().map(|(_, column)| column).collect() }
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

    /// Which of them there is no room for, as the rule over the pane says it, and shorter only how many they are.
    pub fn told(&self) -> Option<[String; 2]> {
        let names: Vec<&str> = self.left_out.iter().map(|column| column.label).collect();
        let count = counted(names.len(), "column has no room", "columns have no room");
        (!names.is_empty()).then(|| [format!("no room for {}", names.join(", ")), count])
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
