//! How the queue looks: marks in their own column, keys left, figures right, titles get what is left.

use std::cmp::Ordering;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Intake, said};
use crate::domain::stage::Stage;
use crate::domain::view::Column;
use crate::ops::queue::{QueueRow, RowMark};
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::board::lever_word;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::marks;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// From this width on, stage and score have columns; from the other, the outcome has one.
const WITH_STAGE: usize = 92;
const WITH_OUTCOME: usize = 150;
/// Columns of the day that it is due, and of what says that it is hard: `tomorrow*`.
const DUE: usize = 9;
/// A title has at least so many columns, fewer only where the list is narrower than beside two weeks of load.
const TITLE: usize = 30;
const NARROW_TITLE: usize = 24;
const NARROW: usize = 64;
/// No wider is a list at 120 columns.
const BESIDE_A_PAGE: usize = 66;
/// From so many rows on, one is spared for what the marks mean.
const WITH_LEGEND: u16 = 14;

/// What a row tells of a request.
#[derive(Debug, Clone, Copy)]
enum QueueColumn {
    Marks,
    Key,
    Title,
    Outcome,
    Stage,
    Tier,
    Readiness,
    Score,
    Due,
    Who,
    /// As a saved view asks for it.
    Of(Column),
}

/// The columns for one width of the pane: stage, score and outcome come in where they are worth their room. The title
/// has at least two fifths; who holds it leaves first, then how ready it is, then its tier.
fn columns(width: usize) -> Vec<ListColumn<QueueColumn>> {
    use QueueColumn::{Due, Key, Marks, Outcome, Readiness, Score, Stage, Tier, Title, Who};
    let (has_stage, has_outcome) = (width >= WITH_STAGE, width >= WITH_OUTCOME);
    // Two fifths, but at most sixty: longer titles are rare, and the other columns would go for blanks.
    let title = if width < NARROW { NARROW_TITLE } else { TITLE.max((width * 2).div_ceil(5).min(TITLE * 2)) };
    let all = [
        (true, ListColumn::of(Marks, "", 2).stays()),
        (true, ListColumn::of(Key, "key", 5)),
        // Tiers stand right in a column that their name makes a blank wider than they are; stages begin at its left.
        (true, ListColumn::growing(Title, "request", title, 9).gap(usize::from(width < NARROW || has_stage))),
        (has_outcome, ListColumn::growing(Outcome, "outcome", 8, 5).best(60)),
        (has_stage, ListColumn::of(Stage, "stage", 11).leaves(5)),
        (true, ListColumn::of(Tier, "tier", 4).right().leaves(1)),
        (true, ListColumn::of(Readiness, "rdy", 3).right().leaves(2)),
        (has_stage, ListColumn::of(Score, "score", 6).right().leaves(4)),
        // The blank in its name stands where rows have the mark of a hard day, so that name and days share an
        // edge.
        (true, ListColumn::growing(Due, "due ", DUE + usize::from(has_stage), 8).best(DUE + 1).right()),
        // One name whole goes before the rest of a title, several only where there is more room.
        (width > BESIDE_A_PAGE, ListColumn::growing(Who, "who", 5, 3).best(16).gap(0).leaves(3)),
        (width <= BESIDE_A_PAGE, ListColumn::growing(Who, "who", 5, 10).best(6).gap(0).leaves(3)),
    ];
    all.into_iter().filter_map(|(is_shown, column)| is_shown.then_some(column)).collect()
}

/// What a column of a view needs at least to say something: a stage whole, a name nearly so.
fn least(column: Column) -> usize {
    match column.name {
        "stage" => 11,
        "outcome" => 16,
        "requester" | "brand" | "channel" | "decider" | "lever" | "source" | "created" | "delivered" => 10,
        "person" => 8,
        _ => 5,
    }
}

