//! What is kept from others, on the command line: no table and no document of it, and everything in the dump.

use crate::cli::Studio;

fn studio() -> Studio {
    let studio = Studio::new();
    studio.ok("add Reorganisation");
    studio.ok("add Poster");
    studio.run(&["promise", "add", "a quiet word", "--to", "Priya"]);
    studio.ok("private R-1 P-1");
    studio
}

#[test]
fn a_mark_is_told_and_taken_off_again() {
    let studio = studio();
    assert_eq!(studio.json("show R-1")["private"], true);
    assert_eq!(studio.json("promise show P-1")["private"], true);
    assert_eq!(studio.json("list is:private")[0]["key"], "R-1");
    assert!(studio.ok("list").contains("¤ Reorganisation"), "{}", studio.ok("list"));
    assert!(studio.ok("show P-1").contains("no document for others has it"));
    studio.ok("private --off R-1");
    assert_eq!(studio.json("show R-1")["private"], false);
    studio.ok("undo");
    assert_eq!(studio.json("show R-1")["private"], true);
}

#[test]
fn tables_for_others_leave_it_out_and_the_dump_brings_it_back() {
    let studio = studio();
    let table = studio.ok("export requests");
    assert!(table.contains("Poster") && !table.contains("Reorganisation"), "{table}");
    assert!(studio.ok("export requests --with-private").contains("Reorganisation"));
    let standup = studio.ok("standup --for room");
    assert!(!standup.contains("Reorganisation") && !standup.contains("quiet word"), "{standup}");
    let presented = studio.ok("--presenting list");
    assert!(presented.contains("Poster") && !presented.contains("Reorganisation"), "{presented}");
    let all = studio.0.path().join("all.json");
    studio.run(&["export", "all", "--output", all.to_str().unwrap()]);
    let other = Studio::new();
    other.run(&["import", "all", all.to_str().unwrap()]);
    assert_eq!(other.json("show R-1")["private"], true);
    assert_eq!(other.json("show P-1")["private"], true);
}

#[test]
fn while_others_look_on_no_stream_names_what_is_private_and_the_whole_stays_here() {
    let studio = Studio::new();
    studio.ok("add Reorganisation of the studio");
    studio.ok("private R-1");
    for words in ["--presenting private --off R-1", "--presenting show R-1", "--presenting --json show R-1"] {
        let done = studio.run(&words.split(' ').collect::<Vec<_>>());
        assert!(
            !done.err.contains("R-1") && !done.out.contains("Reorg"),
            "{words}: {} {}",
            done.out,
            done.err
        );
        studio.ok("private R-1");
    }
    let (code, said) = studio.refused("--presenting export all");
    assert!(code == 5 && said.contains("does not go out while you present"), "{said}");
    assert_eq!(studio.refused("--presenting export requests --with-private").0, 5);
}

/// Every way out but the whole store: tables, shapes, calendars, and documents in each layout.
fn ways_out() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (what, formats) in [
        ("requests", &["csv", "json"][..]),
        ("load", &["csv", "json"]),
        ("meetings", &["csv", "json", "ics"]),
        ("reflections", &["csv", "json"]),
    ] {
        all.extend(formats.iter().map(|format| format!("export {what} --from 2026-11-01 --format {format}")));
    }
    for document in ["standup", "standup --by-person", "brief", "review", "review --quarter", "load"] {
        for layout in ["text", "markdown", "slack", "html"] {
            all.push(format!("{document} --for room --format {layout}"));
        }
        // What leaves without a word about whom it is for is for the room.
        all.push(format!("{document} --format markdown"));
    }
    all
}

