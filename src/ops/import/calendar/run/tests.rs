//! Several files that tell of one event, together and one after the other.

use crate::domain::meeting::{MeetingKind, ShowsAs};
use crate::import::calendar::{OwnNames, read_calendar};
use crate::ops::Desk;
use crate::ops::import::CalendarReport;
use crate::ops::kit::{day, desk_at, request};
use crate::ops::meetings::MeetingChange;

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

/// One event or more of one UID as a file; without a method it is a whole calendar.
fn file(method: &str, events: &[&str]) -> String {
    let event =
        |lines: &&str| format!("BEGIN:VEVENT\nUID:a\nSUMMARY:Sync\nDURATION:PT1H\n{lines}\nEND:VEVENT\n");
    let method = if method.is_empty() { String::new() } else { format!("METHOD:{method}\n") };
    format!("BEGIN:VCALENDAR\n{method}{}END:VCALENDAR\n", events.iter().map(event).collect::<String>())
}

fn take(desk: &mut Desk, files: &[(&str, &str)]) -> CalendarReport {
    let own = OwnNames::new(&["me@x.example".to_owned()]);
    let read = |(name, text): &(&str, &str)| {
        let found = read_calendar(text.as_bytes(), &own);
        ((*name).to_owned(), found.map_err(|error| error.to_string()))
    };
    desk.take_calendars(files.iter().map(read).collect(), false).unwrap()
}

fn shown(desk: &Desk) -> Vec<String> {
    let found = desk.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
    found.iter().map(|one| one.start.format("%-d %H:%M").to_string()).collect()
}

const SERIES: &str = "DTSTART:20261117T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3";
const MOVED: &str = "RECURRENCE-ID:20261124T100000Z\nDTSTART:20261124T150000Z";

#[test]
fn a_message_about_one_day_goes_into_its_series_whichever_comes_first() {
    let (series, moved) = (file("REQUEST", &[SERIES]), file("REQUEST", &[MOVED]));
    let off = file("CANCEL", &["RECURRENCE-ID:20261124T100000Z\nDTSTART:20261124T100000Z\nSEQUENCE:1"]);
    let whole = file("", &[SERIES, MOVED]);
    for (files, expected) in [
        ([("can.ics", &off), ("inv.ics", &series)], &["17 10:00", "1 10:00"][..]),
        ([("move.ics", &moved), ("inv.ics", &series)], &["17 10:00", "24 15:00", "1 10:00"]),
        ([("move.ics", &moved), ("feed.ics", &whole)], &["17 10:00", "24 15:00", "1 10:00"]),
    ] {
        let files = files.map(|(name, text)| (name, text.as_str()));
        let mut together = desk();
        take(&mut together, &files);
        assert_eq!(shown(&together), expected, "{files:?}");
        let mut in_turn = desk();
        take(&mut in_turn, &files[..1]);
        take(&mut in_turn, &files[1..]);
        assert_eq!(shown(&in_turn), expected, "{files:?}");
        in_turn.undo(None).unwrap();
        assert!(shown(&in_turn).len() < 2);
    }
    // What was written about it keeps it.
    let mut desk = desk();
    take(&mut desk, &[("move.ics", &moved)]);
    let note = MeetingChange { intent: Some("a yes".to_owned()), ..Default::default() };
    desk.edit_meeting(&"M-1".parse().unwrap(), &note).unwrap();
    take(&mut desk, &[("inv.ics", &series)]);
    assert_eq!(desk.meeting(&"M-1".parse().unwrap()).unwrap().intent, "a yes");
}

#[test]
fn a_meeting_with_a_kind_a_series_or_a_link_of_its_own_does_not_go_into_its_series() {
    let (series, moved) = (file("REQUEST", &[SERIES]), file("REQUEST", &[MOVED]));
    let kind = MeetingChange { kind: Some(MeetingKind::Leadership), ..MeetingChange::default() };
    let name = MeetingChange { series: Some("Board".to_owned()), ..MeetingChange::default() };
    for change in [Some(kind), Some(name), None] {
        let mut desk = desk();
        take(&mut desk, &[("move.ics", &moved)]);
        let meeting = "M-1".parse().unwrap();
        if let Some(change) = &change {
            desk.edit_meeting(&meeting, change).unwrap();
        } else {
            request(&mut desk, "Slides");
            desk.link(&"M-1".parse().unwrap(), &"R-1".parse().unwrap()).unwrap();
        }
        take(&mut desk, &[("inv.ics", &series)]);
        assert!(desk.meeting(&meeting).is_ok(), "{change:?}");
    }
}

