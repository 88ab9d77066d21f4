//! Outcomes, the ledger and influence on the command line: shapes, rules that refuse, and undo across processes.

use serde_json::json;

use crate::cli::Studio;

/// The worked story, word by word.
fn story(studio: &Studio) {
    studio.run(&["stakeholder", "add", "Priya Nair", "--role", "Head of brand", "--cares", "launch dates"]);
    studio.run(&[
        "outcome",
        "add",
        "Spring on shelf sooner",
        "--lever",
        "speed",
        "--metric",
        "brief to shelf",
        "--unit",
        "d",
        "--baseline",
        "14",
        "--baseline-on",
        "2026-10-01",
        "--target",
        "9",
        "--due",
        "2027-04-01",
        "--owner",
        "priya",
    ]);
    for (value, on) in [("14", "2026-10-01"), ("12", "2026-11-01"), ("9.5", "2026-11-20")] {
        studio.run(&["outcome", "reading", "O-1", value, "--on", on]);
    }
    studio.run(&[
        "friction",
        "add",
        "chasing approvals by e-mail",
        "--area",
        "process",
        "--hours",
        "6",
        "--harms",
        "O-1",
    ]);
    studio.run(&["friction", "edit", "F-1", "--stage", "unlocked"]);
    studio.run(&["gain", "add", "--friction", "F-1", "--hours", "6h", "--from", "2026-11-02"]);
    studio.run(&["redirect", "add", "G-1", "O-1", "--hours", "4", "--from", "2026-11-09"]);
}

#[test]
fn the_worked_story_has_the_figures_that_it_should_have() {
    let studio = Studio::new();
    story(&studio);
    let outcome = studio.json("outcome show O-1");
    assert_eq!(outcome["progress_percent"], 90);
    assert_eq!(outcome["lever"], "speed-to-market");
    assert_eq!(outcome["owner"], "Priya Nair", "the beginning of a name is enough");
    assert_eq!(outcome["readings"].as_array().unwrap().len(), 3);
    assert_eq!(outcome["redirected_minutes_per_week"], 240);
    assert_eq!(outcome["notes"], json!(null));
    let ledger = studio.json("ledger");
    assert_eq!(ledger["freed_minutes_per_week"], 360);
    assert_eq!(ledger["redirected_minutes_per_week"], 240);
    assert_eq!(ledger["unspoken_minutes_per_week"], 120);
    let gain = &ledger["gains"][0];
    assert_eq!((&gain["unspoken_since"], &gain["friction"]), (&json!("2026-11-02"), &json!("F-1")));
    assert_eq!(gain["text"], "No more chasing approvals by e-mail");
    let touches = studio.json("show F-1")["touches"].to_string();
    assert!(touches.contains("G-1") && touches.contains("O-1"), "{touches}");
    let text = studio.ok("show O-1");
    assert!(text.contains("90 % of the way") && text.contains("harmed by:"), "{text}");
}

#[test]
fn redirects_never_exceed_their_gain_and_a_lower_gain_names_what_no_longer_fits() {
    let studio = Studio::new();
    story(&studio);
    let refused = studio.run(&["redirect", "add", "G-1", "O-1", "--hours", "3"]);
    assert_eq!(refused.code, 5, "{}", refused.err);
    assert!(refused.err.contains("this one (3h onto O-1)"), "{}", refused.err);
    let lowered = studio.run(&["gain", "edit", "G-1", "--hours", "3h"]);
    assert_eq!(lowered.code, 5);
    assert!(lowered.err.contains("X-1 (4h onto O-1)"), "{}", lowered.err);
    let frozen = studio.run(&["gain", "edit", "G-1", "--baseline", "9h"]);
    assert!(frozen.err.contains("frozen"), "{}", frozen.err);
    assert_eq!(studio.json("ledger")["redirected_minutes_per_week"], 240, "nothing was written");
}

