//! Finds a record by words, to link it to another one.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Response, Sight};
use crate::domain::record::{Kind, RecordKey};
use crate::plain;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::effect::Effect;
use crate::tui::find::ranked;
use crate::tui::input::TextLine;
use crate::tui::paint::{self, Rule};
use crate::tui::snapshot::Snapshot;

/// How many are looked through at most, so that a letter is never waited for.
const MOST: usize = 5_000;

/// Something to find.
#[derive(Debug, Clone)]
pub struct Picker {
    from: RecordKey,
    title: String,
    /// Only records of this kind.
    only: Option<Kind>,
    input: TextLine,
    cursor: Cursor,
    /// What there is, with what it is called.
    offered: Vec<(RecordKey, String)>,
    /// Places in `offered` that fit, the best first.
    found: Vec<usize>,
}

impl Picker {
    /// Offers everything that a record can be linked to, or only one kind of it.
    #[must_use]
    pub fn new(from: RecordKey, only: Option<Kind>, snapshot: &Snapshot) -> Self {
        let fits = |key: &RecordKey| *key != from && (only.is_none() || key.kind() == only);
        let requests =
            snapshot.rows.iter().map(|row| (RecordKey::from(row.request.id), row.request.title.clone()));
        let meetings = snapshot.meetings.iter().map(|meeting| {
            let day = crate::domain::day::short_day(meeting.start.date_naive());
            (RecordKey::from(meeting.key.clone()), format!("{} {day}", meeting.title))
        });
        let all = snapshot.books.named().into_iter().chain(requests).chain(meetings);
        let offered: Vec<_> = all.filter(|(key, _)| fits(key)).take(MOST).collect();
        let found = (0..offered.len()).collect();
        let what = only.map_or_else(|| "what".to_owned(), |kind| format!("which {}", kind.title()));
        let verb = if only.is_some() { "is for" } else { "is linked to" };
        let title = format!("{from} {} {verb} {what}?", plain::cut(&snapshot.title_of(&from), 40));
        Self { from, title, only, input: TextLine::default(), cursor: Cursor::default(), offered, found }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.find();
    }

    fn find(&mut self) {
        let texts = self.offered.iter().map(|(key, title)| format!("{key} {title}"));
        self.found = ranked(self.input.text(), texts);
        self.cursor = Cursor::default();
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, sight: Sight<'_>) -> Response {
        let height = sight.height.saturating_sub(3);
        let step = match key.code {
            KeyCode::Esc => return Response::Close,
            KeyCode::Enter => {
                let chosen = self.found.get(self.cursor.row).map(|index| self.offered[*index].0.clone());
                return chosen.map_or(Response::Stay, |other| {
                    Response::Done(vec![Effect::Tie(self.from.clone(), other)])
                });
            }
            KeyCode::Down | KeyCode::Tab => Step::Rows(1),
            KeyCode::Up | KeyCode::BackTab => Step::Rows(-1),
            KeyCode::Char('n') if key.modifiers.contains(KeyModifiers::CONTROL) => Step::Rows(1),
            KeyCode::Char('p') if key.modifiers.contains(KeyModifiers::CONTROL) => Step::Rows(-1),
            KeyCode::PageDown => Step::Pages(1),
            KeyCode::PageUp => Step::Pages(-1),
            _ => {
                if self.input.key(key) {
                    self.find();
                }
                return Response::Stay;
            }
        };
        self.cursor.step(step, self.found.len(), height);
        Response::Stay
    }

    /// Draws the line to type and what fits it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let theme = sight.theme;
        let count = format!("{} found", self.found.len());
        Rule {
            title: &self.title,
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
        if self.found.is_empty() {
            let text = match self.only {
                Some(kind) if self.offered.is_empty() => {
                    format!("   No {} is there yet; C o adds one in a line.", kind.title())
                }
                _ => "   Nothing is called so; fewer letters find more.".to_owned(),
            };
            paint::put(buffer, list, 0, &Line::styled(text, theme.dim()));
        }
        let shown = self.found.iter().enumerate().skip(self.cursor.top).take(usize::from(list.height));
        for (row, index) in shown {
            let (key, title) = &self.offered[*index];
            let kind = key.kind().map_or("meeting", Kind::title);
            let line = Line::from(vec![
                Span::styled(format!("   {}", plain::fit(&key.to_string(), 18)), theme.dim()),
                Span::styled(plain::fit(title, usize::from(list.width).saturating_sub(38)), theme.text()),
                Span::styled(format!("{kind:>14}"), theme.dim()),
            ]);
            let at = u16::try_from(row - self.cursor.top).unwrap_or(u16::MAX);
            paint::put(buffer, list, at, &line);
            if row == self.cursor.row {
                paint::style_row(buffer, list, at, theme.selected(true));
            }
        }
    }
}
