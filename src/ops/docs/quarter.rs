//! The quarter in evidence: one page of outcomes, redirected hours with their results, decisions shaped and risks raised
//! in time, each with its receipts.

use chrono::{Datelike, NaiveDate};

use super::review::{ReviewSources, decided, fullness, outcome_words, said};
use crate::domain::day;
use crate::domain::document::{Block, Document, Line, Plot, PlotKind, Point};
use crate::domain::influence::{Decision, Risk, RiskEnd};
use crate::domain::measures::levers::LeverFigure;
use crate::domain::measures::{self, Span, flow, rooms};
use crate::domain::outcome::Outcome;
use crate::domain::words::ParseContext;
use crate::domain::words::days::{Direction, read_range};
use crate::ops::{Desk, OpsError};

/// The quarter that a day lies in.
pub fn quarter_of(on: NaiveDate) -> Span {
    let month = on.month0() / 3 * 3 + 1;
    // The day is set before the month: 31 May has no counterpart in April.
    let from = on.with_day(1).and_then(|day| day.with_month(month)).unwrap_or(on);
    let next = from.checked_add_months(chrono::Months::new(3)).unwrap_or(from);
    Span { from, to: day::plus(next, -1) }
}

/// Reads a quarter: `2026Q4`, `Q4` of this year, or a day in it.
///
/// # Errors
/// A sentence with what would be right.
pub fn parse_quarter(text: &str, reading: &ParseContext) -> Result<NaiveDate, String> {
    let today = reading.today;
    let upper = text.trim().to_uppercase().replace([' ', '-'], "");
    let wrong = || format!("`{text}` is not a quarter; write 2026Q4, Q4, or a day in it");
    let Some((year, number)) = upper.split_once('Q') else {
        return read_range(text, reading, Direction::Past).map(|(day, _)| day).map_err(|_| wrong());
    };
    let is_bare = year.is_empty();
    let year = match year.parse::<i32>() {
        _ if is_bare => today.year(),
        // `26Q4` is of this century, as a year of two digits is everywhere else.
        Ok(short @ 0..100) if year.len() == 2 => 2000 + short,
        Ok(whole) if year.len() == 4 => whole,
        _ => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    if !(1..=4).contains(&number) {
        return Err(wrong());
    }
    let begin = |year| NaiveDate::from_ymd_opt(year, number * 3 - 2, 1).ok_or_else(wrong);
    // A quarter is looked back on: in January, Q4 is that of last year.
    begin(year).and_then(|on| if is_bare && on > today { begin(year - 1) } else { Ok(on) })
}

impl Desk {
    /// The evidence of the quarter of a day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn quarter_review(&self, on: NaiveDate) -> Result<Document, OpsError> {
        self.store.reading(|_| {
            let span = quarter_of(on);
            let it = self.gather_review(span)?;
            let title = format!("Quarter in evidence, Q{} {}", span.from.month0() / 3 + 1, span.from.year());
            let subtitle = format!("{} – {}", span.from.format("%-d %b"), span.to.format("%-d %b %Y"));
            // Blocks without figures would read as a quarter in which nothing happened.
            if span.from > it.today {
                let line = Line::new(format!("It begins on {}", day::day_near(span.from, it.today)));
                let blocks = vec![Block::new("In one line", vec![line])];
                return Ok(Document { title, subtitle, blocks, ..Document::default() });
            }
            let blocks = vec![
                headline(&it),
                outcomes(&it),
                redirected(&it),
                decisions(&it),
                risks(&it),
                levers(&it),
                hours(&it),
                in_the_room(&it),
            ];
            let document = Document {
                title,
                subtitle,
                blocks: blocks.into_iter().filter(|block| !block.lines.is_empty()).collect(),
                stale: self.stale_data_of(span)?,
                ..Document::default()
            };
            let document = self.named(document, &it.books)?;
            Ok(document.naming_keys(&self.config.hints))
        })
    }
}

