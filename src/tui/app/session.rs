//! Where the cockpit stood: remembered beside the store on leaving, restored on opening.

use serde::{Deserialize, Serialize};

use crate::domain::ids::RequestId;
use crate::ops::Desk;
use crate::ops::meanwhile::LastLook;
use crate::tui::app::App;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::layout::PaneId;

/// Where it stood.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Place {
    focus: usize,
    is_zoomed: bool,
    is_weeks: bool,
    selected: Option<i64>,
    filter: String,
    is_presenting: bool,
    /// Read by [`Desk::last_look`].
    last_look: Option<LastLook>,
}

/// Pane, row and filter, whether others look on, and what was seen, to be remembered.
pub fn text(app: &App, last_look: LastLook) -> String {
    let place = Place {
        focus: app.focus as usize,
        is_zoomed: app.is_zoomed,
        is_weeks: app.load.is_weeks,
        selected: app.intake.selected().map(|id| id.0),
        filter: app.intake.filter_text().to_owned(),
        is_presenting: app.presenting.is_on,
        last_look: Some(last_look),
    };
    serde_json::to_string(&place).unwrap_or_default()
}

impl Place {
    /// What was remembered; the beginning of everything if nothing was.
    pub fn read(desk: &Desk) -> Self {
        let text = desk.store.place().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Goes back to pane, zoom and view. Whoever was presenting still is: others may be looking on again.
    pub fn lay(&self, app: &mut App) {
        app.focus = PaneId::ALL.get(self.focus).copied().unwrap_or(PaneId::Intake);
        app.is_zoomed = self.is_zoomed;
        app.load.is_weeks = self.is_weeks;
        app.presenting.is_on = self.is_presenting;
    }

    /// Goes back to row and filter.
    pub fn choose(&self, app: &mut App, snapshot: &Snapshot) {
        if let Some(id) = self.selected {
            app.intake.select(RequestId(id));
        }
        app.intake.filter(&self.filter, snapshot);
    }
}
