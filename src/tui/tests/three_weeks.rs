//! Three weeks played through with a moving clock: an import on Monday, a slip, an absence, a missed due day, two
//! standups, a leadership meeting, a weekend, a holiday, and two weeks away. What is said each morning is counted by
//! hand here.

use super::Stage;
use crate::domain::ids::RequestId;
use crate::domain::meeting::MeetingKind;
use crate::domain::stage::Stage as Step;
use crate::import::requests::RequestOptions;
use crate::ops::Desk;
use crate::ops::kit::move_clock;
use crate::ops::meetings::NewMeeting;
use crate::store::{MeetingNote, Origin};

const HEAD: &str = "Key,Summary,Status,Due date,Assignee,Requester\n";

/// What the source says on Monday.
const MONDAY: &str = "A-1,Poster,In Progress,2026-11-24,Ana,Mara\n\
    A-2,Film,To Do,2026-12-01,Bo,Ines\n\
    A-3,Icons,To Do,2026-11-26,,Mara\n";

fn wednesday() -> String {
    MONDAY.replace("2026-11-24", "2026-11-27").replace("2026-12-01", "2026-12-03")
}

fn import(stage: &mut Stage, rows: &str) {
    let desk = &mut stage.0.0.desk;
    desk.origin = Origin::Import;
    let maps = vec![("Key".to_owned(), "external-id".to_owned())];
    let options = RequestOptions { preset: None, maps, sheet: None, order: None, now: desk.now().to_utc() };
    let text = format!("{HEAD}{rows}");
    desk.import_requests(text.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    desk.origin = Origin::Cockpit;
}

/// The cockpit is closed in the evening and opened at an instant.
fn morning(stage: Stage, instant: &str) -> Stage {
    let mut rehearsal = stage.0;
    rehearsal.keys("1");
    let mut stage = Stage(rehearsal.reopened().unwrap());
    move_clock(&mut stage.0.0.desk, &format!("2026-{instant}:00+00:00"));
    Stage(stage.0.reopened().unwrap())
}

fn minute(stage: &Stage) -> String {
    stage.0.0.desk.standup(None).unwrap().by_section.blocks[0].lines[0].text.clone()
}

fn section(stage: &Stage, title: &str) -> Vec<String> {
    let blocks = stage.0.0.desk.standup(None).unwrap().by_section.blocks;
    let own = blocks.into_iter().find(|block| block.title == title);
    own.map_or_else(Vec::new, |block| block.lines.into_iter().map(|line| line.text).collect())
}

fn news(stage: &Stage) -> Option<String> {
    stage.0.0.snapshot.meanwhile.as_ref().and_then(|found| found.line(stage.0.0.desk.now()))
}

fn owed(stage: &Stage) -> usize {
    stage.0.0.snapshot.owed.len()
}

fn begin(desk: &mut Desk) {
    for name in ["Ana", "Bo"] {
        crate::ops::kit::add(desk, &[("name", name)]);
    }
    crate::ops::kit::holiday(desk, "Bridge", "2026-12-04", "2026-12-04");
    desk.add_meeting(&NewMeeting {
        title: "Leadership sync".to_owned(),
        start: "2026-11-25T10:00:00".parse().unwrap(),
        minutes: 60,
        kind: Some(MeetingKind::Leadership),
        series: String::new(),
        attendees: vec!["Marcus Hall".to_owned()],
        notes: MeetingNote::default(),
    })
    .unwrap();
}

/// Three requests come in, a due day comes near, and what was saved is not offered again.
fn monday_and_tuesday(mut stage: Stage) -> Stage {
    // Monday: three requests come in. Ana has one of them, Bo one, and one is nobody's.
    import(&mut stage, MONDAY);
    stage = morning(stage, "11-23T11:00");
    assert_eq!(news(&stage).unwrap(), "since 09:12: 3 in, 2 given or taken");
    assert_eq!(section(&stage, "Nobody holds"), ["R-3 Icons: due Thu 26 Nov, new"]);
    stage.keys("' esc a \"Slides ~2h due:wed\"").pause();
    stage.keys("enter");
    move_clock(&mut stage.0.0.desk, "2026-11-23T11:15:00+00:00");
    stage.keys("s E");
    // Tuesday: the due day of the poster. The slides that were saved yesterday are not offered again.
    stage = morning(stage, "11-24T09:00");
    stage.keys("a");
    assert!(!stage.screen().contains("Slides ~2h"), "{}", stage.screen());
    stage.keys("esc");
    assert_eq!(news(&stage), None, "nothing happened elsewhere");
    assert_eq!(section(&stage, "Due today"), ["R-1 Poster: in progress · ana"]);
    assert_eq!(
        minute(&stage),
        "Nothing moved since the last standup; 1 due today, 2 due soon and held by nobody."
    );
    stage
}

/// A due day is missed and slips; another one was set by hand; a leadership meeting goes by.
fn wednesday_slips(mut stage: Stage) -> Stage {
    // Wednesday: it was missed, and slips at the source; the lead sets another day for the film by hand.
    stage = morning(stage, "11-25T09:00");
    assert_eq!(news(&stage).unwrap(), "since Tue: 1 late");
    assert_eq!(
        section(&stage, "Late"),
        ["R-1 Poster: was due Tue 24 Nov, 1 working day late, in progress · ana"]
    );
    stage.keys("' esc");
    stage.0.0.desk.edit(&[RequestId(2)], "due:2026-12-02").unwrap();
    import(&mut stage, &wednesday());
    stage = morning(stage, "11-25T11:30");
    assert_eq!(news(&stage).unwrap(), "since 09:00: 1 changed", "the film's day was set by hand and stays");
    assert_eq!(
        section(&stage, "Moved"),
        ["R-1 Poster: due Tue 24 Nov → Fri 27 Nov, imported · ana"],
        "a standup later it is still told, since Monday's was the last"
    );
    assert_eq!((section(&stage, "Late").len(), owed(&stage)), (0, 1));
    stage.keys("' esc s E");
    stage
}

/// What was delivered and missed meanwhile, and the reflection that was owed.
fn over_a_weekend(mut stage: Stage) -> Stage {
    // Thursday to Monday, over a weekend: the poster is delivered there, the icons were due and missed.
    import(&mut stage, &wednesday().replace("In Progress", "Done"));
    stage = morning(stage, "11-30T09:00");
    assert_eq!(news(&stage).unwrap(), "since Wed: 2 late, 1 moved");
    assert_eq!(
        section(&stage, "Late"),
        [
            "R-4 Slides: was due Wed 25 Nov, 3 working days late, new · held by nobody",
            "R-3 Icons: was due Thu 26 Nov, 2 working days late, new · held by nobody",
        ]
    );
    assert_eq!(stage.0.0.desk.store.request(RequestId(1)).unwrap().stage, Step::Delivered);
    assert!(section(&stage, "Delivered")[0].starts_with("R-1 Poster"), "{:?}", section(&stage, "Delivered"));
    stage.keys("4 g g r \"4\" \"4\" \"4\" ctrl-s 1 ' esc s E");
    assert_eq!(owed(&stage), 0, "{}", stage.screen());
    stage
}

/// A holiday lies in between, and nobody was here.
fn two_weeks_away(mut stage: Stage) -> Stage {
    // Two weeks away, a holiday in between: Friday 4 December is no working day.
    stage = morning(stage, "12-14T09:00");
    assert_eq!(news(&stage).unwrap(), "since 30 Nov: 1 late");
    let film = "R-2 Film: was due Wed 2 Dec, 7 working days late, new · bo".to_owned();
    assert!(section(&stage, "Late").contains(&film), "{:?}", section(&stage, "Late"));
    assert_eq!(minute(&stage), "Nothing moved since the last standup; 3 late.");
    stage.keys("' esc");
    stage = morning(stage, "12-15T09:00");
    assert_eq!(news(&stage), None, "it was read");
    stage
}

#[test]
fn three_weeks_are_told_each_morning_as_they_were() {
    let stage = monday_and_tuesday(Stage::with((120, 36), begin));
    two_weeks_away(over_a_weekend(wednesday_slips(stage)));
}
