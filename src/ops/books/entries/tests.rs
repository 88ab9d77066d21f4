//! Records that are added, changed, linked and taken away.

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::ops::kit::{
    day, desk_at, entry, field_of, go, meet, refusal, refused_entry, request, rewrite, told,
};

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

fn key(text: &str) -> RecordKey {
    text.parse().unwrap()
}

fn link(desk: &mut Desk, one: &str, other: &str) -> String {
    match desk.link(&key(one), &key(other)) {
        Ok(committed) => committed.label,
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_record_is_told_by_its_kind_and_key_and_changes_by_their_words() {
    let mut desk = desk();
    let risk = entry(&mut desk, Kind::Risk, &[("text", "print slot")]);
    assert_eq!((risk.to_string().as_str(), told(&desk).as_str()), ("K-1", "Added risk K-1 print slot"));
    let label = rewrite(&mut desk, &risk, &[("raise-by", "2026-11-27"), ("sign", "")]);
    assert_eq!(label, "Edited K-1 print slot: raise by Fri 27 Nov, sign none");
    assert_eq!(field_of(&desk, &risk, "raise-by"), "Fri 27 Nov 2026");
}

#[test]
fn a_name_is_the_stakeholder_who_is_meant_and_of_two_it_is_asked() {
    let mut desk = desk();
    for name in ["Owen Price", "Mara Holm", "Marcus Hall"] {
        entry(&mut desk, Kind::Stakeholder, &[("name", name)]);
    }
    let mut whom = |who: &str| {
        let key = entry(&mut desk, Kind::Promise, &[("text", "x"), ("who", who)]);
        field_of(&desk, &key, "who")
    };
    for (who, name) in
        [("owen", "Owen Price"), ("Price, Owen", "Owen Price"), ("S-2", "Mara Holm"), ("Zed", "Zed")]
    {
        assert_eq!(whom(who), name, "{who}");
    }
    assert_eq!(whom("Owen Prise"), "Owen Prise", "who only comes near is not taken");
    let refused = refused_entry(&mut desk, Kind::Promise, &[("text", "x"), ("who", "mar")]);
    assert_eq!(refused, "`mar` could be S-2 Mara Holm or S-3 Marcus Hall");
    let outcome = entry(&mut desk, Kind::Outcome, &[("name", "Sooner"), ("owner", "marc")]);
    assert_eq!(field_of(&desk, &outcome, "owner"), "Marcus Hall");
    assert_eq!(
        rewrite(&mut desk, &outcome, &[("owner", "mar")]),
        "`mar` could be S-2 Mara Holm or S-3 Marcus Hall"
    );
}

#[test]
fn what_is_needed_or_not_understood_writes_nothing() {
    let mut desk = desk();
    assert_eq!(refused_entry(&mut desk, Kind::Stakeholder, &[("role", "x")]), "a stakeholder needs a name");
    let refused = refused_entry(&mut desk, Kind::Promise, &[("text", "x"), ("who", "y"), ("due", "asap")]);
    assert!(refused.starts_with("due: "), "{refused}");
    let refused = refused_entry(&mut desk, Kind::Risk, &[("text", "x"), ("colour", "red")]);
    assert!(refused.contains("there is no field colour"), "{refused}");
    assert_eq!(desk.history(None).unwrap(), []);
}

#[test]
fn requests_and_meetings_have_verbs_of_their_own() {
    let mut desk = desk();
    request(&mut desk, "Film");
    assert_eq!(refused_entry(&mut desk, Kind::Request, &[]), "a request is not kept this way");
    assert_eq!(refusal(desk.edit_entry(&key("R-1"), &[])), "a request is not kept this way");
    assert_eq!(refusal(desk.remove_entry(&key("R-1"))), "this is never thrown away");
    assert!(refusal(desk.edit_entry(&key("K-9"), &[])).contains("K-9"));
}

#[test]
fn a_day_that_is_emptied_is_today_where_it_has_to_be_one() {
    let mut desk = desk();
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner")]);
    let words = [("outcome", "O-1"), ("value", "12"), ("on", "2026-11-20")];
    let reading = entry(&mut desk, Kind::Reading, &words);
    go(&mut desk, "2026-11-25");
    rewrite(&mut desk, &reading, &[("on", "")]);
    assert_eq!(desk.books().unwrap().readings[0].day, day("2026-11-25"));
    let promise = entry(&mut desk, Kind::Promise, &[("text", "x"), ("who", "y"), ("due", "fri")]);
    rewrite(&mut desk, &promise, &[("due", "")]);
    assert_eq!(field_of(&desk, &promise, "due"), "", "a due day can be none");
    let absence = refused_entry(&mut desk, Kind::Holiday, &[("name", "Bridge"), ("from", "")]);
    assert!(absence.starts_with("on: a day is needed"), "{absence}");
}

#[test]
fn a_link_uses_the_field_that_is_made_for_it_while_it_is_free() {
    let mut desk = desk();
    request(&mut desk, "Film");
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner")]);
    entry(&mut desk, Kind::Friction, &[("text", "chasing"), ("hours", "4h")]);
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "4h")]);
    entry(&mut desk, Kind::Risk, &[("text", "slot")]);
    link(&mut desk, "O-1", "R-1");
    assert_eq!(desk.store.request(crate::domain::ids::RequestId(1)).unwrap().outcome_id.unwrap().0, 1);
    for (one, other, field) in [("F-1", "O-1", "harms"), ("F-1", "G-1", "friction"), ("R-1", "K-1", "on")] {
        link(&mut desk, one, other);
        let owner = if field == "harms" { one } else { other };
        let named = if field == "harms" { other } else { one };
        assert_eq!(field_of(&desk, &key(owner), field), named, "{one} {other}");
    }
    assert!(desk.books().unwrap().ties.is_empty());
    assert_eq!(link(&mut desk, "F-1", "R-1"), "Linked F-1 and R-1", "it harms something already");
}

