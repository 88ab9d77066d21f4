//! The leadership brief from outside: what it says of an empty store, what is written into it, frozen, taken, handed out.

use serde_json::Value;

use crate::cli::{Studio, has_all};

/// A studio with a leadership meeting tomorrow and what was noted about its room.
fn noted() -> Studio {
    let studio = Studio::new();
    let run = |words: &[&str]| {
        let done = studio.run(words);
        assert_eq!(done.code, 0, "{words:?}: {}", done.err);
    };
    run(&["stakeholder", "add", "Priya Nair", "--role", "Head of brand", "--cares", "launch dates"]);
    run(&["meeting", "add", "Leadership sync", "--start", "2026-11-24T10:00", "--with", "Priya Nair"]);
    run(&[
        "outcome",
        "add",
        "Spring on shelf sooner",
        "--lever",
        "speed",
        "--metric",
        "days from brief to shelf",
        "--unit",
        "d",
        "--baseline",
        "14",
        "--baseline-on",
        "2026-10-01",
        "--target",
        "9",
        "--owner",
        "Priya",
    ]);
    run(&["outcome", "reading", "O-1", "12", "--on", "2026-11-01"]);
    run(&["outcome", "reading", "O-1", "9.5", "--on", "2026-11-20"]);
    run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    run(&["add", "Spring film", "~16h", "due:18dec"]);
    run(&[
        "decision",
        "add",
        "Do legal sign templates?",
        "--approver",
        "Priya",
        "--options",
        "A now. B later. Nothing.",
    ]);
    run(&["link", "D-1", "R-1"]);
    run(&["promise", "add", "two costed ways", "--to", "Priya", "--due", "2026-11-20"]);
    studio
}

