//! The contract of the command line where scripts lean on it hardest: errors as JSON, the journal, records in
//! lines, days, zones and the pager.

use serde_json::Value;

use super::cli::{Studio, has_all};

#[test]
fn wrong_usage_is_told_as_json_too() {
    let studio = Studio::new();
    for (words, part) in [
        ("--json nonsense", "nonsense"),
        ("list --lmit 3 --json", "--lmit"),
        ("show --json", "<KEY>"),
        ("reflect M-1 --stance 9 --json", "9"),
        ("meeting --json", "subcommand"),
        ("list --json --plain", "--plain"),
        ("--json", "terminal"),
    ] {
        let done = studio.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{words}");
        let error: Value =
            serde_json::from_str(&done.err).unwrap_or_else(|_| panic!("{words}: {}", done.err));
        has_all(&error["error"], "message hint");
        assert!(error["error"]["message"].as_str().unwrap().contains(part), "{words}: {error}");
    }
    let (code, err) = studio.refused("nonsense");
    assert!(code == 2 && err.starts_with("error: "), "for people it is text: {err}");
    let (code, err) = studio.refused("add -- nonsense --json --lmit");
    assert_eq!(code, 0, "behind -- there are only words: {err}");
    let help = studio.ok("--help");
    for name in [
        "TABLESETTER_STORE",
        "TABLESETTER_CONFIG",
        "TABLESETTER_NOW",
        "TZ",
        "NO_COLOR",
        "VISUAL",
        "EDITOR",
        "PAGER",
    ] {
        assert!(help.contains(name), "{name}: {help}");
    }
}

#[test]
fn undo_and_redo_answer_as_the_journal_does() {
    let studio = Studio::new();
    let nothing = studio.run(&["undo", "--json"]);
    assert_eq!(nothing.code, 3, "{}", nothing.err);
    let error: Value = serde_json::from_str(&nothing.err).unwrap();
    has_all(&error["error"], "message hint");
    studio.ok("add Film");
    for command in ["undo", "redo"] {
        let told = studio.json(command);
        assert_eq!(told.as_array().unwrap().len(), 1);
        has_all(&told[0], "id at label origin undone changes");
        assert_eq!(told[0], studio.json("history --limit 1")[0], "{command}");
    }
    assert_eq!(studio.refused("redo").0, 3);
    assert_eq!(studio.refused("undo 99").0, 3);
}

#[test]
fn a_record_is_shown_with_what_touches_it() {
    let studio = Studio::new();
    studio.ok("person add Ana --handle ana --discipline design --hours 8,8,8,8,8");
    studio.ok("add Film ~6h due:fri");
    let assigned = studio.json("assign R-1 ana");
    assert_eq!(assigned["allocation"]["allocated_minutes"], 360);
    studio.ok("risk add Late-copy --on R-1");
    let shown = studio.json("show R-1");
    assert_eq!(shown["key"], "R-1");
    assert_eq!(shown["allocations"][0]["person"], "ana");
    assert_eq!(shown["touches"][0]["key"], "K-1", "{shown}");
    has_all(&shown["history"][0], "id at label origin undone changes");
    let review = studio.json("review --quarter 2026Q2");
    assert_eq!((&review["from"], &review["to"]), (&"2026-04-01".into(), &"2026-06-30".into()));
    let review = studio.json("review --week 2026-11-18");
    assert_eq!((&review["from"], &review["to"]), (&"2026-11-16".into(), &"2026-11-22".into()));
    let absence = studio.json("absence add ana --from 2026-12-01 --hours 4");
    assert_eq!(absence["per_day_minutes"], 240);
    assert_eq!(studio.json("absence remove 1"), absence, "what was taken away");
    let holiday = studio.json("holiday add Feast --on 2026-12-24");
    assert_eq!(studio.json("holiday remove 1"), holiday);
}

