//! What lies over the panes: values on a stack, made on opening and gone on closing. The one on top is asked first
//! what a key means. Each stands in a file of its own, with the scope of its keys, its footer, what its actions do,
//! how it is drawn and what it is about.

pub mod assign;
pub mod change_set;
pub mod document;
pub mod exchanged;
pub mod finder;
pub mod finder_sheet;
pub mod forgetting;
pub mod form;
pub mod history;
pub mod ladder;
pub mod menu;
pub mod palette;
pub mod pasted;
pub mod path;
pub mod picker;
pub mod preview;
pub mod prompt;
pub mod record;
pub mod reflect;
pub mod sources;
pub mod table_columns;
pub mod working;

use std::ops::{Deref, DerefMut};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::ids::{PersonId, RequestId};
use crate::domain::meeting::Meeting;
use crate::domain::record::RecordKey;
use crate::domain::view::{Column, ListKind};
use crate::ops::queue::QueueRow;
use crate::ops::sheet::FormTarget;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::command::CommandLine;
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::app::keymap::Keymap;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;
use crate::tui::view::layout::{self, PaneId};
use crate::tui::view::theme::Theme;

/// What the footer says of an overlay: actions whose first keys are shown, and what they do here if not what their
/// table says; without an action, what is typed (`type to find`).
pub type FooterKeys = &'static [(&'static [Action], &'static str)];

/// Moving in a list, as most footers say it.
pub const MOVES: &[Action] = &[Action::PreviousItem, Action::NextItem];

/// What every overlay can do. Keys reach it as actions of its scopes, through the keymap; only where something is
/// typed does it see the key itself.
pub trait Layer {
    /// Where keys mean something while it is on top, innermost first. Without [`Scope::Everywhere`] it keeps the
    /// keyboard for itself, and a key that means nothing in its scopes is typed into it.
    fn scopes(&self) -> &'static [Scope];

    /// The keys that matter on it; none are those of its scope.
    fn footer(&self) -> FooterKeys {
        &[]
    }

    /// What is to be known of it as a whole, said above its keys.
    fn footnote(&self, _sight: ViewContext<'_>) -> Option<String> {
        None
    }

    /// Runs an action. What it ignores is typed into it if it keeps the keyboard, and otherwise means what it means
    /// without it.
    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response;

    /// True if a key is typed before it is asked what it means: letters, where text is written or choices have them.
    fn is_typed(&self, _key: KeyEvent) -> bool {
        false
    }

    /// Takes a typed key.
    fn type_key(&mut self, _key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        Response::Stay
    }

    /// Takes a click on one of its rows, its rule being the first.
    fn click(&mut self, _row: usize, _sight: ViewContext<'_>) -> Response {
        Response::Stay
    }

    /// True where letters are text: in a line or an editor. Text that is pasted elsewhere opens a draft.
    fn takes_text(&self) -> bool {
        false
    }

    /// Takes pasted text.
    fn paste(&mut self, _text: &str, _sight: ViewContext<'_>) -> Response {
        Response::Ignored
    }

    /// What it is about, so that something typed finds back to it; `None` if nothing is typed into it.
    fn identity(&self) -> Option<String> {
        None
    }

    /// What was typed, if anything was.
    fn typed(&self) -> Option<Typed> {
        None
    }

    /// True if something secret was typed, which is kept in no draft.
    fn has_secret(&self) -> bool {
        false
    }

    /// Puts back what had been typed.
    fn retype(&mut self, _typed: &Typed) {}

    /// True if Enter leads somewhere from it.
    fn leads(&self, _sight: ViewContext<'_>) -> bool {
        false
    }

    /// The form of the share, absence or holiday that its chosen line is about.
    fn form(&self, _sight: ViewContext<'_>) -> Option<FormTarget> {
        None
    }

    /// The record that it is about, whatever its kind.
    fn record(&self) -> Option<RecordKey> {
        None
    }

    /// The request that it is about.
    fn request(&self) -> Option<RequestId> {
        None
    }

    /// The same as it was read for its page: closed work is in no list unless a filter asks for it.
    fn request_row(&self) -> Option<&QueueRow> {
        None
    }

    /// The person that it is about, or that is chosen on it.
    fn person(&self, _sight: ViewContext<'_>) -> Option<PersonId> {
        None
    }

    /// The meeting that it is about.
    fn meeting(&self) -> Option<&Meeting> {
        None
    }

    /// What has to be read again when something has changed.
    fn refresh(&self) -> Option<Read> {
        None
    }

    /// The rows that it takes from the bottom of the body; `None` is all of it.
    fn rows(&self, _sight: ViewContext<'_>) -> Option<u16> {
        None
    }

