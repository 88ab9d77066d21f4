//! Names that come near somebody: asked about once, answered either way, taken back with their import.

use super::*;
use crate::domain::ids::RequestId;
use crate::import::listing::ListOptions;
use crate::ops::Desk;
use crate::ops::import::change_set::ChangeGroup;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::lines::LineChoice;
use crate::ops::import::{ImportRun, RowAction};
use crate::ops::kit::{studio, told};

const PEOPLE: &str = "Name,Discipline\nAnna Kowalsky,design\n";

fn pairs(texts: &[&str]) -> BTreeSet<NamePair> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

pub fn choice(same: &[&str], not_same: &[&str]) -> LineChoice {
    let names = NameAnswers { same: pairs(same), not_same: pairs(not_same) };
    LineChoice { names, ..LineChoice::default() }
}

fn take(desk: &mut Desk, kind: ForeignKind, text: &str, lines: &LineChoice) -> Report {
    match Asked::new(kind, &desk.clock).read(text.as_bytes()).unwrap() {
        ForeignContent::Requests(import) => {
            let run = ImportRun { is_rehearsal: false, lines, progress: &mut |_, _| {} };
            desk.take_requests(&import, run).unwrap()
        }
        ForeignContent::People(listing) => desk.take_people(listing, false, lines).unwrap(),
        ForeignContent::Absences(listing) => desk.take_absences(listing, false, lines).unwrap(),
        other => panic!("{other:?}"),
    }
}

pub fn requests(desk: &mut Desk, text: &str, lines: &LineChoice) -> Report {
    let options = crate::import::requests::RequestOptions {
        preset: None,
        maps: Vec::new(),
        sheet: None,
        order: None,
        now: desk.now().to_utc(),
    };
    take(desk, ForeignKind::Requests { presets: Vec::new(), options }, text, lines)
}

fn questions(report: &Report) -> Vec<String> {
    report.near.iter().map(NearMiss::question).collect()
}

/// A studio with Ana Kowalski in the team and Owen Price asking.
fn desk() -> Desk {
    let mut desk = studio();
    crate::ops::kit::add(&mut desk, &[("name", "Ana Kowalski"), ("handle", "ak")]);
    desk.capture(crate::domain::record::Kind::Stakeholder, "Owen Price").unwrap();
    desk
}

#[test]
fn who_holds_and_who_asks_is_asked_about_once() {
    let mut desk = desk();
    let text = "Title,Requester,Assignee,Due\nFilm,Owen Prise,Anna Kowalsky,2026-12-04\nMenu,Owen Prise,Kim Oh,2026-12-08\n";
    let report = requests(&mut desk, text, &LineChoice::default());
    assert_eq!(
        questions(&report),
        ["Owen Prise: Owen Price (S-1)?", "Anna Kowalsky: Ana Kowalski (@ak)?"],
        "Kim Oh comes near nobody"
    );
    assert!(report.groups().contains(&(ChangeGroup::Near, 2)));
    assert!(desk.store.allocations_of(RequestId(1)).unwrap().is_empty(), "nobody is taken unasked");
    let yes = choice(&["Owen Prise=S-1", "Anna Kowalsky=@ak"], &[]);
    let report = requests(&mut desk, text, &yes);
    assert_eq!(questions(&report), Vec::<String>::new());
    assert_eq!(desk.store.request(RequestId(2)).unwrap().requester, "Owen Price");
    assert_eq!(desk.store.allocations_of(RequestId(1)).unwrap().len(), 1);
    assert!(told(&desk).ends_with("; Anna Kowalsky is Ana Kowalski (@ak), Owen Prise is Owen Price (S-1)"));
    let again = requests(&mut desk, text, &LineChoice::default());
    assert!(again.near.is_empty() && again.operation.is_none(), "{again:?}");
    assert_eq!(requests(&mut desk, text, &yes).operation, None, "said again it changes nothing");
    desk.undo(None).unwrap();
    assert_eq!(desk.person("ak").unwrap().also, "", "one undo takes it back with the rows");
    assert!(desk.store.allocations_of(RequestId(1)).unwrap().is_empty());
}

#[test]
fn somebody_else_is_not_asked_about_again_in_any_file() {
    let mut desk = desk();
    let text = "Title,Requester,Assignee\nFilm,Owen Prise,Anna Kowalsky\n";
    let no = choice(&[], &["Owen Prise=Owen Price", "Anna Kowalsky=ak"]);
    assert!(requests(&mut desk, text, &no).near.is_empty());
    assert_eq!(desk.store.request(RequestId(1)).unwrap().requester, "Owen Prise");
    let absences = "Person,From,To\n\"Kowalsky, Anna\",2026-12-01,2026-12-02\n";
    let report =
        take(&mut desk, ForeignKind::Absences(ListOptions::default()), absences, &LineChoice::default());
    assert!(report.near.is_empty(), "{report:?}");
    let report = take(&mut desk, ForeignKind::People(ListOptions::default()), PEOPLE, &LineChoice::default());
    assert_eq!((report.near.len(), report.rows[0].action), (0, RowAction::Created));
    // Who changes their mind says so.
    let report = requests(&mut desk, text, &choice(&["Owen Prise=S-1"], &[]));
    assert_eq!(report.rows[0].action, RowAction::Updated);
    let owen: Vec<Stakeholder> = desk.books().unwrap().stakeholders;
    assert_eq!((owen[0].also.as_str(), owen[0].told_apart.as_str()), ("Owen Prise", ""));
}

