//! Named columns of a list, laid out for a width once and then filled row by row. Widths never depend on what stands
//! in the rows, so nothing moves while somebody types or a figure grows by a digit.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::plain;

/// One column, known by a key of the list's own.
#[derive(Debug, Clone, Copy)]
pub struct ListColumn<K> {
    key: K,
    name: &'static str,
    is_right: bool,
    /// Its least and its best width.
    widths: (usize, usize),
    /// How much it gets of what is left, beside the others that grow.
    share: usize,
    /// Blanks after it.
    gap: usize,
    /// The highest leave first where there is no room; 0 never leaves.
    leaves: u8,
}

impl<K: Copy> ListColumn<K> {
    /// Of one width, with a blank after it.
    pub const fn of(key: K, name: &'static str, width: usize) -> Self {
        Self { key, name, is_right: false, widths: (width, width), share: 0, gap: 1, leaves: 0 }
    }

    /// Gets a share of what the others leave, at least `least`.
    pub const fn growing(key: K, name: &'static str, least: usize, share: usize) -> Self {
        Self { widths: (least, usize::MAX), share, ..Self::of(key, name, least) }
    }

    /// At most so wide, however much is left.
    pub const fn best(self, best: usize) -> Self {
        Self { widths: (self.widths.0, best), ..self }
    }

    /// Set against its right edge, as figures are.
    pub const fn right(self) -> Self {
        Self { is_right: true, ..self }
    }

    /// So many blanks after it.
    pub const fn gap(self, gap: usize) -> Self {
        Self { gap, ..self }
    }

    /// Leaves where there is no room, the highest number first.
    pub const fn leaves(self, order: u8) -> Self {
        Self { leaves: order, ..self }
    }

    const fn least(&self) -> usize {
        self.widths.0 + self.gap
    }
}

impl ListColumn<()> {
    const fn keyed(self, key: usize) -> ListColumn<usize> {
        let Self { key: (), name, is_right, widths, share, gap, leaves } = self;
        ListColumn { key, name, is_right, widths, share, gap, leaves }
    }
}

/// One row whose columns stand beside what they hold, for lists of few rows of many kinds.
pub fn row<const N: usize>(
    indent: usize,
    width: usize,
    cells: &[(ListColumn<()>, String, Style); N],
) -> Line<'static> {
    let keyed = |(key, (column, ..)): (usize, &(ListColumn<()>, String, Style))| column.keyed(key);
    let columns: Vec<ListColumn<usize>> = cells.iter().enumerate().map(keyed).collect();
    ListLayout::new(indent, &columns, width).row(|key, _| (cells[key].1.clone(), cells[key].2))
}

/// What stands in a column of a row.
pub struct CellText(Vec<Span<'static>>);

impl From<Vec<Span<'static>>> for CellText {
    fn from(spans: Vec<Span<'static>>) -> Self {
        Self(spans)
    }
}

impl<T: Into<String>> From<(T, Style)> for CellText {
    fn from((text, style): (T, Style)) -> Self {
        Self(vec![Span::styled(text.into(), style)])
    }
}

/// Columns laid out for a width, after an indent.
pub struct ListLayout<K> {
    indent: usize,
    columns: Vec<(ListColumn<K>, usize)>,
}

impl<K: Copy> ListLayout<K> {
    /// Lays columns out in `width`, the first one behind `indent` blanks. What has no room leaves in its order; those that
    /// never leave are cut at the end.
    pub fn new(indent: usize, columns: &[ListColumn<K>], width: usize) -> Self {
        let room = width.saturating_sub(indent);
        let mut kept: Vec<ListColumn<K>> = columns.to_vec();
        while kept.iter().map(ListColumn::least).sum::<usize>() > room {
            let leaving = kept.iter().enumerate().filter(|(_, column)| column.leaves > 0);
            let Some((at, _)) = leaving.max_by_key(|(_, column)| column.leaves) else { break };
            kept.remove(at);
        }
        let widths = widths(&kept, room);
        Self { indent, columns: kept.into_iter().zip(widths).collect() }
    }

