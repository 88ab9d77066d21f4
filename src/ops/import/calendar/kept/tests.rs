//! Calendars that change what was changed and written about here.

use crate::domain::difference::Difference;
use crate::domain::meeting::{MeetingStatus, OccurrenceKey};
use crate::ops::Desk;
use crate::ops::import::CalendarReport;
use crate::ops::kit::{day, desk_at, go, move_clock, reflection};
use crate::ops::meetings::MeetingChange;

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

fn key(text: &str) -> OccurrenceKey {
    text.parse().unwrap()
}

/// Takes one event in.
fn take(desk: &mut Desk, lines: &str) -> CalendarReport {
    let text = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Sync\nDURATION:PT1H\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    desk.import_calendar("a.ics", &text).unwrap()
}

fn series(start: &str) -> String {
    format!("DTSTART:{start}Z\nRRULE:FREQ=WEEKLY;COUNT=4")
}

fn shown(desk: &Desk) -> Vec<String> {
    let found = desk.meetings(day("2026-11-09"), day("2026-12-31")).unwrap();
    found.iter().map(|one| format!("{} {}", one.key, one.start.format("%m-%d %H:%M"))).collect()
}

fn conflicts(report: &CalendarReport) -> Vec<String> {
    let told = |it: &Difference| format!("{}: {} / {}", it.title, it.both().0, it.both().1);
    report.changed.iter().flat_map(|event| event.conflicts.iter().map(told)).collect()
}

fn intend(desk: &mut Desk, at: &str) {
    let change = MeetingChange { intent: Some("a yes".to_owned()), ..MeetingChange::default() };
    desk.edit_meeting(&key(at), &change).unwrap();
}

#[test]
fn what_was_moved_and_cancelled_here_stays_when_its_series_gets_another_time_or_day() {
    for (start, moved_key, last) in [
        ("20261123T120000", "M-1@2026-11-30", "M-1@2026-12-14 12-14 12:00"),
        ("20261124T100000", "M-1@2026-12-01", "M-1@2026-12-15 12-15 10:00"),
    ] {
        let mut desk = desk();
        take(&mut desk, &series("20261123T100000"));
        desk.move_meeting_to(&key("M-1@2026-11-30"), "2026-12-01 15:00").unwrap();
        desk.cancel_meeting(&key("M-1@2026-12-07")).unwrap();
        let report = take(&mut desk, &series(start));
        let expected = format!("{moved_key} 12-01 15:00");
        assert_eq!((shown(&desk)[1..].to_vec(), report.conflicts), (vec![expected, last.to_owned()], 1));
        let told = conflicts(&report);
        assert!(told[0].starts_with("start of 2026-11-30: Tue 1 Dec 15:00 / "), "{told:?}");
        let again = take(&mut desk, &series(start));
        assert_eq!((again.unchanged, again.operation), (1, None));
        desk.undo(None).unwrap();
        assert_eq!(
            shown(&desk),
            ["M-1@2026-11-23 11-23 10:00", "M-1@2026-11-30 12-01 15:00", "M-1@2026-12-14 12-14 10:00"]
        );
    }
}

#[test]
fn what_was_written_and_reflected_on_goes_along_with_its_series() {
    let mut desk = desk();
    take(&mut desk, &series("20261116T100000"));
    intend(&mut desk, "M-1@2026-11-30");
    let entry = reflection(&desk, &key("M-1@2026-11-16"));
    desk.reflect(&entry).unwrap();
    let report = take(&mut desk, &series("20261117T100000"));
    assert_eq!((report.updated, conflicts(&report)), (1, Vec::new()));
    assert_eq!(desk.meeting(&key("M-1@2026-12-01")).unwrap().intent, "a yes");
    assert!(desk.meeting(&key("M-1@2026-11-17")).unwrap().is_reflected);
    assert_eq!(shown(&desk)[..2], ["M-1@2026-11-17 11-17 10:00", "M-1@2026-11-24 11-24 10:00"]);
    assert_eq!(desk.meetings(day("2026-11-16"), day("2026-11-16")).unwrap(), []);
    let began = |desk: &Desk| desk.entries().unwrap()[0].start.to_rfc3339();
    assert_eq!(began(&desk), "2026-11-17T10:00:00+00:00", "it counts where its meeting was");
    take(&mut desk, "DTSTART:20261118T100000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSEQUENCE:1");
    assert_eq!(began(&desk), "2026-11-18T10:00:00+00:00");
    desk.undo(None).unwrap();
    desk.undo(None).unwrap();
    assert_eq!(began(&desk), "2026-11-16T10:00:00+00:00");
    assert_eq!(desk.meeting(&key("M-1@2026-11-30")).unwrap().intent, "a yes");
}

