//! `brief`: the leadership brief as text, Markdown, Slack, a page or JSON; written into, frozen, its suggestions taken.

use clap::Args;
use serde_json::{Value, json};

use super::docs::{DocumentOptions, hand_out};
use super::out::{Format, Out};
use super::{CliError, Done};
use crate::domain::briefing::Claim;
use crate::domain::document::{COVERED, PrivateNames, Reader, covered, is_private, names_private};
use crate::domain::meeting::OccurrenceKey;
use crate::ops::docs::brief::{BriefPage, Remark};
use crate::ops::sheet::Texts;
use crate::ops::{Desk, OpsError};
use crate::plain;

/// Options of `brief`.
#[derive(Debug, Clone, Args)]
pub struct BriefArguments {
    /// The meeting, or the next one of kind leadership
    #[arg(default_value = "next", value_name = "MEETING|next")]
    pub meeting: String,
    #[command(flatten)]
    pub options: DocumentOptions,
    /// Keep it as it is shown, with its claims
    #[arg(long)]
    pub freeze: bool,
    #[command(flatten)]
    pub written: Written,
    /// Take the suggestion of this number
    #[arg(long, value_name = "NUMBER", conflicts_with = "wave_off")]
    pub take: Option<usize>,
    /// What stands in its place, where it leaves something to fill in
    #[arg(long, value_name = "T", requires = "take")]
    pub say: Option<String>,
    /// Wave the suggestion of this number off for good
    #[arg(long, value_name = "NUMBER")]
    pub wave_off: Option<usize>,
}

/// What can be written into a brief; empty goes back to what follows from the books.
#[derive(Debug, Clone, Args)]
pub struct Written {
    /// The bottom line, in business words
    #[arg(long, value_name = "T")]
    pub line: Option<String>,
    /// The decision wanted: D-1, or words
    #[arg(long, value_name = "D-n|T")]
    pub ask: Option<String>,
    /// What we recommend
    #[arg(long, value_name = "T")]
    pub recommend: Option<String>,
    /// The risk to name: K-1, or words
    #[arg(long, value_name = "K-n|T")]
    pub risk: Option<String>,
    /// Which numbers, by name: "outcome:O-1 first-pass headroom"
    #[arg(long, value_name = "NAMES")]
    pub numbers: Option<String>,
}

impl Written {
    fn texts(&self) -> Texts {
        let all = [
            ("line", &self.line),
            ("ask", &self.ask),
            ("recommend", &self.recommend),
            ("risk", &self.risk),
            ("numbers", &self.numbers),
        ];
        all.into_iter().filter_map(|(field, text)| text.clone().map(|text| (field, text))).collect()
    }
}

pub fn run(desk: &mut Desk, arguments: &BriefArguments, out: &mut Out) -> Done {
    let key = match arguments.meeting.as_str() {
        "next" => None,
        text => Some(meeting_key(text)?),
    };
    // Read again after each write: suggestions are numbered, and what was written changes which there are.
    let mut page = desk.brief(key.as_ref())?;
    let texts = arguments.written.texts();
    if !texts.is_empty() {
        let committed = desk.save_brief(own(&page)?, &texts)?;
        out.say(&committed.label);
        page = desk.brief(key.as_ref())?;
    }
    for (number, is_taken) in [(arguments.take, true), (arguments.wave_off, false)] {
        let Some(number) = number else { continue };
        let remark = suggestion(&page, number)?;
        let committed = if is_taken {
            let mut remark = remark.clone();
            // A suggestion may leave a gap, which only the lead can fill.
            if let Some(words) = &arguments.say {
                remark.finding.suggestion.clone_from(words);
            }
            desk.take_remark(own(&page)?, &remark)?
        } else {
            desk.wave_off(&remark.finding)?
        };
        out.say(&committed.label);
        page = desk.brief(key.as_ref())?;
    }
    // Last, because a frozen brief takes no more words.
    if arguments.freeze {
        let committed = desk.freeze_brief(page.meeting.as_ref().map(|meeting| &meeting.key))?;
        out.say(&committed.label);
    }
    let private = desk.private_names()?;
    let shape = |reader: Reader| {
        let is_covered = reader != Reader::Lead || desk.is_presenting;
        let private = if is_covered { private } else { PrivateNames::new() };
        shape(&page, reader, &private, desk.left_out().as_deref())
    };
    hand_out(&page.document, &arguments.options, desk.room(), shape, out)?;
    if out.format == Format::Human {
        for (number, remark) in (1..).zip(&page.lint) {
            // Beside the brief and not in it: what is handed on ends before its suggestions.
            out.say(&said(number, remark));
        }
    }
    Ok(())
}

