//! How the meetings look: a time or day, the title, who is in the room, and the one thing to know.

use chrono::{NaiveDate, Timelike};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Meetings;
use super::notes::{note, owed_there, series_note};
use super::rows::{self, AgendaRow};
use crate::domain::day;
use crate::domain::meeting::Meeting;
use crate::domain::source::SourceWhat;
use crate::domain::view::{Column, ListKind};
use crate::domain::words::filter::columns::CellFormat;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::marks;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::pictures;
use crate::tui::view::theme::Theme;

const QUESTION: &str = "Am I representing operations or am I shaping strategy?";
/// The same where there is less room.
const SHORT_QUESTION: &str = "Representing operations, or shaping strategy?";

/// The pane in one line: what is owed, or what comes next.
pub fn summary(snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let owed = match snapshot.owed.as_slice() {
        [] => String::new(),
        [one] => format!("reflect on {}", one.title),
        many => format!("reflect on {} meetings", many.len()),
    };
    let next = snapshot.next.as_ref().map_or_else(
        || "none coming within a week".to_owned(),
        |next| format!("next {} {}", when(next, snapshot), next.title),
    );
    let mut text = if owed.is_empty() { next } else { format!("{next} · {owed}") };
    if snapshot.meetings_left_out.is_some() {
        text.push_str(" · not every meeting is shown");
    }
    Line::from(vec![
        Span::styled(" Meetings  ".to_owned(), theme.strong()),
        Span::styled(plain::harmless(&text).into_owned(), theme.text()),
    ])
}

/// The time at which a meeting begins.
fn time(meeting: &Meeting) -> String {
    if meeting.is_all_day { "all day".to_owned() } else { meeting.start.format("%H:%M").to_string() }
}

/// The time of a meeting today, otherwise its day.
fn when(meeting: &Meeting, snapshot: &Snapshot) -> String {
    let date = meeting.start.date_naive();
    if date == snapshot.today() {
        time(meeting)
    } else if (snapshot.today() - date).num_days().abs() < 7 {
        date.format("%a %-d").to_string()
    } else {
        date.format("%-d %b").to_string()
    }
}

/// Rows of the pane above the list: its rule, and the names of the columns where there is room for them.
pub const fn frame(height: u16) -> (u16, u16) {
    (if height >= WITH_HEADS { 2 } else { 1 }, 0)
}

/// From so many rows on, the columns have their names; the cockpit has a day and its meetings in as many.
const WITH_HEADS: u16 = 14;
/// From so many columns on, a quarter of an hour takes two of the strip: half an hour is then seen at a glance, and it does
/// not end in the middle of a row. By the pane, since at 160 a page beside it leaves less than at 120 without one.
const WIDE_STRIP: usize = 116;

/// The rule with its question, what is filtered and which week.
fn rule(
    state: &Meetings,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    let week = state
        .week
        .map_or_else(String::new, |week| format!("week of {}", day::day_near(week, snapshot.today())));
    let count = state.rows.iter().filter(|row| matches!(row, AgendaRow::Meeting(_))).count();
    let marked = if state.marks.is_empty() { String::new() } else { format!("{} marked", state.marks.len()) };
    let told = state.filter.told(count, ListKind::Meetings);
    let joined = |parts: &[&String]| {
        let parts = parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str());
        parts.collect::<Vec<_>>().join("  ")
    };
    let mut right = joined(&[&marked, &told, &week]);
    let outdated = snapshot.freshness.stale_words(&[SourceWhat::Calendar]);
    let fits = |question: &str| Rule::takes("Meetings", question, &right) <= usize::from(area.width);
    // That meetings are missing or may have moved is worth more than the question.
    let more = match snapshot.meetings_left_out.as_deref().or(outdated.as_deref()) {
        Some(words) => plain::harmless(words),
        None if fits(QUESTION) => QUESTION.into(),
        None if told.is_empty() => SHORT_QUESTION.into(),
        // What is shown is told whole; the question comes back with the days.
        None => {
            right = joined(&[&marked, &week]);
            told.into()
        }
    };
    Rule { more: &more, right: &right, ..Rule::pane("Meetings", theme, is_focused) }.draw(buffer, area);
}

