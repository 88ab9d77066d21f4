//! Every action against one table: what it changes can be undone and says so, what acts on marked rows acts on all of
//! them as one change, and where it cannot run the palette says why. The end-to-end tests try its last column.

use std::fmt::Write as _;

use super::Stage;
use crate::tui::app::action::{Scope, TABLE};
use crate::tui::overlays::palette::reach::{ActionReach, home};

struct ActionRow {
    name: String,
    /// A key script that changes something on the demo.
    script: Option<String>,
    on_marked: String,
}

/// Read while the test runs, so that a new row needs no new program.
fn rows() -> Vec<ActionRow> {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/actions.tsv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, script, marked, _] = cells.as_slice() else { panic!("four cells: {line}") };
        ActionRow {
            name: (*name).to_owned(),
            script: (*script != "-").then(|| (*script).to_owned()),
            on_marked: (*marked).to_owned(),
        }
    };
    text.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

#[test]
fn every_action_has_one_row() {
    let named: Vec<String> = rows().into_iter().map(|row| row.name).collect();
    let there: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
    assert_eq!(named, there, "the rows stand in the order of the table");
}

#[test]
fn what_an_action_changes_is_said_with_the_key_that_takes_it_back() {
    let mut holes = String::new();
    for row in rows() {
        let Some(script) = &row.script else { continue };
        let mut stage = Stage::demo((120, 36));
        let (before, contents) = (stage.0.0.desk.history(None).unwrap().len(), stage.contents());
        // What a script does first is undone with it: only the last change is asked about.
        stage.keys(script);
        let said = stage.screen();
        let changes = stage.0.0.desk.history(None).unwrap().len() - before;
        if changes == 0 {
            let _ = writeln!(holes, "{}: `{script}` changes nothing\n{said}", row.name);
            continue;
        }
        if !said.contains("undoes it") && !said.contains("does it again") {
            let _ = writeln!(holes, "{}: no undo is named\n{said}", row.name);
        }
        stage.keys("esc esc esc");
        for _ in 0..changes {
            stage.keys("u");
        }
        let told = stage.screen();
        let is_undone = row.name == "undo-this" || told.contains("Undid") && stage.contents() == contents;
        if !is_undone {
            let _ = writeln!(holes, "{}: `u` does not take it back\n{told}", row.name);
        }
    }
    assert!(holes.is_empty(), "{holes}");
}

#[test]
fn what_acts_on_marked_requests_acts_on_all_of_them_as_one_change() {
    let mut holes = String::new();
    for row in rows().into_iter().filter(|row| row.on_marked.starts_with("yes") && row.name != "repeat") {
        // What changes nothing, as copying, is tried by itself.
        let Some(script) = &row.script else { continue };
        let other = row.on_marked.strip_prefix("yes: ").and_then(|keys| keys.split_once(" | "));
        let (place, script) = match script.split_once(' ') {
            _ if other.is_some() => other.unwrap(),
            // Requests that are new, so that every action has something to do.
            Some(("2", script)) => ("2 / \"is:new\" enter", script),
            // Of the days around today only those that are to come: none of them can be refused.
            Some(("4", script)) => ("4 / \"-is:over -is:cancelled\" enter", script),
            Some((board @ ("5" | "6" | "7"), script)) => (board, script),
            _ => panic!("{} begins in the queue or on a board", row.name),
        };
        let mut stage = Stage::demo((120, 36));
        let before = stage.0.0.desk.history(None).unwrap().len();
        stage.keys(place).keys("space space");
        stage.keys(script.trim_start_matches("j "));
        let history = stage.0.0.desk.history(None).unwrap();
        let label = history.first().map(|it| it.label.clone()).unwrap_or_default();
        let changes = history.len() - before;
        let names_two = ["2 requests", "2 records", "2 meetings"].iter().any(|two| label.contains(two))
            || label.matches("R-").count() >= 2;
        // Nobody holds what is new: there is nothing to take from them.
        if row.name != "unassign" && (changes != 1 || !names_two) {
            let _ = writeln!(holes, "{}: {changes} changes, `{label}`\n{}", row.name, stage.screen());
        }
    }
    assert!(holes.is_empty(), "{holes}");
}

