//! By what a calendar is known again.

use std::fmt;

use super::{NamedCalendar, is_folder};
use crate::store::MeetingRow;

/// What stands among the calendars of an event as long as a message is the last that told of it. It ends as the name of
/// a folder does, and no folder is called so.
pub(super) const A_MESSAGE: &str = "//";

/// What stands there as long as a message is the last that told of single days of a series.
pub(super) const A_DAY: &str = "///";

/// True for what is no calendar but stands for a message.
pub fn is_message(name: &str) -> bool {
    name == A_MESSAGE || name == A_DAY
}

/// A calendar by the name of its file, and by what it calls itself: some programs give every file the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CalendarName {
    /// Empty for standard input.
    pub(super) file: String,
    /// Empty where it does not say.
    own: String,
    /// Names under which it is kept since before it was called otherwise.
    pub(super) also: Vec<String>,
}

impl CalendarName {
    pub(super) fn of(path: &str, own: &str) -> Self {
        let name = if path == "-" { None } else { std::path::Path::new(path).file_name() };
        let file = name.map_or(String::new(), |name| name.to_string_lossy().into_owned());
        Self { file, own: own.trim().to_owned(), also: Vec::new() }
    }

    /// True for a name that was kept of the same calendar. One that calls itself nothing may be any of its file.
    pub(super) fn is(&self, known: &str) -> bool {
        let is_own =
            self.own_in(known).is_some_and(|own| own == self.own || own.is_empty() || self.own.is_empty());
        is_own || self.also.iter().any(|name| name == known)
    }

    /// True for a name that was kept of any calendar whose file is called so.
    pub(super) fn is_of_file(&self, known: &str) -> bool {
        self.own_in(known).is_some()
    }

    /// What a calendar calls itself in a name that was kept of one of this file.
    fn own_in<'k>(&self, known: &'k str) -> Option<&'k str> {
        let own = known.strip_prefix(self.file.as_str()).filter(|_| !self.file.is_empty())?;
        own.strip_prefix(" (").and_then(|own| own.strip_suffix(')')).or_else(|| own.is_empty().then_some(""))
    }
}

impl fmt::Display for CalendarName {
    /// Nothing for standard input, whatever calendar it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.file.is_empty() {
            return Ok(());
        }
        f.write_str(&self.file)?;
        if self.own.is_empty() { Ok(()) } else { write!(f, " ({})", self.own) }
    }
}

impl NamedCalendar {
    /// True for a name under which what it has is kept.
    pub(super) fn is(&self, known: &str) -> bool {
        self.source.is(known) || (!self.folder.is_empty() && known == self.folder)
    }

    /// What it is called where it is told of.
    pub(super) fn told(&self) -> String {
        let name = self.source.to_string();
        if name.is_empty() { "calendar".to_owned() } else { name }
    }

    /// Notes that it has an event, under the name that it has now.
    pub(super) fn note_in(&self, row: &mut MeetingRow) {
        let own = self.source.to_string();
        row.sources.retain(|known| *known == own || !self.source.is(known));
        for name in [own, self.folder.clone()] {
            if !name.is_empty() && !row.sources.contains(&name) {
                row.sources.push(name);
            }
        }
    }
}

/// The calendars that have an event: a folder says only where their files lie, and a message has none.
pub(super) fn calendars_of(row: &MeetingRow) -> impl Iterator<Item = &String> {
    row.sources.iter().filter(|name| !is_folder(name))
}
