//! What happened, newest first; any of it can be undone from here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, Response, Sight};
use crate::domain::day;
use crate::plain;
use crate::store::Operation;
use crate::tui::action::{Action, Scope};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::effect::{Effect, Read, Write};
use crate::tui::paint::{self, Rule};

/// Columns that a row needs beside what was done.
const OTHERS: usize = 46;
/// At most so many rows tell all of what was done.
const WHOLE: usize = 4;

/// The journal on screen.
#[derive(Debug, Clone)]
pub struct HistoryView {
    operations: Vec<Operation>,
    cursor: Cursor,
}

impl HistoryView {
    /// Shows operations.
    #[must_use]
    pub fn new(operations: Vec<Operation>) -> Self {
        Self { operations, cursor: Cursor::default() }
    }

    /// Shows newer ones at the same place.
    pub fn renew(&mut self, operations: Vec<Operation>) {
        self.operations = operations;
    }

    /// The chosen operation in full below the list, where its row has no room for it; gives the rows that it took.
    fn draw_whole(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) -> u16 {
        let Some(operation) = self.operations.get(self.cursor.row) else { return 0 };
        let width = usize::from(area.width).saturating_sub(4);
        if plain::width(&operation.label) <= usize::from(area.width).saturating_sub(OTHERS) {
            return 0;
        }
        let lines: Vec<String> = plain::wrap(&operation.label, width).into_iter().take(WHOLE).collect();
        let rows = u16::try_from(lines.len()).unwrap_or(0);
        for (row, line) in (area.height.saturating_sub(rows)..).zip(lines) {
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), sight.theme.accent()));
        }
        rows
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

    fn act(&mut self, action: Action, sight: Sight<'_>) -> Response {
        if action == Action::UndoThis {
            let Some(operation) = self.operations.get(self.cursor.row) else { return Response::Stay };
            return Response::Do(vec![Effect::Write(Write::Undo(Some(operation.id)))]);
        }
        let Some(step) = Step::of(action) else { return Response::Ignored };
        self.cursor.step(step, self.operations.len(), sight.height.saturating_sub(1 + WHOLE));
        Response::Stay
    }

    fn refresh(&self) -> Option<Read> {
        Some(Read::History)
    }

    /// One operation a row.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let theme = sight.theme;
        Rule {
            title: "History",
            more: "newest first",
            right: "",
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let mut list = paint::below(area, 1);
        list.height = list.height.saturating_sub(self.draw_whole(buffer, area, sight));
        if self.operations.is_empty() {
            paint::put(
                buffer,
                list,
                0,
                &Line::styled(
                    sight.snapshot.hints.say("   Nothing has happened yet: {add} adds a request."),
                    theme.dim(),
                ),
            );
        }
        for (row, operation) in
            self.operations.iter().enumerate().skip(self.cursor.top).take(usize::from(list.height))
        {
            let local = sight.snapshot.local(operation.at);
            let when = format!(
                "{} {}",
                day::day_near(local.date_naive(), sight.snapshot.today()),
                local.format("%H:%M")
            );
            let when = if local.date_naive() == sight.snapshot.today() {
                local.format("today %H:%M").to_string()
            } else {
                when
            };
            let mark = if operation.is_undone { "undone" } else { "" };
            let style = if operation.is_undone || operation.is_reversal { theme.dim() } else { theme.text() };
            let width = usize::from(list.width).saturating_sub(OTHERS);
            let line = Line::from(vec![
                Span::styled(format!(" {:>5}  {}", operation.id.0, plain::fit(&when, 14)), theme.dim()),
                Span::styled(plain::fit(&operation.label, width), style),
                Span::styled(format!(" {mark:<7}"), theme.warn()),
                Span::styled(plain::fit_right(operation.origin.title(), 13), theme.dim()),
            ]);
            let at = u16::try_from(row - self.cursor.top).unwrap_or(u16::MAX);
            paint::put(buffer, list, at, &line);
            if row == self.cursor.row {
                paint::style_row(buffer, list, at, theme.selected(true));
            }
        }
    }
}
