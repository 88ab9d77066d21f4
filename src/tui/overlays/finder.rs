//! A line to type and the list of what fits it: the one way in which something is found by words.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::ViewContext;
use crate::tui::app::action::Action;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::input::TextLine;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};

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
pub struct FinderTexts<'a> {
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
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// Takes pasted text; what fits is to be found anew.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.cursor = Cursor::default();
    }

    /// Runs an action over so many rows.
    pub fn act(&mut self, action: Action, rows: usize, sight: ViewContext<'_>) -> Found {
        match action {
            Action::Leave => return Found::Close,
            Action::Accept if rows > 0 => return Found::Chosen(self.cursor.row()),
            Action::Accept => return Found::Stay,
            _ => {}
        }
        let Some(step) = Step::of(action) else { return Found::Ignored };
        self.cursor.step(step, &rows, sight.height.saturating_sub(2));
        Found::Stay
    }

    /// Takes a click: on what is chosen already it is as accepting it.
    pub fn click(&mut self, row: usize, rows: usize, sight: ViewContext<'_>) -> Found {
        let hit =
            row.checked_sub(2).and_then(|row| self.cursor.click(row, &rows, sight.height.saturating_sub(2)));
        if hit == Some(true) { Found::Chosen(self.cursor.row()) } else { Found::Stay }
    }

    /// Takes a typed key; true if other words are to be found now.
    pub fn type_key(&mut self, key: KeyEvent) -> bool {
        let is_edit = self.input.key(key);
        if is_edit {
            self.cursor = Cursor::default();
        }
        is_edit
    }

    /// Draws it; `cell` says what stands in a column of a row.
    pub fn draw<K: Copy, C: Into<CellText>>(
        &self,
        (buffer, area): (&mut Buffer, Rect),
        sight: ViewContext<'_>,
        frame: &FinderTexts<'_>,
        (columns, cell): (&[ListColumn<K>], impl Fn(usize, K) -> C),
    ) {
        let theme = sight.theme;
        Rule { right: frame.count, ..Rule::over(frame.title, theme) }.draw(buffer, area);
        let mut line = self.input.line(usize::from(area.width).saturating_sub(5), true, theme.text());
        line.spans.insert(0, Span::styled(" › ", theme.accent()));
        paint::put(buffer, area, 1, &line);
        let list = paint::below(area, 2);
        if frame.rows == 0 {
            paint::say_empty(buffer, list, frame.empty, theme);
        }
        let table = ListLayout::new(3, columns, usize::from(list.width));
        let row = |row| table.row(|column, _| cell(row, column));
        self.cursor.draw(&frame.rows, (buffer, list), theme.selected(true), row);
    }
}

/// What is said where nothing fits.
pub const NOTHING: &str = "Nothing is called so; fewer letters find more.";
