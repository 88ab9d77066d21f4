//! Finds a record by words, to link it to another one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::finder::{Finder, FinderTexts, NOTHING};
use super::finder_sheet::{FinderItems, FinderSheet};
use super::{FooterKeys, MOVES, Response, ViewContext};
use crate::domain::record::{Kind, RecordKey};
use crate::plain;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::columns::{ListColumn, ListLayout};
use crate::tui::view::find::ranked;

/// How many are looked through at most, so that a letter is never waited for.
const MOST: usize = 5_000;

/// What a row tells of a record.
#[derive(Debug, Clone, Copy)]
enum FoundColumn {
    Key,
    Title,
    Kind,
}

const COLUMNS: [ListColumn<FoundColumn>; 3] = [
    ListColumn::of(FoundColumn::Key, "key", 17),
    ListColumn::growing(FoundColumn::Title, "title", 16, 1).gap(0),
    ListColumn::of(FoundColumn::Kind, "kind", 14).right().gap(3).leaves(1),
];

/// A choice of the record that another one is linked to.
pub type Picker = FinderSheet<LinkTargets>;

/// What a record can be linked to.
#[derive(Debug, Clone)]
pub struct LinkTargets {
    from: RecordKey,
    title: String,
    /// Only records of this kind.
    only: Option<Kind>,
    /// What there is, with what it is called.
    offered: Vec<(RecordKey, String)>,
    /// Places in `offered` that fit, the best first.
    found: Vec<usize>,
}

impl LinkTargets {
    /// Everything that a record can be linked to, or only one kind of it.
    pub fn of(from: RecordKey, only: Option<Kind>, snapshot: &Snapshot) -> Self {
        // Never itself: a record that is linked with itself would say nothing.
        let fits = |key: &RecordKey| *key != from && (only.is_none() || key.kind() == only);
        let requests =
            snapshot.rows.iter().map(|row| (RecordKey::from(row.request.id), row.request.title.clone()));
        let meetings = snapshot.known_meetings().into_iter().map(|meeting| {
            let day = crate::domain::day::short_day(meeting.start.date_naive());
            (RecordKey::from(meeting.key.clone()), format!("{} {day}", meeting.title))
        });
        // Requests last: there can be more of them than are offered, and nothing may hide behind them.
        let all = snapshot.books.named().into_iter().chain(meetings).chain(requests);
        let offered: Vec<_> = all.filter(|(key, _)| fits(key)).take(MOST).collect();
        let what = only.map_or_else(|| "what".to_owned(), |kind| format!("which {}", kind.title()));
        let verb = if only.is_some() { "is for" } else { "is linked to" };
        let title = format!("{from} {} {verb} {what}?", plain::cut(&snapshot.title_of(&from), 40));
        Self { from, title, only, offered, found: Vec::new() }
    }
}

impl FinderItems for LinkTargets {
    const FOOTER: FooterKeys =
        &[(&[], "type to find"), (MOVES, "move"), (&[Action::Accept], "link"), (&[Action::Leave], "")];

    fn find(&mut self, words: &str) {
        // The key is found as well, for whoever knows it.
        self.found = ranked(words, self.offered.iter().map(|(key, title)| format!("{key} {title}")));
    }

    fn count(&self) -> usize {
        self.found.len()
    }

    fn offered(&self) -> usize {
        self.offered.len()
    }

    fn choose(&self, row: usize) -> Response {
        let (other, _) = &self.offered[self.found[row]];
        Response::Done(vec![Effect::Write(Write::Tie(self.from.clone(), other.clone()))])
    }

    fn draw(&self, finder: &Finder, (buffer, area): (&mut Buffer, Rect), sight: ViewContext<'_>) {
        let theme = sight.theme;
        let none = self.only.filter(|_| self.offered.is_empty());
        let hint = || sight.snapshot.hints.say("{capture} adds one in a line.");
        let none = none.map(|kind| format!("No {} is there yet; {}", kind.title(), hint()));
        let table = ListLayout::new(3, &COLUMNS, usize::from(area.width));
        let frame = FinderTexts {
            title: &self.title,
            count: &format!("{} found", self.found.len()),
            empty: none.as_deref().unwrap_or(NOTHING),
            ghost: "words of its title, or its key",
            rest: "",
            head: table.head(theme.dim()),
        };
        let cell = |row: usize, column| {
            let (key, title) = &self.offered[self.found[row]];
            match column {
                FoundColumn::Key => (key.to_string(), theme.dim()),
                FoundColumn::Title => (title.clone(), theme.text()),
                FoundColumn::Kind => (key.kind().map_or("meeting", Kind::title).to_owned(), theme.dim()),
            }
        };
        let line = |row: usize| table.row(|column, _| cell(row, column));
        finder.draw((buffer, area), sight, &frame, (&self.found.len(), line));
    }
}
