//! The command line from outside: shapes, exit codes, undo across processes, and real input.

use std::os::unix::fs::PermissionsExt;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const NOW: &str = "2026-11-23T09:12:00+00:00";

/// What the contract promises of a request.
const REQUEST: &str = "key title ask stage blocked tier tier_guess outcome lever measure audience message \
    deliverables asset_count requester brand channel due due_hard due_reason first_agreed_due decider inputs \
    estimate_minutes value time_criticality risk score score_terms readiness missing rounds tags people created \
    ready started delivered source external_id url notes at_risk reasons";

/// A folder with a store of its own.
pub struct Studio(pub TempDir);

/// What a command left behind.
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Studio {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.with_input(arguments, "")
    }

    pub fn with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        let output = Command::from_std(crate::tablesetter())
            .args(arguments)
            .env("TABLESETTER_STORE", self.0.path().join("s.db"))
            .env("TABLESETTER_CONFIG", self.0.path().join("c.toml"))
            .env("TABLESETTER_NOW", NOW)
            .write_stdin(input)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Words parted by spaces; must succeed.
    pub fn ok(&self, words: &str) -> String {
        let done = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(done.code, 0, "{words}: {}", done.err);
        done.out
    }

    pub fn json(&self, words: &str) -> Value {
        serde_json::from_str(&self.ok(&format!("{words} --json"))).unwrap()
    }

    /// The exit code and what standard error says.
    pub fn refused(&self, words: &str) -> (i32, String) {
        let done = self.run(&words.split(' ').collect::<Vec<_>>());
        (done.code, done.err)
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

pub fn has_all(value: &Value, names: &str) {
    for name in names.split_whitespace() {
        assert!(value.get(name).is_some(), "{name} is missing in {value}");
    }
}

#[test]
fn a_name_that_comes_near_somebody_is_asked_about_once() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Kowalski", "--handle", "ak"]);
    let path = studio.file("x.csv", "Title,Assignee\nFilm,Anna Kowalsky\n");
    let told = studio.ok(&format!("import requests {path} --dry-run"));
    assert!(told.contains("line 2     Anna Kowalsky: Ana Kowalski (@ak)?"), "{told}");
    assert!(told.contains("--same 'Anna Kowalsky=ak'; if not: --not-same"), "{told}");
    let plain = studio.ok(&format!("import requests {path} --dry-run --plain"));
    assert!(plain.contains("2\tnear\tak\tAnna Kowalsky\tAnna Kowalsky: Ana Kowalski (@ak)?"), "{plain}");
    let shape = &studio.json(&format!("import requests {path} --dry-run"))["near"][0];
    has_all(shape, "row name like called");
    let done = studio.run(&["import", "requests", &path, "--same", "Anna Kowalsky=ak"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.out.contains("Ana Kowalski (@ak)?"), "{}", done.out);
    assert_eq!(studio.json("list")[0]["people"][0], "ak");
    let again = studio.json(&format!("import requests {path}"));
    assert_eq!((&again["near"], &again["operation"]), (&serde_json::json!([]), &Value::Null));
    let (code, why) = studio.refused(&format!("import requests {path} --same Anna"));
    assert!(code == 2 && why.contains("is not NAME=WHO"), "{why}");
}

#[test]
fn a_request_has_the_promised_shape_wherever_it_is_printed() {
    let studio = Studio::new();
    let added = studio.json("add Hero film t1 ~40h due:fri lever:impact #spring requester:Mara");
    has_all(&added, REQUEST);
    assert_eq!(added["due"], "2026-11-27");
    assert_eq!((&added["estimate_minutes"], &added["lever"]), (&2400.into(), &"measurable-impact".into()));
    assert_eq!(added["outcome"], Value::Null);
    has_all(&studio.json("list")[0], REQUEST);
    has_all(&studio.json("show R-1"), REQUEST);
    let edited = studio.json("edit R-1 stage:clarifying due:none +brand -spring");
    has_all(&edited, REQUEST);
    assert_eq!((&edited["stage"], &edited["due"]), (&"clarifying".into(), &Value::Null));
    assert_eq!(edited["tags"], serde_json::json!(["brand"]));
    has_all(&studio.json("move R-1 declined --reason later")[0], REQUEST);
    assert_eq!(studio.json("list stage:any").as_array().unwrap().len(), 1);
    let (code, err) = studio.refused("list stage:any -tag:brand --limit 0 --json");
    assert_eq!(code, 3, "options count wherever they stand among the words: {err}");
}

#[test]
fn every_kind_of_refusal_has_its_own_code_and_leaves_no_trace() {
    let studio = Studio::new();
    studio.ok("add One");
    studio.ok("add Two");
    let before = studio.ok("history --limit 0");
    let refused = |words: &str, code: i32, part: &str| {
        let (found, err) = studio.refused(words);
        assert_eq!(found, code, "{words}: {err}");
        assert!(err.contains(part), "{words}: {err}");
    };
    refused("nonsense", 2, "nonsense");
    refused("reflect M-1 --stance 9", 2, "9");
    refused("show R-99", 3, "R-99");
    refused("list tier:4", 3, "tier:4");
    refused("list colour:red", 5, "colour");
    refused("edit R-1 due:nonsense", 5, "nonsense");
    refused("move R-1 R-77 declined", 3, "R-77");
    refused("move R-1 delivered", 5, "delivered");
    refused("assign R-1 nobody", 3, "nobody");
    refused("import requests /no/such/file.csv", 1, "/no/such/file.csv");
    refused("import calendar https://example.org/a.ics", 5, "fetched by a source");
    assert_eq!(studio.ok("history --limit 0"), before, "what was refused changed nothing");
    let (_, err) = studio.refused("show R-99 --json");
    let error: Value = serde_json::from_str(&err).unwrap();
    has_all(&error["error"], "message hint");
}

#[test]
fn undo_and_redo_work_across_processes_and_never_over_a_later_change() {
    let studio = Studio::new();
    studio.ok("add Film");
    studio.ok("edit R-1 t2");
    studio.ok("edit R-1 due:fri");
    assert_eq!(studio.refused("undo 1").0, 4);
    assert!(studio.ok("undo").ends_with(" (from the command line)\n"), "its origin is named");
    studio.ok("undo");
    assert_eq!(studio.json("show R-1")["tier"], Value::Null);
    studio.ok("redo");
    let request = studio.json("show R-1");
    assert_eq!((&request["tier"], &request["due"]), (&2.into(), &Value::Null));
    let history = studio.json("history --limit 0");
    has_all(&history[0], "id at label origin undone changes");
    studio.ok("edit R-1 +late");
    assert_eq!(studio.refused("redo").0, 3, "a new change ends what could be redone");
}

#[test]
fn the_two_examples_of_the_load_come_out_exactly() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8", "--factor", "1"]);
    studio.ok("add A ~20h due:fri");
    studio.ok("add B ~16h due:tue");
    studio.ok("assign R-1 ana");
    studio.ok("assign R-2 ana");
    let load = studio.json("load --from 2026-11-23 --days 5");
    let ana = &load["people"][0];
    has_all(ana, "handle name discipline planning_factor cells forced_over");
    has_all(
        &ana["cells"][0],
        "date effective_minutes planning_minutes confirmed_minutes tentative_minutes unknown_minutes state",
    );
    assert_eq!(ana["cells"][0]["confirmed_minutes"], 720, "an even spread says 150 % on Monday");
    assert_eq!(ana["cells"][0]["state"], "spread-over");
    assert_eq!(ana["forced_over"], serde_json::json!([]));
    assert_eq!(studio.json("reshape ana")["shares"], 2, "laid anew, no day looks over");
    let load = studio.json("load --from 2026-11-23 --days 5");
    let cells = load["people"][0]["cells"].as_array().unwrap();
    assert!(cells.iter().all(|cell| cell["state"] != "spread-over"), "{load}");
    assert_eq!(studio.refused("reshape ana").0, 5, "nothing is left to re-shape");

    let studio = Studio::new();
    studio.run(&["person", "add", "Bo Ek", "--handle", "bo", "--hours", "8,8,8,8,8", "--factor", "1"]);
    studio.ok("absence add bo --from 2026-11-27");
    studio.ok("add A ~16h due:fri");
    studio.ok("assign R-1 bo --from 2026-11-26 --to 2026-11-27");
    let load = studio.json("load --from 2026-11-23 --days 5");
    let bo = &load["people"][0];
    assert_eq!(
        bo["forced_over"],
        serde_json::json!([{ "from": "2026-11-26", "to": "2026-11-27", "over_minutes": 480, "keys": ["R-1"] }])
    );
    assert_eq!(bo["cells"][3]["state"], "forced-over");
    assert_eq!(bo["cells"][4]["state"], "no-capacity");
}

