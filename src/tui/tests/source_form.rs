//! Sources by a form: what is typed, where it is wrong, and what nobody sees of an address.

use super::Stage;
use super::import::file;
use super::screens::expect_stage_at_all_sizes;
use super::sources::{TABLE, jira, machine, on};
use crate::domain::source::address::SecretAddress;
use crate::domain::source::{DataSource, SourceWay, SourceWhat};
use crate::ops::sources::SourceEdit;

#[test]
fn a_source_is_added_by_a_form_and_stands_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "tickets.csv", TABLE);
    let mut stage = on((120, 36), &folder, &jira(&folder, TABLE));
    stage.keys("g s a \"Tickets\" tab tab tab");
    stage.paste(&path);
    stage.keys("ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("Added the source Tickets"), "{screen}");
    stage.keys("B");
    assert!(stage.screen().contains("Tickets was fetched"), "the new one is chosen: {}", stage.screen());
    stage.keys("e tab tab tab tab tab tab tab tab tab \"30\" ctrl-s");
    assert!(stage.screen().contains("Changed the source Tickets"), "{}", stage.screen());
    assert_eq!(stage.0.0.desk.source(None, "Tickets").unwrap().source.every, Some(30));
    stage.keys("u u");
    assert_eq!(stage.0.0.desk.sources(None).unwrap().len(), 1);
}

#[test]
fn the_form_of_a_source() {
    expect_stage_at_all_sizes("source-form", |stage| {
        stage.keys("g s a \"Jira\" tab tab");
    });
}

#[test]
fn a_fault_of_a_source_stands_at_its_field() {
    expect_stage_at_all_sizes("source-form-refused", |stage| {
        stage.keys("g s a \"Work\" tab \"calendar\" tab ctrl-u \"newest\" tab \"~/*/work.ics\" ctrl-s");
    });
}

#[test]
fn the_path_of_a_source_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    file(&folder, "tickets.csv", TABLE);
    std::fs::create_dir(folder.path().join("plans")).unwrap();
    let mut stage = Stage::empty((120, 36));
    stage.0.0.watch_sources(Some(machine(&folder)));
    stage.keys("g s a \"Tickets\" tab tab tab");
    stage.paste(&format!("{}/", folder.path().display()));
    let screen = stage.screen();
    assert!(screen.contains("plans/") && screen.contains("tickets.csv"), "{screen}");
    stage.keys("\"tick\" right ctrl-s");
    let place = stage.0.0.desk.source(None, "Tickets").unwrap().source.place;
    assert!(place.ends_with("/tickets.csv"), "{place}");
}

/// The parts of an address that are nobody's business.
const SECRET: &str = "https://lead:word@calendar.example/private-abc/basic.ics?key=word";

/// Every file below a folder that holds some bytes.
fn holding(folder: &std::path::Path, text: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if std::fs::read(&path)
            .unwrap_or_default()
            .windows(text.len())
            .any(|part| part == text.as_bytes())
        {
            found.push(path);
        }
    }
    found
}

#[test]
fn an_address_that_is_typed_is_covered_and_kept_in_one_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let mut stage = Stage::on_file((120, 36), &store);
    stage.0.0.watch_sources(Some(machine(&folder)));
    let is_covered = |stage: &Stage| {
        let screen = stage.screen();
        assert!(!screen.contains("private") && !screen.contains("word"), "{screen}");
    };
    // In a field where it does not belong, and in its own.
    stage.keys("g s a \"Work\" tab \"calendar\" tab ctrl-u \"url\" tab");
    stage.paste(SECRET);
    is_covered(&stage);
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("an address is a secret"), "{}", stage.screen());
    stage.keys("esc");
    assert!(
        stage.screen().contains("kept until you come back to it, but not the address"),
        "{}",
        stage.screen()
    );
    stage.0.0.remember();
    assert_eq!(holding(folder.path(), "private-abc"), [] as [std::path::PathBuf; 0], "no draft");
    stage.keys("a tab tab tab ctrl-u tab");
    stage.paste(SECRET);
    assert!(stage.screen().contains("https://calendar.example/…"), "{}", stage.screen());
    is_covered(&stage);
    stage.keys("f4");
    is_covered(&stage);
    stage.0.0.app.stash();
    stage.0.0.remember();
    assert_eq!(holding(folder.path(), "private-abc"), [] as [std::path::PathBuf; 0], "no draft");
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("Added the source Work"), "{}", stage.screen());
    is_covered(&stage);
    assert_eq!(stage.0.0.desk.source(Some(&machine(&folder)), "Work").unwrap().asleep, None);
    for keys in ["e", "esc H", "esc esc g s e tab ctrl-s esc", "u", "U"] {
        stage.keys(keys);
        is_covered(&stage);
    }
    stage.0.0.remember();
    let kept = holding(folder.path(), "private-abc");
    assert!(kept.len() == 1 && kept[0].starts_with(folder.path().join("sources")), "{kept:?}");
}

#[test]
fn a_command_that_is_typed_here_runs_here() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    stage.0.0.watch_sources(Some(machine(&folder)));
    stage.keys("g s a \"Tickets\" tab tab ctrl-u \"command\" tab");
    stage.paste("printf 'Title\\nOne\\n'");
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("Added the source Tickets"), "{}", stage.screen());
    assert_eq!(stage.0.0.desk.source(Some(&machine(&folder)), "Tickets").unwrap().asleep, None);
    let other = tempfile::tempdir().unwrap();
    stage.0.0.watch_sources(Some(machine(&other)));
    stage.keys("e tab tab tab tab tab tab tab \"30\" ctrl-s");
    assert!(stage.screen().contains("asleep"), "another machine is asked: {}", stage.screen());
}

#[test]
fn an_address_goes_only_after_a_yes_and_is_asked_for_where_it_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((80, 24));
    let work = DataSource::new("Work", SourceWhat::Calendar, SourceWay::File, "");
    let address = SecretAddress::parse("https://h.example/hidden-key/cal.ics").unwrap();
    let edit = SourceEdit { address: Some(address), ..SourceEdit::default() };
    stage.0.0.desk.add_source(&machine(&folder), &work, &edit).unwrap();
    stage.0.0.watch_sources(Some(machine(&folder)));
    stage.keys("g s B x");
    assert!(stage.screen().contains("an undo brings it back asleep"), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.0.0.desk.source(Some(&machine(&folder)), "Work").unwrap().asleep.is_none());
    stage.keys("x y");
    assert!(stage.screen().contains("No source yet"), "{}", stage.screen());
    stage.keys("u");
    for key in ["B", "Y"] {
        stage.keys(key);
        assert!(stage.screen().contains("it is asleep; e takes its address"), "{}", stage.screen());
    }
}

#[test]
fn what_waits_to_be_fetched_waits_while_others_look_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = on((120, 36), &folder, &jira(&folder, TABLE));
    stage.keys("g s");
    stage.0.0.app.presenting.is_on = true;
    stage.keys("B");
    assert!(stage.0.0.snapshot.freshness.all[0].age.is_none(), "{}", stage.screen());
    stage.0.0.app.presenting.is_on = false;
    stage.0.0.refresh_due();
    assert!(stage.0.0.snapshot.freshness.all[0].age.is_some(), "{}", stage.screen());
}
