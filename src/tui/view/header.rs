//! The two lines on top: the day, what changed meanwhile, the next meeting, what has to be raised, and how it goes.

mod sources;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::day;
use crate::domain::influence::Risk;
use crate::domain::meeting::{Meeting, MeetingKind};
use crate::domain::reflection::trend;
use crate::plain;
use crate::tui::app::App;
use crate::tui::app::action::Action;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::theme::Theme;
use crate::tui::view::{paint, pictures};

/// How many reflections the header's bars show: as many as a direction needs.
const BARS: usize = 2 * trend::ENOUGH;
/// From this width on there is room for all of them.
const WITH_ALL_BARS: u16 = 140;

/// Draws both lines.
pub fn draw(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, area: Rect) {
    let theme = app.theme;
    let now = snapshot.now;
    let mut left = vec![
        Span::styled(" tablesetter".to_owned(), theme.accent()),
        Span::styled(format!("  {} {}", day::short_day(now.date_naive()), now.format("%H:%M")), theme.text()),
    ];
    let offers = sources::offers(app, snapshot);
    let least = offers.last().map_or(0, |offer| width(offer));
    left.extend(meanwhile(app, snapshot, usize::from(area.width).saturating_sub(least)));
    // What is new is told as fully as there is room; the badge of who presents keeps its own.
    let badge_room = if app.presenting.is_on { 14 } else { 1 };
    let room = usize::from(area.width).saturating_sub(width(&left) + badge_room);
    left.extend(offers.into_iter().find(|offer| width(offer) <= room).unwrap_or_default());
    let mut facts: Vec<Vec<Span<'static>>> = Vec::new();
    let dim = |text: String| vec![Span::styled(text, theme.dim())];
    let above = usize::from(area.width).saturating_sub(width(&left) + badge_room);
    let (second, beside, up) = second_line(app, snapshot, (usize::from(area.width), above));
    left.extend(up.left);
    facts.extend(snapshot.strategy.clone().map(dim));
    facts.extend(sources::calendar(app, snapshot).or_else(|| {
        let age = snapshot.calendar_age?;
        Some(dim(format!("calendar {}", age_text(age))))
    }));
    facts.extend(up.facts);
    let badge = app.presenting.is_on.then(|| Span::styled("  PRESENTING ".to_owned(), theme.selected(true)));
    both_ends((buffer, area), left, (facts, badge), theme);
    both_ends((buffer, paint::below(area, 1)), second, (beside, None), theme);
}

/// What the second line has no room for and the first one has.
#[derive(Default)]
struct MovedUp {
    left: Vec<Span<'static>>,
    facts: Vec<Vec<Span<'static>>>,
}

