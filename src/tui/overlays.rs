//! What lies over the panes: values on a stack, made on opening and gone on closing. The one on top has
//! the keyboard first; what it does not take goes on to the actions.

pub mod assign;
pub mod document;
pub mod exchanged;
pub mod finder;
pub mod forgetting;
pub mod form;
pub mod history;
pub mod ladder;
pub mod menu;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod record;
pub mod reflect;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::action::{Action, Scope};
use super::drafts::Typed;
use super::effect::{Effect, Read};
use super::input::TextLine;
use super::keymap::Keymap;
use super::snapshot::Snapshot;
use super::theme::Theme;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::RecordKey;

/// Something over the panes.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// One line to type.
    Prompt(prompt::Prompt),
    /// A few choices with a key each.
    Menu(menu::Menu),
    /// Every action, to find and run.
    Palette(palette::Palette),
    /// Every record, to find one.
    Picker(Box<picker::Picker>),
    /// From an ask for things to what will be different.
    Ladder(Box<ladder::Ladder>),
    /// The fields of a record.
    Form(Box<form::Form>),
    /// Something to read, with what touches it.
    Record(Box<record::Record>),
    /// What happened.
    History(history::HistoryView),
    /// Who could do it.
    Assign(Box<assign::AssignView>),
    /// A document to walk: standup, brief, review.
    Document(Box<document::DocView>),
    /// A reflection.
    Reflect(Box<reflect::ReflectForm>),
    /// The files of the store are others now.
    Exchanged(Box<exchanged::Exchanged>),
}

/// What an overlay made of a key.
#[derive(Debug)]
pub enum Response {
    /// Not its business.
    Ignored,
    /// It stays.
    Stay,
    /// It stays, and this happens.
    Do(Vec<Effect>),
    /// It goes.
    Close,
    /// It goes, and this happens.
    Done(Vec<Effect>),
    /// Another one opens over it.
    Open(Box<Overlay>),
    /// It makes room for another one.
    Become(Box<Overlay>),
    /// It goes, and an action is run as if its key had been pressed.
    Run(Action),
    /// The intake filter has another text.
    Filter(String),
    /// It goes, and the intake filter has its old text again.
    FilterAndClose(String),
}

/// What overlays may look at.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// What is drawn.
    pub snapshot: &'a Snapshot,
    /// Which keys mean what.
    pub keymap: &'a Keymap,
    /// How it looks.
    pub theme: Theme,
    /// Rows between header and footer.
    pub height: usize,
    /// Columns of the screen.
    pub width: usize,
}

impl Overlay {
    /// Offers it a key.
    pub fn key(&mut self, key: KeyEvent, sight: Sight<'_>) -> Response {
        match self {
            Self::Prompt(prompt) => prompt.key(key, sight),
            Self::Menu(menu) => menu.key(key),
            Self::Palette(palette) => palette.key(key, sight),
            Self::Picker(picker) => picker.key(key, sight),
            Self::Ladder(ladder) => ladder.key(key, sight),
            Self::Document(view) => view.key(key),
            Self::Form(form) => form.key(key, sight),
            Self::Record(record) => record.key(key, sight),
            Self::History(history) => history.key(key, sight),
            Self::Assign(assign) => assign.key(key, sight),
            Self::Reflect(reflect) => reflect.key(key),
            Self::Exchanged(told) => told.key(key),
        }
    }

    /// What it is about, so that something typed finds back to it; `None` if nothing is typed into it.
    #[must_use]
    pub fn identity(&self) -> Option<String> {
        match self {
            Self::Prompt(prompt) => prompt.identity(),
            Self::Form(form) => Some(form.identity()),
            Self::Ladder(ladder) => Some(ladder.identity()),
            Self::Reflect(form) => Some(format!("reflection {}", form.meeting())),
            _ => None,
        }
    }

    /// What was typed, if anything was.
    #[must_use]
    pub fn typed(&self) -> Option<Typed> {
        match self {
            Self::Prompt(prompt) => {
                prompt.is_changed().then(|| vec![(String::new(), prompt.input.text().to_owned())])
            }
            Self::Form(form) => form.is_changed().then(|| form.typed()),
            Self::Ladder(ladder) => ladder.typed(),
            Self::Reflect(form) => form.is_changed().then(|| form.typed()),
            _ => None,
        }
    }

    /// Puts back what had been typed.
    pub fn retype(&mut self, typed: &Typed) {
        match self {
            Self::Prompt(prompt) => {
                let text = typed.first().map_or("", |(_, text)| text.as_str());
                prompt.input = TextLine::new(text);
            }
            Self::Form(form) => form.retype(typed),
            Self::Ladder(ladder) => ladder.retype(typed),
            Self::Reflect(form) => form.retype(typed),
            _ => {}
        }
    }

    /// Offers it pasted text; false if it takes none.
    pub fn paste(&mut self, text: &str) -> bool {
        match self {
            Self::Prompt(prompt) => prompt.input.paste(text),
            Self::Palette(palette) => palette.paste(text),
            Self::Picker(picker) => picker.paste(text),
            Self::Ladder(ladder) => ladder.paste(text),
            Self::Form(form) => form.paste(text),
            Self::Reflect(reflect) => return reflect.paste(text),
            _ => return false,
        }
        true
    }

