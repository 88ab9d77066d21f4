//! Whether an action can be run from where the palette was opened, and where it works otherwise.

use crate::tui::app::action::{Action, Scope};

/// How an action can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionReach {
    Here,
    /// It belongs here, but something is missing; with what, as a hint.
    NotNow(&'static str),
    /// It belongs to another screen.
    Elsewhere,
}

/// Where the actions of a scope work.
pub struct Home {
    /// In a word or two, for a column.
    pub place: &'static str,
    /// The action that goes there, if one does.
    pub way: Option<Action>,
    /// How to get there, as a hint.
    pub says: &'static str,
}

/// Where the actions of a scope work.
pub const fn home(scope: Scope) -> Home {
    let (place, way, says) = match scope {
        Scope::Everywhere => ("everywhere", None, "works everywhere"),
        Scope::Requests => {
            ("on requests", Some(Action::ShowIntake), "works on a request: {intake} goes to the queue")
        }
        Scope::Marks => ("in lists", Some(Action::ShowIntake), "works in lists: {intake} goes to one"),
        Scope::Chosen => ("in lists", Some(Action::ShowIntake), "works on a row: {intake} goes to the queue"),
        Scope::Load => ("in the load", Some(Action::ShowLoad), "works in the load: {load} goes there"),
        Scope::People => ("on people", Some(Action::ShowLoad), "works on a person: {load} goes to the load"),
        Scope::Meetings => {
            ("on meetings", Some(Action::ShowMeetings), "works on a meeting: {meetings} goes there")
        }
        Scope::Records => {
            ("on boards", Some(Action::ShowOutcomes), "works on a board: {outcomes}, {change}, {influence}")
        }
        Scope::Standup => {
            ("in the standup", Some(Action::Standup), "works in the standup: {standup} opens it")
        }
        Scope::Brief => ("in a brief", Some(Action::Brief), "works in a brief: {brief} opens one"),
        Scope::Review => ("in a review", Some(Action::Review), "works in a review: {review} opens one"),
        Scope::History => {
            ("in the history", Some(Action::History), "works in the history: {history} opens it")
        }
        Scope::Reading => ("on a page", None, "works on a page: {open-request} on a request opens one"),
        Scope::Page => ("on a record", None, "works on the page of a record: {open-request} opens one"),
        Scope::Asking => (
            "while asked",
            None,
            "works where something is typed or chosen: {add} opens a line, {edit} a form",
        ),
        Scope::Prompt => ("in a line", None, "works in a line to type: {add} on the queue opens one"),
        Scope::Menu => ("in a menu", None, "works in a menu: {set-stage} on a request opens one"),
        Scope::Form => ("in a form", None, "works in a form: {add-form} or {edit} opens one"),
        Scope::Editor => (
            "in a long text",
            None,
            "works in a long text: {edit} opens a form, {long-text} its field as one",
        ),
        Scope::Candidates => {
            ("when assigning", None, "works among the candidates: {assign} on a request shows them")
        }
        Scope::Reflection => ("reflecting", None, "works in a reflection: {reflect} begins one"),
        Scope::Changes => {
            ("in an import", Some(Action::Import), "works on the page of an import: {import} asks for a file")
        }
        Scope::Columns => (
            "on columns",
            None,
            "works on the columns of a table that is imported: {import} asks for a file, {map-columns} on its page shows them",
        ),
        Scope::Sources => ("on sources", Some(Action::Sources), "works on sources: {sources} lists them"),
        Scope::Exchanged => (
            "if exchanged",
            None,
            "works when the files of the store were exchanged under the cockpit, which asks then",
        ),
    };
    Home { place, way, says }
}
