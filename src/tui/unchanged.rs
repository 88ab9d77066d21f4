//! Panes in which nothing changed since the last frame are copied from it: most keys change one pane, and
//! laying out text is the most that a frame costs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::layout::PaneId;
use super::panes::load::Load;
use super::panes::meetings::Meetings;
use super::snapshot::Snapshot;
use super::theme::Theme;

/// The state that a pane is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// The load.
    Load(Load),
    /// The meetings.
    Meetings(Meetings),
}

/// Everything that a pane's picture follows from.
#[derive(Debug, Clone, PartialEq)]
struct Grounds {
    area: Rect,
    is_focused: bool,
    theme: Theme,
    /// How often the snapshot was read.
    reading: u64,
    state: State,
}

/// The panes of the last frame.
#[derive(Debug, Default)]
pub struct Unchanged {
    seen: [Option<(Grounds, Buffer)>; PaneId::ALL.len()],
}

impl Unchanged {
    /// Copies a pane from the last frame, or draws it if something in it changed.
    pub fn lay(
        &mut self,
        pane: PaneId,
        state: State,
        (snapshot, buffer, area): (&Snapshot, &mut Buffer, Rect),
        (theme, is_focused): (Theme, bool),
    ) {
        let grounds = Grounds { area, is_focused, theme, reading: snapshot.reading_number, state };
        let slot = &mut self.seen[pane as usize];
        if let Some((known, picture)) = slot
            && *known == grounds
        {
            copy(picture, buffer);
            return;
        }
        match &grounds.state {
            State::Load(load) => {
                super::panes::load::draw(load, snapshot, (buffer, area), (theme, is_focused));
            }
            State::Meetings(meetings) => {
                super::panes::meetings::draw(meetings, snapshot, (buffer, area), (theme, is_focused));
            }
        }
        let mut picture = Buffer::empty(area.intersection(buffer.area));
        copy(buffer, &mut picture);
        *slot = Some((grounds, picture));
    }
}

/// Copies what two buffers have in common.
fn copy(from: &Buffer, to: &mut Buffer) {
    let both = from.area.intersection(to.area);
    for y in both.y..both.y + both.height {
        for x in both.x..both.x + both.width {
            to[(x, y)].clone_from(&from[(x, y)]);
        }
    }
}
