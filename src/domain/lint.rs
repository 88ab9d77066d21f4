//! The altitude lint: points out where a text talks of process instead of business, and offers other words.
//! It suggests, never rewrites by itself, and knows nothing but lists and a table that the user extends.

mod cut;
mod fill;
mod rules;

use std::ops::Range;

use serde::Serialize;

use super::named::named_enum;
use super::words::fold;
use cut::Sentence;
pub use rules::{LintRules, Translation};

named_enum! {
    /// What a finding is about.
    pub enum Rule {
        ProcessWords = "process-words", "process without a result",
        BareNumber = "bare-number", "a number without what it means",
        SeveralAsks = "several-asks", "more than one ask",
        PassiveRisk = "passive-risk", "a risk with nobody in it",
        FewCases = "few-cases", "too few cases",
    }
}

/// Fewer words are a label, not a sentence.
const SENTENCE: usize = 4;

/// One place that could be said better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Line of the text, from 1.
    pub line: usize,
    /// Letter of the line, from 1.
    pub column: usize,
    /// What it is about.
    pub rule: Rule,
    /// The words that are meant.
    pub text: String,
    /// Other words for them; what stands in `<…>` is for the writer to fill. Or advice.
    pub suggestion: String,
    /// The suggestion can stand in place of the words; otherwise it is advice.
    #[serde(rename = "rewrites")]
    pub is_rewrite: bool,
    #[serde(skip)]
    span: Range<usize>,
}

/// Where a suggestion leaves something for the writer to fill, `<so>`: its place in bytes.
pub fn gap(suggestion: &str) -> Option<Range<usize>> {
    let from = suggestion.find('<')?;
    let to = from + suggestion[from..].find('>')?;
    Some(from..to + 1)
}

/// Everything that could be said better, in reading order, without what was waved off.
pub fn lint(text: &str, rules: &LintRules) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut first_ask: Option<String> = None;
    for sentence in cut::sentences(text) {
        let checked = Checked { whole: text, sentence: &sentence, rules };
        // One of both: a sentence about process mostly has a bare number too, and one remark is enough to
        // change it.
        found.extend(checked.process().or_else(|| checked.bare_number()));
        found.extend(checked.passive_risk());
        found.extend(checked.few_cases());
        if rules.asks(sentence.text(text)) {
            if let Some(first) = &first_ask {
                found.push(checked.another_ask(first, sentence.span.clone()));
            } else {
                let asks = checked.asks();
                let first = text[asks[0].clone()].trim_end_matches([',', ';', ' ']);
                found.extend(asks[1..].iter().map(|span| checked.another_ask(first, span.clone())));
                first_ask = Some(first.to_owned());
            }
        }
    }
    // Afterwards, so that an ask that was waved off is still the first of several.
    found.retain(|finding| !rules.is_waved_off(finding));
    found.sort_by_key(|finding| (finding.span.start, finding.rule));
    found
}

/// The text with the suggestion of one finding taken; `None` if that is advice only, or if the text is no
/// longer the one that was linted.
pub fn take(text: &str, finding: &Finding) -> Option<String> {
    let is_same = finding.is_rewrite && text.get(finding.span.clone()) == Some(finding.text.as_str());
    is_same.then(|| {
        let (before, after) = (&text[..finding.span.start], &text[finding.span.end..]);
        // The end of the sentence stands there already.
        let said = finding.suggestion.trim_end_matches(|end| after.starts_with(end) && ".!?".contains(end));
        format!("{before}{said}{after}")
    })
}

