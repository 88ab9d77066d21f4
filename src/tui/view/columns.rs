//! Named columns of a list, laid out for a width and for what is seen, then filled row by row. Room goes to what is read:
//! a column gets what its rows need, what is missing is taken from the columns of least worth, and what cannot be shown
//! whole leaves in its order. A longer text runs on over the blanks behind it, so nothing is cut beside empty space.

mod whole;

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
    /// How much it is worth: who is worth least gives room first, who is worth most gets what is left over.
    worth: usize,
    /// Blanks after it.
    gap: usize,
    /// The highest leave first where there is no room; 0 never leaves.
    leaves: u8,
    /// It keeps its place where it says nothing in any row.
    stays: bool,
    /// Those that may leave go before a text in it is cut.
    is_whole: bool,
}

impl<K: Copy> ListColumn<K> {
    /// Of one width, with a blank after it; never narrower than its name, since a cut name names nothing.
    pub const fn of(key: K, name: &'static str, width: usize) -> Self {
        // Names are ASCII, so each byte takes one column.
        let width = if name.len() > width { name.len() } else { width };
        let widths = (width, width);
        let (worth, gap, leaves) = (0, 1, 0);
        Self { key, name, is_right: false, widths, worth, gap, leaves, stays: false, is_whole: false }
    }

    /// At least `least`, and more by its worth where there is room.
    pub const fn growing(key: K, name: &'static str, least: usize, worth: usize) -> Self {
        let one = Self::of(key, name, least);
        Self { widths: (one.widths.0, usize::MAX), worth, ..one }
    }

