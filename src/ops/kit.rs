//! What tests of verbs share: a desk on an empty store in memory, a clock that moves by hand, and whatever a test
//! begins with in one line each.

use chrono::{DateTime, NaiveDate};

use super::clock::Clock;
use super::{Desk, OpsError};
use crate::config::Config;
use crate::domain::allocation::{Allocation, NewShare};
use crate::domain::field::Field;
use crate::domain::ids::{AllocationId, RequestId};
use crate::domain::meeting::{MeetingKind, OccurrenceKey};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reflection::Reflection;
use crate::domain::stage::Stage;
use crate::ops::meetings::NewMeeting;
use crate::store::{MeetingNote, Origin, Store};

/// The Monday on which most tests begin.
pub const MONDAY: &str = "2026-11-23";

/// A desk at an instant, RFC 3339 with offset.
pub fn desk_at(instant: &str) -> Desk {
    let clock = Clock::fixed(DateTime::parse_from_rfc3339(instant).unwrap());
    let store = Store::in_memory().unwrap();
    Desk::new(store, Config::defaults(), clock, Origin::Cockpit)
}

/// Monday 23 November at nine, with Ana, who designs, and Bo, who films: eight hours a day, all of them planned.
pub fn studio() -> Desk {
    let mut desk = desk_at(&nine(MONDAY));
    join(&mut desk, "Ana", "design");
    join(&mut desk, "Bo", "film");
    desk
}

fn nine(day: &str) -> String {
    format!("{day}T09:00:00+00:00")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub const fn hours(count: i64) -> Minutes {
    Minutes::hours(count)
}

/// Time passes until an instant.
pub fn move_clock(desk: &mut Desk, instant: &str) {
    desk.set_clock(Clock::fixed(DateTime::parse_from_rfc3339(instant).unwrap()));
}

/// Time passes until nine in the morning of a day.
pub fn go(desk: &mut Desk, day: &str) {
    move_clock(desk, &nine(day));
}

/// Texts behind the names of their fields.
pub fn typed(words: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    words.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
}

/// Adds somebody of whom some fields are typed.
pub fn add(desk: &mut Desk, words: &[(&'static str, &str)]) -> Person {
    desk.add_person(&typed(words)).unwrap().output
}

/// Changes fields of somebody; gives what is told of it.
pub fn edit(desk: &mut Desk, who: &str, words: &[(&'static str, &str)]) -> String {
    desk.edit_person(who, &typed(words)).unwrap().label
}

/// Somebody joins who has eight hours from Monday to Friday, all of them planned.
pub fn join(desk: &mut Desk, name: &str, discipline: &str) {
    add(desk, &[("name", name), ("discipline", discipline), ("factor", "1")]);
}

/// A request by quick add.
pub fn request(desk: &mut Desk, line: &str) -> RequestId {
    desk.add(line).unwrap().output.id
}

/// Changes one request and gives the sentence of the journal.
pub fn change(desk: &mut Desk, id: RequestId, words: &str) -> String {
    desk.edit(&[id], words).unwrap().label
}

/// A request is for an outcome from then on.
pub fn aim(desk: &mut Desk, id: RequestId, outcome: &str) {
    desk.set_fields(&[id], &[(Field::OutcomeKey, outcome.to_owned())]).unwrap();
}

/// A request goes through some stages; the last sentence of the journal.
pub fn stages(desk: &mut Desk, id: RequestId, stages: &[Stage]) -> String {
    let moved = stages.iter().map(|stage| desk.move_to(&[id], *stage, "because").unwrap().label);
    moved.last().unwrap()
}

/// Work on a request begins.
pub fn begin(desk: &mut Desk, id: RequestId) {
    stages(desk, id, &[Stage::Ready, Stage::InProgress]);
}

/// Somebody gets hours of a request.
pub fn give(desk: &mut Desk, id: RequestId, who: &str, count: i64) -> AllocationId {
    let share = NewShare { minutes: Some(hours(count)), ..NewShare::whole(who) };
    desk.assign(id, &share).unwrap().output.allocation.id
}

/// The shares of a request in the order in which they were given.
pub fn shares_of(desk: &Desk, id: RequestId) -> Vec<Allocation> {
    desk.store.allocations_of(id).unwrap()
}

/// What is left of a request, as the queue shows it.
pub fn left(desk: &Desk, id: RequestId) -> Option<Minutes> {
    desk.row(id).unwrap().left
}

fn texts(words: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    words.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

/// A record of the books.
pub fn entry(desk: &mut Desk, kind: Kind, words: &[(&'static str, &str)]) -> RecordKey {
    desk.add_entry(kind, &texts(words)).unwrap().output
}

/// Tries to add one, and tells why it is refused.
pub fn refused_entry(desk: &mut Desk, kind: Kind, words: &[(&'static str, &str)]) -> String {
    refusal(desk.add_entry(kind, &texts(words)))
}

/// Changes a record of the books; the sentence of the journal, or of the refusal.
pub fn rewrite(desk: &mut Desk, key: &RecordKey, words: &[(&'static str, &str)]) -> String {
    match desk.edit_entry(key, &texts(words)) {
        Ok(committed) => committed.label,
        Err(error) => error.to_string(),
    }
}

/// A field of a record as its form shows it.
pub fn field_of(desk: &Desk, key: &RecordKey, name: &str) -> String {
    let texts = desk.entry_texts(key).unwrap();
    texts.into_iter().find(|(field, _)| *field == name).unwrap().1
}

/// Somebody is away from one day to another, both included.
pub fn away(desk: &mut Desk, who: &str, from: &str, to: &str) -> RecordKey {
    entry(desk, Kind::Absence, &[("who", who), ("from", from), ("to", to)])
}

/// A day off for everybody, from one day to another.
pub fn holiday(desk: &mut Desk, name: &str, from: &str, to: &str) {
    entry(desk, Kind::Holiday, &[("name", name), ("from", from), ("to", to)]);
}

/// An hour with some people; `start` is written like `2026-11-24T10:00`.
pub fn meet(desk: &mut Desk, title: &str, start: &str, kind: MeetingKind, with: &[&str]) -> OccurrenceKey {
    let meeting = NewMeeting {
        title: title.to_owned(),
        start: format!("{start}:00").parse().unwrap(),
        minutes: 60,
        kind: Some(kind),
        series: String::new(),
        attendees: with.iter().map(|name| (*name).to_owned()).collect(),
        notes: MeetingNote::default(),
    };
    desk.add_meeting(&meeting).unwrap().output
}

/// A reflection that says nothing but that the question was reframed.
pub fn reflection(desk: &Desk, meeting: &OccurrenceKey) -> Reflection {
    Reflection {
        meeting: meeting.clone(),
        stance: 4,
        presence: None,
        first: None,
        expansion: None,
        contraction: None,
        touched: None,
        moment: String::new(),
        if_then: String::new(),
        came_up: Vec::new(),
        kept: None,
        forced_over: None,
        written: desk.stamp().at,
    }
}

/// Why something is refused.
pub fn refusal<T>(result: Result<T, OpsError>) -> String {
    result.map(drop).unwrap_err().to_string()
}

/// The newest sentence of the journal.
pub fn told(desk: &Desk) -> String {
    desk.history(Some(1)).unwrap().remove(0).label
}
