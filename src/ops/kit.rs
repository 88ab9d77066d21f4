//! What tests of verbs share: a desk on an empty store in memory, and a clock that moves by hand.

use chrono::DateTime;

use super::Desk;
use super::clock::Clock;
use crate::config::Config;
use crate::domain::record::Kind;
use crate::store::{Origin, Store};

/// A desk at an instant, RFC 3339 with offset.
pub fn desk_at(instant: &str) -> Desk {
    let clock = Clock::Fixed(DateTime::parse_from_rfc3339(instant).unwrap());
    let store = Store::in_memory().unwrap();
    Desk::new(store, Config::defaults(), clock, Origin::Cockpit)
}

/// Time passes until an instant.
pub fn move_clock(desk: &mut Desk, instant: &str) {
    desk.clock = Clock::Fixed(DateTime::parse_from_rfc3339(instant).unwrap());
}

/// A day off for everybody, from one day to another.
pub fn holiday(desk: &mut Desk, name: &str, from: &str, to: &str) {
    let words = [("name", name), ("from", from), ("to", to)].map(|(field, text)| (field, text.to_owned()));
    desk.add_entry(Kind::Holiday, &words).unwrap();
}
