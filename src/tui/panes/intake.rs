//! The intake pane: open requests in the order in which they deserve a decision.

mod lines;
mod requests;
mod said;
mod view;

use std::collections::BTreeSet;

use crate::domain::ids::RequestId;
use crate::domain::view as views;
use crate::domain::view::{ListKind, Order, View};
use crate::domain::words::filter::order::{RowOrder, SortKey};
use crate::domain::words::filter::{Filter, columns, schema};
use crate::ops::queue::QueueRow;
use crate::tui::app::action::Action;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::Update;
use crate::tui::panes::marks::Marks;
use crate::tui::panes::place::PanePlace;
use crate::tui::panes::row_before::{Filtered, KeyedRows, RowBefore};
use crate::tui::view::list::{Cursor, Step};

use lines::QueueLines;

pub use requests::{act_on, act_on_one};
pub use view::{draw, frame, summary};

/// So many of those that follow the chosen one are known: as many marked ones can go with it at once.
const FOLLOWING: usize = 50;

/// Where the pane stands.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    cursor: Cursor,
    /// The chosen request; survives every reordering.
    selected: Option<RequestId>,
    /// Those that followed it, for when it goes.
    following: Vec<RequestId>,
    /// One that was just added: it is shown while it is chosen, whatever the filter says.
    added: Option<RequestId>,
    marks: Marks<RequestId>,
    /// What is typed as a filter.
    filter_text: String,
    /// A word of the filter is only begun, or wrong, and narrows nothing.
    is_half_typed: bool,
    filter: Option<Filter>,
    row_before: RowBefore<RequestId>,
    /// As it was asked for; without one, as the view of the filter or the queue has it.
    order: Option<Order>,
    /// Typed, seen on the screen, and not asked yet.
    next_filter: Option<String>,
    /// Rows of the snapshot that are shown.
    visible: Vec<usize>,
    /// Their lines, with the headings of a view that groups them.
    lines: QueueLines,
    height: usize,
}

impl Intake {
    /// Takes over a new snapshot or size. The chosen request stays chosen wherever it went; if it is gone, the next
    /// that followed it is: rows that moved at the same time are no reason to pass one over.
    pub fn clamp(&mut self, snapshot: &Snapshot, height: usize) {
        self.height = height;
        let is_shown = |row: &QueueRow| self.added == Some(row.request.id) || self.fits(row);
        let found = snapshot.filterable().enumerate().filter(|(_, row)| is_shown(row));
        self.visible = found.map(|(index, _)| index).collect();
        if let Some(order) = self.order(snapshot) {
            let order = RowOrder::new(order, ListKind::Requests);
            let key = |index: &usize| -> Option<SortKey> {
                snapshot.filterable_at(*index).map(|row| order.key(&row.subject()))
            };
            self.visible.sort_by_cached_key(key);
        }
        self.group(snapshot);
        // A mark may lie outside the filter, but not on what is gone: an action would name it.
        if !self.marks.is_empty() {
            let known: BTreeSet<RequestId> = snapshot.filterable().map(|row| row.request.id).collect();
            self.marks.keep(|id| known.contains(id));
        }
        if let Some(chosen) = self.row_of(self.selected, snapshot).or_else(|| self.row_of_next(snapshot)) {
            self.cursor.choose(self.lines.line(chosen));
        }
        self.cursor.clamp(&self.lines, height);
        self.choose(snapshot);
    }

    /// Puts the rows under the headings of their view, in the order that they have.
    fn group(&mut self, snapshot: &Snapshot) {
        let Some(group) = self.view(snapshot).and_then(|view| view.group) else {
            self.lines = QueueLines::ungrouped(self.visible.len());
            return;
        };
        let (today, calendar) = (snapshot.today(), &snapshot.reading.calendar);
        let name = |index: &usize| {
            let row = snapshot.filterable_at(*index);
            row.map_or_else(String::new, |row| row.in_column(group, today, calendar))
        };
        let groups = views::grouped(std::mem::take(&mut self.visible), name);
        let headings =
            groups.iter().map(|(name, rows)| (views::heading(group, name, rows.len()), rows.len()));
        self.lines = QueueLines::grouped(headings);
        self.visible = groups.into_iter().flat_map(|(_, rows)| rows).collect();
    }

    /// The chosen one of the rows, headings not counted.
    fn row(&self) -> usize {
        self.lines.row(self.cursor.row()).unwrap_or(0)
    }

    /// By what the rows are ordered, if not as the queue ranks them.
    pub fn order(&self, snapshot: &Snapshot) -> Option<Order> {
        self.order.or_else(|| self.view(snapshot)?.order)
    }

