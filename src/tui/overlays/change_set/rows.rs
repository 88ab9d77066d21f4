//! The rows of a change set: headings, lines, and what is told of a line below it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use crate::ops::import::change_set::{ChangeGroup, ChangeLine, ChangeSet};
use crate::plain;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::list::Rows;
use crate::tui::view::theme::Theme;

/// A row of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageRow {
    /// A blank row between two groups.
    Gap,
    Heading(ChangeGroup),
    /// A line by its place in the set.
    Line(usize),
    /// What else is told of a line: its place, and which of the texts.
    Detail(usize, usize),
}

impl PageRow {
    /// The line that it belongs to.
    pub const fn line(self) -> Option<usize> {
        match self {
            Self::Gap | Self::Heading(_) => None,
            Self::Line(line) | Self::Detail(line, _) => Some(line),
        }
    }
}

impl Rows for Vec<PageRow> {
    type Item = usize;

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, row: usize) -> Option<usize> {
        self.get(row).and_then(|row| row.line())
    }

    fn is_first(&self, row: usize) -> bool {
        matches!(self.get(row), Some(PageRow::Line(_)))
    }
}

/// All rows of a set, a heading over each group; what is unchanged is only counted.
pub fn page_rows(set: &ChangeSet) -> Vec<PageRow> {
    let mut rows = Vec::new();
    let mut group = None;
    for (index, line) in set.lines.iter().enumerate() {
        if group != Some(line.group) {
            rows.extend(group.map(|_| PageRow::Gap));
            rows.push(PageRow::Heading(line.group));
            group = Some(line.group);
        }
        rows.push(PageRow::Line(index));
        // The first text stands in the row of the line itself.
        rows.extend((1..told_count(line)).map(|place| PageRow::Detail(index, place)));
    }
    if set.count(ChangeGroup::Unchanged) > 0 {
        rows.extend(group.map(|_| PageRow::Gap));
        rows.push(PageRow::Heading(ChangeGroup::Unchanged));
    }
    rows
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeColumn {
    Mark,
    Row,
    Key,
    Title,
    Told,
}

/// Lines that are looked at to lay a set out, and to know whether one is cut: of a long list the first ones are like the
/// others.
pub const LOOKED_AT: usize = 500;

/// The columns that a set needs: events have no lines, and a plain first import says nothing of most rows. They are fitted to
/// its first lines and not to those in sight, so that nothing moves sideways while it is read.
pub fn layout(set: &ChangeSet, width: usize) -> ListLayout<ChangeColumn> {
    let lines: Vec<&ChangeLine> = set.lines.iter().take(LOOKED_AT).collect();
    let longest = |line: &ChangeLine| {
        let told = told(line, LineState::default());
        told.into_iter().map(|(text, _)| text).max_by_key(|text| plain::width(text)).unwrap_or_default()
    };
    let cell = |at: usize, column: ChangeColumn, _: usize| {
        let line = lines[at];
        let text = match column {
            ChangeColumn::Row if line.row > 0 => line.row.to_string(),
            ChangeColumn::Key => line.key.clone(),
            ChangeColumn::Title => title(line),
            ChangeColumn::Told => plain::harmless(&longest(line)).into_owned(),
            ChangeColumn::Row | ChangeColumn::Mark => String::new(),
        };
        CellText::from((text, Style::default()))
    };
    // Of their own width, not growing: what is left over belongs to the words.
    let widest = |text: &dyn Fn(&ChangeLine) -> usize| lines.iter().map(|line| text(line)).max().unwrap_or(0);
    let titles = widest(&|line| plain::width(&title(line)));
    let (row, key) = (widest(&|line| line.row.to_string().len()), widest(&|line| plain::width(&line.key)));
    let columns = [
        ListColumn::of(ChangeColumn::Mark, "in", 2).gap(1).stays(),
        ListColumn::of(ChangeColumn::Row, "line", row).right().gap(2).leaves(1),
        ListColumn::of(ChangeColumn::Key, "key", key.min(16)).gap(2).leaves(2),
        // What it is has its part of the page; what it needs beyond that it gets where the words leave room.
        ListColumn::growing(ChangeColumn::Title, "title", titles.min(width * 2 / 5), 4)
            .best(titles)
            .gap(2)
            .stays(),
        ListColumn::growing(ChangeColumn::Told, "change", 24, 5),
    ];
    ListLayout::fitted(3, &columns, width, (lines.len(), &cell))
}

fn title(line: &ChangeLine) -> String {
    let title = if line.title.is_empty() { "(without a title)" } else { &line.title };
    plain::harmless(title).into_owned()
}

/// What was decided about a line.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineState {
    pub is_taken: bool,
    /// It looks renamed, and is to be a new one.
    pub is_as_new: bool,
    /// Of a name that comes near somebody's: it means them, or somebody else.
    pub answer: Option<bool>,
}

