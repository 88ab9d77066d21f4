//! What can be done to the rows of any list, marked or chosen, whatever they are: to mark them, to copy them, to edit
//! them as text, and to do to them what was done to others before.

use super::App;
use crate::domain::record::RecordKey;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::panes::board::act;
use crate::tui::panes::{Update, intake};
use crate::tui::view::layout::PaneId;

impl App {
    /// What actions work on here: the opened record, the marked ones, or the chosen one.
    pub(super) fn targets(&self, snapshot: &Snapshot) -> Vec<RecordKey> {
        if self.overlays.is_empty() {
            match self.focus {
                PaneId::Intake => return self.intake.targets().into_iter().map(RecordKey::from).collect(),
                PaneId::Meetings => {
                    return self.meetings.targets().into_iter().map(RecordKey::from).collect();
                }
                // People are no records with a key: what is done to them goes by `Scope::People`.
                PaneId::Load => return Vec::new(),
                board => {
                    return board.board().map_or_else(Vec::new, |index| self.boards[index].targets());
                }
            }
        }
        let request = || self.overlays.last().and_then(|overlay| overlay.request()).map(RecordKey::from);
        self.record(snapshot).or_else(request).into_iter().collect()
    }

    /// All that the list shows, where none of it is marked.
    fn marked_or_shown(&self, snapshot: &Snapshot) -> Vec<RecordKey> {
        match self.focus {
            _ if !self.overlays.is_empty() => self.targets(snapshot),
            PaneId::Intake => {
                self.intake.marked_or_shown(snapshot).into_iter().map(RecordKey::from).collect()
            }
            PaneId::Meetings => {
                self.meetings.marked_or_shown(snapshot).into_iter().map(RecordKey::from).collect()
            }
            PaneId::Load => Vec::new(),
            board => {
                board.board().map_or_else(Vec::new, |index| self.boards[index].marked_or_shown(snapshot))
            }
        }
    }

    pub(super) fn on_marks(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match self.focus {
            PaneId::Intake => self.intake.update(action, snapshot),
            PaneId::Meetings => self.meetings.update(action, snapshot),
            _ => self.board().map_or_else(Update::default, |board| board.update(action, snapshot)),
        }
    }

    pub(super) fn on_chosen(&self, action: Action, snapshot: &Snapshot) -> Update {
        let keys = if action == Action::EditAsText {
            self.marked_or_shown(snapshot)
        } else {
            self.targets(snapshot)
        };
        if keys.is_empty() {
            return Update::notice(snapshot.hints.say(NOTHING));
        }
        if action == Action::Modify {
            return modified(keys, snapshot);
        }
        let what = snapshot.called(&keys);
        let is_text = action == Action::EditAsText;
        let done = if is_text { Screen::EditRows(keys, None) } else { Screen::CopyRows(keys, what) };
        Update::effect(Effect::Screen(done))
    }

    /// Does the last change again, to what is chosen or marked now.
    pub(super) fn repeat(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let Some(write) = self.last_change.clone() else {
            self.say("nothing was changed yet that could be done again");
            return Vec::new();
        };
        // A kind of which nothing is chosen leaves nothing to write, which would look like a key that is dead.
        let chosen = self.targets(snapshot);
        let again = write.on(&chosen).filter(|again| !again.keys().is_empty());
        let Some(again) = again else {
            let place = if write.many() == "requests" { ": {intake} goes to the queue" } else { "" };
            let why = if chosen.is_empty() {
                "and none is chosen here".to_owned()
            } else {
                format!("and cannot be done to {}", snapshot.called(&chosen))
            };
            let text = format!("what was changed last was of {}, {why}{place}", write.many());
            self.say(&snapshot.hints.say(&text));
            return Vec::new();
        };
        // What the key itself would not do is not done by doing it again either.
        if let Write::SetEntries(entries) = &again {
            let asked = entries.iter().find_map(|(key, texts)| match texts.as_slice() {
                [(field, text)] if text == "today" => act::had_its_day(key, (*field, "today"), snapshot),
                _ => None,
            });
            if let Some(update) = asked {
                return self.take(update);
            }
        }
        vec![Effect::Write(again)]
    }
}

/// Asks for the line that changes them: requests have words of their own beside their fields.
fn modified(keys: Vec<RecordKey>, snapshot: &Snapshot) -> Update {
    if let Some(requests) = RecordKey::requests(&keys) {
        return intake::act_on(Action::Modify, &requests, snapshot);
    }
    let title = format!("Change {}", snapshot.called(&keys));
    Update::open(Prompt::new(Ask::ModifyRows(keys), title, ""))
}

/// Why nothing can be done to a row.
pub(super) const NOTHING: &str = "nothing is chosen here: {add} adds something";
