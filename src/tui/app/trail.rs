//! The way back: pages and rows of the queue that were left, in the order in which they were left. As in an editor's
//! jump list each stands in it once, so that going to and fro between two of them does not bury the others.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{PersonId, RequestId};
use crate::domain::record::RecordKey;
use crate::tui::app::App;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::panes::row_before::Filtered;
use crate::tui::view::layout::PaneId;

/// Nobody goes further back than this.
const MOST: usize = 100;

/// How many of them a restart keeps.
const KEPT: usize = 50;

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
    /// The last step on it went forward.
    is_forward: bool,
}

/// What was visited, as it is remembered for the next start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptVisited {
    spots: Vec<KeptSpot>,
    at: usize,
}

/// A page, or else a row of a pane.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct KeptSpot {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    pane: usize,
    is_zoomed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<RequestId>,
    /// A field of this name is blanked when words are forgotten.
    #[serde(skip_serializing_if = "String::is_empty")]
    filter: String,
}

impl KeptSpot {
    fn of(spot: &Spot) -> Option<Self> {
        Some(match spot {
            Spot::Page(read) => Self { page: Some(page_name(read)?), ..Self::default() },
            Spot::Pane { pane, is_zoomed, request, filter } => Self {
                page: None,
                pane: *pane as usize,
                is_zoomed: *is_zoomed,
                row: *request,
                filter: filter.clone(),
            },
        })
    }

    fn spot(self) -> Option<Spot> {
        Some(match self.page {
            Some(name) => Spot::Page(named_page(&name)?),
            None => Spot::Pane {
                // Another version of the program may have written a pane that this one does not have.
                pane: *PaneId::ALL.get(self.pane)?,
                is_zoomed: self.is_zoomed,
                request: self.row,
                filter: self.filter,
            },
        })
    }
}

/// A page under a name without anybody's words: what is forgotten must not be left in it. Those that have none, as the
/// cell of somebody's day, are not kept.
fn page_name(read: &Read) -> Option<String> {
    Some(match read {
        Read::OpenRequest(id) => id.to_string(),
        Read::OpenEntry(key) => key.to_string(),
        Read::OpenMeeting(key) => key.to_string(),
        Read::OpenPerson(id) => format!("person {}", id.0),
        Read::Standup => "standup".to_owned(),
        Read::Brief(None) => "brief".to_owned(),
        Read::Brief(Some(key)) => format!("brief {key}"),
        Read::Week(day) => format!("week {day}"),
        Read::Quarter(day) => format!("quarter {day}"),
        _ => return None,
    })
}

fn named_page(name: &str) -> Option<Read> {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let day = || rest.parse::<NaiveDate>().ok();
    Some(match first {
        "standup" => Read::Standup,
        "brief" if rest.is_empty() => Read::Brief(None),
        "brief" => Read::Brief(Some(rest.parse().ok()?)),
        "week" => Read::Week(day()?),
        "quarter" => Read::Quarter(day()?),
        "person" => Read::OpenPerson(PersonId(rest.parse().ok()?)),
        _ => match Effect::open(&name.parse::<RecordKey>().ok()?) {
            Effect::Read(read) => read,
            _ => return None,
        },
    })
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

    /// The last of what was visited, for the next start.
    pub fn keep(&self) -> KeptVisited {
        let from = self.spots.len().saturating_sub(KEPT);
        let mut kept = KeptVisited::default();
        for (index, spot) in self.spots.iter().enumerate().skip(from) {
            let Some(spot) = KeptSpot::of(spot) else { continue };
            // Counted among those that are kept, since some before it may have no name and fall out.
            kept.at += usize::from(index < self.at);
            kept.spots.push(spot);
        }
        kept
    }

    /// What was visited before the start.
    pub fn of(kept: &KeptVisited) -> Self {
        let mut visited = Self::default();
        for (index, spot) in kept.spots.iter().enumerate() {
            let Some(spot) = spot.clone().spot() else { continue };
            visited.at += usize::from(index < kept.at);
            visited.spots.push(spot);
        }
        visited
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
        (self.trail.is_travelling, self.trail.is_forward) = (true, is_forward);
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

    /// What was to be gone back to is not there any more: the way goes on past it. `None` if nothing was.
    pub fn pass_over(&mut self, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        if !std::mem::take(&mut self.trail.is_travelling) || self.trail.at >= self.trail.spots.len() {
            return None;
        }
        self.trail.spots.remove(self.trail.at);
        let is_forward = self.trail.is_forward;
        // What followed has come nearer by one: the way back begins before it, the way forward at it.
        if is_forward {
            self.trail.at = self.trail.at.saturating_sub(1);
        }
        Some(self.travel(is_forward, snapshot))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day;

    #[test]
    fn the_last_fifty_are_kept_with_where_the_cockpit_stood_among_them() {
        let (mut visited, monday) = (Visited::default(), NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
        let spot = |week: i64| Spot::Page(Read::Week(day::plus(monday, week * 7)));
        (0..60).for_each(|week| visited.leave(spot(week)));
        visited.leave(Spot::Page(Read::OpenFigures));
        visited.at = 20;
        let text = serde_json::to_string(&visited.keep()).unwrap();
        let again = Visited::of(&serde_json::from_str(&text).unwrap());
        assert_eq!((again.spots.len(), again.spots.first()), (49, Some(&spot(11))), "one has no name");
        assert_eq!(again.spots.get(again.at), visited.spots.get(visited.at));
        let strange = r#"{"spots":[{"page":"R-x"},{"page":"week tomorrow"},{"pane":99},{}],"at":70}"#;
        let strange = Visited::of(&serde_json::from_str(strange).unwrap());
        assert!(strange.at <= strange.spots.len(), "{strange:?}");
    }

    #[test]
    fn every_page_that_is_kept_is_read_from_its_name() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let meeting = || "M-4".parse().unwrap();
        for read in [
            Read::OpenRequest(RequestId(7)),
            Read::OpenEntry("O-3".parse().unwrap()),
            Read::OpenMeeting(meeting()),
            Read::OpenPerson(PersonId(2)),
            Read::Standup,
            Read::Brief(None),
            Read::Brief(Some(meeting())),
            Read::Week(day),
            Read::Quarter(day),
        ] {
            assert_eq!(named_page(&page_name(&read).unwrap()), Some(read));
        }
    }
}
