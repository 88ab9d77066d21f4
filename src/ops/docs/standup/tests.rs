//! The standup as days pass.

use super::*;
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage;
use crate::import::requests::RequestOptions;
use crate::ops::kit::{desk_at, move_clock};
use crate::ops::people::PersonChange;

fn at(day: &str) -> String {
    format!("2026-{day}T09:00:00+00:00")
}

/// A desk on Monday 23 November with Ana in the team.
fn studio() -> Desk {
    let mut desk = desk_at(&at("11-23"));
    desk.add_person(&PersonChange { name: Some("Ana".to_owned()), ..PersonChange::default() }).unwrap();
    desk
}

fn sections(desk: &Desk) -> Vec<(String, Vec<String>)> {
    let blocks = desk.standup(None).unwrap().by_section.blocks;
    blocks.into_iter().map(|it| (it.title, it.lines.into_iter().map(|line| line.text).collect())).collect()
}

fn section(desk: &Desk, title: &str) -> Vec<String> {
    sections(desk).into_iter().find(|(name, _)| name == title).map_or_else(Vec::new, |(_, lines)| lines)
}

/// Ends Monday's standup, a while after all else of that morning.
fn end_standup(desk: &mut Desk) {
    move_clock(desk, "2026-11-23T09:45:00+00:00");
    desk.end_standup().unwrap();
}

fn start(desk: &mut Desk, id: i64) {
    for stage in [Stage::Ready, Stage::Scheduled, Stage::InProgress] {
        desk.move_to(&[RequestId(id)], stage, "").unwrap();
    }
}

#[test]
fn what_is_late_or_due_today_comes_first_and_nobody_says_that_nothing_is_stuck() {
    let mut desk = studio();
    desk.add("Booth panels t3 ~8h due:2026-11-24 hard:yes @ana decider:Kim").unwrap();
    desk.add("Price list t3 ~2h due:2026-11-25 decider:Kim").unwrap();
    desk.add("Held back t3 due:2026-11-24 decider:Kim").unwrap();
    start(&mut desk, 1);
    desk.move_to(&[RequestId(3)], Stage::OnHold, "later").unwrap();
    end_standup(&mut desk);
    move_clock(&mut desk, &at("11-25"));
    let titles: Vec<String> = sections(&desk).into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles[..3], ["In a minute", "Late", "Due today"], "{titles:?}");
    let was = "R-1 Booth panels: was due Tue 24 Nov, 1 working day late, a hard date, in progress · ana";
    assert_eq!(section(&desk, "Late"), [was]);
    assert_eq!(section(&desk, "Due today"), ["R-2 Price list: new · held by nobody"]);
    let minute = "Nothing moved since the last standup; 1 late, 1 due today.";
    assert_eq!(section(&desk, "In a minute")[0], minute);
    // Two weeks later both are late, and still the first thing that is said.
    move_clock(&mut desk, &at("12-09"));
    assert_eq!(section(&desk, "Late").len(), 2);
    assert!(section(&desk, "Late")[0].contains("11 working days late"), "{:?}", section(&desk, "Late"));
    assert!(section(&desk, "In a minute")[0].contains("2 late"), "{:?}", section(&desk, "In a minute"));
}

#[test]
fn what_is_due_within_three_working_days_and_nobody_holds_is_said() {
    let mut desk = studio();
    desk.add("Near t3 due:2026-11-26 decider:Kim").unwrap();
    desk.add("Far t3 due:2026-11-27 decider:Kim").unwrap();
    desk.add("Held t3 ~1h due:2026-11-25 @ana decider:Kim").unwrap();
    move_clock(&mut desk, &at("11-23"));
    assert_eq!(section(&desk, "Nobody holds"), ["R-1 Near: due Thu 26 Nov, new"]);
    // On Thursday before a weekend, three working days reach Tuesday.
    desk.edit(&[RequestId(2)], "due:2026-12-01").unwrap();
    move_clock(&mut desk, &at("11-26"));
    assert_eq!(section(&desk, "Nobody holds"), ["R-2 Far: due Tue 1 Dec, new"]);
}