/// How a text is known again when it was waved off, whatever its spaces and capitals.
fn same(text: &str) -> String {
    fold(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One sentence under the rules.
struct Checked<'a> {
    whole: &'a str,
    sentence: &'a Sentence,
    rules: &'a LintRules,
}

impl Checked<'_> {
    fn said(&self) -> &str {
        self.sentence.text(self.whole)
    }

    fn finding(&self, rule: Rule, span: Range<usize>, suggestion: String) -> Finding {
        let before = &self.whole[..span.start];
        let line = before.matches('\n').count() + 1;
        // In letters and not in bytes, as an editor counts them.
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let text = self.whole[span.clone()].to_owned();
        Finding { line, column, rule, text, suggestion, is_rewrite: true, span }
    }

    fn advice(&self, rule: Rule, span: Range<usize>, suggestion: String) -> Finding {
        Finding { is_rewrite: false, ..self.finding(rule, span, suggestion) }
    }

    /// The sentence with something added to it.
    fn add(&self, more: &str, rule: Rule) -> Finding {
        self.finding(rule, self.sentence.span.clone(), format!("{}, {more}", self.said()))
    }

    /// The clause in which something is found, or the whole sentence.
    // Only the clause is offered anew: the rest of the sentence may say something that is fine.
    fn clause(&self, holds: impl Fn(&str) -> bool) -> Range<usize> {
        let found =
            self.sentence.clauses(self.whole).into_iter().find(|span| holds(&self.whole[span.clone()]));
        found.unwrap_or_else(|| self.sentence.span.clone())
    }

    /// Process words in a sentence without a result: the words of the table, or room for a result.
    fn process(&self) -> Option<Finding> {
        let said = self.said();
        if self.rules.has_result(said) {
            return None;
        }
        if let Some(translation) = self.rules.translation(said) {
            let span = self.clause(|clause| translation.fits(clause));
            let other = fill::fill(&translation.say, said);
            let other = fill::begin_like(&self.whole[span.clone()], &other);
            return Some(self.finding(Rule::ProcessWords, span, other));
        }
        let is_label = said.split_whitespace().count() < SENTENCE;
        if is_label || !self.rules.is_process(said) || self.rules.asks(said) {
            return None;
        }
        Some(self.add("so that <what changes for the business>", Rule::ProcessWords))
    }

    /// A number that counts something, in a sentence without a result.
    fn bare_number(&self) -> Option<Finding> {
        if self.rules.has_result(self.said()) || !fill::counts(self.said()) {
            return None;
        }
        Some(self.add("so that <what it means>", Rule::BareNumber))
    }

    /// A risk that happens to nobody, on no day, with nothing in its way.
    fn passive_risk(&self) -> Option<Finding> {
        let said = self.said();
        if !self.rules.is_passive(said) || self.rules.is_in_place(said) {
            return None;
        }
        let span = self.clause(|clause| self.rules.is_passive(clause));
        let other = fill::fill("<what> is lost after <date> unless <who> <does what>", said);
        Some(self.finding(Rule::PassiveRisk, span, other))
    }

    /// A share or a trend of fewer than five: say how many of how many.
    fn few_cases(&self) -> Option<Finding> {
        let said = self.said();
        // Below five cases a percentage says more than is known; figures are printed by the same rule.
        let n = fill::cases(said).filter(|n| *n < 5)?;
        let start = self.sentence.span.start;
        // More than a hundred per cent is growth and no share of the cases.
        let Some((place, percent)) = fill::percentage(said).filter(|(_, percent)| *percent <= 100.0) else {
            let advice = format!("n {n} is too few to tell a trend; name the cases instead");
            return Some(self.advice(Rule::FewCases, self.sentence.span.clone(), advice));
        };
        // The count that the percentage was rounded from.
        let part = (1..=n).filter(|part| f64::from(*part) <= percent / 100.0 * f64::from(n) + 0.5).max();
        let span = start + place.start..start + place.end;
        Some(self.finding(Rule::FewCases, span, format!("{} of {n}", part.unwrap_or(0))))
    }

    /// The places of the asks of a sentence that asks: all before the second one is the first. What is asked for twice,
    /// `for two freelancers and for a later date`, is two asks as well.
    fn asks(&self) -> Vec<Range<usize>> {
        let said = self.said();
        let places: Vec<usize> = said.match_indices(" and ").map(|(at, _)| at).collect();
        let ends = |at: usize| places.iter().copied().find(|end| *end > at).unwrap_or(said.len());
        let is_ask = |at: &&usize| {
            let part = said[**at + 5..ends(**at)].trim_start_matches("also ");
            let is_for = part.starts_with("for ") && said[..**at].contains(" for ");
            is_for || self.rules.begins_with_ask(part)
        };
        let begins: Vec<usize> = places.iter().filter(is_ask).map(|at| at + 1).collect();
        let start = self.sentence.span.start;
        let firsts = std::iter::once(0).chain(begins.iter().copied());
        let lasts = begins.iter().copied().chain(std::iter::once(said.len()));
        firsts.zip(lasts).map(|(from, to)| start + from..start + to).collect()
    }

    fn another_ask(&self, first: &str, span: Range<usize>) -> Finding {
        let first: String = first.chars().take(60).collect();
        let advice = format!(
            "one ask a meeting: keep “{first}”, or make this one the ask and bring that one another day"
        );
        self.advice(Rule::SeveralAsks, span, advice)
    }
}

#[cfg(test)]
mod tests;