#[test]
fn what_a_yes_costs_is_told_before_and_changes_nothing() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    studio.ok("add A ~30h due:fri");
    studio.ok("add B ~20h due:fri");
    studio.ok("assign R-1 ana");
    let before = studio.ok("history --limit 0");
    let told = studio.json("assign R-2 ana --to fri --dry-run");
    has_all(&told, "allocation cost");
    has_all(&told["cost"], "sentence people delayed fix");
    assert_eq!(told["cost"]["people"][0]["forced_over_after_minutes"], 600);
    assert_eq!(studio.ok("history --limit 0"), before);
    // By itself a share is planned for as long as it takes, and says how late that is.
    let honest = studio.json("assign R-2 ana --dry-run");
    assert_eq!(honest["cost"]["people"][0]["forced_over_after_minutes"], 0);
    assert_eq!(honest["allocation"]["to"], "2026-12-02");
    assert!(
        honest["cost"]["sentence"].as_str().unwrap().starts_with("4 days late; nothing else moves"),
        "{honest}"
    );
    let ranked = studio.json("forecast R-2");
    has_all(&ranked[0], "person finish reason");
    assert_eq!(ranked[0]["person"], "ana");
    let done = studio.json("assign R-2 ana --tentative");
    assert_eq!(done["allocation"]["tentative"], true);
}