#[test]
fn a_row_of_people_changes_whom_it_means_and_leaves_their_name() {
    let mut desk = desk();
    let before = desk.store.people().unwrap().len();
    let yes = choice(&["Anna Kowalsky=ak"], &[]);
    let report = take(&mut desk, ForeignKind::People(ListOptions::default()), PEOPLE, &yes);
    assert_eq!(report.rows[0].action, RowAction::Updated);
    let ana = desk.person("ak").unwrap();
    assert_eq!((ana.name.as_str(), ana.discipline.as_str()), ("Ana Kowalski", "design"));
    assert_eq!(desk.store.people().unwrap().len(), before);
    let again = take(&mut desk, ForeignKind::People(ListOptions::default()), PEOPLE, &LineChoice::default());
    assert_eq!((again.rows[0].action, again.operation), (RowAction::Unchanged, None));
}

#[test]
fn an_absence_of_somebody_misspelt_comes_in_once_it_is_said_who_that_is() {
    let mut desk = desk();
    let text = "Person,From,To\nAnna Kowalsky,2026-12-01,2026-12-02\nAnna Kowalsky,2026-12-07,2026-12-07\n";
    let report = take(&mut desk, ForeignKind::Absences(ListOptions::default()), text, &LineChoice::default());
    assert_eq!((questions(&report).len(), report.count(RowAction::Skipped)), (1, 2));
    let report = take(
        &mut desk,
        ForeignKind::Absences(ListOptions::default()),
        text,
        &choice(&["Anna Kowalsky=ak"], &[]),
    );
    assert_eq!(report.count(RowAction::Created), 2);
}

#[test]
fn somebody_who_joins_with_the_file_is_no_near_miss_of_it() {
    let mut desk = desk();
    let text = "Name\nOwen Lindqvist\nOwen Lindquist\n";
    let report = take(&mut desk, ForeignKind::People(ListOptions::default()), text, &LineChoice::default());
    assert_eq!((report.near.len(), report.count(RowAction::Created)), (0, 2));
}

#[test]
fn an_answer_about_nobody_is_refused_and_nothing_is_stored() {
    let mut desk = desk();
    let listing = crate::import::people::read_people(PEOPLE.as_bytes(), &ListOptions::default()).unwrap();
    let refused = desk.take_people(listing, false, &choice(&["Anna Kowalsky=zed"], &[])).unwrap_err();
    assert!(refused.to_string().contains("nobody is called `zed`"), "{refused}");
    assert!("Anna".parse::<NamePair>().unwrap_err().contains("NAME=WHO"));
    assert_eq!(desk.store.people().unwrap().len(), 3);
}

#[test]
fn a_name_beside_a_handle_that_is_only_made_of_it_is_asked_about() {
    let mut desk = studio();
    crate::ops::kit::edit(&mut desk, "ana", &[("name", "Ana Kowalski")]);
    let people = |desk: &mut Desk, name: &str, lines: &LineChoice| {
        let text = format!("Name,Discipline\n{name},design\n");
        take(desk, ForeignKind::People(ListOptions::default()), &text, lines)
    };
    let report = people(&mut desk, "Ana Kowalsky", &LineChoice::default());
    assert_eq!(questions(&report), ["Ana Kowalsky: Ana Kowalski (@ana)?"]);
    assert_eq!(report.rows[0].action, RowAction::Created);
    desk.undo(None).unwrap();
    let report = people(&mut desk, "Ana Kowalsky", &choice(&["Ana Kowalsky=ana"], &[]));
    assert_eq!((questions(&report), report.rows[0].key.as_deref()), (Vec::new(), Some("ana")));
    for short in ["Ana", "Ana K."] {
        let report = people(&mut desk, short, &LineChoice::default());
        assert_eq!((questions(&report), report.rows[0].key.as_deref()), (Vec::new(), Some("ana")), "{short}");
    }
}

#[test]
fn names_that_were_too_many_to_compare_are_counted_once_each() {
    let people = [crate::domain::person::Person::called(1, "ana", "Ana Kowalski")];
    let index = NameIndex::of(&people);
    let mut misses = NearMisses { compared: COMPARED, ..NearMisses::default() };
    misses.look(2, "Ana Kowalski", (&index, &people));
    assert_eq!(misses.left_uncompared(), None, "who is somebody need not be compared");
    for (row, name) in [(3, "Anna Kowalsky"), (4, "Anna Kowalsky"), (5, "Bo Lynd")] {
        misses.look(row, name, (&index, &people));
    }
    assert!(misses.found.is_empty());
    assert!(misses.left_uncompared().unwrap().starts_with("2 names of this file were not compared"));
}

#[test]
fn a_name_that_is_spelled_in_two_ways_is_asked_about_once() {
    let mut desk = desk();
    let text = "ID,Title,Requester\n1,Film,Owen Prise\n2,Menu,owen prise\n";
    let report = requests(&mut desk, text, &LineChoice::default());
    assert_eq!(questions(&report), ["Owen Prise: Owen Price (S-1)?"]);
}
