//! How the load looks. Every state has a glyph beside its number and a word in the legend; colour only repeats it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Load;
use super::cells::{self, DrawnCell, WEEK};
use super::notes::{self, notes};
use super::others;
use super::rows::{self, RowKind};
use super::said::{self, Fullness};
use super::title::{self, RESTS_ON};
use super::viewed::{self, ViewedColumns};
use super::widths::Widths;
use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::load::Cell;
use crate::domain::minutes::Minutes;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;
use crate::tui::view::marks;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// The team in one line: who is over, or that nobody is.
pub fn summary(snapshot: &Snapshot, theme: Theme, width: usize) -> Line<'static> {
    let name = Span::styled(" Load      ".to_owned(), theme.strong());
    let over: Vec<String> = snapshot
        .grid
        .rows
        .iter()
        .filter_map(|row| {
            said::over_anywhere(row, snapshot)
                .or_else(|| said::late(row, (Fullness::Whole, usize::MAX)))
                .map(|text| format!("{} {text}", snapshot.handle(row.person)))
        })
        .collect();
    let room = width.saturating_sub(name.width());
    let text = match (snapshot.grid.rows.is_empty(), over.is_empty()) {
        (true, _) => "nobody is in the team yet".to_owned(),
        (false, true) => "nobody is over or late".to_owned(),
        (false, false) => plain::whole_items(&over, "   ", room),
    };
    let style = if over.is_empty() { theme.text() } else { theme.critical() };
    Line::from(vec![name, Span::styled(plain::harmless(&text).into_owned(), style)])
}

