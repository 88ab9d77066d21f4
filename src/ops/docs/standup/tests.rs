//! The standup as days pass.

use super::*;
use crate::domain::allocation::NewShare;
use crate::domain::document::Reader;
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage;
use crate::import::requests::RequestOptions;
use crate::ops::kit::{day, entry, give, go, hours, move_clock, request, rewrite, stages, studio};
use crate::store::Origin;

fn at(day: &str) -> String {
    format!("2026-{day}T09:00:00+00:00")
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
    for origin in [Origin::Import, Origin::Cockpit, Origin::CommandLine] {
        imported_by(origin);
    }
}

fn imported_by(origin: Origin) {
    let mut desk = studio();
    desk.origin = origin;
    let import = |desk: &mut Desk, rows: &str| {
        let text = format!("Key,Summary,Due date,Created\n{rows}");
        let maps = vec![("Key".to_owned(), "external-id".to_owned())];
        let options =
            RequestOptions { preset: None, maps, sheet: None, order: None, now: desk.now().to_utc() };
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
fn a_whole_store_that_came_in_is_as_old_as_it_says() {
    let mut desk = studio();
    desk.add("Quiet t1 ~4h due:2027-02-26 outcome:calm @ana decider:Kim").unwrap();
    start(&mut desk, 1);
    end_standup(&mut desk);
    move_clock(&mut desk, &at("12-01"));
    desk.add("Poster").unwrap();
    let mut there = crate::ops::kit::desk_at("2026-12-01T09:00:00+00:00");
    there.origin = Origin::Import;
    let dump = desk.store.dump().unwrap();
    there.take_everything(&dump, "all.json", (false, false), &|| true).unwrap();
    assert_eq!(section(&there, "New"), ["R-2 Poster"]);
    assert_eq!(section(&there, "Nobody touched").len(), 1, "{:?}", sections(&there));
    assert_eq!(sections(&there), sections(&desk));
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

const TUESDAY: &str = "2026-11-24";

#[test]
fn what_was_delivered_says_after_how_many_rounds_and_is_thanked_for() {
    let mut desk = studio();
    end_standup(&mut desk);
    go(&mut desk, TUESDAY);
    for (line, rounds) in
        [("Poster", 0), ("Film t3", 0), ("Booth t2 outcome:calm", 0), ("Banner t1 outcome:calm", 1)]
    {
        let id = request(&mut desk, &format!("{line} @ana decider:Kim"));
        start(&mut desk, id.0);
        for _ in 0..rounds {
            stages(&mut desk, id, &[Stage::InReview, Stage::InProgress]);
        }
        stages(&mut desk, id, &[Stage::Delivered]);
    }
    let lines = section(&desk, "Delivered");
    assert!(lines.contains(&"R-2 Film, right first time · ana".to_owned()), "{lines:?}");
    assert!(lines.contains(&"R-4 Banner, after one round · ana".to_owned()), "{lines:?}");
    assert_eq!(section(&desk, "Thanks"), ["ana: R-3 Booth, right first time"], "the deepest of them");
}

#[test]
fn without_a_delivery_what_came_of_freed_hours_is_thanked_for() {
    let mut desk = studio();
    request(&mut desk, "Film t3 decider:Kim");
    end_standup(&mut desk);
    go(&mut desk, TUESDAY);
    assert_eq!(section(&desk, "Thanks"), [] as [&str; 0]);
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "4h")]);
    let words = [("gain", "G-1"), ("onto", "R-1"), ("hours", "4h"), ("result", "a week sooner")];
    entry(&mut desk, Kind::Redirect, &words);
    assert_eq!(section(&desk, "Thanks"), ["4h a week of Templates came to something: a week sooner"]);
}

