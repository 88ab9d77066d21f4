//! Calendars of which something is left out.

use crate::import::calendar::{OwnNames, read_calendar};
use crate::ops::Desk;
use crate::ops::import::CalendarReport;
use crate::ops::import::calendar::CalendarSource;
use crate::ops::import::lines::LeftOutLines;
use crate::ops::kit::desk_at;

fn file(name: &str, events: &[(&str, u32)]) -> CalendarSource {
    let event = |(uid, hour): &(&str, u32)| {
        format!("BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\nDTSTART:20261124T{hour}0000Z\nEND:VEVENT\n")
    };
    let events: String = events.iter().map(event).collect();
    let text = format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n");
    (format!("{name}.ics"), read_calendar(text.as_bytes(), &OwnNames::new(&[])).map_err(|it| it.to_string()))
}

fn take(desk: &mut Desk, files: Vec<CalendarSource>, without: &str) -> CalendarReport {
    let lines = without.parse::<LeftOutLines>().unwrap().choice();
    let chosen = desk.chosen_calendars(files, &lines).unwrap();
    desk.take_calendars(chosen, false).unwrap()
}

#[test]
fn meetings_are_left_out_of_a_calendar_by_line_key_and_id() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let report = take(&mut desk, vec![file("work", &[("a", 10), ("b", 11), ("c", 12)])], "7,c");
    assert_eq!((report.created, report.new[0].line, report.new[0].uid.as_str()), (1, 2, "a"));
    take(&mut desk, vec![file("work", &[("a", 10), ("b", 11)])], "none-of-them");
    // What is left out by its key is not gone from its calendar either.
    let report = take(&mut desk, vec![file("work", &[("b", 13)])], "M-1");
    assert_eq!((report.updated, report.vanished, report.changed[0].line), (1, 0, 2));
    assert_eq!(take(&mut desk, vec![file("work", &[("b", 13)])], "x").vanished, 1);
}

#[test]
fn lines_of_several_calendars_are_refused_and_so_is_a_key_of_nobody() {
    let desk = desk_at("2026-11-23T09:00:00+00:00");
    let both = || vec![file("work", &[("a", 10)]), file("home", &[("b", 11)])];
    let refused = |without: &str| {
        let lines = without.parse::<LeftOutLines>().unwrap().choice();
        desk.chosen_calendars(both(), &lines).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(refused("2"), "lines are those of one file, and there are several");
    assert!(refused("M-9").contains("M-9"));
}

#[test]
fn lines_of_files_that_were_put_together_are_refused() {
    let desk = desk_at("2026-11-23T09:00:00+00:00");
    let mut folder = file("work", &[("a", 10), ("b", 11)]);
    folder.1.as_mut().unwrap().lines.clear();
    let lines = "2".parse::<LeftOutLines>().unwrap().choice();
    let refused = desk.chosen_calendars(vec![folder], &lines).map(|_| ()).unwrap_err().to_string();
    assert_eq!(refused, "lines are those of one file, and there are several");
}
