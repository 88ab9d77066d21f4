//! The actions that mean the same on every screen: where to go, what to open, what to take back.

use super::super::overlays::Overlay;
use super::super::overlays::document::{DocView, Role};
use super::super::overlays::forgetting;
use super::super::overlays::palette::Palette;
use super::super::overlays::picker::{LinkTargets, Picker};
use super::super::overlays::record::{Kind, Record};
use super::super::panes::{Update, board};
use super::App;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::RecordKey;
use crate::ops::forget::Subject;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::layout::PaneId;

impl App {
    pub(super) fn everywhere(&mut self, action: Action, snapshot: &Snapshot) -> Vec<Effect> {
        let own = self.on_list(action, snapshot).or_else(|| self.on_trail(action, snapshot));
        if let Some(effects) = own {
            return effects;
        }
        match action {
            Action::Team => self.overlays.push(Record::new(Kind::Team).into()),
            Action::Reflect => return self.reflect(snapshot),
            Action::DropDraft => self.throw_away(),
            Action::Undo => return vec![Effect::Write(Write::Undo(None))],
            Action::Redo => return vec![Effect::Write(Write::Redo)],
            Action::History => return vec![Effect::Read(Read::History)],
            Action::Capture => self.open(board::captures()),
            Action::Standup => return vec![Effect::Read(Read::Standup)],
            Action::Brief => return vec![Effect::Read(Read::Brief(self.meeting_at_hand(snapshot)))],
            Action::Review => return vec![Effect::Read(Read::Week(snapshot.today()))],
            Action::Figures => return vec![Effect::Read(Read::OpenFigures)],
            Action::Meanwhile => return self.meanwhile(snapshot),
            Action::Tie => self.tie(snapshot),
            Action::Forget => self.ask_to_forget(snapshot),
            Action::Private => return self.keep_private(snapshot),
            Action::Present => return self.present(snapshot),
            Action::NextPane | Action::PreviousPane => return self.turn(action, snapshot),
            Action::Zoom if self.focus.board().is_some() => {
                self.say(&snapshot.hints.say("a board has the whole screen; {cockpit} shows the cockpit"));
            }
            Action::TogglePage => self.toggle_page(snapshot),
            Action::Zoom => return self.show(self.focus, !self.is_zoomed, snapshot),
            Action::Cockpit if self.focus.board().is_some() => {
                return self.show(PaneId::Intake, false, snapshot);
            }
            Action::Cockpit => return self.show(self.focus, false, snapshot),
            Action::ShowIntake => return self.show(PaneId::Intake, true, snapshot),
            Action::ShowLoad => return self.show(PaneId::Load, true, snapshot),
            Action::ShowMeetings => return self.show(PaneId::Meetings, true, snapshot),
            Action::ShowOutcomes => return self.show(PaneId::Outcomes, false, snapshot),
            Action::ShowChange => return self.show(PaneId::Change, false, snapshot),
            Action::ShowInfluence => return self.show(PaneId::Influence, false, snapshot),
            Action::Help => self.open(self.palette(snapshot)),
            Action::CommandLine => {
                self.open(self.palette(snapshot).with_commands(self.commands.clone()));
            }
            Action::Back => return self.back(snapshot),
            // Behind something that is open the same key only closes it: nobody leaves the program by one key
            // too many.
            Action::Quit if self.overlays.is_empty() => return vec![Effect::Screen(Screen::Quit)],
            Action::Quit => self.close(),
            Action::Cancel => return self.cancel(snapshot),
            Action::Mouse => return self.lend_mouse(),
            Action::Redraw => return vec![Effect::Screen(Screen::Redraw)],
            Action::Suspend => return vec![Effect::Screen(Screen::Suspend)],
            _ => return self.moving(action, snapshot),
        }
        Vec::new()
    }

    /// Goes to the pane that is next to this one, or to the other column of a board.
    fn turn(&mut self, action: Action, snapshot: &Snapshot) -> Vec<Effect> {
        if self.focus.board().is_none() {
            // There are three panes, so two steps on are one back.
            let next = self.focus.next();
            let pane = if action == Action::NextPane { next } else { next.next() };
            return self.show(pane, self.is_zoomed, snapshot);
        }
        if self.overlays.is_empty() {
            return self.moving(action, snapshot);
        }
        self.say(&snapshot.hints.say("the board lies behind this: {back} goes back to it"));
        Vec::new()
    }

