//! How the load looks. Every state has a glyph beside its number and a word in the legend; colour only repeats it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Load;
use super::rows::RowKind;
use crate::domain::day;
use crate::domain::load::capacity::Away;
use crate::domain::load::{Cell, CellState, LoadRow};
use crate::domain::minutes::Minutes;
use crate::ops::waiting::ReviewLoad;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// Columns of handle and discipline.
const NAME: usize = 7;
const DISCIPLINE: usize = 5;
/// At least so much stays for what is said of a person.
const NOTE: usize = 12;
const DAY: usize = 3;
const WEEK: usize = 6;

/// How many days or weeks fit a width.
pub fn columns(width: usize, is_weeks: bool) -> usize {
    let note = if width > 100 { 40 } else { NOTE };
    let room = width.saturating_sub(NAME + DISCIPLINE + note + 2);
    if is_weeks {
        (room / WEEK).max(1)
    } else {
        // Five days and a gap.
        let weeks = (room + 1) / (5 * DAY + 1);
        (weeks * 5).max(5)
    }
}

/// The team in one line: who is over, or that nobody is.
pub fn summary(snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let over: Vec<String> = snapshot
        .grid
        .rows
        .iter()
        .filter_map(|row| {
            over(row, snapshot)
                .or_else(|| late(row))
                .map(|text| format!("{} {text}", snapshot.handle(row.person)))
        })
        .collect();
    let text = match (snapshot.grid.rows.is_empty(), over.is_empty()) {
        (true, _) => "nobody is in the team yet".to_owned(),
        (false, true) => "nobody is over or late".to_owned(),
        (false, false) => over.join("   "),
    };
    let style = if over.is_empty() { theme.text() } else { theme.critical() };
    Line::from(vec![
        Span::styled(" Load      ".to_owned(), theme.strong()),
        Span::styled(plain::harmless(&text).into_owned(), style),
    ])
}

