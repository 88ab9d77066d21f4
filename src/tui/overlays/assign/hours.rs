//! How many hours a share has, typed into the sheet: what they would do is weighed with each letter, as it is with each
//! step of the days.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::minutes::Minutes;
use crate::domain::words::duration::parse_duration;
use crate::ops::plan::Plan;
use crate::plain;
use crate::tui::view::input::TextLine;
use crate::tui::view::paint;
use crate::tui::view::theme::Theme;

/// The line of hours.
#[derive(Debug, Clone)]
pub(super) struct HoursLine {
    input: TextLine,
    /// What stood in it at first: unchanged, the share goes on following its request.
    shown: String,
    /// The request has hours of its own that an empty line follows.
    is_estimated: bool,
    /// What is weighed again if it is left.
    before: Plan,
    /// Why what was typed cannot be read, once it was to be taken.
    fault: Option<String>,
}

impl HoursLine {
    /// Begins with the hours that it would have, chosen so that the first letter replaces them.
    pub fn new(hours: Option<Minutes>, estimate: Option<Minutes>, before: Plan) -> Self {
        let shown = hours.map_or_else(String::new, |hours| hours.to_string());
        let (input, is_estimated) = (TextLine::selected(&shown), estimate.is_some());
        Self { input, shown, is_estimated, before, fault: None }
    }

    /// The plan before anything was typed.
    pub fn left(self) -> Plan {
        self.before
    }

    /// Takes a typed key.
    pub fn key(&mut self, key: KeyEvent) {
        // The fault was one of what stood there before this key.
        self.fault = None;
        self.input.key(key);
    }

    /// Takes a pasted text into the line, as if it had been typed there.
    pub fn paste(&mut self, text: &str) {
        self.fault = None;
        self.input.paste(text);
    }

    /// The plan with the hours that stand in it; a sentence if they cannot be read.
    pub fn plan(&self, day: Minutes) -> Result<Plan, String> {
        let text = self.input.text().trim();
        let mut plan = self.before.clone();
        if text != self.shown.trim() {
            plan.share.minutes = match text {
                "" => None,
                text => Some(parse_duration(text, day).map_err(|error| error.to_string())?),
            };
        }
        Ok(plan)
    }

    /// Tells why it is not taken.
    pub fn refuse(&mut self, why: String) {
        self.fault = Some(why);
    }

    /// The line, and below it what is wrong or what an empty one means.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, theme: Theme) {
        let mut line = self.input.line(20, true, theme.text());
        line.spans.insert(0, Span::styled("   How many hours?  ".to_owned(), theme.accent()));
        paint::put(buffer, area, 0, &line);
        let (text, style) = match &self.fault {
            Some(fault) => (fault.as_str(), theme.critical()),
            None if self.is_estimated => ("empty: as many as the request is estimated at", theme.dim()),
            None => ("empty: not estimated yet, so its tier’s usual time", theme.dim()),
        };
        let width = usize::from(area.width).saturating_sub(4);
        for (row, line) in (1..area.height).zip(plain::wrap(text, width)) {
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), style));
        }
    }
}
