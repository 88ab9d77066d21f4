//! A few choices with a letter each, which takes it; moving and accepting reach them too.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, MOVES, Overlay, Response, ViewContext, is_letter};
use crate::domain::view::{Column, ListKind};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Write};
use crate::tui::view::layout::PaneId;
use crate::tui::view::paint::{self, Rule};

/// What a choice does.
#[derive(Debug, Clone)]
pub enum Pick {
    /// This happens.
    Do(Effect),
    /// Something else has to be said first.
    Open(Overlay),
    /// A pane is gone to, and shows what fits a text.
    Filter(PaneId, String),
    /// A list has another order; none is its own.
    Order(ListKind, Option<Column>),
    /// Everything stays as it is.
    Leave,
}

#[derive(Debug, Clone)]
pub struct Choice {
    /// The letter that takes it; a space where it has none.
    pub key: char,
    pub label: String,
    /// What it does.
    pub pick: Pick,
}

/// The choices.
#[derive(Debug, Clone)]
pub struct Menu {
    title: String,
    choices: Vec<Choice>,
    at: usize,
}

impl Menu {
    /// Offers choices.
    pub const fn new(title: String, choices: Vec<Choice>) -> Self {
        Self { title, choices, at: 0 }
    }

    /// The same with the choice that holds now chosen.
    pub const fn at(mut self, index: usize) -> Self {
        self.at = index;
        self
    }

    /// The choice that a key is the letter of.
    fn lettered(&self, key: KeyEvent) -> Option<usize> {
        let KeyCode::Char(letter) = key.code else { return None };
        // The space bar must not take the first of those that have no letter.
        let is_of = |choice: &Choice| choice.key == letter && letter != ' ';
        // With Ctrl or Alt it is another key, and that one may be bound.
        self.choices.iter().position(is_of).filter(|_| is_letter(key))
    }

    fn pick(&self, index: usize) -> Response {
        match self.choices.get(index).map(|choice| choice.pick.clone()) {
            None | Some(Pick::Leave) => Response::Close,
            Some(Pick::Do(effect)) => Response::Done(vec![effect]),
            Some(Pick::Open(overlay)) => Response::Become(overlay),
            Some(Pick::Filter(pane, text)) => Response::FilterPane(pane, text),
            Some(Pick::Order(list, column)) => Response::OrderAndClose(list, column),
        }
    }

    fn per_row(&self, width: usize) -> usize {
        (width.saturating_sub(2) / self.column(width)).max(1)
    }

    /// A choice in the lines that it takes.
    fn lines(&self, choice: &Choice, width: usize) -> Vec<String> {
        plain::wrap(&choice.label, self.column(width).saturating_sub(5).max(1))
    }

    /// The lines of the longest.
    fn most_lines(&self, width: usize) -> usize {
        self.choices.iter().map(|choice| self.lines(choice, width).len()).max().unwrap_or(1).max(1)
    }

    fn column(&self, width: usize) -> usize {
        let widest = self.choices.iter().map(|choice| plain::width(&choice.label)).max().unwrap_or(0);
        (widest + 6).min(width.saturating_sub(2)).max(6)
    }
}

impl Layer for Menu {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Menu, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        if self.choices.iter().all(|choice| choice.key.is_ascii_digit()) {
            return &[
                (&[], "digit choose"),
                (MOVES, "move"),
                (&[Action::Accept], "choose"),
                (&[Action::Leave], ""),
            ];
        }
        &[(&[], "letter choose"), (MOVES, "move"), (&[Action::Accept], "choose"), (&[Action::Leave], "")]
    }

    fn act(&mut self, action: Action, _sight: ViewContext<'_>) -> Response {
        let last = self.choices.len().saturating_sub(1);
        match action {
            Action::Leave => return Response::Close,
            Action::Accept => return self.pick(self.at),
            Action::NextItem | Action::NextChoice => {
                self.at = if self.at == last { 0 } else { self.at + 1 };
            }
            Action::PreviousItem | Action::PreviousChoice => {
                self.at = self.at.checked_sub(1).unwrap_or(last);
            }
            _ => return Response::Ignored,
        }
        Response::Stay
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        self.lettered(key).is_some()
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        self.lettered(key).map_or(Response::Stay, |index| self.pick(index))
    }

    fn ahead(&self, _sight: ViewContext<'_>) -> Option<Write> {
        // What another choice opens has still to be answered, so that nothing is known of it yet.
        match &self.choices.get(self.at)?.pick {
            Pick::Do(Effect::Write(write)) => Some(write.clone()),
            _ => None,
        }
    }

    /// A rule and the choices in columns, as many as fit; where a line of one is longer than the screen, with room below
    /// for all of it.
    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        let per_row = self.per_row(sight.width);
        let rows = self.choices.len().div_ceil(per_row) + self.most_lines(sight.width) - 1;
        Some(u16::try_from(rows).unwrap_or(1) + 1)
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        Rule::over(&self.title, theme).draw(buffer, area);
        let width = usize::from(area.width);
        let (column, per_row) = (self.column(width), self.per_row(width));
        let mut at = 1;
        for (row, choices) in self.choices.chunks(per_row).enumerate() {
            let mut spans = vec![Span::raw(" ")];
            let mut below = Vec::new();
            for (index, choice) in choices.iter().enumerate() {
                let is_chosen = row * per_row + index == self.at;
                let style = if is_chosen { theme.selected(true) } else { theme.text() };
                spans.push(Span::styled(
                    format!(" {} ", choice.key),
                    if is_chosen { style } else { theme.accent() },
                ));
                // The chosen one is told whole: what is cut could not be chosen knowingly.
                let mut lines = if is_chosen { self.lines(choice, width) } else { Vec::new() };
                if lines.len() > 1 {
                    below = lines.split_off(1);
                }
                let label = lines.first().map_or(choice.label.as_str(), String::as_str);
                spans.push(Span::styled(plain::fit(label, column - 5), style));
                spans.push(Span::raw("  "));
            }
            paint::put(buffer, area, at, &Line::from(spans));
            for text in &below {
                at += 1;
                let text = plain::fit(&format!("   {text}"), column - 2);
                let line = vec![Span::raw(" "), Span::styled(text, theme.selected(true))];
                paint::put(buffer, area, at, &Line::from(line));
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_longer_than_the_screen_has_room_for_all_of_it() {
        let choice = |key, label: String| Choice { key, label, pick: Pick::Leave };
        let long = ["how long the business waits once all is there"; 3].join(", ");
        let menu =
            Menu::new("Which?".to_owned(), vec![choice('1', long.clone()), choice('2', "yes".to_owned())]);
        assert_eq!((menu.most_lines(80), menu.most_lines(160), menu.per_row(160)), (2, 1, 1));
        assert_eq!(menu.lines(&menu.choices[0], 80).join(" "), long);
        let short =
            Menu::new("Which?".to_owned(), vec![choice('1', "no".to_owned()), choice('2', "yes".to_owned())]);
        assert_eq!((short.most_lines(80), short.per_row(80)), (1, 8));
    }
}
