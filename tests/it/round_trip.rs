//! What goes out comes back equal, and what is shown is whole: seen from outside.

use crate::cli::Studio;

#[test]
fn our_own_csv_unchanged_changes_nothing_and_carries_the_day_of_a_block() {
    let studio = Studio::new();
    let list = studio.file(
        "list.csv",
        "Title,Status,Created,Updated,Blocked\nMenu,In progress,2026-10-01,2026-10-03,yes\nFilm,In progress,2026-10-02,2026-10-06,prices\n",
    );
    studio.ok(&format!("import requests {list}"));
    studio.ok("move R-2 delivered");
    studio.ok("edit R-2 result:sooner");
    let csv = studio.ok("export requests");
    assert!(csv.lines().next().is_some_and(|head| head.contains("Blocked since")), "{csv}");
    let file = studio.file("export.csv", &csv);
    let before = studio.json("list stage:any");
    let report = studio.json(&format!("import requests {file} --dry-run"));
    let actions: Vec<&str> =
        report["rows"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["unchanged", "unchanged"], "{report}");
    studio.ok(&format!("import requests {file}"));
    assert_eq!(studio.json("list stage:any"), before);
    let there = Studio::new();
    let file = there.file("export.csv", &csv);
    there.ok(&format!("import requests {file}"));
    let blocked = |studio: &Studio| studio.json("list R-1 stage:any")[0]["blocked"].clone();
    assert_eq!(blocked(&there), blocked(&studio));
    let of = |studio: &Studio| studio.json("list R-2 stage:any")[0].clone();
    assert_eq!((&of(&there)["result"], &of(&there)["notes"]), (&"sooner".into(), &of(&studio)["notes"]));
    // The second export is the first but for what only the other store knows: which keys, and from where.
    let clocks = |csv: &str| -> Vec<String> {
        let head: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        let columns = ["Rounds", "Created", "Began", "Delivered", "First agreed", "Ready", "Stage since"];
        let at = columns.map(|name| head.iter().position(|it| *it == name).unwrap());
        csv.lines().map(|line| at.map(|at| line.split(',').nth(at).unwrap()).join(" ")).collect()
    };
    assert_eq!(clocks(&there.ok("export requests")), clocks(&csv));
}

#[test]
fn a_meeting_is_shown_whole() {
    let studio = Studio::new();
    let title = "Marketing leadership sync about the spring windows of all stores";
    let words = ["meeting", "add", title, "--start", "2025-12-17T10:00", "--minutes", "90"];
    let added = studio
        .run(&[&words[..], &["--with", "Owen Price, Priya Nair, Chidi Marsh, Dana Lindqvist"]].concat());
    assert!(added.out.contains("17 Dec 2025") && added.out.contains("10:00–11:30, 1h30m"), "{}", added.out);
    let reflected =
        ["reflect", "M-1", "--stance", "4", "--presence", "45", "--first", "outcome", "--expansion", "2"];
    studio.run(&[&reflected[..], &["--touched", "framed", "--moment", "They asked for more"]].concat());
    let shown = studio.ok("show M-1");
    for part in [
        title,
        "17 Dec 2025 10:00–11:30, 1h30m",
        "Chidi Marsh, Dana Lindqvist",
        "calm 4 of 5, engaged 5 of 5",
        "said first: outcome",
        "questions: 2 opened",
        "decision: framed",
        "They asked for more",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let presenting = studio.run(&["--presenting", "reflect", "--trend"]);
    assert_eq!((presenting.code, presenting.err.contains("hidden while you present")), (3, true));
}

#[test]
fn an_event_that_ends_as_it_begins_is_an_instant() {
    let studio = Studio::new();
    let event = |uid: &str, end: &str| {
        format!("BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\nDTSTART:20251217T100000Z\n{end}END:VEVENT\n")
    };
    let events =
        ["DTEND:20251217T100000Z\n", "", "DURATION:PT0S\n"].map(|end| event(&format!("x{}", end.len()), end));
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n", events.concat());
    let file = studio.file("instants.ics", &text);
    let report = studio.json(&format!("import calendar {file}"));
    assert_eq!(
        (&report["created"], report["problems"].as_array().unwrap().len()),
        (&3.into(), 0),
        "{report}"
    );
    for key in ["M-1", "M-2", "M-3"] {
        let shown = studio.ok(&format!("show {key}"));
        assert!(shown.contains("10:00, takes no time") && !shown.contains("–10:00"), "{shown}");
    }
}

#[test]
fn a_request_says_since_when_its_stage_and_block_hold_and_how_its_hours_came() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana"]);
    studio.ok("add Film ~6h due:fri @ana");
    studio.ok("edit R-1 blocked:prices");
    let shown = studio.ok("show R-1");
    for part in ["new since Mon 23 Nov", "prices, since Mon 23 Nov", "6h left: 6h estimated"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn an_empty_store_says_so_by_its_exit_code_in_every_shape() {
    let studio = Studio::new();
    for words in ["load", "load --json", "load --plain", "history", "history --json"] {
        assert_eq!(studio.run(&words.split(' ').collect::<Vec<_>>()).code, 3, "{words}");
    }
}

#[test]
fn an_undo_that_something_added_later_stands_against_names_it() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana"]);
    studio.ok("add Film ~6h due:fri @ana");
    let (code, said) = studio.refused("undo 1");
    assert!(code == 4 && said.contains("was added later by change 2") && said.contains("Film"), "{said}");
}
