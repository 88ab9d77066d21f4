//! By which names a store is opened, and what is left behind where it is not.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::cli::Studio;
use crate::log::{beside, mark};
use crate::terminal::{NOW, Terminal};

fn names(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

/// The program with a store of some name, in a folder of its own.
fn run(folder: &Path, store: &str, words: &[&str]) -> (i32, String, String) {
    let output = crate::tablesetter()
        .args(words)
        .args(["--store", store, "--config", "/nowhere/c.toml"])
        .current_dir(folder)
        .env("TABLESETTER_NOW", NOW)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn log_mark_and_copies_lie_beside_the_real_file_whatever_links_lead_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let (links, real) = (folder.path().join("links"), folder.path().join("real"));
    fs::create_dir(&links).unwrap();
    fs::create_dir(&real).unwrap();
    fs::set_permissions(&real, PermissionsExt::from_mode(0o700)).unwrap();
    symlink("../real/s.db", links.join("two.db")).unwrap();
    symlink("two.db", links.join("one.db")).unwrap();
    // A link to nothing makes the store where it leads.
    assert_eq!(run(&links, "one.db", &["add", "First", "--quiet"]).0, 0);
    assert_eq!(names(&links), ["one.db", "two.db"]);
    assert_eq!(names(&real), ["s-backups", "s.db", "s.db.seen"]);
    let held = Connection::open(real.join("s.db")).unwrap();
    held.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    held.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    assert_eq!(run(&links, "one.db", &["add", "Second", "--quiet"]).0, 0);
    drop(held);
    // What lies in the log is read by every name, and by none is it shown old.
    for (folder, name) in [(&links, "one.db"), (&links, "two.db"), (&real, "./s.db"), (&real, "s.db")] {
        assert!(run(folder, name, &["list"]).1.contains("Second"), "{name}");
    }
    let (code, out, err) = run(&links, "one.db", &["backup", "--list", "--plain"]);
    assert!(code == 0 && out.contains("real/s-backups"), "{out}{err}");
    assert_eq!(run(&links, "one.db", &["doctor"]).0, 0, "{}", run(&links, "one.db", &["doctor"]).1);
    assert_eq!(names(&links), ["one.db", "two.db"]);
}

#[test]
fn a_cockpit_on_a_link_shows_what_others_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (links, real) = (folder.path().join("links"), folder.path().join("real"));
    fs::create_dir(&links).unwrap();
    fs::create_dir(&real).unwrap();
    symlink(real.join("s.db"), links.join("s.db")).unwrap();
    assert_eq!(run(&links, "s.db", &["add", "First", "--quiet"]).0, 0);
    let mut terminal = Terminal::on(&links.join("s.db"), folder.path(), false);
    terminal.wait_for("First");
    let begun = Instant::now();
    assert_eq!(run(&real, "s.db", &["add", "By another program", "--quiet"]).0, 0);
    terminal.wait_for("By another program");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    terminal.type_in("aBy hand\r");
    terminal.wait_for("Added R-3");
    assert_eq!(mark(&real.join("s.db"))["newest"]["label"], "Added R-3 By hand");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(names(&links), ["s.db"]);
}

#[test]
fn what_sqlite_takes_for_something_else_than_a_file_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:x", "file:x?mode=memory", "file::memory:?cache=shared", "file:///tmp/x.db"]
    {
        for words in [&["add", "Lost"][..], &["list"], &["doctor"], &["backup"], &["demo", "--keep", name]] {
            let (code, _, err) = run(folder.path(), name, words);
            assert!(code != 0 || words[0] == "doctor", "{name} {words:?}");
            if words[0] != "doctor" {
                assert!(err.contains("is no name of a file here"), "{name} {words:?}: {err}");
            }
            assert_eq!(names(folder.path()), [] as [String; 0], "{name} {words:?}");
        }
    }
    // Meant as a file, it is one.
    assert_eq!(run(folder.path(), "./file:x", &["add", "Kept", "--quiet"]).0, 0);
    assert!(run(folder.path(), "./file:x", &["list"]).1.contains("Kept"));
    assert!(names(folder.path()).contains(&"file:x".to_owned()));
    // The same words name the target of a copy.
    let (code, _, err) = run(folder.path(), "./file:x", &["backup", "./file:y"]);
    assert_eq!(code, 0, "{err}");
    assert!(names(folder.path()).contains(&"file:y".to_owned()), "{:?}", names(folder.path()));
    assert_eq!(run(folder.path(), "./file:x", &["restore", "file:y"]).0, 0);
}

/// A database with a log, as another program leaves it.
fn logged(path: &Path, statements: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.execute_batch(statements).unwrap();
    connection
}

