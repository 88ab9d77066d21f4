//! Which row is chosen once something was written. A change of a field leaves the cursor on its row, wherever that goes
//! in the order: triage sets several of one request, one after the other. A decision about a new request (to whom, to
//! which stage, back for questions) ends its triage, so the cursor goes on to the row below it, not after the decided
//! one to its new place; `visited-back` returns to it. What was added is gone to and lit.

use std::collections::HashSet;

use crate::domain::ids::{PersonId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::source::SourceId;
use crate::domain::stage::Stage;
use crate::ops::sheet::FormTarget;
use crate::tui::app::App;
use crate::tui::app::effect::Write;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::view::layout::PaneId;

/// What a write does to the choice, as it was before it.
#[derive(Debug)]
pub enum RowAfter {
    Stays,
    /// The request below the one that is decided.
    Next(RequestId),
    /// The newest before one is added.
    NewRequest(Option<RequestId>),
    /// Which there were before.
    NewPerson(HashSet<PersonId>),
    NewMeeting(HashSet<OccurrenceKey>),
    NewSource(HashSet<SourceId>),
    /// Of which kind, and which there were before.
    NewRecord(Kind, HashSet<RecordKey>),
}

impl App {
    /// What a write will do to the choice, if it succeeds.
    pub fn choice_after(&self, write: &Write, snapshot: &Snapshot) -> RowAfter {
        match write {
            Write::Add(_) | Write::AddMessage(..) | Write::Save(FormTarget::NewRequest, ..) => {
                RowAfter::NewRequest(newest(snapshot))
            }
            Write::Save(FormTarget::NewPerson | FormTarget::NewRole, ..) => {
                RowAfter::NewPerson(snapshot.team.people.iter().map(|person| person.id).collect())
            }
            Write::Save(FormTarget::NewMeeting, ..) => {
                RowAfter::NewMeeting(snapshot.meetings.iter().map(|meeting| meeting.key.clone()).collect())
            }
            Write::Save(FormTarget::NewSource, ..) => {
                RowAfter::NewSource(snapshot.freshness.all.iter().map(|status| status.source.id).collect())
            }
            Write::Save(FormTarget::NewEntry(kind, _), ..) | Write::Capture(kind, _) => {
                RowAfter::NewRecord(*kind, records(*kind, snapshot).collect())
            }
            Write::Move(ids, ..) | Write::Clarify(ids) => self.triaged(ids, snapshot),
            Write::Commit(plan) | Write::Swap(plan, ..) => self.triaged(&[plan.request], snapshot),
            _ => RowAfter::Stays,
        }
    }

    fn triaged(&self, ids: &[RequestId], snapshot: &Snapshot) -> RowAfter {
        // Several that were marked are no row-by-row triage: the cursor stays where it was.
        let chosen = self.intake.selected().filter(|id| ids == [*id]);
        let is_new = |id: &RequestId| snapshot.row(*id).is_some_and(|row| row.request.stage == Stage::New);
        let is_in_queue = self.focus == PaneId::Intake && self.overlays.is_empty();
        match (chosen.filter(is_new), self.intake.next()) {
            (Some(_), Some(next)) if is_in_queue => RowAfter::Next(next),
            _ => RowAfter::Stays,
        }
    }

    /// Chooses what a write that succeeded asks for.
    pub fn choose_after(&mut self, choice: RowAfter, snapshot: &Snapshot) {
        match choice {
            RowAfter::Stays => {}
            RowAfter::Next(next) => {
                // The decided one may be out of sight now, and is one step back where it is not.
                if self.intake.selected() != Some(next) {
                    self.leave_here();
                }
                self.intake.select(next);
                self.clamp(snapshot);
            }
            RowAfter::NewRequest(before) => {
                let Some(id) = newest(snapshot).filter(|id| Some(*id) > before) else { return };
                self.leave_here();
                self.lit = Some(PaneId::Intake);
                if !self.intake.go_to_added(id, snapshot) {
                    self.say_unfit(&id.to_string());
                }
            }
            // Filed from somewhere else, it is no reason to leave that place.
            RowAfter::NewRecord(kind, before) => {
                let pane = self.focus;
                let added = records(kind, snapshot).find(|key| !before.contains(key));
                if let (Some(key), Some(index)) = (added, pane.board())
                    && self.boards[index].go_to(&key, snapshot)
                {
                    self.lit = Some(pane);
                }
            }
            RowAfter::NewPerson(before) => {
                let people = snapshot.team.people.iter().map(|person| person.id);
                if let Some(id) = { people }.find(|id| !before.contains(id)) {
                    self.lit = Some(PaneId::Load);
                    if !self.load.go_to(id, snapshot) {
                        self.lit = None;
                        self.say_unfit(snapshot.handle(id));
                    }
                }
            }
            RowAfter::NewSource(before) => {
                let mut all = snapshot.freshness.all.iter();
                let added = all.position(|status| !before.contains(&status.source.id));
                if let (Some(row), Some(Overlay::Sources(page))) = (added, self.overlays.last_mut()) {
                    page.choose(row);
                }
            }
            RowAfter::NewMeeting(before) => {
                let keys = snapshot.meetings.iter().map(|meeting| &meeting.key);
                if let Some(key) = { keys }.find(|key| !before.contains(key)) {
                    self.lit = Some(PaneId::Meetings);
                    self.meetings.select(key.clone());
                    self.clamp(snapshot);
                    if self.meetings.chosen(snapshot).is_none_or(|chosen| chosen.key != *key) {
                        self.lit = None;
                        self.say_unfit("the meeting");
                    }
                }
            }
        }
    }

    fn say_unfit(&mut self, what: &str) {
        // What was written, with the key that takes it back, stays behind it: this takes the place of that
        // notice.
        let said = self.toast.as_ref().map_or("", |toast| toast.text.as_str());
        self.say(&format!("{what} does not fit the filter  ·  {said}"));
    }
}

/// The records of a kind that boards show.
fn records(kind: Kind, snapshot: &Snapshot) -> impl Iterator<Item = RecordKey> {
    snapshot.books.named().into_iter().map(|(key, _)| key).filter(move |key| key.kind() == Some(kind))
}

fn newest(snapshot: &Snapshot) -> Option<RequestId> {
    snapshot.filterable().map(|row| row.request.id).max()
}
