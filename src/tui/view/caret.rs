//! Where the terminal's own cursor stands: at the chosen row, or at the letter that is typed next. Magnifiers and screen
//! readers follow it, and cannot see what is only drawn otherwise.
//!
//! It is found in the finished picture, by the look that what is chosen has alone: whatever is drawn by whichever view
//! says it already, and cannot say something else to those who listen.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::tui::app::App;
use crate::tui::app::snapshot::Snapshot;

/// The first cell of what is chosen in the overlay on top or the pane that has the keyboard; its first cell where nothing
/// is chosen, as on a page that is only read. `None` where nothing has room.
pub fn place(app: &App, snapshot: &Snapshot, buffer: &Buffer) -> Option<Position> {
    let areas = app.areas()?;
    let area = match app.overlays.last() {
        Some(overlay) => overlay.area(areas.body, app.sight(snapshot)),
        None => areas.pane(app.focus)?,
    };
    let is_chosen = |at: &Position| buffer.cell(*at).is_some_and(|cell| app.theme.is_chosen(cell));
    area.intersection(buffer.area).positions().find(is_chosen).or_else(|| Some(area.as_position()))
}
