//! Columns that stand apart, get room by worth, and are never cut beside blanks.

use proptest::prelude::*;

use super::*;

fn columns() -> impl Strategy<Value = Vec<ListColumn<usize>>> {
    // No column is meant to have no room at all.
    let column = (1usize..14, 0usize..4, 0usize..30, 0usize..3, 0u8..5, any::<bool>());
    prop::collection::vec(column, 1..8).prop_map(|columns| {
        let column = |(key, (least, share, more, gap, leaves, is_right))| {
            let column = if share == 0 {
                ListColumn::of(key, "name", least)
            } else {
                ListColumn::growing(key, "name", least, share).best(least + more)
            };
            let column = column.gap(gap).leaves(leaves);
            if is_right { column.right() } else { column }
        };
        columns.into_iter().enumerate().map(column).collect()
    })
}

fn text(line: &Line<'_>) -> String {
    line.spans.iter().map(|span| span.content.as_ref()).collect()
}

/// Where each column stands: its key, its first cell and the one after its last.
fn places(table: &ListLayout<usize>) -> Vec<(usize, usize, usize)> {
    let mut at = table.indent;
    let place = |(column, width): &(ListColumn<usize>, usize)| {
        let from = at;
        at += width + column.gap;
        (column.key, from, from + width)
    };
    table.columns.iter().map(place).collect()
}

type Words = Vec<Vec<String>>;

/// Rows of words, some of them empty.
fn words() -> impl Strategy<Value = Words> {
    prop::collection::vec(prop::collection::vec("[a-z]{0,20}", 8), 1..4)
}

fn laid(columns: &[ListColumn<usize>], words: &Words, width: usize) -> ListLayout<usize> {
    let cell = |row: usize, key: usize, _| (words[row][key].clone(), Style::new()).into();
    ListLayout::fitted(0, columns, width, (words.len(), &cell))
}

fn drawn(table: &ListLayout<usize>, words: &[String]) -> Vec<char> {
    text(&table.row(|key, _| (words[key].clone(), Style::new()))).chars().collect()
}

