//! A count before a key that moves: `5j` goes five rows down, `10G` to the tenth. Digits are the keys of screens too, and
//! a screen that waited for the next key would be felt at every switch. So a digit shows its screen at once; where a
//! moving key comes right behind it, it was a count, and everything stands as it did before the digit. Either way round
//! a wrong guess only moves, and a pause between the two keys says which is meant.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use keybinds::KeyInput;

use super::super::overlays::Overlay;
use super::super::panes::board::Board;
use super::super::panes::intake::Intake;
use super::super::panes::load::Load;
use super::super::panes::meetings::Meetings;
use super::{App, scopes_of};
use crate::tui::app::action::Action;
use crate::tui::app::effect::Effect;
use crate::tui::app::keymap::Resolved;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::app::trail::Visited;
use crate::tui::view::layout::PaneId;
use crate::tui::view::list::Step;

/// No list is as long as this.
const MOST: usize = 99_999;

/// How often a key is pressed over on a page, which is laid out anew for each.
const MOST_ON_PAGE: usize = 200;

/// Digits that were typed so far.
#[derive(Debug)]
pub struct Count {
    number: usize,
    /// How everything stood before the first digit showed a screen; `None` while none of them has.
    before: Option<Box<BeforeCount>>,
}

/// All that showing a screen changes.
#[derive(Debug)]
struct BeforeCount {
    focus: PaneId,
    is_zoomed: bool,
    overlays: Vec<Overlay>,
    trail: Visited,
    intake: Intake,
    load: Load,
    meetings: Meetings,
    boards: [Board; 3],
}

impl BeforeCount {
    fn of(app: &App) -> Self {
        Self {
            focus: app.focus,
            is_zoomed: app.is_zoomed,
            overlays: app.overlays.clone(),
            trail: app.trail.clone(),
            intake: app.intake.clone(),
            load: app.load.clone(),
            meetings: app.meetings.clone(),
            boards: app.boards.clone(),
        }
    }

    fn restore(self, app: &mut App) {
        (app.focus, app.is_zoomed) = (self.focus, self.is_zoomed);
        (app.overlays, app.trail) = (self.overlays, self.trail);
        (app.intake, app.load) = (self.intake, self.load);
        (app.meetings, app.boards) = (self.meetings, self.boards);
    }
}

const fn shows_screen(action: Action) -> bool {
    matches!(
        action,
        Action::Cockpit
            | Action::ShowIntake
            | Action::ShowLoad
            | Action::ShowMeetings
            | Action::ShowOutcomes
            | Action::ShowChange
            | Action::ShowInfluence
    )
}

/// The digit that a key types.
fn digit(key: KeyEvent) -> Option<usize> {
    match key.code {
        KeyCode::Char(letter) if key.modifiers == KeyModifiers::NONE => {
            letter.to_digit(10).and_then(|digit| usize::try_from(digit).ok())
        }
        _ => None,
    }
}

impl App {
    /// Takes a key as a digit of a count, or as the move behind one; `None` if it is neither.
    pub(super) fn count(&mut self, key: KeyEvent, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        let count = self.count.take();
        match digit(key).filter(|_| self.pending.is_empty()) {
            // As in an editor no count begins with a nought, so a key `0` can be bound like any other.
            Some(digit) if digit > 0 || count.is_some() => self.count_on(digit, count, key, snapshot),
            _ => self.end_count(count?, key, snapshot),
        }
    }

    /// The last key is too long ago for the next one to belong to it.
    pub fn lapse_count(&mut self) {
        // Where a digit showed no screen nothing else can be meant, and behind `g` its popup stands.
        if self.pending.is_empty() && self.count.as_ref().is_some_and(|count| count.before.is_some()) {
            self.count = None;
        }
    }

