//! What a screen may cost, by count.

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::domain::meeting::{EventSpec, MeetingStatus, Moment, Recurrence, ShowsAs};

fn event(title: &str, start: &str, rule: &str) -> CalendarEvent {
    let spec = EventSpec {
        title: title.to_owned(),
        start: Moment::Floating(start.parse().unwrap()),
        minutes: 30,
        attendees: Vec::new(),
        location: String::new(),
        status: MeetingStatus::Confirmed,
        sequence: 0,
        shows_as: ShowsAs::Busy,
    };
    let recurrence = Recurrence { rule: rule.to_owned(), ..Recurrence::default() };
    CalendarEvent { uid: title.to_owned(), spec, recurrence, zone: None }
}

fn days(days: i64) -> (DateTime<Utc>, DateTime<Utc>) {
    let from = NaiveDate::from_ymd_opt(2026, 11, 9).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
    (from, from + TimeDelta::days(days))
}

fn all(
    events: &[CalendarEvent],
    window: (DateTime<Utc>, DateTime<Utc>),
    budget: Budget,
) -> (Vec<usize>, Agenda<'_>) {
    let events: Vec<&CalendarEvent> = events.iter().collect();
    let agenda = expand_all(&events, window, &Utc, budget);
    (agenda.occurrences.iter().map(Vec::len).collect(), agenda)
}

#[test]
fn thousands_that_repeat_every_minute_leave_room_for_the_weekly_ones() {
    let mut events: Vec<CalendarEvent> =
        (0..3_000).map(|n| event(&format!("Ping {n}"), "2026-01-01T00:00:00", "FREQ=MINUTELY")).collect();
    events.push(event("Council", "2026-01-05T10:00:00", "FREQ=WEEKLY"));
    events.push(event("Standup", "2024-01-05T10:00:00", "FREQ=DAILY;COUNT=2000"));
    let (counts, agenda) = all(&events, days(21), Budget::SCREEN);
    assert_eq!(counts[3_000..], [3, 21], "what repeats by days is shown whole");
    assert!(agenda.steps <= STEPS && counts.iter().sum::<usize>() <= MEETINGS);
    let sentence = agenda.left_out.sentence().unwrap();
    assert!(sentence.contains("24 of each") && sentence.contains("not at all"), "{sentence}");
    assert!(sentence.contains("the first is “Ping 0”"), "{sentence}");
}

#[test]
fn a_thousand_of_seconds_since_1997_cost_no_more_than_the_budget() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=4294967295",
        "FREQ=SECONDLY;COUNT=4294967295;BYSECOND=7",
        "FREQ=MINUTELY;COUNT=4294967295;BYHOUR=3",
        "FREQ=YEARLY;COUNT=4000000;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
    ] {
        let mut events: Vec<CalendarEvent> =
            (0..1_000).map(|_| event("Tick", "1997-01-01T00:00:00", rule)).collect();
        events.insert(500, event("One to one", "2026-11-10T10:00:00", ""));
        for window in [days(2), days(800)] {
            let few = Budget { steps: STEPS / 20, meetings: MEETINGS / 20 };
            let (counts, agenda) = all(&events, window, few);
            assert_eq!(counts[500], 1, "{rule}");
            let shown = counts.iter().sum::<usize>();
            assert!(agenda.steps <= few.steps && shown <= few.meetings, "{rule}");
        }
    }
}

#[test]
fn ordinary_calendars_lose_nothing() {
    let rules =
        ["", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY;COUNT=1500", "FREQ=MONTHLY;BYDAY=2TH", "FREQ=HOURLY"];
    let events: Vec<CalendarEvent> =
        (0..500).map(|n| event(&format!("E {n}"), "2025-11-10T09:00:00", rules[n % rules.len()])).collect();
    let (_, agenda) = all(&events[..20], days(21), Budget::SCREEN);
    assert_eq!(agenda.left_out.sentence(), None);
    let few: Vec<CalendarEvent> =
        events.iter().filter(|it| !it.recurrence.rule.contains("HOURLY")).cloned().collect();
    let (counts, agenda) = all(&few, days(21), Budget::SCREEN);
    assert_eq!(agenda.left_out, LeftOut::default());
    assert!(counts.iter().sum::<usize>() > 2_000);
}

#[test]
fn an_event_with_endless_exceptions_and_changes_is_paid_for() {
    let mut odd = event("Odd", "1997-01-01T10:00:00", "FREQ=DAILY;COUNT=20000");
    let at = |n: i64| {
        Moment::Floating(
            "2020-01-01T10:00:00".parse::<chrono::NaiveDateTime>().unwrap() + TimeDelta::days(n % 900),
        )
    };
    odd.recurrence.except = (0..40_000).map(at).collect();
    let inside =
        EventSpec { start: Moment::Floating("2026-11-10T10:00:00".parse().unwrap()), ..odd.spec.clone() };
    // Changed occurrences moved into the window from far away: for each its day is looked at anew.
    odd.recurrence.overrides = (0..5_000).map(|n| (at(n), inside.clone())).collect();
    let events = [odd, event("Council", "2026-01-05T10:00:00", "FREQ=WEEKLY")];
    let (counts, agenda) = all(&events, days(21), Budget::SCREEN);
    assert_eq!(counts[1], 3);
    assert!(agenda.steps <= STEPS && counts[0] <= MEETINGS);
}

#[test]
fn names_and_texts_of_all_meetings_have_one_room() {
    let names: Vec<String> = (0..40_000).map(|n| format!("Person {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let long = "x".repeat(200_000);
    let mut room = WordRoom::default();
    let (mut copied, mut counted) = (0, 0);
    for _ in 0..MEETINGS {
        let fitted = room.fit(MeetingWords { title: &long, series: &long, location: "here", names: &names });
        copied += fitted.size();
        counted += fitted.names.len();
        assert!(!fitted.names.is_empty() && fitted.names.len() <= NAMES && !fitted.title.is_empty());
    }
    assert!(copied <= TEXTS + MEETINGS * SHORT, "{copied}");
    assert!(counted <= TEXTS / A_NAME + MEETINGS * SHORT / A_NAME, "{counted}");
    assert_eq!(room.shortened, MEETINGS);
    let short = MeetingWords { title: "Council", series: "Council", location: "", names: &names[..3] };
    assert_eq!(room.fit(short), short, "what is short always has room");
}
