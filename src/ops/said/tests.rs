//! What was said stays, whatever changes the guess, the estimate, or who holds it.

use super::*;
use crate::domain::allocation::{NewShare, Shape};
use crate::domain::ids::RequestId;
use crate::ops::Desk;
use crate::ops::assign::LeftChange;
use crate::ops::kit::{begin, change, give, go, hours, left, request, shares_of, studio};

/// Whatever changes the guess of how long work takes.
const GUESSES: [&str; 6] = ["t2", "t4", "t0", "Launch campaign concept film", "tier:none", "t3"];

#[test]
fn a_first_estimate_leaves_hours_that_were_said_as_they_are() {
    let mut desk = studio();
    let held = request(&mut desk, "Film t3 due:fri @ana");
    let free = request(&mut desk, "Poster t3 due:fri");
    for id in [held, free] {
        assert_eq!(left(&desk, id), None, "nobody has said how long it takes");
        change(&mut desk, id, "left:3h");
        change(&mut desk, id, "~10h");
        assert_eq!(left(&desk, id), Some(hours(3)));
        change(&mut desk, id, "~12h");
        assert_eq!(left(&desk, id), Some(hours(5)), "two hours more of a known whole are two more");
    }
}

/// A banner that nobody has estimated, in progress, and what is said to be left of it.
fn banner(words: &str, said: &str) -> (Desk, RequestId) {
    let mut desk = studio();
    let id = request(&mut desk, &format!("Banner resize due:2026-12-11 {words}"));
    begin(&mut desk, id);
    change(&mut desk, id, said);
    (desk, id)
}

#[test]
fn what_was_said_stays_whatever_its_title_and_tier_are() {
    for words in ["@ana", "", "@ana @bo"] {
        let (mut desk, id) = banner(words, "left:3h");
        for guess in GUESSES {
            change(&mut desk, id, guess);
            assert_eq!(left(&desk, id), Some(hours(3)), "{words}: {guess}");
        }
        for _ in GUESSES {
            desk.undo(None).unwrap();
            assert_eq!(left(&desk, id), Some(hours(3)), "{words}: taken back");
        }
    }
}

#[test]
fn what_was_said_stays_when_an_estimate_comes_and_when_it_goes() {
    for words in ["@ana", "", "@ana @bo"] {
        let (mut desk, id) = banner(words, "left:6h");
        for estimate in ["~40h", "estimate:none", "t2", "~8h", "t3", "estimate:none", "~60h"] {
            change(&mut desk, id, estimate);
            assert_eq!(left(&desk, id), Some(hours(6)), "{words}: {estimate}");
        }
        change(&mut desk, id, "~62h");
        assert_eq!(left(&desk, id), Some(hours(8)), "{words}: two hours more of what is known");
    }
}

#[test]
fn what_was_said_of_estimated_work_stays_without_the_estimate() {
    let (mut desk, id) = banner("~40h @ana", "left:10h");
    change(&mut desk, id, "estimate:none");
    assert_eq!(left(&desk, id), Some(hours(10)));
    go(&mut desk, "2026-11-24");
    // Fifteen working days to 11 December.
    assert_eq!(left(&desk, id), Some(hours(10) - Minutes(40)), "it goes down by plan from then on");
    change(&mut desk, id, "left:none");
    assert_eq!(left(&desk, id), None, "by plan nobody knows how long it takes");
}

#[test]
fn what_was_said_goes_along_from_hand_to_hand() {
    let (mut desk, id) = banner("@ana", "left:6h");
    desk.unassign(&[id]).unwrap();
    for guess in GUESSES {
        change(&mut desk, id, guess);
        assert_eq!(left(&desk, id), Some(hours(6)), "nobody's: {guess}");
    }
    change(&mut desk, id, "@bo");
    for guess in GUESSES {
        change(&mut desk, id, guess);
        assert_eq!(left(&desk, id), Some(hours(6)), "Bo's: {guess}");
    }
    let (mut desk, id) = banner("@ana @bo", "left:6h");
    let ana = shares_of(&desk, id).remove(0).id;
    desk.remove_share(ana).unwrap();
    change(&mut desk, id, "t2");
    assert_eq!(left(&desk, id), Some(hours(6)), "the half of one is still to give");
    change(&mut desk, id, "~40h");
    assert_eq!(left(&desk, id), Some(hours(6)));
}

#[test]
fn hours_of_its_own_come_out_of_what_was_said() {
    let (mut desk, id) = banner("", "left:10h");
    let ana = give(&mut desk, id, "ana", 4);
    assert_eq!(left(&desk, id), Some(hours(10)));
    change(&mut desk, id, "t2");
    assert_eq!((left(&desk, id), desk.left_of_share(ana).unwrap()), (Some(hours(10)), Some(hours(4))));
}

