//! What is done by hand to meetings, also when their calendar comes again.

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::domain::record::{Kind, RecordKey};
use crate::ops::kit::{day, desk_at, entry, go, meet, reflection, refusal};
use crate::ops::meetings::MeetingChange;

const SERIES: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Brand council\r\n\
    DTSTART;TZID=Europe/London:20261124T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:c@b\r\nSUMMARY:Budget\r\nDTSTART:20261125T100000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

fn desk() -> Desk {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    desk.import_calendar("a.ics", SERIES).unwrap();
    desk
}

fn key(text: &str) -> OccurrenceKey {
    text.parse().unwrap()
}

fn shown(desk: &Desk) -> Vec<String> {
    let found = desk.meetings(day("2026-11-23"), day("2026-12-31")).unwrap();
    found.iter().map(|one| format!("{} {}", one.key, one.start.format("%m-%d %H:%M"))).collect()
}

#[test]
fn one_of_a_series_is_cancelled_and_moved_and_stays_so_when_its_calendar_comes_again() {
    let mut desk = desk();
    desk.cancel_meeting(&key("M-1@2026-11-24")).unwrap();
    let label = desk.move_meeting_to(&key("M-1@2026-12-01"), "2 Dec 15:00").unwrap().label;
    assert_eq!(label, "Moved M-1@2026-12-01 Brand council to Wed 2 Dec 15:00");
    desk.move_meeting(&key("M-2"), "2026-11-26T08:30:00".parse().unwrap(), Some(30)).unwrap();
    let expected = ["M-2 11-26 08:30", "M-1@2026-12-01 12-02 15:00", "M-1@2026-12-08 12-08 10:00"];
    assert_eq!(shown(&desk), expected);
    let again = desk.import_calendar("a.ics", SERIES).unwrap();
    assert_eq!((again.unchanged, again.operation), (2, None));
    assert_eq!(shown(&desk), expected);
    let renamed = SERIES.replace("Brand council", "Brand room").replace("PT1H\r\nEND", "PT2H\r\nEND");
    // The length of the one was set here, and is told beside what the calendar says of it now.
    let again = desk.import_calendar("a.ics", &renamed).unwrap();
    assert_eq!((again.updated, again.conflicts), (1, 1));
    assert_eq!(shown(&desk), expected);
    desk.move_meeting_to(&key("M-1@2026-12-01"), "2026-12-03 09:00").unwrap();
    assert_eq!(shown(&desk)[1], "M-1@2026-12-01 12-03 09:00");
    desk.undo(None).unwrap();
    assert_eq!(shown(&desk), expected);
}

#[test]
fn an_edit_of_nothing_but_the_time_is_a_move() {
    let mut desk = desk();
    let start = |text: &str| MeetingChange { start: Some(text.parse().unwrap()), ..MeetingChange::default() };
    desk.edit_meeting(&key("M-2"), &start("2026-11-27T10:00:00")).unwrap();
    assert_eq!(desk.meeting(&key("M-2")).unwrap().start.format("%m-%d %H:%M").to_string(), "11-27 10:00");
}

#[test]
fn cancelling_takes_one_day_of_a_series_and_can_be_undone() {
    let mut desk = desk();
    let refused = refusal(desk.cancel_meeting(&key("M-1")));
    assert_eq!(refused, "M-1 comes again and again; say which day of it, like M-1@2026-11-24");
    desk.end_meetings(&[key("M-2")]).unwrap();
    assert_eq!(shown(&desk).len(), 3);
    assert_eq!(refusal(desk.cancel_meeting(&key("M-2"))), "M-2 is cancelled already");
    desk.undo(None).unwrap();
    assert_eq!(shown(&desk).len(), 4);
    assert_eq!(refusal(desk.move_meeting_to(&key("M-2"), "soon")), "a day and a time, like tomorrow 14:00");
}

#[test]
fn a_typed_meeting_is_changed_itself_and_removed_for_good() {
    let mut desk = desk();
    let typed = meet(&mut desk, "Board", "2026-11-24T14:00", MeetingKind::Leadership, &["Kim"]);
    desk.move_meeting_to(&typed, "25 Nov 16:00").unwrap();
    assert_eq!(desk.meeting(&typed).unwrap().start.format("%m-%d %H:%M").to_string(), "11-25 16:00");
    desk.cancel_meeting(&typed).unwrap();
    assert_eq!(shown(&desk).len(), 4);
    desk.undo(None).unwrap();
    desk.remove_meeting(&typed).unwrap();
    assert!(desk.meeting(&typed).is_err());
    desk.undo(None).unwrap();
    assert_eq!(desk.meeting(&typed).unwrap().title, "Board");
}

