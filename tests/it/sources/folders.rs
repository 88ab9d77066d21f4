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
}

#[test]
fn folders_of_people_absences_and_shares_are_read_in_the_same_way() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let head = "Person,Project,From,To,Hours\n";
    for (file, text) in [
        ("people/a.csv", "Name,Mon\nAna,8\n".to_owned()),
        ("people/b.csv", "Name,Mon\nBo,8\n".to_owned()),
        ("away/a.csv", "Person,From,To\nAna,2026-12-21,2026-12-23\n".to_owned()),
        ("away/b.csv", "Person,From,To\nBo,2026-12-22,2026-12-23\n".to_owned()),
        ("shares/a.csv", format!("{head}Ana,Film,2026-11-23,2026-11-27,8\n")),
        ("shares/b.csv", format!("{head}Bo,Film,2026-11-23,2026-11-27,6\n")),
    ] {
        write(&studio, file, &text);
    }
    here.ok(&["add", "Film ~20h due:2026-12-11"]);
    for what in ["people", "absences", "shares"] {
        let name = if what == "absences" { "away" } else { what };
        let folder = studio.0.path().join(name).to_str().unwrap().to_owned();
        let first = here.json(&["import", what, &folder]);
        assert_eq!((&first["created"], &first["skipped"]), (&2.into(), &0.into()), "{what}: {first}");
        let notes = first["notes"].to_string();
        assert!(notes.contains("a.csv: 1 ") && notes.contains("b.csv: 1 "), "{notes}");
        let again = here.json(&["import", what, &folder]);
        assert_eq!(
            (&again["unchanged"], &again["operation"]),
            (&2.into(), &serde_json::Value::Null),
            "{again}"
        );
        // What stood in a file that cannot be read now has not vanished.
        write(&studio, &format!("{name}/a.csv"), "");
        let part = here.json(&["import", what, &folder]);
        assert_eq!((&part["skipped"], &part["vanished"]), (&1.into(), &serde_json::json!([])), "{part}");
    }
    let folder = studio.0.path().join("people").to_str().unwrap().to_owned();
    here.ok(&["source", "add", "Team", "--what", "people", "--folder", &folder]);
    let report = here.json(&["source", "refresh", "Team", "--apply"])[0]["report"].clone();
    assert_eq!((&report["unchanged"], &report["skipped"]), (&1.into(), &1.into()), "{report}");
}

#[test]
fn a_source_may_be_a_folder_of_tables() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let folder = filled(&studio);
    here.ok(&["source", "add", "Plans", "--what", "requests", "--folder", &folder, "--map", "Due=due"]);
    let report = here.json(&["source", "refresh", "Plans", "--apply"])[0]["report"].clone();
    assert_eq!(report["created"], 3, "{report}");
    assert_eq!(here.json(&["show", "R-1"])["source"], "Plans");
    let again = here.json(&["source", "refresh", "Plans", "--apply"])[0]["report"].clone();
    assert_eq!((&again["unchanged"], &again["skipped"]), (&3.into(), &0.into()), "{again}");
}
