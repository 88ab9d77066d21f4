//! Requests that are added, changed, moved and blocked.

use super::*;
use crate::domain::lever::Lever;
use crate::domain::record::Kind;
use crate::ops::kit::{
    begin, change, day, desk_at, entry, refusal, request, shares_of, stages, studio, told,
};

fn stored(desk: &Desk, id: RequestId) -> Request {
    desk.store.request(id).unwrap()
}

#[test]
fn a_line_becomes_a_request_and_gives_it_to_whoever_it_names() {
    let mut desk = studio();
    let id = request(&mut desk, "Spring film t2 ~12h due:fri +launch @ana");
    let film = stored(&desk, id);
    assert_eq!((film.title.as_str(), film.ask.as_str()), ("Spring film", "Spring film"));
    assert_eq!((film.due, film.tags), (Some(day("2026-11-27")), vec!["launch".to_owned()]));
    let share = &shares_of(&desk, id)[0];
    assert_eq!((share.from, share.to, share.minutes), (day("2026-11-23"), day("2026-11-27"), None));
    assert_eq!(told(&desk), "Added R-1 Spring film");
}

#[test]
fn who_asks_and_who_decides_is_the_stakeholder_who_is_meant() {
    let mut desk = studio();
    for name in ["Owen Price", "Mara Holm", "Marcus Hall"] {
        entry(&mut desk, Kind::Stakeholder, &[("name", name)]);
    }
    let id = request(&mut desk, "Film for:owen decider:\"Holm, Mara\"");
    let found = |desk: &Desk| (stored(desk, id).requester, stored(desk, id).decider);
    assert_eq!(found(&desk), ("Owen Price".to_owned(), "Mara Holm".to_owned()));
    assert_eq!(refusal(desk.add("Film for:mar")), "`mar` could be S-2 Mara Holm or S-3 Marcus Hall");
    assert_eq!(refusal(desk.edit(&[id], "decider:mar")), "`mar` could be S-2 Mara Holm or S-3 Marcus Hall");
    desk.set_fields(&[id], &[(Field::Requester, "s-3".to_owned()), (Field::Decider, "none".to_owned())])
        .unwrap();
    assert_eq!(found(&desk), ("Marcus Hall".to_owned(), String::new()));
    change(&mut desk, id, "for:\"Owen Prise\"");
    assert_eq!(found(&desk).0, "Owen Prise", "who only comes near is not taken");
}

#[test]
fn a_person_of_whom_there_could_be_two_is_asked_for() {
    let mut desk = studio();
    for name in ["Robert Hale", "Robin Ek"] {
        crate::ops::kit::join(&mut desk, name, "copy");
    }
    assert_eq!(refusal(desk.add("Film @rob")), "`rob` could be @robert (Robert Hale) or @robin (Robin Ek)");
    assert_eq!(desk.store.request_count().unwrap(), 0);
    let id = request(&mut desk, "Film who:\"Ek, Robin\"");
    assert_eq!(shares_of(&desk, id).len(), 1);
}

#[test]
fn a_line_that_is_not_understood_adds_nothing() {
    let mut desk = studio();
    assert_eq!(refusal(desk.add("t2 ~12h due:fri")), "a request needs a title");
    assert!(refusal(desk.add("Film due:frday")).starts_with("column 6: `due:frday`"));
    assert!(refusal(desk.add("Film ~4h @zed")).contains("nobody is called `zed`"));
    assert_eq!(desk.store.all_requests().unwrap(), []);
}

#[test]
fn one_title_is_never_given_to_two_requests() {
    let mut desk = studio();
    let ids = [request(&mut desk, "Film"), request(&mut desk, "Poster")];
    let refused = refusal(desk.edit(&ids, "Banner ~4h"));
    assert_eq!(refused, "`Banner` would become the title of 2 requests");
    assert_eq!(stored(&desk, ids[0]).estimate, None, "nor is anything else set");
    assert_eq!(desk.edit(&ids, "~4h").unwrap().output.len(), 2);
}

#[test]
fn the_journal_counts_those_that_changed_not_those_that_were_marked() {
    let mut desk = studio();
    let ids: Vec<RequestId> =
        ["Film t3", "Poster t2", "Banner t2"].map(|line| request(&mut desk, line)).into();
    let newest = |desk: &Desk| desk.history(Some(1)).unwrap().remove(0).label;
    desk.set_fields(&ids, &[(Field::Tier, "3".to_owned())]).unwrap();
    assert!(newest(&desk).starts_with("Edited 2 of 3 requests: tier"), "{}", newest(&desk));
    desk.edit(&ids, "t2").unwrap();
    assert!(newest(&desk).starts_with("Edited 3 requests: tier"), "{}", newest(&desk));
    desk.edit(&ids[..1], "t4").unwrap();
    desk.edit(&ids, "t4").unwrap();
    assert!(newest(&desk).starts_with("Edited 2 of 3 requests"), "{}", newest(&desk));
}

#[test]
fn the_journal_tells_what_was_changed_and_from_what() {
    let mut desk = studio();
    let id = request(&mut desk, "Poster t3 ~4h due:fri");
    assert_eq!(change(&mut desk, id, "~6h"), "Edited R-1 Poster: estimate 4h → 6h");
    assert_eq!(change(&mut desk, id, "Banner"), "Edited R-1 Banner: title “Poster” → “Banner”");
}

#[test]
fn a_share_that_ends_on_the_due_day_moves_with_it_and_that_is_announced() {
    let mut desk = studio();
    let id = request(&mut desk, "Poster t3 ~4h due:fri @ana");
    let label = change(&mut desk, id, "due:2026-12-02");
    assert!(label.ends_with("; its share follows the day"), "{label}");
    assert_eq!(shares_of(&desk, id)[0].to, day("2026-12-02"));
    desk.undo(None).unwrap();
    assert_eq!(shares_of(&desk, id)[0].to, day("2026-11-27"), "one change, taken back whole");
}