/// Two issues as Jira exports them.
const JIRA: &str = "Summary,Issue key,Issue Type,Status,Reporter,Created,Labels,Labels,Due date\n\
    \"Banner, spring\",CR-1,Task,To Do,Mara,12/Nov/26 9:14 AM,web,hero,27/Nov/26 12:00 AM\n\
    Film,CR-2,Task,In Progress,Ines,13/Nov/26 9:14 AM,,,\n";

#[test]
fn an_export_comes_in_once_and_what_was_decided_here_stays() {
    let studio = Studio::new();
    let file = studio.file("jira.csv", JIRA);
    let dry = studio.json(&format!("import requests {file} --dry-run"));
    has_all(
        &dry,
        "dry_run preset header_row delimiter encoding created updated unchanged skipped columns_ignored rows operation",
    );
    assert_eq!((&dry["preset"], &dry["created"]), (&"jira-cloud".into(), &2.into()), "{dry}");
    assert_eq!(dry["operation"], Value::Null);
    assert_eq!(studio.refused("list").0, 3, "a dry run wrote nothing");
    let first = studio.json(&format!("import requests {file}"));
    assert_eq!(first["created"], 2);
    has_all(&first["rows"][0], "row action key title problems");
    studio.ok("edit R-1 t2");
    let again = studio.json(&format!("import requests {file}"));
    assert_eq!((&again["created"], &again["unchanged"]), (&0.into(), &2.into()), "{again}");
    assert_eq!(again["operation"], Value::Null, "nothing to undo where nothing changed");
    assert_eq!(studio.json("show R-1")["tier"], 2, "what was decided here stays");
    let piped = studio.with_input(&["import", "requests", "-", "--json"], JIRA);
    assert_eq!(piped.code, 0, "{}", piped.err);
}

#[test]
fn text_plain_and_json_of_an_import_tell_the_same_groups() {
    let studio = Studio::new();
    let first = "Title,Requester,Due,Archived\nAutumn window posters,Maya Lind,2026-12-04,\nLoyalty card mailer,Tom Reyes,2026-12-08,\n\
        Menu insert,Maya Lind,2026-12-09,\nTent card,Tom Reyes,2026-12-10,\n";
    let file = studio.file("plan.csv", first);
    let rows = studio.json(&format!("import requests {file}"))["rows"].clone();
    let mailer = rows.as_array().unwrap().iter().find(|row| row["title"] == "Loyalty card mailer").unwrap();
    assert_eq!(
        (&mailer["group"], &mailer["brings"]),
        (&"new".into(), &"due Tue 8 Dec, for Tom Reyes".into())
    );
    studio.ok(&format!("edit {} due:2026-12-15", mailer["key"].as_str().unwrap()));
    let now = "Title,Requester,Due,Archived\nAutumn window poster,Maya Lind,2026-12-04,\nLoyalty card mailer,Tom Reyes,2026-12-10,\n\
        Menu insert,Maya Lind,2026-12-18,\nGift guide,Maya Lind,2026-12-21,\nOld flyer,Tom Reyes,2026-10-01,yes\n,Tom Reyes,2026-12-01,\n";
    let file = studio.file("plan.csv", now);
    let told = studio.json(&format!("import requests {file} --dry-run"));
    let groups = serde_json::json!({ "conflict": 1, "renamed": 1, "new": 1, "changed": 1, "vanished": 1, "switched-off": 1, "unreadable": 1 });
    assert_eq!(told["groups"], groups, "{told}");
    assert_eq!(told["rows"][0]["was"], "Autumn window posters");
    let plain = studio.ok(&format!("import requests {file} --dry-run --plain"));
    let mut found: Vec<&str> = plain.lines().filter_map(|line| line.split('\t').nth(8)).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "changed",
            "conflict",
            "new",
            "new-requester",
            "new-requester",
            "renamed",
            "switched-off",
            "unreadable",
            "vanished"
        ],
        "{plain}"
    );
    for behind in [
        "\t\t\trenamed\tAutumn window posters\t",
        "\tGift guide\t\t\t\t\tnew\t\tdue Mon 21 Dec, for Maya Lind",
    ] {
        assert!(plain.lines().any(|line| line.ends_with(behind)), "{behind}: {plain}");
    }
    let asks: Vec<&str> = plain.lines().filter(|line| line.starts_with("\trequester\t")).collect();
    assert!(asks[0].starts_with("\trequester\t\tMaya Lind\t"), "{plain}");
    let text = studio.ok(&format!("import requests {file} --dry-run"));
    let line = "1 in conflict, 1 renamed, 1 new, 1 changed, 1 vanished, 1 switched off, 1 unreadable";
    assert!(text.contains(line), "{text}");
}

#[test]
fn a_field_that_is_none_is_refused_with_all_there_are() {
    let studio = Studio::new();
    let file = studio.file("plan.csv", "Was,Bis\nPoster,2026-12-04\n");
    let (code, error) = studio.refused(&format!("import requests {file} --map Was=titel"));
    assert_eq!(code, 5);
    for field in
        ["did you mean `title`", "due-reason", "asset-count", "external-id", "`ignore` leaves a column out"]
    {
        assert!(error.contains(field), "{error}");
    }
}

