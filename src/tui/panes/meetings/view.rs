//! How the meetings look: a time or day, the title, who is in the room, and the one thing to know.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Meetings;
use crate::domain::day;
use crate::domain::meeting::Meeting;
use crate::domain::reflection::trend::Trend;
use crate::ops::reflect::stance_words;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::columns::{ListColumn, ListLayout};
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

const QUESTION: &str = "Am I representing operations or am I shaping strategy?";

/// The pane in one line: what is owed, or what comes next.
pub fn summary(snapshot: &Snapshot, theme: Theme) -> Line<'static> {
    let owed = match snapshot.owed.as_slice() {
        [] => String::new(),
        [one] => format!("{} is owed a reflection", one.title),
        many => format!("{} meetings are owed a reflection", many.len()),
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

/// The time of a meeting today, otherwise its day.
fn when(meeting: &Meeting, snapshot: &Snapshot) -> String {
    let date = meeting.start.date_naive();
    if date == snapshot.today() {
        if meeting.is_all_day { "all day".to_owned() } else { meeting.start.format("%H:%M").to_string() }
    } else if meeting.is_all_day {
        day::short_day(date)
    } else {
        format!("{} {}", date.format("%a %-d"), meeting.start.format("%H:%M"))
    }
}

/// Draws the pane.
pub fn draw(
    state: &Meetings,
    snapshot: &Snapshot,
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    let week = state
        .week
        .map_or_else(String::new, |week| format!("week of {}", day::day_near(week, snapshot.today())));
    let right = [state.filter.told(state.order.len()), week];
    let right = right.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("  ");
    let more = snapshot.meetings_left_out.as_deref().map_or_else(|| QUESTION.into(), plain::harmless);
    Rule { more: &more, right: &right, ..Rule::pane("Meetings", theme, is_focused) }.draw(buffer, area);
    let list = paint::below(area, 1);
    if state.order.is_empty() {
        let text = if !state.filter.is_empty() {
            "No meeting fits the filter: {back} takes it away."
        } else if state.week.is_some() {
            "No meeting in this week. {meetings-earlier} and {meetings-later} go on, {today} comes back."
        } else {
            "No meetings around today. `tablesetter import calendar FILE` brings yours in."
        };
        paint::say_empty(buffer, list, &snapshot.hints.say(text), theme);
    }
    let width = usize::from(list.width);
    let title = (width / 3).clamp(18, 40);
    // A series needs the room for what it has shown.
    let people = if state.is_by_series { 0 } else { (width / 4).min(44) };
    let columns = [
        ListColumn::of(MeetingColumn::Owed, "", 1),
        ListColumn::of(MeetingColumn::When, "when", 13),
        ListColumn::of(MeetingColumn::Title, "meeting", title).gap(2),
        ListColumn::of(MeetingColumn::People, "in the room", people).gap(2),
        ListColumn::growing(MeetingColumn::Note, "to know", 0, 1).gap(0),
    ];
    let layout = ListLayout::new(1, &columns, width);
    state.cursor.draw(&state.order.len(), (buffer, list), theme.selected(is_focused), |row| {
        let meeting = &snapshot.meetings[state.order[row]];
        layout.row(|column, width| cell((meeting, state.is_by_series), column, width, (snapshot, theme)))
    });
}

/// What a row tells of a meeting.
#[derive(Debug, Clone, Copy)]
enum MeetingColumn {
    Owed,
    When,
    Title,
    People,
    Note,
}

fn cell(
    (meeting, is_by_series): (&Meeting, bool),
    column: MeetingColumn,
    width: usize,
    (snapshot, theme): (&Snapshot, Theme),
) -> (String, Style) {
    let is_owed = snapshot.owed.iter().any(|owed| owed.key == meeting.key);
    let is_past = meeting.end <= snapshot.now;
    match column {
        MeetingColumn::Owed if !is_owed => (String::new(), theme.warn()),
        MeetingColumn::Owed => ((if theme.is_ascii { "o" } else { "●" }).to_owned(), theme.warn()),
        MeetingColumn::When => (when(meeting, snapshot), theme.dim()),
        MeetingColumn::Title if is_past && !is_owed => (meeting.title.clone(), theme.dim()),
        MeetingColumn::Title => (meeting.title.clone(), theme.text()),
        MeetingColumn::People => (meeting.attendees.join(", "), theme.dim()),
        MeetingColumn::Note if is_by_series => series_note(meeting, snapshot, theme),
        MeetingColumn::Note => {
            let (text, style) = note(meeting, is_owed.then_some(width), snapshot, theme);
            match owed_there(meeting, snapshot).filter(|_| !is_past) {
                Some(owed) => (format!("{owed} · {text}"), theme.warn()),
                None => (text, style),
            }
        }
    }
}

/// What we owe people in the room: `owed P-9 to Priya`.
fn owed_there(meeting: &Meeting, snapshot: &Snapshot) -> Option<String> {
    let owed: Vec<String> = meeting
        .attendees
        .iter()
        .flat_map(|name| snapshot.books.owed_to(name).map(move |promise| (promise.id, name)))
        .map(|(id, name)| format!("{id} to {}", name.split(' ').next().unwrap_or(name)))
        .collect();
    (!owed.is_empty()).then(|| format!("owed {}", owed.join(", ")))
}

/// What a series has shown so far: its stances, then the shares with their counts.
fn series_note(meeting: &Meeting, snapshot: &Snapshot, theme: Theme) -> (String, Style) {
    let entries: Vec<_> = snapshot.entries.iter().filter(|entry| entry.series == meeting.series).collect();
    if entries.is_empty() {
        return ("no reflection yet".to_owned(), theme.dim());
    }
    let trend = Trend::of(&entries);
    let bars = paint::bars(&trend.stances[trend.stances.len().saturating_sub(12)..], 5, theme.is_ascii);
    (
        format!("{bars}  n {} · shape {} · expansion {}", trend.count, trend.shape, trend.expansion),
        theme.text(),
    )
}

/// Columns that say it in whole words.
const OWED_IN_WORDS: usize = 29;

/// For how long a reflection is owed, and the keys that end it.
fn owed_for(meeting: &Meeting, room: usize, snapshot: &Snapshot) -> String {
    let days = (snapshot.today() - meeting.end.date_naive()).num_days();
    let keys = snapshot.hints.say("{reflect} {wave-reflection}");
    if room < OWED_IN_WORDS {
        return format!("owed {}d: {keys}", days.max(0));
    }
    let age = match days {
        ..=0 => String::new(),
        1 => " 1 day".to_owned(),
        days => format!(" {days} days"),
    };
    format!("reflection owed{age}: {keys}")
}

/// The one thing to know of a meeting.
fn note(meeting: &Meeting, owed_in: Option<usize>, snapshot: &Snapshot, theme: Theme) -> (String, Style) {
    if let Some(room) = owed_in {
        return (owed_for(meeting, room, snapshot), theme.warn());
    }
    let own = snapshot.entries.iter().find(|entry| entry.reflection.meeting == meeting.key);
    if let Some(entry) = own {
        let stance = entry.reflection.stance;
        return (format!("{stance} {}", stance_words(stance)), theme.good());
    }
    if !meeting.if_then.is_empty() {
        return (format!("if-then: {}", meeting.if_then), theme.text());
    }
    let last = snapshot.entries.iter().rev().find(|entry| entry.series == meeting.series);
    match last {
        Some(entry) if meeting.start > snapshot.now => {
            let reflection = &entry.reflection;
            let text = if reflection.if_then.is_empty() {
                format!("last time: {} {}", reflection.stance, stance_words(reflection.stance))
            } else {
                format!("last time: {}", reflection.if_then)
            };
            (text, theme.dim())
        }
        _ => (meeting.kind_title().to_owned(), theme.dim()),
    }
}
