//! What actions do in a document: the standup, the brief, the review.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::overlays::Overlay;
use super::super::overlays::document::{DocView, Role};
use super::super::overlays::prompt::{Ask, Prompt};
use super::super::panes::{Outcome, intake};
use super::super::snapshot::Snapshot;
use super::App;
use crate::domain::day;
use crate::domain::ids::RequestId;

impl App {
    /// Runs an action on the document that is open.
    pub(super) fn on_document(&mut self, action: Action, snapshot: &Snapshot) -> Outcome {
        let Some(Overlay::Document(view)) = self.overlays.last_mut() else { return Outcome::default() };
        match action {
            Action::StandupCopy | Action::BriefCopy | Action::ReviewCopy => Outcome::open(view.copy_menu()),
            Action::StandupSaid => {
                view.toggle_said();
                Outcome::default()
            }
            Action::StandupBy => {
                view.turn();
                Outcome::default()
            }
            Action::StandupRemark => remark(view),
            Action::StandupUnblock => on_request(Action::Block, view, snapshot),
            Action::StandupAssign => on_request(Action::Assign, view, snapshot),
            Action::StandupDue => on_request(Action::SetDue, view, snapshot),
            Action::StandupEnd => {
                self.overlays.pop();
                Outcome::effect(Effect::EndStandup)
            }
            Action::ReviewEarlier => turn_review(view, -1),
            Action::ReviewLater => turn_review(view, 1),
            Action::ReviewQuarter => other_review(view),
            _ => Outcome::default(),
        }
    }

    /// Takes over a document that was built: into the view that shows it, or a new one.
    pub(super) fn built(&mut self, view: DocView) {
        for overlay in &mut self.overlays {
            if let Overlay::Document(open) = overlay
                && open.is_same(&view)
            {
                open.renew(view);
                return;
            }
        }
        self.overlays.push(Overlay::Document(Box::new(view)));
    }
}

/// The request that the chosen line is about.
fn request(view: &DocView) -> Option<RequestId> {
    view.chosen()?.keys.iter().find_map(|key| key.parse::<crate::domain::record::RecordKey>().ok()?.request())
}

fn on_request(action: Action, view: &DocView, snapshot: &Snapshot) -> Outcome {
    match request(view) {
        Some(id) => intake::act_on(action, &[id], snapshot),
        None => Outcome::remark("this line is about no request"),
    }
}

fn remark(view: &DocView) -> Outcome {
    let about = view.chosen().and_then(|line| line.keys.first().cloned()).unwrap_or_default();
    let title =
        if about.is_empty() { "A remark for the standup".to_owned() } else { format!("A remark on {about}") };
    Outcome::open(Overlay::Prompt(Prompt::new(Ask::Remark(about), title, "")))
}

/// The week or quarter before or after.
fn turn_review(view: &DocView, way: i64) -> Outcome {
    let Role::Review(effect) = &view.role else { return Outcome::default() };
    Outcome::effect(match effect {
        Effect::Quarter(on) => Effect::Quarter(day::plus(*on, way * 91)),
        Effect::Week(on) => Effect::Week(day::plus(*on, way * 7)),
        other => other.clone(),
    })
}

fn other_review(view: &DocView) -> Outcome {
    let Role::Review(effect) = &view.role else { return Outcome::default() };
    Outcome::effect(match effect {
        Effect::Quarter(on) => Effect::Week(*on),
        Effect::Week(on) => Effect::Quarter(*on),
        other => other.clone(),
    })
}
