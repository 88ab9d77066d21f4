//! Saved views and orders of every list, from outside.

use serde_json::Value;

use crate::cli::Studio;

/// What a list says in one of its fields, row by row.
fn said(studio: &Studio, words: &str, field: &str) -> Vec<String> {
    let rows = studio.json(words);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    rows.as_array().unwrap().iter().map(|row| text(&row[field])).collect()
}

fn studio() -> Studio {
    let studio = Studio::new();
    for words in [
        &["person", "add", "Leo", "--handle", "leo", "--discipline", "copy"][..],
        &["person", "add", "Ana", "--handle", "ana", "--discipline", "design"],
        &["promise", "add", "Two ways", "--to", "Priya", "--due", "2026-12-04"],
        &["promise", "add", "Prices", "--to", "Owen", "--due", "2026-11-27"],
        &["promise", "add", "A decision", "--from", "Owen", "--due", "2026-11-25"],
        &["promise", "add", "An answer", "--to", "Priya"],
        &["promise", "add", "A list", "--to", "Owen", "--due", "2026-11-24"],
        &["promise", "keep", "P-5"],
        &["outcome", "add", "Trust", "--owner", "Priya"],
        &["outcome", "add", "Sign-ups", "--baseline", "10", "--target", "20", "--due", "2027-02-01"],
        &["friction", "add", "Approvals", "--hours", "2h", "--area", "process"],
        &["friction", "add", "Plotter", "--hours", "6h", "--area", "platform"],
        &["risk", "add", "Rain", "--likelihood", "1", "--impact", "2"],
        &["risk", "add", "Late panels", "--likelihood", "3", "--impact", "3"],
        &["meeting", "add", "Council", "--start", "2026-11-19T10:00", "--with", "Priya"],
        &["meeting", "add", "Kick-off", "--start", "2026-11-17T10:00"],
        &["meeting", "add", "Stand", "--start", "2026-11-25T10:00", "--with", "Owen", "--with", "Leo"],
        &["meeting", "add", "Art talk", "--start", "2026-11-26T10:00", "--with", "Owen"],
        &["meeting", "cancel", "M-4"],
    ] {
        let done = studio.run(words);
        assert_eq!(done.code, 0, "{words:?}: {}", done.err);
    }
    studio
}

#[test]
fn every_list_has_its_views_and_its_columns_to_order_by() {
    let studio = studio();
    for (words, field, expected) in [
        ("promise list --view owed-by-us", "key", &["P-2", "P-1", "P-4"][..]),
        ("promise list --view owed-by-us --sort -due", "key", &["P-1", "P-2", "P-4"]),
        ("promise list --view Owed_By_Us who:priya", "key", &["P-1", "P-4"]),
        ("promise list view:owed-by-us -who:owen", "key", &["P-1", "P-4"]),
        ("promise list --sort who", "key", &["P-2", "P-3", "P-5", "P-1", "P-4"]),
        ("outcome list --view no-target-yet", "key", &["O-1"]),
        ("outcome list --sort due", "key", &["O-2", "O-1"]),
        ("friction list --sort hours", "key", &["F-2", "F-1"]),
        ("friction list --sort -hours", "key", &["F-1", "F-2"]),
        ("risk list --sort weight", "key", &["K-2", "K-1"]),
        ("person list --sort handle", "handle", &["ana", "leo"]),
        ("person list --sort -discipline", "handle", &["ana", "leo"]),
        ("meeting list --view not-reflected", "title", &["Council", "Kick-off"]),
        ("meeting list --view not-reflected --sort on", "title", &["Kick-off", "Council"]),
        ("meeting list --view cancelled-meetings", "title", &["Art talk"]),
        ("meeting list --from 2026-11-16 --sort title", "title", &["Council", "Kick-off", "Stand"]),
    ] {
        assert_eq!(said(&studio, words, field), expected, "{words}");
    }
}

#[test]
fn a_view_of_ones_own_has_its_columns_and_headings_on_paper() {
    let studio = studio();
    let text = "[views.rooms]\nlist = \"promise\"\nfilter = \"is:open\"\norder = \"-due\"\ncolumns = [\"due\", \"way\"]\ngroup = \"who\"\n\
        [views.team]\nlist = \"people\"\ngroup = \"discipline\"\ncolumns = [\"hours\"]\n\
        [views.who]\nlist = \"meetings\"\ncolumns = [\"with\"]\n";
    std::fs::write(studio.0.path().join("c.toml"), text).unwrap();
    let rooms = studio.ok("promise list --view rooms");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = rooms.lines().map(words).collect();
    let expected = ["Priya 2", "P-1 Two ways 4 Dec to", "P-4 An answer to", "Owen 2", "P-2 Prices Fri to"];
    assert_eq!(lines[..5], expected);
    assert_eq!(lines[5..], ["P-3 A decision Wed from"]);
    let team = studio.ok("person list --view team");
    let lines: Vec<String> = team.lines().map(words).collect();
    assert_eq!(lines, ["design 1", "ana Ana 40h", "copy 1", "leo Leo 40h"]);
    let who = studio.ok("meeting list --view who --sort on");
    assert!(who.lines().last().unwrap().ends_with("Owen, Leo"), "{who}");
    // What programs read stays as it is.
    let plain = studio.ok("promise list --view rooms --plain");
    assert!(plain.lines().all(|line| line.starts_with("P-")), "{plain}");
}

