//! The intake pane: open requests in the order in which they deserve a decision.

mod requests;
mod view;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::domain::ids::RequestId;
use crate::domain::view as views;
use crate::domain::view::{Order, View};
use crate::domain::words::filter::Filter;
use crate::domain::words::filter::order::compare;
use crate::ops::queue::QueueRow;
use crate::tui::app::action::Action;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::Update;
use crate::tui::view::list::{Cursor, Step};

pub use requests::act_on;
pub use view::{draw, summary};

/// Where the pane stands.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    cursor: Cursor,
    /// The chosen request; survives every reordering.
    selected: Option<RequestId>,
    /// Marked ones.
    marks: BTreeSet<RequestId>,
    /// Moving marks.
    is_ranging: bool,
    /// What is typed as a filter.
    filter_text: String,
    filter: Option<Filter>,
    /// As it was asked for; without one, as the view of the filter or the queue has it.
    order: Option<Order>,
    /// Typed, seen on the screen, and not asked yet.
    next_filter: Option<String>,
    /// Rows of the snapshot that are shown.
    visible: Vec<usize>,
    height: usize,
}

impl Intake {
    /// Takes over a new snapshot or size. The chosen request stays chosen wherever it went; if it is gone,
    /// its neighbour is.
    pub fn clamp(&mut self, snapshot: &Snapshot, height: usize) {
        self.height = height;
        let fits = |row: &QueueRow| self.filter.as_ref().is_none_or(|filter| filter.matches(&row.subject()));
        let found = snapshot.filterable().enumerate().filter(|(_, row)| fits(row));
        self.visible = found.map(|(index, _)| index).collect();
        if let Some(order) = self.order(snapshot) {
            let row = |index: &usize| snapshot.filterable_at(*index);
            self.visible.sort_by(|one, other| match (row(one), row(other)) {
                (Some(one), Some(other)) => compare(order, &one.subject(), &other.subject()),
                _ => Ordering::Equal,
            });
        }
        if !self.marks.is_empty() {
            let known: BTreeSet<RequestId> = snapshot.filterable().map(|row| row.request.id).collect();
            self.marks.retain(|id| known.contains(id));
        }
        let chosen = self.shown(snapshot).position(|row| Some(row.request.id) == self.selected);
        if let Some(chosen) = chosen {
            self.cursor.choose(chosen);
        }
        self.cursor.clamp(&self.visible.len(), height);
        self.choose(snapshot);
    }

    /// By what the rows are ordered, if not as the queue ranks them.
    pub fn order(&self, snapshot: &Snapshot) -> Option<Order> {
        self.order.or_else(|| self.view(snapshot)?.order)
    }

    /// The saved view that the filter is.
    fn view<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a View> {
        let name = self.filter_text.trim().strip_prefix("view:")?.trim_matches('"');
        views::find(name, &snapshot.reading.views)
    }

    /// Orders the rows otherwise; `None` as the queue ranks them.
    pub fn order_by(&mut self, order: Option<Order>, snapshot: &Snapshot) {
        self.order = order;
        let height = self.height;
        self.clamp(snapshot, height);
    }

    fn choose(&mut self, snapshot: &Snapshot) {
        let chosen = self.shown(snapshot).nth(self.cursor.row()).map(|row| row.request.id);
        self.selected = chosen;
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
        let was_chosen = self.cursor.click(seen, &self.visible.len(), self.height);
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
    }

    /// What actions work on: the marked ones, or the chosen one.
    pub fn targets(&self) -> Vec<RequestId> {
        if self.marks.is_empty() {
            self.selected.into_iter().collect()
        } else {
            self.marks.iter().copied().collect()
        }
    }

    /// Forgets the marks, after an action on them.
    pub fn unmark(&mut self) {
        self.marks.clear();
        self.is_ranging = false;
    }

    /// The text of the filter.
    pub fn filter_text(&self) -> &str {
        &self.filter_text
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

    /// Filters by a text; one that cannot be read leaves the rows as they were.
    pub fn filter(&mut self, text: &str, snapshot: &Snapshot) {
        text.clone_into(&mut self.filter_text);
        if text.trim().is_empty() {
            self.filter = None;
        } else if let Ok(filter) = Filter::parse(text, &snapshot.reading) {
            self.filter = Some(filter);
        }
        let height = self.height;
        self.clamp(snapshot, height);
    }

    /// One step back: the marks, then the filter. False if there is nothing to take back.
    pub fn back(&mut self, snapshot: &Snapshot) -> bool {
        if self.is_ranging || !self.marks.is_empty() {
            self.unmark();
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
            Action::Mark => return self.mark(snapshot),
            Action::MarkAll => return self.mark_all(snapshot),
            Action::MarkRange => return self.mark_range(),
            Action::NextMatch | Action::PreviousMatch => {
                let is_forward = action == Action::NextMatch;
                self.cursor.round(is_forward, &self.visible.len(), self.height);
                self.choose(snapshot);
                return Update::default();
            }
            _ => {}
        }
        let Some(step) = Step::of(action) else { return act_on(action, &self.targets(), snapshot) };
        let before = self.cursor.row();
        self.cursor.step(step, &self.visible.len(), self.height);
        self.choose(snapshot);
        if self.is_ranging {
            let rows = before.min(self.cursor.row())..=before.max(self.cursor.row());
            let passed: Vec<RequestId> = self.ids(snapshot).collect();
            self.marks.extend(&passed[rows]);
        }
        Update::default()
    }

    /// From here on every row that is passed is marked, until it is asked for again.
    fn mark_range(&mut self) -> Update {
        self.is_ranging = !self.is_ranging;
        if !self.is_ranging {
            return Update::notice("the range ends here; what is marked stays marked");
        }
        self.marks.extend(self.selected);
        Update::notice("what you pass is marked")
    }

    fn ids(&self, snapshot: &Snapshot) -> impl Iterator<Item = RequestId> {
        self.shown(snapshot).map(|row| row.request.id)
    }

    fn mark(&mut self, snapshot: &Snapshot) -> Update {
        let Some(id) = self.selected else { return Update::notice("no request is here to mark") };
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
        self.cursor.step(Step::Row { is_forward: true }, &self.visible.len(), self.height);
        self.choose(snapshot);
        Update::default()
    }

    fn mark_all(&mut self, snapshot: &Snapshot) -> Update {
        let shown: BTreeSet<RequestId> = self.ids(snapshot).collect();
        self.marks = if self.marks == shown { BTreeSet::new() } else { shown };
        Update::default()
    }
}
