//! A document on the screen: standup, brief, review. Walked line by line; a figure opens the rows that it was counted
//! from, a line the record that it is about. Nothing is computed here.

use chrono::{DateTime, FixedOffset};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::menu::{Choice, Menu, Pick};
use super::{Overlay, Response, Sight};
use crate::domain::document::{Block, Document, Figure, Line as Said, Plot, Tone};
use crate::domain::record::RecordKey;
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::books::Receipt;
use crate::ops::docs::brief::{BriefPage, Remark};
use crate::plain;
use crate::tui::action::{Action, Scope};
use crate::tui::effect::Effect;
use crate::tui::paint::{self, Rule};
use crate::tui::panes::board::open;

/// Columns of block titles where they stand beside their lines.
const LABEL: usize = 17;
/// From this width on they do.
const WIDE: usize = 90;
/// The block of the altitude lint.
const LINT: &str = "Lint";
/// The block of the numbers in a brief.
const NUMBERS: &str = "Three numbers";

/// A document being walked.
#[derive(Debug, Clone)]
pub struct DocView {
    /// What is read.
    pub document: Document,
    /// Whose actions work on it, and what it can do beyond reading.
    pub role: Role,
    /// The same told in another order.
    other: Option<Document>,
    is_turned: bool,
    /// Lines that were said.
    said: Vec<String>,
    opened: Option<DateTime<FixedOffset>>,
    /// What can be done about a brief.
    brief: Option<Box<BriefPage>>,
    /// The chosen line: block and line.
    at: (usize, usize),
    top: usize,
}

/// What kind of document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The standup pack.
    Standup,
    /// The leadership brief of a meeting; of none while none is in sight.
    Brief(Option<crate::domain::meeting::OccurrenceKey>),
    /// The week in review, or the quarter in evidence.
    Review(Effect),
}

/// A line of the screen: what it shows, and which line of the document it belongs to.
struct Row {
    line: Line<'static>,
    at: Option<(usize, usize)>,
}

impl DocView {
    /// Opens a document at its first line.
    #[must_use]
    pub fn new(document: Document, role: Role) -> Self {
        let mut view = Self {
            document,
            role,
            other: None,
            is_turned: false,
            said: Vec::new(),
            opened: None,
            brief: None,
            at: (0, 0),
            top: 0,
        };
        view.settle();
        view
    }

    /// The same document told in another order, to change between them.
    #[must_use]
    pub fn with_other(mut self, other: Document) -> Self {
        self.other = Some(other);
        self
    }

    /// When it was opened: how long it is being walked stands in its corner.
    #[must_use]
    pub const fn opened(mut self, at: DateTime<FixedOffset>) -> Self {
        self.opened = Some(at);
        self
    }

    /// A brief, with what could be said better as its last block.
    #[must_use]
    pub fn of_brief(page: BriefPage) -> Self {
        let mut document = page.document.clone();
        let lines: Vec<Said> = page.lint.iter().map(suggestion).collect();
        if !lines.is_empty() {
            document.blocks.push(Block::new(LINT, lines));
        }
        let role = Role::Brief(page.meeting.as_ref().map(|meeting| meeting.key.clone()));
        Self { brief: Some(Box::new(page)), ..Self::new(document, role) }
    }

    /// What can be done about the brief.
    #[must_use]
    pub fn brief(&self) -> Option<&BriefPage> {
        self.brief.as_deref()
    }

    /// The suggestion that is chosen, otherwise the first.
    #[must_use]
    pub fn remark(&self) -> Option<&Remark> {
        let page = self.brief.as_ref()?;
        let is_here = self.document.blocks.get(self.at.0).is_some_and(|block| block.title == LINT);
        page.lint.get(if is_here { self.at.1 } else { 0 })
    }

    /// Which of the numbers is chosen, otherwise the first.
    #[must_use]
    pub fn number(&self) -> usize {
        let is_here = self.document.blocks.get(self.at.0).is_some_and(|block| block.title == NUMBERS);
        if is_here { self.at.1 } else { 0 }
    }

