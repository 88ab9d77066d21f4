//! The mouse: the wheel moves as the arrows do, a click gives a pane the keyboard and chooses its row, a click
//! on the chosen row opens it; in pages, documents and lists over the panes likewise. Nothing needs it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::tui::app::App;
use crate::tui::app::action::Action;
use crate::tui::app::effect::Effect;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::panes::meetings;
use crate::tui::view::layout::PaneId;

/// Rows that one notch of the wheel moves.
const NOTCH: usize = 3;

impl App {
    /// Takes a move of the mouse.
    pub fn mouse(&mut self, mouse: MouseEvent, snapshot: &Snapshot) -> Vec<Effect> {
        // A click is meant as it is: no moving key behind it may take it back as if a count had begun before
        // it.
        self.count = None;
        // Where the keyboard is kept, lists have moves of their own.
        let is_asking = self.overlays.last().is_some_and(Overlay::keeps_keyboard);
        let step = match mouse.kind {
            MouseEventKind::ScrollDown if is_asking => Action::NextItem,
            MouseEventKind::ScrollUp if is_asking => Action::PreviousItem,
            MouseEventKind::ScrollDown => Action::Down,
            MouseEventKind::ScrollUp => Action::Up,
            MouseEventKind::Down(MouseButton::Left) => {
                return self.click((mouse.column, mouse.row), snapshot);
            }
            _ => return Vec::new(),
        };
        let notch = if is_asking { 1 } else { NOTCH };
        (0..notch).flat_map(|_| self.act(step, snapshot)).collect()
    }

    fn click(&mut self, (x, y): (u16, u16), snapshot: &Snapshot) -> Vec<Effect> {
        let Some(areas) = self.areas() else { return Vec::new() };
        if let Some(overlay) = self.overlays.last() {
            let sight = self.sight(snapshot);
            let area = overlay.area(areas.body, sight);
            // One beside it means nothing: what lies below has no keyboard meanwhile.
            let row = y.checked_sub(area.y).filter(|row| x < area.width && *row < area.height);
            return row.map_or_else(Vec::new, |row| self.click_overlay(usize::from(row), snapshot));
        }
        let here = Position { x, y };
        let hit = |pane: &PaneId| {
            let whole = areas.pane(*pane).is_some_and(|area| area.contains(here));
            // A pane that has no room is one line, which can be clicked as well.
            whole || areas.lines[*pane as usize].is_some_and(|area| area.contains(here))
        };
        let Some(pane) = PaneId::ALL.into_iter().find(hit) else { return Vec::new() };
        let was_focused = self.focus == pane;
        let mut effects = if was_focused { Vec::new() } else { self.show(pane, self.is_zoomed, snapshot) };
        // The rule line, and mostly the names of the columns, stand above the rows.
        let above = match pane {
            PaneId::Intake | PaneId::Load => 2,
            PaneId::Meetings => areas.pane(pane).map_or(1, |area| meetings::frame(area.height).0),
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => 1,
        };
        let row = areas.pane(pane).and_then(|area| y.checked_sub(area.y + above)).map(usize::from);
        let Some(row) = row else { return effects };
        let is_chosen = match pane {
            PaneId::Intake => self.intake.click(row, snapshot),
            PaneId::Load => self.load.click(row, snapshot),
            PaneId::Meetings => self.meetings.click(row, snapshot),
            board => {
                let Some(index) = board.board() else { return effects };
                self.boards[index].click((usize::from(x), row), snapshot)
            }
        };
        if was_focused && is_chosen {
            let open = match pane {
                PaneId::Intake => Action::OpenRequest,
                PaneId::Load => Action::OpenCell,
                PaneId::Meetings => Action::OpenMeeting,
                PaneId::Outcomes | PaneId::Change | PaneId::Influence => Action::OpenEntry,
            };
            effects.extend(self.act(open, snapshot));
        }
        effects
    }
}