/// The columns of the view that the filter begins with, if it names some; else those for the width.
fn view_columns(state: &Intake, snapshot: &Snapshot, width: usize) -> Vec<ListColumn<QueueColumn>> {
    let asked = state.view(snapshot).map_or(&[][..], |view| &view.columns);
    if asked.is_empty() {
        return columns(width);
    }
    let mut all = vec![
        ListColumn::of(QueueColumn::Marks, "", 2).stays(),
        ListColumn::of(QueueColumn::Key, "key", 5),
        ListColumn::growing(QueueColumn::Title, "request", NARROW_TITLE, 9),
    ];
    // Where there is no room for all, the last that were named leave first.
    for (column, leaves) in asked.iter().zip(1..) {
        match column.name {
            "key" | "title" => {}
            "due" => {
                all.push(ListColumn::growing(QueueColumn::Due, "due ", DUE, 8).best(DUE + 1).right());
            }
            _ => {
                let own = ListColumn::growing(QueueColumn::Of(*column), column.head(), least(*column), 8);
                all.push(own.best(24).leaves(leaves));
            }
        }
    }
    all
}

/// Rows of the pane that are no requests: above them its rule and the names of the columns, below them the marks.
pub const fn frame(height: u16, is_focused: bool) -> (u16, u16) {
    (2, if is_focused && height >= WITH_LEGEND { 1 } else { 0 })
}

/// The pane in one line.
pub fn summary(state: &Intake, snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let first =
        state.visible.first().and_then(|index| snapshot.filterable_at(*index)).map(|row| &row.request);
    let first =
        first.map_or_else(String::new, |request| format!("   first: {} {}", request.id, request.title));
    Line::from(vec![
        Span::styled(" Intake    ".to_owned(), theme.strong()),
        Span::styled(format!("{}{}", said::counts(snapshot), plain::harmless(&first)), theme.text()),
    ])
}

/// Draws the pane.
pub fn draw(
    state: &Intake,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    let (more, right) = said::told(state, snapshot, usize::from(area.width));
    Rule { more: &more, right: &right, ..Rule::pane("Intake", theme, is_focused) }.draw(buffer, area);
    if state.visible.is_empty() {
        let text = if snapshot.rows.is_empty() {
            "   Nothing waits. {add} adds a request; {import} brings in what you have from a file."
        } else {
            "   Nothing fits the filter. {back} shows everything again."
        };
        paint::say_empty(buffer, paint::below(area, 1), &snapshot.hints.say(text), theme);
        return;
    }
    let (above, below) = frame(area.height, is_focused);
    let list = paint::below(area, above);
    let list = Rect { height: list.height.saturating_sub(below), ..list };
    let width = usize::from(list.width);
    let seen = state.cursor.seen(&state.lines, usize::from(list.height));
    let row = |line: usize| {
        let index = state.lines.row(line).and_then(|row| state.visible.get(row));
        index.and_then(|index| snapshot.filterable_at(*index))
    };
    let said = |at: usize, column: QueueColumn, width: usize| {
        let spans = row(at).map(|row| cell(row, column, width, (state, snapshot, theme)));
        CellText::from(spans.unwrap_or_default())
    };
    let first = seen.start;
    let layout = ListLayout::fitted(
        0,
        &view_columns(state, snapshot, width),
        width,
        (seen.len(), &|at, column, width| said(first + at, column, width)),
    );
    paint::put(buffer, paint::below(area, 1), 0, &layout.head(theme.dim()));
    state.cursor.draw(&state.lines, (buffer, list), theme.selected(is_focused), |line| {
        state.lines.heading(line).map_or_else(
            || layout.row(|column, width| said(line, column, width)),
            |heading| Line::styled(format!("  {}", plain::harmless(heading)), theme.accent()),
        )
    });
    if below > 0 {
        let line = said::meaning(row(state.cursor.row()), theme, width.saturating_sub(3));
        let foot = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width - 2, height: 1 };
        paint::put(buffer, foot, 0, &line);
    }
}

