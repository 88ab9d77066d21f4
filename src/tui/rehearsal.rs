//! The cockpit without a terminal: a desk, keys in, the screen out. Tests and benches play it.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::App;
use super::run_loop::Cockpit;
use super::run_loop::jobs::FileAccess;
use crate::config::Config;
use crate::domain::allocation::NewShare;
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::record::Kind;
use crate::domain::words::filter::Filter;
use crate::ops::clock::Clock;
use crate::ops::plan::Plan;
use crate::ops::sample::SampleSize;
use crate::ops::{Desk, OpsError};
use crate::store::{Origin, Store, Tables};
use crate::tui::app::keymap::Keymap;
use crate::tui::terminal::wait::Arrival;
use crate::tui::view::draw;
use crate::tui::view::theme::{Depth, Theme};

/// The key of a script: `j`, `ctrl-s`, `enter`, `f4`.
///
/// # Panics
/// When there is no such key.
pub(super) fn key_named(name: &str) -> KeyEvent {
    let modified = [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)];
    let modified =
        modified.iter().find_map(|(prefix, modifiers)| Some((*modifiers, name.strip_prefix(prefix)?)));
    let (modifiers, name) = modified.unwrap_or((KeyModifiers::NONE, name));
    let mut letters = name.chars();
    let letter = letters.next().filter(|_| letters.as_str().is_empty());
    let function = name.strip_prefix('f').and_then(|number| number.parse().ok());
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        _ => letter.map(KeyCode::Char).or(function.map(KeyCode::F)).unwrap_or(KeyCode::Null),
    };
    assert!(code != KeyCode::Null, "the script names an unknown key {name}");
    KeyEvent::new(code, modifiers)
}

/// A cockpit whose terminal is a value.
pub struct Rehearsal(pub(super) Cockpit);

impl Rehearsal {
    pub(super) fn on(desk: Desk, app: App, size: (u16, u16)) -> Result<Self, OpsError> {
        let mut cockpit = Cockpit::new(desk, app, size)?;
        cockpit.copy = |_| "copied, by hand".to_owned();
        cockpit.jobs.access = FileAccess::HERE;
        // Without a machine no source is fetched and no command is run.
        cockpit.watch_sources(None);
        cockpit.read_page();
        Ok(Self(cockpit))
    }

    /// On a sample studio in memory.
    ///
    /// # Errors
    /// A sentence, when the store cannot be filled or read.
    pub fn sample(requests: u32, people: u32, meetings: u32, size: (u16, u16)) -> Result<Self, String> {
        let config = Config::defaults();
        let (keymap, _) = Keymap::new(&config);
        let store = Store::in_memory().map_err(|error| error.to_string())?;
        let mut desk = Desk::new(store, config, Clock::system(), Origin::Cockpit);
        let app = App::new(keymap, Theme::new(Depth::Many, false), desk.today());
        desk.fill_sample(SampleSize { requests, people, meetings, seed: 1 })
            .map_err(|error| error.to_string())?;
        Self::on(desk, app, size).map_err(|error| error.to_string())
    }

    /// Leaves, and opens the same store again.
    ///
    /// # Errors
    /// A sentence, when the store cannot be read.
    pub fn reopened(mut self) -> Result<Self, String> {
        self.0.leave();
        let Cockpit { desk, app, .. } = self.0;
        let opened = App::new(app.keymap, app.theme, desk.today());
        let mut cockpit = Cockpit::new(desk, opened, app.size).map_err(|error| error.to_string())?;
        cockpit.copy = |_| "copied, by hand".to_owned();
        cockpit.jobs.access = FileAccess::HERE;
        Ok(Self(cockpit))
    }

    /// Waits until what is typed is remembered, as a pause between two keys does.
    pub fn pause(&mut self) -> &mut Self {
        self.0.remember();
        self
    }

