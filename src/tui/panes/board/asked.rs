//! What somebody asked of the lists of a board: which of them is meant, what fits, and in which order.

use super::{Board, BoardColumn, BoardStyle};
use crate::domain::record::{Record, RecordKey};
use crate::domain::view::{ListKind, Order};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::record::Link;
use crate::tui::panes::filter::lists;
use crate::tui::panes::row_before::{KeyedRows, RowBefore};
use crate::tui::view::list::Cursor;

impl BoardStyle<'_> {
    /// Records of a list in the order that somebody asked for, or as they come.
    pub(super) fn ordered<'r, T, R: Record + 'r>(
        &self,
        rows: impl IntoIterator<Item = &'r T>,
        record: impl Fn(&'r T) -> &'r R,
    ) -> Vec<&'r T> {
        self.filter.ordered(rows, record, self.snapshot)
    }
}

impl Board {
    /// The list that has the cursor: of the chosen record, or the one that its column begins with.
    pub fn list(&self) -> ListKind {
        let lists = lists(self.pane);
        let chosen = match &self.selected {
            Some(Link::Record(RecordKey::Numbered(kind, _))) => ListKind::of(*kind),
            _ => None,
        };
        let shown = self.filter.view().map(|view| view.list).or(chosen).filter(|list| lists.contains(list));
        shown.unwrap_or_else(|| lists[self.column.min(lists.len() - 1)])
    }

    /// Orders the list that has the cursor; the chosen line stays chosen.
    pub fn set_order(&mut self, list: ListKind, order: Option<Order>, snapshot: &Snapshot) {
        self.filter.set_order(list, order);
        self.clamp(snapshot, (self.width, self.height));
    }

    /// A column that says which of its lists somebody ordered; the first list of the board stands in the first column.
    pub(super) fn told_order(&self, mut column: BoardColumn, is_first: bool) -> BoardColumn {
        for (place, list) in
            lists(self.pane).iter().enumerate().filter(|(place, _)| (*place == 0) == is_first)
        {
            let Some(order) = self.filter.order(*list) else { continue };
            let told = if place == 0 { order.told() } else { format!("{list} {}", order.told()) };
            // In front, since the end is what a narrow rule cuts.
            column.more = if column.more.is_empty() { told } else { format!("{told} · {}", column.more) };
        }
        column
    }
}

impl KeyedRows for Board {
    type Key = Link;

    fn shown_text(&self) -> &str {
        self.filter.text()
    }

    /// Another view begins at its top, since it may share no row with what was seen before.
    fn show(&mut self, text: &str, snapshot: &Snapshot) -> bool {
        let before = self.filter.view().map(|view| view.name.clone());
        self.filter.set(text, self.pane, &snapshot.reading);
        let now = self.filter.view().map(|view| &view.name);
        let is_view = now.is_some();
        if is_view && now != before.as_ref() {
            (self.column, self.cursors) = (0, [Cursor::LIST; 2]);
        }
        self.clamp(snapshot, (self.width, self.height));
        is_view
    }

    fn chosen_row(&self, _: &Snapshot) -> Option<Link> {
        self.selected.clone()
    }

    fn go_to_row(&mut self, link: &Link, snapshot: &Snapshot) -> bool {
        self.selected = Some(link.clone());
        // Where the board has no such line any more, this chooses another one.
        self.clamp(snapshot, (self.width, self.height));
        self.selected.as_ref() == Some(link)
    }

    fn row_before(&mut self) -> &mut RowBefore<Link> {
        &mut self.row_before
    }
}
