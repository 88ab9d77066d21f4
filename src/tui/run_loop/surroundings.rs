//! What changes around an open cockpit and is told: a clock that was moved back, a configuration that was edited.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset};

use super::Cockpit;
use super::kept_views::ViewChanges;
use crate::config::{self, AskNames, write};
use crate::ops::CLOCKS_DIFFER;
use crate::ops::import::names_in;
use crate::store::Tables;
use crate::tui::app::effect::{FileRequest, Job};
use crate::tui::app::keymap::Keymap;
use crate::tui::app::{Message, Toast};

/// The user's configuration as it was read.
#[derive(Debug, Default)]
pub struct Configuration {
    file: Option<PathBuf>,
    written: Option<(SystemTime, u64)>,
    /// What was done to saved views there.
    pub(super) view_changes: ViewChanges,
}

impl Configuration {
    /// The file that was read just now.
    pub fn at(file: Option<PathBuf>) -> Self {
        let mut read = Self { file, ..Self::default() };
        read.written = read.found();
        read
    }

    /// Where it is written, if anywhere.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// True if nobody has written it since it was read.
    pub fn is_as_read(&self) -> bool {
        self.written == self.found()
    }

    /// What is written now has been taken over.
    pub fn has_read(&mut self) {
        self.written = self.found();
    }

    fn found(&self) -> Option<(SystemTime, u64)> {
        let found = std::fs::metadata(self.file.as_ref()?).ok()?;
        // The length too: two edits within the grain of the clock of a file system bear the same time.
        Some((found.modified().ok()?, found.len()))
    }
}

impl Cockpit {
    /// Says once what is wrong with a configuration that was edited; what was read at the start goes on to hold. True if
    /// something was said. Whatever was just said is read first; where nobody types, it was, unless it is a fault.
    pub(super) fn look_at_configuration(&mut self, is_idle: bool) -> bool {
        let found = self.configuration.found();
        let is_read = self.app.toast.as_ref().is_none_or(|toast| is_idle && !toast.is_alarm);
        if found == self.configuration.written || !is_read {
            return false;
        }
        let is_gone = found.is_none();
        self.configuration.written = found;
        let Some(file) = &self.configuration.file else { return false };
        let loaded = config::load(file);
        let (_, of_keys) = Keymap::new(&loaded.config);
        let faults: Vec<_> = loaded.faults.iter().chain(&of_keys).collect();
        let (text, is_alarm) = match faults.first() {
            None if is_gone => (
                "the configuration is gone; it holds until you leave, the defaults from then on".to_owned(),
                true,
            ),
            None => ("the configuration was edited; it holds from the next start on".to_owned(), false),
            Some(first) => {
                let more =
                    if faults.len() > 1 { format!(" and {} more", faults.len() - 1) } else { String::new() };
                (
                    format!(
                        "the configuration has a fault now: {first}{more}; what was read at the start holds"
                    ),
                    true,
                )
            }
        };
        self.app.toast = Some(Toast { text, is_alarm });
        true
    }

    /// Writes which names are the lead's own into the configuration, lets them hold at once, and reads the file again that
    /// asked for them.
    pub(super) fn keep_own_names(&mut self, text: &str, request: FileRequest) {
        let names = names_in(text);
        let is_as_read = self.configuration.is_as_read();
        let kept = match &self.configuration.file {
            Some(file) => write::set_own_names(file, &names).map(|()| format!("kept in {}", file.display())),
            None => Ok("kept until this cockpit is left".to_owned()),
        };
        // An edit of somebody else's is still to be told.
        if is_as_read {
            self.configuration.has_read();
        }
        // An empty answer is one as well: the lead is none of them, and is not asked again.
        if names.is_empty() {
            self.desk.config.ask_names = AskNames::Never;
        }
        self.desk.config.own_names = names;
        self.reload(Tables::default());
        if !self.desk.config.own_names.is_empty() {
            self.start(match request.brought_by.clone() {
                Some(source) => Job::ShowOffer(source, None),
                None => Job::ReadFile(Box::new(request)),
            });
        }
        match kept {
            // As what was written: what was typed is no draft any more.
            Ok(told) => {
                self.app.receive(Message::Said(told));
            }
            Err(why) => {
                self.app.receive(Message::Failed(why, None));
            }
        }
    }

    /// Says that the clock was moved back. What is written keeps its order, and days that were kept stay.
    pub(super) fn look_at_clock(&mut self, before: DateTime<FixedOffset>) {
        let now = self.desk.now();
        if now + CLOCKS_DIFFER < before {
            let (then, now) = (before.format("%a %H:%M"), now.format("%a %H:%M"));
            let text = format!(
                "the clock was moved back from {then} to {now}; nothing is lost, the history keeps its order"
            );
            self.app.receive(Message::Failed(text, None));
        }
    }
}
