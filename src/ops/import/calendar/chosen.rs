//! Calendars without what somebody left out of them: by the line of the file, by the key of the meeting, or by what the
//! calendar itself calls the event.

use super::CalendarSource;
use crate::domain::ids::MeetingId;
use crate::ops::import::lines::LineChoice;
use crate::ops::{Desk, OpsError};

impl Desk {
    /// Some calendars as far as they were chosen.
    ///
    /// # Errors
    /// When a key is nobody's, or lines of several files are meant.
    pub fn chosen_calendars(
        &self,
        mut sources: Vec<CalendarSource>,
        lines: &LineChoice,
    ) -> Result<Vec<CalendarSource>, OpsError> {
        // Of the files of a folder that were put together to one calendar no event has a line any more.
        let has_lines = |(_, read): &CalendarSource| read.as_ref().map_or(true, |it| !it.lines.is_empty());
        if !lines.without.is_empty() && (sources.len() != 1 || !sources.iter().all(has_lines)) {
            return Err(OpsError::rejected(
                "lines are those of one file, and there are several",
                "Leave meetings out by their keys, as M-12, or by the ids that --json tells.",
            ));
        }
        let mut named = Vec::new();
        for name in &lines.without_events {
            let uid = match name.parse::<MeetingId>() {
                Ok(id) => self.store.meeting(id)?.event.uid,
                Err(_) => name.clone(),
            };
            named.push(uid);
        }
        for calendar in sources.iter_mut().filter_map(|(_, read)| read.as_mut().ok()) {
            let on_lines = calendar.events.iter().zip(&calendar.lines);
            let on_lines = on_lines.filter(|(_, line)| lines.without.holds(**line));
            let out: Vec<String> =
                on_lines.map(|(event, _)| event.uid.clone()).chain(named.iter().cloned()).collect();
            if !out.is_empty() {
                calendar.leave_out(out);
            }
        }
        Ok(sources)
    }
}

#[cfg(test)]
mod tests;
