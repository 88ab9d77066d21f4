//! The program killed in the middle of its writes: one writer, three at once, and in the middle of what takes long.
//! What was acknowledged is there, what was not is there as a whole or not at all, and the store is sound.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fastrand::Rng;
use rustix::process::Signal;

use super::rounds;
use crate::terminal::{NOW, PATIENCE, pid, program};

/// A command of the program on a store.
fn on(store: &Path, words: &[&str]) -> Command {
    let mut command = crate::tablesetter();
    command.args(words).args(["--quiet", "--config", "/no/such/file", "--store"]).arg(store);
    command.env("TABLESETTER_NOW", NOW).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The keys of all requests, from a store that must be sound.
fn keys_in(store: &Path, context: &str) -> Vec<String> {
    let listed = on(store, &["list", "--plain", "--limit", "0", "stage:any"]).output().unwrap();
    let told = String::from_utf8_lossy(&listed.stderr).into_owned();
    // 3: nothing fits, as in a store in which nothing was written yet.
    assert!([Some(0), Some(3)].contains(&listed.status.code()), "{context}: {told}");
    let doctor = |words: &[&str]| String::from_utf8(on(store, words).output().unwrap().stdout).unwrap();
    let wrong =
        |told: &str| told.lines().filter(|line| line.starts_with("WRONG")).map(str::to_owned).collect();
    let found: Vec<String> = wrong(&doctor(&["doctor"]));
    // A copy that was broken off is told, and removed when that is asked for; nothing else may be found.
    let is_known = |line: &String| line.starts_with("WRONG  broken copies");
    assert!(found.iter().all(is_known), "{context}: {found:?}");
    // A thousand times over, what need not be run is not.
    if !found.is_empty() {
        doctor(&["doctor", "--fix"]);
        let found: Vec<String> = wrong(&doctor(&["doctor"]));
        assert!(found.is_empty(), "{context}: {found:?}");
    }
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    listed.lines().filter_map(|line| Some(line.split('\t').next()?.to_owned())).collect()
}

/// Some writers add requests, each after the other; all are killed once so many are acknowledged. How many were.
fn kill_writers(writers: usize, wanted: usize) -> usize {
    use std::os::unix::process::CommandExt;
    let folder = tempfile::tempdir().unwrap();
    let (store, told) = (folder.path().join("s.db"), folder.path().join("told"));
    let add = format!(
        "'{}' --store '{}' --config /no/such/file add Write $n of $w --plain --quiet",
        program(),
        store.display()
    );
    let script = format!(
        "for w in $(seq {writers}); do (for n in $(seq 100); do {add} >> '{0}'.$w; done) & done; wait",
        told.display()
    );
    let mut child = crate::command("sh")
        .args(["-c", &script])
        .env("TABLESETTER_NOW", NOW)
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    let told_lines = || -> Vec<String> {
        let files = (1..=writers).map(|writer| PathBuf::from(format!("{}.{writer}", told.display())));
        let texts = files.map(|file| std::fs::read_to_string(file).unwrap_or_default());
        // A line that was cut off was not acknowledged.
        let whole =
            texts.map(|text| text.rsplit_once('\n').map_or(String::new(), |(whole, _)| whole.to_owned()));
        whole.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let begun = Instant::now();
    while told_lines().len() < wanted && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
    rustix::process::kill_process_group(pid(child.id()), Signal::KILL).unwrap();
    child.wait().unwrap();
    // The writers are children of that child, and may live a moment longer.
    std::thread::sleep(Duration::from_millis(5));
    let acknowledged: Vec<String> =
        told_lines().iter().filter_map(|line| Some(line.split('\t').next()?.to_owned())).collect();
    let context = format!("{writers} writers, killed after {}", acknowledged.len());
    // Fewer than wanted where the machine is too busy: a kill all the same.
    assert!((1..writers * 100).contains(&acknowledged.len()), "{context} instead of {wanted}");
    let there = keys_in(&store, &context);
    for key in &acknowledged {
        assert!(there.contains(key), "{context}: {key} was acknowledged and is gone");
    }
    assert!(
        there.len() <= acknowledged.len() + writers,
        "{context}: more than one write each that nobody was told of"
    );
    acknowledged.len()
}

#[test]
fn killed_in_the_middle_of_a_hundred_writes_nothing_acknowledged_is_lost() {
    let count = rounds(2, 1_000);
    let acknowledged: usize = (0..count).map(|round| kill_writers(1, 2 + round * 35 % 40)).sum();
    println!("{count} kills of one writer: {acknowledged} writes acknowledged, 0 lost");
}

#[test]
fn three_writers_killed_at_once_lose_nothing_acknowledged() {
    let count = rounds(2, 500);
    let acknowledged: usize = (0..count).map(|round| kill_writers(3, 3 + round * 35 % 40)).sum();
    println!("{count} kills of three writers: {acknowledged} writes acknowledged, 0 lost");
}

/// Something that takes long, and how many requests there may be after it was killed.
struct Job {
    name: &'static str,
    words: Vec<String>,
    /// The store as it is before.
    before: PathBuf,
    counts: [usize; 2],
}

const FEW: usize = 20;
const MANY: usize = 600;

fn csv(folder: &Path, name: &str, count: usize) -> String {
    let rows =
        (0..count).map(|row| format!("{name} {row},CR-{name}-{row},Task,To Do,Mara,12/Nov/26 9:14 AM\n"));
    let text: String = std::iter::once("Summary,Issue key,Issue Type,Status,Reporter,Created\n".to_owned())
        .chain(rows)
        .collect();
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

fn done(store: &Path, words: &[&str]) {
    let output = on(store, words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A store of version 2000 with many requests.
fn old_store(path: &Path) {
    let old = rusqlite::Connection::open(path).unwrap();
    for step in [
        include_str!("../../src/store/migrations/0001_init.sql"),
        include_str!("../../src/store/migrations/0002_books.sql"),
        include_str!("../../src/store/migrations/0003_documents.sql"),
        include_str!("../../src/store/migrations/0004_writers.sql"),
    ] {
        old.execute_batch(step).unwrap();
    }
    old.pragma_update(None, "application_id", 0x5462_5374).unwrap();
    old.pragma_update(None, "user_version", 2000).unwrap();
    old.execute_batch(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
         INSERT INTO request (id, title, ask, requester, brand, channel, outcome, measure, audience, message,
             deliverables, is_due_hard, due_reason, due_moves, decider, inputs, tier, stage, stage_since, stage_reason,
             estimate, rounds, notes, tags, url, source, external_id, created, due)
         SELECT i, 'Old ' || i, '', '', '', '', '', '', '', '', '', 0, '', 0, '', '', 3, 'in-progress',
             '2026-11-16T08:00:00Z', '', 2400, 0, '', '[]', '', '', '', '2026-11-10T08:00:00Z', '2026-11-27' FROM n;"
    ))
    .unwrap();
}

fn jobs(folder: &Path) -> Vec<Job> {
    let path = |name: &str| folder.join(name);
    let (few, many) = (csv(folder, "few", FEW), csv(folder, "many", MANY));
    done(&path("few.db"), &["import", "requests", &few]);
    std::fs::copy(path("few.db"), path("many.db")).unwrap();
    done(&path("many.db"), &["import", "requests", &many]);
    let copy = path("copy.db").to_str().unwrap().to_owned();
    done(&path("few.db"), &["backup", &copy]);
    old_store(&path("old.db"));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let job = |name, said: &[&str], before: &str, counts| Job {
        name,
        words: words(said),
        before: path(before),
        counts,
    };
    vec![
        job("import", &["import", "requests", &many], "few.db", [FEW, FEW + MANY]),
        job("undo", &["undo"], "many.db", [FEW, FEW + MANY]),
        job("restore", &["restore", &copy], "many.db", [FEW, FEW + MANY]),
        job("backup", &["backup"], "many.db", [FEW + MANY, FEW + MANY]),
        job("migration", &["list"], "old.db", [MANY, MANY]),
    ]
}

#[test]
fn killed_inside_what_takes_long_the_store_is_as_before_or_as_after() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path());
    let count = rounds(10, 300);
    let mut random = Rng::with_seed(12);
    let mut took: Vec<Option<Duration>> = vec![None; jobs.len()];
    let (mut ends, mut round) = ([0, 0, 0], 0);
    // Kills that hit are counted; something that was done before is tried again with a shorter wait.
    while ends[0] + ends[1] < count {
        round += 1;
        let (number, job) = (round % jobs.len(), &jobs[round % jobs.len()]);
        let own = tempfile::tempdir().unwrap();
        let store = own.path().join("s.db");
        let words: Vec<&str> = job.words.iter().map(String::as_str).collect();
        let length = took[number].unwrap_or_else(|| {
            let whole = own.path().join("whole.db");
            std::fs::copy(&job.before, &whole).unwrap();
            let start = Instant::now();
            done(&whole, &words);
            start.elapsed()
        });
        took[number] = Some(length);
        std::fs::copy(&job.before, &store).unwrap();
        let mut child = on(&store, &words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(length.mul_f64(random.f64()));
        child.kill().unwrap();
        let was_done = child.wait().unwrap().success();
        if was_done {
            took[number] = Some(length.mul_f64(0.9));
        }
        let context = format!("{} killed in round {round}", job.name);
        let there = keys_in(&store, &context).len();
        assert!(job.counts.contains(&there), "{context}: {there} requests instead of {:?}", job.counts);
        let is_after = there == if job.name == "import" { job.counts[1] } else { job.counts[0] };
        assert!(!was_done || is_after, "{context}: it said that it was done");
        ends[if was_done { 2 } else { usize::from(is_after && job.counts[0] != job.counts[1]) }] += 1;
        // What was cut off can be done after all.
        let again = on(&store, &words).output().unwrap();
        let told = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(again.status.success(), "{context}: {told}");
        let copies = on(&store, &["backup", "--list"]).output().unwrap();
        assert!(copies.status.success(), "{context}");
    }
    println!(
        "{count} kills inside {}: {} as before, {} as after, and {} that were quicker than the kill",
        jobs.iter().map(|job| job.name).collect::<Vec<_>>().join(", "),
        ends[0],
        ends[1],
        ends[2]
    );
}
