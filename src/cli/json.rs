//! The shapes of the contract. They may only grow; nothing is renamed or left out.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

use crate::domain::ids::{OutcomeId, RequestId};
use crate::domain::lever::Lever;
use crate::domain::load::CellState;
use crate::domain::meeting::{Meeting, MeetingKind, MeetingStatus};
use crate::domain::request::Blocked;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::ops::clock::Clock;
use crate::ops::queue::QueueRow;

/// An instant with the lead's offset.
#[must_use]
pub fn instant(clock: Clock, at: DateTime<Utc>) -> String {
    clock.local(at).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Text that is there, or null.
#[must_use]
pub fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// `request`
#[derive(Debug, Serialize)]
pub struct RequestJson {
    key: RequestId,
    title: String,
    ask: Option<String>,
    stage: Stage,
    blocked: Option<BlockedJson>,
    tier: Option<Tier>,
    tier_guess: Tier,
    outcome: Option<String>,
    lever: Option<Lever>,
    measure: Option<String>,
    audience: Option<String>,
    message: Option<String>,
    deliverables: Option<String>,
    asset_count: Option<u32>,
    requester: Option<String>,
    brand: Option<String>,
    channel: Option<String>,
    due: Option<NaiveDate>,
    due_hard: bool,
    due_reason: Option<String>,
    first_agreed_due: Option<NaiveDate>,
    decider: Option<String>,
    inputs: Option<String>,
    estimate_minutes: Option<i64>,
    left_minutes: Option<i64>,
    left_as_of: Option<NaiveDate>,
    value: Option<u8>,
    time_criticality: Option<u8>,
    risk: Option<u8>,
    score: f64,
    score_terms: String,
    readiness: u8,
    missing: Vec<&'static str>,
    rounds: u32,
    tags: Vec<String>,
    people: Vec<String>,
    created: String,
    ready: Option<String>,
    started: Option<String>,
    delivered: Option<String>,
    source: Option<String>,
    external_id: Option<String>,
    url: Option<String>,
    notes: Option<String>,
    late_days: Option<i64>,
    at_risk: bool,
    reasons: Vec<String>,
    output_worded: bool,
    due_moves: u32,
    parent: Option<RequestId>,
    outcome_key: Option<OutcomeId>,
    result: Option<String>,
    reframed: Option<String>,
}

#[derive(Debug, Serialize)]
struct BlockedJson {
    reason: Option<String>,
    since: NaiveDate,
}

impl From<&Blocked> for BlockedJson {
    fn from(blocked: &Blocked) -> Self {
        Self { reason: text(&blocked.reason), since: blocked.since }
    }
}

impl RequestJson {
    /// A row of the queue in its contract.
    #[must_use]
    pub fn new(row: &QueueRow, clock: Clock) -> Self {
        let r = &row.request;
        let at = |at: Option<DateTime<Utc>>| at.map(|at| instant(clock, at));
        Self {
            key: r.id,
            title: r.title.clone(),
            ask: text(&r.ask),
            stage: r.stage,
            blocked: r.blocked.as_ref().map(BlockedJson::from),
            tier: r.tier,
            tier_guess: row.tier_guess,
            outcome: text(&r.outcome),
            lever: r.lever,
            measure: text(&r.measure),
            audience: text(&r.audience),
            message: text(&r.message),
            deliverables: text(&r.deliverables),
            asset_count: r.asset_count,
            requester: text(&r.requester),
            brand: text(&r.brand),
            channel: text(&r.channel),
            due: r.due,
            due_hard: r.is_due_hard,
            due_reason: text(&r.due_reason),
            first_agreed_due: r.first_agreed_due,
            decider: text(&r.decider),
            inputs: text(&r.inputs),
            estimate_minutes: r.estimate.map(|minutes| minutes.0),
            left_minutes: row.left.map(|minutes| minutes.0),
            left_as_of: row.left_on,
            value: r.value,
            time_criticality: r.time_criticality,
            risk: r.risk,
            score: (row.score.total() * 100.0).round() / 100.0,
            score_terms: row.score.terms(),
            readiness: row.readiness.points,
            missing: row.readiness.missing.iter().map(|missing| missing.name).collect(),
            rounds: r.rounds,
            tags: r.tags.clone(),
            people: row.people.clone(),
            created: instant(clock, r.created),
            ready: at(r.ready),
            started: at(r.started),
            delivered: at(r.delivered),
            source: text(&r.source),
            external_id: text(&r.external_id),
            url: text(&r.url),
            notes: text(&r.notes),
            late_days: row.late.map(|late| late.days),
            at_risk: !row.reasons.is_empty(),
            reasons: row.told(clock.now().date_naive()),
            output_worded: row.is_output_worded,
            due_moves: r.due_moves,
            parent: r.parent,
            outcome_key: r.outcome_id,
            result: text(&r.result),
            reframed: at(r.reframed),
        }
    }
}

/// `meeting`
#[derive(Debug, Serialize)]
pub struct MeetingJson {
    key: String,
    uid: String,
    title: String,
    series: String,
    kind: MeetingKind,
    start: String,
    end: String,
    all_day: bool,
    status: MeetingStatus,
    attendees: Vec<String>,
    reflected: bool,
    intent: Option<String>,
    if_then: Option<String>,
    predicted: Option<String>,
    /// What the list in which it stands leaves out. A list is an array, which has no other place for it.
    left_out: Option<String>,
}

impl MeetingJson {
    /// Meetings as a list.
    pub fn list(meetings: &[Meeting], left_out: Option<&str>) -> Vec<Self> {
        let one = |meeting| Self { left_out: left_out.map(str::to_owned), ..Self::from(meeting) };
        meetings.iter().map(one).collect()
    }
}

impl From<&Meeting> for MeetingJson {
    fn from(meeting: &Meeting) -> Self {
        Self {
            key: meeting.key.to_string(),
            uid: meeting.uid.clone(),
            title: meeting.title.clone(),
            series: meeting.series.clone(),
            kind: meeting.kind,
            start: meeting.start.to_rfc3339_opts(SecondsFormat::Secs, false),
            end: meeting.end.to_rfc3339_opts(SecondsFormat::Secs, false),
            all_day: meeting.is_all_day,
            status: meeting.status,
            attendees: meeting.attendees.clone(),
            reflected: meeting.is_reflected,
            intent: text(&meeting.intent),
            if_then: text(&meeting.if_then),
            predicted: text(&meeting.predicted),
            left_out: None,
        }
    }
}

/// `load`
#[derive(Debug, Serialize)]
pub struct LoadJson {
    /// First day.
    pub from: NaiveDate,
    /// How many days.
    pub days: usize,
    /// A row each.
    pub people: Vec<LoadRowJson>,
}

/// One row of `load`.
#[derive(Debug, Serialize)]
pub struct LoadRowJson {
    /// Handle, or null for a discipline.
    pub handle: Option<String>,
    /// Name of the person or discipline.
    pub name: String,
    /// What they do.
    pub discipline: String,
    /// 0.01 to 1; null for a discipline.
    pub planning_factor: Option<f64>,
    /// Day by day.
    pub cells: Vec<CellJson>,
    /// Where it cannot work.
    pub forced_over: Vec<ForcedJson>,
    /// Work whose day has passed.
    pub late: Vec<LateJson>,
    /// What of it is over only because late work is done first.
    pub displaced: Vec<DisplacedJson>,
}

/// One cell of `load`.
#[derive(Debug, Serialize)]
pub struct CellJson {
    pub date: NaiveDate,
    pub effective_minutes: i64,
    pub planning_minutes: i64,
    pub confirmed_minutes: i64,
    pub late_minutes: i64,
    pub tentative_minutes: i64,
    pub unknown_minutes: i64,
    pub state: CellState,
}

/// One forced-over interval of `load`.
#[derive(Debug, Serialize)]
pub struct ForcedJson {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub over_minutes: i64,
    pub keys: Vec<RequestId>,
}

/// How much of what is over would not be if nothing were late.
#[derive(Debug, Serialize)]
pub struct DisplacedJson {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub minutes: i64,
    /// The late work that is done first.
    pub keys: Vec<RequestId>,
}

/// Late work of `load`.
#[derive(Debug, Serialize)]
pub struct LateJson {
    pub key: RequestId,
    /// Null where nobody has said how much is left.
    pub minutes: Option<i64>,
    /// The day that has passed.
    pub since: NaiveDate,
    pub tentative: bool,
}
