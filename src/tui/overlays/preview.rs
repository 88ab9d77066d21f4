//! A change of more requests than a screen shows, before it is made: what it does, how many there are, and all of them to
//! walk through. Marks may lie where nobody looks, and one key would change them all.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, MOVES, Overlay, Response, ViewContext};
use crate::domain::ids::RequestId;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};

/// Rows above the list: its rule and the names of its columns.
const HEAD: u16 = 2;

#[derive(Debug, Clone)]
pub struct Preview {
    write: Write,
    ids: Vec<RequestId>,
    cursor: Cursor,
    /// What the change was typed into, which comes back if it is not made.
    behind: Option<Overlay>,
}

impl Preview {
    pub const fn new(write: Write, ids: Vec<RequestId>, behind: Option<Overlay>) -> Self {
        Self { write, ids, cursor: Cursor::LIST, behind }
    }
}

impl Layer for Preview {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[Action::Accept], "change all of them"), (MOVES, "look through"), (&[Action::Leave], "")]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::Accept => Response::Done(vec![Effect::Previewed(self.write.clone())]),
            Action::Leave => self.behind.take().map_or(Response::Close, Response::Become),
            _ => {
                let Some(step) = Step::of(action) else { return Response::Ignored };
                self.cursor.step(step, &self.ids.len(), sight.height.saturating_sub(usize::from(HEAD)));
                Response::Stay
            }
        }
    }

    fn identity(&self) -> Option<String> {
        self.behind.as_ref()?.identity()
    }

    fn typed(&self) -> Option<Typed> {
        self.behind.as_ref()?.typed()
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let count = format!("{} requests", self.ids.len());
        let title = self.write.of_many().unwrap_or_default();
        Rule { right: &count, text: theme.text(), ..Rule::over(&title, theme) }.draw(buffer, area);
        paint::put(buffer, area, 1, &Line::styled(format!(" {:<6} request", "key"), theme.dim()));
        let list = paint::below(area, HEAD);
        let width = usize::from(list.width).saturating_sub(9);
        self.cursor.draw(&self.ids.len(), (buffer, list), theme.selected(true), |row| {
            let id = self.ids[row];
            let title = sight.snapshot.row(id).map_or("", |row| row.request.title.as_str());
            Line::from(vec![
                Span::styled(format!(" {id:<6} "), theme.dim()),
                Span::styled(plain::cut(title, width), theme.text()),
            ])
        });
    }
}
