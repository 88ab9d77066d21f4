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

/// A studio whose first request has something in every column of its export, and that export.
fn filled() -> (Studio, String) {
    let studio = Studio::new();
    let people = studio.file("people.csv", "Name,Handle\nAna Ek,ana\nBo Lind,bo\nCy Ode,cy\n");
    studio.ok(&format!("import people {people}"));
    let head = "Key,Title,Ask,Requester,Brand,Channel,Outcome,Lever,Measure,Audience,Message,Deliverables,Asset count,Due,Hard deadline,Due reason,Decider,Inputs,Stage,Blocked,Tier,Estimated hours,Value,Time criticality,Risk,Score,Readiness,Rounds,Tags,Assignee,Others,Created,Began,Delivered,Came from,Link,Notes,At risk,First agreed,Due moves,Blocked since,Ready,Stage since,Result";
    let row = "R-9,Film,a film,Kim Oh,Lumen,retail,more visits,risk-reduction,visits,parents,come in,one film,3,2026-12-04,yes,the fair,Lee Ray,copy,in-progress,prices,2,10,3,5,8,1,60,1,tv,ana,bo,2026-11-02T09:00:00+00:00,2026-11-09T09:00:00+00:00,,,https://x.example,short,,2026-12-01,1,2026-11-16,2026-11-05T09:00:00+00:00,2026-11-10T09:00:00+00:00,seen";
    let file = studio.file("first.csv", &format!("{head}\n{row}\n"));
    studio.ok(&format!("import requests {file}"));
    let csv = studio.ok("export requests");
    (studio, csv)
}

/// The cells of a table of two lines that have no quotes, by column.
fn cells(csv: &str) -> Vec<(String, String)> {
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let (head, row) = (lines.next().unwrap(), lines.next().unwrap());
    assert_eq!(head.len(), row.len(), "{csv}");
    head.into_iter().zip(row).collect()
}

fn with(csv: &str, column: &str, value: &str) -> String {
    let cells = cells(csv);
    assert!(cells.iter().any(|(name, _)| name == column), "no column {column}");
    let row: Vec<&str> =
        cells.iter().map(|(name, cell)| if name == column { value } else { cell.as_str() }).collect();
    format!("{}\n{}\n", csv.lines().next().unwrap(), row.join(","))
}

fn told(report: &serde_json::Value, what: &str) -> String {
    let rows = report["rows"].as_array().unwrap();
    let all = rows.iter().flat_map(|row| row[what].as_array().unwrap().clone());
    let both = |it: serde_json::Value| {
        let (old, new) = if what == "changes" { ("old", "new") } else { ("here", "source") };
        let value = |name: &str| it[name].as_str().map_or_else(|| it[name].to_string(), str::to_owned);
        format!("{} {} → {}", value("field"), value(old), value(new))
    };
    all.map(both).collect::<Vec<_>>().join("; ")
}

/// Every column of the export: what is written into it, and what is told of that.
const EDITS: [(&str, &str, &str); 40] = [
    ("Title", "Spring film", "title Film → Spring film"),
    ("Ask", "two films", "ask a film → two films"),
    ("Requester", "Noa Bay", "requester Kim Oh → Noa Bay"),
    ("Brand", "Harbour", "brand Lumen → Harbour"),
    ("Channel", "tv", "channel retail → tv"),
    ("Outcome", "more calls", "outcome more visits → more calls"),
    ("Lever", "measurable-impact", "lever risk-reduction → measurable-impact"),
    ("Measure", "calls", "measure visits → calls"),
    ("Audience", "children", "audience parents → children"),
    ("Message", "call us", "message come in → call us"),
    ("Deliverables", "two films", "deliverables one film → two films"),
    ("Asset count", "4", "asset_count 3 → 4"),
    ("Due", "2026-12-11", "due 2026-12-04 → 2026-12-11"),
    ("Hard deadline", "", "due_hard true → false"),
    ("Due reason", "the launch", "due_reason the fair → the launch"),
    ("Decider", "Noa Bay", "decider Lee Ray → Noa Bay"),
    ("Inputs", "files", "inputs copy → files"),
    ("Stage", "in-review", "stage in-progress → in-review"),
    ("Blocked", "", "blocked prices → null"),
    ("Tier", "1", "tier 2 → 1"),
    ("Tier", "", "tier 2 → null"),
    ("Estimated hours", "12", "estimate_minutes 600 → 720"),
    ("Value", "13", "value 3 → 13"),
    ("Time criticality", "8", "time_criticality 5 → 8"),
    ("Risk", "", "risk 8 → null"),
    ("Rounds", "2", "rounds 1 → 2"),
    ("Tags", "print", "tags tv → print"),
    ("Assignee", "cy", "people ana, bo → cy, bo"),
    ("Others", "cy", "people ana, bo → ana, cy"),
    ("Created", "2026-11-01T09:00:00+00:00", "created 2026-11-02 → 2026-11-01"),
    ("Began", "2026-11-08T09:00:00+00:00", "started 2026-11-09 → 2026-11-08"),
    ("Delivered", "2026-11-20T09:00:00+00:00", "stage in-progress → delivered"),
    ("Link", "https://y.example", "url https://x.example → https://y.example"),
    ("Notes", "long", "notes short → long"),
    ("First agreed", "2026-12-02", "first_agreed_due 2026-12-01 → 2026-12-02"),
    ("Due moves", "0", "due_moves 1 → 0"),
    ("Blocked since", "2026-11-17", "blocked_since 2026-11-16 → 2026-11-17"),
    ("Ready", "2026-11-04T09:00:00+00:00", "ready 2026-11-05 → 2026-11-04"),
    ("Stage since", "2026-11-11T09:00:00+00:00", "stage_since 2026-11-10 → 2026-11-11"),
    ("Result", "heard", "result seen → heard"),
];

