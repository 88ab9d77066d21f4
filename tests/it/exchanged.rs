//! The files of a store deleted, exchanged or overwritten while a cockpit has it open, or between two commands.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::cli::Studio;
use crate::log::{beside, mark, until};
use crate::terminal::{NOW, Terminal};

fn run(store: &Path, words: &[&str]) -> (i32, String, String) {
    let output = crate::tablesetter()
        .args(words)
        .arg("--config")
        .arg(store.with_file_name("config.toml"))
        .arg("--store")
        .arg(store)
        .env("TABLESETTER_NOW", NOW)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn listed(store: &Path) -> String {
    let (code, out, err) = run(store, &["list", "--plain", "stage:any"]);
    assert!(code == 0 || code == 3, "{err}");
    out
}

/// Another whole store with a request of its own.
fn other(folder: &Path) -> PathBuf {
    let store = folder.join("other.db");
    assert_eq!(run(&store, &["add", "Somebody else's work", "--quiet"]).0, 0);
    store
}

/// Another store that was made in the same way as the one under the cockpit, with a request of its own.
fn alike(folder: &Path) -> PathBuf {
    let made = crate::terminal::demo(folder);
    assert_eq!(run(&made, &["add", "Somebody else's work", "--quiet"]).0, 0);
    let store = folder.join("alike.db");
    fs::rename(&made, &store).unwrap();
    for ending in [".seen", ".place"] {
        let _ = fs::remove_file(beside(&made, ending));
    }
    store
}

fn whole(store: &Path) {
    let (code, out, err) = run(store, &["doctor", "--plain"]);
    assert!(out.contains("content\tok"), "{code} {out} {err}");
}

/// What is done to the files under an open cockpit; `store` and an older copy of the same, and another store.
type Exchange = fn(store: &Path, older: &Path, other: &Path);

const EXCHANGES: [(&str, Exchange); 9] = [
    ("deleted", |store, _, _| fs::remove_file(store).unwrap()),
    ("renamed over", |store, _, other| fs::rename(other, store).unwrap()),
    ("an older copy renamed over", |store, older, _| fs::rename(older, store).unwrap()),
    ("overwritten", |store, _, other| assert!(fs::copy(other, store).is_ok())),
    ("overwritten by an older copy", |store, older, _| assert!(fs::copy(older, store).is_ok())),
    ("its log deleted", |store, _, _| fs::remove_file(beside(store, "-wal")).unwrap()),
    ("its log overwritten", |store, _, _| fs::write(beside(store, "-wal"), vec![7; 9000]).unwrap()),
    ("its index deleted", |store, _, _| fs::remove_file(beside(store, "-shm")).unwrap()),
    ("all three deleted", |store, _, _| {
        for ending in ["", "-wal", "-shm"] {
            fs::remove_file(beside(store, ending)).unwrap();
        }
    }),
];

#[test]
fn whatever_is_exchanged_under_an_open_cockpit_nothing_is_written_and_nothing_typed_is_lost() {
    // With what was written last in the log, and with everything in the file.
    for (index, (name, exchange)) in EXCHANGES.iter().enumerate() {
        let is_quiet = index % 2 == 0 && !name.contains("log overwritten");
        let folder = tempfile::tempdir().unwrap();
        let older = folder.path().join("older.db");
        let other = other(folder.path());
        let mut terminal = Terminal::open(folder.path(), false);
        let store = folder.path().join("demo.db");
        fs::copy(&store, &older).unwrap();
        terminal.wait_for("Intake");
        terminal.type_in("aWritten before\r");
        terminal.wait_for("Added R-");
        if is_quiet {
            until("the checkpoint", || mark(&store)["held"] == mark(&store)["newest"]);
        }
        exchange(&store, &older, &other);
        terminal.type_in("aTyped afterwards\r");
        terminal.wait_for("save a copy of what is in memory");
        assert!(!terminal.text().contains("Added R-62 Typed"), "{name}: {}", terminal.text());
        assert!(terminal.text().contains("kept as a draft"), "{name}: {}", terminal.text());
        // What is in memory is saved: whole, where it can still be read.
        terminal.type_in("y");
        until("the copy", || {
            terminal.text().contains("compared and whole") || terminal.text().contains("written down")
        });
        let saved = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let saved = saved
            .filter(|path| path.to_string_lossy().contains("-saved-"))
            .filter(|path| !path.to_string_lossy().ends_with("sha256"))
            .collect::<Vec<_>>();
        assert_eq!(saved.len(), 1, "{name}: {saved:?}");
        let what = if saved[0].extension().unwrap() == "db" {
            listed(&saved[0])
        } else {
            fs::read_to_string(&saved[0]).unwrap()
        };
        assert!(what.contains("Written before"), "{name}: {what}");
        // What is there now can be opened, and what was typed comes back.
        terminal.type_in(">");
        until("the new one", || !terminal.text().contains("save a copy of what is in memory"));
        // What there is to tell of it, if there is anything, is closed like everything else.
        until("the panes", || {
            terminal.type_in("\x1b");
            std::thread::sleep(std::time::Duration::from_millis(200));
            terminal.text().contains("Intake")
        });
        terminal.type_in("a");
        terminal.wait_for("Typed afterwards");
        terminal.type_in("\r");
        terminal.wait_for("Added R-");
        terminal.type_in("q");
        assert_eq!(terminal.end(), 0, "{name}");
        assert!(listed(&store).contains("Typed afterwards"), "{name}");
        whole(&store);
    }
}

#[test]
fn killed_after_an_exchange_the_new_store_opens_and_the_old_log_is_set_aside() {
    // A log brings the newest pages along, so with a store of the same layout it looked as if it were its own.
    for (name, other) in [
        ("renamed over", other as fn(&Path) -> PathBuf),
        ("overwritten", other),
        ("renamed over", alike),
        ("overwritten", alike),
    ] {
        let (_, exchange) = EXCHANGES.iter().find(|(of, _)| *of == name).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let other = other(folder.path());
        let expected = listed(&other);
        let mut terminal = Terminal::open(folder.path(), false);
        let store = folder.path().join("demo.db");
        let before = folder.path().join("kept/demo.db");
        fs::create_dir(before.parent().unwrap()).unwrap();
        terminal.wait_for("Intake");
        terminal.type_in("aWritten into the log\r");
        terminal.wait_for("Added R-");
        fs::copy(&store, &before).unwrap();
        terminal.signal(rustix::process::Signal::KILL);
        terminal.end();
        assert!(fs::metadata(beside(&store, "-wal")).unwrap().len() > 0);
        exchange(&store, Path::new(""), &other);
        let (_, out, err) = run(&store, &["list", "--plain", "stage:any"]);
        assert_eq!(out, expected, "{name}: {err}");
        assert!(err.contains("was not taken in") && err.contains("-log-"), "{name}: {err}");
        whole(&store);
        let (_, out, _) = run(&store, &["doctor", "--plain"]);
        assert!(out.contains("log\tWRONG"), "{name}: {out}");
        // With the file that it belongs to beside it, it can be read.
        fs::copy(&before, folder.path().join("found-again.db")).unwrap();
        let (_, out, _) = run(&store, &["doctor", "--plain", "--fix"]);
        let log = out.lines().find(|line| line.starts_with("log\t")).unwrap();
        assert!(log.starts_with("log\tok"), "{name}: {out}");
        let made = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let made = made
            .into_iter()
            .find(|path| path.to_string_lossy().contains("-log-") && path.extension().unwrap() == "db")
            .unwrap();
        assert!(listed(&made).contains("Written into the log"), "{name}");
    }
}

#[test]
fn a_short_command_refuses_a_store_that_was_overwritten_under_an_open_cockpit() {
    let folder = tempfile::tempdir().unwrap();
    let other = other(folder.path());
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    terminal.type_in("aPoster\r");
    terminal.wait_for("Added R-");
    fs::copy(&other, &store).unwrap();
    let before = fs::read(&store).unwrap();
    let (code, _, err) = run(&store, &["add", "More"]);
    assert!(code == 4 && err.contains("is not the store that was opened any more"), "{code} {err}");
    assert_eq!(fs::read(&store).unwrap(), before);
    terminal.type_in("t1");
    terminal.wait_for("save a copy of what is in memory");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    assert!(listed(&store).contains("Somebody else's work"));
    whole(&store);
}

/// What other programs do to a store in the usual way is no fault.
#[test]
fn what_happens_every_day_is_no_exchange() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    for round in 0..3 {
        assert_eq!(run(&store, &["add", "By a command", "--quiet"]).0, 0);
        // A program that leaves no mark takes the log in.
        let sqlite = Connection::open(&store).unwrap();
        sqlite.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
        let mode = ["PASSIVE", "RESTART", "TRUNCATE"][round];
        sqlite.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(())).unwrap();
        sqlite.execute("INSERT INTO memo (name, value) VALUES (?1, '')", [mode]).unwrap();
        drop(sqlite);
        // Looked at by name, touched, and its rights changed.
        fs::set_permissions(&store, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        terminal.type_in("aBy hand\r");
        let key = format!("Added R-{}", 62 + 2 * round);
        terminal.wait_for(&key);
    }
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    whole(&store);
}

