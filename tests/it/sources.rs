//! Sources from outside: what they bring, when they may run, and that an address is seen nowhere.

mod addresses;
mod folders;
mod mapped;
mod running;

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

use super::cli::{Outcome, Studio, has_all};

/// What the contract promises of a source.
const SOURCE: &str = "name what from preset every_minutes refreshed age_minutes offered error";

const NOW: &str = "2026-11-23T09:12:00+00:00";
const TABLE: &str = "Key,Title,Due\nJ-1,Film,2026-12-01\nJ-2,Poster,2026-12-02\n";

/// A store and a configuration of one's own, at one time, with one more variable.
pub struct Machine<'a> {
    pub studio: &'a Studio,
    pub config: &'a str,
    pub now: &'a str,
    pub variables: Vec<(&'a str, String)>,
}

impl<'a> Machine<'a> {
    pub fn new(studio: &'a Studio) -> Self {
        Self { studio, config: "c.toml", now: NOW, variables: Vec::new() }
    }

    /// A command of the program, not begun yet.
    pub fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = crate::tablesetter();
        command
            .args(arguments)
            .env("HOME", self.studio.0.path())
            .env("TABLESETTER_STORE", self.studio.0.path().join("s.db"))
            .env("TABLESETTER_CONFIG", self.studio.0.path().join(self.config))
            .env("TABLESETTER_NOW", self.now)
            .envs(self.variables.iter().map(|(name, value)| (*name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str], input: &str) -> Outcome {
        let output = Command::from_std(self.command(arguments))
            .write_stdin(input)
            .timeout(Duration::from_mins(1))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub fn ok(&self, arguments: &[&str]) -> Outcome {
        let done = self.run(arguments, "");
        assert_eq!(done.code, 0, "{arguments:?}: {}{}", done.out, done.err);
        done
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let done = self.ok(&[arguments, &["--json"]].concat());
        serde_json::from_str(&done.out).unwrap()
    }

    /// The one source of a name.
    pub fn source(&self, name: &str) -> Value {
        let all = self.json(&["source", "list"]);
        all.as_array().unwrap().iter().find(|source| source["name"] == name).unwrap().clone()
    }

    /// A refusal, by its code and what it says.
    pub fn refused(&self, arguments: &[&str], code: i32, part: &str) -> String {
        let done = self.run(arguments, "");
        assert_eq!(done.code, code, "{arguments:?}: {}{}", done.out, done.err);
        assert!(done.err.contains(part), "{arguments:?}: {}", done.err);
        done.err
    }
}

fn write(studio: &Studio, name: &str, text: &str) -> String {
    let path = studio.0.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn event(uid: &str, title: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20261224T100000Z\r\nDURATION:PT1H\r\nSUMMARY:{title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[test]
fn a_source_is_added_changed_and_removed_and_each_can_be_undone() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    assert_eq!(here.run(&["source", "list"], "").code, 3);
    assert_eq!(here.run(&["source", "refresh"], "").code, 3);
    let added = here.json(&[
        "source",
        "add",
        "Jira",
        "--what",
        "requests",
        "--newest",
        "~/D/jira-*.csv",
        "--preset",
        "jira",
        "--every",
        "30",
    ]);
    has_all(&added[0], SOURCE);
    assert_eq!(added.as_array().unwrap().len(), 1);
    assert_eq!((&added[0]["from"], &added[0]["every_minutes"]), (&"~/D/jira-*.csv".into(), &30.into()));
    for name in ["refreshed", "age_minutes", "offered", "error", "asleep"] {
        assert_eq!(added[0][name], Value::Null, "{name}");
    }
    here.refused(
        &["source", "add", "jira", "--what", "people", "--file", "x"],
        5,
        "there is a source Jira already",
    );
    let edited = here.json(&["source", "edit", "jira", "--by-key", "--apply", "--preset", ""]);
    assert_eq!((&edited[0]["every_minutes"], &edited[0]["applies"]), (&Value::Null, &true.into()));
    here.ok(&["undo"]);
    assert_eq!(here.source("Jira")["every_minutes"], 30);
    has_all(&here.json(&["source", "remove", "JIRA"])[0], SOURCE);
    assert_eq!(here.run(&["source", "list"], "").code, 3);
    here.ok(&["undo"]);
    assert_eq!(here.source("Jira")["preset"], "jira");
    let history = here.ok(&["history"]).out;
    assert!(history.contains("Added the source Jira") && history.contains("Undid: Removed"), "{history}");
    let plain = here.ok(&["source", "list", "--plain"]).out;
    assert!(plain.starts_with("Jira\trequests\tnewest\t~/D/jira-*.csv\tjira\t30\t"), "{plain}");
}

#[test]
fn what_cannot_be_a_source_is_told() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let add = |words: &[&str], code, part| {
        here.refused(&[&["source", "add"], words].concat(), code, part);
    };
    add(&["Jira", "--what", "requests"], 2, "say where it comes from");
    add(&["Jira", "--what", "colours", "--file", "x"], 2, "requests, people, absences, shares, calendar");
    add(&["Jira", "--what", "calendar", "--file", "x", "--preset", "jira"], 5, "presets are for");
    add(&["a/b", "--what", "people", "--file", "x"], 5, "no name for a source");
    add(&["Jira", "--what", "requests", "--newest", "a.csv", "b.csv"], 2, "quote");
    add(&["Jira", "--what", "requests", "--file", "a", "--command", "b"], 2, "cannot be used with");
    here.refused(&["source", "refresh", "Jira"], 3, "there is no source `Jira`");
    let done = here.run(&["source", "edit", "Jira", "--by-key", "--json"], "");
    let error: Value = serde_json::from_str(&done.err).unwrap();
    has_all(&error["error"], "message hint");
}

#[test]
fn a_refresh_offers_and_takes_in_nothing_until_it_is_asked_to() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "D/jira-1.csv", TABLE);
    here.ok(&["source", "add", "Jira", "--what", "requests", "--newest", "~/D/jira-*.csv"]);
    let told = here.ok(&["source", "refresh", "Jira"]);
    assert!(told.out.starts_with("2 would be created"), "{}", told.out);
    assert!(told.err.contains("source refresh 'Jira' --apply"), "{}", told.err);
    assert_eq!(here.source("Jira")["offered"], serde_json::json!({ "new": 2, "changed": 0, "gone": 0 }));
    assert_eq!(here.source("Jira")["current"], Value::Null);
    assert!(here.ok(&["source", "list"]).out.contains("Jira: 2 new; "));
    assert_eq!(here.run(&["list"], "").code, 3, "nothing came in");
    let applied = here.json(&["source", "refresh", "Jira", "--apply", "--without", "3"]);
    has_all(&applied[0], SOURCE);
    assert_eq!((&applied[0]["report"]["created"], &applied[0]["report"]["skipped"]), (&1.into(), &1.into()));
    assert!(applied[0]["operation"].is_number());
    assert_eq!(here.json(&["list"])[0]["source"], "Jira");
    here.ok(&["source", "refresh", "Jira", "--apply"]);
    let told = here.ok(&["source", "refresh", "Jira"]);
    assert!(
        told.err.contains("there is nothing to take in") && !told.err.contains("--apply"),
        "{}",
        told.err
    );
}

#[test]
fn what_a_source_is_set_to_apply_is_taken_in_and_can_be_undone() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "D/jira-1.csv", TABLE);
    here.ok(&["source", "add", "Jira", "--what", "requests", "--newest", "~/D/jira-*.csv"]);
    here.ok(&["source", "refresh", "Jira", "--apply", "--without", "3"]);
    // One that is newer is taken instead, and is known as the same source.
    std::thread::sleep(Duration::from_millis(20));
    write(&studio, "D/jira-0.csv", &TABLE.replace("2026-12-01", "2026-12-09"));
    let offered = here.json(&["source", "refresh"])[0]["offered"].clone();
    assert_eq!(offered, serde_json::json!({ "new": 1, "changed": 1, "gone": 0 }));
    here.ok(&["source", "edit", "Jira", "--apply"]);
    here.ok(&["source", "refresh", "Jira", "--dry-run"]);
    assert_eq!(here.json(&["list"]).as_array().unwrap().len(), 1);
    here.ok(&["source", "refresh", "Jira"]);
    assert_eq!(here.json(&["list"])[0]["due"], "2026-12-09");
    here.ok(&["undo"]);
    assert_eq!(here.json(&["list"])[0]["due"], "2026-12-01");
    let told = here.ok(&["source", "refresh", "Jira"]);
    assert!(told.err.contains("was undone, so it is only offered"), "{}", told.err);
    assert_eq!(here.json(&["list"])[0]["due"], "2026-12-01");
    let history = here.json(&["history", "--limit", "2"]);
    assert_eq!(history[1]["origin"], "import");
    assert!(history[1]["label"].as_str().unwrap().starts_with("Imported 2 requests from Jira"), "{history}");
}

