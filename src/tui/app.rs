//! The state of the cockpit and what keys and actions do to it. Pure: no store, no files, no clock; what
//! must happen outside is returned as effects, and what came of it is absorbed.

mod documents;
mod everywhere;
mod unwritten;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use keybinds::KeyInput;

use super::action::{Action, Scope};
use super::drafts::Drafts;
use super::effect::{Effect, Read, Screen};
use super::keymap::{Keymap, Resolved};
use super::layout::{self, Areas, PaneId};
use super::overlays::assign::AssignView;
use super::overlays::document::DocView;
use super::overlays::form::Form;
use super::overlays::history::HistoryView;
use super::overlays::menu::Menu;
use super::overlays::prompt::{Ask, Prompt};
use super::overlays::record::Record;
use super::overlays::reflect::ReflectForm;
use super::overlays::{Overlay, Response, Sight};
use super::panes::board::Board;
use super::panes::intake::Intake;
use super::panes::load::Load;
use super::panes::meetings::Meetings;
use super::panes::{Update, board, intake, load, meetings};
use super::snapshot::{Range, Snapshot};
use super::theme::Theme;
use crate::domain::bounds;
use crate::domain::ids::PersonId;
use crate::ops::plan::PlanOptions;
use crate::store::Operation;

/// What came back from outside.
#[derive(Debug)]
pub enum Message {
    /// Something was written; the sentence of the journal.
    Committed(String),
    /// Something was taken back; the sentence of the journal.
    Undone(String),
    /// It has to be chosen first.
    Asked(Menu),
    /// Something went as asked without a write.
    Said(String),
    /// It was refused: why, and what to do.
    Failed(String, Option<String>),
    /// Something to read.
    Opened(Record),
    /// The candidates for a request.
    Weighed(Box<PlanOptions>),
    /// A document that was built.
    Built(Box<DocView>),
    /// The form of a record.
    Filling(Box<Form>),
    /// A text from the user's own editor.
    Edited(String),
    /// What another value would mean.
    Considered(String),
    /// The reflection form.
    Reflecting(Box<ReflectForm>),
    /// The journal.
    History(Vec<Operation>),
}

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
    /// The load.
    pub load: Load,
    /// The meetings.
    pub meetings: Meetings,
    /// Outcomes, change, influence.
    pub boards: [Board; 3],
    /// Whether others look on, and what is hidden from them.
    pub presenting: Presenting,
    /// What lies over the panes, the top one last.
    pub overlays: Vec<Overlay>,
    /// Keys of a sequence so far.
    pub pending: Vec<KeyInput>,
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
    /// Wheel and clicks come to us.
    pub takes_mouse: bool,
    /// Ctrl-C was pressed once at the root.
    is_asked_to_quit: bool,
}

