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
