//! A long text being written: soft wrap, undo, paste. Editing is `ratatui-textarea`'s; this gives it whole
//! letters to delete, harmless text, and the look of the house.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::count::counted;
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::paint::{self, Rule};

/// Steps that can be undone: one for each letter.
const STEPS: usize = 5_000;

/// The text and where its cursor is.
#[derive(Debug, Clone)]
pub struct Editor {
    title: String,
    before: String,
    area: TextArea<'static>,
}

impl Editor {
    /// Begins with a text, the cursor behind it.
    pub fn new(title: &str, text: &str) -> Self {
        let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
        area.set_max_histories(STEPS);
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_tab_length(4);
        // `Bottom` keeps the column, so the end of that line is a move of its own.
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { title: title.to_owned(), before: text.to_owned(), area }
    }

    /// The same field with another text.
    pub fn with(&self, text: &str) -> Self {
        Self { before: self.before.clone(), ..Self::new(&self.title, &clean(text)) }
    }

    /// What is written.
    pub fn text(&self) -> String {
        self.area.lines().join("\n").trim_end().to_owned()
    }

    /// True if that is not what it began with.
    pub fn is_changed(&self) -> bool {
        // Blank lines at the end are cut when the text is taken, so they are no change.
        self.text() != self.before.trim_end()
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(clean(text));
    }

    /// Takes back what was typed last.
    pub fn undo(&mut self) {
        self.area.undo();
    }

    /// Types again what was taken back.
    pub fn redo(&mut self) {
        self.area.redo();
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent) {
        match key.code {
            KeyCode::Backspace if key.modifiers.is_empty() => self.delete_back(),
            // As in a line of the shell and in every other field; the library undoes by it.
            KeyCode::Char('u') if key.modifiers == KeyModifiers::CONTROL => {
                self.area.delete_line_by_head();
            }
            KeyCode::Left if key.modifiers == KeyModifiers::ALT => {
                self.area.move_cursor(CursorMove::WordBack);
            }
            KeyCode::Right if key.modifiers == KeyModifiers::ALT => {
                self.area.move_cursor(CursorMove::WordForward);
            }
            _ => drop(self.area.input(key)),
        }
    }

    /// Deletes the whole letter before the cursor, however many parts it has.
    fn delete_back(&mut self) {
        if self.area.is_selecting() {
            self.area.cut();
            return;
        }
        let cursor = self.area.cursor();
        let line = self.area.lines().get(cursor.0).cloned().unwrap_or_default();
        let before: String = line.chars().take(cursor.1).collect();
        // The library deletes one code point: of a flag or an accent that stands by itself half would be left.
        let parts = before.graphemes(true).next_back().map_or(1, |letter| letter.chars().count());
        for _ in 0..parts {
            self.area.delete_char();
        }
    }

    /// Draws it with its cursor.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let right = counted(self.text().split_whitespace().count(), "word", "words");
        Rule {
            title: &self.title,
            more: "",
            right: &right,
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let body = paint::below(area, 1);
        let inner = Rect { x: body.x + 3, width: body.width.saturating_sub(6).min(100), ..body };
        // Its looks are part of the area, and drawing changes nothing.
        let mut shown = self.area.clone();
        shown.set_style(theme.text());
        shown.set_cursor_line_style(theme.text());
        shown.set_cursor_style(theme.selected(true));
        (&shown).render(inner, buffer);
    }
}

/// Text from outside on lines of its own, with nothing in it that acts on a terminal.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    text.split('\n').map(|line| plain::harmless(line).into_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(editor: &mut Editor, code: KeyCode) {
        editor.key(KeyEvent::from(code));
    }

    #[test]
    fn it_writes_lines_deletes_whole_letters_and_undoes() {
        let mut editor = Editor::new("Notes", "one");
        press(&mut editor, KeyCode::Enter);
        editor.paste("a\rb\u{1b}[2Jx\u{301}");
        press(&mut editor, KeyCode::Backspace);
        assert!(
            editor.text().starts_with("one\na\nb") && !editor.text().contains(['\u{1b}', 'x', '\u{301}'])
        );
        for _ in 0..20 {
            editor.undo();
        }
        assert_eq!(editor.text(), "one");
        assert!(!editor.is_changed());
    }
}
