//! The whole frame: header, panes or what lies over them, and the keys that matter here and now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::action::{Action, Scope};
use super::app::App;
use super::keymap::Resolved;
use super::layout::{Areas, PaneId, SMALLEST};
use super::mask;
use super::overlays::Overlay;
use super::paint::{self, Rule};
use super::panes::{board, intake, load, meetings};
use super::snapshot::Snapshot;
use super::unchanged::{State, Unchanged};
use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingKind};
use crate::domain::reflection::trend;
use crate::plain;

/// How many reflections the header's bars show.
const BARS: usize = 12;

/// Draws everything.
pub fn draw(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, unchanged: &mut Unchanged) {
    let screen = buffer.area;
    let Some(areas) = app.areas() else {
        let text = format!(
            "Tablesetter needs {}×{}; this is {}×{}.",
            SMALLEST.0, SMALLEST.1, screen.width, screen.height
        );
        for (row, line) in plain::wrap(&text, usize::from(screen.width)).iter().enumerate() {
            paint::put(buffer, screen, u16::try_from(row).unwrap_or(0), &Line::raw(line.clone()));
        }
        return;
    };
    header(app, snapshot, buffer, areas.header);
    let sight = app.sight(snapshot);
    match app.overlays.last() {
        None => panes(app, snapshot, buffer, &areas, unchanged),
        Some(overlay) => match overlay.rows(sight) {
            None => overlay.draw(buffer, areas.body, sight),
            // A prompt or menu leaves in sight what it is about.
            Some(rows) => {
                beneath(app, snapshot, buffer, &areas, unchanged);
                let rows = rows.min(areas.body.height);
                let area = Rect { y: areas.body.y + areas.body.height - rows, height: rows, ..areas.body };
                blank(buffer, area);
                overlay.draw(buffer, area, sight);
            }
        },
    }
    footer(app, snapshot, buffer, areas.footer);
    if app.presenting.is_on {
        mask::screen(buffer, &app.presenting.names);
    }
}

/// What lies under a prompt: the record that it was opened from, or the panes.
fn beneath(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, areas: &Areas, unchanged: &mut Unchanged) {
    let sight = app.sight(snapshot);
    let under = app.overlays.iter().rev().skip(1).find(|overlay| overlay.rows(sight).is_none());
    match under {
        Some(overlay) => overlay.draw(buffer, areas.body, sight),
        None => panes(app, snapshot, buffer, areas, unchanged),
    }
}

fn blank(buffer: &mut Buffer, area: Rect) {
    for y in area.y..area.y + area.height {
        for x in area.x..area.x + area.width {
            buffer[(x, y)].reset();
        }
    }
}

fn panes(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, areas: &Areas, unchanged: &mut Unchanged) {
    for pane in PaneId::ALL {
        let is_focused = app.focus == pane;
        if let Some(area) = areas.pane(pane) {
            let look = (app.theme, is_focused);
            match pane {
                PaneId::Intake => intake::draw(&app.intake, snapshot, (buffer, area), look),
                PaneId::Load => {
                    unchanged.lay(pane, State::Load(app.load.clone()), (snapshot, buffer, area), look);
                }
                PaneId::Meetings => {
                    let state = State::Meetings(app.meetings.clone());
                    unchanged.lay(pane, state, (snapshot, buffer, area), look);
                }
                PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                    if let Some(index) = pane.board() {
                        board::draw(&app.boards[index], snapshot, (buffer, area), app.theme);
                    }
                }
            }
        }
        if let Some(area) = areas.lines[pane as usize] {
            let line = match pane {
                PaneId::Intake => intake::summary(&app.intake, snapshot, app.theme),
                PaneId::Load => load::summary(snapshot, app.theme),
                _ => meetings::summary(snapshot, app.theme),
            };
            paint::put(buffer, area, 0, &line);
        }
    }
    divide(app, buffer, areas);
}

