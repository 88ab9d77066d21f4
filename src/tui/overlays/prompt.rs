//! One line to type, with what was understood said back below it. It closes only on something right.

mod echo;
mod offers;
mod pasted_lines;

use std::ops::Range;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::domain::field::Field;
use crate::domain::ids::RequestId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::stage::Stage;
use crate::domain::words::offer::LineOffer;
use crate::ops::docs::brief::Remark as Suggested;
use crate::ops::docs::standup::RemarkPlace;
use crate::ops::import::MayBeLead;
use crate::ops::import::presets::PresetText;
use crate::ops::meetings::MeetingChange;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, FileRequest, Job, Read, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::input::TextLine;
use crate::tui::view::layout::PaneId;
use crate::tui::view::paint::{self, Rule};
pub use echo::{Echo, echo_line};

/// What stands before the line that is typed.
const INPUT_MARK: &str = " › ";
/// The columns that it takes.
const INPUT_INDENT: usize = 3;
/// Blank columns at both sides of what is said back.
const MARGINS: usize = 4;
/// Stands for the reason while a stage is only tried out, which a refusal of an empty one would hide.
const NO_REASON_YET: &str = "…";
/// The name of a pasted text in the draft of a line.
const PASTED: &str = "pasted";
/// It takes at most so many rows.
const MOST_ROWS: usize = 4;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A request in one line.
    Add,
    /// Changes for requests in one line.
    Modify(Vec<RequestId>),
    /// Changes for meetings or records in one line.
    ModifyRows(Vec<RecordKey>),
    /// The day by which records are due.
    DayOf(Vec<RecordKey>),
    /// Words to filter the list of a pane by; the text is what held before.
    Filter(PaneId, String),
    /// A field of requests.
    Field(Vec<RequestId>, Field),
    /// Why requests go to a stage.
    Reason(Vec<RequestId>, Stage),
    /// Why requests are blocked.
    Block(Vec<RequestId>),
    /// The if-then of meetings.
    IfThen(Vec<OccurrenceKey>),
    /// What should be different after meetings.
    Intent(Vec<OccurrenceKey>),
    /// Another time for a meeting.
    MoveMeeting(OccurrenceKey),
    /// A record of the books in one line.
    Capture(Kind),
    /// A remark for the standup about something.
    Remark(RemarkPlace),
    /// What a suggestion for the brief of a meeting leaves open.
    Reword(OccurrenceKey, Box<Suggested>),
    /// The name of a preset for what columns fill.
    PresetName(Box<PresetText>),
    /// The lead's own names, for the calendar of a file.
    OwnNames(Box<FileRequest>, Box<MayBeLead>),
}

#[derive(Debug, Clone)]
pub struct Prompt {
    ask: Ask,
    title: String,
    before: String,
    /// What is typed.
    pub input: TextLine,
    is_refused: bool,
    /// What the value would mean for those who do it.
    pub consequence: String,
    /// Lines of which one was taken last, where words can mean several things.
    either: Vec<String>,
    /// Texts of several lines that were pasted and stand in the line in quotes.
    pasted: Vec<String>,
}

impl Prompt {
    /// Asks, beginning with a text.
    pub fn new(ask: Ask, title: String, text: &str) -> Self {
        // The beginning of an if-then is there to be gone on with.
        let gap = if matches!(ask, Ask::IfThen(_)) { text.find(" ,") } else { None };
        let begun = Self::begun(ask, title, text);
        // What is only begun is gone on with in its first gap; what is whole is typed over.
        let input = gap.map_or_else(
            || TextLine::selected(text),
            |gap| TextLine::at(text, text[..gap].chars().count() + 1),
        );
        Self { input, ..begun }
    }

    /// Asks with a beginning that is gone on with, not typed over.
    pub fn begun(ask: Ask, title: String, text: &str) -> Self {
        let input = TextLine::new(text);
        let (consequence, either, pasted) = (String::new(), Vec::new(), Vec::new());
        Self { ask, title, before: text.to_owned(), input, is_refused: false, consequence, either, pasted }
    }

    /// Asks for what a suggestion leaves open, the cursor where it is missing.
    pub fn filling(key: OccurrenceKey, remark: Suggested, gap: Range<usize>) -> Self {
        let said = &remark.finding.suggestion;
        let text = format!("{}{}", &said[..gap.start], &said[gap.end..]);
        let letter = said[..gap.start].chars().count();
        let title = format!("Instead of “{}”", plain::cut(&remark.finding.text, 50));
        let ask = Ask::Reword(key, Box::new(remark));
        Self { input: TextLine::at(&text, letter), ..Self::new(ask, title, &text) }
    }

