//! Who holds how much of what, from when to when.

use super::*;
use crate::domain::stage::Stage;
use crate::ops::kit::{begin, day, give, go, hours, join, left, refusal, request, shares_of, stages, studio};

fn whole(desk: &mut Desk, id: RequestId, who: &str) -> Allocation {
    desk.assign(id, &NewShare::whole(who)).unwrap().output.allocation
}

#[test]
fn a_share_lasts_from_the_next_working_day_to_the_due_day() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:2026-12-04");
    let share = whole(&mut desk, id, "ana");
    assert_eq!((share.from, share.to), (day("2026-11-23"), day("2026-12-04")));
    go(&mut desk, "2026-11-28");
    desk.unassign(&[id]).unwrap();
    let share = whole(&mut desk, id, "bo");
    assert_eq!((share.from, share.to), (day("2026-11-30"), day("2026-12-04")), "after the weekend");
}

#[test]
fn several_people_get_equal_parts_to_the_minute() {
    let mut desk = studio();
    join(&mut desk, "Cy", "copy");
    let id = request(&mut desk, "Film t3 ~50m due:fri @ana @bo @cy");
    let parts: Vec<_> = shares_of(&desk, id).iter().map(|share| share.minutes.unwrap().0).collect();
    assert_eq!(parts, [16, 17, 17]);
    let id = request(&mut desk, "Poster t3 due:fri @ana @bo");
    let parts: Vec<_> = shares_of(&desk, id).iter().map(|share| share.minutes).collect();
    assert_eq!(parts, [None, None], "nothing is parted while nobody knows how long it takes");
}

#[test]
fn whoever_comes_next_gets_what_is_left_to_give() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    give(&mut desk, id, "ana", 3);
    assert_eq!(whole(&mut desk, id, "bo").minutes, Some(hours(5)));
    join(&mut desk, "Cy", "copy");
    let refused = refusal(desk.assign(id, &NewShare::whole("cy")));
    assert_eq!(refused, "nothing of R-1 is left to give: ana holds 3h, bo holds 5h");
    give(&mut desk, id, "cy", 2);
    assert_eq!(shares_of(&desk, id).len(), 3, "hours that are said are given all the same");
}

#[test]
fn a_window_that_ends_before_it_begins_is_refused() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    let back = (Some(day("2026-11-26")), Some(day("2026-11-24")));
    let share = NewShare { from: back.0, to: back.1, ..NewShare::whole("ana") };
    let sentence = "it ends on 2026-11-24, before it begins on 2026-11-26";
    assert_eq!(refusal(desk.assign(id, &share)), sentence);
    let own = whole(&mut desk, id, "ana").id;
    let edited = desk.edit_share(own, &|share| {
        (share.from, share.to) = (day("2026-11-26"), day("2026-11-24"));
    });
    assert_eq!(refusal(edited), sentence);
    assert_eq!(shares_of(&desk, id)[0].to, day("2026-11-27"));
}

#[test]
fn a_rehearsal_tells_the_cost_and_stores_nothing() {
    let mut desk = studio();
    let small = request(&mut desk, "Film t3 ~8h due:fri");
    let large = request(&mut desk, "Series t3 ~48h due:fri");
    let cost = |id| desk.weigh(id, &NewShare::whole("ana")).unwrap();
    assert_eq!(cost(small).sentence, "fits; leaves 32h free by then");
    // Six days of eight hours end on Monday; a day of review after that is Tuesday.
    assert_eq!(cost(large).sentence, "2 days late; nothing else moves");
    assert_eq!(cost(large).allocation.to, day("2026-11-30"));
    assert_eq!(shares_of(&desk, small).len() + shares_of(&desk, large).len(), 0);
}

#[test]
fn a_holiday_and_an_absence_take_room() {
    let mut desk = studio();
    crate::ops::kit::holiday(&mut desk, "Bridge", "2026-11-24", "2026-11-24");
    crate::ops::kit::away(&mut desk, "ana", "2026-11-25", "2026-11-26");
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    let sentence = |who| desk.weigh(id, &NewShare::whole(who)).unwrap().sentence;
    assert_eq!(sentence("ana"), "fits; leaves 8h free by then");
    assert_eq!(sentence("bo"), "fits; leaves 24h free by then");
}

#[test]
fn whoever_holds_a_share_already_is_told_of_it() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    give(&mut desk, id, "ana", 3);
    let already = |who| desk.weigh(id, &NewShare::whole(who)).unwrap().holds_already;
    assert_eq!((already("ana"), already("bo")), (Some(hours(3)), None));
}

