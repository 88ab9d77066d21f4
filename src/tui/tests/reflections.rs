//! Owed reflections as days pass, and what stands beside the one that is written.

use super::Stage;
use crate::domain::meeting::MeetingKind;
use crate::ops::Desk;
use crate::ops::kit::move_clock;
use crate::ops::meetings::NewMeeting;
use crate::store::MeetingNote;

fn meeting(desk: &mut Desk, title: &str, start: &str, kind: MeetingKind) {
    desk.add_meeting(&NewMeeting {
        title: title.to_owned(),
        start: format!("2026-{start}:00").parse().unwrap(),
        minutes: 60,
        kind: Some(kind),
        series: String::new(),
        attendees: vec!["Marcus Hall".to_owned()],
        notes: MeetingNote::default(),
    })
    .unwrap();
}

fn rooms(desk: &mut Desk) {
    meeting(desk, "Board review", "11-23T08:00", MeetingKind::Leadership);
    meeting(desk, "Brand council", "11-23T08:00", MeetingKind::Stakeholder);
    meeting(desk, "One to one", "11-23T08:00", MeetingKind::OneToOne);
    meeting(desk, "Years ago", "02-23T08:00", MeetingKind::Leadership);
}

fn owed(stage: &Stage) -> Vec<&str> {
    stage.0.0.snapshot.owed.iter().map(|meeting| meeting.title.as_str()).collect()
}

fn on(stage: &mut Stage, day: &str) {
    move_clock(&mut stage.0.0.desk, &format!("2026-{day}T10:00:00+00:00"));
    stage.reread().unwrap();
    stage.keys("4");
}

#[test]
fn leadership_and_stakeholder_meetings_stay_owed_until_reflected_on_or_waved_off() {
    let mut stage = Stage::with((120, 36), rooms);
    assert_eq!(owed(&stage), ["One to one", "Brand council", "Board review"], "not from before the store");
    on(&mut stage, "11-25");
    assert!(stage.screen().contains("reflection owed 2 days: r x"), "{}", stage.screen());
    for day in ["11-30", "12-07", "12-23"] {
        on(&mut stage, day);
        assert_eq!(owed(&stage), ["Brand council", "Board review"], "{day}");
        assert!(stage.screen().contains("Brand council"), "{day}: {}", stage.screen());
    }
    assert!(stage.screen().contains("reflection owed 30 days: r x"), "{}", stage.screen());
    stage.keys("g g x");
    assert_eq!(owed(&stage).len(), 1, "{}", stage.screen());
    assert!(stage.screen().contains("Waved off the reflection on"), "{}", stage.screen());
    stage.keys("r \"4\" ctrl-s");
    assert!(owed(&stage).is_empty(), "{}", stage.screen());
    stage.keys("u u");
    assert_eq!(owed(&stage).len(), 2, "both are taken back");
}

#[test]
fn what_is_owed_nothing_is_not_waved_off() {
    let mut stage = Stage::with((120, 36), |desk| {
        meeting(desk, "Standup", "11-23T08:00", MeetingKind::Team);
    });
    stage.keys("4 x");
    assert!(stage.screen().contains("is owed no reflection"), "{}", stage.screen());
}

#[test]
fn the_meetings_of_the_last_two_weeks_are_listed_and_what_comes_stays_in_sight() {
    let mut stage = Stage::with((120, 36), |desk| {
        rooms(desk);
        for day in 16..=20 {
            meeting(desk, &format!("Council {day}"), &format!("11-{day}T08:00"), MeetingKind::Stakeholder);
        }
        meeting(desk, "Planning round", "12-01T08:00", MeetingKind::Team);
        meeting(desk, "Team of last week", "11-19T15:00", MeetingKind::Team);
    });
    on(&mut stage, "11-30");
    let screen = stage.screen();
    let list = |title: &str| {
        let rows = screen.lines().skip(2).take_while(|line| !line.starts_with("--- "));
        rows.enumerate()
            .find(|(_, line)| line.contains(title))
            .map_or_else(|| panic!("{title}: {screen}"), |it| it.0)
    };
    assert!(list("Planning round") < list("Team of last week"), "{screen}");
    assert_eq!(list("Planning round"), 7, "three that are owed stand before it: {screen}");
    assert_eq!(list("reflection owed"), 2, "under their heading, since today has no meeting: {screen}");
    assert!(list("Council 18") > list("Planning round"), "{screen}");
}

#[test]
fn evidence_names_the_day_that_it_holds_for() {
    let mut stage = Stage::with((120, 36), rooms);
    on(&mut stage, "11-25");
    stage.keys("r");
    assert!(!stage.screen().contains("over today"), "{}", stage.screen());
    let mut stage = Stage::with((120, 36), |desk| {
        meeting(desk, "Board review", "11-23T10:00", MeetingKind::Leadership);
    });
    on(&mut stage, "11-25");
    stage.keys("r");
    assert!(stage.screen().contains("nobody over on Mon 23 Nov"), "{}", stage.screen());
}

