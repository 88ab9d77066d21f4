//! A call of the system that fails: the first, the second, … the nth of a command, once or from then on.
//!
//! Each command runs on a copy of the same store. Afterwards, without the failure: what it acknowledged is there, what
//! was there before is there, the file is whole, and a command that failed said so in a plain sentence. A failure
//! that hits a place where nothing depends on it may go unnoticed; a write that is told and not there may not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::rounds;
use super::tracing::{failing, is_possible};

/// What is run: its arguments, and whether it must have changed the store if it succeeds.
const COMMANDS: [(&str, &[&str]); 6] = [
    ("add", &["add", "Written under failures", "--plain", "--quiet"]),
    ("edit", &["edit", "R-1", "t1", "--quiet"]),
    ("undo", &["undo", "--quiet"]),
    ("backup", &["backup", "--quiet"]),
    ("import", &["import", "requests", "IMPORT", "--map", "Title=title", "--quiet"]),
    ("list", &["list", "--plain", "--quiet"]),
];
const CALLS: [&str; 7] = ["fsync", "pwrite64", "ftruncate", "unlink", "pread64", "openat", "rename"];
/// How often in a row a call is interrupted.
const INTERRUPTIONS: usize = 50;
const ERRORS: [&str; 4] = ["EIO", "ENOSPC", "EACCES", "EINTR"];

fn run(store: &Path, words: &[&str]) -> std::process::Output {
    crate::tablesetter()
        .args(words)
        .args(["--config", "/nowhere/c.toml", "--store"])
        .arg(store)
        .env("TABLESETTER_NOW", crate::terminal::NOW)
        .output()
        .unwrap()
}

fn titles(store: &Path) -> BTreeSet<String> {
    let output = run(store, &["list", "stage:any", "--json", "--quiet"]);
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

/// A store with its mark, in a folder of its own; with a log in every second one.
fn copy(of: &Path, to: &Path) {
    for entry in std::fs::read_dir(of).unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// What a command says when it fails is a plain sentence about the failure, and not about something else.
fn is_plain(output: &std::process::Output, what: &str) {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert!(code.is_some_and(|code| code != 101), "{what}: {:?} {err}", output.status);
    // Before it has begun the program cannot speak for itself.
    let is_started = code != Some(127) && !err.contains("error while loading shared libraries");
    if code != Some(0) && is_started {
        assert!(err.starts_with("error: ") || err.contains("\nerror: "), "{what}: {code:?} `{err}`");
    }
    for wrong in ["is damaged: ", "last seen", "panicked"] {
        assert!(!err.contains(wrong), "{what}: {err}");
    }
}

fn look(store: &Path, before: &BTreeSet<String>, output: &std::process::Output, name: &str, what: &str) {
    is_plain(output, what);
    let (code, err) = (output.status.code(), String::from_utf8_lossy(&output.stderr));
    let after = titles(store);
    if name == "undo" || name == "edit" {
        assert!(after.len() + 1 >= before.len(), "{what}: {after:?}");
    } else {
        assert!(after.is_superset(before), "{what}: {after:?} {err}");
    }
    if code == Some(0) && name == "add" {
        assert!(after.contains("Written under failures"), "{what}: acknowledged and gone");
    }
    if code == Some(0) && name == "import" {
        assert!(
            after.contains("Imported 1") && after.contains("Imported 2"),
            "{what}: acknowledged and gone"
        );
    }
    let of_import = after.iter().filter(|title| title.starts_with("Imported")).count();
    assert!([0, 2].contains(&of_import), "{what}: half of an import");
    let connection = Connection::open(store).unwrap();
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok", "{what}");
}

/// What every run has in common.
struct Campaign {
    model: PathBuf,
    import: PathBuf,
    before: BTreeSet<String>,
    is_long: bool,
}

impl Campaign {
    /// Every call of one command, every error, once and from then on, up to the last one that it makes.
    fn of(&self, name: &str, words: &[&str]) -> (usize, usize) {
        let (mut count, mut injected) = (0, 0);
        for call in CALLS.iter().filter(|call| self.is_long || ["fsync", "pwrite64"].contains(*call)) {
            for error in ERRORS.iter().filter(|error| self.is_long || **error == "EIO") {
                for is_once in [true, false] {
                    for nth in (1..).take_while(|nth: &usize| self.is_long || *nth <= 5) {
                        let when = match (is_once, *error) {
                            (true, _) => nth.to_string(),
                            // Interrupted for good is what no system is: whoever tries again would do so for ever.
                            (false, "EINTR") => format!("{nth}..{}", nth + INTERRUPTIONS),
                            (false, _) => format!("{nth}+"),
                        };
                        let hits = self.run(name, words, &format!("{call}:error={error}:when={when}"));
                        if hits == 0 {
                            break;
                        }
                        (count, injected) = (count + 1, injected + hits);
                    }
                }
            }
        }
        println!("failing calls of {name}: {count} runs, {injected} calls made to fail");
        (count, injected)
    }

    /// One run on a copy; how often the call was made to fail.
    fn run(&self, name: &str, words: &[&str], inject: &str) -> usize {
        let place = tempfile::tempdir().unwrap();
        copy(&self.model, place.path());
        let store = place.path().join("s.db");
        let import = self.import.to_str().unwrap();
        let mut arguments: Vec<&str> =
            words.iter().map(|word| if *word == "IMPORT" { import } else { *word }).collect();
        arguments.extend(["--config", "/nowhere/c.toml", "--store", store.to_str().unwrap()]);
        let (output, hits) = failing(&arguments, inject);
        if hits > 0 {
            look(&store, &self.before, &output, name, &format!("{name} with {inject}"));
        }
        hits
    }
}

#[test]
fn whichever_call_fails_nothing_is_lost_and_nothing_false_is_said() {
    if !is_possible("failing calls") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    std::fs::create_dir(&model).unwrap();
    let import = folder.path().join("import.csv");
    std::fs::write(&import, "Title\nImported 1\nImported 2\n").unwrap();
    for title in ["First", "Second", "Third"] {
        assert!(run(&model.join("s.db"), &["add", title, "--quiet"]).status.success());
    }
    let before = titles(&model.join("s.db"));
    let is_long = rounds(0, 1) == 1;
    let campaign = Campaign { model, import, before, is_long };
    // Side by side: each run has a folder of its own, and most of its time waits for a tracer.
    let sums: Vec<(usize, usize)> = std::thread::scope(|scope| {
        let commands = COMMANDS.iter().filter(|(name, _)| is_long || *name == "add");
        let running: Vec<_> =
            commands.map(|(name, words)| scope.spawn(|| campaign.of(name, words))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let count: usize = sums.iter().map(|(count, _)| count).sum();
    let injected: usize = sums.iter().map(|(_, injected)| injected).sum();
    assert!(count > 5, "calls were made to fail");
    println!("failing calls: {count} runs, {injected} calls made to fail, 0 lost, 0 false");
}
