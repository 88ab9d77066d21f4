//! Every action that makes sense here with its keys: help and palette in one. Found by words, run with Enter.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Response, Sight};
use crate::plain;
use crate::tui::action::{Entry, Scope, TABLE};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::find::ranked;
use crate::tui::input::TextLine;
use crate::tui::paint::{self, Rule};

/// The actions of some scopes.
#[derive(Debug, Clone)]
pub struct Palette {
    scopes: Vec<Scope>,
    input: TextLine,
    cursor: Cursor,
}

impl Palette {
    /// Offers the actions of some scopes, those of the first one first.
    #[must_use]
    pub fn new(scopes: Vec<Scope>) -> Self {
        Self { scopes, input: TextLine::default(), cursor: Cursor::default() }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.cursor = Cursor::default();
    }

    fn found(&self) -> Vec<&'static Entry> {
        let of = |scope: &Scope| {
            let scope = *scope;
            TABLE.iter().filter(move |entry| entry.scope == scope)
        };
        let offered: Vec<&Entry> = self.scopes.iter().flat_map(of).collect();
        let texts = offered.iter().map(|entry| format!("{} {}", entry.title, entry.name));
        ranked(self.input.text(), texts).into_iter().map(|index| offered[index]).collect()
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, sight: Sight<'_>) -> Response {
        let found = self.found();
        let height = sight.height.saturating_sub(3);
        let step = match key.code {
            KeyCode::Esc => return Response::Close,
            KeyCode::Enter => {
                return found
                    .get(self.cursor.row)
                    .map_or(Response::Stay, |entry| Response::Run(entry.action));
            }
            KeyCode::Down | KeyCode::Tab => Step::Rows(1),
            KeyCode::Up | KeyCode::BackTab => Step::Rows(-1),
            KeyCode::Char('n') if key.modifiers.contains(KeyModifiers::CONTROL) => Step::Rows(1),
            KeyCode::Char('p') if key.modifiers.contains(KeyModifiers::CONTROL) => Step::Rows(-1),
            KeyCode::PageDown => Step::Pages(1),
            KeyCode::PageUp => Step::Pages(-1),
            _ => {
                self.input.key(key);
                self.cursor = Cursor::default();
                return Response::Stay;
            }
        };
        self.cursor.step(step, found.len(), height);
        Response::Stay
    }

    /// Draws the line to type and what fits it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let theme = sight.theme;
        let found = self.found();
        let count = format!("{} actions", found.len());
        Rule {
            title: "What you can do here",
            more: "",
            right: &count,
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let mut line = self.input.line(usize::from(area.width).saturating_sub(5), true, theme.text());
        line.spans.insert(0, Span::styled(" › ", theme.accent()));
        paint::put(buffer, area, 1, &line);
        let list = paint::below(area, 2);
        if found.is_empty() {
            paint::put(
                buffer,
                list,
                0,
                &Line::styled("   Nothing is called so; fewer letters find more.", theme.dim()),
            );
        }
        for (row, entry) in found.iter().enumerate().skip(self.cursor.top).take(usize::from(list.height)) {
            let keys = sight.keymap.keys(entry.action).join("  ");
            let line = Line::from(vec![
                Span::styled(format!("   {}", plain::fit(&keys, 24)), theme.accent()),
                Span::styled(
                    plain::fit(entry.title, usize::from(list.width).saturating_sub(44)),
                    theme.text(),
                ),
                Span::styled(format!("{:>14}", entry.scope.name()), theme.dim()),
            ]);
            let at = u16::try_from(row - self.cursor.top).unwrap_or(u16::MAX);
            paint::put(buffer, list, at, &line);
            if row == self.cursor.row {
                paint::style_row(buffer, list, at, theme.selected(true));
            }
        }
    }
}
