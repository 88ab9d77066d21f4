//! A line to type and the list of what fits it: the one way in which something is found by words.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::ViewContext;
use crate::tui::app::action::Action;
use crate::tui::view::input::TextLine;
use crate::tui::view::list::{Cursor, Rows, Step};
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
    /// What can be typed, while nothing is.
    pub ghost: &'a str,
    /// How what is typed can go on.
    pub rest: &'a str,
    /// The names of the columns.
    pub head: Line<'a>,
}

/// Rows above the list: the rule, what is typed, the names of the columns.
const ABOVE: u16 = 3;

/// The rows of the screen that it takes at most: four tenths of the body stay with what it is about. A small screen has
/// room for little else.
fn most(sight: ViewContext<'_>) -> usize {
    (sight.height * 6 / 10).max(14).min(sight.height)
}

/// The rows that its list has at most; one that has fewer to offer never scrolls.
fn list_height(sight: ViewContext<'_>) -> usize {
    most(sight).saturating_sub(usize::from(ABOVE))
}

/// The rows of the sheet over a list of so many rows, before anything is typed: it does not jump with each letter.
pub fn sheet_rows(offered: usize, sight: ViewContext<'_>) -> Option<u16> {
    u16::try_from((offered.max(1) + usize::from(ABOVE)).min(most(sight))).ok()
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

    /// Begins with a text, the cursor behind it.
    pub fn type_over(&mut self, text: &str) {
        self.input = TextLine::new(text);
        self.cursor = Cursor::default();
    }

    /// True if nothing stands behind the cursor, so that what is typed can go on.
    pub fn is_at_end(&self) -> bool {
        self.input.is_at_end()
    }

    /// True while the first row is chosen, which a heading may stand above.
    pub fn is_at_top(&self) -> bool {
        self.cursor.row() <= 1
    }

    /// Takes pasted text; what fits is to be found anew.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.cursor = Cursor::default();
    }

    /// Runs an action over some rows.
    pub fn act(&mut self, action: Action, rows: &impl Rows, sight: ViewContext<'_>) -> Found {
        let height = list_height(sight);
        match action {
            Action::Leave => return Found::Close,
            Action::Accept => {
                // Before anything moved, the cursor has no row: this puts it on the first that can be chosen.
                self.cursor.clamp(rows, height);
                let chosen = self.cursor.chosen().filter(|row| rows.count() > *row);
                return chosen.map_or(Found::Stay, Found::Chosen);
            }
            _ => {}
        }
        let Some(step) = Step::of(action) else { return Found::Ignored };
        self.cursor.step(step, rows, height);
        Found::Stay
    }

    /// Takes a click: on what is chosen already it is as accepting it.
    pub fn click(&mut self, row: usize, rows: &impl Rows, sight: ViewContext<'_>) -> Found {
        let row = row.checked_sub(usize::from(ABOVE));
        let hit = row.and_then(|row| self.cursor.click(row, rows, list_height(sight)));
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

    /// Draws it over some rows, of which `line` draws each.
    pub fn draw(
        &self,
        (buffer, area): (&mut Buffer, Rect),
        sight: ViewContext<'_>,
        frame: &FinderTexts<'_>,
        (rows, line): (&impl Rows, impl Fn(usize) -> Line<'static>),
    ) {
        let theme = sight.theme;
        Rule { right: frame.count, ..Rule::over(frame.title, theme) }.draw(buffer, area);
        let columns = usize::from(area.width).saturating_sub(5);
        let mut typed = self.input.line_going_on(columns, frame.rest, (theme.text(), theme.dim()));
        typed.spans.insert(0, Span::styled(" › ", theme.accent()));
        if self.text().is_empty() {
            // The sign, the cursor and what is before it stay; the blanks behind make room for what can be
            // typed.
            typed.spans.truncate(3);
            typed.spans.push(Span::styled(frame.ghost.to_owned(), theme.dim()));
        }
        paint::put(buffer, area, 1, &typed);
        let list = paint::below(area, ABOVE);
        if rows.count() == 0 {
            paint::say_empty(buffer, paint::below(area, ABOVE - 1), frame.empty, theme);
            return;
        }
        paint::put(buffer, area, ABOVE - 1, &frame.head);
        self.cursor.draw(rows, (buffer, list), theme.selected(true), line);
    }
}

/// What is said where nothing fits.
pub const NOTHING: &str = "Nothing is called so; fewer letters find more.";
