//! A document on the screen: standup, brief, review. Walked line by line; a figure opens the rows that it was counted
//! from, a line the record that it is about. Nothing is computed here.

mod brief;
mod view;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::menu::{Choice, Menu, Pick};
use super::{FooterKeys, Layer, Overlay, Response, ViewContext};
use crate::domain::document::{Document, Figure, Line as Said, Reader};
use crate::domain::record::RecordKey;
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::books::Receipt;
use crate::ops::docs::brief::BriefPage;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Screen};
use crate::tui::view::list::{Cursor, Step};
use view::DocumentRow;

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
    cursor: Cursor,
}

/// What kind of document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The standup pack.
    Standup,
    /// The leadership brief of a meeting; of none while none is in sight.
    Brief(Option<crate::domain::meeting::OccurrenceKey>),
    /// The week in review, or the quarter in evidence.
    Review(Read),
    /// What changed meanwhile.
    Meanwhile,
}

impl DocView {
    /// Opens a document at its first line.
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
            cursor: Cursor::default(),
        };
        view.clamp();
        view
    }

    /// The same document told in another order, to change between them.
    pub fn with_other(mut self, other: Document) -> Self {
        self.other = Some(other);
        self
    }

    /// When it was opened: how long it is being walked stands in its corner.
    pub const fn opened(mut self, at: DateTime<FixedOffset>) -> Self {
        self.opened = Some(at);
        self
    }

    /// True if the other one is about the same thing: then this one takes it over.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.role, &other.role) {
            // Turned to another week it is the same view; a brief of no meeting has one as soon as one is in
            // sight.
            (Role::Review(_), Role::Review(_)) | (Role::Brief(None), Role::Brief(_)) => true,
            (own, role) => own == role,
        }
    }

    /// Takes over what was built anew; the place, and what was said, stay.
    pub fn renew(&mut self, other: Self) {
        let is_turned = self.is_turned;
        // Another week is read from where it was, not from where one of its lines happens to say the same.
        let chosen = self.chosen().cloned().filter(|_| self.role == other.role);
        let block = self.document.blocks.get(self.at.0).map(|block| block.title.clone()).unwrap_or_default();
        self.role = other.role;
        self.document = other.document;
        self.other = other.other;
        self.brief = other.brief;
        self.is_turned = false;
        if is_turned {
            self.swap();
        }
        if let Some(at) = chosen.and_then(|line| self.place_of(&line, &block)) {
            self.at = at;
        }
        self.clamp();
    }

    /// Where a line of before stands now, by what it says or else by what it is about: a key pressed upon it must not
    /// act upon another one that came in its place.
    fn place_of(&self, line: &Said, block: &str) -> Option<(usize, usize)> {
        let all = self.places();
        let found = |fits: &dyn Fn(&str, &Said) -> bool| {
            let fits = |at: &&(usize, usize)| {
                let own = &self.document.blocks[at.0];
                fits(&own.title, &own.lines[at.1])
            };
            all.iter()
                .filter(fits)
                .min_by_key(|at| (at.0.abs_diff(self.at.0), at.1.abs_diff(self.at.1)))
                .copied()
        };
        let is_about = |other: &Said| !line.keys.is_empty() && other.keys == line.keys;
        found(&|_, other| other.text == line.text)
            .or_else(|| found(&|title, other| title == block && is_about(other)))
            .or_else(|| found(&|_, other| is_about(other)))
    }

    /// Changes to the other order and back.
    pub fn turn(&mut self) {
        if self.swap() {
            // A place of one order is another line in the other.
            (self.at, self.cursor) = ((0, 0), Cursor::default());
            self.clamp();
        }
    }

    /// Exchanges the two orders; false if there is only one.
    fn swap(&mut self) -> bool {
        let Some(other) = &mut self.other else { return false };
        std::mem::swap(other, &mut self.document);
        self.is_turned = !self.is_turned;
        true
    }

    /// Marks the chosen line as said, or not, and goes on.
    pub fn toggle_said(&mut self) {
        let Some(text) = self.chosen().map(|line| line.text.clone()) else { return };
        match self.said_as(&text) {
            Some(at) => drop(self.said.remove(at)),
            None => self.said.push(text),
        }
        let all = self.places();
        if let Some(next) = all.iter().position(|at| *at == self.at).and_then(|here| all.get(here + 1)) {
            self.at = *next;
        }
    }

    /// Where a line stands among those that were said. By person a line begins with its section, which it does
    /// not elsewhere.
    fn said_as(&self, text: &str) -> Option<usize> {
        let is_longer = |long: &str, short: &str| {
            !short.is_empty() && long.strip_suffix(short).is_some_and(|section| section.ends_with(": "))
        };
        self.said.iter().position(|known| known == text || is_longer(known, text) || is_longer(text, known))
    }

    fn clamp(&mut self) {
        let all = self.places();
        if !all.contains(&self.at) {
            // What was chosen may be gone, as after unblocking: the line before it is the nearest.
            let next = all.iter().rev().find(|at| **at <= self.at).or_else(|| all.first());
            self.at = next.copied().unwrap_or_default();
        }
    }

    fn places(&self) -> Vec<(usize, usize)> {
        let blocks = self.document.blocks.iter().enumerate();
        blocks.flat_map(|(block, it)| (0..it.lines.len()).map(move |line| (block, line))).collect()
    }

    /// The chosen line.
    pub fn chosen(&self) -> Option<&Said> {
        self.document.blocks.get(self.at.0)?.lines.get(self.at.1)
    }

    /// The block that the chosen line stands in.
    pub const fn block(&self) -> usize {
        self.at.0
    }

    /// Opens the receipts of the line's figures, otherwise the record that it is about.
    fn follow(&self) -> Response {
        let Some(line) = self.chosen() else { return Response::Stay };
        let told_on = self.document.told_on;
        let mut receipts = line.figures.iter().map(|figure| receipt(&line.text, figure, told_on));
        if let Some(mut first) = receipts.next() {
            first.beside = receipts.collect();
            return Response::Do(vec![Effect::Read(Read::OpenReceipt(Box::new(first)))]);
        }
        let records: Vec<RecordKey> = line.keys.iter().filter_map(|key| key.parse().ok()).collect();
        match records.as_slice() {
            [] => Response::Stay,
            [one] => Response::Do(vec![Effect::open(one)]),
            _ => Response::Do(vec![Effect::Read(Read::OpenReceipt(Box::new(Receipt {
                title: line.text.clone(),
                keys: records,
                ..Receipt::default()
            })))]),
        }
    }

    /// Goes to the next line, a page of them, or a block.
    fn step(&mut self, action: Action, sight: ViewContext<'_>) -> bool {
        let all = self.places();
        let here = all.iter().position(|at| *at == self.at).unwrap_or(0);
        let next = match action {
            Action::Right | Action::NextPane => all.iter().position(|at| at.0 > self.at.0).unwrap_or(here),
            Action::Left | Action::PreviousPane => {
                // To the beginning of its own block first, as an editor goes to the beginning of a paragraph.
                let block = if self.at.1 > 0 { self.at.0 } else { self.at.0.saturating_sub(1) };
                all.iter().position(|at| at.0 == block).unwrap_or(0)
            }
            _ => here,
        };
        let step = Step::of(action);
        // At the end the key is used up all the same, or the pane below would move.
        if next == here && step.is_none() {
            return matches!(action, Action::Right | Action::Left | Action::NextPane | Action::PreviousPane);
        }
        self.at = all.get(next).copied().unwrap_or_default();
        let (rows, height) = (self.rows(sight), self.height(sight));
        self.cursor = self.cursor_in(&rows);
        match step {
            Some(step) => self.cursor.step(step, &rows, height),
            None => self.cursor.clamp(&rows, height),
        }
        self.at = self.cursor.chosen().and_then(|row| rows[row].at).unwrap_or(self.at);
        true
    }

    /// How many rows are in sight.
    fn height(&self, sight: ViewContext<'_>) -> usize {
        sight.height.saturating_sub(1 + self.foot_rows(sight)).max(1)
    }

    /// The cursor on the first row of the chosen line, wherever that stands in this width.
    fn cursor_in(&self, rows: &[DocumentRow]) -> Cursor {
        let mut cursor = self.cursor;
        if let Some(row) = rows.iter().position(|row| row.at == Some(self.at)) {
            cursor.choose(row);
        }
        cursor
    }

    /// Offers the layouts to copy as. A copy goes out, so it is the room's; a capital letter copies the lead's own.
    pub fn copy_menu(&self, room: Reader) -> Overlay {
        // What could be said better is for the lead alone.
        let handed = self.brief.as_ref().map_or(&self.document, |page| &page.document);
        let choice = |(key, layout, reader): (char, Layout, Reader)| {
            let text = render(handed, reader, layout, MAIL_WIDTH);
            let label = format!("{} {}", layout.title(), reader.words());
            let what = format!("{} as {label}", self.document.title);
            Choice { key, label, pick: Pick::Do(Effect::Screen(Screen::Copy(text, what))) }
        };
        let layouts = [('m', Layout::Markdown), ('s', Layout::Slack), ('t', Layout::Text)];
        let own = layouts.map(|(key, layout)| (key.to_ascii_uppercase(), layout, Reader::Lead));
        let choices = layouts.map(|(key, layout)| (key, layout, room)).into_iter().chain(own);
        Menu::new("Copy as".to_owned(), choices.map(choice).collect()).into()
    }
}

