//! How the queue looks: marks in their own column, keys left, figures right, titles get what is left.

use std::cmp::Ordering;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Intake;
use crate::domain::day;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::workdays::WorkCalendar;
use crate::ops::queue::{Counts, QueueRow, RowMark};
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::board::lever_word;
use crate::tui::view::columns::{ListColumn, ListLayout};
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// From this width on, stage and score have columns; from the other, the outcome has one.
const WITH_STAGE: usize = 92;
const WITH_OUTCOME: usize = 150;
/// Columns of the day that it is due: `Fri 27 Nov`.
const DUE: usize = 10;

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
    Hard,
    Who,
}

/// The columns for one width of the pane: stage, score and outcome come in where they are worth their room.
fn columns(width: usize) -> Vec<ListColumn<QueueColumn>> {
    use QueueColumn::{Due, Hard, Key, Marks, Outcome, Readiness, Score, Stage, Tier, Title, Who};
    let (has_stage, has_outcome) = (width >= WITH_STAGE, width >= WITH_OUTCOME);
    let all = [
        (true, ListColumn::of(Marks, "", 2)),
        (true, ListColumn::of(Key, "key", 6)),
        (true, ListColumn::growing(Title, "request", 8, 55)),
        (has_outcome, ListColumn::growing(Outcome, "outcome", 8, 45)),
        (has_stage, ListColumn::of(Stage, "stage", 11)),
        (true, ListColumn::of(Tier, "tier", 3).right()),
        (true, ListColumn::of(Readiness, "rdy", 3).right().leaves(1)),
        (has_stage, ListColumn::of(Score, "score", 6).right()),
        (true, ListColumn::of(Due, "due", DUE).right().gap(0)),
        (true, ListColumn::of(Hard, "", 1).gap(2)),
        (true, ListColumn::of(Who, "who", if has_stage { 16 } else { 7 }).gap(0)),
    ];
    all.into_iter().filter_map(|(is_shown, column)| is_shown.then_some(column)).collect()
}

/// How many are new and at risk, in words.
fn counts(snapshot: &Snapshot) -> String {
    let Counts { open, new, late, at_risk } = snapshot.counts;
    let late = if late > 0 { format!("{late} late · ") } else { String::new() };
    format!("{new} new · {late}{at_risk} at risk · {open} open")
}

/// What the rule says: the queue in words, and at its right end what is marked and the row, where both fit. The row is
/// of as many as are shown, so without a filter `31 open` may give way to it.
fn told(state: &Intake, snapshot: &Snapshot, width: usize) -> (String, String) {
    let shown = state.visible.len();
    let (whole, short) = if state.filter_text.is_empty() {
        let Counts { open, .. } = snapshot.counts;
        let whole = counts(snapshot);
        let short = whole.trim_end_matches(&format!(" · {open} open")).to_owned();
        (whole, short)
    } else {
        let whole = format!("{shown} of {} fit: {}", snapshot.filterable().count(), state.filter_text);
        (whole.clone(), whole)
    };
    let order = state.order(snapshot).map_or_else(String::new, |order| {
        let backwards = if order.is_reversed { ", backwards" } else { "" };
        format!(" · by {}{backwards}", order.column.title())
    });
    let (whole, short) = (whole + &order, short + &order);
    let marked = if state.marks.is_empty() { String::new() } else { format!("{} marked", state.marks.len()) };
    let row = format!("row {} of {shown}", state.cursor.row() + 1);
    let right = if marked.is_empty() { row } else { format!("{marked}  {row}") };
    let fits = |(more, right): &(&String, &String)| Rule::takes("Intake", more, right) <= width;
    let with_row = [(&whole, &right), (&short, &right)].into_iter().filter(|_| shown > 0);
    let tried = with_row.chain([(&whole, &marked), (&short, &marked)]).find(fits);
    let (more, right) = tried.unwrap_or((&short, &marked));
    (more.clone(), right.clone())
}

/// The pane in one line.
pub fn summary(state: &Intake, snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let first =
        state.visible.first().and_then(|index| snapshot.filterable_at(*index)).map(|row| &row.request);
    let first =
        first.map_or_else(String::new, |request| format!("   first: {} {}", request.id, request.title));
    Line::from(vec![
        Span::styled(" Intake    ".to_owned(), theme.strong()),
        Span::styled(format!("{}{}", counts(snapshot), plain::harmless(&first)), theme.text()),
    ])
}

/// Draws the pane.
pub fn draw(
    state: &Intake,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    let (more, right) = told(state, snapshot, usize::from(area.width));
    Rule { more: &more, right: &right, ..Rule::pane("Intake", theme, is_focused) }.draw(buffer, area);
    let list = paint::below(area, 1);
    if state.visible.is_empty() {
        let text = if snapshot.rows.is_empty() {
            "   Nothing waits. {add} adds a request; `tablesetter import requests FILE` brings in what you have."
        } else {
            "   Nothing fits the filter. {back} shows everything again."
        };
        paint::say_empty(buffer, list, &snapshot.hints.say(text), theme);
        return;
    }
    let width = usize::from(list.width);
    let layout = ListLayout::new(0, &columns(width), width);
    state.cursor.draw(&state.visible.len(), (buffer, list), theme.selected(is_focused), |row| {
        let shown = state.visible.get(row).and_then(|index| snapshot.filterable_at(*index));
        shown.map_or_else(Line::default, |row| {
            layout.row(|column, width| cell(row, column, width, (state, snapshot, theme)))
        })
    });
}

