//! Wait, resolve, update, do effects, read again what changed, draw once. Sleeps whenever nothing happens.

mod attention;
pub mod background;
mod editing;
mod effects;
mod exchanged;
mod fetching;
mod frame;
pub mod jobs;
pub mod kept_text;
mod kept_views;
mod log;
mod outside;
pub mod pending_writes;
pub mod perform;
mod refreshing;
mod reminders;
pub mod surroundings;
mod typing;

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Timelike;

use super::app::{App, Message};
use super::terminal::{self, Taken};
use crate::domain::ids::OperationId;
use crate::ops::Desk;
use crate::ops::meanwhile::LastLook;
use crate::store::{StoreError, Tables};
use crate::tui::app::drafts;
use crate::tui::app::effect::{Effect, Screen};
use crate::tui::app::session;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::run_loop::background::Background;
use crate::tui::terminal::clipboard::{self, Copier};
use crate::tui::terminal::hand_off;
use crate::tui::terminal::notify::NoticeWay;
use crate::tui::terminal::parser::report::ASK_FOR_GROUND;
use crate::tui::terminal::provoked;
use crate::tui::terminal::wait::{IS_WATCHING, Waiter, Wake};
use jobs::Jobs;
use pending_writes::PendingWrites;
use refreshing::SourceWatch;

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The user left.
    Quit,
    /// A signal asked for it.
    Signal(i32),
}

/// The cockpit with everything around it.
pub struct Cockpit {
    /// The store and the verbs.
    pub desk: Desk,
    /// The state.
    pub app: App,
    /// What is drawn.
    pub snapshot: Snapshot,
    background: Background,
    /// What is done beside the keys.
    pub jobs: Jobs,
    sources: SourceWatch,
    /// The way to the clipboard.
    pub copy: Copier,
    outside: i64,
    /// How often still to look for another program's write: the file is touched before it can be read.
    looks: u32,
    /// Something may be typed that is not remembered yet, or the cockpit may stand elsewhere.
    unsaved: bool,
    /// Writes that wait for another program.
    pending_writes: PendingWrites,
    /// The newest operation when everything was last read for another program's sake.
    newest: OperationId,
    /// Up to where everything that others did has been seen.
    last_look: LastLook,
    /// When the log is to be taken into the file.
    log: log::Due,
    /// A store that was exchanged and could not be opened anew: where it lies, and why. Nothing is open meanwhile.
    gone: Option<(PathBuf, String)>,
    /// How reminders are told outside the cockpit.
    pub notice_way: NoticeWay,
    /// What was reminded of already.
    reminded: HashSet<String>,
    /// The user's configuration, which may change meanwhile.
    pub configuration: surroundings::Configuration,
    /// When what the last keys asked for was done.
    last_key: Option<Instant>,
    /// Until when letters that come are more of a paste without brackets.
    pub pasting_until: Option<Instant>,
    end: Option<End>,
}

/// How long after the last key drafts, and where the cockpit stands, are remembered.
const DRAFTS: Duration = Duration::from_millis(300);

/// How long the cursor rests before the page of what is chosen is read.
const REST: Duration = Duration::from_millis(40);

/// How long to wait before each look.
// Counted from the last one: the first look comes after 20 ms, when most writers are done, the others ever later.
const LOOKS: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_millis(200),
    Duration::from_millis(60),
    Duration::from_millis(20),
];

/// Brings back what was half typed, and says so unless something stands before the lists.
fn restore_drafts(app: &mut App, desk: &Desk) {
    app.drafts = drafts::restore(desk);
    let Some(text) = app.drafts.reminder().filter(|_| app.overlays.is_empty()) else { return };
    let hint = desk.config.hints.say("it comes back where you typed it; {drop-draft} throws it away");
    app.say(&format!("kept from last time: “{}”; {hint}", crate::plain::cut(text, 40)));
}

