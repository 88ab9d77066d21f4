//! Who is meant by names of a file, and who asks in it: how that is said, and how it is told.

use clap::Args;

use super::SHOWN;
use crate::cli::Done;
use crate::cli::out::Out;
use crate::ops::import::Report;
use crate::ops::import::near_misses::{NameAnswers, NamePair};
use crate::plain;

/// Who is meant by names that come near somebody's.
#[derive(Debug, Clone, Args)]
pub struct NamesMeant {
    /// A name of the file and who it is, by handle or key; from then on it means them
    #[arg(long, value_name = "NAME=WHO")]
    same: Vec<NamePair>,
    /// A name of the file that only comes near somebody's; from then on it is not asked about
    #[arg(long, value_name = "NAME=WHO")]
    not_same: Vec<NamePair>,
}

/// What becomes of those who ask.
#[derive(Debug, Clone, Args)]
pub struct RequestersMeant {
    /// Make whoever asks in a file of requests a stakeholder, in the same change
    #[arg(long)]
    pub stakeholders: bool,
}

impl NamesMeant {
    pub fn answers(&self) -> NameAnswers {
        NameAnswers {
            same: self.same.iter().cloned().collect(),
            not_same: self.not_same.iter().cloned().collect(),
        }
    }
}

/// Names that come near somebody's, with how it is said whether they mean them.
pub fn near(report: &Report, out: &mut Out) -> Done {
    for miss in report.near.iter().take(SHOWN) {
        let question = plain::cut(&miss.question(), 100);
        out.line(&format!("  line {:<5} {}", miss.row, plain::harmless(&question)))?;
    }
    // One example is enough, since both options can be repeated.
    let Some(first) = report.near.first() else { return Ok(()) };
    let pair = plain::harmless(&format!("{}={}", first.pair.name, first.pair.like)).into_owned();
    out.line(&format!(
        "  if that is one person: --same '{pair}'; if not: --not-same '{pair}'; it is asked once"
    ))
}

/// Who asks and is no stakeholder, or becomes one.
pub fn requesters(report: &Report, out: &mut Out) -> Done {
    let new = &report.requesters;
    if new.names.is_empty() {
        return Ok(());
    }
    let told = match (new.are_taken, report.is_rehearsal) {
        (false, _) => format!("{}: {}; --stakeholders adds them", new.counted(), new.told()),
        (true, true) => format!("would be stakeholders: {}", new.told()),
        (true, false) => format!("stakeholders from now on: {}", new.told()),
    };
    out.line(&format!("  {}", plain::harmless(&told)))?;
    let Some(doubts) = new.doubts() else { return Ok(()) };
    let doubts = format!("  {doubts}; `tablesetter stakeholder merge` makes one of two stakeholders");
    out.line(&plain::harmless(&doubts))
}
