//! The influence board: who matters and what calls for attention, and beside it open decisions and promises.

use ratatui::text::{Line, Span};

use super::outcomes::{empty, heading, leading};
use super::{BoardColumn, BoardStyle};
use crate::domain::day;
use crate::domain::influence::{CALIBRATION_FROM, Decision, Promise, Way, calibration};
use crate::domain::record::Record;
use crate::ops::books::report::{StakeholderStanding, flags_text};
use crate::plain;
use crate::tui::overlays::record::Shown;
use crate::tui::view::columns::{self, ListColumn};

/// The stakeholders.
pub fn people(look: BoardStyle<'_>) -> BoardColumn {
    let all = &look.snapshot.report.stakeholders;
    let mut lines: Vec<Shown> = all.iter().flat_map(|it| stakeholder_lines(it, look)).collect();
    if all.is_empty() {
        lines.extend(empty("Nobody yet. {add} adds a stakeholder: the one business number that they care about, what presses them, what helps them.", look));
    }
    let count = |of: &dyn Fn(&StakeholderStanding) -> bool| all.iter().filter(|it| of(it)).count();
    let owed = count(&|it| !it.flags.owed.is_empty());
    let cold = count(&|it| it.flags.cold.is_some());
    let opposed = count(&|it| !it.flags.opposed.is_empty());
    BoardColumn {
        title: "Influence",
        more: format!("{owed} owed · {cold} cold · {opposed} opposed · {} in all", all.len()),
        lines,
    }
}

fn stakeholder_lines(it: &StakeholderStanding, look: BoardStyle<'_>) -> Vec<Shown> {
    let (theme, today) = (look.theme, look.snapshot.today());
    let who = &it.stakeholder;
    let trust = match it.trust {
        Some(level) if !look.snapshot.is_presenting => format!("trust {level}"),
        _ => String::new(),
    };
    let touch = it
        .last_touch
        .map_or_else(|| "never met".to_owned(), |on| format!("last {}", day::day_near(on, today)));
    let flags = flags_text(&it.flags);
    let name = (look.width / 3).clamp(16, 24);
    let cares = if who.cares.is_empty() {
        ("what do they care about?".to_owned(), theme.dim())
    } else {
        (who.cares.clone(), theme.text())
    };
    let flag = if flags.is_empty() { "" } else { "!" };
    let cells = [
        (ListColumn::of((), "", 1), flag.to_owned(), theme.warn()),
        (ListColumn::of((), "who", name - 1), who.name.clone(), theme.strong()),
        (ListColumn::growing((), "cares about", 12, 1).gap(0), cares.0, cares.1),
        (ListColumn::of((), "trust", 8).right().leaves(1), trust, theme.dim()),
        (ListColumn::of((), "last met", 16), touch, theme.dim()),
    ];
    let mut lines = vec![leading(who.key(), columns::row(0, look.width, &cells))];
    let mut parts = Vec::new();
    if !who.role.is_empty() {
        parts.push(who.role.clone());
    }
    if it.framed.whole > 0 {
        parts.push(format!("outcome-framed {}{}", it.framed, it.framed.after(it.framed_before)));
    }
    if !parts.is_empty() || !flags.is_empty() {
        // Only what needs somebody is coloured, not who they are.
        let room = look.width.saturating_sub(6);
        let flags = plain::cut(&flags, room);
        let dot = if flags.is_empty() || parts.is_empty() { "" } else { " · " };
        let rest = format!("{dot}{}", parts.join(" · "));
        let rest = plain::cut(&rest, room.saturating_sub(plain::width(&flags)));
        let spans =
            vec![Span::raw("    "), Span::styled(flags, theme.warn()), Span::styled(rest, theme.dim())];
        lines.push(Line::from(spans).into());
    }
    lines
}

