//! The shapes of the contract. They may only grow; nothing is renamed or left out.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::difference::{self, FieldValue};
use crate::domain::field::Field;
use crate::domain::ids::RequestId;
use crate::domain::load::CellState;
use crate::domain::meeting::{Meeting, MeetingKind, MeetingStatus, ShowsAs};
use crate::domain::request::Blocked;
use crate::ops::clock::Clock;
use crate::ops::queue::QueueRow;

/// An instant with the lead's offset.
pub fn instant(clock: &Clock, at: DateTime<Utc>) -> String {
    // With the offset in figures even where it is zero, so that all instants of a list have one shape.
    clock.local(at).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Text that is there, or null.
pub fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// `request`: every field under its name, then what is worked out from it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct RequestJson(Map<String, Value>);

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
    pub fn new(row: &QueueRow, clock: &Clock) -> Self {
        let r = &row.request;
        let at = |at: Option<DateTime<Utc>>| at.map(|at| instant(clock, at));
        let fields = Field::ALL.iter().map(|field| (field.spec().json_name(), of_field(row, *field)));
        let mut shape: Map<String, Value> =
            std::iter::once(("key".to_owned(), json!(r.id))).chain(fields).collect();
        let more = json!({
            "stage": r.stage,
            "tier_guess": row.tier_guess,
            "first_agreed_due": r.first_agreed_due,
            "left_as_of": row.left_on,
            // Two places, as tables and plain lines have it: more are an accident of floating point.
            "score": (row.score.total() * 100.0).round() / 100.0,
            "score_terms": row.score.terms(),
            "readiness": row.readiness.points,
            "missing": row.readiness.missing.iter().map(|missing| missing.name).collect::<Vec<_>>(),
            "rounds": r.rounds,
            "people": row.people,
            "created": instant(clock, r.created),
            "ready": at(r.ready),
            "started": at(r.started),
            "delivered": at(r.delivered),
            "source": text(&r.source),
            "external_id": text(&r.external_id),
            "late_days": row.late.map(|late| late.days),
            "at_risk": !row.reasons.is_empty(),
            "reasons": row.told(clock.now().date_naive()),
            "output_worded": row.is_output_worded,
            "private": row.is_private,
            "due_moves": r.due_moves,
            "parent": r.parent,
            "reframed": at(r.reframed),
        });
        if let Value::Object(more) = more {
            shape.extend(more);
        }
        Self(shape)
    }
}

/// What a field of a request says.
fn of_field(row: &QueueRow, field: Field) -> Value {
    let request = &row.request;
    match field {
        Field::Blocked => json!(request.blocked.as_ref().map(BlockedJson::from)),
        Field::Tags => json!(request.tags),
        // What was said once has come down since.
        Field::Left => json!(row.left.map(|minutes| minutes.0)),
        field => match difference::value(request, field) {
            FieldValue::Empty => Value::Null,
            FieldValue::Words(text) | FieldValue::Told(text, _) => json!(text),
            FieldValue::Named(name, _) => json!(name),
            FieldValue::Day(day) => json!(day),
            FieldValue::Length(minutes) => json!(minutes.0),
            FieldValue::Number(number) => json!(number),
            FieldValue::Truth(is_so) => json!(is_so),
        },
    }
}

#[derive(Debug, Serialize)]
pub struct MeetingJson {
    key: String,
    uid: String,
    title: String,
    series: String,
    /// Null for what takes no time: it is no room.
    kind: Option<MeetingKind>,
    shows_as: ShowsAs,
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
        // In each of them, as the list itself is an array and has no place for it.
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
            kind: meeting.room(),
            shows_as: meeting.shows_as,
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

#[derive(Debug, Serialize)]
pub struct LoadJson {
    pub from: NaiveDate,
    pub days: usize,
    pub people: Vec<LoadRowJson>,
}

/// One row of `load`.
#[derive(Debug, Serialize)]
pub struct LoadRowJson {
    /// Handle, or null for a discipline.
    pub handle: Option<String>,
    /// Name of the person or discipline.
    pub name: String,
    pub discipline: String,
    /// 0.01 to 1; null for a discipline.
    pub planning_factor: Option<f64>,
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
    /// What came off on a day that is over; of no other day there is one.
    pub done_minutes: Option<i64>,
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
