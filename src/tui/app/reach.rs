//! Which actions can be run here and now, for the palette: what could only be refused says why beforehand.

use super::App;
use super::chosen_rows::NOTHING;
use crate::tui::app::action::{Action, Scope, TABLE};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::palette::reach::ActionReach;
use crate::tui::panes::load::NO_LINE;
use crate::tui::view::layout::PaneId;

impl App {
    /// How each action can be reached, in the order of the table.
    pub fn reaches(&self, snapshot: &Snapshot) -> Vec<ActionReach> {
        TABLE.iter().map(|entry| self.reach(entry.action, entry.scope, snapshot)).collect()
    }

    fn reach(&self, action: Action, scope: Scope, snapshot: &Snapshot) -> ActionReach {
        if !self.scopes().contains(&scope) {
            return ActionReach::Elsewhere;
        }
        let missing = self.missing_while_presenting(action).or_else(|| self.missing_on_many(action));
        let missing = missing.or_else(|| self.missing_in(scope, action, snapshot));
        missing.map_or(ActionReach::Here, ActionReach::NotNow)
    }

    /// Why an action is not run while others look on: it would begin with words that are hidden, or write over them.
    pub(super) fn missing_while_presenting(&self, action: Action) -> Option<&'static str> {
        let is_hidden = matches!(action, Action::Reflect | Action::Prepare | Action::SetIntent);
        (is_hidden && self.presenting.is_on)
            .then_some("hidden while you present, and so not written: {present} ends presenting")
    }

    /// Why an action is not done to several that are marked; it would be done to one of them, and nobody sees which.
    pub(super) fn missing_on_many(&self, action: Action) -> Option<&'static str> {
        let marked = match self.focus {
            _ if !self.overlays.is_empty() => 0,
            PaneId::Intake => self.intake.marked(),
            PaneId::Meetings => self.meetings.marks.len(),
            pane => pane.board().map_or(0, |index| self.boards[index].marks.len()),
        };
        (marked > 1).then(|| of_one(action)).flatten()
    }

    fn missing_in(&self, scope: Scope, action: Action, snapshot: &Snapshot) -> Option<&'static str> {
        match scope {
            Scope::Everywhere => self.missing_everywhere(action, snapshot),
            Scope::Requests => self.missing_on_requests(),
            Scope::Marks => {
                self.targets(snapshot).is_empty().then_some("nothing is here to mark: {add} adds something")
            }
            Scope::Chosen => self.targets(snapshot).is_empty().then_some(NOTHING),
            // On the line of a share, an absence or a holiday the keys of people mean that line.
            Scope::People if self.line_form(snapshot).is_some() => None,
            Scope::People if action == Action::TakeAway => Some(NO_LINE),
            Scope::People => {
                self.person(snapshot).is_none().then_some("nobody is chosen: {team} shows the people")
            }
            Scope::Meetings => self.missing_on_meetings(action, snapshot),
            // A line of a board may lead to what is no record.
            Scope::Records if action == Action::OpenEntry => None,
            Scope::Records => {
                self.record(snapshot).is_none().then_some("nothing is here yet: {add} adds something")
            }
            Scope::Reading => {
                let leads = self.overlays.last().is_some_and(|overlay| overlay.leads(self.sight(snapshot)));
                (!leads).then_some("no line that leads somewhere is chosen: {down} goes to the next")
            }
            _ => None,
        }
    }

    fn missing_on_requests(&self) -> Option<&'static str> {
        let is_chosen = match self.overlays.last() {
            Some(overlay) => overlay.request().is_some(),
            None => !self.intake.targets().is_empty(),
        };
        (!is_chosen).then_some("no request is chosen: {add} adds one")
    }

    fn missing_on_meetings(&self, action: Action, snapshot: &Snapshot) -> Option<&'static str> {
        let is_list = matches!(action, Action::BySeries | Action::MeetingsEarlier | Action::MeetingsLater);
        match self.overlays.last() {
            Some(_) if is_list => Some("works on the list of meetings: {back} goes back"),
            Some(_) => None,
            // What is cancelled is in no list, so nothing need be chosen.
            None if action == Action::ReinstateMeeting => None,
            None if is_list || self.meetings.chosen(snapshot).is_some() => None,
            None => Some("no meeting is here: {add} adds one"),
        }
    }

    fn missing_everywhere(&self, action: Action, snapshot: &Snapshot) -> Option<&'static str> {
        let (is_over, is_board) = (!self.overlays.is_empty(), self.focus.board().is_some());
        let (text, is_missing) = match action {
            Action::Filter => ("lists are filtered: {back} goes back to one", is_over),
            Action::NextMatch | Action::PreviousMatch => (
                "nothing is filtered here: {filter} finds by words",
                is_over || self.filter_text().is_empty(),
            ),
            Action::Repeat => {
                ("nothing was changed yet that could be done again", self.last_change.is_none())
            }
            Action::ShowCopied => ("nothing was copied yet", self.copied.is_empty()),
            Action::Meanwhile => {
                ("nothing changed elsewhere since you last looked", snapshot.news().is_none())
            }
            Action::NextPane | Action::PreviousPane => {
                ("the board lies behind this: {back} goes back to it", is_over && is_board)
            }
            Action::Zoom => ("a board has the whole screen: {cockpit} shows the cockpit", is_board),
            Action::Today => {
                let has_days = !is_over && matches!(self.focus, PaneId::Load | PaneId::Meetings);
                ("goes back to today in {load} and {meetings}, where days are turned", !has_days)
            }
            Action::Tie => ("nothing is chosen here that could be linked", self.record(snapshot).is_none()),
            Action::Private => {
                let is_chosen = !self.targets(snapshot).is_empty();
                ("nothing is chosen here that could be kept from others", !is_chosen)
            }
            Action::Forget => {
                let is_chosen = self.record(snapshot).is_some() || self.person(snapshot).is_some();
                ("nothing is chosen here that could be forgotten", !is_chosen)
            }
            // A document has its blocks beside each other.
            Action::Left | Action::Right if is_over => {
                let is_document = matches!(self.overlays.last(), Some(Overlay::Document(_)));
                ("nothing here lies to the left or right", !is_document)
            }
            Action::Left => ("the queue has nothing to its left", self.focus == PaneId::Intake),
            _ => return None,
        };
        is_missing.then_some(text)
    }
}

/// Why an action has one record to work on.
const fn of_one(action: Action) -> Option<&'static str> {
    Some(match action {
        Action::Edit => {
            "a form is of one request: {modify} or {edit-as-text} changes all that are marked, {back} takes the marks away"
        }
        Action::EditMeeting | Action::EditEntry => {
            "a form is of one: {edit-as-text} changes all that are marked, {back} takes the marks away"
        }
        Action::MoveMeeting => {
            "two meetings at one time are no plan: {edit-as-text} moves each of the marked, {back} takes the marks away"
        }
        Action::Aim => "a choice is made for one request: {back} takes the marks away",
        Action::Tie => "a link has two ends, so it is made from one: {back} takes the marks away",
        Action::Forget => "words are forgotten one record at a time: {back} takes the marks away",
        _ => return None,
    })
}