/// Decisions and promises.
pub fn companions(look: BoardStyle<'_>) -> BoardColumn {
    let books = &look.snapshot.books;
    let today = look.snapshot.today();
    let mut lines = vec![heading("Open decisions", look)];
    let mut open: Vec<&Decision> = books.decisions.iter().filter(|decision| decision.is_open()).collect();
    open.sort_by_key(|decision| (decision.check_on.is_none(), decision.check_on, decision.id));
    lines.extend(open.iter().map(|decision| decision_line(decision, look)));
    if open.is_empty() {
        lines.extend(empty("None. {capture} files one in a line: the question, @approver.", look));
    }
    let checks: Vec<&Decision> =
        books.decisions.iter().filter(|decision| decision.is_to_check(today)).collect();
    if !checks.is_empty() {
        lines.push(Line::default().into());
        lines.push(heading("Did they come as expected?", look));
        lines.extend(checks.iter().map(|decision| decision_line(decision, look)));
    }
    lines.push(Line::default().into());
    lines.push(heading("Promises due", look));
    let mut promises: Vec<&Promise> = books.promises.iter().filter(|promise| promise.is_open()).collect();
    promises.sort_by_key(|promise| (promise.due.is_none(), promise.due, promise.id));
    lines.extend(promises.iter().map(|promise| promise_line(promise, look)));
    if promises.is_empty() {
        lines.extend(empty("None open. {capture} files one in a line: what, @whom, due:fri.", look));
    }
    lines.extend(decided(look));
    BoardColumn {
        title: "Decisions and promises",
        more: format!("{} open · {} due", open.len(), promises.len()),
        lines,
    }
}

fn decision_line(decision: &Decision, look: BoardStyle<'_>) -> Shown {
    let theme = look.theme;
    let who =
        if decision.approver.is_empty() { "nobody named".to_owned() } else { decision.approver.clone() };
    let cells = [
        (ListColumn::of((), "key", 4), decision.id.to_string(), theme.dim()),
        (ListColumn::growing((), "question", 12, 1), decision.question.clone(), theme.text()),
        (ListColumn::of((), "who decides", 15).right(), who, theme.dim()),
    ];
    leading(decision.key(), columns::row(1, look.width, &cells))
}

fn promise_line(promise: &Promise, look: BoardStyle<'_>) -> Shown {
    let (theme, today) = (look.theme, look.snapshot.today());
    let calendar = &look.snapshot.reading.calendar;
    let due = promise.due.map_or_else(|| "no date".to_owned(), |due| day::due_text(due, today, calendar));
    let style = if promise.due.is_some_and(|due| due <= today) { theme.warn() } else { theme.text() };
    let way = if promise.way == Way::To { "to" } else { "from" };
    let is_narrow = look.width < 64;
    let name = if is_narrow { promise.whom.split(' ').next().unwrap_or_default() } else { &promise.whom };
    let whom = format!("{way} {name}");
    let wide = if is_narrow { 11 } else { 18 };
    let cells = [
        (ListColumn::of((), "key", 4), promise.id.to_string(), theme.dim()),
        (ListColumn::growing((), "promise", 12, 1), promise.text.clone(), theme.text()),
        (ListColumn::of((), "whom", wide - 1), whom, theme.dim()),
        (ListColumn::of((), "due", 11).right(), due, style),
    ];
    leading(promise.key(), columns::row(1, look.width, &cells))
}

/// What was decided lately, and how well confidence matches what came.
fn decided(look: BoardStyle<'_>) -> Vec<Shown> {
    let books = &look.snapshot.books;
    let mut done: Vec<&Decision> = books.decisions.iter().filter(|decision| !decision.is_open()).collect();
    if done.is_empty() {
        return Vec::new();
    }
    done.sort_by_key(|decision| std::cmp::Reverse((decision.decided, decision.id)));
    let mut lines = vec![Line::default().into(), heading("Decided", look)];
    lines.extend(done.iter().take(6).map(|decision| decision_line(decision, look)));
    let found = calibration(&books.decisions);
    let text = match found.brier {
        Some(brier) => format!("calibration: Brier {brier:.2}, n {}", found.count),
        None => format!("calibration from {CALIBRATION_FROM} checked decisions on: {} so far", found.count),
    };
    lines.push(
        Line::styled(format!("   {}", plain::cut(&text, look.width.saturating_sub(4))), look.theme.dim())
            .into(),
    );
    lines
}
