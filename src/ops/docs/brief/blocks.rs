//! The blocks of a brief, each at most five lines.

mod room;
mod since;

use chrono::NaiveDate;

use super::gather::{BriefSources, capital};
use super::spoken::{Spoken, SpokenPart, SpokenSource};
use crate::domain::day;
use crate::domain::document::{Audience, Block, Line};
use crate::domain::influence::Risk;
use crate::domain::ledger::{self, Gain};
use crate::domain::measures::headroom;
use crate::domain::measures::number::Number;
use crate::domain::record::{Kind, RecordKey};
use crate::ops::books::Books;

/// No block has more lines.
pub(super) const MOST: usize = 5;

/// Titles of the blocks.
pub(super) mod title {
    pub const WHO: &str = "Who";
    pub const BOTTOM: &str = "Bottom line";
    pub const NUMBERS: &str = "Three numbers";
    pub const ASK: &str = "The ask";
    pub const RISK: &str = "Risk";
    pub const REDIRECTED: &str = "Redirected";
    pub const QUESTIONS: &str = "They will ask";
    pub const IF_THEN: &str = "If-then";
}

/// What a room reads of a brief. It is the short list, so that a block to come is the lead's until it is named here.
pub(super) const TOLD: [&str; 5] =
    [title::BOTTOM, title::NUMBERS, title::ASK, title::RISK, title::REDIRECTED];

/// Every block in reading order. What is the lead's own is left out while others look on.
pub(super) fn all(it: &BriefSources, shown: &[Number], ask: SpokenPart) -> Vec<SpokenPart> {
    let mut parts: Vec<SpokenPart> = since::part(it).into_iter().collect();
    parts.extend([
        SpokenPart::silent(room::who(it)),
        bottom(it, shown),
        numbers(it, shown),
        ask,
        risk(it),
        redirected(it),
    ]);
    if !it.is_presenting {
        parts.push(room::questions(it, shown));
        parts.push(SpokenPart::silent(room::if_then(it)));
    }
    for part in &mut parts {
        if !TOLD.contains(&part.block.title.as_str()) {
            part.block.audience = Audience::Lead;
        }
        part.block.lines = at_most(std::mem::take(&mut part.block.lines));
    }
    parts
}

/// The last line counts what there is no room for, and leads to it.
fn at_most(mut lines: Vec<Line>) -> Vec<Line> {
    if lines.len() > MOST {
        let rest = lines.split_off(MOST - 1);
        let keys: Vec<String> = rest.iter().flat_map(|line| line.keys.clone()).collect();
        // It counts lines that the room may not all read, and leads to them by keys that it has not.
        lines.push(Line::new(format!("and {} more", rest.len())).about(keys).private());
    }
    lines
}

fn bottom(it: &BriefSources, shown: &[Number]) -> SpokenPart {
    let (text, outcome) = it.bottom_line(shown);
    let spoken =
        (!text.is_empty()).then(|| Spoken { text: text.clone(), source: SpokenSource::Brief("line") });
    let line = if text.is_empty() {
        Line::todo(
            "Nothing is measured yet: {capture} files an outcome with its baseline, {step-record} on it notes a reading.",
        )
    } else {
        Line::new(text).about(outcome)
    };
    SpokenPart {
        block: Block { is_lead: true, ..Block::new(title::BOTTOM, vec![line]) },
        spoken: spoken.into_iter().collect(),
    }
}

fn numbers(it: &BriefSources, shown: &[Number]) -> SpokenPart {
    if shown.is_empty() {
        let line = "No number yet: they come from readings of outcomes, delivered work, gains and risks.";
        return SpokenPart::silent(Block::new(title::NUMBERS, vec![Line::todo(line)]));
    }
    let line = |number: &Number| {
        let text = capital(&number.sentence(&it.numbers));
        let pair = number.broken_pair(&it.numbers);
        let line = if number.is_worse() || pair.is_some() {
            Line::warn(text)
        } else if number.is_better() {
            Line::good(text)
        } else {
            Line::new(text)
        };
        let mut line = line.about(it.outcome_of(number).map(|outcome| outcome.id));
        line = line.with(number.now.figure());
        if let Some(before) = number.compared() {
            line = line.with(before.figure());
        }
        if let Some(pair) = pair {
            line = line.with(pair.now.figure());
        }
        line
    };
    let lines: Vec<Line> = shown.iter().map(line).collect();
    let spoken =
        lines.iter().map(|line| Spoken { text: line.text.clone(), source: SpokenSource::Counted }).collect();
    SpokenPart { block: Block::new(title::NUMBERS, lines), spoken }
}

