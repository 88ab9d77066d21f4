//! The one list: rows of which some can be chosen, a cursor, paging, the mouse. Queue, boards, pages, documents and
//! menus all move through it, so that a key or a click means the same wherever a list is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::tui::app::action::Action;
use crate::tui::view::paint;

/// The rows of a list, as far as the cursor cares. What can be chosen may take several rows, one below the other.
pub trait Rows {
    /// What tells one item from another.
    type Item: PartialEq;

    /// How many there are.
    fn count(&self) -> usize;

    /// What a row belongs to; `None` for headings and what is only read. Rows of one item stand together.
    fn item(&self, row: usize) -> Option<Self::Item>;

    /// False for rows of an item that say more of it, and are not marked with it.
    fn is_first(&self, _row: usize) -> bool {
        true
    }
}

/// So many rows that can each be chosen.
impl Rows for usize {
    type Item = Self;

    fn count(&self) -> usize {
        *self
    }

    fn item(&self, row: usize) -> Option<usize> {
        Some(row)
    }
}

/// Where a list stands. It is brought in line with its rows at every move, so that drawing changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The first row of what is chosen.
    at: Option<usize>,
    /// The first row that is seen.
    top: usize,
    /// Read from top to bottom: nothing is chosen until the cursor is moved.
    is_read: bool,
}

/// A way to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Down by one, up if it is not forward.
    Row { is_forward: bool },
    /// Down by a page, up if it is not forward.
    Page { is_forward: bool },
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// The way in which an action moves, if it does.
    pub const fn of(action: Action) -> Option<Self> {
        Some(match action {
            // Two names for one way: where letters are typed or choose something, only keys that are no letters
            // may move, so that the two have keys of their own.
            Action::Down | Action::NextItem => Self::Row { is_forward: true },
            Action::Up | Action::PreviousItem => Self::Row { is_forward: false },
            Action::PageDown | Action::NextItems => Self::Page { is_forward: true },
            Action::PageUp | Action::PreviousItems => Self::Page { is_forward: false },
            Action::Top => Self::First,
            Action::Bottom => Self::Last,
            _ => return None,
        })
    }
}

impl Default for Cursor {
    fn default() -> Self {
        Self::LIST
    }
}

impl Cursor {
    /// At the first that can be chosen.
    pub const LIST: Self = Self { at: Some(0), top: 0, is_read: false };
    /// At the top of something to read.
    pub const READING: Self = Self { at: None, top: 0, is_read: true };

    /// On a row, with another one as the first that is seen.
    pub const fn at(row: usize, top: usize) -> Self {
        Self { at: Some(row), top, is_read: false }
    }

    /// The chosen row and the first that is seen.
    pub fn place(&self) -> (usize, usize) {
        (self.row(), self.top)
    }

    /// The first row of what is chosen.
    pub const fn chosen(&self) -> Option<usize> {
        self.at
    }

    /// The chosen row, or the first where nothing can be chosen.
    pub fn row(&self) -> usize {
        self.at.unwrap_or(0)
    }

    /// Chooses a row; [`Cursor::clamp`] brings it into sight.
    pub const fn choose(&mut self, row: usize) {
        self.at = Some(row);
    }

    /// The first row of what is chosen of `rows`, whether it was brought in line with them or not.
    pub fn chosen_of(&self, rows: &(impl Rows + ?Sized)) -> Option<usize> {
        self.settled(rows, rows.count().max(1)).at
    }

    /// The rows that are seen.
    pub fn seen(&self, rows: &(impl Rows + ?Sized), height: usize) -> std::ops::Range<usize> {
        let top = self.settled(rows, height).top;
        top..rows.count().min(top + height)
    }

    /// Rows below those that are seen.
    pub fn below(&self, rows: &(impl Rows + ?Sized), height: usize) -> usize {
        rows.count().saturating_sub(self.settled(rows, height).top + height)
    }

