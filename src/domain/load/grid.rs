//! The grid: people by days, each cell with its hours in three layers and a state; folded into weeks and
//! disciplines by adding up, never by averaging.

use chrono::NaiveDate;

use super::capacity::{Away, PersonDays};
use super::lay::lay;
use super::truth::{ForcedOver, Verdict};
use super::{LoadModel, WorkItem};
use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::kept::KeptShare;
use crate::domain::minutes::Minutes;
use crate::domain::named::named_enum;
use crate::domain::words::{is_same_word, name_key};

named_enum! {
    /// What a cell says; the later in this list, the more it needs a decision.
    pub enum CellState {
        NoCapacity = "no-capacity", "no capacity",
        Slack = "slack", "free",
        Fits = "fits", "fits",
        Tight = "tight", "tight",
        Unknown = "unknown", "unknown",
        SpreadOver = "spread-over", "spread over but fits",
        ForcedOver = "forced-over", "over",
    }
}

/// One person on one day, or in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The day, or the Monday of the week.
    pub date: NaiveDate,
    /// Contracted less absences and holidays.
    pub effective: Minutes,
    /// Effective times planning factor.
    pub planning: Minutes,
    /// Estimated, confirmed work, late work included.
    pub confirmed: Minutes,
    /// The part of it whose deadline has passed.
    pub late: Minutes,
    /// Work that is not confirmed, whether it was estimated or not.
    pub tentative: Minutes,
    /// Work that nobody has estimated, at its tier's usual time.
    pub unknown: Minutes,
    /// All of its days are over: its layers are what was planned for a day, and what was done of a week.
    pub is_over: bool,
    /// What came off on days that are over.
    pub done: Minutes,
    /// The time to plan of days that are over.
    pub gone: Minutes,
    /// What the cell says.
    pub state: CellState,
    /// Why there is less capacity.
    pub away: Away,
}

/// What a cell says in one mark beside its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellMark {
    Late,
    Over,
    Unknown,
    Reshape,
    Tight,
    Maybe,
    Away,
    /// Away for a part of the day.
    PartAway,
    Holiday,
    Free,
    /// Nothing beyond its hours.
    None,
}

impl Cell {
    /// The hours that it shows and its mark: of several things that hold the one that needs a decision first.
    pub const fn mark(&self) -> (Minutes, CellMark) {
        let confirmed = self.confirmed;
        match self.state {
            _ if self.late.0 > 0 => (confirmed, CellMark::Late),
            CellState::ForcedOver => (confirmed, CellMark::Over),
            CellState::Unknown => (Minutes(confirmed.0 + self.unknown.0), CellMark::Unknown),
            CellState::SpreadOver => (confirmed, CellMark::Reshape),
            CellState::Tight => (confirmed, CellMark::Tight),
            CellState::NoCapacity => match self.away {
                Away::Whole | Away::Part => (Minutes::ZERO, CellMark::Away),
                Away::Holiday => (Minutes::ZERO, CellMark::Holiday),
                Away::No => (Minutes::ZERO, CellMark::None),
            },
            CellState::Fits if self.tentative.0 > 0 => {
                (Minutes(confirmed.0 + self.tentative.0), CellMark::Maybe)
            }
            CellState::Fits | CellState::Slack if matches!(self.away, Away::Part) => {
                (confirmed, CellMark::PartAway)
            }
            CellState::Fits => (confirmed, CellMark::None),
            CellState::Slack => (Minutes::ZERO, CellMark::Free),
        }
    }

    /// What a day is of a longer span. What was planned for a day that is over and not done is still to be done on a later
    /// one, so of such a day only what was done counts, or the same hours would be there twice.
    #[must_use]
    pub fn in_sum(&self) -> Self {
        if !self.is_over {
            return *self;
        }
        let none = Minutes::ZERO;
        let mut own = Self { confirmed: self.done, late: none, tentative: none, unknown: none, ..*self };
        own.state = match (own.confirmed.is_positive(), own.effective.is_positive()) {
            (true, _) => CellState::Fits,
            (false, true) => CellState::Slack,
            (false, false) => CellState::NoCapacity,
        };
        own
    }

    /// What part of the time that there is it takes, in per cent; of a role, which has none, nothing.
    pub const fn fullness(&self) -> i64 {
        let (planned, there) = (self.confirmed.0 + self.unknown.0, self.planning.0);
        match (planned, there) {
            (..=0, _) | (_, ..=0) => 0,
            // Anything more than all of it is warm.
            (planned, there) if planned > there => {
                let percent = planned * 100 / there;
                if percent > 100 { percent } else { 101 }
            }
            // Rounded up: whoever has anything to do is not as free as somebody with nothing.
            (planned, there) => (planned * 100 + there - 1) / there,
        }
    }
}

/// How warm a cell of some fullness in per cent is: 0 to 3 up to all of the time, 4 and 5 above; nothing where nothing is
/// planned. Screen and page have a ground for each.
pub const fn heat_level(percent: i64) -> Option<u8> {
    Some(match percent {
        ..=0 => return None,
        1..=35 => 0,
        36..=65 => 1,
        66..=90 => 2,
        91..=100 => 3,
        101..=130 => 4,
        _ => 5,
    })
}

