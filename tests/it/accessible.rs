//! The work of the day line by line, as a screen reader is given it.

use crate::cli::Studio;

/// What is said to some lines that are typed.
fn talk(studio: &Studio, typed: &[&str]) -> String {
    let done = studio.with_input(&["--accessible"], &(typed.join("\n") + "\n"));
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.out.contains(['\u{1b}', '│', '─', '┬']), "no borders and no redrawing: {}", done.out);
    done.out
}

fn studio() -> Studio {
    let studio = Studio::new();
    studio.ok("person add Ana --discipline design");
    studio.ok("add Poster due:2026-12-04 ~6h");
    studio.ok("add Film");
    studio
}

#[test]
fn triage_goes_one_by_one_and_each_change_is_one_line() {
    let studio = studio();
    let said =
        talk(&studio, &["1", "1", "2", "2", "Lift sign-ups by 8 % until June", "4", "5", "no room", "q"]);
    assert!(said.contains("New, 1 of 2: R-1 Poster, due Fri 4 Dec, tier perhaps"), "{said}");
    assert!(said.contains("New, 2 of 2: R-2 Film"), "{said}");
    assert!(said.contains("That was the last one."), "{said}");
    let listed = studio.ok("list stage:any --plain");
    assert!(listed.contains("clarifying") && listed.contains("declined"), "{listed}");
}

#[test]
fn assigning_says_the_cost_before_it_is_asked_for() {
    let studio = studio();
    let said = talk(&studio, &["2", "R-1", "1", "2", "2", "R-1", "ana", "1", "q"]);
    let (cost, done) = (said.find("Do it?").unwrap(), said.rfind("Do it?").unwrap());
    assert!(cost < done && said.contains("Nothing was changed."), "{said}");
    assert!(studio.ok("show R-1").contains("ana"), "{said}");
    let undone = talk(&studio, &["u", "q"]);
    assert!(undone.contains("Undid") && !undone.contains("from the cockpit"), "{undone}");
}

#[test]
fn only_ones_own_change_is_taken_back_without_a_question() {
    let studio = Studio::new();
    studio.ok("add Poster");
    let said = talk(&studio, &["u", "2", "u", "1", "q"]);
    assert!(
        said.contains("Nothing stands that was changed in here; the newest change is by the command line."),
        "{said}"
    );
    assert!(said.contains("1 take back the newest: Added R-1 Poster\n2 leave it"), "{said}");
    assert!(said.contains("Nothing was changed.") && said.contains("Undid: Added R-1 Poster"), "{said}");
    let said = talk(&studio, &["add Film", "add Banner", "u", "undo", "q"]);
    assert!(said.contains("Undid: Added R-2 Banner.") || said.contains("Undid: Added R-3 Banner."), "{said}");
    assert!(!said.contains("made elsewhere"), "{said}");
    assert_eq!(studio.run(&["list", "--json"]).out.trim(), "[]");
}

#[test]
fn options_of_the_program_are_not_taken_for_those_of_a_command() {
    let studio = studio();
    for words in ["add Banner --store other.db", "--presenting list", "list --json", "--quiet"] {
        let said = talk(&studio, &[words, "q"]);
        assert!(said.contains("Nothing was done: --"), "{words}: {said}");
    }
    assert_eq!(studio.json("list").as_array().unwrap().len(), 2);
}

#[test]
fn what_is_typed_after_an_import_is_typed() {
    let studio = Studio::new();
    let list = studio.file("work.csv", "title\nLeaflet\n");
    talk(&studio, &[&format!("import requests {list}"), "add Banner", "q"]);
    assert!(studio.0.path().join("s-backups").exists(), "a copy of the store as after any command");
    let history = studio.json("history");
    assert_eq!((&history[0]["origin"], &history[1]["origin"]), (&"cockpit".into(), &"import".into()));
}

