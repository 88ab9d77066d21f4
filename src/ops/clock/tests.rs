//! The clock itself, and stores that are written in one zone and read in others: what is over is told as it was.

use super::*;
use crate::domain::ids::RequestId;
use crate::domain::measures::{Span, flow};
use crate::domain::meeting::MeetingKind;
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::import::requests::RequestOptions;
use crate::ops::Desk;
use crate::ops::kit::{
    begin, change, day, desk_at, meet, move_clock, reflection, request, stages, studio, told,
};
use crate::store::{Stamp, StoreError};

/// Wednesday morning of London, which is a Wednesday in each of these.
const WEDNESDAY: [&str; 3] =
    ["2026-11-25T09:00:00+00:00", "2026-11-25T18:00:00+09:00", "2026-11-25T01:00:00-08:00"];

/// Everything that is told of the week and of a request, to be compared between those who read it.
fn telling(desk: &Desk, title: &str) -> String {
    let week = desk.week_review(day("2026-11-23")).unwrap();
    let standup = desk.standup(None).unwrap();
    let rows = [
        desk.queue_and_load(day("2026-11-23")..day("2026-11-30")).unwrap().rows,
        desk.closed_requests().unwrap(),
    ];
    let row = rows.iter().flatten().find(|row| row.request.title == title).unwrap();
    let history: Vec<String> =
        desk.history(None).unwrap().iter().map(|it| desk.clock.local(it.at).to_rfc3339()).collect();
    let it = &row.request;
    let shown =
        [Some(it.created), it.ready, it.started, it.delivered].map(|at| at.map(|at| desk.clock.local(at)));
    format!("{week:?}\n{standup:?}\n{} {shown:?}\n{history:?}", row.age_days)
}

/// How many deliveries of some days have a lead time, and the figure with everything that it says.
fn lead_times(desk: &Desk, from: &str, to: &str) -> (usize, String) {
    let span = Span { from: day(from), to: day(to) };
    let review = desk.gather_review(span).unwrap();
    let found = flow::lead_time(&review.facts(), span);
    (found.rows.len(), format!("{found:?}"))
}

/// Ready on the Monday before, begun, and delivered a week later at half past eleven at night, all in London.
fn delivered_at_night() -> Desk {
    let mut desk = desk_at("2026-11-16T23:45:00+00:00");
    let film = request(&mut desk, "Film t3 ~8h due:2026-12-04");
    begin(&mut desk, film);
    move_clock(&mut desk, "2026-11-23T09:00:00+00:00");
    request(&mut desk, "Poster t3");
    move_clock(&mut desk, "2026-11-23T23:30:00+00:00");
    stages(&mut desk, film, &[Stage::Delivered]);
    desk
}

/// Work that was begun and is done now.
fn deliver(desk: &mut Desk, id: RequestId) {
    stages(desk, id, &[Stage::Ready, Stage::InProgress, Stage::Delivered]);
}

fn delivered(desk: &Desk, title: &str) -> NaiveDate {
    let requests: Vec<Request> = desk.store.all_requests().unwrap();
    desk.clock.day_of(requests.into_iter().find(|it| it.title == title).unwrap().delivered.unwrap())
}

fn zones(desk: &Desk) -> Vec<(String, String)> {
    let rows = desk.store.zones().unwrap();
    rows.rows().iter().map(|row| (row.at.to_rfc3339(), row.zone.to_string())).collect()
}

#[test]
fn what_was_delivered_on_a_monday_night_is_mondays_wherever_it_is_read() {
    let mut desk = delivered_at_night();
    let mut tellings = WEDNESDAY.map(|now| {
        move_clock(&mut desk, now);
        assert_eq!(delivered(&desk, "Film"), day("2026-11-23"), "{now}");
        let lead = lead_times(&desk, "2026-11-23", "2026-11-23");
        assert_eq!(lead.0, 1, "{now}: {lead:?}");
        assert_eq!(lead_times(&desk, "2026-11-24", "2026-11-29").0, 0, "{now}");
        (telling(&desk, "Film"), telling(&desk, "Poster"), lead)
    });
    assert!(tellings[0].0.contains("2026-11-23T23:30:00+00:00"), "{}", tellings[0].0);
    tellings.sort();
    assert_eq!(tellings[0], tellings[2]);
    assert_eq!(zones(&desk).len(), 1, "whoever only reads notes nothing");
}

#[test]
fn a_write_abroad_leaves_the_days_before_it() {
    let mut desk = delivered_at_night();
    for (now, zone) in [(WEDNESDAY[1], "+09:00"), ("2026-12-10T10:00:00-08:00", "-08:00")] {
        move_clock(&mut desk, now);
        let before = (telling(&desk, "Film"), desk.standup_since().unwrap());
        let poster = desk.store.all_requests().unwrap().iter().find(|it| it.title == "Poster").unwrap().id;
        change(&mut desk, poster, "notes:\"seen\"");
        assert_eq!(zones(&desk).last().unwrap().1, zone);
        move_clock(&mut desk, now);
        assert_eq!(delivered(&desk, "Film"), day("2026-11-23"));
        assert_eq!(desk.standup_since().unwrap(), before.1);
        // It is no operation: the newest one is the change, and undo takes that back and leaves the zone.
        assert!(told(&desk).contains("R-2"), "{}", told(&desk));
        desk.undo(None).unwrap();
        assert_eq!(zones(&desk).last().unwrap().1, zone);
    }
    assert_eq!(zones(&desk).len(), 3);
}

