//! How a source stands after what was taken in was undone, only offered, or replaced by a copy.

use super::*;
use crate::domain::ids::OperationId;

fn more(at: usize) -> String {
    format!("{JIRA}J-3,Teaser {at},2026-12-03\n")
}

#[test]
fn whatever_was_undone_of_a_source_does_not_come_back_by_itself() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.edit("Jira", &SourceEdit { applies: Some(true), ..SourceEdit::default() });
    let first = place.refresh("Jira", true).unwrap().operation.map(OperationId);
    assert_eq!(place.refresh("Jira", true).unwrap().operation, None);
    place.desk.store.undo(place.desk.stamp(), first).unwrap();
    assert!(!place.status("Jira").applies_by_itself, "a look that found nothing came between");
    place.refresh("Jira", true).unwrap();
    assert!(place.status("Jira").applies_by_itself, "decided anew");
    let second = place.status("Jira").state.operation;
    place.write("jira.csv", &more(1));
    place.refresh("Jira", true).unwrap();
    place.desk.store.undo(place.desk.stamp(), second).unwrap();
    assert!(!place.status("Jira").applies_by_itself, "an earlier one was undone by its number");
}

#[test]
fn what_is_only_offered_makes_nothing_younger() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", false).unwrap();
    place.pass(20 * 24 * 60);
    place.refresh("Jira", false).unwrap();
    assert_eq!(place.status("Jira").age, Some(TimeDelta::zero()), "nothing here rests on it yet");
    place.refresh("Jira", true).unwrap();
    place.pass(10 * 24 * 60);
    place.write("jira.csv", &more(1));
    let import = super::offered(&mut place, "Jira");
    let status = place.status("Jira");
    assert_eq!(
        (status.age, status.stale.as_deref()),
        (Some(TimeDelta::days(10)), Some("Jira is 10 days old"))
    );
    place.pass(60);
    let source = place.status("Jira").source;
    let all = LineDecisions::default();
    place.desk.take_offer(&source, &import, &all, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(place.status("Jira").age, Some(TimeDelta::hours(1)), "as old as what was read");
}

/// A store on a disk with one source that was read, and a copy of it.
fn copied(folder: &std::path::Path) -> (Place, std::path::PathBuf) {
    let mut place = Place::new();
    place.desk.store = Store::open(&folder.join("store.db")).unwrap().0;
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", true).unwrap();
    let copy = folder.join("copy.db");
    place.desk.store.back_up_to(&copy).unwrap();
    (place, copy)
}

#[test]
fn what_a_copy_brings_is_as_old_as_the_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (mut place, copy) = copied(folder.path());
    place.pass(10 * 24 * 60);
    place.write("jira.csv", &more(1));
    place.refresh("Jira", true).unwrap();
    assert_eq!(place.status("Jira").age, Some(TimeDelta::zero()));
    place.desk.store.restore(place.desk.stamp(), &copy).unwrap();
    assert_eq!(place.status("Jira").age, Some(TimeDelta::days(10)));
    place.refresh("Jira", false).unwrap();
    assert_eq!(place.status("Jira").age, Some(TimeDelta::days(10)), "also when it was looked at");
}

#[test]
fn a_source_that_a_copy_brings_stands_as_nobody_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_, copy) = copied(folder.path());
    let mut place = Place::new();
    let file = place.write("team.csv", "Name,Role\nBo Ek,Editor\n");
    let other = place.add("Team", SourceWhat::People, SourceWay::File, &file);
    place.refresh("Team", true).unwrap();
    place.desk.store.restore(place.desk.stamp(), &copy).unwrap();
    let status = place.status("Jira");
    assert_eq!((status.source.id, status.age, status.state.operation), (other.id, None, None), "{status:?}");
}

#[test]
fn an_export_keeps_the_addresses_that_stand_here_and_masks_none_into_a_command() {
    let mut place = Place::new();
    let command = "curl -s https://h.example/hidden-key/cal.csv";
    place.add("Jira", SourceWhat::Requests, SourceWay::Command, command);
    let dump = place.desk.store.dump().unwrap();
    place.edit("Jira", &SourceEdit { every: Some(5), ..SourceEdit::default() });
    place.desk.take_everything(&dump, "all.json", (false, true), &|| true).unwrap();
    let status = place.status("Jira");
    assert_eq!((status.source.place.as_str(), status.source.every), (command, None));
    let mut there = Place::new();
    there.desk.take_everything(&dump, "all.json", (false, false), &|| true).unwrap();
    assert_eq!(there.status("Jira").asleep, Some(SleepReason::Masked));
    let refused = there.desk.confirm_source(&there.machine, "Jira").unwrap_err();
    assert!(refused.hint().unwrap().contains("--command COMMAND` takes all of it anew"), "{refused:?}");
}

#[test]
fn a_source_that_no_start_could_read_does_not_come_in() {
    let mut place = Place::new();
    place.add("Jira", SourceWhat::Requests, SourceWay::File, "/srv/jira.csv");
    let mut dump = place.desk.store.dump().unwrap();
    let table = dump.tables.get_mut("source").unwrap();
    let at = table.columns.iter().position(|column| column == "every_minutes").unwrap();
    table.rows[0][at] = 5_000_000_000_i64.into();
    let mut there = Place::new();
    let refused = there.desk.take_everything(&dump, "all.json", (false, false), &|| true).unwrap_err();
    assert!(refused.to_string().contains("cannot be read"), "{refused}");
}
