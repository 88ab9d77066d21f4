//! Who could do it: everybody with the earliest honest date and the cost of yes, and the ghost of the work
//! on the days of the one chosen, before anything is decided.

mod ghost;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::menu::{Choice, Menu, Pick};
use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::domain::allocation::Allocation;
use crate::domain::day;
use crate::domain::words::duration::parse_duration;
use crate::domain::workdays;
use crate::ops::plan::{Candidate, Plan, PlanOptions, next_shape};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::view::columns::{ListColumn, ListLayout};
use crate::tui::view::input::TextLine;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};

/// Rows that the ghost and what is said of the chosen one take.
const GHOST: u16 = 6;

/// What a row tells of a candidate.
#[derive(Debug, Clone, Copy)]
enum CandidateColumn {
    Who,
    Discipline,
    Done,
    Cost,
}

const COLUMNS: [ListColumn<CandidateColumn>; 4] = [
    ListColumn::of(CandidateColumn::Who, "who", 9),
    ListColumn::of(CandidateColumn::Discipline, "", 15).leaves(1),
    ListColumn::of(CandidateColumn::Done, "done by", 13),
    ListColumn::growing(CandidateColumn::Cost, "cost of yes", 20, 1).gap(0),
];

/// The candidates for one request.
#[derive(Debug, Clone)]
pub struct AssignView {
    options: PlanOptions,
    cursor: Cursor,
    /// Hours being typed.
    hours: Option<TextLine>,
}

impl AssignView {
    /// Shows candidates, best first.
    pub fn new(options: PlanOptions) -> Self {
        Self { options, cursor: Cursor::default(), hours: None }
    }

    /// True if the other one weighs the same work.
    pub fn is_same(&self, other: &PlanOptions) -> bool {
        (self.options.plan.request, self.options.plan.moves) == (other.plan.request, other.plan.moves)
    }

    /// Takes over what was weighed anew; the same person stays chosen.
    pub fn renew(&mut self, options: PlanOptions) {
        let chosen = self.chosen().map(|candidate| candidate.handle.clone());
        self.options = options;
        let row =
            self.options.candidates.iter().position(|candidate| Some(&candidate.handle) == chosen.as_ref());
        self.cursor.choose(row.unwrap_or(0));
    }

    fn chosen(&self) -> Option<&Candidate> {
        self.options.candidates.get(self.cursor.row())
    }

    fn commit(&self) -> Response {
        let Some(candidate) = self.chosen() else { return Response::Close };
        let mut plan = self.options.plan.clone();
        plan.share.who.clone_from(&candidate.handle);
        let commit = Effect::Write(Write::Commit(Box::new(plan.clone())));
        if candidate.cost.fits() || plan.moves.is_some() || plan.share.is_tentative {
            return Response::Done(vec![commit]);
        }
        what_moves(candidate, &plan, commit)
    }

    fn weigh(&self, change: impl FnOnce(&mut Plan)) -> Response {
        let mut plan = self.options.plan.clone();
        change(&mut plan);
        Response::Do(vec![Effect::Read(Read::Weigh(Box::new(plan)))])
    }

    /// The share as it would be stored for whoever is chosen.
    fn share(&self) -> &Allocation {
        self.chosen().map_or(&self.options.share, |candidate| &candidate.share)
    }

    /// The last day a working day later or earlier, never before the first.
    fn move_last(&self, days: i64) -> Response {
        let (from, to) = (self.share().from, self.share().to);
        let to = step_day(to, days).max(from);
        self.weigh(|plan| plan.share.to = Some(to))
    }

    /// The first day a working day later or earlier, never behind the last.
    fn move_first(&self, days: i64) -> Response {
        let (from, to) = (self.share().from, self.share().to);
        let from = step_day(from, days).min(to);
        self.weigh(|plan| (plan.share.from, plan.share.to) = (Some(from), Some(to)))
    }

    /// Weighs with the hours that were typed; what cannot be read stays to be mended.
    fn take_hours(&mut self, sight: ViewContext<'_>) -> Response {
        let text = self.hours.as_ref().map_or("", TextLine::text).trim();
        let minutes = if text.is_empty() {
            Ok(None)
        } else {
            parse_duration(text, sight.snapshot.reading.day).map(Some)
        };
        let Ok(minutes) = minutes else { return Response::Stay };
        self.hours = None;
        self.weigh(|plan| plan.share.minutes = minutes)
    }

