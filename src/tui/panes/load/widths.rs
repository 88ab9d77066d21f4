//! How the columns of the load share its width: days first, then who it is and what is said of them, and of what
//! discipline where that leaves room for those words.

use chrono::NaiveDate;

use super::Load;
use super::cells::{DAY, WEEK};
use super::notes;
use super::rows::RowKind;
use super::said::{self, Fullness};
use crate::domain::load::LoadRow;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;

/// Beside so many columns and more a discipline stands; its days leave it a column from 130 on.
const WITH_DISCIPLINE: usize = 59;
/// From so many on, disciplines as long as `art direction` have their whole name.
const WITH_WHOLE: usize = 66;
/// A wide pane says a whole sentence of somebody rather than one more week.
const WITH_SENTENCE: usize = 101;
/// `to give` and the mark of a chosen row: names have at least so much.
const NAME: usize = 7;
/// Longer handles are rare, and would take the room of what is said.
const LONGEST_NAME: usize = 12;
const LONGEST_GROUP: usize = 24;
/// Disciplines have their whole names or no column; longer ones than these are rare, and are cut.
const LONGEST_DISCIPLINE: usize = 14;
/// At least so much stays for what is said of a person: `over 8h R-25` is whole.
const NOTE: usize = 12;

/// How many days or weeks fit a width.
pub fn columns(width: usize, is_weeks: bool) -> usize {
    // Names, disciplines and words, as far as they have columns of their own.
    let beside = match width {
        0..WITH_WHOLE => NAME + NOTE + 1,
        WITH_WHOLE..WITH_SENTENCE => NAME + 14 + NOTE,
        _ => NAME + 14 + 31,
    };
    let room = width.saturating_sub(beside + 2);
    if is_weeks {
        (room / WEEK).max(1)
    } else {
        // Five days and a gap.
        let weeks = (room + 1) / (5 * DAY + 1);
        (weeks * 5).max(5)
    }
}

/// The widths of one drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Widths {
    /// Who it is, with a gap.
    pub name: usize,
    /// Of what discipline, with a gap; none where it has no column.
    pub discipline: usize,
    /// The days or weeks.
    cells: usize,
    /// What is said at the end.
    pub note: usize,
    /// In which form it is said by how much people are over.
    pub form: Fullness,
}

impl Widths {
    /// For the rows that are drawn, as they would be with a ghost.
    pub fn of(
        rows: &[RowKind<'_>],
        (state, ghost): (&Load, Option<&Ghost>),
        snapshot: &Snapshot,
        (width, beside): (usize, usize),
    ) -> Self {
        let Needs { people, days, cells, names, said } = Needs::of(rows, (state, ghost), snapshot);
        // A blank at the left, and one before the words.
        let room = width.saturating_sub(2 + cells + beside);
        let name = names.min(room.saturating_sub(said)).max(NAME);
        let left = room.saturating_sub(name + said);
        let longest = rows.iter().map(|row| plain::width(named(row, snapshot).1)).max().unwrap_or(0);
        // What a view asks for stands in its place.
        let has_discipline =
            beside == 0 && width >= WITH_DISCIPLINE && longest > 0 && longest.min(LONGEST_DISCIPLINE) < left;
        let discipline = if has_discipline { (longest + 1).min(left) } else { 0 };
        let note = room.saturating_sub(name + discipline);
        Self { name, discipline, cells, note, form: Fullness::of(&people, days, snapshot, note) }
    }

    /// What the days, who it is and the shortest words about being over leave to the columns of a view.
    pub fn spare(
        rows: &[RowKind<'_>],
        around: (&Load, Option<&Ghost>),
        snapshot: &Snapshot,
        width: usize,
    ) -> usize {
        let Needs { cells, names, said, .. } = Needs::of(rows, around, snapshot);
        width.saturating_sub(2 + cells + names.max(NAME) + said)
    }

    /// What may be said where there are no days.
    pub const fn across(self) -> usize {
        self.cells + self.note
    }
}

/// What rows need before anything else gets room.
struct Needs<'a> {
    people: Vec<&'a LoadRow>,
    /// The first and the last day that are shown.
    days: Option<(NaiveDate, NaiveDate)>,
    /// The days or weeks.
    cells: usize,
    /// Who it is, with a gap.
    names: usize,
    /// The shortest words about being over or late.
    said: usize,
}

impl<'a> Needs<'a> {
    fn of(rows: &[RowKind<'a>], (state, ghost): (&Load, Option<&'a Ghost>), snapshot: &Snapshot) -> Self {
        let people: Vec<&LoadRow> = rows.iter().filter_map(|row| row.after(ghost).load_row()).collect();
        // A heading has no days.
        let first = rows.iter().find(|row| !matches!(row, RowKind::Heading { .. }));
        let shown = first.map(|row| state.shown(row.cells())).unwrap_or_default();
        let days = notes::span(&shown, state.is_weeks);
        let count = shown.len().max(1);
        let (column, gaps) = if state.is_weeks { (WEEK, 0) } else { (DAY, (count - 1) / 5) };
        let said = people.iter().map(|row| said::least(row, days, snapshot)).max().unwrap_or(0).max(NOTE);
        let most = if state.groups.is_some() { LONGEST_GROUP } else { LONGEST_NAME };
        let names = rows.iter().map(|row| plain::width(named(row, snapshot).0)).max().unwrap_or(0);
        Self { people, days, cells: count * column + gaps, names: names.min(most - 1) + 1, said }
    }
}

/// Who a row is about and their discipline; the other rows go on over both columns.
fn named<'a>(row: &RowKind<'a>, snapshot: &'a Snapshot) -> (&'a str, &'a str) {
    match row {
        RowKind::Person(_) | RowKind::Group(..) => row.names(snapshot),
        RowKind::Unheld(_) | RowKind::Review(_) | RowKind::Heading { .. } => ("", ""),
    }
}
