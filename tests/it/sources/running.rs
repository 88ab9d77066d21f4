//! Commands: what they print is the file, they end at their limits with all that they began, and they run only where
//! somebody said that they may.

use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use super::super::cli::Studio;
use super::{Machine, Outcome, TABLE, write};

fn script(studio: &Studio, name: &str, text: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = write(studio, name, &format!("#!/bin/sh\n{text}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

#[test]
fn what_a_command_prints_is_the_file() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "a b.csv", TABLE);
    here.ok(&["source", "add", "Words", "--what", "requests", "--command", "cat a*.csv"]);
    assert_eq!(
        here.json(&["source", "refresh", "Words"])[0]["offered"]["new"],
        2,
        "a shell finds it at home"
    );
    let program = script(&studio, "export", "printf 'Key,Title\\n%s,Film\\n' \"$1\"");
    let command = format!("{program} J-7");
    here.ok(&["source", "edit", "Words", "--command", &command]);
    let report = here.json(&["source", "refresh", "Words", "--apply"])[0]["report"].clone();
    assert_eq!((&report["created"], &report["rows"][0]["title"]), (&1.into(), &"Film".into()));
    let left: Vec<_> = std::fs::read_dir(studio.0.path().join("s-sources")).unwrap().collect();
    assert!(left.is_empty(), "what it printed is not kept: {left:?}");
}

#[test]
fn a_command_that_fails_says_why_without_an_address() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let failing = script(
        &studio,
        "fail",
        "echo Key,Title; echo first >&2; echo 'no way to https://h.example/secret-key' >&2; exit 3",
    );
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &failing]);
    let said = here.refused(&["source", "refresh", "C"], 1, "failed (3): no way to https://h.example/…");
    assert!(!said.contains("secret-key") && !said.contains("first"), "{said}");
    assert!(!here.source("C").to_string().contains("secret-key"));
    here.ok(&["source", "edit", "C", "--command", "no-such-program-here"]);
    here.refused(&["source", "refresh", "C"], 1, "could not be found");
    let killed = script(&studio, "killed", "echo Key,Title; kill -9 $$");
    here.ok(&["source", "edit", "C", "--command", &killed]);
    here.refused(&["source", "refresh", "C"], 1, "was stopped halfway");
    here.ok(&["source", "edit", "C", "--command", "true"]);
    here.refused(&["source", "refresh", "C"], 5, "C: ");
    assert_eq!(here.run(&["list"], "").code, 3, "nothing came in");
}

#[test]
fn a_command_is_ended_at_its_limit_with_all_that_it_began() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let alive = studio.0.path().join("alive");
    let late = script(&studio, "late", "(while :; do date > alive; sleep 0.1; done) & sleep 100");
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &late, "--limit", "1"]);
    let begun = Instant::now();
    here.refused(&["source", "refresh", "C"], 1, "took longer than 1 second and was ended");
    assert!(begun.elapsed() < Duration::from_secs(20));
    let written = std::fs::metadata(&alive).unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(std::fs::metadata(&alive).unwrap().modified().unwrap(), written, "what it began goes on");
    here.ok(&["source", "edit", "C", "--command", "yes", "--limit", "30"]);
    here.refused(&["source", "refresh", "C"], 1, "printed more than 32 MiB");
}

#[test]
fn a_command_ends_with_whoever_asked_for_it() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let alive = studio.0.path().join("alive");
    let late = script(&studio, "late", "(while :; do date > alive; sleep 0.1; done) & sleep 100");
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &late]);
    for signal in [Signal::INT, Signal::TERM, Signal::KILL] {
        let mut asks = here.command(&["source", "refresh", "C"]).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        while !alive.exists() && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        rustix::process::kill_process(Pid::from_child(&asks), signal).unwrap();
        asks.wait().unwrap();
        std::thread::sleep(Duration::from_millis(500));
        std::fs::remove_file(&alive).unwrap();
        std::thread::sleep(Duration::from_millis(500));
        assert!(!alive.exists(), "it goes on after {signal:?}");
    }
}

#[test]
fn what_a_command_leaves_running_ends_with_it() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let alive = studio.0.path().join("alive");
    let left = "(while :; do date > alive; sleep 0.1; done) & sleep 0.3; printf 'Key,Title\\nJ-1,Film\\n'";
    let leaves = script(&studio, "leaves", left);
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &leaves, "--limit", "20"]);
    let begun = Instant::now();
    assert_eq!(here.json(&["source", "refresh", "C"])[0]["offered"]["new"], 1);
    assert!(begun.elapsed() < Duration::from_secs(15), "it waited for what was left running");
    let written = std::fs::metadata(&alive).unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(std::fs::metadata(&alive).unwrap().modified().unwrap(), written, "what it left goes on");
}