/// Columns that are not taken, and one by which a row is known.
const UNTAKEN: [&str; 6] = ["Key", "Score", "Readiness", "Came from", "At risk", "As of"];

#[test]
fn every_column_of_our_own_table_that_is_changed_there_is_taken_told_and_undone() {
    let (studio, csv) = filled();
    let plain = |csv: &str| -> Vec<(String, String)> {
        cells(csv).into_iter().filter(|(name, _)| name != "As of").collect()
    };
    for (column, _) in cells(&csv) {
        let is_known = UNTAKEN.contains(&column.as_str()) || EDITS.iter().any(|(name, _, _)| *name == column);
        assert!(is_known, "no edit of {column}");
    }
    let same = studio.file("same.csv", &csv);
    let report = studio.json(&format!("import requests {same} --dry-run"));
    assert_eq!(report["rows"][0]["action"], "unchanged", "{report}");
    let notes = report["notes"].to_string();
    assert!(["Score", "Readiness", "At risk", "Came from"].iter().all(|it| notes.contains(it)), "{notes}");
    for (column, value, expected) in EDITS {
        let csv = studio.ok("export requests");
        let file = studio.file("edited.csv", &with(&csv, column, value));
        let report = studio.json(&format!("import requests {file}"));
        let changes = told(&report, "changes");
        assert!(changes.contains(expected), "{column}: {changes} | {report}");
        assert_eq!(told(&report, "conflicts"), "", "{column}");
        let after = studio.ok("export requests");
        let there = cells(&after).into_iter().find(|(name, _)| name == column).unwrap().1;
        assert_eq!(there, value, "{column}");
        let again = studio.json(&format!("import requests {file}"));
        assert_eq!(again["rows"][0]["action"], "unchanged", "{column}: {again}");
        studio.ok("undo");
        assert_eq!(plain(&studio.ok("export requests")), plain(&csv), "{column}");
    }
}

#[test]
fn what_was_changed_here_since_the_export_stays_and_is_told_only_where_both_were() {
    let (studio, csv) = filled();
    studio.ok("edit R-1 tier:3");
    studio.ok("edit R-1 notes:mine");
    // The file says what it said: nothing is to be told of what was changed here.
    let same = studio.file("same.csv", &csv);
    let report = studio.json(&format!("import requests {same}"));
    assert_eq!((told(&report, "changes"), told(&report, "conflicts")), (String::new(), String::new()));
    let edited = with(&with(&csv, "Tier", "1"), "Value", "13");
    let file = studio.file("edited.csv", &edited);
    let report = studio.json(&format!("import requests {file}"));
    assert_eq!(told(&report, "conflicts"), "tier 3 → 1");
    assert_eq!(told(&report, "changes"), "value 3 → 13");
    let now = studio.json("list R-1 stage:any")[0].clone();
    assert_eq!((&now["tier"], &now["value"], &now["notes"]), (&3.into(), &13.into(), &"mine".into()));
}

#[test]
fn the_table_of_a_whole_studio_says_nothing_of_itself() {
    let studio = Studio::new();
    let demo = studio.0.path().join("demo.db");
    studio.ok(&format!("demo --keep {}", demo.display()));
    let on_demo = |words: &str| format!("--store {} {words}", demo.display());
    let file = studio.file("all.csv", &studio.ok(&on_demo("export requests")));
    for _ in 0..2 {
        let report = studio.json(&on_demo(&format!("import requests {file}")));
        let rows = report["rows"].as_array().unwrap();
        assert!(rows.len() > 50 && rows.iter().all(|row| row["action"] == "unchanged"), "{report}");
        for what in ["changes", "conflicts", "problems"] {
            let said: Vec<_> = rows.iter().filter(|row| row[what] != serde_json::json!([])).collect();
            assert!(said.is_empty(), "{what}: {said:?}");
        }
    }
}

