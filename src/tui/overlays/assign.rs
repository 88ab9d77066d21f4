//! Who could do it: everybody with the earliest honest date and the cost of yes, as a sheet under the queue; what it
//! would add to whoever is chosen stands in the load beside it, before anything is decided.

mod handover;
mod hours;

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
use crate::domain::load::Cell;
use crate::domain::minutes::Minutes;
use crate::domain::workdays::WorkCalendar;
use crate::ops::plan::{Candidate, Plan, PlanOptions, next_shape};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::ghost::{Ghost, GhostRow};
use crate::tui::view::layout;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
use handover::reassign;
use hours::HoursLine;

/// Rows around the candidates: the rule and the names of the columns above, what is given and why then below.
const ABOVE: u16 = 2;
/// So many rows a sheet has where the screen is small.
const SMALL: u16 = 10;
/// A sentence takes at most so many rows.
const SENTENCE: usize = 4;

/// What a row tells of a candidate.
#[derive(Debug, Clone, Copy)]
enum CandidateColumn {
    Who,
    Discipline,
    Done,
    Cost,
}

const COLUMNS: [ListColumn<CandidateColumn>; 4] = [
    ListColumn::growing(CandidateColumn::Who, "who", 5, 3).best(10),
    // Whole or not there: it leaves where a cost would be cut beside it, and the foot says it of the chosen one.
    ListColumn::growing(CandidateColumn::Discipline, "does", 6, 10).best(15).leaves(1),
    // `Fri 22 Jan 27` is the longest.
    ListColumn::growing(CandidateColumn::Done, "done by", 10, 8).best(13),
    ListColumn::growing(CandidateColumn::Cost, "cost of yes", 24, 9).gap(0).whole(),
];

/// The candidates for one request.
#[derive(Debug, Clone)]
pub struct AssignView {
    options: PlanOptions,
    cursor: Cursor,
    /// Hours being typed.
    hours: Option<HoursLine>,
}

impl AssignView {
    /// Shows candidates, best first.
    pub fn new(options: PlanOptions) -> Self {
        Self { options, cursor: Cursor::default(), hours: None }
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

    fn step(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        let Some(step) = Step::of(action).filter(|_| self.hours.is_none()) else { return Response::Ignored };
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
        self.hours.is_some() && is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, sight: ViewContext<'_>) -> Response {
        if let Some(hours) = &mut self.hours {
            hours.key(key);
        }
        self.consider_hours(sight)
    }

    fn takes_text(&self) -> bool {
        self.hours.is_some()
    }

    fn paste(&mut self, text: &str, sight: ViewContext<'_>) -> Response {
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
        let candidate = self.chosen()?;
        let today = sight.snapshot.today();
        let share = &candidate.share;
        let near = |date| if date == today { "today".to_owned() } else { day::day_near(date, today) };
        // What was done before today stays as it is; the weighing begins with today.
        let begun = |cells: &[Cell]| cells.iter().position(|cell| cell.date >= today).unwrap_or(cells.len());
        let days =
            (&candidate.before[begun(&candidate.before)..], &candidate.after[begun(&candidate.after)..]);
        // Where nothing is left to give, nothing is: the guess of what would stand in its place is no hours.
        let gives_nothing = share.minutes.is_some_and(Minutes::is_zero);
        let days = if gives_nothing { (&[][..], &[][..]) } else { days };
        let mut row = GhostRow::new(share.person, days);
        let added = row.added();
        let hours = hours_text(added);
        let (request, who) = (self.options.request.id, &candidate.handle);
        // Nobody has said how much it is: the mark of what is unknown, as in the cells of it afterwards.
        let is_known = share.minutes.or(self.options.request.estimate).is_some();
        let unknown = if is_known { "" } else { "?" };
        let title = if added.is_zero() {
            format!("{request} on {who} adds no hours")
        } else {
            format!("+ {request} on {who}, {hours}{unknown}, {} – {}", near(share.from), near(share.to))
        };
        row.words = row.last().map_or_else(Vec::new, |last| {
            let by = if is_known { "by " } else { "" };
            let day = day::column_text(last, today, &sight.snapshot.reading.calendar);
            let short = if added.0 < 60 { hours.clone() } else { format!("{}h", added.rounded_hours()) };
            let until = [&hours, &short].map(|hours| format!("+{hours}{unknown} {by}{day}"));
            until.into_iter().chain([format!("+{short}{unknown}")]).collect()
        });
        Some(Ghost { title, rows: vec![row] })
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

impl AssignView {
    fn verb(&self) -> &'static str {
        if self.options.plan.moves.is_some() { "Swap" } else { "Assign" }
    }

    /// What is to be given, and the day it is due.
    fn asked(&self, sight: ViewContext<'_>) -> [String; 2] {
        let hours = match self.share().minutes.or(self.options.request.estimate) {
            Some(hours) if hours.is_zero() => "nothing left to give".to_owned(),
            Some(hours) => hours.to_string(),
            None => "not estimated".to_owned(),
        };
        let (due, today) = (self.options.request.due, sight.snapshot.today());
        let due = due.map_or_else(
            || "no date".to_owned(),
            |due| {
                if due < today {
                    return format!("was due {}", day::short_day(due));
                }
                format!("due {}", day::column_text(due, today, &sight.snapshot.reading.calendar))
            },
        );
        [hours, due]
    }

    /// The days and the shape in which it is given.
    fn given(&self) -> String {
        let share = self.share();
        let tentative = if share.is_tentative { " · tentative" } else { "" };
        format!("{} · {}{tentative}", day::day_range(share.from, share.to), share.shape.described())
    }

    /// In which order they stand, and where in it the chosen one does if not all are seen.
    fn order(&self, sight: ViewContext<'_>) -> String {
        let (count, known) = (self.options.candidates.len(), |it: &Candidate| it.experience > 0);
        let order =
            if self.options.candidates.iter().any(known) { "by experience, then by day" } else { "by day" };
        let is_cut = count > self.list_height(sight);
        if is_cut { format!("{order} · {} of {count}", self.cursor.row() + 1) } else { order.to_owned() }
    }

    /// In which days and shape, then why the chosen one could be done by then; or how many hours.
    fn foot(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let Some(candidate) = self.chosen() else { return };
        if let Some(hours) = &self.hours {
            hours.draw(buffer, area, theme);
            return;
        }
        let holds = candidate.holds_already.map_or_else(String::new, |left| {
            let rest =
                if left.is_zero() { "it, nothing left to do".to_owned() } else { format!("{left} of it") };
            format!("; already holds {rest}")
        });
        let (given, order) = (format!("   {}", self.given()), self.order(sight));
        let room = usize::from(area.width).saturating_sub(plain::width(&given) + 1);
        let mut line = vec![Span::styled(given, theme.text())];
        if plain::width(&order) + 3 <= room {
            line.push(Span::styled(plain::fit_right(&order, room), theme.dim()));
        }
        paint::put(buffer, area, 0, &Line::from(line));
        let text = format!("{}: {}{holds}", candidate.name, candidate.forecast.reason);
        let columns = usize::from(area.width).saturating_sub(4);
        let mut lines = plain::wrap(&text, columns);
        let rows = usize::from(area.height.saturating_sub(1)).max(1);
        if lines.len() > rows {
            let rest = lines.split_off(rows - 1).join(" ");
            lines.push(whole_costs(&rest, columns));
        }
        for (row, line) in (1..).zip(&lines) {
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), theme.dim()));
        }
    }
}

