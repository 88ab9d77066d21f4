//! What stands where, what is late and what is at risk, as days pass.

use super::*;
use crate::domain::field::Field;
use crate::ops::kit::{
    begin, change, day, give, go, holiday, hours, join, move_clock, request, shares_of, stages, studio,
};

fn row(desk: &Desk, id: RequestId) -> QueueRow {
    desk.row(id).unwrap()
}

fn late(desk: &Desk, id: RequestId) -> Option<String> {
    row(desk, id).late.map(|late| late.sentence(desk.today()))
}

fn order(desk: &Desk, filter: &str) -> Vec<i64> {
    let filter = Filter::parse(filter, &desk.reading().unwrap()).unwrap();
    desk.queue(&filter, None).unwrap().into_iter().map(|row| row.request.id.0).collect()
}

#[test]
fn work_is_late_on_the_day_after_its_due_day_by_working_days() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~4h due:fri");
    for (on, said) in [
        ("2026-11-27", None),
        ("2026-11-28", Some("was due Fri 27 Nov")),
        ("2026-11-30", Some("was due Fri 27 Nov, 1 working day late")),
        ("2026-12-09", Some("was due Fri 27 Nov, 8 working days late")),
    ] {
        go(&mut desk, on);
        assert_eq!(late(&desk, id).as_deref(), said, "{on}");
    }
    holiday(&mut desk, "Bridge", "2026-12-01", "2026-12-01");
    assert!(late(&desk, id).unwrap().contains("7 working days late"), "a holiday is no working day");
}

#[test]
fn work_on_hold_or_closed_is_never_late() {
    let mut desk = studio();
    let ids = [request(&mut desk, "Film t3 due:fri"), request(&mut desk, "Poster t3 due:fri")];
    stages(&mut desk, ids[0], &[Stage::OnHold]);
    stages(&mut desk, ids[1], &[Stage::Declined]);
    go(&mut desk, "2026-12-09");
    assert_eq!((late(&desk, ids[0]), late(&desk, ids[1])), (None, None));
    assert_eq!(row(&desk, ids[0]).reasons, Vec::<String>::new(), "nor at risk");
    // The sign of what is late would be on them otherwise.
    let due = |id| row(&desk, id).due_in_column(desk.today(), &desk.calendar().unwrap());
    assert_eq!((due(ids[0]).as_deref(), due(ids[1]).as_deref()), (Some("27 Nov"), Some("27 Nov")));
}

#[test]
fn without_a_due_day_the_last_day_of_a_share_tells() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~40h @ana");
    assert_eq!(shares_of(&desk, id)[0].to, day("2026-11-27"), "five days of eight hours");
    go(&mut desk, "2026-12-01");
    assert_eq!(late(&desk, id).unwrap(), "was planned until Fri 27 Nov, 2 working days late");
    let share = shares_of(&desk, id)[0].id;
    desk.edit_share(share, &|share| share.to = day("2026-12-04")).unwrap();
    assert_eq!(late(&desk, id), None, "planned again");
}

#[test]
fn late_work_that_is_planned_again_says_until_when() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~40h due:fri @ana");
    go(&mut desk, "2026-12-01");
    let share = shares_of(&desk, id)[0].id;
    desk.edit_share(share, &|share| share.to = day("2026-12-04")).unwrap();
    let said = "was due Fri 27 Nov, 2 working days late, planned until Fri 4 Dec";
    assert_eq!(late(&desk, id).unwrap(), said);
    assert_eq!(row(&desk, id).told(desk.today()), [said], "what is late is not at risk besides");
}

#[test]
fn what_nobody_holds_is_at_risk_once_less_is_left_than_its_tier_takes() {
    let mut desk = studio();
    // Three working days are usual for tier 3.
    let id = request(&mut desk, "Film t3 ~4h due:fri");
    let reasons = |desk: &Desk| row(desk, id).reasons;
    assert_eq!(reasons(&desk), Vec::<String>::new(), "four are left");
    go(&mut desk, "2026-11-25");
    assert_eq!(reasons(&desk), ["nobody holds it: 2 working days left, 3 are usual"]);
    give(&mut desk, id, "ana", 4);
    assert_eq!(reasons(&desk), Vec::<String>::new());
}

