//! Folders of tables: each named, what cannot be read beside what can, and nothing gone that was only not read.

use super::{Machine, write};
use crate::cli::Studio;

const OLD: &str = "ID,Title,Due\n1,Film,2026-12-01\n2,Menu,2026-12-02\n";
const NEW: &str = "ID,Title,Due\n3,Poster,2026-12-04\n";

/// The path of a folder with two tables, and of the folder itself.
fn filled(studio: &Studio) -> String {
    write(studio, "plans/a.csv", OLD);
    write(studio, "plans/b.csv", NEW);
    write(studio, "plans/.hidden.csv", NEW);
    write(studio, "plans/c.csv.crdownload", NEW);
    studio.0.path().join("plans").to_str().unwrap().to_owned()
}

fn titles(rows: &serde_json::Value, action: &str) -> Vec<String> {
    let rows = rows["rows"].as_array().unwrap().iter().filter(|row| row["action"] == action);
    rows.map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_table_of_a_folder_is_one_change_set() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let folder = filled(&studio);
    let text = here.ok(&["import", "requests", &folder, "--dry-run"]);
    assert!(text.err.contains("a.csv: 2 requests, read as generic"), "{}", text.err);
    assert!(
        text.err.contains("b.csv: 1 request, read as generic; its line 1 is line 1001 here"),
        "{}",
        text.err
    );
    let report = here.json(&["import", "requests", &folder, "--without", "1002"]);
    assert_eq!(titles(&report, "created"), ["Film", "Menu"], "{report}");
    let report = here.json(&["import", "requests", &folder]);
    assert_eq!(
        (titles(&report, "created"), titles(&report, "unchanged").len()),
        (vec!["Poster".to_owned()], 2)
    );
    let again = here.json(&["import", "requests", &folder]);
    assert_eq!((&again["unchanged"], &again["operation"]), (&3.into(), &serde_json::Value::Null), "{again}");
    // One that cannot be read is named, the others are read, and what it had has not vanished.
    write(&studio, "plans/a.csv", "");
    write(&studio, "plans/b.csv", &NEW.replace("12-04", "12-11"));
    let report = here.json(&["import", "requests", &folder]);
    assert_eq!(
        (titles(&report, "updated"), titles(&report, "skipped")),
        (vec!["Poster".to_owned()], vec!["a.csv".to_owned()])
    );
    assert_eq!(report["vanished"], serde_json::json!([]), "{report}");
    std::fs::remove_file(studio.0.path().join("plans/a.csv")).unwrap();
    let report = here.json(&["import", "requests", &folder]);
    assert_eq!(
        report["vanished"].as_array().unwrap().len(),
        2,
        "a file that is gone from the folder: {report}"
    );
    here.ok(&["undo"]);
    let empty = studio.0.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let refused = here.run(&["import", "requests", empty.to_str().unwrap()], "");
    assert!(refused.code != 0 && refused.err.contains("there is no table in"), "{}", refused.err);
    here.refused(&["import", "people", &folder], 1, "directory");
}

#[test]
fn a_source_may_be_a_folder_of_tables() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let folder = filled(&studio);
    here.refused(
        &["source", "add", "Plans", "--what", "people", "--folder", &folder],
        5,
        "tables of requests",
    );
    here.ok(&["source", "add", "Plans", "--what", "requests", "--folder", &folder, "--map", "Due=due"]);
    let report = here.json(&["source", "refresh", "Plans", "--apply"])[0]["report"].clone();
    assert_eq!(report["created"], 3, "{report}");
    assert_eq!(here.json(&["show", "R-1"])["source"], "Plans");
    let again = here.json(&["source", "refresh", "Plans", "--apply"])[0]["report"].clone();
    assert_eq!((&again["unchanged"], &again["skipped"]), (&3.into(), &0.into()), "{again}");
}
