//! The load pane: people by days or weeks, number and glyph in each cell, and what needs a decision in words.

mod cells;
mod notes;
mod others;
mod people;
mod rows;
mod said;
mod title;
mod view;
mod viewed;
mod widths;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::load::Cell;
use crate::domain::load::grid::weeks;
use crate::domain::view::{ListKind, Order};
use crate::domain::workdays;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Screen};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::Update;
use crate::tui::panes::filter::PaneFilter;
use crate::tui::panes::place::PanePlace;
use crate::tui::panes::row_before::{KeyedRows, RowBefore};
use crate::tui::view::layout::PaneId;
use crate::tui::view::list::{Cursor, Step};

use rows::{Groups, RowKind};

pub use people::{NO_LINE, act_on, add_menu, new_of, team_menu};
pub use view::{draw, draw_one, summary, trouble};

/// How many weeks the week view shows at most.
const WEEKS: usize = 26;

/// The column of a day in its week; of a weekend, which has none, the last.
fn column_of(today: NaiveDate) -> usize {
    usize::try_from(today.weekday().num_days_from_monday()).unwrap_or(0).min(4)
}

/// So many weeks are read at least: what is put off by some weeks moves, and is not gone.
const READ: usize = 4;

/// Where the pane stands.
#[derive(Debug, Clone)]
pub struct Load {
    /// First day shown.
    pub from: NaiveDate,
    /// Weeks instead of days.
    pub is_weeks: bool,
    /// Disciplines instead of people, added up.
    groups: Option<Groups>,
    /// Which rows are shown.
    pub filter: PaneFilter,
    row_before: RowBefore<PersonId>,
    /// Who the cursor stands on.
    chosen: Option<PersonId>,
    cursor: Cursor,
    column: usize,
    height: usize,
    width: usize,
    /// Of the whole screen.
    whole: usize,
}

