//! Events against the instants they must give.

use chrono_tz::{America::New_York, Europe::Berlin, Europe::London, Tz};

use super::*;
use crate::domain::meeting::{MeetingStatus, Recurrence, ShowsAs};

fn naive(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    naive(text).and_utc()
}

fn day(text: &str) -> Moment {
    Moment::Day(text.parse().unwrap())
}

fn spec(start: Moment, minutes: i64) -> EventSpec {
    EventSpec {
        title: "Sync".to_owned(),
        start,
        minutes,
        attendees: Vec::new(),
        location: String::new(),
        status: MeetingStatus::Confirmed,
        sequence: 0,
        shows_as: ShowsAs::Busy,
    }
}

fn event(start: Moment, minutes: i64, rule: &str) -> CalendarEvent {
    let recurrence = Recurrence { rule: rule.to_owned(), ..Recurrence::default() };
    CalendarEvent { uid: "u".to_owned(), spec: spec(start, minutes), recurrence, zone: None }
}

fn in_zone(zone: Tz, start: &str, rule: &str) -> CalendarEvent {
    event(Moment::Zoned(naive(start), zone), 60, rule)
}

fn shown(event: &CalendarEvent, from: &str, to: &str) -> Vec<String> {
    expand(event, (utc(from), utc(to)), &London, &mut Steps::new(100_000))
        .occurrences
        .iter()
        .map(|found| format!("{} {}", found.key, found.start.format("%m-%d %H:%M")))
        .collect()
}

#[test]
fn local_time_stays_through_the_change_of_clocks() {
    let london = in_zone(London, "2026-10-23 09:30", "FREQ=DAILY");
    let expected = ["2026-10-24 10-24 08:30", "2026-10-25 10-25 09:30", "2026-10-26 10-26 09:30"];
    assert_eq!(shown(&london, "2026-10-24 00:00", "2026-10-27 00:00"), expected);
    let york = in_zone(New_York, "2026-03-06 02:30", "FREQ=DAILY;COUNT=4");
    let starts = [
        "2026-03-06 03-06 07:30",
        "2026-03-07 03-07 07:30",
        "2026-03-08 03-08 07:30",
        "2026-03-09 03-09 06:30",
    ];
    assert_eq!(shown(&york, "2026-03-01 00:00", "2026-03-31 00:00"), starts);
    let overlap = in_zone(London, "2026-10-25 01:30", "");
    assert_eq!(shown(&overlap, "2026-10-25 00:00", "2026-10-26 00:00"), [" 10-25 00:30"]);
}

#[test]
fn until_is_read_in_all_its_forms() {
    let window = ("2026-06-01 00:00", "2026-07-01 00:00");
    for (until, count) in [
        ("20260603T073000Z", 3),
        ("20260603T072959Z", 2),
        ("20260603", 3),
        ("20260603T093000", 3),
        ("20260603T092959", 2),
        ("20260602T225959Z", 2),
    ] {
        let event = in_zone(Berlin, "2026-06-01 09:30", &format!("FREQ=DAILY;UNTIL={until}"));
        assert_eq!(shown(&event, window.0, window.1).len(), count, "{until}");
    }
}

#[test]
fn the_days_of_a_whole_day_series_are_those_that_are_written_wherever_the_lead_is() {
    let mut event = event(day("2026-11-24"), 1440, "FREQ=DAILY;UNTIL=20261126T000000Z");
    let midnight = |text: &str| Moment::Fixed(utc(text).fixed_offset());
    event.recurrence.except.push(midnight("2026-11-25 00:00"));
    let moved = (midnight("2026-11-26 00:00"), spec(day("2026-11-30"), 1440));
    let days = |event: &CalendarEvent, zone: Tz| -> Vec<String> {
        let window = (utc("2026-11-01 00:00"), utc("2026-12-31 00:00"));
        let found = expand(event, window, &zone, &mut Steps::new(100_000)).occurrences;
        let on = |at: DateTime<Utc>| at.with_timezone(&zone).format("%d").to_string();
        found.iter().map(|one| format!("{} {}", one.key, on(one.start))).collect()
    };
    for zone in [New_York, London, chrono_tz::Pacific::Auckland, chrono_tz::Pacific::Kiritimati] {
        assert_eq!(days(&event, zone), ["2026-11-24 24", "2026-11-26 26"], "{zone}");
        let mut changed = event.clone();
        changed.recurrence.overrides.push(moved.clone());
        assert_eq!(days(&changed, zone), ["2026-11-24 24", "2026-11-26 30"], "{zone}");
        changed.recurrence.rule = "FREQ=DAILY;UNTIL=20261125T235959Z".to_owned();
        assert_eq!(days(&changed, zone), ["2026-11-24 24"], "{zone}");
    }
}

