//! Folders of calendars among whose files are mails.

use super::*;

fn file(method: &str, uid: &str, lines: &str) -> String {
    let method = if method.is_empty() { String::new() } else { format!("METHOD:{method}\n") };
    format!(
        "BEGIN:VCALENDAR\n{method}BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

fn shown(place: &Place) -> Vec<String> {
    let day = |text: &str| text.parse().unwrap();
    let found = place.desk.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
    found.iter().map(|one| format!("{} {}", one.title, one.start.format("%-d %H:%M"))).collect()
}

#[test]
fn a_mail_among_the_files_of_a_folder_changes_one_day_and_takes_nothing_from_the_rest() {
    let mut place = Place::new();
    for (uid, on) in [("a", "20261224"), ("b", "20261225")] {
        place.write(&format!("cal/{uid}.ics"), &file("", uid, &format!("DTSTART:{on}T100000Z")));
    }
    let moved = "RECURRENCE-ID:20261124T100000Z\nDTSTART:20261124T150000Z";
    place.write("cal/0-move.ics", &file("REQUEST", "r", moved));
    place.write("cal/r.ics", &file("", "r", "DTSTART:20261117T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2"));
    let folder = place.folder.path().join("cal").to_str().unwrap().to_owned();
    place.add("Work", SourceWhat::Calendar, SourceWay::Folder, &folder);
    for _ in 0..2 {
        place.refresh("Work", true).unwrap();
        assert_eq!(shown(&place), ["r 17 10:00", "r 24 15:00", "a 24 10:00", "b 25 10:00"]);
    }
    std::fs::remove_file(place.folder.path().join("cal/b.ics")).unwrap();
    assert_eq!(place.refresh("Work", true).unwrap().offered, counts(0, 0, 0));
    assert_eq!(shown(&place), ["r 17 10:00", "r 24 15:00", "a 24 10:00"]);
    // An older copy of a mail takes nothing from what the calendar says.
    place.write("cal/0-a.ics", &file("REQUEST", "a", "DTSTART:20261224T080000Z"));
    place.refresh("Work", true).unwrap();
    assert_eq!(shown(&place)[2], "a 24 10:00");
}
