//! Another program deleted, exchanged or overwrote the files of the store. From then on nothing is read from it or
//! written to it; what was typed is a draft, and the user says what is to be done.

use std::path::Path;

use super::Cockpit;
use crate::domain::field::{self, Field};
use crate::ops::Desk;
use crate::plain;
use crate::store::{Store, StoreError, Tables};
use crate::tui::app::drafts;
use crate::tui::app::keymap::Keymap;
use crate::tui::app::{App, Message};
use crate::tui::overlays::Overlay;
use crate::tui::overlays::exchanged::Exchanged;
use crate::tui::overlays::record::{Kind, Record};
use crate::tui::run_loop::pending_writes;
use crate::tui::terminal::notify::NoticeWay;

impl Cockpit {
    /// Compares the files; false if they are not those that were opened. Then a line says so: what the user types at
    /// that moment is meant for something else, and finds out where it is written.
    pub(super) fn is_ours(&mut self) -> bool {
        let what = match (&self.gone, self.desk.store.check_files()) {
            (Some((_, why)), _) => why.clone(),
            (None, Err(StoreError::Replaced { what, .. })) => what,
            _ => return true,
        };
        if !self.is_told() {
            let text = format!(
                "this is not the store that was opened any more: {what}; nothing is written any more"
            );
            self.app.receive(Message::Failed(text, None));
        }
        false
    }

    fn is_told(&self) -> bool {
        matches!(self.app.overlays.last(), Some(Overlay::Exchanged(_)))
    }

    /// What would be read or written goes nowhere: the form comes back, and it is told why.
    pub(super) fn refuse(&mut self) {
        let form = self.app.stash_draft();
        self.app.overlays.extend(form);
        self.found_exchanged();
    }

    /// Tells what happened, over everything else; what was typed is kept first.
    pub(super) fn found_exchanged(&mut self) {
        let (path, what) = match (&self.gone, self.desk.store.check_files()) {
            (Some((path, why)), _) => (path.clone(), format!("what lies there cannot be opened: {why}")),
            (None, Err(StoreError::Replaced { path, what })) => (path, what),
            _ => return,
        };
        self.app.stash();
        let is_kept = drafts::save(&self.desk, &mut self.app.drafts);
        if self.is_told() {
            return;
        }
        // One that lies below something else would come up later with what no longer holds.
        self.app.overlays.retain(|overlay| !matches!(overlay, Overlay::Exchanged(_)));
        let mut paragraphs = vec![
            format!("{} is not the store that was opened here any more: {what}.", path.display()),
            "Another program did that: a synchronised folder, a restored home folder, somebody's hand. What is on \
             the screen is what was read before. Nothing more is written, since it would go where nobody finds it."
                .to_owned(),
        ];
        if !self.app.drafts.is_empty() {
            paragraphs.push(if is_kept {
                "What you typed and did not save is kept as a draft; it comes back where you typed it.".to_owned()
            } else {
                "What you typed and did not save is kept as a draft for as long as the cockpit is open; nothing can \
                 be written beside the store."
                    .to_owned()
            });
        }
        if !path.exists() {
            paragraphs.push("Nothing lies there now: opening it makes a new, empty store.".to_owned());
        }
        self.app.toast = None;
        self.app.overlays.push(Exchanged::new(paragraphs).into());
    }

    /// Saves a copy of what is in memory: the whole store where it can still be read, what is on the screen otherwise.
    pub(super) fn save_copy(&mut self) {
        let said = match self.desk.store.rescue(&self.in_words()) {
            Ok(saved) if saved.is_whole => format!(
                "The store as it was lies in {}: compared and whole. Look at it with --store.",
                saved.path.display()
            ),
            Ok(saved) => format!(
                "The store cannot be read any more. What was read of it is written down in {}.",
                saved.path.display()
            ),
            Err(error) => format!("No copy could be made: {error}"),
        };
        if let Some(Overlay::Exchanged(told)) = self.app.overlays.last_mut() {
            told.tell(said);
        } else {
            self.app.say(&said);
        }
    }

    /// Leaves what was opened, and opens what lies there now. What was typed comes along.
    pub(super) fn open_anew(&mut self) {
        let opened = self.desk.store.path().map(Path::to_owned);
        let Some(path) = self.gone.take().map(|(path, _)| path).or(opened) else { return };
        self.app.stash();
        let _ = drafts::save(&self.desk, &mut self.app.drafts);
        if let Err(error) = self.try_open(&path) {
            self.gone = Some((path, error.to_string()));
            self.found_exchanged();
        }
    }