    /// Presses keys parted by spaces, with a pause before each; `"…"` types text letter by letter without one.
    ///
    /// # Panics
    /// When the script names a key that there is not.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for (index, part) in script.split('"').enumerate() {
            if index % 2 == 1 {
                let at = Instant::now();
                // A script is played without pauses, and a digit before it would make a count of what follows.
                self.0.app.lapse_count();
                part.chars().for_each(|c| self.press(KeyCode::Char(c), KeyModifiers::NONE, at));
            } else {
                part.split_whitespace().for_each(|name| self.named(name));
            }
        }
        // The cursor rests.
        self.0.read_page();
        self.0.read_ahead();
        self
    }

    /// Takes what one read of a terminal brings, at a moment.
    pub(super) fn events(&mut self, events: Vec<Event>, at: Instant) -> &mut Self {
        let mut perform = |cockpit: &mut Cockpit, effect| {
            cockpit.perform(effect);
            Ok(())
        };
        // Nothing of it can fail where no terminal is.
        let _ = self.0.take_arrival(Arrival { events, at, waited: Duration::ZERO }, &mut perform);
        self.0.finish_deferred();
        self
    }

    fn named(&mut self, name: &str) {
        let key = key_named(name);
        self.0.app.lapse_count();
        self.press(key.code, key.modifiers, Instant::now());
    }

    fn press(&mut self, code: KeyCode, modifiers: KeyModifiers, at: Instant) {
        // One read for each key, as somebody types: several in one read could be taken for a paste.
        self.events(vec![Event::Key(KeyEvent::new(code, modifiers))], at);
    }

    /// One whole frame.
    #[must_use]
    pub fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.0.app.size.0, self.0.app.size.1));
        draw::draw(&self.0.app, &self.0.snapshot, &mut buffer);
        buffer
    }

    /// Reads everything again, as at the start.
    ///
    /// # Errors
    /// A sentence, when the store cannot be read.
    pub fn reread(&mut self) -> Result<usize, String> {
        let range = self.0.app.range();
        self.0.snapshot.reload(&self.0.desk, range, Tables::ALL).map_err(|error| error.to_string())?;
        Ok(self.0.snapshot.rows.len())
    }

    /// Reads the first rows of the queue, as `list` does.
    ///
    /// # Errors
    /// A sentence, when the store cannot be read.
    pub fn list(&self, limit: usize) -> Result<usize, String> {
        let desk = &self.0.desk;
        let all = Filter::parse("", &desk.reading().map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())?;
        desk.queue(&all, Some(limit)).map(|rows| rows.len()).map_err(|error| error.to_string())
    }

    /// Reads the load of everybody for some weeks, the truth test included.
    ///
    /// # Errors
    /// A sentence, when the store cannot be read.
    pub fn load(&self, weeks: usize) -> Result<usize, String> {
        let desk = &self.0.desk;
        let (grid, _) = desk.load(day::monday(desk.today()), weeks * 7).map_err(|error| error.to_string())?;
        Ok(grid.rows.len())
    }

    /// Works out what it would cost if the first person did the first request of the queue.
    ///
    /// # Errors
    /// A sentence, when there is none of them, or the store cannot be read.
    pub fn cost_of_yes(&self) -> Result<String, String> {
        let snapshot = &self.0.snapshot;
        let request = snapshot.rows.first().map(|row| row.request.id).ok_or("the queue is empty")?;
        let person = snapshot.team.people.first().ok_or("nobody is there")?;
        let assigned = self.0.desk.weigh(request, &NewShare::whole(&person.handle));
        assigned.map(|assigned| assigned.sentence).map_err(|error| error.to_string())
    }

    /// Weighs everybody who could do the first request of the queue.
    ///
    /// # Errors
    /// A sentence, when there is none, or the store cannot be read.
    pub fn weigh(&self) -> Result<usize, String> {
        let first: Option<RequestId> = self.0.snapshot.rows.first().map(|row| row.request.id);
        let id = first.ok_or("the queue is empty")?;
        let options = self.0.desk.options(&Plan::whole(id)).map_err(|error| error.to_string())?;
        Ok(options.candidates.len())
    }

    /// Builds the brief for the next leadership meeting; gives how many lines it has.
    ///
    /// # Errors
    /// A sentence, when the store cannot be read.
    pub fn brief(&self) -> Result<usize, String> {
        let page = self.0.desk.brief(None).map_err(|error| error.to_string())?;
        Ok(page.document.blocks.iter().map(|block| block.lines.len()).sum())
    }

    /// Notes what a brief asks for: an outcome with readings, and a decision of somebody in the next leadership
    /// meeting about work that nobody holds.
    ///
    /// # Errors
    /// A sentence, when there is no such meeting or work, or the store cannot be written.
    pub fn note_an_ask(&mut self) -> Result<(), String> {
        let desk = &mut self.0.desk;
        let said = |error: OpsError| error.to_string();
        let meeting = desk.next_leadership().map_err(|error| error.to_string())?.ok_or("no meeting")?;
        let open = desk.store.open_requests().map_err(|error| error.to_string())?;
        let free = open.iter().find(|request| {
            request.due.is_some()
                && desk.store.allocations_of(request.id).is_ok_and(|shares| shares.is_empty())
        });
        let work = free.map(|request| request.id).ok_or("no work is free")?;
        let outcome =
            [("name", "Sooner on shelf"), ("unit", "d"), ("baseline", "14"), ("lever", "speed-to-market")];
        let outcome = outcome.map(|(field, text)| (field, text.to_owned()));
        let outcome = desk.add_entry(Kind::Outcome, &outcome).map_err(said)?.output;
        for value in ["12", "9.5"] {
            let words = [("outcome", outcome.to_string()), ("value", value.to_owned())];
            desk.add_entry(Kind::Reading, &words).map_err(said)?;
        }
        let decision = [
            ("question", "Do legal sign templates?".to_owned()),
            ("approver", meeting.attendees.first().cloned().unwrap_or_default()),
            ("options", "A now: sooner. B in January: later. Nothing: all stays.".to_owned()),
        ];
        let decision = desk.add_entry(Kind::Decision, &decision).map_err(said)?.output;
        desk.link(&decision, &work.into()).map(drop).map_err(said)
    }
}