#[test]
fn a_removed_series_stays_away_and_what_was_reflected_on_stays() {
    let mut desk = desk();
    desk.remove_meeting(&key("M-1")).unwrap();
    assert_eq!(shown(&desk), ["M-2 11-25 10:00"]);
    desk.import_calendar("a.ics", &SERIES.replace("Brand council", "Brand room")).unwrap();
    assert_eq!(shown(&desk), ["M-2 11-25 10:00"]);
    desk.undo(None).unwrap();
    desk.undo(None).unwrap();
    assert_eq!(shown(&desk).len(), 4);
    let past = meet(&mut desk, "Board", "2026-11-20T10:00", MeetingKind::Leadership, &[]);
    let entry = reflection(&desk, &past);
    desk.reflect(&entry).unwrap();
    assert!(refusal(desk.remove_meeting(&past)).ends_with("was reflected on and stays"));
}

fn cancelled(desk: &Desk) -> Vec<String> {
    let found = desk.cancelled_meetings(day("2026-11-23"), day("2026-12-31")).unwrap();
    found.iter().map(|one| one.key.to_string()).collect()
}

#[test]
fn a_cancelled_day_is_found_and_comes_back_as_its_calendar_has_it() {
    let mut desk = desk();
    let all = shown(&desk);
    let row = desk.store.meeting(MeetingId(1)).unwrap();
    for one in ["M-1@2026-11-24", "M-2"] {
        desk.cancel_meeting(&key(one)).unwrap();
        assert_eq!(desk.meeting(&key(one)).unwrap().status, MeetingStatus::Cancelled);
        assert_eq!(cancelled(&desk), [one]);
        assert_eq!(refusal(desk.move_meeting_to(&key(one), "2 Dec 15:00")), format!("{one} is cancelled"));
        let committed = desk.reinstate_meeting(&key(one)).unwrap();
        assert!(committed.label.starts_with(&format!("Brought back {one} B")), "{}", committed.label);
        assert_eq!((shown(&desk), cancelled(&desk)), (all.clone(), Vec::new()));
        desk.undo(None).unwrap();
        assert_eq!(cancelled(&desk), [one]);
        desk.reinstate_meeting(&key(one)).unwrap();
    }
    assert_eq!(desk.store.meeting(MeetingId(1)).unwrap(), row, "it follows its calendar again");
    assert_eq!(refusal(desk.reinstate_meeting(&key("M-2"))), "M-2 is not cancelled");
}

#[test]
fn a_meeting_that_was_moved_and_cancelled_comes_back_where_it_was_moved_to() {
    let mut desk = desk();
    let one = key("M-1@2026-12-01");
    desk.move_meeting_to(&one, "2 Dec 15:00").unwrap();
    let moved = shown(&desk);
    desk.cancel_meeting(&one).unwrap();
    desk.reinstate_meeting(&one).unwrap();
    assert_eq!(shown(&desk), moved);
}

#[test]
fn what_its_calendar_cancelled_comes_back_and_stays_when_the_same_calendar_comes_again() {
    let mut desk = desk();
    let called_off = SERIES.replace("SUMMARY:Budget", "STATUS:CANCELLED\r\nSUMMARY:Budget");
    desk.import_calendar("a.ics", &called_off).unwrap();
    assert_eq!(cancelled(&desk), ["M-2"]);
    desk.reinstate_meeting(&key("M-2")).unwrap();
    desk.import_calendar("a.ics", &called_off).unwrap();
    assert_eq!((shown(&desk).len(), cancelled(&desk)), (4, Vec::new()));
    let gone = SERIES.replace("UID:c@b", "UID:d@b");
    desk.import_calendar("a.ics", &gone).unwrap();
    assert_eq!(cancelled(&desk), [] as [&str; 0]);
    let series = SERIES.replace("SUMMARY:Brand", "STATUS:CANCELLED\r\nSUMMARY:Brand");
    desk.import_calendar("a.ics", &series).unwrap();
    let refused = refusal(desk.reinstate_meeting(&key("M-1")));
    assert_eq!(refused, "M-1 is called off by its calendar as a whole; say which day of it takes place");
    desk.reinstate_meeting(&key("M-1@2026-12-01")).unwrap();
    assert!(shown(&desk).contains(&"M-1@2026-12-01 12-01 10:00".to_owned()));
}

