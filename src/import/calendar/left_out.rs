//! Events that are not taken although they can be read, as somebody asked.

use std::collections::HashSet;

use super::CalendarImport;

impl CalendarImport {
    /// Leaves events out by their ids. They are not gone from their calendar.
    pub fn leave_out(&mut self, uids: impl IntoIterator<Item = String>) {
        let uids: HashSet<String> = uids.into_iter().collect();
        let events = std::mem::take(&mut self.events);
        // Of files that were put together no event has a line, and a zip with fewer lines would drop events.
        let lines = std::mem::take(&mut self.lines).into_iter().chain(std::iter::repeat(0));
        let kept = events.into_iter().zip(lines).filter(|(event, _)| !uids.contains(&event.uid));
        (self.events, self.lines) = kept.unzip();
        self.left_out.extend(uids);
    }

    /// The line on which an event begins; 0 where that is not known.
    pub fn line_of(&self, place: usize) -> usize {
        self.lines.get(place).copied().unwrap_or(0)
    }
}
