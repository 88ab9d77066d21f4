//! Saved views and orders of the list that has the keyboard; views of other lists lie behind the pane that has them.

use crate::domain::view::{self, Column, ListKind, Order, View};
use crate::domain::words::filter::{Filter, columns, schema};
use crate::ops::sheet::FormTarget;
use crate::tui::app::App;
use crate::tui::app::effect::{Effect, Read, Screen};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::panes::board::Board;
use crate::tui::panes::filter::{figure, lists};
use crate::tui::view::layout::PaneId;

/// What a pane is called.
const fn pane_name(pane: PaneId) -> &'static str {
    match pane {
        PaneId::Intake => "the queue",
        PaneId::Load => "the load",
        PaneId::Meetings => "meetings",
        PaneId::Outcomes => "outcomes",
        PaneId::Change => "change",
        PaneId::Influence => "influence",
    }
}

/// The views of the lists of a pane.
fn views_of(pane: PaneId, views: &[View]) -> Vec<&View> {
    lists(pane).iter().flat_map(|list| view::of_list(*list, views)).collect()
}

/// The views of a pane, and everything.
fn choices_of(pane: PaneId, views: &[View]) -> Vec<Choice> {
    let choice = |view: &View| {
        let pick = Pick::Filter(pane, columns::filter_of(view));
        Choice { key: view.letter.unwrap_or(' '), label: view.name.clone(), pick }
    };
    let everything =
        Choice { key: '0', label: "everything".to_owned(), pick: Pick::Filter(pane, String::new()) };
    views_of(pane, views).into_iter().map(choice).chain([everything]).collect()
}

/// A choice that leads to the views of a pane which are the user's own; none where there are none.
fn of_own(
    pane: PaneId,
    views: &[View],
    (key, label): (char, &str),
    title: &str,
    effect: &dyn Fn(&View) -> Effect,
) -> Option<Choice> {
    // Shipped ones stand in no file of the user's that could be changed.
    let own = views_of(pane, views).into_iter().filter(|view| view.is_own);
    let own: Vec<Choice> = own
        .map(|view| Choice {
            key: view.letter.unwrap_or(' '),
            label: view.name.clone(),
            pick: Pick::Do(effect(view)),
        })
        .collect();
    let menu = (!own.is_empty()).then(|| Menu::new(title.to_owned(), own))?;
    Some(Choice { key, label: label.to_owned(), pick: Pick::Open(menu.into()) })
}

impl App {
    /// The list that has the keyboard.
    pub fn list(&self) -> ListKind {
        let board = self.focus.board().and_then(|index| self.boards.get(index));
        board.map_or_else(|| lists(self.focus)[0], Board::list)
    }

    /// Offers the saved views of the pane that has the keyboard, then those of others behind a figure each.
    pub(super) fn ask_for_view(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let pane = self.focus;
        // Views are of the list, so whatever lies over it goes.
        let effects = self.show(pane, self.is_zoomed, snapshot);
        let views = &snapshot.reading.views;
        let mut choices = choices_of(pane, views);
        let has_views = |other: &PaneId| *other != pane && !views_of(*other, views).is_empty();
        for other in PaneId::ALL.into_iter().filter(has_views) {
            let (key, name) = (figure(other), pane_name(other));
            let menu = Menu::new(format!("Saved views of {name}"), choices_of(other, views));
            choices.push(Choice { key, label: format!("of {name} …"), pick: Pick::Open(menu.into()) });
        }
        // Signs, since letters and figures are the views' own.
        let save = Pick::Do(Effect::Read(Read::OpenForm(self.view_to_save(snapshot))));
        choices.push(Choice { key: '+', label: "save this …".to_owned(), pick: save });
        let change = |view: &View| Effect::Read(Read::OpenForm(FormTarget::View(Box::new(view.clone()))));
        let remove = |view: &View| Effect::Screen(Screen::DropView(view.name.clone()));
        choices.extend(of_own(pane, views, ('=', "change one …"), "Change which of your views?", &change));
        choices.extend(of_own(pane, views, ('-', "remove one …"), "Remove which of your views?", &remove));
        self.open(Menu::new(format!("Saved views of {}", pane_name(pane)), choices));
        effects
    }

    /// Opens the form of a view that shows what is shown now.
    pub(super) fn save_view(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let target = self.view_to_save(snapshot);
        let mut effects = self.show(self.focus, self.is_zoomed, snapshot);
        effects.push(Effect::Read(Read::OpenForm(target)));
        effects
    }

    /// What is set now, as a view without a name: of the list that has the keyboard, if the filter is one of it.
    fn view_to_save(&self, snapshot: &Snapshot) -> FormTarget {
        let text = self.filter_text().trim();
        let shown = columns::view_of(text, &snapshot.reading.views);
        let reads =
            |list: ListKind| Filter::parse_with(text, &schema::of_list(list), &snapshot.reading).is_ok();
        // The lists of a board share one filter; the view is of the first list that knows all of its words.
        let here = std::iter::once(self.list()).chain(lists(self.focus).iter().copied());
        let list = shown.map_or_else(|| here.into_iter().find(|list| reads(*list)), |view| Some(view.list));
        let list = list.unwrap_or_else(|| self.list());
        let mut view = View { order: self.order_of(list, snapshot), ..View::new("", list) };
        // Columns and groups are set by a view alone, so only the one that is shown has any to hand on.
        if let Some(shown) = shown {
            (view.columns, view.group) = (shown.columns.clone(), shown.group);
        }
        view.filter = columns::written_out(text, &snapshot.reading.views);
        FormTarget::View(Box::new(view))
    }

    /// Offers the columns by which the list that has the keyboard can be ordered.
    pub(super) fn ask_for_order(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let list = self.list();
        let effects = self.show(self.focus, self.is_zoomed, snapshot);
        let order = |(index, column): (usize, Column)| Choice {
            // Letters from `a` on: nought stands for the order of the list itself.
            key: char::from_digit(u32::try_from(index + 10).unwrap_or(0), 36).unwrap_or(' '),
            label: column.title(),
            pick: Pick::Order(list, Some(column)),
        };
        let (title, own) = match list {
            ListKind::Requests => ("Order the queue by".to_owned(), "as the queue ranks them"),
            list => (format!("Order {list} by"), "as they stand by themselves"),
        };
        let own = Choice { key: '0', label: own.to_owned(), pick: Pick::Order(list, None) };
        let columns = columns::columns(list).into_iter().enumerate().map(order);
        self.open(Menu::new(title, std::iter::once(own).chain(columns).collect()));
        effects
    }

    /// By what a list is ordered, if not as it stands by itself.
    pub(super) fn order_of(&self, list: ListKind, snapshot: &Snapshot) -> Option<Order> {
        match self.focus {
            PaneId::Intake => self.intake.order(snapshot),
            PaneId::Load => self.load.filter.order(list),
            PaneId::Meetings => self.meetings.filter.order(list),
            board => board.board().and_then(|index| self.boards[index].filter.order(list)),
        }
    }

    /// Orders a list of the pane that has the keyboard.
    pub(super) fn order(&mut self, list: ListKind, order: Option<Order>, snapshot: &Snapshot) {
        match self.focus {
            PaneId::Intake => self.intake.set_order(order, snapshot),
            PaneId::Load => self.load.set_order(order, snapshot),
            PaneId::Meetings => self.meetings.filter.set_order(list, order),
            PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                if let Some(board) = self.board() {
                    board.set_order(list, order, snapshot);
                }
            }
        }
        self.clamp(snapshot);
    }
}