#[test]
fn the_one_decision_is_a_risk_to_raise_then_an_open_decision_then_the_longest_review() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 decider:Kim");
    start(&mut desk, film.0);
    stages(&mut desk, film, &[Stage::InReview]);
    assert_eq!(decision(&desk), None, "it waits since today");
    go(&mut desk, "2026-11-25");
    assert_eq!(decision(&desk).unwrap(), "R-1 Film: 2 working days in review, Kim");
    let asked = entry(
        &mut desk,
        Kind::Decision,
        &[("question", "templates?"), ("approver", "Kim"), ("check", "2026-11-27")],
    );
    assert_eq!(decision(&desk).unwrap(), "templates? Kim decides");
    rewrite(&mut desk, &asked, &[("approver", "")]);
    assert_eq!(decision(&desk).unwrap(), "templates? nobody is named to decide");
    rewrite(&mut desk, &asked, &[("check", "2026-11-28")]);
    assert!(decision(&desk).unwrap().starts_with("R-1"), "three days are not soon");
    let risk = entry(&mut desk, Kind::Risk, &[("text", "slot"), ("raise-by", "today")]);
    assert_eq!(decision(&desk).unwrap(), "Raise K-1 today: slot");
    rewrite(&mut desk, &risk, &[("raised", "today")]);
    assert!(decision(&desk).unwrap().starts_with("R-1"));
}

/// The line of the one decision that is needed today.
fn decision(desk: &Desk) -> Option<String> {
    section(desk, section::Section::Decision.title()).into_iter().next()
}

#[test]
fn what_no_longer_waits_is_told_once_and_only_while_it_does_not() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:2026-12-18 decider:Kim @ana");
    desk.block(&[film], Some("prices")).unwrap();
    end_standup(&mut desk);
    go(&mut desk, TUESDAY);
    desk.block(&[film], None).unwrap();
    let title = section::Section::Unblocked.title();
    assert_eq!(section(&desk, title), ["R-1 Film: no longer waits for prices"]);
    desk.block(&[film], Some("rights")).unwrap();
    assert_eq!(section(&desk, title), [] as [&str; 0]);
    assert_eq!(section(&desk, "Blocked"), ["R-1 Film: waits for rights · ana"]);
}

#[test]
fn what_is_blocked_without_a_reason_says_that_none_was_given() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:2026-12-18 decider:Kim @ana");
    desk.edit(&[film], "blocked:yes").unwrap();
    end_standup(&mut desk);
    go(&mut desk, TUESDAY);
    let told = "R-1 Film: blocked, no reason given, 1 working day · ana";
    assert_eq!(section(&desk, "Blocked"), [told]);
    desk.block(&[film], None).unwrap();
    let title = section::Section::Unblocked.title();
    assert_eq!(section(&desk, title), ["R-1 Film: no longer blocked"]);
}

#[test]
fn work_that_is_due_soon_needs_somebody_to_review_it() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~1h due:2026-11-27 @ana");
    start(&mut desk, film.0);
    let title = section::Section::NoReviewer.title();
    end_standup(&mut desk);
    assert_eq!(section(&desk, title), [] as [&str; 0], "four working days");
    go(&mut desk, TUESDAY);
    assert_eq!(section(&desk, title), ["R-1 Film: due Fri 27 Nov, and nobody to review it · ana"]);
    desk.edit(&[film], "decider:Kim").unwrap();
    assert_eq!(section(&desk, title), [] as [&str; 0]);
}

#[test]
fn a_brief_waits_for_its_requester_after_more_than_two_working_days() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 requester:Zoe decider:Kim");
    stages(&mut desk, film, &[Stage::Clarifying]);
    let title = section::Section::Waiting.title();
    go(&mut desk, "2026-11-25");
    assert_eq!(section(&desk, title), [] as [&str; 0]);
    go(&mut desk, "2026-11-26");
    assert_eq!(section(&desk, title), ["R-1 Film: 3 working days with Zoe"]);
}

#[test]
fn hours_that_nobody_knows_any_more_are_asked_for() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~8h due:2026-12-18 decider:Kim");
    let share = give(&mut desk, film, "ana", 8);
    desk.edit_share(share, &|share| share.to = "2026-11-23".parse().unwrap()).unwrap();
    start(&mut desk, film.0);
    let title = section::Section::HoursLeft.title();
    assert_eq!(section(&desk, title), [] as [&str; 0]);
    go(&mut desk, TUESDAY);
    assert_eq!(section(&desk, title), ["R-1 Film: ana: its planned hours are used up; how many are left?"]);
    desk.edit(&[film], "left:3h").unwrap();
    assert_eq!(section(&desk, title), [] as [&str; 0]);
}

