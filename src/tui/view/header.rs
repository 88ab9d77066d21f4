//! The two lines on top: the day, what changed meanwhile, the next meeting, what has to be raised, and how it goes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingKind};
use crate::domain::reflection::trend;
use crate::plain;
use crate::tui::app::App;
use crate::tui::app::action::Action;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::paint;

/// How many reflections the header's bars show.
const BARS: usize = 12;

/// Draws both lines.
pub fn draw(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, area: Rect) {
    let theme = app.theme;
    let now = snapshot.now;
    let mut left = vec![
        Span::styled(" tablesetter".to_owned(), theme.accent()),
        Span::styled(format!("  {} {}", day::short_day(now.date_naive()), now.format("%H:%M")), theme.text()),
    ];
    left.extend(meanwhile(app, snapshot, usize::from(area.width)));
    let mut facts = Vec::new();
    facts.extend(snapshot.strategy.clone());
    let unspoken = snapshot.headroom().unspoken();
    if unspoken.is_positive() {
        // Where there is little room, what is unspoken for is known to be headroom.
        let name = if area.width < 100 { "" } else { "headroom " };
        facts.push(format!("{name}{unspoken}/wk unspoken for"));
    }
    if let Some(age) = snapshot.calendar_age {
        facts.push(format!("calendar {}", age_text(age)));
    }
    let badge = app.presenting.is_on.then(|| Span::styled("  PRESENTING ".to_owned(), theme.selected(true)));
    let width = |spans: &[Span<'_>]| spans.iter().map(|span| plain::width(&span.content)).sum::<usize>();
    let taken = width(&left) + badge.iter().map(|badge| plain::width(&badge.content)).sum::<usize>() + 3;
    // Facts leave from the right end until the others fit.
    while !facts.is_empty() && taken + plain::width(&facts.join("  ·  ")) > usize::from(area.width) {
        facts.pop();
    }
    let mut right = vec![Span::styled(facts.join("  ·  "), theme.dim())];
    right.extend(badge);
    both_ends(buffer, area, 0, left, right);
    let next = snapshot.next.as_ref().map_or_else(
        || vec![Span::styled(" no meeting within a week".to_owned(), theme.dim())],
        |next| {
            let minutes = (next.start - now).num_minutes();
            let style = if minutes <= 5 { theme.warn() } else { theme.text() };
            vec![Span::styled(
                format!(
                    " {} {}",
                    plain::cut(&next.title, 40),
                    until(minutes, next.start.date_naive(), snapshot)
                ),
                style,
            )]
        },
    );
    let mut left = next;
    left.extend(brief_offer(app, snapshot));
    left.extend(to_raise(app, snapshot, usize::from(area.width)));
    both_ends(buffer, area, 1, left, trend_spans(app, snapshot));
}

/// What happened elsewhere since the lead last looked, with the key that lists it; the words give way to the key.
fn meanwhile(app: &App, snapshot: &Snapshot, width: usize) -> Option<Span<'static>> {
    let line = snapshot.meanwhile.as_ref()?.line(snapshot.now)?;
    let key = app.keymap.hint(Action::Meanwhile).unwrap_or("meanwhile");
    // Name, day and time, and the badge of who presents, keep their room.
    let badge = if app.presenting.is_on { 13 } else { 0 };
    let room = width.saturating_sub(38 + badge + plain::width(key));
    Some(Span::styled(format!("   {}  {key}", plain::cut(&line, room)), app.theme.warn()))
}

/// Minutes before a leadership meeting in which its brief is offered.
const OFFERED: i64 = 5;

/// `b brief`, when a leadership meeting is about to begin.
fn brief_offer(app: &App, snapshot: &Snapshot) -> Option<Span<'static>> {
    let until = |meeting: &Meeting| (meeting.start - snapshot.now).num_minutes();
    let is_offered = |meeting: &Meeting| {
        meeting.room() == Some(MeetingKind::Leadership)
            && meeting.start >= snapshot.now
            && until(meeting) <= OFFERED
            && !meeting.is_all_day
    };
    // Another meeting may begin in the same minute.
    let is_soon = snapshot.meetings.iter().chain(&snapshot.next).any(is_offered);
    let key = app.keymap.hint(Action::Brief)?;
    is_soon.then(|| Span::styled(format!("  ·  {key} brief"), app.theme.accent()))
}

/// What has to be said in the next room: the heaviest risk whose day has come, and how many more there are.
fn to_raise(app: &App, snapshot: &Snapshot, width: usize) -> Option<Span<'static>> {
    let found = snapshot.to_raise();
    let first = found.first()?;
    let more = if found.len() > 1 { format!(" +{}", found.len() - 1) } else { String::new() };
    // The trend at the right end keeps its room.
    let room = width.saturating_sub(110).clamp(14, 40);
    let text = if width < 110 { String::new() } else { format!(" {}", plain::cut(&first.text, room)) };
    Some(Span::styled(format!("  ·  raise {}{text}{more}", first.id), app.theme.warn()))
}

/// `in 48 min`, `at 15:00`, `Thu 26 Nov`.
fn until(minutes: i64, day: chrono::NaiveDate, snapshot: &Snapshot) -> String {
    let next = snapshot.next.as_ref();
    let time = next.map_or_else(String::new, |next| next.start.format("%H:%M").to_string());
    if minutes < 1 {
        "now".to_owned()
    } else if minutes < 120 {
        format!("in {minutes} min")
    } else if day == snapshot.today() {
        format!("at {time}")
    } else {
        format!("{} {time}", day::due_text(day, snapshot.today(), &snapshot.reading.calendar))
    }
}

fn age_text(age: chrono::TimeDelta) -> String {
    match (age.num_days(), age.num_hours()) {
        (0, 0) => "just imported".to_owned(),
        (0, hours) => format!("{hours}h old"),
        (days, _) => format!("{days}d old"),
    }
}

fn trend_spans(app: &App, snapshot: &Snapshot) -> Vec<Span<'static>> {
    let theme = app.theme;
    let stances: Vec<u8> = snapshot.entries.iter().map(|entry| entry.reflection.stance).collect();
    if stances.is_empty() {
        return vec![Span::styled("no reflections yet".to_owned(), theme.dim())];
    }
    let recent = &stances[stances.len().saturating_sub(BARS)..];
    let direction = trend::direction(&stances).unwrap_or_else(|| format!("n {}", stances.len()));
    vec![
        Span::styled("stance ".to_owned(), theme.dim()),
        Span::styled(paint::bars(recent, 5, theme.is_ascii), theme.accent()),
        Span::styled(format!("  {direction}"), theme.text()),
    ]
}

/// Two groups at the ends of a row; the right one gives way.
fn both_ends(buffer: &mut Buffer, area: Rect, row: u16, left: Vec<Span<'static>>, right: Vec<Span<'static>>) {
    let width = |spans: &[Span<'_>]| spans.iter().map(|span| plain::width(&span.content)).sum::<usize>();
    let gap = usize::from(area.width).saturating_sub(width(&left) + width(&right) + 1);
    let mut spans = left;
    if gap > 1 {
        spans.push(Span::raw(" ".repeat(gap)));
        spans.extend(right);
    }
    paint::put(buffer, area, row, &Line::from(spans));
}
