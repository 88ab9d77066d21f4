//! Why something could not be done: named as what it is, by the program and by the doctor.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;

use crate::cli::Studio;
use crate::log::beside;
use crate::terminal::{NOW, Terminal};

const NOBODY: u32 = 65_534;

/// The program as somebody whom rights bind; `None`, and it is said, where that cannot be had.
fn bound(store: &Path, words: &[&str]) -> Option<(i32, String)> {
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = crate::command("setpriv");
        command.args([&format!("--reuid={NOBODY}"), "--clear-groups", "--"]).arg(crate::terminal::program());
        command
    } else {
        crate::tablesetter()
    };
    let output = command
        .args(words)
        .args(["--config", "/nowhere/c.toml", "--store"])
        .arg(store)
        .env("TABLESETTER_NOW", NOW)
        .output()
        .ok()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    if said.contains("setpriv:") {
        println!("skipped: rights bind nobody here: {said}");
        return None;
    }
    Some((output.status.code()?, said))
}

/// A store of somebody whom rights bind.
fn studio_of_nobody() -> Studio {
    let studio = Studio::new();
    studio.ok("add First");
    if rustix::process::geteuid().is_root() {
        for entry in [studio.0.path().to_owned()].into_iter().chain(files(studio.0.path())) {
            chown(entry, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    studio
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_or_a_file_that_is_closed_for_writing_is_named_and_everything_is_read() {
    for (is_folder, mode, named) in [(true, 0o500, "its folder"), (false, 0o400, "may only be read by you")] {
        let studio = studio_of_nobody();
        let store = studio.0.path().join("s.db");
        set_mode(if is_folder { studio.0.path() } else { &store }, mode);
        let Some((code, listed)) = bound(&store, &["list"]) else { return };
        assert!(code == 0 && listed.contains("First") && listed.contains(named), "{listed}");
        let (code, refused) = bound(&store, &["add", "Second"]).unwrap();
        assert!(code == 1 && refused.contains(named) && !refused.contains("full"), "{refused}");
        let (code, doctor) = bound(&store, &["doctor"]).unwrap();
        assert!(code == 1 && doctor.contains("WRONG  writing") && doctor.contains(named), "{doctor}");
        set_mode(studio.0.path(), 0o700);
        set_mode(&store, 0o600);
        let (code, said) = bound(&store, &["add", "Second", "--quiet"]).unwrap();
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn a_copies_folder_that_is_closed_or_none_is_named_and_opened() {
    for mode in [0o555, 0o000] {
        let studio = studio_of_nobody();
        let store = studio.0.path().join("s.db");
        let copies = studio.0.path().join("s-backups");
        set_mode(&copies, mode);
        let Some((code, said)) = bound(&store, &["backup"]) else { return };
        assert!(
            code == 1 && said.contains("s-backups: it, or a folder on the way to it, is closed"),
            "{said}"
        );
        assert!(!said.contains("os error") && !said.contains(".tablesetter-copy"), "{said}");
        let (code, said) = bound(&store, &["doctor"]).unwrap();
        assert!(code == 1 && said.contains("WRONG  copies folder") && said.contains("chmod 700"), "{said}");
        assert!(!said.contains("chmod 600") && !said.contains("none yet"), "{said}");
        let (code, said) = bound(&store, &["doctor", "--fix"]).unwrap();
        assert_eq!(code, 0, "{said}");
        assert_eq!(bound(&store, &["backup", "--quiet"]).unwrap().0, 0);
    }
    let studio = studio_of_nobody();
    let store = studio.0.path().join("s.db");
    let copies = studio.0.path().join("s-backups");
    fs::remove_dir_all(&copies).unwrap();
    fs::write(&copies, "").unwrap();
    let (code, said) = bound(&store, &["backup"]).unwrap();
    assert!(code == 1 && said.contains("something else of that name lies there"), "{said}");
    let (code, said) = bound(&store, &["doctor"]).unwrap();
    assert!(code == 1 && said.contains("is no folder") && said.contains("move it away"), "{said}");
    if rustix::process::geteuid().is_root() {
        fs::remove_file(&copies).unwrap();
        fs::create_dir(&copies).unwrap();
        let (code, said) = bound(&store, &["doctor", "--fix"]).unwrap();
        assert!(code == 1 && said.contains("belongs to user number 0") && said.contains("chown"), "{said}");
    }
}

#[test]
fn in_a_folder_for_everybody_others_exchange_nothing_of_ones_own() {
    let studio = Studio::new();
    studio.ok("add First");
    set_mode(studio.0.path(), 0o1777);
    let said = studio.run(&["doctor"]).out;
    assert!(said.contains("WRONG  folder") && said.contains("they cannot exchange"), "{said}");
    assert!(said.contains("move the store into a folder of your own"), "{said}");
    set_mode(studio.0.path(), 0o700);
}

#[test]
fn a_log_that_cannot_be_taken_in_is_never_passed_over() {
    let studio = Studio::new();
    let store = studio.0.path().join("s.db");
    studio.ok("add First");
    let held = rusqlite::Connection::open(&store).unwrap();
    held.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    held.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    studio.ok("add Second");
    drop(held);
    fs::remove_file(beside(&store, "-shm")).unwrap();
    if rustix::process::geteuid().is_root() {
        for entry in [studio.0.path().to_owned()].into_iter().chain(files(studio.0.path())) {
            chown(entry, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    set_mode(studio.0.path(), 0o500);
    let Some((code, said)) = bound(&store, &["list"]) else { return };
    assert!(code == 0 && said.contains("Second"), "read whole, with its log: {code} {said}");
    let (code, said) = bound(&store, &["add", "Third"]).unwrap();
    assert!(code != 0 && said.contains("cannot be written"), "{code} {said}");
    set_mode(studio.0.path(), 0o700);
}

#[test]
fn a_file_of_somebody_else_is_named_with_its_owner() {
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only root can give a file away");
        return;
    }
    let studio = studio_of_nobody();
    let store = studio.0.path().join("s.db");
    chown(&store, Some(0), Some(0)).unwrap();
    set_mode(&store, 0o644);
    let Some((_, said)) = bound(&store, &["doctor"]) else { return };
    assert!(said.contains("s.db belongs to another user (number 0)"), "{said}");
    assert!(!said.contains("chmod u+w"), "{said}");
}

#[test]
fn damage_is_no_full_disk_and_a_failed_read_is_no_damage() {
    let studio = Studio::new();
    studio.ok("add First");
    let store = studio.0.path().join("s.db");
    let whole = fs::read(&store).unwrap();
    if crate::campaign::can_trace("a failed read") {
        for words in [&["list"][..], &["doctor"], &["add", "Second"]] {
            for nth in [2, 3, 5, 8, 12] {
                let mut arguments = words.to_vec();
                arguments.extend(["--config", "/nowhere/c.toml", "--store", store.to_str().unwrap()]);
                let (output, hits) =
                    crate::campaign::with_failing(&arguments, &format!("pread64:error=EIO:when={nth}+"));
                let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
                let is_unstarted = said.contains("error while loading shared libraries");
                let is_told = output.status.success() || is_unstarted || said.contains("could not be read");
                assert!(hits == 0 || is_told, "{words:?} {nth}: {said}");
                assert!(!said.contains("damaged:") && !said.contains("is full"), "{words:?} {nth}: {said}");
            }
        }
    }
    fs::write(&store, &whole).unwrap();
    let mut damaged = whole.clone();
    damaged[100..4096].fill(0);
    fs::write(&store, &damaged).unwrap();
    for words in ["list", "add Second", "doctor"] {
        let told = studio.run(&words.split(' ').collect::<Vec<_>>());
        let said = told.out + &told.err;
        assert!(told.code != 0 && said.contains("damaged"), "{words}: {said}");
        assert!(!said.contains("full") && !said.contains("cannot be written"), "{words}: {said}");
    }
}

#[test]
fn a_folder_that_is_open_to_others_is_closed() {
    let studio = Studio::new();
    studio.ok("add First");
    for (mode, wanted) in [(0o775, 0o700), (0o777, 0o700), (0o720, 0o700)] {
        set_mode(studio.0.path(), mode);
        let doctor = studio.run(&["doctor"]);
        assert!(doctor.code == 1 && doctor.out.contains("WRONG  folder"), "{mode:o}: {}", doctor.out);
        studio.ok("doctor --fix");
        let found = fs::metadata(studio.0.path()).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, wanted, "{mode:o}");
    }
    // The folder that is this program's own is closed to every look.
    let own = studio.0.path().join("tablesetter");
    fs::create_dir(&own).unwrap();
    set_mode(&own, 0o755);
    let store = own.join("s.db").to_str().unwrap().to_owned();
    studio.ok(&format!("add First --store {store}"));
    assert_eq!(studio.run(&["doctor", "--store", &store]).code, 1);
    studio.ok(&format!("doctor --fix --store {store}"));
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o700);
    fs::remove_dir_all(&own).unwrap();
    // Beside other things nobody is shut out who was let in; nobody writes there.
    studio.file("letters.txt", "of somebody else");
    set_mode(studio.0.path(), 0o777);
    studio.ok("doctor --fix");
    assert_eq!(fs::metadata(studio.0.path()).unwrap().permissions().mode() & 0o777, 0o755);
    studio.ok("doctor");
}

#[test]
fn a_clock_that_was_moved_back_is_told_and_nothing_is_lost() {
    let studio = Studio::new();
    studio.ok("add First");
    let output = crate::tablesetter()
        .args(["add", "Second", "--config", "/nowhere/c.toml", "--store"])
        .arg(studio.0.path().join("s.db"))
        .env("TABLESETTER_NOW", "2026-11-20T09:12:00+00:00")
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.contains("before the newest change of 2026-11-23 09:12"), "{err}");
    assert_eq!(studio.json("list").as_array().unwrap().len(), 2);
    assert!(
        studio.ok("history").lines().next().unwrap().contains("Second"),
        "the order is that of what happened"
    );
    studio.ok("undo");
    assert_eq!(studio.json("list").as_array().unwrap().len(), 1);
}

#[test]
fn a_configuration_that_is_broken_under_an_open_cockpit_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    // Nobody types: it is told all the same, over what was said last.
    terminal.type_in("aStill at work\r");
    terminal.wait_for("Added R-");
    let file = folder.path().join("config.toml");
    fs::write(&file, "[team]\nday_hours = \"many\"\n").unwrap();
    terminal.wait_for("the configuration has a fault now");
    terminal.type_in("j");
    fs::write(folder.path().join("new.toml"), "[team]\nday_hours = 7\n").unwrap();
    fs::rename(folder.path().join("new.toml"), &file).unwrap();
    terminal.wait_for("it holds from the next start on");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

/// A disk that gives nothing back for a moment: what SQLite makes of it is that the store is malformed.
#[test]
fn in_an_open_cockpit_a_failed_read_is_no_damage_either() {
    if !crate::campaign::can_trace("a failed read in a cockpit") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    let store = folder.path().join("demo.db");
    terminal.wait_for("Intake");
    // The cockpit's own thread alone: whoever looks a second time reads what is there.
    let mut tracer = crate::command("strace")
        .args(["-e", "trace=pread64", "-e", "inject=pread64:retval=0:when=1+", "-o", "/dev/null", "-p"])
        .arg(terminal.id().as_raw_nonzero().to_string())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = std::io::BufReader::new(tracer.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut told, &mut line).unwrap();
    assert!(line.contains("attached"), "{line}");
    let status = crate::tablesetter()
        .args(["add", "From elsewhere", "--quiet", "--config", "/nowhere/c.toml", "--store"])
        .arg(&store)
        .env("TABLESETTER_NOW", NOW)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    terminal.wait_for("could not be read");
    assert!(terminal.text().contains("Nothing says that"), "{}", terminal.text());
    rustix::process::kill_process(crate::terminal::pid(tracer.id()), rustix::process::Signal::INT).unwrap();
    tracer.wait().unwrap();
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_row_that_cannot_be_read_is_found_though_the_file_is_whole() {
    let studio = Studio::new();
    studio.ok("meeting add Sync --start 2026-11-24T10:00");
    studio.ok("doctor");
    let connection = crate::forget::open(&studio);
    connection.execute("UPDATE meeting SET start = 'soon'", []).unwrap();
    drop(connection);
    let doctor = studio.run(&["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("`soon` is not a day with a time"), "{}", doctor.out);
}
