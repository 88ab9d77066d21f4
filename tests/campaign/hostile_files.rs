//! A hundred files that nobody would write on purpose, or that somebody would: each imports or is refused with a
//! sentence, soon, and whatever was there before stays as it was.

mod files;

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use super::rounds;
use crate::terminal::{NOW, PATIENCE, Terminal, demo};
use files::File;

/// Optimised, every command is done within this, whatever was imported.
const SOON: Duration = Duration::from_secs(2);
/// The same for the import of a file that is no more than one import takes: a hundred thousand rows take ten seconds of
/// work, and what takes time with the square of them takes minutes.
const IMPORTED: Duration = Duration::from_secs(20);

/// What a command did.
struct Told {
    code: i32,
    out: String,
    err: String,
    /// On the clock, which also counts what else the machine does.
    took: Duration,
    /// Of the processor, with its children.
    worked: Duration,
}

/// Runs what it is given, and says at the end how long that and its children worked.
const TIMED: &str = "\"$@\"; code=$?; times >&2; exit $code";

/// `0m1.25s`, as the shell says it.
fn length(word: &str) -> Option<Duration> {
    let (minutes, seconds) = word.trim_end_matches('s').split_once('m')?;
    Some(
        Duration::from_secs(minutes.parse::<u64>().ok()? * 60)
            + Duration::from_secs_f64(seconds.parse().ok()?),
    )
}

/// Takes what the shell said off a text: the last two lines, of which the last is that of its children.
fn worked(err: &mut String) -> Duration {
    let lines: Vec<&str> = err.lines().collect();
    let (said, times) = lines.split_at(lines.len().saturating_sub(2));
    let sum = times.last().unwrap().split_whitespace().map(|word| length(word).unwrap()).sum();
    *err = said.join("\n");
    sum
}

fn run(store: &Path, arguments: &[&str], input: Option<&Path>) -> Told {
    let input = input.map_or_else(Stdio::null, |file| std::fs::File::open(file).unwrap().into());
    let begun = Instant::now();
    let output = crate::command("sh")
        .args(["-c", TIMED, "sh", crate::terminal::program()])
        .args(arguments)
        .env("TABLESETTER_STORE", store)
        .env("TABLESETTER_CONFIG", store.with_extension("toml"))
        .env("TABLESETTER_NOW", NOW)
        .stdin(input)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code();
    assert!(code.is_some_and(|code| code < 128), "{arguments:?} was ended by a signal: {:?}", output.status);
    let (out, mut err) = (text(&output.stdout), text(&output.stderr));
    let worked = worked(&mut err);
    Told { code: code.unwrap(), out, err, took: begun.elapsed(), worked }
}

/// The number of operations, after the whole store was checked.
fn operations(store: &Path) -> i64 {
    let store = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let checked: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(checked, "ok");
    let broken: i64 =
        store.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    store.query_row("SELECT count(*) FROM operation", [], |row| row.get(0)).unwrap()
}

/// Imports one file, from its name or through standard input.
fn import(store: &Path, file: &File, place: &Path, is_piped: bool) -> Told {
    std::fs::write(place, &file.bytes).unwrap();
    let name = if is_piped { "-" } else { place.to_str().unwrap() };
    let before = operations(store);
    let mut arguments = vec!["import", file.verb, name];
    arguments.extend(&file.options);
    let told = run(store, &arguments, is_piped.then_some(place));
    let what =
        format!("{} ({} bytes): exit {}, {}{}", file.name, file.bytes.len(), told.code, told.out, told.err);
    assert!([0, 5].contains(&told.code), "{what}");
    assert!(!told.err.contains("panicked") && !told.err.contains("broke off"), "{what}");
    assert!(!told.err.contains("of memory") && !told.err.contains("of work"), "{what}");
    if told.code == 0 {
        assert!(told.out.contains("created"), "{what}");
    } else {
        let sentence = told.err.lines().find(|line| line.starts_with("error: "));
        assert!(sentence.is_some_and(|line| line.len() > 20 && line.len() < 2_000), "{what}");
        assert_eq!(operations(store), before, "a refused file writes nothing: {what}");
    }
    if let Some(expected) = file.says {
        assert!(told.out.contains(expected) || told.err.contains(expected), "{expected}: {what}");
    }
    let limit = if cfg!(debug_assertions) { PATIENCE } else { IMPORTED };
    assert!(told.worked < limit && told.took < PATIENCE, "{:?} of {:?}: {what}", told.worked, told.took);
    told
}

