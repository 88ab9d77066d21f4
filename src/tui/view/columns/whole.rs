//! Sentences in a list: what is worth less leaves before one of them is cut.

use super::{ListColumn, next_to_leave, staying};
use crate::plain;

/// The same columns, of which the one at `at` is no narrower than most of what its rows say needs, where those that may
/// leave make room for it; no more of them leave than it takes.
pub(super) fn keeping(
    mut columns: Vec<ListColumn<usize>>,
    (at, said): (usize, &[usize]),
    need: &dyn Fn(usize) -> usize,
    room: usize,
) -> Vec<ListColumn<usize>> {
    // Blanks of the others go before anything leaves, and what may leave is whole or not there.
    for column in columns.iter_mut().filter(|column| column.grows() && !column.is_whole) {
        let whole = column.wanted(need(column.key));
        let said = need(column.key).max(plain::width(column.name));
        column.widths.0 = if column.leaves > 0 { whole.min(said) } else { column.widths.0.min(said) };
    }
    let mut left = staying(columns.clone(), room);
    let mut whole = 0;
    loop {
        let others = left.iter().filter(|column| column.key != at).map(ListColumn::least).sum::<usize>();
        let has = room.saturating_sub(others + columns[at].gap);
        let fitting = || said.iter().filter(|width| **width <= has);
        if fitting().count() > whole {
            whole = fitting().count();
            columns[at].widths.0 =
                fitting().max().map_or(columns[at].widths.0, |most| columns[at].widths.0.max(*most));
        }
        let Some(next) = next_to_leave(&left) else { break };
        left.remove(next);
    }
    columns
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::super::{CellText, ListColumn, ListLayout};

    const COLUMNS: [ListColumn<usize>; 4] = [
        ListColumn::of(0, "key", 4),
        ListColumn::growing(1, "cost", 10, 9).whole(),
        ListColumn::growing(2, "does", 6, 10).best(15).leaves(1),
        ListColumn::of(3, "harms", 6).leaves(2),
    ];

    fn shown(rows: &[[&str; 4]], width: usize) -> Vec<String> {
        let cell = |row: usize, key: usize, _| -> CellText { (rows[row][key], Style::new()).into() };
        let layout = ListLayout::fitted(0, &COLUMNS, width, (rows.len(), &cell));
        rows.iter()
            .map(|row| layout.row(|key, _| (row[key], Style::new())).to_string().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn no_more_columns_leave_than_make_it_whole() {
        let rows = [["R-1", "five days late for all", "design", "T3"]];
        assert_eq!(shown(&rows, 42), ["R-1  five days late for all design T3"]);
        assert_eq!(shown(&rows, 36), ["R-1  five days late for all design"]);
        assert_eq!(shown(&rows, 30), ["R-1  five days late for all"]);
    }

    #[test]
    fn where_it_would_be_cut_all_the_same_nothing_leaves() {
        let long = "five days late for all, and then for six weeks more of it";
        assert_eq!(shown(&[["R-1", long, "design", "T3"]], 36), ["R-1  five days late…  design T3"]);
        // One that no room would hold keeps nobody from being whole.
        let rows = [["R-1", long, "design", "T3"], ["R-2", "five days late for all", "copy", "T3"]];
        assert_eq!(shown(&rows, 36)[1], "R-2  five days late for all  copy");
    }
}