    /// Offers it a move; false if it does not scroll.
    pub fn step(&mut self, action: Action, sight: Sight<'_>) -> bool {
        match self {
            Self::Record(record) => record.step(action, sight),
            Self::Document(view) => view.step(action, sight),
            _ => false,
        }
    }

    /// The scope of the actions that make sense on it.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        match self {
            Self::Record(record) => record.scope(),
            Self::Document(view) => view.scope(),
            _ => None,
        }
    }

    /// True if Enter leads somewhere from it.
    #[must_use]
    pub fn leads(&self, sight: Sight<'_>) -> bool {
        matches!(self, Self::Record(record) if record.leads(sight))
    }

    /// The request that it is about.
    #[must_use]
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Record(record) => record.request(),
            _ => None,
        }
    }

    /// The record that it is about, whatever its kind.
    #[must_use]
    pub fn record(&self) -> Option<RecordKey> {
        match self {
            Self::Record(record) => record.record(),
            Self::Document(view) => view.record(),
            _ => None,
        }
    }

    /// The person that it is about, or that is chosen on it.
    #[must_use]
    pub fn person(&self, sight: Sight<'_>) -> Option<PersonId> {
        match self {
            Self::Record(record) => record.person(sight),
            _ => None,
        }
    }

    /// The meeting that it is about.
    #[must_use]
    pub fn meeting(&self) -> Option<OccurrenceKey> {
        match self {
            Self::Record(record) => record.meeting(),
            _ => None,
        }
    }

    /// What has to be read again when something has changed.
    #[must_use]
    pub fn refresh(&self) -> Option<Read> {
        match self {
            Self::Record(record) => record.refresh(),
            Self::Document(view) => view.refresh(),
            Self::History(_) => Some(Read::History),
            Self::Assign(assign) => Some(assign.refresh()),
            _ => None,
        }
    }

    /// The rows that it takes from the bottom of the body; `None` is all of it.
    #[must_use]
    pub fn rows(&self, sight: Sight<'_>) -> Option<u16> {
        match self {
            Self::Prompt(_) => Some(3),
            Self::Menu(menu) => Some(menu.rows(sight.width)),
            _ => None,
        }
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        match self {
            Self::Prompt(prompt) => prompt.draw(buffer, area, sight),
            Self::Menu(menu) => menu.draw(buffer, area, sight),
            Self::Palette(palette) => palette.draw(buffer, area, sight),
            Self::Picker(picker) => picker.draw(buffer, area, sight),
            Self::Ladder(ladder) => ladder.draw(buffer, area, sight),
            Self::Document(view) => view.draw(buffer, area, sight),
            Self::Form(form) => form.draw(buffer, area, sight),
            Self::Record(record) => record.draw(buffer, area, sight),
            Self::History(history) => history.draw(buffer, area, sight),
            Self::Assign(assign) => assign.draw(buffer, area, sight),
            Self::Reflect(reflect) => reflect.draw(buffer, area, sight),
            Self::Exchanged(told) => told.draw(buffer, area, sight),
        }
    }

    /// The keys that matter on it, for the footer; `None` is those of its scope.
    #[must_use]
    pub fn keys(&self) -> Option<Vec<(&'static str, &'static str)>> {
        let keys: &[(&str, &str)] = match self {
            Self::Prompt(_) => &[("Enter", "take it"), ("Esc", "leave as it was"), ("Ctrl+u", "clear")],
            Self::Menu(_) => {
                &[("letter", "choose"), ("↑ ↓", "move"), ("Enter", "choose"), ("Esc", "leave as it was")]
            }
            Self::Ladder(_) => {
                &[("Enter", "answer, once more: keep"), ("↑ ↓", "questions"), ("Esc", "leave as it was")]
            }
            Self::Picker(_) => {
                &[("type", "to find"), ("↑ ↓", "move"), ("Enter", "link"), ("Esc", "leave as it was")]
            }
            Self::Palette(_) => &[("type", "to find"), ("↑ ↓", "move"), ("Enter", "run"), ("Esc", "close")],
            Self::Form(form) => form.keys(),
            Self::Record(_) | Self::Document(_) => return None,
            Self::History(_) => {
                &[("↑ ↓", "move"), ("Enter", "undo this one"), ("u", "undo the last"), ("Esc", "close")]
            }
            Self::Assign(_) => &[
                ("Enter", "assign"),
                ("↑ ↓", "who"),
                ("← →", "last day"),
                ("< >", "first day"),
                ("h", "hours"),
                ("f", "shape"),
                ("T", "tentative"),
                ("Esc", "leave as it was"),
            ],
            Self::Exchanged(_) => {
                &[("s", "save a copy"), ("o", "open what is there now"), ("Esc", "look"), ("q", "quit")]
            }
            Self::Reflect(_) => &[
                ("Enter", "skip or go on"),
                ("↑", "back"),
                ("Ctrl+s", "save now"),
                ("Esc", "leave as it was"),
            ],
        };
        Some(keys.to_vec())
    }
}