#[test]
fn a_hundred_hostile_files_import_or_are_refused_with_a_sentence() {
    let (size, step) = (rounds(1, 200), rounds(7, 1));
    let all = files::all(size);
    assert!(all.len() >= 100, "{}", all.len());
    // In the short form every seventh, so that each kind is among them.
    let files: Vec<&File> = all.iter().step_by(step).collect();
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let (mut taken, mut slowest) = (0, (Duration::ZERO, ""));
    for (index, file) in files.iter().enumerate() {
        let told = import(&store, file, &folder.path().join("file"), index % 5 == 0);
        taken += usize::from(told.code == 0);
        if told.worked > slowest.0 {
            slowest = (told.worked, file.name);
        }
        // One operation takes back whatever came: the next file finds the store as the first did.
        if told.code == 0 && step == 1 {
            run(&store, &["undo", "--quiet"], None);
        }
    }
    let doctor = run(&store, &["doctor"], None);
    assert_eq!(doctor.code, 0, "{}{}", doctor.out, doctor.err);
    println!(
        "{} files of size {size}: {taken} imported, {} refused; the slowest, {}, worked {:?}",
        files.len(),
        files.len() - taken,
        slowest.1,
        slowest.0
    );
}

/// Every command that a calendar could hold up, and the first frame of the cockpit.
fn everything_answers(store: &Path, folder: &Path, limit: Duration) {
    for command in [
        &["brief"][..],
        &["brief", "--json"],
        &["meeting", "list"],
        &["meeting", "list", "--json"],
        &["meeting", "show", "M-1"],
        &["standup"],
        &["reflect", "--trend"],
        &["review"],
        &["list"],
        &["load"],
        &["meanwhile"],
        &["stakeholder", "list"],
        &["export", "meetings", "--format", "ics"],
    ] {
        let told = run(store, command, None);
        assert!(told.code == 0 || told.code == 3, "{command:?}: {}", told.err);
        assert!(told.worked < limit && told.took < PATIENCE * 4, "{command:?} took {:?}", told.worked);
    }
    let begun = Instant::now();
    let mut cockpit = Terminal::on(store, folder, false);
    cockpit.wait_for("Meetings");
    assert!(begun.elapsed() < limit.max(PATIENCE / 2), "the first frame took {:?}", begun.elapsed());
    cockpit.type_in("4");
    cockpit.wait_for("Not every meeting is shown");
    cockpit.type_in("q");
    assert_eq!(cockpit.end(), 0);
}

#[test]
fn a_calendar_that_never_ends_keeps_neither_the_cockpit_nor_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    for file in [
        files::repeating("3,000 every minute", 3_000, "FREQ=MINUTELY", "20260101T000000Z"),
        files::repeating("1,000 every second", 1_000, "FREQ=SECONDLY", "19970101T000000Z"),
        files::invited(40_000),
    ] {
        import(&store, &file, &folder.path().join("file"), false);
    }
    let told = run(&store, &["meeting", "list"], None);
    assert!(
        told.err.contains("Not every meeting is shown") && told.err.contains("24 of each"),
        "{}",
        told.err
    );
    everything_answers(&store, folder.path(), if cfg!(debug_assertions) { PATIENCE } else { SOON });
    // Whoever reads it by machine finds it in what was asked for.
    for (command, place) in [(&["meeting", "list"][..], "/0/left_out"), (&["brief"], "/left_out")] {
        let told = run(&store, &[command, &["--json", "--quiet"]].concat(), None);
        let shape: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        let said = shape.pointer(place).and_then(|said| said.as_str()).unwrap_or_default();
        assert!(said.starts_with("Not every meeting is shown"), "{command:?}: {shape:.300}");
    }
}