/// What stands left on the second line, what beside it, and what of that goes up to the first, which has so many
/// columns `above`.
fn second_line(
    app: &App,
    snapshot: &Snapshot,
    (width_of_screen, above): (usize, usize),
) -> (Vec<Span<'static>>, Vec<Vec<Span<'static>>>, MovedUp) {
    let theme = app.theme;
    let mut facts = Vec::new();
    let unspoken = snapshot.headroom().unspoken();
    if unspoken.is_positive() {
        facts.push(vec![Span::styled(format!("headroom {unspoken}/wk"), theme.dim())]);
    }
    // Hidden is not none: others would read that nobody reflects.
    if !snapshot.is_presenting {
        facts.push(trend_spans(app, snapshot));
    }
    let raised = snapshot.to_raise();
    let whole = least_whole(&raised, snapshot);
    let key = raised.first().map_or(0, |first| plain::width(&raise_alone(&raise_key(first, &raised))));
    let room = width_of_screen.saturating_sub(1);
    let (mut left, up, has_room_above) = meetings(app, snapshot, (room, whole, key), above);
    let mut moved = MovedUp { left: up.into_iter().collect(), facts: Vec::new() };
    if has_room_above && whole > 0 {
        moved.left = to_raise(app, &raised, snapshot, above);
        return (left, facts, moved);
    }
    // What has to be raised is said whole before what is only good to know, which the line above may have room for.
    let room = width_of_screen.saturating_sub(width(&left) + 2);
    let taken = |facts: &[Vec<Span<'static>>]| facts.iter().map(|fact| width(fact) + 3).sum::<usize>();
    while whole > 0 && taken(&facts) + whole > room {
        let Some(last) = facts.pop() else { break };
        moved.facts.insert(0, last);
    }
    left.extend(to_raise(app, &raised, snapshot, room.saturating_sub(taken(&facts))));
    (left, facts, moved)
}

/// The next meeting and the one that is owed a reflection, whole where there is room for both beside what is raised.
/// Where there is none the second goes to the line above, or else what is raised does, of which its key is
/// enough there; only if that is full as well names are cut.
fn meetings(
    app: &App,
    snapshot: &Snapshot,
    (room, raised, key): (usize, usize, usize),
    above: usize,
) -> (Vec<Span<'static>>, Option<Span<'static>>, bool) {
    let next = |longest| {
        let mut left = next_meeting(app, snapshot, longest);
        left.extend(brief_offer(app, snapshot));
        left
    };
    let whole = next(usize::MAX);
    let owed = reflection_offer(app, snapshot, usize::MAX);
    let owed_width = owed.as_ref().map_or(0, |owed| plain::width(&owed.content));
    if width(&whole) + owed_width + raised <= room {
        return (whole.into_iter().chain(owed).collect(), None, false);
    }
    if owed_width > 0 && owed_width <= above {
        let left = if width(&whole) + raised <= room { whole } else { next(name_room(app)) };
        return (left, owed, false);
    }
    if owed_width > 0 && width(&whole) + owed_width <= room && key <= above {
        return (whole.into_iter().chain(owed).collect(), None, true);
    }
    // Where it is narrow, what has to be raised stands behind it.
    let longest = if app.size.0 < WITH_ALL_BARS { 24 } else { name_room(app) };
    let owed = reflection_offer(app, snapshot, longest);
    (next(name_room(app)).into_iter().chain(owed).collect(), None, false)
}

/// True from its first minute until it ends.
fn is_running(meeting: &Meeting, snapshot: &Snapshot) -> bool {
    meeting.start <= snapshot.now && snapshot.now < meeting.end && !meeting.is_all_day
}

/// The meeting that the header names: the next one when it is about to begin, else the one that runs, and of several one
/// that has a page of its own.
fn named(snapshot: &Snapshot) -> Option<&Meeting> {
    let is_close = |next: &&Meeting| (next.start - snapshot.now).num_minutes() <= OFFERED;
    let has_page = |it: &Meeting| it.is_standup() || it.room() == Some(MeetingKind::Leadership);
    let running = || snapshot.coming().filter(|it| is_running(it, snapshot));
    // Of equals the one that began last.
    let running = || running().max_by_key(|it| (it.is_standup(), has_page(it), it.start));
    snapshot.next.as_ref().filter(is_close).or_else(running).or(snapshot.next.as_ref())
}

/// The next meeting and when it is, with the key of the page that it begins with; while one runs, that one. So
/// many letters of its name are shown.
fn next_meeting(app: &App, snapshot: &Snapshot, longest: usize) -> Vec<Span<'static>> {
    let theme = app.theme;
    let Some(next) = named(snapshot) else {
        return vec![Span::styled(" no meeting within a week".to_owned(), theme.dim())];
    };
    let minutes = (next.start - snapshot.now).num_minutes();
    let is_soon = snapshot.reminders.is_soon(next, snapshot.now);
    let style = if minutes <= 5 || is_soon { theme.warn() } else { theme.text() };
    let is_standup = next.is_standup();
    let name = if is_standup { "standup".to_owned() } else { plain::cut(&next.title, longest) };
    let text = format!(" {name} {}", until(minutes, next.start, snapshot));
    let key = app.keymap.hint(Action::Standup).filter(|_| is_standup && minutes < 120);
    let key = key.map(|key| Span::styled(format!("  {key}"), theme.accent()));
    std::iter::once(Span::styled(text, style)).chain(key).collect()
}

/// How many letters of a meeting's name the header shows: on a wide screen nothing else needs the room.
fn name_room(app: &App) -> usize {
    let width = usize::from(app.size.0);
    if width < WITH_ALL_BARS.into() { 40 } else { width * 2 / 5 }
}