#[test]
fn what_is_taken_out_is_gone_by_instant_or_by_day() {
    let mut event = in_zone(London, "2026-11-16 09:30", "FREQ=DAILY;COUNT=5");
    event.recurrence.except = vec![
        day("2026-11-17"),
        Moment::Fixed(utc("2026-11-18 09:30").fixed_offset()),
        Moment::Zoned(naive("2026-11-19 10:30"), Berlin),
        Moment::Floating(naive("2026-11-20 08:00")),
    ];
    let expected = ["2026-11-16 11-16 09:30", "2026-11-20 11-20 09:30"];
    assert_eq!(shown(&event, "2026-11-01 00:00", "2026-12-01 00:00"), expected);
}

#[test]
fn changed_occurrences_take_their_place_whatever_their_number() {
    let mut event = in_zone(London, "2026-11-03 10:00", "FREQ=WEEKLY");
    event.spec.sequence = 9;
    let moved = Moment::Zoned(naive("2026-11-24 10:00"), London);
    event.recurrence.overrides.push((moved, spec(Moment::Zoned(naive("2026-11-26 15:00"), London), 30)));
    assert_eq!(
        shown(&event, "2026-11-23 00:00", "2026-12-02 00:00"),
        ["2026-11-24 11-26 15:00", "2026-12-01 12-01 10:00"]
    );
    assert_eq!(shown(&event, "2026-11-24 00:00", "2026-11-25 00:00"), Vec::<String>::new());
    assert_eq!(shown(&event, "2026-11-26 00:00", "2026-11-27 00:00"), ["2026-11-24 11-26 15:00"]);
    let far = Moment::Zoned(naive("2026-12-29 10:00"), London);
    event.recurrence.overrides.push((far, spec(Moment::Zoned(naive("2026-11-25 08:00"), London), 30)));
    let found = shown(&event, "2026-11-25 00:00", "2026-11-26 00:00");
    assert_eq!(found, ["2026-12-29 11-25 08:00"]);
}

#[test]
fn whole_days_are_the_leads_days() {
    let mut event = event(day("2026-02-19"), 1440, "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260305");
    let named = Moment::Zoned(naive("2026-02-26 00:00"), Berlin);
    event.recurrence.overrides.push((named, spec(day("2026-02-27"), 1440)));
    let found = expand(
        &event,
        (utc("2026-02-20 00:00"), utc("2026-03-10 00:00")),
        &New_York,
        &mut Steps::new(100_000),
    );
    let keys: Vec<&str> = found.occurrences.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["2026-02-19", "2026-02-24", "2026-02-26", "2026-03-03", "2026-03-05"]);
    assert!(found.occurrences.iter().all(|one| one.all_day && one.end - one.start == Duration::days(1)));
    assert_eq!(found.occurrences[2].start, utc("2026-02-27 05:00"));
}

#[test]
fn several_on_one_day_carry_their_time() {
    let mut event = in_zone(London, "2026-11-23 09:00", "FREQ=DAILY;BYHOUR=9,15;COUNT=4");
    event.recurrence.extra.push(Moment::Zoned(naive("2026-11-26 12:00"), London));
    event.recurrence.except.push(Moment::Zoned(naive("2026-11-24 09:00"), London));
    let expected = [
        "2026-11-23T0900 11-23 09:00",
        "2026-11-23T1500 11-23 15:00",
        "2026-11-24T1500 11-24 15:00",
        "2026-11-26 11-26 12:00",
    ];
    assert_eq!(shown(&event, "2026-11-01 00:00", "2026-12-01 00:00"), expected);
    assert_eq!(shown(&event, "2026-11-24 14:00", "2026-11-24 15:30"), ["2026-11-24T1500 11-24 15:00"]);
}

#[test]
fn a_broken_rule_leaves_the_first_with_a_remark() {
    let event = in_zone(London, "2026-11-23 09:00", "FREQ=SOMETIMES");
    let found =
        expand(&event, (utc("2026-11-01 00:00"), utc("2027-12-01 00:00")), &London, &mut Steps::new(100_000));
    assert_eq!(found.occurrences.len(), 1);
    assert!(found.is_faulty);
}

