//! What stands beside a reflection is what held when the meeting began, whenever it is written.

use super::*;
use crate::domain::ids::RequestId;
use crate::domain::reflection::Presence;
use crate::domain::stage::Stage;
use crate::ops::kit::{desk_at, go, meet, move_clock, reflection, refusal};
use crate::ops::meetings::MeetingChange;
use crate::store::Store;

fn at(instant: &str) -> String {
    format!("2026-11-{instant}:00+00:00")
}

/// Ana is over by 12 hours on Monday at eight; the board meets at half past nine.
fn studio() -> (Desk, OccurrenceKey) {
    let mut desk = desk_at(&at("23T08:00"));
    crate::ops::kit::add(&mut desk, &[("name", "Ana")]);
    // It fitted when it was given to her; then it grew.
    desk.add("Film t3 ~8h due:2026-11-23 @ana").unwrap();
    desk.edit(&[RequestId(1)], "~20h").unwrap();
    let key = meeting(&mut desk, "2026-11-23T09:30");
    (desk, key)
}

fn meeting(desk: &mut Desk, start: &str) -> OccurrenceKey {
    meet(desk, "Board review", start, MeetingKind::Leadership, &["Marcus"])
}

fn over(desk: &Desk, key: &OccurrenceKey) -> Option<Minutes> {
    desk.evidence(key).unwrap().1.forced_over
}

#[test]
fn the_load_beside_it_is_that_of_the_meeting_whatever_happened_since() {
    let (mut desk, key) = studio();
    move_clock(&mut desk, &at("23T11:00"));
    assert_eq!(over(&desk, &key), Some(Minutes::hours(12)));
    // The room is over; the work is given away, and days pass.
    desk.unassign(&[RequestId(1)]).unwrap();
    desk.edit(&[RequestId(1)], "~2h").unwrap();
    for instant in ["23T12:00", "24T09:00", "30T09:00"] {
        move_clock(&mut desk, &at(instant));
        assert_eq!(over(&desk, &key), Some(Minutes::hours(12)), "{instant}");
    }
    desk.reflect(&reflection(&desk, &key)).unwrap();
    let stored = desk.entries().unwrap().remove(0).reflection;
    assert_eq!(stored.forced_over, Some(Minutes::hours(12)), "kept with the reflection");
    desk.reflect(&reflection(&desk, &key)).unwrap();
    assert_eq!(desk.entries().unwrap().remove(0).reflection.forced_over, Some(Minutes::hours(12)));
}

#[test]
fn work_that_came_after_the_meeting_weighs_nothing_beside_it() {
    let (mut desk, _) = studio();
    let early = meeting(&mut desk, "2026-11-23T10:00");
    desk.unassign(&[RequestId(1)]).unwrap();
    move_clock(&mut desk, &at("24T09:00"));
    desk.add("Late idea t3 ~40h due:2026-11-24 @ana").unwrap();
    assert_eq!(over(&desk, &early), Some(Minutes::ZERO));
}

#[test]
fn of_a_meeting_before_the_store_nobody_knows() {
    let (mut desk, _) = studio();
    let old = meeting(&mut desk, "2026-11-20T09:30");
    assert_eq!(over(&desk, &old), None);
}

#[test]
fn the_store_as_it_was_holds_what_it_held_then_also_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk_at(&at("23T09:12"));
    desk.store = Store::open(&folder.path().join("s.db")).unwrap().0;
    desk.fill_demo().unwrap();
    let work = |store: &Store| {
        let lists = (store.all_requests().unwrap(), store.open_allocations().unwrap());
        let team = (store.people().unwrap(), store.absences().unwrap(), store.holidays().unwrap());
        format!("{lists:#?}{team:#?}")
    };
    let then = desk.store.newest_operation().unwrap();
    let before = work(&desk.store);
    desk.add("New one t3 ~8h @ana").unwrap();
    desk.edit(&[RequestId(1), RequestId(2)], "t2 ~9h +late requester:\"Zoe \\\"Z\\\" Lang\"").unwrap();
    desk.move_to(&[RequestId(3)], Stage::Declined, "no owner").unwrap();
    desk.unassign(&[RequestId(22)]).unwrap();
    crate::ops::kit::holiday(&mut desk, "Bridge", "2026-12-24", "2026-12-24");
    desk.undo(None).unwrap();
    desk.block(&[RequestId(5)], Some("prices")).unwrap();
    assert_ne!(work(&desk.store), before);
    let now = work(&desk.store);
    let earlier = desk.store.as_it_was(then).unwrap();
    assert_eq!(work(&earlier), before);
    assert_eq!(work(&desk.store), now, "nothing was written");
}