fn width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| plain::width(&span.content)).sum()
}

/// What happened elsewhere since the lead last looked, with the key that lists it; the words give way to the key.
fn meanwhile(app: &App, snapshot: &Snapshot, width: usize) -> Option<Span<'static>> {
    let line = snapshot.news()?.line(snapshot.now)?;
    let key = app.keymap.hint(Action::Meanwhile).unwrap_or("meanwhile");
    // Name, day and time, and the badge of who presents, keep their room.
    let badge = if app.presenting.is_on { 13 } else { 0 };
    let room = width.saturating_sub(38 + badge + plain::width(key));
    Some(Span::styled(format!("   {}  {key}", plain::cut(&line, room)), app.theme.warn()))
}

/// Minutes before a leadership meeting from which on its brief is offered, until it ends.
const OFFERED: i64 = 5;

/// `b brief`, when a leadership meeting is about to begin or runs; before that when it is.
fn brief_offer(app: &App, snapshot: &Snapshot) -> Vec<Span<'static>> {
    let until = |meeting: &Meeting| (meeting.start - snapshot.now).num_minutes();
    let is_offered = |meeting: &&Meeting| {
        meeting.start >= snapshot.now && until(meeting) <= OFFERED || is_running(meeting, snapshot)
    };
    // Of all that are still to come: the pane may show the days of another week.
    let leadership = || snapshot.coming().filter(|it| it.room() == Some(MeetingKind::Leadership));
    // Another meeting may begin in the same minute.
    let is_soon = leadership().any(|meeting| is_offered(&meeting));
    let Some(key) = app.keymap.hint(Action::Brief) else { return Vec::new() };
    if is_soon {
        return vec![Span::styled(format!("  ·  {key} brief"), app.theme.accent())];
    }
    // One that is still to come today, where it is not named as the next one.
    let is_today =
        |meeting: &&Meeting| meeting.start > snapshot.now && meeting.start.date_naive() == snapshot.today();
    let Some(leadership) = leadership().find(is_today) else { return Vec::new() };
    let key = Span::styled(format!("  {key}"), app.theme.accent());
    if named(snapshot).is_some_and(|named| named.key == leadership.key) {
        return vec![key];
    }
    let text = format!(" · leadership {}", leadership.start.format("%H:%M"));
    vec![Span::styled(text, app.theme.text()), key]
}

/// `reflect on it r`, when a meeting has just ended that is owed it, with so many letters of its name.
fn reflection_offer(app: &App, snapshot: &Snapshot, longest: usize) -> Option<Span<'static>> {
    let is_due = |meeting: &&Meeting| snapshot.reminders.is_to_reflect(meeting, snapshot.now);
    let meeting = snapshot.owed.iter().find(is_due)?;
    let key = app.keymap.hint(Action::Reflect)?;
    let text = format!("  ·  reflect on {}  {key}", plain::cut(&meeting.title, longest));
    Some(Span::styled(text, app.theme.warn()))
}

/// What has to be said in the next room: the heaviest risk whose day has come, and how many more there are; in so much
/// room as is left, its key alone where that is little.
fn to_raise(app: &App, found: &[&Risk], snapshot: &Snapshot, room: usize) -> Vec<Span<'static>> {
    let Some(first) = found.first() else { return Vec::new() };
    let key = raise_key(first, found);
    let theme = app.theme;
    let words = raise_words(first, snapshot);
    let left = |when: &str| room.saturating_sub(plain::width(&format!("   {when}:   {key}")));
    let text_width = plain::width(&first.text);
    // The whole sentence goes before the day since when. Fewer than twenty letters of it tell little beside that day; fewer
    // than eight nothing, and its key can be opened.
    let is_whole = |(when, _): &&(String, usize)| left(when) >= text_width;
    let is_enough = |(when, least): &&(String, usize)| left(when) >= (*least).min(text_width);
    let form = words.iter().find(is_whole).or_else(|| words.iter().find(is_enough));
    let said = form.map(|(when, _)| format!("   {when}: {}  {key}", plain::cut(&first.text, left(when))));
    let text = said.unwrap_or_else(|| raise_alone(&key));
    vec![Span::styled(text, theme.warn())]
}