#[derive(Debug, Clone, PartialEq, Eq)]
/// One line of the grid: a person, a role, or work that is nobody's.
pub struct LoadRow {
    pub person: PersonId,
    /// A placeholder: its cells are demand.
    pub is_role: bool,
    /// In the order of the days.
    pub cells: Vec<Cell>,
    /// Where it cannot work, whatever days are shown.
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
/// People by days, as the load is drawn and exported.
pub struct LoadGrid {
    pub from: NaiveDate,
    /// How many days each row has, from `from` on.
    pub days: usize,
    /// In the order of the team.
    pub rows: Vec<LoadRow>,
    /// Work that nobody holds: a row of demand, never over. `None` where there is none.
    pub nobody: Option<LoadRow>,
}

impl LoadModel {
    /// Draws the days from `from` on; they must lie within those that the model was made for.
    pub fn grid(&self, from: NaiveDate, days: usize) -> LoadGrid {
        // `at` moves days before the range to its start, where their hours would be drawn once more.
        debug_assert!(from >= self.capacity.from, "the model begins after the days that are drawn");
        let rows = self.capacity.people().iter().map(|person| self.row(person, (from, days), None)).collect();
        let nobody = self.capacity.of(super::NOBODY).map(|nobody| self.row(nobody, (from, days), None));
        LoadGrid { from, days, rows, nobody: nobody.filter(|_| !self.items_of(super::NOBODY).is_empty()) }
    }

    /// One person's row, with a piece of work that is only thought of if one is given.
    pub fn row_with(
        &self,
        person: PersonId,
        days: (NaiveDate, usize),
        extra: Option<&WorkItem>,
    ) -> Option<LoadRow> {
        self.capacity.of(person).map(|person| self.row(person, days, extra))
    }

    fn row(
        &self,
        person: &PersonDays,
        (from, days): (NaiveDate, usize),
        extra: Option<&WorkItem>,
    ) -> LoadRow {
        // Once it is given, a tentative or unknown piece of work decides nothing about "over", so it does not
        // here either; only the cost of yes weighs it as if it were confirmed.
        let verdict = self.verdict_with(person.person, extra.filter(|extra| extra.decides()));
        let mut cells: Vec<Cell> = from.iter_days().take(days).map(|date| self.blank(person, date)).collect();
        let start = self.capacity.at(from);
        let extra = extra.map(|extra| self.own_part(extra));
        let items: Vec<&WorkItem> = self.items_of(person.person).iter().chain(&extra).collect();
        for (item, parts) in items.iter().zip(lay(&items, person, self).parts) {
            for (at, minutes) in parts {
                if let Some(cell) = at.checked_sub(start).and_then(|at| cells.get_mut(at)) {
                    add(cell, item, minutes);
                }
            }
        }
        for cell in &mut cells {
            cell.state = state(cell, person.is_role, &verdict);
        }
        LoadRow { person: person.person, is_role: person.is_role, cells, verdict }
    }