/// Draws the pane.
pub fn draw(
    state: &Meetings,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    rule(state, snapshot, (buffer, area), (theme, is_focused));
    if state.rows.is_empty() {
        let text = if !state.filter.is_empty() {
            "No meeting fits the filter: {back} takes it away."
        } else if state.week.is_some() {
            "No meeting in this week. {meetings-earlier} and {meetings-later} go on, {today} comes back."
        } else {
            "No meetings around today. {add} adds one; {import} brings your calendar in from its file."
        };
        paint::say_empty(buffer, paint::below(area, 1), &snapshot.hints.say(text), theme);
        return;
    }
    let (above, _) = frame(area.height);
    let list = paint::below(area, above);
    let width = usize::from(list.width);
    let seen = state.cursor.seen(&state.rows, usize::from(list.height));
    let meetings: Vec<usize> = state.rows[seen]
        .iter()
        .filter_map(|row| if let AgendaRow::Meeting(index) = row { Some(*index) } else { None })
        .collect();
    let said = |index: usize, column: MeetingColumn, width: usize| -> CellText {
        let meeting = &snapshot.meetings[index];
        let (text, style) = cell((meeting, state), column, width, (snapshot, theme));
        // A calendar that is stale may have moved it; what is owed for it stands all the same.
        let is_stale = snapshot.freshness.is_stale_meeting(meeting.key.meeting);
        let is_dim = is_stale && !matches!(column, MeetingColumn::Owed);
        (text, if is_dim { theme.dim() } else { style }).into()
    };
    let has_all_day = meetings.iter().any(|index| snapshot.meetings[*index].is_all_day);
    let longest = meetings.iter().map(|index| plain::width(&snapshot.meetings[*index].title)).max();
    let layout = ListLayout::fitted(
        1,
        &columns(width, state, (has_all_day, longest.unwrap_or(0))),
        width,
        (meetings.len(), &|at, column, width| said(meetings[at], column, width)),
    );
    let title_at = layout.start_of(|column| matches!(column, MeetingColumn::Title)).unwrap_or(UNDER);
    if above > 1 {
        paint::put(buffer, paint::below(area, 1), 0, &layout.head(theme.dim()));
    }
    state.cursor.draw(&state.rows, (buffer, list), theme.selected(is_focused), |row| match state.rows[row] {
        AgendaRow::Meeting(index) => layout.row(|column, width| said(index, column, width)),
        AgendaRow::Under(index, line) => {
            let (text, is_owed) = under(&snapshot.meetings[index], snapshot, width).swap_remove(line);
            Line::styled(
                format!("{}{text}", " ".repeat(title_at)),
                if is_owed { theme.warn() } else { theme.text() },
            )
        }
        heading => heading_line(heading, state, snapshot, (theme, width)),
    });
    draw_bars(state, snapshot, (buffer, list), theme);
}

/// What stands over meetings: their day, or what they have in common.
fn heading_line(
    row: AgendaRow,
    state: &Meetings,
    snapshot: &Snapshot,
    (theme, width): (Theme, usize),
) -> Line<'static> {
    match row {
        AgendaRow::Day(day) => day_line(day, snapshot, (theme, width)),
        AgendaRow::Heading(text) => Line::styled(format!("   {text}"), theme.strong()),
        AgendaRow::Group(at) => {
            let text = state.groups.get(at).map_or("", String::as_str);
            Line::styled(format!("   {}", plain::harmless(text)), theme.accent())
        }
        AgendaRow::Meeting(_) | AgendaRow::Under(..) => Line::default(),
    }
}

fn draw_bars(state: &Meetings, snapshot: &Snapshot, (buffer, list): (&mut Buffer, Rect), theme: Theme) {
    for (y, row) in (list.y..list.bottom()).zip(state.cursor.seen(&state.rows, usize::from(list.height))) {
        let is_marked = |index: &usize| state.marks.has(&snapshot.meetings[*index].key);
        if matches!(&state.rows[row], AgendaRow::Meeting(index) if is_marked(index)) {
            marks::bar(buffer, (list.x, y), theme);
        }
    }
}

