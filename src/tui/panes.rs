//! The panes of the cockpit and the boards, each a slice: its state, what an action does to it, how it is drawn.

pub mod board;
pub mod filter;
pub mod intake;
pub mod load;
pub mod marks;
pub mod meetings;
pub mod place;
pub mod row_before;

use super::overlays::Overlay;
use crate::tui::app::effect::Effect;

/// What an action asked for besides changing the pane.
#[derive(Debug, Default)]
pub struct Update {
    /// To do outside.
    pub effects: Vec<Effect>,
    pub open: Option<Overlay>,
    /// Why nothing happened.
    pub notice: Option<String>,
}

impl Update {
    /// Something to do outside.
    pub fn effect(effect: Effect) -> Self {
        Self { effects: vec![effect], ..Self::default() }
    }

    /// Something to open.
    pub fn open(overlay: impl Into<Overlay>) -> Self {
        Self { open: Some(overlay.into()), ..Self::default() }
    }

    /// Why an action does nothing now.
    pub fn notice(text: impl Into<String>) -> Self {
        Self { notice: Some(text.into()), ..Self::default() }
    }
}