    /// True if the other one is about the same thing: then this one takes it over.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.role, &other.role) {
            (Role::Review(_), Role::Review(_)) | (Role::Brief(None), Role::Brief(_)) => true,
            (own, role) => own == role,
        }
    }

    /// Takes over what was built anew; the place, and what was said, stay.
    pub fn renew(&mut self, other: Self) {
        let is_turned = self.is_turned;
        self.role = other.role;
        self.document = other.document;
        self.other = other.other;
        self.brief = other.brief;
        self.is_turned = false;
        if is_turned {
            self.turn();
        }
        self.settle();
    }

    /// Changes to the other order and back.
    pub fn turn(&mut self) {
        if let Some(other) = &mut self.other {
            std::mem::swap(other, &mut self.document);
            self.is_turned = !self.is_turned;
            (self.at, self.top) = ((0, 0), 0);
            self.settle();
        }
    }

    /// Marks the chosen line as said, or not, and goes on.
    pub fn toggle_said(&mut self) {
        let Some(text) = self.chosen().map(|line| line.text.clone()) else { return };
        match self.said.iter().position(|known| *known == text) {
            Some(at) => drop(self.said.remove(at)),
            None => self.said.push(text),
        }
        let all = self.places();
        if let Some(next) = all.iter().position(|at| *at == self.at).and_then(|here| all.get(here + 1)) {
            self.at = *next;
        }
    }

    fn settle(&mut self) {
        let all = self.places();
        if !all.contains(&self.at) {
            let next = all.iter().rev().find(|at| **at <= self.at).or_else(|| all.first());
            self.at = next.copied().unwrap_or_default();
        }
    }

    fn places(&self) -> Vec<(usize, usize)> {
        let blocks = self.document.blocks.iter().enumerate();
        blocks.flat_map(|(block, it)| (0..it.lines.len()).map(move |line| (block, line))).collect()
    }

    /// The chosen line.
    #[must_use]
    pub fn chosen(&self) -> Option<&Said> {
        self.document.blocks.get(self.at.0)?.lines.get(self.at.1)
    }

    /// The block that the chosen line stands in.
    #[must_use]
    pub const fn block(&self) -> usize {
        self.at.0
    }

    /// The record that the chosen line is about.
    #[must_use]
    pub fn record(&self) -> Option<RecordKey> {
        self.chosen()?.keys.first()?.parse().ok()
    }

    /// Whose actions work on it.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        match self.role {
            Role::Standup => Scope::Standup,
            Role::Brief(_) => Scope::Brief,
            Role::Review(_) => Scope::Review,
        }
    }

    /// What has to be read again after a change.
    #[must_use]
    pub fn refresh(&self) -> Effect {
        match &self.role {
            Role::Standup => Effect::Standup,
            Role::Brief(key) => Effect::Brief(key.clone()),
            Role::Review(effect) => effect.clone(),
        }
    }

    /// Takes a key; nearly all go on to the actions.
    pub fn key(&mut self, key: KeyEvent) -> Response {
        match key.code {
            KeyCode::Enter => self.follow(),
            _ => Response::Ignored,
        }
    }

    /// Opens the receipts of the line's figures, otherwise the record that it is about.
    fn follow(&self) -> Response {
        let Some(line) = self.chosen() else { return Response::Stay };
        let mut receipts = line.figures.iter().map(|figure| receipt(&line.text, figure));
        if let Some(mut first) = receipts.next() {
            first.beside = receipts.collect();
            return Response::Do(vec![Effect::OpenReceipt(Box::new(first))]);
        }
        let records: Vec<RecordKey> = line.keys.iter().filter_map(|key| key.parse().ok()).collect();
        match records.as_slice() {
            [] => Response::Stay,
            [one] => Response::Do(vec![open(one)]),
            _ => Response::Do(vec![Effect::OpenReceipt(Box::new(Receipt {
                title: line.text.clone(),
                keys: records,
                ..Receipt::default()
            }))]),
        }
    }

    /// Goes to the next line, a page of them, or a block.
    pub fn step(&mut self, action: Action, sight: Sight<'_>) -> bool {
        let all = self.places();
        let here = all.iter().position(|at| *at == self.at).unwrap_or(0);
        let last = all.len().saturating_sub(1);
        let page = sight.height.saturating_sub(2).max(1) / 2;
        let next = match action {
            Action::Down => here + 1,
            Action::Up => here.saturating_sub(1),
            Action::PageDown => here + page,
            Action::PageUp => here.saturating_sub(page),
            Action::Top => 0,
            Action::Bottom => last,
            Action::Right | Action::NextPane => all.iter().position(|at| at.0 > self.at.0).unwrap_or(here),
            Action::Left | Action::PreviousPane => {
                let block = if self.at.1 > 0 { self.at.0 } else { self.at.0.saturating_sub(1) };
                all.iter().position(|at| at.0 == block).unwrap_or(0)
            }
            _ => return false,
        };
        if let Some(at) = all.get(next.min(last)) {
            self.at = *at;
        }
        self.scroll(sight);
        true
    }

    /// Keeps the chosen line in sight, with the title above it.
    fn scroll(&mut self, sight: Sight<'_>) {
        let rows = self.rows(sight);
        let page = sight.height.saturating_sub(1 + self.foot_rows(sight)).max(1);
        let own: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].at == Some(self.at)).collect();
        let (first, last) = (own.first().copied().unwrap_or(0), own.last().copied().unwrap_or(0));
        if last >= self.top + page {
            self.top = last + 1 - page;
        }
        if first < self.top {
            self.top = first;
        }
        if first <= 2 {
            self.top = 0;
        }
        self.top = self.top.min(rows.len().saturating_sub(page));
    }

    /// Offers the layouts to copy as.
    #[must_use]
    pub fn copy_menu(&self) -> Overlay {
        // What could be said better is for the lead alone.
        let handed = self.brief.as_ref().map_or(&self.document, |page| &page.document);
        let choice = |(key, layout): (char, Layout)| {
            let text = render(handed, layout, MAIL_WIDTH);
            let what = format!("{} as {}", self.document.title, layout.title());
            Choice { key, label: layout.title().to_owned(), pick: Pick::Do(Effect::Copy(text, what)) }
        };
        let layouts = [('m', Layout::Markdown), ('s', Layout::Slack), ('t', Layout::Text)];
        Overlay::Menu(Menu::new("Copy as".to_owned(), layouts.map(choice).into()))
    }

    fn rows(&self, sight: Sight<'_>) -> Vec<Row> {
        let is_wide = sight.width >= WIDE;
        let indent = if is_wide { LABEL + 3 } else { 3 };
        let width = sight.width.saturating_sub(indent + 2);
        let theme = sight.theme;
        let mut rows = Vec::new();
        for (block, it) in self.document.blocks.iter().enumerate() {
            if !is_wide {
                rows.push(Row { line: Line::styled(format!(" {}", it.title), theme.accent()), at: None });
            }
            for (line, said) in it.lines.iter().enumerate() {
                let title = if is_wide && line == 0 { it.title.as_str() } else { "" };
                let style = if it.is_lead { theme.strong() } else { tone(said.tone, sight) };
                rows.extend(self.line_rows((block, line), said, (title, style), (width, indent, sight)));
            }
            if let Some(plot) = &it.plot {
                rows.extend(plot_rows(plot, indent, width, sight));
            }
            if !is_wide || sight.height > 44 {
                rows.push(Row { line: Line::default(), at: None });
            }
        }
        rows
    }

    fn line_rows(
        &self,
        at: (usize, usize),
        said: &Said,
        (title, style): (&str, Style),
        (width, indent, sight): (usize, usize, Sight<'_>),
    ) -> Vec<Row> {
        let is_said = self.said.contains(&said.text);
        let mark = if is_said { "said" } else { said.tone.mark() };
        let style = if is_said { sight.theme.dim() } else { style };
        let keys = said.unnamed_keys();
        let keys =
            if keys.is_empty() || keys.len() > 4 { String::new() } else { format!("  {}", keys.join(" ")) };
        let text = format!("{mark}{}{}{keys}", if mark.is_empty() { "" } else { " " }, said.text);
        let is_here = self.at == at;
        let parts = plain::wrap(&text, width);
        parts
            .into_iter()
            .enumerate()
            .map(|(row, part)| {
                let label = if row == 0 { title } else { "" };
                let pointer = if is_here && row == 0 { "›" } else { " " };
                let label = format!(" {} ", plain::fit(label, indent.saturating_sub(3)));
                let style = if is_here { sight.theme.selected(true) } else { style };
                let line = Line::from(vec![
                    Span::styled(label, sight.theme.accent()),
                    Span::styled(pointer.to_owned(), sight.theme.accent()),
                    Span::styled(part, style),
                ]);
                Row { line, at: Some(at) }
            })
            .collect()
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let theme = sight.theme;
        let rows = self.rows(sight);
        let mut body = paint::below(area, 1);
        let foot = u16::try_from(self.foot_rows(sight)).unwrap_or(0);
        body.height = body.height.saturating_sub(foot);
        let more = rows.len().saturating_sub(self.top + usize::from(body.height));
        let mut right = if more > 0 { format!("↓ {more} more") } else { String::new() };
        if let Some(opened) = self.opened {
            let minutes = (sight.snapshot.now - opened).num_minutes().max(0);
            right = format!("{right}  {minutes} min");
        }
        if let Some(left) = self.countdown(sight) {
            right = format!("{right}  {left}");
        }
        Rule {
            title: &self.document.title,
            more: &self.document.subtitle,
            right: right.trim(),
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.text(),
        }
        .draw(buffer, area);
        for (row, shown) in rows.iter().skip(self.top).take(usize::from(body.height)).enumerate() {
            paint::put(buffer, body, u16::try_from(row).unwrap_or(u16::MAX), &shown.line);
        }
        if let Some(plan) = self.plan(sight).filter(|_| foot > 0) {
            let text = format!(" {}", plain::cut(plan, usize::from(area.width).saturating_sub(2)));
            paint::put(buffer, area, area.height - 1, &Line::styled(text, theme.accent()));
        }
    }

    /// The if-then for this room, which stays in sight while the brief is open.
    fn plan(&self, sight: Sight<'_>) -> Option<&str> {
        let plan = self.brief.as_ref()?.if_then.trim();
        (!plan.is_empty() && !sight.snapshot.is_presenting).then_some(plan)
    }

    /// Rows that the if-then takes.
    fn foot_rows(&self, sight: Sight<'_>) -> usize {
        usize::from(self.plan(sight).is_some() && sight.height > 3)
    }

    /// `in 04 min`, `now`, or nothing while there is time.
    fn countdown(&self, sight: Sight<'_>) -> Option<String> {
        let meeting = self.brief.as_ref()?.meeting.as_ref()?;
        match (meeting.start - sight.snapshot.now).num_minutes() {
            minutes @ 1..120 => Some(format!("in {minutes:02} min")),
            _ if meeting.start <= sight.snapshot.now && sight.snapshot.now < meeting.end => {
                Some("now".to_owned())
            }
            0 => Some("now".to_owned()),
            _ => None,
        }
    }
}

