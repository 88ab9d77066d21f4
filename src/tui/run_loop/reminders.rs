//! What the lead is reminded of while the cockpit is open: told outside it once, besides the header that says it anyway.

use super::Cockpit;

impl Cockpit {
    /// Tells what has become due. Where others look on, no meeting is named; in quiet hours nothing is told, and what
    /// became due in them is not told afterwards.
    pub(super) fn remind(&mut self) {
        let now = self.snapshot.now;
        let rules = &self.desk.config.reminders;
        let due = rules.due(&self.snapshot.meetings, &self.snapshot.owed, now);
        let is_quiet = rules.is_quiet(now.time());
        for reminder in due {
            // Kept though nothing is said: what was due in quiet hours is not news when they end.
            if !self.reminded.insert(reminder.key) || is_quiet {
                continue;
            }
            let text = if self.app.presenting.is_on { &reminder.covered } else { &reminder.text };
            if let Err(error) = self.notice_way.give(text) {
                // Told once: every minute would be a reminder of its own.
                self.app.say(&format!("{text}  ·  told only here: {error}"));
                self.notice_way = crate::tui::terminal::notify::NoticeWay::None;
            }
        }
    }
}
