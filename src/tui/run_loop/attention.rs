//! What happened elsewhere, and whether the lead has seen it: while there is nothing unread, every key says that
//! everything was seen; once there is, it stays in the header until its list is opened, whatever happens between.

use super::Cockpit;
use crate::tui::app::session;

impl Cockpit {
    /// The lead is here. After a night in an open cockpit the first key is no reason to forget what it brought.
    pub fn attend(&mut self) {
        // What became late overnight is news of the night, though no program wrote anything.
        if self.desk.is_another_day(self.last_look) && !self.is_unread() {
            self.look_back();
        }
        if !self.is_unread() {
            self.last_look = self.desk.looked(self.newest);
        }
    }

    fn is_unread(&self) -> bool {
        self.snapshot.meanwhile.as_ref().is_some_and(|found| !found.is_read)
    }

    /// Gathers what happened since the last look. What cannot be read says so where it is shown itself.
    pub(super) fn look_back(&mut self) {
        if let Ok(Some(found)) = self.desk.meanwhile(self.last_look) {
            self.snapshot.meanwhile = Some(found);
        }
    }

    /// The list was opened: it is read, also for the next start.
    pub(super) fn has_looked(&mut self) {
        if let Some(found) = &mut self.snapshot.meanwhile {
            found.is_read = true;
        }
        self.last_look = self.desk.looked(self.newest);
        self.remember_place();
    }

    pub(super) fn remember_place(&self) {
        // Beside files that were exchanged lies another store's place.
        if self.gone.is_none() && self.desk.store.check_files().is_ok() {
            let line = session::text(&self.app, self.desk.now().to_utc(), self.last_look);
            self.desk.store.remember_place(&line);
        }
    }
}
