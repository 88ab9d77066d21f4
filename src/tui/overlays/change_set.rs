//! What an import would change: in groups, line by line, each to be left out or taken. Nothing is written until it is
//! accepted, and then all that stands at once.

mod carried;
mod people;
mod rows;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, Response, ViewContext};
use crate::domain::count::counted;
use crate::ops::import::change_set::{ChangeGroup, ChangeSet, LineName};
use crate::ops::import::file::{DateOrder, FileKind, LineDecisions};
use crate::ops::import::near_misses::NameAnswers;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, FileRequest, FoundFile, Job};
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
use rows::{PageRow, page_rows};

/// Rows of the foot: a blank one and three of text.
const FOOT: u16 = 4;

/// The page of a change set.
#[derive(Debug, Clone)]
pub struct ChangePage {
    found: FoundFile,
    set: Arc<ChangeSet>,
    decisions: LineDecisions,
    /// As what it was asked to be read last: what it could not be read as is not asked for again.
    asked_as: FileKind,
    rows: Vec<PageRow>,
    cursor: Cursor,
}

impl ChangePage {
    /// Shows what a file would change, all of it taken but what stands switched off.
    pub fn new(found: FoundFile, set: Arc<ChangeSet>) -> Self {
        let rows = page_rows(&set);
        let asked_as = found.import.file.kind;
        Self { found, set, decisions: LineDecisions::default(), asked_as, rows, cursor: Cursor::LIST }
    }

    fn kind(&self) -> FileKind {
        self.found.import.file.kind
    }

    /// The line under the cursor.
    fn chosen(&self) -> Option<usize> {
        self.cursor.chosen_of(&self.rows).and_then(|row| self.rows.get(row)).and_then(|row| row.line())
    }

    /// True if a line is taken as things stand.
    fn is_taken(&self, line: usize) -> bool {
        let line = &self.set.lines[line];
        let Some(name) = &line.name else { return false };
        match line.group {
            ChangeGroup::SwitchedOff => self.decisions.switched_on.contains(name),
            _ => !self.decisions.left_out.contains(name),
        }
    }

    fn decide(&mut self, line: usize, is_taken: bool) {
        let line = &self.set.lines[line];
        let Some(name) = line.name.clone() else { return };
        let decisions = &mut self.decisions;
        // Switched off is where it stands by itself; everything else stands switched on.
        let (names, holds) = match line.group {
            ChangeGroup::SwitchedOff => (&mut decisions.switched_on, is_taken),
            _ => (&mut decisions.left_out, !is_taken),
        };
        if holds {
            names.insert(name);
        } else {
            names.remove(&name);
        }
    }

    fn of_group(&self, group: ChangeGroup) -> impl Iterator<Item = usize> {
        // The lines of a set stand in the order of their groups, so each group is one range.
        let start = self.set.lines.partition_point(|line| line.group < group);
        let end = self.set.lines.partition_point(|line| line.group <= group);
        start..end
    }

    /// Lines that are taken, and all that could be.
    fn taken(&self) -> (usize, usize) {
        let choices = (0..self.set.lines.len()).filter(|line| self.set.lines[*line].group.is_choice());
        choices.fold((0, 0), |(taken, all), line| (taken + usize::from(self.is_taken(line)), all + 1))
    }

    fn take_line(&mut self) -> Response {
        let Some(line) = self.chosen() else { return Response::Stay };
        let group = self.set.lines[line].group;
        if group == ChangeGroup::Near {
            self.answer(line, people::next_answer(self.is_same(line)));
            return Response::Stay;
        }
        if !group.is_choice() {
            return Response::Say(format!("{}: {}", group.title().to_lowercase(), group.says()));
        }
        self.decide(line, !self.is_taken(line));
        Response::Stay
    }

    fn take_group(&mut self) -> Response {
        let Some(line) = self.chosen() else { return Response::Stay };
        let group = self.set.lines[line].group;
        let lines: Vec<usize> = self.of_group(group).collect();
        if group == ChangeGroup::Near {
            let answer = people::next_answer(self.is_same(line));
            for line in lines {
                self.answer(line, answer);
            }
            return Response::Stay;
        }
        let is_taken = lines.iter().any(|line| self.is_taken(*line));
        for line in lines {
            self.decide(line, !is_taken);
        }
        Response::Stay
    }

    fn state(&self, line: usize) -> rows::LineState {
        rows::LineState {
            is_taken: self.is_taken(line),
            is_as_new: self.is_as_new(self.set.lines[line].name.as_ref()),
            answer: self.is_same(line),
        }
    }

    fn as_new(&mut self) -> Response {
        let renamed = self.chosen().filter(|line| self.set.lines[*line].group == ChangeGroup::Renamed);
        let Some(name) = renamed.and_then(|line| self.set.lines[line].name.clone()) else {
            return Response::Say("only a line that looks renamed can be taken as new".to_owned());
        };
        if !self.decisions.as_new.remove(&name) {
            self.decisions.as_new.insert(name);
        }
        Response::Stay
    }

    fn is_as_new(&self, name: Option<&LineName>) -> bool {
        name.is_some_and(|name| self.decisions.as_new.contains(name))
    }

