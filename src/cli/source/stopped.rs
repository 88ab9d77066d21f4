//! A refresh that is stopped by a key or by the system: what it was about is said, instead of nothing.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// What a refresh is about just now, told to whoever stops it.
pub(super) struct StopNotice {
    doing: Arc<Mutex<String>>,
}

impl StopNotice {
    /// Tells from now on; where the system lets nobody listen, a stop stays without a word.
    pub(super) fn watch(is_json: bool) -> Self {
        let doing = Arc::new(Mutex::new(String::new()));
        if let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) {
            let doing = Arc::clone(&doing);
            std::thread::spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    let said = doing.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    let _ = writeln!(std::io::stderr(), "{}", sentence(&said, is_json));
                    // As whoever waits for it expects; what it runs ends with it, and a write that is not whole is none.
                    let _ = signal_hook::low_level::emulate_default_handler(signal);
                }
            });
        }
        Self { doing }
    }

    /// Notes what is done now with which source.
    pub(super) fn is_about(&self, name: &str, is_taken: bool) {
        // It is written past the place that makes all other output harmless.
        let name = crate::plain::harmless(name);
        let doing = if is_taken {
            format!("while what {name} brought was taken in; `tablesetter history` shows whether it is in")
        } else {
            format!("while {name} was read; what came from it before stands")
        };
        *self.doing.lock().unwrap_or_else(PoisonError::into_inner) = doing;
    }
}

fn sentence(doing: &str, is_json: bool) -> String {
    let message = format!("stopped {doing}").trim_end().to_owned();
    if is_json {
        serde_json::json!({ "error": { "message": message, "hint": null } }).to_string()
    } else {
        message
    }
}
