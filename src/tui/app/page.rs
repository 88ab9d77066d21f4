//! The page of what is chosen, beside its list. It is read when the cursor rests, never on the way, and until then the
//! page before stays: nothing flickers under a held key.

use super::App;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::record::Record;
use crate::tui::view::layout::{PaneId, WITH_PAGE};

/// What stands on the page.
#[derive(Debug, Default)]
pub struct ChosenPage {
    /// The lead took it away.
    pub is_hidden: bool,
    /// How it was read, and what came of that; nothing where it could not be.
    shown: Option<(Read, Option<Record>)>,
    /// Something was written since.
    is_stale: bool,
}

impl ChosenPage {
    /// The page of the record that is shown, once it was read.
    pub fn record(&self) -> Option<&Record> {
        self.shown.as_ref()?.1.as_ref()
    }

    /// Takes over what was read.
    pub fn show(&mut self, read: Read, record: Option<Record>) {
        (self.shown, self.is_stale) = (Some((read, record)), false);
    }

    /// What it says may have changed.
    pub const fn spoil(&mut self) {
        self.is_stale = true;
    }
}

impl App {
    /// How what is chosen is read for its page, where there is one.
    pub fn page_of_chosen(&self, snapshot: &Snapshot) -> Option<Read> {
        self.areas()?.page?;
        self.read_of_chosen(snapshot)
    }

    /// Opens the next or the previous record of the list in the place of the one that is open. One that was not opened
    /// from a list is only moved on.
    pub(super) fn go_to_neighbour(&mut self, is_forward: bool, snapshot: &Snapshot) -> Vec<Effect> {
        let step = if is_forward { Action::Down } else { Action::Up };
        let here = self.read_of_chosen(snapshot);
        let open = self.overlays.last().and_then(|overlay| overlay.refresh());
        // Below another page, or opened by a link, it is not the chosen row, so its neighbours are those of
        // something else.
        if self.overlays.len() > 1 || here.is_none() || here != open {
            return self.act(step, snapshot);
        }
        match self.focus {
            PaneId::Intake => drop(self.intake.update(step, snapshot)),
            PaneId::Meetings => drop(self.meetings.update(step, snapshot)),
            pane => {
                if let Some(board) = pane.board() {
                    drop(self.boards[board].update(step, snapshot));
                }
            }
        }
        if let Some(next) = self.read_of_chosen(snapshot).filter(|read| Some(read) != here.as_ref()) {
            self.overlays.pop();
            return vec![Effect::Read(next)];
        }
        let end = if is_forward { "last" } else { "first" };
        self.say(&format!("this is the {end} one of the list"));
        Vec::new()
    }

    fn read_of_chosen(&self, snapshot: &Snapshot) -> Option<Read> {
        match self.focus {
            PaneId::Intake => self.intake.selected().map(Read::OpenRequest),
            PaneId::Load => self.load.read(snapshot),
            PaneId::Meetings => {
                self.meetings.chosen(snapshot).map(|meeting| Read::OpenMeeting(meeting.key.clone()))
            }
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => self.boards[self.focus.board()?].read(),
        }
    }

    /// What is to be read for the page, if it does not stand there already.
    pub fn due_page(&self, snapshot: &Snapshot) -> Option<Read> {
        let wanted = self.page_of_chosen(snapshot).filter(|_| self.overlays.is_empty())?;
        let is_there = self.page.shown.as_ref().is_some_and(|(read, _)| *read == wanted);
        (!is_there || self.page.is_stale).then_some(wanted)
    }

    /// Shows the page or takes it away.
    pub(super) fn toggle_page(&mut self, snapshot: &Snapshot) {
        if !self.overlays.is_empty() {
            self.say(&snapshot.hints.say("the page stands beside a list: {back} goes back to it"));
            return;
        }
        self.page.is_hidden = !self.page.is_hidden;
        self.clamp(snapshot);
        // Below that width nothing on the screen changes, and a key without an effect looks dead.
        if self.size.0 < WITH_PAGE {
            let state = if self.page.is_hidden { "off" } else { "on" };
            self.say(&format!("the page of what is chosen is {state}; it needs {WITH_PAGE} columns"));
        }
    }
}
