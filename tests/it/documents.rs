//! Standup, week and quarter from the command line: shapes, files, what presenting leaves out, and that a standup
//! that was ended begins the next one.

use crate::cli::{Studio, has_all};

fn studio() -> Studio {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    studio.ok("add Hero film ~60h due:fri");
    studio.ok("assign R-1 ana --to fri");
    studio.run(&["meeting", "add", "Brand council", "--start", "2026-11-20 10:00", "--with", "Priya Nair"]);
    studio.run(&[
        "reflect",
        "M-1",
        "--stance",
        "4",
        "--moment",
        "Priya dropped the second film",
        "--kept",
        "yes",
    ]);
    studio
}

/// A text with its sentences whole, wherever a line of it ended.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_standup_says_what_moved_and_the_next_one_begins_where_it_ended() {
    let studio = studio();
    let told = studio.json("standup");
    has_all(&told, "since sections");
    let over =
        told["sections"].as_array().unwrap().iter().find(|section| section["title"] == "Over").unwrap();
    assert!(over["lines"][0]["text"].as_str().unwrap().contains("ana is over 20h"), "{over}");
    assert!(studio.ok("standup --by-person").contains("Over: "), "a person's lines name their section");
    assert!(studio.ok("standup --format slack").starts_with("*Standup"));
    studio.ok("standup --end");
    let after = studio.json("standup");
    assert!(after["since"].as_str() > told["since"].as_str(), "{after} {told}");
    studio.ok("undo");
    assert_eq!(studio.json("standup")["since"], told["since"], "ending it can be undone");
    assert_eq!(studio.refused("standup --since someday").0, 5);
}

#[test]
fn the_week_and_the_quarter_have_their_shapes_and_presenting_leaves_out_what_is_private() {
    let studio = studio();
    let week = studio.json("review --week 2026-11-18");
    has_all(&week, "title blocks lint");
    let text = unwrapped(&studio.ok("review --week 2026-11-18"));
    assert!(
        text.contains("Priya dropped the second film") && text.contains("If-thens kept: 1 of 1"),
        "{text}"
    );
    let covered = studio.ok("review --week 2026-11-18 --presenting");
    assert!(!covered.contains("Priya") && !covered.contains("If-thens"), "{covered}");
    let quarter = studio.ok("review --quarter Q4 --format markdown");
    assert!(quarter.starts_with("# Quarter in evidence, Q4 2026"), "{quarter}");
    let (code, said) = studio.refused("review --quarter Q9");
    assert!(code == 5 && said.contains("2026Q4"), "{said}");
    let file = studio.0.path().join("week.html");
    studio.ok(&format!("review --week 2026-11-18 --format html --output {}", file.display()));
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(studio.refused("review --week mon --quarter Q4").0, 2, "one or the other");
}

#[test]
fn text_and_json_are_the_leads_and_what_goes_out_is_the_rooms() {
    let studio = studio();
    let private = "Priya dropped the second film";
    let week = "review --week 2026-11-18";
    let file = |name: &str, words: &str| {
        let path = studio.0.path().join(name);
        studio.ok(format!("{week} --output {} {words}", path.display()).trim());
        unwrapped(&std::fs::read_to_string(&path).unwrap())
    };
    for words in ["", "--format text", "--format markdown --for me", "--format slack --for me", "--plain"] {
        assert!(unwrapped(&studio.ok(format!("{week} {words}").trim())).contains(private), "{words}");
    }
    for words in ["--for room", "--format markdown", "--format slack", "--format html", "--plain --for room"]
    {
        let told = unwrapped(&studio.ok(format!("{week} {words}").trim()));
        assert!(told.contains("Hours went into strategy") && !told.contains(private), "{words}: {told}");
    }
    assert!(!file("week.txt", "").contains(private), "a file is handed on");
    assert!(file("own.txt", "--for me").contains(private));
    let own = studio.json(week);
    assert!(own["reader"] == "lead" && own.to_string().contains(private), "{own}");
    let given = studio.json(&format!("{week} --for room"));
    assert!(given["reader"] == "room" && !given.to_string().contains(private), "{given}");
    assert_eq!(
        (studio.json("standup")["reader"].as_str(), studio.json("brief")["reader"].as_str()),
        (Some("lead"), Some("lead"))
    );
    // The load is people's hours: by name they are the lead's.
    assert!(studio.ok("load --format text").contains("Ana Ruiz: "));
    let load = studio.ok("load --format markdown");
    assert!(load.contains("All together: ") && !load.contains("Ana"), "{load}");
    assert_eq!(studio.refused("standup --for them").0, 2);
}