#[test]
fn a_refused_store_is_left_as_it_was_without_log_or_index() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, statements: &str, has_log: bool| -> PathBuf {
        let path = folder.path().join(name);
        let connection = logged(&path, statements);
        if !has_log {
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).unwrap();
        }
        drop(connection);
        let _ = fs::remove_file(beside(&path, "-shm"));
        path
    };
    let newer = "PRAGMA application_id = 0x54625374; PRAGMA user_version = 9000; CREATE TABLE t (a)";
    make("foreign.db", "CREATE TABLE t (a)", false);
    make("foreign-logged.db", "CREATE TABLE t (a)", true);
    make("newer.db", newer, false);
    make("newer-logged.db", newer, true);
    // Ours, upgraded by a later version that did not get to take its log in.
    assert_eq!(run(folder.path(), "upgraded.db", &["add", "First", "--quiet"]).0, 0);
    drop(logged(&folder.path().join("upgraded.db"), "PRAGMA user_version = 9000"));
    fs::remove_file(folder.path().join("upgraded.db-shm")).unwrap();
    fs::write(folder.path().join("text.db"), "no database, but long enough to be looked at ".repeat(50))
        .unwrap();
    for name in ["foreign.db", "foreign-logged.db", "newer.db", "newer-logged.db", "upgraded.db", "text.db"] {
        fs::set_permissions(folder.path().join(name), PermissionsExt::from_mode(0o644)).unwrap();
    }
    let state = || -> Vec<(String, Vec<u8>, u32)> {
        let files = names(folder.path()).into_iter().filter(|name| !name.contains("backups"));
        files
            .map(|name| {
                let path = folder.path().join(&name);
                let mode = fs::metadata(&path).unwrap().permissions().mode();
                (name, fs::read(path).unwrap(), mode)
            })
            .collect()
    };
    let before = state();
    for name in ["foreign.db", "foreign-logged.db", "newer.db", "newer-logged.db", "upgraded.db", "text.db"] {
        for words in [&["list"][..], &["add", "More"], &["doctor"]] {
            let (code, out, err) = run(folder.path(), name, words);
            assert_ne!(code, 0, "{name} {words:?}: {out}{err}");
            let after = state();
            let names = |state: &[(String, Vec<u8>, u32)]| -> Vec<String> {
                state.iter().map(|(name, ..)| name.clone()).collect()
            };
            assert_eq!(names(&after), names(&before), "{name} {words:?}");
            assert!(after == before, "{name} {words:?} changed something: {err}");
        }
    }
}

#[test]
fn what_is_given_back_from_a_file_with_a_log_comes_whole() {
    let other = Studio::new();
    other.ok("add First");
    let path = other.0.path().join("s.db");
    let held = Connection::open(&path).unwrap();
    held.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    held.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    other.ok("add Second");
    drop(held);
    let studio = Studio::new();
    studio.ok("add Own");
    studio.ok(&format!("restore {}", path.display()));
    let titles = studio.json("list").to_string();
    assert!(titles.contains("First") && titles.contains("Second") && !titles.contains("Own"), "{titles}");
}

#[test]
fn doctor_changes_the_rights_of_nothing_that_is_no_store() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (strange, inner) = (folder.path().join("strange.db"), folder.path().join("inner"));
    std::fs::write(&strange, "somebody else's").unwrap();
    std::fs::create_dir(&inner).unwrap();
    for (path, mode) in [(&strange, 0o644), (&inner, 0o755)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        let output = crate::tablesetter()
            .args(["doctor", "--fix", "--config", "/nowhere/c.toml", "--store"])
            .arg(path)
            .output()
            .unwrap();
        assert!(!output.status.success());
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
    }
}

/// Where the system of files takes any bytes for a name.
#[test]
#[cfg(target_os = "linux")]
fn a_folder_whose_name_is_no_text_holds_a_store_its_copies_and_what_is_imported() {
    use std::os::unix::ffi::OsStrExt;
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9 100%25 #?"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("r.csv"), "Title,Due\nFilm,2026-12-04\n").unwrap();
    let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Council\nDTSTART:20261124T100000Z\nEND:VEVENT";
    fs::write(folder.join("a.ics"), format!("BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n")).unwrap();
    let here = |words: &[&str], paths: &[&Path]| {
        let output = crate::tablesetter()
            .args(words)
            .args(paths)
            .args([Path::new("--store"), &folder.join("s.db"), Path::new("--config"), &folder.join("c.toml")])
            .env("TABLESETTER_NOW", NOW)
            .env("HOME", &folder)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{words:?}: {}{}", text(&output.stdout), text(&output.stderr));
        text(&output.stdout)
    };
    here(&["add", "Poster"], &[]);
    here(&["backup"], &[&folder.join("copy.db")]);
    assert_eq!(here(&["backup", "--list", "--plain"], &[]).lines().count(), 1, "the daily one");
    assert!(!here(&["doctor"], &[]).contains("WRONG"));
    assert!(here(&["import", "requests"], &[&folder.join("r.csv")]).contains("1 created"));
    assert!(here(&["import", "requests"], &[&folder]).contains("1 unchanged"));
    assert!(here(&["import", "calendar"], &[&folder]).contains("1 created"));
    // What a command prints lies beside the store until it is read.
    here(&["source", "add", "Jira", "--what", "requests", "--command", "cat r.csv"], &[]);
    let refreshed = here(&["source", "refresh", "Jira"], &[]);
    assert!(refreshed.contains("1 would be created"), "{refreshed}");
    here(&["restore"], &[&folder.join("copy.db")]);
    assert!(!here(&["list"], &[]).contains("Film"));
}
