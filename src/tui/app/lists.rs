//! What is done to the list that has the keyboard, whichever it is: add to it, filter it, do the last change again.

use crate::ops::sheet::FormTarget;
use crate::tui::app::App;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Screen};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::pasted;
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::overlays::sources::SourcesPage;
use crate::tui::panes::row_before::Filtered;
use crate::tui::panes::{board, load};
use crate::tui::view::layout::PaneId;

impl App {
    /// Runs an action that is about a list; `None` if it is about something else.
    pub(super) fn on_list(&mut self, action: Action, snapshot: &Snapshot) -> Option<Vec<Effect>> {
        match action {
            Action::Add | Action::AddForm => return Some(self.add(action == Action::AddForm, snapshot)),
            Action::AddAny => self.open(load::add_menu()),
            Action::AddAbsence | Action::AddHoliday | Action::AddPerson | Action::AddRole => {
                let target = load::new_of(action, self.person(snapshot), snapshot);
                return Some(vec![Effect::Read(Read::OpenForm(target))]);
            }
            Action::Views => return Some(self.ask_for_view(snapshot)),
            Action::SaveView => return Some(self.save_view(snapshot)),
            Action::OrderBy => return Some(self.ask_for_order(snapshot)),
            Action::Filter => self.ask_for_filter(snapshot),
            Action::NextMatch | Action::PreviousMatch
                if self.overlays.is_empty() && self.filter_text().is_empty() =>
            {
                self.say(&snapshot.hints.say("nothing is filtered here: {filter} finds by words"));
            }
            Action::Repeat => return Some(self.repeat(snapshot)),
            Action::ShowCopied if self.presenting.is_on => {
                self.say("what was copied is hidden while others look on");
            }
            Action::ShowCopied if self.copied.is_empty() => self.say("nothing was copied yet"),
            Action::ShowCopied => return Some(vec![Effect::Screen(Screen::ShowCopied)]),
            Action::Sources => {
                self.arrive();
                self.overlays.push(SourcesPage::default().into());
            }
            Action::Import => return Some(self.ask_for_import()),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Adds what the list under the cursor holds.
    fn add(&mut self, is_form: bool, snapshot: &Snapshot) -> Vec<Effect> {
        let form = |target| vec![Effect::Read(Read::OpenForm(target))];
        // The page of the team is read before it is a list.
        let scopes = self.scopes();
        let own = scopes.iter().find(|scope| !matches!(scope, Scope::Reading | Scope::Page));
        match own.filter(|scope| **scope == Scope::People).or(scopes.first()) {
            Some(Scope::Load | Scope::People) => {
                let menu = load::team_menu(self.person(snapshot), snapshot);
                self.open(menu);
            }
            Some(Scope::Meetings) => return form(FormTarget::NewMeeting),
            Some(Scope::Sources) => return form(FormTarget::NewSource),
            Some(Scope::Records) => {
                // A record can be opened from any screen, so no board need lie below it.
                let pane = if self.focus.board().is_some() { self.focus } else { PaneId::Outcomes };
                self.open(board::new_menu(pane));
            }
            _ if is_form => return form(FormTarget::NewRequest),
            // A paste that was left before it was added comes first.
            _ => {
                match self.drafts.of(pasted::IDENTITY).and_then(|typed| pasted::field(typed, pasted::TEXT)) {
                    Some(text) => return vec![Effect::Read(Read::DraftMessage(text.to_owned()))],
                    None => self.open(Prompt::new(Ask::Add, "Add a request".to_owned(), "")),
                }
            }
        }
        Vec::new()
    }

    /// Asks for words, in whatever list has the keyboard.
    fn ask_for_filter(&mut self, snapshot: &Snapshot) {
        if !self.overlays.is_empty() {
            self.say(&snapshot.hints.say("lists are filtered: {back} goes back to one"));
            return;
        }
        // What a filter shows is another list: the row is come back to without it.
        self.leave_here();
        let before = self.filter_text().to_owned();
        self.filtered().begin_filter(snapshot);
        let ask = Ask::Filter(self.focus, before.clone());
        self.open(Prompt::new(ask, "Filter: show only what fits".to_owned(), &before));
    }

    /// The list that has the keyboard.
    fn filtered(&mut self) -> &mut dyn Filtered {
        match self.focus {
            PaneId::Load => &mut self.load,
            PaneId::Meetings => &mut self.meetings,
            pane => match pane.board() {
                Some(index) => &mut self.boards[index],
                None => &mut self.intake,
            },
        }
    }

    /// The filter of the list that has the keyboard.
    pub fn filter_text(&self) -> &str {
        match self.focus {
            PaneId::Load => self.load.filter_text(),
            PaneId::Meetings => self.meetings.filter_text(),
            pane => pane
                .board()
                .map_or_else(|| self.intake.filter_text(), |index| self.boards[index].filter_text()),
        }
    }

    /// Filters the list that has the keyboard.
    pub fn filter(&mut self, text: &str, snapshot: &Snapshot) {
        self.filtered().filter(text, snapshot);
        self.clamp(snapshot);
    }

    /// Gives up a filter while it is typed: the text and the row are those that were there before.
    pub(super) fn give_up_filter(&mut self, text: &str, snapshot: &Snapshot) {
        self.filtered().give_up_filter(text, snapshot);
        self.clamp(snapshot);
    }
}
