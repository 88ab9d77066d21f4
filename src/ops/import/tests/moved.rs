//! What an import sees of a move is noted as a move is: clocks, the agreed day and rounds, at the moment that the file says
//! or else the one in which it is seen. Of what came in under way no more is told than is known.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::ids::RequestId;
use crate::domain::measures::{Span, flow};
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::ops::Desk;
use crate::ops::import::file::LineDecisions;
use crate::ops::import::file::tests::file;
use crate::ops::kit::{change, desk_at, go, stages};

const FILM: RequestId = RequestId(1);

/// Takes one row of a list in: its stage, what it says else, and the names of those columns.
fn take(desk: &mut Desk, (columns, stage, rest): (&str, &str, &str)) -> bool {
    let text = format!("Issue key,Summary,Created,Status{columns}\nJ-1,Film,2026-05-04,{stage}{rest}\n");
    let import = file(desk, "jira.csv", &text);
    let decisions = LineDecisions::default();
    let taken = desk.take_file(&import, &decisions, &mut |_, _| std::ops::ControlFlow::Continue(()));
    taken.unwrap().operation.is_some()
}

fn film(desk: &Desk) -> Request {
    desk.store.request(FILM).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

fn nine(day: &str) -> DateTime<Utc> {
    at(&format!("{day}T09:00"))
}

const fn date(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, month, day)
}

#[test]
fn each_stage_that_is_seen_notes_what_a_move_notes() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    let due = |stage: &'static str, day: &'static str| (",Due date", stage, day);
    assert!(take(&mut desk, due("To Do", ",2026-06-20")));
    assert_eq!((film(&desk).ready, film(&desk).first_agreed_due), (None, None));
    // The day that moves in the same file was moved before anything was agreed.
    for (day, stage, rounds) in [
        ("2026-06-03", "In Progress", 0),
        ("2026-06-08", "In Review", 0),
        ("2026-06-10", "In Progress", 1),
        ("2026-06-11", "In Review", 1),
        ("2026-06-12", "Done", 1),
    ] {
        go(&mut desk, day);
        assert!(take(&mut desk, due(stage, ",2026-06-30")), "{stage}");
        assert!(!take(&mut desk, due(stage, ",2026-06-30")), "the second import of {stage} writes nothing");
        let found = film(&desk);
        assert_eq!((found.stage_since, found.rounds), (nine(day), rounds), "{stage}");
        assert_eq!((found.ready, found.started), (Some(nine("2026-06-03")), Some(nine("2026-06-03"))));
        assert_eq!((found.first_agreed_due, found.due_moves), (date(6, 30), 0), "{stage}");
    }
    assert_eq!(film(&desk).delivered, Some(nine("2026-06-12")));
    desk.undo(None).unwrap();
    assert_eq!((film(&desk).stage, film(&desk).rounds), (Stage::InReview, 1));
    desk.undo(None).unwrap();
    desk.undo(None).unwrap();
    assert_eq!((film(&desk).stage_since, film(&desk).rounds), (nine("2026-06-08"), 0));
}

#[test]
fn a_file_that_says_when_is_believed_and_one_that_cannot_know_is_not() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    let updated = |stage: &'static str, when: &'static str| (",Updated", stage, when);
    take(&mut desk, updated("To Do", ",2026-05-20 08:00"));
    go(&mut desk, "2026-06-08");
    take(&mut desk, updated("In Progress", ",2026-06-04 15:00"));
    let begun = film(&desk);
    let then = at("2026-06-04T15:00");
    assert_eq!((begun.stage_since, begun.ready, begun.started), (then, Some(then), Some(then)));
    // Written again since, in the same stage: it stands there as long as it did.
    take(&mut desk, updated("In Progress", ",2026-06-07 15:00"));
    assert_eq!(film(&desk).stage_since, then);
    // Before it came to the stage that it leaves, nothing can have taken it out of it.
    go(&mut desk, "2026-06-09");
    take(&mut desk, updated("In Review", ",2026-06-02 15:00"));
    assert_eq!(film(&desk).stage_since, nine("2026-06-09"));
    go(&mut desk, "2026-06-10");
    take(&mut desk, updated("To Do", ","));
    assert_eq!((film(&desk).stage_since, film(&desk).rounds), (nine("2026-06-10"), 1));
}