    /// The saved view that the filter begins with; words behind it narrow it, and its order stays.
    fn view<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a View> {
        columns::view_of(&self.filter_text, &snapshot.reading.views)
            .filter(|view| view.list == ListKind::Requests)
    }

    /// Orders the queue by a column; `None` as its view has it, or as the queue ranks them.
    pub fn set_order(&mut self, order: Option<Order>, snapshot: &Snapshot) {
        self.order = order;
        let height = self.height;
        self.clamp(snapshot, height);
    }

    /// Without a filter the open work; closed work that one asked for is still there until it is read again.
    fn fits(&self, row: &QueueRow) -> bool {
        let is_open = || !row.request.stage.is_closed();
        self.filter.as_ref().map_or_else(is_open, |filter| filter.matches(&row.subject()))
    }

    fn row_of(&self, id: Option<RequestId>, snapshot: &Snapshot) -> Option<usize> {
        self.shown(snapshot).position(|row| Some(row.request.id) == id)
    }

    /// The row of the first that is still shown of those that followed.
    fn row_of_next(&self, snapshot: &Snapshot) -> Option<usize> {
        let rank = |id: RequestId| self.following.iter().position(|known| *known == id);
        let ranked = self.shown(snapshot).enumerate();
        let ranked = ranked.filter_map(|(row, shown)| Some((rank(shown.request.id)?, row)));
        ranked.min().map(|(_, row)| row)
    }

    fn choose(&mut self, snapshot: &Snapshot) {
        let mut shown = self.shown(snapshot).skip(self.row()).map(|row| row.request.id);
        let chosen = shown.next();
        let following = shown.take(FOLLOWING).collect();
        (self.selected, self.following) = (chosen, following);
        // Once it is left, the filter holds for it as for any other.
        if self.added.is_some() && self.added != chosen {
            self.added = None;
            self.clamp(snapshot, self.height);
        }
    }

    /// The one that follows the chosen one.
    pub fn next(&self) -> Option<RequestId> {
        self.following.first().copied()
    }

    /// Goes to a request that was just added; false if it does not fit the filter, and is shown all the same.
    pub fn go_to_added(&mut self, id: RequestId, snapshot: &Snapshot) -> bool {
        self.select(id);
        self.added = Some(id);
        self.clamp(snapshot, self.height);
        snapshot.row(id).is_none_or(|row| self.fits(row))
    }

    /// Where it stands, to be remembered.
    pub fn place(&self) -> PanePlace {
        PanePlace {
            cursors: vec![self.cursor.place()],
            chosen: self.selected.map(|id| id.to_string()),
            filter: self.filter_text.clone(),
            order: self.order.map(|order| order.to_string()),
            ..PanePlace::default()
        }
    }

    /// Goes back to where it stood, and to what was chosen.
    pub fn lay(&mut self, place: &PanePlace, chosen: Option<RequestId>, snapshot: &Snapshot) {
        self.order = place.order.as_deref().and_then(|order| columns::order(order, ListKind::Requests).ok());
        self.filter(&place.filter, snapshot);
        // Behind the filter, which chooses by itself; the next `clamp` brings cursor and rows in line.
        (self.cursor, self.selected) = (place.cursor(0), chosen);
    }

