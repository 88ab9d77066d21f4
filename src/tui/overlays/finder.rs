//! A line to type and the list of what fits it: the one way in which something is found by words.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Sight;
use crate::tui::action::Action;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::input::TextLine;
use crate::tui::paint::{self, Rule};

/// What an action came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing is wanted.
    Close,
    /// The row that is wanted.
    Chosen(usize),
    /// The cursor moved, or nothing happened.
    Stay,
    /// Not its business.
    Ignored,
}

/// What stands around the list.
pub struct Frame<'a> {
    /// The question.
    pub title: &'a str,
    /// How much was found.
    pub count: &'a str,
    /// What to say where nothing was.
    pub empty: &'a str,
    /// How many rows there are.
    pub rows: usize,
}

/// What was typed and which row is chosen.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    input: TextLine,
    cursor: Cursor,
}

impl Finder {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// Takes pasted text; what fits is to be found anew.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.cursor = Cursor::default();
    }

    /// Runs an action over so many rows.
    pub fn act(&mut self, action: Action, rows: usize, sight: Sight<'_>) -> Found {
        match action {
            Action::Leave => return Found::Close,
            Action::Accept if self.cursor.row < rows => return Found::Chosen(self.cursor.row),
            Action::Accept => return Found::Stay,
            _ => {}
        }
        let Some(step) = Step::of(action) else { return Found::Ignored };
        self.cursor.step(step, rows, sight.height.saturating_sub(3));
        Found::Stay
    }

    /// Takes a typed key; true if other words are to be found now.
    pub fn type_key(&mut self, key: KeyEvent) -> bool {
        let is_edit = self.input.key(key);
        if is_edit {
            self.cursor = Cursor::default();
        }
        is_edit
    }

    /// Draws it; `row` lays out one row for so many columns.
    pub fn draw(
        &self,
        (buffer, area): (&mut Buffer, Rect),
        sight: Sight<'_>,
        frame: &Frame<'_>,
        row: impl Fn(usize, usize) -> Line<'static>,
    ) {
        let theme = sight.theme;
        Rule {
            title: frame.title,
            more: "",
            right: frame.count,
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let mut line = self.input.line(usize::from(area.width).saturating_sub(5), true, theme.text());
        line.spans.insert(0, Span::styled(" › ", theme.accent()));
        paint::put(buffer, area, 1, &line);
        let list = paint::below(area, 2);
        if frame.rows == 0 {
            paint::put(buffer, list, 0, &Line::styled(format!("   {}", frame.empty), theme.dim()));
        }
        for index in (self.cursor.top..frame.rows).take(usize::from(list.height)) {
            let at = u16::try_from(index - self.cursor.top).unwrap_or(u16::MAX);
            paint::put(buffer, list, at, &row(index, usize::from(list.width)));
            if index == self.cursor.row {
                paint::style_row(buffer, list, at, theme.selected(true));
            }
        }
    }
}

/// What is said where nothing fits.
pub const NOTHING: &str = "Nothing is called so; fewer letters find more.";
