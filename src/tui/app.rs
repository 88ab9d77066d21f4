//! The state of the cockpit and what keys and actions do to it. Pure: no store, no files, no clock; what
//! must happen outside is returned as effects, and what came of it is taken over. The folder holds what that state is
//! made of, from actions and their keys to the snapshot that is drawn; `run_loop` does what it asks for.

pub mod action;
mod ahead;
mod bulk;
pub mod chosen;
mod chosen_rows;
pub mod command;
mod count;
mod documents;
pub mod drafts;
pub mod effect;
mod everywhere;
pub mod freshness;
mod importing;
pub mod in_keys;
pub mod keymap;
mod keys;
mod lists;
pub mod mouse;
mod names;
mod page;
mod range;
mod reach;
mod receive;
pub mod session;
pub mod snapshot;
pub mod trail;
mod unwritten;
mod views;

use std::path::PathBuf;

use keybinds::KeyInput;
use ratatui::layout::Rect;

use self::in_keys::in_keys;
use super::overlays::{Overlay, ViewContext};
use super::panes::board::Board;
use super::panes::intake::Intake;
use super::panes::load::Load;
use super::panes::meetings::Meetings;
use super::panes::{Update, board, intake, load, meetings};
use crate::domain::ids::PersonId;
use crate::domain::record::RecordKey;
use crate::ops::sheet::FormTarget;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Drafts;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::app::keymap::Keymap;
use crate::tui::app::range::ClosedAsked;
use crate::tui::app::snapshot::{Range, Snapshot};
use crate::tui::app::trail::Visited;
use crate::tui::view::layout::{self, Areas, PaneId};
use crate::tui::view::theme::Theme;

pub use receive::{BroughtChanges, Message, RefreshedSource};

/// The line above the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// It is about something that did not work.
    pub is_alarm: bool,
}

/// Presenting: what is private is hidden from those who look on.
#[derive(Debug, Default)]
pub struct Presenting {
    /// Others look on.
    pub is_on: bool,
    /// Names that are covered then.
    pub names: Vec<String>,
}

/// The cockpit.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Which pane has the keyboard.
    pub focus: PaneId,
    /// It has the whole screen.
    pub is_zoomed: bool,
    /// The queue.
    pub intake: Intake,
    pub load: Load,
    pub meetings: Meetings,
    /// Outcomes, change, influence.
    pub boards: [Board; 3],
    /// Whether others look on, and what is hidden from them.
    pub presenting: Presenting,
    /// What lies over the panes, the top one last.
    pub overlays: Vec<Overlay>,
    /// How many overlays were ever opened: Enter confirms none that opened since the read that it came in began.
    pub opened: u64,
    /// Keys of a sequence so far.
    pub pending: Vec<KeyInput>,
    /// Digits before a key that moves.
    count: Option<count::Count>,
    /// The page of what is chosen.
    pub page: page::ChosenPage,
    /// What the load would be after the step that asks something.
    pub ahead: ahead::LoadAhead,
    /// What was visited, to go back to.
    pub trail: Visited,
    /// The pane whose chosen row was just added, until the next key.
    pub lit: Option<PaneId>,
    /// The line above the keys.
    pub toast: Option<Toast>,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// How it looks.
    pub theme: Theme,
    /// What was typed into forms that were left.
    pub drafts: Drafts,
    /// A form whose changes are being written: it comes back if they are refused.
    sent: Option<Overlay>,
    /// What was copied last, which can be read and saved where no clipboard took it.
    pub copied: String,
    /// What was last changed of requests, to be done again to others.
    pub last_change: Option<Write>,
    /// What of the configuration was told once and is not told again.
    pub told: Vec<String>,
    /// Lines that were typed behind `:`, the newest last.
    pub commands: Vec<String>,
    /// The folder of the file that was imported last, as it is typed.
    pub import_folder: String,
    /// The calendar at which it was asked whose it is: once in a sitting.
    asked_whose_at: Option<PathBuf>,
    /// Wheel and clicks come to us.
    pub takes_mouse: bool,
    /// Ctrl-C was pressed once at the root.
    is_asked_to_quit: bool,
}

impl App {
    /// The cockpit as it opens.
    pub fn new(keymap: Keymap, theme: Theme, today: chrono::NaiveDate) -> Self {
        Self {
            size: (80, 24),
            focus: PaneId::Intake,
            is_zoomed: false,
            intake: Intake::default(),
            load: Load::new(today),
            meetings: Meetings::default(),
            boards: PaneId::BOARDS.map(Board::new),
            presenting: Presenting::default(),
            overlays: Vec::new(),
            opened: 0,
            pending: Vec::new(),
            count: None,
            page: page::ChosenPage::default(),
            ahead: ahead::LoadAhead::default(),
            trail: Visited::default(),
            lit: None,
            toast: None,
            keymap,
            theme,
            drafts: Drafts::default(),
            sent: None,
            copied: String::new(),
            last_change: None,
            told: Vec::new(),
            commands: Vec::new(),
            import_folder: String::new(),
            asked_whose_at: None,
            takes_mouse: true,
            is_asked_to_quit: false,
        }
    }

