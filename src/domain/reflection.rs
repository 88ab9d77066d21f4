//! The reflection instrument: seven items within sixty seconds, and what follows from them.

use chrono::{DateTime, Utc};

pub mod calm;
pub mod trend;

use super::meeting::{MeetingKind, OccurrenceKey};
use super::minutes::Minutes;
use super::named::named_enum;

named_enum! {
    /// What I said first.
    pub enum FirstWord {
        Outcome = "outcome", "outcome",
        Risk = "risk", "risk",
        Ask = "ask", "ask",
        Status = "status", "status",
        Process = "process", "process",
    }
}

named_enum! {
    /// What I did to a decision.
    pub enum Touched {
        None = "none", "none",
        Informed = "informed", "informed",
        Framed = "framed", "framed",
        Changed = "changed", "changed",
        Stopped = "stopped", "stopped",
    }
}

/// How I was in the room, each 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// 1 tense … 5 calm.
    pub calm: u8,
    /// 1 withdrawn … 5 engaged.
    pub engaged: u8,
}

/// One reflection. Everything but the stance may be left out; a blank is stored as blank, not as a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// Of which meeting it is.
    pub meeting: OccurrenceKey,
    /// 1 reported status … 5 changed what was decided.
    pub stance: u8,
    /// How I was in the room; both answers or none.
    pub presence: Option<Presence>,
    /// What I said first.
    pub first: Option<FirstWord>,
    /// "What if we", "could we".
    pub expansion: Option<u32>,
    /// "How many", "check again".
    pub contraction: Option<u32>,
    /// What I did to a decision; `None` is unsaid, [`Touched::None`] is none.
    pub touched: Option<Touched>,
    /// One moment, with a name or a sentence that was said; empty where none was noted.
    pub moment: String,
    /// If … then … for the next time.
    pub if_then: String,
    /// Which predicted questions came up.
    pub came_up: Vec<String>,
    /// The if-then that was noted for this meeting was done.
    pub kept: Option<bool>,
    /// How far the team was over when the meeting began; `None` where nobody knows.
    pub forced_over: Option<Minutes>,
    /// When it was written.
    pub written: DateTime<Utc>,
}

/// One reflection with what the figures need of its meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReflectionEntry {
    /// When the meeting began.
    pub start: DateTime<Utc>,
    /// What kind of room it was.
    pub kind: MeetingKind,
    /// The row of meetings that it belongs to.
    pub series: String,
    /// Who was in the room.
    pub attendees: Vec<String>,
    /// What was answered to the seven questions.
    pub reflection: Reflection,
}

/// True if the decision was framed, changed or stopped.
pub const fn shaped(reflection: &Reflection) -> bool {
    matches!(reflection.touched, Some(Touched::Framed | Touched::Changed | Touched::Stopped))
}