#[test]
fn endless_rules_stop_and_say_so() {
    let event = in_zone(London, "1997-01-01 09:00", "FREQ=SECONDLY");
    let found =
        expand(&event, (utc("2026-11-01 00:00"), utc("2026-12-01 00:00")), &London, &mut Steps::new(100_000));
    assert!(found.is_thinned);
    let daily = in_zone(London, "1997-01-01 09:00", "FREQ=DAILY");
    assert_eq!(shown(&daily, "2026-11-23 00:00", "2026-11-24 00:00"), ["2026-11-23 11-23 09:00"]);
}

#[test]
fn meetings_under_way_touch_the_window() {
    let long = event(Moment::Zoned(naive("2026-11-20 09:00"), London), 5 * 1440, "FREQ=MONTHLY");
    assert_eq!(shown(&long, "2026-11-23 00:00", "2026-11-24 00:00"), ["2026-11-20 11-20 09:00"]);
    let short = event(Moment::Floating(naive("2026-11-23 09:00")), 0, "");
    assert_eq!(shown(&short, "2026-11-23 09:00", "2026-11-23 10:00"), [" 11-23 09:00"]);
    assert!(shown(&short, "2026-11-23 10:00", "2026-11-23 11:00").is_empty());
}

#[test]
fn a_change_of_one_and_all_that_follow_moves_them_by_as_much() {
    let mut event = in_zone(London, "2026-11-03 10:00", "FREQ=WEEKLY");
    let mut later = spec(Moment::Zoned(naive("2026-11-18 15:00"), London), 30);
    later.title = "Late sync".to_owned();
    event.recurrence.following.push((Moment::Zoned(naive("2026-11-17 10:00"), London), later));
    let once = Moment::Zoned(naive("2026-12-01 10:00"), London);
    event.recurrence.overrides.push((once, spec(Moment::Zoned(naive("2026-12-01 08:00"), London), 60)));
    event.recurrence.except.push(Moment::Zoned(naive("2026-12-08 10:00"), London));
    let window = ("2026-11-09 00:00", "2026-12-17 00:00");
    assert_eq!(
        shown(&event, window.0, window.1),
        [
            "2026-11-10 11-10 10:00",
            "2026-11-17 11-18 15:00",
            "2026-11-24 11-25 15:00",
            "2026-12-01 12-01 08:00",
            "2026-12-15 12-16 15:00",
        ]
    );
    assert_eq!(shown(&event, "2026-11-25 00:00", "2026-11-26 00:00"), ["2026-11-24 11-25 15:00"]);
    let found = expand(&event, (utc(window.0), utc(window.1)), &London, &mut Steps::new(100_000));
    assert_eq!(
        (found.occurrences[2].spec.title.as_str(), found.occurrences[2].spec.minutes),
        ("Late sync", 30)
    );
}

#[test]
fn a_change_of_a_start_that_is_gone_is_not_shown() {
    let mut event = in_zone(London, "2026-11-03 10:00", "FREQ=WEEKLY;UNTIL=20261124T100000Z");
    let change = |day: &str| {
        (
            Moment::Zoned(naive(&format!("{day} 10:00")), London),
            spec(Moment::Zoned(naive(&format!("{day} 12:00")), London), 30),
        )
    };
    event.recurrence.overrides =
        ["2026-11-10", "2026-11-11", "2026-11-17", "2026-12-01"].map(change).to_vec();
    event.recurrence.except.push(Moment::Zoned(naive("2026-11-17 10:00"), London));
    assert_eq!(
        shown(&event, "2026-11-01 00:00", "2026-12-31 00:00"),
        ["2026-11-03 11-03 10:00", "2026-11-10 11-10 12:00", "2026-11-24 11-24 10:00"]
    );
    assert!(shown(&event, "2026-12-01 00:00", "2026-12-02 00:00").is_empty());
}

