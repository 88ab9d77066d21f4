//! An import that is stopped by a key or by the system: what became of it is said, instead of nothing.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::cli::CliError;
use crate::cli::out::{Format, Out};
use crate::ops::OpsError;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StopPhase {
    /// Nothing is written by it yet, so it ends at once.
    Reads,
    /// It may be writing: a stop waits until it is known what became of that.
    Writes,
    /// A signal came while it wrote.
    Asked(i32),
    Over,
}

/// Hears the signals that end an import, and says what they leave.
pub(super) struct ImportStop {
    progress: Arc<Mutex<StopPhase>>,
    is_json: bool,
}

impl ImportStop {
    /// Hears them from now on; where the system lets nobody listen, a stop stays without a word.
    pub(super) fn watch(out: &Out) -> Self {
        let is_json = out.format == Format::Json;
        let progress = Arc::new(Mutex::new(StopPhase::Reads));
        if let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) {
            let progress = Arc::clone(&progress);
            std::thread::spawn(move || {
                for signal in signals.forever() {
                    // Kept while it is said: no write begins meanwhile.
                    let mut now = locked(&progress);
                    match *now {
                        StopPhase::Reads => {
                            say(is_json);
                            std::process::exit(code(signal).into());
                        }
                        StopPhase::Writes => *now = StopPhase::Asked(signal),
                        // Whoever asks twice does not want to wait; a write that is not whole is none.
                        StopPhase::Asked(_) | StopPhase::Over => {
                            drop(now);
                            let _ = signal_hook::low_level::emulate_default_handler(signal);
                        }
                    }
                }
            });
        }
        Self { progress, is_json }
    }

    /// Does what takes the file in; what only rehearses it is ended at any time.
    pub(super) fn take<T>(
        &self,
        is_rehearsal: bool,
        out: &mut Out,
        take: impl FnOnce() -> Result<T, OpsError>,
    ) -> Result<T, CliError> {
        if !is_rehearsal {
            *locked(&self.progress) = StopPhase::Writes;
        }
        let taken = take();
        // From here on nothing is being written, so a stop ends the program at once.
        let before = std::mem::replace(&mut *locked(&self.progress), StopPhase::Over);
        match (before, &taken) {
            (StopPhase::Asked(signal), Err(_)) => {
                say(self.is_json);
                Err(CliError::Told(code(signal)))
            }
            (StopPhase::Asked(_), Ok(_)) => {
                // What follows says what was done, or would be.
                out.say("The stop came too late.");
                Ok(taken?)
            }
            _ => Ok(taken?),
        }
    }

    /// Whether an import that can be broken off goes on.
    pub(super) fn goes_on(&self) -> ControlFlow<()> {
        match *locked(&self.progress) {
            StopPhase::Asked(_) => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

fn locked(progress: &Mutex<StopPhase>) -> MutexGuard<'_, StopPhase> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As a shell tells it of a program that a signal ended.
fn code(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(1)
}

fn say(is_json: bool) {
    let told = "Stopped: nothing was imported.";
    let told = if is_json {
        serde_json::json!({ "error": { "message": told, "hint": null } }).to_string()
    } else {
        told.to_owned()
    };
    let _ = writeln!(std::io::stderr(), "{told}");
}
