//! The way back: pages and rows of the queue that were left, in the order in which they were left. As in an editor's
//! jump list each stands in it once, so that going to and fro between two of them does not bury the others.

use crate::domain::ids::RequestId;
use crate::tui::app::App;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::view::layout::PaneId;

/// Nobody goes further back than this.
const MOST: usize = 100;

/// Something that can be come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A pane, and in the queue the row and the filter it stood under.
    Pane { pane: PaneId, is_zoomed: bool, request: Option<RequestId>, filter: String },
    /// A page or a document.
    Page(Read),
}

/// What was left, the newest last, and how far back in it the cockpit stands.
#[derive(Debug, Clone, Default)]
pub struct Visited {
    spots: Vec<Spot>,
    at: usize,
    /// What opens and closes now is the way itself.
    is_travelling: bool,
}

impl Visited {
    /// Something is left for something else.
    pub fn leave(&mut self, spot: Spot) {
        if self.is_travelling {
            return;
        }
        self.spots.retain(|known| *known != spot);
        self.spots.push(spot);
        if self.spots.len() > MOST {
            self.spots.remove(0);
        }
        self.at = self.spots.len();
    }

    /// The spot before the one where the cockpit stands, or after it.
    fn next(&mut self, is_forward: bool, here: &Spot) -> Option<Spot> {
        // From the end of the way, where the cockpit stands has to be on it, or the way forward would not come
        // back here.
        if !is_forward && self.at >= self.spots.len() {
            self.leave(here.clone());
            self.at = self.spots.len() - 1;
        }
        loop {
            let at = if is_forward { self.at + 1 } else { self.at.checked_sub(1)? };
            let spot = self.spots.get(at)?.clone();
            self.at = at;
            // The same spot twice would be a key that does nothing.
            if spot != *here {
                return Some(spot);
            }
        }
    }
}

impl App {
    /// Where the cockpit stands: the page on top, or the pane below everything that has no page.
    fn here(&self) -> Spot {
        let page = self.overlays.iter().rev().find_map(page);
        page.map_or_else(
            || {
                let is_queue = self.focus == PaneId::Intake;
                Spot::Pane {
                    pane: self.focus,
                    is_zoomed: self.is_zoomed,
                    request: self.intake.selected().filter(|_| is_queue),
                    filter: if is_queue { self.intake.filter_text().to_owned() } else { String::new() },
                }
            },
            Spot::Page,
        )
    }

    /// Remembers the page or the row of the queue that is left now. Other panes keep their own rows and have keys of
    /// their own: among what was visited they would only be in the way.
    pub(super) fn leave_here(&mut self) {
        let here = self.here();
        if !matches!(here, Spot::Pane { request: None, .. }) {
            self.trail.leave(here);
        }
    }

    /// Remembers a page that was closed.
    pub(super) fn leave_page(&mut self, overlay: &Overlay) {
        if let Some(read) = page(overlay) {
            self.trail.leave(Spot::Page(read));
        }
    }

    /// Runs an action that goes through what was visited; `None` if it is about something else.
    pub(super) fn on_trail(&mut self, action: Action, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        match action {
            Action::VisitedBack => Some(self.travel(false, snapshot)),
            Action::VisitedForward => Some(self.travel(true, snapshot)),
            _ => None,
        }
    }

    fn travel(&mut self, is_forward: bool, snapshot: &Snapshot) -> Vec<Effect> {
        let here = self.here();
        let Some(spot) = self.trail.next(is_forward, &here) else {
            self.say(if is_forward {
                "nothing was visited after this"
            } else {
                "nothing was visited before this"
            });
            return Vec::new();
        };
        self.trail.is_travelling = true;
        match spot {
            Spot::Pane { pane, is_zoomed, request, filter } => {
                let effects = self.show(pane, is_zoomed, snapshot);
                if let Some(id) = request {
                    self.go_to_row(id, &filter, snapshot);
                }
                self.trail.is_travelling = false;
                effects
            }
            Spot::Page(read) => self.go_to_page(read),
        }
    }

    fn go_to_row(&mut self, id: RequestId, filter: &str, snapshot: &Snapshot) {
        if self.intake.filter_text() != filter {
            self.intake.filter(filter, snapshot);
        }
        self.intake.select(id);
        // Closed requests are read first, if the filter asks for them.
        if self.range() == snapshot.range {
            self.clamp(snapshot);
            if self.intake.selected() != Some(id) {
                self.say(&format!("{id} is not in the queue any more"));
            }
        }
    }

    /// A page that lies open is gone back to; another one is read again, over its pane.
    fn go_to_page(&mut self, read: Read) -> Vec<Effect> {
        let open = self.overlays.iter().position(|overlay| page(overlay).as_ref() == Some(&read));
        while self.overlays.len() > open.map_or(0, |at| at + 1) {
            self.close();
        }
        if open.is_some() {
            self.trail.is_travelling = false;
            return Vec::new();
        }
        vec![Effect::Read(read)]
    }

    /// A page is opened: what is left for it is remembered, unless the way itself led here.
    pub(super) fn arrive(&mut self) {
        if !std::mem::take(&mut self.trail.is_travelling) {
            self.leave_here();
        }
    }

    /// Whatever the last key led to has opened by now, or never will.
    pub(super) const fn has_arrived(&mut self) {
        self.trail.is_travelling = false;
    }
}

fn page(overlay: &Overlay) -> Option<Read> {
    match overlay {
        Overlay::Record(_) | Overlay::Document(_) => overlay.refresh(),
        _ => None,
    }
}
