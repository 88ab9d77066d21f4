//! What became of the last brief of this row of meetings: which claims held, and what changed since.

use chrono::NaiveDate;

use super::super::gather::Gathered;
use super::super::spoken::Part;
use crate::domain::briefing::{Brief, Claim, Verdict};
use crate::domain::day;
use crate::domain::document::{Block, Line};

/// The block, if there was such a brief.
pub fn part(it: &Gathered) -> Option<Part> {
    let brief = it.previous.as_ref()?;
    let since = brief.frozen?;
    let mut lines: Vec<Line> = claims(brief).iter().map(|claim| became(claim, it)).collect();
    lines.extend(decided(it, since));
    lines.extend(kept_and_read(it, since));
    if lines.is_empty() {
        lines.push(Line::new("Nothing was claimed then, and nothing was decided, kept or read since."));
    }
    Some(Part::silent(Block::new(format!("Since {}", day::day_near(since, it.today)), lines)))
}

/// What was claimed; nothing if it cannot be read.
fn claims(brief: &Brief) -> Vec<Claim> {
    serde_json::from_str(&brief.claims).unwrap_or_default()
}

fn became(claim: &Claim, it: &Gathered) -> Line {
    let number = it.numbers.iter().find(|number| number.name == claim.name);
    let verdict = claim.verdict(number);
    let now =
        number.map_or_else(String::new, |number| format!("; now {} (n {})", number.said(), number.now.n));
    let text = format!("{} (n {}){now}: {}", claim.text, claim.n, verdict.words());
    let line = match verdict {
        Verdict::Held => Line::good(text),
        Verdict::Fell => Line::warn(text),
        Verdict::Gone => Line::new(text),
    };
    let line = line.about(number.and_then(|number| it.outcome_of(number)).map(|outcome| outcome.id));
    match number {
        Some(number) => line.with(number.now.figure(&number.definition)),
        None => line,
    }
}

/// `Decided: D-2 Do store teams get templates? Yes, from January`.
fn decided(it: &Gathered, since: NaiveDate) -> Option<Line> {
    let found: Vec<_> =
        it.books.decisions.iter().filter(|decision| decision.decided.is_some_and(|on| on >= since)).collect();
    let said = |decision: &&crate::domain::influence::Decision| {
        let result = if decision.result.is_empty() { String::new() } else { format!(" {}", decision.result) };
        format!("{} {}{result}", decision.id, decision.question)
    };
    let text: Vec<String> = found.iter().map(said).collect();
    (!found.is_empty()).then(|| {
        Line::new(format!("Decided: {}", text.join("; "))).about(found.iter().map(|decision| decision.id))
    })
}

/// `Kept P-4 windows plan; read O-1, O-3`.
fn kept_and_read(it: &Gathered, since: NaiveDate) -> Option<Line> {
    let kept: Vec<_> =
        it.books.promises.iter().filter(|promise| promise.kept.is_some_and(|on| on >= since)).collect();
    let mut read: Vec<String> = it
        .books
        .readings
        .iter()
        .filter(|reading| reading.day >= since)
        .map(|reading| reading.outcome_id.to_string())
        .collect();
    read.sort_unstable();
    read.dedup();
    let mut parts = Vec::new();
    if !kept.is_empty() {
        let names: Vec<String> =
            kept.iter().map(|promise| format!("{} {}", promise.id, promise.text)).collect();
        parts.push(format!("kept {}", names.join(", ")));
    }
    if !read.is_empty() {
        parts.push(format!("read {}", read.join(", ")));
    }
    let text = super::super::gather::capital(&parts.join("; "));
    (!parts.is_empty()).then(|| Line::new(text).about(kept.iter().map(|promise| promise.id)).about(read))
}