fn meeting_key(text: &str) -> Result<OccurrenceKey, CliError> {
    text.parse().map_err(|_| {
        OpsError::rejected(
            format!("`{}` is no meeting", plain::cut(text, 40)),
            "Give its key, like M-4@2026-11-24 (`tablesetter meeting list`), or `next`.",
        )
        .into()
    })
}

/// The meeting of a page; what is written needs one.
fn own(page: &BriefPage) -> Result<&OccurrenceKey, CliError> {
    page.meeting.as_ref().map(|meeting| &meeting.key).ok_or_else(|| {
        OpsError::NotFound {
            message: "no leadership meeting is in sight".to_owned(),
            hint: Some("Name one: `tablesetter meeting list` shows the keys.".to_owned()),
        }
        .into()
    })
}

fn suggestion(page: &BriefPage, number: usize) -> Result<&Remark, CliError> {
    number.checked_sub(1).and_then(|at| page.lint.get(at)).ok_or_else(|| {
        CliError::Nothing(format!("suggestions: {}, so none has the number {number}", page.lint.len()))
    })
}

/// `1 The ask, process without a result: “…” → “…”`
fn said(number: usize, remark: &Remark) -> String {
    let finding = &remark.finding;
    format!(
        "{number} {}, {}: “{}” → {}",
        remark.block,
        finding.rule.title(),
        plain::harmless(&finding.text),
        plain::harmless(&finding.suggestion)
    )
}

/// The brief as JSON, without what is private to its reader. What could be said better, and which numbers could be shown
/// instead, is the lead's.
fn shape(page: &BriefPage, reader: Reader, private: &PrivateNames, left_out: Option<&str>) -> Value {
    // A number has the key of its outcome in its name.
    let is_told = |name: &str| !names_private(name, private);
    let claims = page.claims.iter().filter(|claim| is_told(&claim.name));
    let claims = claims.map(|claim| Claim { text: covered(&claim.text, private), ..claim.clone() });
    let meeting = page.meeting.as_ref();
    let key = meeting.map(|meeting| meeting.key.to_string()).filter(|key| !is_private(key, private));
    let lint = |remark: &Remark| {
        let finding = &remark.finding;
        json!({
            "block": remark.block, "line": finding.line, "column": finding.column, "rule": finding.rule.name(),
            "text": finding.text, "suggestion": finding.suggestion, "rewrites": finding.is_rewrite,
        })
    };
    let number = |offer: &crate::ops::docs::brief::Offer| json!({ "name": offer.name, "text": covered(&offer.text, private), "shown": page.shown.contains(&offer.name) });
    let is_own = reader == Reader::Lead;
    json!({
        "meeting": key.clone(),
        "title": meeting.map(|meeting| if key.is_none() { COVERED.to_owned() } else { covered(&meeting.title, private) }),
        "start": meeting.map(|meeting| meeting.start.to_rfc3339()),
        "frozen": page.frozen,
        "reader": reader.name(),
        "blocks": page.document.for_reader(reader).blocks,
        "claims": claims.collect::<Vec<_>>(),
        "numbers": page.offers.iter().filter(|offer| is_own || page.shown.contains(&offer.name)).filter(|offer| is_told(&offer.name)).map(number).collect::<Vec<_>>(),
        "lint": page.lint.iter().filter(|_| is_own).map(lint).collect::<Vec<_>>(),
        "left_out": left_out,
    })
}
