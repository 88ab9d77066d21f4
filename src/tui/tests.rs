//! Screens by key script: a store in memory, a fixed day and size, keys in, the whole screen with its
//! styles out.

mod actions;
mod assigning;
mod board_marks;
mod brief;
mod cancelled;
mod count;
mod cursor;
mod cut;
mod drafts;
mod forget;
mod import;
mod import_columns;
mod import_folder;
mod import_shares;
mod import_whose;
mod kept_views;
mod keys;
mod lists;
mod load_words;
mod marked;
mod meanwhile;
mod morning;
mod mouse;
mod notices;
mod offers;
mod palette;
mod people_views;
mod pictures;
mod place;
mod presenting;
mod private;
mod records;
mod reflections;
mod review;
mod screens;
mod source_form;
mod sources;
mod standup;
mod story;
mod strangers;
mod three_weeks;
mod typing;
mod undo;
mod views;
mod visited;
mod whole;

use std::ops::{Deref, DerefMut};
use std::path::Path;

use std::time::Instant;

use chrono::DateTime;

use super::app::App;
use super::opening_notice;
use super::rehearsal::Rehearsal;
use crate::config;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::store::{Origin, Store};
use crate::testkit;
use crate::tui::app::keymap::Keymap;
use crate::tui::terminal::parser::KeyParser;
use crate::tui::view::theme::{Depth, Theme};

/// The cockpit on a fixed day.
struct Stage(Rehearsal);

impl Deref for Stage {
    type Target = Rehearsal;

    fn deref(&self) -> &Rehearsal {
        &self.0
    }
}

impl DerefMut for Stage {
    fn deref_mut(&mut self) -> &mut Rehearsal {
        &mut self.0
    }
}

impl Stage {
    /// With nothing in the store.
    fn empty(size: (u16, u16)) -> Self {
        Self::with(size, |_| {})
    }

    /// With the demo studio.
    fn demo(size: (u16, u16)) -> Self {
        Self::with(size, |desk| desk.fill_demo().unwrap())
    }

    fn with(size: (u16, u16), fill: impl FnOnce(&mut Desk)) -> Self {
        Self::configured(size, Theme::new(Depth::Many, false), "", fill)
    }

    /// As the program starts with a configuration of the user's.
    fn configured(size: (u16, u16), theme: Theme, text: &str, fill: impl FnOnce(&mut Desk)) -> Self {
        Self::over(Store::in_memory().unwrap(), (size, theme), text, fill)
    }

    /// With an empty store in a file.
    fn on_file(size: (u16, u16), path: &Path) -> Self {
        Self::over(Store::open(path).unwrap().0, (size, Theme::new(Depth::Many, false)), "", |_| {})
    }

    fn over(
        store: Store,
        (size, theme): ((u16, u16), Theme),
        text: &str,
        fill: impl FnOnce(&mut Desk),
    ) -> Self {
        let now = DateTime::parse_from_rfc3339("2026-11-23T09:12:00+00:00").unwrap();
        let loaded = config::parse(text);
        let (keymap, key_faults) = Keymap::new(&loaded.config);
        let mut app = App::new(keymap, theme, now.date_naive());
        app.presenting.names.clone_from(&loaded.config.hidden_names);
        let notice = opening_notice(&app.keymap, Vec::new(), &loaded.faults, &key_faults);
        app.overlays.extend(notice);
        let mut desk = Desk::new(store, loaded.config, Clock::fixed(now), Origin::Cockpit);
        fill(&mut desk);
        Self(Rehearsal::on(desk, app, size).unwrap())
    }

    /// Pastes text in brackets.
    fn paste(&mut self, text: &str) -> &mut Self {
        self.read(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Takes bytes of the terminal that come in one read, and then a pause in which halves of sequences end.
    fn read(&mut self, bytes: &str) -> &mut Self {
        self.read_at(bytes, Instant::now())
    }

    /// The same at a moment of one's own.
    fn read_at(&mut self, bytes: &str, mut now: Instant) -> &mut Self {
        let mut parser = KeyParser::default();
        let mut events = parser.feed(bytes.as_bytes(), now);
        while let Some(deadline) = parser.deadline() {
            self.0.events(std::mem::take(&mut events), now);
            now = deadline;
            events = parser.expire(now);
        }
        self.0.events(events, now);
        self.0.0.pasting_until = None;
        self
    }

    /// What the store holds of requests and their shares.
    fn contents(&self) -> String {
        let store = &self.0.0.desk.store;
        format!("{:#?}{:#?}", store.all_requests().unwrap(), store.open_allocations().unwrap())
    }

    fn screen(&self) -> String {
        testkit::dump(&self.frame())
    }
}