#[test]
fn an_import_tells_each_field_that_changes_and_what_was_set_by_hand_stays() {
    let studio = Studio::new();
    let file = studio.file("jira.csv", JIRA);
    studio.ok(&format!("import requests {file}"));
    studio.ok("edit R-2 due:2026-12-04");
    let later = JIRA.replace("27/Nov/26", "01/Dec/26").replace("web,hero,01", "web,print,01");
    let file = studio.file("jira.csv", &later.replace("9:14 AM,,,", "9:14 AM,,,02/Dec/26 12:00 AM"));
    let dry = studio.json(&format!("import requests {file} --dry-run"));
    let due = serde_json::json!({"field": "due", "old": "2026-11-27", "new": "2026-12-01"});
    assert!(dry["rows"][0]["changes"].as_array().unwrap().contains(&due), "{dry}");
    let kept =
        serde_json::json!({"field": "due", "here": "2026-12-04", "source": "2026-12-02", "stands": "here"});
    assert_eq!(dry["rows"][1]["conflicts"], serde_json::json!([kept]), "{dry}");
    let text = studio.ok(&format!("import requests {file} --dry-run"));
    assert!(text.contains("due Fri 27 Nov → Tue 1 Dec"), "{text}");
    assert!(text.contains("due: Fri 4 Dec set here, Wed 2 Dec at the source; Fri 4 Dec stands"), "{text}");
    let plain = studio.ok(&format!("import requests {file} --dry-run --plain"));
    let lines: Vec<Vec<&str>> = plain.lines().map(|line| line.split('\t').collect()).collect();
    assert!(lines.iter().all(|line| line.len() == 11), "{plain}");
    assert!(lines[0][5].contains("due: 2026-11-27 → 2026-12-01"), "{plain}");
    assert_eq!(lines[1][6], "due: 2026-12-04 → 2026-12-02");
}

#[test]
fn a_calendar_comes_in_once_and_a_reflection_stays_with_its_meeting() {
    let studio = Studio::new();
    let ics = |sequence: u8, hour: u8| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20261101T000000Z\r\n\
            SEQUENCE:{sequence}\r\nDTSTART:20261123T{hour:02}0000Z\r\nDTEND:20261123T{:02}0000Z\r\n\
            SUMMARY:Leadership sync\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            hour + 1
        )
    };
    let file = studio.file("a.ics", &ics(0, 7));
    let first = studio.json(&format!("import calendar {file}"));
    has_all(&first, "dry_run created updated cancelled unchanged skipped problems operation");
    assert_eq!(first["created"], 1);
    let meetings = studio.json("meeting list --from 2026-11-23 --to 2026-11-23");
    has_all(&meetings[0], "key uid title series kind start end all_day status attendees reflected");
    assert_eq!((&meetings[0]["kind"], &meetings[0]["reflected"]), (&"leadership".into(), &false.into()));
    let key = meetings[0]["key"].as_str().unwrap().to_owned();
    studio.ok(&format!("reflect {key} --stance 4 --presence 45 --first o"));
    assert_eq!(studio.json(&format!("import calendar {file}"))["unchanged"], 1);
    studio.file("a.ics", &ics(1, 8));
    let dry = studio.json(&format!("import calendar {file} --dry-run"));
    has_all(&dry["rows"][0], "key uid title action changes");
    assert_eq!(dry["rows"][0]["changes"][0]["field"], "start", "{dry}");
    assert!(
        studio
            .ok(&format!("import calendar {file} --dry-run --plain"))
            .starts_with("M-1\tupdated\tLeadership sync\tstart: ")
    );
    let plain = studio.ok(&format!("import calendar {file} --dry-run --plain"));
    assert!(plain.lines().next().unwrap().ends_with("\t3\t"), "the line that --without takes: {plain}");
    assert_eq!(studio.json(&format!("import calendar {file}"))["updated"], 1);
    let moved = studio.json("meeting list --from 2026-11-23 --to 2026-11-23");
    assert_eq!((moved.as_array().unwrap().len(), &moved[0]["reflected"]), (1, &true.into()));
    assert!(studio.ok("reflect --trend").contains("4 (n 1)"));
}

#[test]
fn people_their_time_and_meetings_are_kept() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--discipline", "design"]);
    studio.ok("person edit ana --hours 8,8,8,8,4 --factor 0.7 --from 2026-12-01");
    assert_eq!(studio.json("person show ana")["handle"], "ana");
    assert_eq!(studio.json("person list").as_array().unwrap().len(), 1);
    let absence = studio.json("absence add ana --from 2026-12-01 --to 2026-12-04");
    assert_eq!(absence["to"], "2026-12-04");
    studio.ok(&format!("absence remove {}", absence["id"]));
    let none = studio.run(&["absence", "list", "--json"]);
    assert_eq!((none.code, none.out.trim()), (3, "[]"));
    studio.ok("holiday add Xmas --on 2026-12-25");
    assert_eq!(studio.json("holiday list").as_array().unwrap().len(), 1);
    let meeting = studio.json("meeting add Sync --start 2026-11-24T10:00 --kind leadership --with Mara");
    assert_eq!(meeting["key"], "M-1");
    let edited = studio.json("meeting edit M-1 --minutes 30 --intent Decide");
    assert!(edited["end"].as_str().unwrap().contains("10:30"), "{edited}");
    assert_eq!(studio.json("meeting show M-1")["title"], "Sync");
}