/// A whole folder that was copied, or brought back, is as good as it was.
#[test]
fn a_store_that_was_moved_with_its_log_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    terminal.type_in("aIn the log\r");
    terminal.wait_for("Added R-");
    terminal.signal(rustix::process::Signal::KILL);
    terminal.end();
    let moved = folder.path().join("moved");
    fs::create_dir(&moved).unwrap();
    for ending in ["", "-wal", ".seen"] {
        fs::copy(beside(&store, ending), beside(&moved.join("demo.db"), ending)).unwrap();
    }
    let (_, out, err) = run(&moved.join("demo.db"), &["list", "--plain"]);
    assert!(out.contains("In the log"), "{err}");
    assert_eq!(err, "", "nothing to tell");
}

#[test]
fn a_log_without_its_store_or_of_another_is_never_taken_in() {
    let studio = Studio::new();
    let store = studio.0.path().join("s.db");
    studio.ok("add First");
    let held = Connection::open(&store).unwrap();
    held.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    held.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    studio.ok("add Second");
    let log = fs::read(beside(&store, "-wal")).unwrap();
    drop(held);
    // Another store's log beside a whole file.
    studio.ok("add Third");
    assert!(!beside(&store, "-wal").exists());
    let strange = Studio::new();
    strange.ok("add Strange");
    strange.ok("list");
    let place = strange.0.path().join("s.db");
    fs::write(beside(&place, "-wal"), &log).unwrap();
    let told = strange.run(&["list"]);
    assert!(
        told.out.contains("Strange") && told.err.contains("was not taken in"),
        "{}{}",
        told.out,
        told.err
    );
    assert_eq!(strange.run(&["list"]).err, "");
    // A log that lies there without a file.
    fs::remove_file(&place).unwrap();
    fs::write(beside(&place, "-wal"), &log).unwrap();
    let told = strange.run(&["add", "Anew"]);
    assert!(told.code == 0 && told.err.contains("was not taken in"), "{}", told.err);
    assert_eq!(strange.json("list").as_array().unwrap().len(), 1);
    whole(&place);
}