#[test]
fn if_one_of_several_cannot_move_none_does() {
    let mut desk = studio();
    let ids = [request(&mut desk, "Film t3"), request(&mut desk, "Poster t3")];
    begin(&mut desk, ids[0]);
    let refused = refusal(desk.move_to(&ids, Stage::Delivered, ""));
    assert!(refused.starts_with("R-2: new cannot become delivered"), "{refused}");
    assert_eq!(stored(&desk, ids[0]).stage, Stage::InProgress);
}

#[test]
fn leaving_the_intake_below_the_readiness_of_its_tier_is_told_and_done() {
    let mut desk = studio();
    let ids: Vec<_> =
        ["Poster t3", "Banner t3", "Print t4"].iter().map(|line| request(&mut desk, line)).collect();
    let label = stages(&mut desk, ids[2], &[Stage::Ready]);
    assert_eq!(label, "Moved R-3 Print to ready: because", "tier 4 is ready from 0");
    let label = desk.move_to(&ids[..1], Stage::Ready, "").unwrap().label;
    assert!(label.contains("; readiness ") && label.ends_with(", tier 3 is ready from 50"), "{label}");
    assert_eq!(stored(&desk, ids[0]).stage, Stage::Ready);
    let label = desk.move_to(&[ids[0], ids[1]], Stage::Scheduled, "");
    assert!(label.is_ok() || refusal(label).contains("R-2"), "one of them is still new");
}

#[test]
fn work_of_the_upper_tiers_needs_an_outcome_before_it_is_ready() {
    let mut desk = studio();
    let id = request(&mut desk, "Look of the year t1");
    let error = desk.move_to(&[id], Stage::Ready, "").unwrap_err();
    assert!(error.to_string().contains("tier 1 needs an outcome"), "{error}");
    assert!(!error.hint().unwrap().contains("set its tier"), "the tier was set by hand");
    change(&mut desk, id, "outcome:\"more members\"");
    assert!(desk.move_to(&[id], Stage::Ready, "").is_ok());
}

#[test]
fn a_block_counts_from_its_day_and_only_open_work_has_one() {
    let mut desk = studio();
    let id = request(&mut desk, "Poster t3");
    assert_eq!(desk.block(&[id], Some("prices")).unwrap().label, "Blocked R-1 Poster: prices");
    let blocked = stored(&desk, id).blocked.unwrap();
    assert_eq!((blocked.reason.as_str(), blocked.since), ("prices", day("2026-11-23")));
    assert_eq!(desk.block(&[id], None).unwrap().label, "Unblocked R-1 Poster");
    stages(&mut desk, id, &[Stage::Declined]);
    assert_eq!(refusal(desk.block(&[id], Some("x"))), "R-1 is declined; only open work can be blocked");
}

#[test]
fn a_request_takes_over_from_its_outcome_what_it_does_not_say_itself() {
    let mut desk = studio();
    let words = [
        ("name", "Spring sooner"),
        ("lever", "speed"),
        ("metric", "brief to shelf"),
        ("unit", "d"),
        ("baseline", "14"),
        ("target", "9"),
    ];
    let key = entry(&mut desk, Kind::Outcome, &words).to_string();
    let ids = [request(&mut desk, "Film t2"), request(&mut desk, "Poster t2 outcome:\"more members\"")];
    desk.set_fields(&ids, &[(Field::OutcomeKey, key)]).unwrap();
    let (film, poster) = (stored(&desk, ids[0]), stored(&desk, ids[1]));
    assert_eq!((film.outcome.as_str(), film.lever), ("Spring sooner", Some(Lever::SpeedToMarket)));
    assert_eq!(film.measure, "brief to shelf, 14 d to 9 d");
    assert_eq!(poster.outcome, "more members", "its own words stay");
    let gone = desk.set_fields(&ids, &[(Field::OutcomeKey, "O-9".to_owned())]);
    assert!(refusal(gone).contains("O-9"));
}

#[test]
fn an_ask_for_things_is_reframed_when_it_first_gets_an_outcome() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let things = request(&mut desk, "Poster for the fair");
    let result = request(&mut desk, "Shorten the way to the checkout");
    for id in [things, result] {
        change(&mut desk, id, "outcome:\"5 % more members\"");
    }
    let first = stored(&desk, things).reframed;
    assert_eq!((first, stored(&desk, result).reframed), (Some(desk.stamp().at), None));
    crate::ops::kit::go(&mut desk, "2026-11-24");
    change(&mut desk, things, "outcome:\"8 % more members\"");
    assert_eq!(stored(&desk, things).reframed, first, "once");
    assert_eq!(stored(&desk, things).ask, "Poster for the fair", "what was asked for stays");
}

#[test]
fn what_is_blocked_already_keeps_its_reason_and_day_where_several_are_blocked() {
    let mut desk = studio();
    let ids = ["Film", "Poster"].map(|title| request(&mut desk, title));
    desk.block(&ids[..1], Some("prices")).unwrap();
    crate::ops::kit::go(&mut desk, "2026-11-27");
    desk.block(&ids, Some("legal")).unwrap();
    let told = ids.map(|id| stored(&desk, id).blocked.map(|it| (it.reason, it.since)).unwrap());
    let expected = [("prices", "2026-11-23"), ("legal", "2026-11-27")];
    assert_eq!(told, expected.map(|(reason, on)| (reason.to_owned(), day(on))));
}