    /// At most so wide, however much is left, but never narrower than its name.
    pub const fn best(self, best: usize) -> Self {
        let best = if self.name.len() > best { self.name.len() } else { best };
        let least = if self.widths.0 < best { self.widths.0 } else { best };
        Self { widths: (least, best), ..self }
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

    /// Keeps its room where no row says anything in it.
    pub const fn stays(self) -> Self {
        Self { stays: true, ..self }
    }

    /// Holds sentences: as many of them are whole as can be where those leave that may; one of a list at most.
    pub const fn whole(self) -> Self {
        Self { is_whole: true, ..self }
    }

    const fn least(&self) -> usize {
        self.widths.0 + self.gap
    }

    const fn grows(&self) -> bool {
        self.widths.1 > self.widths.0
    }

    /// The same, known by another key.
    fn with<L>(self, key: L) -> ListColumn<L> {
        let Self { name, is_right, widths, worth, gap, leaves, stays, is_whole, .. } = self;
        ListColumn { key, name, is_right, widths, worth, gap, leaves, stays, is_whole }
    }

    /// What it takes to show `need` columns of it and its name, within its bounds.
    fn wanted(&self, need: usize) -> usize {
        need.max(plain::width(self.name)).clamp(self.widths.0, self.widths.1)
    }
}

/// What stands in a column of a row.
#[derive(Debug, Clone, Default)]
pub struct CellText(Vec<Span<'static>>);

impl CellText {
    fn width(&self) -> usize {
        self.0.iter().map(|span| plain::width(&span.content)).sum()
    }

    fn is_blank(&self) -> bool {
        self.0.iter().all(|span| span.content.trim().is_empty())
    }
}

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

/// A list whose rows stand beside its columns, for lists of few rows; what a row leads to is kept by its place.
pub struct ListTable<const N: usize> {
    columns: [ListColumn<usize>; N],
    rows: Vec<[CellText; N]>,
}

impl<const N: usize> ListTable<N> {
    /// Of some columns, which are known by their places; nothing in it yet.
    pub fn new(columns: [ListColumn<()>; N]) -> Self {
        let mut places = 0..N;
        Self { columns: columns.map(|column| column.with(places.next().unwrap_or(N))), rows: Vec::new() }
    }

    /// Adds a row below the others.
    pub fn push(&mut self, cells: [(String, Style); N]) {
        self.rows.push(cells.map(CellText::from));
    }

    /// True where it has no row.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The line of names and the rows, behind `indent` blanks and inside `width`.
    pub fn lines(&self, indent: usize, width: usize, names: Style) -> (Line<'static>, Vec<Line<'static>>) {
        let cell = |row: usize, place: usize, _: usize| self.rows[row][place].clone();
        let layout = ListLayout::fitted(indent, &self.columns, width, (self.rows.len(), &cell));
        let rows = (0..self.rows.len()).map(|row| layout.row(|place, width| cell(row, place, width)));
        (layout.head(names), rows.collect())
    }
}

/// Columns laid out for a width, after an indent.
pub struct ListLayout<K> {
    indent: usize,
    /// Where the last row ends.
    width: usize,
    columns: Vec<(ListColumn<K>, usize)>,
}

impl<K: Copy> ListLayout<K> {
    /// Lays columns out in `width`, the first one behind `indent` blanks, whatever their rows say. What has no room leaves
    /// in its order; those that never leave are cut at the end.
    pub fn new(indent: usize, columns: &[ListColumn<K>], width: usize) -> Self {
        let room = width.saturating_sub(indent);
        let kept = staying(columns.to_vec(), room);
        let growing: usize = kept.iter().filter(|column| column.grows()).map(|column| column.worth).sum();
        let fixed: usize =
            kept.iter().map(|column| if column.grows() { column.gap } else { column.least() }).sum();
        let shared = room.saturating_sub(fixed);
        // Without rows to measure, worth alone parts what is left.
        let share = |column: &ListColumn<K>| shared * column.worth / growing.max(1);
        let needs: Vec<usize> = kept.iter().map(|column| share(column).max(column.widths.0)).collect();
        Self::of(indent, width, kept, &needs)
    }

    /// Lays columns out for the rows that are seen: `rows.0` of them, of which `rows.1` says what stands in a column, uncut
    /// where the width is [`usize::MAX`]. What is empty in all of them takes no room.
    pub fn fitted(
        indent: usize,
        columns: &[ListColumn<K>],
        width: usize,
        rows: (usize, &dyn Fn(usize, K, usize) -> CellText),
    ) -> Self {
        let room = width.saturating_sub(indent);
        let (count, cell) = rows;
        let said = |column: &ListColumn<K>| -> Vec<usize> {
            let cells = (0..count).map(|row| cell(row, column.key, usize::MAX));
            cells.filter(|cell| !cell.is_blank()).map(|cell| cell.width()).collect()
        };
        let known = columns.iter().map(|column| (*column, said(column)));
        let shown: Vec<(ListColumn<K>, Vec<usize>)> =
            known.filter(|(column, said)| column.stays || !said.is_empty()).collect();
        let need = |at: usize| shown[at].1.iter().max().copied().unwrap_or(0);
        // By their places meanwhile: a key need not be comparable, and what each needs has to be found again.
        let mut keyed: Vec<ListColumn<usize>> =
            shown.iter().enumerate().map(|(at, (column, _))| column.with(at)).collect();
        if let Some(at) = keyed.iter().position(|column| column.is_whole) {
            keyed = whole::keeping(keyed, (at, &shown[at].1), &need, room);
        }
        let kept = staying(keyed, room);
        let needs: Vec<usize> = kept.iter().map(|column| need(column.key)).collect();
        let kept = kept.into_iter().map(|column| column.with(shown[column.key].0.key)).collect();
        Self::of(indent, width, kept, &needs)
    }

    fn of(indent: usize, width: usize, kept: Vec<ListColumn<K>>, needs: &[usize]) -> Self {
        let widths = widths(&kept, needs, width.saturating_sub(indent));
        Self { indent, width, columns: kept.into_iter().zip(widths).collect() }
    }

    /// The width of the column that a key fits, if it is shown.
    pub fn width_of(&self, is_it: impl Fn(K) -> bool) -> Option<usize> {
        self.columns.iter().find(|(column, _)| is_it(column.key)).map(|(_, width)| *width)
    }

    /// Where the column that a key fits begins, if it is shown.
    pub fn start_of(&self, is_it: impl Fn(K) -> bool) -> Option<usize> {
        let at = self.columns.iter().position(|(column, _)| is_it(column.key))?;
        self.starts().get(at).copied()
    }

    /// A row: what `cell` says of each column and its width, cut or filled to that. A text that is longer than its column
    /// goes on over the blanks behind it.
    pub fn row<C: Into<CellText>>(&self, cell: impl Fn(K, usize) -> C) -> Line<'static> {
        self.line(|at, width| cell(self.columns[at].0.key, width).into())
    }

    /// The names of the columns, as their row stands over the others.
    pub fn head(&self, style: Style) -> Line<'static> {
        self.line(|at, _| (self.columns[at].0.name, style).into())
    }

