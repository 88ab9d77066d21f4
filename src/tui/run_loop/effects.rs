//! Effects on their way: done at once, or kept waiting while another program writes; then what changed is read again.

use super::super::app::Message;
use super::super::overlays::record::{Kind, Record};
use super::{Cockpit, End};
use crate::store::{Table, Tables};
use crate::tui::app::chosen::RowAfter;
use crate::tui::app::effect::{Effect, Read, Screen, Tried, Write};
use crate::tui::run_loop::kept_text::KeptText;
use crate::tui::run_loop::perform;
use crate::tui::run_loop::perform::performed::Performed;
use crate::tui::view::redact;

impl Cockpit {
    /// Does an effect and everything that follows from it.
    pub fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Screen(screen) => self.turn(screen),
            Effect::Read(_) | Effect::Write(_) | Effect::Previewed(..) | Effect::Job(_)
                if !self.is_ours() =>
            {
                self.refuse();
            }
            Effect::Write(Write::Undo(None)) if self.undo_view() => {}
            Effect::Write(Write::Redo) if self.redo_view() => {}
            Effect::Job(job) => self.start(job),
            Effect::Read(read) => self.read(read),
            Effect::Write(forget @ Write::Forget(..)) => self.forget(forget),
            Effect::Write(write) if self.app.is_more_than_seen(&write) => {
                let tried = perform::tried_on_each(&write, &self.desk);
                self.app.preview(write, tried);
            }
            Effect::Previewed(write, shown) => self.write_as_shown(write, &shown),
            Effect::Write(write) => self.write(write),
        }
    }

    /// Writes what was looked through, unless another program wrote meanwhile what makes something else of it.
    fn write_as_shown(&mut self, write: Write, shown: &Tried) {
        let now = perform::tried_on_each(&write, &self.desk);
        if now == *shown {
            return self.write(write);
        }
        self.app.preview(write, now);
        self.app.say("another program wrote meanwhile: this is what would change now");
    }

    fn read(&mut self, read: Read) {
        let performed = perform::read(read, &self.desk);
        // A way back that ended at what was thrown away meanwhile would end there at every press.
        if performed.is_missing
            && let Some(effects) = self.app.pass_over(&self.snapshot)
        {
            return effects.into_iter().for_each(|effect| self.perform(effect));
        }
        self.apply(performed);
    }

    fn write(&mut self, write: Write) {
        // Behind those that wait already, or a later key would be written before an earlier one.
        if write.can_wait() && !self.pending_writes.is_empty() {
            return self.hold(write);
        }
        let choice = self.app.choice_after(&write, &self.snapshot);
        let performed =
            perform::write(write.clone(), &mut self.desk, self.sources.machine.as_ref(), self.copy);
        if performed.is_busy && write.can_wait() {
            self.hold(write);
            self.app.say("another program is writing; this follows as soon as it is done");
        } else {
            self.take_written(&write, choice, performed);
        }
    }

    /// What follows from a write, done at once or after it waited: where it was refused, nothing but what it says.
    fn take_written(&mut self, write: &Write, choice: RowAfter, performed: Performed) {
        let is_written = performed.messages.iter().any(|message| matches!(message, Message::Committed(_)));
        self.apply(performed);
        if is_written {
            if !matches!(write, Write::Undo(_) | Write::Redo) {
                self.configuration.view_changes.forget_undone();
            }
            self.app.choose_after(choice, &self.snapshot);
            // Only what can be done to other requests too is worth repeating.
            if write.on(&[]).is_some() {
                self.app.last_change = Some(write.clone());
            }
        }
    }

    /// Does what is about the screen and the loop itself.
    fn turn(&mut self, screen: Screen) {
        match screen {
            Screen::Quit => self.end = Some(End::Quit),
            Screen::SaveCopy => self.save_copy(),
            Screen::CopyRows(keys, what) => match self.desk.lines_to_copy(&keys) {
                Ok(text) => self.turn(Screen::Copy(text, what)),
                Err(error) => self.app.say_failure(&error.to_string()),
            },
            Screen::OpenAnew => self.open_anew(),
            Screen::Copy(text, what) => {
                // While others look on, what is copied is covered as well.
                let text = redact::text(&self.app, &self.snapshot, &text);
                let how = (self.copy)(&text);
                self.app.copied = text;
                self.apply(Performed::message(Message::Said(format!(
                    "{what}: {how}  ·  {}",
                    self.snapshot.hints.say("{show-copied} shows it")
                ))));
            }
            Screen::Reload
            | Screen::Looked
            | Screen::RememberPlace
            | Screen::RefreshSources(_)
            | Screen::KeepOwnNames(..)
                if !self.is_ours() =>
            {
                self.refuse();
            }
            Screen::RefreshSources(names) => self.refresh_sources(&names),
            Screen::ConfirmSource(name) => self.confirm_source(&name),
            Screen::KeepOwnNames(text, request) => self.keep_own_names(&text, *request),
            Screen::KeepView(before, view) => self.keep_view(&before, &view),
            Screen::DropView(name) => self.drop_view(&name),
            Screen::ShowCopied => self.show_copied(),
            Screen::Reload => self.reload(Tables::default()),
            Screen::Looked => self.has_looked(),
            Screen::RememberPlace => self.remember_place(),
            // Done where the terminal is at hand (`perform_on`) before it comes here; a rehearsal has none.
            Screen::Mouse(_)
            | Screen::Redraw
            | Screen::Suspend
            | Screen::EditText(_)
            | Screen::EditRows(..) => {}
        }
    }

    /// Where no clipboard takes text, a page to read it from and a file do; the file is the lead's alone.
    fn show_copied(&mut self) {
        let mut lines = match KeptText::Copied.keep(&self.app.copied, &self.desk) {
            Ok(Some(file)) => vec![format!("Saved in {}.", file.display()), String::new()],
            Ok(None) => Vec::new(),
            Err(error) => vec![format!("It cannot be saved beside the store: {error}"), String::new()],
        };
        lines.extend(self.app.copied.lines().map(str::to_owned));
        let page = Record::new(Kind::Notice("What was copied last".to_owned(), lines));
        self.app.receive(Message::Opened(page));
    }

    /// What is typed goes to the store first, so that the words go out of drafts too.
    fn forget(&mut self, forget: Write) {
        self.remember();
        // They may hold the words, and are no files that somebody asked for by name.
        self.app.copied.clear();
        KeptText::Copied.drop_from(&self.desk);
        KeptText::Edited.drop_from(&self.desk);
        let performed = perform::write(forget, &mut self.desk, None, self.copy);
        self.app.drafts.follow(&self.desk);
        self.apply(performed);
        self.refresh_overlays();
    }

    fn hold(&mut self, write: Write) {
        let form = self.app.stash_draft();
        self.pending_writes.push(write, form);
    }

    /// Tries again what waits for another program; true if something came of it.
    pub(super) fn try_held(&mut self) -> bool {
        let mut is_news = false;
        while let Some(first) = self.pending_writes.first() {
            let write = first.write.clone();
            let choice = self.app.choice_after(&write, &self.snapshot);
            let performed =
                perform::write(write.clone(), &mut self.desk, self.sources.machine.as_ref(), self.copy);
            if performed.is_busy && !first.is_overdue() {
                break;
            }
            let form = self.pending_writes.pop().and_then(|write| write.form);
            // A form that was sent meanwhile must not come back for a refusal of this one.
            let newer = self.app.stash_draft();
            self.app.restore_draft(form);
            self.take_written(&write, choice, performed);
            self.app.restore_draft(newer);
            is_news = true;
        }
        is_news
    }

    pub(super) fn apply(&mut self, performed: Performed) {
        if !performed.changed.is_empty() {
            self.reload(performed.changed);
            self.back_up_if_due();
        }
        for message in performed.messages {
            for effect in self.app.receive(message) {
                self.refresh(effect);
            }
        }
        if performed.is_exchanged {
            self.found_exchanged();
        }
        // A draft ends with its save, not a moment later: the program may be gone by then.
        if self.app.drafts.is_unsaved() {
            self.remember();
        }
    }

    /// Starts a copy of the store where one is due; nobody waits for it.
    fn back_up_if_due(&self) {
        let now = self.desk.now().to_utc();
        if let Some(files) = self.desk.store.files()
            && self.desk.store.is_backup_due(now).unwrap_or(false)
        {
            self.background.back_up(&files, now);
        }
    }

    /// Reads an open record again; one that is gone says so.
    pub(super) fn refresh(&mut self, read: Read) {
        let performed = perform::read(read, &self.desk);
        for message in
            performed.messages.into_iter().filter(|message| !matches!(message, Message::Committed(_)))
        {
            self.app.receive(message);
        }
        self.app.find_chosen(&self.snapshot);
    }

    pub(in crate::tui) fn reload(&mut self, changed: Tables) {
        if !self.is_ours() {
            return;
        }
        let was_presenting = std::mem::replace(&mut self.desk.is_presenting, self.app.presenting.is_on);
        self.desk.follow_zone();
        self.app.note_chosen(&self.snapshot);
        if let Err(error) = self.snapshot.reload(&self.desk, self.app.range(), changed) {
            self.app.receive(Message::Failed(error.to_string(), error.hint()));
        }
        // What was undone may be what a source brought, which it then offers again.
        if changed.has(Table::Source) || !(changed.is_empty() || self.snapshot.freshness.all.is_empty()) {
            self.read_sources();
        }
        for preview in self.app.previews() {
            let tried = perform::tried_on_each(preview.write(), &self.desk);
            preview.again(tried);
        }
        self.app.page.spoil();
        self.app.ahead.spoil();
        self.app.clamp(&self.snapshot);
        self.app.find_chosen(&self.snapshot);
        // What lies open was read for other eyes.
        if was_presenting != self.desk.is_presenting {
            self.refresh_overlays();
        }
    }

    /// Reads the page of what is chosen, where it does not stand there already; true if it was read.
    pub fn read_page(&mut self) -> bool {
        let Some(read) = self.app.due_page(&self.snapshot) else { return false };
        if !self.is_ours() {
            // Shown as read, or it would be due again at once and the loop would never sleep.
            self.app.page.show(read, None);
            return false;
        }
        let opened = perform::read(read.clone(), &self.desk)
            .messages
            .into_iter()
            .find_map(|message| if let Message::Opened(record) = message { Some(record) } else { None });
        self.app.page.show(read, opened);
        true
    }

    /// Reads what the load would be after the step that asks something; true if it was read.
    pub fn read_ahead(&mut self) -> bool {
        let Some(write) = self.app.due_ahead(&self.snapshot) else { return false };
        let days = (self.snapshot.range.load_from, self.snapshot.range.load_days);
        // Where it would be refused, or the store is not ours, it is known that nothing can be shown.
        let grid = self.is_ours().then(|| perform::tried(write.clone(), days, &self.desk)).flatten();
        self.app.ahead.show(write, grid);
        true
    }

    /// Reads what lies open anew.
    pub(in crate::tui) fn refresh_overlays(&mut self) {
        let refreshes: Vec<Read> = self.app.overlays.iter().filter_map(|overlay| overlay.refresh()).collect();
        for effect in refreshes {
            self.refresh(effect);
        }
    }
}