/// A line between the two upper panes when they stand side by side.
fn divide(app: &App, buffer: &mut Buffer, areas: &Areas) {
    let (Some(left), Some(right)) = (areas.pane(PaneId::Intake), areas.pane(PaneId::Load)) else { return };
    if left.y != right.y || right.x == 0 {
        return;
    }
    for y in right.y..right.y + right.height {
        let symbol = if y == right.y { "┬" } else { "│" };
        buffer[(right.x - 1, y)].set_symbol(symbol).set_style(app.theme.dim());
    }
}

fn header(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, area: Rect) {
    let theme = app.theme;
    let now = snapshot.now;
    let left = vec![
        Span::styled(" tablesetter".to_owned(), theme.accent()),
        Span::styled(format!("  {} {}", day::short_day(now.date_naive()), now.format("%H:%M")), theme.text()),
    ];
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
    let mut right = vec![Span::styled(facts.join("  ·  "), theme.dim())];
    if app.presenting.is_on {
        right.push(Span::styled("  PRESENTING ".to_owned(), theme.selected(true)));
    }
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

/// Minutes before a leadership meeting in which its brief is offered.
const OFFERED: i64 = 5;

/// `b brief`, when a leadership meeting is about to begin.
fn brief_offer(app: &App, snapshot: &Snapshot) -> Option<Span<'static>> {
    let until = |meeting: &Meeting| (meeting.start - snapshot.now).num_minutes();
    let is_offered = |meeting: &Meeting| {
        meeting.kind == MeetingKind::Leadership
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
        format!("{} {time}", day::due_text(day, snapshot.today()))
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

fn footer(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, area: Rect) {
    let theme = app.theme;
    let (text, style) = match &app.toast {
        Some(toast) if toast.is_alarm => (toast.text.as_str(), theme.alarm()),
        Some(toast) => (toast.text.as_str(), theme.text()),
        None => ("", theme.text()),
    };
    let text = plain::harmless(text);
    Rule { title: "", more: &text, right: "", line: theme.dim(), strong: style, text: style }
        .draw(buffer, area);
    let width = usize::from(area.width);
    let keys = keys(app, snapshot);
    let takes_all = app.overlays.last().is_some_and(|overlay| overlay.keys().is_some());
    let help =
        if takes_all { String::new() } else { app.keymap.hint(Action::Help).unwrap_or("?").to_owned() };
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let last = 2 + plain::width(&help) + 4;
    for (key, word) in keys {
        let wide = plain::width(&key) + 1 + plain::width(&word) + 2;
        if used + wide + last > width {
            break;
        }
        used += wide;
        spans.push(Span::styled(key, theme.accent()));
        spans.push(Span::raw(format!(" {word}  ")));
    }
    if !help.is_empty() {
        spans.push(Span::styled(help, theme.accent()));
        spans.push(Span::raw(" all"));
    }
    paint::put(buffer, area, 1, &Line::from(spans));
}

/// The actions of the footer on a record of the books.
const ON_RECORDS: &[Action] = &[
    Action::OpenEntry,
    Action::StepEntry,
    Action::AddEntry,
    Action::EditEntry,
    Action::EndEntry,
    Action::Tie,
    Action::Capture,
    Action::NextPane,
    Action::Cockpit,
    Action::Undo,
];

/// The actions of the footer in the standup.
const ON_STANDUP: &[Action] = &[
    Action::StandupSaid,
    Action::StandupBy,
    Action::StandupUnblock,
    Action::StandupAssign,
    Action::StandupDue,
    Action::StandupRemark,
    Action::StandupCopy,
    Action::StandupEnd,
];

/// The actions of the footer in a brief.
const ON_BRIEF: &[Action] = &[
    Action::BriefEdit,
    Action::BriefNumbers,
    Action::BriefTake,
    Action::BriefWave,
    Action::BriefFreeze,
    Action::BriefCopy,
];

/// The actions of the footer in a review.
const ON_REVIEW: &[Action] =
    &[Action::ReviewEarlier, Action::ReviewLater, Action::ReviewQuarter, Action::ReviewCopy];

/// The actions of the footer over requests.
const ON_REQUESTS: &[Action] = &[
    Action::OpenRequest,
    Action::Add,
    Action::SetTier,
    Action::SetOutcome,
    Action::Assign,
    Action::Decline,
    Action::Filter,
    Action::NextPane,
    Action::Zoom,
    Action::Reflect,
    Action::Undo,
    Action::SetEstimate,
    Action::SetDue,
    Action::SetStage,
    Action::Mark,
    Action::Edit,
];

/// The actions of the footer, by where the keyboard is.
fn offered(scope: Option<Scope>) -> &'static [Action] {
    use Action::{
        Add, AddAbsence, AddForm, AddHoliday, AddPerson, AddRole, Back, ByDiscipline, BySeries, EditMeeting,
        EditPerson, LoadEarlier, LoadLater, MeetingsEarlier, MeetingsLater, NextPane, OpenCell, OpenMeeting,
        OpenPerson, Prepare, Reflect, Reshape, SetKind, Undo, Weeks, Zoom,
    };
    match scope {
        Some(Scope::Requests) => ON_REQUESTS,
        Some(Scope::Load) => &[
            OpenCell,
            OpenPerson,
            Weeks,
            ByDiscipline,
            LoadEarlier,
            LoadLater,
            Reshape,
            NextPane,
            Zoom,
            AddForm,
            Undo,
        ],
        Some(Scope::People) => {
            &[OpenPerson, EditPerson, AddAbsence, AddPerson, AddRole, AddHoliday, Reshape, Undo]
        }
        Some(Scope::Meetings) => &[
            OpenMeeting,
            Reflect,
            Prepare,
            SetKind,
            BySeries,
            EditMeeting,
            MeetingsEarlier,
            MeetingsLater,
            NextPane,
            Zoom,
            Add,
            Undo,
        ],
        Some(Scope::Records) => ON_RECORDS,
        Some(Scope::Standup) => ON_STANDUP,
        Some(Scope::Brief) => ON_BRIEF,
        Some(Scope::Review) => ON_REVIEW,
        _ => &[Back],
    }
}

fn keys(app: &App, snapshot: &Snapshot) -> Vec<(String, String)> {
    if !app.pending.is_empty()
        && let Resolved::Pending(following) = app.keymap.resolve(&app.scopes(), &app.pending)
    {
        let typed: Vec<String> = app.pending.iter().map(ToString::to_string).collect();
        return following
            .into_iter()
            .map(|(keys, action)| (format!("{} {keys}", typed.join(" ")), action.entry().title.to_owned()))
            .collect();
    }
    if let Some(keys) = app.overlays.last().and_then(Overlay::keys) {
        return keys.into_iter().map(|(key, word)| (key.to_owned(), word.to_owned())).collect();
    }
    let scope = app.scopes().into_iter().find(|scope| *scope != Scope::Everywhere);
    let mut actions = offered(scope).to_vec();
    if !app.overlays.is_empty() {
        actions.retain(|action| {
            !matches!(
                action,
                Action::OpenRequest
                    | Action::OpenMeeting
                    | Action::OpenEntry
                    | Action::AddEntry
                    | Action::Mark
                    | Action::Filter
                    | Action::NextPane
                    | Action::Zoom
            )
        });
        actions.insert(0, Action::Back);
    }
    actions.dedup();
    let hint = |action: Action| Some((app.keymap.hint(action)?.to_owned(), action.entry().short.to_owned()));
    let mut keys: Vec<_> = actions.into_iter().filter_map(hint).collect();
    if app.overlays.last().is_some_and(|overlay| overlay.leads(app.sight(snapshot))) {
        keys.insert(1.min(keys.len()), ("Enter".to_owned(), "follow".to_owned()));
    }
    keys
}