/// A day as a heading; today with its hours as a strip and what of them is free.
fn day_line(day: NaiveDate, snapshot: &Snapshot, (theme, width): (Theme, usize)) -> Line<'static> {
    let today = snapshot.today();
    let name = match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => day::day_near(day, today),
    };
    let mut spans = vec![Span::styled(
        format!("   {}", plain::fit(&name, if day == today { 7 } else { 10 })),
        theme.strong(),
    )];
    if day == today {
        spans.extend(hours_of_today((width, 10), snapshot, theme));
    }
    Line::from(spans)
}

/// The hours of today as a strip with now on it, and what is free of those that are left.
fn hours_of_today((width, used): (usize, usize), snapshot: &Snapshot, theme: Theme) -> Vec<Span<'static>> {
    let busy = rows::busy(&snapshot.meetings, snapshot.today());
    let now = snapshot.now.hour() * 60 + snapshot.now.minute();
    let working = rows::working_hours(snapshot.reading.day);
    let free = rows::free(&working, &busy, now);
    let told = match (free / 60, free % 60) {
        (0, 0) => "nothing free".to_owned(),
        (0, minutes) => format!("{minutes}m free"),
        (hours, 0) => format!("{hours}h free"),
        (hours, minutes) => format!("{hours}h{minutes:02}m free"),
    };
    let hours = rows::drawn_hours(&working, &busy);
    let strip = |wide| pictures::day_strip(hours.clone(), (&busy, now), wide, theme.is_ascii);
    let is_wide = |strip: &String| used + plain::width(strip) + plain::width(&told) + 4 <= width;
    let wide = Some(strip(2)).filter(|strip| width >= WIDE_STRIP && is_wide(strip));
    let strip = wide.unwrap_or_else(|| strip(1));
    let taken = used + plain::width(&strip) + plain::width(&told) + 2;
    let mut spans = Vec::new();
    let mark = marks::NOW.drawn(theme);
    let parts = strip.split_once(mark);
    // Where both do not fit the words stay, since the strip alone does not say how much is free.
    if taken + 2 <= width {
        let (before, after) = parts.unwrap_or((&strip, ""));
        spans.push(Span::styled(before.to_owned(), theme.dim()));
        if parts.is_some() {
            spans.push(Span::styled(mark, theme.accent()));
            spans.push(Span::styled(after.to_owned(), theme.dim()));
        }
        spans.push(Span::raw("  "));
    }
    spans.push(Span::styled(told, theme.text()));
    let word = format!("  {mark}{}", marks::NOW.word);
    if parts.is_some() && taken + plain::width(&word) <= width {
        spans.push(Span::styled(word, theme.dim()));
    }
    spans
}

/// Titles longer than this would leave the rest no room on any screen.
const LONGEST: usize = 60;

/// True where rows stand as somebody ordered or grouped them, and so under no day.
fn is_asked(state: &Meetings) -> bool {
    let view = state.filter.view_of(ListKind::Meetings);
    state.filter.order(ListKind::Meetings).is_some() || view.is_some_and(|view| view.group.is_some())
}

/// What a row tells of a meeting.
#[derive(Debug, Clone, Copy)]
enum MeetingColumn {
    Owed,
    When,
    Title,
    Kind,
    Note,
    /// As a saved view asks for it.
    Of(Column),
}