/// One sentence in business words: the outcome that had moved furthest by the end of the quarter.
fn headline(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let moved = it.outcomes().into_iter().filter_map(|outcome| {
        let stood = measures::outcomes::stood(&facts, outcome, it.span)?;
        let percent = measures::outcomes::progress(&facts, outcome, it.span).percent?;
        Some((percent, outcome, stood))
    });
    // Of two that moved as far it is the older one: `max_by_key` alone would take the last.
    let furthest = moved.max_by_key(|(percent, outcome, _)| (*percent, std::cmp::Reverse(outcome.id)));
    let is_over = it.span.to < it.today;
    let is_read =
        it.outcomes().iter().any(|outcome| measures::outcomes::stood(&facts, outcome, it.span).is_some());
    let line = match furthest {
        Some((percent, outcome, stood)) => {
            let text = format!("{}: {}, {percent} % of the way.", outcome.name, stood.short());
            Line::new(text).about([outcome.id]).with(stood.figure())
        }
        // A reading alone is no way that was gone.
        None if is_read => Line::new("What was read of outcomes has no baseline and target to tell it by"),
        None if is_over => Line::new("No outcome had a reading by then"),
        None => Line::new("No outcome has a reading yet")
            .hinting("a quarter in evidence begins with one: {outcomes}, {add}, then {step-record} for what was measured."),
    };
    Block { is_lead: true, ..Block::new("In one line", vec![line]) }
}

/// Every outcome that had a reading by the end of the quarter, as it stood then.
fn outcomes(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let mut lines = Vec::new();
    let mut points = Vec::new();
    for outcome in it.outcomes() {
        let Some(stood) = measures::outcomes::stood(&facts, outcome, it.span) else {
            lines.push(unread(outcome));
            continue;
        };
        let was = measures::outcomes::before(&facts, outcome, it.span);
        let was = was.map_or_else(String::new, |was| format!(", was {}", was.short()));
        // A reading of an earlier quarter is no movement of this one, so it says when it was taken instead.
        let still = if it.span.holds(stood.span.to) {
            was
        } else {
            format!(", last read {}", day::day_near(stood.span.to, it.today))
        };
        let target =
            outcome.target.map_or_else(String::new, |target| format!(", target {}", outcome.figure(target)));
        let progress = measures::outcomes::progress(&facts, outcome, it.span);
        let ended = outcome_words(it, outcome).map_or_else(String::new, |words| format!(" ({words})"));
        let value = stood.short();
        lines.push(
            Line::new(format!("{}: {value}{still}{target}{ended}", outcome.name))
                .about([outcome.id])
                .with(stood.figure()),
        );
        // A bar ends at its scale, and its figure says by how much it is past its target or behind its baseline.
        let percent = |percent: i64| i32::try_from(percent).ok().map(f64::from);
        if let Some(value) = progress.percent.and_then(percent) {
            let ticks = measures::outcomes::earlier_ways(&facts, outcome, it.span).into_iter();
            let ticks = ticks.filter_map(percent).collect();
            let key = outcome.id.to_string();
            points.push(Point { ticks, key, ..Point::new(outcome.name.clone(), value) });
        }
    }
    let plot = (!points.is_empty()).then(|| Plot {
        title: "Of the way from baseline to target, with earlier readings as │".to_owned(),
        kind: PlotKind::Bars,
        unit: "%".to_owned(),
        points,
        scale: Some((0.0, 100.0)),
        ..Plot::default()
    });
    Block { plot, ..Block::new("Outcomes", lines) }
}

/// An outcome of which nobody knows yet how it stands; a bar at its baseline would say that it does not move.
fn unread(outcome: &Outcome) -> Line {
    let ends = [("baseline", outcome.baseline), ("target", outcome.target)];
    let told = ends.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let told: Vec<String> = told.map(|(name, value)| format!("{name} {}", outcome.figure(value))).collect();
    let parts = ["no reading yet".to_owned()].into_iter().chain(told).collect::<Vec<_>>().join(", ");
    Line::new(format!("{}: {parts}", outcome.name)).about([outcome.id])
}

