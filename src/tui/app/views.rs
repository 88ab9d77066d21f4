//! Saved views and orders of the list that has the keyboard; views of other lists lie behind the pane that has them.

use crate::domain::view::{self, Column, ListKind, Order, View};
use crate::domain::words::filter::columns;
use crate::tui::app::App;
use crate::tui::app::effect::Effect;
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

impl App {
    /// The list that has the keyboard.
    pub fn list(&self) -> ListKind {
        let board = self.focus.board().and_then(|index| self.boards.get(index));
        board.map_or_else(|| lists(self.focus)[0], Board::list)
    }

    /// Offers the saved views of the pane that has the keyboard, then those of others behind a figure each.
    pub(super) fn ask_for_view(&mut self, snapshot: &Snapshot) -> Vec<Effect> {
        let pane = self.focus;
        let effects = self.show(pane, self.is_zoomed, snapshot);
        let views = &snapshot.reading.views;
        let mut choices = choices_of(pane, views);
        let has_views = |other: &PaneId| *other != pane && !views_of(*other, views).is_empty();
        for other in PaneId::ALL.into_iter().filter(has_views) {
            let (key, name) = (figure(other), pane_name(other));
            let menu = Menu::new(format!("Show of {name}"), choices_of(other, views));
            choices.push(Choice { key, label: format!("of {name} …"), pick: Pick::Open(menu.into()) });
        }
        self.open(Menu::new(format!("Show of {}", pane_name(pane)), choices));
        effects
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
