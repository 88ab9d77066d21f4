//! Two that are one, and everything that belonged to them.

use super::*;
use crate::domain::ids::RequestId;
use crate::domain::meeting::MeetingKind;
use crate::ops::kit::{
    away, begin, day, desk_at, entry, field_of, give, go, join, meet, refusal, request, shares_of, studio,
    told,
};

fn key(text: &str) -> RecordKey {
    text.parse().unwrap()
}

fn owens() -> Desk {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    entry(&mut desk, Kind::Stakeholder, &[("name", "Owen Price"), ("email", "owen@client.example")]);
    entry(&mut desk, Kind::Stakeholder, &[("name", "Mara Holm")]);
    let twice = [
        ("name", "Owen Prise"),
        ("email", "o.prise@client.example"),
        ("role", "CMO"),
        ("notes", "met in May"),
    ];
    entry(&mut desk, Kind::Stakeholder, &twice);
    request(&mut desk, "Film requester:\"Owen Prise\" decider:\"Owen Prise\"");
    request(&mut desk, "Poster requester:\"Mara Holm\"");
    entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Owen Prise"), ("way", "to")]);
    entry(&mut desk, Kind::Trust, &[("stakeholder", "S-3"), ("level", "4")]);
    desk
}

#[test]
fn who_is_much_like_another_is_told() {
    let desk = owens();
    let like = |of: &str| {
        let all = desk.stakeholders_like(&key(of)).unwrap();
        all.iter().map(|(key, name)| format!("{key} {name}")).collect::<Vec<_>>()
    };
    assert_eq!(like("S-3"), ["S-1 Owen Price"]);
    assert_eq!(like("S-1"), ["S-3 Owen Prise"]);
    assert_eq!(like("S-2"), [] as [&str; 0]);
    assert!(desk.stakeholders_like(&key("O-1")).unwrap().is_empty());
}

#[test]
fn the_older_key_stays_with_all_that_belonged_to_the_other() {
    let mut desk = owens();
    assert_eq!(desk.merge_stakeholders(&key("S-3"), &key("S-1")).unwrap().output, key("S-1"));
    assert_eq!(told(&desk), "Merged S-3 Owen Prise into S-1 Owen Price: 1 request and 2 records moved");
    let film = desk.store.request(RequestId(1)).unwrap();
    assert_eq!((film.requester.as_str(), film.decider.as_str()), ("Owen Price", "Owen Price"));
    let books = desk.books().unwrap();
    assert_eq!((books.promises[0].whom.as_str(), books.trust[0].stakeholder_id.0), ("Owen Price", 1));
    assert_eq!(books.stakeholders.len(), 2);
    let field = |name: &str| field_of(&desk, &key("S-1"), name);
    assert_eq!(
        (field("role"), field("email"), field("notes")),
        ("CMO".into(), "owen@client.example".into(), "met in May".into())
    );
    assert_eq!(field("also"), "Owen Prise; o.prise@client.example");
}

#[test]
fn both_names_and_addresses_find_the_one_who_stays() {
    let mut desk = owens();
    desk.merge_stakeholders(&key("S-1"), &key("S-3")).unwrap();
    for who in ["Owen Prise", "Prise, Owen", "O.PRISE@client.example", "Owen Price", "owen pri"] {
        assert_eq!(desk.record_key(who).unwrap(), key("S-1"), "{who}");
    }
    let id = request(&mut desk, "Banner requester:\"Owen Prise\"");
    assert_eq!(desk.store.request(id).unwrap().requester, "Owen Price");
    meet(&mut desk, "Steering", "2026-11-20T10:00", MeetingKind::Stakeholder, &["Owen Prise"]);
    let (_, _, report) = desk.books_standing().unwrap();
    let owen = report.stakeholders.iter().find(|it| it.stakeholder.id.0 == 1).unwrap();
    assert!(owen.last_touch >= Some(day("2026-11-20")), "a calendar still spells him so");
    let error = desk.add_entry(Kind::Stakeholder, &[("name", "Owen Prise".to_owned())]);
    assert_eq!(refusal(error), "Owen Price (S-1) is called Owen Prise too, now or once");
}