fn risk(it: &BriefSources) -> SpokenPart {
    let own = it.written(|record| &record.risk);
    let Some(risk) = it.risk() else {
        let none =
            || Line::todo("No risk is noted: {capture} files one, with the day by which it has to be said.");
        let line = own.map_or_else(none, Line::new);
        let spoken = own.map(|text| Spoken { text: text.to_owned(), source: SpokenSource::Brief("risk") });
        return SpokenPart {
            block: Block::new(title::RISK, vec![line]),
            spoken: spoken.into_iter().collect(),
        };
    };
    let on = risk.subject.as_ref().map_or_else(String::new, |key| format!(", on {key}"));
    let ended = ended(risk, it.today);
    let raise = ended.clone().unwrap_or_else(|| raise(risk.raised, risk.raise_by, it.today));
    let text = format!("{} {}{on}{raise}", risk.id, risk.text);
    let keys = std::iter::once(risk.id.to_string()).chain(risk.subject.as_ref().map(ToString::to_string));
    let head = if risk.is_to_raise(it.today) { Line::warn(text) } else { Line::new(text) };
    // By when to raise it is for whoever raises it.
    let head =
        head.for_the_room(format!("{} {}{on}{}", risk.id, risk.text, ended.as_deref().unwrap_or_default()));
    let key = RecordKey::Numbered(Kind::Risk, risk.id.0);
    let answer = match risk.answer.trim() {
        // What is over needs nothing in place any more.
        "" if ended.is_some() => None,
        "" => Some(Line::warn("Nothing is in place yet.").about([risk.id])),
        answer => Some(Line::new(format!("In place: {}.", answer.trim_end_matches('.'))).about([risk.id])),
    };
    // With what is in place: a risk with an answer is not told passively.
    let whole = format!("{}; in place: {}", risk.text, risk.answer);
    let whole = if risk.answer.trim().is_empty() { risk.text.clone() } else { whole };
    let spoken = vec![Spoken { text: whole, source: SpokenSource::Entry(key, "text") }];
    let lines = std::iter::once(head.about(keys)).chain(answer).collect();
    SpokenPart { block: Block::new(title::RISK, lines), spoken }
}

/// `, caught before release Fri 20 Nov`: how a risk that the lead chose ended meanwhile.
fn ended(risk: &Risk, today: NaiveDate) -> Option<String> {
    let on = risk.ended.map_or_else(String::new, |on| format!(" {}", day::day_near(on, today)));
    risk.end.map(|end| format!(", {}{on}", end.title()))
}

/// `, raise today`, `, raise by Fri 27 Nov`, `, was to be raised by Mon 16 Nov`, `, raised Mon 9 Nov`.
fn raise(raised: Option<NaiveDate>, by: Option<NaiveDate>, today: NaiveDate) -> String {
    match (raised, by) {
        (Some(on), _) => format!(", raised {}", day::day_near(on, today)),
        (None, Some(by)) if by < today => format!(", was to be raised by {}", day::day_near(by, today)),
        (None, Some(by)) if by == today => ", raise today".to_owned(),
        (None, Some(by)) => format!(", raise by {}", day::day_near(by, today)),
        (None, None) => String::new(),
    }
}

/// Hours freed, where they went, and what came of it.
fn redirected(it: &BriefSources) -> SpokenPart {
    let mut gains: Vec<&Gain> =
        it.books.gains.iter().filter(|gain| gain.on(it.today).is_positive()).collect();
    if gains.is_empty() {
        let line = "Nothing is freed yet: {capture} files what slows the work, {step-record} on it unlocks it and notes the hours.";
        return SpokenPart::silent(Block::new(title::REDIRECTED, vec![Line::todo(line)]));
    }
    let has_result = |gain: &Gain| {
        it.books.redirects.iter().any(|redirect| redirect.gain_id == gain.id && !redirect.result.is_empty())
    };
    // What came of something stands first, so that the cut at five lines takes what nothing came of yet.
    gains.sort_by_key(|gain| (!has_result(gain), gain.from_day, gain.id));
    let (mut lines, mut spoken) = (Vec::new(), Vec::new());
    for gain in gains {
        lines.push(gain_line(gain, it));
        let own = it.books.redirects.iter().filter(|redirect| redirect.gain_id == gain.id);
        spoken.extend(own.filter(|redirect| !redirect.result.trim().is_empty()).map(|redirect| Spoken {
            // What came of it is told of hours that went somewhere.
            text: redirect.result.clone(),
            source: SpokenSource::Entry(RecordKey::Numbered(Kind::Redirect, redirect.id.0), "result"),
        }));
    }
    SpokenPart { block: Block::new(title::REDIRECTED, lines), spoken }
}