#[test]
fn what_a_form_asks_of_a_meeting_and_of_a_share_are_options() {
    let studio = Studio::new();
    // A comma of a name parts nothing: each option is one person.
    studio.run(&["meeting", "add", "Sync", "--start", "wed 14:30", "--with", "Ek, Bo", "--with", "Ann"]);
    let meeting = studio.json("meeting show M-1");
    assert_eq!(meeting["start"].as_str().unwrap()[..16], *"2026-11-25T14:30");
    assert!(meeting["end"].as_str().unwrap().contains("15:30"), "{meeting}");
    assert_eq!(meeting["attendees"], serde_json::json!(["Ek, Bo", "Ann"]));
    studio.run(&["meeting", "edit", "M-1", "--start", "fri 9:00", "--minutes", "1 hour"]);
    assert_eq!(studio.json("meeting show M-1"), meeting, "nothing of a change is written if a part is wrong");
    studio.run(&["meeting", "move", "M-1", "fri 9:00"]);
    assert_eq!(studio.json("meeting show M-1")["start"].as_str().unwrap()[..16], *"2026-11-27T09:00");
    let refused = studio.refused("meeting add Sync --start soon");
    assert!(refused.0 == 5 && refused.1.contains("fri 10:00"), "{refused:?}");

    studio.ok("person add Ana --hours 8,8,8,8,8");
    studio.ok("add Poster due:fri");
    studio.run(&[
        "assign",
        "R-1",
        "ana",
        "--hours",
        "6h",
        "--from",
        "wed",
        "--shape",
        "front",
        "--tentative",
    ]);
    let share = &studio.json("show R-1")["allocations"][0];
    assert_eq!((&share["minutes"], &share["from"]), (&360.into(), &"2026-11-25".into()), "{share}");
    assert_eq!((&share["shape"], &share["tentative"]), (&"front".into(), &true.into()), "{share}");
}

#[test]
fn set_up_commands_say_what_they_promise() {
    let studio = Studio::new();
    assert!(studio.ok("config path --plain").contains("s.db"));
    studio.ok("config init");
    assert_eq!(studio.refused("config init").0, 5, "a file that is there is never overwritten");
    studio.ok("config check");
    studio.file("c.toml", "[team]\nday_hour = 7\n[keys]\nundoo = [\"z\"]\n");
    let checked = studio.run(&["config", "check"]);
    assert_eq!(checked.code, 5);
    assert!(checked.out.contains("line 2, column 1") && checked.out.contains("line 4"), "{}", checked.out);
    assert!(checked.out.contains("day_hours") && checked.out.contains("`undo`"), "{}", checked.out);
    let actions = studio.json("actions");
    has_all(&actions[0], "name title scope keys");
    assert!(studio.ok("completions bash").contains("tablesetter"));
    assert!(studio.ok("man").contains(".TH"));
    has_all(&studio.json("config show"), "team tiers keys");
    assert!(
        studio.ok("config preset asana").contains("[signature]")
            || !studio.ok("config preset asana").is_empty()
    );
    let doctor = studio.run(&["doctor", "--json"]);
    let checks: Value = serde_json::from_str(&doctor.out).unwrap();
    has_all(&checks[0], "check ok detail fix");
    assert_eq!(doctor.code, 1, "the configuration has faults");
    std::fs::remove_file(studio.0.path().join("c.toml")).unwrap();
    studio.ok("doctor");
}

#[test]
fn a_copy_brings_everything_back_and_that_can_be_undone() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana"]);
    studio.ok("add First ~8h due:fri");
    studio.ok("assign R-1 ana");
    let copy = studio.0.path().join("copy.db").to_str().unwrap().to_owned();
    studio.ok(&format!("backup {copy}"));
    assert_eq!(studio.refused(&format!("backup {copy}")).0, 5, "a file that is there is never overwritten");
    studio.ok("edit R-1 t1");
    studio.ok("add Second");
    studio.ok("person edit ana --name Anna");
    let everything = |studio: &Studio| {
        (studio.json("list stage:any"), studio.json("person list"), studio.json("load --days 14"))
    };
    let before = everything(&studio);
    studio.ok(&format!("restore {copy}"));
    assert_eq!(studio.json("list stage:any").as_array().unwrap().len(), 1);
    assert_eq!(studio.json("person show ana")["name"], "Ana Ruiz");
    studio.ok("undo");
    assert_eq!(everything(&studio), before);
    let copies = studio.json("backup --list");
    assert!(copies.as_array().unwrap().iter().any(|copy| copy["reason"] == "before-restore"), "{copies}");
    let path = copies[0]["path"].as_str().unwrap().to_owned();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&path, bytes).unwrap();
    let history = studio.ok("history --limit 0");
    let (code, err) = studio.refused(&format!("restore {path}"));
    assert!(code == 5 && err.contains("is not what it was"), "{code} {err}");
    assert!(!err.contains("the store is damaged"), "it is the copy that is: {err}");
    let other = studio.file("other.db", "not a store");
    assert!(studio.refused(&format!("restore {other}")).1.contains("is not a Tablesetter store"));
    assert_eq!(studio.ok("history --limit 0"), history, "what was refused changed nothing");
    assert!(studio.run(&["doctor"]).out.contains("is not what it was"));
}

