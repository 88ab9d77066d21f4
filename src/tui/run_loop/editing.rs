//! Requests as lines in the user's own editor, which has the terminal meanwhile.

use std::io;

use super::Cockpit;
use crate::domain::ids::RequestId;
use crate::domain::record::RecordKey;
use crate::ops::{Desk, OpsError};
use crate::tui::app::Message;
use crate::tui::app::effect::{Effect, Screen, Write};
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::run_loop::kept_text::KeptText;
use crate::tui::terminal::{Taken, hand_off};

impl Cockpit {
    /// Prints requests, or takes the lines as they were left with what was wrong, and applies what comes back.
    pub(super) fn edit_rows(
        &mut self,
        keys: &[RecordKey],
        text: Option<String>,
        taken: &mut Taken,
    ) -> io::Result<()> {
        // Lines that are handed in were chosen already, be they the kept ones or new ones.
        if text.is_none() && self.ask_for_kept(keys) {
            return Ok(());
        }
        // Printed before the terminal is lent, so that a failure can be said on the screen.
        let text = match text.map_or_else(|| printed(keys, &self.desk), Ok) {
            Ok(text) => text,
            Err(error) => {
                self.app.say_failure(&error.to_string());
                return Ok(());
            }
        };
        let lent = taken.lend(|waiter| hand_off::edit(&text, waiter));
        match lent.0 {
            Ok(edited) => self.perform(Effect::Write(Write::ApplyText(edited))),
            Err(error) => self.app.say_failure(&error),
        }
        // Only now: what was edited is taken over even where the terminal could not be taken back.
        lent.1?;
        self.take_left_over(taken)?;
        self.resized(taken)?;
        Ok(())
    }

    /// Lines that were edited before and not taken over come first: printed anew, the next ones would be written over
    /// them. False if there are none.
    fn ask_for_kept(&mut self, keys: &[RecordKey]) -> bool {
        let Some(kept) = KeptText::Edited.read(&self.desk) else { return false };
        let anew = match printed(keys, &self.desk) {
            Ok(text) => text,
            Err(error) => {
                self.app.say_failure(&error.to_string());
                return true;
            }
        };
        let edit = |text| Pick::Do(Effect::Screen(Screen::EditRows(Vec::new(), Some(text))));
        let choices = vec![
            Choice { key: 'e', label: "go on with those lines in your editor".to_owned(), pick: edit(kept) },
            Choice {
                key: 'n',
                label: "edit what is marked or shown anew; those lines go with the next change".to_owned(),
                pick: edit(anew),
            },
            Choice { key: 'x', label: "neither; the lines stay".to_owned(), pick: Pick::Leave },
        ];
        let title = "Lines that you edited before were never taken over".to_owned();
        self.app.receive(Message::Asked(Menu::new(title, choices)));
        true
    }
}

/// Rows of a list as lines: requests in the words of quick add, others by their fields.
fn printed(keys: &[RecordKey], desk: &Desk) -> Result<String, OpsError> {
    // Only where all of them are requests: quick add has no words for other records.
    let requests: Option<Vec<RequestId>> = keys.iter().map(RecordKey::request).collect();
    requests.map_or_else(|| desk.rows_as_text(keys), |ids| desk.as_text(&ids))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::config::Config;
    use crate::ops::Desk;
    use crate::ops::clock::Clock;
    use crate::store::{Origin, Store};
    use crate::tui::app::App;
    use crate::tui::app::keymap::Keymap;
    use crate::tui::rehearsal::Rehearsal;
    use crate::tui::view::theme::{Depth, Theme};

    #[test]
    fn lines_that_were_left_are_offered_before_new_ones_until_they_are_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(DateTime::parse_from_rfc3339("2026-11-23T09:12:00+00:00").unwrap());
        let store = Store::open(&folder.path().join("s.db")).unwrap().0;
        let mut desk = Desk::new(store, Config::defaults(), clock, Origin::Cockpit);
        let id = desk.add("Shelf cards t3").unwrap().output.id;
        let app = App::new(Keymap::new(&Config::defaults()).0, Theme::new(Depth::Many, false), desk.today());
        let mut rehearsal = Rehearsal::on(desk, app, (80, 24)).unwrap();
        assert!(!rehearsal.0.ask_for_kept(&[id.into()]), "nothing was left");
        let lines = rehearsal.0.desk.as_text(&[id]).unwrap();
        let wrong = lines.replace("Shelf cards", "Shelf cards dew:fri");
        rehearsal.0.perform(Effect::Write(Write::ApplyText(wrong.clone())));
        rehearsal.keys("n");
        assert!(rehearsal.0.ask_for_kept(&[id.into()]));
        let offered = format!("{:?}", rehearsal.0.app.overlays.last().unwrap());
        assert!(offered.contains("dew:fri") && offered.contains("go on with those lines"), "{offered}");
        rehearsal.keys("esc");
        rehearsal.0.perform(Effect::Write(Write::ApplyText(wrong.replace("dew:fri", "due:fri"))));
        assert!(!rehearsal.0.ask_for_kept(&[id.into()]), "they were taken over");
    }
}