    pub(super) fn moving(&mut self, action: Action, snapshot: &Snapshot) -> Vec<Effect> {
        if !self.overlays.is_empty() {
            return Vec::new();
        }
        let outcome = match self.focus {
            // The load is drawn to the right of the queue, and nothing to its left.
            PaneId::Intake if action == Action::Right => {
                return self.show(PaneId::Load, self.is_zoomed, snapshot);
            }
            PaneId::Intake if action == Action::Left => return Vec::new(),
            PaneId::Intake => {
                // A jump as far as that is a place to come back from.
                if matches!(action, Action::Top | Action::Bottom) {
                    self.leave_here();
                }
                self.intake.update(action, snapshot)
            }
            PaneId::Load => self.load.update(action, snapshot),
            PaneId::Meetings => self.meetings.update(action, snapshot),
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                self.board().map_or_else(Update::default, |board| board.update(action, snapshot))
            }
        };
        self.take(outcome)
    }

    fn palette(&self, snapshot: &Snapshot) -> Palette {
        Palette::new(&self.reaches(snapshot), self.list(), self.sight(snapshot))
    }

    /// Leaves the mouse to the terminal, for selecting text, or takes it back.
    fn lend_mouse(&mut self) -> Vec<Effect> {
        self.takes_mouse = !self.takes_mouse;
        self.say(if self.takes_mouse {
            "the mouse works here"
        } else {
            "the mouse is the terminal's: select and copy as usual"
        });
        vec![Effect::Screen(Screen::Mouse(self.takes_mouse))]
    }

    /// Hides what is private from those who look on, or shows it again.
    pub(super) fn present(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        self.presenting.is_on = !self.presenting.is_on;
        // Asked first, since what is typed is taken off the screen below.
        let is_typed = self.overlays.iter().any(|overlay| overlay.typed().is_some());
        if self.presenting.is_on {
            self.stash();
            let is_private =
                |overlay: &Overlay| overlay.record().is_some_and(|key| snapshot.private.has(&key));
            // What lies open is read anew for other eyes, except what only asks or was listed once.
            let stays = |overlay: &Overlay| match overlay {
                Overlay::Menu(_) | Overlay::Reflect(_) => false,
                // It holds words as they were read, private ones too; what was typed into it is a draft.
                _ if overlay.takes_text() => false,
                Overlay::Document(document) => document.role != Role::Meanwhile,
                _ => !is_private(overlay),
            };
            self.overlays.retain(stays);
        }
        self.say(match (self.presenting.is_on, is_typed) {
            (true, false) => "presenting: reflections, trust, private notes and chosen names are hidden",
            (true, true) => {
                "presenting: what is private is hidden, and what you typed is kept until you come back to it"
            }
            (false, _) => "no longer presenting: everything is shown again",
        });
        // Before anybody looks on: whatever ends the program, it opens as it was.
        vec![Effect::Screen(Screen::Reload), Effect::Screen(Screen::RememberPlace)]
    }

    /// Lists what changed meanwhile; what is listed is read.
    fn meanwhile(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let Some(found) = snapshot.news() else {
            self.say("nothing changed elsewhere since you last looked");
            return Vec::new();
        };
        self.built(DocView::new(found.document(), Role::Meanwhile));
        vec![Effect::Screen(Screen::Looked)]
    }

    /// Gives a pane the keyboard, and the whole screen if asked. Overlays go: another pane is meant.
    pub fn show(&mut self, pane: PaneId, is_zoomed: bool, snapshot: &Snapshot) -> Vec<Effect> {
        if self.overlays.is_empty() && pane != self.focus {
            // Below a page the place was remembered when the page was opened.
            self.leave_here();
        }
        // One by one, since closing keeps what was typed into each.
        while !self.overlays.is_empty() {
            self.close();
        }
        let before = self.range();
        (self.focus, self.is_zoomed) = (pane, is_zoomed);
        self.clamp(snapshot);
        // Read only where other days or a board are to be shown: going between panes must cost nothing.
        if self.range() == before { Vec::new() } else { vec![Effect::Screen(Screen::Reload)] }
    }

    /// One step back; never quits.
    pub(super) fn back(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        if !self.overlays.is_empty() {
            self.close();
        } else if self.focus == PaneId::Intake && self.intake.back(snapshot)
            || self.focus == PaneId::Meetings && self.meetings.marks.clear()
            || self.board().is_some_and(|board| board.marks.clear())
        {
        } else if self.focus != PaneId::Intake && !self.filter_text().is_empty() {
            self.filter("", snapshot);
        } else if self.focus.board().is_some() {
            return self.show(PaneId::Intake, self.is_zoomed, snapshot);
        } else if self.is_zoomed {
            return self.show(self.focus, false, snapshot);
        } else {
            self.say(&snapshot.hints.say("nothing is open; {quit} quits"));
        }
        Vec::new()
    }

    /// Reflects on the open or chosen meeting, otherwise on the newest one that is owed it.
    pub(super) fn reflect(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let open =
            self.overlays.last().and_then(|overlay| overlay.meeting()).map(|meeting| meeting.key.clone());
        let chosen = (self.focus == PaneId::Meetings && self.overlays.is_empty())
            .then(|| self.meetings.chosen(snapshot))
            .flatten();
        let key = open
            .or_else(|| chosen.map(|meeting| meeting.key.clone()))
            .or_else(|| snapshot.owed.first().map(|meeting| meeting.key.clone()));
        if let Some(key) = key {
            vec![Effect::Read(Read::StartReflection(key))]
        } else {
            self.say(
                &snapshot
                    .hints
                    .say("no meeting is owed a reflection; {next-pane} to the meetings chooses one"),
            );
            Vec::new()
        }
    }

    /// The meeting that is opened, or chosen in its own pane; otherwise the next one is meant.
    fn meeting_at_hand(&self, snapshot: &Snapshot) -> Option<OccurrenceKey> {
        let open = self.overlays.last().and_then(|overlay| overlay.meeting());
        let is_here = self.focus == PaneId::Meetings && self.overlays.is_empty();
        let chosen = || self.meetings.chosen(snapshot).filter(|_| is_here);
        open.or_else(chosen).map(|meeting| meeting.key.clone())
    }

    /// The record that is opened or chosen, whatever its kind.
    pub(super) fn record(&self, snapshot: &Snapshot) -> Option<RecordKey> {
        match self.overlays.last() {
            Some(overlay) => overlay.record(),
            None => match self.focus {
                PaneId::Intake => self.intake.selected().map(RecordKey::from),
                PaneId::Meetings => self.meetings.chosen(snapshot).map(|meeting| meeting.key.clone().into()),
                PaneId::Load => None,
                board => self.boards[board.board()?].chosen(),
            },
        }
    }

    fn ask_to_forget(&mut self, snapshot: &Snapshot) {
        let of_person = || {
            let id = self.person(snapshot)?;
            let person = snapshot.team.people.iter().find(|person| person.id == id)?;
            Some(Subject::Person { row: id.0, handle: person.handle.clone() })
        };
        match self.record(snapshot).map(|key| Subject::of(&key)).or_else(of_person) {
            Some(subject) => self.open(forgetting::ask(&subject)),
            None => self.say("nothing is chosen here that could be forgotten"),
        }
    }

    /// Keeps what is marked or chosen from others, or shows it again.
    fn keep_private(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let keys = self.targets(snapshot);
        if keys.is_empty() {
            self.say("nothing is chosen here that could be kept from others");
            return Vec::new();
        }
        // Decided here and not where it is written: done again to another record it does the same to that.
        let is_kept = !keys.iter().all(|key| snapshot.private.has(key));
        vec![Effect::Write(Write::Keep(keys, is_kept))]
    }

    fn tie(&mut self, snapshot: &Snapshot) {
        match self.record(snapshot) {
            Some(key) => self.open(Picker::of(LinkTargets::of(key, None, snapshot))),
            None => self.say("nothing is chosen here that could be linked"),
        }
    }
}