    /// A row: what `cell` says of each column and its width, cut or filled to that.
    pub fn row<C: Into<CellText>>(&self, mut cell: impl FnMut(K, usize) -> C) -> Line<'static> {
        let mut spans = vec![Span::raw(" ".repeat(self.indent))];
        for (column, width) in &self.columns {
            let (said, used) = cut(cell(column.key, *width).into().0, *width);
            let blank = Span::raw(" ".repeat(width - used));
            if column.is_right {
                spans.push(blank);
                spans.extend(said);
                spans.push(Span::raw(" ".repeat(column.gap)));
            } else {
                spans.extend(said);
                spans.push(Span::raw(" ".repeat(width - used + column.gap)));
            }
        }
        Line::from(spans)
    }

    /// The names of the columns, as their row stands over the others.
    pub fn head(&self, style: Style) -> Line<'static> {
        let mut names = self.columns.iter().map(|(column, _)| column.name);
        self.row(|_, _| (names.next().unwrap_or_default(), style))
    }
}

/// The width of each: its least, and for those that grow their share of what the others leave.
fn widths<K: Copy>(columns: &[ListColumn<K>], room: usize) -> Vec<usize> {
    let growing: usize = columns.iter().map(|column| column.share).sum();
    let fixed: usize =
        columns.iter().map(|column| column.gap + if column.share > 0 { 0 } else { column.widths.0 }).sum();
    let shared = room.saturating_sub(fixed);
    let wanted = |column: &ListColumn<K>| match column.share {
        0 => column.widths.0,
        share => (shared * share / growing.max(1)).clamp(column.widths.0, column.widths.1),
    };
    let mut widths: Vec<usize> = columns.iter().map(wanted).collect();
    // Least and best widths shift what the shares come to: the rest goes to the first that may have it, and what is too
    // much comes from the last that can spare it.
    let gaps: usize = columns.iter().map(|column| column.gap).sum();
    let mut rest = room.saturating_sub(widths.iter().sum::<usize>() + gaps);
    let mut over = (widths.iter().sum::<usize>() + gaps).saturating_sub(room);
    for (width, column) in widths.iter_mut().zip(columns).filter(|(_, column)| column.share > 0) {
        let more = rest.min(column.widths.1 - *width);
        (*width, rest) = (*width + more, rest - more);
    }
    for (width, column) in widths.iter_mut().zip(columns).rev() {
        let less = over.min(*width - column.widths.0);
        (*width, over) = (*width - less, over - less);
    }
    // Even the least widths do not fit: the last ones are cut.
    let mut left = room;
    for (width, column) in widths.iter_mut().zip(columns) {
        *width = (*width).min(left);
        left = left.saturating_sub(*width + column.gap);
    }
    widths
}

/// As much of some spans as fits a width, and how much of it they take.
fn cut(spans: Vec<Span<'static>>, width: usize) -> (Vec<Span<'static>>, usize) {
    let mut used = 0;
    let mut kept = Vec::with_capacity(spans.len());
    for span in spans {
        let text = plain::cut(&span.content, width - used);
        used += plain::width(&text);
        kept.push(Span::styled(text, span.style));
        if used == width {
            break;
        }
    }
    (kept, used)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn columns() -> impl Strategy<Value = Vec<ListColumn<usize>>> {
        let column = (0usize..14, 0usize..4, 0usize..30, 0usize..3, 0u8..5, any::<bool>());
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
            let all_at_best = table.columns.iter().all(|(column, got)| column.share == 0 || *got >= column.widths.1);
            prop_assert!(used >= width || all_at_best, "{used} of {width}");
        }

        #[test]
        fn one_more_letter_moves_nothing_else(columns in columns(), width in 0usize..160, words in prop::collection::vec("[a-z]{0,20}", 8), grown in 0usize..8) {
            let table = ListLayout::new(2, &columns, width);
            let said = |more: &str| table.row(|key, _| {
                let more = if key == grown { more } else { "" };
                (format!("{}{more}", words[key]), Style::new())
            });
            let (before, after) = (text(&said("")), text(&said("x")));
            prop_assert_eq!(plain::width(&before), plain::width(&after));
            let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
            for (key, from, to) in places(&table).into_iter().filter(|(key, ..)| *key != grown) {
                prop_assert_eq!(&before[from..to], &after[from..to], "column {}", key);
            }
        }
    }

    #[test]
    fn figures_stand_right_names_left_and_heads_over_them() {
        let columns = [ListColumn::of('t', "title", 6), ListColumn::of('n', "hours", 5).right().gap(0)];
        let table = ListLayout::new(1, &columns, 20);
        let row = table.row(|key, _| (if key == 't' { "Hero film" } else { "4h" }, Style::new()));
        assert_eq!(text(&row), " Hero…     4h");
        assert_eq!(text(&table.head(Style::new())), " title  hours");
    }
}
