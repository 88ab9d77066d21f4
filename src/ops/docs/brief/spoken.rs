//! What is said in a brief, where each sentence is written, and what of it could be said better.

use crate::domain::document::Block;
use crate::domain::lint::{Finding, LintRules, lint as domain_lint};
use crate::domain::record::RecordKey;

/// Where a sentence is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SpokenSource {
    /// Nowhere: it is counted, or made from what is counted.
    Counted,
    /// In a field of the brief, or it would be.
    Brief(&'static str),
    /// In a field of a record.
    Entry(RecordKey, &'static str),
    /// In the questions that are expected.
    Predicted,
}

/// A sentence of a block.
pub(super) struct Spoken {
    pub text: String,
    pub source: SpokenSource,
}

/// A block with what is said in it.
pub(super) struct SpokenPart {
    pub block: Block,
    pub spoken: Vec<Spoken>,
}

impl SpokenPart {
    /// A block of which nothing is linted.
    pub fn silent(block: Block) -> Self {
        Self { block, spoken: Vec::new() }
    }
}

/// Something that could be said better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub block: String,
    /// What, and how else.
    pub finding: Finding,
    /// The whole sentence or text that it was found in.
    pub(super) text: String,
    pub(super) source: SpokenSource,
}

impl Remark {
    /// True if other words can take the place of those that it is about: they are written, not counted.
    pub const fn can_be_reworded(&self) -> bool {
        self.finding.is_rewrite && !matches!(self.source, SpokenSource::Counted)
    }
}

/// Lints everything that is said as one text: that more than one thing is asked shows only so.
fn whole(parts: &[SpokenPart]) -> String {
    let lines = parts.iter().flat_map(|part| &part.spoken).map(|spoken| one_line(&spoken.text));
    lines.collect::<Vec<_>>().join("\n")
}

fn one_line(text: &str) -> String {
    // One sentence, one line: a finding knows only its line, and by that number leads back to its source.
    text.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

/// What could be said better, in reading order.
pub(super) fn lint(parts: &[SpokenPart], rules: &LintRules) -> Vec<Remark> {
    let spoken: Vec<(&SpokenPart, &Spoken)> =
        parts.iter().flat_map(|part| part.spoken.iter().map(move |spoken| (part, spoken))).collect();
    let remark = |finding: Finding| {
        // Lines of a finding are counted from 1.
        let (part, spoken) = spoken.get(finding.line.checked_sub(1)?)?;
        Some(Remark {
            block: part.block.title.clone(),
            finding,
            text: one_line(&spoken.text),
            source: spoken.source.clone(),
        })
    };
    domain_lint(&whole(parts), rules).into_iter().filter_map(remark).collect()
}