#[test]
fn what_takes_two_weeks_elsewhere_is_told_there_and_home_is_home_again() {
    let mut desk = studio();
    let work: Vec<_> = ["One t3", "Two t3", "Three t3"].map(|line| request(&mut desk, line)).into();
    for (id, at) in work.into_iter().zip([
        "2026-11-27T23:30:00+00:00",
        "2026-12-04T07:30:00+09:00",
        "2026-12-14T23:30:00+00:00",
    ]) {
        move_clock(&mut desk, at);
        deliver(&mut desk, id);
    }
    for now in ["2026-12-20T09:00:00+00:00", "2026-12-20T09:00:00-08:00", "2026-12-20T18:00:00+09:00"] {
        move_clock(&mut desk, now);
        let days = ["One", "Two", "Three"].map(|title| delivered(&desk, title).to_string());
        assert_eq!(days, ["2026-11-27", "2026-12-04", "2026-12-14"], "{now}");
    }
    let rows: Vec<String> = zones(&desk).into_iter().map(|row| row.1).collect();
    assert_eq!(rows, ["+00:00", "+09:00", "+00:00"]);
}

#[test]
fn over_the_date_line_east_and_west() {
    for (here, there, first, second) in [
        // Tuesday evening in Auckland; landed in Honolulu on Monday evening once more.
        ("2026-11-24T20:00:00+13:00", "2026-11-23T23:00:00-10:00", "2026-11-24", "2026-11-23"),
        // Monday evening in Honolulu; landed in Auckland, where most of Tuesday never was.
        ("2026-11-23T20:00:00-10:00", "2026-11-25T04:00:00+13:00", "2026-11-23", "2026-11-25"),
    ] {
        let mut desk = desk_at(here);
        let ids = ["Here t3", "There t3"].map(|line| request(&mut desk, line));
        deliver(&mut desk, ids[0]);
        move_clock(&mut desk, there);
        assert_eq!(desk.today().to_string(), second);
        assert_eq!(desk.clock.day_of(desk.stamp().at), desk.today());
        let tomorrow = desk.clock.midnight(desk.today() + chrono::Days::new(1));
        assert!(tomorrow > desk.now(), "what is to come is not over");
        deliver(&mut desk, ids[1]);
        for now in [there, "2026-12-01T09:00:00+00:00"] {
            move_clock(&mut desk, now);
            assert_eq!(delivered(&desk, "Here").to_string(), first);
            assert_eq!(delivered(&desk, "There").to_string(), second);
        }
    }
}

#[test]
fn one_instant_is_the_day_of_the_clock_that_wrote_it() {
    let mut desk = desk_at("2026-11-23T23:30:00-08:00");
    let id = request(&mut desk, "Film t3 due:today");
    deliver(&mut desk, id);
    move_clock(&mut desk, "2026-11-24T07:31:00+00:00");
    assert_eq!(desk.today(), day("2026-11-24"));
    assert_eq!(delivered(&desk, "Film"), day("2026-11-23"));
    assert_eq!(desk.store.request(id).unwrap().due, Some(day("2026-11-23")));
}

/// A desk of a lead whose first write said that they are in London.
fn london() -> Desk {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let stamp = Stamp { zone: Whereabouts::Named(chrono_tz::Europe::London), ..desk.stamp() };
    let role = Person { is_role: true, ..Person::called(0, "ops", "Ops") };
    desk.store.change::<_, StoreError>(stamp, |tx| Ok((tx.add_person(&role)?, String::new()))).unwrap();
    desk.follow_zone();
    desk
}

