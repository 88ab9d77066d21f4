//! Every action that makes sense here with its keys: help and palette in one. Found by words, run with Enter.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::finder::{Finder, FinderTexts, Found, NOTHING};
use super::{FooterKeys, Layer, MOVES, Response, ViewContext, is_letter};
use crate::tui::app::action::{Action, ActionEntry, Scope, TABLE};
use crate::tui::view::columns::ListColumn;
use crate::tui::view::find::ranked;

/// What a row tells of an action.
#[derive(Debug, Clone, Copy)]
enum ActionColumn {
    Keys,
    Title,
    Scope,
}

/// The actions of some scopes.
#[derive(Debug, Clone)]
pub struct Palette {
    scopes: Vec<Scope>,
    finder: Finder,
}

impl Palette {
    /// Offers the actions of some scopes, those of the first one first.
    pub fn new(scopes: Vec<Scope>) -> Self {
        Self { scopes, finder: Finder::default() }
    }

    fn found(&self) -> Vec<&'static ActionEntry> {
        let of = |scope: &Scope| {
            let scope = *scope;
            TABLE.iter().filter(move |entry| entry.scope == scope)
        };
        let offered: Vec<&ActionEntry> = self.scopes.iter().flat_map(of).collect();
        let texts = offered.iter().map(|entry| format!("{} {}", entry.title, entry.name));
        ranked(self.finder.text(), texts).into_iter().map(|index| offered[index]).collect()
    }

    fn respond(&self, found: Found) -> Response {
        match found {
            Found::Close => Response::Close,
            Found::Chosen(row) => Response::Run(self.found()[row].action),
            Found::Stay => Response::Stay,
            Found::Ignored => Response::Ignored,
        }
    }
}

impl Layer for Palette {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[], "type to find"), (MOVES, "move"), (&[Action::Accept], "run"), (&[Action::Leave], "close")]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        let found = self.finder.act(action, self.found().len(), sight);
        self.respond(found)
    }

    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let found = self.finder.click(row, self.found().len(), sight);
        self.respond(found)
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        self.finder.type_key(key);
        Response::Stay
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        self.finder.paste(text);
        Response::Stay
    }

    /// The line to type and what fits it.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let found = self.found();
        let frame = FinderTexts {
            title: "What you can do here",
            count: &if found.len() == 1 { "1 action".to_owned() } else { format!("{} actions", found.len()) },
            empty: NOTHING,
            rows: found.len(),
        };
        // What an action does matters more than every key that it has.
        let keys = if area.width < 100 { 11 } else { 24 };
        let columns = [
            ListColumn::of(ActionColumn::Keys, "keys", keys),
            ListColumn::growing(ActionColumn::Title, "what it does", 20, 1).gap(0),
            ListColumn::of(ActionColumn::Scope, "where", 14).right().gap(3).leaves(1),
        ];
        let cell = |row: usize, column| {
            let entry: &ActionEntry = found[row];
            match column {
                ActionColumn::Keys => (sight.keymap.keys(entry.action).join("  "), theme.accent()),
                ActionColumn::Title => (entry.title.to_owned(), theme.text()),
                ActionColumn::Scope => (entry.scope.name().to_owned(), theme.dim()),
            }
        };
        self.finder.draw((buffer, area), sight, &frame, (&columns, cell));
    }
}
