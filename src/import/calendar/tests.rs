//! Small calendars, sound and odd.

use chrono_tz::Europe::{Berlin, London};

use super::*;
use crate::domain::meeting::{MeetingStatus, Moment, ShowsAs};

fn read_all(bytes: &[u8]) -> Result<CalendarImport, CalendarError> {
    read_calendar(bytes, &OwnNames::new(&["Robin Vale".to_owned(), "robin@x.example".to_owned()]))
}

fn read(body: &str) -> CalendarImport {
    read_all(format!("BEGIN:VCALENDAR\r\n{}\r\nEND:VCALENDAR\r\n", body.replace('\n', "\r\n")).as_bytes())
        .unwrap()
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:a\nDTSTART:20261124T100000Z\n{lines}\nEND:VEVENT")
}

fn messages(import: &CalendarImport) -> Vec<&str> {
    import.problems.iter().map(|problem| problem.message.as_str()).collect()
}

fn start_in(zone: &str, before: &str) -> (Moment, usize) {
    let found =
        read(&format!("{before}BEGIN:VEVENT\nUID:a\nDTSTART;TZID={zone}:20260701T100000\nEND:VEVENT"));
    (found.events[0].spec.start.clone(), found.problems.len())
}

#[test]
fn a_series_with_a_moved_one() {
    let found = read(
        "BEGIN:VEVENT\nUID:lead@x\nDTSTART;TZID=Europe/London:20261103T100000\nDTEND;TZID=Europe/London:20261103T110000\n\
         SUMMARY:Marketing\\, sync\nRRULE:FREQ=WEEKLY;BYDAY=TU\nEXDATE;VALUE=DATE:20261201\nEXDATE;TZID=Europe/London:20261208T100000,20261215T100000\n\
         RDATE:20261231T100000Z\nATTENDEE;CN=\"Hall; Marcus\":mailto:marcus@x.example\nATTENDEE;CUTYPE=ROOM;CN=Big:mailto:big@x.example\n\
         ATTENDEE:mailto:priya@x.example\nORGANIZER;CN=Priya:MAILTO:PRIYA@x.example\nBEGIN:VALARM\nTRIGGER:-PT5M\nSUMMARY:no\nEND:VALARM\nLOCATION:Room 2\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:lead@x\nRECURRENCE-ID;TZID=Europe/London:20261124T100000\nDTSTART;TZID=Europe/London:20261126T150000\nDURATION:PT45M\nSUMMARY:Moved\nSEQUENCE:2\nEND:VEVENT",
    );
    assert_eq!(messages(&found), Vec::<&str>::new());
    let event = &found.events[0];
    assert_eq!((event.spec.title.as_str(), event.spec.minutes), ("Marketing, sync", 60));
    assert_eq!(event.spec.attendees, ["Hall; Marcus", "Priya"]);
    assert_eq!(event.spec.location, "Room 2");
    assert_eq!((event.recurrence.except.len(), event.recurrence.extra.len()), (3, 1));
    let (start, moved) = &event.recurrence.overrides[0];
    assert!(matches!(start, Moment::Zoned(_, zone) if *zone == London));
    assert_eq!((moved.title.as_str(), moved.minutes), ("Moved", 45));
    assert!(found.is_whole);
}

