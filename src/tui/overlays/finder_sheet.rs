//! A sheet on which one of some things is found by words and chosen: keys, clicks and typing, whatever is offered.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::finder::{Finder, Found, sheet_rows};
use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::tui::app::action::{Action, Scope};

/// What is offered, and what choosing one of it does.
pub trait FinderItems {
    /// The keys of the sheet as the footer says them, Enter with what choosing does.
    const FOOTER: FooterKeys;

    /// Finds again what fits the words that are typed.
    fn find(&mut self, words: &str);

    /// The number of those that fit the words.
    fn count(&self) -> usize;

    /// The most that can fit, for the height of the sheet.
    fn offered(&self) -> usize;

    /// Takes one of those that fit, counted from the first.
    fn choose(&self, row: usize) -> Response;

    /// Draws the line to type and what fits.
    fn draw(&self, finder: &Finder, buffer: (&mut Buffer, Rect), sight: ViewContext<'_>);
}

/// Something to choose by words.
#[derive(Debug, Clone)]
pub struct FinderSheet<I> {
    finder: Finder,
    items: I,
}

impl<I: FinderItems> FinderSheet<I> {
    /// Offers all of it, before anything is typed.
    pub fn of(mut items: I) -> Self {
        items.find("");
        Self { finder: Finder::default(), items }
    }

    fn respond(&self, found: Found) -> Response {
        match found {
            Found::Close => Response::Close,
            Found::Chosen(row) => self.items.choose(row),
            Found::Stay => Response::Stay,
            Found::Ignored => Response::Ignored,
        }
    }
}

impl<I: FinderItems> Layer for FinderSheet<I> {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        I::FOOTER
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        let found = self.finder.act(action, &self.items.count(), sight);
        self.respond(found)
    }

    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let found = self.finder.click(row, &self.items.count(), sight);
        self.respond(found)
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        if self.finder.type_key(key) {
            self.items.find(self.finder.text());
        }
        Response::Stay
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        self.finder.paste(text);
        self.items.find(self.finder.text());
        Response::Stay
    }

    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        // By all that is offered and not by what fits, so that the sheet keeps its height while somebody types.
        sheet_rows(self.items.offered(), sight)
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        self.items.draw(&self.finder, (buffer, area), sight);
    }
}
