//! What the history tells, what can be taken back and done again, and why something cannot.

use chrono::{NaiveDate, TimeZone};

use super::*;
use crate::domain::allocation::{Allocation, LeftSaid, Shape};
use crate::domain::ids::{OutcomeId, PersonId};
use crate::domain::outcome::Outcome;
use crate::domain::person::Person;
use crate::domain::record::{Kind, TableRow};
use crate::domain::request::Request;
use crate::store::forget::{Copies, Subject};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn from(origin: Origin) -> Stamp {
    Stamp { at: now(), day: today(), zone: chrono_tz::UTC.into(), origin }
}

/// One operation of the cockpit, with its number.
fn write<T>(store: &mut Store, work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>) -> (T, OperationId) {
    write_from(store, Origin::Cockpit, work)
}

fn write_from<T>(
    store: &mut Store,
    origin: Origin,
    work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
) -> (T, OperationId) {
    let label = format!("Did {}", store.newest_operation().unwrap().0 + 1);
    let done = store.change::<_, StoreError>(from(origin), |tx| Ok((work(tx)?, label))).unwrap();
    (done.output, done.operation.unwrap())
}

fn add(store: &mut Store, title: &str) -> (RequestId, OperationId) {
    write(store, |tx| tx.add_request(&Request::new(title, now())))
}

fn rename(store: &mut Store, origin: Origin, id: RequestId, title: &str) -> OperationId {
    write_from(store, origin, |tx| tx.put_request(&Request { title: title.to_owned(), ..tx.request(id)? })).1
}

fn person() -> Person {
    Person::called(0, "ana", "Ana")
}

fn share(request: RequestId, person: PersonId) -> Allocation {
    Allocation {
        id: AllocationId(0),
        request,
        person,
        minutes: None,
        from: today(),
        to: today(),
        is_tentative: false,
        shape: Shape::Even,
        left: LeftSaid::NEW,
    }
}