    fn blank(&self, person: &PersonDays, date: NaiveDate) -> Cell {
        let at = self.capacity.at(date);
        Cell {
            date,
            effective: person.effective(at),
            planning: person.planning(at),
            confirmed: Minutes::ZERO,
            late: Minutes::ZERO,
            tentative: Minutes::ZERO,
            unknown: Minutes::ZERO,
            is_over: date < self.today,
            done: Minutes::ZERO,
            gone: if date < self.today { person.planning(at) } else { Minutes::ZERO },
            state: CellState::Slack,
            // An absence or a holiday takes nothing from a day without contracted hours, so a weekend is not
            // marked as away.
            away: if person.contracted(at).is_zero() { Away::No } else { person.away(at) },
        }
    }
}

fn add(cell: &mut Cell, item: &WorkItem, minutes: Minutes) {
    let layer = match (item.is_tentative, item.is_unknown) {
        (true, _) => &mut cell.tentative,
        (false, true) => &mut cell.unknown,
        (false, false) => &mut cell.confirmed,
    };
    *layer += minutes;
    // `late` is a part of `confirmed` and must never be more than it, so tentative and unknown late work is
    // left out.
    if item.is_late && item.decides() {
        cell.late += minutes;
    }
}

impl Cell {
    /// Lays what was planned for a day that is over into its cell.
    pub fn add_planned(&mut self, kept: &KeptShare) {
        match (kept.is_tentative, kept.is_unknown) {
            (true, _) => self.tentative += kept.planned,
            (false, true) => self.unknown += kept.planned,
            (false, false) => self.confirmed += kept.planned,
        }
        self.done += kept.done;
        // The truth test looks ahead from today; of a day that is over it has nothing to say, and nothing of it can be
        // re-shaped any more.
        self.state = match state(self, kept.is_role, &Verdict::default()) {
            CellState::SpreadOver => CellState::Fits,
            state => state,
        };
    }
}

fn state(cell: &Cell, is_role: bool, verdict: &Verdict) -> CellState {
    let holds = |from: NaiveDate, to: NaiveDate| from <= cell.date && cell.date <= to;
    let is_forced = verdict.forced.iter().any(|forced| holds(forced.from, forced.to));
    let has_work = cell.confirmed.is_positive() || cell.tentative.is_positive();
    // A weekend inside a run of days that cannot hold their work is no day that is over.
    if is_forced && (cell.effective.is_positive() || cell.confirmed.is_positive()) {
        CellState::ForcedOver
    // Before what is unknown: it does not fit as it lies whatever the guess turns out to be.
    } else if !is_role && cell.confirmed > cell.effective && cell.effective.is_positive() {
        CellState::SpreadOver
    // Before "tight" and "fits": with a guess on it nobody knows whether the day fits.
    } else if cell.unknown.is_positive() {
        CellState::Unknown
    // Demand of a role has no hours to be compared with, so it can be neither tight nor over.
    } else if is_role {
        if has_work { CellState::Fits } else { CellState::Slack }
    } else if cell.effective.is_zero() && cell.confirmed.is_zero() {
        CellState::NoCapacity
    } else if cell.confirmed > cell.effective {
        CellState::SpreadOver
    } else if cell.confirmed.is_positive() && verdict.tight.iter().any(|(from, to)| holds(*from, *to)) {
        CellState::Tight
    } else if has_work {
        CellState::Fits
    } else {
        CellState::Slack
    }
}

/// Cells of days as cells of weeks, Monday to Sunday.
pub fn weeks(cells: &[Cell]) -> Vec<Cell> {
    let mut weeks: Vec<Cell> = Vec::new();
    for cell in cells.iter().map(Cell::in_sum) {
        let monday = day::monday(cell.date);
        match weeks.last_mut().filter(|week| week.date == monday) {
            Some(week) => join(week, &cell),
            None => weeks.push(Cell { date: monday, ..cell }),
        }
    }
    weeks
}

impl LoadRow {
    /// Where it is over by the most, of what lies at least partly in some days.
    pub fn worst_in(&self, from: NaiveDate, to: NaiveDate) -> Option<&ForcedOver> {
        // Of two that are equal the earlier: `max_by_key` alone would answer with the last.
        self.over_in(from, to).max_by_key(|forced| (forced.over, std::cmp::Reverse(forced.from)))
    }

    /// Where it is over at least partly in some days.
    pub fn over_in(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &ForcedOver> {
        self.verdict.forced.iter().filter(move |forced| forced.from <= to && from <= forced.to)
    }
}

/// Adds a cell to another one: sums of hours, the state that most needs a decision.
fn join(sum: &mut Cell, cell: &Cell) {
    sum.effective += cell.effective;
    sum.planning += cell.planning;
    sum.confirmed += cell.confirmed;
    sum.late += cell.late;
    sum.tentative += cell.tentative;
    sum.unknown += cell.unknown;
    sum.done += cell.done;
    sum.gone += cell.gone;
    sum.is_over &= cell.is_over;
    sum.state = sum.state.max(cell.state);
    sum.away = match (sum.away, cell.away) {
        // Days without hours say nothing; one kind of absence in a week is told as it is, several as a part.
        (Away::No, other) | (other, Away::No) => other,
        (one, other) if one == other => one,
        _ => Away::Part,
    };
    // A day that looks over inside a week that has room is no news for the week.
    if sum.state == CellState::SpreadOver && sum.confirmed <= sum.effective {
        sum.state = if sum.unknown.is_positive() { CellState::Unknown } else { CellState::Fits };
    }
}

impl LoadGrid {
    /// The rows added up by a name, such as the discipline, as the first of them writes it; roles count as demand, not
    /// capacity.
    pub fn by(&self, name: impl Fn(PersonId) -> String) -> Vec<(String, Vec<Cell>)> {
        let mut groups: Vec<(String, Vec<Cell>)> = Vec::new();
        for row in &self.rows {
            let name = name(row.person);
            match groups.iter_mut().find(|(known, _)| is_same_word(known, &name)) {
                // Hours are added, and divided once: a mean of percentages would weigh whoever works half the
                // week like everybody else.
                Some((_, cells)) => cells.iter_mut().zip(&row.cells).for_each(|(sum, cell)| join(sum, cell)),
                None => groups.push((name, row.cells.clone())),
            }
        }
        groups.sort_by_cached_key(|(name, _)| name_key(name));
        groups
    }
}

/// Confirmed ÷ effective in per cent; `None` where there is no capacity, never zero or infinite.
pub const fn utilization(confirmed: Minutes, effective: Minutes) -> Option<i64> {
    // Half of the divisor on top makes a division of whole numbers round to the nearest.
    if effective.0 <= 0 { None } else { Some((confirmed.0 * 100 + effective.0 / 2) / effective.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_has_a_level_wherever_something_is_planned() {
        assert!(heat_level(0).is_none() && heat_level(-5).is_none());
        assert_eq!(
            [1, 35, 36, 90, 91, 100, 101, 130, 131].map(|it| heat_level(it).unwrap()),
            [0, 0, 1, 2, 3, 3, 4, 4, 5]
        );
    }
}