#[test]
fn what_still_writes_when_its_shell_has_ended_is_read() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let writes = "printf 'Key,Title\\nJ-1,Film\\n'; (sleep 0.6; printf 'J-2,Poster\\n') &";
    let writes = script(&studio, "writes", writes);
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &writes, "--limit", "20"]);
    assert_eq!(here.json(&["source", "refresh", "C"])[0]["offered"]["new"], 2);
}

#[test]
fn a_refresh_shows_its_rows_to_scripts_too() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "a.csv", TABLE);
    here.ok(&["source", "add", "A", "--what", "requests", "--command", "cat a.csv"]);
    let done = here.ok(&["--plain", "source", "refresh", "A"]);
    let rows: Vec<&str> = done.out.lines().collect();
    assert_eq!(rows.len(), 3, "the source and each row: {}", done.out);
    assert!(rows[1].contains("Film") && rows[2].contains("Poster"), "{}", done.out);
}

#[test]
fn an_address_in_a_command_is_run_whole_and_shown_nowhere() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let tells = script(&studio, "tells", "echo Key,Title; echo J-1,$1");
    let words = format!("{tells} https://me:k9@h.example/x?token=k9");
    let told = here.ok(&["source", "add", "C", "--what", "requests", "--command", &words]);
    let all = ["source list", "source list --json", "source show C", "history", "doctor", "export all"];
    let shown = all.map(|words| {
        let arguments: Vec<&str> = words.split(' ').collect();
        let Outcome { out, err, .. } = here.run(&arguments, "");
        out + &err
    });
    assert!(
        !format!("{}{}", told.out, told.err).contains("k9") && shown.iter().all(|said| !said.contains("k9")),
        "{shown:?}"
    );
    here.ok(&["source", "refresh", "C", "--apply"]);
    assert_eq!(here.json(&["show", "R-1"])["title"], "https://me:k9@h.example/x?token=k9");
}

#[test]
fn a_command_has_no_terminal_and_nothing_to_read() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let asks = script(
        &studio,
        "asks",
        "cat; if (: < /dev/tty) 2>/dev/null; then exit 9; fi; printf 'Key,Title\\nJ-1,Film\\n'",
    );
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &asks]);
    assert_eq!(here.json(&["source", "refresh", "C"])[0]["offered"]["new"], 1);
}

#[test]
fn a_program_that_is_killed_leaves_no_command_behind() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let alive = studio.0.path().join("alive");
    let endless = script(&studio, "endless", "while :; do date > alive; sleep 0.1; done");
    here.ok(&["source", "add", "C", "--what", "requests", "--command", &endless]);
    let mut program = crate::tablesetter();
    let path = |name: &str| studio.0.path().join(name);
    program.args(["source", "refresh", "C"]).env("TABLESETTER_STORE", path("s.db"));
    program.env("TABLESETTER_CONFIG", path("c.toml")).env("HOME", studio.0.path());
    let mut child =
        program.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while !alive.exists() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never began");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let written = std::fs::metadata(&alive).unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(std::fs::metadata(&alive).unwrap().modified().unwrap(), written, "it goes on");
}

#[test]
fn on_another_machine_a_command_sleeps_until_it_is_confirmed() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "a.csv", TABLE);
    here.ok(&["source", "add", "C", "--what", "requests", "--command", "cat a.csv"]);
    here.ok(&["source", "add", "F", "--what", "requests", "--file", "~/a.csv", "--every", "5"]);
    // The same store, and the settings of somebody else.
    let there = Machine { config: "other/c.toml", ..Machine::new(&studio) };
    let said = there.refused(&["source", "refresh", "C"], 4, "C is asleep: it runs `cat a.csv`");
    assert!(said.contains("tablesetter source confirm 'C'"), "{said}");
    let asleep = there.source("C");
    assert!(asleep["asleep"].as_str().unwrap().contains("not confirmed on this machine"), "{asleep}");
    assert_eq!((&asleep["error"], &asleep["due"]), (&serde_json::Value::Null, &false.into()));
    let done = there.run(&["source", "refresh"], "");
    assert_eq!(done.code, 1, "and the others are read");
    assert!(done.err.contains("C is asleep") && !done.err.contains("C: C"), "{}", done.err);
    assert!(there.source("F")["refreshed"].is_string());
    there.ok(&["source", "confirm", "C"]);
    there.ok(&["source", "refresh", "C"]);
    // An undo brings a command back that was confirmed, and never another one than that.
    here.ok(&["source", "edit", "C", "--command", "cat b.csv"]);
    there.refused(&["source", "refresh", "C"], 4, "cat b.csv");
}

