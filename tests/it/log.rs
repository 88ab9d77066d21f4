//! The log of the store: taken in soon after the last write, named where it is lost, and never what leaving waits for.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use serde_json::Value;

use crate::cli::Studio;
use crate::terminal::{PATIENCE, Terminal};

pub fn beside(store: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", store.display()))
}

/// The last-seen mark beside a store.
pub fn mark(store: &Path) -> Value {
    let text = std::fs::read_to_string(beside(store, ".seen")).unwrap_or_default();
    let text = text.lines().next().unwrap_or_default();
    text.split_once(' ').map_or(Value::Null, |(_, json)| serde_json::from_str(json).unwrap_or(Value::Null))
}

pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what} never came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn log_size(store: &Path) -> u64 {
    std::fs::metadata(beside(store, "-wal")).map_or(0, |log| log.len())
}

/// Another program that reads: while it does, what it reads cannot be taken into the file.
fn reader(store: &Path) -> Connection {
    let reader = Connection::open(store).unwrap();
    reader.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    reader
}

/// A store with fourteen requests of which the last ones lie in a log that nobody has open.
fn logged(studio: &Studio) -> PathBuf {
    let store = studio.0.path().join("s.db");
    studio.ok("add Request 1");
    let held = reader(&store);
    for n in 2..=14 {
        studio.ok(&format!("add Request {n}"));
    }
    drop(held);
    assert!(log_size(&store) > 0, "the log stays");
    store
}

#[test]
fn two_seconds_after_the_last_write_the_file_alone_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    terminal.type_in("aPoster for spring\r");
    terminal.wait_for("Added R-");
    until("a mark of the write", || {
        mark(&store)["newest"]["label"].as_str().unwrap_or("").contains("Poster for spring")
    });
    assert!(
        log_size(&store) > 0 && mark(&store)["held"] != mark(&store)["newest"],
        "not yet: {}",
        mark(&store)
    );
    until("the checkpoint", || log_size(&store) == 0);
    until("its mark", || mark(&store)["held"] == mark(&store)["newest"]);
    // Another program's write is no different: it is not the last to close.
    let status = crate::tablesetter()
        .args(["add", "Film", "--quiet", "--config", "/dev/null", "--store"])
        .arg(&store)
        .env("TABLESETTER_NOW", crate::terminal::NOW)
        .status()
        .unwrap();
    assert!(status.success() && log_size(&store) > 0);
    assert!(mark(&store)["newest"]["label"].as_str().unwrap().contains("Film"), "{}", mark(&store));
    until("the checkpoint", || log_size(&store) == 0);
    until("its mark", || mark(&store)["held"] == mark(&store)["newest"]);
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    assert!(!beside(&store, "-wal").exists(), "a clean end leaves the file alone");
}

#[test]
fn leaving_waits_for_no_reader_and_the_next_start_finishes() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    let held = reader(&store);
    terminal.type_in("aPoster for spring\r");
    terminal.wait_for("Added R-");
    let begun = Instant::now();
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    // Whoever waits for a reader waits for five seconds. How long it takes otherwise is measured, not tested: a machine
    // that builds something else meanwhile takes half of one.
    assert!(begun.elapsed() < Duration::from_secs(3), "leaving took {:?}", begun.elapsed());
    assert!(log_size(&store) > 0, "somebody reads what lies in it");
    drop(held);
    let mut terminal = Terminal::on(&store, folder.path(), false);
    terminal.wait_for("Intake");
    until("the checkpoint", || log_size(&store) == 0);
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_short_command_takes_the_log_in_only_as_the_last_to_close() {
    let studio = Studio::new();
    let store = logged(&studio);
    assert_eq!(mark(&store)["newest"]["id"], 14);
    assert_eq!(mark(&store)["held"]["id"], 1, "{}", mark(&store));
    studio.ok("list");
    assert!(!beside(&store, "-wal").exists());
    assert_eq!(mark(&store)["held"]["id"], 14);
}

#[test]
fn a_damaged_or_deleted_log_is_named_with_what_is_missing() {
    type Damage = fn(&Path);
    let cut: Damage = |log| {
        let size = std::fs::metadata(log).unwrap().len();
        std::fs::OpenOptions::new().write(true).open(log).unwrap().set_len(size / 2).unwrap();
    };
    let changed: Damage = |log| {
        let mut bytes = std::fs::read(log).unwrap();
        let at = bytes.len() / 4;
        bytes[at] ^= 0xff;
        std::fs::write(log, bytes).unwrap();
    };
    let deleted: Damage = |log| std::fs::remove_file(log).unwrap();
    for damage in [cut, changed, deleted] {
        let studio = Studio::new();
        let store = logged(&studio);
        damage(&beside(&store, "-wal"));
        let listed = studio.run(&["list"]);
        let rows = listed.out.lines().filter(|line| line.contains("Request")).count();
        assert!(rows < 14, "something is lost");
        let missing = format!("{} change", 14 - rows);
        assert!(listed.err.contains(&missing), "{} {}", 14 - rows, listed.err);
        assert!(listed.err.contains("14 “Added R-14 Request 14”"), "{}", listed.err);
        let doctor = studio.run(&["doctor"]);
        assert!(
            doctor.code == 1 && doctor.out.contains("last seen") && doctor.out.contains(&missing),
            "{}",
            doctor.out
        );
        // Also when something was written since, until somebody says that it is known.
        studio.ok("add Something else");
        assert!(!studio.run(&["list"]).err.contains("missing"), "said once");
        assert!(studio.run(&["doctor"]).out.contains(&missing));
        studio.ok("doctor --fix");
        studio.ok("doctor");
    }
}

/// A program that is killed between making the mark of a new store and writing into it leaves one.
#[test]
fn an_empty_mark_is_none() {
    let studio = Studio::new();
    let store = logged(&studio);
    std::fs::write(beside(&store, ".seen"), "").unwrap();
    assert!(!studio.run(&["list"]).err.contains("cannot be read from"));
    studio.ok("doctor");
    studio.ok("add Afterwards");
    studio.ok("doctor");
}

#[test]
fn a_mark_that_cannot_be_read_is_told_until_it_is_put_by() {
    let garbage: [&[u8]; 3] = [b"half of a li", b"12345678 {\"newest\":{}}\n", &[0xff; 700]];
    for text in garbage {
        let studio = Studio::new();
        let store = logged(&studio);
        // Without its log the store is whole and knows of nothing that is missing.
        std::fs::remove_file(beside(&store, "-wal")).unwrap();
        std::fs::write(beside(&store, ".seen"), text).unwrap();
        let listed = studio.run(&["list"]);
        assert!(
            listed.err.contains("cannot be read from") && listed.err.contains("s.db.seen"),
            "{}",
            listed.err
        );
        let before = studio.run(&["doctor", "--plain"]);
        assert!(before.code == 1 && before.out.contains("last seen\tWRONG"), "{}", before.out);
        // A write makes a new mark, which says so as well.
        studio.ok("add Afterwards");
        let after = studio.run(&["doctor", "--plain"]);
        assert!(after.code == 1 && after.out.contains("last seen\tWRONG"), "{}", after.out);
        let mended = studio.run(&["doctor", "--fix", "--plain"]);
        assert!(mended.code == 0 && mended.out.contains("put by"), "{}", mended.out);
        assert_eq!(studio.run(&["doctor"]).code, 0);
        assert_eq!(studio.run(&["list"]).err, "");
        assert!(mark(&store)["newest"]["label"].as_str().unwrap().contains("Afterwards"), "{}", mark(&store));
    }
}