fn columns(
    width: usize,
    state: &Meetings,
    (has_all_day, longest): (bool, usize),
) -> Vec<ListColumn<MeetingColumn>> {
    // `all day` is a letter longer than a day or a time.
    let when = if has_all_day { 7 } else { 6 };
    let title = if width < 70 { 20 } else { 28 };
    let mut columns = vec![
        ListColumn::of(MeetingColumn::Owed, "", 1).stays(),
        ListColumn::growing(MeetingColumn::When, "when", when, 7).best(12),
        ListColumn::growing(MeetingColumn::Title, "meeting", title, 9)
            .best(longest.clamp(36, LONGEST))
            .gap(2),
        ListColumn::growing(MeetingColumn::Kind, "kind", 11, 1).best(12).gap(2).leaves(1),
        ListColumn::growing(MeetingColumn::Note, "to know", 22, 8).gap(0),
    ];
    let asked = state.filter.view_of(ListKind::Meetings).map_or(&[][..], |view| &view.columns);
    if !asked.is_empty() {
        columns.truncate(3);
        let asked = asked.iter().filter(|column| !["on", "title"].contains(&column.name));
        columns.extend(asked.zip(1..).map(|(column, leaves)| {
            let own = ListColumn::growing(MeetingColumn::Of(*column), column.head(), 8, 5);
            own.best(30).gap(2).leaves(leaves)
        }));
    } else if state.is_by_series {
        // A series needs the room for what it has shown.
        columns.remove(3);
    }
    columns
}

fn cell(
    (meeting, state): (&Meeting, &Meetings),
    column: MeetingColumn,
    width: usize,
    (snapshot, theme): (&Snapshot, Theme),
) -> (String, Style) {
    let is_owed = snapshot.owed.iter().any(|owed| owed.key == meeting.key);
    let is_past = meeting.end <= snapshot.now;
    match column {
        MeetingColumn::Owed if !is_owed => (String::new(), theme.warn()),
        MeetingColumn::Owed => ((if theme.is_ascii { "o" } else { "●" }).to_owned(), theme.warn()),
        MeetingColumn::When => {
            // Under the heading of its day the time alone is enough.
            let has_day = !state.is_by_series
                && !is_asked(state)
                && (state.week.is_some() || meeting.start.date_naive() >= snapshot.today());
            (if has_day { time(meeting) } else { when(meeting, snapshot) }, theme.dim())
        }
        // Past and settled steps back; what is owed stays as bright as what is to come.
        MeetingColumn::Title => {
            let is_private = snapshot.private.has(&meeting.key.clone().into());
            let style = if is_past && !is_owed { theme.dim() } else { theme.text() };
            (marks::titled(&meeting.title, is_private, theme), style)
        }
        MeetingColumn::Of(column) => {
            let (today, calendar) = (snapshot.today(), &snapshot.reading.calendar);
            let format = CellFormat::new(column, ListKind::Meetings, today, calendar);
            (format.cell(&rows::subject_of(meeting, snapshot)), theme.text())
        }
        MeetingColumn::Kind => (meeting.kind_title().to_owned(), theme.dim()),
        MeetingColumn::Note if state.is_by_series => series_note(meeting, width, snapshot, theme),
        MeetingColumn::Note => note(meeting, (is_owed, width), snapshot, theme),
    }
}

/// Columns before what stands under the chosen one, at most: it begins where the names of meetings do.
const UNDER: usize = 16;

/// What the chosen one needs: what is owed to who is there, and what is to be said if something is asked.
pub fn under(meeting: &Meeting, snapshot: &Snapshot, width: usize) -> Vec<(String, bool)> {
    // Once it is over, nothing can be said in it any more.
    if meeting.end <= snapshot.now {
        return Vec::new();
    }
    let room = width.saturating_sub(UNDER + 1).max(20);
    let owed = owed_there(meeting, snapshot);
    let if_then = meeting.if_then.trim();
    let joined = match (&owed, if_then.is_empty()) {
        (Some(owed), false) => format!("{owed} · {if_then}"),
        (Some(owed), true) => owed.clone(),
        (None, _) => if_then.to_owned(),
    };
    let is_owed = owed.is_some();
    if joined.is_empty() || plain::width(&joined) <= room {
        return Some((joined, is_owed)).into_iter().filter(|(text, _)| !text.is_empty()).collect();
    }
    let wrapped =
        |text: &str, is_owed: bool| plain::wrap(text, room).into_iter().map(move |line| (line, is_owed));
    let mut lines: Vec<(String, bool)> = owed.iter().flat_map(|owed| wrapped(owed, true)).collect();
    lines.extend(wrapped(if_then, false));
    lines.retain(|(text, _)| !text.is_empty());
    lines
}