impl Load {
    /// Begins with the week of a day.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            from: day::monday(today),
            is_weeks: false,
            groups: None,
            filter: PaneFilter::default(),
            row_before: RowBefore::default(),
            chosen: None,
            cursor: Cursor::default(),
            column: column_of(today),
            height: 1,
            width: 60,
            whole: 60,
        }
    }

    /// Days that have to be read for what is shown. Days are read for the whole screen, so that nothing is
    /// reckoned when the pane gets it; weeks would be too many for that.
    pub fn days(&self) -> usize {
        // Five columns are a week; the one more is for the days of a week that is cut.
        if self.is_weeks { self.columns() * 7 } else { (self.columns_in(self.whole) / 5 + 1).max(READ) * 7 }
    }

    /// Columns that fit.
    fn columns(&self) -> usize {
        self.columns_in(self.width)
    }

    fn columns_in(&self, width: usize) -> usize {
        widths::columns(width, self.is_weeks).min(if self.is_weeks { WEEKS } else { 70 })
    }

    /// Takes over a new snapshot or size: the widths of the pane and of the screen, the height of the rows of
    /// people.
    pub fn clamp(&mut self, snapshot: &Snapshot, (width, whole): (usize, usize), height: usize) {
        (self.width, self.whole, self.height) = (width, whole, height);
        // The sums are of the old days.
        if self.groups.is_some() {
            self.groups = Some(rows::groups(snapshot));
        }
        // By who it is and not by the row: somebody who comes in or is called otherwise moves the rows.
        let chosen = self.chosen;
        self.move_cursor(snapshot, |cursor, rows| {
            let row = chosen.and_then(|chosen| rows.iter().position(|row| row.person() == Some(chosen)));
            if let Some(row) = row {
                cursor.choose(row);
            }
            cursor.clamp(rows, height);
        });
        self.column = self.column.min(self.columns().saturating_sub(1));
    }

    /// Where it stands, to be remembered.
    pub fn place(&self) -> PanePlace {
        PanePlace {
            cursors: vec![self.cursor.place()],
            column: self.column,
            filter: self.filter.text().to_owned(),
            order: self.filter.kept_orders(),
            is_grouped: self.groups.is_some(),
            is_weeks: self.is_weeks,
            from: Some(self.from),
            ..PanePlace::default()
        }
    }

    /// Goes back to where it stood; the days were laid before anything was read.
    pub fn lay(&mut self, place: &PanePlace, snapshot: &Snapshot) {
        self.groups = place.is_grouped.then(|| rows::groups(snapshot));
        self.filter.set(&place.filter, PaneId::Load, &snapshot.reading);
        self.filter.take_orders(place.order.as_deref());
        (self.cursor, self.column, self.chosen) = (place.cursor(0), place.column, None);
    }

    /// Orders the people; whoever is chosen stays so.
    pub fn set_order(&mut self, order: Option<Order>, snapshot: &Snapshot) {
        let chosen = self.person(snapshot);
        self.filter.set_order(ListKind::People, order);
        if let Some(person) = chosen {
            self.go_to(person, snapshot);
        }
    }

    /// The rows from top to bottom.
    fn rows<'a>(&'a self, snapshot: &'a Snapshot) -> Vec<RowKind<'a>> {
        let all = rows::rows(snapshot, self.groups.as_ref(), self.filter.row_order(ListKind::People));
        if self.filter.is_empty() {
            return all;
        }
        self.grouped(all.into_iter().filter(|row| row.fits(&self.filter, snapshot)).collect(), snapshot)
    }

    /// The cells of a row that are shown: weekdays, or weeks. Weekends have no column of their own.
    fn shown(&self, cells: &[Cell]) -> Vec<Cell> {
        let cells = if self.is_weeks {
            weeks(cells)
        } else {
            cells.iter().filter(|cell| workdays::is_weekday(cell.date)).copied().collect()
        };
        cells.into_iter().take(self.columns()).collect()
    }

    /// The person and the days under the cursor.
    fn here(&self, snapshot: &Snapshot) -> Option<(String, Range<NaiveDate>)> {
        let row = *self.rows(snapshot).get(self.cursor.row())?;
        let person = row.person()?;
        let cell = *self.shown(row.cells()).get(self.column)?;
        let last = if self.is_weeks { day::plus(cell.date, 6) } else { cell.date };
        Some((snapshot.handle(person).to_owned(), cell.date..last))
    }

    /// Moves the cursor over the rows that are shown, which follow from the state that the cursor is a part of.
    fn move_cursor<T>(
        &mut self,
        snapshot: &Snapshot,
        step: impl FnOnce(&mut Cursor, &[RowKind<'_>]) -> T,
    ) -> T {
        let mut cursor = self.cursor;
        let rows = self.rows(snapshot);
        let moved = step(&mut cursor, &rows);
        let chosen = rows.get(cursor.row()).and_then(|row| row.person());
        (self.cursor, self.chosen) = (cursor, chosen);
        moved
    }

    /// Chooses a row by the mouse; true if it was chosen already.
    pub fn click(&mut self, seen: usize, snapshot: &Snapshot) -> bool {
        let height = self.height;
        self.row_before.moved();
        self.move_cursor(snapshot, |cursor, rows| cursor.click(seen, rows, height)) == Some(true)
    }

    /// Goes to somebody; false if they are not shown.
    pub fn go_to(&mut self, person: PersonId, snapshot: &Snapshot) -> bool {
        let height = self.height;
        self.move_cursor(snapshot, |cursor, rows| {
            let found = rows.iter().position(|row| row.person() == Some(person));
            if let Some(row) = found {
                cursor.choose(row);
                cursor.clamp(rows, height);
            }
            found.is_some()
        })
    }

    /// How what is under the cursor is read: the work of its days, a discipline, or a list of requests.
    pub fn read(&self, snapshot: &Snapshot) -> Option<Read> {
        match *self.rows(snapshot).get(self.cursor.row())? {
            RowKind::Group(name, _) => {
                let people = snapshot.grid.rows.iter().map(|row| row.person);
                let people = people.filter(|person| rows::is_in(*person, name, snapshot));
                Some(Read::OpenDiscipline(name.to_owned(), people.collect()))
            }
            RowKind::Unheld(_) => {
                Some(Read::OpenList("Work that nobody holds".to_owned(), snapshot.waiting.unheld.clone()))
            }
            RowKind::Review(review) => {
                Some(Read::OpenList(format!("In review {}", review.with()), review.requests.clone()))
            }
            RowKind::Heading { .. } => None,
            RowKind::Person(_) => {
                let (handle, days) = self.here(snapshot)?;
                Some(Read::OpenCell { handle, from: days.start, to: days.end })
            }
        }
    }

    /// The person under the cursor.
    pub fn person(&self, snapshot: &Snapshot) -> Option<PersonId> {
        self.rows(snapshot).get(self.cursor.row()).and_then(|row| row.person())
    }

    /// Runs an action.
    pub fn update(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match action {
            Action::OpenCell => return self.open(snapshot),
            Action::ByDiscipline => {
                self.groups = if self.groups.is_some() { None } else { Some(rows::groups(snapshot)) };
                // The rows are others now, and the same place among them would mean nobody in particular.
                (self.cursor, self.chosen) = (Cursor::default(), None);
                return Update::default();
            }
            Action::Left | Action::Right => return self.sideways(action == Action::Right),
            Action::LoadEarlier => return self.scroll(if self.is_weeks { -28 } else { -7 }),
            Action::LoadLater => return self.scroll(if self.is_weeks { 28 } else { 7 }),
            Action::Today => {
                self.from = day::monday(snapshot.today());
                self.column = if self.is_weeks { 0 } else { column_of(snapshot.today()) };
                return Update::effect(Effect::Screen(Screen::Reload));
            }
            Action::Weeks => {
                self.is_weeks = !self.is_weeks;
                let is_now = self.from == day::monday(snapshot.today());
                self.column = if is_now && !self.is_weeks { column_of(snapshot.today()) } else { 0 };
                return Update::effect(Effect::Screen(Screen::Reload));
            }
            Action::NextMatch | Action::PreviousMatch => {
                let height = self.height;
                let is_next = action == Action::NextMatch;
                self.row_before.moved();
                self.move_cursor(snapshot, |cursor, rows| cursor.round(is_next, rows, height));
                return Update::default();
            }
            _ => {}
        }
        if let Some(step) = Step::of(action) {
            self.step(step, 1, snapshot);
        }
        Update::default()
    }

    /// Moves so many times, or as far as it goes.
    pub fn step(&mut self, step: Step, times: usize, snapshot: &Snapshot) {
        let height = self.height;
        self.row_before.moved();
        self.move_cursor(snapshot, |cursor, rows| cursor.steps(step, times, rows, height));
    }

    /// Enter opens what the page shows.
    fn open(&self, snapshot: &Snapshot) -> Update {
        let rows = self.rows(snapshot);
        let hint = view::empty_hint(self, snapshot, &rows);
        self.read(snapshot).map_or_else(
            || {
                let none = "nobody is in the team yet: {add-person} adds a person";
                Update::notice(snapshot.hints.say(hint.unwrap_or(none)))
            },
            |read| Update::effect(Effect::Read(read)),
        )
    }

    fn scroll(&mut self, days: i64) -> Update {
        self.from = day::plus(self.from, days);
        Update::effect(Effect::Screen(Screen::Reload))
    }

    /// One cell left or right; at the edge the days move by a week.
    fn sideways(&mut self, is_right: bool) -> Update {
        if is_right && self.column + 1 < self.columns() {
            self.column += 1;
        } else if !is_right && self.column > 0 {
            self.column -= 1;
        } else {
            if !self.is_weeks {
                // The days move by five columns, and the cursor by one: what it stands on is the next day, not
                // the next week.
                self.column = if is_right {
                    self.column.saturating_sub(4)
                } else {
                    (self.column + 4).min(self.columns().saturating_sub(1))
                };
            }
            return self.scroll(if is_right { 7 } else { -7 });
        }
        Update::default()
    }
}

impl KeyedRows for Load {
    type Key = PersonId;

    fn shown_text(&self) -> &str {
        self.filter.text()
    }

    fn show(&mut self, text: &str, snapshot: &Snapshot) -> bool {
        let chosen = self.person(snapshot);
        self.filter.set(text, PaneId::Load, &snapshot.reading);
        // The cursor counts rows, and the same person stands on another one now.
        if let Some(person) = chosen {
            self.go_to(person, snapshot);
        }
        self.filter.view().is_some()
    }

    fn chosen_row(&self, snapshot: &Snapshot) -> Option<PersonId> {
        self.person(snapshot)
    }

    fn go_to_row(&mut self, person: &PersonId, snapshot: &Snapshot) -> bool {
        self.go_to(*person, snapshot)
    }

    fn row_before(&mut self) -> &mut RowBefore<PersonId> {
        &mut self.row_before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_on_today_and_on_a_weekend_on_the_last_day_before_it() {
        let columns =
            [23, 25, 27, 28, 29].map(|day| Load::new(NaiveDate::from_ymd_opt(2026, 11, day).unwrap()).column);
        assert_eq!(columns, [0, 2, 4, 4, 4]);
    }
}
