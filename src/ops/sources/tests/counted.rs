//! What a list of sources says is to be taken in is what a look would find, whatever was left out or taken back.

use super::*;
use crate::ops::import::change_set::LineName;

const FIVE: &str = "Key,Title,Due\nJ-1,Film,2026-12-01\nJ-2,Poster,2026-12-02\nJ-3,Teaser,2026-12-03\n";
const CHANGED: &str = "Key,Title,Due\nJ-1,Film,2026-12-09\nJ-2,Poster,2026-12-02\nJ-3,Teaser,2026-12-03\n\
    J-4,Banner,2026-12-04\nJ-5,Loop,2026-12-05\n";

/// Takes a source in without some lines.
fn take_without(place: &mut Place, name: &str, lines: &str) -> TakenSource {
    let source = place.status(name).source;
    let fetched = place.desk.fetch_job(Some(&place.machine), name).unwrap().fetch().unwrap();
    let asked = place.desk.source_question(&source, Vec::new());
    let answers = fetched.files.iter().map(|file| asked.read(&std::fs::read(file).unwrap())).collect();
    let lines = LineChoice { without: lines.parse().unwrap(), ..LineChoice::default() };
    let choice = SourceChoice { applies: true, lines: &lines, progress: &mut |_, _| {} };
    place.desk.take_source(&source, &fetched, answers, choice).unwrap()
}

fn undo(place: &mut Place) {
    place.desk.store.undo(place.desk.stamp(), None).unwrap();
}

/// What is said without a look is what a look then finds.
fn assert_as_looked(place: &mut Place, expected: OfferedChanges) {
    assert_eq!(place.status("Jira").offered(), Some(expected), "said");
    assert_eq!(place.refresh("Jira", false).unwrap().offered, expected, "found");
}

fn jira() -> Place {
    let mut place = Place::new();
    let file = place.write("jira.csv", FIVE);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", true).unwrap();
    place.write("jira.csv", CHANGED);
    place
}

#[test]
fn what_was_left_out_of_an_import_is_still_offered() {
    let mut place = jira();
    let taken = take_without(&mut place, "Jira", "2,6");
    assert_eq!(taken.offered, counts(1, 1, 0));
    let status = place.status("Jira");
    assert_eq!(status.offer().as_deref(), Some("Jira: 1 new, 1 changed"));
    assert_as_looked(&mut place, counts(1, 1, 0));
    // All of it is in where nothing was left out.
    place.refresh("Jira", true).unwrap();
    assert_as_looked(&mut place, counts(0, 0, 0));
}

#[test]
fn what_was_left_out_and_what_was_taken_back_are_offered_together() {
    let mut place = jira();
    take_without(&mut place, "Jira", "2,6");
    undo(&mut place);
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 2 new, 1 changed"));
    place.desk.store.redo(place.desk.stamp()).unwrap();
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 1 new, 1 changed"), "done again");
    undo(&mut place);
    assert_as_looked(&mut place, counts(2, 1, 0));
}

#[test]
fn where_earlier_imports_were_taken_back_too_only_a_look_tells() {
    let mut place = jira();
    take_without(&mut place, "Jira", "2,6");
    undo(&mut place);
    undo(&mut place);
    assert_eq!(place.desk.store.request_count().unwrap(), 0);
    let status = place.status("Jira");
    assert_eq!((status.offered(), status.offer().as_deref()), (None, Some("Jira: look again")));
    assert!(status.state.needs_look() && status.state.current().is_none());
    assert_eq!(place.refresh("Jira", false).unwrap().offered, counts(5, 0, 0));
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 5 new"), "looked at");
}

#[test]
fn what_is_taken_back_of_others_leaves_the_counts_of_a_source() {
    let mut place = jira();
    place.refresh("Jira", false).unwrap();
    let people = place.write("team.csv", "Name,Role\nBo Ek,Editor\n");
    place.add("Team", SourceWhat::People, SourceWay::File, &people);
    place.refresh("Team", true).unwrap();
    undo(&mut place);
    assert_eq!(place.status("Team").offer().as_deref(), Some("Team: 1 new"));
    assert_as_looked(&mut place, counts(2, 1, 0));
    // A reading between two steps back is what counts.
    undo(&mut place);
    assert_eq!(
        place.status("Jira").offer().as_deref(),
        Some("Jira: 2 new, 1 changed"),
        "only the source was added"
    );
}

#[test]
fn what_was_chosen_on_a_page_of_changes_counts_the_same() {
    let mut place = jira();
    let import = offered(&mut place, "Jira");
    let decisions = LineDecisions { left_out: [LineName::Row(6)].into(), ..LineDecisions::default() };
    let source = place.status("Jira").source;
    place.desk.take_offer(&source, &import, &decisions, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 1 new"));
    undo(&mut place);
    assert_as_looked(&mut place, counts(2, 1, 0));
}
