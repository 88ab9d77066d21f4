//! The program killed in the middle of its writes.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::rounds;
use crate::terminal::{NOW, PATIENCE, pid, program};

#[test]
fn killed_in_the_middle_of_a_hundred_writes_nothing_acknowledged_is_lost() {
    use std::os::unix::process::CommandExt;
    for round in 0..rounds(2, 1000) {
        let wanted = 5 + round * 35 % 80;
        let folder = tempfile::tempdir().unwrap();
        let (store, told) = (folder.path().join("s.db"), folder.path().join("told"));
        let script = format!(
            "for n in $(seq 100); do '{}' --store '{}' --config /dev/null add Write $n --plain --quiet >> '{}' || exit 1; done",
            program(),
            store.display(),
            told.display()
        );
        let mut child = crate::command("sh")
            .args(["-c", &script])
            .env("TABLESETTER_NOW", NOW)
            .process_group(0)
            .spawn()
            .unwrap();
        let count = || std::fs::read_to_string(&told).unwrap_or_default().lines().count();
        let begun = Instant::now();
        while count() < wanted && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(1));
        }
        rustix::process::kill_process_group(pid(child.id()), Signal::KILL).unwrap();
        child.wait().unwrap();
        let told = std::fs::read_to_string(&told).unwrap_or_default();
        let acknowledged = told.lines().filter(|line| line.starts_with("R-")).count();
        assert!((wanted..100).contains(&acknowledged), "killed after {acknowledged} of a hundred");
        let output = crate::tablesetter()
            .args(["list", "--plain", "--quiet", "--config", "/dev/null", "--store"])
            .arg(&store)
            .env("TABLESETTER_NOW", NOW)
            .output()
            .unwrap();
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in told.lines().filter(|line| line.starts_with("R-")) {
            let key = line.split('\t').next().unwrap();
            assert!(
                listed.lines().any(|row| row.starts_with(&format!("{key}\t"))),
                "{key} was acknowledged and is gone"
            );
        }
        assert!(listed.lines().count() <= acknowledged + 1, "at most one write nobody was told of");
    }
}