/// `The ask: a number without what it means: “…” → …`
fn suggestion(remark: &Remark) -> Said {
    let finding = &remark.finding;
    Said::new(format!(
        "{}, {}: “{}” → {}",
        remark.block,
        finding.rule.title(),
        plain::cut(&finding.text, 60),
        finding.suggestion
    ))
}

/// The rows behind a figure.
fn receipt(text: &str, figure: &Figure) -> Receipt {
    Receipt {
        title: text.to_owned(),
        text: crate::domain::document::quantity(figure.value, &figure.unit),
        definition: figure.receipt(),
        keys: figure.keys.iter().filter_map(|key| key.parse().ok()).collect(),
        beside: Vec::new(),
    }
}

fn tone(tone: Tone, sight: Sight<'_>) -> Style {
    match tone {
        Tone::Plain => sight.theme.text(),
        Tone::Warn => sight.theme.warn(),
        Tone::Good => sight.theme.good(),
    }
}

/// A plot as bars of text, one a point.
fn plot_rows(plot: &Plot, indent: usize, width: usize, sight: Sight<'_>) -> Vec<Row> {
    let (shares, _) = plot.shares();
    let label = plot.points.iter().map(|point| plain::width(&point.label)).max().unwrap_or(0).min(18);
    let cells = width.saturating_sub(label + 14).min(40);
    let pad = " ".repeat(indent);
    let title = Line::styled(format!("{pad}{}", plot.title), sight.theme.dim());
    let point = |(point, share): (&crate::domain::document::Point, &f64)| {
        let percent = format!("{:.0}", share * 100.0).parse().unwrap_or(0);
        let bar = crate::tui::panes::board::bar(percent, cells, sight.theme.is_ascii);
        Line::from(vec![
            Span::styled(format!("{pad}{} ", plain::fit(&point.label, label)), sight.theme.dim()),
            Span::styled(bar, sight.theme.accent()),
            Span::styled(
                format!(" {}", crate::domain::document::quantity(point.value, &plot.unit)),
                sight.theme.text(),
            ),
        ])
    };
    let lines = plot.points.iter().zip(&shares).map(point);
    std::iter::once(title).chain(lines).map(|line| Row { line, at: None }).collect()
}
