//! Lines of a record's page under way: labels with texts, links, headings, and what happened to it.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Link;
use crate::domain::day;
use crate::plain;
use crate::store::Operation;
use crate::tui::overlays::ViewContext;
use crate::tui::view::columns::ListTable;
use crate::tui::view::list::Rows;
use crate::tui::view::theme::Theme;

/// Columns of the labels, and of those of a page beside its list.
pub(super) const LABEL: usize = 19;
const NARROW_LABEL: usize = 14;
/// Up to this width a page is narrow.
const NARROW: usize = 70;

/// A line, and where it leads.
pub struct Shown {
    /// What it says.
    pub line: Line<'static>,
    /// What Enter follows.
    pub link: Option<Link>,
    /// It says more of the line above it, and is seen with it.
    pub is_more: bool,
}

impl Shown {
    /// A line by itself, and where it leads.
    pub const fn new(drawn: Line<'static>, link: Option<Link>) -> Self {
        Self { line: drawn, link, is_more: false }
    }

    /// A line that says more of the one above it.
    pub const fn more(line: Line<'static>) -> Self {
        Self { line, link: None, is_more: true }
    }
}

/// What leads somewhere can be chosen.
impl Rows for Vec<Shown> {
    type Item = usize;

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, row: usize) -> Option<usize> {
        // The cursor stands on a line with all that it says below, and a click on any of that means the line.
        let own = (0..=row).rev().find(|above| !self[*above].is_more)?;
        self[own].link.is_some().then_some(own)
    }

    fn is_first(&self, row: usize) -> bool {
        !self[row].is_more
    }
}

impl From<Line<'static>> for Shown {
    fn from(line: Line<'static>) -> Self {
        Self::new(line, None)
    }
}

/// Lines under way.
pub struct Page {
    /// What is there so far.
    pub lines: Vec<Shown>,
    width: usize,
    theme: Theme,
    /// Where the last heading begins and ends.
    head: Option<(usize, usize)>,
}

impl Page {
    /// Nothing yet.
    pub const fn new(width: usize, theme: Theme) -> Self {
        Self { lines: Vec::new(), width, theme, head: None }
    }

    const fn label(&self) -> usize {
        if self.width < NARROW { NARROW_LABEL } else { LABEL }
    }

    /// A label and a text, wrapped under itself; nothing if there is no text.
    pub fn say(&mut self, label: &str, text: &str, style: Style) {
        if text.trim().is_empty() {
            return;
        }
        self.put(label, text, style, None);
    }

    /// As [`Page::text`], with somewhere to go.
    pub fn link(&mut self, label: &str, text: &str, link: Link) {
        self.put(label, text, self.theme.text(), Some(link));
    }

    /// The cursor stops at every row that leads somewhere, so only the first of a longer text does.
    fn put(&mut self, mut label: &str, text: &str, style: Style, mut link: Option<Link>) {
        let indent = self.label();
        for part in plain::wrap(text, self.width.saturating_sub(indent)) {
            // Only the first row has the label; those below it begin with as many blanks.
            let label = format!("   {}", plain::fit(std::mem::take(&mut label), indent));
            let shown = Line::from(vec![Span::styled(label, self.theme.dim()), Span::styled(part, style)]);
            self.lines.push(Shown::new(shown, link.take()));
        }
    }

    /// A table under the names of its columns, each row with where it leads.
    pub fn table<const N: usize>(&mut self, table: &ListTable<N>, links: Vec<Link>) {
        if table.is_empty() {
            return;
        }
        // The width of a page is that behind its margin of three columns, which a table draws itself.
        let (head, rows) = table.lines(3, self.width + 3, self.theme.dim());
        self.lines.push(head.into());
        let rows = rows.into_iter().zip(links);
        self.lines.extend(rows.map(|(line, link)| Shown::new(line, Some(link))));
    }

    /// A label and a text in the usual look.
    pub fn text(&mut self, label: &str, text: &str) {
        self.say(label, text, self.theme.text());
    }

    /// A heading with space above it. One under which nothing was said gives its place to the next.
    pub fn head(&mut self, text: &str) {
        if let Some((from, _)) = self.head.filter(|(_, to)| *to == self.lines.len()) {
            self.lines.truncate(from);
        }
        let from = self.lines.len();
        self.gap();
        self.lines.push(Line::styled(format!("   {text}"), self.theme.strong()).into());
        self.head = Some((from, self.lines.len()));
    }

    /// Space, except at the top and below space.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|last| last.line.width() > 0) {
            self.lines.push(Line::default().into());
        }
    }
}

/// What happened to a record, in sentences.
pub fn past(page: &mut Page, history: &[Operation], sight: ViewContext<'_>) {
    if history.is_empty() {
        return;
    }
    page.head("What happened");
    for operation in history {
        let local = sight.snapshot.local(operation.at);
        let when = day::day_near(local.date_naive(), sight.snapshot.today());
        let undone = if operation.is_undone { " (undone)" } else { "" };
        page.text(&when, &format!("{}{undone}", operation.label));
    }
}