#[test]
fn a_block_is_a_risk_from_three_working_days_before_the_due_day() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~4h due:2026-12-02 @ana");
    desk.block(&[id], Some("prices")).unwrap();
    go(&mut desk, "2026-11-26");
    assert_eq!(row(&desk, id).reasons, Vec::<String>::new(), "four are left");
    go(&mut desk, "2026-11-27");
    assert_eq!(row(&desk, id).reasons, ["blocked with 3 working days left"]);
}

#[test]
fn a_share_that_ends_after_the_due_day_is_a_risk() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~4h due:2026-12-02 @ana");
    let share = shares_of(&desk, id)[0].id;
    desk.edit_share(share, &|share| share.to = day("2026-12-04")).unwrap();
    assert_eq!(row(&desk, id).reasons, ["planned until Fri 4 Dec, after it is due"]);
    begin(&mut desk, id);
    stages(&mut desk, id, &[Stage::InReview]);
    assert_eq!(row(&desk, id).reasons, Vec::<String>::new(), "nothing of it is left to be done");
    stages(&mut desk, id, &[Stage::InProgress]);
    assert_eq!(row(&desk, id).reasons, ["planned until Fri 4 Dec, after it is due"]);
    change(&mut desk, id, "due:2026-12-04");
    assert_eq!(row(&desk, id).reasons, Vec::<String>::new());
}

#[test]
fn work_that_its_people_cannot_carry_is_at_risk() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~40h due:fri @ana");
    assert_eq!(row(&desk, id).reasons, Vec::<String>::new(), "it fits to the hour");
    change(&mut desk, id, "~41h");
    assert_eq!(row(&desk, id).reasons, ["cannot be done before it is due: its people have no room for it"]);
    assert_eq!(row(&desk, id).mark(), RowMark::AtRisk);
}

#[test]
fn work_that_is_older_than_usual_since_it_was_ready_is_at_risk() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~4h due:2027-01-29 @ana");
    go(&mut desk, "2026-11-30");
    let older = |desk: &Desk, days: &str| !order(desk, &format!("age:>={days}")).is_empty();
    assert_eq!(row(&desk, id).age_days, 5, "while it is not ready, since it came in");
    assert!(older(&desk, "5d") && !older(&desk, "6d"));
    begin(&mut desk, id);
    assert_eq!(row(&desk, id).age_days, 0);
    go(&mut desk, "2026-12-03");
    assert_eq!((row(&desk, id).past_usual, row(&desk, id).age_days), (0, 3));
    assert!(older(&desk, "3d") && !older(&desk, "4d"));
    go(&mut desk, "2026-12-04");
    assert_eq!(row(&desk, id).reasons, ["1 working day older than is usual for its tier"]);
}

#[test]
fn usual_is_what_ten_of_its_tier_took_lately() {
    let mut desk = studio();
    let ids: Vec<_> = (0..10).map(|_| request(&mut desk, "Poster t3")).collect();
    for id in &ids {
        begin(&mut desk, *id);
    }
    go(&mut desk, "2026-11-30");
    let open = request(&mut desk, "Film t3");
    begin(&mut desk, open);
    desk.move_to(&ids[..9], Stage::Delivered, "").unwrap();
    go(&mut desk, "2026-12-07");
    assert_eq!(row(&desk, open).past_usual, 2, "five days, three configured: nine are too few");
    desk.move_to(&ids[9..], Stage::Delivered, "").unwrap();
    assert_eq!(row(&desk, open).past_usual, 0, "five days were usual");
}

#[test]
fn what_lies_first_by_hand_then_overdue_hard_dates_then_the_score() {
    let mut desk = studio();
    let small = request(&mut desk, "Poster t3 ~1h due:2026-12-18 value:3");
    let dear = request(&mut desk, "Banner t3 ~1h due:2026-12-18 value:20");
    let hard = request(&mut desk, "Booth t3 ~40h due:tomorrow hard:yes value:1");
    go(&mut desk, "2026-11-24");
    assert_eq!(order(&desk, ""), [dear.0, small.0, hard.0], "due today is not over");
    go(&mut desk, "2026-11-25");
    assert_eq!(order(&desk, ""), [hard.0, dear.0, small.0]);
    stages(&mut desk, hard, &[Stage::OnHold]);
    assert_eq!(order(&desk, ""), [dear.0, small.0, hard.0], "what is held is never late");
    stages(&mut desk, hard, &[Stage::New]);
    desk.set_fields(&[small], &[(Field::Order, "1".to_owned())]).unwrap();
    assert_eq!(order(&desk, ""), [small.0, hard.0, dear.0]);
}