impl App {
    /// The cockpit as it opens.
    #[must_use]
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
            pending: Vec::new(),
            toast: None,
            keymap,
            theme,
            drafts: Drafts::default(),
            sent: None,
            takes_mouse: true,
            is_asked_to_quit: false,
        }
    }

    /// Where things are drawn; `None` if the terminal is too small.
    #[must_use]
    pub fn areas(&self) -> Option<Areas> {
        layout::areas(self.size.0, self.size.1, self.focus, self.is_zoomed)
    }

    /// The days that have to be read.
    #[must_use]
    pub fn range(&self) -> Range {
        Range {
            load_from: self.load.from,
            load_days: self.load.days(),
            meetings_week: self.meetings.week,
            has_board: self.focus.board().is_some(),
            has_closed: self.intake.wants_closed(),
            is_presenting: self.presenting.is_on,
        }
    }

    /// Takes over a new size; true if other days have to be read for it.
    pub fn resize(&mut self, size: (u16, u16), snapshot: &Snapshot) -> bool {
        self.size = size;
        let before = self.range();
        self.settle(snapshot);
        self.range() != before
    }

    /// Brings selections and scrolling in line with a snapshot and the size.
    pub fn settle(&mut self, snapshot: &Snapshot) {
        // In a window too small to show anything keys still act, and must not act on rows of an older snapshot.
        let areas = self.areas();
        let pane = |pane: PaneId| areas.as_ref().and_then(|areas| areas.pane(pane));
        let rows = |pane: PaneId| areas.as_ref().map_or(0, |areas| areas.rows(pane));
        self.intake.settle(snapshot, rows(PaneId::Intake));
        let load = pane(PaneId::Load);
        // Header, a gap and the legend stand around the people.
        self.load.settle(
            snapshot,
            (load.map_or(60, |area| usize::from(area.width)), usize::from(self.size.0)),
            rows(PaneId::Load).saturating_sub(3),
        );
        self.meetings.settle(snapshot, rows(PaneId::Meetings));
        if let Some(index) = self.focus.board() {
            let width = pane(self.focus).map_or(60, |area| usize::from(area.width));
            self.boards[index].settle(snapshot, (width, rows(self.focus)));
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
    #[must_use]
    pub fn sight<'a>(&'a self, snapshot: &'a Snapshot) -> Sight<'a> {
        sight(&self.keymap, self.theme, self.size, snapshot)
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL) {
            return self.cancel();
        }
        self.is_asked_to_quit = false;
        self.toast = None;
        if self.means_to_throw_away(key) {
            self.throw_away();
            return Vec::new();
        }
        if self.pending.is_empty()
            && let Some(overlay) = self.overlays.last_mut()
        {
            let response = overlay.key(key, sight(&self.keymap, self.theme, self.size, snapshot));
            if !matches!(response, Response::Filter(_)) {
                self.finish_deferred(snapshot);
            }
            if let Some(effects) = self.respond(response, snapshot) {
                return effects;
            }
        }
        self.resolve(key, snapshot)
    }

    /// Does what could be left until the key was seen on the screen; true if there was something.
    pub fn finish_deferred(&mut self, snapshot: &Snapshot) -> bool {
        self.intake.finish_deferred(snapshot)
    }

    fn resolve(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        self.finish_deferred(snapshot);
        if !self.pending.is_empty() && key.code == KeyCode::Esc {
            self.pending.clear();
            return Vec::new();
        }
        self.pending.push(KeyInput::from(key));
        match self.keymap.resolve(&self.scopes(), &self.pending) {
            Resolved::Action(action) => {
                self.pending.clear();
                self.act(action, snapshot)
            }
            Resolved::Pending(_) => Vec::new(),
            Resolved::Unbound => {
                let typed: Vec<String> = self.pending.drain(..).map(|key| key.to_string()).collect();
                if !matches!(key.code, KeyCode::Modifier(_) | KeyCode::Null) {
                    let hint = snapshot.hints.say("does nothing here; {help} shows what does");
                    self.say(&format!("{} {hint}", typed.join(" ")));
                }
                Vec::new()
            }
        }
    }

    /// Carries out what an overlay made of a key; `None` if it was not its business.
    fn respond(&mut self, response: Response, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        match response {
            Response::Ignored => return None,
            Response::Stay => {}
            Response::Do(effects) => return Some(effects),
            Response::Close => self.close(),
            Response::Done(effects) => {
                self.send();
                return Some(effects);
            }
            Response::Open(overlay) => self.open(*overlay),
            Response::Become(overlay) => {
                self.overlays.pop();
                self.open(*overlay);
            }
            Response::Run(action) => {
                self.overlays.pop();
                return Some(self.act(action, snapshot));
            }
            Response::Filter(text) => self.intake.filter_soon(text),
            Response::FilterAndClose(text) => {
                self.intake.filter(&text, snapshot);
                self.close();
            }
        }
        Some(Vec::new())
    }

    /// Takes pasted text: into a field, or offered as a new request; never as keys.
    pub fn paste(&mut self, text: &str) {
        if let Some(message) = bounds::too_long(text.len(), bounds::TEXT, "a text") {
            self.say(&format!("{message}; nothing was pasted"));
            return;
        }
        if let Some(overlay) = self.overlays.last_mut() {
            if !overlay.paste(text) {
                self.say("pasted text goes into a field; here is none");
            }
        } else {
            let mut prompt = Prompt::new(Ask::Add, "Add the pasted text as a request?".to_owned(), "");
            prompt.input.paste(text);
            self.open(Overlay::Prompt(prompt));
        }
    }

    /// Ctrl-C takes back what is under way; at the root it says how to quit, and quits when pressed again.
    fn cancel(&mut self) -> Vec<Effect> {
        self.pending.clear();
        if !self.overlays.is_empty() {
            self.close();
        } else if self.is_asked_to_quit {
            return vec![Effect::Screen(Screen::Quit)];
        } else {
            self.is_asked_to_quit = true;
            self.say("q quits; so does Ctrl+c once more");
        }
        Vec::new()
    }

    /// Says something in the line above the keys.
    pub fn say(&mut self, text: &str) {
        self.toast = Some(Toast { text: text.to_owned(), is_alarm: false });
    }

    /// Where keys mean something now, innermost first.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        let inner = match self.overlays.last() {
            Some(overlay) => overlay.scope(),
            None => Some(match self.focus {
                PaneId::Intake => Scope::Requests,
                PaneId::Load => Scope::Load,
                PaneId::Meetings => Scope::Meetings,
                PaneId::Outcomes | PaneId::Change | PaneId::Influence => Scope::Records,
            }),
        };
        let people = (inner == Some(Scope::Load)).then_some(Scope::People);
        inner.into_iter().chain(people).chain([Scope::Everywhere]).collect()
    }

    /// Runs an action.
    pub fn act(&mut self, action: Action, snapshot: &Snapshot) -> Vec<Effect> {
        if let Some(overlay) = self.overlays.last_mut()
            && overlay.step(action, sight(&self.keymap, self.theme, self.size, snapshot))
        {
            return Vec::new();
        }
        let outcome = match action.entry().scope {
            Scope::Everywhere => return self.everywhere(action, snapshot),
            Scope::Requests => self.on_requests(action, snapshot),
            Scope::Load if self.overlays.is_empty() => self.load.update(action, snapshot),
            Scope::Load => Update::default(),
            Scope::People => load::act_on(action, self.person(snapshot), snapshot),
            Scope::Meetings => self.on_meetings(action, snapshot),
            Scope::Records => self.on_records(action, snapshot),
            Scope::Standup | Scope::Brief | Scope::Review => self.on_document(action, snapshot),
        };
        self.take(outcome)
    }

    fn on_records(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        if let Some(overlay) = self.overlays.last() {
            return board::act_on(action, overlay.record().as_ref(), snapshot);
        }
        self.board().map_or_else(Update::default, |board| board.update(action, snapshot))
    }

    fn on_requests(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match self.overlays.last().and_then(Overlay::request) {
            Some(id) => intake::act_on(action, &[id], snapshot),
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

    fn on_meetings(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        let open = self.overlays.last().and_then(Overlay::meeting);
        match open
            .and_then(|key| snapshot.meetings.iter().chain(&snapshot.owed).find(|meeting| meeting.key == key))
        {
            Some(meeting) => meetings::act_on(action, meeting),
            None => self.meetings.update(action, snapshot),
        }
    }

    fn take(&mut self, update: Update) -> Vec<Effect> {
        if let Some(notice) = update.notice {
            self.say(&notice);
        }
        if let Some(overlay) = update.open {
            self.open(overlay);
        }
        update.effects
    }

    /// Takes over what came back from outside; gives what has to be read again for it.
    pub fn receive(&mut self, message: Message) -> Vec<Read> {
        match message {
            Message::Committed(label) => return self.committed(&label, Action::Undo, "undoes it"),
            Message::Undone(label) => return self.committed(&label, Action::Redo, "does it again"),
            Message::Asked(menu) => self.open(Overlay::Menu(menu)),
            Message::Said(text) => {
                self.written();
                self.say(&text);
            }
            Message::Failed(text, hint) => {
                let text = hint.map_or_else(|| text.clone(), |hint| format!("{text}. {hint}"));
                self.toast = Some(Toast { text, is_alarm: true });
                self.overlays.extend(self.sent.take());
            }
            Message::Opened(record) => self.opened(record),
            Message::Weighed(options) => self.weighed(*options),
            Message::Built(view) => self.built(*view),
            Message::Filling(form) => self.open(Overlay::Form(form)),
            Message::Edited(text) => {
                if let Some(Overlay::Form(form)) = self.overlays.last_mut() {
                    form.edited(&text);
                }
            }
            Message::Considered(text) => {
                if let Some(Overlay::Prompt(prompt)) = self.overlays.last_mut() {
                    prompt.consequence = text;
                }
            }
            Message::Reflecting(form) => self.open(Overlay::Reflect(form)),
            Message::History(operations) => {
                for overlay in &mut self.overlays {
                    if let Overlay::History(history) = overlay {
                        history.renew(operations);
                        return Vec::new();
                    }
                }
                self.open(Overlay::History(HistoryView::new(operations)));
            }
        }
        Vec::new()
    }

    /// Says what was written and the key that takes it back; gives what has to be read again.
    fn committed(&mut self, label: &str, back: Action, does: &str) -> Vec<Read> {
        self.written();
        self.intake.unmark();
        let key = self.keymap.hint(back).unwrap_or_default();
        self.say(&format!("{label}  ·  {key} {does}"));
        self.overlays.iter().filter_map(Overlay::refresh).collect()
    }

    fn weighed(&mut self, options: PlanOptions) {
        for overlay in &mut self.overlays {
            if let Overlay::Assign(open) = overlay
                && open.is_same(&options)
            {
                open.renew(options);
                return;
            }
        }
        self.open(Overlay::Assign(Box::new(AssignView::new(options))));
    }

    fn opened(&mut self, record: Record) {
        for overlay in &mut self.overlays {
            if let Overlay::Record(open) = overlay
                && open.is_same(&record)
            {
                open.renew(record);
                return;
            }
        }
        self.overlays.push(Overlay::Record(Box::new(record)));
    }
}

fn sight<'a>(keymap: &'a Keymap, theme: Theme, size: (u16, u16), snapshot: &'a Snapshot) -> Sight<'a> {
    let height = usize::from(size.1.saturating_sub(4));
    Sight { snapshot, keymap, theme, height, width: usize::from(size.0) }
}