#[test]
fn a_checksum_that_is_missing_or_empty_is_told_as_that() {
    let studio = Studio::new();
    studio.ok("add First");
    studio.ok("add Second");
    let copy = studio.json("backup")[0]["path"].as_str().unwrap().to_owned();
    studio.ok("add Third");
    let sum = format!("{copy}.sha256");
    for (is_empty, expected) in [(true, "the checksum beside"), (false, "has no checksum beside it")] {
        if is_empty {
            std::fs::write(&sum, "").unwrap();
        } else {
            std::fs::remove_file(&sum).unwrap();
        }
        // Only the newest copy is looked at.
        let newer = studio.json("backup --list")[0]["path"].as_str().unwrap().to_owned();
        assert_eq!(newer, copy);
        let told = studio.run(&["doctor"]).out;
        assert!(told.contains(expected) && !told.contains("is not what it was"), "{told}");
        let restored = studio.run(&["restore", &copy]);
        assert!(restored.code == 0 && restored.err.contains(expected), "{}", restored.err);
        assert_eq!(studio.json("list").as_array().unwrap().len(), 2);
        studio.ok("undo");
        // The copy that restore made of the store before itself.
        let before = studio.json("backup --list")[0]["path"].as_str().unwrap().to_owned();
        assert_ne!(before, copy);
        std::fs::remove_file(before).unwrap();
    }
}

#[test]
fn what_is_left_of_a_copy_that_was_broken_off_is_found_and_removed() {
    let studio = Studio::new();
    studio.ok("add First");
    studio.ok("backup");
    let left = studio.0.path().join("s-backups/.tablesetter-copy-dead");
    let leave = || {
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join("copy.db"), "half of it").unwrap();
    };
    std::fs::set_permissions(left.parent().unwrap(), PermissionsExt::from_mode(0o700)).unwrap();
    leave();
    std::fs::set_permissions(&left, PermissionsExt::from_mode(0o700)).unwrap();
    assert_eq!(wrong(&studio), ["broken copies"]);
    assert!(left.exists(), "asking mends nothing");
    studio.ok("doctor --fix");
    assert!(!left.exists() && wrong(&studio).is_empty());
    leave();
    studio.ok("backup");
    assert!(!left.exists(), "the next copy removes it as well");
}

#[test]
fn depth_and_length_are_bounded_on_the_command_line_too() {
    let studio = Studio::new();
    studio.ok("add Film");
    for (words, expected) in [
        (["list", &"(".repeat(15_000)], "column 65: `(` opens more than 64 brackets"),
        (["add", &"long ".repeat(15_000)], "column 65537: "),
    ] {
        let told = studio.run(&words);
        assert!(told.code == 5 && told.err.contains(expected) && told.err.len() < 400, "{}", told.err);
    }
    let told = studio.with_input(&["lint", "-"], &"process ".repeat(40_000));
    assert!(told.code == 5 && told.err.contains("a text holds at most 256 KiB"), "{}", told.err);
    let long = format!("Title,Notes\nPoster,\"{}\"\n", "n".repeat(300_000));
    let file = studio.file("long.csv", &long);
    let told = studio.json(&format!("import requests {file} --map Title=title --map Notes=notes"));
    assert!(
        told.to_string().contains("column 2: 293 KiB are too long; a text holds at most 256 KiB"),
        "{told}"
    );
    assert_eq!(studio.json("show R-2")["notes"].as_str().unwrap().len(), 256 << 10);
}