    fn apply(&self, sight: ViewContext<'_>) -> Response {
        let decisions = &self.decisions;
        let is_answered = decisions.names != NameAnswers::default() || decisions.stakeholders;
        if self.taken().0 == 0 && !is_answered {
            let hint = "no line is left that could be taken over; {back} leaves";
            return Response::Say(sight.snapshot.hints.say(hint));
        }
        let (import, decisions) = (Box::new(self.found.import.clone()), Box::new(self.decisions.clone()));
        let job = match &self.found.request.brought_by {
            Some(source) => Job::TakeOffer(source.clone(), import, decisions),
            None => Job::TakeFile(import, decisions),
        };
        // The page stays until the file is taken in: a stop or a refusal comes back to what was decided.
        Response::Do(vec![Effect::Job(job)])
    }

    /// Reads the file once more, as something else is said about it.
    fn read_again(&self, sight: ViewContext<'_>, change: impl FnOnce(&mut FileRequest)) -> Response {
        let mut request = self.found.request.clone();
        if let Some(source) = &request.brought_by {
            let hint = sight.snapshot.hints.say("{sources}, then {edit-source} on it, says how it is read");
            return Response::Say(format!("{} is a source: {hint}", source.name));
        }
        change(&mut request);
        Response::Do(vec![Effect::Job(Job::ReadFile(Box::new(request)))])
    }

    /// Reads it as the next kind of list; a file with columns leads to them where it cannot be read so.
    fn read_as_next(&mut self, sight: ViewContext<'_>) -> Response {
        let has_columns = !self.found.import.file.columns().is_empty();
        let after = if has_columns { FileKind::next_list } else { FileKind::next };
        let next = after(self.asked_as);
        // What it is read as already would only show this page once more.
        self.asked_as = if next == self.kind() { after(next) } else { next };
        let kind = self.asked_as;
        self.read_again(sight, |request| *request = request.as_kind(kind))
    }

    fn swap_days(&self, sight: ViewContext<'_>) -> Response {
        if self.kind() == FileKind::Calendar {
            return Response::Say("a calendar writes its days in one way only".to_owned());
        }
        self.read_again(sight, |request| {
            request.order = match request.order {
                None => Some(DateOrder::DayFirst),
                Some(DateOrder::DayFirst) => Some(DateOrder::MonthFirst),
                Some(DateOrder::MonthFirst) => None,
            };
        })
    }

