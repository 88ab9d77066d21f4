//! Meetings of some days, as days pass.

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::ops::kit::{day, desk_at, go, meet, move_clock, reflection, refusal};

/// Every Tuesday at ten for ten weeks from 24 November, in UTC; the second one is moved to Wednesday.
const WEEKLY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Brand council\r\n\
    DTSTART:20261124T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=10\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Brand council\r\nRECURRENCE-ID:20261201T100000Z\r\n\
    DTSTART:20261202T150000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn weekly() -> Desk {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    desk.import_calendar("a.ics", WEEKLY).unwrap();
    desk
}

fn starts(desk: &Desk, from: &str, to: &str) -> Vec<String> {
    let found = desk.meetings(day(from), day(to)).unwrap();
    found.iter().map(|meeting| meeting.start.format("%a %-d %R").to_string()).collect()
}

fn next(desk: &Desk) -> String {
    let key = "M-1".parse().unwrap();
    desk.meeting(&key).unwrap().start.format("%a %-d %b").to_string()
}

#[test]
fn a_series_is_expanded_for_the_days_asked_for_and_what_was_moved_stands_where_it_is() {
    let desk = weekly();
    assert_eq!(starts(&desk, "2026-11-23", "2026-11-29"), ["Tue 24 10:00"]);
    assert_eq!(starts(&desk, "2026-11-30", "2026-12-09"), ["Wed 2 15:00", "Tue 8 10:00"]);
    assert_eq!(starts(&desk, "2027-02-01", "2027-03-31"), [] as [&str; 0], "ten are over");
}

#[test]
fn a_series_without_a_day_is_its_next_meeting_and_its_last_once_it_is_over() {
    let mut desk = weekly();
    assert_eq!(next(&desk), "Tue 24 Nov");
    move_clock(&mut desk, "2026-11-24T10:30:00+00:00");
    assert_eq!(next(&desk), "Tue 24 Nov", "it is not over yet");
    move_clock(&mut desk, "2026-11-24T11:30:00+00:00");
    assert_eq!(next(&desk), "Wed 2 Dec");
    go(&mut desk, "2027-04-01");
    assert_eq!(next(&desk), "Tue 26 Jan");
}

#[test]
fn a_key_means_the_day_of_the_rule_also_after_a_move() {
    let desk = weekly();
    let moved = desk.meetings(day("2026-12-02"), day("2026-12-02")).unwrap().remove(0);
    assert!(moved.key.to_string().starts_with("M-1@2026-12-01"), "{}", moved.key);
    assert_eq!(desk.meeting(&moved.key).unwrap().start, moved.start);
    let none = "M-1@2026-11-26".parse().unwrap();
    assert!(refusal(desk.meeting(&none)).starts_with("there is no meeting M-1@2026-11-26"));
}

#[test]
fn days_are_those_of_the_leads_own_clock() {
    let mut desk = desk_at("2026-11-23T09:00:00-08:00");
    meet(&mut desk, "Late call", "2026-11-24T23:30", MeetingKind::Team, &[]);
    assert_eq!(starts(&desk, "2026-11-24", "2026-11-24"), ["Tue 24 23:30"]);
    assert_eq!(starts(&desk, "2026-11-25", "2026-11-25"), ["Tue 24 23:30"], "it reaches into Wednesday");
    assert_eq!(starts(&desk, "2026-11-26", "2026-11-26"), [] as [&str; 0]);
}

#[test]
fn meetings_stand_in_the_order_of_the_day() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    for start in ["2026-11-24T14:00", "2026-11-24T09:00", "2026-11-24T09:00"] {
        meet(&mut desk, "Board", start, MeetingKind::Team, &[]);
    }
    let keys: Vec<_> = desk.meetings(day("2026-11-24"), day("2026-11-24")).unwrap();
    assert_eq!(keys.iter().map(|it| it.key.meeting.0).collect::<Vec<_>>(), [2, 3, 1]);
}

#[test]
fn the_lead_is_not_listed_among_those_in_the_room() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    desk.config.own_names = vec!["Lea Ström".to_owned()];
    let key = meet(&mut desk, "Coffee", "2026-11-24T10:00", MeetingKind::Team, &["LEA STROM", "Kim"]);
    assert_eq!(desk.meeting(&key).unwrap().attendees, ["Kim"]);
}