/// The checks of the doctor that find something wrong, by name.
fn wrong(studio: &Studio) -> Vec<String> {
    let checks: Value = serde_json::from_str(&studio.run(&["doctor", "--json"]).out).unwrap();
    let wrong = checks.as_array().unwrap().iter().filter(|check| check["ok"] == false);
    wrong.map(|check| check["check"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_doctor_does_one_safe_thing_about_each_thing_that_it_finds() {
    let studio = Studio::new();
    studio.ok("add First");
    studio.ok("add Second");
    assert!(wrong(&studio).is_empty());
    let copies = studio.json("backup --list");
    let copy = copies[0]["path"].as_str().unwrap().to_owned();
    std::fs::set_permissions(&copy, PermissionsExt::from_mode(0o644)).unwrap();
    std::fs::write(&copy, "no copy any more").unwrap();
    let config = "[team]\nday_hour = 7\nplanning_factor = 70\n[keys]\nundoo = [\"z\"]\n";
    studio.file("c.toml", config);
    assert_eq!(wrong(&studio), ["permissions", "copies", "configuration", "configuration"]);
    let proposed = studio.run(&["doctor"]).out;
    assert_eq!(proposed.matches("--fix").count(), 4, "{proposed}");
    assert_eq!(
        std::fs::read_to_string(studio.0.path().join("c.toml")).unwrap(),
        config,
        "asking mends nothing"
    );
    studio.ok("doctor --fix");
    assert!(wrong(&studio).is_empty());
    let kept = std::fs::read_to_string(studio.0.path().join("c-before-doctor.toml")).unwrap();
    assert_eq!(kept, config, "the file as it was is kept");
    assert_eq!(studio.json("config show").to_string().matches("70").count(), 1, "what is right still counts");
    studio.ok("doctor --fix");
    // A key of one's own that a default wanted works as it is written: told, and no fault.
    studio.file("c.toml", "[keys]\nundo = [\"z\"]\n");
    assert!(wrong(&studio).is_empty());
    assert!(studio.ok("doctor").contains("which lost it"));
}

#[test]
fn beside_a_damaged_store_the_doctor_puts_the_newest_whole_copy() {
    let studio = Studio::new();
    studio.ok("add First");
    let store = studio.0.path().join("s.db");
    let mut bytes = std::fs::read(&store).unwrap();
    bytes[4096..16_384].fill(0);
    std::fs::write(&store, &bytes).unwrap();
    assert!(studio.run(&["doctor"]).out.contains("--fix"));
    studio.ok("doctor --fix");
    assert_eq!(std::fs::read(&store).unwrap(), bytes, "the damaged file stays as it is");
    let mended = studio.0.path().join("s-from-copy.db");
    assert!(studio.ok(&format!("--store {} list", mended.display())).contains("First"));
}

#[test]
fn an_older_store_put_back_in_place_is_noticed() {
    let studio = Studio::new();
    studio.ok("add First");
    let old = std::fs::read(studio.0.path().join("s.db")).unwrap();
    studio.ok("add Second");
    std::fs::write(studio.0.path().join("s.db"), old).unwrap();
    let listed = studio.run(&["list"]);
    assert!(listed.err.contains("not the store as it was last seen here"), "{}", listed.err);
}

#[test]
fn a_sample_is_the_same_for_the_same_seed() {
    let studio = Studio::new();
    let list = |name: &str| {
        let store = studio.0.path().join(name).to_str().unwrap().to_owned();
        studio.ok(&format!("sample {store} --requests 300 --people 5 --meetings 20 --seed 7"));
        studio.ok(&format!("--store {store} list stage:any --plain"))
    };
    let one = list("one.db");
    assert_eq!(one, list("two.db"));
    assert_eq!(one.lines().count(), 300);
}

#[test]
fn hostile_text_is_harmless_in_every_output() {
    let studio = Studio::new();
    studio.run(&["add", "evil \u{1b}]0;owned\u{7}\u{9b}31m \u{202e}gpj \ttab"]);
    for words in ["list", "list --plain", "show R-1", "history", "history --plain"] {
        let out = studio.ok(words);
        let is_harmless =
            |c: char| !c.is_control() && !"\u{202e}\u{9b}".contains(c) || c == '\n' || c == '\t';
        assert!(out.chars().all(is_harmless), "{words}: {out:?}");
    }
    let stored = "evil \u{1b}]0;owned\u{7}\u{9b}31m \u{202e}gpj \ttab \u{3164}\u{7f}";
    studio.run(&["edit", "R-1", &format!("brand:\"{stored}\"")]);
    let acts = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{3164}".contains(c);
    for words in ["list --json", "show R-1 --json", "export requests --json", "history --json"] {
        let out = studio.ok(words);
        assert!(!out.contains(acts), "{words}: {out:?}");
    }
    assert_eq!(studio.json("list")[0]["brand"], stored, "it says the same all the same");
    assert!(studio.ok("export requests").contains(stored), "another program gets every letter");
    for words in
        ["\u{1b}]0;owned\u{7}", "--\u{9b}31m\u{202e}", "list --sort=\u{1b}[2J", "show \u{9b}2J --json"]
    {
        let (code, err) = studio.refused(words);
        assert!(code > 0 && !err.is_empty() && !err.contains(acts), "{words:?}: {err:?}");
    }
    let fields = studio.ok("list --plain");
    let again = studio.json("list");
    assert_eq!(fields.lines().count(), again.as_array().unwrap().len(), "one record a line");
}

#[test]
fn a_second_reflection_keeps_what_it_does_not_say_and_trends_say_of_what() {
    let studio = Studio::new();
    studio.run(&["meeting", "add", "Board", "--start", "2026-11-20T10:00", "--kind", "leadership"]);
    studio
        .ok("reflect M-1 --stance 4 --presence 45 --first o --expansion 3 --touched changed --moment shelf");
    let again = studio.json("reflect M-1 --stance 5");
    assert_eq!((&again["stance"], &again["moment"]), (&5.into(), &"shelf".into()), "{again}");
    assert_eq!((&again["expansion"], &again["presence"]["calm"]), (&3.into(), &4.into()), "{again}");
    assert_eq!(studio.run(&["reflect", "M-1", "--stance", "5", "--moment", ""]).code, 0);
    assert_eq!(studio.json("reflect M-1 --stance 5")["moment"], serde_json::Value::Null);
    let (code, said) = studio.refused("--presenting reflect M-1 --stance 2");
    assert!(code == 5 && said.contains("hidden while you present"), "{said}");
    for words in ["reflect --trend --series zork", "reflect --trend --series zork --json"] {
        let (code, said) = studio.refused(words);
        assert!(code == 3 && said.contains("no reflection is on `zork`; there are some on Board"), "{said}");
    }
    assert!(studio.ok("reflect M-1 --trend").contains("1 of 1 leadership meeting\n"));
    studio.run(&["meeting", "add", "Other", "--start", "2026-11-20T12:00"]);
    assert_eq!(studio.refused("reflect M-2 --trend").0, 3, "of its series, which has none");
}

#[test]
fn a_list_of_nobody_is_still_a_list() {
    let studio = Studio::new();
    let none = studio.run(&["person", "list", "--json"]);
    assert_eq!((none.code, none.out.trim()), (3, "[]"));
    studio.ok("person add Ana --discipline design");
    let load = studio.run(&["load", "discipline:zork", "--json"]);
    let shape: serde_json::Value = serde_json::from_str(&load.out).unwrap();
    assert_eq!((load.code, &shape["people"]), (3, &serde_json::json!([])));
    let unchanged = studio.run(&["person", "edit", "ana", "--discipline", "design"]);
    assert!(unchanged.err.contains("nothing to change"), "{}", unchanged.err);
}

#[test]
fn a_reflection_is_waved_off_and_that_is_taken_back() {
    let studio = Studio::new();
    studio.run(&["meeting", "add", "Board review", "--start", "2026-11-23T08:00", "--kind", "leadership"]);
    let told = studio.json("reflect M-1 --wave-off");
    assert_eq!((&told["meeting"], &told["waved_off"]), (&"M-1".into(), &true.into()), "{told}");
    let (code, error) = studio.refused("reflect M-1 --wave-off");
    assert!(code == 5 && error.contains("owed no reflection"), "{code} {error}");
    studio.ok("undo");
    studio.ok("reflect M-1 --wave-off");
    assert_eq!(studio.refused("reflect M-1").0, 2, "a stance is still needed otherwise");
}

#[test]
fn what_changed_since_the_cockpit_was_looked_at_is_told_on_the_command_line_too() {
    let studio = Studio::new();
    studio.ok("add Poster due:2026-11-20 requester:Mara");
    assert_eq!(studio.refused("meanwhile").0, 3, "the cockpit was never opened");
    let place = r#"{"last_look":{"at":"2026-11-23T09:00:00Z","operation":1}}"#;
    studio.file("s.db.place", &format!("{place}\n"));
    studio.ok("edit R-1 due:2026-11-27");
    let told = studio.json("meanwhile");
    has_all(&told, "since sections");
    assert_eq!(told["sections"][0]["title"], "Changed");
    assert_eq!(told["sections"][0]["lines"][0]["keys"][0], "R-1");
    let text = "Changed\tR-1\tR-1 Poster: due Fri 20 Nov → Fri 27 Nov, command line\n";
    assert_eq!(studio.ok("meanwhile --plain"), text);
    assert!(studio.ok("meanwhile").contains("What changed meanwhile"));
    assert_eq!(studio.json("meanwhile"), told, "reading it here does not put it away");
}

#[test]
fn work_that_comes_in_after_its_due_day_is_late_and_not_all_of_today() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8", "--factor", "1"]);
    let rows = "Summary,Issue key,Status,Assignee,Due date,Original estimate\n\
        Film,CR-1,In Progress,Ana Ruiz,2026-11-16,144000\n";
    let file = studio.file("jira.csv", rows);
    studio.ok(&format!("import requests {file}"));
    studio.ok("edit R-1 ~40h");
    let ana = &studio.json("load")["people"][0];
    assert_eq!(ana["forced_over"], serde_json::json!([]));
    assert_eq!(ana["late"][0]["minutes"], 2400, "{ana}");
    assert_eq!(
        (&ana["cells"][0]["late_minutes"], &ana["cells"][4]["late_minutes"]),
        (&480.into(), &480.into())
    );
    assert_eq!(studio.json("list")[0]["late_days"], 5);
    assert_eq!(studio.json("list is:late").as_array().map(Vec::len), Some(1));
    studio.ok("add Poster ~4h t3");
    let told = studio.ok("assign R-2 ana --to 2026-11-20");
    assert!(told.contains("Fri 20 Nov, already late"), "{told}");
}

#[test]
fn hours_left_come_in_and_count_as_said_only_when_they_change_there() {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8", "--factor", "1"]);
    let rows = |left: &str| {
        format!(
            "Key,Title,Status,Assignee,Due date,Estimate,Left\nA-1,Film,In Progress,Ana Ruiz,2026-12-04,40,{left}\n"
        )
    };
    let import = |text: &str| {
        let file = studio.file("left.csv", text);
        studio.ok(&format!("import requests {file} --map Key=external-id"));
        let row = studio.json("show R-1");
        (row["left_minutes"].as_i64(), row["left_as_of"].as_str().map(str::to_owned))
    };
    assert_eq!(import(&rows("30")), (Some(1800), Some("2026-11-23".to_owned())));
    studio.ok("edit R-1 estimate:50h");
    assert_eq!(import(&rows("30")).0, Some(2400), "the same file says nothing new");
    assert_eq!(import(&rows("12")).0, Some(720));
}
