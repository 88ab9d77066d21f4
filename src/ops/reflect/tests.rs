//! What stands beside a reflection is what held when the meeting began, whenever it is written.

use super::*;
use crate::domain::ids::RequestId;
use crate::domain::reflection::Presence;
use crate::domain::stage::Stage;
use crate::ops::kit::{desk_at, move_clock};
use crate::ops::meetings::NewMeeting;
use crate::ops::people::PersonChange;
use crate::store::{MeetingNote, Store};

fn at(instant: &str) -> String {
    format!("2026-11-{instant}:00+00:00")
}

/// Ana is over by 12 hours on Monday at eight; the board meets at half past nine.
fn studio() -> (Desk, OccurrenceKey) {
    let mut desk = desk_at(&at("23T08:00"));
    desk.add_person(&PersonChange { name: Some("Ana".to_owned()), ..PersonChange::default() }).unwrap();
    // It fitted when it was given to her; then it grew.
    desk.add("Film t3 ~8h due:2026-11-23 @ana").unwrap();
    desk.edit(&[RequestId(1)], "~20h").unwrap();
    let key = meeting(&mut desk, "2026-11-23T09:30:00");
    (desk, key)
}

fn meeting(desk: &mut Desk, start: &str) -> OccurrenceKey {
    let new = NewMeeting {
        title: "Board review".to_owned(),
        start: start.parse().unwrap(),
        minutes: 60,
        kind: Some(MeetingKind::Leadership),
        series: String::new(),
        attendees: vec!["Marcus".to_owned()],
        notes: MeetingNote::default(),
    };
    desk.add_meeting(&new).unwrap().output
}

fn over(desk: &Desk, key: &OccurrenceKey) -> Option<Minutes> {
    desk.evidence(key).unwrap().1.forced_over
}

fn entry(meeting: &OccurrenceKey, desk: &Desk) -> Reflection {
    Reflection {
        meeting: meeting.clone(),
        stance: 4,
        presence: None,
        first: None,
        expansion: None,
        contraction: None,
        touched: None,
        moment: String::new(),
        if_then: String::new(),
        came_up: Vec::new(),
        kept: None,
        forced_over: None,
        written: desk.stamp().at,
    }
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
    desk.reflect(&entry(&key, &desk)).unwrap();
    let stored = desk.entries().unwrap().remove(0).reflection;
    assert_eq!(stored.forced_over, Some(Minutes::hours(12)), "kept with the reflection");
    desk.reflect(&entry(&key, &desk)).unwrap();
    assert_eq!(desk.entries().unwrap().remove(0).reflection.forced_over, Some(Minutes::hours(12)));
}

#[test]
fn work_that_came_after_the_meeting_weighs_nothing_beside_it() {
    let (mut desk, _) = studio();
    let early = meeting(&mut desk, "2026-11-23T10:00:00");
    desk.unassign(&[RequestId(1)]).unwrap();
    move_clock(&mut desk, &at("24T09:00"));
    desk.add("Late idea t3 ~40h due:2026-11-24 @ana").unwrap();
    assert_eq!(over(&desk, &early), Some(Minutes::ZERO));
}

#[test]
fn of_a_meeting_before_the_store_nobody_knows() {
    let (mut desk, _) = studio();
    let old = meeting(&mut desk, "2026-11-20T09:30:00");
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
    keys.extend((24..=27).map(|day| meeting(&mut desk, &format!("2026-11-{day}T09:30:00"))));
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
        desk.reflect(&Reflection { presence, ..entry(key, &desk) }).unwrap();
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
    assert_eq!(whole.lines[0].figures[0].n, 5);
    let plot = whole.plot.unwrap();
    assert_eq!((plot.points.len(), plot.points[0].label.as_str()), (5, "23 Nov, 12h over"));
    desk.is_presenting = true;
    assert_eq!(block(&desk), None, "nothing of it while others look on");
}