#[test]
fn what_an_import_brought_or_changed_counts_as_moved() {
    let mut desk = studio();
    desk.origin = Origin::Import;
    let import = |desk: &mut Desk, rows: &str| {
        let text = format!("Key,Summary,Due date,Created\n{rows}");
        let maps = vec![("Key".to_owned(), "external-id".to_owned())];
        let options = RequestOptions { preset: None, maps, order: None, now: desk.now().to_utc() };
        desk.import_requests(text.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    };
    import(&mut desk, "A-1,Poster,2026-12-11,2026-11-02\n");
    end_standup(&mut desk);
    move_clock(&mut desk, &at("11-24"));
    // It came in at the source weeks ago; here it is new.
    import(&mut desk, "A-1,Poster,2026-12-15,2026-11-02\nA-2,Film,2026-12-18,2026-11-03\n");
    assert_eq!(section(&desk, "Moved"), ["R-1 Poster: due Fri 11 Dec → Tue 15 Dec, imported"]);
    assert_eq!(section(&desk, "New"), ["R-2 Film"]);
    assert!(section(&desk, "In a minute")[0].starts_with("1 moved, 1 new"), "{:?}", sections(&desk));
    desk.undo(None).unwrap();
    assert_eq!((section(&desk, "Moved").len(), section(&desk, "New").len()), (0, 0));
}

#[test]
fn untouched_for_a_week_is_a_week() {
    for (day, is_told) in [("11-29", false), ("11-30", true)] {
        let mut desk = studio();
        desk.add("Quiet t1 ~4h due:2027-02-26 outcome:calm @ana decider:Kim").unwrap();
        start(&mut desk, 1);
        move_clock(&mut desk, &at(day));
        desk.end_standup().unwrap();
        assert_eq!(!section(&desk, "Nobody touched").is_empty(), is_told, "{day}: {:?}", sections(&desk));
        desk.edit(&[RequestId(1)], "~6h").unwrap();
        assert_eq!(section(&desk, "Nobody touched").len(), 0, "touched just now");
    }
    // Touched on a Tuesday, it is silent until the Tuesday after.
    let mut desk = studio();
    desk.add("Quiet t1 ~4h due:2027-02-26 outcome:calm @ana decider:Kim").unwrap();
    start(&mut desk, 1);
    move_clock(&mut desk, &at("12-01"));
    desk.edit(&[RequestId(1)], "~6h").unwrap();
    for (day, is_told) in [("12-07", false), ("12-08", true)] {
        move_clock(&mut desk, &at(day));
        assert_eq!(!section(&desk, "Nobody touched").is_empty(), is_told, "{day}");
    }
}

#[test]
fn remarks_stand_under_their_line_and_the_next_standup_tells_what_was_said_last_time() {
    let mut desk = studio();
    desk.add("Gift guide t3 due:2026-12-18 @ana decider:Kim").unwrap();
    desk.add("Poster t3 due:2026-12-18 decider:Kim").unwrap();
    desk.block(&[RequestId(1)], Some("prices")).unwrap();
    desk.remark("R-1", "ask Sofia for the last two").unwrap();
    end_standup(&mut desk);
    move_clock(&mut desk, "2026-11-23T15:00:00+00:00");
    desk.remark("R-1", "Sofia is away until Wednesday").unwrap();
    desk.remark("", "Kim is on leave").unwrap();
    move_clock(&mut desk, &at("11-24"));
    assert_eq!(
        section(&desk, "Blocked"),
        [
            "R-1 Gift guide: waits for prices, 1 working day · ana",
            "↳ last time, Mon 23 Nov: ask Sofia for the last two",
            "↳ Sofia is away until Wednesday",
        ]
    );
    assert_eq!(section(&desk, "Remarks"), ["Kim is on leave"]);
    let person = &desk.standup(None).unwrap().by_person.blocks[1];
    assert_eq!((person.title.as_str(), person.lines.len()), ("Ana", 3));
    desk.end_standup().unwrap();
    move_clock(&mut desk, &at("11-25"));
    assert_eq!(section(&desk, "Blocked")[1..], ["↳ last time, Mon 23 Nov: Sofia is away until Wednesday"]);
    assert_eq!(section(&desk, "Remarks").len(), 0, "what is about nothing is said once");
}
