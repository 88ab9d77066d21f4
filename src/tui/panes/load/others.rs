//! What is said of rows that are no person: disciplines, work that nobody holds, and what waits for a decider.

use chrono::NaiveDate;
use ratatui::style::Style;

use super::notes;
use super::rows::is_in;
use super::said::{self, Fullness};
use crate::domain::day;
use crate::domain::load::{Cell, LoadRow};
use crate::domain::minutes::Minutes;
use crate::ops::books::report::requests;
use crate::ops::waiting::ReviewLoad;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::theme::Theme;

/// `13 held by nobody · ana, until 30 Nov`: whose work after their last day is among it. Where that does not fit, the
/// name of the row has to say who holds it.
pub(super) fn unheld_note(snapshot: &Snapshot, room: usize) -> String {
    let behind = snapshot.waiting.left_behind.iter().map(|(who, last)| {
        format!("{}, until {}", snapshot.handle(*who), day::day_near(*last, snapshot.today()))
    });
    let count = snapshot.waiting.unheld.len();
    let whole = format!("{count} held by nobody");
    let held = if plain::width(&whole) > room { requests(count) } else { whole };
    let parts: Vec<String> = std::iter::once(held).chain(behind).collect();
    parts.join(" · ")
}

/// `2 wait for Priya Nair, oldest 4 days: R-35 R-40`; which they are stands last, since the page names them too.
pub(super) fn review_note(review: &ReviewLoad, room: usize) -> String {
    let keys: Vec<String> = review.requests.iter().map(ToString::to_string).collect();
    let waits = review.said();
    let named = format!("{waits}: {}", keys.join(" "));
    if plain::width(&named) > room { waits } else { named }
}

/// Those of a discipline who are over in some days, by how much, the worst first.
fn over_in<'a>(
    name: &str,
    days: (NaiveDate, NaiveDate),
    snapshot: &'a Snapshot,
) -> Vec<(Minutes, &'a LoadRow)> {
    let rows = snapshot.grid.rows.iter().filter(|row| is_in(row.person, name, snapshot));
    let mut over: Vec<(Minutes, &LoadRow)> =
        rows.map(|row| (said::over_in(row, days), row)).filter(|(over, _)| over.is_positive()).collect();
    over.sort_by_key(|(over, _)| std::cmp::Reverse(*over));
    over
}

/// `over 87h: bo ana`, or how much of its time is open.
pub(super) fn group_note(
    name: &str,
    (cells, is_weeks): (&[Cell], bool),
    snapshot: &Snapshot,
    (theme, room): (Theme, usize),
) -> (String, Style) {
    let days = notes::span(cells, is_weeks);
    let over = days.map(|days| over_in(name, days, snapshot)).unwrap_or_default();
    if over.is_empty() {
        return free_in(name, days, snapshot, theme);
    }
    let sum = over.iter().map(|(over, _)| *over).sum::<Minutes>();
    let names: Vec<&str> = over.iter().map(|(_, row)| snapshot.handle(row.person)).collect();
    let hours = Fullness::Hours.amount(sum);
    let forms = [format!("over {sum}: {}", names.join(" ")), format!("over {hours}: {}", names.join(" "))];
    let first = names.first().copied().unwrap_or_default();
    let more = if names.len() > 1 { "+" } else { "" };
    let fits = |text: &String| plain::width(text) <= room;
    // A name is whole or not there; the plus says that there are more of them.
    let text = forms.into_iter().find(fits).unwrap_or_else(|| format!("over {hours}: {first}{more}"));
    (text, theme.critical())
}

/// What a discipline still has to find somebody for, or how much of its people's time is open: what one has too much of
/// is no time that another one has less, and a role has none of its own.
fn free_in(
    name: &str,
    days: Option<(NaiveDate, NaiveDate)>,
    snapshot: &Snapshot,
    theme: Theme,
) -> (String, Style) {
    let is_shown = |cell: &&Cell| days.is_some_and(|(from, to)| from <= cell.date && cell.date <= to);
    let rows = snapshot.grid.rows.iter().filter(|row| is_in(row.person, name, snapshot));
    let (mut open, mut planning, mut to_find) = (Minutes::ZERO, Minutes::ZERO, Minutes::ZERO);
    for row in rows {
        let cells: Vec<Cell> = row.cells.iter().filter(is_shown).copied().collect();
        if row.is_role {
            to_find += cells.iter().map(|cell| cell.confirmed + cell.unknown).sum::<Minutes>();
        } else {
            // These cells are days, also where the pane shows weeks.
            let (its_open, its_planning) = notes::open(&cells, false, snapshot.today());
            open += its_open;
            planning += its_planning;
        }
    }
    // Work that still has nobody asks for a decision, which time that is open does not.
    if to_find.is_positive() {
        return (format!("{}h to find", to_find.rounded_hours()), theme.warn());
    }
    (notes::free_words(open, planning), theme.dim())
}

/// Of each who is over in a discipline, by how much and for which requests.
pub(super) fn group_facts(
    name: &str,
    (cells, is_weeks): (&[Cell], bool),
    snapshot: &Snapshot,
    theme: Theme,
) -> Vec<(String, Style)> {
    let Some(days) = notes::span(cells, is_weeks) else { return Vec::new() };
    let told = over_in(name, days, snapshot).into_iter().filter_map(|(_, row)| {
        let said = said::over(row, days, snapshot, (Fullness::Short, usize::MAX))?;
        Some((format!("{} {said}", snapshot.handle(row.person)), theme.critical()))
    });
    told.collect()
}
