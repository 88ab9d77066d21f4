//! When sources are fetched: as the cockpit starts, when their time has come, and by key. One at a time, beside the keys;
//! what comes of it is only offered, unless the source takes it in by itself. While others look on nothing is fetched:
//! what is new is nothing for a shared screen.

use std::collections::VecDeque;

use super::{Cockpit, Message};
use crate::domain::source::DataSource;
use crate::ops::import::file::FileImport;
use crate::ops::sources::Machine;
use crate::store::Tables;
use crate::tui::app::effect::{Job, SourceRefresh};

/// What is due, under way, and at hand.
#[derive(Default)]
pub struct SourceWatch {
    /// What this machine lets run; nothing in a made-up studio, which fetches nothing by itself.
    pub machine: Option<Machine>,
    waiting: VecDeque<SourceRefresh>,
    /// The job that fetches one.
    current: Option<u64>,
    /// What was fetched last of each source that offers something, so that looking at it fetches nothing again.
    at_hand: Vec<(DataSource, FileImport)>,
    /// Those of the start were fetched.
    has_begun: bool,
}

impl Cockpit {
    /// Reads the sources and how they stand on this machine.
    pub fn watch_sources(&mut self, machine: Option<Machine>) {
        self.sources.machine = machine;
        self.read_sources();
    }

    pub(super) fn read_sources(&mut self) {
        // What cannot be read says so where requests are read.
        let _ = self.snapshot.freshness.read(&self.desk, self.sources.machine.as_ref());
    }

    /// Fetches what is due, beside the keys.
    pub fn refresh_due(&mut self) {
        if self.sources.machine.is_none() || self.app.presenting.is_on {
            return;
        }
        let is_start = !std::mem::replace(&mut self.sources.has_begun, true);
        let due = self.snapshot.freshness.all.iter();
        let due = due.filter(|status| if is_start { status.is_due_at_start } else { status.is_due });
        let due: Vec<SourceRefresh> = due
            .map(|status| SourceRefresh {
                source: status.source.clone(),
                applies: status.applies_by_itself,
                is_by_key: false,
            })
            .collect();
        self.line_up(due);
    }

    /// Fetches sources again because a key asked for it.
    pub(super) fn refresh_sources(&mut self, names: &[String]) {
        let asked = self.snapshot.freshness.all.iter().filter(|status| names.contains(&status.source.name));
        let asked: Vec<SourceRefresh> = asked
            .map(|status| SourceRefresh {
                source: status.source.clone(),
                applies: status.applies_by_itself,
                is_by_key: true,
            })
            .collect();
        if self.app.presenting.is_on && !asked.is_empty() {
            self.app.say("nothing is fetched while others look on; it is when you have ended that");
        }
        self.line_up(asked);
    }

    fn line_up(&mut self, refreshes: Vec<SourceRefresh>) {
        for refresh in refreshes {
            let name = &refresh.source.name;
            // One that waits or is under way already is not fetched twice.
            let is_known = self.sources.waiting.iter().any(|waiting| waiting.source.name == *name)
                || self.snapshot.freshness.refreshing.as_ref() == Some(name);
            if !is_known {
                self.sources.waiting.push_back(refresh);
            }
        }
        self.refresh_next();
    }

    fn refresh_next(&mut self) {
        // Into files that were exchanged meanwhile nothing is taken. What is lined up waits until nobody looks on.
        if self.sources.current.is_some() || self.app.presenting.is_on || !self.is_ours() {
            return;
        }
        let Some(refresh) = self.sources.waiting.pop_front() else { return };
        self.snapshot.freshness.refreshing = Some(refresh.source.name.clone());
        // Noted before it begins: where jobs are done at once, it has ended when `start` comes back.
        self.sources.current = Some(self.jobs.newest + 1);
        self.start(Job::Refresh(Box::new(refresh)));
    }

    /// True of the job that fetches a source now.
    pub(super) fn is_of_source(&self, id: u64) -> bool {
        self.sources.current == Some(id)
    }

    /// A job has ended, whatever came of it: the next one may begin if it was that of a source.
    pub(super) fn refresh_ended(&mut self, id: u64) {
        if self.sources.current == Some(id) {
            self.sources.current = None;
            self.snapshot.freshness.refreshing = None;
            self.refresh_next();
        }
    }

    /// A job as it can be done now: with what was fetched already; nothing while the same source is being fetched.
    pub(super) fn ready(&mut self, job: Job) -> Option<Job> {
        let Job::ShowOffer(source, None) = job else { return Some(job) };
        if self.snapshot.freshness.refreshing.as_ref() == Some(&source.name) {
            self.app.say(&format!("{} is being fetched", source.name));
            return None;
        }
        // Only for the source as it is set up now: another place or preset would bring something else.
        let known = self.sources.at_hand.iter().find(|(known, _)| *known == *source);
        let import = known.map(|(_, import)| Box::new(import.clone()));
        Some(Job::ShowOffer(source, import))
    }

    /// Takes over what a job says of a source.
    pub(super) fn hear_of_source(&mut self, message: &Message) {
        match message {
            Message::Refreshed(refreshed) => {
                let source = &refreshed.refresh.source;
                let is_taken = refreshed.outcome.as_ref().is_ok_and(|brought| brought.label.is_some());
                if is_taken {
                    self.reload(Tables::ALL);
                    self.note_log();
                } else {
                    self.read_sources();
                }
                if let Ok(brought) = &refreshed.outcome {
                    self.keep_at_hand(source, &brought.import);
                }
                let id = self.sources.current;
                // Where jobs are done at once nobody else says that it has ended.
                if !self.jobs.access.is_apart
                    && let Some(id) = id
                {
                    self.refresh_ended(id);
                }
            }
            Message::Found(found) => {
                if let Some(source) = &found.request.brought_by {
                    self.read_sources();
                    self.keep_at_hand(source, &found.import);
                }
            }
            Message::TakenIn(_) => self.sources.at_hand.clear(),
            // A source that could not be fetched says so in its row.
            Message::Failed(..) => self.read_sources(),
            _ => {}
        }
    }

    fn keep_at_hand(&mut self, source: &DataSource, import: &FileImport) {
        self.sources.at_hand.retain(|(known, _)| known.id != source.id);
        let status = self.snapshot.freshness.all.iter().find(|status| status.source.id == source.id);
        if status.is_some_and(|status| status.offer().is_some()) {
            self.sources.at_hand.push((source.clone(), import.clone()));
        }
    }

    /// Lets a source run on this machine.
    pub(super) fn confirm_source(&mut self, name: &str) {
        let Some(machine) = &self.sources.machine else {
            self.app.say("nothing is let run here: a made-up studio fetches nothing");
            return;
        };
        match self.desk.confirm_source(machine, name) {
            Ok(_) => self.app.say(&format!("{name} may run on this machine from now on")),
            Err(error) => {
                self.app.receive(Message::Failed(error.to_string(), error.hint()));
            }
        }
        self.read_sources();
    }
}
