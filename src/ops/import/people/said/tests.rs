//! A file of people that comes again: what changed there, what was changed here, and who is gone from it.

use super::*;
use crate::domain::difference::Difference;
use crate::ops::Desk;
use crate::ops::import::change_set::{ChangeGroup, ChangeSet};
use crate::ops::import::lines::LineChoice;
use crate::ops::import::{Report, RowAction};
use crate::ops::kit::{day, edit, go, hours, studio, told};
use crate::store::Copies;

const HEAD: &str = "Name,Handle,Email,Discipline,Weekly hours,End date\n";
const ANA: &str = "Ana,ana,ana@x.example,design,40,\n";
const CY: &str = "Cy Ode,cy,cy@x.example,copy,32,\n";

fn import(desk: &mut Desk, rows: &str) -> Report {
    desk.import_people(&format!("{HEAD}{rows}"), false).unwrap()
}

/// The same from a source of a name of its own.
fn import_from(desk: &mut Desk, source: &str, text: &str, lines: &LineChoice) -> Report {
    let options = crate::import::listing::ListOptions::default();
    let mut listing = crate::import::people::read_people(text.as_bytes(), &options).unwrap();
    source.clone_into(&mut listing.source);
    desk.take_people(listing, false, lines).unwrap()
}

/// Discipline and the hours of a Monday and of all the week.
fn cy(desk: &Desk) -> (String, Minutes, Minutes) {
    let person = desk.person("cy").unwrap();
    let week = person.contract_on(desk.today()).unwrap().week;
    (person.discipline.clone(), week[0], week.into_iter().sum())
}

fn conflicts(report: &Report, row: usize) -> Vec<String> {
    report.rows[row].conflicts.iter().map(Difference::sentence).collect()
}

#[test]
fn what_was_set_here_stays_while_its_file_says_the_same() {
    let mut desk = studio();
    let file = format!("{ANA}{CY}");
    import(&mut desk, &file);
    edit(&mut desk, "cy", &[("discipline", "motion"), ("hours", "4 4 4 4 4"), ("name", "Cyrus Ode")]);
    edit(&mut desk, "ana", &[("to", "2027-03-31")]);
    let before = desk.store.people().unwrap();
    for _ in 0..2 {
        let report = import(&mut desk, &file);
        assert_eq!((report.count(RowAction::Unchanged), report.operation), (2, None), "{report:?}");
        assert_eq!(conflicts(&report, 0).len() + conflicts(&report, 1).len(), 0);
    }
    assert_eq!(desk.store.people().unwrap(), before);
    assert_eq!(cy(&desk), ("motion".to_owned(), hours(4), hours(20)));
}

#[test]
fn what_changed_on_one_side_is_taken_over_and_on_both_is_in_conflict() {
    let mut desk = studio();
    import(&mut desk, CY);
    edit(&mut desk, "cy", &[("hours", "4 4 4 4 4")]);
    go(&mut desk, "2026-12-02");
    let file = "Cy Ode,cy,cy@x.example,motion,20h,2027-06-30\n";
    let report = import(&mut desk, file);
    assert_eq!(conflicts(&report, 0).len(), 0, "as many hours on days that were set here");
    let person = desk.person("cy").unwrap();
    assert_eq!((person.discipline.as_str(), person.last_day), ("motion", Some(day("2027-06-30"))));
    edit(&mut desk, "cy", &[("discipline", "film"), ("hours", "6 6 6 6 6")]);
    let report = import(&mut desk, "Cy Ode,cy,cy@x.example,writing,16,2027-06-30\n");
    assert_eq!(
        conflicts(&report, 0),
        [
            "discipline “film” → “writing”",
            "hours 6 6 6 6 6 from 2026-12-02 → 3h12m 3h12m 3h12m 3h12m 3h12m from 2026-12-02"
        ]
    );
    assert_eq!(report.rows[0].group(), ChangeGroup::Conflict);
    assert_eq!(cy(&desk), ("film".to_owned(), hours(6), hours(30)));
    assert!(told(&desk).contains("1 kept as set here"), "{}", told(&desk));
    let again = import(&mut desk, "Cy Ode,cy,cy@x.example,writing,16,2027-06-30\n");
    assert_eq!((again.count(RowAction::Unchanged), conflicts(&again, 0).len()), (1, 0), "it is said once");
}

#[test]
fn a_field_that_was_cleared_here_is_not_filled_again() {
    let mut desk = studio();
    import(&mut desk, "Cy Ode,cy,cy@x.example,copy,,2027-06-30\n");
    edit(&mut desk, "cy", &[("discipline", ""), ("to", "")]);
    let report = import(&mut desk, "Cy Ode,cy,cy@x.example,copy,,2027-07-31\n");
    assert_eq!(conflicts(&report, 0), ["last day Sat 31 Jul"]);
    let person = desk.person("cy").unwrap();
    assert_eq!((person.discipline.as_str(), person.last_day), ("", None));
}

#[test]
fn an_import_that_is_undone_is_forgotten_as_what_the_source_said() {
    let mut desk = studio();
    import(&mut desk, CY);
    import(&mut desk, "Cy Ode,cy,cy@x.example,motion,32,\n");
    desk.undo(None).unwrap();
    assert_eq!(cy(&desk).0, "copy");
    let again = import(&mut desk, "Cy Ode,cy,cy@x.example,motion,32,\n");
    assert_eq!((again.count(RowAction::Updated), cy(&desk).0.as_str()), (1, "motion"));
}

