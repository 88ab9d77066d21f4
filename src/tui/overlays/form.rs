//! The fields of a request, all at once. Only what was changed is written; a wrong value says so beside
//! its field and keeps what was typed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Response, Sight};
use crate::domain::field::{self, Field};
use crate::domain::ids::RequestId;
use crate::domain::request::Request;
use crate::domain::words::Reading;
use crate::plain;
use crate::tui::effect::Effect;
use crate::tui::input::TextLine;
use crate::tui::paint::{self, Rule};

/// Columns of the names.
const LABEL: usize = 16;

#[derive(Debug, Clone)]
struct Row {
    field: Field,
    before: String,
    input: TextLine,
}

/// The form of one request.
#[derive(Debug, Clone)]
pub struct Form {
    request: Request,
    rows: Vec<Row>,
    at: usize,
    /// Saving was refused: what is wrong is said louder.
    is_refused: bool,
}

impl Form {
    /// Opens the form of a request.
    #[must_use]
    pub fn new(request: Request) -> Self {
        let row = |field: &Field| {
            let before = field::get(&request, *field);
            Row { field: *field, input: TextLine::new(&before), before }
        };
        Self { rows: Field::ALL.iter().map(row).collect(), request, at: 0, is_refused: false }
    }

    /// Which request it is about.
    #[must_use]
    pub const fn request(&self) -> RequestId {
        self.request.id
    }

    /// True if something was typed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.rows.iter().any(|row| row.input.text() != row.before)
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.rows[self.at].input.paste(text);
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, sight: Sight<'_>) -> Response {
        let last = self.rows.len() - 1;
        match key.code {
            KeyCode::Esc => return Response::Close,
            KeyCode::Char('s') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                return self.save(sight.snapshot.reading);
            }
            KeyCode::Enter if self.at == last => return self.save(sight.snapshot.reading),
            KeyCode::Enter | KeyCode::Down | KeyCode::Tab => {
                self.at = if self.at == last { 0 } else { self.at + 1 }
            }
            KeyCode::Up | KeyCode::BackTab => self.at = self.at.checked_sub(1).unwrap_or(last),
            KeyCode::PageDown => self.at = (self.at + 8).min(last),
            KeyCode::PageUp => self.at = self.at.saturating_sub(8),
            _ => {
                self.rows[self.at].input.key(key);
            }
        }
        Response::Stay
    }

    fn save(&mut self, reading: Reading) -> Response {
        if let Some(wrong) = self.rows.iter().position(|row| self.wrong(row, reading).is_some()) {
            self.at = wrong;
            self.is_refused = true;
            return Response::Stay;
        }
        let changed = self.rows.iter().filter(|row| row.input.text() != row.before);
        let fields: Vec<_> = changed.map(|row| (row.field, row.input.text().to_owned())).collect();
        if fields.is_empty() {
            return Response::Close;
        }
        Response::Done(vec![Effect::SetFields(vec![self.request.id], fields)])
    }

    fn wrong(&self, row: &Row, reading: Reading) -> Option<String> {
        if row.input.text() == row.before {
            return None;
        }
        let mut copy = self.request.clone();
        field::set(&mut copy, row.field, row.input.text(), reading).err().map(|error| error.message)
    }

    /// What stands beside a field: what is wrong, or what was understood.
    fn remark(&self, row: &Row, reading: Reading) -> (String, bool) {
        if let Some(wrong) = self.wrong(row, reading) {
            return (wrong, true);
        }
        let mut copy = self.request.clone();
        let is_set = field::set(&mut copy, row.field, row.input.text(), reading).is_ok();
        let echo = field::echo(&copy, row.field, reading).filter(|echo| is_set && echo != row.input.text());
        (echo.unwrap_or_default(), false)
    }

    /// Draws one field a row.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let (theme, reading) = (sight.theme, sight.snapshot.reading);
        let title = format!("Edit {} {}", self.request.id, self.request.title);
        let place = format!("{} of {}", self.at + 1, self.rows.len());
        Rule {
            title: &title,
            more: "",
            right: &place,
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let list = paint::below(area, 1);
        let height = usize::from(list.height).saturating_sub(1).max(1);
        let top = (self.at + 1).saturating_sub(height);
        let width = usize::from(area.width);
        for (index, row) in self.rows.iter().enumerate().skip(top).take(height) {
            let is_here = index == self.at;
            let label =
                format!(" {} {}", if is_here { "›" } else { " " }, plain::fit(row.field.title(), LABEL - 3));
            let is_changed = row.input.text() != row.before;
            let columns = width.saturating_sub(LABEL + 3).min(70.max(width * 6 / 10));
            let mut line =
                row.input.line(columns, is_here, if is_changed { theme.strong() } else { theme.text() });
            line.spans.insert(0, Span::styled(label, if is_here { theme.accent() } else { theme.dim() }));
            let (remark, is_wrong) = self.remark(row, reading);
            let room = width.saturating_sub(LABEL + columns + 3);
            if !is_here && room > 12 {
                let style = if is_wrong { theme.alarm() } else { theme.dim() };
                line.spans.push(Span::styled(format!("  {}", plain::cut(&remark, room)), style));
            }
            paint::put(buffer, list, u16::try_from(index - top).unwrap_or(u16::MAX), &line);
        }
        let (remark, is_wrong) = self.remark(&self.rows[self.at], reading);
        let style = match (is_wrong, self.is_refused) {
            (true, true) => theme.alarm(),
            (true, false) => theme.warn(),
            _ => theme.dim(),
        };
        let bottom = list.height.saturating_sub(1);
        paint::put(
            buffer,
            list,
            bottom,
            &Line::styled(format!("   {}", plain::cut(&remark, width.saturating_sub(4))), style),
        );
    }
}
