//! The quarter in evidence: one page of outcomes, redirected hours with their results, decisions shaped and risks raised
//! in time, each with its receipts.

use chrono::{Datelike, NaiveDate};

use super::review::{Gathered, Span, count};
use crate::domain::day;
use crate::domain::document::{Block, Document, Figure, Line, Plot, PlotKind, Point};
use crate::domain::influence::RiskEnd;
use crate::domain::ledger::{self, Redirect};
use crate::domain::minutes::Minutes;
use crate::domain::outcome;
use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::reflection::trend::{Share, Trend};
use crate::domain::workdays::WorkCalendar;
use crate::ops::{Desk, OpsError};

/// The quarter that a day lies in.
#[must_use]
pub fn quarter_of(on: NaiveDate) -> Span {
    let month = on.month0() / 3 * 3 + 1;
    let from = on.with_day(1).and_then(|day| day.with_month(month)).unwrap_or(on);
    let next = from.checked_add_months(chrono::Months::new(3)).unwrap_or(from);
    Span { from, to: day::plus(next, -1) }
}

/// Reads a quarter: `2026Q4`, `Q4` of this year, or a day in it.
///
/// # Errors
/// A sentence with what would be right.
pub fn parse_quarter(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let upper = text.trim().to_uppercase().replace([' ', '-'], "");
    let wrong = || format!("`{text}` is not a quarter; write 2026Q4, Q4, or a day in it");
    let Some((year, number)) = upper.split_once('Q') else {
        return crate::domain::words::days::parse_day(text, today, &WorkCalendar::default())
            .map_err(|_| wrong());
    };
    let year = if year.is_empty() { today.year() } else { year.parse().map_err(|_| wrong())? };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    if !(1..=4).contains(&number) {
        return Err(wrong());
    }
    NaiveDate::from_ymd_opt(year, number * 3 - 2, 1).ok_or_else(wrong)
}

impl Desk {
    /// The evidence of the quarter of a day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn quarter_review(&self, on: NaiveDate) -> Result<Document, OpsError> {
        let span = quarter_of(on);
        let it = self.gather_review(span)?;
        let blocks = vec![
            headline(&it),
            outcomes(&it),
            redirected(&it),
            decisions(&it),
            risks(&it),
            levers(&it),
            rooms(&it),
        ];
        let document = Document {
            title: format!("Quarter in evidence, Q{} {}", span.from.month0() / 3 + 1, span.from.year()),
            subtitle: format!("{} – {}", span.from.format("%-d %b"), span.to.format("%-d %b %Y")),
            blocks: blocks.into_iter().filter(|block| !block.lines.is_empty()).collect(),
        };
        Ok(document.naming_keys(&self.config.hints))
    }
}

/// Hours that a redirect brought within a span.
///
/// Whole hours: minutes of a quarter would pretend.
fn hours_in(redirect: &Redirect, span: Span) -> Minutes {
    let from = redirect.from_day.max(span.from);
    let to = redirect.to_day.unwrap_or(span.to).min(span.to);
    let days = ((to - from).num_days() + 1).max(0);
    Minutes(redirect.hours.0 * days / 7 / 60 * 60)
}

fn until_today(it: &Gathered) -> Span {
    Span { from: it.span.from, to: it.span.to.min(it.today) }
}

/// One sentence in business words: the outcome that moved furthest.
fn headline(it: &Gathered) -> Block {
    let moved = it.standing.outcomes.iter().filter_map(|standing| {
        let percent = standing.progress.percent?;
        (standing.progress.count > 0).then_some((percent, standing))
    });
    let line = match moved
        .max_by_key(|(percent, standing)| (*percent, std::cmp::Reverse(standing.outcome.id)))
    {
        Some((percent, standing)) => {
            let latest =
                standing.progress.latest.map_or_else(String::new, |latest| standing.outcome.figure(latest));
            let text = format!("{}: {latest}, {percent} % of the way.", standing.outcome.name);
            Line::new(text).about([standing.outcome.id])
        }
        None => Line::new("No outcome has a reading yet")
            .hinting("a quarter in evidence begins with one: {outcomes}, {add-record}, then {step-record} for what was measured."),
    };
    Block { is_lead: true, ..Block::new("In one line", vec![line]) }
}

fn outcomes(it: &Gathered) -> Block {
    let mut lines = Vec::new();
    let mut points = Vec::new();
    for standing in &it.standing.outcomes {
        let outcome = &standing.outcome;
        let Some(latest) = standing.progress.latest.filter(|_| standing.progress.count > 0) else { continue };
        let was = standing
            .readings
            .iter()
            .rfind(|reading| reading.day < it.span.from)
            .map(|reading| reading.value)
            .or(outcome.baseline);
        let was = was.map_or_else(String::new, |was| format!(", was {}", outcome.figure(was)));
        let target =
            outcome.target.map_or_else(String::new, |target| format!(", target {}", outcome.figure(target)));
        let pace = standing.progress.pace().map_or_else(String::new, |pace| format!(" ({pace})"));
        let own: Vec<_> = standing.readings.iter().filter(|reading| it.span.holds(reading.day)).collect();
        let figure = Figure {
            n: u32::try_from(own.len()).unwrap_or(0),
            ..it.figure(
                latest,
                &outcome.unit,
                &outcome.metric,
                vec![RecordKey::Numbered(Kind::Outcome, outcome.id.0)],
            )
        };
        lines.push(
            Line::new(format!("{}: {}{was}{target}{pace}", outcome.name, outcome.figure(latest)))
                .about([outcome.id])
                .with(figure),
        );
        let progress = outcome::progress(outcome, &it.books.readings, it.today);
        if let Some(value) = progress.percent.and_then(|percent| i32::try_from(percent.clamp(0, 100)).ok()) {
            points.push(Point { label: outcome.id.to_string(), value: f64::from(value) });
        }
    }
    let plot = (!points.is_empty()).then(|| Plot {
        title: "Of the way from baseline to target".to_owned(),
        kind: PlotKind::Bars,
        unit: "%".to_owned(),
        points,
        scale: Some((0.0, 100.0)),
        ..Plot::default()
    });
    Block { plot, ..Block::new("Outcomes", lines) }
}