    /// Where things are drawn; `None` if the terminal is too small.
    pub fn areas(&self) -> Option<Areas> {
        layout::areas(self.size.0, self.size.1, self.focus, self.is_zoomed, !self.page.is_hidden)
    }

    /// The days that have to be read.
    pub fn range(&self) -> Range {
        Range {
            load_from: self.load.from,
            load_days: self.load.days(),
            meetings_week: self.meetings.week,
            has_board: self.focus.board().is_some(),
            closed: ClosedAsked {
                requests: self.intake.wants_closed(),
                meetings: self.meetings.filter.wants_closed(),
            },
            is_presenting: self.presenting.is_on,
        }
    }

    /// Takes over a new size; true if other days have to be read for it.
    pub fn resize(&mut self, size: (u16, u16), snapshot: &Snapshot) -> bool {
        self.size = size;
        let before = self.range();
        self.clamp(snapshot);
        // How many days of load are shown follows from the width.
        self.range() != before
    }

    /// Brings selections and scrolling in line with a snapshot and the size.
    pub fn clamp(&mut self, snapshot: &Snapshot) {
        // In a window too small to show anything keys still act, and must not act on rows of an older snapshot.
        let areas = self.areas();
        let pane = |pane: PaneId| areas.as_ref().and_then(|areas| areas.pane(pane));
        let rows = |pane: PaneId| areas.as_ref().map_or(0, |areas| areas.rows(pane));
        let list = |(above, below): (u16, u16), pane: PaneId| {
            // `rows` has taken off the rule already, which is one of the lines above.
            (rows(pane) + 1).saturating_sub(usize::from(above) + usize::from(below))
        };
        let height = |area: Option<Rect>| area.map_or(0, |area| area.height);
        let framed = intake::frame(height(pane(PaneId::Intake)), self.focus == PaneId::Intake);
        self.intake.clamp(snapshot, list(framed, PaneId::Intake));
        let load = pane(PaneId::Load);
        // Header, a gap and the legend stand around the people.
        self.load.clamp(
            snapshot,
            (load.map_or(60, |area| usize::from(area.width)), usize::from(self.size.0)),
            rows(PaneId::Load).saturating_sub(3),
        );
        let framed = meetings::frame(height(pane(PaneId::Meetings)));
        let width = pane(PaneId::Meetings).map_or(60, |area| usize::from(area.width));
        self.meetings.clamp(snapshot, (width, list(framed, PaneId::Meetings)));
        if let Some(index) = self.focus.board() {
            let width = pane(self.focus).map_or(60, |area| usize::from(area.width));
            self.boards[index].clamp(snapshot, (width, rows(self.focus)));
        }
    }

    /// The board that has the keyboard.
    const fn board(&mut self) -> Option<&mut Board> {
        match self.focus.board() {
            Some(index) => Some(&mut self.boards[index]),
            None => None,
        }
    }

    /// What overlays may look at.
    pub fn sight<'a>(&'a self, snapshot: &'a Snapshot) -> ViewContext<'a> {
        sight(&self.keymap, self.theme, self.size, snapshot)
    }

    /// Says something in the line above the keys.
    pub fn say(&mut self, text: &str) {
        self.toast = Some(Toast { text: text.to_owned(), is_alarm: false });
    }

    /// Says what did not work in the line above the keys.
    pub fn say_failure(&mut self, text: &str) {
        self.toast = Some(Toast { text: in_keys(text, &self.keymap.hints()), is_alarm: true });
    }

