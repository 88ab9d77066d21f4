//! Imports that are stopped by a signal: they say that nothing came in, and nothing did.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::cli::Studio;
use super::sources::Machine;

const STOPPED: &str = "Stopped: nothing was imported.";

fn begin(here: &Machine<'_>, arguments: &[&str]) -> Child {
    let mut command = here.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Ends it as Ctrl-C does, and gives what it says from there on.
fn stop(child: &mut Child, said: &mut impl Read) -> (Option<i32>, String) {
    kill_process(Pid::from_child(child), Signal::INT).unwrap();
    let mut text = String::new();
    said.read_to_string(&mut text).unwrap();
    (child.wait().unwrap().code(), text)
}

#[test]
fn a_long_import_that_is_stopped_leaves_nothing() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    let mut rows = "ID,Title,Due\n".to_owned();
    for number in 0..60_000 {
        writeln!(rows, "{number},Poster {number},2026-12-01").unwrap();
    }
    let file = studio.0.path().join("many.csv");
    std::fs::write(&file, rows).unwrap();
    let file = file.to_str().unwrap();
    for more in [&["--dry-run"][..], &[]] {
        let mut child = begin(&here, &[&["import", "requests", file][..], more].concat());
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("of 60000 rows") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it was done before it said how far it was");
        }
        let (code, text) = stop(&mut child, &mut said);
        assert_eq!(code, Some(130), "{text}");
        assert!(text.contains(STOPPED), "{text}");
        assert_eq!(here.run(&["list"], "").code, 3, "nothing came in");
    }
    // The store is as good as before.
    here.ok(&["add", "Poster"]);
}

#[test]
fn a_stop_while_a_file_is_read_is_told_for_every_kind_of_import() {
    let studio = Studio::new();
    let here = Machine::new(&studio);
    for kind in ["requests", "people", "absences", "shares", "calendar", "all"] {
        let mut child = begin(&here, &["import", kind, "-"]);
        let (mut input, mut said) = (child.stdin.take().unwrap(), child.stderr.take().unwrap());
        // More than a pipe keeps, so that it is reading once all of it is gone.
        let lines: &[u8] = if kind == "all" { b"              \n" } else { b"Name,Handle\n" };
        input.write_all(&lines.repeat(100_000)).unwrap();
        let (code, text) = stop(&mut child, &mut said);
        assert_eq!(code, Some(130), "{kind}: {text}");
        assert_eq!(text.trim_end(), STOPPED, "{kind}");
    }
}
