//! Saved views that are kept from the cockpit: written into the user's configuration, and there at once. The journal of
//! the store knows nothing of that file, so what was done to views is undone and done again here, in its turn among
//! the changes of the store.

use std::path::Path;
use std::sync::Arc;

use super::Cockpit;
use crate::config;
use crate::config::write::views::{drop_view, put_back, set_view, text_of};
use crate::domain::ids::OperationId;
use crate::domain::view::View;
use crate::domain::words::filter::columns::filter_of;
use crate::store::Tables;
use crate::tui::app::Message;

/// What was done to a view: as it was and as it is then; none stands for no view.
#[derive(Debug, Clone)]
struct ViewChange {
    before: Option<View>,
    after: Option<View>,
}

impl ViewChange {
    fn back(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    fn write(&self, file: &Path) -> Result<(), String> {
        match (&self.before, &self.after) {
            (before, Some(view)) => set_view(file, before.as_ref().map_or("", |before| &before.name), view),
            (Some(before), None) => drop_view(file, &before.name),
            (None, None) => Ok(()),
        }
    }

    fn hold(&self, views: &mut Vec<View>) {
        let is_it = |known: &View| self.before.as_ref().is_some_and(|before| known.name == before.name);
        match &self.after {
            None => views.retain(|known| !is_it(known)),
            Some(view) => match views.iter_mut().find(|known| is_it(known) || known.name == view.name) {
                Some(known) => known.clone_from(view),
                None => views.push(view.clone()),
            },
        }
    }

    fn label(&self) -> String {
        let (said, view) = match (&self.before, &self.after) {
            (None, Some(view)) => ("saved", view),
            (Some(_), Some(view)) => ("changed", view),
            (Some(view), None) => ("removed", view),
            (None, None) => return String::new(),
        };
        format!("{said} the view {}", view.name)
    }
}

/// A change with what the file said around it, and which own change of the store stood last then.
#[derive(Debug)]
struct KeptChange {
    change: ViewChange,
    texts: Option<(String, String)>,
    at: OperationId,
}

/// What was done to views since the cockpit was opened, and what of it was undone.
#[derive(Debug, Default)]
pub struct ViewChanges {
    done: Vec<KeptChange>,
    undone: Vec<KeptChange>,
}

impl ViewChanges {
    /// Something else was written since: what was undone before is not done again.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }
}

impl Cockpit {
    /// Keeps a view in the place of what it was.
    pub(super) fn keep_view(&mut self, before: &str, view: &View) {
        let known = self.desk.config.views.iter().find(|known| known.name == before && !before.is_empty());
        let change = ViewChange { before: known.cloned(), after: Some(view.clone()) };
        let written = self.change_view(change);
        let opens = match view.letter {
            Some(letter) => format!("{{views}} {letter} shows it"),
            None => format!("`:view {}` shows it", view.name),
        };
        let opens = self.snapshot.hints.say(&format!("{opens}  ·  {{undo}} undoes it"));
        self.tell(written, &format!("saved the view {} of {}  ·  {opens}", view.name, view.list));
    }

    /// Takes a view away that is the user's own.
    pub(super) fn drop_view(&mut self, name: &str) {
        let Some(view) = self.desk.config.views.iter().find(|view| view.name == name).cloned() else {
            return;
        };
        let written = self.change_view(ViewChange { before: Some(view), after: None });
        // A shipped view comes back once that of the user's own is gone from its place.
        let is_shipped = self.desk.config.views.iter().any(|it| it.name == name);
        let said = if is_shipped {
            format!("the view {name} is again as it is shipped")
        } else {
            format!("removed the view {name}")
        };
        let back = self.snapshot.hints.say("{undo} puts it back");
        self.tell(written, &format!("{said}  ·  {back}"));
    }