    /// The rows that fit, in their order.
    fn shown<'a>(&self, snapshot: &'a Snapshot) -> impl Iterator<Item = &'a QueueRow> {
        self.visible.iter().filter_map(|index| snapshot.filterable_at(*index))
    }

    /// The filter asks for closed requests, which are not in the queue.
    pub fn wants_closed(&self) -> bool {
        self.filter.as_ref().is_some_and(Filter::wants_closed)
    }

    /// Chooses a row by the mouse; true if it was chosen already.
    pub fn click(&mut self, seen: usize, snapshot: &Snapshot) -> bool {
        let was_chosen = self.cursor.click(seen, &self.lines, self.height);
        self.row_before.moved();
        self.choose(snapshot);
        was_chosen == Some(true)
    }

    /// The chosen request.
    pub const fn selected(&self) -> Option<RequestId> {
        self.selected
    }

    /// Chooses a request, if it is shown.
    pub const fn select(&mut self, id: RequestId) {
        self.selected = Some(id);
        self.row_before.moved();
    }

    /// How many rows stand on the screen at once.
    pub fn rows_seen(&self) -> usize {
        // None where another pane has the whole screen; one request that lies open there is seen all the same.
        self.height.max(1)
    }

    /// What actions work on: the marked ones, or the chosen one.
    pub fn targets(&self) -> Vec<RequestId> {
        self.marks.or(self.selected)
    }

    /// The marked ones, or all that are shown.
    pub fn marked_or_shown(&self, snapshot: &Snapshot) -> Vec<RequestId> {
        if self.marks.is_empty() { self.ids(snapshot).collect() } else { self.targets() }
    }

    /// How many are marked.
    pub fn marked(&self) -> usize {
        self.marks.len()
    }

    /// Forgets the marks, after an action on them.
    pub fn unmark(&mut self) {
        self.marks.clear();
    }

    /// Filters by a text once it stands on the screen: a letter is seen before its rows are found.
    pub fn filter_soon(&mut self, text: String) {
        self.next_filter = Some(text);
    }

    /// Filters by what was typed last; true if there was something.
    pub fn finish_deferred(&mut self, snapshot: &Snapshot) -> bool {
        let next = self.next_filter.take();
        if let Some(text) = &next {
            self.filter(text, snapshot);
        }
        next.is_some()
    }

    /// One step back: the marks, then the filter. False if there is nothing to take back.
    pub fn back(&mut self, snapshot: &Snapshot) -> bool {
        // Marks first: with them an action reaches further than the chosen row, also beyond what the filter shows.
        if self.marks.clear() {
        } else if self.filter.is_some() || !self.filter_text.is_empty() {
            self.filter("", snapshot);
        } else {
            return false;
        }
        true
    }

    /// Runs an action on the list or on the requests in it.
    pub fn update(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match action {
            Action::Mark | Action::MarkAll | Action::MarkRange | Action::InvertMarks => {
                return self.mark(action, snapshot);
            }
            Action::NextMatch | Action::PreviousMatch => {
                let is_forward = action == Action::NextMatch;
                self.cursor.round(is_forward, &self.lines, self.height);
                self.row_before.moved();
                self.choose(snapshot);
                return Update::default();
            }
            _ => {}
        }
        let Some(step) = Step::of(action) else {
            // What is opened or explained is the row that is seen, wherever marks lie.
            let is_of_one = matches!(action, Action::OpenRequest | Action::Explain);
            let ids = if is_of_one { self.selected.into_iter().collect() } else { self.targets() };
            return act_on(action, &ids, snapshot);
        };
        self.step(step, 1, snapshot);
        Update::default()
    }

    /// Moves so many times, or as far as it goes.
    pub fn step(&mut self, step: Step, times: usize, snapshot: &Snapshot) {
        let before = self.row();
        self.row_before.moved();
        self.cursor.steps(step, times, &self.lines, self.height);
        self.choose(snapshot);
        // A page passes many rows at once, and all of them are meant.
        let (first, last) = (before.min(self.row()), before.max(self.row()));
        let passed: Vec<RequestId> = self.ids(snapshot).skip(first).take(last - first + 1).collect();
        self.marks.pass(passed);
    }

    fn ids(&self, snapshot: &Snapshot) -> impl Iterator<Item = RequestId> {
        self.shown(snapshot).map(|row| row.request.id)
    }

    fn mark(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        let shown: Vec<RequestId> = self.ids(snapshot).collect();
        let update = self.marks.act(action, self.selected, shown, "no request is here to mark");
        if action == Action::Mark && self.selected.is_some() {
            self.row_before.moved();
            self.cursor.step(Step::Row { is_forward: true }, &self.lines, self.height);
            self.choose(snapshot);
        }
        update.unwrap_or_default()
    }
}

impl KeyedRows for Intake {
    type Key = RequestId;

    fn shown_text(&self) -> &str {
        &self.filter_text
    }

    /// A text that cannot be read leaves the rows as they were.
    fn show(&mut self, text: &str, snapshot: &Snapshot) -> bool {
        text.clone_into(&mut self.filter_text);
        self.is_half_typed = Filter::parse(text, &snapshot.reading).is_err();
        self.added = None;
        if text.trim().is_empty() {
            self.filter = None;
        // Half a word such as `due:<` stands there at every second letter: an empty list would flash up each
        // time.
        } else if let Ok(filter) = Filter::parse_typed(text, schema::requests(), &snapshot.reading) {
            self.filter = Some(filter);
        }
        self.clamp(snapshot, self.height);
        columns::view_of(text, &snapshot.reading.views).is_some()
    }

    fn chosen_row(&self, _: &Snapshot) -> Option<RequestId> {
        self.selected
    }

    fn go_to_row(&mut self, id: &RequestId, snapshot: &Snapshot) -> bool {
        if self.selected != Some(*id) {
            self.selected = Some(*id);
            self.clamp(snapshot, self.height);
        }
        self.selected == Some(*id)
    }

    fn row_before(&mut self) -> &mut RowBefore<RequestId> {
        &mut self.row_before
    }
}
