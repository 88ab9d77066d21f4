//! Several files as one calendar.

use std::collections::HashMap;

use super::CalendarImport;

impl CalendarImport {
    /// Takes the events of a further file in, behind those that are there.
    pub fn join(&mut self, mut part: Self) {
        // A message among the files of a calendar takes nothing from what they say together.
        let is_whole = |import: &Self| import.is_whole || import.is_of_messages();
        self.is_whole = is_whole(self) && is_whole(&part) && (self.is_whole || part.is_whole);
        self.leave_to(&part);
        part.leave_to(self);
        self.events.extend(part.events);
        // A line alone would now name no file.
        self.lines.clear();
        self.name.clear();
        self.problems.extend(part.problems);
        self.left_out.extend(part.left_out);
        self.of_series.extend(part.of_series);
        self.invitees.join(part.invitees);
        self.told_by_message.extend(part.told_by_message);
        self.own_export.extend(part.own_export);
    }

    /// True where the calendar has an event: a message only tells of it, and what we wrote out is a copy.
    pub fn has(&self, uid: &str) -> bool {
        !self.told_by_message.contains(uid) && !self.own_export.contains(uid)
    }

    /// True where only messages tell of its events.
    fn is_of_messages(&self) -> bool {
        self.events.iter().all(|event| self.told_by_message.contains(&event.uid))
    }

    /// Gives up what a message tells of, where another file has the event: what that calendar says counts, unless the
    /// message is newer.
    fn leave_to(&mut self, other: &Self) {
        if self.told_by_message.is_empty() {
            return;
        }
        let theirs: HashMap<&String, i64> = other
            .events
            .iter()
            .filter(|event| !other.told_by_message.contains(&event.uid))
            .map(|event| (&event.uid, event.spec.sequence))
            .collect();
        let messages = &mut self.told_by_message;
        self.events.retain(|event| {
            let known = theirs.get(&event.uid).filter(|_| messages.contains(&event.uid));
            known.is_none_or(|known| event.spec.sequence > *known)
        });
        messages.retain(|uid| !theirs.contains_key(uid));
    }
}