/// As a version without bounds wrote them.
#[test]
fn a_store_in_which_such_events_stand_already_opens() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let old = Connection::open(&store).unwrap();
    for step in ["0001_init.sql", "0002_books.sql", "0003_documents.sql", "0004_writers.sql"] {
        let step = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations").join(step);
        old.execute_batch(&std::fs::read_to_string(step).unwrap()).unwrap();
    }
    old.pragma_update(None, "application_id", 0x5462_5374).unwrap();
    old.pragma_update(None, "user_version", 2000).unwrap();
    let everybody: Vec<String> = (0..40_000).map(|n| format!("Person {n}")).collect();
    let everybody = serde_json::to_string(&everybody).unwrap();
    let days: Vec<String> =
        (0..20_000).map(|n| format!("2026-11-{:02}T{:02}:{:02}:00", n % 28 + 1, n % 24, n % 60)).collect();
    let days = serde_json::to_string(&days).unwrap();
    old.execute_batch("BEGIN").unwrap();
    let sql = "INSERT INTO meeting (uid, title, start, minutes, attendees, location, status, sequence, rule, extra, \
               except_at, is_typed, series, span_from, span_to) VALUES (?1, 'Ping', ?2, 5, ?3, '', 'confirmed', 0, ?4, \
               ?5, '[]', 0, '', 0, NULL)";
    for n in 0..4_000 {
        let (start, rule) = if n % 4 == 0 {
            ("1997-01-01T00:00:00", "FREQ=SECONDLY")
        } else {
            ("2026-01-01T00:00:00", "FREQ=MINUTELY")
        };
        let attendees = if n % 400 == 0 { everybody.as_str() } else { "[]" };
        let extra = if n % 200 == 0 { days.as_str() } else { "[]" };
        old.execute(sql, (format!("u{n}"), start, attendees, rule, extra)).unwrap();
    }
    old.execute_batch("COMMIT").unwrap();
    drop(old);
    everything_answers(&store, folder.path(), if cfg!(debug_assertions) { PATIENCE * 4 } else { SOON * 2 });
}

/// What is more than one import takes: the beginning is taken, or nothing, and the sentence says where it stops.
#[test]
fn what_is_too_large_is_cut_with_a_line_or_refused() {
    if rounds(0, 1) == 0 {
        println!("skipped in the short form: files of 100 MB take minutes without optimisation");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    for file in files::too_large() {
        let place = folder.path().join("file");
        std::fs::write(&place, &file.bytes).unwrap();
        let before = operations(&store);
        let told = run(&store, &["import", file.verb, place.to_str().unwrap(), "--quiet"], None);
        let loud = run(&store, &["import", file.verb, place.to_str().unwrap(), "--dry-run"], None);
        let what = format!("{}: exit {}, {:?}, {}", file.name, told.code, told.took, loud.err);
        assert!([0, 5].contains(&told.code), "{what}");
        assert!(told.code == 0 || operations(&store) == before, "{what}");
        let said = format!("{}{}", loud.out, loud.err);
        assert!(said.contains(file.says.unwrap()), "{what}");
        println!("{}: {} bytes, exit {}, {:?}", file.name, file.bytes.len(), told.code, told.took);
    }
    for command in [&["brief"][..], &["standup"], &["meeting", "list"], &["list", "--plain"], &["review"]] {
        let told = run(&store, command, None);
        println!("{command:?} on it: exit {}, {:?}", told.code, told.took);
        assert!(told.code == 0 || told.code == 3, "{command:?}: {}", told.err);
        assert!(told.took < PATIENCE, "{command:?} took {:?}", told.took);
    }
    assert_eq!(run(&store, &["doctor"], None).code, 0);
}