impl Cockpit {
    /// Puts the parts together, takes over the size of the terminal and reads everything.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn new(mut desk: Desk, mut app: App, size: (u16, u16)) -> Result<Self, StoreError> {
        app.size = size;
        // A store that cannot be written, or is being written, keeps its days with the next write.
        let _ = desk.keep_days();
        // A key that is faulty or lost to a clash is named by no hint.
        desk.config.hints = Arc::new(app.keymap.hints());
        // Pane, zoom and size say which days are read, so they come first: everything is read once.
        let place = session::Place::take(&mut desk);
        place.lay(&mut app);
        desk.is_presenting = app.presenting.is_on;
        // Only for its size: over an empty picture nothing is chosen yet that could be lost.
        app.clamp(&Snapshot::empty(&desk, app.range()));
        let mut snapshot = Snapshot::read(&desk, app.range())?;
        let last_look = desk.last_look()?.map_or_else(|| desk.look(), Ok)?;
        snapshot.meanwhile = desk.meanwhile(last_look)?;
        place.choose(&mut app, &snapshot);
        // The filter that comes back may ask for closed work, which is only then read.
        if app.range() != snapshot.range {
            snapshot.reload(&desk, app.range(), Tables::default())?;
            place.choose(&mut app, &snapshot);
        }
        app.clamp(&snapshot);
        if let Some(hint) = place.hint(&snapshot).filter(|_| app.overlays.is_empty()) {
            app.say(&hint);
        }
        restore_drafts(&mut app, &desk);
        if let Some(missing) = desk.days_to_confirm()? {
            app.say(missing.notice());
        }
        let refused = |error: io::Error| StoreError::Refused(error.to_string());
        let background = Background::new().map_err(refused)?;
        let jobs = Jobs::new(&background).map_err(refused)?;
        Ok(Self {
            outside: desk.store.outside_version()?,
            newest: desk.store.newest_operation()?,
            desk,
            app,
            snapshot,
            background,
            jobs,
            sources: SourceWatch::default(),
            copy: clipboard::copy,
            looks: 0,
            unsaved: false,
            pending_writes: PendingWrites::default(),
            last_look,
            log: log::Due::default(),
            gone: None,
            notice_way: NoticeWay::None,
            reminded: HashSet::new(),
            configuration: surroundings::Configuration::default(),
            last_key: None,
            pasting_until: None,
            end: None,
        })
    }

    /// Runs until the user leaves.
    ///
    /// # Errors
    /// When the terminal cannot be used any more.
    pub fn run(mut self, mut taken: Taken) -> io::Result<End> {
        let end = self.until_the_end(&mut taken);
        // A terminal that fails is no reason to lose what was typed in it.
        self.leave();
        // The system takes everything back at once; giving it back row by row would only take time.
        let nothing = Snapshot::empty(&self.desk, self.app.range());
        std::mem::forget(std::mem::replace(&mut self.snapshot, nothing));
        end
    }

    fn until_the_end(&mut self, taken: &mut Taken) -> io::Result<End> {
        taken.resize(self.app.size)?;
        self.ask_for_ground()?;
        let (mut is_stale, mut is_first) = (true, true);
        loop {
            if is_stale {
                self.show(taken)?;
            }
            if std::mem::take(&mut is_first) {
                self.begin()?;
            }
            // What could be left until something was seen, before anything else is waited for.
            if self.finish_deferred() {
                is_stale = true;
                continue;
            }
            self.note_writes();
            self.stop_what_was_left();
            // The wait before this one may have ended with a write: its log is looked for before the next one.
            let timeout = self.timeout(taken.waiter.hears_the_clock());
            let wake = taken.waiter.wait(timeout, &self.background.bell)?;
            is_stale = self.woken(wake, taken)?;
            if let Some(ground) = taken.waiter.take_ground() {
                self.app.theme = self.app.theme.on(ground);
                is_stale = true;
            }
            is_stale |= self.try_held();
            if let Some(end) = self.end {
                return Ok(end);
            }
        }
    }

    /// What can wait for the first picture.
    fn begin(&mut self) -> io::Result<()> {
        let Some(store) = self.desk.store.path() else { return Ok(()) };
        terminal::mouse(self.app.takes_mouse)?;
        Background::tidy(store);
        if let Some(files) = self.desk.store.files()
            && self.desk.store.is_check_due(self.desk.today())
        {
            self.background.check(&files, self.desk.today());
        }
        self.note_log();
        self.refresh_due();
        Ok(())
    }

    /// Asks what the terminal is drawn on, if that says how the cockpit looks. Nobody waits for the answer: until it
    /// comes the tones are those for either ground.
    fn ask_for_ground(&self) -> io::Result<()> {
        // The console of Linux has no such answer, and older ones print the question.
        if self.app.theme.asks_for_ground() && std::env::var_os("TERM").is_none_or(|term| term != "linux") {
            terminal::ask(ASK_FOR_GROUND)?;
        }
        Ok(())
    }

    /// Does what the loop was woken for; true if the picture may have changed.
    fn woken(&mut self, wake: Wake, taken: &mut Taken) -> io::Result<bool> {
        Ok(match wake {
            Wake::Events(arrival) => {
                let mut perform = |cockpit: &mut Self, effect| cockpit.perform_on(effect, taken);
                self.take_arrival(arrival, &mut perform)?;
                self.unsaved = true;
                self.look_at_configuration(false);
                true
            }
            Wake::Resized => self.resized(taken)?,
            Wake::Stop => {
                self.stop(taken)?;
                true
            }
            Wake::Continued => {
                // Whoever had the terminal while we were stopped may have left it in any state.
                taken.take_again()?;
                self.ask_for_ground()?;
                self.resized(taken)?;
                self.reload(Tables::ALL);
                true
            }
            Wake::Touched(touched) => self.touched(touched),
            Wake::Background => {
                for said in self.background.said() {
                    self.heard(said);
                }
                self.hear_jobs();
                true
            }
            Wake::TimeUp => self.time_passes(),
            Wake::Clock => self.pending_writes.is_empty() && self.minute_begins(),
            Wake::Signal(signal) => {
                provoked::panic_if_asked(signal);
                self.end = Some(End::Signal(signal));
                false
            }
            Wake::HungUp => {
                self.end = Some(End::Signal(signal_hook::consts::SIGHUP));
                false
            }
        })
    }

    /// Until the clock of the header changes; where nothing tells of other programs' writes, a second.
    fn timeout(&self, hears_the_clock: bool) -> Option<Duration> {
        [self.log.wait(), self.next_look(hears_the_clock)].into_iter().flatten().min()
    }

    fn next_look(&self, hears_the_clock: bool) -> Option<Duration> {
        // The most urgent comes first. There is one pause for all of them, so drafts may be saved a little sooner or
        // later than after their own.
        if self.app.due_page(&self.snapshot).is_some() || self.app.due_ahead(&self.snapshot).is_some() {
            return Some(REST);
        }
        if !self.pending_writes.is_empty() {
            return Some(pending_writes::RETRY_PAUSE);
        }
        if let Some(wait) = self.looks.checked_sub(1).and_then(|index| LOOKS.get(index as usize)) {
            return Some(*wait);
        }
        if self.unsaved {
            Some(DRAFTS)
        } else if !IS_WATCHING {
            Some(Duration::from_secs(1))
        } else if hears_the_clock {
            None
        } else {
            Some(Duration::from_secs(u64::from(60 - self.desk.now().second().min(59))))
        }
    }

    fn perform_on(&mut self, effect: Effect, taken: &mut Taken) -> io::Result<()> {
        match effect {
            Effect::Screen(Screen::Suspend) => self.stop(taken)?,
            Effect::Screen(Screen::EditText(text)) => {
                let lent = taken.lend(|waiter| {
                    let edited = hand_off::edit(&text, waiter);
                    edited.map_or_else(|error| Message::Failed(error, None), Message::Edited)
                });
                self.app.receive(lent.0);
                lent.1?;
                self.take_left_over(taken)?;
                self.resized(taken)?;
            }
            Effect::Screen(Screen::EditRows(keys, text)) => self.edit_rows(&keys, text, taken)?,
            Effect::Screen(Screen::Mouse(is_ours)) => terminal::mouse(is_ours)?,
            Effect::Screen(Screen::Redraw) => taken.forget()?,
            effect => self.perform(effect),
        }
        Ok(())
    }

    /// What was typed while another program had the terminal may have been meant for that one, and what the terminal
    /// answers may have been asked by it: no key of it acts here.
    fn take_left_over(&mut self, taken: &mut Taken) -> io::Result<()> {
        let text = typing::text_of(&taken.waiter.left_over()?);
        if !text.is_empty() {
            for effect in self.app.paste(&text, &self.snapshot) {
                self.perform(effect);
            }
            self.app.say("pasted here: what was typed while the editor had the screen");
        }
        Ok(())
    }

    /// Gives the terminal back and stops; goes on when somebody continues it.
    fn stop(&mut self, taken: &mut Taken) -> io::Result<()> {
        // A program that is stopped may never be continued.
        self.remember();
        taken.lend(Waiter::stop).1?;
        self.resized(taken)?;
        self.reload(Tables::ALL);
        Ok(())
    }

    /// Does what could be left until the key was seen on the screen; true if there was something.
    pub fn finish_deferred(&mut self) -> bool {
        let was_left = self.app.finish_deferred(&self.snapshot);
        self.read_what_is_asked();
        was_left
    }

    /// A filter may ask for requests that are not in the queue.
    pub fn read_what_is_asked(&mut self) {
        if self.app.range() != self.snapshot.range {
            self.reload(Tables::default());
        }
    }
}

/// Gives the terminal back whatever happens.
pub fn guarded(waiter: Waiter, run: impl FnOnce(Taken) -> io::Result<End>) -> io::Result<End> {
    let end = terminal::take(waiter).and_then(run);
    terminal::give_back();
    end
}
