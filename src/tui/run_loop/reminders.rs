//! What the lead is reminded of while the cockpit is open: told outside it once, by
//! whichever cockpit of the store comes first, besides the header that says it anyway.

use super::Cockpit;
use crate::tui::terminal::notify::NoticeWay;

impl Cockpit {
    /// Tells what has become due. Where others look on, no meeting is named; in quiet hours nothing is told, and what
    /// became due in them is not told afterwards.
    pub(super) fn remind(&mut self) {
        // One that tells nothing must not keep another cockpit from telling it.
        if self.notice_way == NoticeWay::None {
            return;
        }
        let now = self.snapshot.now;
        let rules = &self.desk.config.reminders;
        let due = rules.due(&self.snapshot.around, &self.snapshot.owed, now);
        let is_quiet = rules.is_quiet(now.time());
        for reminder in due {
            // Noted though nothing is said: what was due in quiet hours is not news when they end. Beside the store
            // last, since that is a file which is not looked into every minute.
            let is_new = !self.reminded.contains(&reminder.key) && self.desk.store.tells_first(&reminder.key);
            self.reminded.insert(reminder.key);
            if !is_new || is_quiet {
                continue;
            }
            let text = if self.app.presenting.is_on { &reminder.covered } else { &reminder.text };
            if let Err(error) = self.notice_way.give(text) {
                // Told once: every minute would be a reminder of its own.
                self.app.say(&format!("{text}  ·  told only here: {error}"));
                self.notice_way = NoticeWay::None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::DateTime;

    use super::*;
    use crate::config;
    use crate::ops::Desk;
    use crate::ops::clock::Clock;
    use crate::store::{Origin, Store};
    use crate::tui::app::App;
    use crate::tui::app::keymap::Keymap;
    use crate::tui::rehearsal::Rehearsal;
    use crate::tui::view::theme::{Depth, Theme};

    /// A cockpit on the demo, shortly before its standup, whose program for reminders is not there: what it would have
    /// told is said above the keys.
    fn open(path: &Path, settings: &str) -> Rehearsal {
        let clock = Clock::fixed(DateTime::parse_from_rfc3339("2026-11-23T09:12:00+00:00").unwrap());
        let config = config::parse(&format!("[remind]\nteam = 30\n{settings}")).config;
        let (keymap, _) = Keymap::new(&config);
        let mut desk = Desk::new(Store::open(path).unwrap().0, config, clock, Origin::Cockpit);
        if desk.store.open_requests().unwrap().is_empty() {
            desk.fill_demo().unwrap();
        }
        let app = App::new(keymap, Theme::new(Depth::Many, false), desk.today());
        let mut rehearsal = Rehearsal::on(desk, app, (120, 36)).unwrap();
        rehearsal.0.notice_way = NoticeWay::Program(vec!["/nothing/is/here".to_owned()]);
        rehearsal
    }

    fn told(rehearsal: &mut Rehearsal) -> String {
        rehearsal.0.app.toast = None;
        rehearsal.0.remind();
        rehearsal.0.app.toast.clone().map_or_else(String::new, |toast| toast.text)
    }

    #[test]
    fn a_reminder_is_told_once_by_whichever_cockpit_comes_first_and_not_again_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let (mut one, mut other) = (open(&path, ""), open(&path, ""));
        other.0.notice_way = NoticeWay::None;
        assert_eq!(told(&mut other), "", "it tells nothing");
        assert!(told(&mut one).contains("standup in"), "{}", told(&mut one));
        other.0.notice_way = NoticeWay::Program(vec!["/nothing/is/here".to_owned()]);
        assert_eq!(told(&mut other), "");
        drop((one, other));
        assert_eq!(told(&mut open(&path, "")), "");
    }

    #[test]
    fn it_is_told_whichever_days_the_meetings_show() {
        let folder = tempfile::tempdir().unwrap();
        let mut cockpit = open(&folder.path().join("s.db"), "");
        cockpit.keys("4 ] ] ]");
        assert!(told(&mut cockpit).contains("standup in"));
    }

    #[test]
    fn what_was_due_in_quiet_hours_is_not_told_after_a_restart_either() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        assert_eq!(told(&mut open(&path, "quiet = \"08:00-10:00\"")), "");
        assert_eq!(told(&mut open(&path, "")), "");
    }
}
