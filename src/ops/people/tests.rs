//! People as they join, change and leave.

use super::*;
use crate::ops::kit::{add, change, day, edit, go, hours, refusal, request, studio, typed};

fn named(name: &str) -> Vec<(&'static str, String)> {
    typed(&[("name", name)])
}

#[test]
fn the_handle_is_the_first_word_of_the_name_in_plain_letters() {
    let mut desk = studio();
    assert_eq!(add(&mut desk, &[("name", "Zoë Lind")]).handle, "zoe");
    assert_eq!(add(&mut desk, &[("name", "Ana Mora"), ("handle", " @AnaM ")]).handle, "anam");
    edit(&mut desk, "anam", &[("handle", "")]);
    assert_eq!(desk.person("anam").unwrap().name, "Ana Mora", "nobody is without one");
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
    for none in [" ", "none"] {
        assert_eq!(refusal(desk.add_person(&named(none))), "a person needs a name");
        assert_eq!(refusal(desk.edit_person("ana", &named(none))), "a person needs a name");
    }
    let taken = typed(&[("name", "Ana Mora"), ("handle", "@Ana")]);
    assert_eq!(refusal(desk.add_person(&taken)), "handle: ana belongs to Ana; anamora is free");
    let spaced = typed(&[("name", "Ana Mora"), ("handle", "ana m")]);
    assert_eq!(refusal(desk.add_person(&spaced)), "`ana m` is not a handle");
    let taken = typed(&[("handle", "bo")]);
    assert_eq!(refusal(desk.edit_person("ana", &taken)), "handle: bo belongs to Bo; bo2 is free");
    assert_eq!(desk.store.people().unwrap().len(), 2);
}

#[test]
fn the_planning_factor_is_a_part_of_the_time_and_never_none_of_it() {
    let mut desk = studio();
    for part in ["0", "101 %"] {
        let refused = refusal(desk.edit_person("ana", &typed(&[("factor", part)])));
        assert_eq!(refused, format!("factor: `{part}` is not between 0.01 and 1"));
    }
    let label = edit(&mut desk, "ana", &[("factor", "0.8")]);
    assert_eq!(label, "Edited ana: planning factor 100 % → 80 %");
    assert_eq!(desk.add_person(&named("Cy")).unwrap().output.factor.0, 80, "as configured");
}

#[test]
fn hours_of_somebody_to_come_hold_from_their_first_day_and_a_day_alone_is_that() {
    let mut desk = studio();
    add(&mut desk, &[("name", "Cy"), ("hours", "8,8,8,8,8"), ("from", "2027-01-04")]);
    edit(&mut desk, "cy", &[("hours", "6,6,6,6,6")]);
    let cy = desk.person("cy").unwrap();
    assert_eq!(cy.contract_on(day("2027-01-04")).unwrap().week[0], hours(6), "{cy:?}");
    edit(&mut desk, "cy", &[("from", "2027-02-01")]);
    assert_eq!(desk.person("cy").unwrap().first_day, Some(day("2027-02-01")));
    edit(&mut desk, "ana", &[("hours", "4,4,4,4,4"), ("from", "2027-01-04")]);
    let label = edit(&mut desk, "ana", &[("hours", "6,6,6,6,6")]);
    assert!(label.ends_with("; other hours follow from Mon 4 Jan 27"), "{label}");
}

#[test]
fn somebody_who_joins_later_has_a_first_day() {
    let mut desk = studio();
    let from = ("from", "2026-12-01");
    assert_eq!(add(&mut desk, &[("name", "Cy")]).first_day, None);
    assert_eq!(add(&mut desk, &[("name", "Di"), from]).first_day, Some(day("2026-12-01")));
    let open = add(&mut desk, &[("name", "Eli"), from, ("first", "none")]);
    assert_eq!(open.first_day, None, "the week counts from then, the person always did");
}

#[test]
fn a_new_week_holds_from_its_day_and_the_old_one_until_then() {
    let mut desk = studio();
    for (from, hours) in
        [("2026-12-07", "4 4 4 4 4"), ("2026-11-30", "6 6 6 6 6"), ("2026-12-07", "5 5 5 5 5")]
    {
        edit(&mut desk, "ana", &[("hours", hours), ("from", from)]);
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
    let label = edit(&mut desk, "ana", &[("to", "2026-11-25")]);
    // Three days of eight hours are left to her.
    assert!(label.ends_with("; holds R-1: 15h after Wed 25 Nov"), "{label}");
    let label = desk.edit_person("ana", &named("Ana Ruiz")).unwrap().label;
    assert!(!label.contains("holds"), "told when the day is set: {label}");
    edit(&mut desk, "ana", &[("to", "none")]);
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
    edit(&mut desk, "ana", &[("to", "2026-11-25")]);
    go(&mut desk, "2026-11-26");
    let today = desk.today();
    let found = desk.queue_and_load(today..today).unwrap();
    let nobodys: Vec<_> = found.model.items_of(NOBODY).iter().map(|it| (it.request, it.left)).collect();
    assert_eq!(nobodys, [(id, hours(8))]);
    change(&mut desk, id, "~6h");
    assert_eq!(crate::ops::kit::left(&desk, id), Some(hours(6)));
}
