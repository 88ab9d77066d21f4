//! What is said of a person beside their days, the worst first.

use chrono::NaiveDate;
use ratatui::style::Style;

use super::said::{self, Fullness};
use crate::domain::day;
use crate::domain::load::{Cell, CellState, LoadRow};
use crate::domain::minutes::Minutes;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::theme::Theme;

/// The first and the last day that are shown.
pub(super) fn span(cells: &[Cell], is_weeks: bool) -> Option<(NaiveDate, NaiveDate)> {
    let last = cells.last().map(|cell| if is_weeks { day::plus(cell.date, 6) } else { cell.date })?;
    cells.first().map(|first| (first.date, last))
}

/// What is said of a person in so much room and in the form of its column. Only of the days shown: words about others
/// would stand beside days that they are not true of.
pub(super) fn notes(
    row: &LoadRow,
    (cells, is_weeks): (&[Cell], bool),
    snapshot: &Snapshot,
    (theme, form, room): (Theme, Fullness, usize),
) -> Vec<(String, Style)> {
    let Some(days) = span(cells, is_weeks) else { return Vec::new() };
    let left = left_of(cells, is_weeks, snapshot.today());
    let (open, planning) = open(cells, is_weeks, snapshot.today());
    let sum = |of: fn(&Cell) -> Minutes| left.iter().map(of).sum::<Minutes>();
    let confirmed = sum(|cell| cell.confirmed);
    let (tentative, unknown) = (sum(|cell| cell.tentative), sum(|cell| cell.unknown));
    if row.is_role {
        let text = if confirmed.is_zero() {
            String::new()
        } else {
            format!("{} to find", hours_and_minutes(confirmed + unknown))
        };
        return vec![(text, theme.warn())];
    }
    let mut said = Vec::new();
    said.extend(said::over(row, days, snapshot, (form, room)).map(|text| (text, theme.critical())));
    if is_late_in(left, days, snapshot) {
        said.extend(said::late(row, (form, room)).map(|text| (text, theme.critical())));
    }
    let guess =
        unknown.is_positive().then(|| (format!("{} unknown", hours_and_minutes(unknown)), theme.warn()));
    // A guess for which there is no time beside what is known is worse than what is known to fit.
    said.extend(guess.clone().filter(|_| unknown > open));
    let is_shown = |day: NaiveDate| days.0 <= day && day <= days.1;
    let tight = row.verdict.tight.iter().map(|(_, to)| *to).filter(|to| is_shown(*to)).max();
    if let Some(to) = tight {
        let day = day::column_text(to, snapshot.today(), &snapshot.reading.calendar);
        said.push((format!("tight {day}"), theme.warn()));
    }
    if left.iter().any(|cell| cell.state == CellState::SpreadOver) {
        let text = if room < 18 { "re-shape" } else { "fits if re-shaped" };
        said.push((text.to_owned(), theme.warn()));
    }
    said.extend(guess.filter(|_| unknown <= open));
    if tentative.is_positive() {
        said.push((format!("maybe {}", hours_and_minutes(tentative)), theme.dim()));
    }
    if said.is_empty() {
        said.push((free_words(open, planning), theme.dim()));
    }
    said
}

/// What is open of the days that are not over, and the time that there is in them.
pub(super) fn open(cells: &[Cell], is_weeks: bool, today: NaiveDate) -> (Minutes, Minutes) {
    let left = left_of(cells, is_weeks, today);
    let sum = |of: fn(&Cell) -> Minutes| left.iter().map(of).sum::<Minutes>();
    let (mut planning, mut confirmed) = (sum(|cell| cell.planning), sum(|cell| cell.confirmed));
    if !left.iter().all(|cell| cell.is_over) {
        // Of this week only what is still to come: nobody does anything any more on a day that is over.
        planning -= sum(|cell| cell.gone);
        confirmed -= sum(|cell| if cell.is_over { cell.confirmed } else { cell.done });
    }
    ((planning - confirmed).at_least_zero(), planning)
}

pub(super) fn free_words(open: Minutes, planning: Minutes) -> String {
    match (open.is_zero(), planning.is_zero()) {
        (true, true) => "away".to_owned(),
        (true, false) => "full".to_owned(),
        // Less than half an hour would be none.
        _ if open.rounded_hours() == 0 => format!("{open} open"),
        _ => format!("{}h open", open.rounded_hours()),
    }
}

/// The days that are not over; of a span that is, all of it: its hours are those that were planned.
fn left_of(cells: &[Cell], is_weeks: bool, today: NaiveDate) -> &[Cell] {
    let first = if is_weeks { day::monday(today) } else { today };
    match cells.iter().position(|cell| cell.date >= first) {
        Some(at) => &cells[at..],
        None => cells,
    }
}

/// Late work lies from today on; on days after all of it there is none.
fn is_late_in(cells: &[Cell], (from, to): (NaiveDate, NaiveDate), snapshot: &Snapshot) -> bool {
    let today = snapshot.today();
    (from <= today && today <= to) || cells.iter().any(|cell| cell.late.is_positive())
}

/// Whole hours where they are whole: a cell says no more either.
fn hours_and_minutes(minutes: Minutes) -> String {
    if minutes.0 >= 600 { format!("{}h", minutes.rounded_hours()) } else { minutes.to_string() }
}