fn gain_line(gain: &Gain, it: &BriefSources) -> Line {
    let own: Vec<_> = it.books.redirects.iter().filter(|redirect| redirect.gain_id == gain.id).collect();
    let (mut parts, mut told) = (Vec::new(), Vec::new());
    let mut rows = vec![RecordKey::Numbered(Kind::Gain, gain.id.0)];
    for redirect in own.iter().filter(|redirect| redirect.on(it.today).is_positive()) {
        let name = it.books.title(&redirect.target).unwrap_or_else(|| redirect.target.to_string());
        let came = match redirect.result.trim() {
            "" => String::new(),
            result => format!(" ({result})"),
        };
        parts.push(format!("{} → {name}{came}", redirect.hours));
        told.push(format!("{} went to {name}{came}", redirect.hours));
        rows.extend([RecordKey::Numbered(Kind::Redirect, redirect.id.0), redirect.target.clone()]);
    }
    let left = ledger::balance(gain, &it.books.redirects, it.today).unspoken();
    if left.is_positive() {
        let since = ledger::unspoken_since(gain, &it.books.redirects, it.today).unwrap_or(gain.from_day);
        parts.push(format!("{left} unspoken for, {}", day::so_far((it.today - since).num_days())));
        told.push(format!("{left} not put to anything yet"));
    }
    let head = format!("{}, {} a week", gain.text, gain.hours);
    let text = format!("{head}: {}", parts.join(" · "));
    let line = if left.is_positive() { Line::warn(text) } else { Line::good(text) };
    let line = line.for_the_room(format!("{head}: {}", told.join("; ")));
    line.about([gain.id]).with(headroom::freed(gain, rows, it.today).figure())
}

/// What a brief needs while there is no meeting for it, without what is there already.
pub(super) fn first_page(books: &Books) -> Vec<Block> {
    // How to fill a store is nothing for those to whom a document goes.
    let block = |title: &str, text: &str| Block::new(title, vec![Line::todo(text)]).private();
    let is_there = |block: &Block| match block.title.as_str() {
        title::WHO => !books.stakeholders.is_empty(),
        // Questions and intentions are said of a meeting, once there is anything to say.
        title::BOTTOM | title::NUMBERS | title::QUESTIONS | title::IF_THEN => !books.outcomes.is_empty(),
        title::ASK => !books.decisions.is_empty(),
        title::RISK => !books.risks.is_empty(),
        title::REDIRECTED => !books.frictions.is_empty() || !books.gains.is_empty(),
        _ => false,
    };
    let all = [
        block(
            "First",
            "A meeting of kind leadership: {add-any} m adds one, {import} brings in your calendar, or `tablesetter import calendar FILE`.",
        ),
        block(
            title::WHO,
            "Who is in the room, and the one business number that they care about: {capture} s, or `tablesetter stakeholder add`.",
        ),
        block(
            title::BOTTOM,
            "An outcome, what changes for the business, with its baseline and target: {capture} o, or `tablesetter outcome add`.",
        ),
        block(
            title::NUMBERS,
            "They come by themselves from readings, delivered work, gains and risks: {step-record} on an outcome notes a reading, or `tablesetter outcome reading`.",
        ),
        block(
            title::ASK,
            "A decision with who decides, and its options A, B and nothing: {capture} d, or `tablesetter decision add`.",
        ),
        block(
            title::RISK,
            "What may go wrong, and by which day it has to be said: {capture} k, or `tablesetter risk add`.",
        ),
        block(
            title::REDIRECTED,
            "What slows the work; unlocked, it frees hours for something better: {capture} f, or `tablesetter friction add`.",
        ),
        block(
            title::QUESTIONS,
            "What they may ask and what you answer, question → answer: {edit-meeting} on the meeting, or `tablesetter meeting edit`.",
        ),
        block(
            title::IF_THEN,
            "If Marcus counts, then I ask what changes for the store: {prepare} on the meeting, or `tablesetter meeting edit`.",
        ),
    ];
    all.into_iter().filter(|block| !is_there(block)).collect()
}