#[test]
fn the_week_shows_calm_against_the_load_of_each_morning_as_dots_until_there_are_five() {
    let (mut desk, key) = studio();
    let mut keys = vec![key];
    keys.extend((24..=27).map(|day| meeting(&mut desk, &format!("2026-11-{day}T09:30"))));
    let block = |desk: &Desk| {
        let week = desk.week_review("2026-11-23".parse().unwrap()).unwrap();
        week.blocks.into_iter().find(|block| block.title == "Calm and load")
    };
    for (day, (key, calm)) in (23..).zip(keys.iter().zip([2, 5, 4, 4, 3])) {
        move_clock(&mut desk, &at(&format!("{day}T11:00")));
        if day == 25 {
            assert_eq!(block(&desk).unwrap().lines.len(), 3);
        }
        let presence = Some(Presence { calm, engaged: 4 });
        desk.reflect(&Reflection { presence, ..reflection(&desk, key) }).unwrap();
        if day == 23 {
            desk.unassign(&[RequestId(1)]).unwrap();
        }
        if day == 24 {
            let lines: Vec<String> = block(&desk).unwrap().lines.into_iter().map(|it| it.text).collect();
            assert_eq!(
                lines,
                [
                    "Mon 23 Nov ●●○○○ calm 2 of 5, team over 12h",
                    "Tue 24 Nov ●●●●● calm 5 of 5, nobody over",
                    "too few to say more, n 2",
                ]
            );
        }
    }
    let whole = block(&desk).unwrap();
    assert_eq!(whole.lines[0].text, "1 of 5 mornings with somebody over: too few of a kind to compare");
    let own = &whole.lines[0].figures[0];
    assert_eq!(
        (own.value, own.unit.as_str(), own.n, own.keys.len()),
        (20.0, "%", 5, 5),
        "{}",
        own.definition
    );
    let plot = whole.plot.unwrap();
    assert_eq!((plot.points.len(), plot.points[0].label.as_str()), (5, "23 Nov, 12h over"));
    desk.is_presenting = true;
    assert_eq!(block(&desk), None, "nothing of it while others look on");
}

/// The titles of what waits for a reflection, the newest first.
fn owed(desk: &Desk, from: &str) -> Vec<String> {
    let meetings = desk.meetings(from.parse().unwrap(), desk.today()).unwrap();
    desk.owed_among(&meetings).unwrap().into_iter().map(|meeting| meeting.title).collect()
}

#[test]
fn a_room_of_leaders_is_owed_a_reflection_until_it_has_one_and_a_pair_for_some_days() {
    let mut desk = desk_at(&at("23T08:00"));
    let board = meet(&mut desk, "Board", "2026-11-23T09:00", MeetingKind::Leadership, &[]);
    meet(&mut desk, "Kim", "2026-11-23T10:00", MeetingKind::OneToOne, &["Kim"]);
    meet(&mut desk, "Studio", "2026-11-23T11:00", MeetingKind::Team, &[]);
    move_clock(&mut desk, &at("23T09:59"));
    assert_eq!(owed(&desk, "2026-11-23"), [] as [&str; 0], "it is not over");
    move_clock(&mut desk, &at("23T12:00"));
    assert_eq!(owed(&desk, "2026-11-23"), ["Kim", "Board"], "a team meeting is owed none");
    go(&mut desk, "2026-11-28");
    assert_eq!(owed(&desk, "2026-11-23"), ["Kim", "Board"], "five days later");
    go(&mut desk, "2026-11-29");
    assert_eq!(owed(&desk, "2026-11-23"), ["Board"]);
    desk.reflect(&reflection(&desk, &board)).unwrap();
    assert_eq!(owed(&desk, "2026-11-23"), [] as [&str; 0]);
}