/// A studio with a record of every kind.
fn with_one_of_each() -> Studio {
    let studio = Studio::new();
    let set_up = [
        "person add Ana --handle ana --discipline design",
        "add Film ~6h due:fri",
        "assign R-1 ana",
        "absence add ana --from 2026-12-01",
        "holiday add Feast --on 2026-12-24",
        "outcome add Sooner --lever speed-to-market --metric days --baseline 14 --target 9",
        "outcome reading O-1 13 --on 2026-11-02",
        "outcome reading O-1 12 --on 2026-11-20",
        "stakeholder add Mara",
        "decision add Sign? --approver Mara",
        "promise add Figures --to Mara --due 2026-11-25",
        "promise add Kept --to Mara --due 2026-11-25",
        "promise keep P-2",
        "risk add Copy --on R-1 --raise-by 2026-11-27",
        "friction add Waiting --area process --hours 2",
        "gain add Templates --hours 3 --from 2026-11-02",
        "redirect add G-1 R-1 --hours 1",
        "meeting add Board --start 2026-11-23T08:00 --kind leadership",
        "reflect M-1 --stance 4",
    ];
    for words in set_up {
        studio.ok(words);
    }
    studio
}

/// Weekdays and months as people read them; a program gets ISO days.
fn has_day_for_people(field: &str) -> bool {
    let words: Vec<&str> = field.split(|c: char| !c.is_alphanumeric()).collect();
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    words.windows(2).any(|pair| pair[0].parse::<u8>().is_ok() && months.contains(&pair[1]))
}

#[test]
fn plain_is_one_record_a_line_with_iso_days() {
    let studio = with_one_of_each();
    for (words, columns) in [
        ("list", 8),
        ("show R-1", 8),
        ("edit R-1 t2", 8),
        ("move R-1 clarifying", 8),
        ("load --days 3", 9),
        ("forecast R-1", 3),
        ("person list", 5),
        ("absence list", 7),
        ("holiday list", 4),
        ("outcome list", 8),
        ("stakeholder list", 6),
        ("decision list", 5),
        ("promise list", 4),
        ("risk list", 6),
        ("friction list", 5),
        ("gain list", 5),
        ("redirect list", 3),
        ("meeting list", 6),
        ("standup", 3),
        ("brief", 3),
        ("review", 3),
        ("history", 5),
        ("undo", 5),
        ("redo", 5),
        ("reflect --trend", 2),
        ("link R-1 O-1", 3),
        ("config path", 2),
        ("config show", 2),
        ("actions", 4),
        ("doctor", 4),
    ] {
        let out = studio.ok(&format!("{words} --plain"));
        assert!(!out.is_empty(), "{words}");
        for line in out.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), columns, "{words}: {line}");
            let is_record_list = words.ends_with("list") || words.starts_with("history");
            let days = fields.iter().take(if words == "history" { 2 } else { columns });
            assert!(
                !is_record_list || !days.clone().any(|field| has_day_for_people(field)),
                "{words}: {line}"
            );
        }
    }
    let promises = studio.ok("promise list --plain");
    assert!(promises.contains("due 2026-11-25") && promises.contains("kept 2026-11-23"), "{promises}");
}

#[test]
fn words_behind_a_field_never_rename_a_request() {
    let studio = Studio::new();
    studio.ok("add Film");
    // As a shell hands over outcome:"Lift trial sign-ups".
    let done = studio.run(&["edit", "R-1", "outcome:Lift trial sign-ups"]);
    assert_eq!(done.code, 5, "{}", done.err);
    assert!(done.err.contains("outcome:\"Lift trial sign-ups\""), "{}", done.err);
    assert_eq!(studio.run(&["edit", "R-1", "outcome:Lift", "trial", "sign-ups"]).code, 5);
    let request = studio.json("show R-1");
    assert_eq!((&request["title"], &request["outcome"]), (&"Film".into(), &Value::Null));
    studio.run(&["edit", "R-1", "outcome:\"Lift trial sign-ups\""]);
    studio.run(&["edit", "R-1", "New", "name", "measure:Sign-ups a week", "t1"]);
    let request = studio.json("show R-1");
    assert_eq!((&request["title"], &request["tier"]), (&"New name".into(), &1.into()));
    assert_eq!(request["outcome"], "Lift trial sign-ups");
    assert_eq!(request["measure"], "Sign-ups a week");
}