#[test]
fn a_delivery_of_summer_read_in_november_stays_its_day() {
    let mut desk = london();
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.now().to_utc() };
    let text = "ID,Title,Status,Created,Delivered\n1,Film,Delivered,2026-07-01,2026-07-15\n";
    desk.import_requests(text.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    let stored = desk.store.all_requests().unwrap()[0].delivered.unwrap();
    assert_eq!(stored.to_rfc3339(), "2026-07-14T23:00:00+00:00", "midnight of London in summer");
    for now in ["2026-11-24T09:00:00+00:00", "2026-11-24T09:00:00-05:00", "2027-02-01T09:00:00+09:00"] {
        move_clock(&mut desk, now);
        assert_eq!(delivered(&desk, "Film"), day("2026-07-15"), "{now}");
        assert_eq!(desk.clock.local(stored).to_rfc3339(), "2026-07-15T00:00:00+01:00");
        let span = Span::day(day("2026-07-15"));
        let review = desk.gather_review(span).unwrap();
        assert_eq!(flow::throughput(&review.facts(), span).rows.len(), 1, "{now}");
        // Read again, by a clock elsewhere, it is the same.
        let report = desk.import_requests(text.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
        assert!(
            report.rows.iter().all(|row| row.changes.is_empty() && row.conflicts.is_empty()),
            "{report:?}"
        );
    }
}

#[test]
fn meetings_that_were_are_told_as_they_were_and_those_to_come_in_the_present_zone() {
    let mut desk = studio();
    let board = meet(&mut desk, "Board", "2026-11-23T22:00", MeetingKind::Leadership, &[]);
    let next = meet(&mut desk, "Board", "2026-11-30T22:00", MeetingKind::Leadership, &[]);
    move_clock(&mut desk, "2026-11-23T23:30:00+00:00");
    let said = reflection(&desk, &board);
    desk.reflect(&said).unwrap();
    move_clock(&mut desk, WEDNESDAY[1]);
    let start = |desk: &Desk, key| desk.meeting(key).unwrap().start.to_rfc3339();
    assert_eq!(start(&desk, &board), "2026-11-23T22:00:00+00:00");
    assert_eq!(start(&desk, &next), "2026-12-01T07:00:00+09:00");
    let on = |text: &str| {
        let found = desk.meetings(day(text), day(text)).unwrap();
        found.into_iter().map(|meeting| meeting.key).collect::<Vec<_>>()
    };
    assert_eq!((on("2026-11-23"), on("2026-11-24")), (vec![board], Vec::new()));
    assert_eq!((on("2026-11-30"), on("2026-12-01")), (Vec::new(), vec![next]));
    let told: Vec<NaiveDate> = desk
        .gather_review(Span::day(day("2026-11-23")))
        .unwrap()
        .own()
        .iter()
        .map(|it| desk.clock.day_of(it.start))
        .collect();
    assert_eq!(told, [day("2026-11-23")]);
}

#[test]
fn a_store_without_zones_is_read_in_the_present_one() {
    let mut desk = delivered_at_night();
    desk.store.forget_zones();
    for (now, on) in WEDNESDAY.iter().zip(["2026-11-23", "2026-11-24", "2026-11-23"]) {
        move_clock(&mut desk, now);
        assert_eq!(delivered(&desk, "Film"), day(on), "{now}");
    }
    // The first write says from then on.
    move_clock(&mut desk, WEDNESDAY[1]);
    request(&mut desk, "Next");
    move_clock(&mut desk, "2026-11-27T09:00:00+00:00");
    assert_eq!(delivered(&desk, "Film"), day("2026-11-24"));
}

fn fixed(text: &str) -> Clock {
    Clock::of(Some(text), false).unwrap()
}

#[test]
fn an_instant_that_is_set_stands_still_in_its_own_offset() {
    let clock = fixed("2026-11-23T23:30:00-08:00");
    assert_eq!(clock.now().to_rfc3339(), "2026-11-23T23:30:00-08:00");
    let noon = DateTime::parse_from_rfc3339("2026-11-24T12:00:00Z").unwrap().to_utc();
    assert_eq!(clock.local(noon).to_rfc3339(), "2026-11-24T04:00:00-08:00");
    assert_eq!(clock.midnight(clock.now().date_naive()).to_rfc3339(), "2026-11-23T08:00:00+00:00");
}

#[test]
fn a_moment_of_another_zone_is_told_on_the_clock_of_the_lead() {
    let clock = fixed("2026-11-23T09:00:00+00:00");
    let said = |text: &str| clock.said(&text.parse().unwrap());
    assert_eq!(said("2026-11-25T08:00:00[Australia/Sydney]"), "Tue 24 Nov 21:00");
    assert_eq!(said("2026-11-25T08:00:00+01:00"), "Wed 25 Nov 07:00");
    assert_eq!(said("2026-11-25T08:00:00"), "Wed 25 Nov 08:00");
    assert_eq!((said("2026-11-25").as_str(), said("2024-02-29").as_str()), ("Wed 25 Nov", "29 Feb 2024"));
    assert_eq!(said("2028-02-29T10:00:00"), "29 Feb 2028 10:00");
}

#[test]
fn without_an_instant_it_is_the_machines_and_with_a_zone_that_zones() {
    assert_eq!(Clock::of(None, true), Ok(Clock::system()));
    let zoned = Clock::of(Some("2026-11-23T09:00:00+01:00"), true).unwrap();
    let instant = DateTime::parse_from_rfc3339("2026-11-23T08:00:00Z").unwrap().to_utc();
    assert_eq!((zoned.now().to_utc(), zoned), (instant, Clock::from(Source::FixedInZone(instant))));
}

#[test]
fn what_is_no_instant_is_told_with_one_that_is() {
    for text in ["yesterday", "2026-11-23", "2026-11-23T09:00:00"] {
        let wrong = Clock::of(Some(text), false).unwrap_err();
        assert!(wrong.contains(text) && wrong.contains("2026-11-23T09:00:00+00:00"), "{wrong}");
    }
}