/// The mark of a row and its style.
fn mark(row: &QueueRow, theme: Theme) -> (&'static str, Style) {
    match row.mark() {
        RowMark::Late => (marks::LATE.drawn(theme), theme.critical()),
        RowMark::Blocked => (marks::BLOCKED.drawn(theme), theme.warn()),
        RowMark::AtRisk => (marks::AT_RISK.drawn(theme), theme.critical()),
        RowMark::OutputWorded => (marks::ASKS_FOR_THINGS.drawn(theme), theme.warn()),
        RowMark::None => (" ", theme.text()),
    }
}

fn cell(
    row: &QueueRow,
    column: QueueColumn,
    width: usize,
    (state, snapshot, theme): (&Intake, &Snapshot, Theme),
) -> Vec<Span<'static>> {
    let request = &row.request;
    let is_stale = snapshot.freshness.is_stale_request(&request.source);
    let (text, style) = match column {
        QueueColumn::Marks => {
            let (glyph, style) = mark(row, theme);
            let is_marked = state.marks.has(&request.id);
            let marked = if is_marked { marks::MARKED.drawn(theme) } else { " " };
            return vec![Span::styled(marked, theme.accent()), Span::styled(glyph, style)];
        }
        // What rests on stale data steps back; its marks are reckoned here and stay.
        QueueColumn::Title if is_stale => (titled(row, theme), theme.dim()),
        QueueColumn::Title => return title(row, width, theme),
        QueueColumn::Due => {
            let mut spans = due(row, snapshot, theme);
            if is_stale {
                for span in &mut spans {
                    span.style = theme.dim();
                }
            }
            return spans;
        }
        QueueColumn::Key => (request.id.to_string(), theme.dim()),
        QueueColumn::Outcome if request.outcome.is_empty() => ("no outcome yet".to_owned(), theme.dim()),
        QueueColumn::Outcome => (request.outcome.clone(), theme.text()),
        QueueColumn::Stage => (request.stage.title().to_owned(), theme.dim()),
        QueueColumn::Tier => match request.tier {
            // Its blank stands under the bracket of a guessed one.
            Some(tier) => (format!("T{} ", tier.number()), theme.text()),
            None => (format!("({})", row.tier_guess.number()), theme.dim()),
        },
        QueueColumn::Readiness if row.readiness.points < 50 => {
            (row.readiness.points.to_string(), theme.dim())
        }
        QueueColumn::Readiness => (row.readiness.points.to_string(), theme.text()),
        QueueColumn::Score => (format!("{:.1}", row.score.total()), theme.text()),
        QueueColumn::Who => (people(&row.people, width), theme.text()),
        QueueColumn::Of(column) if column.name == "person" => (people(&row.people, width), theme.text()),
        QueueColumn::Of(column) => {
            (row.in_column(column, snapshot.today(), &snapshot.reading.calendar), theme.text())
        }
    };
    vec![Span::styled(text, if is_stale { theme.dim() } else { style })]
}

/// The day that it is due, and behind it whether that day is hard.
fn due(row: &QueueRow, snapshot: &Snapshot, theme: Theme) -> Vec<Span<'static>> {
    let today = snapshot.today();
    let Some(text) = row.due_in_column(today, &snapshot.reading.calendar) else {
        return vec![Span::styled("no date ", theme.dim())];
    };
    let hard = if row.request.is_due_hard { marks::HARD_DAY.drawn(theme) } else { " " };
    vec![Span::styled(text, due_style(row, today, theme)), Span::styled(hard, theme.warn())]
}

fn due_style(row: &QueueRow, today: NaiveDate, theme: Theme) -> Style {
    match row.request.due.map(|due| due.cmp(&today)) {
        Some(Ordering::Less) if row.late.is_some() => theme.critical(),
        Some(Ordering::Less) => theme.dim(),
        Some(Ordering::Equal) if row.request.stage.is_open() => theme.warn(),
        _ => theme.text(),
    }
}

/// The title behind what says that it is private.
fn titled(row: &QueueRow, theme: Theme) -> String {
    marks::titled(&row.request.title, row.is_private, theme)
}