#[test]
fn the_highest_sequence_wins_and_call_offs_stay() {
    let copy = |sequence: u8, title: &str| event(&format!("SEQUENCE:{sequence}\nSUMMARY:{title}"));
    let change = |sequence: u8, title: &str| {
        event(&format!(
            "RECURRENCE-ID:20261125T100000Z\nSEQUENCE:{sequence}\nSUMMARY:{title}\nSTATUS:CANCELLED"
        ))
    };
    let body = [copy(2, "new"), copy(1, "old"), change(5, "gone"), change(3, "no")].join("\n");
    let found = read(&body);
    assert_eq!(found.events.len(), 1);
    assert_eq!(found.events[0].spec.title, "new");
    let (_, gone) = &found.events[0].recurrence.overrides[0];
    assert_eq!((gone.title.as_str(), gone.status), ("gone", MeetingStatus::Cancelled));
    let off = read(&format!("METHOD:CANCEL\n{}", copy(3, "off")));
    assert_eq!(off.events[0].spec.status, MeetingStatus::Cancelled);
    let bare =
        "METHOD:CANCEL\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:z\nEND:VEVENT";
    let bare = read(&format!("{}\n{bare}", copy(3, "off")));
    assert_eq!((bare.events[0].spec.status, bare.problems.len()), (MeetingStatus::Cancelled, 0));
}

#[test]
fn changes_without_their_series_stand_alone() {
    let found =
        read(&[event("RECURRENCE-ID:20261125T100000Z"), event("RECURRENCE-ID:20261126T100000Z")].join("\n"));
    let uids: Vec<&str> = found.events.iter().map(|event| event.uid.as_str()).collect();
    assert_eq!(uids, ["a#20261125T100000", "a#20261126T100000"]);
}

#[test]
fn lengths_and_whole_days() {
    for (lines, minutes) in [
        ("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126", 2880),
        ("DTSTART:20261124", 1440),
        ("DTSTART;VALUE=DATE:20261124\nDURATION:P1W", 10080),
        ("DTSTART:20261124T100000Z", 0),
        ("DTSTART:20261124T100000Z\nDURATION:PT1H30M", 90),
        ("DTSTART;TZID=Europe/London:20261024T230000\nDTEND;TZID=Europe/London:20261025T030000", 300),
        ("DTSTART:20261124T100000Z\nDTEND:20261124T090000Z", 0),
    ] {
        let found = read(&format!("BEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT"));
        assert_eq!(found.events[0].spec.minutes, minutes, "{lines}");
    }
}

#[test]
fn zones_by_any_name() {
    for (zone, before, problems) in [
        ("Europe/Berlin", String::new(), 0),
        ("W. Europe Standard Time", String::new(), 0),
        ("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", String::new(), 0),
        ("/freeassociation.sourceforge.net/Europe/Berlin", String::new(), 0),
        ("/Europe/Berlin", String::new(), 0),
        ("Europe_Berlin", String::new(), 0),
    ] {
        let (start, count) = start_in(zone, &before);
        let Moment::Zoned(_, found) = start else { panic!("{zone}: {start:?}") };
        assert!(chrono_tz::Tz::name(found).starts_with("Europe/") && count == problems, "{zone} {found}");
        assert_eq!(
            crate::domain::zone::to_utc(&found, times::wall(&start)),
            crate::domain::zone::to_utc(&Berlin, times::wall(&start))
        );
    }
    assert!(matches!(start_in("../../etc/passwd", ""), (Moment::Floating(_), 1)));
    let fixed = "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+0545\nEND:STANDARD\nEND:VTIMEZONE\n";
    assert!(
        matches!(start_in("Odd", fixed), (Moment::Fixed(at), 0) if at.offset().local_minus_utc() == 20_700)
    );
    assert!(matches!(start_in("Odd", &fixed.replace("+0545", "+9900")), (Moment::Floating(_), 1)));
}

#[test]
fn one_odd_line_costs_one_event_at_most() {
    let good = event("SUMMARY:fine");
    let bad = "BEGIN:VEVENT\nUID:b\nDTSTART:soon\nEND:VEVENT";
    let odd = event("ORGANIZER=x\nEXDATE:never\nRRULE:FREQ=SOMETIMES").replace("UID:a", "UID:c");
    let cut = "BEGIN:VEVENT\nUID:d\nDTSTART:20261124T100000Z";
    let found = read(&[bad, &odd, &good, cut].join("\n"));
    assert_eq!(found.events.len(), 2);
    let uids: Vec<&str> = found.problems.iter().map(|problem| problem.uid.as_str()).collect();
    assert_eq!(uids, ["b", "b", "c", "c", "c", "d"]);
    assert!(!found.is_whole);
}

