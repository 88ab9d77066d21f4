//! What is kept of documents: briefs as they were written and shown, standups that were held, remarks for them, and
//! suggestions of the altitude lint that were waved off for good.

mod claim;
pub mod options;

use chrono::{DateTime, NaiveDate, Utc};

use super::measures::brief as numbers;
use super::meeting::OccurrenceKey;
use super::record::record;

pub use claim::{Claim, ClaimVerdict};

record! {
    /// The brief for one meeting: what the lead wrote into it, and once frozen, how it was shown.
    Brief = Brief, BriefId {
        const NEW: &'static str = "What the brief says";

        /// The meeting that it is for.
        meeting: OccurrenceKey = "meeting" => field("Meeting").internal(),
        /// The row of meetings that it belongs to.
        series: String = "series" => field("Series").internal(),
        /// The bottom line, in business words.
        line: String = "line" => field("Bottom line")
            .long()
            .hint("one sentence in business words: Spring reaches shelves eleven days sooner if …"),
        /// The decision that is asked for: its key, or words.
        ask: String = "ask" => field("The ask").hint("the one decision wanted: D-1, or in words"),
        /// What we recommend to them.
        recommend: String = "recommend" => field("Recommend").hint("A, B, or in words"),
        /// The risk to name; empty is chosen by rule.
        risk: String = "risk" => field("The risk").hint("K-2, or in words; empty is chosen by rule"),
        /// Which numbers are shown, by their names, parted by spaces; empty is chosen by rule.
        numbers: String = "numbers" => field("Numbers")
            .hint("names of numbers parted by spaces; empty is chosen by rule")
            .words(false),
        /// On which day it was shown; it is not changed any more.
        frozen: Option<NaiveDate> = "frozen" => field("Frozen on").internal(),
        /// What was claimed, as JSON of [`Claim`]s.
        claims: String = "claims" => field("Claims").internal(),
        /// How it was shown, as JSON of a document.
        document: String = "document" => field("Document").internal(),
    }
}

record! {
    /// A standup that was held.
    Standup = Standup, StandupId {
        /// When it ended, RFC 3339 in UTC.
        held: String = "held" => field("Held").internal().words(false),
    }
}

record! {
    /// Something to say in the standup of a day.
    Remark = Remark, RemarkId {
        /// The day of the standup.
        day: NaiveDate = "on" => field("On").internal(),
        /// About what: a key, or a person's handle.
        about: String = "about" => field("About").internal().words(false),
        /// What is to be said.
        text: String = "remark" => field("Remark").internal(),
        /// The section under which it was made, by its title; empty if nobody knows.
        under: String = "under" => field("Under").internal().words(false),
        /// When it was noted, RFC 3339 in UTC; empty if nobody knows.
        noted: String = "noted" => field("Noted").internal().words(false),
    }
}

record! {
    /// Something that is not asked for again: a suggestion of the altitude lint, or a reflection.
    Waved = Waved, WavedId {
        /// Which rule of the lint, or [`Waved::REFLECTION`].
        rule: String = "rule" => field("Rule").internal().words(false),
        /// On which words, or the key of which meeting.
        text: String = "waved" => field("Words").internal(),
    }
}

impl Brief {
    fn wrong(&self) -> Option<String> {
        if self.meeting.meeting.0 == 0 {
            return Some("a brief is for a meeting: M-4@2026-11-24".to_owned());
        }
        // Told when the brief is written: in front of the room a wrong name would be a number that is missing.
        let unknown = self.numbers.split_whitespace().find(|name| !numbers::is_name(name))?;
        Some(format!(
            "`{unknown}` is no number of the brief; there are {} and outcome:O-1",
            numbers::NAMES.join(", ")
        ))
    }
}

impl Standup {
    fn wrong(&self) -> Option<String> {
        chrono::DateTime::parse_from_rfc3339(&self.held)
            .is_err()
            .then(|| format!("`{}` is no day with a time", self.held))
    }
}

impl Remark {
    /// True if it was noted after an instant; one that only says its day counts from the beginning of `day` on.
    pub fn is_since(&self, since: DateTime<Utc>, day: NaiveDate) -> bool {
        match DateTime::parse_from_rfc3339(&self.noted) {
            Ok(noted) => noted.to_utc() > since,
            Err(_) => self.day >= day,
        }
    }

    fn wrong(&self) -> Option<String> {
        self.text.trim().is_empty().then(|| "a remark needs words".to_owned())
    }
}

impl Waved {
    /// Stands for the rule where a reflection was waved off.
    pub const REFLECTION: &'static str = "reflection";

    fn wrong(&self) -> Option<String> {
        self.rule.is_empty().then(|| "a rule is needed".to_owned())
    }
}
