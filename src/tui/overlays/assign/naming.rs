//! Somebody of the candidates by name: the choice follows each letter that is typed.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::words::{fold, has_beginning};
use crate::ops::plan::Candidate;
use crate::tui::view::input::TextLine;
use crate::tui::view::paint;
use crate::tui::view::theme::Theme;

/// The line of a name.
#[derive(Debug, Clone)]
pub(super) struct NameLine {
    input: TextLine,
    /// The handle of who was chosen before, to go back to: places follow the cost, which is weighed anew at any time.
    before: String,
}

impl NameLine {
    /// Begins with nothing typed.
    pub fn new(before: &str) -> Self {
        Self { input: TextLine::new(""), before: before.to_owned() }
    }

    /// Where who was chosen before is now.
    pub fn place_before(&self, candidates: &[Candidate]) -> Option<usize> {
        candidates.iter().position(|one| one.handle == self.before)
    }

    /// Takes a typed key.
    pub fn key(&mut self, key: KeyEvent) {
        self.input.key(key);
    }

    /// Takes a pasted text into the line.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
    }

    /// The first whose handle or name begins so; before anything is typed who was chosen already.
    pub fn found(&self, candidates: &[Candidate]) -> Option<usize> {
        let typed = fold(self.input.text().trim().trim_start_matches('@'));
        if typed.is_empty() {
            return self.place_before(candidates);
        }
        // A handle is meant before a name: it belongs to one person, while names may begin alike.
        let by_handle = candidates.iter().position(|one| fold(&one.handle).starts_with(&typed));
        by_handle.or_else(|| candidates.iter().position(|one| has_beginning(&one.name, &typed)))
    }

    /// The line, and below it what is wrong or what to type.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, (candidates, theme): (&[Candidate], Theme)) {
        let mut line = self.input.line(30, true, theme.text());
        line.spans.insert(0, Span::styled("   Who?  ".to_owned(), theme.accent()));
        paint::put(buffer, area, 0, &line);
        let (text, style) = match self.found(candidates) {
            Some(_) => ("the beginning of a handle or a name", theme.dim()),
            None => ("nobody here is called so", theme.critical()),
        };
        paint::put(buffer, area, 1, &Line::styled(format!("   {text}"), style));
    }
}