/// The shortest form: its key, which can be opened.
fn raise_alone(key: &str) -> String {
    format!("   raise {key}")
}

/// Its key, and how many more there are.
fn raise_key(first: &Risk, found: &[&Risk]) -> String {
    let more = if found.len() > 1 { format!(" +{}", found.len() - 1) } else { String::new() };
    format!("{}{more}", first.id)
}

/// The columns in which what has to be raised is whole.
fn least_whole(found: &[&Risk], snapshot: &Snapshot) -> usize {
    let Some(first) = found.first() else { return 0 };
    let words = raise_words(first, snapshot);
    let when = words.iter().map(|(when, _)| plain::width(when)).min().unwrap_or(0);
    when + plain::width(&first.text) + plain::width(&format!("   :   {}", raise_key(first, found)))
}

/// `raise today`, and of what had to be said before, since when; each with how much of the risk it needs beside it.
fn raise_words(risk: &Risk, snapshot: &Snapshot) -> Vec<(String, usize)> {
    let by = risk.raise_by.filter(|by| *by < snapshot.today());
    by.map_or_else(
        || vec![("raise today".to_owned(), 8)],
        |by| {
            let since = format!("to raise since {}", day::day_near(by, snapshot.today()));
            vec![(since, 20), ("to raise".to_owned(), 8)]
        },
    )
}

/// `in 48 min`, `at 15:00`, `Thu 26 Nov`.
fn until(minutes: i64, start: DateTime<FixedOffset>, snapshot: &Snapshot) -> String {
    let (day, time) = (start.date_naive(), start.format("%H:%M"));
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
    // The word compares the two halves of just what is drawn: over a longer past it said "rising" beside bars that fell.
    let recent = &stances[stances.len().saturating_sub(BARS)..];
    let direction = trend::direction(recent).map_or_else(|| format!("n {}", stances.len()), str::to_owned);
    // Where it is narrow a bar stands for two: what there is to raise today must not be cut for it.
    let recent: Vec<u8> = if app.size.0 < WITH_ALL_BARS && recent.len() == BARS {
        recent.chunks(2).map(|two| two.iter().sum::<u8>().div_ceil(2)).collect()
    } else {
        recent[recent.len().saturating_sub(if app.size.0 < WITH_ALL_BARS { BARS / 2 } else { BARS })..]
            .to_vec()
    };
    vec![
        Span::styled("stance ".to_owned(), theme.dim()),
        Span::styled(pictures::trend(&recent, 5, theme.is_ascii), theme.accent()),
        Span::styled(format!(" {direction}"), theme.text()),
    ]
}

/// Two groups at the ends of a row. What stands right leaves from its right end until the rest fits.
fn both_ends(
    (buffer, area): (&mut Buffer, Rect),
    left: Vec<Span<'static>>,
    (mut facts, badge): (Vec<Vec<Span<'static>>>, Option<Span<'static>>),
    theme: Theme,
) {
    let badge: Vec<Span<'static>> = badge.into_iter().collect();
    let room = usize::from(area.width).saturating_sub(width(&left) + width(&badge) + 3);
    let taken = |facts: &[Vec<Span<'static>>]| facts.iter().map(|fact| width(fact) + 3).sum::<usize>();
    // The first fact has no dot before it, which every one is counted with.
    while !facts.is_empty() && taken(&facts) > room + 3 {
        facts.pop();
    }
    let mut right: Vec<Span<'static>> = Vec::new();
    for fact in facts {
        if !right.is_empty() {
            right.push(Span::styled(" · ", theme.dim()));
        }
        right.extend(fact);
    }
    right.extend(badge);
    let gap = usize::from(area.width).saturating_sub(width(&left) + width(&right) + 1);
    let mut spans = left;
    if gap > 1 {
        spans.push(Span::raw(" ".repeat(gap)));
        spans.extend(right);
    }
    paint::put(buffer, area, 0, &Line::from(spans));
}

#[cfg(test)]
mod tests {
    use super::BARS;

    #[test]
    fn the_legend_says_how_many_bars_there_are() {
        let legend = include_str!("../../../assets/legend.toml");
        assert!(BARS == 10 && legend.contains("The bars are the last ten;"));
    }
}