    fn step(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        let Some(step) = Step::of(action).filter(|_| self.hours.is_none()) else { return Response::Ignored };
        self.cursor.step(step, &self.options.candidates.len(), list_height(sight));
        Response::Stay
    }
}

impl Layer for AssignView {
    fn scopes(&self) -> &'static [Scope] {
        if self.hours.is_some() { &[Scope::Asking] } else { &[Scope::Candidates, Scope::Everywhere] }
    }

    fn footer(&self) -> FooterKeys {
        if self.hours.is_some() {
            return &[(&[Action::Accept], ""), (&[Action::Leave], "")];
        }
        &[
            (&[Action::AssignTo], ""),
            (&[Action::Down, Action::Up], "who"),
            (&[Action::EndEarlier, Action::EndLater], ""),
            (&[Action::BeginEarlier, Action::BeginLater], ""),
            (&[Action::AssignHours], ""),
            (&[Action::AssignShape], ""),
            (&[Action::AssignTentative], ""),
            (&[Action::Back], "leave as it was"),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::Accept => return self.take_hours(sight),
            Action::Leave => self.hours = None,
            Action::AssignTo => return self.commit(),
            Action::EndLater => return self.move_last(1),
            Action::EndEarlier => return self.move_last(-1),
            Action::BeginLater => return self.move_first(1),
            Action::BeginEarlier => return self.move_first(-1),
            Action::AssignHours => {
                let text = self.share().minutes.map_or_else(String::new, |minutes| minutes.to_string());
                self.hours = Some(TextLine::new(&text));
            }
            Action::AssignShape => {
                let shape = next_shape(&self.options.plan.share.shape);
                return self.weigh(|plan| plan.share.shape = shape);
            }
            Action::AssignTentative => {
                return self.weigh(|plan| plan.share.is_tentative = !plan.share.is_tentative);
            }
            other => return self.step(other, sight),
        }
        Response::Stay
    }

    /// Chooses who; assigning is left to the key.
    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        if let Some(row) = row.checked_sub(2) {
            self.cursor.click(row, &self.options.candidates.len(), list_height(sight));
        }
        Response::Stay
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        self.hours.is_some() && is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        if let Some(input) = &mut self.hours {
            input.key(key);
        }
        Response::Stay
    }

    fn refresh(&self) -> Option<Read> {
        Some(Read::Weigh(Box::new(self.options.plan.clone())))
    }

    /// One candidate a row, then the ghost of the chosen one.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let request = &self.options.request;
        let title = format!("{} {} {}", self.verb(), request.id, request.title);
        let more = self.what(sight);
        Rule { more: &more, text: theme.text(), ..Rule::over(&title, theme) }.draw(buffer, area);
        let width = usize::from(area.width);
        let table = ListLayout::new(3, &COLUMNS, width);
        paint::put(buffer, area, 1, &table.head(theme.dim()));
        let list = paint::below(area, 2);
        let list = Rect { height: list.height.saturating_sub(GHOST + 1), ..list };
        if self.options.candidates.is_empty() {
            let hint = "Nobody is in the team yet: {add-person} adds a person; or import people.";
            paint::say_empty(buffer, list, &sight.snapshot.hints.say(hint), theme);
        }
        let rows = self.options.candidates.len();
        self.cursor.draw(&rows, (buffer, list), theme.selected(true), |row| {
            let candidate = &self.options.candidates[row];
            table.row(|column, _| cell(candidate, column, sight))
        });
        // Close to the names, where the eye is, if there is room below them.
        let used =
            u16::try_from(self.options.candidates.len().clamp(1, usize::from(list.height))).unwrap_or(1);
        let y = list.y + used + 1;
        let below = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        self.foot(buffer, below, sight);
    }
}

