//! Requests as lines in the user's own editor, which has the terminal meanwhile.

use std::io;

use super::Cockpit;
use crate::domain::ids::RequestId;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::terminal::{Taken, hand_off};

impl Cockpit {
    /// Prints requests, or takes the lines as they were left with what was wrong, and applies what comes back.
    pub(super) fn edit_rows(
        &mut self,
        ids: &[RequestId],
        text: Option<String>,
        taken: &mut Taken,
    ) -> io::Result<()> {
        let text = match text.map_or_else(|| self.desk.as_text(ids), Ok) {
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
        lent.1?;
        self.take_left_over(taken)?;
        self.resized(taken)?;
        Ok(())
    }
}