#[test]
fn what_is_opened_is_the_row_that_is_seen_wherever_marks_lie() {
    let places =
        rows().into_iter().filter_map(|row| Some((row.on_marked.strip_prefix("seen: ")?.to_owned(), row)));
    for (place, row) in places {
        let action = TABLE.iter().find(|entry| entry.name == row.name).unwrap().action;
        let (mut bare, mut marked) = (Stage::demo((120, 36)), Stage::demo((120, 36)));
        bare.keys(&place).keys("j j");
        marked.keys(&place).keys("space space");
        let key = bare.0.0.app.keymap.keys(action).remove(0).replace("Enter", "enter");
        for stage in [&mut bare, &mut marked] {
            stage.keys(&key);
            assert!(!stage.0.0.app.overlays.is_empty(), "{}: {}", row.name, stage.screen());
        }
        let opened = |stage: &Stage| format!("{:?}", stage.0.0.app.overlays);
        assert_eq!(opened(&bare), opened(&marked), "{}", row.name);
    }
}

#[test]
fn what_is_of_one_is_refused_on_several_with_the_reason() {
    let mut holes = String::new();
    for row in rows().into_iter().filter(|row| row.on_marked == "one") {
        let entry = TABLE.iter().find(|entry| entry.name == row.name).unwrap();
        let place = match entry.scope {
            Scope::Meetings => "4",
            Scope::Records => "5",
            _ => "2",
        };
        let mut stage = Stage::demo((120, 36));
        let before = stage.0.0.desk.history(None).unwrap().len();
        stage.keys(place).keys("space space");
        let reaches = stage.0.0.app.reaches(&stage.0.0.snapshot);
        let at = TABLE.iter().position(|entry| entry.name == row.name).unwrap();
        let says_why = matches!(&reaches[at], ActionReach::NotNow(why) if why.contains("{back}"));
        let key = stage.0.0.app.keymap.keys(entry.action).remove(0);
        stage.keys(&key);
        let said = stage.screen().contains("takes the marks away");
        let is_open = !stage.0.0.app.overlays.is_empty();
        if !says_why || !said || is_open || stage.0.0.desk.history(None).unwrap().len() != before {
            let _ = writeln!(holes, "{}: {:?}\n{}", row.name, reaches[at], stage.screen());
        }
    }
    assert!(holes.is_empty(), "{holes}");
}

#[test]
fn what_cannot_run_says_why_and_where() {
    let mut stage = Stage::empty((120, 36));
    let reaches = stage.0.0.app.reaches(&stage.0.0.snapshot);
    for (entry, reach) in TABLE.iter().zip(&reaches) {
        match reach {
            ActionReach::NotNow(why) => assert!(!why.is_empty(), "{}", entry.name),
            ActionReach::Elsewhere => {
                let home = home(entry.scope);
                assert!(!home.says.is_empty() && !home.place.is_empty(), "{}", entry.name);
            }
            ActionReach::Here => assert!(
                matches!(entry.scope, Scope::Everywhere | Scope::Requests),
                "{} can run in an empty cockpit",
                entry.name
            ),
        }
    }
    // What is chosen acts on something: with nothing there, none of it pretends to.
    let is_here = |name: &str| {
        let at = TABLE.iter().position(|entry| entry.name == name).unwrap();
        reaches[at] == ActionReach::Here
    };
    for name in ["set-tier", "assign", "decline", "repeat", "link", "forget", "show-copied", "next-match"] {
        assert!(!is_here(name), "{name}");
    }
    stage.keys("?");
    assert!(stage.screen().contains("not now"), "{}", stage.screen());
}