    /// What it is about to add to somebody's load, which is drawn beside it.
    fn ghost(&self, _sight: ViewContext<'_>) -> Option<Ghost> {
        None
    }

    /// What would be written if what is typed or chosen were taken now; what it would do to the load is drawn in its pane.
    fn ahead(&self, _sight: ViewContext<'_>) -> Option<Write> {
        None
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>);
}

// Boxed, since a form is many times as large as a prompt, and the stack holds them by value.
macro_rules! overlays {
    ($($(#[$doc:meta])* $name:ident($of:ty),)*) => {
        /// Something over the panes.
        #[derive(Debug, Clone)]
        pub enum Overlay { $($(#[$doc])* $name(Box<$of>),)* }

        $(impl From<$of> for Overlay {
            fn from(overlay: $of) -> Self {
                Self::$name(Box::new(overlay))
            }
        })*

        // One match for all of them here, instead of one in every place that asks an overlay for something.
        impl Deref for Overlay {
            type Target = dyn Layer;

            fn deref(&self) -> &Self::Target {
                match self { $(Self::$name(overlay) => overlay.as_ref(),)* }
            }
        }

        impl DerefMut for Overlay {
            fn deref_mut(&mut self) -> &mut Self::Target {
                match self { $(Self::$name(overlay) => overlay.as_mut(),)* }
            }
        }
    };
}

overlays! {
    /// One line to type.
    Prompt(prompt::Prompt),
    /// A pasted text, offered as a request.
    Pasted(pasted::Pasted),
    /// A few choices with a letter each.
    Menu(menu::Menu),
    /// Every action, to find and run.
    Palette(palette::Palette),
    /// Every record, to find one.
    Picker(picker::Picker),
    /// From an ask for things to what will be different.
    Ladder(ladder::Ladder),
    /// The fields of a record.
    Form(form::Form),
    /// Something to read, with what touches it.
    Record(record::Record),
    /// What happened.
    History(history::HistoryView),
    /// Who could do it.
    Assign(assign::AssignView),
    /// A document to walk: standup, brief, review.
    Document(document::DocView),
    Reflect(reflect::ReflectForm),
    /// A file to name.
    Path(path::PathPrompt),
    /// What an import would change.
    ChangeSet(change_set::ChangePage),
    /// What the columns of a table fill.
    Columns(table_columns::ColumnsPage),
    /// What one of them fills.
    FieldChoice(table_columns::FieldChoice),
    /// Where data comes from.
    Sources(sources::SourcesPage),
    /// A change of many requests, before it is made.
    Preview(preview::Preview),
    /// A job that is under way.
    Working(working::Working),
    /// The files of the store are others now.
    Exchanged(exchanged::Exchanged),
}

impl Overlay {
    /// Where it lies in a body: all of it, its lower rows, or beside the load that it is about the lower left.
    pub fn area(&self, body: Rect, sight: ViewContext<'_>) -> Rect {
        let Some(rows) = self.rows(sight) else { return body };
        let rows = rows.min(body.height);
        // What would be added is drawn into the load, which therefore has to stay in sight beside it.
        let width = if self.ghost(sight).is_some() { layout::sheet_width(body) } else { body.width };
        Rect { y: body.bottom() - rows, width, height: rows, ..body }
    }

    /// True if it keeps the keyboard: what means nothing on it means nothing.
    pub fn keeps_keyboard(&self) -> bool {
        !self.scopes().contains(&Scope::Everywhere)
    }
}

/// True for keys that type a letter.
pub const fn is_letter(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char(_))
        && !key.modifiers.intersects(KeyModifiers::CONTROL.union(KeyModifiers::ALT))
}

/// What an overlay made of an action or a typed key.
#[derive(Debug)]
pub enum Response {
    /// Not its business.
    Ignored,
    Stay,
    /// It stays, and this happens.
    Do(Vec<Effect>),
    /// It goes.
    Close,
    /// It goes, and this happens.
    Done(Vec<Effect>),
    /// Another one opens over it.
    Open(Overlay),
    /// It makes room for another one.
    Become(Overlay),
    /// It goes, and an action is run as if its key had been pressed.
    Run(Action),
    /// It goes, an action leads to another screen, and this is said there.
    Lead(Action, String),
    /// The next or the previous record of the list that it was opened from takes its place.
    Neighbour {
        is_forward: bool,
    },
    /// It stays, and this is said.
    Say(String),
    /// It goes, and what was typed is done.
    Command(Box<CommandLine>, String),
    /// The intake filter has another text.
    Filter(String),
    /// It goes, and a list has another order.
    OrderAndClose(ListKind, Option<Column>),
    /// It goes, and a pane is gone to and filtered.
    FilterPane(PaneId, String),
    /// It goes, and the intake filter has its old text again.
    FilterAndClose(String),
}

/// What overlays may look at.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
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