fn redirected(it: &Gathered) -> Block {
    let span = until_today(it);
    let own: Vec<&Redirect> =
        it.books.redirects.iter().filter(|redirect| hours_in(redirect, span).is_positive()).collect();
    let all: Minutes = own.iter().map(|redirect| hours_in(redirect, span)).sum();
    let mut lines = Vec::new();
    if !own.is_empty() {
        let keys = own.iter().map(|redirect| redirect.key());
        let definition = "hours a week of each redirect times the weeks that it held in the quarter";
        let figure = it.figure(all.as_hours(), "h", definition, keys);
        lines.push(Line::new(format!("{all} went from chores to outcomes")).with(figure));
    }
    for redirect in own {
        let onto = it.books.title(&redirect.target).unwrap_or_default();
        let result =
            if redirect.result.is_empty() { "no result yet".to_owned() } else { redirect.result.clone() };
        let text = format!("{} onto {} {onto}: {result}", hours_in(redirect, span), redirect.target);
        let line = if redirect.result.is_empty() { Line::new(text) } else { Line::good(text) };
        lines.push(line.about([redirect.id]));
    }
    let left = ledger::total(&it.books.gains, &it.books.redirects, span.to).unspoken();
    if left.is_positive() {
        lines.push(Line::warn(format!("{left} a week are freed and unspoken for")));
    }
    Block::new("Redirected", lines)
}

fn decisions(it: &Gathered) -> Block {
    let decided =
        it.books.decisions.iter().filter(|decision| decision.decided.is_some_and(|on| it.span.holds(on)));
    let told = |decision: &crate::domain::influence::Decision| {
        let changed =
            if decision.changed.is_empty() { String::new() } else { format!("; we {}", decision.changed) };
        let who = if decision.approver.is_empty() {
            String::new()
        } else {
            format!(" ({} decided)", decision.approver)
        };
        Line::good(format!("{} {}{who}{changed}", decision.question, decision.result)).about([decision.id])
    };
    Block::new("Decisions shaped", decided.map(told).collect())
}

fn risks(it: &Gathered) -> Block {
    let raised: Vec<_> =
        it.books.risks.iter().filter(|risk| risk.raised.is_some_and(|on| it.span.holds(on))).collect();
    if raised.is_empty() {
        return Block::new("Risks raised", Vec::new());
    }
    let in_time = raised.iter().filter(|risk| risk.was_raised_in_time()).count();
    let share = share_of(in_time, raised.len());
    let keys = raised.iter().map(|risk| risk.key());
    let figure =
        it.figure(count(in_time), "", "risks said no later than the day by which they had to be", keys);
    let mut lines = vec![Line::new(format!("Raised in time: {share}")).with(figure)];
    for risk in raised.iter().filter(|risk| risk.end == Some(RiskEnd::Caught)) {
        lines.push(Line::good(format!("Caught before release: {}", risk.text)).about([risk.id]));
    }
    Block::new("Risks raised", lines)
}

fn share_of(part: usize, whole: usize) -> Share {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Share { part: number(part), whole: number(whole) }
}

/// The four levers, always with quality beside speed.
fn levers(it: &Gathered) -> Block {
    let told = |lever: &crate::ops::books::standing::LeverFigure| {
        let figure = Figure {
            n: u32::try_from(lever.keys.len()).unwrap_or(0),
            value: lever.value,
            definition: lever.definition.to_owned(),
            keys: lever.keys.iter().map(ToString::to_string).collect(),
            ..Figure::default()
        };
        let mut name = lever.lever.title().to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Line::new(format!("{name}: {}", lever.text)).with(figure)
    };
    Block::new(
        "The four levers",
        it.standing.levers.iter().filter(|lever| !lever.keys.is_empty()).map(told).collect(),
    )
}

fn rooms(it: &Gathered) -> Block {
    let own = it.own();
    if own.is_empty() {
        return Block::new("In the room", Vec::new());
    }
    let trend = Trend::of(&own);
    let keys: Vec<RecordKey> = own.iter().map(|entry| entry.reflection.meeting.clone().into()).collect();
    let definition = "leadership meetings in which a decision was framed, changed or stopped";
    let shape = Line::new(format!("Shaped {} of the leadership meetings", trend.shape)).with(it.figure(
        f64::from(trend.shape.part),
        "",
        definition,
        keys.clone(),
    ));
    let definition = "expansion questions out of all that were counted";
    let asked = Line::new(format!("Asked what if, could we: {}", trend.expansion)).with(it.figure(
        f64::from(trend.expansion.part),
        "",
        definition,
        keys,
    ));
    Block::new("In the room", vec![shape, asked])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_read_as_people_write_them() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        for text in ["2026Q4", "q4", "Q4 ", "2026-q4", "today", "2026-12-31"] {
            let span = quarter_of(parse_quarter(text, today).unwrap());
            assert_eq!(
                (span.from.to_string(), span.to.to_string()),
                ("2026-10-01".into(), "2026-12-31".into()),
                "{text}"
            );
        }
        for text in ["Q5", "soonQ1", "", "2026Q"] {
            assert!(parse_quarter(text, today).is_err(), "{text}");
        }
    }
}
