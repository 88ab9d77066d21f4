//! What is done to the list that has the keyboard, whichever it is: add to it, filter it, do the last change again.

use crate::domain::view::{Column, View};
use crate::ops::sheet::FormTarget;
use crate::tui::app::App;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Screen};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::pasted;
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::overlays::sources::SourcesPage;
use crate::tui::panes::{board, load};
use crate::tui::view::layout::PaneId;

fn view_choice(view: &View) -> Choice {
    // Anything but letters could be read as a sign of the filter.
    let is_plain = view.name.chars().all(char::is_alphanumeric);
    let filter = if is_plain { format!("view:{}", view.name) } else { format!("view:\"{}\"", view.name) };
    Choice { key: view.letter.unwrap_or(' '), label: view.name.clone(), pick: Pick::Filter(filter) }
}

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
        let ask = Ask::Filter(self.focus, before.clone());
        self.open(Prompt::new(ask, "Filter: show only what fits".to_owned(), &before));
    }

    /// Offers the saved views, which are of the queue.
    fn ask_for_view(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let effects = self.show(PaneId::Intake, self.is_zoomed && self.focus == PaneId::Intake, snapshot);
        let mut choices: Vec<Choice> = snapshot.reading.views.iter().map(view_choice).collect();
        choices.push(Choice { key: '0', label: "everything".to_owned(), pick: Pick::Filter(String::new()) });
        self.open(Menu::new("Show of the queue".to_owned(), choices));
        effects
    }

    fn ask_for_order(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let effects = self.show(PaneId::Intake, self.is_zoomed && self.focus == PaneId::Intake, snapshot);
        let order = |(index, column): (usize, &Column)| Choice {
            // Letters from `a` on: nought stands for the order of the queue itself.
            key: char::from_digit(u32::try_from(index + 10).unwrap_or(0), 36).unwrap_or(' '),
            label: column.title().to_owned(),
            pick: Pick::Order(Some(*column)),
        };
        let own = Choice { key: '0', label: "as the queue ranks them".to_owned(), pick: Pick::Order(None) };
        let choices = std::iter::once(own).chain(Column::ALL.iter().enumerate().map(order)).collect();
        self.open(Menu::new("Order the queue by".to_owned(), choices));
        effects
    }

    /// The filter of the list that has the keyboard.
    pub(super) fn filter_text(&self) -> &str {
        match self.focus {
            PaneId::Intake => self.intake.filter_text(),
            PaneId::Load => self.load.filter.text(),
            PaneId::Meetings => self.meetings.filter.text(),
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                self.focus.board().map_or("", |index| self.boards[index].filter.text())
            }
        }
    }

    /// Filters the list that has the keyboard.
    pub(super) fn filter(&mut self, text: &str, snapshot: &Snapshot) {
        match self.focus {
            PaneId::Intake => return self.intake.filter(text, snapshot),
            PaneId::Load => self.load.filter.set(text, self.focus, &snapshot.reading),
            PaneId::Meetings => self.meetings.filter.set(text, self.focus, &snapshot.reading),
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                let pane = self.focus;
                if let Some(board) = self.board() {
                    board.filter.set(text, pane, &snapshot.reading);
                }
            }
        }
        self.clamp(snapshot);
    }
}