#[test]
fn a_meeting_that_just_ended_is_asked_for_in_the_header_and_hours_later_no_more() {
    let mut stage = Stage::with((160, 45), rooms);
    assert!(stage.screen().contains("reflect on One to one  r"), "{}", stage.screen());
    on(&mut stage, "11-23");
    assert!(!stage.screen().contains("reflect on One to one"), "{}", stage.screen());
}

#[test]
fn a_meeting_to_come_is_cancelled_moved_and_removed_by_keys_and_each_is_taken_back() {
    let mut stage = Stage::with((120, 36), |desk| {
        meeting(desk, "Board review", "11-23T15:00", MeetingKind::Leadership);
    });
    let shown = |stage: &Stage| {
        let meetings = &stage.0.0.snapshot.meetings;
        meetings.iter().map(|one| one.start.format("%m-%d %H:%M").to_string()).collect::<Vec<_>>()
    };
    stage.keys("4");
    stage.keys("x");
    assert!(shown(&stage).is_empty(), "{}", stage.screen());
    assert!(stage.screen().contains("Cancelled M-1 Board review"), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(shown(&stage), ["11-23 15:00"]);
    stage.keys("d \"tomorrow 9:30\"");
    assert!(stage.screen().contains("Tue 24 Nov 09:30"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(shown(&stage), ["11-24 09:30"], "{}", stage.screen());
    stage.keys("u X");
    assert!(shown(&stage).is_empty(), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(shown(&stage), ["11-23 15:00"], "{}", stage.screen());
}

#[test]
fn a_cancelled_meeting_comes_back_by_a_key_though_no_list_has_it() {
    let mut stage = Stage::with((120, 36), |desk| {
        meeting(desk, "Board review", "11-23T15:00", MeetingKind::Leadership);
    });
    stage.keys("4 g x");
    assert!(stage.screen().contains("no meeting of"), "{}", stage.screen());
    stage.keys("x");
    assert!(stage.0.0.snapshot.meetings.is_empty());
    stage.keys("g x");
    assert!(stage.screen().contains("Bring back which meeting of"), "{}", stage.screen());
    assert!(stage.screen().contains("Mon 23 Nov 15:00  Board review"), "{}", stage.screen());
    stage.keys("1");
    assert_eq!(stage.0.0.snapshot.meetings.len(), 1, "{}", stage.screen());
    assert!(stage.screen().contains("Brought back M-1 Board review"), "{}", stage.screen());
    stage.keys("u : \"M-1\" enter");
    assert!(
        stage.screen().contains("Cancelled") && stage.screen().contains("g x brings it back"),
        "{}",
        stage.screen()
    );
    stage.keys("g x");
    assert_eq!(stage.0.0.snapshot.meetings.len(), 1, "{}", stage.screen());
}

#[test]
fn what_an_empty_field_is_for_stays_in_sight_while_it_is_written() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("r 4");
    let hint = "one moment, with a name";
    assert_eq!(stage.screen().matches(hint).count(), 1, "{}", stage.screen());
    stage.keys("enter enter enter enter");
    assert!(stage.screen().contains("› The moment") && stage.screen().contains(hint), "{}", stage.screen());
    stage.keys("\"x\"");
    assert!(!stage.screen().contains(hint), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("› Next time") && stage.screen().contains("If …"), "{}", stage.screen());
}

#[test]
fn what_is_owed_in_a_room_begins_where_the_names_of_meetings_do() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::demo(size);
        stage.keys("4 z");
        for _ in 0..9 {
            if stage.screen().contains("owed P-") {
                break;
            }
            stage.keys("j");
        }
        let screen = stage.screen();
        let column = |words: &str| {
            let line = screen
                .lines()
                .find(|line| line.contains(words))
                .unwrap_or_else(|| panic!("{words}: {screen}"));
            crate::plain::width(&line[..line.find(words).unwrap()])
        };
        assert_eq!(column("owed P-"), column("Marketing lead"), "{screen}");
    }
}

#[test]
fn a_typed_reflection_means_a_meeting_that_has_begun() {
    let mut stage = Stage::with((120, 36), |desk| {
        meeting(desk, "Board review", "11-23T08:00", MeetingKind::Leadership);
        meeting(desk, "Board review", "11-30T10:00", MeetingKind::Leadership);
    });
    on(&mut stage, "11-24");
    for words in ["mon", "board"] {
        stage.keys(&format!(": \"reflect {words}\" enter"));
        assert!(stage.screen().contains("Board review  Mon 23 Nov 08:00"), "{words}: {}", stage.screen());
        stage.keys("esc");
    }
}