#[test]
fn what_came_in_under_way_was_ready_on_a_day_that_nobody_makes_up() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    take(&mut desk, (",Due date", "In Progress", ",2026-06-30"));
    let seen = Some(nine("2026-06-01"));
    let found = film(&desk);
    assert_eq!((found.ready, found.started, found.first_agreed_due), (None, seen, date(6, 30)));
    assert_eq!(Some(found.stage_since), seen, "not the day on which it came in");
    change(&mut desk, FILM, "t3 decider:Priya");
    go(&mut desk, "2026-06-15");
    stages(&mut desk, FILM, &[Stage::InReview]);
    go(&mut desk, "2026-06-16");
    assert_eq!(desk.reviews().unwrap()[0].oldest, 1);
    stages(&mut desk, FILM, &[Stage::Delivered]);
    assert_eq!((film(&desk).ready, film(&desk).started), (None, seen));
    // Taken up again it is still not ready since today.
    stages(&mut desk, FILM, &[Stage::InProgress]);
    assert_eq!(film(&desk).ready, None);
}

#[test]
fn work_that_comes_back_takes_no_delivery_out_of_the_week_it_was_in() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    let resolved = |stage: &'static str, day: &'static str| (",Due date,Resolved", stage, day);
    take(&mut desk, resolved("In Progress", ",2026-06-30,"));
    go(&mut desk, "2026-06-05");
    take(&mut desk, resolved("Done", ",2026-06-30,2026-06-05"));
    go(&mut desk, "2026-06-10");
    let week = |desk: &Desk| {
        let lines = desk.week_review("2026-06-01".parse().unwrap()).unwrap().blocks;
        lines
            .into_iter()
            .flat_map(|it| it.lines)
            .find(|line| line.text.starts_with("Delivered"))
            .unwrap()
            .text
    };
    assert_eq!(week(&desk), "Delivered: 1; on the first date agreed: 1 of 1");
    take(&mut desk, resolved("In Progress", ",2026-06-30,"));
    assert_eq!(film(&desk).stage_since, nine("2026-06-10"));
    assert_eq!(week(&desk), "Delivered: 1; on the first date agreed: 1 of 1");
}

#[test]
fn a_block_is_as_old_as_it_was_seen_and_keeps_its_day_when_the_work_moves() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    let blocked = |stage: &'static str, why: &'static str| (",Blocked", stage, why);
    take(&mut desk, blocked("To Do", ","));
    let since = |desk: &Desk| film(desk).blocked.map(|blocked| blocked.since);
    for (day, stage, why, expected) in [
        ("2026-06-03", "To Do", ",prices", date(6, 3)),
        ("2026-06-05", "In Progress", ",prices", date(6, 3)),
        ("2026-06-08", "In Progress", ",legal", date(6, 8)),
        ("2026-06-09", "Done", ",legal", None),
    ] {
        go(&mut desk, day);
        assert!(take(&mut desk, blocked(stage, why)));
        assert_eq!(since(&desk), expected, "{day}");
    }
}

#[test]
fn a_status_that_says_blocked_is_followed_in_the_same_stage_too() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    let is_blocked = |desk: &Desk| film(desk).blocked.is_some();
    for (day, stage, expected) in [
        ("2026-06-03", "In Progress", false),
        ("2026-06-05", "Blocked", true),
        ("2026-06-08", "In Progress", false),
    ] {
        go(&mut desk, day);
        take(&mut desk, ("", stage, ""));
        assert_eq!(is_blocked(&desk), expected, "{day}");
    }
    // What was set here stays as long as the source says the same.
    change(&mut desk, FILM, "blocked:prices");
    go(&mut desk, "2026-06-09");
    take(&mut desk, ("", "In Progress", ""));
    assert!(is_blocked(&desk));
}

#[test]
fn work_that_is_done_when_it_is_seen_next_took_no_days_that_anybody_knows() {
    let mut desk = desk_at("2026-06-01T09:00:00+00:00");
    take(&mut desk, (",Due date", "To Do", ",2026-06-30"));
    change(&mut desk, FILM, "t3");
    go(&mut desk, "2026-06-12");
    take(&mut desk, (",Due date", "Done", ",2026-06-30"));
    let found = film(&desk);
    assert_eq!((found.delivered, found.ready, found.started), (Some(nine("2026-06-12")), None, None));
    go(&mut desk, "2026-06-15");
    let span = Span { from: date(6, 8).unwrap(), to: date(6, 14).unwrap() };
    let review = desk.gather_review(span).unwrap();
    let facts = review.facts();
    assert_eq!(flow::throughput(&facts, span).rows.len(), 1, "it was delivered");
    for counts in [flow::lead_time, flow::first_pass, flow::on_time] {
        assert_eq!(counts(&facts, span).rows.len(), 0, "no day is made up for it");
    }
    assert!(
        desk.store.delivered_since(nine("2026-06-01")).unwrap().is_empty(),
        "nor for how long its tier takes"
    );
}