#[test]
fn one_undo_brings_both_back() {
    let mut desk = owens();
    let before = (desk.books().unwrap(), desk.store.all_requests().unwrap());
    desk.merge_stakeholders(&key("S-3"), &key("S-1")).unwrap();
    desk.undo(None).unwrap();
    assert_eq!((desk.books().unwrap(), desk.store.all_requests().unwrap()), before);
    desk.redo().unwrap();
    assert_eq!(desk.books().unwrap().stakeholders.len(), 2);
}

#[test]
fn nobody_becomes_one_with_themselves_or_with_nobody() {
    let mut desk = owens();
    assert_eq!(refusal(desk.merge_stakeholders(&key("S-1"), &key("S-1"))), "S-1 is one already");
    assert!(desk.merge_stakeholders(&key("S-1"), &key("S-9")).is_err());
    assert!(desk.merge_stakeholders(&key("S-1"), &key("O-1")).is_err());
    assert_eq!(
        refusal(desk.merge_people("ana", "ana")).split('`').nth(1),
        Some("ana"),
        "nobody is in the team"
    );
}

#[test]
fn somebody_of_the_team_keeps_the_shares_and_days_of_both() {
    let mut desk = studio();
    join(&mut desk, "Bo Eck", "sound");
    let person = desk.person("boeck").unwrap();
    assert_eq!(desk.people_like(&person).unwrap(), [("bo".to_owned(), "Bo".to_owned())]);
    let film = request(&mut desk, "Film t3 ~20h");
    give(&mut desk, film, "bo", 4);
    give(&mut desk, film, "boeck", 6);
    away(&mut desk, "boeck", "2026-12-01", "2026-12-02");
    let before = (desk.store.people().unwrap(), shares_of(&desk, film), desk.store.absences().unwrap());
    let kept = desk.merge_people("boeck", "bo").unwrap().output;
    assert_eq!(
        (kept.handle.as_str(), kept.also.as_str(), kept.discipline.as_str()),
        ("bo", "Bo Eck; boeck", "film")
    );
    assert_eq!(told(&desk), "Merged @boeck Bo Eck into @bo Bo: 1 share and 1 record moved");
    assert!(shares_of(&desk, film).iter().all(|share| share.person == kept.id));
    assert_eq!(desk.store.absences().unwrap()[0].person, kept.id);
    for who in ["@boeck", "Eck, Bo", "bo"] {
        assert_eq!(desk.person(who).unwrap().id, kept.id, "{who}");
    }
    desk.undo(None).unwrap();
    let after = (desk.store.people().unwrap(), shares_of(&desk, film), desk.store.absences().unwrap());
    assert_eq!(after, before);
}

#[test]
fn what_whoever_goes_did_on_days_that_are_over_stays_in_the_load() {
    let mut desk = studio();
    join(&mut desk, "Ana Two", "design");
    let gone = desk.person("Ana Two").unwrap();
    let film = request(&mut desk, &format!("Film t3 ~20h due:fri @{}", gone.handle));
    begin(&mut desk, film);
    go(&mut desk, "2026-11-25");
    let done = |desk: &Desk, who: &str| -> i64 {
        let person = desk.person(who).unwrap().id;
        let grid = desk.load(day("2026-11-23"), 5).unwrap().0;
        let row = grid.rows.iter().find(|row| row.person == person).unwrap();
        row.cells.iter().map(|cell| cell.done.0).sum()
    };
    let before = done(&desk, &gone.handle);
    assert!(before > 0);
    desk.merge_people("ana", &gone.handle).unwrap();
    assert_eq!(done(&desk, "ana"), before);
}