impl Layer for DocView {
    fn scopes(&self) -> &'static [Scope] {
        match self.role {
            Role::Standup => &[Scope::Reading, Scope::Standup, Scope::Everywhere],
            Role::Brief(_) => &[Scope::Reading, Scope::Brief, Scope::Everywhere],
            Role::Review(_) => &[Scope::Reading, Scope::Review, Scope::Everywhere],
            Role::Meanwhile => &[Scope::Reading, Scope::Everywhere],
        }
    }

    fn footer(&self) -> FooterKeys {
        match self.role {
            Role::Standup => &[
                (&[Action::Back], ""),
                (&[Action::StandupSaid], ""),
                (&[Action::StandupBy], ""),
                (&[Action::StandupUnblock], ""),
                (&[Action::StandupAssign], ""),
                (&[Action::StandupDue], ""),
                (&[Action::StandupRemark], ""),
                (&[Action::StandupCopy], ""),
                (&[Action::StandupEnd], ""),
            ],
            // Without a meeting there is nothing to write, to freeze or to hand on.
            Role::Brief(None) | Role::Meanwhile => &[(&[Action::Back], "")],
            Role::Brief(_) => &[
                (&[Action::Back], ""),
                (&[Action::BriefEdit], ""),
                (&[Action::BriefNumbers], ""),
                (&[Action::BriefTake], ""),
                (&[Action::BriefWave], ""),
                (&[Action::BriefCopy], ""),
                (&[Action::BriefFreeze], ""),
            ],
            Role::Review(_) => &[
                (&[Action::Back], ""),
                (&[Action::ReviewEarlier], ""),
                (&[Action::ReviewLater], ""),
                (&[Action::ReviewQuarter], ""),
                (&[Action::ReviewCopy], ""),
            ],
        }
    }

    /// Whose it is as it stands here: what is copied from it is another one.
    fn footnote(&self, sight: ViewContext<'_>) -> Option<String> {
        let copied = match self.role {
            Role::Standup => " · {standup-copy} copies it for the room",
            Role::Brief(None) | Role::Meanwhile => "",
            Role::Brief(_) => " · {brief-copy} copies it for the room",
            Role::Review(_) => " · {review-copy} copies it for the room",
        };
        let reader = if sight.snapshot.is_presenting { "as others see it" } else { "for you" };
        Some(sight.snapshot.hints.say(&format!("{reader}{copied}")))
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::Follow => self.follow(),
            _ if self.step(action, sight) => Response::Stay,
            _ => Response::Ignored,
        }
    }

    /// Chooses a line, or follows the one that is chosen.
    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let (rows, height) = (self.rows(sight), self.height(sight));
        self.cursor = self.cursor_in(&rows);
        let hit = row.checked_sub(1).and_then(|row| self.cursor.click(row, &rows, height));
        self.at = self.cursor.chosen().and_then(|row| rows[row].at).unwrap_or(self.at);
        if hit == Some(true) { self.follow() } else { Response::Stay }
    }

    /// The record that the chosen line is about.
    fn record(&self) -> Option<RecordKey> {
        self.chosen()?.keys.first()?.parse().ok()
    }

    /// A list of what happened stays as it was.
    fn refresh(&self) -> Option<Read> {
        match &self.role {
            Role::Standup => Some(Read::Standup),
            Role::Brief(key) => Some(Read::Brief(key.clone())),
            Role::Review(read) => Some(read.clone()),
            Role::Meanwhile => None,
        }
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        self.draw_rows(buffer, area, sight);
    }
}

/// The rows behind a figure.
fn receipt(text: &str, figure: &Figure, told_on: Option<NaiveDate>) -> Receipt {
    Receipt {
        title: text.to_owned(),
        text: crate::domain::document::quantity(figure.value, &figure.unit),
        definition: figure.receipt(told_on),
        keys: figure.keys.iter().filter_map(|key| key.parse().ok()).collect(),
        beside: Vec::new(),
    }
}
