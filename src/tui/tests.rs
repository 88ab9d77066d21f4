//! Screens by key script: a store in memory, a fixed day and size, keys in, the whole screen with its
//! styles out.

mod morning;
mod screens;

use chrono::DateTime;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::App;
use super::keymap::Keymap;
use super::run_loop::Cockpit;
use super::theme::{Depth, Theme};
use super::{draw, effect::Effect, opening_notice};
use crate::config;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::store::{Origin, Store};
use crate::testkit;

/// The cockpit in a box.
struct Stage(Cockpit);

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
        let now = DateTime::parse_from_rfc3339("2026-11-23T09:12:00+00:00").unwrap();
        let loaded = config::parse(text);
        let (keymap, key_faults) = Keymap::new(&loaded.config);
        let mut app = App::new(keymap, theme, now.date_naive());
        app.overlays.extend(opening_notice(Vec::new(), &loaded.faults, &key_faults));
        let mut desk = Desk {
            store: Store::in_memory().unwrap(),
            config: loaded.config,
            clock: Clock::Fixed(now),
            origin: Origin::Cockpit,
        };
        fill(&mut desk);
        let mut cockpit = Cockpit::new(desk, app, size).unwrap();
        cockpit.copy = |_| "by hand".to_owned();
        Self(cockpit)
    }

    /// Presses keys parted by spaces; `"…"` types text letter by letter.
    fn keys(&mut self, script: &str) -> &mut Self {
        for (index, part) in script.split('"').enumerate() {
            if index % 2 == 1 {
                part.chars().for_each(|c| self.press(KeyCode::Char(c), KeyModifiers::NONE));
            } else {
                part.split_whitespace().for_each(|name| self.named(name));
            }
        }
        self
    }

    fn named(&mut self, name: &str) {
        let (modifiers, name) = name
            .strip_prefix("ctrl-")
            .map_or((KeyModifiers::NONE, name), |rest| (KeyModifiers::CONTROL, rest));
        let code = match name {
            "enter" => KeyCode::Enter,
            "esc" => KeyCode::Esc,
            "tab" => KeyCode::Tab,
            "space" => KeyCode::Char(' '),
            "up" => KeyCode::Up,
            "down" => KeyCode::Down,
            "pgdn" => KeyCode::PageDown,
            one => {
                let mut letters = one.chars();
                let letter = letters.next().unwrap();
                assert!(letters.next().is_none(), "the script names an unknown key {one}");
                KeyCode::Char(letter)
            }
        };
        self.press(code, modifiers);
    }

    fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        let effects: Vec<Effect> = self.0.app.key(KeyEvent::new(code, modifiers), &self.0.snapshot);
        for effect in effects {
            self.0.perform(effect);
        }
    }

    fn screen(&self) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.0.app.size.0, self.0.app.size.1));
        draw::draw(&self.0.app, &self.0.snapshot, &mut buffer);
        testkit::dump(&buffer)
    }
}