    /// Where keys mean something now, innermost first.
    pub fn scopes(&self) -> &'static [Scope] {
        scopes_of(&self.overlays, self.focus)
    }

    /// Runs an action: what lies on top first, then whatever it is about.
    pub fn act(&mut self, action: Action, snapshot: &Snapshot) -> Vec<Effect> {
        self.offer(action, snapshot).unwrap_or_else(|| self.run(action, snapshot))
    }

    /// Offers an action to the overlay on top; `None` if there is none or it is not its business.
    fn offer(&mut self, action: Action, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        let sight = sight(&self.keymap, self.theme, self.size, snapshot);
        let response = self.overlays.last_mut()?.act(action, sight);
        self.respond(response, snapshot)
    }

    /// Comes back to a page that lies open further down and is asked for again: read anew there it would stay behind what
    /// lies over it, as if the key had done nothing.
    fn come_back_to(&mut self, effects: &[Effect]) {
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Read(read) => Some(read),
            _ => None,
        });
        let Some(asked) = asked else { return };
        let is_it = |overlay: &Overlay| overlay.refresh().as_ref() == Some(asked);
        if let Some(at) = self.overlays.iter().position(is_it) {
            while self.overlays.len() > at + 1 {
                self.close();
            }
        }
    }

    /// A click on a row of the overlay on top.
    pub(super) fn click_overlay(&mut self, row: usize, snapshot: &Snapshot) -> Vec<Effect> {
        let sight = sight(&self.keymap, self.theme, self.size, snapshot);
        let Some(overlay) = self.overlays.last_mut() else { return Vec::new() };
        let response = overlay.click(row, sight);
        let effects = self.respond(response, snapshot).unwrap_or_default();
        self.come_back_to(&effects);
        effects
    }

    fn run(&mut self, action: Action, snapshot: &Snapshot) -> Vec<Effect> {
        // The palette says this of an action before it is chosen; a key asks no palette and would act.
        if let Some(why) = self.missing_while_presenting(action).or_else(|| self.missing_on_many(action)) {
            self.say(&snapshot.hints.say(why));
            return Vec::new();
        }
        let update = match action.entry().scope {
            Scope::Everywhere => return self.everywhere(action, snapshot),
            Scope::Requests => self.on_requests(action, snapshot),
            Scope::Load if self.overlays.is_empty() => self.load.update(action, snapshot),
            Scope::People => load::act_on(action, self.line_form(snapshot), self.person(snapshot), snapshot),
            Scope::Meetings => self.on_meetings(action, snapshot),
            Scope::Marks => self.on_marks(action, snapshot),
            Scope::Chosen => self.on_chosen(action, snapshot),
            Scope::Records => self.on_records(action, snapshot),
            Scope::Standup | Scope::Brief | Scope::Review => self.on_document(action, snapshot),
            // The rest are the overlays' own.
            _ => Update::default(),
        };
        self.take(update)
    }

    fn on_records(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        // A line of a board may lead to a request, which has a question of its own.
        if action == Action::SetEntryDue
            && let Some(requests) = RecordKey::requests(&self.targets(snapshot))
        {
            return intake::act_on(Action::SetDue, &requests, snapshot);
        }
        if let Some(overlay) = self.overlays.last() {
            return board::act_on(action, overlay.record().as_ref(), snapshot);
        }
        self.board().map_or_else(Update::default, |board| board.update(action, snapshot))
    }

    fn on_requests(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match self.overlays.last().and_then(|overlay| Some((overlay.request()?, overlay.request_row()))) {
            Some((id, row)) => intake::act_on_one(action, id, row, snapshot),
            None => self.intake.update(action, snapshot),
        }
    }

    /// The person that is open or chosen.
    fn person(&self, snapshot: &Snapshot) -> Option<PersonId> {
        match self.overlays.last() {
            Some(overlay) => overlay.person(self.sight(snapshot)),
            None => self.load.person(snapshot),
        }
    }

    /// The form of the share, absence or holiday whose line is chosen.
    fn line_form(&self, snapshot: &Snapshot) -> Option<FormTarget> {
        self.overlays.last()?.form(self.sight(snapshot))
    }

    fn on_meetings(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        // The open one itself and not the row of its key: one that is cancelled or of other weeks has none, and the key
        // would act on whichever row is chosen.
        match self.overlays.last().and_then(|overlay| overlay.meeting()) {
            Some(meeting) => meetings::act_on(action, &[meeting]),
            None => self.meetings.update(action, snapshot),
        }
    }

    fn take(&mut self, update: Update) -> Vec<Effect> {
        if let Some(notice) = update.notice {
            self.say(&notice);
        }
        // What opens comes last: it may tell of a draft that came back, and that is the news then.
        if let Some(overlay) = update.open {
            self.open(overlay);
        }
        update.effects
    }
}

// A function of its parts beside `App::sight`, which borrows the whole app: here an overlay is changed while it
// looks.
fn sight<'a>(keymap: &'a Keymap, theme: Theme, size: (u16, u16), snapshot: &'a Snapshot) -> ViewContext<'a> {
    // Header and footer take two rows each.
    let height = usize::from(size.1.saturating_sub(4));
    ViewContext { snapshot, keymap, theme, height, width: usize::from(size.0) }
}

/// Where keys mean something below some overlays over a pane, innermost first.
fn scopes_of(overlays: &[Overlay], focus: PaneId) -> &'static [Scope] {
    match overlays.last() {
        Some(overlay) => overlay.scopes(),
        None => match focus {
            PaneId::Intake => keymap::IN_QUEUE,
            PaneId::Load => keymap::IN_LOAD,
            PaneId::Meetings => keymap::IN_MEETINGS,
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => keymap::ON_BOARDS,
        },
    }
}
