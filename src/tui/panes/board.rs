//! The boards: outcomes with the ledger, change, influence. Each is two columns of lines, some of which lead to a
//! record; on a narrow screen one column under the other.

pub mod act;
mod asked;
mod change;
mod influence;
mod outcomes;
mod table;
mod tier_mix;
mod view;
mod viewed;

use crate::domain::record::RecordKey;
use crate::domain::source::SourceWhat;
use crate::plain;
use crate::tui::app::action::Action;
use crate::tui::app::effect::Read;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::Response;
use crate::tui::overlays::record::{Link, Shown};
use crate::tui::panes::Update;
use crate::tui::panes::filter::PaneFilter;
use crate::tui::panes::marks::Marks;
use crate::tui::panes::place::PanePlace;
use crate::tui::panes::row_before::RowBefore;
use crate::tui::view::layout::PaneId;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::theme::{Depth, Theme};

pub use act::{act_on, captures, new_menu};
pub use outcomes::lever_word;
pub use view::draw;

/// From this width on, the columns stand side by side. In less, a title in half of it would be cut beside a page that has
/// room to spare.
const TWO_COLUMNS: usize = 140;

/// Where a board stands.
#[derive(Debug, Clone)]
pub struct Board {
    pane: PaneId,
    column: usize,
    /// Which records are shown.
    pub filter: PaneFilter,
    row_before: RowBefore<Link>,
    pub marks: Marks<RecordKey>,
    cursors: [Cursor; 2],
    selected: Option<Link>,
    height: usize,
    width: usize,
}

/// What a board is drawn from.
#[derive(Clone, Copy)]
pub struct BoardStyle<'a> {
    /// What is drawn.
    pub snapshot: &'a Snapshot,
    /// How it looks.
    pub theme: Theme,
    /// Columns that a line has.
    pub width: usize,
    /// What is chosen: of it more is said.
    pub chosen: Option<&'a Link>,
    /// By what its lists are ordered.
    pub filter: &'a PaneFilter,
}

/// One column of a board.
struct BoardColumn {
    title: &'static str,
    more: String,
    lines: Vec<Shown>,
    /// What of it is not noted here but comes from sources, which may be stale.
    rests_on: &'static [SourceWhat],
}

impl BoardColumn {
    /// The same with how old its data is, where that is too old.
    fn told_stale(mut self, snapshot: &Snapshot) -> Self {
        if let Some(stale) = snapshot.freshness.stale_words(self.rests_on) {
            let parts = [plain::harmless(&stale).into_owned(), self.more];
            self.more = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        }
        self
    }
}

impl Board {
    /// A board with its first line chosen.
    pub fn new(pane: PaneId) -> Self {
        Self {
            pane,
            column: 0,
            filter: PaneFilter::default(),
            row_before: RowBefore::default(),
            marks: Marks::default(),
            cursors: [Cursor::LIST; 2],
            selected: None,
            height: 0,
            width: 0,
        }
    }

    /// Where it stands, to be remembered.
    pub fn place(&self) -> PanePlace {
        PanePlace {
            cursors: self.cursors.iter().map(Cursor::place).collect(),
            column: self.column,
            filter: self.filter.text().to_owned(),
            order: self.filter.kept_orders(),
            ..PanePlace::default()
        }
    }

    /// Goes back to where it stood.
    pub fn lay(&mut self, place: &PanePlace, snapshot: &Snapshot) {
        self.filter.set(&place.filter, self.pane, &snapshot.reading);
        self.filter.take_orders(place.order.as_deref());
        self.column = place.column;
        self.cursors = [place.cursor(0), place.cursor(1)];
        self.selected = None;
    }

    /// A view is one list, which has all the room.
    const fn is_wide(&self) -> bool {
        self.width >= TWO_COLUMNS && self.filter.view().is_none()
    }

    /// Widths of the columns: the left one is the list that people compare.
    const fn widths(&self) -> [usize; 2] {
        if self.is_wide() {
            let left = self.width * 56 / 100;
            [left, self.width - left - 1]
        } else {
            [self.width, self.width]
        }
    }

    /// The same as keys need them, for whom colours are nothing.
    fn unlit_columns(&self, snapshot: &Snapshot) -> Vec<BoardColumn> {
        self.columns(snapshot, Theme::new(Depth::None, false))
    }