/// Nothing but the files themselves can say then what belongs together.
#[test]
fn without_a_mark_a_foreign_log_is_not_taken_in_and_ones_own_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    terminal.type_in("aIn the log\r");
    terminal.wait_for("Added R-");
    terminal.signal(rustix::process::Signal::KILL);
    terminal.end();
    let log = fs::read(beside(&store, "-wal")).unwrap();
    // Its own.
    let moved = folder.path().join("moved.db");
    fs::copy(&store, &moved).unwrap();
    fs::write(beside(&moved, "-wal"), &log).unwrap();
    let (_, out, err) = run(&moved, &["list", "--plain"]);
    assert!(out.contains("In the log") && err.is_empty(), "{err}");
    // Of another store of the same layout, and of the same store at another time.
    fs::create_dir(folder.path().join("else")).unwrap();
    let alike = alike(&folder.path().join("else"));
    assert_eq!(run(&moved, &["add", "Somebody else's work", "--quiet"]).0, 0);
    for foreign in [&alike, &moved] {
        for ending in [".seen", ".place"] {
            let _ = fs::remove_file(beside(foreign, ending));
        }
        fs::write(beside(foreign, "-wal"), &log).unwrap();
        let (_, out, err) = run(foreign, &["list", "--plain"]);
        assert!(out.contains("Somebody else's work"), "{}: {err}", foreign.display());
        assert!(err.contains("was not taken in"), "{}: {err}", foreign.display());
        whole(foreign);
    }
}

#[test]
fn an_idle_cockpit_says_at_once_that_its_store_went() {
    type Loss = fn(&Path);
    let losses: [Loss; 4] = [
        |store| fs::remove_file(store).unwrap(),
        |store| fs::rename(store, store.with_file_name("away.db")).unwrap(),
        |store| fs::remove_file(beside(store, "-wal")).unwrap(),
        |store| {
            let folder = store.parent().unwrap();
            fs::rename(folder, folder.with_file_name("elsewhere")).unwrap();
        },
    ];
    for lose in losses {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("own");
        fs::create_dir(&own).unwrap();
        let mut terminal = Terminal::open(&own, false);
        terminal.wait_for("Intake");
        terminal.type_in("aWritten before\r");
        terminal.wait_for("Added R-");
        lose(&own.join("demo.db"));
        terminal.wait_for("this is not the store that was opened any more");
        terminal.signal(rustix::process::Signal::KILL);
        terminal.end();
    }
}
