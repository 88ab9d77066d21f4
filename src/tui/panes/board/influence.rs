//! The influence board: who matters and what calls for attention, and beside it open decisions and promises.

use ratatui::text::Line;

use super::outcomes::{empty, heading};
use super::table::{BoardTable, under};
use super::{BoardColumn, BoardStyle};
use crate::domain::day;
use crate::domain::influence::{CALIBRATION_FROM, Decision, Promise, Way, calibration};
use crate::domain::record::Record;
use crate::domain::source::SourceWhat;
use crate::ops::books::report::{StakeholderStanding, flags_text};
use crate::plain;
use crate::tui::overlays::record::Shown;
use crate::tui::view::columns::ListColumn;

/// The stakeholders.
pub fn people(look: BoardStyle<'_>) -> BoardColumn {
    let all = &look.snapshot.report.stakeholders;
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::growing((), "who", 12, 8).best(20),
            ListColumn::growing((), "cares about", 16, 9).whole(),
            ListColumn::growing((), "to do", 5, 7).best(30),
            ListColumn::of((), "trust", 6).right().gap(2).leaves(1),
            ListColumn::growing((), "last met", 8, 1).best(10).gap(0).leaves(2),
        ],
    );
    for it in look.ordered(all, |it| &it.stakeholder) {
        push_stakeholder(&mut table, it, look);
    }
    let mut lines = table.lines("who");
    if all.is_empty() {
        lines.extend(empty("Nobody yet. {add} adds a stakeholder: the one business number that they care about, what presses them, what helps them. {import} brings requests, people and meetings in from files.", look));
    }
    let count = |of: &dyn Fn(&StakeholderStanding) -> bool| all.iter().filter(|it| of(it)).count();
    let owed = count(&|it| !it.flags.owed.is_empty());
    let cold = count(&|it| it.flags.cold.is_some());
    // Decisions of which somebody is only wary are among these too, and have a figure of their own.
    let opposed = count(&|it| it.flags.opposed.len() > it.flags.wary.len());
    let wary = count(&|it| !it.flags.wary.is_empty());
    let counted = [(owed, "owed"), (cold, "cold"), (opposed, "opposed"), (wary, "wary")];
    // What there is none of is no news, and in a narrow rule the last figure would be cut for it.
    let told =
        counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what} · "));
    BoardColumn {
        title: "Influence",
        more: format!("{}{} in all", told.collect::<String>(), all.len()),
        lines,
        // How somebody asks is counted from requests, when they were met last from meetings.
        rests_on: &[SourceWhat::Requests, SourceWhat::Calendar],
    }
}

fn push_stakeholder(table: &mut BoardTable<'_, 5>, it: &StakeholderStanding, look: BoardStyle<'_>) {
    let (theme, today) = (look.theme, look.snapshot.today());
    let who = &it.stakeholder;
    let trust = match it.trust {
        // How far somebody trusts us is nothing for those who look on.
        Some(level) if !look.snapshot.is_presenting => format!("{level} of 5"),
        _ => String::new(),
    };
    let touch = match (it.last_touch, it.flags.cold) {
        (None, _) => "never".to_owned(),
        (Some(on), _) if on == today => "today".to_owned(),
        // Who has gone cold is seen where they were met last, also beside what else is to do.
        (Some(_), Some(days)) => day::days(days),
        (Some(on), None) => day::date_text(on, today),
    };
    let touch_style = if it.flags.cold.is_some() { theme.warn() } else { theme.dim() };
    let cares = if who.cares.is_empty() {
        ("what do they care about?".to_owned(), theme.dim())
    } else {
        (who.cares.clone(), theme.text())
    };
    let flags = flags_text(&it.flags);
    let mut parts = vec![who.role.clone()];
    // Two of them are more than the column holds beside a page.
    if flags.contains(" · ") {
        parts.push(flags.clone());
    }
    if it.framed.whole > 0 {
        parts.push(format!("asks for outcomes: {}{}", it.framed, it.framed.after(it.framed_before)));
    }
    parts.retain(|part| !part.is_empty());
    // That somebody has gone cold stands in the column that says when they were met last.
    let to_do = flags.split(" · cold ").next().unwrap_or(&flags).to_owned();
    let cells = [
        (who.name.clone(), theme.strong()),
        cares,
        (to_do, theme.warn()),
        (trust, theme.dim()),
        (touch, touch_style),
    ];
    table.push(who.key(), cells, under(&parts.join(" · "), theme.dim(), look));
}