#[test]
fn what_was_written_about_each_of_a_row_of_days_goes_along_one_by_one() {
    let mut desk = desk();
    take(&mut desk, "DTSTART:20261123T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE;COUNT=6");
    for on in ["23", "24", "25"] {
        intend(&mut desk, &format!("M-1@2026-11-{on}"));
    }
    take(&mut desk, "DTSTART:20261124T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=TU,WE,TH;COUNT=6");
    let found = desk.meetings(day("2026-11-23"), day("2026-11-30")).unwrap();
    let intents: Vec<&str> = found.iter().map(|one| one.intent.as_str()).collect();
    assert_eq!(intents, ["a yes", "a yes", "a yes"]);
}

#[test]
fn a_meeting_that_its_series_has_no_more_is_told_and_comes_back_with_it() {
    let mut desk = desk();
    take(&mut desk, &series("20261123T100000"));
    desk.move_meeting_to(&key("M-1@2026-12-14"), "2026-12-15 15:00").unwrap();
    intend(&mut desk, "M-1@2026-12-07");
    let report = take(&mut desk, "DTSTART:20261123T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2");
    let told =
        ["start of 2026-12-14: Tue 15 Dec 15:00 / nothing", "note of 2026-12-07: written here / nothing"];
    assert_eq!(conflicts(&report), told);
    assert_eq!(shown(&desk).len(), 2);
    take(&mut desk, &series("20261123T100000"));
    assert_eq!(shown(&desk)[3], "M-1@2026-12-14 12-15 15:00");
    assert_eq!(desk.meeting(&key("M-1@2026-12-07")).unwrap().intent, "a yes");
}

#[test]
fn a_single_meeting_that_begins_to_repeat_keeps_what_was_moved_and_written() {
    let mut desk = desk();
    take(&mut desk, "DTSTART:20261125T100000Z");
    intend(&mut desk, "M-1");
    desk.move_meeting_to(&key("M-1"), "2026-11-26 15:00").unwrap();
    take(&mut desk, "DTSTART:20261125T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2");
    assert_eq!(shown(&desk), ["M-1@2026-11-25 11-26 15:00", "M-1@2026-12-02 12-02 10:00"]);
    assert_eq!(desk.meeting(&key("M-1@2026-11-25")).unwrap().intent, "a yes");
    take(&mut desk, "DTSTART:20261125T100000Z");
    assert_eq!(shown(&desk), ["M-1 11-26 15:00"]);
    assert_eq!(desk.meeting(&key("M-1")).unwrap().intent, "a yes");
}

#[test]
fn what_is_brought_back_is_where_its_calendar_has_it_by_now_and_can_be_cancelled_there() {
    let mut desk = desk();
    let at = |start: &str, more: &str| format!("DTSTART:{start}T100000Z\n{more}");
    take(&mut desk, &at("20261125", "SEQUENCE:1"));
    desk.cancel_meeting(&key("M-1")).unwrap();
    go(&mut desk, "2026-11-24");
    assert_eq!(conflicts(&take(&mut desk, &at("20261126", "SEQUENCE:2"))), Vec::<String>::new());
    assert_eq!(shown(&desk), Vec::<String>::new());
    desk.reinstate_meeting(&key("M-1")).unwrap();
    assert_eq!(shown(&desk), ["M-1 11-26 10:00"]);
    let report = take(&mut desk, &at("20261126", "SEQUENCE:3\nSTATUS:CANCELLED"));
    assert_eq!((report.cancelled, shown(&desk)), (1, Vec::new()));
    // What was brought back against its calendar stays, and one that takes place again follows it again.
    desk.reinstate_meeting(&key("M-1")).unwrap();
    take(&mut desk, &at("20261127", "SEQUENCE:4\nSTATUS:CANCELLED"));
    assert_eq!(shown(&desk), ["M-1 11-27 10:00"]);
    take(&mut desk, &at("20261127", "SEQUENCE:5"));
    assert_eq!(desk.store.meeting(crate::domain::ids::MeetingId(1)).unwrap().event.recurrence.by_hand, []);
}

