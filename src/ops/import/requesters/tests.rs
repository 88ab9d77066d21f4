//! Whoever asks in a file and is no stakeholder yet: told, made one once, never beside somebody who may be them.

use crate::domain::ids::RequestId;
use crate::ops::Desk;
use crate::ops::import::lines::LineChoice;
use crate::ops::import::near_misses::tests::{choice, requests};
use crate::ops::kit::{studio, told};

const TEXT: &str = "Title,Requester\nFilm,Sales\nMenu,Sales\nPoster,Kim Oh <kim@x.example>\nCard,Kim Oh\nStrip,Owen Prise\n\
    Cover,Owen Price\nTent,Priya Nair\nFlyer,\nBanner,\"Maya; Tom\"\n";

fn names(desk: &Desk) -> Vec<String> {
    desk.books().unwrap().stakeholders.iter().map(|one| one.name.clone()).collect()
}

fn with_priya() -> Desk {
    let mut desk = studio();
    desk.capture(crate::domain::record::Kind::Stakeholder, "Priya Nair").unwrap();
    desk
}

#[test]
fn whoever_asks_and_is_no_stakeholder_is_told_and_not_made_one() {
    let mut desk = with_priya();
    let report = requests(&mut desk, TEXT, &LineChoice::default());
    let told = &report.requesters;
    assert_eq!(told.told(), "Kim Oh (2), Sales (2), Owen Price (1), Owen Prise (1)");
    assert_eq!(told.counted(), "4 requesters are no stakeholders yet");
    assert_eq!(told.doubts().unwrap(), "much alike among them: Owen Prise and Owen Price");
    assert_eq!(names(&desk), ["Priya Nair"]);
}

#[test]
fn they_become_stakeholders_in_the_same_operation_and_only_once() {
    let mut desk = with_priya();
    let all = LineChoice { stakeholders: true, ..LineChoice::default() };
    requests(&mut desk, TEXT, &all);
    assert_eq!(names(&desk), ["Priya Nair", "Sales", "Kim Oh", "Owen Prise", "Owen Price"]);
    assert_eq!(desk.books().unwrap().stakeholders[2].email, "kim@x.example");
    assert_eq!(desk.store.request(RequestId(3)).unwrap().requester, "Kim Oh", "as they are called here");
    assert!(told(&desk).ends_with("; 4 new stakeholders"), "{}", told(&desk));
    let again = requests(&mut desk, TEXT, &all);
    assert!(again.requesters.names.is_empty() && again.operation.is_none(), "{again:?}");
    desk.undo(None).unwrap();
    assert_eq!(names(&desk), ["Priya Nair"]);
    assert!(desk.store.all_requests().unwrap().is_empty());
}

#[test]
fn one_who_may_be_there_already_is_asked_about_first() {
    let mut desk = studio();
    desk.capture(crate::domain::record::Kind::Stakeholder, "Owen Price").unwrap();
    let text = "Title,Requester\nStrip,Owen Prise\n";
    let all = LineChoice { stakeholders: true, ..LineChoice::default() };
    requests(&mut desk, text, &all);
    assert_eq!(names(&desk), ["Owen Price"]);
    requests(&mut desk, text, &LineChoice { stakeholders: true, ..choice(&[], &["Owen Prise=S-1"]) });
    assert_eq!(names(&desk), ["Owen Price", "Owen Prise"]);
    assert_eq!(desk.store.request(RequestId(1)).unwrap().requester, "Owen Prise");
}

#[test]
fn a_line_that_is_left_out_makes_nobody_a_stakeholder() {
    let mut desk = studio();
    let lines = LineChoice { stakeholders: true, without: "2-3".parse().unwrap(), ..LineChoice::default() };
    let report = requests(&mut desk, "Title,Requester\nFilm,Sales\nMenu,Kim Oh\nCard,Ann Ray\n", &lines);
    assert_eq!((names(&desk), report.requesters.are_taken), (vec!["Ann Ray".to_owned()], true));
}
