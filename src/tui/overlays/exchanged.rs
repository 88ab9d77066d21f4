//! The files of the store were deleted, exchanged or overwritten while the cockpit was open: what happened, what was
//! kept, and what can be done. Nothing is written any more until the user has chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, Response, ViewContext};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Screen};
use crate::tui::view::paint::{self, Rule};

/// Columns left and right of the text.
const MARGIN: usize = 3;
const CHOICES: [(Action, Screen, &str); 2] = [
    (Action::SaveCopy, Screen::SaveCopy, "save a copy of what is in memory"),
    (Action::OpenAnew, Screen::OpenAnew, "open what is there now"),
];

/// What is said of it.
#[derive(Debug, Clone)]
pub struct Exchanged {
    paragraphs: Vec<String>,
    /// What came of saving a copy.
    done: Option<String>,
    at: usize,
}

impl Exchanged {
    /// Tells what happened, a paragraph each.
    pub const fn new(paragraphs: Vec<String>) -> Self {
        Self { paragraphs, done: None, at: 0 }
    }

    /// Tells what came of saving a copy.
    pub fn tell(&mut self, done: String) {
        self.done = Some(done);
    }
}

impl Layer for Exchanged {
    /// None but its own keys do anything: what is drawn below it is no store any more.
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Exchanged, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::SaveCopy], ""),
            (&[Action::OpenAnew], ""),
            (&[Action::Leave], "look"),
            (&[Action::QuitNow], ""),
        ]
    }

    fn act(&mut self, action: Action, _sight: ViewContext<'_>) -> Response {
        let chosen = match action {
            Action::Leave => return Response::Close,
            Action::QuitNow => return Response::Done(vec![Effect::Screen(Screen::Quit)]),
            Action::NextItem | Action::PreviousItem => {
                // There are two choices.
                self.at = 1 - self.at;
                return Response::Stay;
            }
            Action::Accept => CHOICES.get(self.at),
            own => CHOICES.iter().find(|(action, ..)| *action == own),
        };
        // It stays open, since what comes of saving a copy is told on it.
        chosen.map_or(Response::Ignored, |(_, screen, _)| Response::Do(vec![Effect::Screen(screen.clone())]))
    }

    /// What is said, and the choices below it.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        Rule {
            title: "This store was exchanged",
            more: "nothing is written any more",
            right: "",
            line: theme.critical(),
            strong: theme.critical(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let width = usize::from(area.width).saturating_sub(2 * MARGIN);
        let margin = " ".repeat(MARGIN);
        let mut lines = Vec::new();
        for paragraph in &self.paragraphs {
            let wrapped = plain::wrap(paragraph, width);
            lines.extend(
                wrapped.into_iter().map(|line| Line::styled(format!("{margin}{line}"), theme.text())),
            );
            lines.push(Line::default());
        }
        for (index, (action, _, label)) in CHOICES.iter().enumerate() {
            // One whose key was taken away can still be moved to.
            let key = sight.keymap.hint(*action).unwrap_or(" ");
            let style = if index == self.at { theme.selected(true) } else { theme.text() };
            let letter = if index == self.at { style } else { theme.accent() };
            lines.push(Line::from(vec![
                Span::raw(margin.clone()),
                Span::styled(format!(" {key} "), letter),
                Span::styled(format!(" {label} "), style),
            ]));
        }
        if let Some(done) = &self.done {
            lines.push(Line::default());
            let wrapped = plain::wrap(done, width);
            lines.extend(
                wrapped.into_iter().map(|line| Line::styled(format!("{margin}{line}"), theme.strong())),
            );
        }
        for (row, line) in (2..).zip(&lines) {
            paint::put(buffer, area, row, line);
        }
    }
}
