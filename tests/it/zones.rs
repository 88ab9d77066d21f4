//! A lead who travels: what is over is told by the zone in which it was, what is to come by the one they are in.

use serde_json::Value;

use crate::cli::Studio;

const LONDON: &str = "Europe/London";
const TOKYO: &str = "Asia/Tokyo";
const NEW_YORK: &str = "America/New_York";
const LIST: &str = "ID,Title,Status,Created,Delivered\n1,Old,Delivered,2026-07-01,2026-07-15\n";

/// A command where and when the lead is; without a zone, in the offset of the instant.
fn run(studio: &Studio, (zone, now): (&str, &str), words: &str) -> String {
    let mut command = assert_cmd::Command::from_std(crate::tablesetter());
    command.env("TABLESETTER_STORE", studio.0.path().join("s.db"));
    command.env("TABLESETTER_CONFIG", studio.0.path().join("c.toml"));
    command.env("TABLESETTER_NOW", now).env("TZ", zone);
    let output = command.args(words.split(' ')).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{words}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

fn delivered(studio: &Studio, at: (&str, &str), key: &str) -> String {
    let shape: Value = serde_json::from_str(&run(studio, at, &format!("show {key} --json"))).unwrap();
    shape["delivered"].as_str().unwrap().to_owned()
}

fn zones(studio: &Studio) -> Vec<String> {
    let store = rusqlite::Connection::open(studio.0.path().join("s.db")).unwrap();
    let mut rows = store.prepare("SELECT zone FROM zone_since ORDER BY at").unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Delivered on a Monday night, and what was delivered in summer and is taken from a list in November.
fn deliver(studio: &Studio, at: (&str, &str)) {
    run(studio, at, "add Film");
    for stage in ["ready", "in-progress", "delivered"] {
        run(studio, at, &format!("move R-1 {stage}"));
    }
    run(studio, at, &format!("import requests {}", studio.file("in.csv", LIST)));
}

/// Whatever is told of what is over.
fn telling(studio: &Studio, at: (&str, &str)) -> Vec<String> {
    let words = [
        "history",
        "history --json",
        "review --week 2026-11-23",
        "export requests --format csv",
        "list stage:any --json",
    ];
    words.iter().map(|words| run(studio, at, words)).collect()
}

#[test]
fn what_was_delivered_on_a_monday_night_stays_mondays_on_every_way() {
    let studio = Studio::new();
    deliver(&studio, (LONDON, "2026-11-23T23:30:00+00:00"));
    // Wednesday everywhere.
    let now = "2026-11-25T13:00:00+00:00";
    let home = telling(&studio, (LONDON, now));
    assert!(home[0].contains("Mon 23 Nov 23:30"), "{}", home[0]);
    assert!(home[3].contains("2026-11-23T23:30:00+00:00") && home[3].contains("2026-07-15T00:00:00+01:00"));
    for zone in [TOKYO, NEW_YORK] {
        assert_eq!(telling(&studio, (zone, now)), home, "{zone}");
    }
    assert_eq!(zones(&studio), [LONDON], "whoever reads writes nothing");
    run(&studio, (TOKYO, now), "add Next");
    assert_eq!(zones(&studio), [LONDON, TOKYO]);
    for at in [(LONDON, "2026-12-24T13:00:00+00:00"), (TOKYO, now), (NEW_YORK, "2027-07-24T13:00:00+00:00")] {
        assert_eq!(delivered(&studio, at, "R-1"), "2026-11-23T23:30:00+00:00");
        assert_eq!(delivered(&studio, at, "R-2"), "2026-07-15T00:00:00+01:00");
        let again = run(&studio, at, &format!("import requests {}", studio.file("in.csv", LIST)));
        assert!(again.contains("1 unchanged"), "{again}");
    }
}

#[test]
fn an_offset_alone_keeps_its_days_too() {
    let studio = Studio::new();
    let night = ("", "2026-11-23T23:30:00-08:00");
    deliver(&studio, night);
    for at in [night, ("", "2026-11-25T09:00:00+00:00"), (TOKYO, "2026-11-25T09:00:00+00:00")] {
        assert_eq!(delivered(&studio, at, "R-1"), "2026-11-23T23:30:00-08:00", "{at:?}");
        assert!(run(&studio, at, "history --limit 1").contains("Mon 23 Nov 23:30"), "{at:?}");
    }
}

#[test]
fn zones_go_along_with_an_export_and_stay_when_a_copy_comes_back() {
    let (from, to) = (Studio::new(), Studio::new());
    deliver(&from, (LONDON, "2026-11-23T23:30:00+00:00"));
    let abroad = (TOKYO, "2026-11-25T09:00:00+00:00");
    let copy = from.0.path().join("copy.db").display().to_string();
    run(&from, abroad, &format!("backup {copy}"));
    run(&from, abroad, "add Next");
    let all = from.0.path().join("all.json").display().to_string();
    run(&from, abroad, &format!("export all --output {all}"));
    // Into a store that was begun elsewhere, a day later.
    let later = (NEW_YORK, "2026-11-26T15:00:00+00:00");
    run(&to, later, &format!("import all {all}"));
    assert_eq!(zones(&to), [LONDON, TOKYO, NEW_YORK]);
    assert_eq!(delivered(&to, later, "R-2"), "2026-07-15T00:00:00+01:00");
    // The copy knows nothing of Tokyo yet; what was written there was written there all the same.
    run(&from, later, &format!("restore {copy}"));
    assert_eq!(zones(&from), [LONDON, TOKYO, NEW_YORK]);
    assert_eq!(delivered(&from, later, "R-1"), "2026-11-23T23:30:00+00:00");
}

#[test]
fn a_store_is_read_whose_clock_told_parts_of_a_second() {
    let studio = Studio::new();
    let at = (LONDON, "2026-11-23T09:00:00.706245118+00:00");
    let store = studio.0.path().join("demo.db").to_str().unwrap().to_owned();
    run(&studio, at, &format!("demo --keep {store}"));
    for words in ["meeting list --from 2026-10-01 --to 2026-12-31", "standup", "brief next", "review", "load"]
    {
        assert!(!run(&studio, at, &format!("--store {store} {words}")).is_empty(), "{words}");
    }
}