impl AssignView {
    fn verb(&self) -> &'static str {
        if self.options.plan.moves.is_some() { "Swap" } else { "Assign" }
    }

    /// What is to be given: hours, days, shape, and the day it is due.
    fn what(&self, sight: ViewContext<'_>) -> String {
        let (share, today) = (self.share(), sight.snapshot.today());
        let hours = match share.minutes.or(self.options.request.estimate) {
            Some(hours) if hours.is_zero() => "nothing left to give".to_owned(),
            Some(hours) => hours.to_string(),
            None => "not estimated".to_owned(),
        };
        let due = self.options.request.due;
        let due = due.map_or_else(
            || "no date".to_owned(),
            |due| format!("due {}", day::due_text(due, today, &sight.snapshot.reading.calendar)),
        );
        let tentative = if share.is_tentative { " · tentative" } else { "" };
        let window = day::day_range(share.from, share.to);
        format!("{hours} · {window} · {}{tentative} · {due}", share.shape.described())
    }

    fn foot(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let Some(candidate) = self.chosen() else { return };
        let mut at = 1;
        if let Some(input) = &self.hours {
            let mut line = input.line(20, true, theme.text());
            line.spans.insert(0, Span::styled("   How many hours?  ".to_owned(), theme.accent()));
            paint::put(buffer, area, 0, &line);
        } else {
            let holds = candidate.holds_already.map_or_else(String::new, |left| {
                format!("; holds {left} of it already, which could be changed instead")
            });
            let text = format!("{}: {}{holds}", candidate.name, candidate.forecast.reason);
            at = say(buffer, area, 0, &text, theme.dim());
        }
        let style = if candidate.cost.fits() { theme.dim() } else { theme.warn() };
        let text = format!("Cost of yes: {}", candidate.sentence);
        let after = say(buffer, area, at, &text, style) + 1;
        let days = Rect { y: area.y + after, height: area.height.saturating_sub(after), ..area };
        ghost::draw(candidate, buffer, days, sight);
    }
}

/// Says a text from the row `at` on, and tells the row after it. A long list of people leaves only the rows of
/// `GHOST`: then a text is cut to one row, so that the days below it are never pushed out.
fn say(buffer: &mut Buffer, area: Rect, at: u16, text: &str, style: Style) -> u16 {
    let columns = usize::from(area.width).saturating_sub(4);
    let mut lines = plain::wrap(text, columns);
    // Each of the two texts may take half of what is to spare.
    let rows = 1 + usize::from(area.height.saturating_sub(GHOST) / 2);
    if lines.len() > rows {
        lines = vec![plain::cut(text, columns)];
    }
    for (row, line) in (at..).zip(&lines) {
        paint::put(buffer, area, row, &Line::styled(format!("   {line}"), style));
    }
    at + u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

/// Accepting more than fits asks what moves for it; that nothing moves is an answer too.
fn what_moves(candidate: &Candidate, plan: &Plan, commit: Effect) -> Response {
    let cost = &candidate.cost;
    let swaps = candidate.swaps.iter().take(9).zip('1'..);
    let mut choices: Vec<Choice> = swaps
        .map(|((id, days), key)| {
            let label = format!("{id} moves by {}", day::working_days(i64::from(*days)));
            Choice {
                key,
                label,
                pick: Pick::Do(Effect::Write(Write::Swap(Box::new(plan.clone()), *id, *days))),
            }
        })
        .collect();
    choices.push(Choice {
        key: 'n',
        label: "nothing moves: it goes over".to_owned(),
        pick: Pick::Do(commit),
    });
    let title = format!(
        "{} would be over {}: what moves for {}?",
        candidate.handle,
        cost.after - cost.before,
        plan.request
    );
    Response::Become(Menu::new(title, choices).into())
}

/// Rows of candidates: all but the rule, the heads, and the ghost with a gap.
fn list_height(sight: ViewContext<'_>) -> usize {
    sight.height.saturating_sub(2 + usize::from(GHOST) + 1)
}

fn step_day(date: NaiveDate, days: i64) -> NaiveDate {
    let mut date = day::plus(date, days);
    while !workdays::is_weekday(date) {
        date = day::plus(date, days.signum());
    }
    date
}

fn cell(candidate: &Candidate, column: CandidateColumn, sight: ViewContext<'_>) -> (String, Style) {
    let theme = sight.theme;
    match column {
        CandidateColumn::Who => (candidate.handle.clone(), theme.strong()),
        CandidateColumn::Discipline => (candidate.discipline.clone(), theme.dim()),
        CandidateColumn::Done => {
            let near = |day| day::day_near(day, sight.snapshot.today());
            (candidate.forecast.finish.map_or_else(|| "not in sight".to_owned(), near), theme.text())
        }
        CandidateColumn::Cost if candidate.cost.fits() => (candidate.sentence.clone(), theme.text()),
        CandidateColumn::Cost => (candidate.sentence.clone(), theme.warn()),
    }
}
