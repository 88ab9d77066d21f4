//! What is said of a person beside their days, the worst first.

use ratatui::style::Style;

use crate::domain::day;
use crate::domain::load::{Cell, CellState, LoadRow};
use crate::domain::minutes::Minutes;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::theme::Theme;

/// `over 5h Thu 26–Fri 27 Nov: R-214, R-198`.
pub(super) fn over(row: &LoadRow, snapshot: &Snapshot) -> Option<String> {
    let worst = row.worst()?;
    let days = short_range(worst.from, worst.to, snapshot);
    let keys: Vec<String> = worst.culprits.iter().map(ToString::to_string).collect();
    let more = row.verdict.forced.len() - 1;
    let more = if more > 0 { format!(" (+{more})") } else { String::new() };
    Some(format!(
        "over {} {days}: {}{more}{}",
        worst.over,
        keys.join(" "),
        worst.because().unwrap_or_default()
    ))
}

/// `late 20h R-2`, or `late ? R-5, hours left?` where nobody has said how much is left.
pub(super) fn late(row: &LoadRow) -> Option<String> {
    let known = row.verdict.late_minutes();
    let mut keys: Vec<String> = Vec::new();
    // Only those are named whose hours are in the sum; without a sum, those of which nobody knows any.
    for late in row.verdict.late.iter().filter(|late| late.is_unknown != known.is_positive()) {
        keys.push(late.request.to_string());
    }
    keys.dedup();
    let keys = keys.join(" ");
    match (known.is_positive(), keys.is_empty()) {
        (true, _) => Some(format!("late {known} {keys}")),
        (false, false) => Some(format!("late ? {keys}, hours left?")),
        (false, true) => None,
    }
}

/// Weekdays alone within the days shown, dates beyond.
fn short_range(from: chrono::NaiveDate, to: chrono::NaiveDate, snapshot: &Snapshot) -> String {
    let near = (to - snapshot.today()).num_days() < 7 && day::monday(from) == day::monday(to);
    match (near, from == to) {
        (true, true) => from.format("%a").to_string(),
        (true, false) => format!("{}–{}", from.format("%a"), to.format("%a")),
        (false, _) => day::day_range(from, to),
    }
}

/// What is said of a person: the worst first.
pub(super) fn notes(
    row: &LoadRow,
    cells: &[Cell],
    snapshot: &Snapshot,
    (theme, room): (Theme, usize),
) -> Vec<(String, Style)> {
    let sum = |of: fn(&Cell) -> Minutes| cells.iter().map(of).sum::<Minutes>();
    let (planning, confirmed) = (sum(|cell| cell.planning), sum(|cell| cell.confirmed));
    let (tentative, unknown) = (sum(|cell| cell.tentative), sum(|cell| cell.unknown));
    if row.is_role {
        let text =
            if confirmed.is_zero() { String::new() } else { format!("{} to find", confirmed + unknown) };
        return vec![(text, theme.warn())];
    }
    let mut said = Vec::new();
    said.extend(over_in(row, snapshot, room).map(|text| (text, theme.critical())));
    said.extend(late(row).map(|text| (text, theme.critical())));
    if unknown.is_positive() {
        said.push((format!("{} unknown", hours_and_minutes(unknown)), theme.warn()));
    }
    if let Some((_, to)) = row.verdict.tight.iter().max_by_key(|(_, to)| *to) {
        let day = day::column_text(*to, snapshot.today(), &snapshot.reading.calendar);
        said.push((format!("tight {day}"), theme.warn()));
    }
    if cells.iter().any(|cell| cell.state == CellState::SpreadOver) {
        let text = if room < 18 { "re-shape" } else { "fits if re-shaped" };
        said.push((text.to_owned(), theme.warn()));
    }
    if tentative.is_positive() {
        said.push((format!("maybe {}", hours_and_minutes(tentative)), theme.dim()));
    }
    if said.is_empty() {
        let open = (planning - confirmed).at_least_zero();
        let text = match (open.is_zero(), planning.is_zero()) {
            (true, true) => "away".to_owned(),
            (true, false) => "full".to_owned(),
            _ => format!("{}h open", open.rounded_hours()),
        };
        said.push((text, theme.dim()));
    }
    said
}

/// By how much somebody is over, with its days and what else where there is room: the cells marked beside it show the
/// days, who it is stays longest.
fn over_in(row: &LoadRow, snapshot: &Snapshot, room: usize) -> Option<String> {
    let text = over(row, snapshot)?;
    if plain::width(&text) <= room {
        return Some(text);
    }
    let worst = row.worst()?;
    let keys: Vec<String> = worst.culprits.iter().map(ToString::to_string).collect();
    let more = if keys.len() > 1 { "+" } else { "" };
    let short = format!("over {} {}", worst.over, keys.join(" "));
    let first = || format!("over {} {}{more}", worst.over, keys.first().map_or("", String::as_str));
    Some(if plain::width(&short) <= room { short } else { first() })
}

/// Whole hours where they are whole: a cell says no more either.
fn hours_and_minutes(minutes: Minutes) -> String {
    if minutes.0 >= 600 { format!("{}h", minutes.rounded_hours()) } else { minutes.to_string() }
}
