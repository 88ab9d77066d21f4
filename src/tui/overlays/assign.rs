//! Who could do it: everybody with the earliest honest date and the cost of yes, as a sheet under the queue; what it
//! would add to whoever is chosen stands in the load beside it, before anything is decided.

mod added;
mod candidate;
mod foot;
mod handover;
mod hours;
mod naming;

use chrono::NaiveDate;
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::menu::{Choice, Menu, Pick};
use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::domain::allocation::Allocation;
use crate::domain::day;
use crate::domain::workdays::WorkCalendar;
use crate::ops::plan::{Candidate, Plan, PlanOptions, next_shape};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::view::columns::{CellText, ListLayout};
use crate::tui::view::ghost::Ghost;
use crate::tui::view::layout;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
use candidate::{COLUMNS, CandidateColumn, cell, cost, cost_style, whole_costs, without_calm};
use handover::reassign;
use hours::HoursLine;
use naming::NameLine;

/// Rows around the candidates: the rule and the names of the columns above, what is given and why then below.
const ABOVE: u16 = 2;
/// So many rows a sheet has where the screen is small.
const SMALL: u16 = 10;
/// A sentence takes at most so many rows.
const SENTENCE: usize = 4;

/// The candidates for one request.
#[derive(Debug, Clone)]
pub struct AssignView {
    options: PlanOptions,
    cursor: Cursor,
    /// Hours being typed.
    hours: Option<HoursLine>,
    /// A name being typed.
    naming: Option<NameLine>,
}

impl AssignView {
    /// Shows candidates, best first.
    pub fn new(options: PlanOptions) -> Self {
        Self { options, cursor: Cursor::default(), hours: None, naming: None }
    }

    /// True if the other one weighs the same work.
    pub fn is_same(&self, other: &PlanOptions) -> bool {
        // Not the share: it changes with each key, and what was weighed for the key before still belongs here.
        (self.options.plan.request, self.options.plan.moves) == (other.plan.request, other.plan.moves)
    }

    /// Takes over what was weighed anew; the same person stays chosen.
    pub fn renew(&mut self, options: PlanOptions) {
        let chosen = self.chosen().map(|candidate| candidate.handle.clone());
        self.options = options;
        let row =
            self.options.candidates.iter().position(|candidate| Some(&candidate.handle) == chosen.as_ref());
        // The order follows the cost, which was weighed anew: by place, another person would be chosen.
        self.cursor.choose(row.unwrap_or(0));
    }

    fn chosen(&self) -> Option<&Candidate> {
        self.options.candidates.get(self.cursor.row())
    }

