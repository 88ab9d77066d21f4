//! The change board: friction by area and cost, and beside it what the data proposes, risks, what requests share, and
//! what was moved for what.

use ratatui::text::{Line, Span};

use super::outcomes::{empty, gain_lines, heading, leading};
use super::{BoardColumn, BoardStyle};
use crate::domain::day;
use crate::domain::friction::{Area, FrictionStage};
use crate::domain::influence::Risk;
use crate::domain::record::{Kind, Record, RecordKey};
use crate::ops::books::report::FrictionStanding;
use crate::plain;
use crate::tui::overlays::record::{Link, Shown};
use crate::tui::view::columns::{self, ListColumn};

pub fn friction(look: BoardStyle<'_>) -> BoardColumn {
    let all = &look.snapshot.report.frictions;
    let mut lines = Vec::new();
    let areas = Area::ALL.iter().copied().map(Some).chain([None]);
    for area in areas {
        let own: Vec<&FrictionStanding> =
            all.iter().filter(|it| it.friction.is_open() && it.friction.area == area).collect();
        if own.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::default().into());
        }
        let name = area.map_or("Not placed yet", |area| match area {
            Area::People => "People",
            Area::Process => "Process",
            Area::Platform => "Platform",
        });
        lines.push(heading(name, look));
        lines.extend(own.into_iter().flat_map(|it| friction_lines(it, look)));
    }
    if lines.is_empty() {
        lines.extend(empty(
            "No friction is noted. {capture} files one in a line: what slows the work down, ~6h a week, harms:O-3.",
            look,
        ));
    }
    let closed: Vec<&FrictionStanding> = all.iter().filter(|it| !it.friction.is_open()).collect();
    if !closed.is_empty() {
        lines.push(Line::default().into());
        lines.push(heading("Unlocked and dropped", look));
        lines.extend(closed.into_iter().flat_map(|it| friction_lines(it, look)));
    }
    let lost: crate::domain::minutes::Minutes =
        all.iter().filter(|it| it.friction.is_open()).map(|it| it.friction.hours).sum();
    let more = if lost.is_positive() {
        format!("{lost} lost a week · what costs the business most first")
    } else {
        String::new()
    };
    BoardColumn { title: "Friction", more, lines }
}

fn friction_lines(it: &FrictionStanding, look: BoardStyle<'_>) -> Vec<Shown> {
    let theme = look.theme;
    let friction = &it.friction;
    let stage = friction.stage.title();
    let style = match friction.stage {
        FrictionStage::Unlocked => theme.good(),
        FrictionStage::Changing => theme.accent(),
        FrictionStage::Seen => theme.text(),
        FrictionStage::Dropped => theme.dim(),
    };
    let harms = if friction.harms.is_empty() { String::new() } else { format!("harms {}", friction.harms) };
    let hours =
        if friction.hours.is_positive() { format!("{}/wk", friction.hours) } else { "? h".to_owned() };
    let cells = [
        (ListColumn::of((), "key", 4), friction.id.to_string(), theme.dim()),
        (ListColumn::of((), "costs", 7).right(), hours, theme.text()),
        (ListColumn::growing((), "friction", 12, 1), friction.text.clone(), theme.strong()),
        (ListColumn::of((), "harms", 10).leaves(1), harms, theme.dim()),
        (ListColumn::of((), "stage", 10), stage.to_owned(), style),
    ];
    let mut lines = vec![leading(friction.key(), columns::row(1, look.width, &cells))];
    if friction.is_open() {
        let text = plain::cut(&it.cost.terms(), look.width.saturating_sub(15));
        lines.push(Line::styled(format!("              {text}"), theme.dim()).into());
    }
    lines
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
    let more = format!("{} gains · {open} risks open", look.snapshot.books.gains.len());
    BoardColumn { title: "Change", more, lines }
}

fn gains(look: BoardStyle<'_>) -> Vec<Shown> {
    let mut lines = vec![heading("Gains and where they went", look)];
    for it in &look.snapshot.report.gains {
        lines.extend(gain_lines(it, look));
    }
    if look.snapshot.report.gains.is_empty() {
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
    risks.sort_by_key(|risk| {
        (!risk.is_to_raise(today), std::cmp::Reverse(risk.weight()), risk.raise_by, risk.id)
    });
    let mut lines = vec![Line::default().into(), heading("Risks", look)];
    for risk in &risks {
        lines.push(risk_line(risk, look));
    }
    if risks.is_empty() {
        lines.extend(empty("None noted: {capture} files one in a line.", look));
    }
    lines
}

fn risk_line(risk: &Risk, look: BoardStyle<'_>) -> Shown {
    let (theme, today) = (look.theme, look.snapshot.today());
    let (when, style) = match (risk.raised, risk.raise_by) {
        (Some(on), _) => (format!("raised {}", on.format("%-d %b")), theme.dim()),
        (None, Some(_)) if risk.is_to_raise(today) => ("raise it now".to_owned(), theme.warn()),
        (None, Some(by)) => (format!("by {}", day::day_near(by, today)), theme.text()),
        (None, None) => (String::new(), theme.dim()),
    };
    let weight = if risk.weight() >= 6 { theme.warn() } else { theme.text() };
    let cells = [
        (ListColumn::of((), "key", 4), risk.id.to_string(), theme.dim()),
        (ListColumn::of((), "weight", 3), format!("{}/9", risk.weight()), weight),
        (ListColumn::growing((), "risk", 12, 1), risk.text.clone(), theme.text()),
        (ListColumn::of((), "raise", 15).right(), when, style),
    ];
    leading(risk.key(), columns::row(1, look.width, &cells))
}

fn proposals(look: BoardStyle<'_>) -> Vec<Shown> {
    let proposals = &look.snapshot.report.proposals;
    if proposals.is_empty() {
        return Vec::new();
    }
    let theme = look.theme;
    let mut lines = vec![Line::default().into(), heading("The data proposes as friction", look)];
    for proposal in proposals {
        lines.push(Shown {
            line: Line::from(vec![
                Span::styled(" ?   ", theme.warn()),
                Span::styled(plain::cut(&proposal.text, look.width.saturating_sub(7)), theme.text()),
            ]),
            link: Some(Link::Proposal(Box::new(proposal.clone()))),
        });
        let evidence = plain::cut(&proposal.evidence, look.width.saturating_sub(7));
        lines.push(Line::styled(format!("     {evidence}"), theme.dim()).into());
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
            let rows = (row == 0).then(|| Link::Requests("Share something".to_owned(), overlap.keys.clone()));
            lines.push(Shown { line, link: rows });
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
        lines.push(Shown {
            line: Line::styled(
                format!("     {}", plain::cut(text.trim(), look.width.saturating_sub(7))),
                look.theme.text(),
            ),
            link: Some(Link::Requests("Traded".to_owned(), vec![swap.taken_id, swap.moved_id])),
        });
    }
    lines
}