#[test]
fn whoever_is_over_within_five_working_days_is_told_with_the_work_that_makes_it_so() {
    let mut desk = studio();
    // It fitted when it was given to her; then it grew.
    let film = request(&mut desk, "Film t3 ~40h due:2026-11-27 decider:Kim @ana");
    desk.edit(&[film], "~41h").unwrap();
    request(&mut desk, "Series t3 ~200h due:2026-12-11 decider:Kim @bo");
    let lines = section(&desk, section::Section::Over.title());
    assert!(lines[0].starts_with("ana is over 1h Mon 23–Fri 27 Nov: R-1"), "{lines:?}");
    assert!(section(&desk, "In a minute")[1].starts_with("Over within 5 working days: ana"), "{lines:?}");
    // Two days that are over, with one between them that is not: each has work of its own.
    let mut desk = studio();
    for on in ["2026-11-23", "2026-11-25"] {
        let id = request(&mut desk, &format!("Film t3 ~12h due:{on} decider:Kim"));
        let share = NewShare { from: Some(day(on)), to: Some(day(on)), ..NewShare::whole("ana") };
        desk.assign(id, &share).unwrap();
    }
    assert_eq!(section(&desk, section::Section::Over.title()).len(), 2);
    assert_eq!(section(&desk, "In a minute")[1], "Over within 5 working days: ana.", "one person, said once");
}

#[test]
fn of_more_than_ten_lines_the_last_counts_the_rest() {
    let mut desk = studio();
    for at in 1..=12 {
        request(&mut desk, &format!("Film {at} t3 decider:Kim"));
    }
    let lines = section(&desk, "New");
    assert_eq!((lines.len(), lines[9].as_str()), (10, "and 3 more"));
    // What somebody said is no line that could be counted.
    desk.remark(RemarkPlace { about: "R-12".to_owned(), under: "New".to_owned() }, "is urgent").unwrap();
    let lines = section(&desk, "New");
    assert_eq!(lines[8..], ["R-12 Film 12", "↳ is urgent", "and 3 more"], "{lines:?}");
    for at in 1..=12 {
        desk.remark("", &format!("word {at}")).unwrap();
    }
    assert_eq!(section(&desk, "Remarks").len(), 12);
}

#[test]
fn a_room_reads_no_remark_on_a_line_that_it_does_not_read() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~60h due:fri decider:Kim");
    let week = NewShare { to: Some(day("2026-11-27")), ..NewShare::whole("ana") };
    desk.assign(film, &week).unwrap();
    let over = section::Section::Over.title().to_owned();
    desk.remark(RemarkPlace { about: "R-1".to_owned(), under: over.clone() }, "she is off sick").unwrap();
    let page = desk.standup(None).unwrap().by_person;
    let said = |reader| {
        let blocks = page.for_reader(reader).blocks;
        blocks.into_iter().flat_map(|block| block.lines).map(|line| line.text).collect::<Vec<_>>().join("\n")
    };
    let lead = said(Reader::Lead);
    assert!(lead.contains(&format!("{over}: ana is ")) && lead.contains("off sick"), "{lead}");
    let room = said(Reader::Room { names_with_hours: false });
    assert!(!room.contains("off sick"), "{room}");
}

#[test]
fn by_person_each_line_says_its_section_and_what_nobody_holds_comes_last() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~1h due:today decider:Kim @bo");
    request(&mut desk, "Poster t3 ~1h due:today decider:Kim");
    let pages = desk.standup(None).unwrap().by_person.blocks;
    let titles: Vec<_> = pages.iter().map(|block| block.title.as_str()).collect();
    assert_eq!(titles, ["In a minute", "Bo", "Held by nobody"]);
    assert_eq!(pages[1].lines[0].text, "Due today: R-1 Film: new · bo");
}

#[test]
fn without_an_earlier_standup_it_tells_since_the_working_day_before() {
    let mut desk = studio();
    go(&mut desk, "2026-11-30");
    assert_eq!(desk.standup_since().unwrap().to_rfc3339(), "2026-11-27T00:00:00+00:00", "over the weekend");
    request(&mut desk, "Film t3 ~1h due:2026-12-18 @bo decider:Kim");
    go(&mut desk, "2026-12-15");
    // Nobody held one: it must not say that nothing moved since the last one.
    let head = |desk: &Desk| desk.standup(None).unwrap().by_section.subtitle;
    assert_eq!(head(&desk), "since Mon 14 Dec; no standup was ended yet");
    assert_eq!(section(&desk, "In a minute"), ["Nothing moved since Mon 14 Dec; nothing is stuck."]);
    go(&mut desk, "2026-11-30");
    desk.end_standup().unwrap();
    assert_eq!(desk.standup_since().unwrap().to_rfc3339(), "2026-11-30T09:00:00+00:00");
}

