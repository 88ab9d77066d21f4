//! A job that is done beside the keys: what it is, how far it has come, and the key that stops it. Closing it is stopping
//! it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{FooterKeys, Layer, Response, ViewContext};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::view::paint::{self, Rule};

#[derive(Debug, Clone)]
pub struct Working {
    /// The number of the job.
    pub id: u64,
    title: String,
    /// How far it has come.
    pub progress: String,
}

impl Working {
    pub const fn new(id: u64, title: String) -> Self {
        Self { id, title, progress: String::new() }
    }
}

impl Layer for Working {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[Action::Leave], "stop it, with nothing changed")]
    }

    fn act(&mut self, action: Action, _sight: ViewContext<'_>) -> Response {
        if action == Action::Leave { Response::Close } else { Response::Stay }
    }

    fn rows(&self, _sight: ViewContext<'_>) -> Option<u16> {
        Some(2)
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        Rule::over(&self.title, sight.theme).draw(buffer, area);
        let told = if self.progress.is_empty() { "…" } else { &self.progress };
        let told = plain::cut(told, usize::from(area.width).saturating_sub(4));
        paint::put(buffer, area, 1, &Line::styled(format!("   {told}"), sight.theme.text()));
    }
}
