//! Calendars of which something is gone when they come again.

use crate::domain::meeting::{MeetingStatus, OccurrenceKey};
use crate::domain::reflection::Reflection;
use crate::import::calendar::{OwnNames, read_calendar};
use crate::ops::Desk;
use crate::ops::import::CalendarReport;
use crate::ops::kit::{day, desk_at, go};

/// Events by id, title and day, in November 2026.
fn calendar(events: &[(&str, &str, u32)]) -> String {
    let event = |(uid, title, day): &(&str, &str, u32)| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nDTSTART:202611{day:02}T100000Z\nDURATION:PT1H\nEND:VEVENT\n"
        )
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

fn take(desk: &mut Desk, files: &[(&str, &str)]) -> CalendarReport {
    let read = |(name, text): &(&str, &str)| {
        let found = read_calendar(text.as_bytes(), &OwnNames::new(&[]));
        ((*name).to_owned(), found.map_err(|error| error.to_string()))
    };
    desk.take_calendars(files.iter().map(read).collect(), false).unwrap()
}

fn titles(desk: &Desk) -> Vec<String> {
    let meetings = desk.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
    meetings.into_iter().map(|meeting| meeting.title).collect()
}

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

const WORK: [(&str, &str, u32); 2] = [("w1", "Council", 24), ("w2", "Weekly", 25)];
const TEAM: [(&str, &str, u32); 2] = [("t1", "Standup", 24), ("t2", "Retro", 27)];

#[test]
fn what_is_gone_from_a_file_is_told_and_cancelled_and_comes_back_with_undo() {
    let mut desk = desk();
    let (work, team) = (calendar(&WORK), calendar(&TEAM));
    take(&mut desk, &[("/a/team.ics", &team), ("/a/work.ics", &work)]);
    let again = take(&mut desk, &[("/a/team.ics", &team), ("/a/work.ics", &work)]);
    assert_eq!((again.unchanged, again.changed.len(), again.operation), (4, 0, None));
    let later = take(&mut desk, &[("/a/team.ics", &team), ("/b/work.ics", &calendar(&WORK[..1]))]);
    assert_eq!((later.vanished, later.cancelled, later.unchanged), (1, 1, 3));
    let gone = &later.changed[0];
    assert_eq!((gone.uid.as_str(), gone.has_vanished, gone.is_cancelled), ("w2", true, true));
    assert_eq!(titles(&desk), ["Standup", "Council", "Retro"]);
    desk.undo(None).unwrap();
    assert_eq!(titles(&desk), ["Standup", "Council", "Weekly", "Retro"]);
    take(&mut desk, &[("work.ics", &calendar(&WORK[..1]))]);
    let back = take(&mut desk, &[("work.ics", &work)]);
    assert_eq!((back.updated, titles(&desk).len()), (1, 4));
}

#[test]
fn what_another_calendar_still_has_stays() {
    let mut desk = desk();
    let both = calendar(&[WORK[0], WORK[1]]);
    take(&mut desk, &[("a.ics", &both), ("b.ics", &both)]);
    let report = take(&mut desk, &[("a.ics", &calendar(&WORK[..1]))]);
    assert_eq!((report.vanished, titles(&desk).len()), (0, 2));
    let report = take(&mut desk, &[("b.ics", &calendar(&WORK[..1]))]);
    assert_eq!((report.vanished, titles(&desk)), (1, vec!["Council".to_owned()]));
}

#[test]
fn a_file_that_is_another_one_a_part_or_a_mail_cancels_nothing() {
    let mut desk = desk();
    take(&mut desk, &[("work.ics", &calendar(&WORK))]);
    let other = take(&mut desk, &[("work.ics", &calendar(&TEAM))]);
    assert_eq!((other.vanished, other.created), (0, 2));
    assert!(other.problems[0].1.message.contains("nothing was cancelled"), "{:?}", other.problems);
    // Each of the two may come again and again.
    assert_eq!(take(&mut desk, &[("work.ics", &calendar(&WORK))]).vanished, 0);
    let cut = calendar(&WORK[..1]).replace("END:VCALENDAR\n", "BEGIN:VEVENT\nUID:w9\n");
    let mail = calendar(&WORK[..1]).replace("VERSION:2.0", "METHOD:REQUEST");
    let odd = calendar(&WORK).replacen("DTSTART:20261125T100000Z", "DTSTART:soon", 1);
    for text in [cut, mail, odd] {
        assert_eq!(take(&mut desk, &[("work.ics", &text)]).vanished, 0, "{text}");
    }
    assert_eq!(take(&mut desk, &[("-", &calendar(&WORK[..1]))]).vanished, 0);
    assert_eq!(titles(&desk).len(), 4);
}