    /// Moves among `rows` of which `height` are seen. What cannot be seen together with what is chosen is scrolled to
    /// row by row, so that nothing is passed unread.
    pub fn step(&mut self, step: Step, rows: &(impl Rows + ?Sized), height: usize) {
        // A window can be too small for any row, and a page of none would never move.
        let height = height.max(1);
        self.clamp(rows, height);
        match step {
            Step::Row { is_forward } => {
                let next = if is_forward { self.next(rows) } else { self.previous(rows) };
                // Where nothing is chosen yet, the edge that the eye comes from.
                let sight = self.at.unwrap_or(if is_forward { self.top } else { self.top + height - 1 });
                let is_near = |next: &usize| {
                    self.sees(*next, rows, height) || last(rows, *next).max(sight) - sight.min(*next) < height
                };
                match next.filter(is_near) {
                    Some(next) => self.at = Some(next),
                    None => self.scroll(1, is_forward, rows, height),
                }
                // What stands above the first that can be chosen is its heading.
                let is_first = next.is_some() && within_back(rows, 0, self.at.unwrap_or(0)).is_none();
                if !is_forward && is_first && self.at.is_some_and(|at| last(rows, at) < height) {
                    self.top = 0;
                }
            }
            Step::Page { is_forward } => self.turn(is_forward, rows, height),
            Step::First => {
                self.top = 0;
                self.at = self.first_seen(rows, height);
            }
            Step::Last => {
                self.top = rows.count().saturating_sub(height);
                self.at = self.last_seen(rows, height);
            }
        }
        self.clamp(rows, height);
    }

    /// Moves so often, or as far as it goes.
    pub fn steps(&mut self, step: Step, times: usize, rows: &(impl Rows + ?Sized), height: usize) {
        for _ in 0..times {
            let before = *self;
            self.step(step, rows, height);
            if *self == before {
                break;
            }
        }
    }

    /// Goes to the next or the previous that can be chosen, and round at the end.
    pub fn round(&mut self, is_forward: bool, rows: &(impl Rows + ?Sized), height: usize) {
        let beyond = if is_forward { self.next(rows) } else { self.previous(rows) };
        let step = match (beyond.is_some(), is_forward) {
            (true, _) => Step::Row { is_forward },
            (false, true) => Step::First,
            (false, false) => Step::Last,
        };
        self.step(step, rows, height);
    }

    /// True if all of what begins in a row is seen, or its beginning at the top where it is longer than that.
    fn sees(&self, at: usize, rows: &(impl Rows + ?Sized), height: usize) -> bool {
        at >= self.top && last(rows, at).min(at + height - 1) < self.top + height
    }

    /// The first that can be chosen and is seen.
    fn first_seen(&self, rows: &(impl Rows + ?Sized), height: usize) -> Option<usize> {
        within(rows, self.top, (self.top + height).min(rows.count()))
            .filter(|at| self.sees(*at, rows, height))
    }

    /// The last that can be chosen and is seen.
    fn last_seen(&self, rows: &(impl Rows + ?Sized), height: usize) -> Option<usize> {
        let mut end = (self.top + height).min(rows.count());
        while let Some(at) = within_back(rows, self.top, end) {
            if self.sees(at, rows, height) {
                return Some(at);
            }
            end = at;
        }
        None
    }

    /// The next that can be chosen, its first row.
    fn next(&self, rows: &(impl Rows + ?Sized)) -> Option<usize> {
        within(rows, self.at.map_or(self.top, |at| last(rows, at) + 1), rows.count())
    }

    fn previous(&self, rows: &(impl Rows + ?Sized)) -> Option<usize> {
        within_back(rows, 0, self.at.unwrap_or(rows.count()))
    }

    /// Moves what is seen; what is chosen goes along at the edge.
    fn scroll(&mut self, by: usize, is_forward: bool, rows: &(impl Rows + ?Sized), height: usize) {
        let most = rows.count().saturating_sub(height);
        self.top = if is_forward { (self.top + by).min(most) } else { self.top.saturating_sub(by) };
        if self.at.is_none_or(|at| !self.sees(at, rows, height)) {
            self.at = if is_forward { self.first_seen(rows, height) } else { self.last_seen(rows, height) };
        }
    }

