//! The week as it is told, block by block, on its days and afterwards.

mod past;

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::domain::record::Kind;
use crate::domain::reflection::{Presence, Reflection, Touched};
use crate::ops::kit::{
    aim, begin, change, day, desk_at, entry, go, meet, move_clock, reflection, request, rewrite, stages,
    studio,
};

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

fn block(desk: &Desk, week: &str, title: &str) -> Vec<String> {
    let blocks = desk.week_review(day(week)).unwrap().blocks;
    let found = blocks.into_iter().find(|block| block.title == title);
    found.map_or_else(Vec::new, |block| block.lines.into_iter().map(|line| line.text).collect())
}

const WEEK: &str = "2026-11-23";

fn promise(desk: &mut Desk, text: &str, due: &str) -> RecordKey {
    entry(desk, Kind::Promise, &[("text", text), ("who", "Kim"), ("due", due)])
}

#[test]
fn a_week_is_named_by_its_monday_whatever_day_is_asked_for() {
    let desk = desk();
    for on in ["2026-11-23", "2026-11-26", "2026-11-29"] {
        assert_eq!(desk.week_review(day(on)).unwrap().title, "Week of Mon 23 Nov", "{on}");
    }
}

#[test]
fn promises_are_told_up_to_the_end_of_the_week_after() {
    let mut desk = desk();
    promise(&mut desk, "late", "2026-11-20");
    promise(&mut desk, "soon", "2026-12-06");
    promise(&mut desk, "far", "2026-12-07");
    let kept = promise(&mut desk, "kept", "2026-11-24");
    go(&mut desk, "2026-11-24");
    rewrite(&mut desk, &kept, &[("kept", "today")]);
    let lines = block(&desk, WEEK, "Promises");
    assert!(lines.contains(&"Kept to Kim: kept".to_owned()), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("to Kim: late, 2 days late")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("to Kim: soon, ")), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("far")), "{lines:?}");
}

#[test]
fn a_week_that_is_over_stands_as_it_did_on_its_last_day() {
    let mut desk = desk();
    let key = promise(&mut desk, "two ways", "2026-11-27");
    go(&mut desk, "2026-11-30");
    rewrite(&mut desk, &key, &[("kept", "today")]);
    let lines = block(&desk, WEEK, "Promises");
    assert!(lines.iter().any(|line| line.starts_with("to Kim: two ways")), "still open then: {lines:?}");
    let lines = block(&desk, "2026-11-30", "Promises");
    assert!(lines.contains(&"Kept to Kim: two ways".to_owned()), "{lines:?}");
}

#[test]
fn freed_hours_evaporate_from_the_day_on_which_nothing_takes_them() {
    let mut desk = desk();
    assert_eq!(block(&desk, WEEK, "Headroom"), ["Nothing freed is noted"]);
    request(&mut desk, "Film");
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h"), ("from", "2026-11-16")]);
    let words = [("gain", "G-1"), ("onto", "R-1"), ("hours", "4h"), ("result", "a week sooner")];
    entry(&mut desk, Kind::Redirect, &words);
    assert_eq!(
        block(&desk, WEEK, "Headroom"),
        [
            "6h a week freed, 4h redirected, 2h unspoken for",
            "Evaporating: 2h a week of Templates, no use named: 7 days",
            "4h a week onto R-1 came to: a week sooner",
        ]
    );
    assert_eq!(block(&desk, "2026-11-09", "Headroom"), ["Nothing was freed by then"]);
}

#[test]
fn hours_that_will_be_freed_are_told_with_their_day() {
    let mut desk = desk();
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "5h"), ("from", "2026-12-07")]);
    assert_eq!(
        block(&desk, WEEK, "Headroom"),
        ["Nothing is freed yet; 5h a week of Templates from Mon 7 Dec"]
    );
    assert_eq!(block(&desk, "2026-11-16", "Headroom"), ["Nothing was freed by then"]);
}

#[test]
fn the_three_dearest_frictions_are_named_those_of_the_time() {
    let mut desk = desk();
    for (text, hours) in [("a", "1h"), ("b", "4h"), ("c", "3h"), ("d", "2h")] {
        entry(&mut desk, Kind::Friction, &[("text", text), ("hours", hours)]);
    }
    let names = |desk: &Desk, week| -> Vec<String> {
        let lines = block(desk, week, "Friction by cost");
        lines.iter().map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(&desk, WEEK), ["b", "c", "d"]);
    go(&mut desk, "2026-12-01");
    rewrite(&mut desk, &"F-2".parse().unwrap(), &[("stage", "unlocked")]);
    assert_eq!(names(&desk, WEEK), ["b", "c", "d"], "it was open then");
    go(&mut desk, "2026-12-08");
    assert_eq!(names(&desk, "2026-11-30"), ["c", "d", "a"]);
}