#[test]
fn odd_files_are_read() {
    let body = "begin:vevent\r\nuid:a\r\ndtstart:20261124T100000Z\r\nsummary:Caf\r\n é\r\nend:vevent\r\n";
    let folded = body.replace("Caf\r\n é", "Café");
    let split = folded
        .as_bytes()
        .iter()
        .flat_map(|byte| if *byte == 0xa9 { vec![b'\r', b'\n', b' ', *byte] } else { vec![*byte] });
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(folded.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let twice = format!("BEGIN:VCALENDAR\n{folded}END:VCALENDAR\nBEGIN:VCALENDAR\n{folded}END:VCALENDAR\n");
    for bytes in [
        body.as_bytes().to_vec(),
        split.collect(),
        format!("\u{feff}{folded}").into_bytes(),
        format!(" \n {folded}").into_bytes(),
        folded.replace("\r\n", "\n").into_bytes(),
        utf16,
        twice.into_bytes(),
    ] {
        let found = read_all(&bytes).unwrap();
        assert_eq!((found.events.len(), found.events[0].spec.title.as_str()), (1, "Café"));
    }
}

#[test]
fn nothing_is_deleted_for_what_is_no_calendar() {
    for (bytes, error) in [
        ("", CalendarError::Empty),
        ("\u{feff}", CalendarError::Empty),
        ("<!DOCTYPE html><p>Log in", CalendarError::Html),
        ("{\"error\": 401}", CalendarError::NotCalendar),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", CalendarError::NoEvents(String::new())),
    ] {
        assert_eq!(read_all(bytes.as_bytes()).unwrap_err(), error, "{bytes}");
    }
}

#[test]
fn a_calendar_without_an_event_says_what_stood_in_the_way() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:no start\nEND:VEVENT\nEND:VCALENDAR";
    let told = read_all(text.as_bytes()).unwrap_err().to_string();
    assert!(told.contains("nothing was changed. Line 2: "), "{told}");
}

#[test]
fn deep_nests_and_many_events_are_quick() {
    let deep = format!("{}{}", "BEGIN:X\n".repeat(2000), event("SUMMARY:deep"));
    assert_eq!(read(&deep).events.len(), 1);
    let many: Vec<String> =
        (0..5000).map(|number| event("SUMMARY:x").replace("UID:a", &format!("UID:{number}"))).collect();
    assert_eq!(read(&many.join("\n")).events.len(), 5000);
}