#[test]
fn rows_that_somebody_adds_below_or_of_another_store_do_not_part_a_table_from_its_export() {
    // Made here, so that nothing but the row itself tells what stood in it.
    let studio = Studio::new();
    studio.ok("add Film t2");
    let csv = studio.ok("export requests");
    let edited = with(&csv, "Tier", "1");
    let width = csv.lines().next().unwrap().split(',').count();
    let added = format!(",Windows{}", ",".repeat(width - 2));
    let file = studio.file("added.csv", &format!("{edited}{added}\n"));
    let report = studio.json(&format!("import requests {file}"));
    assert_eq!((told(&report, "changes"), told(&report, "conflicts")), ("tier 2 → 1".into(), String::new()));
    assert_eq!(report["rows"][1]["action"], "created", "{report}");
    assert_eq!(report["rows"][1]["problems"], serde_json::json!([]), "{report}");
    // A key of another store is another request, whatever the rows around it say.
    let there = Studio::new();
    there.ok("add Mailer");
    let theirs = there.ok("export requests");
    assert_eq!(theirs.lines().next(), csv.lines().next());
    let both = format!("{}{}\n", with(&csv, "Tier", "3"), theirs.lines().nth(1).unwrap());
    let file = studio.file("both.csv", &both);
    let report = studio.json(&format!("import requests {file} --dry-run"));
    assert!(!told(&report, "changes").contains("title"), "{report}");
}

#[test]
fn a_later_export_of_another_store_brings_its_tier() {
    let (studio, csv) = filled();
    let there = Studio::new();
    let first = there.file("first.csv", &csv);
    there.ok(&format!("import requests {first}"));
    studio.ok("edit R-1 tier:1");
    let second = there.file("second.csv", &studio.ok("export requests"));
    let report = there.json(&format!("import requests {second}"));
    assert_eq!(told(&report, "changes"), "tier 2 → 1");
    let again = there.json(&format!("import requests {second}"));
    assert_eq!(again["rows"][0]["action"], "unchanged");
}

/// A table without its column of changes, as versions before wrote it.
fn undated(csv: &str) -> String {
    let (head, row) = csv.trim_end().split_once('\n').unwrap();
    assert!(head.trim_end().ends_with("As of"), "{head}");
    let cut = |line: &str| line.trim_end().rsplit_once(',').unwrap().0.to_owned();
    format!("{}\r\n{}\r\n", cut(head), cut(row))
}

#[test]
fn a_table_that_does_not_say_when_it_was_written_changes_nothing_and_says_what_to_do() {
    let studio = Studio::new();
    studio.ok("add Film t2");
    let csv = studio.ok("export requests");
    let same = studio.file("same.csv", &undated(&csv));
    let report = studio.json(&format!("import requests {same}"));
    assert_eq!(report["rows"][0]["action"], "unchanged", "{report}");
    assert!(!report["notes"].to_string().contains("As of"), "{report}");
    let edited = studio.file("edited.csv", &undated(&with(&with(&csv, "Title", "Spring film"), "Tier", "1")));
    let report = studio.json(&format!("import requests {edited}"));
    assert_eq!(told(&report, "changes"), "");
    assert!(told(&report, "conflicts").contains("title Film → Spring film"), "{report}");
    assert!(report["notes"].to_string().contains("1 row differs from what stands here"), "{report}");
}

#[test]
fn a_table_of_ours_leaves_what_another_source_said_last() {
    let studio = Studio::new();
    let from_jira = |title: &str, brand: &str| {
        studio.file("jira.csv", &format!("Issue key,Summary,Status,Labels\nJ-1,{title},To Do,{brand}\n"))
    };
    studio.ok(&format!("import requests {} --preset jira-cloud", from_jira("Film", "a")));
    let csv = studio.ok("export requests");
    let old = studio.file("old.csv", &undated(&with(&csv, "Title", "Film of spring")));
    let report = studio.json(&format!("import requests {old}"));
    assert!(told(&report, "conflicts").contains("title Film → Film of spring"), "{report}");
    // Its own source still says what it said, so that its next change is one.
    let report = studio.json(&format!("import requests {} --preset jira-cloud", from_jira("Film", "a")));
    assert_eq!(report["rows"][0]["action"], "unchanged", "{report}");
    let report =
        studio.json(&format!("import requests {} --preset jira-cloud", from_jira("Autumn film", "a")));
    assert_eq!(
        (told(&report, "changes"), told(&report, "conflicts")),
        ("title Film → Autumn film".to_owned(), String::new())
    );
}
