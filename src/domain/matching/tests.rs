//! Who is found by what, by one small team.

use super::*;
use crate::domain::ids::StakeholderId;

fn person(handle: &str, name: &str, email: &str) -> Person {
    Person { email: email.to_owned(), ..Person::called(0, handle, name) }
}

fn team() -> Vec<Person> {
    vec![
        person("ana", "Ana Ruiz", "ana.ruiz@x.example"),
        person("bo", "Bo Ek", "bo@x.example"),
        person("robert", "Robert Hale", ""),
        person("robin", "Robin Åkesson", "robin@x.example"),
        person("anders", "Anders O’Neil", ""),
        person("zed", "", ""),
    ]
}

/// `=ana` for one, `?robert,robin` for several, `~robert` for those who come near.
fn told(who: &str) -> String {
    let handles = |list: Vec<&Person>| list.iter().map(|it| it.handle.clone()).collect::<Vec<_>>().join(",");
    match match_person(&team(), who) {
        NameMatch::One(one) => format!("={}", one.handle),
        NameMatch::Ambiguous(list) => format!("?{}", handles(list)),
        NameMatch::Near(list) => format!("~{}", handles(list)),
        NameMatch::Nobody => String::new(),
    }
}

#[test]
fn somebody_is_found_by_address_then_handle_then_name_in_any_order() {
    for (who, found) in [
        ("BO@X.example", "=bo"),
        ("Robert Ek <bo@x.example>", "=bo"),
        ("Somebody Else (mailto:bo@x.example)", "=bo"),
        ("@ana", "=ana"),
        ("ANA", "=ana"),
        ("Ek, Bo", "=bo"),
        ("ek bo", "=bo"),
        ("robin akesson", "=robin"),
        ("Åkesson, Robin", "=robin"),
        ("Dr. Anders O'Neil", "=anders"),
        ("robinakesson", "=robin"),
        ("Ek, Bo (Marketing) <b.ek@x.example>", "=bo"),
        ("Bo Ek <bo@elsewhere.example>", "=bo"),
    ] {
        assert_eq!(told(who), found, "{who}");
    }
}

#[test]
fn a_beginning_is_enough_while_it_is_only_theirs() {
    for (who, found) in [
        ("rob", "?robert,robin"),
        ("@rob", "?robert,robin"),
        ("robe", "=robert"),
        ("an", "?ana,anders"),
        ("hale", "=robert"),
        ("r åk", "=robin"),
        ("R. Hale", "=robert"),
        ("", ""),
        ("@", ""),
        (" ", ""),
    ] {
        assert_eq!(told(who), found, "{who}");
    }
}

#[test]
fn what_only_comes_near_is_told_and_not_taken() {
    for (who, found) in [
        ("Robert Hall", "~robert"),
        ("Ana Maria Ruiz", "~ana"),
        ("anna", "~ana"),
        ("Robn Akeson", "~robin"),
        ("robin@elsewhere.example", "~robin"),
        ("robert.hale@elsewhere.example", "~robert"),
        // Somebody with an address of their own is not whoever alone begins so.
        ("Robert <r@elsewhere.example>", "~robert"),
        ("Priya Nair", ""),
        ("x", ""),
        ("qq@elsewhere.example", ""),
    ] {
        assert_eq!(told(who), found, "{who}");
    }
}

#[test]
fn two_names_that_share_a_word_are_two_people() {
    let near = |one: &str, other: &str| !NameIndex::of(&[one.to_owned()]).near(other).is_empty();
    for (one, other, is) in [
        ("Lena Weber", "Dana Weber", false),
        ("Ana Ek", "Dana Ek", false),
        ("Ana Kowalski", "Anna Kowalsky", true),
        ("Lena Weber", "Lena Webber", true),
        ("Owen Price", "Owen Prise", true),
        ("Owen Price", "owen.price@x.example", true),
        ("owen.price@x.example", "Owen Price", true),
        ("owen.price@x.example", "Owen", false),
    ] {
        assert_eq!(near(one, other), is, "{one} {other}");
    }
    let handle = |who: &str| NameIndex::of(&[person("ana", "Ana", "")]).near(who).len();
    assert_eq!(["Dana", "dana", "Anna", "Bo"].map(handle), [0, 0, 1, 0]);
}

#[test]
fn somebody_who_was_told_apart_does_not_come_near_any_more() {
    let ana =
        |apart: &str| Person { told_apart: apart.to_owned(), ..Person::called(1, "ak", "Ana Kowalski") };
    let near = |apart: &str, who: &str| NameIndex::of(&[ana(apart)]).near(who).len();
    for (apart, who, count) in [
        ("", "Anna Kowalsky", 1),
        ("Anna Kowalsky", "Anna Kowalsky", 0),
        ("Bo Ek; Anna Kowalsky", "Kowalsky, Anna <anna@x.example>", 0),
        ("Anna Kowalsky", "Anna Kowalski", 1),
        ("Anna Kowalsky <anna@x.example>", "Anna Kowalsky <anna@y.example>", 1),
        ("anna@x.example", "Anna Kowalsky", 1),
    ] {
        assert_eq!(near(apart, who), count, "{apart}: {who}");
    }
    let found = NameIndex::of(&[ana("Ana Kowalski")]).exactly("Ana Kowalski");
    assert_eq!(found, NameMatch::One(0), "what is their own name stays so");
}

#[test]
fn a_stakeholder_is_found_by_key_and_namesakes_by_their_addresses() {
    let one = |number: i64, name: &str, email: &str| Stakeholder {
        id: StakeholderId(number),
        name: name.to_owned(),
        email: email.to_owned(),
        ..crate::domain::record::TableRow::blank(chrono::NaiveDate::default())
    };
    let all = [
        one(1, "Owen Price", "owen@a.example"),
        one(2, "Owen Price", "owen@b.example"),
        one(3, "Mara Holm", ""),
    ];
    let found = |who: &str| match_stakeholder(&all, who).map(|it| it.id.0);
    assert_eq!(found("s-3"), NameMatch::One(3));
    assert_eq!(found("Owen Price <OWEN@b.example>"), NameMatch::One(2));
    assert_eq!(found("Owen Price"), NameMatch::Ambiguous(vec![1, 2]));
    assert_eq!(found("Owen Prise"), NameMatch::Near(vec![1, 2]));
    assert_eq!(found("Mara"), NameMatch::One(3));
    assert_eq!(found("Mary Holm"), NameMatch::Near(vec![3]));
}

proptest::proptest! {
    #[test]
    fn everybody_is_found_by_their_own_words_whatever_they_are(name in "\\PC{1,30}", email in "\\PC{0,20}") {
        let all = [person("somebody", &name, &email)];
        let found = match_person(&all, &name);
        proptest::prop_assert!(words(&Contact::read(bare(&name)).name).is_empty() || found != NameMatch::Nobody, "{:?}", found);
    }
}
