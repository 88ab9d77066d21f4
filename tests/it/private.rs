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
