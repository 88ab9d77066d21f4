//! What happens without a key: time passes, other programs write, the cockpit is left.

use chrono::Timelike;

use super::{Cockpit, LOOKS, Message};
use crate::domain::ids::OperationId;
use crate::store::{Store, StoreError, Tables};
use crate::tui::app::drafts;
use crate::tui::run_loop::pending_writes;
use crate::tui::terminal::wait::Touched;

impl Cockpit {
    /// Somebody wrote, exchanged or removed a file that is watched; true if the picture may have changed.
    pub(super) fn touched(&mut self, touched: Touched) -> bool {
        let is_told = touched.configuration && self.look_at_configuration(true);
        if !touched.store {
            return is_told;
        }
        // The watch tells of the first bytes, and the write can be read only when its transaction ends.
        self.looks = u32::try_from(LOOKS.len()).unwrap_or(0);
        self.look_outside() || is_told
    }

    /// Another program may have written: then everything is read again, and selections stay.
    pub(super) fn look_outside(&mut self) -> bool {
        if !self.is_ours() {
            return true;
        }
        match self.desk.store.outside_version() {
            Ok(version) if version != self.outside => {
                self.outside = version;
                self.note_log();
                // A number that no operation has: what cannot be read counts as news.
                let newest = self.desk.store.newest_operation().unwrap_or(OperationId(-1));
                self.app.drafts.follow(&self.desk);
                // Something was only remembered or tidied up: nothing that is drawn.
                if newest == std::mem::replace(&mut self.newest, newest) {
                    return false;
                }
                self.reload(Tables::ALL);
                self.look_back();
                self.refresh_overlays();
                true
            }
            // Whoever writes is heard again.
            Ok(_) | Err(StoreError::Busy | StoreError::Replaced { .. }) => false,
            Err(error) => {
                self.tell_failure(error);
                true
            }
        }
    }

    /// Says what could not be read; whether it is damage is looked at a second time.
    pub(super) fn tell_failure(&mut self, error: StoreError) {
        let error = Store::look_again_beside(error, self.desk.store.files().as_ref());
        self.app.receive(Message::Failed(error.to_string(), error.hint()));
    }

    /// Remembers what is typed and not yet written, and where the cockpit stands, and forgets what was saved since.
    pub fn remember(&mut self) {
        self.app.stash();
        if self.app.drafts.is_unsaved() {
            // Another program may be writing: then it is tried again.
            self.unsaved |= !drafts::save(&self.desk, &mut self.app.drafts);
        }
        self.remember_place();
    }

    /// Remembers what is needed to come back quickly, and tidies up the store if it was written.
    pub fn leave(&mut self) {
        self.app.finish_deferred(&self.snapshot);
        // Nothing is drawn any more, so what was typed can wait for another program, or for the check beside.
        let _ = self.desk.store.set_patience(pending_writes::GIVE_UP_TIMEOUT);
        if !self.pending_writes.is_empty() {
            self.try_held();
        }
        self.remember();
        // Another program may have written since the last look: then what is drawn is not what is there.
        self.look_outside();
        self.remember_place();
        self.leave_log();
    }

    pub(super) fn time_passes(&mut self) -> bool {
        if self.read_page() || self.read_ahead() {
            return true;
        }
        if self.take_in_log() || !self.pending_writes.is_empty() {
            return false;
        }
        if std::mem::take(&mut self.unsaved) {
            self.remember();
            return false;
        }
        if self.looks > 0 {
            self.looks -= 1;
            return self.look_outside();
        }
        self.minute_begins()
    }

    /// What follows from the clock alone; true if the picture may have changed.
    pub(super) fn minute_begins(&mut self) -> bool {
        let before = self.snapshot.now;
        if before.date_naive() != self.desk.today() {
            let _ = self.desk.keep_days();
        }
        // Nothing was written, so only what follows from day and hour is read.
        self.reload(Tables::default());
        self.look_at_clock(before);
        self.look_at_configuration(true);
        let is_outside = self.look_outside();
        self.remind();
        if !self.snapshot.freshness.all.is_empty() {
            // They have grown older, and another program may have fetched one.
            self.read_sources();
            self.refresh_due();
        }
        if before.date_naive() != self.snapshot.now.date_naive() {
            self.look_back();
        }
        let is_new_minute = (before.date_naive(), before.hour(), before.minute())
            != (self.snapshot.now.date_naive(), self.snapshot.now.hour(), self.snapshot.now.minute());
        is_outside || is_new_minute
    }
}