#[test]
fn an_invitation_that_is_read_again_undoes_nothing_that_was_said_of_single_days_since() {
    let (series, moved) = (file("REQUEST", &[SERIES]), file("REQUEST", &[MOVED]));
    let mut desk = desk();
    take(&mut desk, &[("inv.ics", &series)]);
    take(&mut desk, &[("move.ics", &moved)]);
    let again = take(&mut desk, &[("inv.ics", &series)]);
    assert_eq!((again.unchanged, shown(&desk)[1].as_str()), (1, "24 15:00"));
    // A newer one and a whole calendar say what is.
    take(&mut desk, &[("inv.ics", &file("REQUEST", &[&format!("{SERIES}\nSEQUENCE:1")]))]);
    assert_eq!(shown(&desk)[1], "24 10:00");
    take(&mut desk, &[("move.ics", &moved)]);
    take(&mut desk, &[("my.ics", &file("", &[&format!("{SERIES}\nSEQUENCE:1")]))]);
    assert_eq!(shown(&desk)[1], "24 10:00");
}

#[test]
fn a_day_that_is_added_by_mail_leaves_the_others() {
    let mut desk = desk();
    take(&mut desk, &[("inv.ics", &file("REQUEST", &[SERIES]))]);
    let report = take(&mut desk, &[("add.ics", &file("ADD", &["DTSTART:20261126T140000Z"]))]);
    assert_eq!((report.created, report.updated), (0, 1));
    assert_eq!(shown(&desk), ["17 10:00", "24 10:00", "26 14:00", "1 10:00"]);
}

#[test]
fn two_calendars_with_one_event_do_not_take_turns_and_an_answer_stays() {
    let mine = "DTSTART:20261124T100000Z\nORGANIZER;CN=Bo:mailto:bo@x.example\nATTENDEE;PARTSTAT=DECLINED:mailto:me@x.example";
    let (mine, team) = (file("", &[mine]), file("", &["DTSTART:20261124T100000Z\nLOCATION:Room"]));
    for names in [["mine.ics", "team.ics"], ["z.ics", "team.ics"]] {
        let mut desk = desk();
        let mut files = [(names[0], mine.as_str()), (names[1], team.as_str())];
        files.sort_unstable();
        take(&mut desk, &files);
        for _ in 0..2 {
            let again = take(&mut desk, &files);
            assert_eq!((again.updated, again.unchanged, again.operation), (0, 2, None), "{names:?}");
        }
        let row = || desk.store.meeting(crate::domain::ids::MeetingId(1)).unwrap();
        assert_eq!(
            (row().event.spec.shows_as, row().event.spec.attendees),
            (ShowsAs::Declined, vec!["Bo".to_owned()])
        );
        take(&mut desk, &[("team.ics", &team)]);
        assert_eq!(
            desk.store.meeting(crate::domain::ids::MeetingId(1)).unwrap().event.spec.shows_as,
            ShowsAs::Declined
        );
        // The calendar that names the lead says when that changes.
        let accepted = mine.replace("DECLINED", "ACCEPTED");
        take(&mut desk, &[(names[0], &accepted)]);
        assert_eq!(shown(&desk), ["24 10:00"]);
    }
}

#[test]
fn a_calendar_that_counts_anew_is_believed_and_an_older_mail_or_copy_is_not() {
    let at = |hour: u32, number: u32| format!("DTSTART:20261124T{hour}0000Z\nSEQUENCE:{number}");
    let whole = |hour, number| file("", &[&at(hour, number)]);
    let mail = |hour, number| file("REQUEST", &[&at(hour, number)]);
    let mut desk = desk();
    take(&mut desk, &[("my.ics", &whole(10, 3))]);
    let older = take(&mut desk, &[("mail.ics", &mail(11, 2))]);
    assert_eq!((older.skipped, shown(&desk)[0].as_str()), (1, "24 10:00"));
    let told = "“Sync” is an older version (2) than the one that is known (3); left out";
    assert_eq!(older.problems[0].1.message, told);
    assert_eq!(
        (take(&mut desk, &[("my.ics", &whole(12, 0))]).updated, shown(&desk)[0].as_str()),
        (1, "24 12:00")
    );
    // A newer mail counts until the calendar knows of it, however often the old copy is read.
    take(&mut desk, &[("mail.ics", &mail(13, 1))]);
    for _ in 0..2 {
        assert_eq!(
            (take(&mut desk, &[("my.ics", &whole(12, 0))]).skipped, shown(&desk)[0].as_str()),
            (1, "24 13:00")
        );
    }
    take(&mut desk, &[("my.ics", &whole(13, 1))]);
    assert_eq!(
        (take(&mut desk, &[("my.ics", &whole(14, 0))]).updated, shown(&desk)[0].as_str()),
        (1, "24 14:00")
    );
    // Another calendar has a copy, and the event is not cancelled for being older there.
    take(&mut desk, &[("my.ics", &whole(14, 5)), ("team.ics", &whole(10, 4))]);
    assert_eq!(shown(&desk), ["24 14:00"]);
    let other = whole(11, 0).replace("UID:a", "UID:b");
    take(&mut desk, &[("my.ics", &format!("{}{}", whole(14, 5), other))]);
    assert_eq!((take(&mut desk, &[("my.ics", &other)]).vanished, shown(&desk).len()), (0, 2));
}