    /// It filters while it is typed, and keeps itself.
    const fn is_filter(&self) -> bool {
        matches!(self.ask, Ask::Filter(..))
    }

    fn is_changed(&self) -> bool {
        self.input.text().trim() != self.before.trim()
    }

    /// Asks what another day or estimate of one request would mean.
    fn consider(&mut self, snapshot: &Snapshot) -> Response {
        let is_right = matches!(self.echo(snapshot), Echo::Understood(_));
        match &self.ask {
            Ask::Field(ids, field @ (Field::Due | Field::Estimate)) if ids.len() == 1 && is_right => {
                Response::Do(vec![Effect::Read(Read::Consider(ids[0], *field, self.input.text().to_owned()))])
            }
            _ => {
                self.consequence.clear();
                Response::Stay
            }
        }
    }

    fn take(&mut self, snapshot: &Snapshot) -> Response {
        // A filter with a word that nobody knows narrows nothing: it said `47 of 47 fit: teir:1`.
        if self.is_filter() && matches!(self.echo(snapshot), Echo::Understood(_) | Echo::Doubtful(..)) {
            return Response::Close;
        }
        if !matches!(self.echo(snapshot), Echo::Understood(_)) {
            self.is_refused = true;
            return Response::Stay;
        }
        self.effect().map_or(Response::Close, |effect| Response::Done(vec![effect]))
    }

    /// What taking the line does; a filter is kept as it is typed.
    fn effect(&self) -> Option<Effect> {
        let text = self.input.text().trim().to_owned();
        Some(match self.ask.clone() {
            Ask::Add => Effect::Write(Write::Add(text)),
            Ask::Modify(ids) => Effect::Write(Write::Modify(ids, text)),
            Ask::ModifyRows(keys) => Effect::Write(Write::ModifyRows(keys, text)),
            Ask::DayOf(keys) => Effect::Write(Write::ModifyRows(keys, due_line(&text))),
            Ask::Field(ids, field) => Effect::Write(Write::SetFields(ids, vec![(field, text)])),
            Ask::Reason(ids, stage) => Effect::Write(Write::Move(ids, stage, text)),
            Ask::Block(ids) => Effect::Write(Write::Block(ids, Some(text))),
            Ask::IfThen(keys) => {
                noted(keys, MeetingChange { if_then: Some(text), ..MeetingChange::default() })
            }
            Ask::Intent(keys) => {
                noted(keys, MeetingChange { intent: Some(text), ..MeetingChange::default() })
            }
            Ask::MoveMeeting(key) => Effect::Write(Write::MoveMeeting(key, text)),
            Ask::Capture(kind) => Effect::Write(Write::Capture(kind, text)),
            Ask::Remark(about) => Effect::Write(Write::Remark(about, text)),
            Ask::Reword(key, mut remark) => {
                remark.finding.suggestion = text;
                Effect::Write(Write::TakeRemark(key, remark))
            }
            Ask::PresetName(draft) => {
                Effect::Job(Job::SavePreset(Box::new(PresetText { name: text, ..*draft })))
            }
            Ask::OwnNames(request, _) => Effect::Screen(Screen::KeepOwnNames(text, request)),
            Ask::Filter(..) => return None,
        })
    }

    /// What the line means so far with what that would do, or what is wrong with it and where, if one word is.
    fn told(&self, snapshot: &Snapshot) -> Echo {
        match self.echo(snapshot) {
            Echo::Understood(text) if !self.consequence.is_empty() => {
                Echo::Understood(format!("{text}  ·  {}", self.consequence))
            }
            // Said as before, nobody would see that Enter did nothing.
            Echo::Wrong(text) if self.is_refused => Echo::Wrong(format!("not taken: {text}")),
            Echo::WrongAt(letters, text) if self.is_refused => {
                Echo::WrongAt(letters, format!("not taken: {text}"))
            }
            told => told,
        }
    }
}

/// A day in the words of a line, which every kind reads that has one.
fn due_line(day: &str) -> String {
    // In quotes, since a day can be said in several words.
    if day.is_empty() { "due:none".to_owned() } else { format!("due:\"{day}\"") }
}

/// True for a text of several lines.
pub fn has_lines(text: &str) -> bool {
    text.trim().contains('\n')
}

fn noted(keys: Vec<OccurrenceKey>, change: MeetingChange) -> Effect {
    Effect::Write(Write::ChangeMeetings(keys, Box::new(change)))
}