/// How loudly a text speaks.
#[derive(Clone, Copy)]
enum Loudness {
    Plain,
    Quiet,
    Warning,
}

/// What a new line brings, as many of its parts as have room: half a name says less than none.
fn parts_in(brings: &str, room: usize) -> String {
    let text = plain::harmless(brings).into_owned();
    if plain::width(&text) <= room {
        return text;
    }
    let ends: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).collect();
    let mut whole = ends.iter().rev().map(|end| format!("{}, …", &text[..*end]));
    whole.find(|parts| plain::width(parts) <= room).unwrap_or(text)
}

/// How many texts [`told`] has of a line.
fn told_count(line: &ChangeLine) -> usize {
    let raw = usize::from(shows_raw(line)) + usize::from(!line.brings.is_empty());
    // Counted without making the texts, since that is asked of every line and not only of those in sight.
    usize::from(!line.was.is_empty()) + line.conflicts.len() + line.changes.len() + line.remarks.len() + raw
}

fn shows_raw(line: &ChangeLine) -> bool {
    !line.raw.is_empty() && line.raw != line.title
}

/// What is told of a line, the weightiest first.
fn told(line: &ChangeLine, state: LineState) -> Vec<(String, Loudness)> {
    let was = (!line.was.is_empty()).then(|| {
        if line.group == ChangeGroup::Near {
            let who = &line.was;
            match state.answer {
                None => (format!("is it {who}?"), Loudness::Warning),
                Some(true) => (format!("is {who}, from now on"), Loudness::Plain),
                Some(false) => (format!("is not {who}, from now on"), Loudness::Plain),
            }
        } else if state.is_as_new {
            ("a new one; the old one vanished".to_owned(), Loudness::Warning)
        } else {
            (format!("was “{}”", line.was), Loudness::Plain)
        }
    });
    let conflicts = line.conflicts.iter().map(|conflict| {
        let (here, there) = conflict.both();
        (format!("{}: {here} set here, {there} at the source", conflict.title), Loudness::Warning)
    });
    let changes = line.changes.iter().map(|change| (change.sentence(), Loudness::Plain));
    let loud = if line.group == ChangeGroup::Unreadable { Loudness::Warning } else { Loudness::Quiet };
    let remarks = line.remarks.iter().map(|remark| (remark.clone(), loud));
    let raw = shows_raw(line).then(|| (line.raw.clone(), Loudness::Quiet));
    let brings = (!line.brings.is_empty()).then(|| (line.brings.clone(), Loudness::Quiet));
    was.into_iter().chain(brings).chain(conflicts).chain(changes).chain(remarks).chain(raw).collect()
}

fn style(tone: Loudness, is_out: bool, theme: Theme) -> Style {
    match tone {
        _ if is_out => theme.dim(),
        Loudness::Plain => theme.text(),
        Loudness::Quiet => theme.dim(),
        Loudness::Warning => theme.warn(),
    }
}