    /// Undoes what was done last, if that was done to a view; false leaves it to the journal.
    pub(super) fn undo_view(&mut self) -> bool {
        let newest = self.newest_own();
        // What was written since comes first, as it was done.
        let Some(last) = self.configuration.view_changes.done.pop_if(|last| newest <= last.at) else {
            return false;
        };
        let texts = last.texts.as_ref().map(|(before, after)| (after.as_str(), before.as_str()));
        let written = self.write_view(&last.change.back(), texts);
        let said = format!("Undid: {}", last.change.label());
        let again = self.snapshot.hints.say("{redo} does it again");
        let changes = &mut self.configuration.view_changes;
        if written.is_ok() { &mut changes.undone } else { &mut changes.done }.push(last);
        self.tell(written, &format!("{said}  ·  {again}"));
        true
    }

    /// Does again what was undone last, if that was done to a view; false leaves it to the journal.
    pub(super) fn redo_view(&mut self) -> bool {
        let newest = self.newest_own();
        // Only where nothing was written since, as with what the journal does again.
        let Some(last) = self.configuration.view_changes.undone.pop_if(|last| newest == last.at) else {
            return false;
        };
        let texts = last.texts.as_ref().map(|(before, after)| (before.as_str(), after.as_str()));
        let written = self.write_view(&last.change, texts);
        let said = format!("{} again", last.change.label());
        let back = self.snapshot.hints.say("{undo} undoes it");
        let changes = &mut self.configuration.view_changes;
        if written.is_ok() { &mut changes.done } else { &mut changes.undone }.push(last);
        self.tell(written, &format!("{said}  ·  {back}"));
        true
    }

    /// The newest change of the store that is one's own and stands.
    fn newest_own(&self) -> OperationId {
        let newest = self.desk.store.newest_of(self.desk.origin).ok();
        newest.and_then(|newest| newest.own).map_or(OperationId(0), |own| own.id)
    }

    /// Does something to a view that can be undone.
    fn change_view(&mut self, change: ViewChange) -> Result<&'static str, String> {
        let text = |cockpit: &Self| cockpit.configuration.file().and_then(text_of);
        let before = text(self);
        // What could not be written is nothing that could be undone.
        let kept = self.write_view(&change, None)?;
        let texts = before.zip(text(self));
        // After a new change there is nothing left that could be done again.
        self.configuration.view_changes.undone.clear();
        let at = self.newest_own();
        self.configuration.view_changes.done.push(KeptChange { change, texts, at });
        Ok(kept)
    }

    /// Writes the user's configuration and takes over the views that it has then; without one they are changed here
    /// alone. A file that says what it said then is put back word by word, with the user's own notes in it.
    fn write_view(
        &mut self,
        change: &ViewChange,
        texts: Option<(&str, &str)>,
    ) -> Result<&'static str, String> {
        let shown = change.before.as_ref().and_then(|before| {
            self.app.filter_text().strip_prefix(&filter_of(before)).map(|rest| (before, rest.to_owned()))
        });
        let kept = if let Some(file) = self.configuration.file().map(Path::to_owned) {
            let is_as_read = self.configuration.is_as_read();
            let is_back = match texts {
                Some((now, then)) => put_back(&file, now, then)?,
                None => false,
            };
            if !is_back {
                change.write(&file)?;
            }
            // An edit of somebody else's is still to be told.
            if is_as_read {
                self.configuration.has_read();
            }
            // Its views alone: what else was edited there holds from the next start on, as is told.
            self.desk.config.views = config::load(&file).config.views;
            "in the configuration"
        } else {
            change.hold(Arc::make_mut(&mut self.desk.config.views));
            "until this cockpit is left"
        };
        self.reload(Tables::default());
        match (shown, &change.after) {
            // What is shown goes on being shown, by the name that it has now.
            (Some((_, rest)), Some(view)) => {
                self.app.filter(&format!("{}{rest}", filter_of(view)), &self.snapshot);
            }
            // Its words alone would be refused now, and the list be empty without a reason.
            (Some((before, _)), None) => self.app.filter(&before.filter, &self.snapshot),
            (None, _) => {}
        }
        Ok(kept)
    }

    fn tell(&mut self, written: Result<&'static str, String>, said: &str) {
        match written {
            Ok(kept) => self.app.receive(Message::Said(format!("{said}  ·  kept {kept}"))),
            // The form comes back with all that was typed.
            Err(why) => self.app.receive(Message::Failed(why, None)),
        };
    }
}
