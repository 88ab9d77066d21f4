//! How the load looks. Every state has a glyph beside its number and a word in the legend; colour only repeats it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Load;
use super::cells::{self, DAY, DrawnCell, WEEK};
use super::notes::{late, notes, over};
use super::rows::{self, RowKind};
use crate::domain::day;
use crate::domain::load::{Cell, CellState};
use crate::domain::minutes::Minutes;
use crate::domain::source::SourceWhat;
use crate::ops::books::report::requests;
use crate::ops::waiting::ReviewLoad;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;
use crate::tui::view::marks;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// Columns of handle and discipline, each with its gap: the second in six letters from 60 on, both whole from 90 on, where
/// one more week of days that are mostly free says less than `art direction` does.
const fn name_widths(width: usize) -> (usize, usize) {
    match width {
        0..60 => (7, 0),
        60..90 => (7, 7),
        _ => (10, 14),
    }
}
/// At least so much stays for what is said of a person: `over 8h R-25` is whole.
const NOTE: usize = 13;

/// What every row of it rests on. Which person came from which source is not known: where one is stale, any may be.
const RESTS_ON: [SourceWhat; 3] = [SourceWhat::People, SourceWhat::Absences, SourceWhat::Shares];

/// Columns before the first cell, after a blank.
const fn names_width(width: usize) -> usize {
    let (name, discipline) = name_widths(width);
    name + discipline
}

/// How many days or weeks fit a width.
pub fn columns(width: usize, is_weeks: bool) -> usize {
    // A wide pane says a whole sentence of somebody rather than one more week.
    let note = if width > 100 { 40 } else { NOTE };
    let room = width.saturating_sub(names_width(width) + note + 2);
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
    let name = Span::styled(" Load      ".to_owned(), theme.strong());
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
    Line::from(vec![name, Span::styled(plain::harmless(&text).into_owned(), style)])
}

/// Draws the pane, with what is about to be added to somebody.
pub fn draw(
    state: &Load,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
    ghost: Option<&Ghost>,
) {
    let more = ghost.map_or_else(|| format!("hours to do, {}", span(state, snapshot)), |it| it.title.clone());
    let outdated = snapshot.freshness.stale_words(&RESTS_ON);
    let more = outdated.map_or(more.clone(), |words| format!("{} · {more}", plain::harmless(&words)));
    let right = state.filter.told(state.rows(snapshot).len());
    Rule { more: &more, right: &right, ..Rule::pane("Load", theme, is_focused) }.draw(buffer, area);
    let body = paint::below(area, 1);
    if snapshot.grid.rows.is_empty() {
        let hint =
            "Nobody is in the team yet. {add-person} adds a person; {import} brings the team in from a file.";
        paint::say_empty(buffer, body, &snapshot.hints.say(hint), theme);
        return;
    }
    let width = usize::from(body.width);
    paint::put(buffer, body, 0, &header(state, snapshot, (theme, width)));
    let list = paint::below(body, 1);
    let list = Rect { height: list.height.saturating_sub(2), ..list };
    let rows = state.rows(snapshot);
    let mut cursor = state.cursor;
    // Whoever would get it is in sight.
    let first = ghost.and_then(|it| rows.iter().position(|row| it.of(row.owner()).is_some()));
    if let Some(row) = first {
        cursor.choose(row);
    }
    // The cell under the cursor is marked, not its row.
    cursor.draw(&rows.len(), (buffer, list), Style::new(), |index| {
        let is_here = is_focused && index == state.cursor.row();
        row_line(state, rows[index], snapshot, (theme, is_here, width), ghost)
    });
    let bottom = Rect { x: body.x + 1, y: body.bottom().saturating_sub(1), width: body.width - 1, height: 1 };
    let chosen = rows.get(state.cursor.row()).filter(|_| is_focused);
    let facts = chosen.and_then(|row| facts(*row, state, snapshot, (theme, width - 2)));
    if let Some(facts) = facts.filter(|_| list.height > 0) {
        paint::put(buffer, Rect { y: bottom.y - 1, ..bottom }, 0, &facts);
    }
    let marks = if ghost.is_some() { &marks::OF_GHOST[..] } else { &marks::OF_LOAD[..] };
    paint::put(buffer, bottom, 0, &marks::legend(marks, theme, width - 2));
}

