//! One line of text being typed, with the keys that every shell has. Editing is `tui-input`'s; this maps
//! keys to it and draws it within a width.

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use tui_input::{Input, InputRequest};

use crate::plain;

/// A line of text with a cursor.
#[derive(Debug, Clone, Default)]
pub struct TextLine {
    input: Input,
    /// All of it is chosen: the next letter takes its place.
    is_selected: bool,
}

impl TextLine {
    /// Begins with a text, the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), is_selected: false }
    }

    /// Begins with a text that the first letter replaces, and that a move of the cursor keeps.
    pub fn selected(text: &str) -> Self {
        Self { is_selected: !text.is_empty(), ..Self::new(text) }
    }

    /// Begins with a text, the cursor before its letter of a number.
    pub fn at(text: &str, letter: usize) -> Self {
        Self { input: Input::new(text.to_owned()).with_cursor(letter), is_selected: false }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// True if the cursor stands behind the last letter.
    pub fn is_at_end(&self) -> bool {
        self.input.cursor() >= self.text().chars().count()
    }

    /// Takes a key; false if it is not one that edits.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let Some(request) = request(key) else { return false };
        if std::mem::take(&mut self.is_selected) && replaces(request) {
            self.input.reset();
        }
        self.input.handle(request);
        true
    }

    /// Takes pasted text as typed, on one line and harmless.
    pub fn paste(&mut self, text: &str) {
        // The end of a copied line would become a blank behind the text.
        let text = plain::harmless(text.trim_end_matches(['\r', '\n'])).into_owned();
        if std::mem::take(&mut self.is_selected) {
            self.input.reset();
        }
        // All at once: letter by letter, a large paste would take minutes.
        let cursor = self.input.cursor();
        let before: String = self.text().chars().take(cursor).collect();
        let after: String = self.text().chars().skip(cursor).collect();
        let end = cursor + text.chars().count();
        self.input = Input::new(format!("{before}{text}{after}")).with_cursor(end);
    }

    /// The part around the cursor in exactly `columns` columns, the cursor reversed if `is_focused`.
    pub fn line(&self, columns: usize, is_focused: bool, style: Style) -> Line<'static> {
        if !is_focused {
            return Line::styled(plain::fit(self.text(), columns), style);
        }
        if self.is_selected {
            let reversed = style.add_modifier(ratatui::style::Modifier::REVERSED);
            let text = tail(&plain::harmless(self.text()), columns.saturating_sub(1));
            let left = columns.saturating_sub(plain::width(&text));
            return Line::from(vec![Span::styled(text, reversed), Span::styled(" ".repeat(left), style)]);
        }
        let cursor = self.input.cursor();
        let before: String = self.text().chars().take(cursor).collect();
        let at: String = self.text().chars().skip(cursor).take(1).collect();
        let after: String = self.text().chars().skip(cursor + 1).collect();
        // A cursor behind the last letter reverses a blank, or it would not be seen.
        let at = if at.is_empty() { " ".to_owned() } else { plain::harmless(&at).into_owned() };
        let before = tail(&plain::harmless(&before), columns.saturating_sub(plain::width(&at)));
        let left = columns.saturating_sub(plain::width(&before) + plain::width(&at));
        let reversed = style.add_modifier(ratatui::style::Modifier::REVERSED);
        Line::from(vec![
            Span::styled(before, style),
            Span::styled(at, reversed),
            Span::styled(plain::fit(&after, left), style),
        ])
    }
}

impl TextLine {
    /// The same with how it could go on behind the cursor, which stands on its first letter.
    pub fn line_going_on(&self, columns: usize, rest: &str, (text, dim): (Style, Style)) -> Line<'static> {
        let mut letters = rest.chars();
        let Some(first) = letters.next().filter(|_| self.is_at_end() && !self.is_selected) else {
            return self.line(columns, true, text);
        };
        let before = tail(&plain::harmless(self.text()), columns.saturating_sub(1));
        let at = plain::harmless(&first.to_string()).into_owned();
        let left = columns.saturating_sub(plain::width(&before) + plain::width(&at));
        Line::from(vec![
            Span::styled(before, text),
            Span::styled(at, dim.add_modifier(ratatui::style::Modifier::REVERSED)),
            Span::styled(plain::fit(letters.as_str(), left), dim),
        ])
    }

    /// In which columns some of its letters are drawn when it has the cursor; what is out of sight has none.
    pub fn columns_of(&self, letters: Range<usize>, columns: usize) -> Range<usize> {
        let width = |count: usize| plain::width(&self.text().chars().take(count).collect::<String>());
        let cursor = width(self.input.cursor());
        // What stands before the cursor loses its beginning where it has no room, as `tail` cuts it.
        let hidden = (cursor + 1).saturating_sub(columns);
        let column = |letter: usize| width(letter).saturating_sub(hidden).min(columns);
        column(letters.start)..column(letters.end)
    }
}

