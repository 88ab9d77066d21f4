//! The picture on the terminal: drawn, with the terminal's own cursor at what is chosen, and laid out for another size.

use std::io;

use super::Cockpit;
use crate::config::OwnCursor;
use crate::store::Tables;
use crate::tui::terminal::Taken;
use crate::tui::view::{caret, draw};

impl Cockpit {
    /// Draws what has changed since the last frame.
    pub(super) fn show(&self, taken: &mut Taken) -> io::Result<()> {
        taken.show(self.desk.config.cursor == OwnCursor::Shown, |buffer| {
            draw::draw(&self.app, &self.snapshot, buffer);
            caret::place(&self.app, &self.snapshot, buffer)
        })
    }

    /// Takes over the size of the terminal, which may be another one now.
    pub(super) fn resized(&mut self, taken: &mut Taken) -> io::Result<bool> {
        let size = crossterm::terminal::size()?;
        if size != self.app.size {
            taken.resize(size)?;
            if self.app.resize(size, &self.snapshot) {
                self.reload(Tables::default());
            }
        }
        Ok(true)
    }
}