fn lines(brief: &Value, title: &str) -> Vec<String> {
    let blocks = brief["blocks"].as_array().unwrap();
    let block = blocks.iter().find(|block| block["title"] == title);
    let block = block.unwrap_or_else(|| panic!("no block {title} in {brief}"));
    block["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_empty_store_gets_a_first_page_that_says_what_to_note() {
    let studio = Studio::new();
    let text = studio.ok("brief");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for command in ["import calendar FILE", "stakeholder add", "outcome add", "decision add", "risk add"] {
        assert!(words.contains(&format!("`tablesetter {command}`")), "{command}: {text}");
    }
    let brief = studio.json("brief");
    assert_eq!((&brief["meeting"], &brief["lint"]), (&Value::Null, &serde_json::json!([])));
    let (code, said) = studio.refused("brief --freeze");
    assert!(code == 3 && said.contains("meeting list"), "{said}");
    assert_eq!(studio.refused("brief --line x").0, 3);
}

#[test]
fn it_has_the_promised_shape_and_every_number_its_receipt() {
    let studio = noted();
    let brief = studio.json("brief");
    has_all(&brief, "meeting blocks lint title start frozen claims numbers");
    assert_eq!(brief["meeting"], "M-1");
    let who = lines(&brief, "Who");
    assert_eq!(who, ["Priya Nair: launch dates · owed P-1 two costed ways, 1 day late"]);
    assert_eq!(
        lines(&brief, "Bottom line"),
        ["Spring on shelf sooner: 9.5 days from brief to shelf, was 14."],
        "the owner of the outcome is in the room"
    );
    let blocks = brief["blocks"].as_array().unwrap();
    let numbers = blocks.iter().find(|block| block["title"] == "Three numbers").unwrap();
    for line in numbers["lines"].as_array().unwrap() {
        let figures = line["figures"].as_array().unwrap();
        assert!(!figures.is_empty(), "{line}");
        for figure in figures {
            has_all(figure, "value unit n from to definition keys");
            assert!(!figure["definition"].as_str().unwrap().is_empty());
        }
    }
    let ask = lines(&brief, "The ask");
    assert_eq!(ask[0], "D-1 Do legal sign templates? Priya Nair decides.");
    assert!(ask[1].starts_with("A now · R-1 16h, done ") && ask[1].contains(", in time"), "{ask:?}");
    assert!(ask[3].starts_with("Nothing · R-1 can wait "), "{ask:?}");
    assert_eq!(ask[4], "We recommend A now: it fits, and nothing else moves for it");
    assert!(lines(&brief, "They will ask")[0].contains("two costed ways"));
}

#[test]
fn a_rooms_shape_has_nothing_of_what_is_private() {
    let studio = noted();
    studio.ok("outcome reading O-1 9 --on 2026-11-21");
    studio.ok("private O-1");
    let told = studio.json("brief --for room").to_string();
    assert!(!told.contains("O-1") && !told.contains("Spring on shelf"), "{told}");
    studio.ok("private M-1");
    let room = studio.json("brief M-1 --for room");
    assert_eq!((&room["meeting"], &room["title"]), (&Value::Null, &Value::from("(private)")));
    assert_eq!(studio.json("brief M-1")["title"], "Leadership sync");
    assert!(studio.json("brief M-1").to_string().contains("outcome:O-1"), "the lead's has all of it");
}

#[test]
fn what_is_written_into_it_stays_and_wrong_names_are_refused() {
    let studio = noted();
    for (arguments, code, said) in [
        (vec!["brief", "--ask", "D-9"], 3, "D-9"),
        (vec!["brief", "--ask", "K-1"], 5, "K-1 is no decision"),
        (vec!["brief", "--numbers", "speed"], 5, "`speed` is no number of the brief"),
        (vec!["brief", "next-week"], 5, "`next-week` is no meeting"),
        (vec!["brief", "M-9"], 3, "M-9"),
        (vec!["brief", "--take", "9"], 3, "none has the number 9"),
        (vec!["brief", "--format", "pdf"], 2, "markdown"),
    ] {
        let done = studio.run(&arguments);
        assert_eq!(done.code, code, "{arguments:?}: {}", done.err);
        assert!(done.err.contains(said), "{arguments:?}: {}", done.err);
    }
    let done = studio.run(&[
        "brief",
        "--line",
        "Utilisation is at 92% until 12 March.",
        "--ask",
        "Approve template sign-off.",
        "--recommend",
        "A",
        "--risk",
        "There is a risk of delays.",
        "--json",
    ]);
    let brief: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(lines(&brief, "The ask"), ["Approve template sign-off.", "We recommend A"]);
    assert_eq!(lines(&brief, "Risk"), ["There is a risk of delays."]);
    let rules: Vec<&str> =
        brief["lint"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["process-words", "passive-risk"]);
    has_all(&brief["lint"][0], "block line column rule text suggestion rewrites");
    // One is taken where it is written, one waved off for good; both can be undone.
    let taken = studio.json("brief --take 1");
    assert_eq!(lines(&taken, "Bottom line"), ["There is no room for a surprise launch before 12 March."]);
    let waved = studio.json("brief --wave-off 1");
    assert_eq!(waved["lint"].as_array().unwrap().len(), 0, "{}", waved["lint"]);
    studio.ok("undo");
    studio.ok("undo");
    assert_eq!(studio.json("brief")["lint"].as_array().unwrap().len(), 2);
    assert_eq!(studio.json("history --limit 4").as_array().unwrap().len(), 4);
}

#[test]
fn what_a_suggestion_leaves_open_is_never_written_as_it_stands() {
    let studio = noted();
    studio.run(&["brief", "--line", "We handle tickets in a new workflow."]);
    let open = studio.json("brief");
    let number = open["lint"]
        .as_array()
        .unwrap()
        .iter()
        .position(|it| it["suggestion"].as_str().unwrap().contains('<'));
    let number = (number.unwrap() + 1).to_string();
    let refused = studio.run(&["brief", "--take", &number]);
    assert_eq!(refused.code, 5, "{}", refused.err);
    assert!(refused.err.contains("left to fill in") && refused.err.contains("--say"), "{}", refused.err);
    let said = studio.run(&[
        "brief",
        "--json",
        "--take",
        &number,
        "--say",
        "Eleven launches went out on their date.",
    ]);
    let said: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(lines(&said, "Bottom line"), ["Eleven launches went out on their date."]);
}

#[test]
fn a_frozen_one_is_shown_as_it_was_shown_and_refuses_changes() {
    let studio = noted();
    let before = studio.json("brief --freeze");
    studio.ok("outcome reading O-1 13");
    let after = studio.json("brief");
    assert_eq!(after["frozen"], "2026-11-23");
    assert_eq!((&after["blocks"], &after["claims"]), (&before["blocks"], &before["claims"]));
    assert_eq!(after["claims"][0]["name"], "outcome:O-1");
    let done = studio.run(&["brief", "--line", "other words"]);
    assert!(done.code == 5 && done.err.contains("kept as it was shown on Mon 23 Nov"), "{}", done.err);
    assert_eq!(studio.refused("brief --freeze").0, 5);
    // The next one of the series looks back.
    studio.run(&["meeting", "add", "Leadership sync", "--start", "2026-12-01T10:00", "--with", "Priya Nair"]);
    let next = studio.json("brief M-2");
    let since = lines(&next, "Since Mon 23 Nov");
    assert_eq!(since[0], "9.5 days from brief to shelf (n 2), now 13 (n 3): did not hold");
    assert!(since.iter().any(|line| line.contains("ead O-1")), "{since:?}");
    studio.ok("undo");
    assert_eq!(studio.json("brief M-1")["frozen"], "2026-11-23", "only the meeting was taken back");
}

#[test]
fn it_goes_out_in_every_layout_and_to_a_file() {
    let studio = noted();
    assert!(studio.ok("brief next --format text").starts_with("Brief: Leadership sync\n="));
    assert!(studio.ok("brief --format markdown").starts_with("# Brief: Leadership sync"));
    assert!(studio.ok("brief --format slack").starts_with("*Brief: Leadership sync*"));
    let file = studio.0.path().join("brief.html");
    studio.ok(&format!("brief --format html --output {}", file.display()));
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Bottom line"), "{page}");
    assert!(!page.contains("two costed ways"), "what we owe is no business of the room: {page}");
    // A file that is called a page or notes is one, unless its format is said.
    for (name, format, begins) in [
        ("by-name.HTML", "", "<!DOCTYPE html>"),
        ("by-name.md", "", "# Brief: Leadership sync"),
        ("by-name.txt", "", "Brief: Leadership sync\n="),
        ("said.html", "--format markdown ", "# Brief: Leadership sync"),
        ("other.page", "", "Brief: Leadership sync\n="),
    ] {
        let file = studio.0.path().join(name);
        studio.ok(&format!("brief {format}--output {}", file.display()));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(begins) && !text.contains("two costed ways"), "{name}: {text}");
    }
    assert!(studio.ok("brief --format html --for me").contains("two costed ways"));
    assert!(!studio.ok("--presenting brief").contains("They will ask"));
}

#[test]
fn the_demo_studios_brief_has_its_kept_shape() {
    let studio = Studio::new();
    let file = studio.0.path().join("demo.db");
    let file = file.to_str().unwrap();
    studio.ok(&format!("demo --keep {file}"));
    let told = studio.ok(&format!("--store {file} brief --json"));
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("brief.json", told) });
}
