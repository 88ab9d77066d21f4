//! The change board: friction by area and cost, and beside it what the data proposes, risks, what requests share, and
//! what was moved for what.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::outcomes::{empty, gain_lines, heading};
use super::table::{BoardTable, under};
use super::{BoardColumn, BoardStyle};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::friction::{Area, Friction, FrictionStage, Harm};
use crate::domain::influence::Risk;
use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::source::SourceWhat;
use crate::domain::view::ListKind;
use crate::ops::books::report::FrictionStanding;
use crate::plain;
use crate::tui::overlays::record::{Link, Shown};
use crate::tui::view::columns::ListColumn;

/// The frictions of one place, open ones by area, then those that are over.
fn sections(look: BoardStyle<'_>) -> Vec<(&'static str, Vec<&FrictionStanding>)> {
    let all = look.ordered(&look.snapshot.report.frictions, |it| &it.friction);
    let name = |area| match area {
        Some(Area::People) => "People",
        Some(Area::Process) => "Process",
        Some(Area::Platform) => "Platform",
        None => "Not placed yet",
    };
    let mut sections: Vec<(&'static str, Vec<&FrictionStanding>)> = Vec::new();
    for area in Area::ALL.iter().copied().map(Some).chain([None]) {
        let own = all.iter().filter(|it| it.friction.is_open() && it.friction.area == area);
        sections.push((name(area), own.copied().collect()));
    }
    sections
        .push(("Unlocked and dropped", all.iter().filter(|it| !it.friction.is_open()).copied().collect()));
    sections.retain(|(_, own)| !own.is_empty());
    sections
}

pub fn friction(look: BoardStyle<'_>) -> BoardColumn {
    let all = &look.snapshot.report.frictions;
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::of((), "key", 4),
            ListColumn::growing((), "friction", 16, 9).whole(),
            ListColumn::growing((), "costs", 7, 8).best(8).right(),
            // Its page says both of the chosen one; over what is unlocked or dropped a heading stands as well.
            ListColumn::growing((), "harms", 5, 2).best(10).leaves(2),
            ListColumn::growing((), "state", 8, 3).best(10).gap(0).leaves(1),
        ],
    );
    let sections = sections(look);
    for it in sections.iter().flat_map(|(_, own)| own) {
        push_friction(&mut table, it, look);
    }
    // One table for all sections, so that their columns stand below each other; its rows are dealt out again.
    let (head, rows) = table.parts("");
    let mut lines: Vec<Shown> = Vec::new();
    let mut rows = rows.into_iter();
    for (name, own) in sections {
        lines.push(if lines.is_empty() { head.clone() } else { Line::default() }.into());
        lines.push(heading(name, look));
        lines.extend(rows.by_ref().take(own.len()).flatten());
    }
    if lines.is_empty() {
        lines.extend(empty(
            "No friction is noted. {capture} files one in a line: what slows the work down, ~6h a week, harms:O-3. {import} brings requests, people and meetings in from files.",
            look,
        ));
    }
    let lost: crate::domain::minutes::Minutes =
        all.iter().filter(|it| it.friction.is_open()).map(|it| it.friction.hours).sum();
    // Somebody who ordered them otherwise is told that order instead.
    let by_cost = if look.filter.order(ListKind::Frictions).is_some() { "" } else { " · by cost" };
    let more = if lost.is_positive() { format!("{lost} lost a week{by_cost}") } else { String::new() };
    BoardColumn { title: "Friction", more, lines, rests_on: &[] }
}

fn push_friction(table: &mut BoardTable<'_, 5>, it: &FrictionStanding, look: BoardStyle<'_>) {
    let (theme, friction) = (look.theme, &it.friction);
    let style = match friction.stage {
        FrictionStage::Unlocked => theme.good(),
        FrictionStage::Changing => theme.accent(),
        FrictionStage::Seen => theme.text(),
        FrictionStage::Dropped => theme.dim(),
    };
    let hours =
        if friction.hours.is_positive() { format!("{}/wk", friction.hours) } else { "? h".to_owned() };
    let cells = [
        (friction.id.to_string(), theme.dim()),
        (friction.text.clone(), theme.strong()),
        (hours, theme.text()),
        (harmed(friction), theme.dim()),
        (friction.stage.title().to_owned(), style),
    ];
    // What is over costs nothing any more.
    let said = if friction.is_open() { under(&it.cost.terms(), theme.dim(), look) } else { Vec::new() };
    table.push(friction.key(), cells, said);
}

/// What it harms: a record by its key, a tier as the queue says it.
fn harmed(friction: &Friction) -> String {
    match friction.harmed() {
        Some(Harm::Tier(tier)) => format!("T{}", tier.number()),
        _ => friction.harms.clone(),
    }
}

/// What stands beside it.
pub fn companions(look: BoardStyle<'_>) -> BoardColumn {
    let mut lines = Vec::new();
    lines.extend(gains(look));
    lines.extend(risks(look));
    lines.extend(proposals(look));
    lines.extend(overlaps(look));
    lines.extend(swaps(look));
    let open = look.snapshot.books.risks.iter().filter(|risk| risk.is_open()).count();
    let gains = counted(look.snapshot.books.gains.len(), "gain", "gains");
    let more = format!("{gains} · {} open", counted(open, "risk", "risks"));
    BoardColumn { title: "Change", more, lines, rests_on: &[SourceWhat::Requests] }
}