    fn count_on(
        &mut self,
        digit: usize,
        count: Option<Count>,
        key: KeyEvent,
        snapshot: &Snapshot,
    ) -> Option<Vec<Effect>> {
        // What is typed into is not come back to as it was; pages are only read.
        let is_page = |overlay: &Overlay| matches!(overlay, Overlay::Record(_) | Overlay::Document(_));
        if !self.overlays.iter().all(is_page) {
            return None;
        }
        // The first digit alone remembers where it began: `12j` has shown two screens by then.
        let (number, before) = count.map_or((0, None), |count| (count.number, count.before));
        // A digit that is held down would go on for ever.
        let number = (number * 10 + digit).min(MOST);
        match self.keymap.resolve(self.scopes(), &[KeyInput::from(key)]) {
            Resolved::Action(action) if shows_screen(action) => {
                let before = before.unwrap_or_else(|| Box::new(BeforeCount::of(self)));
                let effects = self.act(action, snapshot);
                self.count = Some(Count { number, before: Some(before) });
                Some(effects)
            }
            Resolved::Unbound => {
                self.count = Some(Count { number, before });
                let hint =
                    format!("{number}  ·  a count for {{down}}, {{up}} …; {{top}} goes to row {number}");
                self.say(&snapshot.hints.say(&hint));
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn end_count(&mut self, count: Count, key: KeyEvent, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        // Some terminals report the Shift of `G` alone.
        if matches!(key.code, KeyCode::Modifier(_) | KeyCode::Null) {
            self.count = Some(count);
            return Some(Vec::new());
        }
        // Something may have opened meanwhile, which is not closed for a move.
        if count.before.is_some() && !self.overlays.is_empty() {
            return None;
        }
        // A count may stand before a row of keys as well, as `5` does before `g g`.
        let mut keys = self.pending.clone();
        keys.push(KeyInput::from(key));
        // What the key means where the count began.
        let (overlays, focus) = match &count.before {
            Some(before) => (&before.overlays, before.focus),
            None => (&self.overlays, self.focus),
        };
        match self.keymap.resolve(scopes_of(overlays, focus), &keys) {
            Resolved::Action(action) if is_counted(action, overlays, focus) => {
                self.pending.clear();
                if let Some(before) = count.before {
                    before.restore(self);
                    // The rows may have been read anew since the first digit was typed.
                    self.clamp(snapshot);
                    self.say(&format!(
                        "{} is a count, since {} came right behind it",
                        count.number,
                        said(&keys)
                    ));
                }
                Some(self.move_by(action, count.number, snapshot))
            }
            Resolved::Pending(_) => {
                self.count = Some(count);
                None
            }
            _ => None,
        }
    }

    /// Moves so often, or to the row of that number.
    fn move_by(&mut self, action: Action, number: usize, snapshot: &Snapshot) -> Vec<Effect> {
        if matches!(action, Action::Top | Action::Bottom) {
            // From the top down, as the cursor moves anyway: no list has another way to name a row by its number.
            let mut effects = self.act(Action::Top, snapshot);
            // Never below nought, since no count begins with a nought.
            effects.extend(self.repeat_move(Action::Down, number - 1, snapshot));
            return effects;
        }
        self.repeat_move(action, number, snapshot)
    }

    fn repeat_move(&mut self, action: Action, times: usize, snapshot: &Snapshot) -> Vec<Effect> {
        // A list goes all the way in one step, where a page has to be asked for each.
        if let Some(step) = Step::of(action).filter(|_| self.overlays.is_empty()) {
            match self.focus {
                PaneId::Intake => self.intake.step(step, times, snapshot),
                PaneId::Load => self.load.step(step, times, snapshot),
                PaneId::Meetings => self.meetings.step(step, times, snapshot),
                PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                    if let Some(board) = self.board() {
                        board.step(step, times, snapshot);
                    }
                }
            }
            return Vec::new();
        }
        let mut effects: Vec<Effect> = Vec::new();
        for _ in 0..times.min(MOST_ON_PAGE) {
            let more = self.act(action, snapshot);
            // Days are read once, however far they moved.
            effects.retain(|effect| !more.contains(effect));
            effects.extend(more);
        }
        effects
    }
}

/// True for what a count makes go further.
fn is_counted(action: Action, overlays: &[Overlay], focus: PaneId) -> bool {
    // Elsewhere the two change between columns, weeks or blocks, of which nobody counts any.
    let is_sideways = matches!(action, Action::Left | Action::Right);
    Step::of(action).is_some() || is_sideways && overlays.is_empty() && focus == PaneId::Load
}

fn said(keys: &[KeyInput]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