#[test]
fn what_a_restored_copy_brings_sleeps() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    write(&studio, "a.csv", TABLE);
    here.ok(&["source", "add", "Old", "--what", "requests", "--command", "cat a.csv"]);
    here.ok(&["source", "add", "Same", "--what", "requests", "--command", "cat a.csv"]);
    let copy = studio.0.path().join("copy.db").display().to_string();
    here.ok(&["backup", &copy]);
    here.ok(&["source", "edit", "Old", "--command", "cat b.csv"]);
    let said = here.ok(&["restore", &copy]).err;
    assert!(said.contains("runs nothing until you say so: Old;"), "{said}");
    here.refused(&["source", "refresh", "Old"], 4, "asleep");
    here.ok(&["source", "refresh", "Same"]);
    here.ok(&["undo"]);
    assert_eq!(here.source("Old")["asleep"], serde_json::Value::Null, "what was confirmed is back");
    here.ok(&["redo"]);
    here.refused(&["source", "refresh", "Old"], 4, "asleep");
    here.ok(&["source", "confirm", "Old"]);
    assert_eq!(here.source("Old")["asleep"], serde_json::Value::Null);
}

#[test]
fn what_is_done_in_a_copy_is_nothing_to_the_store() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let add = ["source", "add", "Work", "--what", "calendar", "--url-stdin"];
    assert_eq!(here.run(&add, "https://h.example/hidden-key/cal.ics\n").code, 0);
    let copy = studio.0.path().join("copy.db").display().to_string();
    here.ok(&["backup", &copy]);
    here.refused(
        &["--store", &copy, "source", "refresh", "Work"],
        4,
        "s.db; this store was moved from there, or is a copy",
    );
    let said = here.ok(&["--store", &copy, "source", "remove", "Work"]).err;
    assert!(said.contains("stays, and an undo brings it back asleep"), "{said}");
    assert_eq!(here.source("Work")["asleep"], serde_json::Value::Null);
}

#[test]
fn the_sources_of_the_demo_sleep() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    here.ok(&["demo", "--keep", studio.0.path().join("s.db").to_str().unwrap()]);
    let all = here.json(&["source", "list"]);
    let runs: Vec<_> = all.as_array().unwrap().iter().filter(|source| source["way"] != "newest").collect();
    assert!(!runs.is_empty() && runs.iter().all(|source| source["asleep"].is_string()), "{all}");
}

#[test]
fn doctor_tells_what_sleeps_and_what_fails() {
    use std::os::unix::fs::PermissionsExt;
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let checks = |machine: &Machine<'_>, more: &[&str]| {
        let done = machine.run(&[&["doctor", "--json"], more].concat(), "");
        let all: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        let all = all.as_array().unwrap().clone();
        all.into_iter().filter(|check| check["check"] == "sources").collect::<Vec<_>>()
    };
    here.ok(&["add", "Film"]);
    assert!(checks(&here, &[]).is_empty(), "without a source there is nothing to tell");
    here.ok(&["source", "add", "C", "--what", "requests", "--command", "false"]);
    assert_eq!(checks(&here, &[])[0]["detail"], "1 of them, none asleep or failing");
    here.refused(&["source", "refresh", "C"], 1, "failed (1)");
    let failing = &checks(&here, &[])[0];
    assert_eq!(failing["ok"], false);
    assert!(failing["detail"].as_str().unwrap().starts_with("C could not be read: the command of C failed"));
    let there = Machine { config: "other/c.toml", ..Machine::new(&studio) };
    let asleep = &checks(&there, &[])[0];
    assert!(asleep["detail"].as_str().unwrap().contains("C is asleep"), "{asleep}");
    assert_eq!(asleep["ok"], true, "it is as it should be");
    assert!(asleep["fix"].as_str().unwrap().contains("source confirm 'C'"), "{asleep}");
    here.ok(&["source", "edit", "C", "--url-env", "WORK_CAL"]);
    let bare = Machine { variables: vec![("PATH", "/nowhere".to_owned())], ..Machine::new(&studio) };
    assert!(checks(&bare, &[])[0]["detail"].as_str().unwrap().contains("fetched by curl, and there is none"));
    let folder = studio.0.path().join("sources");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(checks(&here, &[])[0]["detail"].as_str().unwrap().contains("where addresses are kept"));
    assert_eq!(checks(&here, &["--fix"])[0]["ok"], true);
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn what_is_forgotten_stands_in_no_file_that_was_fetched() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    here.ok(&["add", "Film", "notes:\"secret words\""]);
    // As a calendar lies there between two fetches.
    write(&studio, "s-sources/1-abc.body", "secret words");
    write(&studio, "s-sources/1-abc.etag", "\"v1\"");
    here.ok(&["forget", "R-1", "--field", "notes", "--yes"]);
    assert!(!studio.0.path().join("s-sources").exists());
}
