//! A request as a filter sees it.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::subject::{FoundValue, Searchable};
use crate::domain::minutes::Minutes;
use crate::domain::request::{Field, Request};
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::domain::words::holds;

/// The lead's days of what happened to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestDays {
    pub created: NaiveDate,
    pub ready: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub delivered: Option<NaiveDate>,
    /// When it came to its stage.
    pub since: NaiveDate,
}

/// What threatens a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Danger {
    /// Its day has passed and it is not delivered.
    pub is_late: bool,
    /// At risk by the rules.
    pub is_at_risk: bool,
    /// Its people are forced over, and it is among what they cannot do in time.
    pub is_forced_over: bool,
}

/// A request with what the queue knows of it.
#[derive(Debug, Clone, Copy)]
pub struct FilterSubject<'a> {
    pub request: &'a Request,
    /// Handles and names of those who hold it.
    pub people: &'a [String],
    /// One of them is still there.
    pub is_held: bool,
    /// What is left to be done, where that is known.
    pub left: Option<Minutes>,
    pub danger: Danger,
    /// It asks for things and names no change.
    pub is_output_worded: bool,
    /// It is kept from others.
    pub is_private: bool,
    /// Readiness, 0 to 100.
    pub readiness: u8,
    /// Priority score.
    pub score: f64,
    /// Working days since it was ready, or since it came in while it is not.
    pub age_days: i64,
    pub days: RequestDays,
    /// The tier that its words say, which counts while nobody has set one.
    pub tier_guess: Tier,
}

impl FilterSubject<'_> {
    /// The tier that counts.
    pub fn tier(&self) -> Tier {
        self.request.tier.unwrap_or(self.tier_guess)
    }
}

fn number(value: Option<impl Into<f64>>) -> FoundValue<'static> {
    value.map_or(FoundValue::Missing, |value| FoundValue::Number(value.into()))
}

fn minutes(value: Option<Minutes>) -> FoundValue<'static> {
    // A float holds every `i32` exactly, and more minutes than that are four thousand years.
    let minutes = value.map(|minutes| i32::try_from(minutes.0).unwrap_or(i32::MAX));
    number(minutes)
}

fn day(value: Option<NaiveDate>) -> FoundValue<'static> {
    value.map_or(FoundValue::Missing, FoundValue::Day)
}

fn texts(texts: &[String]) -> FoundValue<'_> {
    FoundValue::Texts(texts.iter().map(|text| Cow::from(text.as_str())).collect())
}

impl Searchable for FilterSubject<'_> {
    fn holds_text(&self, folded: &str) -> bool {
        let request = self.request;
        Field::ALL.iter().filter_map(|field| field.text(request)).any(|text| holds(text, folded))
            || holds(&request.external_id, folded)
            || request.tags.iter().chain(self.people).any(|text| holds(text, folded))
            || request.blocked.as_ref().is_some_and(|blocked| holds(&blocked.reason, folded))
            || holds(&request.stage_reason, folded)
            // The whole number and not its beginning: R-1 is not R-17.
            || folded.strip_prefix("r-").is_some_and(|number| number == request.id.0.to_string())
    }

    fn value(&self, word: &str) -> FoundValue<'_> {
        let request = self.request;
        match word {
            // Only a tier that somebody set, so that `tier:none` finds what is still to be triaged.
            "tier" => number(request.tier.map(Tier::number)),
            "stage" => FoundValue::Text(request.stage.name().into()),
            "person" => texts(self.people),
            "tag" => texts(&request.tags),
            "outcome" => {
                let key = request.outcome_id.map_or_else(String::new, |id| id.to_string());
                FoundValue::Keyed(key, request.outcome.as_str().into())
            }
            "lever" => {
                request.lever.map_or(FoundValue::Missing, |lever| FoundValue::Text(lever.name().into()))
            }
            "source" => FoundValue::Text(request.source.as_str().into()),
            "blocked" => match &request.blocked {
                // A block without a reason is one all the same.
                Some(blocked) if blocked.reason.trim().is_empty() => FoundValue::Text("blocked".into()),
                Some(blocked) => FoundValue::Text(blocked.reason.as_str().into()),
                None => FoundValue::Missing,
            },
            "due" => day(request.due),
            "created" => FoundValue::Day(self.days.created),
            "ready" => day(self.days.ready),
            "started" => day(self.days.started),
            "delivered" => day(self.days.delivered),
            "since" => FoundValue::Day(self.days.since),
            "age" => number(i32::try_from(self.age_days).ok()),
            "estimate" => minutes(request.estimate),
            "left" => minutes(self.left),
            "readiness" => number(Some(self.readiness)),
            "score" => FoundValue::Number(self.score),
            "assets" => number(request.asset_count),
            "value" => number(request.value),
            "criticality" => number(request.time_criticality),
            "risk" => number(request.risk),
            "rounds" => number(Some(request.rounds)),
            "moves" => number(Some(request.due_moves)),
            "key" => FoundValue::Keyed(request.id.to_string(), "".into()),
            word => {
                let text = word.parse::<Field>().ok().and_then(|field| field.text(request));
                text.map_or(FoundValue::Missing, |text| FoundValue::Text(text.into()))
            }
        }
    }

    fn in_column(&self, word: &str) -> FoundValue<'_> {
        match word {
            // The tier that its words say counts until somebody sets one.
            "tier" => number(Some(self.tier().number())),
            word => self.value(word),
        }
    }

    fn has_mark(&self, word: &str, mark: &str) -> bool {
        let request = self.request;
        match (word, mark) {
            ("is", "late" | "overdue") => self.danger.is_late,
            ("is", "risk" | "at-risk") => self.danger.is_at_risk,
            ("is", "blocked") => request.blocked.is_some(),
            ("is", "new") => request.stage == Stage::New,
            // Of a stage they are marks too, so that they may stand in a list with stages: `stage:open|closed`.
            ("is" | "stage", "open") => request.stage.is_open(),
            ("is" | "stage", "closed") => request.stage.is_closed(),
            ("is", "output") => self.is_output_worded,
            ("is", "hard") => request.is_due_hard,
            ("is", "private") => self.is_private,
            ("is", "held") => self.is_held,
            ("is" | "over", "forced") => self.danger.is_forced_over,
            ("waiting", "requester") => request.stage == Stage::Clarifying,
            ("waiting", "review") => request.stage == Stage::InReview,
            ("waiting", "somebody") => {
                request.blocked.is_some() || matches!(request.stage, Stage::Clarifying | Stage::InReview)
            }
            _ => false,
        }
    }

    fn is_put_away(&self) -> bool {
        self.request.stage.is_closed()
    }
}