#[test]
fn tables_that_were_imported_by_hand_are_known_again() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let file = write(&studio, "board.csv", TABLE);
    here.ok(&["import", "requests", &file, "--source", "board"]);
    here.ok(&["source", "add", "Our board", "--what", "requests", "--file", &file, "--source", "board"]);
    let report = here.json(&["source", "refresh", "our board"])[0]["report"].clone();
    assert_eq!((&report["created"], &report["unchanged"]), (&0.into(), &2.into()), "{report}");
}

#[test]
fn people_and_absences_come_from_sources_too() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let people = write(&studio, "people.csv", "Name,Handle,Hours\nAna,ana,8\nBen,ben,8\n");
    let away = write(&studio, "away.csv", "Person,From,To\nana,03/04/2027,05/04/2027\n");
    here.ok(&["source", "add", "Team", "--what", "people", "--file", &people, "--apply"]);
    here.ok(&["source", "add", "Away", "--what", "absences", "--file", &away, "--apply", "--month-first"]);
    here.ok(&["source", "refresh", "Team"]);
    here.ok(&["source", "refresh", "Away"]);
    assert_eq!(here.json(&["person", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(here.json(&["absence", "list"])[0]["from"], "2027-03-04");
}

#[test]
fn shares_come_from_a_source_every_morning_and_stand_in_the_load() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    here.ok(&["person", "add", "Ana Lind", "--handle", "ana", "--discipline", "design"]);
    here.ok(&["add", "Film t3 ~40h due:2026-12-18"]);
    let plan = "People,Project,Start Date,End Date,Hours/Day\nAna Lind,Film,2026-11-30,2026-12-04,4\n";
    let file = write(&studio, "float.csv", plan);
    here.ok(&["source", "add", "Float", "--what", "shares", "--file", &file]);
    let offered = here.json(&["source", "refresh", "Float"]);
    assert_eq!(offered[0]["offered"], serde_json::json!({ "new": 1, "changed": 0, "gone": 0 }));
    let told = here.ok(&["source", "refresh", "Float", "--apply"]);
    assert!(
        told.out.starts_with("1 created") && told.err.contains("`Hours/Day` is so much on each"),
        "{}{}",
        told.out,
        told.err
    );
    let load = here.json(&["load", "--from", "2026-11-30", "--days", "5"]);
    let row = load["people"].as_array().unwrap().iter().find(|row| row["handle"] == "ana").unwrap();
    for cell in row["cells"].as_array().unwrap() {
        assert_eq!(cell["confirmed_minutes"], 240, "{row}");
    }
    // The whole share is what the load says, not the estimate that its request has.
    let shown = here.json(&["show", "R-1"])["allocations"][0].clone();
    assert_eq!((&shown["allocated_minutes"], &shown["minutes"]), (&1200.into(), &Value::Null), "{shown}");
    assert_eq!(here.json(&["export", "all"])["allocations"][0]["allocated_minutes"], 1200);
    assert!(
        here.ok(&["show", "R-1"]).out.contains("ana Mon 30 Nov to Fri 4 Dec: 20h left"),
        "{}",
        here.ok(&["show", "R-1"]).out
    );
    let again = here.json(&["source", "refresh", "Float", "--apply"])[0]["report"].clone();
    assert_eq!(
        (&again["created"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &1.into())
    );
    // By hand it is the same share of the same source if that is said, and the text, fields and JSON tell the same.
    write(&studio, "float.csv", &plan.replace("04,4", "04,5"));
    let rehearsed = here.json(&["import", "shares", &file, "--source", "Float", "--dry-run"]);
    assert_eq!(rehearsed["rows"][0]["changes"][0]["field"], "hours", "{rehearsed}");
    let fields = here.ok(&["import", "shares", &file, "--source", "Float", "--dry-run", "--plain"]).out;
    assert!(fields.starts_with("2\tupdated\tR-1\tFilm (@ana)\t"), "{fields}");
    let text = here.ok(&["import", "shares", &file, "--source", "Float", "--dry-run"]).out;
    assert!(text.contains("hours 4h a day → 5h a day"), "{text}");
    here.refused(&["import", "absences", &file], 5, "import shares");
    here.refused(&["import", "requests", &file], 5, "import shares");
    here.refused(&["import", "shares", &file, "--map", "Hours/Day"], 2, "hours-per-day");
    here.ok(&["undo"]);
    assert_eq!(here.json(&["show", "R-1"])["allocations"], serde_json::json!([]));
}

#[test]
fn what_vanished_from_a_folder_of_events_is_cancelled() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "cal/work/a.ics", &event("a", "Standup"));
    write(&studio, "cal/work/b.ics", &event("b", "Review"));
    write(&studio, "cal/work/displayname", "Work");
    here.ok(&["source", "add", "Work", "--what", "calendar", "--folder", "~/cal", "--apply"]);
    let report = here.json(&["source", "refresh", "Work"])[0]["report"].clone();
    assert_eq!(report["created"], 2);
    std::fs::remove_file(studio.0.path().join("cal/work/b.ics")).unwrap();
    let offered = here.json(&["source", "refresh", "Work", "--dry-run"])[0]["offered"].clone();
    assert_eq!(offered, serde_json::json!({ "new": 0, "changed": 0, "gone": 1 }));
    // One that cannot be read has not vanished, and says nothing about the others.
    write(&studio, "cal/work/a.ics", "no calendar\n");
    write(&studio, "cal/work/c.ics", &event("c", "Pitch"));
    let told = here.json(&["source", "refresh", "Work", "--dry-run"])[0].clone();
    assert_eq!(told["offered"], serde_json::json!({ "new": 1, "changed": 0, "gone": 0 }));
    assert!(told["report"]["problems"].to_string().contains("a.ics"), "{told}");
    write(&studio, "cal/work/a.ics", &event("a", "Standup"));
    assert_eq!(here.json(&["source", "refresh", "Work"])[0]["report"]["vanished"], 1);
    here.ok(&["undo"]);
    std::fs::remove_dir_all(studio.0.path().join("cal/work")).unwrap();
    here.refused(&["source", "refresh", "Work"], 3, "there is no .ics file");
    let left = here.json(&["meeting", "list", "--from", "2026-12-24", "--to", "2026-12-24"]);
    assert!(left.as_array().unwrap().iter().all(|meeting| meeting["status"] == "confirmed"), "{left}");
}