#[test]
fn depth_and_length_are_bounded_and_the_line_is_named() {
    let nested = |depth: usize| {
        event(&format!("{}SUMMARY:x\n{}", "BEGIN:VALARM\n".repeat(depth), "END:VALARM\n".repeat(depth)))
    };
    assert_eq!(messages(&read(&nested(bounds::DEPTH))), [""; 0]);
    let found = read(&format!("{}\n{}", nested(bounds::DEPTH + 1), event("SUMMARY:fine")));
    assert_eq!((found.events.len(), found.problems[0].line), (1, bounds::DEPTH + 5));
    assert!(found.problems[0].message.contains("more than 64 blocks"), "{found:?}");

    let long = "é".repeat(bounds::TEXT);
    let found = read(&event(&format!("SUMMARY:{long}\nDESCRIPTION:{long}{long}{long}")));
    assert!(found.events[0].spec.title.len() <= bounds::TEXT);
    assert_eq!(found.problems.len(), 1, "what is not kept may be long");
    let problem = &found.problems[0];
    assert_eq!(problem.line, 5);
    assert!(problem.message.contains("SUMMARY: 512 KiB are too long"), "{}", problem.message);

    let days = vec!["20261124T100000Z"; 100_000].join(",\n ");
    let found = read(&event(&format!("EXDATE:{days}")));
    assert!(
        messages(&found).iter().any(|text| text.contains("a line of more than 1 MiB")),
        "{:?}",
        found.problems.first()
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(lines in proptest::collection::vec("[A-Z]{3,8}[;:=].{0,30}", 0..30)) {
        let _ = read_all(event(&lines.join("\n")).as_bytes());
    }
}

fn calendar_of(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

#[test]
fn tens_of_thousands_who_are_invited_are_counted_and_the_first_kept() {
    use std::fmt::Write;
    let mut people = String::new();
    for n in 0..40_000 {
        let _ = write!(people, "ATTENDEE;CN=Person {n}:mailto:p{n}@studio.example\r\n");
    }
    let event = format!("BEGIN:VEVENT\r\n{people}UID:a\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n");
    let found = read_all(calendar_of(&event).as_bytes()).unwrap();
    assert_eq!(found.events[0].spec.attendees.len(), bounds::NAMES);
    let problem = &found.problems[0];
    assert_eq!(problem.message, "40000 are invited; the first 1000 were kept");
    assert_eq!((problem.uid.as_str(), problem.line), ("a", 4 + bounds::NAMES));
}

#[test]
fn more_events_than_one_file_may_have_are_left_out_from_a_line_that_is_named() {
    let event = |n: usize| format!("BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n");
    let whole: String = (0..bounds::EVENTS).map(event).collect();
    let found = read_all(calendar_of(&whole).as_bytes()).unwrap();
    assert!(found.events.len() == bounds::EVENTS && found.problems.is_empty() && found.is_whole);
    let more = whole + &event(bounds::EVENTS) + &event(bounds::EVENTS + 1);
    let found = read_all(calendar_of(&more).as_bytes()).unwrap();
    assert!(found.events.len() == bounds::EVENTS && !found.is_whole);
    let problem = &found.problems[0];
    assert_eq!(problem.line, 3 + 4 * bounds::EVENTS);
    assert!(problem.message.contains("more than 50000 events; what stands from here on was left out"));
}

#[test]
fn endless_days_odd_lines_and_zones_are_told_once_and_counted() {
    let days = vec!["20261124T100000Z"; 40_000].join(",");
    let odd = "no name and no value\r\n".repeat(30_000);
    let zones = "BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE\r\n".repeat(10_000);
    let event = format!(
        "{zones}BEGIN:VEVENT\r\n{odd}DTSTART:20261124T100000Z\r\nEXDATE:{days}\r\nRDATE:{days}\r\nEND:VEVENT\r\n"
    );
    let found = read_all(calendar_of(&event).as_bytes()).unwrap();
    let recurrence = &found.events[0].recurrence;
    assert_eq!((recurrence.extra.len(), recurrence.except.len()), (bounds::MOMENTS, bounds::MOMENTS));
    let told = messages(&found);
    assert!(told.contains(&"30000 times: a line without a name and a value; passed over"), "{told:?}");
    assert_eq!(told.len(), 3);
}

#[test]
fn as_many_called_off_as_there_are_events_take_no_square_of_time() {
    let event = |n: usize| format!("BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n");
    let off = |n: usize| format!("BEGIN:VEVENT\r\nUID:{n}\r\nEND:VEVENT\r\n");
    let (events, off): (String, String) = ((0..20_000).map(event).collect(), (0..20_000).map(off).collect());
    let text = format!("{}BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n{off}END:VCALENDAR\r\n", calendar_of(&events));
    let found = read_all(text.as_bytes()).unwrap();
    assert!(found.events.iter().all(|event| event.spec.status == MeetingStatus::Cancelled));
}

#[test]
fn who_is_invited_is_told_once_by_name_and_no_room_is() {
    let found = read(&event(
        "ATTENDEE;CN=Ana Ruiz:mailto:ana@x.example\nATTENDEE;CN=ana ruiz:mailto:other@x.example\n\
         ATTENDEE:MAILTO:ANA@x.example\nATTENDEE;CN=bo@x.example:mailto:bo@x.example\n\
         ATTENDEE;CUTYPE=resource;CN=Beamer:mailto:beamer@x.example\n\
         ATTENDEE:mailto:room7@resource.calendar.google.com\nATTENDEE;CN=Kim @ Harbour:invalid\nATTENDEE:mailto:",
    ));
    assert_eq!(found.events[0].spec.attendees, ["Ana Ruiz", "bo", "Kim @ Harbour"]);
}

#[test]
fn a_place_is_the_first_that_says_something() {
    let place = |lines: &str| read(&event(lines)).events[0].spec.location.clone();
    assert_eq!(place("URL:https://x.example/1\nLOCATION:Room 2\\, upstairs"), "Room 2, upstairs");
    assert_eq!(place("LOCATION: \nX-GOOGLE-CONFERENCE:https://meet.example/a"), "https://meet.example/a");
    assert_eq!(place("SUMMARY:Nowhere"), "");
}

#[test]
fn a_status_that_is_unknown_is_a_meeting_that_stands() {
    let status = |text: &str| read(&event(&format!("STATUS:{text}"))).events[0].spec.status;
    assert_eq!(status("canceled"), MeetingStatus::Cancelled);
    assert_eq!(status("TENTATIVE"), MeetingStatus::Tentative);
    assert_eq!(status("CONFIRMED"), MeetingStatus::Confirmed);
    assert_eq!(status("X-MAYBE"), MeetingStatus::Confirmed);
}

#[test]
fn what_of_a_series_is_not_followed_is_said() {
    let told = |lines: &str| messages(&read(&event(lines))).join("; ");
    assert_eq!(
        told("RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=XX"),
        "the days that a rule leaves out are shown all the same; cancel them by hand"
    );
    assert_eq!(told("RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY"), "");
    assert_eq!(
        told("RECURRENCE-ID;RANGE=THISANDPRIOR:20261125T100000Z"),
        "a change of this and all before; taken for this one only"
    );
    assert_eq!(
        told("RRULE:FREQ=MONTHLY;BYWEEKNO=3"),
        "how it repeats (`FREQ=MONTHLY;BYWEEKNO=3`) cannot be followed: BYWEEKNO has no meaning with MONTHLY; only its \
         first meeting is shown"
    );
    assert_eq!(
        told("RRULE:FREQ=WEEKLY;BYDAY=TU,XX"),
        "not all of `BYDAY=TU,XX` in how it repeats is understood; what is, is followed"
    );
    assert_eq!(told("RRULE:FREQ=MINUTELY"), "more than 24 meetings a day; 24 of each are shown");
    assert_eq!(told("RRULE:FREQ=HOURLY"), "");
    assert_eq!(told("DURATION:soon"), "a length that cannot be read; none is taken");
    assert_eq!(told("DTEND:20261124T090000Z"), "it ends before it begins; no length is taken");
}

#[test]
fn a_rule_of_days_left_out_is_kept_beside_the_others() {
    let found = read(&event("RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=TU\nEXRULE:"));
    assert_eq!(messages(&found), [""; 0]);
    assert_eq!(found.events[0].recurrence.rule, "FREQ=DAILY\nEXRULE:FREQ=WEEKLY;BYDAY=TU");
}

#[test]
fn a_series_may_have_several_rules_changes_that_reach_on_and_starts_with_a_length() {
    let body = format!(
        "{}\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261126T100000Z\nDTSTART:20261126T110000Z\nEND:VEVENT",
        event(
            "DURATION:PT1H\nRRULE:FREQ=DAILY\nRRULE:FREQ=MONTHLY\n\
             RDATE;VALUE=PERIOD:20261224T100000Z/PT30M,20261225T100000Z/20261225T120000Z,20261226T100000Z/PT1H"
        )
    );
    let found = read(&body);
    assert_eq!(messages(&found), [""; 0]);
    let recurrence = &found.events[0].recurrence;
    assert_eq!(recurrence.rule, "FREQ=DAILY\nFREQ=MONTHLY");
    assert_eq!((recurrence.following.len(), recurrence.extra.len()), (1, 3));
    let lengths: Vec<i64> = recurrence.overrides.iter().map(|(_, spec)| spec.minutes).collect();
    assert_eq!(lengths, [30, 120]);
}

#[test]
fn what_the_lead_declined_is_known_by_name_or_address() {
    let shows = |lines: &str| read(&event(lines)).events.remove(0).spec;
    let other = "ATTENDEE;CN=Maya Lind;PARTSTAT=DECLINED:mailto:maya@x.example";
    for (own, shows_as) in [
        ("ATTENDEE;CN=ROBIN VALE;PARTSTAT=DECLINED:mailto:r@x.example", ShowsAs::Declined),
        ("ATTENDEE;CN=\"Vale, R.\";PARTSTAT=declined:MAILTO:Robin@x.example", ShowsAs::Declined),
        ("ATTENDEE;CN=\"Vale, Robin (Studio)\";PARTSTAT=DECLINED:invalid:nomail", ShowsAs::Declined),
        ("ATTENDEE;EMAIL=\"robin@x.example\";PARTSTAT=DECLINED:/aMTA3/principal/", ShowsAs::Declined),
        ("ATTENDEE;CN=Robin;PARTSTAT=DECLINED:mailto:robin@other.example", ShowsAs::Busy),
        ("ATTENDEE;CN=Robin Vale;PARTSTAT=ACCEPTED:mailto:robin@x.example", ShowsAs::Busy),
        ("ATTENDEE;CN=Robin Vale;PARTSTAT=TENTATIVE:mailto:robin@x.example", ShowsAs::Busy),
        ("ATTENDEE;CN=Robin Vale;PARTSTAT=NEEDS-ACTION:mailto:robin@x.example", ShowsAs::Busy),
        (
            "ATTENDEE;CN=Robin Vale;PARTSTAT=DECLINED:mailto:old@x.example\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:robin@x.example",
            ShowsAs::Busy,
        ),
    ] {
        let spec = shows(&format!("{own}\n{other}"));
        assert_eq!(spec.shows_as, shows_as, "{own}");
        assert!(spec.attendees.contains(&"Maya Lind".to_owned()));
    }
    assert_eq!(shows("ATTENDEE;CN=\"Vale, R.\":mailto:robin@x.example").attendees, [""; 0], "by address");
    let text = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", event(other));
    let nobody = read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap();
    assert!(nobody.invitees.declined.is_some() && nobody.problems.is_empty(), "{:?}", nobody.problems);
}

#[test]
fn a_title_a_status_or_an_entry_of_another_kind_says_that_it_is_no_meeting() {
    let spec = |lines: &str| read(&event(lines)).events.remove(0).spec;
    let off = spec("SUMMARY:Abgesagt: Brand council\nSTATUS:CONFIRMED");
    assert_eq!((off.title.as_str(), off.status), ("Brand council", MeetingStatus::Cancelled));
    let others = "ATTENDEE;CN=Maya:mailto:m@x.example\nORGANIZER;CN=Tom:mailto:t@x.example";
    for (lines, shows_as) in [
        ("SUMMARY:Focus\nTRANSP:TRANSPARENT", ShowsAs::Free),
        ("SUMMARY:Focus\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE", ShowsAs::Free),
        ("SUMMARY:Focus\nX-GOOGLE-EVENT-TYPE:focusTime", ShowsAs::Free),
        ("SUMMARY:Away\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", ShowsAs::OutOfOffice),
        ("SUMMARY:Out of office", ShowsAs::OutOfOffice),
        ("SUMMARY:x\nX-GOOGLE-EVENT-TYPE:outOfOffice", ShowsAs::OutOfOffice),
        ("SUMMARY:Home\nTRANSP:TRANSPARENT\nX-GOOGLE-EVENT-TYPE:workingLocation", ShowsAs::WorkingLocation),
        ("SUMMARY:Home\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", ShowsAs::WorkingLocation),
        ("SUMMARY:Budget\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE\nTRANSP:OPAQUE", ShowsAs::Busy),
    ] {
        assert_eq!(spec(lines).shows_as, shows_as, "{lines}");
    }
    let visit = spec(&format!("SUMMARY:At the client\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n{others}"));
    assert_eq!(visit.shows_as, ShowsAs::Busy, "others are invited");
    let one = "ATTENDEE;CN=Robin Vale:mailto:robin@x.example\nATTENDEE;CN=Maya:mailto:m@x.example";
    let visit = spec(&format!("SUMMARY:At the client\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n{one}"));
    assert_eq!((visit.shows_as, visit.attendees), (ShowsAs::Busy, vec!["Maya".to_owned()]), "one other is");
    let alone = "ATTENDEE;CN=Somebody:mailto:s@x.example";
    let away = spec(&format!("SUMMARY:Away\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n{alone}"));
    assert_eq!(away.shows_as, ShowsAs::OutOfOffice, "a single one may be the lead");
}

#[test]
fn an_event_without_an_id_is_the_same_when_it_is_called_off() {
    let uid = |title: &str| {
        let body = format!("BEGIN:VEVENT\nDTSTART:20261123T090000\nSUMMARY:{title}\nEND:VEVENT");
        read(&body).events.remove(0).uid
    };
    assert_eq!(uid("Canceled: Brand council"), uid("Brand council"));
}

#[test]
fn a_whole_day_that_is_written_as_times_is_that_day_everywhere() {
    let all_day = |lines: &str| {
        let body = format!("BEGIN:VEVENT\nUID:a\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n{lines}\nEND:VEVENT");
        read(&body).events.remove(0)
    };
    for (lines, minutes) in [
        (
            "DTSTART;TZID=E. Europe Standard Time:20261124T000000\nDTEND;TZID=E. Europe Standard Time:20261125T000000",
            1440,
        ),
        ("DTSTART:20261124T000000Z\nDTEND:20261125T000000Z", 1440),
        ("DTSTART:20261123T220000Z\nDTEND:20261125T220000Z", 2880),
        ("DTSTART:20261124T050000Z\nDTEND:20261125T050000Z", 1440),
    ] {
        let event = all_day(lines);
        assert_eq!(
            (event.spec.start.to_string().as_str(), event.spec.minutes),
            ("2026-11-24", minutes),
            "{lines}"
        );
    }
    let series = all_day(
        "DTSTART:20261123T220000Z\nDTEND:20261124T220000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20261130T220000Z",
    );
    assert_eq!(series.recurrence.except, [Moment::Day("2026-12-01".parse().unwrap())]);
    let timed = read(&event("X-MICROSOFT-CDO-ALLDAYEVENT:FALSE"));
    assert!(matches!(timed.events[0].spec.start, Moment::Fixed(_)));
}

#[test]
fn sixty_events_in_one_unknown_zone_are_one_line_and_five_left_out_are_five() {
    use std::fmt::Write;
    let mut body = String::new();
    for n in 0..60 {
        let _ = write!(
            body,
            "BEGIN:VEVENT\nUID:a{n}\nDTSTART;TZID=Mars/Olympus:20260302T090000\nDTEND;TZID=Mars/Olympus:20260302T093000\nEND:VEVENT\n"
        );
    }
    for n in 0..5 {
        let _ =
            write!(body, "BEGIN:VEVENT\nUID:b{n}\nSUMMARY:Lost {n}\nDTSTART:2026-03-02 09:00\nEND:VEVENT\n");
    }
    let found = read(&body);
    let told = messages(&found);
    assert_eq!(told[0], "60 events: the zone `Mars/Olympus` is not known; its times are read as local");
    let lost: Vec<(usize, &str)> = found
        .problems
        .iter()
        .filter(|problem| problem.is_left_out)
        .map(|problem| (problem.line, problem.message.as_str()))
        .collect();
    assert_eq!(lost.len(), 5);
    assert_eq!(lost[4], (322, "“Lost 4” is an event without a start that can be read; left out"));
    assert_eq!(told.len(), 7, "and one for their starts: {told:?}");
    assert_eq!(found.left_out, ["b0", "b1", "b2", "b3", "b4"]);
}

#[test]
fn a_mail_about_one_event_is_no_whole_calendar() {
    let whole = |method: &str| read(&format!("METHOD:{method}\n{}", event("SUMMARY:x"))).is_whole;
    assert!(whole("PUBLISH") && !whole("REQUEST") && !whole("CANCEL"));
    assert!(read(&event("SUMMARY:x")).is_whole);
}

#[test]
fn events_without_an_id_are_the_same_ones_on_every_import() {
    let body = |title: &str| format!("BEGIN:VEVENT\nDTSTART:20261124T100000Z\nSUMMARY:{title}\nEND:VEVENT");
    let text = format!("{}\n{}", body("Brand  council"), body("Budget"));
    let uids: Vec<String> = read(&text).events.into_iter().map(|event| event.uid).collect();
    assert_eq!(uids, ["no-uid-20261124T1000-Brand council", "no-uid-20261124T1000-Budget"]);
    assert_eq!(read(&body("Brand council")).events[0].uid, uids[0], "spaces are no other title");
}

#[test]
fn a_change_without_a_start_keeps_the_one_it_changes() {
    let change = "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261201T100000Z\nSUMMARY:Renamed\nEND:VEVENT";
    let found = read(&format!("{}\n{change}", event("RRULE:FREQ=WEEKLY")));
    let (changed, spec) = &found.events[0].recurrence.overrides[0];
    assert_eq!((changed, spec.title.as_str()), (&spec.start, "Renamed"));
}

#[test]
fn a_day_and_its_midnight_are_two_occurrences() {
    let change = |id: &str, title: &str| {
        format!(
            "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID{id}\nDTSTART:20261126T100000Z\nSUMMARY:{title}\nEND:VEVENT"
        )
    };
    let found = read(
        &[
            event("RRULE:FREQ=DAILY"),
            change(":20261125T000000Z", "time"),
            change(";VALUE=DATE:20261125", "day"),
            change(";TZID=Europe/London:20261125T000000", "the same instant, later in the file"),
        ]
        .join("\n"),
    );
    let titles: Vec<&str> =
        found.events[0].recurrence.overrides.iter().map(|(_, spec)| spec.title.as_str()).collect();
    assert_eq!(titles, ["the same instant, later in the file", "day"]);
}

#[test]
fn somebody_who_is_named_twice_without_an_address_is_one_whatever_the_case_of_the_letters() {
    let found = read(&event("ATTENDEE;CN=Jörg Öl:invalid:nomail\nATTENDEE;CN=JÖRG ÖL:invalid:nomail"));
    assert_eq!(found.events[0].spec.attendees, ["Jörg Öl"]);
}

#[test]
fn an_answer_alone_is_said_to_be_one() {
    let event = "BEGIN:VEVENT\nUID:a\nDTSTART:20261124T100000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@x.example\nEND:VEVENT";
    let text = format!("BEGIN:VCALENDAR\nMETHOD:REPLY\n{event}\nEND:VCALENDAR\n");
    assert_eq!(read_calendar(text.as_bytes(), &OwnNames::new(&[])), Err(CalendarError::Answer));
}
