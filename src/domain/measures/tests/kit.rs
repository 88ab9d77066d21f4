//! Facts for tests, put together by hand.

use chrono::{DateTime, NaiveDate};

use super::super::*;
use crate::domain::ids::{
    AllocationId, GainId, MeetingId, OutcomeId, PersonId, ReadingId, RedirectId, RequestId, RiskId,
};
use crate::domain::influence::RiskEnd;
use crate::domain::kept::KeptShare;
use crate::domain::lever::Lever;
use crate::domain::meeting::{MeetingKind, OccurrenceKey};
use crate::domain::record::TableRow;
use crate::domain::reflection::{Reflection, Touched};

pub fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

pub fn ago(days: i64) -> NaiveDate {
    crate::domain::day::plus(today(), -days)
}

/// Owned facts; every test changes only what it is about.
#[derive(Default)]
pub struct Given {
    pub calendar: WorkCalendar,
    pub work: Vec<WorkFacts>,
    pub kept: KeptDays,
    pub planned: Vec<PlannedHours>,
    pub capacity: Vec<(NaiveDate, Minutes)>,
    pub outcomes: Vec<Outcome>,
    pub readings: Vec<Reading>,
    pub gains: Vec<Gain>,
    pub redirects: Vec<Redirect>,
    pub risks: Vec<Risk>,
    pub decisions: Vec<Decision>,
    pub promises: Vec<Promise>,
    pub rooms: Vec<Room>,
    pub asks: Vec<Ask>,
}

impl Given {
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            today: today(),
            calendar: &self.calendar,
            currency: "",
            work: &self.work,
            kept: &self.kept,
            planned: &self.planned,
            capacity: &self.capacity,
            outcomes: &self.outcomes,
            readings: &self.readings,
            gains: &self.gains,
            redirects: &self.redirects,
            risks: &self.risks,
            decisions: &self.decisions,
            promises: &self.promises,
            rooms: &self.rooms,
            asks: &self.asks,
        }
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn span(from: &str, to: &str) -> Span {
    Span { from: day(from), to: day(to) }
}

pub fn delivered(id: i64, days_ago: i64, rounds: u32) -> WorkFacts {
    WorkFacts {
        id: RequestId(id),
        outcome: None,
        stage: Stage::Delivered,
        stage_since: ago(days_ago),
        created: ago(days_ago + 9),
        ready: Some(ago(days_ago + 7)),
        started: Some(ago(days_ago + 5)),
        delivered: Some(ago(days_ago)),
        agreed: Some(ago(days_ago)),
        rounds,
        has_measure: true,
        has_result: rounds == 0,
        past: Vec::new(),
    }
}

pub fn kept(on: &str, request: i64, tier: u8, planned: i64, done: i64) -> KeptShare {
    KeptShare {
        day: day(on),
        share: AllocationId(request),
        request: RequestId(request),
        title: format!("Work {request}"),
        tier: Tier::new(tier).unwrap(),
        person: PersonId(1),
        handle: "ana".into(),
        is_role: false,
        is_tentative: false,
        is_unknown: false,
        planned: Minutes::hours(planned),
        done: Minutes::hours(done),
    }
}

pub fn planned(on: &str, request: i64, tier: u8, hours: i64) -> PlannedHours {
    PlannedHours {
        day: day(on),
        request: RequestId(request),
        tier: Tier::new(tier).unwrap(),
        person: PersonId(1),
        minutes: Minutes::hours(hours),
    }
}

pub fn room(on: &str, kind: MeetingKind, touched: Option<Touched>, (plus, minus): (u32, u32)) -> Room {
    let reflection = Reflection {
        meeting: OccurrenceKey { meeting: MeetingId(1), occurrence: on.to_owned() },
        stance: 3,
        presence: None,
        first: None,
        expansion: (plus + minus > 0).then_some(plus),
        contraction: (plus + minus > 0).then_some(minus),
        touched,
        moment: String::new(),
        if_then: String::new(),
        came_up: Vec::new(),
        kept: None,
        forced_over: None,
        written: DateTime::UNIX_EPOCH,
    };
    let entry = ReflectionEntry {
        start: DateTime::UNIX_EPOCH,
        kind,
        series: String::new(),
        attendees: Vec::new(),
        reflection,
    };
    Room { day: day(on), entry, predicted: 0 }
}

/// An outcome that is read three times, once before the window.
pub fn spring() -> (Outcome, [Reading; 3]) {
    let outcome = Outcome {
        id: OutcomeId(3),
        name: "Spring on shelf sooner".into(),
        metric: "days from brief to shelf".into(),
        unit: "d".into(),
        baseline: Some(14.0),
        target: Some(9.0),
        lever: Some(Lever::SpeedToMarket),
        ..Outcome::blank(ago(100))
    };
    let reading = |id, value, days| Reading {
        id: ReadingId(id),
        outcome_id: OutcomeId(3),
        value,
        day: ago(days),
        ..Reading::blank(today())
    };
    let readings = [reading(1, 9.5, 3), reading(2, 12.0, 40), reading(3, 13.0, 95)];
    (outcome, readings)
}

/// Facts from which every number of a brief has something to say; work of three spans, and one day on each of their
/// edges.
pub fn of_each() -> Given {
    let work = [(1, 0, 0), (2, 89, 1), (3, 90, 0), (4, 179, 0), (5, 180, 0)];
    let (outcome, readings) = spring();
    Given {
        work: work.map(|(id, days, rounds)| delivered(id, days, rounds)).into(),
        outcomes: vec![outcome],
        readings: readings.into(),
        gains: vec![Gain { id: GainId(1), hours: Minutes::hours(6), ..Gain::blank(ago(20)) }],
        redirects: vec![Redirect {
            id: RedirectId(1),
            gain_id: GainId(1),
            target: key(Kind::Outcome, 3),
            hours: Minutes::hours(4),
            ..Redirect::blank(ago(20))
        }],
        risks: vec![Risk {
            id: RiskId(1),
            end: Some(RiskEnd::Caught),
            ended: Some(ago(5)),
            ..Risk::blank(ago(9))
        }],
        kept: KeptDays {
            first: Some(ago(400)),
            shares: vec![kept("2026-11-20", 1, 1, 8, 8), kept("2026-11-20", 2, 3, 8, 4)],
            ..KeptDays::default()
        },
        ..Given::default()
    }
}