#[test]
fn what_a_calendar_does_with_a_meeting_that_was_moved_here_is_told_as_in_conflict() {
    let mut desk = desk();
    let at = |start: &str, more: &str| format!("DTSTART:{start}T100000Z\n{more}");
    take(&mut desk, &at("20261125", ""));
    desk.move_meeting_to(&key("M-1"), "2026-11-27 15:00").unwrap();
    let report = take(&mut desk, &at("20261126", ""));
    assert_eq!(conflicts(&report), ["start: Fri 27 Nov 15:00 / Thu 26 Nov 10:00"]);
    assert_eq!((report.updated, report.conflicts, report.changed[0].changes.len()), (0, 1, 0));
    let report = take(&mut desk, &at("20261126", "STATUS:CANCELLED"));
    assert_eq!(conflicts(&report), ["status: confirmed / cancelled"]);
    assert_eq!((report.cancelled, shown(&desk)), (0, vec!["M-1 11-27 15:00".to_owned()]));
    let renamed = at("20261126", "").replace("DTSTART", "SUMMARY:Room\nDTSTART");
    let text = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDURATION:PT2H\n{renamed}\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    desk.import_calendar("a.ics", &text).unwrap();
    let meeting = desk.meeting(&key("M-1")).unwrap();
    assert_eq!((meeting.title.as_str(), (meeting.end - meeting.start).num_minutes()), ("Room", 120));
    // Gone from its calendar.
    let gone = text.replace("UID:a\n", "UID:b\n").replace(
        "END:VCALENDAR\n",
        "BEGIN:VEVENT\nUID:c\nDTSTART:20261125T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    desk.import_calendar("a.ics", &gone.replace("UID:c", "UID:a")).unwrap();
    let report = desk.import_calendar("a.ics", &gone).unwrap();
    assert_eq!((report.vanished, report.cancelled, report.conflicts), (1, 0, 1));
    assert_eq!(desk.meeting(&key("M-1")).unwrap().status, MeetingStatus::Confirmed);
}

#[test]
fn a_day_that_was_moved_here_follows_a_renamed_series_unless_its_calendar_names_it_otherwise() {
    let mut desk = desk();
    let own = "BEGIN:VEVENT\nUID:a\nSUMMARY:Special\nRECURRENCE-ID:20261207T100000Z\nDTSTART:20261207T100000Z\nDURATION:PT1H\nEND:VEVENT\n";
    let calendar = |title: &str| {
        let series = series("20261123T100000");
        let event = format!("BEGIN:VEVENT\nUID:a\nSUMMARY:{title}\nDURATION:PT1H\n{series}\nEND:VEVENT\n");
        format!("BEGIN:VCALENDAR\n{event}{own}END:VCALENDAR\n")
    };
    desk.import_calendar("a.ics", &calendar("Sync")).unwrap();
    desk.move_meeting_to(&key("M-1@2026-11-30"), "2026-12-01 15:00").unwrap();
    desk.move_meeting_to(&key("M-1@2026-12-07"), "2026-12-08 15:00").unwrap();
    let report = desk.import_calendar("a.ics", &calendar("Room")).unwrap();
    assert_eq!((report.updated, conflicts(&report)), (1, Vec::new()));
    let found = desk.meetings(day("2026-11-09"), day("2026-12-31")).unwrap();
    let titles: Vec<&str> = found.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Room", "Room", "Special", "Room"]);
    assert_eq!(shown(&desk)[1..3], ["M-1@2026-11-30 12-01 15:00", "M-1@2026-12-07 12-08 15:00"]);
}

#[test]
fn a_reflection_stays_with_its_day_when_its_calendar_drags_the_meeting_into_the_future() {
    let once = |start: &str| format!("DTSTART:{start}Z");
    let moved = |start: &str| {
        format!(
            "{}\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261116T100000Z\nSUMMARY:Sync\nDURATION:PT1H\nDTSTART:{start}Z",
            series("20261116T100000")
        )
    };
    for (first, dragged, back, at, apart) in [
        (
            once("20261116T100000"),
            once("20261126T100000"),
            once("20261116T100000"),
            "M-1",
            "M-1@2026-11-16T100000",
        ),
        (
            series("20261116T100000"),
            moved("20261126T100000"),
            series("20261116T100000"),
            "M-1@2026-11-16",
            "M-1@2026-11-16T100000",
        ),
    ] {
        let mut desk = desk();
        take(&mut desk, &first);
        intend(&mut desk, at);
        let entry = reflection(&desk, &key(at));
        desk.reflect(&entry).unwrap();
        let report = take(&mut desk, &dragged);
        assert_eq!(conflicts(&report).len(), 1, "{:?}", conflicts(&report));
        let told = conflicts(&report).remove(0);
        assert!(
            told.starts_with("reflection") && told.ends_with(": Mon 16 Nov 10:00 / Thu 26 Nov 10:00"),
            "{told}"
        );
        let stayed = desk.meeting(&key(apart)).unwrap();
        assert_eq!(
            (stayed.is_reflected, stayed.start.format("%m-%d").to_string()),
            (true, "11-16".to_owned())
        );
        let dragged_now = desk.meeting(&key(at)).unwrap();
        assert!(
            !dragged_now.is_reflected && dragged_now.intent.is_empty(),
            "what was written is about that day"
        );
        assert!(shown(&desk).contains(&format!("{apart} 11-16 10:00")), "{:?}", shown(&desk));
        assert!(shown(&desk).contains(&format!("{at} 11-26 10:00")), "{:?}", shown(&desk));
        assert_eq!(take(&mut desk, &dragged).operation, None);
        // It owes one of its own once it is over.
        move_clock(&mut desk, "2026-11-27T09:00:00+00:00");
        assert!(desk.reflect(&reflection(&desk, &key(at))).is_ok());
        assert_eq!(desk.store.reflections().unwrap().len(), 2);
        desk.undo(None).unwrap();
        // Where the calendar thinks better of it, both are one again.
        take(&mut desk, &back);
        assert!(desk.meeting(&key(at)).unwrap().is_reflected);
        assert_eq!(desk.meeting(&key(at)).unwrap().intent, "a yes");
        assert!(!shown(&desk).contains(&format!("{apart} 11-16 10:00")), "{:?}", shown(&desk));
    }
}
