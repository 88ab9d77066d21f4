//! Imports of the same list as days pass: who holds the work there, and which row is which.

use crate::domain::difference::Difference;
use crate::domain::ids::RequestId;
use crate::import::requests::RequestOptions;
use crate::ops::Desk;
use crate::ops::import::{Report, RowAction};
use crate::ops::kit::{desk_at, move_clock};

const MONDAY: &str = "2026-11-23T09:00:00+00:00";
const TUESDAY: &str = "2026-11-24T09:00:00+00:00";

fn studio() -> Desk {
    let mut desk = desk_at(MONDAY);
    desk.import_people("Name,Handle\nMaya Lind,maya\nTom Reyes,tom\nAna Ruiz,ana\n", false).unwrap();
    desk
}

fn take(desk: &mut Desk, text: &str) -> Report {
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.now().to_utc() };
    desk.import_requests(text.as_bytes(), &options, (false, &mut |_, _| {})).unwrap()
}

/// A list of one request that somebody holds.
fn held_by(desk: &mut Desk, owner: &str) -> Report {
    take(desk, &format!("ID,Title,Status,Due,Hours,Owner\n1,A,In progress,2026-12-04,40,{owner}\n"))
}

/// Who holds it, and how much of it is left of each.
fn holders(desk: &Desk) -> String {
    let people = desk.store.people().unwrap();
    let detail = desk.work().unwrap().1;
    let left = detail.left.get(&RequestId(1)).cloned().unwrap_or_default();
    let told = left.shares.iter().map(|(share, left)| {
        let person = people.iter().find(|person| person.id == share.allocation.person).unwrap();
        format!("{} {}", person.handle, left.left)
    });
    told.collect::<Vec<_>>().join(", ")
}

fn told(report: &Report) -> (Vec<String>, Vec<String>) {
    let sentences = |all: &[Difference]| all.iter().map(Difference::sentence).collect();
    (sentences(&report.rows[0].changes), sentences(&report.rows[0].conflicts))
}

#[test]
fn a_new_owner_at_the_source_takes_over_what_only_the_import_gave() {
    let mut desk = studio();
    held_by(&mut desk, "Maya Lind");
    move_clock(&mut desk, TUESDAY);
    let before = holders(&desk);
    assert_ne!(before, "maya 40h", "a day of work is off");
    let report = held_by(&mut desk, "Tom Reyes");
    assert_eq!(told(&report), (vec!["held by maya → tom".to_owned()], Vec::new()));
    assert_eq!(holders(&desk), before.replace("maya", "tom"), "what has come off stays off");
    assert_eq!(held_by(&mut desk, "Tom Reyes").count(RowAction::Unchanged), 1);
    // Two share what is left, and one has all of it again.
    let report = held_by(&mut desk, "\"Maya Lind, Tom Reyes\"");
    assert_eq!(told(&report).0, ["held by tom → maya, tom"]);
    assert_eq!(holders(&desk), "maya 18h, tom 18h");
    held_by(&mut desk, "Ana Ruiz; Tom Reyes");
    assert_eq!(holders(&desk), "ana 18h, tom 18h");
    held_by(&mut desk, "Ana Ruiz");
    assert_eq!(holders(&desk), "ana 36h");
    desk.undo(None).unwrap();
    assert_eq!(holders(&desk), "ana 18h, tom 18h");
}

#[test]
fn an_owner_who_is_gone_at_the_source_gives_the_share_back() {
    for nobody in ["", "Unassigned"] {
        let mut desk = studio();
        held_by(&mut desk, "Maya Lind");
        move_clock(&mut desk, TUESDAY);
        let report = held_by(&mut desk, nobody);
        assert_eq!(told(&report), (vec!["held by maya taken away".to_owned()], Vec::new()));
        assert_eq!(holders(&desk), "");
        assert_eq!(held_by(&mut desk, nobody).count(RowAction::Unchanged), 1);
        held_by(&mut desk, "Tom Reyes");
        assert_eq!(holders(&desk), "tom 36h", "what had come off stays off");
    }
}

#[test]
fn what_was_decided_here_about_who_holds_it_stays_and_is_told_once() {
    let tom = |desk: &mut Desk| {
        let share = desk.store.allocations_of(RequestId(1)).unwrap().remove(0);
        let tom = desk.person("tom").unwrap().id;
        desk.edit_share(share.id, &|share| share.person = tom).unwrap();
    };
    let hours = |desk: &mut Desk| {
        let share = desk.store.allocations_of(RequestId(1)).unwrap().remove(0);
        desk.edit_share(share.id, &|share| share.minutes = Some(crate::domain::minutes::Minutes::hours(10)))
            .unwrap();
    };
    for (change, here) in [(&tom as &dyn Fn(&mut Desk), "tom"), (&hours, "maya")] {
        for (owner, there) in [("Ana Ruiz", "→ ana"), ("", "taken away")] {
            let mut desk = studio();
            held_by(&mut desk, "Maya Lind");
            change(&mut desk);
            let before = holders(&desk);
            let report = held_by(&mut desk, owner);
            assert_eq!(told(&report), (Vec::new(), vec![format!("held by {here} {there}")]));
            assert_eq!(holders(&desk), before);
            assert_eq!(told(&held_by(&mut desk, owner)), (Vec::new(), Vec::new()), "a conflict is told once");
        }
    }
}

