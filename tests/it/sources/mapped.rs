//! What the columns of a table are, as it is said once for an import or for good for a source.

use super::{Machine, write};
use crate::cli::Studio;

const PRESET: &str = "name = \"our-plan\"\ntitle = \"Our plan\"\nsource = \"planner\"\n[shares]\nperson = [\"Gebucht\"]\n\
    request = [\"Woran\"]\nhours = [\"Std\"]\nstart = [\"Ab\"]\nend = [\"Bis\"]\n";
const PLAN: &str = "Gebucht,Woran,Std,Ab,Bis\nAna,Film,8,2026-11-30,2026-12-04\n";

fn team(here: &Machine<'_>) {
    here.ok(&["person", "add", "Ana"]);
    here.ok(&["add", "Film t3"]);
}

#[test]
fn a_plan_is_read_by_a_preset_and_people_by_their_columns() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    team(&here);
    write(&studio, "presets/our-plan.toml", PRESET);
    let plan = write(&studio, "plan.csv", PLAN);
    // A preset of other columns leaves the plan unknown; its own is known by the header.
    write(&studio, "presets/our-plan.toml", &PRESET.replace("Std", "Stunden"));
    here.refused(&["import", "shares", &plan], 5, "is known as");
    write(&studio, "presets/our-plan.toml", PRESET);
    here.json(&["import", "shares", &plan, "--dry-run"]);
    here.refused(&["import", "shares", &plan, "--preset", "jira-cloud"], 5, "says nothing of shares");
    let report = here.json(&["import", "shares", &plan, "--preset", "our-plan"]);
    assert_eq!(report["created"], 1, "{report}");
    let again = here.json(&["import", "shares", &plan, "--preset", "our-plan"]);
    assert_eq!((&again["unchanged"], &again["operation"]), (&1.into(), &serde_json::Value::Null), "{again}");
    let people = write(&studio, "people.csv", "Wer,Fach\nAna,copy\nCy,film\n");
    here.refused(&["import", "people", &people, "--map", "Wer"], 2, "fields are name, handle, discipline");
    here.refused(&["import", "people", &people, "--map", "Wer=named"], 5, "fields are name, handle");
    let report = here.json(&["import", "people", &people, "--map", "Wer=name", "--map", "Fach=discipline"]);
    assert_eq!((&report["created"], &report["updated"]), (&1.into(), &1.into()), "{report}");
}

#[test]
fn a_source_keeps_what_its_columns_are() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    team(&here);
    let plan = write(&studio, "plan.csv", PLAN);
    let add = ["source", "add", "Plan", "--what", "shares", "--file", &plan];
    here.refused(&[&add[..], &["--map", "Std=hour"]].concat(), 5, "did you mean `hours`");
    here.refused(&[&add[..], &["--map", "Std"]].concat(), 5, "fields are person, request-id");
    let maps = ["--map", "Gebucht=person", "--map", "Woran=request", "--map", "Std=hours"];
    let days = ["--map", "Ab=start", "--map", "Bis=end"];
    let added = here.json(&[&add[..], &maps[..], &days[..]].concat());
    assert_eq!(added[0]["map"][0], serde_json::json!({ "column": "Gebucht", "field": "person" }), "{added}");
    let report = here.json(&["source", "refresh", "Plan", "--apply"])[0]["report"].clone();
    assert_eq!(report["created"], 1, "{report}");
    let listed = here.ok(&["source", "list"]).out;
    assert!(
        listed.contains("columns Gebucht=person; Woran=request; Std=hours; Ab=start; Bis=end"),
        "{listed}"
    );
    assert!(here.ok(&["source", "list", "--plain"]).out.ends_with("; Bis=end\n"));
    here.ok(&["source", "edit", "Plan", "--map", "", "--preset", "our-plan"]);
    here.refused(&["source", "refresh", "Plan"], 5, "there is no preset `our-plan`");
    write(&studio, "presets/our-plan.toml", PRESET);
    let report = here.json(&["source", "refresh", "Plan"])[0]["report"].clone();
    assert_eq!(
        (&report["unchanged"], &here.source("Plan")["map"]),
        (&1.into(), &serde_json::json!([])),
        "{report}"
    );
}

#[test]
fn what_was_set_here_of_somebody_is_told_beside_what_their_file_says() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let people = write(&studio, "people.csv", "Name,Handle,Discipline\nAna,ana,copy\nCy,cy,film\n");
    here.ok(&["import", "people", &people]);
    here.ok(&["person", "edit", "ana", "--discipline", "motion"]);
    let again = here.json(&["import", "people", &people]);
    assert_eq!((&again["unchanged"], &again["operation"]), (&2.into(), &serde_json::Value::Null), "{again}");
    write(&studio, "people.csv", "Name,Handle,Discipline\nAna,ana,writing\n");
    let conflict = here.json(&["import", "people", &people, "--dry-run"]);
    let expected =
        serde_json::json!({ "field": "discipline", "here": "motion", "source": "writing", "stands": "here" });
    assert_eq!(conflict["rows"][0]["conflicts"][0], expected, "{conflict}");
    assert_eq!(conflict["vanished"][0]["key"], "cy", "{conflict}");
    // Under another name it is another file, which never told of them.
    let other = here.json(&["import", "people", &people, "--source", "Roster", "--dry-run"]);
    assert_eq!(other["vanished"], serde_json::json!([]), "{other}");
    let shown = here.json(&["person", "list"]);
    assert_eq!((&shown[0]["discipline"], shown[0].get("seen")), (&"motion".into(), None), "{shown}");
    assert!(here.ok(&["export", "all"]).out.contains("discipline/people"), "the whole store has it");
}