#[test]
fn a_removed_series_comes_back_by_its_own_key() {
    let mut desk = desk();
    let all = shown(&desk);
    desk.remove_meeting(&key("M-1")).unwrap();
    assert_eq!(cancelled(&desk), ["M-1"]);
    assert_eq!(desk.reinstate_meeting(&key("M-1")).unwrap().label, "Brought back meeting M-1 Brand council");
    assert_eq!(shown(&desk), all);
}

#[test]
fn what_was_reflected_on_is_not_moved_to_a_time_that_is_still_to_come() {
    let mut desk = desk();
    let typed = meet(&mut desk, "Board", "2026-11-23T08:00", MeetingKind::Leadership, &["Kim"]);
    let told = reflection(&desk, &typed);
    desk.reflect(&told).unwrap();
    let to = |text: &str| text.parse().unwrap();
    let refused = refusal(desk.move_meeting(&typed, to("2026-11-25T08:00:00"), None));
    assert_eq!(refused, "M-3 was reflected on as of Mon 23 Nov, so it cannot be still to come");
    let start = MeetingChange { start: Some(to("2026-11-25T08:00:00")), ..MeetingChange::default() };
    assert_eq!(refusal(desk.edit_meeting(&typed, &start)), refused);
    // A time that was typed wrong is put right.
    desk.move_meeting(&typed, to("2026-11-20T08:00:00"), None).unwrap();
    assert_eq!(desk.meeting(&typed).unwrap().start.format("%m-%d").to_string(), "11-20");
}

#[test]
fn a_meeting_is_moved_to_no_year_that_cannot_be_kept() {
    let mut desk = desk();
    let typed = meet(&mut desk, "Board", "2026-11-24T08:00", MeetingKind::Leadership, &["Kim"]);
    for year in [262_142, 10_000, 0, -1] {
        let start = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(10, 0, 0).unwrap();
        let refused = refusal(desk.move_meeting(&typed, start, None));
        assert_eq!(refused, format!("{year} is no year for a meeting"));
    }
    assert_eq!(desk.meeting(&typed).unwrap().start.format("%F").to_string(), "2026-11-24");
}

#[test]
fn a_meeting_that_was_waved_off_and_moves_is_owed_again() {
    let mut desk = desk_at("2026-11-23T12:00:00+00:00");
    let sync = meet(&mut desk, "Sync", "2026-11-23T08:00", MeetingKind::Leadership, &["Kim"]);
    desk.end_meetings(std::slice::from_ref(&sync)).unwrap();
    desk.move_meeting_to(&sync, "tomorrow 10:00").unwrap();
    go(&mut desk, "2026-11-25");
    let meetings = desk.meetings(day("2026-11-23"), day("2026-11-25")).unwrap();
    assert_eq!(desk.owed_among(&meetings).unwrap().len(), 1);
}

#[test]
fn a_typed_meeting_that_something_names_is_only_switched_off() {
    let mut desk = desk_at("2026-11-23T12:00:00+00:00");
    let sync = meet(&mut desk, "Sync", "2026-11-24T08:00", MeetingKind::Leadership, &["Kim"]);
    let words = [("text", "Send it"), ("who", "Kim"), ("meeting", "M-1")];
    entry(&mut desk, Kind::Promise, &words);
    desk.remove_meeting(&sync).unwrap();
    assert!(shown(&desk).is_empty(), "{:?}", shown(&desk));
    assert_eq!(desk.title_of(&RecordKey::Meeting(sync.clone())).unwrap(), "Sync");
    desk.reinstate_meeting(&sync).unwrap();
    assert_eq!(shown(&desk).len(), 1);
}

#[test]
fn a_typed_meeting_with_a_link_is_only_switched_off() {
    let mut desk = desk_at("2026-11-23T12:00:00+00:00");
    let sync = meet(&mut desk, "Sync", "2026-11-24T08:00", MeetingKind::Leadership, &["Kim"]);
    crate::ops::kit::request(&mut desk, "Slides");
    desk.link(&RecordKey::Meeting(sync.clone()), &"R-1".parse().unwrap()).unwrap();
    desk.remove_meeting(&sync).unwrap();
    assert_eq!(desk.title_of(&RecordKey::Meeting(sync)).unwrap(), "Sync");
}