    fn line(&self, cell: impl Fn(usize, usize) -> CellText) -> Line<'static> {
        let said = |at: usize, width: usize| {
            let text = cell(at, width);
            let needed = text.width();
            let is_cut = needed > width;
            if text.is_blank() {
                return (Vec::new(), 0, is_cut);
            }
            // Most fit as they are: what is known of them is not measured again.
            let is_whole = !is_cut && text.0.iter().all(|span| plain::is_harmless(&span.content));
            let (spans, used) = if is_whole { (text.0, needed) } else { cut(text.0, width) };
            (spans, used, is_cut)
        };
        let mut cells: Vec<(Vec<Span<'static>>, usize, bool)> =
            (0..self.columns.len()).map(|at| said(at, self.columns[at].1)).collect();
        let starts = self.starts();
        // Where what follows begins, from the last one back to the first.
        let mut next = self.width;
        for at in (0..self.columns.len()).rev() {
            let (column, width) = &self.columns[at];
            let room =
                // At the end of the row no blank is needed; before a neighbour at least one, or two texts would
                // run into each other.
                next.saturating_sub(starts[at] + if next == self.width { 0 } else { column.gap.max(1) });
            if !column.is_right && cells[at].2 && room > *width {
                cells[at] = said(at, room);
            }
            if cells[at].1 > 0 {
                next = starts[at] + if column.is_right { width - cells[at].1 } else { 0 };
            }
        }
        self.joined(&starts, cells)
    }

    /// The first cell of each column.
    fn starts(&self) -> Vec<usize> {
        let mut at = self.indent;
        let start = |(column, width): &(ListColumn<K>, usize)| {
            let start = at;
            at += width + column.gap;
            start
        };
        self.columns.iter().map(start).collect()
    }

    fn joined(&self, starts: &[usize], cells: Vec<(Vec<Span<'static>>, usize, bool)>) -> Line<'static> {
        let mut spans = Vec::with_capacity(cells.len() * 2);
        let mut at = 0;
        let blank = |from: usize, to: usize| Span::raw(" ".repeat(to.saturating_sub(from)));
        for ((start, (column, width)), (said, used, _)) in starts.iter().zip(&self.columns).zip(cells) {
            if used > 0 {
                let start = start + if column.is_right { width - used } else { 0 };
                spans.push(blank(at, start));
                spans.extend(said);
                at = start + used;
            }
        }
        let end = self.columns.last().zip(starts.last()).map_or(self.indent, |((_, width), at)| at + width);
        spans.push(blank(at, end));
        Line::from(spans)
    }
}

/// Those that have room; the others leave in their order.
fn staying<K: Copy>(mut kept: Vec<ListColumn<K>>, room: usize) -> Vec<ListColumn<K>> {
    while kept.iter().map(ListColumn::least).sum::<usize>() > room {
        let Some(at) = next_to_leave(&kept) else { break };
        kept.remove(at);
    }
    kept
}

/// Which one goes first where there is no room.
fn next_to_leave<K>(columns: &[ListColumn<K>]) -> Option<usize> {
    let leaving = columns.iter().enumerate().filter(|(_, column)| column.leaves > 0);
    // Of several with one number the one farthest right goes first.
    leaving.max_by_key(|(_, column)| column.leaves).map(|(at, _)| at)
}

/// The width of each: what it needs within its bounds. What is too much is taken from those of least worth, what is left
/// goes to those of most.
fn widths<K: Copy>(columns: &[ListColumn<K>], needs: &[usize], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> =
        columns.iter().zip(needs).map(|(column, need)| column.wanted(*need)).collect();
    let gaps: usize = columns.iter().map(|column| column.gap).sum();
    let wanted = widths.iter().fold(gaps, |sum, width| sum.saturating_add(*width));
    let (mut over, mut rest) = (wanted.saturating_sub(room), room.saturating_sub(wanted));
    let mut by_worth: Vec<usize> = (0..columns.len()).collect();
    by_worth.sort_by_key(|at| columns[*at].worth);
    // Blanks of one go before the text of another, also where its least width is more than it needs.
    for at in by_worth.iter().filter(|at| columns[**at].grows()) {
        let needed = needs[*at].max(plain::width(columns[*at].name));
        let less = over.min(widths[*at].saturating_sub(needed));
        (widths[*at], over) = (widths[*at] - less, over - less);
    }
    for at in &by_worth {
        let less = over.min(widths[*at].saturating_sub(columns[*at].widths.0));
        (widths[*at], over) = (widths[*at] - less, over - less);
    }
    for at in by_worth.iter().rev().filter(|at| columns[**at].grows()) {
        let more = rest.min(columns[*at].widths.1 - widths[*at]);
        (widths[*at], rest) = (widths[*at] + more, rest - more);
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
    for mut span in spans {
        if let Some(text) = plain::cut_if_needed(&span.content, width - used) {
            span.content = text.into();
        }
        used += plain::width(&span.content);
        kept.push(span);
        if used == width {
            break;
        }
    }
    (kept, used)
}

#[cfg(test)]
mod tests;