#[test]
fn a_view_or_column_of_another_list_is_told_with_what_there_is() {
    let studio = studio();
    for (words, code, expected) in [
        ("promise list --view late", 3, "late is a view of requests, not of promises"),
        ("list --view owed-by-us", 3, "owed by us is a view of promises, not of requests"),
        ("meeting list --view lat", 3, "no view is called lat (views: not reflected, cancelled meetings)"),
        ("promise list view:late", 5, "`view:late` names nothing: late is a view of requests"),
        ("promise list --sort dew", 2, "`dew` is not a column of promises; did you mean `due`?"),
        ("meeting list --sort score", 2, "`score` is not a column of meetings; columns are on, title"),
        ("person list --sort x", 2, "`x` is not a column of people; columns are name, handle"),
        ("list --sort dew", 2, "`dew` is not a column; did you mean `due`?"),
        (
            "outcome list --view no-target-yet lever:risk",
            3,
            "no outcome fits the view no-target-yet lever:risk",
        ),
    ] {
        let done = studio.run(&words.split(' ').collect::<Vec<_>>());
        assert!(done.code == code && done.err.contains(expected), "{words}: {} {}", done.code, done.err);
    }
}

#[test]
fn a_view_with_a_wrong_list_or_word_is_told_by_its_line() {
    let studio = studio();
    for (text, line, expected) in [
        ("[views.x]\nlist = \"vows\"\n", 2, "views.x.list: `vows` is not one of requests, meetings"),
        (
            "[views.x]\nlist = \"promises\"\nfilter = \"tier:1\"\n",
            3,
            "views.x.filter: column 1: no word is called tier",
        ),
        (
            "[views.x]\nlist = \"meetings\"\norder = \"due\"\n",
            3,
            "views.x.order: `due` is not a column of meetings",
        ),
        (
            "[views.x]\nlist = \"outcomes\"\ncolumns = [\"score\"]\n",
            3,
            "views.x.columns: `score` is not a column of outcomes",
        ),
        (
            "[views.x]\nlist = \"risks\"\ngroup = \"stage\"\n",
            3,
            "views.x.group: `stage` is not a column of risks",
        ),
        (
            "[views.x]\nlist = \"risks\"\nfilter = \"view:late\"\n",
            3,
            "late is a view of requests, not of risks",
        ),
    ] {
        std::fs::write(studio.0.path().join("c.toml"), text).unwrap();
        let checked = studio.run(&["config", "check"]);
        let place = format!("line {line}, column 1: ");
        let is_told = checked.out.contains(&place) && checked.out.contains(expected);
        assert!(checked.code == 5 && is_told, "{text}: {}", checked.out);
    }
}

#[test]
fn the_load_is_that_of_the_people_who_are_asked_for() {
    let studio = studio();
    let text = "[views.crew]\nlist = \"people\"\norder = \"-discipline\"\ncolumns = [\"hours\"]\ngroup = \"discipline\"\n";
    std::fs::write(studio.0.path().join("c.toml"), text).unwrap();
    let handles = |words: &str| {
        let rows = studio.json(words)["people"].clone();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["handle"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    for (words, expected) in [
        ("load", &["ana", "leo"][..]),
        ("load --sort discipline", &["leo", "ana"]),
        ("load --view crew", &["ana", "leo"]),
        ("load --view crew discipline:copy", &["leo"]),
        ("load @ana", &["ana"]),
        ("load -discipline:copy", &["ana"]),
        ("load role:no --sort handle", &["ana", "leo"]),
    ] {
        assert_eq!(handles(words), expected, "{words}");
    }
    let text = studio.ok("load --view crew");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("    ")).collect();
    assert!(lines[0] == "design  1" && lines[1].starts_with("ana "), "{text}");
    assert!(lines[2] == "copy  1" && lines[3].starts_with("leo "), "{text}");
    assert!(text.contains("hours a week 40h"), "{text}");
    for (words, told) in [
        (&["load", "--view", "late"][..], "late is a view of requests, not of people"),
        (&["load", "discipline:dezign"], "no discipline here is `dezign`; did you mean `design`?"),
        (&["load", "disc:copy"], "no word is called disc; did you mean `discipline`?"),
        (&["load", "role:x"], "neither yes nor no"),
    ] {
        let done = studio.run(words);
        assert!(done.code != 0 && done.err.contains(told), "{words:?}: {}", done.err);
    }
}
