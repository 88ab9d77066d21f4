//! The cockpit. A key becomes an action, an action changes the state purely and asks for effects, effects
//! run operations, what they changed is read again, and the screen is drawn once.

pub mod action;
pub mod keymap;
pub mod layout;
pub mod terminal;
pub mod theme;
pub mod wait;