/// By how much somebody is over and late, in which days and for which requests; nothing of whom neither is true.
pub fn trouble(person: PersonId, snapshot: &Snapshot) -> Option<String> {
    let row = snapshot.grid.rows.iter().find(|row| row.person == person)?;
    let late = said::late(row, (Fullness::Whole, usize::MAX));
    let said: Vec<String> = said::over_anywhere(row, snapshot).into_iter().chain(late).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// Draws the pane, with what is about to be added to somebody.
pub fn draw(
    state: &Load,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
    ghost: Option<&Ghost>,
) {
    let rows = state.rows(snapshot);
    let viewed = ViewedColumns::of(&rows, (state, ghost), snapshot, usize::from(area.width));
    let fit = rows.iter().filter(|row| !matches!(row, RowKind::Heading { .. })).count();
    let span = span(state, snapshot);
    let (more, right) = title::told((state, ghost), snapshot, (fit, &span, viewed.told()), area.width.into());
    Rule { more: &more, right: &right, ..Rule::pane("Load", theme, is_focused) }.draw(buffer, area);
    let body = paint::below(area, 1);
    if let Some(hint) = empty_hint(state, snapshot, &rows) {
        paint::say_empty(buffer, body, &snapshot.hints.say(hint), theme);
        return;
    }
    let width = usize::from(body.width);
    let widths = Widths::of(&rows, (state, ghost), snapshot, (width, viewed.width()));
    paint::put(buffer, body, 0, &header(state, snapshot, (theme, widths), &viewed));
    let list = paint::below(body, 1);
    let list = Rect { height: list.height.saturating_sub(2), ..list };
    let mut cursor = state.cursor;
    // Whoever would get it is in sight.
    let first = ghost.and_then(|it| rows.iter().position(|row| it.of(row.owner()).is_some()));
    if let Some(row) = first {
        cursor.choose(row);
    }
    // The cell under the cursor is marked, not its row.
    cursor.draw(rows.as_slice(), (buffer, list), Style::new(), |index| {
        if let RowKind::Heading { column, first, count } = rows[index] {
            let text = viewed::heading(column, first, count, snapshot);
            return Line::styled(format!(" {text}"), theme.accent());
        }
        let is_here = is_focused && index == state.cursor.row();
        row_line(state, rows[index], snapshot, (theme, is_here, widths), (ghost, &viewed))
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

/// What stands there instead of rows: nobody is in the team, or nobody of it fits.
pub(super) fn empty_hint(state: &Load, snapshot: &Snapshot, rows: &[RowKind<'_>]) -> Option<&'static str> {
    // Days may still be read while the team is known already.
    let is_team = !snapshot.team.people.is_empty();
    if is_team && !state.filter.is_empty() && rows.is_empty() {
        return Some("Nobody fits the filter. {back} shows everybody again.");
    }
    snapshot.grid.rows.is_empty().then_some(
        "Nobody is in the team yet. {add-person} adds a person; {import} brings the team in from a file.",
    )
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
    let mut rows = rows::rows(snapshot, None, None);
    rows.retain(|row| ghost.of(row.owner()).is_some());
    // One line has its room for what would change in it.
    let viewed = ViewedColumns::default();
    let widths = Widths::of(&rows, (state, Some(ghost)), snapshot, (width, 0));
    paint::put(buffer, area, 1, &header(state, snapshot, (theme, widths), &viewed));
    let around = (Some(ghost), &viewed);
    let line = rows.first().map(|row| row_line(state, *row, snapshot, (theme, false, widths), around));
    paint::put(buffer, area, 2, &line.unwrap_or_default());
}

/// `Mon 23 Nov – Fri 4 Dec`: the days or weeks that are shown.
fn span(state: &Load, snapshot: &Snapshot) -> String {
    // Where nobody is in the team, the row of what nobody holds has the same days.
    let days = snapshot.grid.rows.first().or(snapshot.grid.nobody.as_ref()).map(|row| row.cells.as_slice());
    let shown = state.shown(days.unwrap_or_default());
    let near = |date| day::day_near(date, snapshot.today());
    match (shown.first(), shown.last()) {
        (Some(first), Some(last)) if state.is_weeks => {
            // Weeks begin on Mondays.
            let monday = |date| near(date).trim_start_matches("Mon ").to_owned();
            if first.date == last.date {
                return format!("week of {}", monday(first.date));
            }
            format!("weeks of {} – {}", monday(first.date), monday(last.date))
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
    let cells = state.shown(row.cells());
    let said = match row {
        RowKind::Person(person) => {
            notes(person, (&cells, state.is_weeks), snapshot, (theme, Fullness::Whole, usize::MAX))
        }
        RowKind::Group(name, _) => others::group_facts(name, (&cells, state.is_weeks), snapshot, theme),
        RowKind::Unheld(_) | RowKind::Review(_) | RowKind::Heading { .. } => return None,
    };
    let (name, _) = row.names(snapshot);
    let mut spans = vec![Span::styled(format!("{name}  "), theme.strong())];
    for (at, (text, style)) in said.iter().enumerate() {
        spans.push(Span::styled(if at > 0 { " · " } else { "" }, theme.dim()));
        spans.push(Span::styled(text.clone(), *style));
    }
    let line = Line::from(spans);
    // One fact of a person is in the row already, but for the days in which they are over and why; and half a sentence
    // would say less than the legend does.
    let is_more = match row {
        RowKind::Person(person) => {
            let days = notes::span(&cells, state.is_weeks);
            said.len() > 1 || days.is_some_and(|(from, to)| person.worst_in(from, to).is_some())
        }
        _ => !said.is_empty(),
    };
    (is_more && line.width() <= width).then_some(line)
}

fn header(
    state: &Load,
    snapshot: &Snapshot,
    (theme, widths): (Theme, Widths),
    viewed: &ViewedColumns,
) -> Line<'static> {
    let Widths { name, discipline, .. } = widths;
    let names = match (state.groups.is_some(), discipline) {
        (true, _) => plain::fit(if name > 10 { "discipline" } else { "does" }, name + discipline),
        (false, _) => format!("{}{}", plain::fit("who", name), plain::fit("does", discipline)),
    };
    let names = format!(" {names}");
    let mut spans = vec![Span::styled(names, theme.dim())];
    spans.extend(viewed.heads(theme));
    let days = snapshot.grid.rows.first().or(snapshot.grid.nobody.as_ref()).map(|row| row.cells.as_slice());
    for (index, cell) in state.shown(days.unwrap_or_default()).iter().enumerate() {
        let text = if state.is_weeks {
            plain::fit_right(&cell.date.format("%-d %b").to_string(), WEEK)
        } else {
            // Only weekdays are shown, from a Monday on: five of them are a week.
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
    // What is said at the end of the rows has a name as well.
    spans.push(Span::styled(" state", theme.dim()));
    Line::from(spans)
}

fn row_line(
    state: &Load,
    row: RowKind<'_>,
    snapshot: &Snapshot,
    (theme, is_here, widths): (Theme, bool, Widths),
    (ghost, viewed): (Option<&Ghost>, &ViewedColumns),
) -> Line<'static> {
    let (all, ghost) = (ghost, ghost.and_then(|it| it.of(row.owner())));
    // As the row would stand, so would its words.
    let row = row.after(all);
    let days: Vec<Cell> =
        row.cells().iter().map(|cell| ghost.map_or(*cell, |ghost| ghost.day(cell))).collect();
    let cells = state.shown(&days);
    let added = |cell: &Cell| {
        // A week has the date of its Monday.
        let days = if state.is_weeks { 7 } else { 1 };
        ghost.map_or(Minutes::ZERO, |ghost| ghost.added_in(cell.date, days))
    };
    let drawn: Vec<DrawnCell> =
        cells.iter().map(|cell| cells::draw(cell, (state.is_weeks, added(cell)), theme)).collect();
    let fills_first = drawn.first().is_some_and(|cell| cell.blank.is_empty());
    let mut spans = name_spans(row, snapshot, (theme, is_here || ghost.is_some(), fills_first), widths);
    spans.extend(viewed.cells(row, snapshot, theme));
    for (column, drawn) in drawn.into_iter().enumerate() {
        if !state.is_weeks && column > 0 && column % 5 == 0 {
            spans.push(Span::raw(" "));
        }
        let is_under = is_here && column == state.column;
        let DrawnCell { blank, text, style } = drawn;
        let chosen = if is_under { theme.selected(true) } else { Style::new() };
        spans.push(Span::styled(blank, chosen));
        spans.push(Span::styled(text, style.patch(chosen)));
    }
    let room = if cells.is_empty() { widths.across() } else { widths.note };
    let (text, style) = match row {
        // Without hours of its own it says nothing, and the row keeps what was said of it.
        RowKind::Person(_) if ghost.is_some_and(|it| it.after.is_none() && !it.words.is_empty()) => {
            (ghost.map_or_else(String::new, |ghost| ghost.words_in(room).to_owned()), theme.accent())
        }
        RowKind::Person(row) => {
            let said = notes(row, (&cells, state.is_weeks), snapshot, (theme, widths.form, room));
            said.into_iter().next().unwrap_or_default()
        }
        RowKind::Group(name, _) => {
            others::group_note(name, (&cells, state.is_weeks), snapshot, (theme, room))
        }
        RowKind::Unheld(_) => (others::unheld_note(snapshot, room), theme.warn()),
        RowKind::Review(review) => (others::review_note(review, room), theme.text()),
        RowKind::Heading { .. } => (String::new(), theme.text()),
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
    (theme, is_meant, fills_first): (Theme, bool, bool),
    widths: Widths,
) -> Vec<Span<'static>> {
    let (name, small) = row.names(snapshot);
    let strong = match row {
        _ if is_meant => theme.accent(),
        RowKind::Person(_) | RowKind::Group(..) if snapshot.freshness.is_stale(&RESTS_ON) => theme.dim(),
        _ => theme.strong(),
    };
    let Widths { name: wide, discipline, .. } = widths;
    if small.is_empty() || discipline == 0 {
        let text = plain::fit(name, wide + discipline);
        // `to give` fills the column of names: the blank before it keeps it from a first figure that fills its own.
        let is_moved = fills_first && !text.ends_with(' ');
        let (before, after) = if is_moved { ("", " ") } else { (" ", "") };
        return vec![Span::raw(before), Span::styled(text, strong), Span::raw(after)];
    }
    let small = Span::styled(format!("{} ", plain::fit(small, discipline - 1)), theme.dim());
    vec![Span::raw(" "), Span::styled(plain::fit(name, wide), strong), small]
}