#[test]
fn a_filter_keeps_the_order_and_finds_closed_work_only_when_asked() {
    let mut desk = studio();
    let ids: Vec<_> =
        ["Film t3 @ana", "Poster t3 @bo", "Banner t3"].iter().map(|line| request(&mut desk, line)).collect();
    stages(&mut desk, ids[2], &[Stage::Declined]);
    assert_eq!(order(&desk, "@ana"), [1]);
    assert_eq!(order(&desk, "").len(), 2);
    assert_eq!(order(&desk, "stage:declined"), [3]);
    assert_eq!(desk.closed_requests().unwrap()[0].left, Some(Minutes::ZERO));
    let all = Filter::parse("", &desk.reading().unwrap()).unwrap();
    assert_eq!(desk.queue(&all, Some(1)).unwrap().len(), 1);
}

#[test]
fn everybody_who_holds_a_part_is_named_once() {
    let mut desk = studio();
    join(&mut desk, "Cy", "copy");
    let id = request(&mut desk, "Film t3 ~9h due:fri");
    for who in ["bo", "ana", "bo"] {
        give(&mut desk, id, who, 3);
    }
    assert_eq!(row(&desk, id).people, ["bo", "ana"]);
    assert_eq!(row(&desk, id).left, Some(hours(9)));
}

#[test]
fn the_worse_mark_stands_where_two_would() {
    let mut desk = studio();
    let id = request(&mut desk, "Poster for the fair");
    assert_eq!(row(&desk, id).mark(), RowMark::OutputWorded);
    change(&mut desk, id, "outcome:\"5 % more members\" due:fri");
    assert_eq!(row(&desk, id).mark(), RowMark::None);
    go(&mut desk, "2026-11-26");
    assert_eq!(row(&desk, id).mark(), RowMark::AtRisk);
    desk.block(&[id], Some("prices")).unwrap();
    assert_eq!(row(&desk, id).mark(), RowMark::Blocked);
    go(&mut desk, "2026-11-30");
    assert_eq!(row(&desk, id).mark(), RowMark::Late);
}

#[test]
fn the_line_above_the_queue_counts_what_needs_a_look() {
    let mut desk = studio();
    let ids: Vec<_> = ["Film t3 ~4h due:fri", "Poster t3 ~4h due:2026-12-02", "Banner t3"]
        .iter()
        .map(|line| request(&mut desk, line))
        .collect();
    begin(&mut desk, ids[0]);
    go(&mut desk, "2026-12-01");
    let today = desk.today();
    let counts = desk.queue_and_load(today..today).unwrap().counts;
    assert_eq!(counts, Counts { open: 3, new: 2, late: 1, at_risk: 1, blocked: 0, with_requester: 0 });
}

#[test]
fn readiness_is_told_with_what_its_tier_wants_while_it_is_in_the_intake() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3");
    let text = |desk: &Desk| row(desk, id).readiness_text(50);
    assert!(text(&desk).ends_with(" of 100; tier 3 is ready from 50"), "{}", text(&desk));
    stages(&mut desk, id, &[Stage::Ready]);
    assert!(text(&desk).ends_with(" of 100"), "{}", text(&desk));
}

#[test]
fn days_are_those_of_the_leads_own_clock() {
    let mut desk = studio();
    move_clock(&mut desk, "2026-11-23T23:30:00-08:00");
    let id = request(&mut desk, "Film t3 due:today");
    assert_eq!(row(&desk, id).age_days, 0);
    assert_eq!(late(&desk, id), None);
    move_clock(&mut desk, "2026-11-24T00:30:00-08:00");
    assert_eq!((row(&desk, id).age_days, late(&desk, id).is_some()), (1, true));
}

#[test]
fn notes_are_not_told_while_others_look_on() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 notes:\"he is nervous\"");
    assert_eq!(row(&desk, id).request.notes, "he is nervous");
    desk.is_presenting = true;
    assert_eq!(row(&desk, id).request.notes, "");
}
