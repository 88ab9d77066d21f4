//! How one source stands on this machine, and the sentences for it.

use chrono::TimeDelta;

use super::machine::SleepReason;
use crate::domain::source::{DataSource, OfferedChanges, SourceState, SourceWay};

/// What is said in place of counts where imports were taken back or done again since they were made.
pub const LOOK_AGAIN: &str = "look again";

/// One source with all that a list shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStatus {
    pub source: DataSource,
    pub state: SourceState,
    /// Why it does not run here; nothing if it may.
    pub asleep: Option<SleepReason>,
    /// How old its data is.
    pub age: Option<TimeDelta>,
    /// Why what rests on it is not to be leant on.
    pub stale: Option<String>,
    /// Its time has come, start or not.
    pub is_due: bool,
    /// What is new is taken in without a question. Not if what was taken in last was undone: that would come back.
    pub applies_by_itself: bool,
    /// It is fetched when the cockpit starts, or its time has come.
    pub is_due_at_start: bool,
}

impl SourceStatus {
    /// What there is to take in of it.
    pub fn offered(&self) -> Option<OfferedChanges> {
        self.state.offered(self.source.what)
    }

    /// `Jira: 3 new, 2 changed`, if there is something to take in; `Jira: look again` where only that would tell.
    pub fn offer(&self) -> Option<String> {
        // Once imports were undone or done again, what was counted before is no longer true; only another look can
        // tell.
        if self.state.needs_look() {
            return Some(format!("{}: {LOOK_AGAIN}", self.source.name));
        }
        let offered = self.offered().filter(|offered| offered.is_any(self.source.what))?;
        Some(format!("{}: {}", self.source.name, offered.words()))
    }

    /// Why what rests on it is not to be leant on, if anything does.
    pub fn stale_data(&self) -> Option<&str> {
        // A source that was never read has brought nothing that could be old.
        self.stale.as_deref().filter(|_| self.age.is_some())
    }

    /// `at start, every 30 min`, `by key`
    pub fn when_words(&self) -> String {
        let every = self.source.every.map(|minutes| format!("every {minutes} min"));
        let start = self.source.at_start.then(|| "at start".to_owned());
        let parts: Vec<String> = start.into_iter().chain(every).collect();
        if parts.is_empty() { "by key".to_owned() } else { parts.join(", ") }
    }

    /// What a removal takes away that no undo brings back, if it does.
    pub fn removal_words(&self) -> Option<&'static str> {
        let is_kept = self.source.way == SourceWay::Url;
        is_kept.then_some("an undo brings it back asleep: what this machine knew of its address is gone")
    }

    /// True if a word of the user's is all that it waits for; otherwise what it reads has to be given anew.
    pub const fn can_be_confirmed(&self) -> bool {
        matches!(self.asleep, Some(SleepReason::Unconfirmed | SleepReason::Elsewhere(_)))
    }

    /// Why it does not run here and what to do, in two sentences.
    pub fn asleep_words(&self) -> Option<(String, String)> {
        self.asleep.as_ref().map(|why| asleep_words(&self.source, why))
    }
}

/// Why a source does not run here, and what to do about it.
pub fn asleep_words(source: &DataSource, why: &SleepReason) -> (String, String) {
    let (name, place) = (&source.name, source.shown_place());
    match why {
        SleepReason::NoAddress => (
            format!("{name} is asleep: its address is not kept on this machine"),
            // By standard input: everybody on the machine can read the arguments of a running command.
            format!(
                "`tablesetter source edit '{name}' --url-stdin` takes it, and so does its form in the cockpit."
            ),
        ),
        SleepReason::Masked => (
            format!("{name} is asleep: its command came from an export, which leaves addresses out"),
            format!(
                "`tablesetter source edit '{name}' --{} COMMAND` takes all of it anew.",
                source.way.name()
            ),
        ),
        SleepReason::Elsewhere(store) => (
            format!(
                "{name} is asleep: it was let run for {store}; this store was moved from there, or is a copy"
            ),
            format!("`tablesetter source confirm '{name}'` lets it run here too."),
        ),
        SleepReason::Unconfirmed => {
            let what = match source.way {
                // The place is the name of the variable here, which may be shown; what it holds never is.
                SourceWay::UrlEnv => format!("fetches the address in {place}"),
                SourceWay::Url => format!("fetches {place}"),
                SourceWay::UrlCommand => format!("runs `{place}` for an address and fetches that"),
                _ => format!("runs `{place}`"),
            };
            (
                format!(
                    "{name} is asleep: it {what}, and that was not confirmed on this machine for this store"
                ),
                format!("If you know what that does: `tablesetter source confirm '{name}'`."),
            )
        }
    }
}