/// Draws the days of whoever would get something, where there is no room for the pane.
pub fn draw_one(
    state: &Load,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    theme: Theme,
    ghost: &Ghost,
) {
    let width = usize::from(area.width);
    Rule { more: &ghost.title, ..Rule::pane("Load", theme, false) }.draw(buffer, area);
    paint::put(buffer, area, 1, &header(state, snapshot, (theme, width)));
    let row = rows::rows(snapshot, None).into_iter().find(|row| ghost.of(row.owner()).is_some());
    let line = row.map(|row| row_line(state, row, snapshot, (theme, false, width), Some(ghost)));
    paint::put(buffer, area, 2, &line.unwrap_or_default());
}

/// `Mon 23 Nov – Fri 4 Dec`: the days or weeks that are shown.
fn span(state: &Load, snapshot: &Snapshot) -> String {
    let days = snapshot.grid.rows.first().or(snapshot.grid.nobody.as_ref()).map(|row| row.cells.as_slice());
    let shown = state.shown(days.unwrap_or_default());
    let near = |date| day::day_near(date, snapshot.today());
    match (shown.first(), shown.last()) {
        (Some(first), Some(last)) if state.is_weeks => {
            format!("weeks of {} – {}", near(first.date), near(last.date))
        }
        (Some(first), Some(last)) => format!("{} – {}", near(first.date), near(last.date)),
        _ => format!("from {}", near(state.from)),
    }
}

/// All that is to be said of the chosen one, where that is more than its row says.
fn facts(
    row: RowKind<'_>,
    state: &Load,
    snapshot: &Snapshot,
    (theme, width): (Theme, usize),
) -> Option<Line<'static>> {
    let RowKind::Person(person) = row else { return None };
    let said = notes(person, &state.shown(row.cells()), snapshot, (theme, usize::MAX));
    let (name, _) = names(row, snapshot);
    let mut spans = vec![Span::styled(format!("{name}  "), theme.strong())];
    for (at, (text, style)) in said.iter().enumerate() {
        spans.push(Span::styled(if at > 0 { " · " } else { "" }, theme.dim()));
        spans.push(Span::styled(text.clone(), *style));
    }
    let line = Line::from(spans);
    // One fact is in the row already, and half a sentence would say less than the legend does.
    (said.len() > 1 && line.width() <= width).then_some(line)
}