#[test]
fn the_same_link_again_takes_it_away_from_either_side() {
    let mut desk = desk();
    request(&mut desk, "Film");
    entry(&mut desk, Kind::Decision, &[("question", "templates?")]);
    assert_eq!(link(&mut desk, "R-1", "D-1"), "Linked R-1 and D-1");
    assert_eq!(link(&mut desk, "D-1", "R-1"), "Unlinked D-1 and R-1");
    assert!(desk.books().unwrap().ties.is_empty());
    assert_eq!(link(&mut desk, "D-1", "D-1"), "D-1 cannot be linked to itself");
    assert!(link(&mut desk, "D-1", "K-7").contains("K-7"));
}

#[test]
fn a_decision_is_linked_to_the_room_in_which_it_was_made() {
    let mut desk = desk();
    let board = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &[]);
    let decision = entry(&mut desk, Kind::Decision, &[("question", "templates?")]);
    desk.link(&RecordKey::Meeting(board), &decision).unwrap();
    assert_eq!(field_of(&desk, &decision, "meeting"), "M-1");
    assert_eq!(desk.title_of(&key("M-1")).unwrap(), "Board");
    assert_eq!(desk.title_of(&decision).unwrap(), "templates?");
}

#[test]
fn a_link_changes_no_outcome_that_is_there_already() {
    let mut desk = desk();
    request(&mut desk, "Film");
    for name in ["Footfall", "Basket"] {
        entry(&mut desk, Kind::Outcome, &[("name", name), ("unit", "%"), ("baseline", "1"), ("target", "2")]);
    }
    link(&mut desk, "R-1", "O-1");
    assert_eq!(refusal(desk.link(&key("R-1"), &key("O-1"))), "R-1 names O-1 already, as its outcome");
    assert_eq!(link(&mut desk, "O-2", "R-1"), "Linked O-2 and R-1");
    let request = desk.store.request(RequestId(1)).unwrap();
    assert_eq!(field::get(&request, Field::OutcomeKey), "O-1");
}