    fn columns(&self, snapshot: &Snapshot, theme: Theme) -> Vec<BoardColumn> {
        let [left, right] = self.widths();
        let (chosen, filter) = (self.selected.as_ref(), &self.filter);
        let look = |width| BoardStyle { snapshot, theme, width, chosen, filter };
        if let Some(view) = self.filter.view() {
            return vec![viewed::column(look(self.width), view).told_stale(snapshot)];
        }
        let [one, other] = match self.pane {
            PaneId::Change => [change::friction(look(left)), change::companions(look(right))],
            PaneId::Influence => [influence::people(look(left)), influence::companions(look(right))],
            _ => [outcomes::list(look(left)), outcomes::ledger(look(right))],
        }
        .map(|column| self.filtered(column, snapshot));
        let [one, other] =
            [(one, true), (other, false)].map(|(column, is_first)| self.told_order(column, is_first));
        let [mut one, other] = [one, other].map(|column| column.told_stale(snapshot));
        // Lines are left out only by a filter: a list that holds nothing says so itself.
        let fits_none = one.lines.is_empty() && other.lines.is_empty();
        if fits_none {
            let hint = "Nothing fits the filter. {back} shows everything again.";
            one.lines = outcomes::empty(hint, look(left)).collect();
        }
        if self.is_wide() {
            return vec![one, other];
        }
        if fits_none {
            return vec![one];
        }
        let mut lines = one.lines;
        lines.push(ratatui::text::Line::default().into());
        let heading = if other.more.is_empty() {
            other.title.to_owned()
        } else {
            format!("{}  {}", other.title, other.more)
        };
        lines.push(ratatui::text::Line::styled(format!(" {heading}"), theme.accent()).into());
        lines.extend(other.lines);
        vec![BoardColumn { lines, ..one }]
    }

    /// A column with the lines that fit: those that lead to a record, and between them what belongs to them.
    fn filtered(&self, mut column: BoardColumn, snapshot: &Snapshot) -> BoardColumn {
        if self.filter.is_empty() {
            return column;
        }
        column.lines.retain(|shown| match &shown.link {
            Some(Link::Record(key)) => self.filter.fits_record(key, snapshot),
            _ => false,
        });
        column.more = self.filter.told_fit(column.lines.len());
        column
    }

    /// Takes over a new snapshot or size; the chosen line stays chosen wherever it went.
    pub fn clamp(&mut self, snapshot: &Snapshot, (width, height): (usize, usize)) {
        (self.width, self.height) = (width, height);
        // A board is shown before what it reports is read: its first lines are still to come, and a later one would stay chosen.
        if self.selected.is_none() && !snapshot.standing_is_fresh() {
            return;
        }
        let columns = self.unlit_columns(snapshot);
        self.column = self.column.min(columns.len() - 1);
        if let Some(selected) = &self.selected {
            let found = columns.iter().enumerate().find_map(|(column, it)| {
                Some((column, it.lines.iter().position(|line| line.link.as_ref() == Some(selected))?))
            });
            if let Some((column, at)) = found {
                self.column = column;
                self.cursors[column].choose(at);
            }
        }
        for (cursor, column) in self.cursors.iter_mut().zip(&columns) {
            cursor.clamp(&column.lines, height);
        }
        self.selected = self.chosen_in(&columns).cloned();
        // A mark may lie outside the filter, but not on what is gone: an action would name it.
        self.marks.keep(|key| snapshot.books.title(key).is_some());
    }

