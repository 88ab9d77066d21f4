//! People as they join, change and leave.

use super::*;
use crate::ops::kit::{change, day, go, hours, refusal, request, studio};

fn named(name: &str) -> PersonChange {
    PersonChange { name: Some(name.to_owned()), ..PersonChange::default() }
}

#[test]
fn the_handle_is_the_first_word_of_the_name_in_plain_letters() {
    let mut desk = studio();
    let handle = |desk: &mut Desk, change| desk.add_person(&change).unwrap().output.handle;
    assert_eq!(handle(&mut desk, named("Zoë Lind")), "zoe");
    let own = PersonChange { handle: Some(" @AnaM ".to_owned()), ..named("Ana Mora") };
    assert_eq!(handle(&mut desk, own), "anam");
}

#[test]
fn a_handle_that_is_proposed_is_free() {
    let mut desk = studio();
    let mut handle = |name: &str| desk.add_person(&named(name)).unwrap().output.handle;
    assert_eq!(
        ["Robert Hale", "Robert Ek", "Robert Ek", "Robert Ek", "Robert"].map(&mut handle),
        ["robert", "robertek", "robert2", "robert3", "robert4"]
    );
    assert_eq!(handle("Łukasz Żak-Nowak"), "lukasz");
    assert_eq!(refusal(desk.add_person(&named("!?"))), "`` is not a handle");
}

#[test]
fn nobody_is_added_without_a_name_or_with_a_handle_of_somebody_else() {
    let mut desk = studio();
    assert_eq!(refusal(desk.add_person(&named(" "))), "a person needs a name");
    let taken = PersonChange { handle: Some("@Ana".to_owned()), ..named("Ana Mora") };
    assert_eq!(refusal(desk.add_person(&taken)), "handle: ana belongs to Ana; anamora is free");
    let spaced = PersonChange { handle: Some("ana m".to_owned()), ..named("Ana Mora") };
    assert_eq!(refusal(desk.add_person(&spaced)), "`ana m` is not a handle");
    let taken = PersonChange { handle: Some("bo".to_owned()), ..PersonChange::default() };
    assert_eq!(refusal(desk.edit_person("ana", &taken)), "handle: bo belongs to Bo; bo2 is free");
    assert_eq!(desk.store.people().unwrap().len(), 2);
}

#[test]
fn the_planning_factor_is_a_part_of_the_time_and_never_none_of_it() {
    let mut desk = studio();
    let factor = |percent| PersonChange { factor_percent: Some(percent), ..PersonChange::default() };
    for percent in [0, 101] {
        let refused = refusal(desk.edit_person("ana", &factor(percent)));
        assert_eq!(refused, "the planning factor lies between 0.01 and 1");
    }
    let label = desk.edit_person("ana", &factor(80)).unwrap().label;
    assert_eq!(label, "Edited ana: planning factor 100 % → 80 %");
    assert_eq!(desk.add_person(&named("Cy")).unwrap().output.factor_percent, 80, "as configured");
}

#[test]
fn somebody_who_joins_later_has_a_first_day() {
    let mut desk = studio();
    let from = Some(day("2026-12-01"));
    let first = |desk: &mut Desk, change| desk.add_person(&change).unwrap().output.first_day;
    assert_eq!(first(&mut desk, named("Cy")), None);
    assert_eq!(first(&mut desk, PersonChange { from, ..named("Di") }), from);
    let open = PersonChange { from, first: DayChange::Open, ..named("Eli") };
    assert_eq!(first(&mut desk, open), None, "the week counts from then, the person always did");
}

#[test]
fn a_new_week_holds_from_its_day_and_the_old_one_until_then() {
    let mut desk = studio();
    let week = |from: &str, hours: i64| PersonChange {
        week: Some([Minutes::hours(hours); 7]),
        from: Some(day(from)),
        ..PersonChange::default()
    };
    for change in [week("2026-12-07", 4), week("2026-11-30", 6), week("2026-12-07", 5)] {
        desk.edit_person("ana", &change).unwrap();
    }
    let contracts = desk.person("ana").unwrap().contracts;
    let by_day: Vec<_> = contracts.iter().skip(1).map(|it| (it.from, it.week[0])).collect();
    assert_eq!(by_day, [(day("2026-11-30"), hours(6)), (day("2026-12-07"), hours(5))]);
    assert_eq!(
        contracts[0].week,
        crate::domain::person::STANDARD_WEEK,
        "the usual hours of the weeks before stay"
    );
}

#[test]
fn a_last_day_tells_what_is_held_after_it_and_can_be_taken_away() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~30h due:2026-11-30 @ana");
    let leaves = |to| PersonChange { to, ..PersonChange::default() };
    let label = desk.edit_person("ana", &leaves(DayChange::On(day("2026-11-25")))).unwrap().label;
    // Three days of eight hours are left to her.
    assert!(label.ends_with("; holds R-1: 15h after Wed 25 Nov"), "{label}");
    let label = desk.edit_person("ana", &named("Ana Ruiz")).unwrap().label;
    assert!(!label.contains("holds"), "told when the day is set: {label}");
    desk.edit_person("ana", &leaves(DayChange::Open)).unwrap();
    assert_eq!(desk.person("ana").unwrap().last_day, None);
}

#[test]
fn a_change_that_changes_nothing_says_so_and_a_beginning_is_enough_to_name_one() {
    let mut desk = studio();
    crate::ops::kit::join(&mut desk, "Anders", "film");
    assert_eq!(desk.edit_person("ana", &named("Ana")).unwrap().label, "Edited ana");
    assert_eq!(desk.person("@ande").unwrap().name, "Anders");
    assert_eq!(refusal(desk.person("an")), "`an` could be @ana (Ana) or @anders (Anders)", "two begin so");
    assert_eq!(desk.person("ana").unwrap().name, "Ana", "a whole handle is nobody else");
}

#[test]
fn work_after_a_last_day_is_nobodys_when_that_day_is_over() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:2026-12-04 @ana");
    let to = DayChange::On(day("2026-11-25"));
    desk.edit_person("ana", &PersonChange { to, ..PersonChange::default() }).unwrap();
    go(&mut desk, "2026-11-26");
    let today = desk.today();
    let found = desk.queue_and_load(today..today).unwrap();
    let nobodys: Vec<_> = found.model.items_of(NOBODY).iter().map(|it| (it.request, it.left)).collect();
    assert_eq!(nobodys, [(id, hours(8))]);
    change(&mut desk, id, "~6h");
    assert_eq!(crate::ops::kit::left(&desk, id), Some(hours(6)));
}
