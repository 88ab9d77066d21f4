//! How the queue looks: marks in their own column, keys left, figures right, titles get what is left.

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
use crate::tui::paint::{self, Rule};
use crate::tui::panes::board::lever_word;
use crate::tui::snapshot::Snapshot;
use crate::tui::theme::Theme;

/// From this width on, stage and score have columns; from the other, the outcome has one.
const WITH_STAGE: usize = 92;
const WITH_OUTCOME: usize = 150;
/// Columns of the day that it is due: `Fri 27 Nov`.
const DUE: usize = 10;

/// Widths of the columns for one width of the pane.
struct Columns {
    title: usize,
    people: usize,
    stage: usize,
    score: usize,
    outcome: usize,
    readiness: usize,
}

impl Columns {
    fn of(width: usize) -> Self {
        let stage = if width >= WITH_STAGE { 12 } else { 0 };
        let score = if width >= WITH_STAGE { 7 } else { 0 };
        let people = if width >= WITH_STAGE { 16 } else { 7 };
        let readiness = if width >= 52 { 4 } else { 0 };
        // Two marks, key, tier, due with its mark and gaps.
        let fixed = 3 + 7 + 4 + readiness + DUE + 3 + people + stage + score;
        let rest = width.saturating_sub(fixed);
        let outcome = if width >= WITH_OUTCOME { rest * 45 / 100 } else { 0 };
        Self { title: rest - outcome, people, stage, score, outcome, readiness }
    }
}

/// How many are new and at risk, in words.
fn counts(snapshot: &Snapshot) -> String {
    let Counts { open, new, late, at_risk } = snapshot.counts;
    let late = if late > 0 { format!("{late} late · ") } else { String::new() };
    format!("{new} new · {late}{at_risk} at risk · {open} open")
}

/// The pane in one line.
pub fn summary(state: &Intake, snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let first = state.visible.first().map(|index| &snapshot.rows[*index].request);
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
    let line = theme.rule(is_focused);
    let strong = if is_focused { theme.accent() } else { theme.text() };
    let more = if state.filter_text.is_empty() {
        counts(snapshot)
    } else {
        format!("{} of {} fit: {}", state.visible.len(), snapshot.filterable().count(), state.filter_text)
    };
    let right = if state.marks.is_empty() { String::new() } else { format!("{} marked", state.marks.len()) };
    Rule { title: "Intake", more: &more, right: &right, line, strong, text: theme.text() }.draw(buffer, area);
    let list = paint::below(area, 1);
    if state.visible.is_empty() {
        let text = if snapshot.rows.is_empty() {
            "   Nothing waits. {add} adds a request; `tablesetter import requests FILE` brings in what you have."
        } else {
            "   Nothing fits the filter. {back} shows everything again."
        };
        for (row, text) in
            plain::wrap(snapshot.hints.say(text).trim(), usize::from(list.width).saturating_sub(4))
                .iter()
                .enumerate()
        {
            paint::put(
                buffer,
                list,
                u16::try_from(row).unwrap_or(0),
                &Line::styled(format!("   {text}"), theme.dim()),
            );
        }
        return;
    }
    let columns = Columns::of(usize::from(list.width));
    let shown = state.shown(snapshot).enumerate().skip(state.cursor.top).take(usize::from(list.height));
    for (row, shown) in shown {
        let at = u16::try_from(row - state.cursor.top).unwrap_or(u16::MAX);
        paint::put(buffer, list, at, &request_line(shown, state, snapshot, (&columns, theme)));
        if row == state.cursor.row {
            paint::style_row(buffer, list, at, theme.selected(is_focused));
        }
    }
}

/// The mark of a row and its style.
fn mark(row: &QueueRow, theme: Theme) -> (&'static str, Style) {
    match row.mark() {
        RowMark::Late => (if theme.is_ascii { "<" } else { "‹" }, theme.alarm()),
        RowMark::Blocked => (if theme.is_ascii { "#" } else { "■" }, theme.warn()),
        RowMark::AtRisk => ("!", theme.alarm()),
        RowMark::OutputWorded => ("?", theme.warn()),
        RowMark::None => (" ", theme.text()),
    }
}