/// The row of a line.
pub fn line(
    line: &ChangeLine,
    state: LineState,
    layout: &ListLayout<ChangeColumn>,
    theme: Theme,
) -> Line<'static> {
    let is_out = line.group.is_choice() && !state.is_taken;
    let first = told(line, state).into_iter().next();
    layout.row(|column, _| match column {
        ChangeColumn::Mark if line.group == ChangeGroup::Near => match state.answer {
            None => ("?".to_owned(), theme.warn()),
            Some(true) => ((if theme.is_ascii { "+" } else { "✓" }).to_owned(), theme.good()),
            Some(false) => ((if theme.is_ascii { "x" } else { "✗" }).to_owned(), theme.dim()),
        },
        ChangeColumn::Mark if !line.group.is_choice() => (String::new(), theme.dim()),
        ChangeColumn::Mark if is_out => ((if theme.is_ascii { "-" } else { "·" }).to_owned(), theme.dim()),
        ChangeColumn::Mark => ((if theme.is_ascii { "+" } else { "✓" }).to_owned(), theme.good()),
        ChangeColumn::Row if line.row == 0 => (String::new(), theme.dim()),
        ChangeColumn::Row => (line.row.to_string(), theme.dim()),
        ChangeColumn::Key => (line.key.clone(), if is_out { theme.dim() } else { theme.accent() }),
        ChangeColumn::Title => {
            let struck = if is_out { theme.dim().add_modifier(Modifier::CROSSED_OUT) } else { theme.text() };
            (title(line), struck)
        }
        ChangeColumn::Told => match &first {
            Some((text, tone)) => {
                let room = layout.width_of(|column| column == ChangeColumn::Told).unwrap_or(0);
                let is_brought = *text == line.brings;
                let text = if is_brought { parts_in(text, room) } else { plain::harmless(text).into_owned() };
                (text, style(*tone, is_out, theme))
            }
            None => (String::new(), theme.dim()),
        },
    })
}

/// True if something of a line has no room in its columns.
pub fn is_cut(line: &ChangeLine, state: LineState, layout: &ListLayout<ChangeColumn>) -> bool {
    let room = |wanted: ChangeColumn| layout.width_of(|column| column == wanted).unwrap_or(0);
    let said = room(ChangeColumn::Told);
    plain::width(&title(line)) > room(ChangeColumn::Title)
        || told(line, state).iter().any(|(text, _)| plain::width(&plain::harmless(text)) > said)
}

/// All that is told of a line, as one text to be wrapped.
pub fn whole(line: &ChangeLine, state: LineState) -> String {
    let told: Vec<String> = told(line, state).into_iter().map(|(text, _)| text).collect();
    plain::harmless(&format!("{}: {}", line.title, told.join("; "))).into_owned()
}

/// A row below it, with one more thing to tell.
pub fn detail(
    line: &ChangeLine,
    place: usize,
    state: LineState,
    layout: &ListLayout<ChangeColumn>,
    theme: Theme,
) -> Line<'static> {
    let is_out = line.group.is_choice() && !state.is_taken;
    let text = told(line, state).into_iter().nth(place);
    layout.row(|column, _| match (column, &text) {
        (ChangeColumn::Told, Some((text, tone))) => {
            (plain::harmless(text).into_owned(), style(*tone, is_out, theme))
        }
        _ => (String::new(), theme.dim()),
    })
}

#[cfg(test)]
mod tests {
    use super::parts_in;

    #[test]
    fn what_a_line_brings_ends_between_its_parts() {
        let all = "due Fri 4 Dec, 16h, for Lena Fischer, held by Iris Novák";
        for (room, told) in [
            (60, all),
            (56, all),
            (55, "due Fri 4 Dec, 16h, for Lena Fischer, …"),
            (39, "due Fri 4 Dec, 16h, for Lena Fischer, …"),
            (38, "due Fri 4 Dec, 16h, …"),
            (20, "due Fri 4 Dec, …"),
        ] {
            assert_eq!(parts_in(all, room), told, "{room}");
        }
        assert_eq!(parts_in("held by Iris Novák", 5), "held by Iris Novák", "one part is cut by its column");
    }
}