#[test]
fn who_is_gone_from_the_file_is_told_and_stays() {
    let mut desk = studio();
    import(&mut desk, &format!("{ANA}{CY}"));
    let before = desk.store.people().unwrap();
    let report = import(&mut desk, ANA);
    assert_eq!(report.vanished, [("cy".to_owned(), "Cy Ode".to_owned())]);
    assert_eq!(ChangeSet::of_table(&report).count(ChangeGroup::Vanished), 1);
    assert_eq!(desk.store.people().unwrap(), before, "nobody is ended by a file");
    assert_eq!(import(&mut desk, "Dee,dee,,,,\n").vanished, [], "another file of the same kind");
    edit(&mut desk, "cy", &[("to", "2026-11-20")]);
    let dee = ("dee".to_owned(), "Dee".to_owned());
    assert_eq!(import(&mut desk, ANA).vanished, [dee], "who has left already is missed nowhere");
}

#[test]
fn a_line_that_is_left_out_is_in_the_file_all_the_same() {
    let mut desk = studio();
    let file = format!("{HEAD}{ANA}{CY}");
    import(&mut desk, &format!("{ANA}{CY}"));
    let lines = LineChoice { without: "3".parse().unwrap(), ..LineChoice::default() };
    assert_eq!(import_from(&mut desk, "", &file, &lines).vanished, []);
    let text = "Person,From,To\nAna,2026-12-01,2026-12-02\nBo,2026-12-07,2026-12-08\n";
    desk.import_absences(text, false).unwrap();
    let options = crate::import::listing::ListOptions::default();
    let listing = crate::import::people::read_absences(text.as_bytes(), &options).unwrap();
    assert_eq!(desk.take_absences(listing, false, &lines).unwrap().vanished, []);
}

#[test]
fn each_source_has_a_memory_of_its_own() {
    let mut desk = studio();
    let all = LineChoice::default();
    let (roster, plan) = ("Name,Handle,Department\nCy,cy,copy\n", "Name,Handle,Department\nCy,cy,motion\n");
    import_from(&mut desk, "Roster", roster, &all);
    let report = import_from(&mut desk, "Plan", plan, &all);
    assert_eq!(conflicts(&report, 0), ["discipline “copy” → “motion”"], "two sources disagree");
    for (source, text) in [("Roster", roster), ("Plan", plan)] {
        let report = import_from(&mut desk, source, text, &all);
        assert_eq!((report.count(RowAction::Unchanged), report.operation), (1, None), "{source}");
    }
}

#[test]
fn of_two_lines_of_one_person_the_first_counts() {
    let mut desk = studio();
    let rows = "Cy Ode,cy,cy@x.example,copy,32,\nCy Ode,,cy@x.example,motion,,2027-06-30\n";
    for round in 0..2 {
        let report = import(&mut desk, rows);
        let problem = report.rows[1].problems.last().unwrap();
        assert_eq!(problem.column, "discipline");
        assert_eq!(problem.message, "line 2 says otherwise of the same person, and counts");
        assert_eq!(report.operation.is_some(), round == 0);
    }
    let person = desk.person("cy").unwrap();
    assert_eq!((person.discipline.as_str(), person.last_day), ("copy", Some(day("2027-06-30"))));
}

#[test]
fn what_is_forgotten_of_somebody_is_nowhere_in_what_their_file_said() {
    let mut desk = studio();
    // Their handle is not made of their name, so they are known again without it.
    let file = "Cyrus Ode,cy,cy@x.example,copy,32,\n";
    import(&mut desk, file);
    let subject = desk.subject("cy").unwrap();
    desk.forget(&subject, Some("email"), Copies::Named).unwrap();
    assert_eq!(desk.person("cy").unwrap().said().get("discipline/people").unwrap(), "copy");
    let report = import(&mut desk, file);
    assert_eq!((report.count(RowAction::Unchanged), conflicts(&report, 0).len()), (1, 0));
    assert_eq!(desk.person("cy").unwrap().email, "");
    let told = desk.forget(&subject, None, Copies::Named).unwrap();
    assert!(told.places.iter().any(|(place, _)| place == "what sources last said"), "{:?}", told.places);
    import(&mut desk, file);
    let dump = serde_json::to_string(&desk.store.dump().unwrap()).unwrap();
    for word in ["cy@x.example", "Cyrus Ode"] {
        assert!(!dump.contains(word), "{word}");
    }
}

#[test]
fn of_two_who_become_one_both_memories_stay() {
    let mut desk = studio();
    import(&mut desk, CY);
    crate::ops::kit::add(&mut desk, &[("name", "Cyrus"), ("handle", "cyrus")]);
    import_from(&mut desk, "Plan", "Name,Handle,Department\nCyrus,cyrus,copy\n", &LineChoice::default());
    desk.merge_people("cy", "cyrus").unwrap();
    let said = desk.person("cy").unwrap().said();
    assert!(said.contains_key("email/people") && said.contains_key("discipline/Plan"), "{said:?}");
}

#[test]
fn what_sources_said_moves_with_the_store() {
    let mut desk = studio();
    import(&mut desk, &format!("{ANA}{CY}"));
    let dump = desk.store.dump().unwrap();
    let mut there = crate::ops::kit::desk_at("2026-11-23T09:00:00+00:00");
    there.take_everything(&dump, "all.json", (false, false), &|| true).unwrap();
    assert_eq!(there.store.dump().unwrap(), dump);
    edit(&mut there, "cy", &[("discipline", "motion")]);
    assert_eq!(import(&mut there, &format!("{ANA}{CY}")).count(RowAction::Unchanged), 2);
}
