//! What was decided about the lines of a file stays decided when it is read once more, its days or its columns otherwise.

use super::ChangePage;
use crate::ops::import::change_set::{ChangeGroup, ChangeLine, LineName};

impl ChangePage {
    /// True for the page of the same file.
    pub fn is_of(&self, path: &std::path::Path) -> bool {
        self.found.request.path == path
    }

    /// Takes over from the page before what was decided about lines that are still the same ones; gives how many
    /// decisions were about others.
    pub fn carry(&mut self, before: &Self) -> usize {
        let (old, new) = (&before.found.import.file.table, &self.found.import.file.table);
        let is_same_list = before.kind() == self.kind() && old.sheet == new.sheet;
        // A title that another column fills now is no other line.
        let are_columns_same = before.found.request.maps == self.found.request.maps;
        let line_of = |page: &Self, name: &LineName| -> Option<ChangeLine> {
            page.set.lines.iter().find(|line| line.name.as_ref() == Some(name)).cloned()
        };
        let still = |name: &LineName| {
            let (was, is) = (line_of(before, name), line_of(self, name)?);
            let is_same = match name {
                // The number of a row says nothing about the rows of another sheet or of another kind of list.
                LineName::Row(_) => {
                    is_same_list && (!are_columns_same || was.is_some_and(|was| was.title == is.title))
                }
                LineName::Name(_) | LineName::Event(_) => true,
            };
            is_same.then_some(is)
        };
        let mut carried = before.decisions.clone();
        let all = carried.count();
        carried.left_out.retain(|name| still(name).is_some());
        carried.switched_on.retain(|name| still(name).is_some());
        carried.as_new.retain(|name| still(name).is_some_and(|line| line.group == ChangeGroup::Renamed));
        carried.names.same.retain(|pair| still(&LineName::Name(pair.clone())).is_some());
        carried.names.not_same.retain(|pair| still(&LineName::Name(pair.clone())).is_some());
        // Left on without anybody to make a stakeholder of, it would count as a decision that can be applied.
        carried.stakeholders &= !self.set.requesters.names.is_empty();
        let dropped = all - carried.count();
        self.decisions = carried;
        self.cursor = before.cursor;
        dropped
    }
}
