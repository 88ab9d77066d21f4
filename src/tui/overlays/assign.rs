//! Who could do it: everybody with the earliest honest date and the cost of yes, before anything is decided.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Response, Sight};
use crate::domain::day;
use crate::domain::request::Request;
use crate::ops::assign::Candidate;
use crate::plain;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::effect::Effect;
use crate::tui::paint::{self, Rule};

/// The candidates for one request.
#[derive(Debug, Clone)]
pub struct AssignView {
    request: Request,
    candidates: Vec<Candidate>,
    cursor: Cursor,
}

impl AssignView {
    /// Shows candidates, best first.
    #[must_use]
    pub fn new(request: Request, candidates: Vec<Candidate>) -> Self {
        Self { request, candidates, cursor: Cursor::default() }
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent) -> Response {
        let step = match key.code {
            KeyCode::Esc | KeyCode::Char('q') => return Response::Close,
            KeyCode::Enter => {
                let Some(candidate) = self.candidates.get(self.cursor.row) else { return Response::Close };
                return Response::Done(vec![Effect::Assign(self.request.id, candidate.handle.clone())]);
            }
            KeyCode::Down | KeyCode::Char('j') => Step::Rows(1),
            KeyCode::Up | KeyCode::Char('k') => Step::Rows(-1),
            KeyCode::PageDown => Step::Pages(1),
            KeyCode::PageUp => Step::Pages(-1),
            KeyCode::Home => Step::First,
            KeyCode::End | KeyCode::Char('G') => Step::Last,
            _ => return Response::Stay,
        };
        self.cursor.step(step, self.candidates.len(), 10);
        Response::Stay
    }

    /// Draws one candidate a row; the reason of the chosen one stands below.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let (theme, today) = (sight.theme, sight.snapshot.today());
        let size =
            self.request.estimate.map_or_else(|| "not estimated".to_owned(), |minutes| minutes.to_string());
        let due = self
            .request
            .due
            .map_or_else(|| "no date".to_owned(), |due| format!("due {}", day::due_text(due, today)));
        let title = format!("Assign {} {}", self.request.id, self.request.title);
        let more = format!("{size} · {due}");
        Rule {
            title: &title,
            more: &more,
            right: "",
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.text(),
        }
        .draw(buffer, area);
        let width = usize::from(area.width);
        let head = format!(
            "   {}{}{}cost of yes",
            plain::fit("who", 10),
            plain::fit("", 16),
            plain::fit("done by", 14)
        );
        paint::put(buffer, area, 1, &Line::styled(head, theme.dim()));
        let list = paint::below(area, 2);
        let list = Rect { height: list.height.saturating_sub(2), ..list };
        if self.candidates.is_empty() {
            let text = "   Nobody is in the team yet: `tablesetter person add NAME --handle H --discipline D`, or import people.";
            paint::put(buffer, list, 0, &Line::styled(plain::cut(text, width), theme.dim()));
        }
        let top = (self.cursor.row + 1).saturating_sub(usize::from(list.height));
        for (row, candidate) in self.candidates.iter().enumerate().skip(top).take(usize::from(list.height)) {
            let done = candidate
                .forecast
                .finish
                .map_or_else(|| "not in sight".to_owned(), |day| day::day_near(day, today));
            let style = if candidate.cost.fits() { theme.text() } else { theme.warn() };
            let line = Line::from(vec![
                Span::styled(format!("   {}", plain::fit(&candidate.handle, 10)), theme.strong()),
                Span::styled(plain::fit(&candidate.discipline, 16), theme.dim()),
                Span::styled(plain::fit(&done, 14), theme.text()),
                Span::styled(plain::cut(&candidate.sentence, width.saturating_sub(44)), style),
            ]);
            let at = u16::try_from(row - top).unwrap_or(u16::MAX);
            paint::put(buffer, list, at, &line);
            if row == self.cursor.row {
                paint::style_row(buffer, list, at, theme.selected(true));
            }
        }
        if let Some(candidate) = self.candidates.get(self.cursor.row) {
            let bottom = Rect { y: area.y + area.height.saturating_sub(1), height: 1, ..area };
            let text = format!("   {}: {}", candidate.name, candidate.forecast.reason);
            paint::put(buffer, bottom, 0, &Line::styled(plain::cut(&text, width), theme.dim()));
        }
    }
}
