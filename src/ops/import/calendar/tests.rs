//! What is told of a calendar as it is taken in.

use crate::ops::kit::desk_at;

#[test]
fn what_will_not_be_shown_is_told_when_it_is_taken_in() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let event = |n: usize, rule: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{n}\nSUMMARY:Ping {n}\nDTSTART:20200101T100000Z\nRRULE:{rule}\nEND:VEVENT\n"
        )
    };
    let calendar = |events: String| format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n");
    let many: String = (0..100).map(|n| event(n, "FREQ=MINUTELY")).collect();
    let told = desk.import_calendar("pings.ics", &calendar(many)).unwrap().problems;
    let last = told.last().unwrap();
    assert_eq!((last.0.as_str(), last.1.line, last.1.is_left_out), ("pings.ics", 0, false));
    let expected = "86 events repeat too often for every meeting to be shown, of 85 none in these weeks; the first is “Ping 0”";
    assert_eq!(last.1.message, expected);
    let weekly = calendar(event(0, "FREQ=WEEKLY"));
    assert_eq!(desk.import_calendar("weekly.ics", &weekly).unwrap().problems, []);
}

/// Takes one event in and gives what is told of it.
fn told(desk: &mut crate::ops::Desk, lines: &str) -> Vec<String> {
    let text =
        format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Sync\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n");
    let report = desk.import_calendar("a.ics", &text).unwrap();
    let changes = report.new.iter().chain(&report.changed).flat_map(|event| &event.changes);
    changes.map(crate::domain::difference::Difference::sentence).collect()
}

#[test]
fn times_are_told_on_the_clock_of_the_lead_and_a_time_that_is_only_written_otherwise_is_no_change() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    assert_eq!(told(&mut desk, "DTSTART;TZID=Australia/Sydney:20261125T080000"), ["start Tue 24 Nov 21:00"]);
    assert_eq!(told(&mut desk, "DTSTART:20261124T210000Z"), Vec::<String>::new());
    assert_eq!(told(&mut desk, "DTSTART;TZID=Europe/Berlin:20261124T220000"), Vec::<String>::new());
    let moved = "DTSTART;TZID=Europe/Berlin:20261126T220000";
    assert_eq!(told(&mut desk, moved), ["start Tue 24 Nov 21:00 → Thu 26 Nov 21:00"]);
    let series = "DTSTART;TZID=Europe/Berlin:20240229T110000\nRRULE:FREQ=DAILY;COUNT=2";
    assert_eq!(told(&mut desk, series)[0], "start Thu 26 Nov 21:00 → 29 Feb 2024 10:00");
    let other = "DTSTART;TZID=Europe/London:20240229T100000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=Europe/Berlin:20240301T110000";
    assert_eq!(told(&mut desk, other), ["left out 1 Mar 2024 10:00", "zone Europe/Berlin → Europe/London"]);
}

#[test]
fn lists_in_another_order_are_no_change() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let series = "DTSTART:20261124T100000Z\nRRULE:FREQ=DAILY;COUNT=9\n";
    let [one, other] = ["20261125T100000Z", "20261126T100000Z"];
    let [ana, bo] = ["ATTENDEE;CN=Ana:mailto:ana@x.example", "ATTENDEE;CN=Bo:mailto:bo@x.example"];
    let [first, last] = ["20261210T100000Z", "20261211T100000Z"];
    let told_first =
        told(&mut desk, &format!("{series}EXDATE:{one},{other}\nRDATE:{first},{last}\n{ana}\n{bo}"));
    assert!(!told_first.is_empty());
    let again = format!("{series}EXDATE:{other},{one}\nRDATE:{last},{first}\n{bo}\n{ana}");
    assert_eq!(told(&mut desk, &again), Vec::<String>::new());
    let less = format!("{series}EXDATE:{other}\nRDATE:{last},{first}\n{bo}\n{ana}");
    assert_eq!(told(&mut desk, &less), ["left out Wed 25 Nov 10:00, Thu 26 Nov 10:00 → Thu 26 Nov 10:00"]);
}

#[test]
fn what_one_day_says_otherwise_is_told_and_what_nobody_sees_is_no_change() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    desk.config.own_names = vec!["me@x.example".to_owned()];
    let series = "DTSTART:20261124T100000Z\nDTEND:20261124T103000Z\nRRULE:FREQ=DAILY;COUNT=3\nATTENDEE;CN=Bo:mailto:bo@x.example";
    let mut told = |end: &str, guests: &str| {
        told(
            &mut desk,
            &format!(
                "{series}\nATTENDEE:mailto:me@x.example\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSUMMARY:Sync\n\
                 RECURRENCE-ID:20261125T100000Z\nDTSTART:20261125T100000Z\nDTEND:20261125T{end}00Z\n{guests}"
            ),
        )
    };
    let me = |answer: &str| format!("ATTENDEE;PARTSTAT={answer}:mailto:me@x.example");
    let (bo, cy) = ("ATTENDEE;CN=Bo:mailto:bo@x.example", "ATTENDEE;CN=Cy:mailto:cy@x.example");
    assert_eq!(told("1030", &format!("{bo}\n{}", me("ACCEPTED"))).len(), 2, "start and rule");
    let longer = told("1200", &format!("{bo}\n{}", me("ACCEPTED")));
    assert_eq!(longer, ["moved days Wed 25 Nov 10:00 is 120 minutes"]);
    let refused = told("1200", &format!("{bo}\n{}", me("DECLINED")));
    let was = "moved days Wed 25 Nov 10:00 is 120 minutes →";
    assert_eq!(refused, [format!("{was} Wed 25 Nov 10:00 is 120 minutes declined")]);
    let guests = told("1030", &format!("{cy}\n{bo}\n{}", me("ACCEPTED")));
    assert_eq!(
        guests,
        ["moved days Wed 25 Nov 10:00 is 120 minutes declined → Wed 25 Nov 10:00 is with Cy, Bo"]
    );
    assert_eq!(told("1030", &format!("{bo}\n{cy}\n{}", me("ACCEPTED"))), Vec::<String>::new());
    let off = told("1000", "STATUS:CANCELLED");
    assert!(off[0].ends_with(" → Wed 25 Nov 10:00 is cancelled"), "{off:?}");
    let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nSUMMARY:Sync\n{series}\nSEQUENCE:");
    let numbered = |number: u32| format!("{text}{number}\nEND:VEVENT\nEND:VCALENDAR\n");
    desk.import_calendar("b.ics", &numbered(1)).unwrap();
    let report = desk.import_calendar("b.ics", &numbered(2)).unwrap();
    assert_eq!((report.updated, report.unchanged, report.changed.len()), (0, 1, 0));
}