#[test]
fn what_was_said_stays_when_a_share_gets_hours_of_its_own_and_loses_them() {
    let (mut desk, id) = banner("@ana", "left:3h");
    let ana = shares_of(&desk, id).remove(0).id;
    let shapes: [(Option<Minutes>, Shape); 4] = [
        (Some(hours(10)), Shape::Even),
        (None, Shape::Even),
        (None, Shape::PerDay(hours(2))),
        (None, Shape::Back),
    ];
    for (minutes, shape) in shapes {
        desk.edit_share(ana, &|share| {
            share.minutes = minutes;
            share.shape.clone_from(&shape);
        })
        .unwrap();
        assert_eq!(left(&desk, id), Some(hours(3)), "{minutes:?} {shape}");
        change(&mut desk, id, if minutes.is_some() { "t2" } else { "t3" });
        assert_eq!(left(&desk, id), Some(hours(3)), "{minutes:?} {shape}");
    }
}

#[test]
fn one_share_that_was_said_alone_stays_and_a_role_s_does() {
    let mut desk = studio();
    crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
    let id = request(&mut desk, "Banner resize t3 due:2026-12-11 @editor @bo");
    let [editor, bo] = [0, 1].map(|place| shares_of(&desk, id)[place].id);
    for (share, count) in [(editor, 2), (bo, 1)] {
        desk.edit_share_and_left(share, &|_| {}, LeftChange::Said(hours(count))).unwrap();
    }
    for guess in GUESSES.into_iter().chain(["~40h", "estimate:none"]) {
        change(&mut desk, id, guess);
        let of = |share| desk.left_of_share(share).unwrap();
        assert_eq!((of(editor), of(bo)), (Some(hours(2)), Some(hours(1))), "{guess}");
    }
}

#[test]
fn what_was_said_is_parted_among_those_who_get_it_and_no_more_is_given() {
    for line in ["Film @ana @bo ~40h t3 due:fri left:6h", "Film @ana @bo t3 due:fri left:6h"] {
        let mut desk = studio();
        let id = request(&mut desk, line);
        assert_eq!(left(&desk, id), Some(hours(6)), "{line}");
        assert!(desk.edit(&[id], "@ana").is_err(), "nothing is left to give");
        desk.unassign(&[id]).unwrap();
        assert_eq!(left(&desk, id), Some(hours(6)), "{line}");
        change(&mut desk, id, "@ana @bo");
        assert_eq!(left(&desk, id), Some(hours(6)), "{line}");
    }
    // What somebody had done is not given out once more either.
    let mut desk = studio();
    let id = request(&mut desk, "Film @ana ~20h t3 due:fri");
    begin(&mut desk, id);
    crate::ops::kit::go(&mut desk, "2026-11-25");
    desk.unassign(&[id]).unwrap();
    change(&mut desk, id, "@ana @bo");
    assert_eq!(left(&desk, id), Some(hours(12)));
}

#[test]
fn what_is_said_of_so_much_a_day_stays_when_days_go_and_come() {
    let mut desk = studio();
    let id = request(&mut desk, "Film ~30h due:2026-12-04");
    let share = NewShare { shape: Shape::PerDay(hours(3)), ..NewShare::whole("ana") };
    desk.assign(id, &share).unwrap();
    begin(&mut desk, id);
    go(&mut desk, "2026-11-25");
    change(&mut desk, id, "left:24h");
    let unheld = |desk: &Desk| desk.work().unwrap().1.left[&id].unheld.map(|(_, left)| left);
    let before = unheld(&desk);
    crate::ops::kit::holiday(&mut desk, "Bridge", "2026-12-01", "2026-12-01");
    assert_eq!((left(&desk, id), unheld(&desk)), (Some(hours(24)), before));
    change(&mut desk, id, "due:2026-12-11");
    assert_eq!((left(&desk, id), unheld(&desk)), (Some(hours(24)), before));
    let share = shares_of(&desk, id).remove(0);
    let even = |share: &mut Allocation| (share.minutes, share.shape) = (Some(hours(30)), Shape::Even);
    desk.edit_share(share.id, &even).unwrap();
    assert_eq!(left(&desk, id), Some(hours(24)), "another shape says nothing of what is left");
}

#[test]
fn hours_left_go_to_the_share_that_is_asked_for_them() {
    let mut desk = studio();
    let id = request(&mut desk, "Film ~28h due:2026-12-04");
    let until =
        |day: &str| NewShare { minutes: Some(hours(8)), to: day.parse().ok(), ..NewShare::whole("ana") };
    desk.assign(id, &until("2026-11-24")).unwrap();
    let rest =
        NewShare { minutes: Some(hours(20)), from: "2026-11-25".parse().ok(), ..NewShare::whole("bo") };
    desk.assign(id, &rest).unwrap();
    begin(&mut desk, id);
    go(&mut desk, "2026-11-25");
    assert_eq!(left(&desk, id), None, "the planned hours of one are used up");
    change(&mut desk, id, "left:25h");
    assert_eq!(left(&desk, id), Some(hours(25)));
}

#[test]
fn a_date_is_asked_for_what_the_load_shows_when_planned_hours_are_used_up() {
    let mut desk = studio();
    let id = request(&mut desk, "Film ~40h due:2026-11-27 @ana");
    begin(&mut desk, id);
    go(&mut desk, "2026-11-30");
    let row = desk.row(id).unwrap();
    assert_eq!(row.left, None);
    let soonest = desk.soonest(&row.request, &crate::ops::plan::Plan::whole(id)).unwrap().unwrap();
    // Four hours, and a review.
    assert!(soonest.finish <= "2026-12-02".parse().unwrap(), "{soonest:?}");
}