impl Layer for Prompt {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Prompt, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::Accept], ""),
            (&[Action::Leave], ""),
            (&[Action::CompleteName], "complete, take what is offered"),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match (action, &self.ask) {
            (Action::Accept, _) => self.take(sight.snapshot),
            // The live filter goes back to what it was.
            (Action::Leave, Ask::Filter(_, before)) => Response::FilterAndClose(before.clone()),
            (Action::Leave, _) => Response::Close,
            (Action::CompleteName, _) => {
                self.take_offer(sight.snapshot);
                match self.ask {
                    Ask::Filter(..) => Response::Filter(self.input.text().to_owned()),
                    _ => self.consider(sight.snapshot),
                }
            }
            _ => Response::Ignored,
        }
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, sight: ViewContext<'_>) -> Response {
        self.is_refused = false;
        let is_edit = self.input.key(key);
        match self.ask {
            Ask::Filter(..) if is_edit => Response::Filter(self.input.text().to_owned()),
            _ => self.consider(sight.snapshot),
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, sight: ViewContext<'_>) -> Response {
        self.is_refused = false;
        if let Some(response) = self.paste_lines(text) {
            return response;
        }
        self.input.paste(text);
        match self.ask {
            Ask::Filter(..) => Response::Filter(self.input.text().to_owned()),
            _ => self.consider(sight.snapshot),
        }
    }

    /// The filter keeps itself.
    fn identity(&self) -> Option<String> {
        (!self.is_filter()).then(|| format!("{:?}", self.ask))
    }

    fn typed(&self) -> Option<Typed> {
        let line = (String::new(), self.input.text().to_owned());
        let pasted = self.pasted.iter().map(|text| (PASTED.to_owned(), text.clone()));
        self.is_changed().then(|| std::iter::once(line).chain(pasted).collect())
    }

    fn retype(&mut self, typed: &Typed) {
        self.input = TextLine::new(typed.first().map_or("", |(_, text)| text.as_str()));
        self.pasted = typed.iter().skip(1).map(|(_, text)| text.clone()).collect();
    }

    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        let columns = sight.width.saturating_sub(MARGINS);
        let told = plain::wrap(self.told(sight.snapshot).text(), columns).len().clamp(1, MOST_ROWS);
        Some(2 + u16::try_from(told).unwrap_or(1))
    }

    fn ahead(&self, sight: ViewContext<'_>) -> Option<Write> {
        // What a stage does to the load does not wait for its reason.
        if let Ask::Reason(ids, stage) = &self.ask {
            return Some(Write::Move(ids.clone(), *stage, NO_REASON_YET.to_owned()));
        }
        let is_right = || matches!(self.echo(sight.snapshot), Echo::Understood(_));
        match self.effect() {
            Some(Effect::Write(write)) if write.moves_load() && is_right() => Some(write),
            _ => None,
        }
    }

    /// A rule, the line, and the echo.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let columns = usize::from(area.width).saturating_sub(MARGINS);
        // Gathered once for a picture: tags and brands are looked for in every open request.
        let offered = self.offered(sight.snapshot);
        let offers = self.told_offers(&offered, sight);
        Rule { right: &offers, ..Rule::over(&self.title, theme) }.draw(buffer, area);
        let whole = offered.first().map(String::as_str).unwrap_or_default();
        let rest = whole.strip_prefix(self.input.text()).unwrap_or_default();
        let mut line = self.input.line_going_on(columns, rest, (theme.text(), theme.dim()));
        line.spans.insert(0, Span::styled(INPUT_MARK, theme.accent()));
        paint::put(buffer, area, 1, &line);
        let told = self.told(sight.snapshot);
        let style = match (&told, self.is_refused) {
            (Echo::Understood(_), _) => theme.dim(),
            (_, true) => theme.critical(),
            (_, false) => theme.warn(),
        };
        // A word that still goes on is not wrong yet; once Enter took nothing, why is told all the same.
        let goes_on = |letters: &Range<usize>| {
            !self.is_refused && !rest.is_empty() && self.input.text().chars().count() == letters.end
        };
        if let Echo::WrongAt(letters, _) | Echo::Doubtful(letters, _) = &told {
            if goes_on(letters) {
                return;
            }
            let columns = self.input.columns_of(letters.clone(), columns);
            let marked = columns.start + INPUT_INDENT..columns.end + INPUT_INDENT;
            paint::restyle(buffer, area, 1, &marked, style.add_modifier(Modifier::UNDERLINED));
        }
        let lines = plain::wrap(told.text(), columns);
        for (row, line) in (2..area.height).zip(&lines) {
            // Where the last row is not the last line, that is seen.
            let is_cut = row + 1 == area.height && usize::from(row - 1) < lines.len();
            let line = if is_cut { plain::cut(&format!("{line} …"), columns) } else { line.clone() };
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), style));
        }
    }
}