#[test]
fn what_was_changed_here_wins_and_keeps_its_key() {
    let mut single = in_zone(London, "2026-11-24 10:00", "");
    let start = single.spec.start.clone();
    single.recurrence.by_hand.push((start, spec(Moment::Zoned(naive("2026-11-26 15:00"), London), 60)));
    assert!(shown(&single, "2026-11-24 00:00", "2026-11-25 00:00").is_empty());
    assert_eq!(shown(&single, "2026-11-26 00:00", "2026-11-27 00:00"), [" 11-26 15:00"]);
    let mut series = in_zone(London, "2026-11-24 10:00", "FREQ=WEEKLY");
    let second = Moment::Zoned(naive("2026-12-01 10:00"), London);
    let to = |text: &str| spec(Moment::Zoned(naive(text), London), 60);
    series.recurrence.overrides.push((second.clone(), to("2026-12-01 12:00")));
    series
        .recurrence
        .by_hand
        .push((Moment::Fixed(utc("2026-12-01 10:00").fixed_offset()), to("2026-12-02 09:00")));
    assert_eq!(shown(&series, "2026-12-01 00:00", "2026-12-08 00:00"), ["2026-12-01 12-02 09:00"]);
}

#[test]
fn several_rules_add_up_and_one_that_ends_before_it_begins_gives_nothing() {
    let both = in_zone(
        London,
        "2026-11-24 10:00",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=2\nFREQ=MONTHLY;BYMONTHDAY=24;COUNT=2",
    );
    assert_eq!(
        shown(&both, "2026-11-01 00:00", "2027-02-01 00:00"),
        ["2026-11-24 11-24 10:00", "2026-12-01 12-01 10:00", "2026-12-24 12-24 10:00"]
    );
    let over = in_zone(London, "2026-11-24 10:00", "FREQ=WEEKLY;UNTIL=20261123T000000Z");
    assert!(shown(&over, "2026-11-01 00:00", "2027-02-01 00:00").is_empty());
}

#[test]
fn the_start_of_a_series_is_the_first_that_is_counted_wherever_the_rule_comes() {
    let window = ("2026-11-01 00:00", "2027-02-01 00:00");
    let tuesday = in_zone(London, "2026-11-24 10:00", "FREQ=WEEKLY;BYDAY=TH;COUNT=3");
    let days = ["2026-11-24 11-24 10:00", "2026-11-26 11-26 10:00", "2026-12-03 12-03 10:00"];
    assert_eq!(shown(&tuesday, window.0, window.1), days);
    let once = in_zone(London, "2026-11-24 10:00", "FREQ=HOURLY;BYHOUR=9;COUNT=1");
    assert_eq!(shown(&once, window.0, window.1), days[..1]);
    let thursday = in_zone(London, "2026-11-26 10:00", "FREQ=WEEKLY;BYDAY=TH;COUNT=2");
    assert_eq!(shown(&thursday, window.0, window.1), days[1..]);
}

#[test]
fn hours_of_a_rule_say_nothing_of_whole_days() {
    let event = event(day("2026-11-24"), 1440, "FREQ=DAILY;BYHOUR=9,15;BYMINUTE=30;COUNT=2");
    assert_eq!(
        shown(&event, "2026-11-01 00:00", "2026-12-01 00:00"),
        ["2026-11-24 11-24 00:00", "2026-11-25 11-25 00:00"]
    );
}

#[test]
fn the_starts_of_a_rule_that_leaves_out_do_not_take_place() {
    let window = ("2026-06-01 00:00", "2026-06-09 00:00");
    let rule = "FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU\nEXRULE:FREQ=DAILY;COUNT=2";
    let days = [
        "2026-06-03 06-03 08:30",
        "2026-06-04 06-04 08:30",
        "2026-06-05 06-05 08:30",
        "2026-06-08 06-08 08:30",
    ];
    assert_eq!(shown(&in_zone(London, "2026-06-01 09:30", rule), window.0, window.1), days);
    let whole =
        event(day("2026-06-01"), 1440, "FREQ=DAILY;COUNT=3\nEXRULE:FREQ=YEARLY;BYMONTHDAY=2;BYMONTH=6");
    assert_eq!(shown(&whole, window.0, window.1).len(), 2);
    // A change of a day that is left out has no day any more.
    let mut changed = in_zone(London, "2026-06-01 09:30", "FREQ=DAILY;COUNT=2\nEXRULE:FREQ=DAILY;COUNT=1");
    let start = Moment::Zoned(naive("2026-06-01 09:30"), London);
    changed.recurrence.overrides.push((start.clone(), spec(start, 30)));
    assert_eq!(shown(&changed, window.0, window.1), ["2026-06-02 06-02 08:30"]);
}