fn header(state: &Load, snapshot: &Snapshot, (theme, width): (Theme, usize)) -> Line<'static> {
    let (name, discipline) = name_widths(width);
    let names = match (state.groups.is_some(), discipline) {
        (true, 0) => plain::fit("does", name),
        (true, _) => plain::fit("discipline", name + discipline),
        (false, _) => format!("{}{}", plain::fit("who", name), plain::fit("does", discipline)),
    };
    let names = format!(" {names}");
    let mut spans = vec![Span::styled(names, theme.dim())];
    let days = snapshot.grid.rows.first().or(snapshot.grid.nobody.as_ref()).map(|row| row.cells.as_slice());
    for (index, cell) in state.shown(days.unwrap_or_default()).iter().enumerate() {
        let text = if state.is_weeks {
            plain::fit_right(&cell.date.format("%-d%b").to_string(), WEEK)
        } else {
            if index > 0 && index % 5 == 0 {
                spans.push(Span::raw(" "));
            }
            format!(" {}", &cell.date.format("%a").to_string()[..2])
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
    ghost: Option<&Ghost>,
) -> Line<'static> {
    let ghost = ghost.and_then(|it| it.of(row.owner()));
    // As the row would stand, so would its words.
    let row = match (row, ghost.and_then(|it| it.after.as_ref())) {
        (RowKind::Person(_), Some(after)) => RowKind::Person(after),
        (row, _) => row,
    };
    let mut spans = name_spans(row, snapshot, (theme, is_here || ghost.is_some(), width));
    let days: Vec<Cell> =
        row.cells().iter().map(|cell| ghost.map_or(*cell, |ghost| ghost.day(cell))).collect();
    let cells = state.shown(&days);
    let added = |cell: &Cell| {
        let days = if state.is_weeks { 7 } else { 1 };
        ghost.map_or(Minutes::ZERO, |ghost| ghost.added_in(cell.date, days))
    };
    let mut used = 1 + names_width(width);
    for (column, cell) in cells.iter().enumerate() {
        if !state.is_weeks && column > 0 && column % 5 == 0 {
            spans.push(Span::raw(" "));
            used += 1;
        }
        let is_under = is_here && column == state.column;
        // `to give` fills the column of names, so its first figure would run into it with a mark.
        let runs_in = column == 0 && matches!(row, RowKind::Unheld(_)) && width < 60;
        let drawn = cells::draw(cell, (state.is_weeks, added(cell)), theme);
        let DrawnCell { blank, text, style } = if runs_in { drawn.without_mark() } else { drawn };
        used += blank.len() + plain::width(&text);
        let chosen = if is_under { theme.selected(true) } else { Style::new() };
        spans.push(Span::styled(blank, chosen));
        spans.push(Span::styled(text, style.patch(chosen)));
    }
    let room = width.saturating_sub(used + 1);
    let (text, style) = match row {
        // Without hours of its own it says nothing, and the row keeps what was said of it.
        RowKind::Person(_) if ghost.is_some_and(|it| it.after.is_none() && !it.words.is_empty()) => {
            (ghost.map_or_else(String::new, |ghost| ghost.words.clone()), theme.accent())
        }
        RowKind::Person(row) => {
            notes(row, &cells, snapshot, (theme, room)).into_iter().next().unwrap_or_default()
        }
        RowKind::Group(..) => group_note(&cells, theme),
        RowKind::Unheld(_) => (unheld_note(snapshot, room), theme.warn()),
        RowKind::Review(review) => (review_note(review, room), theme.text()),
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

/// Who it is, and of what discipline where that has room.
fn name_spans(
    row: RowKind<'_>,
    snapshot: &Snapshot,
    (theme, is_meant, width): (Theme, bool, usize),
) -> Vec<Span<'static>> {
    let (name, small) = names(row, snapshot);
    let strong = match row {
        _ if is_meant => theme.accent(),
        RowKind::Person(_) | RowKind::Group(..) if snapshot.freshness.is_stale(&RESTS_ON) => theme.dim(),
        _ => theme.strong(),
    };
    let (wide, discipline) = name_widths(width);
    if small.is_empty() || discipline == 0 {
        return vec![Span::raw(" "), Span::styled(plain::fit(name, wide + discipline), strong)];
    }
    let small = Span::styled(format!("{} ", plain::fit(small, discipline - 1)), theme.dim());
    vec![Span::raw(" "), Span::styled(plain::fit(name, wide), strong), small]
}

/// `13 held by nobody · ana, until 30 Nov`: whose work after their last day is among it. Where that does not fit, the
/// name of the row has to say who holds it.
fn unheld_note(snapshot: &Snapshot, room: usize) -> String {
    let behind = snapshot.waiting.left_behind.iter().map(|(who, last)| {
        format!("{}, until {}", snapshot.handle(*who), day::day_near(*last, snapshot.today()))
    });
    let count = snapshot.waiting.unheld.len();
    let whole = format!("{count} held by nobody");
    let held = if whole.chars().count() > room { requests(count) } else { whole };
    let parts: Vec<String> = std::iter::once(held).chain(behind).collect();
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

/// `2 wait for Priya Nair, oldest 4 days: R-35 R-40`; which they are stands last, since the page names them too.
fn review_note(review: &ReviewLoad, room: usize) -> String {
    let keys: Vec<String> = review.requests.iter().map(ToString::to_string).collect();
    let waits = review.said();
    let named = format!("{waits}: {}", keys.join(" "));
    if named.chars().count() > room { waits } else { named }
}

fn group_note(cells: &[Cell], theme: Theme) -> (String, Style) {
    let sum = |of: fn(&Cell) -> Minutes| cells.iter().map(of).sum::<Minutes>();
    let (planning, confirmed) = (sum(|cell| cell.planning), sum(|cell| cell.confirmed));
    if cells.iter().any(|cell| cell.state == CellState::ForcedOver) {
        return ("somebody is over".to_owned(), theme.critical());
    }
    (format!("{}h open", (planning - confirmed).at_least_zero().rounded_hours()), theme.dim())
}