    fn try_open(&mut self, path: &Path) -> Result<(), StoreError> {
        // What is open is closed first: the same file may lie under both.
        drop(std::mem::replace(&mut self.desk.store, Store::in_memory()?));
        // Until here nothing of the cockpit but its store is gone: a failure leaves screen and drafts as they
        // are.
        let (store, notices) = Store::open(path)?;
        store.set_patience(pending_writes::TRY_TIMEOUT)?;
        let desk = Desk::new(store, self.desk.config.clone(), self.desk.clock.clone(), self.desk.origin);
        let keymap = Keymap::new(&desk.config).0;
        let mut app = App::new(keymap, self.app.theme, desk.today());
        app.takes_mouse = self.app.takes_mouse;
        app.presenting.names.clone_from(&self.app.presenting.names);
        let mut anew = Self::new(desk, app, self.app.size)?;
        anew.app.drafts.merge(std::mem::take(&mut self.app.drafts));
        self.hand_over(&mut anew);
        if !notices.is_empty() {
            let notice = Record::new(Kind::Notice("This is what lies there now".to_owned(), notices));
            anew.app.overlays.push(notice.into());
        }
        // The drafts that came along are in no store yet.
        anew.unsaved = true;
        *self = anew;
        self.note_log();
        Ok(())
    }

    /// What is of this run and not of a store goes on in the cockpit over another one.
    fn hand_over(&mut self, anew: &mut Self) {
        anew.copy = self.copy;
        anew.configuration = std::mem::take(&mut self.configuration);
        anew.notice_way = std::mem::replace(&mut self.notice_way, NoticeWay::None);
        anew.reminded = std::mem::take(&mut self.reminded);
        anew.jobs.access = self.jobs.access;
        anew.jobs.presets = self.jobs.presets.take();
        anew.watch_sources(self.sources.machine.take());
        // The people who look on still do, whatever was noted beside the file that lies there now.
        if self.app.presenting.is_on && !anew.app.presenting.is_on {
            anew.app.presenting.is_on = true;
            anew.reload(Tables::ALL);
        }
    }

    /// What was read, in words: every request with its fields, the people, the meetings, and what was typed.
    fn in_words(&self) -> String {
        let mut lines = vec![format!("Read by Tablesetter before {}", self.snapshot.now.to_rfc3339())];
        for row in self.snapshot.filterable() {
            lines.push(format!("\n{}", row.request.id));
            for of in Field::ALL.iter().copied() {
                let text = field::get(&row.request, of);
                if !text.trim().is_empty() {
                    lines.push(format!("  {}: {}", of.name(), plain::harmless(&text)));
                }
            }
            if !row.people.is_empty() {
                lines.push(format!("  people: {}", plain::harmless(&row.people.join(", "))));
            }
        }
        lines.push("\nPeople".to_owned());
        let people = self.snapshot.team.people.iter();
        lines.extend(people.map(|person| format!("  {} ({})", plain::harmless(&person.name), person.handle)));
        lines.push("\nMeetings".to_owned());
        lines.extend(
            self.snapshot.known_meetings().into_iter().map(|meeting| {
                format!("  {} {}", meeting.start.to_rfc3339(), plain::harmless(&meeting.title))
            }),
        );
        lines.push("\nTyped and not saved".to_owned());
        for (about, typed) in self.app.drafts.all() {
            for (field, text) in typed {
                lines.push(format!("  {about} {field}: {}", plain::harmless(text)));
            }
        }
        lines.join("\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::tui::rehearsal::Rehearsal;
    use crate::tui::terminal::notify::NoticeWay;

    #[test]
    fn what_is_of_this_run_goes_on_over_another_store() {
        let cockpit = || Rehearsal::sample(3, 2, 2, (80, 24)).unwrap();
        let (mut one, mut other) = (cockpit(), cockpit());
        one.0.notice_way = NoticeWay::Program(vec!["/nothing/is/here".to_owned()]);
        one.0.jobs.presets = Some(PathBuf::from("/nothing/is/here"));
        one.0.reminded.insert("told".to_owned());
        one.keys("f5");
        one.0.hand_over(&mut other.0);
        let anew = &other.0;
        assert!(anew.notice_way != NoticeWay::None && anew.jobs.presets.is_some());
        assert!(anew.reminded.contains("told"));
        assert!(anew.app.presenting.is_on && anew.desk.is_presenting, "the same people still look on");
    }
}
