//! The reframe ladder: from "how many?" to what will be different. Four questions in their order; the first good answer
//! is the outcome, and their own words stay as they were.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, MOVES, Response, ViewContext, is_letter};
use crate::domain::field::Field;
use crate::domain::ids::RequestId;
use crate::domain::phrases::Phrases;
use crate::domain::reframe::{self, Ladder as Climb, NotYet, RUNGS};
use crate::domain::request::Request;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::input::TextLine;
use crate::tui::view::paint::{self, Rule};

/// Where an answer that is no outcome yet is kept, by its question.
const KEPT: [Option<Field>; RUNGS] =
    [None, Some(Field::Audience), Some(Field::Measure), Some(Field::Message)];

/// The ladder for one request.
#[derive(Debug, Clone)]
pub struct Ladder {
    id: RequestId,
    ask: String,
    questions: [String; RUNGS],
    /// What is said already in the fields that answers go to.
    has: [bool; RUNGS],
    answers: Vec<String>,
    /// What of the answers stood there before.
    begun: Vec<String>,
    /// The notes of the request when it was opened.
    notes: String,
    input: TextLine,
    /// Why the last answer did not do.
    after: Option<NotYet>,
}

impl Ladder {
    /// Begins at the first question, or behind what stands as the outcome and is none yet.
    pub fn new(request: &Request, phrases: &Phrases) -> Self {
        let ask = if request.ask.trim().is_empty() { &request.title } else { &request.ask };
        let is_said = |field: &Option<Field>| {
            field.is_some_and(|field| !crate::domain::field::get(request, field).trim().is_empty())
        };
        let outcome = request.outcome.trim();
        let begun = if outcome.is_empty() { Vec::new() } else { vec![outcome.to_owned()] };
        Self {
            id: request.id,
            ask: ask.clone(),
            questions: reframe::questions(request.due),
            has: KEPT.each_ref().map(is_said),
            after: begun.last().and_then(|outcome| reframe::is_good_answer(outcome, phrases).err()),
            answers: begun.clone(),
            begun,
            notes: request.notes.clone(),
            input: TextLine::default(),
        }
    }

    /// The first good answer ends it; after the last question whatever was said is kept where it belongs. The lead has
    /// the last word: Enter once more, on the same words or on none, keeps what was said just now.
    fn answer(&mut self, sight: ViewContext<'_>) -> Response {
        let text = self.input.text().trim().to_owned();
        let insists = |last: &String| !last.is_empty() && (text.is_empty() || text == *last);
        if self.after.is_some() && self.answers.last().is_some_and(insists) {
            return self.keep(sight.snapshot);
        }
        self.answers.push(text);
        self.input = TextLine::default();
        match reframe::climb(&self.answers, &sight.snapshot.phrases) {
            Climb::Ask { after, .. } => {
                self.after = after;
                Response::Stay
            }
            Climb::Found(rung) => self.done(Some((rung, Field::Outcome)), sight.snapshot),
            Climb::Ended => self.done(None, sight.snapshot),
        }
    }

    /// Keeps what was said last as it was said: as the outcome, or as the answer to its own question.
    fn keep(&self, snapshot: &Snapshot) -> Response {
        let rung = self.answers.len() - 1;
        let fields = self.fields(Some((rung, KEPT[rung].unwrap_or(Field::Outcome))), snapshot);
        Response::Done(vec![Effect::Write(Write::KeepAsSaid(self.id, fields))])
    }

    /// The next question, with this one left open.
    fn pass(&mut self) -> Response {
        // The last question has none behind it that could be gone on to.
        if self.answers.len() + 1 < RUNGS {
            self.answers.push(String::new());
            self.after = None;
        }
        Response::Stay
    }

    /// What was said, each answer in the field that it is about, and one of them in the field that it was taken for.
    /// What no field has room for goes into the notes with its question: nothing else holds it.
    fn fields(&self, taken: Option<(usize, Field)>, snapshot: &Snapshot) -> Vec<(Field, String)> {
        let mut fields: Vec<(Field, String)> = Vec::new();
        let mut left: Vec<String> = Vec::new();
        for (rung, answer) in self.answers.iter().enumerate().filter(|(_, answer)| !answer.is_empty()) {
            match (taken.filter(|(at, _)| *at == rung), KEPT[rung]) {
                (Some((_, field)), _) => fields.push((field, answer.clone())),
                // What stands there was said on purpose; an answer on the way to the outcome must not take its
                // place.
                (None, Some(field)) if !self.has[rung] => fields.push((field, answer.clone())),
                _ if self.begun.get(rung) == Some(answer) => {}
                _ => left.push(format!("{} {answer}", self.questions[rung])),
            }
        }
        if !left.is_empty() {
            // Work that was closed meanwhile is in no list unless a filter asks for it.
            let notes = snapshot.row(self.id).map_or(&self.notes, |row| &row.request.notes).trim_end();
            let before = (!notes.is_empty()).then(|| notes.to_owned());
            let notes = before.into_iter().chain(left).collect::<Vec<_>>().join("\n");
            fields.push((Field::Notes, notes));
        }
        fields
    }