/// Decisions and promises.
pub fn companions(look: BoardStyle<'_>) -> BoardColumn {
    let books = &look.snapshot.books;
    let today = look.snapshot.today();
    let mut open: Vec<&Decision> = books.decisions.iter().filter(|decision| decision.is_open()).collect();
    // By itself `None` would come first: what has no day to be checked goes last.
    open.sort_by_key(|decision| (decision.check_on.is_none(), decision.check_on, decision.id));
    let mut lines = decisions("Open decisions", &open, look);
    if open.is_empty() {
        lines.push(heading("Open decisions", look));
        lines.extend(empty("None. {capture} files one in a line: the question, @approver.", look));
    }
    let checks: Vec<&Decision> =
        books.decisions.iter().filter(|decision| decision.is_to_check(today)).collect();
    if !checks.is_empty() {
        lines.push(Line::default().into());
        lines.extend(decisions("Did they come as expected?", &checks, look));
    }
    lines.push(Line::default().into());
    let mut promises: Vec<&Promise> = books.promises.iter().filter(|promise| promise.is_open()).collect();
    promises.sort_by_key(|promise| (promise.due.is_none(), promise.due, promise.id));
    if promises.is_empty() {
        lines.push(heading("Promises due", look));
        lines.extend(empty("None open. {capture} files one in a line: what, @whom, due:fri.", look));
    }
    lines.extend(promise_lines(&promises, look));
    lines.extend(decided(look));
    BoardColumn {
        title: "Decisions and promises",
        more: format!("{} open · {} due", open.len(), promises.len()),
        lines,
        rests_on: &[],
    }
}

fn decisions(title: &'static str, decisions: &[&Decision], look: BoardStyle<'_>) -> Vec<Shown> {
    let theme = look.theme;
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::of((), "key", 4),
            ListColumn::growing((), title, 16, 9).whole(),
            ListColumn::growing((), "who decides", 11, 2).best(18).gap(0).leaves(1),
        ],
    );
    for decision in look.ordered(decisions.iter().copied(), |decision| decision) {
        let who =
            if decision.approver.is_empty() { "nobody named".to_owned() } else { decision.approver.clone() };
        let cells = [
            (decision.id.to_string(), theme.dim()),
            (decision.question.clone(), theme.text()),
            (who, theme.dim()),
        ];
        table.push(decision.key(), cells, Vec::new());
    }
    table.lines(title)
}

fn promise_lines(promises: &[&Promise], look: BoardStyle<'_>) -> Vec<Shown> {
    let (theme, today) = (look.theme, look.snapshot.today());
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::of((), "key", 4),
            ListColumn::growing((), "Promises due", 16, 9),
            ListColumn::growing((), "whom", 6, 2).best(18),
            ListColumn::growing((), "due", 4, 8).best(9).right().gap(0),
        ],
    );
    for promise in look.ordered(promises.iter().copied(), |promise| promise) {
        let due = promise.due.map_or_else(
            || "no date".to_owned(),
            |due| day::column_text(due, today, &look.snapshot.reading.calendar),
        );
        let style = if promise.due.is_some_and(|due| due <= today) { theme.warn() } else { theme.text() };
        let way = if promise.way == Way::To { "to" } else { "from" };
        let is_narrow = look.width < 72;
        // A first name says who is meant; the promise itself needs the room.
        let name = if is_narrow { promise.whom.split(' ').next().unwrap_or_default() } else { &promise.whom };
        let cells = [
            (promise.id.to_string(), theme.dim()),
            (promise.text.clone(), theme.text()),
            (format!("{way} {name}"), theme.dim()),
            (due, style),
        ];
        table.push(promise.key(), cells, Vec::new());
    }
    table.lines("Promises due")
}

/// What was decided lately, and how well confidence matches what came.
fn decided(look: BoardStyle<'_>) -> Vec<Shown> {
    let books = &look.snapshot.books;
    let mut done: Vec<&Decision> = books.decisions.iter().filter(|decision| !decision.is_open()).collect();
    if done.is_empty() {
        return Vec::new();
    }
    done.sort_by_key(|decision| std::cmp::Reverse((decision.decided, decision.id)));
    done.truncate(6);
    let mut lines: Vec<Shown> = vec![Line::default().into()];
    lines.extend(decisions("Decided", &done, look));
    let found = calibration(&books.decisions);
    let text = match found.brier {
        Some(brier) => {
            format!(
                "foresight over {} checked decisions: {brier:.2}, where 0 is perfect and 0.25 a guess",
                found.count
            )
        }
        None => {
            format!("foresight is told after {CALIBRATION_FROM} checked decisions, {} so far", found.count)
        }
    };
    let told = plain::wrap(&text, look.width.saturating_sub(4)).into_iter();
    lines.extend(told.map(|line| Line::styled(format!("   {line}"), look.theme.dim()).into()));
    lines
}