#[test]
fn a_refresh_that_fails_keeps_what_was_there_and_says_why() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    here.ok(&["source", "add", "Jira", "--what", "requests", "--newest", "~/D/jira-*.csv"]);
    here.refused(&["source", "refresh", "Jira"], 3, "is not there any more");
    std::fs::create_dir(studio.0.path().join("D")).unwrap();
    here.refused(&["source", "refresh", "Jira"], 3, "nothing fits");
    write(&studio, "D/jira-1.csv.crdownload", "x");
    here.refused(&["source", "refresh", "Jira"], 3, "jira-1.csv.crdownload is still on its way");
    let file = write(&studio, "D/jira-1.csv", TABLE);
    let told = here.ok(&["source", "refresh", "Jira", "--apply"]);
    assert!(told.err.contains("left out"), "{}", told.err);
    write(&studio, "D/jira-1.csv", "<html><body>Log in</body></html>");
    let later = Machine { now: "2026-11-23T10:12:00+00:00", ..Machine::new(&studio) };
    later.refused(&["source", "refresh", "Jira"], 5, "Jira: ");
    let (before, source) = (here.json(&["list"]), later.source("Jira"));
    assert_eq!(before.as_array().unwrap().len(), 2, "what was there stands");
    assert_eq!(source["refreshed"], NOW);
    assert!(source["error"].as_str().unwrap().starts_with("Jira: "), "{source}");
    assert!(source["stale"].as_str().unwrap().contains("could not be read again"), "{source}");
    // A file that grows while it is looked at.
    let growing = std::path::PathBuf::from(&file);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        // Never written anew: an empty file beside the one on its way is a download that has just begun.
        let mut end = std::fs::OpenOptions::new().append(true).open(&growing).unwrap();
        while stopped.recv_timeout(Duration::from_millis(20)).is_err() {
            end.write_all(b"J-9,More,2026-12-02\n").unwrap();
        }
    });
    here.refused(&["source", "refresh", "Jira"], 1, "still being written");
    stop.send(()).unwrap();
    writer.join().unwrap();
    std::fs::remove_file(&file).unwrap();
    here.refused(&["source", "refresh", "Jira"], 3, "still on its way");
    write(&studio, "D/jira-1.csv", TABLE);
    here.ok(&["source", "refresh", "Jira"]);
    assert_eq!(here.source("Jira")["error"], Value::Null);
}