#[test]
fn what_is_named_must_be_there_and_values_say_what_would_be_right() {
    let studio = Studio::new();
    for (arguments, code, said) in [
        (vec!["outcome", "reading", "O-9", "3"], 3, "O-9"),
        (vec!["outcome", "add", "X", "--lever", "fun"], 5, "risk-reduction"),
        (vec!["outcome", "add", "X", "--baseline", "much"], 5, "9.5"),
        (vec!["outcome", "add"], 5, "needs a name"),
        (vec!["friction", "add", "x", "--harms", "morale"], 5, "O-3"),
        (vec!["risk", "add", "x", "--likelihood", "4"], 5, "1 (low)"),
        (vec!["promise", "add", "x"], 5, "name"),
        (vec!["promise", "keep", "P-1"], 3, "P-1"),
        (vec!["show", "O-1"], 3, "O-1"),
        (vec!["add", "Hero film", "outcome:O-7"], 3, "O-7"),
    ] {
        let done = studio.run(&arguments);
        assert_eq!(done.code, code, "{arguments:?}: {}", done.err);
        assert!(done.err.contains(said), "{arguments:?}: {}", done.err);
    }
    assert_eq!(studio.run(&["outcome", "list", "--json"]).out.trim(), "[]");
}

#[test]
fn a_request_points_at_its_outcome_and_takes_over_what_it_does_not_say() {
    let studio = Studio::new();
    story(&studio);
    let request = studio.json("add Hero film t1 outcome:O-1");
    assert_eq!(request["outcome_key"], "O-1");
    assert_eq!(request["outcome"], "Spring on shelf sooner");
    assert_eq!(request["lever"], "speed-to-market");
    assert_eq!(request["measure"], "brief to shelf, 14 d to 9 d");
    assert_eq!(studio.json("list outcome:O-1")[0]["key"], "R-1");
    assert_eq!(studio.json("outcome show O-1")["requests"], json!(["R-1"]));
    assert_eq!(studio.run(&["list", "outcome:none"]).code, 3);
}

#[test]
fn promises_decisions_and_stakeholders_speak_of_each_other() {
    let studio = Studio::new();
    story(&studio);
    studio.run(&["meeting", "add", "Leadership sync", "--start", "2026-11-20T10:00", "--with", "Priya Nair"]);
    studio.run(&[
        "decision",
        "add",
        "Do legal sign templates?",
        "--approver",
        "Priya",
        "--meeting",
        "M-1",
        "--confidence",
        "70",
    ]);
    studio.run(&["promise", "add", "two costed ways", "--to", "Priya", "--due", "2026-11-20"]);
    studio.run(&["stakeholder", "stance", "Priya", "D-1", "-1"]);
    let priya = studio.json("show Priya");
    assert_eq!((&priya["owed"], &priya["opposed"]), (&json!(["P-1"]), &json!(["D-1"])));
    assert_eq!(priya["last_touch"], "2026-11-23");
    studio.ok("promise keep P-1");
    assert_eq!(studio.json("show Priya")["owed"], json!([]));
    // The day on which it was kept is not told anew by a verb that is run twice.
    let again = studio.run(&["promise", "keep", "P-1"]);
    assert!(again.code == 5 && again.err.contains("P-1 has its day: kept on Mon 23 Nov"), "{}", again.err);
    let decision = studio.json("decision edit D-1 --result yes");
    assert_eq!(decision["decided"], "2026-11-23");
    studio.ok("link D-1 F-1");
    assert!(studio.json("show F-1")["touches"].to_string().contains("D-1"));
    studio.ok("undo");
    studio.ok("undo");
    studio.ok("undo");
    assert_eq!(studio.json("show Priya")["owed"], json!(["P-1"]), "undone across processes");
}

#[test]
fn two_who_are_much_alike_are_asked_about_and_become_one() {
    let studio = Studio::new();
    studio.run(&["stakeholder", "add", "Owen Price"]);
    studio.run(&["add", "Film", "for:owen"]);
    let added = studio.run(&["stakeholder", "add", "Owen Prise", "--email", "o@client.example"]);
    assert_eq!(added.code, 0);
    let asked =
        "S-2 is much like S-1 Owen Price; if they are the same: `tablesetter stakeholder merge S-2 S-1`";
    assert!(added.err.contains(asked), "{}", added.err);
    studio.run(&["add", "Poster", "for:Owen Prise"]);
    let merged = studio.json("stakeholder merge S-2 S-1");
    assert_eq!((&merged["key"], &merged["also"]), (&json!("S-1"), &json!("Owen Prise")));
    assert_eq!(studio.json("show R-2")["requester"], "Owen Price");
    assert_eq!(studio.json("stakeholder list").as_array().unwrap().len(), 1);
    studio.ok("undo");
    assert_eq!(studio.json("show R-2")["requester"], "Owen Prise");
    let (code, said) = studio.refused("stakeholder merge S-1 S-1");
    assert!(code == 5 && said.contains("one already"), "{said}");
    let other = studio.run(&["stakeholder", "add", "Priya Nair"]);
    assert!(!other.err.contains("same?"), "{}", other.err);
}