#[test]
fn what_was_over_before_the_file_begins_is_only_out_of_its_sight() {
    let mut desk = desk();
    take(
        &mut desk,
        &[("work.ics", &calendar(&[("old", "Review", 3), ("mid", "Plan", 19), ("w1", "Council", 24)]))],
    );
    let report =
        take(&mut desk, &[("work.ics", &calendar(&[("w0", "Kick-off", 12), ("w1", "Council", 24)]))]);
    assert_eq!((report.vanished, report.changed[0].uid.as_str()), (1, "mid"));
    assert_eq!(titles(&desk), ["Review", "Kick-off", "Council"]);
}

/// A series of Mondays and what else there is, as a feed has it.
fn feed(series: &str, events: &[(&str, &str, u32)]) -> String {
    let begins = "BEGIN:VEVENT\nUID:weekly\nSUMMARY:Weekly\nDTSTART:20260105T090000Z\nDURATION:PT1H\n";
    calendar(events).replace("END:VCALENDAR", &format!("{begins}{series}\nEND:VEVENT\nEND:VCALENDAR"))
}

#[test]
fn a_feed_of_what_is_to_come_drops_what_took_place_and_tells_only_what_was_deleted() {
    let all = [
        ("a", "Kick-off", 23),
        ("b", "Council", 24),
        ("c", "Plan", 24),
        ("d", "Review", 25),
        ("e", "Retro", 26),
    ];
    for series in ["RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;UNTIL=20261207T090000Z"] {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        take(&mut desk, &[("work.ics", &feed(series, &all))]);
        for (now, from) in [("2026-11-24", 1), ("2026-11-25", 3)] {
            go(&mut desk, now);
            let report = take(&mut desk, &[("work.ics", &feed(series, &all[from..]))]);
            assert_eq!((report.vanished, report.operation), (0, None), "{now}");
        }
        assert_eq!(titles(&desk).iter().filter(|title| *title != "Weekly").count(), 5);
        // One that is to come was deleted, and what is over went as every morning.
        let report = take(&mut desk, &[("work.ics", &feed(series, &all[3..4]))]);
        assert_eq!((report.vanished, report.changed[0].uid.as_str()), (1, "e"));
    }
}

#[test]
fn a_feed_that_has_nothing_left_of_what_is_over_is_no_other_calendar() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    take(&mut desk, &[("work.ics", &calendar(&[("a", "Kick-off", 23), ("b", "Council", 24)]))]);
    go(&mut desk, "2026-11-26");
    let report = take(&mut desk, &[("work.ics", &calendar(&[("c", "Plan", 27)]))]);
    assert_eq!((report.vanished, report.problems.len(), report.created), (0, 0, 1), "{:?}", report.problems);
    let report = take(&mut desk, &[("work.ics", &calendar(&[("d", "Review", 30)]))]);
    assert_eq!(report.problems.len(), 1, "Plan is still to come");
}

#[test]
fn a_series_that_is_over_is_only_out_of_sight_too_and_one_odd_event_is_no_past() {
    let mut desk = desk_at("2026-11-20T09:00:00+00:00");
    let over = "RRULE:FREQ=WEEKLY;COUNT=46";
    let kept = ("h", "Holiday", 2);
    let all = [kept, ("a", "Kick-off", 23), ("b", "Council", 24), ("c", "Plan", 30)];
    take(&mut desk, &[("work.ics", &feed(over, &all))]);
    go(&mut desk, "2026-11-26");
    let report = take(&mut desk, &[("work.ics", &calendar(&[kept, all[3]]))]);
    assert_eq!((report.vanished, report.operation), (0, None), "{:?}", report.changed);
    // A calendar that keeps its past has lost one.
    let report = take(&mut desk, &[("work.ics", &feed(over, &[kept, all[1], all[3]]))]);
    assert_eq!((report.vanished, report.changed[0].uid.as_str()), (1, "b"));
}

#[test]
fn what_is_over_counts_by_the_zone_of_each_event() {
    // Eight in the evening in New York on the 23rd is one in the morning here, and still to come.
    let evening = "BEGIN:VEVENT\nUID:ny\nSUMMARY:Call\nDTSTART;TZID=America/New_York:20261123T200000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR";
    let later = calendar(&[("a", "Plan", 24)]);
    let mut desk = desk_at("2026-11-24T00:30:00+00:00");
    take(&mut desk, &[("work.ics", &later.replace("END:VCALENDAR", evening))]);
    assert_eq!(take(&mut desk, &[("work.ics", &later)]).vanished, 1);
}