    /// A page on or back with one row of the old one in sight; what is chosen keeps its place on the screen. On the
    /// last page it goes to the end.
    fn turn(&mut self, is_forward: bool, rows: &(impl Rows + ?Sized), height: usize) {
        let (page, before) = ((height - 1).max(1), self.top);
        let place = self.at.unwrap_or(self.top);
        self.scroll(page, is_forward, rows, height);
        self.at = match (self.top == before, is_forward) {
            (true, true) => self.last_seen(rows, height),
            (true, false) => self.first_seen(rows, height),
            (false, _) => {
                let wanted = (place + self.top).saturating_sub(before);
                let near = within(rows, wanted, (self.top + height).min(rows.count()));
                near.filter(|at| self.sees(*at, rows, height)).or_else(|| self.last_seen(rows, height))
            }
        };
    }

    /// Chooses what stands in a row that is seen, counted from the first; true if it was chosen already, `None` if
    /// nothing can be chosen there.
    pub fn click(&mut self, seen: usize, rows: &(impl Rows + ?Sized), height: usize) -> Option<bool> {
        self.clamp(rows, height);
        // Counted after it was brought in line, as drawing does: the row under the mouse is the one that was
        // drawn.
        let row = self.top + seen;
        let hit =
            (seen < height && row < rows.count() && rows.item(row).is_some()).then(|| first(rows, row))?;
        Some(self.at.replace(hit) == Some(hit))
    }

    /// Brings the cursor in line with `rows` of which `height` are seen.
    pub fn clamp(&mut self, rows: &(impl Rows + ?Sized), height: usize) {
        *self = self.settled(rows, height);
    }

    /// The same in line with its rows: on something that can be chosen, and that in sight.
    /// Where nothing is seen, what was seen last is kept for when it is again.
    fn settled(mut self, rows: &(impl Rows + ?Sized), height: usize) -> Self {
        if height == 0 {
            return Self { top: self.top, ..self.settled(rows, 1) };
        }
        let count = rows.count();
        // Rows may have gone since: no blanks stand below the last one while others are out of sight above.
        self.top = self.top.min(count.saturating_sub(height));
        let near = self.at.map(|at| at.min(count.saturating_sub(1)));
        self.at = match near {
            // Where what was chosen is gone, the row that came after it is nearer to what was meant than the
            // one before.
            Some(at) => within(rows, at, count).or_else(|| within_back(rows, 0, at)),
            None if self.is_read => None,
            None => self.first_seen(rows, height),
        };
        if near.is_some_and(|at| at < count && rows.item(at).is_some()) {
            self.at = near.map(|at| first(rows, at));
        }
        if let Some(at) = self.at {
            // Of what is longer than all that is seen, its beginning.
            self.top = self.top.max((last(rows, at) + 1).saturating_sub(height)).min(at);
        }
        self
    }

    /// Draws the rows that are seen, what is chosen in its style.
    pub fn draw(
        self,
        rows: &(impl Rows + ?Sized),
        (buffer, area): (&mut Buffer, Rect),
        chosen: Style,
        line: impl Fn(usize) -> Line<'static>,
    ) {
        // Settled for this height once more, which may be another than at the last move; a copy, since drawing
        // borrows only.
        let cursor = self.settled(rows, usize::from(area.height));
        let item = cursor.at.and_then(|at| rows.item(at));
        for (at, row) in (0..area.height).zip(cursor.top..rows.count()) {
            paint::put(buffer, area, at, &line(row));
            if item.is_some() && rows.item(row) == item && rows.is_first(row) {
                paint::style_row(buffer, area, at, chosen);
            }
        }
    }
}

/// The first row of what a row belongs to.
fn first(rows: &(impl Rows + ?Sized), row: usize) -> usize {
    (0..=row).rev().take_while(|above| rows.item(*above) == rows.item(row)).last().unwrap_or(row)
}

/// The last row of what a row belongs to.
fn last(rows: &(impl Rows + ?Sized), row: usize) -> usize {
    (row..rows.count()).take_while(|below| rows.item(*below) == rows.item(row)).last().unwrap_or(row)
}

/// The first that can be chosen and begins in `from..to`.
fn within(rows: &(impl Rows + ?Sized), from: usize, to: usize) -> Option<usize> {
    (from..to).find(|row| rows.item(*row).is_some() && first(rows, *row) == *row)
}

/// The last that can be chosen and begins in `from..to`.
fn within_back(rows: &(impl Rows + ?Sized), from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|row| rows.item(*row).is_some() && first(rows, *row) == *row)
}

#[cfg(test)]
mod tests;