fn numbers(operations: &[Operation]) -> Vec<i64> {
    operations.iter().map(|operation| operation.id.0).collect()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn the_history_tells_the_newest_first_with_how_many_rows_and_without_kept_days() {
    let mut store = Store::in_memory().unwrap();
    add(&mut store, "One");
    write(&mut store, |tx| {
        tx.add_request(&Request::new("Two", now()))?;
        tx.add_request(&Request::new("Three", now()))
    });
    store
        .keep_days_anew(from(Origin::Cockpit), |tx| tx.keep_day(today(), false, &[]).map(|()| "Kept".into()))
        .unwrap();
    assert_eq!(numbers(&store.history(None).unwrap()), [2, 1]);
    assert_eq!(numbers(&store.history(Some(1)).unwrap()), [2]);
    assert_eq!(numbers(&store.history_with_kept_days(Some(2)).unwrap()), [3, 2]);
    assert_eq!(numbers(&store.history_with_kept_days(None).unwrap()), [3, 2, 1]);
    let changes: Vec<u64> = store.history(None).unwrap().iter().map(|operation| operation.changes).collect();
    assert_eq!(changes, [2, 1]);
    assert_eq!(store.newest_operation().unwrap(), OperationId(3));
}

#[test]
fn an_undo_and_a_redo_are_operations_and_what_they_are_about_says_so() {
    let mut store = Store::in_memory().unwrap();
    let (_, added) = add(&mut store, "One");
    let undone = store.undo(from(Origin::Cockpit), None).unwrap();
    assert_eq!((undone.output, undone.label.as_str()), (added, "Undid: Did 1"));
    let state = |store: &Store| -> Vec<(bool, bool)> {
        store.history(None).unwrap().iter().map(|it| (it.is_undone, it.is_reversal)).collect()
    };
    assert_eq!(state(&store), [(false, true), (true, false)]);
    assert_eq!(store.redo(from(Origin::Cockpit)).unwrap().label, "Did again: Did 1");
    assert_eq!(state(&store), [(false, true), (false, true), (false, false)]);
}

#[test]
fn only_what_was_done_and_still_stands_can_be_undone_by_its_number() {
    let mut store = Store::in_memory().unwrap();
    let (_, added) = add(&mut store, "One");
    let stamp = || from(Origin::Cockpit);
    assert_eq!(refusal(store.undo(stamp(), Some(OperationId(99)))), "there is no change 99");
    let undo = store.undo(stamp(), Some(added)).unwrap().operation.unwrap();
    assert_eq!(refusal(store.undo(stamp(), Some(added))), "change 1 is undone already");
    let itself = refusal(store.undo(stamp(), Some(undo)));
    assert_eq!(itself, "change 2 is itself an undo; name the one it is about");
    store.redo(stamp()).unwrap();
    let kept = |tx: &Tx<'_>| tx.keep_day(today(), false, &[]).map(|()| "Kept".to_owned());
    store.keep_days_anew(stamp(), kept).unwrap();
    let days = store.newest_operation().unwrap();
    assert!(refusal(store.undo(stamp(), Some(days))).contains("only recorded days that were over"));
    assert_eq!(store.undo(stamp(), None).unwrap().output, added, "days that were kept are passed over");
}

#[test]
fn what_was_forgotten_for_good_is_neither_undone_nor_in_the_way() {
    let mut store = Store::in_memory().unwrap();
    let (id, added) = add(&mut store, "Secret");
    store.forget(from(Origin::Cockpit), &Subject::of(&id.into()), Some("title"), Copies::Named).unwrap();
    let forgot = store.newest_operation().unwrap();
    let refused = refusal(store.undo(from(Origin::Cockpit), Some(forgot)));
    assert!(refused.contains("took words out for good"), "{refused}");
    assert_eq!(store.undo(from(Origin::Cockpit), None).unwrap().output, added);
}

#[test]
fn a_redo_follows_the_last_undo_that_nothing_new_came_after() {
    let mut store = Store::in_memory().unwrap();
    let stamp = || from(Origin::Cockpit);
    assert_eq!(refusal(store.redo(stamp())), "there is nothing to redo");
    let (id, _) = add(&mut store, "A");
    let first = rename(&mut store, Origin::Cockpit, id, "B");
    let second = rename(&mut store, Origin::Cockpit, id, "C");
    store.undo(stamp(), None).unwrap();
    store.undo(stamp(), None).unwrap();
    assert_eq!(store.redo(stamp()).unwrap().output, first, "the last undo first");
    assert_eq!(store.redo(stamp()).unwrap().output, second);
    store.undo(stamp(), None).unwrap();
    // Keeping days is nothing that anybody did.
    store.keep_days_anew(stamp(), |tx| tx.keep_day(today(), false, &[]).map(|()| "Kept".into())).unwrap();
    assert_eq!(store.redo(stamp()).unwrap().output, second);
    assert_eq!(store.request(id).unwrap().title, "C");
}

#[test]
fn in_the_cockpit_what_others_did_is_not_in_the_way_unless_it_is_the_same_field() {
    let mut store = Store::in_memory().unwrap();
    let (id, _) = add(&mut store, "A");
    rename(&mut store, Origin::Cockpit, id, "B");
    store.undo(from(Origin::Cockpit), None).unwrap();
    write_from(&mut store, Origin::CommandLine, |tx| {
        tx.put_request(&Request { brand: "Harbour".into(), ..tx.request(id)? })
    });
    assert!(
        refusal(store.redo(from(Origin::CommandLine))).contains("nothing to redo"),
        "something new was done"
    );
    store.redo(from(Origin::Cockpit)).unwrap();
    let request = store.request(id).unwrap();
    assert_eq!((request.title.as_str(), request.brand.as_str()), ("B", "Harbour"));
    store.undo(from(Origin::Cockpit), Some(OperationId(2))).unwrap();
    rename(&mut store, Origin::Import, id, "Z");
    let refused = refusal(store.redo(from(Origin::Cockpit)));
    assert!(refused.starts_with("R-1 was changed since by change "), "{refused}");
}

#[test]
fn what_happened_to_a_request_or_a_person_are_their_shares_too() {
    let mut store = Store::in_memory().unwrap();
    let (film, _) = add(&mut store, "Film");
    let (other, _) = add(&mut store, "Poster");
    // Whose number is that of no request she holds anything of.
    let (ana, _) = write(&mut store, |tx| {
        tx.add_person(&Person { handle: "bo".into(), ..person() })?;
        tx.add_person(&person())
    });
    let (share, _) = write(&mut store, |tx| tx.add_allocation(&share(film, ana)));
    rename(&mut store, Origin::Cockpit, other, "Poster A2");
    write(&mut store, |tx| tx.remove_allocation(share));
    let on = |table, row, limit| numbers(&store.operations_on(table, row, limit).unwrap());
    assert_eq!(on(Table::Request, film.0, 9), [6, 4, 1]);
    assert_eq!(on(Table::Request, other.0, 9), [5, 2]);
    assert_eq!(on(Table::Person, ana.0, 9), [6, 4, 3]);
    assert_eq!(on(Table::Request, film.0, 2), [6, 4]);
    assert_eq!(on(Table::Request, 99, 9), [] as [i64; 0]);
}

/// An outcome with a number that is no whole one, and one that is not there.
fn outcome() -> Outcome {
    Outcome { name: "Spring".to_owned(), baseline: Some(14.25), target: None, ..Outcome::blank(today()) }
}

#[test]
fn a_record_of_the_books_is_told_of_by_its_key_and_comes_back_exactly() {
    let mut store = Store::in_memory().unwrap();
    add(&mut store, "Also number one");
    let mut spring = outcome();
    write(&mut store, |tx| tx.add_record(&mut spring));
    assert_eq!(spring.id, OutcomeId(1));
    let target = |store: &mut Store, target: Option<f64>| {
        write(store, |tx| tx.put_record(&Outcome { target, ..tx.record::<Outcome>(1)? })).1
    };
    let third = target(&mut store, Some(9.5));
    let fourth = target(&mut store, Some(8.0));
    let key = RecordKey::Numbered(Kind::Outcome, 1);
    assert_eq!(numbers(&store.operations_on_record(&key, 9).unwrap()), [4, 3, 2]);
    assert_eq!(numbers(&store.operations_on_record(&key, 1).unwrap()), [4]);
    let refused = refusal(store.undo(from(Origin::Cockpit), Some(third)));
    assert!(refused.starts_with("O-1 was changed since by change 4, \"Did 4\""), "{refused}");
    store.undo(from(Origin::Cockpit), Some(fourth)).unwrap();
    assert_eq!(store.record::<Outcome>(1).unwrap().target, Some(9.5));
    store.undo(from(Origin::Cockpit), Some(third)).unwrap();
    assert_eq!(store.record::<Outcome>(1).unwrap(), spring, "with a part of a number, and without one");
}

#[test]
fn a_row_that_went_comes_back_whole() {
    let mut store = Store::in_memory().unwrap();
    let mut spring = outcome();
    write(&mut store, |tx| tx.add_record(&mut spring));
    let ((), removed) = write(&mut store, |tx| tx.remove_record(&spring));
    assert!(store.record::<Outcome>(1).is_err());
    store.undo(from(Origin::Cockpit), Some(removed)).unwrap();
    assert_eq!(store.record::<Outcome>(1).unwrap(), spring);
}

#[test]
fn what_came_and_was_changed_since_is_not_taken_away() {
    let mut store = Store::in_memory().unwrap();
    let (ana, joined) = write(&mut store, |tx| tx.add_person(&person()));
    write(&mut store, |tx| tx.put_person(&Person { id: ana, name: "Ana Ruiz".into(), ..person() }));
    let refused = refusal(store.undo(from(Origin::Cockpit), Some(joined)));
    assert_eq!(refused, "A person was changed since by change 2, \"Did 2\"; nothing was undone");
    assert_eq!(store.people().unwrap()[0].name, "Ana Ruiz");
    store.undo(from(Origin::Cockpit), None).unwrap();
    store.undo(from(Origin::Cockpit), Some(joined)).unwrap();
    assert_eq!(store.people().unwrap(), []);
}

#[test]
fn the_newest_of_ones_own_is_told_with_what_others_did_above_it() {
    let mut store = Store::in_memory().unwrap();
    assert_eq!(store.newest_of(Origin::Cockpit).unwrap(), NewestOf { own: None, above: None });
    let (id, _) = add(&mut store, "A");
    let told = |store: &Store| {
        let found = store.newest_of(Origin::Cockpit).unwrap();
        (found.own.map(|own| own.id.0), found.above.map(|(newest, count)| (newest.id.0, count)))
    };
    assert_eq!(told(&store), (Some(1), None));
    rename(&mut store, Origin::CommandLine, id, "B");
    rename(&mut store, Origin::Import, id, "C");
    assert_eq!(told(&store), (Some(1), Some((3, 2))));
    let own = rename(&mut store, Origin::Cockpit, id, "D");
    assert_eq!(told(&store), (Some(4), None));
    store.undo(from(Origin::Cockpit), Some(own)).unwrap();
    assert_eq!(told(&store), (Some(1), Some((3, 2))), "what was undone stands no more");
    assert_eq!(store.origin_of(OperationId(3)).unwrap(), Origin::Import);
    assert!(store.origin_of(OperationId(99)).is_err());
}

#[test]
fn what_another_cockpit_did_since_this_one_was_opened_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (mut one, _) = Store::open(&path).unwrap();
    let (id, _) = add(&mut one, "A");
    let (mut two, _) = Store::open(&path).unwrap();
    rename(&mut two, Origin::Cockpit, id, "B");
    let found = one.newest_of(Origin::Cockpit).unwrap();
    assert_eq!(found.own.map(|own| own.id.0), Some(1));
    assert_eq!(found.above.map(|(newest, count)| (newest.id.0, count)), Some((2, 1)));
    let theirs = two.newest_of(Origin::Cockpit).unwrap();
    assert_eq!((theirs.own.map(|own| own.id.0), theirs.above), (Some(2), None));
}

#[test]
fn what_another_cockpit_took_back_is_not_done_again_here() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (mut one, _) = Store::open(&path).unwrap();
    let (id, _) = add(&mut one, "A");
    let (mut two, _) = Store::open(&path).unwrap();
    let mine = rename(&mut one, Origin::Cockpit, id, "B");
    one.undo(from(Origin::Cockpit), Some(mine)).unwrap();
    let (other, theirs) = add(&mut two, "C");
    two.undo(from(Origin::Cockpit), Some(theirs)).unwrap();
    assert_eq!(one.redo(from(Origin::Cockpit)).unwrap().output, mine);
    assert!(matches!(one.redo(from(Origin::Cockpit)), Err(StoreError::NothingTo("redo"))));
    assert_eq!(two.redo(from(Origin::Cockpit)).unwrap().output, theirs);
    assert_eq!((one.request(id).unwrap().title, one.request(other).unwrap().title), ("B".into(), "C".into()));
}