#[test]
fn what_was_reflected_on_stays() {
    let mut desk = desk_at("2026-11-26T09:00:00+00:00");
    take(&mut desk, &[("work.ics", &calendar(&WORK))]);
    let found = desk.meetings(day("2026-11-25"), day("2026-11-25")).unwrap();
    let key: OccurrenceKey = found[0].key.clone();
    let reflection = Reflection {
        meeting: key.clone(),
        stance: 4,
        presence: None,
        first: None,
        expansion: None,
        contraction: None,
        touched: None,
        moment: "They asked first".to_owned(),
        if_then: String::new(),
        came_up: Vec::new(),
        kept: None,
        forced_over: None,
        written: desk.stamp().at,
    };
    desk.reflect(&reflection).unwrap();
    assert_eq!(take(&mut desk, &[("work.ics", &calendar(&WORK[..1]))]).vanished, 1);
    let meeting = desk.meeting(&key).unwrap();
    assert!(meeting.is_reflected && meeting.status == MeetingStatus::Cancelled);
    assert_eq!(titles(&desk).len(), 2);
}

#[test]
fn a_series_that_ends_keeps_what_took_place_whoever_ends_it() {
    let series = "BEGIN:VEVENT\nUID:r\nSUMMARY:Weekly\nDTSTART:20261103T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n";
    let day_of = |at: u32, to: &str| {
        format!(
            "BEGIN:VEVENT\nUID:r\nSUMMARY:Moved\nRECURRENCE-ID:202611{at}T100000Z\nDTSTART:{to}T100000Z\nDURATION:PT1H\nEND:VEVENT\n"
        )
    };
    let other = calendar(&[("w1", "Council", 25)]);
    let with = other.replace(
        "END:VCALENDAR",
        &format!("{series}{}{}END:VCALENDAR", day_of(10, "20261112"), day_of(24, "20261126")),
    );
    let off = |lines: &str| {
        format!(
            "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:r\nSUMMARY:Weekly\nSEQUENCE:1\nDTSTART:20261103T100000Z\n{lines}END:VEVENT\nEND:VCALENDAR\n"
        )
    };
    let (short, long) = (off(""), off("RRULE:FREQ=WEEKLY\n"));
    let held = ["Weekly", "Moved", "Weekly", "Council"];
    for (name, text) in [("work.ics", &other), ("mail.ics", &short), ("mail.ics", &long)] {
        let mut desk = desk();
        take(&mut desk, &[("work.ics", &with)]);
        let report = take(&mut desk, &[(name, text)]);
        assert_eq!((report.cancelled, titles(&desk)), (1, held.map(str::to_owned).to_vec()), "{text}");
        let refused = desk.reinstate_meeting(&"M-2".parse().unwrap()).unwrap_err().to_string();
        assert!(refused.contains("say which day"), "{refused}");
        go(&mut desk, "2026-12-07");
        assert_eq!(take(&mut desk, &[(name, text)]).operation, None);
        assert_eq!(titles(&desk), held);
        take(&mut desk, &[("work.ics", &with)]);
        // A higher number than the calendar has counts on; without one it takes place again.
        assert_eq!(titles(&desk).len() > held.len(), name == "work.ics");
    }
    // One that has yet to begin goes as a whole.
    let mut desk = desk();
    take(&mut desk, &[("work.ics", &with.replace("20261103T", "20261201T"))]);
    take(&mut desk, &[("work.ics", &other)]);
    assert_eq!(titles(&desk), ["Council"]);
}

#[test]
fn a_mail_is_no_calendar_that_still_has_an_event() {
    let mut desk = desk();
    let mail = calendar(&WORK[1..]).replace("VERSION:2.0", "METHOD:REQUEST");
    take(&mut desk, &[("invite.ics", &mail)]);
    take(&mut desk, &[("my.ics", &calendar(&WORK))]);
    assert_eq!(take(&mut desk, &[("my.ics", &calendar(&WORK[..1])), ("invite.ics", &mail)]).vanished, 1);
    assert_eq!(titles(&desk), ["Council"]);
    // One that no calendar ever had stays.
    take(&mut desk, &[("other.ics", &mail.replace("w2", "w3"))]);
    take(&mut desk, &[("my.ics", &calendar(&WORK[..1]))]);
    assert_eq!(titles(&desk), ["Council", "Weekly"]);
}

