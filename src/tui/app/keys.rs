//! The way of a key: what is urgent, then what the overlay on top types, then what the keymap says in the scopes that
//! hold here.

use crossterm::event::{KeyCode, KeyEvent};
use keybinds::KeyInput;

use super::super::overlays::{Overlay, Response};
use super::{App, sight};
use crate::domain::bounds;
use crate::domain::view::Order;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Screen};
use crate::tui::app::keymap::Resolved;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::layout::PaneId;
use crate::tui::view::list::Step;

impl App {
    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        let effects = self.effects_of(key, snapshot);
        self.come_back_to(&effects);
        effects
    }

    fn effects_of(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        let urgent = self.urgent(key);
        if urgent == Some(Action::Cancel) {
            return self.cancel(snapshot);
        }
        if self.areas().is_none() {
            return self.key_unseen(key, snapshot);
        }
        // Any other key in between takes the question back: twice means twice in a row.
        self.is_asked_to_quit = false;
        self.has_arrived();
        self.lit = None;
        self.toast = None;
        match urgent {
            Some(Action::DropDraft) => {
                self.throw_away();
                return Vec::new();
            }
            Some(Action::Present) => return self.present(snapshot),
            _ => {}
        }
        if self.pending.is_empty() && self.overlays.last().is_some_and(|overlay| overlay.is_typed(key)) {
            return self.type_key(key, snapshot);
        }
        self.count(key, snapshot).unwrap_or_else(|| self.resolve(key, snapshot))
    }

    /// Takes a key while the window is too small to show anything: nothing is written that nobody sees. What is typed
    /// into a line or a form goes on, since a window that shrinks for a moment must cost no letters.
    fn key_unseen(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        let letter = matches!(key.code, KeyCode::Char(_) | KeyCode::Backspace);
        let is_typed = letter && self.overlays.last().is_some_and(|overlay| overlay.is_typed(key));
        if self.takes_text() && is_typed {
            return self.type_key(key, snapshot);
        }
        match self.keymap.resolve(&[Scope::Everywhere], &[KeyInput::from(key)]) {
            Resolved::Action(Action::Quit) if self.overlays.is_empty() => self.act(Action::Quit, snapshot),
            _ => Vec::new(),
        }
    }

    /// What a key means before a form is asked: to get out, to throw away what was typed, or to hide it from somebody who
    /// came in. A letter that is typed never means it.
    fn urgent(&self, key: KeyEvent) -> Option<Action> {
        let is_typed = self.overlays.last().is_some_and(|overlay| overlay.is_typed(key));
        match self.keymap.resolve(&[Scope::Everywhere], &[KeyInput::from(key)]) {
            Resolved::Action(Action::Cancel) if !is_typed => Some(Action::Cancel),
            Resolved::Action(action @ (Action::DropDraft | Action::Present))
                if !is_typed && self.pending.is_empty() =>
            {
                Some(action)
            }
            _ => None,
        }
    }

    fn type_key(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        let sight = sight(&self.keymap, self.theme, self.size, snapshot);
        let Some(overlay) = self.overlays.last_mut() else { return Vec::new() };
        let response = overlay.type_key(key, sight);
        // A letter of a filter is drawn before its rows are found; anything else has to act on the rows that it
        // belongs to.
        if !matches!(response, Response::Filter(_)) {
            self.finish_deferred(snapshot);
        }
        self.respond(response, snapshot).unwrap_or_default()
    }

    /// Does what could be left until the key was seen on the screen; true if there was something.
    pub fn finish_deferred(&mut self, snapshot: &Snapshot) -> bool {
        self.intake.finish_deferred(snapshot)
    }

    fn resolve(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Vec<Effect> {
        let pressed = KeyInput::from(key);
        let alone = self.keymap.resolve(self.scopes(), std::slice::from_ref(&pressed));
        // Within a sequence it takes the sequence back, and nothing else.
        let is_back = matches!(alone, Resolved::Action(Action::Back | Action::Leave));
        if is_back && !self.pending.is_empty() {
            self.pending.clear();
            return Vec::new();
        }
        // Asked before the action runs, since that may close what keeps the keyboard.
        let keeps_keyboard = self.overlays.last().is_some_and(Overlay::keeps_keyboard);
        self.pending.push(pressed);
        match self.keymap.resolve(self.scopes(), &self.pending) {
            Resolved::Action(action) => {
                self.pending.clear();
                self.finish_deferred(snapshot);
                match self.offer(action, snapshot) {
                    Some(effects) => effects,
                    // What a form has no use for must not be done to the list below it.
                    None if keeps_keyboard => self.type_key(key, snapshot),
                    None => self.run(action, snapshot),
                }
            }
            Resolved::Pending(_) => Vec::new(),
            Resolved::Unbound if keeps_keyboard => {
                self.pending.clear();
                self.type_key(key, snapshot)
            }
            Resolved::Unbound => {
                self.finish_deferred(snapshot);
                let typed: Vec<String> = self.pending.drain(..).map(|key| key.to_string()).collect();
                // Some terminals report Shift and the like alone; nobody meant anything by it.
                if !matches!(key.code, KeyCode::Modifier(_) | KeyCode::Null) {
                    let hint = snapshot.hints.say("does nothing here; {help} shows what does");
                    self.say(&format!("{} {hint}", typed.join(" ")));
                }
                Vec::new()
            }
        }
    }

    /// Carries out what an overlay made of an action or a key; `None` if it was not its business.
    pub(super) fn respond(&mut self, response: Response, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        match response {
            Response::Ignored => return None,
            Response::Stay => {}
            Response::Do(effects) => return Some(effects),
            Response::Close => self.close(),
            Response::Done(effects) => {
                self.send();
                return Some(effects);
            }
            Response::Open(overlay) => self.open(overlay),
            Response::Become(overlay) => {
                self.overlays.pop();
                self.open(overlay);
            }
            Response::Run(action) => {
                self.overlays.pop();
                return Some(self.act(action, snapshot));
            }
            Response::Lead(action, text) => {
                self.overlays.pop();
                let effects = self.act(action, snapshot);
                self.say(&text);
                return Some(effects);
            }
            Response::Neighbour { is_forward } => return Some(self.go_to_neighbour(is_forward, snapshot)),
            Response::Say(text) => self.say(&text),
            Response::Command(line, typed) => {
                self.overlays.pop();
                return Some(self.run_command(line.command, &typed, snapshot));
            }
            // Only the queue can be so long that a letter would wait for its rows.
            Response::Filter(text) if self.focus == PaneId::Intake => self.intake.filter_soon(text),
            Response::Filter(text) => self.filter(&text, snapshot),
            Response::OrderAndClose(list, column) => {
                self.close();
                let now = self.order_of(list, snapshot);
                self.order(list, column.map(|column| Order::by(column, now)), snapshot);
            }
            Response::FilterPane(pane, text) => {
                self.close();
                let effects = self.show(pane, self.is_zoomed && self.focus == pane, snapshot);
                self.filter(&text, snapshot);
                return Some(effects);
            }
            Response::FilterAndClose(text) => {
                self.give_up_filter(&text, snapshot);
                self.close();
            }
        }
        Some(Vec::new())
    }

    /// Takes pasted text: into a field, or offered as a new request; never as keys.
    pub fn paste(&mut self, text: &str, snapshot: &Snapshot) -> Vec<Effect> {
        if let Some(message) = bounds::too_long(text.len(), bounds::TEXT, "a text") {
            self.say(&format!("{message}; nothing was pasted"));
            return Vec::new();
        }
        self.pending.clear();
        (self.count, self.toast) = (None, None);
        // Terminals paste a line break as the key that they send for it, a carriage return.
        let text = &text.replace("\r\n", "\n").replace('\r', "\n");
        if !self.takes_text() {
            if text.trim().is_empty() {
                self.say("what was pasted is blank");
                return Vec::new();
            }
            return vec![Effect::Read(Read::DraftMessage(text.to_owned()))];
        }
        let sight = sight(&self.keymap, self.theme, self.size, snapshot);
        let Some(overlay) = self.overlays.last_mut() else { return Vec::new() };
        let response = overlay.paste(text, sight);
        self.respond(response, snapshot).unwrap_or_default()
    }

    /// Takes the next piece of a paste that came without brackets: where the first one opened a draft, that is of all.
    pub fn paste_more(&mut self, text: &str, snapshot: &Snapshot) -> Vec<Effect> {
        match self.overlays.last() {
            Some(Overlay::Pasted(pasted)) if pasted.text().len() + text.len() <= bounds::TEXT => {
                vec![Effect::Read(Read::DraftMessage(format!("{}{text}", pasted.text())))]
            }
            Some(Overlay::Pasted(_)) => {
                self.say("what was pasted is too long; its beginning is kept");
                Vec::new()
            }
            _ => self.paste(text, snapshot),
        }
    }

    /// True where letters are text.
    pub fn takes_text(&self) -> bool {
        self.overlays.last().is_some_and(|overlay| overlay.takes_text())
    }

    /// True if a key does nothing but move: a text that says only such keys does no harm, and somebody who moves to and
    /// fro over a slow line types it.
    pub fn is_move(&self, key: KeyEvent) -> bool {
        match self.keymap.resolve(self.scopes(), &[KeyInput::from(key)]) {
            Resolved::Action(action) => Step::of(action).is_some(),
            _ => false,
        }
    }

    /// Takes back what is under way; at the root it says how to quit, and quits when pressed again.
    pub(super) fn cancel(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        self.pending.clear();
        self.count = None;
        if !self.overlays.is_empty() {
            self.close();
        } else if self.is_asked_to_quit {
            return vec![Effect::Screen(Screen::Quit)];
        } else {
            self.is_asked_to_quit = true;
            self.say(&snapshot.hints.say("{quit} quits; so does {cancel} once more"));
        }
        Vec::new()
    }
}