    /// What stands above the list: how the file was understood, and what is to be known of all of it.
    fn head(&self, sight: ViewContext<'_>) -> Vec<Line<'static>> {
        let theme = sight.theme;
        let width = sight.width.saturating_sub(4);
        let order = match self.found.request.order {
            Some(DateOrder::DayFirst) => ["days are read day first, as you said".to_owned()].to_vec(),
            Some(DateOrder::MonthFirst) => ["days are read month first, as you said".to_owned()].to_vec(),
            None => Vec::new(),
        };
        let kind = self.kind().title();
        // The titles of kinds are ours and begin with an ASCII letter.
        let begun = kind[..1].to_uppercase() + &kind[1..];
        let understood = match &self.set.understood {
            // Of people, absences and shares the preset says nothing else.
            Some(understood) => format!("{begun}, {}", understood.sentence()),
            None => format!("{begun}; events that came before are recognised"),
        };
        let unused = self.set.understood.as_ref().map(|understood| &understood.columns_ignored);
        let unused = unused.filter(|columns| !columns.is_empty());
        let unused = unused.map(|columns| format!("columns left out: {}", columns.join(", ")));
        let all: Vec<String> = order
            .into_iter()
            .chain(self.set.notes.iter().cloned())
            .chain(self.found.faults.iter().cloned())
            .chain(unused)
            .collect();
        let most = if sight.height < 26 { 3 } else { 6 };
        let mut lines: Vec<Line<'static>> = plain::wrap(&understood, width)
            .into_iter()
            .take(2)
            .map(|line| Line::styled(format!("   {line}"), theme.text()))
            .collect();
        let mut texts: Vec<String> =
            all.iter().flat_map(|text| plain::wrap(&plain::harmless(text), width)).collect();
        let more = texts.len().saturating_sub(most);
        texts.truncate(most);
        if more > 0
            && let Some(last) = texts.last_mut()
        {
            *last = plain::cut(&format!("{last} …"), width);
        }
        lines.extend(texts.into_iter().map(|line| Line::styled(format!("   {line}"), theme.dim())));
        let counts = plain::cut(&self.set.told(), width);
        lines.push(Line::styled(format!("   {counts}"), theme.accent()));
        lines.extend(self.requesters(sight));
        lines.push(Line::default());
        lines
    }

    fn list_height(&self, sight: ViewContext<'_>) -> usize {
        let foot = self.foot(u16::try_from(sight.width).unwrap_or(u16::MAX));
        sight.height.saturating_sub(1 + self.head(sight).len() + usize::from(foot))
    }

    fn name(&self) -> String {
        let path = &self.found.request.path;
        path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned()
    }
}

impl Layer for ChangePage {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Changes, Scope::Everywhere]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::ApplyChanges], ""),
            (&[Action::TakeLine], ""),
            (&[Action::TakeGroup], ""),
            (&[Action::Back], "leave"),
            (&[Action::ReadAs], ""),
            (&[Action::MapColumns], ""),
            (&[Action::SwapDays], ""),
            (&[Action::AsNew], ""),
            (&[Action::TakeRequesters], ""),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::TakeLine => self.take_line(),
            Action::TakeGroup => self.take_group(),
            Action::AsNew => self.as_new(),
            Action::TakeRequesters => self.take_requesters(),
            Action::ApplyChanges => self.apply(sight),
            Action::ReadAs => self.read_as_next(sight),
            Action::SwapDays => self.swap_days(sight),
            Action::MapColumns if self.kind() == FileKind::Calendar => {
                Response::Say("a calendar has no columns".to_owned())
            }
            Action::MapColumns if self.found.import.file.columns().is_empty() => {
                Response::Say("columns are chosen for one file: import it by itself".to_owned())
            }
            Action::MapColumns => self.read_again(sight, |request| request.wants_columns = true),
            _ => {
                let Some(step) = Step::of(action) else { return Response::Ignored };
                self.cursor.step(step, &self.rows, self.list_height(sight));
                Response::Stay
            }
        }
    }

    /// A click on what is chosen already leaves it out, or takes it again.
    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let above = 1 + self.head(sight).len();
        let hit = row
            .checked_sub(above)
            .and_then(|row| self.cursor.click(row, &self.rows, self.list_height(sight)));
        if hit == Some(true) { self.take_line() } else { Response::Stay }
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let (taken, all) = self.taken();
        let right = if all == 0 { String::new() } else { format!("{taken} of {all} taken") };
        let title = format!("Import {}", self.name());
        Rule { right: &right, ..Rule::over(&title, theme) }.draw(buffer, area);
        let head = self.head(sight);
        for (row, line) in (1..).zip(&head) {
            paint::put(buffer, area, row, line);
        }
        let list = paint::below(area, u16::try_from(1 + head.len()).unwrap_or(u16::MAX));
        if self.set.lines.is_empty() {
            let text = if self.set.unchanged > 0 {
                format!(
                    "{} here: nothing would change.",
                    counted(self.set.unchanged, "line is as it is", "lines are as they are")
                )
            } else {
                "Nothing in it could be taken over.".to_owned()
            };
            paint::say_empty(buffer, list, &text, theme);
            return;
        }
        let layout = rows::layout(&self.set, usize::from(list.width));
        let foot = self.foot(list.width);
        let list = Rect { height: list.height.saturating_sub(foot), ..list };
        if let Some(line) = self.chosen().filter(|_| foot > 0) {
            let text = rows::whole(&self.set.lines[line], self.state(line));
            let below = Rect { y: list.bottom(), height: foot, ..list };
            for (row, text) in (1..foot).zip(plain::wrap(&text, usize::from(area.width).saturating_sub(4))) {
                paint::put(buffer, below, row, &Line::styled(format!("   {text}"), theme.text()));
            }
        }
        // In the blank row above the list, so that it takes none of the list's own.
        paint::put(buffer, area, u16::try_from(head.len()).unwrap_or(u16::MAX), &layout.head(theme.dim()));
        self.cursor.draw(&self.rows, (buffer, list), theme.selected(true), |row| match &self.rows[row] {
            PageRow::Gap => Line::default(),
            PageRow::Heading(group) => self.heading(*group, sight),
            PageRow::Line(line) => rows::line(&self.set.lines[*line], self.state(*line), &layout, theme),
            PageRow::Detail(line, place) => {
                rows::detail(&self.set.lines[*line], *place, self.state(*line), &layout, theme)
            }
        });
    }
}

impl ChangePage {
    /// Rows below the list in which the chosen line is told whole: kept free where any line is cut, so that the list does
    /// not move under the cursor.
    fn foot(&self, width: u16) -> u16 {
        let layout = rows::layout(&self.set, usize::from(width));
        let mut lines = self.set.lines.iter().enumerate().take(rows::LOOKED_AT);
        if lines.any(|(at, line)| rows::is_cut(line, self.state(at), &layout)) { FOOT } else { 0 }
    }

    /// `New  12  · 11 taken`
    fn heading(&self, group: ChangeGroup, sight: ViewContext<'_>) -> Line<'static> {
        let theme = sight.theme;
        let count = self.set.count(group);
        let mut said = vec![Span::styled(format!(" {}  {count}", group.title()), theme.strong())];
        let out = self.of_group(group).filter(|line| !self.is_taken(*line)).count();
        let mut more = Vec::new();
        if !group.says().is_empty() {
            more.push(group.says().to_owned());
        }
        if group.is_choice() && out > 0 && group != ChangeGroup::SwitchedOff {
            more.push(format!("{out} left out"));
        }
        if group == ChangeGroup::Unchanged && self.set.older > 0 {
            more.push(format!("{} of them older than what is known here", self.set.older));
        }
        if !more.is_empty() {
            said.push(Span::styled(format!("  {}", more.join("; ")), theme.dim()));
        }
        Line::from(said)
    }
}