#[test]
fn what_was_before_the_store_was_begun_is_owed_nothing_but_for_the_last_days() {
    let mut desk = desk_at(&at("23T08:00"));
    desk.add("Film").unwrap();
    for day in ["17", "18"] {
        meet(&mut desk, day, &format!("2026-11-{day}T09:00"), MeetingKind::Leadership, &[]);
    }
    assert_eq!(owed(&desk, "2026-11-01"), ["18"]);
    go(&mut desk, "2026-12-14");
    assert_eq!(owed(&desk, "2026-11-01"), ["18"], "it waits");
}

#[test]
fn a_reflection_that_is_waved_off_is_not_asked_for_again() {
    let (mut desk, key) = studio();
    assert!(refusal(desk.wave_reflection(&key)).ends_with("is owed no reflection"), "it is not over");
    move_clock(&mut desk, &at("23T11:00"));
    let label = desk.wave_reflection(&key).unwrap().label;
    assert_eq!(label, "Waved off the reflection on M-1");
    assert_eq!(owed(&desk, "2026-11-23"), [] as [&str; 0]);
    desk.undo(None).unwrap();
    assert_eq!(owed(&desk, "2026-11-23"), ["Board review"]);
}

#[test]
fn a_reflection_is_written_after_the_meeting_began_and_with_steps_that_there_are() {
    let (mut desk, key) = studio();
    let refused = refusal(desk.reflect(&reflection(&desk, &key)));
    assert_eq!(refused, "M-1 Board review has not begun");
    move_clock(&mut desk, &at("23T09:30"));
    let high = Reflection { stance: 6, ..reflection(&desk, &key) };
    assert_eq!(refusal(desk.reflect(&high)), "stance 6 is not between 1 and 5");
    let tense = Some(Presence { calm: 0, engaged: 4 });
    let refused = refusal(desk.reflect(&Reflection { presence: tense, ..reflection(&desk, &key) }));
    assert_eq!(refused, "presence is two digits from 1 to 5");
    let label = desk.reflect(&reflection(&desk, &key)).unwrap().label;
    assert_eq!(label, "Reflected on Board review: reframed the question");
}

#[test]
fn a_second_reflection_replaces_the_first() {
    let (mut desk, key) = studio();
    move_clock(&mut desk, &at("23T11:00"));
    for stance in [2, 5] {
        desk.reflect(&Reflection { stance, ..reflection(&desk, &key) }).unwrap();
    }
    let stances: Vec<_> = desk.entries().unwrap().iter().map(|it| it.reflection.stance).collect();
    assert_eq!(stances, [5]);
    desk.is_presenting = true;
    assert!(desk.entries().unwrap().is_empty(), "nobody else sees them");
}

#[test]
fn the_if_then_is_the_one_of_this_meeting_or_the_last_of_its_series() {
    let (mut desk, first) = studio();
    let second = meeting(&mut desk, "2026-11-24T09:30");
    let other = meet(&mut desk, "Council", "2026-11-24T12:00", MeetingKind::Leadership, &[]);
    move_clock(&mut desk, &at("23T11:00"));
    desk.reflect(&Reflection { if_then: "if they count, I ask".to_owned(), ..reflection(&desk, &first) })
        .unwrap();
    let if_then = |desk: &Desk, key| desk.evidence(key).unwrap().1.if_then;
    assert_eq!(if_then(&desk, &second), "if they count, I ask");
    assert_eq!(if_then(&desk, &other), "", "another series");
    let own = Some("if they stall, I name a day".to_owned());
    desk.edit_meeting(&second, &MeetingChange { if_then: own, ..MeetingChange::default() }).unwrap();
    assert_eq!(if_then(&desk, &second), "if they stall, I name a day");
}