/// `over 5h Thu 26–Fri 27 Nov: R-214, R-198`.
fn over(row: &LoadRow, snapshot: &Snapshot) -> Option<String> {
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

/// `late 20h: R-2`, or `late ?: R-5, hours left?` where nobody has said how much is left.
fn late(row: &LoadRow) -> Option<String> {
    let known = row.verdict.late_minutes();
    let mut keys: Vec<String> = Vec::new();
    for late in row.verdict.late.iter().filter(|late| late.is_unknown != known.is_positive()) {
        keys.push(late.request.to_string());
    }
    keys.dedup();
    let keys = keys.join(" ");
    match (known.is_positive(), keys.is_empty()) {
        (true, _) => Some(format!("late {known}: {keys}")),
        (false, false) => Some(format!("late ?: {keys}, hours left?")),
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

/// Draws the pane.
pub fn draw(
    state: &Load,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    let unit = if state.is_weeks { "weeks" } else { "days" };
    let more = format!("hours by {unit} from {}", day::day_near(state.from, snapshot.today()));
    let right = state.filter.told(state.rows(snapshot).len());
    Rule { more: &more, right: &right, ..Rule::pane("Load", theme, is_focused) }.draw(buffer, area);
    let body = paint::below(area, 1);
    if snapshot.grid.rows.is_empty() {
        let text = "Nobody is in the team yet. `tablesetter import people FILE` or `tablesetter person add NAME --handle H --discipline D`.";
        paint::say_empty(buffer, body, text, theme);
        return;
    }
    paint::put(buffer, body, 0, &header(state, snapshot, theme));
    let list = paint::below(body, 1);
    let list = Rect { height: list.height.saturating_sub(2), ..list };
    let rows = state.rows(snapshot);
    // The cell under the cursor is marked, not its row.
    state.cursor.draw(&rows.len(), (buffer, list), Style::new(), |index| {
        let is_here = is_focused && index == state.cursor.row();
        row_line(state, rows[index], snapshot, (theme, is_here, usize::from(list.width)))
    });
    let bottom = Rect { y: body.y + body.height.saturating_sub(1), height: 1, ..body };
    paint::put(buffer, bottom, 0, &legend(theme, usize::from(body.width)));
}

fn header(state: &Load, snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let mut spans = vec![Span::raw(" ".repeat(NAME + DISCIPLINE + 1))];
    let days = snapshot.grid.rows.first().or(snapshot.grid.nobody.as_ref()).map(|row| row.cells.as_slice());
    for (index, cell) in state.shown(days.unwrap_or_default()).iter().enumerate() {
        let text = if state.is_weeks {
            plain::fit_right(&cell.date.format("%-d%b").to_string(), WEEK)
        } else {
            if index > 0 && index % 5 == 0 {
                spans.push(Span::raw(" "));
            }
            plain::fit(&cell.date.format("%a").to_string()[..2], DAY)
        };
        let is_now = if state.is_weeks {
            cell.date == day::monday(snapshot.today())
        } else {
            cell.date == snapshot.today()
        };
        spans.push(Span::styled(text, if is_now { theme.accent() } else { theme.dim() }));
    }
    Line::from(spans)
}

fn row_line(
    state: &Load,
    row: RowKind<'_>,
    snapshot: &Snapshot,
    (theme, is_here, width): (Theme, bool, usize),
) -> Line<'static> {
    let (name, small) = names(row, snapshot);
    let strong = if is_here { theme.accent() } else { theme.strong() };
    let mut spans = vec![Span::raw(" ")];
    if small.is_empty() {
        spans.push(Span::styled(plain::fit(name, NAME + DISCIPLINE), strong));
    } else {
        spans.push(Span::styled(plain::fit(name, NAME), strong));
        spans.push(Span::styled(plain::fit(&short(small), DISCIPLINE), theme.dim()));
    }
    let cells = state.shown(row.cells());
    let mut used = 1 + NAME + DISCIPLINE;
    for (column, cell) in cells.iter().enumerate() {
        if !state.is_weeks && column > 0 && column % 5 == 0 {
            spans.push(Span::raw(" "));
            used += 1;
        }
        let (text, style) = cell_text(cell, state.is_weeks, theme);
        let style = if is_here && column == state.column { style.patch(theme.selected(true)) } else { style };
        used += plain::width(&text);
        spans.push(Span::styled(text, style));
    }
    let room = width.saturating_sub(used + 1);
    let (text, style) = match row {
        RowKind::Person(row) => note(row, &cells, snapshot, (theme, room)),
        RowKind::Group(..) => group_note(&cells, theme),
        RowKind::Unheld(_) => (unheld_note(snapshot), theme.warn()),
        RowKind::Review(review) => (review_note(review), theme.text()),
    };
    let style = if is_here && cells.is_empty() { theme.selected(true) } else { style };
    spans.push(Span::styled(format!(" {}", plain::cut(&text, room)), style));
    if is_here && theme.is_lit {
        // One cell alone would not be found among all the others.
        for span in &mut spans {
            span.style = span.style.patch(theme.selected(true));
        }
    }
    Line::from(spans)
}

/// `13 held by nobody · ana, until 30 Nov`: whose work after their last day is among it.
fn unheld_note(snapshot: &Snapshot) -> String {
    let behind = snapshot.waiting.left_behind.iter().map(|(who, last)| {
        format!("{}, until {}", snapshot.handle(*who), day::day_near(*last, snapshot.today()))
    });
    let parts: Vec<String> =
        std::iter::once(format!("{} held by nobody", snapshot.waiting.unheld.len())).chain(behind).collect();
    parts.join(" · ")
}

fn names<'a>(row: RowKind<'a>, snapshot: &'a Snapshot) -> (&'a str, &'a str) {
    match row {
        RowKind::Person(row) => snapshot
            .team
            .person(row.person)
            .map_or(("", ""), |person| (person.handle.as_str(), person.discipline.as_str())),
        RowKind::Group(name, _) => (name, ""),
        RowKind::Unheld(_) => ("to give", ""),
        RowKind::Review(_) => ("review", ""),
    }
}

fn review_note(review: &ReviewLoad) -> String {
    let keys: Vec<String> = review.requests.iter().map(ToString::to_string).collect();
    let days = if review.oldest == 1 { "day" } else { "days" };
    let verb = if review.requests.len() == 1 { "waits" } else { "wait" };
    format!(
        "{} {verb} for {}: {}, oldest {} {days}",
        review.requests.len(),
        super::decider(review),
        keys.join(" "),
        review.oldest
    )
}

fn group_note(cells: &[Cell], theme: Theme) -> (String, Style) {
    let sum = |of: fn(&Cell) -> Minutes| cells.iter().map(of).sum::<Minutes>();
    let (planning, confirmed) = (sum(|cell| cell.planning), sum(|cell| cell.confirmed));
    if cells.iter().any(|cell| cell.state == CellState::ForcedOver) {
        return ("somebody is over".to_owned(), theme.critical());
    }
    (format!("{}h open", (planning - confirmed).at_least_zero().rounded_hours()), theme.dim())
}

/// The first four letters: enough to tell design from copy.
fn short(discipline: &str) -> String {
    discipline.chars().take(DISCIPLINE - 1).collect()
}

/// Number and glyph of a cell in exactly its width.
fn cell_text(cell: &Cell, is_weeks: bool, theme: Theme) -> (String, Style) {
    let hours = |minutes: Minutes| match minutes.0 {
        0 => String::new(),
        1..30 => "+".to_owned(),
        _ => minutes.rounded_hours().to_string(),
    };
    let confirmed = hours(cell.confirmed);
    let part = if cell.away == Away::Part { '~' } else { ' ' };
    let (number, glyph, style) = match cell.state {
        _ if cell.late.is_positive() => (confirmed, if theme.is_ascii { '<' } else { '‹' }, theme.critical()),
        CellState::ForcedOver => (confirmed, '!', theme.critical()),
        CellState::Unknown => (hours(cell.confirmed + cell.unknown), '?', theme.warn()),
        CellState::SpreadOver => (confirmed, '^', theme.warn()),
        CellState::Tight => (confirmed, '|', theme.warn()),
        CellState::NoCapacity => (away_mark(cell.away).to_owned(), ' ', theme.dim()),
        CellState::Fits if cell.tentative.is_positive() => {
            (hours(cell.confirmed + cell.tentative), if theme.is_ascii { ':' } else { '▒' }, theme.dim())
        }
        CellState::Fits => (confirmed, part, theme.text()),
        CellState::Slack => (if theme.is_ascii { "." } else { "·" }.to_owned(), part, theme.dim()),
    };
    let width = if is_weeks { WEEK } else { DAY };
    if plain::width(&number) == width {
        // A hundred hours on a day: the figure says more than the mark.
        return (number, style);
    }
    (format!("{}{glyph}", plain::fit_right(&number, width - 1)), style)
}

const fn away_mark(away: Away) -> &'static str {
    match away {
        Away::Whole | Away::Part => "~",
        Away::Holiday => "=",
        Away::No => "",
    }
}