#[test]
fn a_remark_is_the_last_that_was_said_for_two_weeks_and_only_the_newest_of_before() {
    let mut desk = studio();
    let id = request(&mut desk, "Gift guide t3 due:2027-02-26 decider:Kim @ana");
    desk.block(&[id], Some("prices")).unwrap();
    desk.remark("R-1", "first").unwrap();
    move_clock(&mut desk, "2026-11-23T09:10:00+00:00");
    desk.remark("R-1", "second").unwrap();
    end_standup(&mut desk);
    let below = |desk: &Desk| section(desk, "Blocked")[1..].to_vec();
    for (today, is_told) in [("2026-11-24", true), ("2026-12-07", true), ("2026-12-08", false)] {
        go(&mut desk, today);
        let told = below(&desk);
        assert_eq!(told.len(), usize::from(is_told), "{today}: {told:?}");
        assert!(told.iter().all(|line| line.ends_with(": second")), "{told:?}");
    }
}

#[test]
fn a_remark_on_what_has_no_line_today_names_its_request_and_reaches_who_holds_it() {
    let mut desk = studio();
    end_standup(&mut desk);
    let quiet = request(&mut desk, "Quiet t3 due:2027-02-26 decider:Kim @bo");
    go(&mut desk, TUESDAY);
    desk.end_standup().unwrap();
    go(&mut desk, "2026-11-25");
    desk.remark(quiet.to_string().as_str(), "waits for the snow").unwrap();
    desk.remark("bo", "is back on Monday").unwrap();
    desk.remark("nobody-here", "has left").unwrap();
    assert_eq!(section(&desk, "Remarks"), ["R-1 Quiet: waits for the snow", "is back on Monday", "has left"]);
    let people = desk.standup(None).unwrap().by_person.blocks;
    let lines = |title: &str| {
        let block = people.iter().find(|block| block.title == title).unwrap();
        block.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(lines("Bo"), ["Remarks: R-1 Quiet: waits for the snow", "Remarks: is back on Monday"]);
    assert_eq!(lines("Held by nobody"), ["Remarks: has left"]);
}

#[test]
fn late_work_tells_for_how_many_working_days_nothing_was_said() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    let (from, to) = (Some(day("2026-11-23")), Some(day("2026-11-27")));
    let share = NewShare { minutes: Some(hours(400)), from, to, ..NewShare::whole("ana") };
    desk.assign(film, &share).unwrap();
    start(&mut desk, 1);
    let asked = |desk: &mut Desk, on: &str| {
        move_clock(desk, &at(on));
        section(desk, "Hours left?").pop().map(|line| line.split(", ").last().unwrap().to_owned())
    };
    assert_eq!(asked(&mut desk, "12-01"), None);
    for (on, days) in [("12-02", 3), ("12-07", 6), ("12-14", 11)] {
        assert_eq!(asked(&mut desk, on), Some(format!("and nothing said for {days} working days")), "{on}");
    }
}

#[test]
fn a_remark_stands_under_the_line_that_it_was_made_on() {
    let mut desk = studio();
    desk.add("Booth panels t3 ~8h due:2026-11-20 @ana decider:Kim").unwrap();
    start(&mut desk, 1);
    desk.block(&[RequestId(1)], Some("prices")).unwrap();
    for (under, text) in [("Late", "by Wednesday"), ("Blocked", "Sofia knows"), ("Gone", "whatever")] {
        let place = RemarkPlace { about: "R-1".to_owned(), under: under.to_owned() };
        desk.remark(place, text).unwrap();
    }
    assert_eq!(section(&desk, "Late")[1..], ["↳ by Wednesday", "↳ whatever"], "{:?}", sections(&desk));
    assert_eq!(section(&desk, "Blocked")[1..], ["↳ Sofia knows"]);
    assert_eq!(RemarkPlace::of("R-1", "Late", "R-1 Booth").under, "Late");
    assert_eq!(RemarkPlace::of("R-1", "Ana", "Late: R-1 Booth").under, "Late");
    assert_eq!(RemarkPlace::of("R-1", "Ana", "↳ by Wednesday").under, "");
}