    fn commit(&self, sight: ViewContext<'_>) -> Response {
        let Some(candidate) = self.chosen() else { return Response::Close };
        if !self.options.holders.is_empty() {
            return reassign(candidate, &self.options, sight);
        }
        let mut plan = self.options.plan.clone();
        plan.share.who.clone_from(&candidate.handle);
        let commit = Effect::Write(Write::Commit(Box::new(plan.clone())));
        // Something moves already, or it is only maybe: then nothing more has to move for it.
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
    fn move_last(&self, days: i64, calendar: &WorkCalendar) -> Response {
        let (from, to) = (self.share().from, self.share().to);
        let to = step_day(to, days, calendar).max(from);
        self.weigh(|plan| plan.share.to = Some(to))
    }

    /// The first day a working day later or earlier, never behind the last.
    fn move_first(&self, days: i64, calendar: &WorkCalendar) -> Response {
        let (from, to) = (self.share().from, self.share().to);
        let from = step_day(from, days, calendar).min(to);
        // The last day is said too, or it would follow the first one and the work grow longer or shorter.
        self.weigh(|plan| (plan.share.from, plan.share.to) = (Some(from), Some(to)))
    }

    /// Weighs with the hours that stand in the line; half of a word is no hours yet.
    fn consider_hours(&self, sight: ViewContext<'_>) -> Response {
        match self.hours.as_ref().map(|hours| hours.plan(sight.snapshot.reading.day)) {
            // What means the same as before is not weighed anew.
            Some(Ok(plan)) if plan != self.options.plan => self.weigh(|old| *old = plan),
            _ => Response::Stay,
        }
    }

    /// Leaves the line of hours; what cannot be read stays to be mended.
    fn take_hours(&mut self, sight: ViewContext<'_>) -> Response {
        let Some(hours) = &mut self.hours else { return Response::Stay };
        match hours.plan(sight.snapshot.reading.day) {
            Ok(plan) => {
                self.hours = None;
                self.weigh(|old| *old = plan)
            }
            Err(why) => {
                hours.refuse(why);
                Response::Stay
            }
        }
    }

    fn leave_hours(&mut self) -> Response {
        let before = self.hours.take().map(HoursLine::left);
        before.map_or(Response::Stay, |before| self.weigh(|plan| *plan = before))
    }

    /// Goes to whom the typed name begins.
    fn consider_name(&mut self, sight: ViewContext<'_>) -> Response {
        if let Some(row) = self.naming.as_ref().and_then(|naming| naming.found(&self.options.candidates)) {
            self.choose(row, sight);
        }
        Response::Stay
    }

    fn choose(&mut self, row: usize, sight: ViewContext<'_>) {
        self.cursor.choose(row);
        self.cursor.clamp(&self.options.candidates.len(), self.list_height(sight));
    }

    /// A line is typed, of hours or of a name.
    const fn is_asking(&self) -> bool {
        self.hours.is_some() || self.naming.is_some()
    }

    fn step(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        let Some(step) = Step::of(action).filter(|_| !self.is_asking()) else { return Response::Ignored };
        self.cursor.step(step, &self.options.candidates.len(), self.list_height(sight));
        Response::Stay
    }

    /// The columns of the sheet, laid out for its candidates.
    fn layout(&self, width: usize, sight: ViewContext<'_>) -> ListLayout<CandidateColumn> {
        let cell = |row: usize, column, _: usize| {
            let candidate = &self.options.candidates[row];
            let CandidateColumn::Cost = column else {
                return CellText::from(cell(&self.options, candidate, column, sight));
            };
            // Nothing leaves for words that are left out where they have no room.
            (without_calm(&candidate.sentence, 0), sight.theme.text()).into()
        };
        ListLayout::fitted(3, &COLUMNS, width, (self.options.candidates.len(), &cell))
    }

    /// What goes on under the row of the chosen one: nothing of the sentence is cut.
    fn sentence(&self, width: usize, sight: ViewContext<'_>) -> (usize, Vec<String>) {
        let layout = self.layout(width, sight);
        let at = layout.start_of(|column| matches!(column, CandidateColumn::Cost)).unwrap_or(3);
        let text = self.chosen().map_or("", |candidate| &candidate.sentence);
        let mut lines = plain::wrap(text, width.saturating_sub(at + 1).max(12));
        if lines.len() > SENTENCE {
            // The last row is cut where it is drawn; without it the foot would be pushed off the sheet.
            let rest = lines.split_off(SENTENCE - 1).join(" ");
            lines.push(rest);
        }
        (at, lines)
    }

    /// Rows of candidates, apart from those of the sentence under the chosen one.
    fn list_height(&self, sight: ViewContext<'_>) -> usize {
        let body = body(sight);
        let width = usize::from(layout::sheet_width(body));
        let under = self.sentence(width, sight).1.len().saturating_sub(1);
        let rows = usize::from(self.rows(sight).unwrap_or(SMALL));
        rows.saturating_sub(usize::from(ABOVE + below(sight)) + under).max(1)
    }
}

/// What is between the header and the footer.
fn body(sight: ViewContext<'_>) -> Rect {
    Rect::new(0, 2, columns_of(sight.width), columns_of(sight.height))
}

/// Rows for the days, the shape and the reason: beside the load the sheet is half as wide, and a reason takes three.
fn below(sight: ViewContext<'_>) -> u16 {
    if layout::is_beside_load(body(sight)) { 4 } else { 3 }
}

fn columns_of(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

impl Layer for AssignView {
    fn scopes(&self) -> &'static [Scope] {
        if self.is_asking() { &[Scope::Asking] } else { &[Scope::Candidates, Scope::Everywhere] }
    }

    fn footer(&self) -> FooterKeys {
        if self.is_asking() {
            return &[(&[Action::Accept], ""), (&[Action::Leave], "")];
        }
        &[
            (&[Action::AssignTo], ""),
            (&[Action::Down, Action::Up, Action::AssignWho], "who"),
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
            // Whom it named stays chosen, and is assigned by the next key.
            Action::Accept if self.naming.is_some() => self.naming = None,
            Action::Leave if self.naming.is_some() => {
                let naming = self.naming.take();
                // Left like that, the line takes nobody: who was chosen before it is chosen again.
                if let Some(row) = naming.and_then(|naming| naming.place_before(&self.options.candidates)) {
                    self.choose(row, sight);
                }
            }
            Action::AssignWho => {
                let before = self.chosen().map_or("", |candidate| candidate.handle.as_str());
                self.naming = Some(NameLine::new(before));
            }
            Action::Accept => return self.take_hours(sight),
            Action::Leave => return self.leave_hours(),
            Action::AssignTo => return self.commit(sight),
            Action::EndLater => return self.move_last(1, &sight.snapshot.reading.calendar),
            Action::EndEarlier => return self.move_last(-1, &sight.snapshot.reading.calendar),
            Action::BeginLater => return self.move_first(1, &sight.snapshot.reading.calendar),
            Action::BeginEarlier => return self.move_first(-1, &sight.snapshot.reading.calendar),
            Action::AssignHours => {
                let hours = self.share().minutes.or(self.options.request.estimate);
                self.hours =
                    Some(HoursLine::new(hours, self.options.request.estimate, self.options.plan.clone()));
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
        let under = self.cursor.row() - self.cursor.place().1;
        let body = body(sight);
        let lines = self.sentence(usize::from(layout::sheet_width(body)), sight).1.len().max(1);
        if let Some(row) = row.checked_sub(usize::from(ABOVE)) {
            // The chosen one may take more than one row.
            let row = if row > under { row.saturating_sub(lines - 1).max(under) } else { row };
            self.cursor.click(row, &self.options.candidates.len(), self.list_height(sight));
        }
        Response::Stay
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        self.is_asking() && is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, sight: ViewContext<'_>) -> Response {
        if let Some(naming) = &mut self.naming {
            naming.key(key);
            return self.consider_name(sight);
        }
        if let Some(hours) = &mut self.hours {
            hours.key(key);
        }
        self.consider_hours(sight)
    }

    fn takes_text(&self) -> bool {
        self.is_asking()
    }

    fn paste(&mut self, text: &str, sight: ViewContext<'_>) -> Response {
        if let Some(naming) = &mut self.naming {
            naming.paste(text);
            return self.consider_name(sight);
        }
        let Some(hours) = &mut self.hours else { return Response::Ignored };
        hours.paste(text);
        self.consider_hours(sight)
    }

    // Weighed again whenever the store has changed: the cost of a yes depends on everybody's work.
    fn refresh(&self) -> Option<Read> {
        Some(Read::Weigh(Box::new(self.options.plan.clone())))
    }

    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        let body = body(sight);
        if !layout::is_beside_load(body) {
            return Some(SMALL.min(body.height));
        }
        let width = usize::from(layout::sheet_width(body));
        let under = columns_of(self.sentence(width, sight).1.len().saturating_sub(1));
        // Four tenths of the body stay with the queue, in which the request is still to be seen.
        let most = (body.height * 6 / 10).max(SMALL);
        // Two at least, so that the sheet of an empty team has room for the sentence that says so.
        let people = columns_of(self.options.candidates.len().max(2));
        Some((ABOVE + people + under + below(sight)).clamp(SMALL, most))
    }

    fn ghost(&self, sight: ViewContext<'_>) -> Option<Ghost> {
        self.would_add(sight)
    }

    /// One candidate a row, the sentence of the chosen one whole.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let request = &self.options.request;
        let title = format!("{} {} {}", self.verb(), request.id, request.title);
        // The day stands in the queue above, too: it goes where the title would be cut for it.
        let [hours, due] = self.asked(sight);
        let room = |more: &str| usize::from(area.width).saturating_sub(plain::width(more) + 7);
        let whole = format!("{hours} · {due}");
        let fits_without = room(&whole) < plain::width(&title) && plain::width(&title) <= room(&hours);
        let more = if fits_without { hours } else { whole };
        let title = plain::cut(&title, room(&more));
        Rule { more: &more, text: theme.text(), ..Rule::over(&title, theme) }.draw(buffer, area);
        let width = usize::from(area.width);
        let table = self.layout(width, sight);
        paint::put(buffer, area, 1, &table.head(theme.dim()));
        let list = paint::below(area, ABOVE);
        let list = Rect { height: list.height.saturating_sub(below(sight)), ..list };
        if self.options.candidates.is_empty() {
            let hint = "Nobody is in the team yet: {add-person} adds a person; {import} brings the team in from a file.";
            paint::say_empty(buffer, list, &sight.snapshot.hints.say(hint), theme);
        }
        let (start, sentence) = self.sentence(width, sight);
        let mut at = 0;
        for row in self.cursor.seen(&self.options.candidates.len(), self.list_height(sight)) {
            let candidate = &self.options.candidates[row];
            let is_chosen = row == self.cursor.row();
            let line = table.row(|column, width| match (column, sentence.first()) {
                (CandidateColumn::Cost, Some(first)) if is_chosen => {
                    CellText::from(cost(first, &self.options, candidate, sight))
                }
                (CandidateColumn::Cost, _) if width > 0 => {
                    let said = whole_costs(without_calm(&candidate.sentence, width), width);
                    CellText::from(cost(&said, &self.options, candidate, sight))
                }
                _ => {
                    let text = CellText::from(cell(&self.options, candidate, column, sight));
                    if width == 0 { CellText::default() } else { text }
                }
            });
            paint::put(buffer, list, at, &line);
            if is_chosen {
                paint::style_row(buffer, list, at, theme.selected(true));
                for more in sentence.iter().skip(1) {
                    at += 1;
                    let line =
                        Line::styled(format!("{}{more}", " ".repeat(start)), cost_style(candidate, sight));
                    paint::put(buffer, list, at, &line);
                }
            }
            at += 1;
        }
        let foot = Rect { y: list.bottom(), height: area.bottom() - list.bottom(), ..area };
        self.foot(buffer, foot, sight);
    }
}

/// Accepting more than fits asks what moves for it; that nothing moves is an answer too.
fn what_moves(candidate: &Candidate, plan: &Plan, commit: Effect) -> Response {
    let cost = &candidate.cost;
    // Each has a digit, and nought is none to begin with.
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
        // What this one adds; how far over somebody is already is in no way its doing.
        cost.after - cost.before,
        plan.request
    );
    // In place of the sheet: the answer ends the assignment, and back from the menu must not lead to it again.
    Response::Become(Menu::new(title, choices).into())
}

fn step_day(date: NaiveDate, days: i64, calendar: &WorkCalendar) -> NaiveDate {
    // The calendar's own walk passes over holidays, and ends where the days do.
    let count = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
    if days < 0 { calendar.before(date, count) } else { calendar.after(date, count) }
}
