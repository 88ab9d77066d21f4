//! The standup by keys: walked, acted on from its lines, copied, ended.

use super::Stage;
use super::screens::expect_at_all_sizes;
use crate::domain::document::Reader;
use crate::domain::ids::RequestId;
use crate::domain::minutes::Minutes;
use crate::export::{Layout, MAIL_WIDTH, render};

#[test]
fn by_section() {
    expect_at_all_sizes("standup", "s");
}

#[test]
fn by_person() {
    expect_at_all_sizes("standup-people", "s D");
}

#[test]
fn its_documents_for_the_demo_studio() {
    let stage = Stage::demo((120, 36));
    let pack = stage.0.0.desk.standup(None).unwrap();
    for (name, layout) in [("text", Layout::Text), ("markdown", Layout::Markdown), ("slack", Layout::Slack)] {
        super::screens::expect_text(
            &format!("standup.{name}"),
            &render(&pack.by_section, Reader::Lead, layout, MAIL_WIDTH),
        );
    }
}

#[test]
fn an_empty_store_says_how_to_begin() {
    let mut stage = Stage::empty((80, 24));
    stage.keys("s");
    assert!(stage.screen().contains("No work is here yet"), "{}", stage.screen());
}

#[test]
fn lines_are_acted_on_copied_and_said() {
    let mut stage = Stage::demo((120, 36));
    // The blocked one: unblocked from its line, and told as going on again.
    stage.keys("s");
    while !stage.screen().contains("›! R-21") {
        stage.keys("j");
    }
    stage.keys("!");
    let request = stage.0.0.desk.store.request(RequestId(21)).unwrap();
    assert!(request.blocked.is_none(), "{}", stage.screen());
    assert!(stage.screen().contains("no longer waits for prices from the buyers"), "{}", stage.screen());
    stage.keys("m \"ask Sofia for the last two\" enter");
    assert!(stage.screen().contains("ask Sofia for the last two"), "{}", stage.screen());
    stage.keys("g g space");
    assert!(stage.screen().contains("said 2 delivered"), "{}", stage.screen());
    stage.keys("y s");
    assert!(stage.screen().contains("as Slack for the room: copied, by hand"), "{}", stage.screen());
    stage.keys("y m");
    assert!(stage.screen().contains("as Markdown for the room: copied, by hand"), "{}", stage.screen());
}

#[test]
fn what_was_said_stays_said_by_section_and_by_person() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("s");
    while !stage.screen().contains("›✓ R-59") {
        stage.keys("j");
    }
    stage.keys("space D");
    assert!(stage.screen().contains("said Delivered: R-59"), "{}", stage.screen());
    stage.keys("D");
    assert!(stage.screen().contains("said R-59"), "{}", stage.screen());
}

#[test]
fn ending_it_remembers_when_and_can_be_undone() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.0.0.desk.standup_since().unwrap();
    assert_eq!(before.to_rfc3339(), "2026-11-20T00:00:00+00:00", "Monday looks back to Friday");
    stage.keys("s E");
    assert!(stage.screen().contains("Ended the standup"), "{}", stage.screen());
    let later = crate::ops::clock::Clock::fixed("2026-11-24T09:30:00+00:00".parse().unwrap());
    stage.0.0.desk.set_clock(later);
    assert_eq!(stage.0.0.desk.standup_since().unwrap().to_rfc3339(), "2026-11-23T09:12:00+00:00");
    stage.keys("u");
    assert_eq!(stage.0.0.desk.standup_since().unwrap().to_rfc3339(), "2026-11-23T00:00:00+00:00");
}

#[test]
fn it_looks_back_across_holidays() {
    let stage = Stage::with((120, 36), |desk| {
        crate::ops::kit::holiday(desk, "Bridge", "2026-11-19", "2026-11-20");
        desk.config.day = Minutes::hours(8);
    });
    let since = stage.0.0.desk.standup_since().unwrap();
    assert_eq!(since.to_rfc3339(), "2026-11-18T00:00:00+00:00");
}

#[test]
fn what_is_fine_takes_no_line() {
    let stage = Stage::with((120, 36), |desk| {
        desk.add("Quiet work t3 ~4h due:+20d decider:Kim").unwrap();
        desk.set_clock(crate::ops::clock::Clock::fixed("2026-11-24T09:00:00+00:00".parse().unwrap()));
        desk.end_standup().unwrap();
        desk.set_clock(crate::ops::clock::Clock::fixed("2026-11-25T09:00:00+00:00".parse().unwrap()));
    });
    let pack = stage.0.0.desk.standup(None).unwrap();
    assert_eq!(pack.by_section.blocks.len(), 1, "{:?}", pack.by_section.blocks);
    assert_eq!(
        pack.by_section.blocks[0].lines[0].text,
        "Nothing moved since the last standup; nothing is stuck."
    );
}

#[test]
fn one_request_waits_for_its_requester() {
    let waiting = |count: usize| {
        let stage = Stage::with((120, 36), |desk| {
            let start = "2026-11-23T09:30:00".parse().unwrap();
            let notes = crate::store::MeetingNote::default();
            let (title, series) = ("Studio standup".to_owned(), String::new());
            let attendees = vec!["Ana".to_owned()];
            let new = crate::ops::meetings::NewMeeting {
                title,
                start,
                minutes: 15,
                kind: None,
                series,
                attendees,
                notes,
            };
            desk.add_meeting(&new).unwrap();
            for _ in 0..count {
                let id = desk.add("Film t3 due:2026-12-18 requester:Zoe").unwrap().output.id;
                desk.move_to(&[id], crate::domain::stage::Stage::Clarifying, "").unwrap();
            }
        });
        stage.screen()
    };
    assert!(waiting(1).contains("prep ready: 1 waits for its requester"), "{}", waiting(1));
    assert!(waiting(2).contains("prep ready: 2 wait for their requester"), "{}", waiting(2));
}

#[test]
fn it_stays_in_the_header_and_prepared_until_its_meeting_ends() {
    let mut stage = Stage::demo((120, 36));
    for (minute, is_named) in [("29", false), ("35", true), ("44", true), ("45", false)] {
        let now = format!("2026-11-23T09:{minute}:00+00:00").parse().unwrap();
        stage.0.0.desk.set_clock(crate::ops::clock::Clock::fixed(now));
        stage.reread().unwrap();
        let screen = stage.screen();
        assert_eq!(screen.contains(" standup now  s"), is_named, "{minute}: {screen}");
        assert_eq!(screen.contains("prep ready: "), minute != "45", "{minute}: {screen}");
    }
}
