//! What became of the last brief of this row of meetings: which claims held, and what changed since.

use chrono::NaiveDate;

use super::super::gather::BriefSources;
use super::super::spoken::SpokenPart;
use crate::domain::briefing::{Brief, Claim, ClaimVerdict};
use crate::domain::day;
use crate::domain::document::{Block, Line};
use crate::domain::measures::number::Number;

/// The block, if there was such a brief.
pub fn part(it: &BriefSources) -> Option<SpokenPart> {
    let brief = it.previous.as_ref()?;
    let since = brief.frozen?;
    let (held, other): (Vec<Became>, Vec<Became>) = claims(brief)
        .into_iter()
        .map(|claim| Became::of(claim, it))
        .partition(|it| it.verdict == ClaimVerdict::Held);
    let mut lines: Vec<Line> = other.iter().map(|became| became.line(it)).collect();
    lines.extend(all_held(&held, it));
    lines.extend(decided(it, since));
    lines.extend(kept_and_read(it, since));
    if lines.is_empty() {
        lines.push(Line::new("Nothing was claimed then, and nothing was decided, kept or read since."));
    }
    Some(SpokenPart::silent(Block::new(format!("Since {}", day::day_near(since, it.today)), lines)))
}

/// What was claimed; nothing if it cannot be read.
fn claims(brief: &Brief) -> Vec<Claim> {
    serde_json::from_str(&brief.claims).unwrap_or_default()
}

/// A claim and its number now, if there still is one.
struct Became<'a> {
    claim: Claim,
    number: Option<&'a Number>,
    verdict: ClaimVerdict,
}

impl<'a> Became<'a> {
    fn of(claim: Claim, it: &'a BriefSources) -> Self {
        // A number can be gone, when its outcome was closed or is measured no more; the claim then cannot be
        // told.
        let number = it.numbers.iter().find(|number| number.name == claim.name);
        let verdict = claim.verdict(number);
        Self { claim, number, verdict }
    }

    /// `9.5 days from brief to shelf (n 3), now 9 days (n 4)`; what is as it was is said once.
    fn text(&self) -> String {
        let then = format!("{} (n {})", self.claim.text, self.claim.n);
        match self.number {
            Some(number) if number.said() == self.claim.text && number.now.n == self.claim.n => then,
            Some(number) => format!("{then}, now {} (n {})", number.short(), number.now.n),
            None => then,
        }
    }

    /// A line of its own: it did not hold, or cannot be told.
    fn line(&self, it: &BriefSources) -> Line {
        let text = format!("{}: {}", self.text(), self.verdict.words());
        let line = if self.verdict == ClaimVerdict::Fell { Line::warn(text) } else { Line::new(text) };
        self.traced(line, it)
    }

    /// A line with the receipt of the number now.
    fn traced(&self, line: Line, it: &BriefSources) -> Line {
        let Some(number) = self.number else { return line };
        line.about(it.outcome_of(number).map(|outcome| outcome.id)).with(number.now.figure())
    }
}

/// What held takes one line: nobody has to do anything about it.
fn all_held(held: &[Became<'_>], it: &BriefSources) -> Option<Line> {
    let texts: Vec<String> = held.iter().map(Became::text).collect();
    let line = Line::good(format!("Held: {}", texts.join(" · ")));
    (!held.is_empty()).then(|| held.iter().fold(line, |line, became| became.traced(line, it)))
}

/// `Decided: D-2 Do store teams get templates? Yes, from January`.
fn decided(it: &BriefSources, since: NaiveDate) -> Option<Line> {
    let found: Vec<_> =
        // The day itself is included: a brief is frozen before its meeting, and the meeting decides on that
        // day.
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
fn kept_and_read(it: &BriefSources, since: NaiveDate) -> Option<Line> {
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
