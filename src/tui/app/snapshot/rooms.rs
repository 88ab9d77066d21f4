//! The meetings of a snapshot: those that the pane shows, and those around today that all else asks for.

use std::collections::HashSet;

use chrono::DateTime;

use super::Snapshot;
use crate::domain::day;
use crate::domain::meeting::{Meeting, OccurrenceKey};
use crate::ops::Desk;
use crate::ops::meetings::MeetingList;
use crate::store::StoreError;

/// How far the cockpit looks for the next meeting, and what it shows of the days before.
const DAYS_AHEAD: i64 = 7;
const DAYS_BACK: i64 = 14;

impl Snapshot {
    pub(super) fn reload_meetings(&mut self, desk: &Desk) -> Result<(), StoreError> {
        self.entries = desk.entries()?;
        self.read_meetings(desk)
    }

    /// Reads the meetings shown and owed; what was reflected on stays.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read_meetings(&mut self, desk: &Desk) -> Result<(), StoreError> {
        let today = self.today();
        let around = (day::plus(today, -DAYS_BACK), day::plus(today, DAYS_AHEAD));
        let MeetingList { shown, mut left_out } =
            // What is owed may be older than what is shown: all since then is read, and what is not owed of those
            // days is left out again below.
            desk.agenda(around.0.min(desk.owed_from()?), around.1)?;
        self.owed = desk.owed_among(&shown)?;
        self.around = shown;
        let first = desk.clock.midnight(around.0);
        let owed: HashSet<&OccurrenceKey> = self.owed.iter().map(|owed| &owed.key).collect();
        let is_owed = |meeting: &Meeting| owed.contains(&meeting.key);
        // By their end too, since a meeting over midnight belongs to both of its days.
        self.around.retain(|meeting| meeting.end > first || meeting.start >= first || is_owed(meeting));
        self.next = None;
        self.settle_next();
        self.meetings = match self.range.meetings_week {
            Some(monday) => {
                let week = desk.agenda(monday, day::plus(monday, 6))?;
                left_out = week.left_out;
                week.shown
            }
            None => self.around.clone(),
        };
        self.meetings_left_out = left_out;
        if self.range.closed.meetings {
            // Only where they are asked for: a row that does not take place is in the way of those that do.
            let (from, to) = self.range.meetings_week.map_or(around, |monday| (monday, day::plus(monday, 6)));
            self.meetings.extend(desk.cancelled_meetings(from, to)?);
            self.meetings.sort_by(|one, other| (one.start, &one.key).cmp(&(other.start, &other.key)));
        }
        let imported = desk.store.memo("calendar-imported")?;
        let imported = imported.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
        self.calendar_age = imported.map(|at| self.now.signed_duration_since(at));
        Ok(())
    }

    /// Those that are not over, in order; what takes whole days is no room to go into.
    pub fn coming(&self) -> impl Iterator<Item = &Meeting> {
        self.around.iter().filter(|meeting| meeting.end > self.now && !meeting.is_all_day)
    }

    /// All that are known here, in order: those around today, those of the days that the pane shows, and those
    /// that wait for a reflection.
    pub fn known_meetings(&self) -> Vec<&Meeting> {
        let mut known: Vec<&Meeting> = self.around.iter().chain(&self.meetings).chain(&self.owed).collect();
        known.sort_by_key(|meeting| (meeting.start, &meeting.key));
        known.dedup_by_key(|meeting| &meeting.key);
        known
    }

    /// Time passes: the next meeting may have begun.
    pub(super) fn settle_next(&mut self) {
        if self.next.as_ref().is_none_or(|next| next.start <= self.now) {
            let next = self.coming().find(|meeting| meeting.start > self.now).cloned();
            self.next = next;
        }
    }
}
