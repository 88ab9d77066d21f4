//! Six weeks away, with what was said, given and begun afterwards.

use chrono::NaiveDate;

use crate::domain::allocation::NewShare;
use crate::domain::ids::RequestId;
use crate::domain::load::past::MissingDays;
use crate::domain::minutes::Minutes;
use crate::domain::stage::Stage;
use crate::ops::Desk;
use crate::ops::kit::{begin, change, day, desk_at, go, hours, join, left, request, stages};

/// Ana and a film of forty hours from 2 November to 29 January; nobody is there until 14 December.
fn film(is_begun: bool) -> (Desk, RequestId) {
    let mut desk = desk_at("2026-11-02T09:00:00+00:00");
    join(&mut desk, "Ana", "design");
    let id = request(&mut desk, "Film t3 ~40h due:2027-01-29");
    let share = NewShare { to: Some(day("2027-01-29")), ..NewShare::whole("ana") };
    desk.assign(id, &share).unwrap();
    if is_begun {
        begin(&mut desk, id);
    }
    go(&mut desk, "2026-12-14");
    (desk, id)
}

fn done(desk: &Desk, (from, to): (&str, &str)) -> Minutes {
    let kept = desk.kept_days(day(from), day(to)).unwrap();
    kept.shares.iter().map(|share| share.done).sum()
}

fn asked(desk: &Desk) -> Option<(NaiveDate, i64)> {
    match desk.days_to_confirm().unwrap() {
        Some(MissingDays::TooMany { first, count }) => Some((first, count)),
        _ => None,
    }
}

const ABSENT: (&str, &str) = ("2026-11-02", "2026-12-13");

#[test]
fn it_is_kept_only_after_a_yes() {
    let (mut desk, id) = film(true);
    assert_eq!(asked(&desk), Some((day("2026-11-02"), 42)));
    change(&mut desk, id, "Poster");
    assert_eq!(asked(&desk), Some((day("2026-11-02"), 42)), "a write is no yes");
    assert_eq!((left(&desk, id), done(&desk, ABSENT)), (Some(hours(40)), Minutes::ZERO));
    desk.confirm_days().unwrap();
    assert_eq!(asked(&desk), None);
    assert_eq!(desk.days_to_confirm().unwrap(), None);
    // Thirty of sixty-five working days.
    let off = done(&desk, ABSENT);
    assert!((hours(18)..=hours(19)).contains(&off), "{off}");
    assert_eq!(left(&desk, id), Some(hours(40) - off));
}

#[test]
fn what_was_said_after_the_return_stays() {
    let (mut desk, id) = film(true);
    change(&mut desk, id, "left:30h");
    desk.confirm_days().unwrap();
    assert_eq!(left(&desk, id), Some(hours(30)));
    assert!(done(&desk, ABSENT).is_positive(), "what was done before it is known all the same");
    change(&mut desk, id, "left:none");
    assert_eq!(left(&desk, id), Some(hours(40) - done(&desk, ABSENT)), "by plan");
}

#[test]
fn what_was_given_or_begun_after_the_return_keeps_its_hours() {
    let (mut desk, id) = film(false);
    let given = request(&mut desk, "Post t3 ~20h due:2026-12-18");
    let share =
        NewShare { from: Some(day("2026-12-07")), to: Some(day("2026-12-18")), ..NewShare::whole("ana") };
    desk.assign(given, &share).unwrap();
    begin(&mut desk, given);
    stages(&mut desk, id, &[Stage::Ready, Stage::InProgress]);
    desk.confirm_days().unwrap();
    assert_eq!((left(&desk, id), left(&desk, given)), (Some(hours(40)), Some(hours(20))));
    assert_eq!(done(&desk, ABSENT), Minutes::ZERO);
}

#[test]
fn days_after_the_return_are_kept_whatever_is_answered() {
    let (mut desk, id) = film(true);
    change(&mut desk, id, "left:30h");
    for on in ["2026-12-15", "2026-12-16", "2026-12-21"] {
        go(&mut desk, on);
        change(&mut desk, id, if on.ends_with('5') { "+x" } else { "+y" });
    }
    // Five of thirty-five working days off thirty hours.
    assert_eq!(left(&desk, id), Some(hours(30) - Minutes(255)));
    assert_eq!(asked(&desk), Some((day("2026-11-02"), 42)));
    let week = |desk: &Desk, on: &str| {
        let blocks = desk.week_review(day(on)).unwrap().blocks;
        let block = blocks.into_iter().find(|block| block.title == "Hours and flow").unwrap();
        block.lines[1].text.clone()
    };
    assert!(
        week(&desk, "2026-12-09").contains("not recorded from Mon 2 Nov"),
        "{}",
        week(&desk, "2026-12-09")
    );
    assert!(!week(&desk, "2026-12-16").contains("not recorded"), "{}", week(&desk, "2026-12-16"));
    desk.confirm_days().unwrap();
    assert_eq!((left(&desk, id), asked(&desk)), (Some(hours(30) - Minutes(255)), None));
    assert!(!week(&desk, "2026-12-09").contains("not recorded"));
}

#[test]
fn what_was_said_before_the_yes_stays_and_can_go_by_plan() {
    let (mut desk, id) = film(true);
    change(&mut desk, id, "left:30h");
    desk.confirm_days().unwrap();
    // The days that were kept since are part of what it means.
    let refused = desk.undo(None).unwrap_err().to_string();
    assert!(refused.contains("was changed since") && refused.contains("nothing was undone"), "{refused}");
    assert_eq!(left(&desk, id), Some(hours(30)));
}

#[test]
fn an_undo_of_what_was_said_before_the_yes_says_why_not_and_what_to_say_instead() {
    let (mut desk, id) = film(true);
    change(&mut desk, id, "left:30h");
    desk.confirm_days().unwrap();
    let refused = desk.undo(None).unwrap_err();
    assert!(refused.to_string().contains("took off what was done on days that are over"), "{refused}");
    assert!(refused.hint().unwrap().contains("`left:20h`"), "{:?}", refused.hint());
    // As it says: that is the way, and it can be undone.
    change(&mut desk, id, "left:none");
    assert_eq!(left(&desk, id), Some(hours(40) - done(&desk, ABSENT)));
    desk.undo(None).unwrap();
    assert_eq!(left(&desk, id), Some(hours(30)));
}