#[test]
fn one_that_fails_keeps_none_of_the_others() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let file = write(&studio, "b.csv", TABLE);
    here.ok(&["source", "add", "A", "--what", "requests", "--file", "~/nothing.csv"]);
    here.ok(&["source", "add", "B", "--what", "requests", "--file", &file]);
    let done = here.run(&["source", "refresh"], "");
    assert_eq!(done.code, 1);
    assert!(done.err.contains("A: ") && done.err.contains("nothing.csv is not there"), "{}", done.err);
    assert!(done.out.contains("2 would be created"), "{}", done.out);
    let done = here.run(&["source", "refresh", "--json"], "");
    let all: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((done.code, all.as_array().unwrap().len()), (1, 2));
    for source in all.as_array().unwrap() {
        has_all(source, SOURCE);
        has_all(source, "report operation");
    }
    here.refused(&["source", "refresh", "--without", "3"], 2, "name the one source");
}

#[test]
fn its_age_and_its_time_follow_the_clock() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let file = write(&studio, "b.csv", TABLE);
    here.ok(&["source", "add", "B", "--what", "requests", "--file", &file, "--every", "30"]);
    assert_eq!(
        (&here.source("B")["due"], &here.source("B")["stale"]),
        (&true.into(), &"B was never read".into())
    );
    here.ok(&["source", "refresh", "--due"]);
    assert_eq!((&here.source("B")["age_minutes"], &here.source("B")["due"]), (&0.into(), &false.into()));
    let at = |now| Machine { now, ..Machine::new(&studio) }.source("B");
    let soon = at("2026-11-23T09:41:00+00:00");
    assert_eq!(
        (&soon["age_minutes"], &soon["due"], &soon["stale"]),
        (&29.into(), &false.into(), &Value::Null)
    );
    assert_eq!(at("2026-11-23T09:42:00+00:00")["due"], true);
    assert_eq!(at("2026-11-23T11:12:00+00:00")["stale"], "B is 2 h old");
    let later = Machine { now: "2026-11-23T11:12:00+00:00", ..Machine::new(&studio) };
    later.ok(&["person", "add", "Ana", "--handle", "ana", "--discipline", "design", "--hours", "8,8,8,8,8"]);
    for (words, is_told) in [(&["load"][..], true), (&["standup"], true), (&["history"], false)] {
        let done = later.ok(words);
        // A document says it at its head, so that whoever it is handed to knows as well.
        let said = if words == ["standup"] { done.out } else { done.err };
        assert_eq!(said.contains("B is 2 h old; what rests on it may be too"), is_told, "{words:?}: {said}");
    }
    let done = here.ok(&["source", "refresh", "--due", "--json"]);
    assert_eq!(done.out.trim(), "[]", "nothing is due");
}

/// Whatever lies in a folder, by name and bytes.
fn all_bytes(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all_bytes(&entry.path(), found);
        } else {
            let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
            found.push((name, std::fs::read(entry.path()).unwrap()));
        }
    }
}