fn gains(look: BoardStyle<'_>) -> Vec<Shown> {
    let mut lines = gain_lines(look);
    if lines.is_empty() {
        lines.push(heading("Gains and where they went", look));
        lines.extend(empty(
            "None yet: {step-record} on a friction that is unlocked notes what it freed.",
            look,
        ));
    }
    lines
}

fn risks(look: BoardStyle<'_>) -> Vec<Shown> {
    let mut risks: Vec<&Risk> = look.snapshot.books.risks.iter().filter(|risk| risk.is_open()).collect();
    let today = look.snapshot.today();
    // What has to be said by now stands before what weighs more and still has time.
    risks.sort_by_key(|risk| {
        (!risk.is_to_raise(today), std::cmp::Reverse(risk.weight()), risk.raise_by, risk.id)
    });
    let risks = look.ordered(risks, |risk| risk);
    let mut lines: Vec<Shown> = vec![Line::default().into()];
    if risks.is_empty() {
        lines.push(heading("Risks", look));
        lines.extend(empty("None noted: {capture} files one in a line.", look));
    }
    let mut table = BoardTable::new(
        look,
        [
            ListColumn::of((), "key", 4),
            ListColumn::growing((), "Risks", 16, 9),
            ListColumn::of((), "weight", 6).right().gap(2),
            ListColumn::growing((), "to raise", 8, 2).best(15).gap(0),
        ],
    );
    for risk in &risks {
        let (when, style) = to_raise(risk, look);
        // Of nine, likelihood times impact: from six on one of the two is at its worst and the other not at its
        // least.
        let weight = if risk.weight() >= 6 { look.theme.warn() } else { look.theme.text() };
        let cells = [
            (risk.id.to_string(), look.theme.dim()),
            (risk.text.clone(), look.theme.text()),
            (format!("{}/9", risk.weight()), weight),
            (when, style),
        ];
        table.push(risk.key(), cells, Vec::new());
    }
    lines.extend(table.lines("Risks"));
    lines
}

/// When a risk is to be raised, or was.
fn to_raise(risk: &Risk, look: BoardStyle<'_>) -> (String, Style) {
    let (theme, today, calendar) = (look.theme, look.snapshot.today(), &look.snapshot.reading.calendar);
    match (risk.raised, risk.raise_by) {
        (Some(on), _) => (format!("raised {}", day::date_text(on, today)), theme.dim()),
        (None, Some(_)) if risk.is_to_raise(today) => ("now".to_owned(), theme.warn()),
        (None, Some(by)) => (format!("by {}", day::column_text(by, today, calendar)), theme.text()),
        (None, None) => (String::new(), theme.dim()),
    }
}

fn proposals(look: BoardStyle<'_>) -> Vec<Shown> {
    let proposals = &look.snapshot.report.proposals;
    if proposals.is_empty() {
        return Vec::new();
    }
    let theme = look.theme;
    let mut lines = vec![Line::default().into(), heading("The data proposes as friction", look)];
    for proposal in proposals {
        let link = || Some(Link::Proposal(Box::new(proposal.clone())));
        for (row, part) in plain::wrap(&proposal.text, look.width.saturating_sub(7)).into_iter().enumerate() {
            let mark = Span::styled(if row == 0 { " ?   " } else { "     " }, theme.warn());
            let shown = Line::from(vec![mark, Span::styled(part, theme.text())]);
            lines.push(Shown::new(shown, if row == 0 { link() } else { None }));
        }
        for part in plain::wrap(&proposal.evidence, look.width.saturating_sub(7)) {
            lines.push(Line::styled(format!("     {part}"), theme.dim()).into());
        }
    }
    lines
}

fn overlaps(look: BoardStyle<'_>) -> Vec<Shown> {
    let overlaps = &look.snapshot.report.overlaps;
    if overlaps.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::default().into(), heading("Say in the room", look)];
    for overlap in overlaps.iter().take(8) {
        for (row, part) in plain::wrap(&overlap.line, look.width.saturating_sub(7)).into_iter().enumerate() {
            let mark = if row == 0 { " ·   " } else { "     " };
            let line = Line::from(vec![
                Span::styled(mark, look.theme.accent()),
                Span::styled(part, look.theme.text()),
            ]);
            // Only its first row leads on, so that the cursor stops once at each of them.
            let rows = (row == 0).then(|| Link::Requests("Share something".to_owned(), overlap.keys.clone()));
            lines.push(Shown::new(line, rows));
        }
    }
    lines
}

fn swaps(look: BoardStyle<'_>) -> Vec<Shown> {
    let swaps = &look.snapshot.report.swaps;
    if swaps.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::default().into(), heading("Traded this month, by the business", look)];
    for swap in swaps {
        let title = |id: crate::domain::ids::RequestId| {
            look.snapshot.title_of(&RecordKey::Numbered(Kind::Request, id.0))
        };
        let text = format!(
            "{} {} moved by {} for {} {}",
            swap.moved_id,
            title(swap.moved_id),
            day::working_days(swap.days),
            swap.taken_id,
            title(swap.taken_id)
        );
        for (row, part) in plain::wrap(text.trim(), look.width.saturating_sub(7)).into_iter().enumerate() {
            let keys = || Link::Requests("Traded".to_owned(), vec![swap.taken_id, swap.moved_id]);
            let shown = Line::styled(format!("     {part}"), look.theme.text());
            lines.push(Shown::new(shown, (row == 0).then(keys)));
        }
    }
    lines
}