#[test]
fn what_came_off_stays_off_when_work_changes_hands() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~20h due:fri @ana");
    begin(&mut desk, id);
    // Four hours a day on Monday and Tuesday.
    go(&mut desk, "2026-11-25");
    assert_eq!(left(&desk, id), Some(hours(12)));
    assert_eq!(desk.unassign(&[id]).unwrap().label, "Took R-1 from whoever held it");
    assert_eq!(left(&desk, id), Some(hours(12)));
    let share = whole(&mut desk, id, "bo");
    assert_eq!(desk.left_of_share(share.id).unwrap(), Some(hours(12)));
}

#[test]
fn one_share_is_taken_without_the_others() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    let own = give(&mut desk, id, "ana", 3);
    give(&mut desk, id, "bo", 5);
    assert_eq!(desk.remove_share(own).unwrap().label, "Took R-1 from ana");
    assert_eq!(shares_of(&desk, id).len(), 1);
    assert_eq!(left(&desk, id), Some(hours(8)), "three hours wait for somebody");
}

#[test]
fn a_changed_share_is_told_with_who_had_it() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    let own = give(&mut desk, id, "ana", 3);
    let bo = desk.person("bo").unwrap().id;
    let label = desk.edit_share(own, &|share| share.person = bo).unwrap().label;
    assert_eq!(label, "Moved R-1 Film on ana to bo: Mon 23–Fri 27 Nov, 3h, even");
}

#[test]
fn hours_left_that_are_said_hold_until_the_plan_is_asked_for_again() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~20h due:fri");
    let own = give(&mut desk, id, "ana", 20);
    let said = desk.edit_share_and_left(own, &|_| {}, LeftChange::Said(hours(3))).unwrap();
    assert!(said.label.contains(", 3h left"), "{}", said.label);
    assert_eq!(desk.left_of_share(own).unwrap(), Some(hours(3)));
    desk.edit_share_and_left(own, &|_| {}, LeftChange::ByPlan).unwrap();
    assert_eq!(desk.left_of_share(own).unwrap(), Some(hours(20)));
}

#[test]
fn a_review_takes_what_ten_of_its_tier_took() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3");
    let ids: Vec<_> = (0..10).map(|_| request(&mut desk, "Poster t3")).collect();
    for id in &ids {
        begin(&mut desk, *id);
        stages(&mut desk, *id, &[Stage::InReview]);
    }
    // From Monday to Thursday are three working days; one is configured.
    go(&mut desk, "2026-11-26");
    let wait = |desk: &Desk| desk.review_wait(&desk.store.request(film).unwrap()).unwrap();
    desk.move_to(&ids[..9], Stage::Delivered, "").unwrap();
    assert_eq!((wait(&desk).days, wait(&desk).measured), (1, None), "nine are too few");
    desk.move_to(&ids[9..], Stage::Delivered, "").unwrap();
    assert_eq!((wait(&desk).days, wait(&desk).measured), (3, Some(10)));
}

#[test]
fn what_is_in_review_or_on_hold_takes_no_hours_and_says_so() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    give(&mut desk, id, "ana", 3);
    let weighed = |desk: &Desk| desk.weigh(id, &NewShare::whole("bo")).unwrap();
    assert_eq!((left(&desk, id), weighed(&desk).cost.open), (Some(hours(8)), hours(35)));
    stages(&mut desk, id, &[Stage::Ready, Stage::InProgress, Stage::InReview]);
    assert_eq!(left(&desk, id), Some(Minutes::ZERO), "five hours that nobody holds wait with it");
    assert_eq!(weighed(&desk).allocation.minutes, Some(hours(5)));
    assert_eq!(weighed(&desk).sentence, "no hours while in review");
    go(&mut desk, "2026-11-27");
    assert_eq!(
        weighed(&desk).sentence,
        "its review ends 1 day late; no hours while in review",
        "its review is to come"
    );
    stages(&mut desk, id, &[Stage::InProgress, Stage::OnHold]);
    assert_eq!(left(&desk, id), Some(Minutes::ZERO));
    assert!(weighed(&desk).sentence.ends_with("no hours while on hold"));
}

#[test]
fn closed_work_is_given_to_nobody() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    stages(&mut desk, id, &[Stage::Declined]);
    assert!(refusal(desk.assign(id, &NewShare::whole("ana"))).contains("is declined; nothing of it is left"));
    assert!(shares_of(&desk, id).is_empty());
}
