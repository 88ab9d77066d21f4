//! Which rows a window of days touches, also where there are more than are read.

use chrono::{TimeDelta, TimeZone};
use fastrand::Rng;

use super::*;
use crate::domain::bounds::Steps;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingStatus, Recurrence, ShowsAs};
use crate::domain::occurrence::{Occurrence, expand};
use crate::store::{Origin, Stamp};

const ROOM: Most = Most { events: 1_000, changes: 100_000, bytes: 1 << 30 };

fn at(rng: &mut Rng, zone: usize) -> Moment {
    let day = day::plus(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(), rng.i64(0..200));
    // Few hours, so that a day often has several.
    let local = day.and_hms_opt(rng.u32(0..3) * 11, 0, 0).unwrap();
    match zone {
        0 => Moment::Day(day),
        1 => Moment::Floating(local),
        2 => Moment::Zoned(local, "Pacific/Kiritimati".parse().unwrap()),
        _ => Moment::Fixed(local.and_utc().fixed_offset()),
    }
}

fn spec(rng: &mut Rng, zone: usize) -> EventSpec {
    EventSpec {
        title: "Sync".to_owned(),
        start: at(rng, zone),
        minutes: [30, 30, 1440, 20_000][rng.usize(0..4)],
        attendees: Vec::new(),
        location: String::new(),
        status: MeetingStatus::Confirmed,
        sequence: 0,
        shows_as: ShowsAs::Busy,
    }
}

fn event(rng: &mut Rng, number: usize) -> CalendarEvent {
    let zone = rng.usize(0..4);
    let rule = ["", "FREQ=DAILY", "FREQ=WEEKLY;COUNT=30", "FREQ=DAILY;INTERVAL=9"][rng.usize(0..4)];
    let mut moments = |most| (0..rng.usize(0..most)).map(|_| at(rng, zone)).collect::<Vec<_>>();
    let (extra, except) = (moments(12), moments(6));
    let mut overrides: Vec<(Moment, EventSpec)> = Vec::new();
    for _ in 0..rng.usize(0..8) {
        let change = (at(rng, zone), spec(rng, zone));
        if overrides.iter().all(|(moment, _)| *moment != change.0) {
            overrides.push(change);
        }
    }
    overrides.sort_by_key(|(moment, _)| moment.to_string());
    let recurrence = Recurrence { rule: rule.to_owned(), extra, except, overrides, ..Recurrence::default() };
    CalendarEvent { uid: format!("u{number}"), spec: spec(rng, zone), recurrence, zone: None }
}

fn store(events: Vec<CalendarEvent>) -> Store {
    let mut store = Store::in_memory().unwrap();
    let at = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
    let stamp = Stamp { at, day: at.date_naive(), zone: chrono_tz::UTC.into(), origin: Origin::Import };
    store
        .change(stamp, |tx| {
            for event in events {
                tx.add_meeting(&MeetingRow {
                    id: MeetingId(0),
                    event,
                    is_typed: false,
                    series: String::new(),
                    kind: None,
                    sources: Vec::new(),
                    is_off: false,
                })?;
            }
            Ok::<_, StoreError>(((), "Made".to_owned()))
        })
        .unwrap();
    store
}

#[test]
fn what_is_read_for_some_days_shows_there_what_everything_would() {
    let mut rng = Rng::with_seed(7);
    let whole: Vec<CalendarEvent> = (0..150).map(|number| event(&mut rng, number)).collect();
    let store = store(whole.clone());
    let mut seen = 0;
    for _ in 0..60 {
        let from = Utc.with_ymd_and_hms(2026, 6, 1, 0, 0, 0).unwrap() + TimeDelta::days(rng.i64(0..200));
        let window = (from, from + TimeDelta::days(rng.i64(1..15)));
        let found = store.meetings_touching(window.0, window.1, ROOM).unwrap();
        assert_eq!(found.unread, 0);
        let shown = |event: &CalendarEvent| -> Vec<(String, DateTime<Utc>, DateTime<Utc>)> {
            let found = expand(event, window, &Utc, &mut Steps::new(100_000));
            let known = |one: &Occurrence<'_>| (one.key.clone(), one.start, one.end);
            found.occurrences.iter().map(known).collect()
        };
        for event in &whole {
            let read = found.rows.iter().find(|row| row.event.uid == event.uid);
            let read = read.map_or_else(Vec::new, |row| shown(&row.event));
            assert_eq!(read, shown(event), "{window:?} {event:#?}");
            seen += read.len();
        }
    }
    assert!(seen > 5_000, "{seen}");
}

#[test]
fn of_thousands_of_changes_those_in_sight_are_read_and_no_more_than_a_screen_holds() {
    let mut rng = Rng::with_seed(8);
    let first = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    let events = (0..40).map(|number| {
        let mut event = event(&mut rng, number);
        let changes = (0..200).map(|step| {
            let spec = spec(&mut rng, 1);
            let on = Moment::Day(day::plus(first, step));
            (on.clone(), EventSpec { start: on, minutes: 30, ..spec })
        });
        let overrides = if number % 2 == 0 { changes.collect() } else { Vec::new() };
        event.recurrence = Recurrence { rule: "FREQ=DAILY".to_owned(), overrides, ..Recurrence::default() };
        event
    });
    let store = store(events.collect());
    let from = Utc.with_ymd_and_hms(2026, 9, 1, 0, 0, 0).unwrap();
    let to = from + TimeDelta::days(7);
    let found = store.meetings_touching(from, to, ROOM).unwrap();
    let read: usize = found.rows.iter().map(|row| row.event.recurrence.overrides.len()).sum();
    assert!(found.rows.len() == 40 && read < 20 * 45, "{read} of 4,000");
    // With room for few, those of which not all could be read are left out as a whole, and the others stay.
    let found = store.meetings_touching(from, to, Most { changes: read / 2, ..ROOM }).unwrap();
    assert!(found.unread > 5 && found.rows.len() + found.unread == 40, "{}", found.unread);
    let is_whole = |row: &MeetingRow| row.event.recurrence.overrides.is_empty() == (row.id.0 % 2 == 0);
    assert!(found.rows.iter().all(is_whole));
}