/// A day of another year is one letter too long for its column: then its century goes.
fn due_cell(due: NaiveDate, today: NaiveDate, calendar: &WorkCalendar) -> String {
    let text = day::due_text(due, today, calendar);
    if plain::width(&text) > DUE { due.format("%-d %b %y").to_string() } else { text }
}

fn request_line(
    row: &QueueRow,
    state: &Intake,
    snapshot: &Snapshot,
    (columns, theme): (&Columns, Theme),
) -> Line<'static> {
    let request = &row.request;
    let today = snapshot.today();
    let marked = if state.marks.contains(&request.id) { "*" } else { " " };
    let (glyph, glyph_style) = mark(row, theme);
    let tier = request
        .tier
        .map_or_else(|| format!("{}?", row.tier_guess.number()), |tier| format!("T{}", tier.number()));
    let tier_style = if request.tier.is_some() { theme.text() } else { theme.dim() };
    let due = request
        .due
        .map_or_else(|| "no date".to_owned(), |due| due_cell(due, today, &snapshot.reading.calendar));
    let due_style = match request.due {
        None => theme.dim(),
        Some(due) if due < today => theme.alarm(),
        Some(due) if due == today => theme.warn(),
        Some(_) => theme.text(),
    };
    let hard = if request.is_due_hard { "!" } else { " " };
    let mut spans = vec![
        Span::styled(marked, theme.accent()),
        Span::styled(glyph, glyph_style),
        Span::raw(" "),
        Span::styled(plain::fit(&request.id.to_string(), 7), theme.dim()),
    ];
    spans.extend(title(request, columns.title.saturating_sub(1), theme));
    spans.push(Span::raw(" "));
    if columns.outcome > 0 {
        let outcome = if request.outcome.is_empty() { "no outcome yet" } else { &request.outcome };
        let style = if request.outcome.is_empty() { theme.dim() } else { theme.text() };
        spans.push(Span::styled(plain::fit(outcome, columns.outcome - 1), style));
        spans.push(Span::raw(" "));
    }
    if columns.stage > 0 {
        spans.push(Span::styled(plain::fit(request.stage.title(), columns.stage), theme.dim()));
    }
    spans.push(Span::styled(plain::fit_right(&tier, 3), tier_style));
    spans.push(Span::raw(" "));
    if columns.readiness > 0 {
        spans.push(Span::styled(
            format!("{:>3} ", row.readiness.points),
            if row.readiness.points < 50 { theme.dim() } else { theme.text() },
        ));
    }
    if columns.score > 0 {
        spans.push(Span::styled(format!("{:>6.1} ", row.score.total()), theme.text()));
    }
    spans.push(Span::styled(plain::fit_right(&due, DUE), due_style));
    spans.push(Span::styled(hard, theme.warn()));
    spans.push(Span::raw("  "));
    spans.push(Span::styled(plain::fit(&people(&row.people, columns.people), columns.people), theme.text()));
    Line::from(spans)
}

/// The title, and where it leads: the outcome's key and its lever, where there is room.
fn title(request: &Request, columns: usize, theme: Theme) -> Vec<Span<'static>> {
    let style = if request.stage == Stage::New { theme.strong() } else { theme.text() };
    let key = request.outcome_id.map(|outcome| format!(" → {outcome}"));
    let lever = request.lever.filter(|_| columns >= 36).map(|lever| format!(" {}", lever_word(lever)));
    let tail = format!("{}{}", key.unwrap_or_default(), lever.unwrap_or_default());
    let room = columns.saturating_sub(plain::width(&tail));
    if columns < 20 || tail.is_empty() {
        return vec![Span::styled(plain::fit(&request.title, columns), style)];
    }
    let shown = plain::cut(&request.title, room);
    let gap = " ".repeat(room.saturating_sub(plain::width(&shown)));
    vec![Span::styled(shown, style), Span::styled(tail, theme.dim()), Span::raw(gap)]
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