#[test]
fn outcomes_tell_this_weeks_reading_beside_the_one_before() {
    let mut desk = desk();
    assert_eq!(block(&desk, WEEK, "Outcomes moved"), ["No outcome is followed yet"]);
    for name in ["Spring sooner", "More members"] {
        entry(
            &mut desk,
            Kind::Outcome,
            &[("name", name), ("unit", "d"), ("baseline", "14"), ("target", "9")],
        );
    }
    for (on, value) in [("2026-11-18", "13"), ("2026-11-23", "12")] {
        entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", value), ("on", on)]);
    }
    let lines = block(&desk, WEEK, "Outcomes moved");
    assert!(lines[0].starts_with("Spring sooner: 12 d, was 13 d"), "{lines:?}");
    assert_eq!(lines[1], "1 without a reading this week");
}

#[test]
fn decisions_tell_what_was_decided_what_is_to_check_and_what_is_open() {
    let mut desk = desk();
    for (question, result, decided, check) in [
        ("templates?", "yes", "2026-11-23", ""),
        ("print?", "no", "2026-11-20", "2026-11-23"),
        ("studio?", "", "", ""),
    ] {
        let words = [("question", question), ("result", result), ("decided", decided), ("check", check)];
        entry(&mut desk, Kind::Decision, &words);
    }
    let words = [("question", "fair?"), ("decided", "2026-11-23"), ("changed", "asked what changes")];
    entry(&mut desk, Kind::Decision, &words);
    let lines = block(&desk, WEEK, "Decisions");
    assert_eq!(lines[1], "fair? We asked what changes", "{lines:?}");
    let lines = [&lines[..1], &lines[2..]].concat();
    assert_eq!(lines, ["templates? yes", "Did it come as expected? print?", "1 open"]);
}

#[test]
fn what_was_moved_for_what_is_told_in_its_week() {
    let mut desk = studio();
    assert_eq!(block(&desk, WEEK, "Trade-offs"), ["Nothing was moved for anything else."]);
    let moved = request(&mut desk, "Series t3 ~40h due:fri @ana");
    let mut plan = crate::ops::plan::Plan::whole(request(&mut desk, "Film t3 ~8h due:fri"));
    plan.share.who = "ana".to_owned();
    desk.commit_swap(&plan, moved, 1).unwrap();
    go(&mut desk, "2026-11-30");
    assert_eq!(block(&desk, WEEK, "Trade-offs"), ["R-1 moved by 1 working day for R-2"]);
    assert_eq!(block(&desk, "2026-11-30", "Trade-offs").len(), 1, "of another week");
}

#[test]
fn a_risk_is_to_be_said_from_its_day_until_it_is() {
    let mut desk = desk();
    let risk = entry(&mut desk, Kind::Risk, &[("text", "slot"), ("raise-by", "2026-11-24")]);
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner")]);
    let block = |desk: &Desk| block(desk, WEEK, "To anticipate");
    assert_eq!(block(&desk), ["1 outcome has nothing under way"]);
    go(&mut desk, "2026-11-24");
    assert_eq!(block(&desk)[0], "Raise K-1: slot");
    rewrite(&mut desk, &risk, &[("raised", "today")]);
    let film = request(&mut desk, "Film t3");
    aim(&mut desk, film, "O-1");
    assert_eq!(block(&desk), ["Nothing waits to be said."]);
}

#[test]
fn hours_go_into_work_and_went_once_their_days_are_over() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t1 ~20h due:fri outcome:\"more members\" @ana");
    begin(&mut desk, id);
    let lines = |desk: &Desk| block(desk, WEEK, "Hours and flow");
    assert!(lines(&desk)[0].starts_with("Hours go into strategy: 20h"), "{:?}", lines(&desk));
    go(&mut desk, "2026-11-27");
    stages(&mut desk, id, &[crate::domain::stage::Stage::Delivered]);
    go(&mut desk, "2026-11-30");
    // It was delivered on Friday, so that the four hours of that day were not done.
    let told = lines(&desk);
    assert!(told[0].starts_with("Hours went into strategy: 16h"), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("Delivered: 1")), "{told:?}");
    change(&mut desk, id, "brand:Harbour");
    assert_eq!(lines(&desk), told, "what is changed later changes nothing of it");
}

#[test]
fn what_happened_in_a_room_is_told_in_its_week_and_not_to_others() {
    let mut desk = desk();
    let key = meet(&mut desk, "Board", "2026-11-23T10:00", MeetingKind::Leadership, &["Marcus"]);
    assert_eq!(block(&desk, WEEK, "The question"), ["No reflection this week"]);
    move_clock(&mut desk, "2026-11-23T11:00:00+00:00");
    let reflection = Reflection {
        presence: Some(Presence { calm: 4, engaged: 5 }),
        moment: "they asked what if".to_owned(),
        ..reflection(&desk, &key)
    };
    desk.reflect(&reflection).unwrap();
    assert_eq!(
        block(&desk, WEEK, "What tipped it"),
        ["Board — reframed the question (4 of 5): they asked what if"]
    );
    // Between the sentence and its picture stands nothing.
    assert_eq!(block(&desk, WEEK, "The question").len(), 1);
    let lines = block(&desk, WEEK, "In the room");
    assert!(lines.contains(&"Board, Mon 23 Nov: calm 4 of 5, engaged 5 of 5".to_owned()), "{lines:?}");
    assert_eq!(block(&desk, "2026-11-30", "What tipped it"), [] as [&str; 0]);
    desk.is_presenting = true;
    assert_eq!(block(&desk, WEEK, "The question"), ["Reflections are hidden while you present."]);
    assert_eq!(block(&desk, WEEK, "In the room"), [] as [&str; 0]);
    assert_eq!(block(&desk, WEEK, "What tipped it"), [] as [&str; 0]);
}

