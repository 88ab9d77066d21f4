//! Writes that another program keeps waiting: tried again between the keys for a second, then refused and said.
//! No key waits for them; what was typed into a form waits with them.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::tui::app::effect::Write;
use crate::tui::overlays::Overlay;

/// How long one try may wait for the store: hardly longer than a key may.
pub const TRY_TIMEOUT: Duration = Duration::from_millis(10);
/// How long until the next try.
pub const RETRY_PAUSE: Duration = Duration::from_millis(50);
/// When a write is refused.
pub const GIVE_UP_TIMEOUT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub struct PendingWrite {
    /// What is to be done.
    pub write: Write,
    /// The form that it came from: it comes back if the write is refused.
    pub form: Option<Overlay>,
    since: Instant,
}

impl PendingWrite {
    /// True if it has waited long enough.
    pub fn is_overdue(&self) -> bool {
        self.since.elapsed() >= GIVE_UP_TIMEOUT
    }
}

/// Writes in the order of their keys.
#[derive(Debug, Default)]
pub struct PendingWrites(VecDeque<PendingWrite>);

impl PendingWrites {
    /// True if nothing waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lets a write wait behind the others.
    pub fn push(&mut self, write: Write, form: Option<Overlay>) {
        self.0.push_back(PendingWrite { write, form, since: Instant::now() });
    }

    /// The one whose turn it is.
    pub fn first(&self) -> Option<&PendingWrite> {
        self.0.front()
    }

    /// Takes that one out.
    pub fn pop(&mut self) -> Option<PendingWrite> {
        self.0.pop_front()
    }
}
