//! Something to read, with everything that touches it: a request, a meeting, a cell of the load, or a few
//! sentences from the program. The actions of its scope work on it.

mod lines;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Response, Sight};
use crate::domain::ids::RequestId;
use crate::domain::meeting::{Meeting, OccurrenceKey};
use crate::domain::reflection::trend::Entry;
use crate::ops::detail::RequestDetail;
use crate::ops::load::CellWork;
use crate::tui::action::{Action, Scope};
use crate::tui::effect::Effect;
use crate::tui::paint::{self, Rule};

/// What is read.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A request.
    Request(Box<RequestDetail>),
    /// A meeting with the reflections of its series.
    Meeting(Box<Meeting>, Vec<Entry>),
    /// What lies on somebody on some days.
    Cell {
        /// Who and when.
        title: String,
        /// How to ask for it again.
        again: Effect,
        /// The work.
        work: Vec<CellWork>,
    },
    /// Sentences.
    Notice(String, Vec<String>),
}

/// The record and how far it is scrolled.
#[derive(Debug, Clone)]
pub struct Record {
    /// What is read.
    pub kind: Kind,
    top: usize,
}

impl Record {
    /// Opens something.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self { kind, top: 0 }
    }

    /// Takes a key; nearly all go on to the actions.
    pub fn key(&self, key: KeyEvent) -> Response {
        match (&self.kind, key.code) {
            (Kind::Notice(..), KeyCode::Enter) => Response::Close,
            _ => Response::Ignored,
        }
    }

    /// Scrolls.
    pub fn step(&mut self, action: Action, sight: Sight<'_>) -> bool {
        let page = sight.height.saturating_sub(2).max(1);
        let last = self.lines(sight).len().saturating_sub(page);
        self.top = match action {
            Action::Down => self.top + 1,
            Action::Up => self.top.saturating_sub(1),
            Action::PageDown => self.top + page,
            Action::PageUp => self.top.saturating_sub(page),
            Action::Top => 0,
            Action::Bottom => last,
            _ => return false,
        };
        self.top = self.top.min(last);
        true
    }

    /// Whose actions work on it.
    #[must_use]
    pub const fn scope(&self) -> Option<Scope> {
        match self.kind {
            Kind::Request(_) => Some(Scope::Requests),
            Kind::Meeting(..) => Some(Scope::Meetings),
            _ => None,
        }
    }

    /// The request that it is about.
    #[must_use]
    pub fn request(&self) -> Option<RequestId> {
        match &self.kind {
            Kind::Request(detail) => Some(detail.row.request.id),
            _ => None,
        }
    }

    /// The meeting that it is about.
    #[must_use]
    pub fn meeting(&self) -> Option<OccurrenceKey> {
        match &self.kind {
            Kind::Meeting(meeting, _) => Some(meeting.key.clone()),
            _ => None,
        }
    }

    /// What has to be read again after a change.
    #[must_use]
    pub fn refresh(&self) -> Option<Effect> {
        match &self.kind {
            Kind::Request(detail) => Some(Effect::OpenRequest(detail.row.request.id)),
            Kind::Meeting(meeting, _) => Some(Effect::OpenMeeting(meeting.key.clone())),
            Kind::Cell { again, .. } => Some(again.clone()),
            Kind::Notice(..) => None,
        }
    }

    /// True if the other one is about the same thing.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Notice(..), _) | (_, Kind::Notice(..)) => false,
            _ => self.refresh() == other.refresh(),
        }
    }

    /// Takes over what was read again.
    pub fn renew(&mut self, other: Self) {
        self.kind = other.kind;
    }

    fn lines(&self, sight: Sight<'_>) -> Vec<ratatui::text::Line<'static>> {
        let width = sight.width.saturating_sub(4);
        match &self.kind {
            Kind::Request(detail) => lines::request(detail, width, sight),
            Kind::Meeting(meeting, entries) => lines::meeting(meeting, entries, width, sight),
            Kind::Cell { work, .. } => lines::cell(work, width, sight),
            Kind::Notice(_, sentences) => lines::notice(sentences, width, sight),
        }
    }

    fn title(&self) -> (String, String) {
        match &self.kind {
            Kind::Request(detail) => (
                format!("{}  {}", detail.row.request.id, detail.row.request.title),
                detail.row.request.stage.title().to_owned(),
            ),
            Kind::Meeting(meeting, _) => (meeting.title.clone(), meeting.kind.title().to_owned()),
            Kind::Cell { title, .. } | Kind::Notice(title, _) => (title.clone(), String::new()),
        }
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let theme = sight.theme;
        let (title, right) = self.title();
        let lines = self.lines(sight);
        let body = paint::below(area, 1);
        let more = lines.len().saturating_sub(self.top + usize::from(body.height));
        let right = if more > 0 { format!("{right}  ↓ {more} more") } else { right };
        Rule {
            title: &title,
            more: "",
            right: right.trim(),
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.text(),
        }
        .draw(buffer, area);
        for (row, line) in lines.iter().skip(self.top).take(usize::from(body.height)).enumerate() {
            paint::put(buffer, body, u16::try_from(row).unwrap_or(u16::MAX), line);
        }
    }
}
