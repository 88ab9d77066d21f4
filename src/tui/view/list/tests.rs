//! The cursor through rows of every kind, and what is seen of them.

use proptest::prelude::*;

use super::*;

/// Rows by what they belong to.
impl Rows for Vec<Option<usize>> {
    type Item = usize;

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, row: usize) -> Option<usize> {
        self[row]
    }
}

/// Items of one to three rows with up to four rows between them that are only read.
fn rows() -> impl Strategy<Value = Vec<Option<usize>>> {
    let item = (0usize..5, 1usize..4);
    prop::collection::vec(item, 0..12).prop_map(|items| {
        let parts = items.into_iter().enumerate();
        parts
            .flat_map(|(item, (gap, rows))| {
                std::iter::repeat_n(None, gap).chain(std::iter::repeat_n(Some(item), rows))
            })
            .collect()
    })
}

fn step(kind: u8) -> Step {
    let is_forward = kind.is_multiple_of(2);
    match kind {
        0..8 => Step::Row { is_forward },
        8..12 => Step::Page { is_forward },
        12 => Step::First,
        _ => Step::Last,
    }
}

fn seen(cursor: Cursor, height: usize) -> std::ops::Range<usize> {
    cursor.top..cursor.top + height
}

/// What is drawn: the rows by their number, and which of them are marked.
fn drawn(cursor: Cursor, rows: &Vec<Option<usize>>, height: u16) -> (Vec<usize>, Vec<usize>) {
    let area = Rect::new(0, 0, 4, height);
    let mut buffer = Buffer::empty(area);
    let marked = Style::new().reversed();
    cursor.draw(rows, (&mut buffer, area), marked, |row| Line::raw(row.to_string()));
    let text = |y: u16| (0..4).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim().parse().ok();
    let is_marked = |y: &u16| buffer[(0, *y)].modifier.contains(ratatui::style::Modifier::REVERSED);
    ((0..height).filter_map(text).collect(), (0..height).filter(is_marked).filter_map(text).collect())
}

proptest! {
    #[test]
    fn what_is_chosen_is_always_seen_and_can_be_chosen(rows in rows(), keys in prop::collection::vec((0u8..14, 1usize..9), 0..30), is_read: bool) {
        let mut cursor = if is_read { Cursor::READING } else { Cursor::default() };
        for (kind, height) in keys {
            cursor.step(step(kind), &rows, height);
            prop_assert!(cursor.top <= rows.len().saturating_sub(height));
            if let Some(at) = cursor.at {
                prop_assert!(rows[at].is_some() && (at == 0 || rows[at - 1] != rows[at]), "{cursor:?}");
                prop_assert!(seen(cursor, height).contains(&at), "{cursor:?} of {height}");
            }
        }
    }

    #[test]
    fn going_down_to_the_end_passes_every_row_and_every_item(rows in rows(), height in 1usize..9) {
        let mut cursor = Cursor::READING;
        let (mut read, mut chosen) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
        for _ in 0..=rows.len() * 2 {
            read.extend(seen(cursor, height).filter(|row| *row < rows.len()));
            chosen.extend(cursor.at.map(|at| rows[at]));
            cursor.step(Step::Row { is_forward: true }, &rows, height);
        }
        prop_assert_eq!(read.len(), rows.len());
        let items: std::collections::BTreeSet<_> = rows.iter().filter(|item| item.is_some()).copied().collect();
        prop_assert_eq!(chosen, items);
    }

    #[test]
    fn pages_leave_no_row_out(rows in rows(), height in 2usize..9) {
        let mut cursor = Cursor::READING;
        let mut read = std::collections::BTreeSet::new();
        for _ in 0..=rows.len() {
            read.extend(seen(cursor, height).filter(|row| *row < rows.len()));
            cursor.step(Step::Page { is_forward: true }, &rows, height);
        }
        prop_assert_eq!(read.len(), rows.len());
        for _ in 0..=rows.len() {
            cursor.step(Step::Page { is_forward: false }, &rows, height);
        }
        prop_assert_eq!(cursor.top, 0);
    }

    #[test]
    fn the_mouse_chooses_what_is_drawn_where_it_clicks(rows in rows(), keys in prop::collection::vec(0u8..14, 0..12), height in 1u16..9, seen in 0usize..9) {
        let mut cursor = Cursor::default();
        for kind in keys {
            cursor.step(step(kind), &rows, usize::from(height));
        }
        let (before, _) = drawn(cursor, &rows, height);
        let hit = before.get(seen).and_then(|row| rows[*row]);
        let clicked = cursor.click(seen, &rows, usize::from(height));
        prop_assert_eq!(clicked.is_some(), hit.is_some());
        if hit.is_some() {
            let (_, marked) = drawn(cursor, &rows, height);
            prop_assert!(!marked.is_empty() && marked.iter().all(|row| rows[*row] == hit));
            prop_assert_eq!(cursor.click(seen, &rows, usize::from(height)).is_some(), true);
        }
    }
}

#[test]
fn a_list_that_was_empty_chooses_what_comes_and_something_to_read_does_not() {
    let (mut list, mut page) = (Cursor::default(), Cursor::READING);
    for rows in [0, 3] {
        list.clamp(&rows, 5);
        page.clamp(&rows, 5);
    }
    assert_eq!((list.chosen(), page.chosen()), (Some(0), None));
    page.step(Step::Row { is_forward: true }, &3, 5);
    assert_eq!(page.chosen(), Some(0));
}