/// The mark of a row and its style.
fn mark(row: &QueueRow, theme: Theme) -> (&'static str, Style) {
    match row.mark() {
        RowMark::Late => (if theme.is_ascii { "<" } else { "‹" }, theme.critical()),
        RowMark::Blocked => (if theme.is_ascii { "#" } else { "■" }, theme.warn()),
        RowMark::AtRisk => ("!", theme.critical()),
        RowMark::OutputWorded => ("?", theme.warn()),
        RowMark::None => (" ", theme.text()),
    }
}

/// A day of another year is one letter too long for its column: then its century goes.
fn due_cell(due: NaiveDate, today: NaiveDate, calendar: &WorkCalendar) -> String {
    let text = day::due_text(due, today, calendar);
    if plain::width(&text) > DUE { due.format("%-d %b %y").to_string() } else { text }
}

fn cell(
    row: &QueueRow,
    column: QueueColumn,
    width: usize,
    (state, snapshot, theme): (&Intake, &Snapshot, Theme),
) -> Vec<Span<'static>> {
    let (request, today) = (&row.request, snapshot.today());
    let (text, style) = match column {
        QueueColumn::Marks => {
            let (glyph, style) = mark(row, theme);
            let marked = if state.marks.contains(&request.id) { "*" } else { " " };
            return vec![Span::styled(marked, theme.accent()), Span::styled(glyph, style)];
        }
        QueueColumn::Title => return title(request, width, theme),
        QueueColumn::Key => (request.id.to_string(), theme.dim()),
        QueueColumn::Outcome if request.outcome.is_empty() => ("no outcome yet".to_owned(), theme.dim()),
        QueueColumn::Outcome => (request.outcome.clone(), theme.text()),
        QueueColumn::Stage => (request.stage.title().to_owned(), theme.dim()),
        QueueColumn::Tier => match request.tier {
            Some(tier) => (format!("T{}", tier.number()), theme.text()),
            None => (format!("{}?", row.tier_guess.number()), theme.dim()),
        },
        QueueColumn::Readiness if row.readiness.points < 50 => {
            (row.readiness.points.to_string(), theme.dim())
        }
        QueueColumn::Readiness => (row.readiness.points.to_string(), theme.text()),
        QueueColumn::Score => (format!("{:.1}", row.score.total()), theme.text()),
        QueueColumn::Due => match request.due {
            None => ("no date".to_owned(), theme.dim()),
            Some(due) => (due_cell(due, today, &snapshot.reading.calendar), due_style(due, today, theme)),
        },
        QueueColumn::Hard => ((if request.is_due_hard { "!" } else { " " }).to_owned(), theme.warn()),
        QueueColumn::Who => (people(&row.people, width), theme.text()),
    };
    vec![Span::styled(text, style)]
}

fn due_style(due: NaiveDate, today: NaiveDate, theme: Theme) -> Style {
    match due.cmp(&today) {
        Ordering::Less => theme.critical(),
        Ordering::Equal => theme.warn(),
        Ordering::Greater => theme.text(),
    }
}

/// The title, and where it leads: the outcome's key and its lever, where there is room.
fn title(request: &Request, columns: usize, theme: Theme) -> Vec<Span<'static>> {
    let style = if request.stage == Stage::New { theme.strong() } else { theme.text() };
    let key = request.outcome_id.map(|outcome| format!(" → {outcome}"));
    let lever = request.lever.filter(|_| columns >= 36).map(|lever| format!(" {}", lever_word(lever)));
    let tail = format!("{}{}", key.unwrap_or_default(), lever.unwrap_or_default());
    let room = columns.saturating_sub(plain::width(&tail));
    if columns < 20 || tail.is_empty() {
        return vec![Span::styled(request.title.clone(), style)];
    }
    vec![Span::styled(plain::cut(&request.title, room), style), Span::styled(tail, theme.dim())]
}

/// As many handles as fit, then how many more there are.
fn people(handles: &[String], columns: usize) -> String {
    let all = handles.join(" ");
    match handles {
        [first, rest @ ..] if plain::width(&all) > columns => {
            format!("{} +{}", plain::cut(first, columns.saturating_sub(3)), rest.len())
        }
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{DUE, due_cell};
    use crate::domain::workdays::WorkCalendar;
    use crate::plain;

    #[test]
    fn a_day_fits_its_column_whenever_it_is() {
        let (today, calendar) = (NaiveDate::from_ymd_opt(2026, 12, 15).unwrap(), WorkCalendar::default());
        for (due, text) in [
            (NaiveDate::from_ymd_opt(2026, 12, 18), "Fri 18 Dec"),
            (NaiveDate::from_ymd_opt(2027, 1, 8), "Fri 8 Jan"),
            (NaiveDate::from_ymd_opt(2027, 9, 3), "3 Sep 2027"),
            (NaiveDate::from_ymd_opt(2027, 12, 21), "21 Dec 27"),
        ] {
            assert_eq!(due_cell(due.unwrap(), today, &calendar), text);
        }
        let width = |due| plain::width(&due_cell(due, today, &calendar));
        assert!(today.iter_days().take(800).all(|due| width(due) <= DUE));
    }
}
