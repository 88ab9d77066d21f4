//! Figures. Each has its one home here, as a function from [`Facts`] and a [`Span`] to a [`Measured`]: value, unit, how
//! many cases, the rows behind it, its definition and its span in one value, so that a figure and its receipt cannot
//! differ. Header, boards, brief, reviews and JSON pick from here and count nothing themselves.
//!
//! A figure of a span that is over is what held at its end, by the dates in the records as they now stand, by the
//! days that were kept, and by the journal where a row says no longer what it was then. What nobody kept is said to be unknown, never guessed.

pub mod asks;
pub mod brief;
pub mod flow;
pub mod headroom;
pub mod hours;
pub mod influence;
pub mod levers;
pub mod measured;
pub mod number;
pub mod outcomes;
pub mod rooms;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::ids::{OutcomeId, PersonId, RequestId};
use super::influence::{Decision, Promise, Risk};
use super::kept::KeptDays;
use super::ledger::{Gain, Redirect};
use super::minutes::Minutes;
use super::outcome::{Outcome, Reading};
use super::record::{Kind, RecordKey};
use super::reflection::ReflectionEntry;
use super::stage::Stage;
use super::tier::Tier;
use super::workdays::WorkCalendar;

pub use super::span::Span;
pub use measured::{ENOUGH, Measured, MeasuredValue, Share, median, size};

/// Days that a figure of "lately" looks back, today included.
pub const LATELY: i64 = 90;

/// One request as figures need it, with its days as the lead's local days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkFacts {
    pub id: RequestId,
    /// What it is for.
    pub outcome: Option<OutcomeId>,
    /// Where it stands now.
    pub stage: Stage,
    /// Since which day it stands there.
    pub stage_since: NaiveDate,
    /// When it came in.
    pub created: NaiveDate,
    /// When it was ready.
    pub ready: Option<NaiveDate>,
    /// When work on it began; `None` where it was never worked on here.
    pub started: Option<NaiveDate>,
    /// When it was delivered.
    pub delivered: Option<NaiveDate>,
    /// The first due day that was agreed.
    pub agreed: Option<NaiveDate>,
    /// How often it went back from review.
    pub rounds: u32,
    /// A measure was declared for it.
    pub has_measure: bool,
    /// What came of it is recorded.
    pub has_result: bool,
    /// Stages in which it stood before, as far as figures ask for them, oldest first.
    pub past: Vec<PastStage>,
}

/// Days on which a request stood in a stage that it has left: on them it still counts as what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastStage {
    pub stage: Stage,
    /// The first of them.
    pub from: NaiveDate,
    /// On this day it left for another stage.
    pub until: NaiveDate,
    /// How often it had gone back from review by then.
    pub rounds: u32,
}

impl PastStage {
    /// True if it stood there at the end of a day.
    fn holds(&self, end: NaiveDate) -> bool {
        self.from <= end && end < self.until
    }
}

impl WorkFacts {
    /// When it had been delivered and with how many rounds, as that held at the end of a day.
    pub fn delivery(&self, end: NaiveDate) -> Option<(NaiveDate, u32)> {
        let held = self.closed_on(end).filter(|past| past.stage == Stage::Delivered);
        let earlier = held.map(|past| (past.from, past.rounds));
        earlier.or_else(|| self.delivered.filter(|on| *on <= end).map(|on| (on, self.rounds)))
    }

    /// The days on which it was closed, if the end of a day is among them and it was taken up again.
    pub fn closed_on(&self, end: NaiveDate) -> Option<&PastStage> {
        self.past.iter().find(|past| past.stage.is_closed() && past.holds(end))
    }

    /// Where it stood at the end of a day, if that is known.
    pub fn stage_on(&self, end: NaiveDate) -> Option<Stage> {
        let now = (self.stage_since <= end).then_some(self.stage);
        now.or_else(|| self.past.iter().find(|past| past.holds(end)).map(|past| past.stage))
    }

    /// True if it had been delivered before it was on some day, and came back in between. Taken up again on the same day
    /// it ended none as delivered.
    pub fn came_back(&self, on: NaiveDate) -> bool {
        let is_earlier = |past: &PastStage| past.until <= on && past.from < past.until;
        self.past.iter().any(|past| past.stage == Stage::Delivered && is_earlier(past))
    }
}

/// Hours that are planned for a day that is still to come, today included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedHours {
    /// Today or a later day.
    pub day: NaiveDate,
    pub request: RequestId,
    /// Its tier, or the guess where none is set.
    pub tier: Tier,
    pub person: PersonId,
    /// How much of it falls on the day.
    pub minutes: Minutes,
}

/// One reflection, with the local day of its meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub day: NaiveDate,
    /// The reflection and its meeting.
    pub entry: ReflectionEntry,
    /// How many questions were predicted for the meeting.
    pub predicted: u32,
}

/// One ask of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Who asked, as [`super::influence::name_key`] folds it.
    pub who: String,
    /// On which local day.
    pub on: NaiveDate,
    /// The ask named a change, not only things.
    pub is_framed: bool,
}

/// Everything that figures follow from. Whoever gathers it says which days it reaches.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub today: NaiveDate,
    pub calendar: &'a WorkCalendar,
    /// What stands beside money; may be empty.
    pub currency: &'a str,
    /// Requests that were open or ended on the days that are looked at.
    pub work: &'a [WorkFacts],
    /// What each share had planned and done on days that are over.
    pub kept: &'a KeptDays,
    /// What confirmed, estimated shares of people have planned from today on.
    pub planned: &'a [PlannedHours],
    /// Effective minutes of all people (roles left out) by day.
    pub capacity: &'a [(NaiveDate, Minutes)],
    pub outcomes: &'a [Outcome],
    /// Readings of all outcomes, in any order.
    pub readings: &'a [Reading],
    pub gains: &'a [Gain],
    pub redirects: &'a [Redirect],
    /// What may go wrong.
    pub risks: &'a [Risk],
    pub decisions: &'a [Decision],
    pub promises: &'a [Promise],
    /// Reflections, whatever kind of meeting they are of; oldest first.
    pub rooms: &'a [Room],
    /// Who asked for what.
    pub asks: &'a [Ask],
}

impl Facts<'_> {
    /// The last day of a span on which something can have happened.
    pub fn end(&self, span: Span) -> NaiveDate {
        span.to.min(self.today)
    }
}

/// The keys of requests, each once and in order.
fn request_keys(ids: impl IntoIterator<Item = RequestId>) -> Vec<RecordKey> {
    let mut ids: Vec<RequestId> = ids.into_iter().collect();
    // Shares of one request on many days are one row of a receipt.
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(RecordKey::from).collect()
}

/// The key of a numbered record.
const fn key(kind: Kind, number: i64) -> RecordKey {
    RecordKey::Numbered(kind, number)
}