#[test]
fn what_was_cancelled_is_shown_only_where_it_was_reflected_on() {
    let mut desk = weekly();
    move_clock(&mut desk, "2026-11-24T12:00:00+00:00");
    let key = desk.meetings(day("2026-11-24"), day("2026-11-24")).unwrap().remove(0).key;
    let reflection = reflection(&desk, &key);
    desk.reflect(&reflection).unwrap();
    // Series that end keep what took place, so that only a day that is cancelled by itself is.
    let off =
        "BEGIN:VEVENT\r\nUID:a@b\r\nRECURRENCE-ID:20261124T100000Z\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n";
    let cancelled = WEEKLY
        .replace("DURATION:PT1H\r\nRRULE", "STATUS:CANCELLED\r\nSEQUENCE:2\r\nDURATION:PT1H\r\nRRULE")
        .replace("END:VCALENDAR", &format!("{off}END:VCALENDAR"));
    desk.import_calendar("a.ics", &cancelled).unwrap();
    let found = desk.meetings(day("2026-11-23"), day("2026-12-20")).unwrap();
    assert!(found.iter().any(|it| it.is_reflected && it.status == MeetingStatus::Cancelled), "{found:?}");
    assert!(found.iter().all(|it| it.is_reflected || it.status != MeetingStatus::Cancelled));
}

#[test]
fn what_takes_no_place_in_the_leads_day_is_not_there_and_free_time_is_no_room() {
    let mut desk = desk_at("2026-11-25T09:00:00+00:00");
    desk.config.own_names = vec!["Robin Vale".to_owned(), "robin@x.example".to_owned()];
    let own = |answer: &str| format!("ATTENDEE;PARTSTAT={answer}:mailto:robin@x.example\n");
    let events = [
        ("Board yes", own("ACCEPTED")),
        ("Board no", own("DECLINED")),
        (
            "Board other",
            format!("{}ATTENDEE;CN=Maya;PARTSTAT=DECLINED:mailto:m@x.example\n", own("ACCEPTED")),
        ),
        ("Canceled: Board off", String::new()),
        ("Board focus", "TRANSP:TRANSPARENT\n".to_owned()),
        ("Away", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\n".to_owned()),
        ("Home", "X-GOOGLE-EVENT-TYPE:workingLocation\n".to_owned()),
    ];
    let event = |(number, (title, lines)): (usize, &(&str, String))| {
        format!(
            "BEGIN:VEVENT\nUID:{number}\nSUMMARY:{title}\nDTSTART:20261124T1{number}0000Z\nDURATION:PT1H\n{lines}END:VEVENT\n"
        )
    };
    let events: String = events.iter().enumerate().map(event).collect();
    desk.import_calendar("a.ics", &format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")).unwrap();
    let found = desk.meetings(day("2026-11-24"), day("2026-11-24")).unwrap();
    let rooms: Vec<(&str, &str)> = found.iter().map(|one| (one.title.as_str(), one.kind_name())).collect();
    let expected = [("Board yes", "leadership"), ("Board other", "leadership"), ("Board focus", "free")];
    assert_eq!(rooms, expected);
    let owed: Vec<String> = desk.owed_among(&found).unwrap().into_iter().map(|one| one.title).collect();
    assert_eq!(owed, ["Board other", "Board yes"]);
}

#[test]
fn a_day_that_was_moved_far_from_its_own_is_still_opened_moved_and_undone_by_its_key() {
    let mut desk = weekly();
    let key: OccurrenceKey = "M-1@2026-12-08".parse().unwrap();
    let key = desk.meeting(&key).unwrap().key;
    let at = |text: &str| text.parse().unwrap();
    desk.move_meeting(&key, at("2027-04-06T10:00:00"), None).unwrap();
    assert_eq!(desk.meeting(&key).unwrap().start.date_naive(), day("2027-04-06"));
    desk.move_meeting(&key, at("2027-04-07T10:00:00"), None).unwrap();
    assert_eq!(desk.meeting(&key).unwrap().start.date_naive(), day("2027-04-07"));
}