#[test]
fn a_due_day_that_moves_and_hours_left_of_the_source_touch_no_share() {
    let mut desk = studio();
    let mut take = |due: &str, left: &str, owner: &str| {
        let head = "ID,Title,Status,Due,Hours,Remaining,Owner";
        let report = take(&mut desk, &format!("{head}\n1,A,In progress,{due},40,{left},{owner}\n"));
        (told(&report), holders(&desk))
    };
    take("2026-12-04", "40", "Maya Lind");
    take("2026-12-08", "30", "Maya Lind");
    let ((changes, conflicts), held) = take("2026-12-09", "20", "Tom Reyes");
    assert!(changes.contains(&"held by maya → tom".to_owned()), "{changes:?}");
    assert_eq!((conflicts, held.as_str()), (Vec::new(), "tom 20h"));
}

/// Somebody outside of the team is no reason to take the work from anybody, and nothing was set here.
#[test]
fn an_owner_whom_the_team_does_not_know_is_told_and_changes_nothing() {
    let mut desk = studio();
    held_by(&mut desk, "Maya Lind");
    let report = held_by(&mut desk, "Zoe Quint");
    assert_eq!(told(&report), (Vec::new(), Vec::new()));
    let message = &report.rows[0].problems[0];
    assert_eq!(
        (message.value.as_str(), message.message.as_str()),
        ("Zoe Quint", "not in the team; @maya holds it here still")
    );
    assert_eq!(holders(&desk), "maya 40h");
    assert_eq!(held_by(&mut desk, "\"Lind, Maya\"").rows[0].changes, []);
}

/// A list of one request with an estimate, which two hold.
fn estimated(desk: &mut Desk, hours: &str) -> Report {
    let head = "ID,Title,Status,Due,Hours,Owner";
    take(desk, &format!("{head}\n1,A,To do,2026-12-04,{hours},\"Maya Lind, Tom Reyes\"\n"))
}

#[test]
fn a_new_estimate_at_the_source_is_followed_by_all_who_hold_it_there() {
    let mut desk = studio();
    estimated(&mut desk, "");
    let report = estimated(&mut desk, "20");
    assert_eq!((told(&report).1, holders(&desk).as_str()), (Vec::new(), "maya 10h, tom 10h"));
    estimated(&mut desk, "31");
    assert_eq!(holders(&desk), "maya 15h30m, tom 15h30m");
    assert_eq!(estimated(&mut desk, "31").count(RowAction::Unchanged), 1);
    desk.undo(None).unwrap();
    assert_eq!(holders(&desk), "maya 10h, tom 10h");
    // One of them was changed here: then both stay, whatever the source says.
    let share = desk.store.open_allocations().unwrap().remove(0);
    let less =
        |share: &mut crate::domain::allocation::Allocation| share.minutes = Some(crate::ops::kit::hours(4));
    desk.edit_share_and_left(share.id, &less, crate::ops::assign::LeftChange::Keep).unwrap();
    estimated(&mut desk, "40");
    assert_eq!(holders(&desk), "maya 4h, tom 10h");
}

#[test]
fn work_that_comes_back_after_it_came_in_as_done_is_asked_about() {
    let mut desk = studio();
    let list =
        |stage: &str| format!("ID,Title,Status,Due,Hours,Owner\n1,A,{stage},2026-12-04,40,Maya Lind\n");
    take(&mut desk, &list("Done"));
    let told = |report: &Report| report.rows[0].problems.last().map(|problem| problem.message.clone());
    let back = told(&take(&mut desk, &list("In progress"))).unwrap();
    assert!(back.starts_with("it came back: how much is left of it?") && back.contains("a tenth"), "{back}");
    let mut nobodys = studio();
    take(&mut nobodys, &list("Done").replace("Maya Lind", ""));
    let back = told(&take(&mut nobodys, &list("In progress").replace("Maya Lind", ""))).unwrap();
    assert!(
        back.starts_with("it came back: how much is left of it?") && back.contains("all of its"),
        "{back}"
    );
    assert_eq!(
        told(&take(&mut nobodys, &list("In progress").replace("Maya Lind", ""))),
        None,
        "it is asked once"
    );
    let asked = |desk: &Desk| desk.work().unwrap().1.left[&RequestId(1)].shares[0].1.is_asked;
    assert!(asked(&desk), "nobody said how much there is left to do");
    assert_eq!(take(&mut desk, &list("In progress")).count(RowAction::Unchanged), 1);
    let mut said = studio();
    held_by(&mut said, "Maya Lind");
    assert!(!asked(&said), "what is new is all there");
}