/// The title, and in the blanks that it leaves where it leads: the outcome's key, and its lever.
fn title(row: &QueueRow, columns: usize, theme: Theme) -> Vec<Span<'static>> {
    let (request, titled) = (&row.request, titled(row, theme));
    let style = if request.stage == Stage::New { theme.strong() } else { theme.text() };
    // Asked how much it needs, it needs its title alone.
    let mut room = if columns == usize::MAX { 0 } else { columns.saturating_sub(plain::width(&titled)) };
    let mut spans = vec![Span::styled(titled, style)];
    let key = request.outcome_id.map(|outcome| format!(" → {outcome}"));
    let lever = request.lever.map(|lever| format!(" · {}", lever_word(lever)));
    for tail in key.into_iter().chain(lever) {
        if plain::width(&tail) > room {
            break;
        }
        room -= plain::width(&tail);
        spans.push(Span::styled(tail, theme.dim()));
    }
    spans
}

/// As many handles as fit; a plus says that there are more.
fn people(handles: &[String], columns: usize) -> String {
    let all = handles.join(" ");
    match handles {
        [first, _, ..] if plain::width(&all) > columns => {
            format!("{}+", plain::cut(first, columns.saturating_sub(1)))
        }
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{DUE, ListLayout, NARROW, QueueColumn, columns, people};
    use crate::domain::day;
    use crate::domain::workdays::WorkCalendar;
    use crate::plain;
    use crate::tui::view::columns::CellText;

    #[test]
    fn a_day_fits_its_column_whenever_it_is() {
        let (today, calendar) = (NaiveDate::from_ymd_opt(2026, 12, 15).unwrap(), WorkCalendar::default());
        let width = |due| plain::width(&day::column_text(due, today, &calendar));
        assert!(today.iter_days().take(800).all(|due| width(due) <= DUE));
    }

    #[test]
    fn more_people_than_there_is_room_for_are_a_plus() {
        let all = ["hugo".to_owned(), "ana".to_owned()];
        assert_eq!(people(&all, 5), "hugo+");
        assert_eq!(people(&all, 8), "hugo ana");
        assert_eq!(people(&["maximilian".to_owned(), "ana".to_owned()], 5), "max…+");
    }

    proptest! {
        #[test]
        fn no_title_runs_into_what_stands_behind_it(width in 52usize..220, letters in 20usize..70) {
            let long = "x".repeat(letters);
            let said = |key: QueueColumn| match key {
                QueueColumn::Title => long.clone(),
                QueueColumn::Stage | QueueColumn::Outcome => "new".to_owned(),
                QueueColumn::Tier => "(3)".to_owned(),
                _ => "y".to_owned(),
            };
            let style = ratatui::style::Style::new();
            let cell: &dyn Fn(usize, QueueColumn, usize) -> CellText = &|_, key, _| (said(key), style).into();
            let layout = ListLayout::fitted(0, &columns(width), width, (1, cell));
            let row = layout.row(|key, _| (said(key), style)).to_string();
            let behind = row.trim_start_matches(|c| c != 'x').trim_start_matches('x').trim_start_matches('…');
            prop_assert!(behind.starts_with(' '), "{row}");
        }

        #[test]
        fn a_title_has_thirty_letters_beside_two_weeks_and_two_fifths_of_a_list(width in 52usize..220) {
            let long: &dyn Fn(usize, QueueColumn, usize) -> CellText =
                &|_, _, _| ("x".repeat(80), ratatui::style::Style::new()).into();
            let layout = ListLayout::fitted(0, &columns(width), width, (1, long));
            let title = layout.width_of(|key| matches!(key, QueueColumn::Title)).unwrap();
            prop_assert!(title >= if width < NARROW { 24 } else { 30 }, "{title} of {width}");
            prop_assert!(width < NARROW || title * 5 >= width * 2 || title >= 60, "{title} of {width}");
        }
    }
}
