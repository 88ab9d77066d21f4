//! The process between this program and one that it runs for a source. It has no terminal, so nothing below it can ask
//! for a password there, and it ends its whole group when whoever asked is gone, however that ended. The standard
//! library can do neither for a child without `unsafe`; a second process of this program can.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

/// The word by which this program knows that it is to run another one.
pub const WORD: &str = "run-for-a-source";
/// How it ends where there is no such program, as shells do, and where it cannot be started.
const NOT_FOUND: u8 = 127;
const NOT_STARTED: u8 = 126;
/// How long what it began may go on after it ended.
const REST: Duration = Duration::from_secs(2);

/// Runs the words that follow the first. Standard input begins with the length of what the program gets on its own, and
/// stays open as long as it is to run.
pub fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    let _ = rustix::process::setsid();
    let mut words = words;
    let mut from = io::stdin();
    let (Some(program), Ok(input)) = (words.next(), input(&mut from)) else {
        return ExitCode::from(NOT_STARTED);
    };
    let mut command = Command::new(program);
    // In a group of its own, which can be ended while this process stays to say how it ended.
    command.process_group(0);
    command.args(words).stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return ExitCode::from(NOT_FOUND),
        Err(_) => return ExitCode::from(NOT_STARTED),
    };
    let group = Pid::from_child(&child);
    let to = child.stdin.take();
    // One that does not read what it is given has its reasons; its end tells.
    std::thread::spawn(move || to.map(|mut to| to.write_all(&input)));
    std::thread::spawn(move || {
        // Its standard input ends when whoever asked closes it or is gone, however that came.
        let _ = io::copy(&mut from, &mut io::sink());
        let _ = kill_process_group(group, Signal::KILL);
        // Last, since this process is in that group itself.
        let _ = rustix::process::kill_current_process_group(Signal::KILL);
    });
    let Ok(status) = child.wait() else { return ExitCode::from(NOT_STARTED) };
    end_what_is_left(group);
    // As shells tell an end by a signal.
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(NOT_STARTED))
}

/// Ends what a program left running, which would keep the pipe open and go on for nobody. What still writes the end of
/// its output, as the last of several behind a shell, has time for that.
fn end_what_is_left(group: Pid) {
    let begun = Instant::now();
    // A group keeps its number as long as anybody is in it.
    while test_kill_process_group(group).is_ok() {
        if begun.elapsed() > REST {
            let _ = kill_process_group(group, Signal::KILL);
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn input(from: &mut impl Read) -> io::Result<Vec<u8>> {
    // The pipe stays open for as long as the program may run, so its end cannot tell where the input ends.
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    let mut bytes = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