#[test]
fn what_we_wrote_out_ourselves_comes_in_again_only_where_it_is_not_known() {
    let mut desk = desk();
    take(&mut desk, &[("my.ics", &file("", &[SERIES]))]);
    let meetings = desk.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
    let text = crate::export::calendar::calendar(&meetings, chrono::DateTime::UNIX_EPOCH);
    let report = take(&mut desk, &[("out.ics", &text)]);
    assert_eq!((report.created, report.updated, shown(&desk).len()), (0, 0, 3));
    let told = "3 meetings that are known here stand in this export of ours; left as they are";
    assert_eq!(report.problems[0].1.message, told);
    let mut other = self::desk();
    assert_eq!(take(&mut other, &[("out.ics", &text)]).created, 3);
}

#[test]
fn a_day_that_only_a_message_told_stays_until_its_calendar_knows_of_it() {
    let day = "RECURRENCE-ID:20261124T100000Z\nSEQUENCE:1\nDTSTART:20261124T";
    let (moved, off) =
        (file("REQUEST", &[&format!("{day}150000Z")]), file("CANCEL", &[&format!("{day}100000Z")]));
    let added = file("ADD", &["SEQUENCE:1\nDTSTART:20261126T140000Z"]);
    let series = file("", &[SERIES]);
    for (message, expected) in [
        (&moved, &["17 10:00", "24 15:00", "1 10:00"][..]),
        (&off, &["17 10:00", "1 10:00"]),
        (&added, &["17 10:00", "24 10:00", "26 14:00", "1 10:00"]),
    ] {
        for order in [["mail", "my"], ["my", "mail"]] {
            // An added day has no start of its own series to know it by before that is there.
            if order[0] == "mail" && *message == added {
                continue;
            }
            let mut desk = desk();
            for name in order {
                take(&mut desk, &[(name, if name == "my" { &series } else { message })]);
            }
            for _ in 0..3 {
                assert_eq!(take(&mut desk, &[("my", &series)]).operation, None, "{order:?} {message}");
                assert_eq!(shown(&desk), expected, "{order:?} {message}");
            }
            // Once it counts as far it says what is.
            take(&mut desk, &[("my", &file("", &[&format!("{SERIES}\nSEQUENCE:1")]))]);
            assert_eq!(shown(&desk), ["17 10:00", "24 10:00", "1 10:00"], "{order:?} {message}");
        }
    }
    // It knows of it, and is believed when it takes that back.
    let mut desk = desk();
    take(&mut desk, &[("my", &series)]);
    take(&mut desk, &[("mail", &moved)]);
    take(&mut desk, &[("my", &file("", &[SERIES, &format!("{day}160000Z")]))]);
    assert_eq!(shown(&desk)[1], "24 16:00");
    take(&mut desk, &[("my", &series)]);
    assert_eq!(shown(&desk)[1], "24 10:00");
}

#[test]
fn an_export_of_another_store_changes_what_it_brought() {
    let mut there = desk();
    take(&mut there, &[("my.ics", &file("", &["DTSTART:20261124T100000Z"]))]);
    let written = |desk: &Desk| {
        let meetings = desk.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
        crate::export::calendar::calendar(&meetings, chrono::DateTime::UNIX_EPOCH)
    };
    let mut here = desk();
    take(&mut here, &[("out.ics", &written(&there))]);
    take(&mut there, &[("my.ics", &file("", &["DTSTART:20261125T110000Z"]))]);
    let report = take(&mut here, &[("out.ics", &written(&there))]);
    assert_eq!((report.updated, report.problems, shown(&here)), (1, Vec::new(), vec!["25 11:00".to_owned()]));
    // Another calendar has it, so that the export is a copy.
    take(&mut here, &[("my.ics", &file("", &["DTSTART:20261125T110000Z"]))]);
    let told = &take(&mut here, &[("out.ics", &written(&there))]).problems[0].1.message;
    assert_eq!(told, "1 meeting that is known here stands in this export of ours; left as it is");
}

#[test]
fn an_export_of_ours_that_comes_along_with_its_calendar_brings_no_day_twice() {
    let mut there = desk();
    let series = file("", &[SERIES]);
    take(&mut there, &[("my.ics", &series)]);
    let meetings = there.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
    let text = crate::export::calendar::calendar(&meetings, chrono::DateTime::UNIX_EPOCH);
    for files in [[("my.ics", &series), ("out.ics", &text)], [("a.ics", &text), ("my.ics", &series)]] {
        let mut desk = desk();
        let files = files.map(|(name, text)| (name, text.as_str()));
        assert_eq!((take(&mut desk, &files).created, shown(&desk).len()), (1, 3), "{files:?}");
        assert_eq!(take(&mut desk, &files).operation, None);
    }
}
