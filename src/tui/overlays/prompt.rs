//! One line to type, with what was understood said back below it. It closes only on something right.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::ids::RequestId;
use crate::domain::lint::gap;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::meeting::form::meeting_time;
use crate::domain::record::Kind;
use crate::domain::reframe;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::words::filter::{self, Filter};
use crate::domain::words::{ParseContext, line};
use crate::ops::books::capture;
use crate::ops::docs::brief::Remark as Suggested;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter as pane_filter;
use crate::tui::view::input::TextLine;
use crate::tui::view::layout::PaneId;
use crate::tui::view::paint::{self, Rule};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A request in one line.
    Add,
    /// Changes for requests in one line.
    Modify(Vec<RequestId>),
    /// Words to filter the list of a pane by; the text is what held before.
    Filter(PaneId, String),
    /// A field of requests.
    Field(Vec<RequestId>, Field),
    /// Why requests go to a stage.
    Reason(Vec<RequestId>, Stage),
    /// Why requests are blocked.
    Block(Vec<RequestId>),
    /// The if-then of a meeting.
    IfThen(OccurrenceKey),
    /// What should be different after a meeting.
    Intent(OccurrenceKey),
    /// Another time for a meeting.
    MoveMeeting(OccurrenceKey),
    /// A record of the books in one line.
    Capture(Kind),
    /// A remark for the standup about something.
    Remark(String),
    /// What a suggestion for the brief of a meeting leaves open.
    Reword(OccurrenceKey, Box<Suggested>),
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
}

/// What a line means so far.
pub enum Echo {
    Understood(String),
    Wrong(String),
}

impl Prompt {
    /// Asks, beginning with a text.
    pub fn new(ask: Ask, title: String, text: &str) -> Self {
        // The beginning of an if-then is there to be gone on with.
        let is_begun = matches!(ask, Ask::IfThen(_)) && text.contains(" , ");
        let input = if is_begun { TextLine::new(text) } else { TextLine::selected(text) };
        Self { ask, title, before: text.to_owned(), input, is_refused: false, consequence: String::new() }
    }

    /// Asks for what a suggestion leaves open, the cursor where it is missing.
    pub fn filling(key: OccurrenceKey, remark: Suggested, gap: std::ops::Range<usize>) -> Self {
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
        if self.is_filter() {
            return Response::Close;
        }
        if let Echo::Wrong(_) = self.echo(snapshot) {
            self.is_refused = true;
            return Response::Stay;
        }
        let text = self.input.text().trim().to_owned();
        Response::Done(vec![match self.ask.clone() {
            Ask::Add => Effect::Write(Write::Add(text)),
            Ask::Modify(ids) => Effect::Write(Write::Modify(ids, text)),
            Ask::Field(ids, field) => Effect::Write(Write::SetFields(ids, vec![(field, text)])),
            Ask::Reason(ids, stage) => Effect::Write(Write::Move(ids, stage, text)),
            Ask::Block(ids) => Effect::Write(Write::Block(ids, Some(text))),
            Ask::IfThen(key) => Effect::Write(Write::NoteIfThen(key, text)),
            Ask::Intent(key) => Effect::Write(Write::NoteIntent(key, text)),
            Ask::MoveMeeting(key) => Effect::Write(Write::MoveMeeting(key, text)),
            Ask::Capture(kind) => Effect::Write(Write::Capture(kind, text)),
            Ask::Remark(about) => Effect::Write(Write::Remark(about, text)),
            Ask::Reword(key, mut remark) => {
                remark.finding.suggestion = text;
                Effect::Write(Write::TakeRemark(key, remark))
            }
            Ask::Filter(..) => return Response::Close,
        }])
    }

