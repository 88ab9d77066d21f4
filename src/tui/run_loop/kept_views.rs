//! Saved views that are kept from the cockpit: written into the user's configuration, and there at once.

use std::path::Path;
use std::sync::Arc;

use super::Cockpit;
use crate::config;
use crate::config::write::views::{drop_view, set_view};
use crate::domain::view::View;
use crate::domain::words::filter::columns::filter_of;
use crate::store::Tables;
use crate::tui::app::Message;

impl Cockpit {
    /// Keeps a view in the place of what it was.
    pub(super) fn keep_view(&mut self, before: &str, view: &View) {
        let held = |views: &mut Vec<View>| match views.iter_mut().find(|known| known.name == before) {
            Some(known) if !before.is_empty() => known.clone_from(view),
            _ => views.push(view.clone()),
        };
        let shown = self.desk.config.views.iter().find(|known| known.name == before).map(filter_of);
        let written = self.with_configuration(|file| set_view(file, before, view), held);
        // What is shown goes on being shown, by the name that it has now.
        let rest = shown.and_then(|shown| self.app.filter_text().strip_prefix(&shown).map(str::to_owned));
        if let Some(rest) = rest.filter(|_| written.is_ok()) {
            self.app.filter(&format!("{}{rest}", filter_of(view)), &self.snapshot);
        }
        let opens = match view.letter {
            Some(letter) => format!("{{views}} {letter} shows it"),
            None => format!("`:view {}` shows it", view.name),
        };
        let opens = self.snapshot.hints.say(&opens);
        self.tell(written, &format!("saved the view {} of {}  ·  {opens}", view.name, view.list));
    }

    /// Takes a view away that is the user's own; what it said is told, since no key brings it back.
    pub(super) fn drop_view(&mut self, name: &str) {
        let Some(view) = self.desk.config.views.iter().find(|view| view.name == name).cloned() else {
            return;
        };
        let written =
            self.with_configuration(|file| drop_view(file, name), |views| views.retain(|it| it.name != name));
        if written.is_ok() && self.app.filter_text().starts_with(&filter_of(&view)) {
            // Its words alone would be refused now, and the list be empty without a reason.
            self.app.filter(&view.filter, &self.snapshot);
        }
        let is_shipped = self.desk.config.views.iter().any(|it| it.name == name);
        let said = if is_shipped {
            format!("the view {name} is again as it is shipped")
        } else {
            format!("removed the view {name}; it showed `{}`", view.filter)
        };
        self.tell(written, &said);
    }

    /// Writes the user's configuration and takes over the views that it has then; without one they are changed here alone.
    fn with_configuration(
        &mut self,
        write: impl FnOnce(&Path) -> Result<(), String>,
        held: impl FnOnce(&mut Vec<View>),
    ) -> Result<&'static str, String> {
        let kept = if let Some(file) = self.configuration.file().map(Path::to_owned) {
            let is_as_read = self.configuration.is_as_read();
            write(&file)?;
            // An edit of somebody else's is still to be told.
            if is_as_read {
                self.configuration.has_read();
            }
            // Its views alone: what else was edited there holds from the next start on, as is told.
            self.desk.config.views = config::load(&file).config.views;
            "in the configuration"
        } else {
            held(Arc::make_mut(&mut self.desk.config.views));
            "until this cockpit is left"
        };
        self.reload(Tables::default());
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