fn redirected(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let end = it.end();
    let own = measures::headroom::brought(&facts, it.span);
    let mut lines = Vec::new();
    if !own.is_empty() {
        let all = measures::headroom::redirected(&facts, it.span);
        lines.push(Line::new(format!("{} went from chores to outcomes", all.short())).with(all.figure()));
    }
    for (redirect, hours) in own {
        let onto = it.books.title(&redirect.target).unwrap_or_default();
        // What came of it later was not known then.
        let result = redirect.result_on.filter(|on| *on <= end).map(|_| redirect.result.trim());
        let said = result.filter(|result| !result.is_empty()).unwrap_or("no result yet");
        let text = format!("{hours} onto {} {onto}: {said}", redirect.target);
        let line = if said == "no result yet" { Line::new(text) } else { Line::good(text) };
        lines.push(line.about([redirect.id]));
    }
    let left = measures::headroom::balance(&facts, end).unspoken();
    if left.is_positive() {
        lines.push(Line::warn(format!("{left} a week are freed and unspoken for")));
    }
    Block::new("Redirected", lines)
}

fn decisions(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let told = |decision: &Decision| {
        let who = if decision.approver.is_empty() {
            String::new()
        } else {
            format!("({} decided)", decision.approver)
        };
        decided(decision, &who)
    };
    let touched = measures::influence::decisions_touched(&facts, it.span);
    let mut lines = Vec::new();
    if touched.is_known() {
        lines.push(said("Decided with a change of ours:", &touched));
    }
    lines.extend(measures::influence::decided(&facts, it.span).map(told));
    Block::new("Decisions shaped", lines)
}

fn risks(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let in_time = measures::influence::raised_in_time(&facts, it.span);
    let mut lines = Vec::new();
    if in_time.is_known() {
        lines.push(said("Raised in time:", &in_time));
    }
    let is_caught = |risk: &&Risk| {
        risk.end == Some(RiskEnd::Caught) && risk.ended.is_some_and(|on| it.span.holds(on) && on <= it.end())
    };
    for risk in it.books.risks.iter().filter(is_caught) {
        lines.push(Line::good(format!("Caught before release: {}", risk.text)).about([risk.id]));
    }
    Block::new("Risks raised", lines)
}

/// The four levers, always with quality beside speed.
fn levers(it: &ReviewSources) -> Block {
    let told = |lever: &LeverFigure| {
        let mut name = lever.lever.title().to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Line::new(format!("{name}: {}", lever.text)).with(lever.measured.figure())
    };
    let levers = measures::levers::levers(&it.facts(), it.span);
    Block::new("The four levers", levers.iter().filter(|lever| lever.measured.is_known()).map(told).collect())
}

/// Where the hours of the quarter went, by the days that were kept.
fn hours(it: &ReviewSources) -> Block {
    let facts = it.facts();
    // What is planned for today is no evidence.
    let over = Span { to: it.end().min(day::plus(it.today, -1)), ..it.span };
    if over.to < over.from {
        return Block::new("Hours", Vec::new());
    }
    let share = measures::hours::strategy_share(&facts, over);
    let mut lines = vec![said("Hours went into strategy:", &share)];
    let used = measures::hours::utilisation(&facts, over);
    if used.is_known() {
        lines.push(fullness(&used, &flow::work_item_age(&facts, it.span), true));
    }
    Block::new("Hours", lines)
}

fn in_the_room(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let figures = [
        ("Leadership meetings that were shaped:", rooms::shaped(&facts, it.span)),
        ("Questions of the kind what if, could we:", rooms::expansion(&facts, it.span)),
    ];
    let told = figures.iter().filter(|(_, measured)| measured.is_known());
    // Counted from reflections, which are nobody else's to read.
    Block::new("In the room", told.map(|(label, measured)| said(label, measured)).collect()).private()
}

#[cfg(test)]
mod tests;