    fn done(&self, taken: Option<(usize, Field)>, snapshot: &Snapshot) -> Response {
        let fields = self.fields(taken, snapshot);
        if fields.is_empty() {
            Response::Close
        } else {
            Response::Done(vec![Effect::Write(Write::SetFields(vec![self.id], fields))])
        }
    }
}

impl Layer for Ladder {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[Action::Accept], "answer, once more: keep"), (MOVES, "questions"), (&[Action::Leave], "")]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::Leave => return Response::Close,
            Action::Accept => return self.answer(sight),
            Action::NextItem => return self.pass(),
            Action::PreviousItem => {
                if let Some(last) = self.answers.pop() {
                    self.input = TextLine::new(&last);
                    // It judged the answer that is being written anew.
                    self.after = None;
                }
            }
            _ => return Response::Ignored,
        }
        Response::Stay
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        self.input.key(key);
        Response::Stay
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        self.input.paste(text);
        Response::Stay
    }

    fn identity(&self) -> Option<String> {
        Some(format!("ladder {}", self.id))
    }

    fn typed(&self) -> Option<Typed> {
        let all = self.answers.iter().map(String::as_str).chain([self.input.text()]);
        let is_new = self.answers != self.begun || !self.input.text().trim().is_empty();
        let said = is_new && all.clone().any(|text| !text.trim().is_empty());
        said.then(|| all.enumerate().map(|(rung, text)| (rung.to_string(), text.to_owned())).collect())
    }

    fn retype(&mut self, typed: &Typed) {
        if let Some(((_, last), before)) = typed.split_last() {
            self.answers = before.iter().map(|(_, text)| text.clone()).collect();
            // A draft is read from a file: more answers than questions would leave none to ask.
            self.answers.truncate(RUNGS - 1);
            self.input = TextLine::new(last);
        }
    }

    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        u16::try_from(self.lines(sight.width, sight).len() + 2).ok()
    }

    /// Their words, what was answered, and the question at hand.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let title = format!("Reframe {}", self.id);
        let step = format!("{} of {RUNGS}", self.answers.len() + 1);
        Rule { right: &step, ..Rule::over(&title, sight.theme) }.draw(buffer, area);
        let lines = self.lines(usize::from(area.width), sight);
        // Where not all of it has room, the question at hand has.
        let skipped = lines.len().saturating_sub(usize::from(area.height.saturating_sub(1)));
        for (row, line) in lines.iter().skip(skipped).enumerate() {
            paint::put(buffer, area, u16::try_from(row + 1).unwrap_or(u16::MAX), line);
        }
    }
}

impl Ladder {
    fn lines(&self, width: usize, sight: ViewContext<'_>) -> Vec<Line<'static>> {
        let theme = sight.theme;
        let width = width.saturating_sub(6);
        let mut lines = vec![Line::default(), Line::styled("   They asked", theme.dim())];
        lines.extend(
            plain::wrap(&format!("“{}”", self.ask.trim()), width)
                .into_iter()
                .filter(|line| !line.trim().is_empty())
                .map(|line| Line::styled(format!("   {line}"), theme.text())),
        );
        for (rung, answer) in self.answers.iter().enumerate() {
            lines.push(Line::default());
            lines.push(Line::styled(format!("   {}", self.questions[rung]), theme.dim()));
            let answer = if answer.is_empty() { "left open" } else { answer };
            lines.extend(
                plain::wrap(answer, width)
                    .into_iter()
                    .map(|line| Line::styled(format!("   {line}"), theme.text())),
            );
        }
        // What is wanting stands with the answer that it is about, above the next question.
        if let Some(after) = self.after {
            let reason = plain::wrap(after.reason(), width).into_iter();
            lines.extend(reason.map(|line| Line::styled(format!("   {line}"), theme.warn())));
            if self.answers.last().is_some_and(|last| !last.is_empty()) {
                lines.push(Line::styled(
                    sight.snapshot.hints.say("   {accept} once more keeps it as you said it."),
                    theme.dim(),
                ));
            }
        }
        lines.push(Line::default());
        lines.push(Line::styled(
            format!("   {}", self.questions[self.answers.len().min(RUNGS - 1)]),
            theme.strong(),
        ));
        let mut typed = self.input.line(width, true, theme.text());
        typed.spans.insert(0, Span::styled(" › ", theme.accent()));
        lines.push(typed);
        lines.push(Line::default());
        let hint = "A good answer says what somebody will do, think or pay differently, so that it could be noticed. Their words are kept.";
        lines.extend(
            plain::wrap(hint, width).into_iter().map(|line| Line::styled(format!("   {line}"), theme.dim())),
        );
        lines
    }
}