    fn chosen_in<'a>(&self, columns: &'a [BoardColumn]) -> Option<&'a Link> {
        columns.get(self.column)?.lines.get(self.cursors[self.column].chosen()?)?.link.as_ref()
    }

    /// Goes to a record that was just added; false where the board does not show it.
    pub fn go_to(&mut self, key: &RecordKey, snapshot: &Snapshot) -> bool {
        let before = self.selected.replace(Link::Record(key.clone()));
        self.row_before.moved();
        self.clamp(snapshot, (self.width, self.height));
        let is_there = self.chosen().as_ref() == Some(key);
        if !is_there {
            self.selected = before;
            self.clamp(snapshot, (self.width, self.height));
        }
        is_there
    }

    pub fn chosen(&self) -> Option<RecordKey> {
        match &self.selected {
            Some(Link::Record(key)) => Some(key.clone()),
            Some(Link::Request(id)) => Some((*id).into()),
            _ => None,
        }
    }

    /// How what is chosen is read.
    pub fn read(&self) -> Option<Read> {
        self.selected.as_ref()?.read()
    }

    /// Runs an action.
    pub fn update(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match action {
            Action::Left => self.turn(0, snapshot),
            Action::Right => self.turn(1, snapshot),
            Action::NextPane | Action::PreviousPane => self.turn(1 - self.column, snapshot),
            Action::OpenEntry => return self.open(snapshot),
            Action::Mark | Action::MarkAll | Action::MarkRange | Action::InvertMarks => {
                return self.mark(action, snapshot);
            }
            Action::SetEntryDue => return act::ask_due(self.targets(), snapshot),
            Action::StepEntry | Action::EndEntry if self.marks.len() > 1 => {
                return act::act_on_many(action, &self.targets(), snapshot);
            }
            Action::StepEntry | Action::EndEntry => {
                return act_on(action, self.targets().first(), snapshot);
            }
            Action::NextMatch | Action::PreviousMatch => {
                self.match_from_here(action == Action::NextMatch, snapshot);
            }
            _ => match Step::of(action) {
                Some(step) => self.step(step, 1, snapshot),
                None => return act_on(action, self.chosen().as_ref(), snapshot),
            },
        }
        Update::default()
    }

    fn open(&self, snapshot: &Snapshot) -> Update {
        match self.selected.as_ref().map(Link::follow) {
            Some(Response::Do(effects)) => Update { effects, ..Update::default() },
            Some(Response::Open(overlay)) => Update::open(overlay),
            _ => Update::notice(snapshot.hints.say("nothing is here yet: {add} adds something")),
        }
    }

    fn turn(&mut self, column: usize, snapshot: &Snapshot) {
        // In a single column the other half lies below, where moving leads.
        if self.is_wide() {
            self.column = column;
            self.row_before.moved();
            // With nothing chosen by what it is, the cursor of that column decides.
            self.selected = None;
            self.clamp(snapshot, (self.width, self.height));
        }
    }

    fn match_from_here(&mut self, is_forward: bool, snapshot: &Snapshot) {
        let columns = self.unlit_columns(snapshot);
        self.row_before.moved();
        self.cursors[self.column].round(is_forward, &columns[self.column].lines, self.height);
        self.selected = self.chosen_in(&columns).cloned();
        self.clamp(snapshot, (self.width, self.height));
    }

    /// What actions on many work on: the marked ones, or the chosen one.
    pub fn targets(&self) -> Vec<RecordKey> {
        self.marks.or(self.chosen())
    }

    /// How many lines stand on the screen at once.
    pub fn rows_seen(&self) -> usize {
        self.height.max(1)
    }

    /// The marked ones, or all that the column with the cursor shows.
    pub fn marked_or_shown(&self, snapshot: &Snapshot) -> Vec<RecordKey> {
        if !self.marks.is_empty() {
            return self.targets();
        }
        let columns = self.unlit_columns(snapshot);
        let mut shown: Vec<RecordKey> = Vec::new();
        for key in columns[self.column].lines.iter().filter_map(record_of) {
            // Of the chosen one more lines may lead to it.
            if !shown.contains(&key) {
                shown.push(key);
            }
        }
        shown
    }

    /// Marks records of the column that has the cursor; what its other lines lead to is marked where it is at home.
    fn mark(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        let columns = self.unlit_columns(snapshot);
        let shown = columns[self.column].lines.iter().filter_map(record_of);
        let chosen = match &self.selected {
            Some(Link::Record(key)) if matches!(key, RecordKey::Numbered(..)) => Some(key.clone()),
            _ => None,
        };
        let is_marked = action == Action::Mark && chosen.is_some();
        let update = self.marks.act(action, chosen, shown, "no record is here to mark");
        if is_marked {
            self.step(Step::Row { is_forward: true }, 1, snapshot);
        }
        update.unwrap_or_default()
    }

    /// Moves so many times, or as far as it goes.
    pub fn step(&mut self, step: Step, times: usize, snapshot: &Snapshot) {
        let columns = self.unlit_columns(snapshot);
        let lines = &columns[self.column].lines;
        let before = self.cursors[self.column].row();
        self.row_before.moved();
        self.cursors[self.column].steps(step, times, lines, self.height);
        let now = self.cursors[self.column].row();
        self.marks.pass(lines[before.min(now)..].iter().take(before.abs_diff(now) + 1).filter_map(record_of));
        self.selected = self.chosen_in(&columns).cloned();
        // What was said under the row that was chosen before is gone.
        self.clamp(snapshot, (self.width, self.height));
    }

    /// Chooses a line by the mouse; true if it was chosen already.
    pub fn click(&mut self, (x, row): (usize, usize), snapshot: &Snapshot) -> bool {
        let column = usize::from(self.is_wide() && x > self.widths()[0]);
        let columns = self.unlit_columns(snapshot);
        let Some(lines) = columns.get(column).map(|it| &it.lines) else { return false };
        let Some(was_chosen) = self.cursors[column].click(row, lines, self.height) else { return false };
        self.row_before.moved();
        let was_focused = std::mem::replace(&mut self.column, column) == column;
        self.selected = self.chosen_in(&columns).cloned();
        self.clamp(snapshot, (self.width, self.height));
        was_chosen && was_focused
    }
}

/// The record that a line leads to.
fn record_of(line: &Shown) -> Option<RecordKey> {
    match &line.link {
        Some(Link::Record(key @ RecordKey::Numbered(..))) => Some(key.clone()),
        _ => None,
    }
}
