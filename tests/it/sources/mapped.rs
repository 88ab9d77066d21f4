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
    here.refused(&["import", "shares", &plan], 5, "is known as");
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
