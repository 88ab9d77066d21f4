//! The log of the store is never old: two seconds after the last write it is taken into the file, beside the screen.
//! What lies in the log alone is what a damaged or deleted log would lose.

use std::time::{Duration, Instant};

use super::Cockpit;
use crate::tui::app::Message;
use crate::tui::run_loop::background::{Background, Said};

/// How long after the last write.
const QUIET: Duration = Duration::from_secs(2);
/// The longest pause between two tries, while others keep it.
const LONGEST: Duration = Duration::from_mins(1);
/// How long leaving waits; the next start does what is left.
const LEAVING: Duration = Duration::from_millis(30);

/// When the log is to be taken in.
#[derive(Debug)]
pub(super) struct Due {
    at: Option<Instant>,
    /// How many rows were written when it was looked at last.
    writes: u64,
    pause: Duration,
}

impl Default for Due {
    fn default() -> Self {
        Self { at: None, writes: 0, pause: QUIET }
    }
}

impl Due {
    /// How long until then.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.at.map(|at| at.saturating_duration_since(Instant::now()))
    }
}

impl Cockpit {
    /// After keys: what was written here is taken in when it has been quiet for a while.
    pub(super) fn note_writes(&mut self) {
        let writes = self.desk.store.writes();
        // Counted by rows and not asked of the disk, since this runs before each wait.
        if writes != std::mem::replace(&mut self.log.writes, writes) {
            self.note_log();
        }
    }

    /// So is what others wrote, and what an earlier end left.
    pub(super) fn note_log(&mut self) {
        if self.desk.store.has_log() {
            self.log.pause = QUIET;
            self.log.at = Some(Instant::now() + QUIET);
        }
    }

    /// Starts it, if it is time; true if it was.
    pub(super) fn take_in_log(&mut self) -> bool {
        if self.log.at.is_none_or(|at| at > Instant::now()) {
            return false;
        }
        self.log.at = None;
        if let Some(files) = self.desk.store.files() {
            self.background.take_in(&files);
        }
        true
    }

    /// What comes from beside the screen.
    pub(super) fn heard(&mut self, said: Said) {
        match said {
            Said::Text(text) => {
                self.app.receive(Message::Failed(text, None));
            }
            Said::TakenIn => {}
            Said::Exchanged => {
                self.is_ours();
            }
            Said::NotTakenIn => {
                // Somebody who reads for long keeps the log for as long: asking every two seconds would only
                // wake the machine.
                self.log.pause = (self.log.pause * 2).min(LONGEST);
                self.log.at = Some(Instant::now() + self.log.pause);
            }
        }
    }

    /// Before leaving: what is not taken in soon is left to the next start, for closing would take all the time it
    /// needs, also while the day's check or a copy is under way.
    pub(super) fn leave_log(&self) {
        let Some(files) = self.desk.store.files().filter(|files| files.check().is_ok()) else { return };
        if self.desk.store.has_log() && !Background::take_in_within(&files, LEAVING) {
            self.desk.store.leave_log();
        }
    }
}