#[test]
fn two_calendars_of_one_file_name_are_told_apart_by_what_they_call_themselves() {
    let named = |name: &str, events: &[(&str, &str, u32)]| {
        calendar(events).replace("VERSION:2.0", &format!("X-WR-CALNAME:{name}"))
    };
    let shared = ("s", "All hands", 26);
    let (me, team) = (named("Me", &[WORK[0], shared]), named("Team", &[TEAM[0], shared]));
    let mut desk = desk();
    take(&mut desk, &[("/a/basic.ics", &me)]);
    for _ in 0..2 {
        assert_eq!(take(&mut desk, &[("/b/basic.ics", &team)]).vanished, 0);
        assert_eq!(take(&mut desk, &[("/a/basic.ics", &me)]).vanished, 0);
    }
    assert_eq!(titles(&desk).len(), 3);
    let report = take(&mut desk, &[("basic.ics", &named("Team", &[shared]))]);
    assert_eq!((report.vanished, report.changed[0].uid.as_str()), (1, "t1"));
    // One that is called nothing may be any of its file.
    take(&mut desk, &[("plain.ics", &calendar(&WORK))]);
    assert_eq!(take(&mut desk, &[("plain.ics", &named("Me", &WORK[..1]))]).vanished, 1);
}

#[test]
fn what_was_removed_here_is_told_no_more() {
    let mut desk = desk();
    take(&mut desk, &[("work.ics", &feed("RRULE:FREQ=WEEKLY", &WORK[..1]))]);
    let row = desk.store.meeting(crate::domain::ids::MeetingId(2)).unwrap();
    assert_eq!(row.event.uid, "weekly");
    desk.remove_meeting(&"M-2".parse().unwrap()).unwrap();
    let report = take(&mut desk, &[("work.ics", &feed("RRULE:FREQ=DAILY", &WORK[..1]))]);
    assert_eq!((report.updated, report.unchanged, report.changed.len()), (0, 2, 0));
    let report = take(&mut desk, &[("work.ics", &calendar(&WORK[..1]))]);
    assert_eq!((report.vanished, report.cancelled, report.changed.len()), (0, 0, 0));
    assert_eq!(titles(&desk), ["Council"]);
}

#[test]
fn a_calendar_that_is_renamed_is_the_same_one() {
    let named = |name: &str, events: &[(&str, &str, u32)]| {
        calendar(events).replace("VERSION:2.0", &format!("X-WR-CALNAME:{name}"))
    };
    let all = [WORK[0], WORK[1], ("w3", "Plan", 26)];
    let (fewer, before) = ([all[0], all[2]], named("Work", &all));
    let now = named("Work 2026", &fewer);
    // At once, and after it came whole.
    for between in [None, Some(named("Work 2026", &all))] {
        let mut desk = desk();
        take(&mut desk, &[("/a/cal.ics", &before)]);
        if let Some(text) = &between {
            assert_eq!(take(&mut desk, &[("/a/cal.ics", text)]).vanished, 0, "{text}");
        }
        let report = take(&mut desk, &[("/a/cal.ics", &now)]);
        assert_eq!((report.vanished, report.changed[0].uid.as_str()), (1, "w2"), "{between:?}");
        assert_eq!((titles(&desk).len(), take(&mut desk, &[("/a/cal.ics", &now)]).operation), (2, None));
        take(&mut desk, &[("/a/cal.ics", &before)]);
        assert_eq!(titles(&desk).len(), 3, "called as before once more");
    }
    // Two that came together are two, however much of one the other has.
    let mut desk = desk();
    let other = named("Work 2026", &[all[0], all[2], ("t1", "Standup", 24)]);
    take(&mut desk, &[("/a/cal.ics", &named("Work", &fewer)), ("/b/cal.ics", &other)]);
    assert_eq!(take(&mut desk, &[("/a/cal.ics", &named("Work", &fewer))]).vanished, 0);
    assert_eq!(titles(&desk).len(), 3);
}

#[test]
fn guests_that_a_renamed_calendar_names_no_more_are_gone() {
    let mut desk = desk();
    let with = |name: &str, guest: &str| {
        calendar(&WORK).replace("VERSION:2.0", &format!("X-WR-CALNAME:{name}")).replacen(
            "DURATION",
            &format!("{guest}DURATION"),
            1,
        )
    };
    take(&mut desk, &[("cal.ics", &with("Work", "ATTENDEE;CN=Bo:mailto:bo@x.example\n"))]);
    assert_eq!(desk.meeting(&"M-1".parse().unwrap()).unwrap().attendees.len(), 1);
    take(&mut desk, &[("cal.ics", &with("Work 2026", ""))]);
    assert_eq!(desk.meeting(&"M-1".parse().unwrap()).unwrap().attendees, Vec::<String>::new());
}