/// The end of a text in at most `columns` columns.
fn tail(text: &str, columns: usize) -> String {
    if plain::width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars().rev() {
        let longer = format!("{c}{kept}");
        // One column is the sign that something is left out.
        if plain::width(&longer) + 1 > columns {
            break;
        }
        kept = longer;
    }
    format!("…{kept}")
}

/// True if what is chosen goes by it: what types or deletes, and not what only moves.
const fn replaces(request: InputRequest) -> bool {
    !matches!(
        request,
        InputRequest::GoToStart
            | InputRequest::GoToEnd
            | InputRequest::GoToPrevChar
            | InputRequest::GoToNextChar
            | InputRequest::GoToPrevWord
            | InputRequest::GoToNextWord
    )
}

fn request(key: KeyEvent) -> Option<InputRequest> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return with_control(key.code);
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        return with_alt(key.code);
    }
    Some(match key.code {
        KeyCode::Char(c) => InputRequest::InsertChar(c),
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return None,
    })
}

// The keys of readline, which every shell has, whatever the library of the line has of its own.
const fn with_control(code: KeyCode) -> Option<InputRequest> {
    Some(match code {
        KeyCode::Char('a') => InputRequest::GoToStart,
        KeyCode::Char('e') => InputRequest::GoToEnd,
        KeyCode::Char('k') => InputRequest::DeleteTillEnd,
        KeyCode::Char('u') => InputRequest::DeleteFromStart,
        KeyCode::Char('w') => InputRequest::DeletePrevWord,
        KeyCode::Char('y') => InputRequest::Yank,
        KeyCode::Char('d') => InputRequest::DeleteNextChar,
        KeyCode::Char('h') => InputRequest::DeletePrevChar,
        KeyCode::Left => InputRequest::GoToPrevWord,
        KeyCode::Right => InputRequest::GoToNextWord,
        _ => return None,
    })
}

const fn with_alt(code: KeyCode) -> Option<InputRequest> {
    Some(match code {
        KeyCode::Char('b') | KeyCode::Left => InputRequest::GoToPrevWord,
        KeyCode::Char('f') | KeyCode::Right => InputRequest::GoToNextWord,
        KeyCode::Char('d') => InputRequest::DeleteNextWord,
        KeyCode::Backspace => InputRequest::DeletePrevWord,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &TextLine, columns: usize) -> String {
        line.line(columns, true, Style::new()).spans.iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn typing_editing_and_pasting() {
        let mut line = TextLine::new("due:fri");
        line.key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL));
        line.paste("a\u{1b}[2Jb\r\nc\n");
        assert!(!line.text().contains('\u{1b}') && !line.text().contains('\n'), "{:?}", line.text());
        assert!(!line.key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
    }

    #[test]
    fn what_stands_there_is_replaced_by_the_first_letter_and_kept_by_a_move() {
        let key = |code| KeyEvent::new(code, KeyModifiers::NONE);
        let mut line = TextLine::selected("fri 4 dec");
        line.key(key(KeyCode::Char('m')));
        line.key(key(KeyCode::Char('o')));
        assert_eq!(line.text(), "mo");
        let mut line = TextLine::selected("fri 4 dec");
        line.key(key(KeyCode::End));
        line.key(key(KeyCode::Char('!')));
        assert_eq!(line.text(), "fri 4 dec!");
        let mut line = TextLine::selected("fri 4 dec");
        line.key(key(KeyCode::Backspace));
        assert_eq!(line.text(), "");
        let mut line = TextLine::selected("fri 4 dec");
        line.paste("mon");
        assert_eq!(line.text(), "mon");
        assert_eq!(shown(&TextLine::selected("fri"), 6), "fri   ");
    }

    #[test]
    fn the_cursor_stays_in_sight() {
        let line = TextLine::new("a long line of text");
        assert_eq!(shown(&line, 8), "…f text ");
        assert_eq!(shown(&TextLine::new("ab"), 6), "ab    ");
    }
}