#[test]
fn whoever_gets_another_name_is_still_found_by_the_old_one_and_days_are_told_as_dates() {
    let studio = Studio::new();
    studio.run(&["stakeholder", "add", "Owen Price"]);
    studio.run(&["promise", "add", "two ways", "--to", "Owen Price", "--due", "fri"]);
    studio.run(&["stakeholder", "edit", "S-1", "--name", "Owen Hale"]);
    let owen = studio.json("show S-1");
    assert_eq!((&owen["owed"], &owen["also"]), (&json!(["P-1"]), &json!("Owen Price")));
    studio.run(&["stakeholder", "edit", "S-1", "--name", "OWEN HALE"]);
    assert_eq!(studio.json("show S-1")["also"], "Owen Price", "the same in capitals");
    studio.run(&["promise", "edit", "P-1", "--due", "8jan"]);
    let told = &studio.json("history")[0]["label"];
    assert_eq!(told, "Edited P-1 two ways: due Fri 8 Jan 27");
}

#[test]
fn a_handle_is_proposed_and_people_who_are_one_become_one() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Robert Hale"]);
    let added = studio.run(&["person", "add", "Robert Hall"]);
    assert!(added.err.contains("handle: @roberthall"), "{}", added.err);
    assert!(added.err.contains("`tablesetter person merge roberthall robert`"), "{}", added.err);
    let taken = studio.run(&["person", "add", "Robin Ek", "--handle", "robert"]);
    assert!(taken.code == 5 && taken.err.contains("robertek is free"), "{}", taken.err);
    studio.run(&["add", "Film", "~8h", "@roberthall"]);
    let merged = studio.json("person merge robert roberthall");
    assert_eq!((&merged["handle"], &merged["also"]), (&json!("robert"), &json!("Robert Hall; roberthall")));
    assert_eq!(studio.json("show R-1")["people"], json!(["robert"]));
    studio.ok("undo");
    assert_eq!(studio.json("show R-1")["people"], json!(["roberthall"]));
}

#[test]
fn a_text_that_begins_with_a_minus_is_stored_as_it_was_typed() {
    let studio = Studio::new();
    studio.run(&["outcome", "add", "Fewer returns", "--baseline", "-3", "--notes", "-x"]);
    let outcome = studio.json("outcome show O-1");
    assert_eq!((&outcome["baseline"], &outcome["notes"]), (&json!(-3.0), &json!("-x")));
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana"]);
    studio.run(&["absence", "add", "ana", "--from", "2026-12-14", "--note", "-x"]);
    assert_eq!(studio.json("absence list")[0]["note"], "-x");
    studio.run(&["meeting", "add", "-3 % talk", "--start", "2026-12-01T10:00", "--series", "-y"]);
    studio.run(&["meeting", "edit", "M-1", "--intent", "-3 % returns"]);
    let meeting = studio.json("meeting show M-1");
    let said = [&meeting["title"], &meeting["series"], &meeting["intent"]];
    assert_eq!(said, ["-3 % talk", "-y", "-3 % returns"]);
}

#[test]
fn cancelled_meetings_and_records_of_every_kind_are_reached_by_the_one_grammar() {
    let studio = Studio::new();
    let key = studio.json("meeting add Council --start 2026-11-24T10:00")["key"].as_str().unwrap().to_owned();
    studio.ok(&format!("meeting cancel {key}"));
    assert_eq!(studio.run(&["meeting", "list"]).code, 3);
    let found = studio.json("meeting list is:cancelled");
    assert_eq!(found[0]["title"], "Council", "{found}");
    studio.run(&["promise", "add", "two ways", "--to", "Owen"]);
    studio.ok("edit P-1 due:2026-12-04");
    assert!(studio.ok("promise list").contains("4 Dec"));
    studio.run(&["person", "add", "Ana Ruiz"]);
    studio.ok("edit ana discipline:copy");
    assert_eq!(studio.json("person list")[0]["discipline"], "copy");
    assert_eq!(studio.run(&["edit", "P-1", "dew:fri"]).code, 5);
}