/// Where it does not fit, that nothing else moves is left out rather than cut: all that it keeps from is told elsewhere.
fn without_calm(sentence: &str, width: usize) -> &str {
    let is_whole = plain::width(sentence) <= width;
    match sentence.rsplit_once("; ") {
        Some((head, calm)) if !is_whole && calm.starts_with("nothing else moves") => head,
        _ => sentence,
    }
}

/// As many of the parts of a sentence as fit: half of one would say something else.
fn whole_costs(sentence: &str, width: usize) -> String {
    plain::whole_items(&sentence.split("; ").collect::<Vec<_>>(), "; ", width)
}

/// Whole hours from ten on: a quarter more says nothing there.
fn hours_text(minutes: Minutes) -> String {
    if minutes.0 >= 600 { format!("{}h", minutes.rounded_hours()) } else { minutes.to_string() }
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

fn cell(
    options: &PlanOptions,
    candidate: &Candidate,
    column: CandidateColumn,
    sight: ViewContext<'_>,
) -> Vec<Span<'static>> {
    let theme = sight.theme;
    let (text, style) = match column {
        CandidateColumn::Who => (candidate.handle.clone(), theme.strong()),
        CandidateColumn::Discipline => (candidate.discipline.clone(), theme.dim()),
        CandidateColumn::Cost => return cost(&candidate.sentence, options, candidate, sight),
        CandidateColumn::Done => {
            let near = |day| day::day_near(day, sight.snapshot.today());
            let style = if is_late(options, candidate) { theme.critical() } else { theme.text() };
            (candidate.forecast.finish.map_or_else(|| "not in sight".to_owned(), near), style)
        }
    };
    vec![Span::styled(text, style)]
}

/// The cost; that it would be late is told first, and in the colour of late.
fn cost(
    text: &str,
    options: &PlanOptions,
    candidate: &Candidate,
    sight: ViewContext<'_>,
) -> Vec<Span<'static>> {
    let style = cost_style(candidate, sight);
    // Behind a semicolon it is other work that is late, not this.
    if !text.contains(';') && text.ends_with(" late") && is_late(options, candidate) {
        return vec![Span::styled(text.to_owned(), sight.theme.critical())];
    }
    match text.split_once(';') {
        Some((late, rest)) if is_late(options, candidate) && late.contains(" late") => {
            vec![
                Span::styled(late.to_owned(), sight.theme.critical()),
                Span::styled(format!(";{rest}"), style),
            ]
        }
        _ => vec![Span::styled(text.to_owned(), style)],
    }
}

/// It would be done behind the day that it is due.
fn is_late(options: &PlanOptions, candidate: &Candidate) -> bool {
    options.request.due.is_some_and(|due| candidate.forecast.finish.is_none_or(|finish| finish > due))
}

fn cost_style(candidate: &Candidate, sight: ViewContext<'_>) -> Style {
    if candidate.cost.fits() { sight.theme.text() } else { sight.theme.warn() }
}