    fn echo(&self, snapshot: &Snapshot) -> Echo {
        let (text, reading) = (self.input.text(), &snapshot.reading);
        match &self.ask {
            Ask::Add => echo_line(text, snapshot, true),
            Ask::Modify(_) => echo_line(text, snapshot, false),
            Ask::Filter(pane, _) => echo_filter(text, *pane, reading),
            Ask::Field(_, Field::Outcome) if !text.trim().is_empty() => {
                let judged = reframe::is_good_answer(text, &snapshot.phrases);
                let told = judged.map_or_else(reframe::NotYet::reason, |()| "says what will be different");
                Echo::Understood(told.to_owned())
            }
            Ask::Field(_, field) => echo_field(*field, text, reading),
            Ask::Reason(_, Stage::Declined) if text.trim().is_empty() => {
                Echo::Wrong("a few words for the requester: why not, or where else".to_owned())
            }
            Ask::Reason(..) => Echo::Understood("kept with the request".to_owned()),
            Ask::Block(_) => Echo::Understood("what it waits for; kept with the request".to_owned()),
            Ask::IfThen(_) => {
                Echo::Understood("shown when you reflect, and in the header before the meeting".to_owned())
            }
            Ask::Capture(kind) => echo_capture(*kind, text, snapshot),
            Ask::Remark(_) if text.trim().is_empty() => {
                Echo::Wrong("a few words to say in the standup".to_owned())
            }
            Ask::Remark(_) => Echo::Understood("stands in the next standup".to_owned()),
            Ask::Reword(_, remark) if !self.is_changed() || gap(text).is_some() => {
                Echo::Wrong(format!("still to say: {}", remark.finding.suggestion))
            }
            Ask::Reword(..) => {
                Echo::Understood("takes the place of those words where they are written".to_owned())
            }
            Ask::MoveMeeting(_) => match meeting_time(text, reading) {
                Ok(at) => Echo::Understood(format!("{} {}", day::short_day(at.date()), at.format("%H:%M"))),
                Err(why) => Echo::Wrong(why),
            },
            Ask::Intent(_) => Echo::Understood("what should be different when you leave the room".to_owned()),
        }
    }

    /// Completes a handle after `@`.
    fn complete(&mut self, snapshot: &Snapshot) {
        let text = self.input.text().to_owned();
        let Some(at) = text.rfind('@') else { return };
        let begun = text[at + 1..].to_lowercase();
        let mut fitting = snapshot.team.people.iter().filter(|person| person.handle.starts_with(&begun));
        if let (Some(person), None) = (fitting.next(), fitting.next()) {
            self.input = TextLine::new(&format!("{}@{} ", &text[..at], person.handle));
        }
    }
}

impl Layer for Prompt {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Prompt, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::Accept], ""),
            (&[Action::Leave], ""),
            (&[Action::CompleteName], "complete a name after @"),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match (action, &self.ask) {
            (Action::Accept, _) => self.take(sight.snapshot),
            // The live filter goes back to what it was.
            (Action::Leave, Ask::Filter(_, before)) => Response::FilterAndClose(before.clone()),
            (Action::Leave, _) => Response::Close,
            (Action::CompleteName, _) => {
                self.complete(sight.snapshot);
                Response::Stay
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
        self.is_changed().then(|| vec![(String::new(), self.input.text().to_owned())])
    }

    fn retype(&mut self, typed: &Typed) {
        self.input = TextLine::new(typed.first().map_or("", |(_, text)| text.as_str()));
    }

    fn rows(&self, _sight: ViewContext<'_>) -> Option<u16> {
        Some(3)
    }

    /// A rule, the line, and the echo.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let rule = Rule::over(&self.title, theme);
        rule.draw(buffer, area);
        let columns = usize::from(area.width).saturating_sub(4);
        let mut line = self.input.line(columns, true, theme.text());
        line.spans.insert(0, Span::styled(" › ", theme.accent()));
        paint::put(buffer, area, 1, &line);
        let (text, style) = match self.echo(sight.snapshot) {
            Echo::Understood(text) if self.consequence.is_empty() => (text, theme.dim()),
            Echo::Understood(text) => (format!("{text}  ·  {}", self.consequence), theme.dim()),
            Echo::Wrong(text) if self.is_refused => (text, theme.critical()),
            Echo::Wrong(text) => (text, theme.warn()),
        };
        paint::put(buffer, area, 2, &Line::styled(format!("   {}", plain::cut(&text, columns)), style));
    }
}