#[test]
fn documents_commands_and_mistakes_are_said_and_end_nothing() {
    let studio = studio();
    let said = talk(
        &studio,
        &["3", "4", "6", "7", "9", "nosuch", "list tire:1", "list @anna", "list is:new", "5", "", "q"],
    );
    for part in [
        "Standup",
        "There is no 9",
        "unrecognized subcommand",
        "tire",
        "did you mean `ana`?\n",
        "R-1",
        "No meeting is owed a reflection.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn marks_of_rows_are_said_in_words_wherever_rows_are_listed() {
    let studio = studio();
    studio.ok("add Banner due:2020-01-06 ~3h");
    studio.ok("edit R-3 blocked:photos");
    studio.ok("edit R-2 blocked:yes");
    studio.ok("edit R-1 hard:yes");
    let said = talk(&studio, &["2", "", "list", "list view:late", "7", "q"]);
    let lines = |key: &str| said.lines().filter(|line| line.contains(key)).collect::<Vec<_>>();
    for line in lines("R-3 Banner") {
        assert!(line.contains(", late, blocked: photos"), "{line}");
    }
    assert!(lines("R-3 Banner").len() >= 3, "{said}");
    assert!(lines("R-2 Film").iter().all(|line| line.contains(", blocked")), "{said}");
    assert!(lines("R-1 Poster").iter().all(|line| line.contains(", a hard day")), "{said}");
    assert!(!said.contains(['‹', '■', '¶']) && !said.contains("  "), "no marks, no columns: {said}");
    // Everybody else has them as they were.
    assert!(studio.ok("list").contains("‹ R-3"), "{}", studio.ok("list"));
}

const HEARD: [&str; 26] = [
    "load",
    "load --by discipline",
    "person list",
    "show ana",
    "absence list",
    "holiday list",
    "meeting list",
    "show M-1",
    "outcome list",
    "show O-1",
    "stakeholder list",
    "risk list",
    "promise list",
    "friction list",
    "ledger",
    "list",
    "show R-1",
    "forecast R-1",
    "standup",
    "brief",
    "review",
    "review --quarter today",
    "review --tiers",
    "history",
    "doctor",
    "source list",
];

#[test]
fn every_list_and_document_is_heard_line_by_line_without_columns_and_drawings() {
    let studio = studio();
    studio.ok("assign R-1 ana --hours 120 --to 2026-12-04");
    studio.ok("outcome add Faster_to_shelf_in_every_market_of_the_north_and_the_south --lever speed-to-market --metric days");
    studio.ok("stakeholder add Owen --cares launches");
    studio.ok("risk add Slot --likelihood 2 --impact 3");
    studio.ok("promise add Proofs --to Owen");
    studio.ok("friction add Prices --area process --hours 2");
    studio.ok("absence add ana --from 2026-12-01 --to 2026-12-02");
    studio.ok("holiday add Eve --on 2026-12-24");
    studio.ok("meeting add Sync --start 2026-11-25T10:00 --with Owen");
    let typed: Vec<&str> = HEARD.into_iter().chain(["q"]).collect();
    let said = talk(&studio, &typed);
    for line in said.lines() {
        assert!(!line.trim().is_empty(), "a blank line is announced: {said}");
        assert!(!line.contains("  ") && !line.starts_with([' ', '-', '!', '=']), "columns or signs: {line}");
        let is_drawn = |c: char| matches!(c, '\u{2500}'..='\u{259f}' | '‹' | '✓');
        assert!(!line.contains(is_drawn), "drawn: {line}");
        assert!(line.parse::<f64>().is_err(), "a bare number: {line}");
    }
    for part in [
        "ana, design, ",
        "ana, over ",
        "ana, by day: ",
        "Ana, design, hours from Monday on 8 8 8 8 8, planned at 80 %",
        "absence 1, ana, ",
        "holiday 1, Thu 24 Dec, Eve",
        "O-1, Faster_to_shelf_in_every_market_of_the_north_and_the_south, speed to market",
        "S-1, Owen, cares about launches",
        "K-1, Slot, weight 6 of 9",
        "due: Fri 4 Dec",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Everybody else has columns.
    assert!(studio.ok("load").contains("ana          design"), "{}", studio.ok("load"));
}

#[test]
fn the_end_of_the_input_is_the_end() {
    let studio = studio();
    let done = studio.with_input(&["--accessible"], "1\n");
    assert_eq!(done.code, 0, "{}", done.err);
}

#[test]
fn an_outcome_that_says_no_change_is_asked_about_and_a_question_mark_lists_the_commands() {
    let studio = studio();
    let said = talk(&studio, &["?", "1", "2", "R-3", "2", "2", "1", "1", "q", "q"]);
    assert!(said.contains("a figure or a day alone says nothing") && said.contains("Keep it?"), "{said}");
    assert!(said.contains("standup") && said.contains("forecast"), "every command is named: {said}");
    let kept = studio.ok("show R-1");
    assert!(!kept.contains("R-3") && kept.contains("outcome:        1"), "{kept}");
}

#[test]
fn lines_that_come_at_once_are_no_answers() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::terminal::demo(folder.path());
    let mut command = crate::terminal::clean(crate::terminal::program());
    command.arg("--accessible");
    let mut terminal = crate::terminal::Terminal::run(command, &store, folder.path());
    terminal.wait_for("What now?");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.type_in_if_open(b"1\n5\nbecause\n");
    terminal.wait_for("3 lines came at once");
    terminal.wait_for("What becomes of them?");
    terminal.type_in_if_open(b"2\n");
    terminal.wait_for("Nothing was changed.");
    terminal.type_in_if_open(b"q\n");
    assert_eq!(terminal.end(), 0);
    let history = crate::cli::Studio::new().ok(&format!("history --plain --store {}", store.display()));
    assert!(!history.contains("because"), "{history}");
}

#[test]
fn what_will_be_different_may_have_any_words() {
    let studio = studio();
    let said = "Stores sell 12% \"more\" boots due:fri by March";
    let heard = talk(&studio, &["1", "2", said, "q", "q"]);
    let request = studio.json("show R-1");
    assert_eq!(
        (request["outcome"].as_str(), request["due"].as_str()),
        (Some(said), Some("2026-12-04")),
        "{heard}"
    );
}

#[test]
fn a_slip_is_asked_about_again_and_the_way_out_is_never_taken_for_words() {
    let studio = studio();
    // Triage: a number that there is none of, then decline, tier and hold left again, then the day, asked for twice.
    let said = talk(
        &studio,
        &[
            "1",
            "99",
            "0",
            "5",
            "q",
            "1",
            "",
            "1",
            "q",
            "10",
            "q",
            "2",
            "q",
            "9",
            "q",
            "8",
            "2026-12-09",
            "q",
            "q",
        ],
    );
    assert!(said.contains("There is no 99; they are 1 to 10.") && said.contains("There is no 0"), "{said}");
    assert_eq!(said.matches("New, ").count(), 1, "the same request all along: {said}");
    assert_eq!(said.matches("Nothing was changed.").count(), 6, "{said}");
    let request = studio.json("show R-1");
    assert_eq!(
        (request["stage"].as_str(), request["due"].as_str()),
        (Some("new"), Some("2026-12-09")),
        "{said}"
    );
    assert!(request["tier"].is_null() && request["outcome"].is_null(), "{request}");
    let said = talk(&studio, &["nosuch", "2", "R-1", "1", "yes", "1", "q"]);
    assert!(
        said.contains("Type one of the numbers, or q to leave it.") && !said.contains("Usage:"),
        "{said}"
    );
    assert!(studio.ok("show R-1").contains("ana"), "{said}");
}

#[test]
fn a_reflection_that_is_left_in_the_middle_is_none() {
    let studio = studio();
    studio.ok("meeting add Board --start 2026-11-23T07:00 --kind leadership --with Owen");
    let said = talk(&studio, &["5", "99", "1", "7", "3", "1", "q", "q"]);
    assert!(said.contains("There is no 99") && said.contains("There is no 7"), "{said}");
    assert!(said.contains("Nothing was changed."), "{said}");
    assert!(talk(&studio, &["5", "1", "3", "1", "", "", "q"]).contains("Reflected"), "it was still owed");
}