/// A studio in which much names one stakeholder.
fn naming_studio() -> Studio {
    let studio = Studio::new();
    let run = |words: &[&str]| drop(studio.run(words));
    run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    run(&["stakeholder", "add", "Priya Nair", "--email", "priya.n@brand.example", "--also", "P. K. Nair"]);
    run(&["add", "Film for Priya Nair", "requester:Priya Nair", "~60h", "due:fri"]);
    run(&[
        "edit",
        "R-1",
        "decider:PRIYA NAIR",
        "notes:ask priya.n@brand.example, or P. K. Nair",
        "inputs:Nair, Priya has it",
    ]);
    run(&["edit", "R-1", "blocked:Priya is away"]);
    run(&["assign", "R-1", "ana", "--to", "fri"]);
    run(&["promise", "add", "the film", "--to", "Priya Nair", "--due", "today"]);
    run(&["decision", "add", "Which film?", "--approver", "Priya Nair"]);
    run(&[
        "meeting",
        "add",
        "Brand council with Priya",
        "--start",
        "2026-11-20 10:00",
        "--with",
        "Priya Nair, Owen Price",
    ]);
    run(&[
        "meeting",
        "add",
        "Leadership",
        "--kind",
        "leadership",
        "--start",
        "2026-11-24 10:00",
        "--with",
        "Priya Nair",
    ]);
    run(&[
        "meeting",
        "edit",
        "M-2",
        "--intent",
        "a yes from Priya Nair to the plan, whatever else is said there by her",
    ]);
    run(&["reflect", "M-1", "--stance", "4", "--moment", "Priya dropped the second film", "--kept", "yes"]);
    studio
}

#[test]
fn somebody_private_is_named_in_nothing_that_goes_out() {
    let studio = naming_studio();
    // A calendar folds its lines.
    let said = |words: &str| studio.run(&words.split(' ').collect::<Vec<_>>()).out.replace("\r\n ", "");
    let names = |text: &str| {
        let text = text.to_lowercase();
        ["priya", "nair"].iter().any(|name| text.contains(name))
    };
    let naming = ways_out().iter().filter(|words| names(&said(words))).count();
    assert!(naming > 12, "only {naming} name her at all, so this would prove little");
    studio.ok("private S-1");
    let told = ways_out().into_iter().map(|words| (said(&words), words)).filter(|(said, _)| names(said));
    let told: Vec<String> = told.map(|(said, words)| format!("{words}: {said}")).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(
        said("export meetings --from 2026-11-01 --format ics").contains("Owen Price"),
        "only she is covered"
    );
    assert!(said("export requests").contains("Film for (private)"), "{}", said("export requests"));
    // Yours, and what brings a store back, have all of it.
    for words in ["export all", "export requests --with-private", "show R-1", "standup --for me"] {
        assert!(names(&said(words)), "{words}");
    }
}

#[test]
fn reflections_of_private_meetings_stay_here_which_is_told() {
    let studio = studio();
    studio.run(&["meeting", "add", "Talk with Bo", "--start", "2026-11-20T10:00"]);
    studio.ok("reflect M-1 --stance 3");
    assert!(studio.ok("export reflections").contains("Talk with Bo"));
    studio.ok("private M-1");
    let others = studio.run(&["export", "reflections"]);
    assert!(!others.out.contains("Talk with Bo"), "{}", others.out);
    assert!(others.err.contains("1 private is left out"), "{}", others.err);
    assert!(studio.ok("export reflections --with-private").contains("Talk with Bo"));
    assert!(studio.ok("meeting list is:private --from 2026-11-19").contains("Talk with Bo"));
    assert_eq!(studio.refused("meeting list -is:private --from 2026-11-19").0, 3, "none is left");
}

#[test]
fn where_only_letters_are_drawn_the_marks_are_letters() {
    let studio = studio();
    studio.file("c.toml", "[look]\nglyphs = \"ascii\"\n");
    for words in ["list", "promise list", "show R-1", "show P-1"] {
        let shown = studio.ok(words);
        assert!(!shown.contains('¤'), "{words}: {shown}");
    }
    assert!(
        studio.ok("list").contains("% Reorganisation")
            && studio.ok("promise list").contains("% a quiet word")
    );
}
