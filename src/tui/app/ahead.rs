//! What a step that asks something would do to the load: read when the keys rest, and drawn in its pane beside the step.

use super::App;
use crate::domain::load::LoadGrid;
use crate::tui::app::effect::Write;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;

/// The load after a write that is only thought of; no load where it would be refused.
#[derive(Debug, Default)]
pub struct LoadAhead(Option<(Write, Option<LoadGrid>)>);

impl LoadAhead {
    /// Takes over what was read.
    pub fn show(&mut self, write: Write, grid: Option<LoadGrid>) {
        self.0 = Some((write, grid));
    }

    /// What it says may have changed.
    pub fn spoil(&mut self) {
        self.0 = None;
    }
}

impl App {
    /// What the top of the screen would write, if that can move hours of the load.
    fn thought_of(&self, snapshot: &Snapshot) -> Option<Write> {
        let write = self.overlays.last()?.ahead(self.sight(snapshot))?;
        write.moves_load().then_some(write)
    }

    /// What is to be tried out for the load, if it was not yet.
    pub fn due_ahead(&self, snapshot: &Snapshot) -> Option<Write> {
        // A write that was refused is known as well, or it would be tried again whenever the keys rest.
        let is_known = |write: &Write| self.ahead.0.as_ref().is_some_and(|(known, _)| known == write);
        self.thought_of(snapshot).filter(|write| !is_known(write))
    }

    /// What the load would look like, where the top of the screen would change it.
    pub fn load_ahead(&self, snapshot: &Snapshot) -> Option<Ghost> {
        let (write, grid) = self.ahead.0.as_ref()?;
        // The load may show another period by now, whose cells are those of other days.
        let grid = grid.as_ref().filter(|grid| grid.from == snapshot.grid.from)?;
        // One more letter makes another write of it; until that is tried, the old figures say nothing about it.
        self.thought_of(snapshot).filter(|thought_of| thought_of == write)?;
        Ghost::between(&snapshot.grid, grid, |person| match snapshot.team.person(person) {
            Some(person) => person.handle.clone(),
            None => "to give".to_owned(),
        })
    }
}