/// What a filter of a pane means so far; a word that nothing there has is told with the nearest that there is.
fn echo_filter(text: &str, pane: PaneId, reading: &ParseContext) -> Echo {
    let fault = if pane == PaneId::Intake {
        let unknown = filter::unknown_words(text, filter::schema::requests(), reading).into_iter().next();
        unknown.or_else(|| Filter::parse(text, reading).err())
    } else {
        pane_filter::fault(text, pane, reading)
    };
    let example = match pane {
        PaneId::Intake => {
            "words match titles, people, brands; tier:1 stage:review due:<2w @ana at:risk view:late, - negates, or combines"
        }
        PaneId::Load => {
            "words match names and disciplines; is:role over:forced holds:R-3 hours:<30h, - negates, or combines"
        }
        PaneId::Meetings => {
            "words match titles and who comes; kind:leadership with:owen on:<2w is:reflected, - negates, or combines"
        }
        _ => "words match what is written; is:open is:late due:<2w, - negates, or combines",
    };
    fault.map_or_else(|| Echo::Understood(example.to_owned()), |fault| Echo::Wrong(fault.to_string()))
}

/// What a line of quick add means so far.
pub fn echo_line(text: &str, snapshot: &Snapshot, needs_title: bool) -> Echo {
    let line = line::parse(text, &snapshot.reading);
    if let Some(problem) = line.problems.first() {
        let near =
            problem.nearest.as_ref().map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Echo::Wrong(format!("`{}` {}{near}", problem.word, problem.message));
    }
    let stranger =
        line.people.iter().find(|who| crate::ops::team::find_person(&snapshot.team.people, who).is_err());
    if let Some(who) = stranger {
        let known: Vec<_> = snapshot.team.people.iter().map(|person| person.handle.as_str()).collect();
        let who_there_is =
            if known.is_empty() { "nobody is in the team yet".to_owned() } else { known.join(", ") };
        return Echo::Wrong(format!("nobody is called `{who}`: {who_there_is}"));
    }
    let understood = line::echo(&line, &snapshot.reading);
    if text.trim().is_empty() {
        let example = if needs_title {
            "Spring launch hero film @ana #retail t1 ~40h due:fri lever:impact"
        } else {
            "t2 ~8h due:fri @ana +tag stage:ready outcome:\"…\""
        };
        return Echo::Understood(format!("for example  {example}"));
    }
    if needs_title && line.title.trim().is_empty() {
        return Echo::Wrong("a title is missing: a few plain words".to_owned());
    }
    let title = if line.title.is_empty() { String::new() } else { format!("“{}”  ", line.title) };
    Echo::Understood(format!("{title}{understood}"))
}

fn echo_capture(kind: Kind, text: &str, snapshot: &Snapshot) -> Echo {
    if text.trim().is_empty() {
        return Echo::Understood(format!("for example  {}", crate::domain::kinds::example(kind)));
    }
    let names: Vec<String> = snapshot.books.stakeholders.iter().map(|it| it.name.clone()).collect();
    match capture::echo(kind, &capture::read(kind, text, &names), &snapshot.reading) {
        Ok(understood) => Echo::Understood(understood),
        Err(wrong) => Echo::Wrong(wrong),
    }
}

fn echo_field(field: Field, text: &str, reading: &ParseContext) -> Echo {
    let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
    match field::set(&mut blank, field, text, reading) {
        Err(error) => Echo::Wrong(error.message),
        Ok(()) => Echo::Understood(
            field::echo(&blank, field, reading).unwrap_or_else(|| hint(field, text).to_owned()),
        ),
    }
}

const fn hint(field: Field, text: &str) -> &'static str {
    match (field, text.is_empty()) {
        (Field::Outcome, _) => {
            "what will be different if this works, with a figure or a day: Lift trial sign-ups by 8 % by June"
        }
        (Field::Due, _) => "fri, +3d, 12 dec, eom; empty takes the day away",
        (Field::Estimate, _) => "6h, 2d, 90m; empty takes the estimate away",
        (Field::Left, _) => "6h, 2d, 90m from this morning on; empty goes by plan again",
        (_, true) => "empty takes it away",
        _ => "",
    }
}