proptest! {
    #[test]
    fn columns_stand_apart_and_inside(columns in columns(), indent in 0usize..4, width in 0usize..160) {
        let table = ListLayout::new(indent, &columns, width);
        for pair in places(&table).windows(2) {
            prop_assert!(pair[0].0 < pair[1].0 && pair[0].2 <= pair[1].1, "{pair:?}");
        }
        let seen = places(&table).into_iter().filter(|(_, from, to)| from < to);
        prop_assert!(seen.clone().all(|(_, _, to)| to <= width.max(indent)), "{:?} in {width}", seen.collect::<Vec<_>>());
    }

    #[test]
    fn least_widths_are_kept_or_columns_leave_in_their_order(columns in columns(), width in 0usize..160) {
        let table = ListLayout::new(0, &columns, width);
        let stays = |key: usize| table.columns.iter().any(|(column, _)| column.key == key);
        let gone: Vec<_> = columns.iter().filter(|column| !stays(column.key)).collect();
        for leaving in &gone {
            prop_assert!(leaving.leaves > 0);
            // Nobody who would go before it is still there.
            prop_assert!(table.columns.iter().all(|(column, _)| column.leaves <= leaving.leaves));
        }
        let must_be_cut = table.columns.iter().all(|(column, _)| column.leaves == 0)
            && table.columns.iter().map(|(column, _)| column.least()).sum::<usize>() > width;
        for (column, got) in &table.columns {
            prop_assert!(must_be_cut || (column.widths.0..=column.widths.1).contains(got), "{column:?} got {got}");
        }
    }

    #[test]
    fn what_is_left_goes_to_those_that_grow(columns in columns(), width in 0usize..160) {
        let table = ListLayout::new(0, &columns, width);
        let used: usize = table.columns.iter().map(|(column, got)| got + column.gap).sum();
        let all_at_best = table.columns.iter().all(|(column, got)| *got >= column.widths.1);
        prop_assert!(used >= width || all_at_best, "{used} of {width}");
    }

    #[test]
    fn nobody_is_short_of_room_that_one_of_less_worth_does_not_need(columns in columns(), words in words(), width in 0usize..160) {
        let table = laid(&columns, &words, width);
        let need = |key: usize| words.iter().map(|row| plain::width(&row[key])).max().unwrap_or(0);
        let whole = |column: &ListColumn<usize>| need(column.key).max(plain::width(column.name));
        let is_short = |(column, got): &&(ListColumn<usize>, usize)| *got < column.widths.1.min(whole(column));
        for (short, got) in table.columns.iter().filter(is_short) {
            for (other, has) in table.columns.iter().filter(|(other, _)| other.worth < short.worth) {
                prop_assert!(*has <= other.widths.0, "{short:?} has {got}, {other:?} has {has}");
            }
            for (other, has) in &table.columns {
                prop_assert!(*has <= other.wanted(need(other.key)), "{short:?} has {got}, {other:?} has {has}");
                // Blanks go before text.
                prop_assert!(!other.grows() || *has <= whole(other), "{short:?} has {got}, {other:?} has {has}");
            }
        }
    }

    #[test]
    fn no_text_is_cut_beside_blanks(columns in columns(), words in words(), width in 0usize..160) {
        let table = laid(&columns, &words, width);
        // Where not even the least widths fit, the last ones are cut at the end.
        prop_assume!(table.columns.iter().map(|(column, _)| column.least()).sum::<usize>() <= width);
        for row in &words {
            let line = drawn(&table, row);
            for (at, _) in line.iter().enumerate().filter(|(_, letter)| **letter == '…') {
                let behind: String = line[at + 1..].iter().collect();
                let blanks = behind.len() - behind.trim_start().len();
                // A text that goes on over an empty column is still its own column's.
                let is_its = |(key, from, to): &(usize, usize, usize)| *from <= at && from < to && !row[*key].is_empty();
                let place = places(&table).into_iter().rfind(is_its);
                let column = place.and_then(|(key, ..)| columns.iter().find(|column| column.key == key));
                // Figures stand against their edge; a name ends with its gap.
                let gap = column.map_or(1, |column| if column.is_right { usize::MAX } else { column.gap.max(1) });
                prop_assert!(blanks <= gap || behind.trim().is_empty() && line.len() <= width.max(at + 1), "{line:?} at {at}");
            }
        }
    }

    #[test]
    fn a_column_that_says_nothing_takes_no_room(columns in columns(), words in words(), width in 0usize..160) {
        let table = laid(&columns, &words, width);
        for (column, _) in &table.columns {
            prop_assert!(words.iter().any(|row| !row[column.key].is_empty()), "{column:?}");
        }
    }

    #[test]
    fn one_more_letter_moves_nobody_by_more_than_itself(columns in columns(), mut words in words(), width in 0usize..160, grown in 0usize..8) {
        words[0][grown].push('x');
        let before = laid(&columns, &words, width);
        words[0][grown].push('x');
        let after = laid(&columns, &words, width);
        prop_assert_eq!(before.columns.len(), after.columns.len());
        for ((column, was), (_, is)) in before.columns.iter().zip(&after.columns) {
            prop_assert!(was.abs_diff(*is) <= 1, "{column:?} from {was} to {is}");
            prop_assert!(column.key != grown || is >= was, "{column:?} from {was} to {is}");
        }
    }
}

#[test]
fn figures_stand_right_names_left_and_heads_over_them() {
    let columns = [ListColumn::of('t', "title", 6), ListColumn::of('n', "hours", 5).right().gap(0)];
    let table = ListLayout::new(1, &columns, 20);
    let row = table.row(|key, _| (if key == 't' { "Poster" } else { "4h" }, Style::new()));
    assert_eq!(text(&row), " Poster    4h");
    assert_eq!(text(&table.head(Style::new())), " title  hours");
}

#[test]
fn a_long_text_goes_on_over_the_blanks_behind_it() {
    let columns = [ListColumn::of('t', "title", 6), ListColumn::of('n', "hours", 5).right().gap(0)];
    let table = ListLayout::new(1, &columns, 20);
    let row = |hours: &'static str| {
        text(&table.row(|key, _| (if key == 't' { "Hero film, long" } else { hours }, Style::new())))
    };
    assert_eq!(row("4h"), " Hero fil… 4h");
    assert_eq!(row("1000h"), " Hero…  1000h");
    assert_eq!(row(""), " Hero film, long");
}

#[test]
fn a_name_is_whole_over_rows_that_are_shorter() {
    let columns = [ListColumn::growing(0, "title", 3, 1).best(3), ListColumn::growing(1, "change", 8, 1)];
    let cell = |_: usize, key: usize, _: usize| (["ab", "new"][key], Style::new()).into();
    let head = ListLayout::fitted(0, &columns, 40, (1, &cell)).head(Style::new());
    assert_eq!(text(&head).split_whitespace().collect::<Vec<_>>(), ["title", "change"]);
}