#[test]
fn closed_work_is_listed_when_it_is_asked_for() {
    let studio = Studio::new();
    studio.ok("add Film #spring");
    studio.ok("add Poster");
    studio.ok("move R-1 declined --reason later");
    let keys = |words: &str| -> Vec<String> {
        let rows = studio.json(words);
        rows.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(keys("list"), ["R-2"]);
    for words in [
        "stage:declined",
        "stage:closed",
        "stage:any film",
        "film stage:any",
        "(stage:any) #spring",
        "stage:all -poster",
    ] {
        assert_eq!(keys(&format!("list {words}")), ["R-1"], "{words}");
    }
    assert_eq!(keys("list stage:any").len(), 2);
    assert_eq!(keys("list stage:any --limit 1").len(), 1);
}

#[test]
fn a_fixed_instant_is_seen_in_the_zone_of_the_user() {
    let studio = Studio::new();
    let created = |zone: Option<&str>, title: &str| {
        let mut command = assert_cmd::Command::from_std(crate::tablesetter());
        command.env("TABLESETTER_STORE", studio.0.path().join("s.db"));
        command.env("TABLESETTER_CONFIG", studio.0.path().join("c.toml"));
        command.env("TABLESETTER_NOW", "2026-11-19T20:00:00-08:00");
        if let Some(zone) = zone {
            command.env("TZ", zone);
        }
        let output = command.args(["add", title, "due:today", "--json"]).output().unwrap();
        let request: Value = serde_json::from_slice(&output.stdout).unwrap();
        (request["created"].as_str().unwrap().to_owned(), request["due"].as_str().unwrap().to_owned())
    };
    let told = |at: &str, due: &str| (at.to_owned(), due.to_owned());
    assert_eq!(created(None, "a"), told("2026-11-19T20:00:00-08:00", "2026-11-19"));
    assert_eq!(created(Some(""), "b"), told("2026-11-19T20:00:00-08:00", "2026-11-19"));
    assert_eq!(created(Some("Europe/Berlin"), "c"), told("2026-11-20T05:00:00+01:00", "2026-11-20"));
    assert_eq!(created(Some("America/Los_Angeles"), "d"), told("2026-11-19T20:00:00-08:00", "2026-11-19"));
}

#[test]
fn whose_a_calendar_is_is_said_once_with_the_command_that_is_told() {
    let studio = Studio::new();
    let event = "BEGIN:VEVENT\nUID:a\nSUMMARY:Council\nDTSTART:20261124T100000Z\n\
        ATTENDEE;CN=Robin Vale;PARTSTAT=DECLINED:mailto:robin@x.example\nEND:VEVENT\n";
    let text = format!("BEGIN:VCALENDAR\nX-WR-CALNAME:Robin Vale\n{event}END:VCALENDAR\n");
    let file = studio.file("a.ics", &text);
    let told = studio.run(&["import", "calendar", &file]).out;
    assert!(told.contains("`tablesetter config names robin@x.example 'Robin Vale'`"), "{told}");
    studio.file("c.toml", "# mine\n");
    let said = studio.run(&["config", "names", "robin@x.example", "Robin Vale"]);
    assert!(said.err.contains("you are robin@x.example, Robin Vale"), "{}{}", said.out, said.err);
    assert!(
        std::fs::read_to_string(studio.0.path().join("c.toml")).unwrap().starts_with("# mine\n\n[lead]\n")
    );
    let again = studio.run(&["import", "calendar", &file]).out;
    assert!(again.contains("1 updated") && !again.contains("config names"), "{again}");
    assert_eq!(studio.ok("config names"), "robin@x.example\nRobin Vale\n");
    studio.ok("config names --none");
    assert_eq!(studio.ok("config names"), "", "what was said is taken back");
    let silent = studio.run(&["import", "calendar", &file]).out;
    assert!(!silent.contains("config names"), "{silent}");
}
