//! A disk that is full: a small file system in memory, filled up under commands and under an open cockpit.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::log::until;
use crate::terminal::{NOW, Terminal};

/// A file system of its own; it goes when this goes.
struct Medium(PathBuf);

impl Medium {
    /// `None`, and it is said, where none can be made.
    fn new(at: &Path, limits: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let options = format!("{limits},mode=0700");
        let made = crate::command("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(at).output();
        if made.is_ok_and(|output| output.status.success()) {
            return Some(Self(at.to_owned()));
        }
        println!("skipped: a full disk needs the right to mount a file system in memory");
        None
    }

    /// Leaves no room, or so many bytes.
    fn fill(&self, room: usize) {
        let block = vec![1; 4096];
        let mut file = std::fs::File::create(self.0.join("ballast")).unwrap();
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        let size = std::fs::metadata(self.0.join("ballast")).unwrap().len();
        file.set_len(size.saturating_sub(room as u64)).unwrap();
    }

    /// Takes away the right to write.
    fn close(&self) {
        // Programs that other tests start at this moment hold what was open for as long as it takes them to begin.
        until("the closed medium", || {
            let closed = crate::command("mount").args(["-o", "remount,ro"]).arg(&self.0).output().unwrap();
            closed.status.success()
        });
    }

    fn empty(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Medium {
    fn drop(&mut self) {
        let _ = crate::command("umount").arg("-l").arg(&self.0).status();
    }
}

fn run(store: &Path, words: &[&str]) -> Output {
    crate::tablesetter()
        .args(words)
        .args(["--config", "/nowhere/c.toml", "--store"])
        .arg(store)
        .env("TABLESETTER_NOW", NOW)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn on_a_full_disk_what_was_told_is_kept_and_the_cause_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let Some(medium) = Medium::new(&folder.path().join("disk"), "size=6m") else { return };
    let store = medium.0.join("s.db");
    assert!(run(&store, &["add", "First", "--quiet"]).status.success());
    let (mut told, mut refused) = (1, 0);
    // Room for some writes, for less and less, and for none.
    for room in [400, 200, 128, 96, 64, 48, 32, 16, 8, 4, 0].map(|pages: usize| pages << 10) {
        medium.fill(room);
        for n in 0..3 {
            let output = run(&store, &["add", &format!("With {room} left {n}"), "--quiet"]);
            if output.status.success() {
                told += 1;
            } else {
                refused += 1;
                let said = said(&output);
                assert!(
                    said.contains("is full; nothing was changed") && !said.contains("ermission"),
                    "{room}: {said}"
                );
            }
        }
        let listed = run(&store, &["list", "--plain"]);
        let rows = said(&listed).lines().filter(|line| line.starts_with("R-")).count();
        assert_eq!(rows, told, "{room}: {}", said(&listed));
        if room == 0 {
            let doctor = said(&run(&store, &["doctor"]));
            assert!(
                doctor.contains("WRONG  disk") && doctor.contains("in memory that it lies on is full"),
                "{doctor}"
            );
            assert!(run(&store, &["export", "all"]).status.success(), "what is there goes out");
        }
        medium.empty();
    }
    assert!(refused > 3, "the disk was full");
    assert!(run(&store, &["add", "With room again", "--quiet"]).status.success());
    let doctor = said(&run(&store, &["doctor"]));
    assert!(doctor.contains("ok     content") && doctor.contains("ok     disk"), "{doctor}");
    println!("full disk: {told} writes told and kept, {refused} refused by their cause");
}

#[test]
fn a_cockpit_on_a_disk_that_fills_up_keeps_what_is_typed_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(medium) = Medium::new(&folder.path().join("disk"), "size=6m") else { return };
    let mut terminal = Terminal::open(&medium.0, false);
    let store = medium.0.join("demo.db");
    terminal.wait_for("Intake");
    medium.fill(0);
    // The log may have room of its own for some.
    until("the refusal", || {
        terminal.type_in("\x1b");
        std::thread::sleep(std::time::Duration::from_millis(300));
        terminal.type_in("aAnother one for the log\r");
        std::thread::sleep(std::time::Duration::from_millis(500));
        terminal.text().contains("is full; nothing was changed")
    });
    assert!(terminal.text().contains("Another one for the log"), "what was typed stays: {}", terminal.text());
    medium.empty();
    terminal.type_in("\r");
    terminal.wait_for("Added R-");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    assert!(said(&run(&store, &["list", "stage:any"])).contains("Another one for the log"));
    assert!(said(&run(&store, &["doctor"])).contains("ok     content"));
}

#[test]
fn where_no_more_files_can_be_made_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let Some(medium) = Medium::new(&folder.path().join("disk"), "size=6m,nr_inodes=8") else { return };
    let store = medium.0.join("s.db");
    assert!(run(&store, &["add", "First", "--quiet"]).status.success());
    let mut number = 0;
    while std::fs::write(medium.0.join(number.to_string()), "").is_ok() {
        number += 1;
    }
    for words in [&["add", "Second"][..], &["backup"], &["doctor"]] {
        let said = said(&run(&store, words));
        assert!(said.contains("no more files can be made"), "{words:?}: {said}");
    }
    let listed = said(&run(&store, &["list"]));
    assert!(listed.contains("First"), "{listed}");
    std::fs::remove_file(medium.0.join("0")).unwrap();
    std::fs::remove_file(medium.0.join("1")).unwrap();
    assert!(run(&store, &["add", "Second", "--quiet"]).status.success());
}

/// With what was written last in a log that cannot be taken in there.
#[test]
fn on_a_medium_that_can_only_be_read_everything_is_read_and_nothing_else_is_blamed() {
    let folder = tempfile::tempdir().unwrap();
    let Some(medium) = Medium::new(&folder.path().join("disk"), "size=6m") else { return };
    let store = medium.0.join("s.db");
    assert!(run(&store, &["add", "First", "--quiet"]).status.success());
    let held = rusqlite::Connection::open(&store).unwrap();
    held.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    held.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    assert!(run(&store, &["add", "Second", "--quiet"]).status.success());
    drop(held);
    medium.close();
    let listed = said(&run(&store, &["list"]));
    assert!(listed.contains("First") && listed.contains("Second"), "{listed}");
    for words in [&["add", "Third"][..], &["backup"], &["doctor"]] {
        let output = run(&store, words);
        let said = said(&output);
        assert!(
            !output.status.success() && said.contains("medium that can only be read"),
            "{words:?}: {said}"
        );
        assert!(!said.contains("chmod") && !said.contains("is full") && !said.contains("damaged"), "{said}");
    }
    let copy = folder.path().join("copy.db");
    assert!(run(&store, &["backup", copy.to_str().unwrap(), "--quiet"]).status.success());
    assert!(said(&run(&copy, &["list"])).contains("Second"));
}
