//! What happened, newest first; any of it can be undone from here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::{FooterKeys, Layer, Response, ViewContext};
use crate::domain::day;
use crate::plain;
use crate::store::Operation;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};

/// Columns that a row needs beside what was done.
const OTHERS: usize = 50;
/// Rows above the list: its rule and the names of its columns.
const ABOVE: u16 = 2;
/// At most so many rows tell all of what was done.
const WHOLE: usize = 4;

/// What a row tells of an operation.
#[derive(Debug, Clone, Copy)]
enum HistoryColumn {
    Number,
    When,
    What,
    State,
    Origin,
}

const COLUMNS: [ListColumn<HistoryColumn>; 5] = [
    ListColumn::of(HistoryColumn::Number, "no.", 5).right().gap(2),
    // `31 Dec 2025 09:12` is the longest.
    ListColumn::of(HistoryColumn::When, "when", 17),
    ListColumn::growing(HistoryColumn::What, "what", 20, 1),
    ListColumn::of(HistoryColumn::State, "state", 7).gap(0).leaves(1),
    ListColumn::of(HistoryColumn::Origin, "by", 13).right().gap(3).leaves(2),
];

/// The journal on screen.
#[derive(Debug, Clone)]
pub struct HistoryView {
    operations: Vec<Operation>,
    cursor: Cursor,
}

impl HistoryView {
    /// Shows operations.
    pub fn new(operations: Vec<Operation>) -> Self {
        Self { operations, cursor: Cursor::default() }
    }

    /// Shows newer ones, with the same operation chosen: what another program wrote meanwhile moves each row down.
    pub fn renew(&mut self, operations: Vec<Operation>) {
        let chosen = self.operations.get(self.cursor.row()).map(|operation| operation.id);
        let is_chosen = |operation: &Operation| Some(operation.id) == chosen;
        if let Some(row) = operations.iter().position(is_chosen) {
            self.cursor.choose(row);
        }
        self.operations = operations;
    }

    /// The chosen operation in full, where its row has no room for it: it stands below the list.
    fn whole(&self, width: usize) -> Vec<String> {
        let label = self.operations.get(self.cursor.row()).map_or("", |operation| &operation.label);
        if plain::width(label) <= width.saturating_sub(OTHERS) {
            return Vec::new();
        }
        plain::wrap(label, width.saturating_sub(4)).into_iter().take(WHOLE).collect()
    }
}

impl Layer for HistoryView {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::History, Scope::Everywhere]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::Down, Action::Up], "move"),
            (&[Action::UndoThis], ""),
            (&[Action::Undo], "undo the last"),
            (&[Action::Back], "close"),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        if action == Action::UndoThis {
            let Some(operation) = self.operations.get(self.cursor.row()) else { return Response::Stay };
            return Response::Do(vec![Effect::Write(Write::Undo(Some(operation.id)))]);
        }
        let Some(step) = Step::of(action) else { return Response::Ignored };
        // As if the rows that tell the chosen one whole were always there, so that it is never behind them.
        self.cursor.step(
            step,
            &self.operations.len(),
            sight.height.saturating_sub(usize::from(ABOVE) + WHOLE),
        );
        Response::Stay
    }

    /// Chooses; undoing is left to the key.
    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        // As it is drawn: a row that is clicked is the one that is seen there.
        let height = sight.height.saturating_sub(usize::from(ABOVE) + self.whole(sight.width).len());
        if let Some(row) = row.checked_sub(usize::from(ABOVE)) {
            self.cursor.click(row, &self.operations.len(), height);
        }
        Response::Stay
    }

    fn refresh(&self) -> Option<Read> {
        Some(Read::History)
    }

    /// One operation a row.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        Rule { more: "newest first", ..Rule::over("History", theme) }.draw(buffer, area);
        // Where nothing was undone its column would stand empty beside texts that are cut.
        let fit = |row: usize, column, _: usize| CellText::from(cell(&self.operations[row], column, sight));
        let table = ListLayout::fitted(1, &COLUMNS, usize::from(area.width), (self.operations.len(), &fit));
        let mut list = paint::below(area, ABOVE);
        let whole = self.whole(usize::from(area.width));
        list.height = list.height.saturating_sub(u16::try_from(whole.len()).unwrap_or(0));
        for (row, line) in (ABOVE + list.height..).zip(whole) {
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), theme.accent()));
        }
        if self.operations.is_empty() {
            let hint = sight.snapshot.hints.say("Nothing has happened yet: {add} adds a request.");
            paint::say_empty(buffer, list, &hint, theme);
        } else {
            paint::put(buffer, area, 1, &table.head(theme.dim()));
        }
        let rows = self.operations.len();
        self.cursor.draw(&rows, (buffer, list), theme.selected(true), |row| {
            let operation = &self.operations[row];
            table.row(|column, _| cell(operation, column, sight))
        });
    }
}

/// What a row tells of an operation in one column.
fn cell(operation: &Operation, column: HistoryColumn, sight: ViewContext<'_>) -> (String, Style) {
    let theme = sight.theme;
    // An undo and what it took away: neither holds any more, so both step back.
    let is_past = operation.is_undone || operation.is_reversal;
    match column {
        HistoryColumn::Number => (operation.id.0.to_string(), theme.dim()),
        HistoryColumn::When => (when(operation, sight), theme.dim()),
        HistoryColumn::What => (operation.label.clone(), if is_past { theme.dim() } else { theme.text() }),
        HistoryColumn::State => ((if operation.is_undone { "undone" } else { "" }).to_owned(), theme.warn()),
        HistoryColumn::Origin => (operation.origin.title().to_owned(), theme.dim()),
    }
}

/// `today 09:12`, `Fri 20 Nov 16:00`.
fn when(operation: &Operation, sight: ViewContext<'_>) -> String {
    let (local, today) = (sight.snapshot.local(operation.at), sight.snapshot.today());
    let day = local.date_naive();
    let day = if day == today { "today".to_owned() } else { day::day_near(day, today) };
    format!("{day} {}", local.format("%H:%M"))
}