/// Reflects on a meeting of a kind, with a stance and what became of a decision.
fn reflected(desk: &mut Desk, title: &str, start: &str, kind: MeetingKind, touched: Touched) {
    let key = meet(desk, title, start, kind, &["Kim"]);
    let noted = Reflection { stance: 4, touched: Some(touched), ..reflection(desk, &key) };
    desk.reflect(&noted).unwrap();
}

#[test]
fn the_week_opens_with_its_answer() {
    let mut desk = desk_at("2026-11-27T17:00:00+00:00");
    let first = |desk: &Desk| block(desk, WEEK, "The question").remove(0);
    assert_eq!(first(&desk), "No reflection this week");
    reflected(&mut desk, "Review", "2026-11-23T10:00", MeetingKind::Stakeholder, Touched::None);
    assert_eq!(
        first(&desk),
        "No leadership meeting was reflected on this week. In Review you reframed the question."
    );
    reflected(&mut desk, "Sync", "2026-11-24T10:00", MeetingKind::Leadership, Touched::Framed);
    assert_eq!(first(&desk), "Shaped 1 of 1 leadership meeting.");
    // What was left out is no no.
    let key = meet(&mut desk, "Early", "2026-11-23T08:00", MeetingKind::Leadership, &["Kim"]);
    let unsaid = Reflection { stance: 5, touched: None, ..reflection(&desk, &key) };
    desk.reflect(&unsaid).unwrap();
    assert_eq!(first(&desk), "Shaped 1 of 1 leadership meeting. Of one more you left out the decision.");
    // The reflection and its meeting.
    desk.undo(None).unwrap();
    desk.undo(None).unwrap();
    for day in ["2026-11-25", "2026-11-26"] {
        reflected(&mut desk, "Sync", &format!("{day}T10:00"), MeetingKind::Leadership, Touched::Informed);
    }
    assert_eq!(first(&desk), "Shaped 1 of 3 leadership meetings.");
    for hour in [11, 13] {
        reflected(
            &mut desk,
            "Board",
            &format!("2026-11-26T{hour}:00"),
            MeetingKind::Leadership,
            Touched::Changed,
        );
    }
    assert_eq!(first(&desk), "Shaped 3 of 5 leadership meetings, 60 %.");
    meet(&mut desk, "Sync", "2026-11-27T10:00", MeetingKind::Leadership, &["Kim"]);
    // Not yet, and not of that kind.
    meet(&mut desk, "Sync", "2026-11-27T18:00", MeetingKind::Leadership, &["Kim"]);
    meet(&mut desk, "Review", "2026-11-26T15:00", MeetingKind::Stakeholder, &["Kim"]);
    assert_eq!(first(&desk), "Shaped 3 of 5 leadership meetings, 60 %. One more is not reflected on.");
    // One that is still going on waits for nothing yet, as in the header.
    meet(&mut desk, "Late", "2026-11-27T16:45", MeetingKind::Leadership, &["Kim"]);
    assert_eq!(first(&desk), "Shaped 3 of 5 leadership meetings, 60 %. One more is not reflected on.");
    let left = desk.agenda(day("2026-11-27"), day("2026-11-27")).unwrap().shown.remove(0);
    desk.wave_reflection(&left.key).unwrap();
    assert_eq!(first(&desk), "Shaped 3 of 5 leadership meetings, 60 %.", "nobody will reflect on it");
}

#[test]
fn each_room_of_the_week_is_a_dot_with_its_calm() {
    let mut desk = desk_at("2026-11-27T17:00:00+00:00");
    let key = meet(&mut desk, "Sync", "2026-11-24T10:00", MeetingKind::Leadership, &["Kim"]);
    let presence = Some(Presence { calm: 4, engaged: 5 });
    let noted = Reflection { stance: 2, presence, ..reflection(&desk, &key) };
    desk.reflect(&noted).unwrap();
    let blocks = desk.week_review(day(WEEK)).unwrap().blocks;
    let plot = blocks.into_iter().find(|block| block.title == "The question").unwrap().plot.unwrap();
    assert_eq!(plot.title, "Stance, 1 reported status to 5 changed what was decided");
    let told: Vec<(&str, f64)> =
        plot.points.iter().map(|point| (point.label.as_str(), point.value)).collect();
    assert_eq!(told, [("Tue 24, calm 4 of 5", 2.0)]);
    desk.is_presenting = true;
    let hidden = desk.week_review(day(WEEK)).unwrap().blocks.remove(0);
    assert_eq!((hidden.plot, hidden.lines.len()), (None, 1), "nobody else reads it");
}