/// What is said of a person: the worst first.
fn note(
    row: &LoadRow,
    cells: &[Cell],
    snapshot: &Snapshot,
    (theme, room): (Theme, usize),
) -> (String, Style) {
    if let Some(text) = over(row, snapshot) {
        // Where there is no room for the days, they are the cells marked beside it; who it is stays.
        let keys = row.worst().map_or_else(Vec::new, |worst| worst.culprits.clone());
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let short = || {
            row.worst().map_or_else(String::new, |worst| format!("over {} {}", worst.over, keys.join(" ")))
        };
        let text = if plain::width(&text) <= room { text } else { short() };
        return (text, theme.critical());
    }
    let sum = |of: fn(&Cell) -> Minutes| cells.iter().map(of).sum::<Minutes>();
    let (planning, confirmed) = (sum(|cell| cell.planning), sum(|cell| cell.confirmed));
    let (tentative, unknown) = (sum(|cell| cell.tentative), sum(|cell| cell.unknown));
    let is_narrow = room < 18;
    let said = |long: String, short: &str| if is_narrow { short.to_owned() } else { long };
    if row.is_role {
        let text =
            if confirmed.is_zero() { String::new() } else { format!("{} to find", confirmed + unknown) };
        return (text, theme.warn());
    }
    if let Some(text) = late(row) {
        return (text, theme.critical());
    }
    if unknown.is_positive() {
        return (format!("{unknown} unknown"), theme.warn());
    }
    if let Some((_, to)) = row.verdict.tight.iter().max_by_key(|(_, to)| *to) {
        let text = said(
            format!("tight to {}", day::day_near(*to, snapshot.today())),
            &to.format("tight %-d %b").to_string(),
        );
        return (text, theme.warn());
    }
    if cells.iter().any(|cell| cell.state == CellState::SpreadOver) {
        return (said("fits if re-shaped".to_owned(), "re-shape"), theme.warn());
    }
    if tentative.is_positive() {
        return (said(format!("tentative {tentative}"), &format!("maybe {tentative}")), theme.dim());
    }
    let open = (planning - confirmed).at_least_zero();
    let text = match (open.is_zero(), planning.is_zero()) {
        (true, true) => "away".to_owned(),
        (true, false) => "full".to_owned(),
        _ => format!("{}h open", open.rounded_hours()),
    };
    (text, theme.dim())
}

fn legend(theme: Theme, width: usize) -> Line<'static> {
    let (late, maybe, free) = if theme.is_ascii { ('<', ':', '.') } else { ('‹', '▒', '·') };
    let long = format!(
        " {late}late  !over  |tight  ^over by an even spread, fits re-shaped  ?unknown  {maybe}tentative  ~away  =holiday  {free}free"
    );
    let short = format!(" {late}late !over |tight ^re-shape ?unknown {maybe}maybe ~away =off {free}free");
    Line::styled(plain::cut(if plain::width(&long) <= width { &long } else { &short }, width), theme.dim())
}