/// Lists are kept short at their source, and each morning would tell of all that was ever finished.
#[test]
fn work_that_is_over_here_may_go_from_the_source_without_a_word() {
    let mut desk = studio();
    let row = |id: u32, stage: &str| format!("{id},{stage} {id},{stage},2026-12-04\n");
    let head = "ID,Title,Status,Due\n";
    take(
        &mut desk,
        &format!("{head}{}{}{}{}", row(1, "To do"), row(2, "Done"), row(3, "In review"), row(4, "To do")),
    );
    desk.move_to(&[RequestId(3)], crate::domain::stage::Stage::Delivered, "").unwrap();
    desk.move_to(&[RequestId(4)], crate::domain::stage::Stage::Declined, "no room").unwrap();
    move_clock(&mut desk, TUESDAY);
    let report = take(&mut desk, &format!("{head}{}", row(1, "To do")));
    assert_eq!((report.vanished, report.notes), (Vec::new(), Vec::new()));
}

fn twins(desk: &mut Desk, rows: &[&str]) -> Report {
    take(desk, &format!("Title,Status,Due,Hours,Owner\n{}\n", rows.join("\n")))
}

#[test]
fn rows_that_are_called_alike_are_told_apart_by_their_other_columns() {
    let (maya, tom) = ("Poster,To do,2026-12-04,8,Maya Lind", "Poster,To do,2026-12-05,4,Tom Reyes");
    let mut desk = studio();
    twins(&mut desk, &[maya, tom]);
    assert_eq!(twins(&mut desk, &[tom, maya]).count(RowAction::Unchanged), 2, "in another order");
    let more = "Poster,To do,2026-12-18,16,";
    let report = twins(&mut desk, &[more, tom, maya]);
    let keys = |report: &Report| -> Vec<(String, RowAction)> {
        report.rows.iter().map(|row| (row.key.clone().unwrap_or_default(), row.action)).collect()
    };
    let expected =
        [("R-3", RowAction::Created), ("R-2", RowAction::Unchanged), ("R-1", RowAction::Unchanged)];
    assert_eq!(keys(&report), expected.map(|(key, action)| (key.to_owned(), action)));
    let report = twins(&mut desk, &[tom]);
    assert_eq!(keys(&report), [("R-2".to_owned(), RowAction::Unchanged)]);
    assert_eq!(report.vanished.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["R-1", "R-3"]);
    let report = twins(&mut desk, &[&tom.replace("To do", "Done"), &maya.replace("12-04", "12-11"), more]);
    assert_eq!(
        keys(&report).iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(),
        ["R-2", "R-1", "R-3"],
        "changed a little"
    );
    let report = twins(&mut desk, &[maya]);
    assert_eq!(keys(&report)[0].0, "R-1", "and the one that is delivered stays so");
}

#[test]
fn a_file_of_which_no_row_is_known_says_so() {
    let mut desk = studio();
    twins(&mut desk, &["Poster,To do,2026-12-04,8,", "Menu,To do,2026-12-04,8,"]);
    let report = twins(&mut desk, &["Flags for the fair,To do,2026-12-04,8,"]);
    assert_eq!(report.vanished, []);
    assert!(
        report.notes.iter().any(|note| note.starts_with("no row of this file is one of the 2 open requests")),
        "{:?}",
        report.notes
    );
    for none in [&[][..], &["Total,,,16,"]] {
        let report = twins(&mut desk, none);
        let told = "this file has no request; the 3 open requests that came from csv before stay as they are";
        assert_eq!((report.notes, report.vanished), (vec![told.to_owned()], Vec::new()), "{none:?}");
    }
}

#[test]
fn a_list_to_which_ids_come_or_from_which_they_go_is_the_same_list() {
    let bare = "Title,Requester,Due\nA,Ana,2026-12-04\nB,Bo,2026-12-05\n";
    let with = "ID,Title,Requester,Due\n7,A,Ana,2026-12-04\n8,B,Bo,2026-12-05\n";
    for (first, second) in [(bare, with), (with, bare)] {
        let mut desk = studio();
        take(&mut desk, first);
        let report = take(&mut desk, second);
        assert_eq!(report.count(RowAction::Created), 0, "{second}");
        assert!(report.rows[0].problems[0].message.starts_with("known again by its title"), "{second}");
        assert_eq!(take(&mut desk, second).count(RowAction::Unchanged), 2, "{second}");
    }
    let mut desk = studio();
    take(&mut desk, with);
    let other = take(&mut desk, &with.replace("7,", "9,"));
    assert_eq!(other.count(RowAction::Created), 1, "two ids of a tool are two requests");
}
