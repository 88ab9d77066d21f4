//! The terminal is given back exactly as it was found, whatever ends or stops the program.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use rustix::termios::{LocalModes, SpecialCodeIndex};

use crate::terminal::{PATIENCE, Terminal, clean, demo, pid, program};

/// Processes besides the tests that have a terminal open; `None` where the system does not tell.
fn holders(terminal: &Path) -> Option<Vec<Pid>> {
    let has_it = |process: &Path| {
        let files = std::fs::read_dir(process.join("fd")).ok()?;
        let mut files = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
        files.any(|file| file == terminal).then_some(())
    };
    let processes = std::fs::read_dir("/proc").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let numbered = processes.filter_map(|path| {
        let number: u32 = path.file_name()?.to_str()?.parse().ok()?;
        has_it(&path).filter(|()| number != std::process::id())?;
        Some(pid(number))
    });
    Some(numbered.collect())
}

/// Nothing of the program may outlive it in the terminal; where the system does not tell, nothing is asked.
pub(crate) fn wait_until_nobody_holds(terminal: &Path) {
    let start = Instant::now();
    while let Some(left) = holders(terminal).filter(|left| !left.is_empty()) {
        assert!(start.elapsed() < PATIENCE, "{left:?} still hold the terminal");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn proc_file(id: Pid, name: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{}/{name}", id.as_raw_nonzero()))
}

/// The fields of `/proc/PID/stat` from the state on; empty for a process that is gone.
fn stat(id: Pid) -> Vec<String> {
    let text = std::fs::read_to_string(proc_file(id, "stat")).unwrap_or_default();
    let after = text.rsplit_once(") ").map_or("", |(_, after)| after);
    after.split_whitespace().map(str::to_owned).collect()
}

/// True where the system tells about processes; otherwise says that the test is skipped.
pub(crate) fn is_told_about_processes() -> bool {
    let is_told = Path::new("/proc/self/stat").exists();
    if !is_told {
        eprintln!("skipped: there is no /proc here that tells about other processes");
    }
    is_told
}

pub(crate) fn is_stopped(id: Pid) -> bool {
    stat(id).first().is_some_and(|state| state == "T")
}

pub(crate) fn wait_until_stopped(id: Pid) {
    let start = Instant::now();
    while !is_stopped(id) {
        assert!(start.elapsed() < PATIENCE, "it does not stop");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn guard_of(terminal: &Terminal) -> Option<Pid> {
    holders(&terminal.name)?.into_iter().find(|id| {
        std::fs::read(proc_file(*id, "cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains("guard-terminal"))
    })
}

/// Under a shell that leads the session and goes on when the program is gone, as in daily life.
#[test]
fn after_kill_and_abort_every_mode_and_setting_is_as_it_was_found() {
    for signal in [Signal::KILL, Signal::ABORT, Signal::SEGV] {
        let folder = tempfile::tempdir().unwrap();
        let store = demo(folder.path());
        let number = folder.path().join("pid");
        let line =
            format!("exec 3<&0; '{}' <&3 & echo $! >'{}'; wait $!; sleep 8", program(), number.display());
        let mut shell = clean("sh");
        shell.args(["-c", &line]);
        let terminal = Terminal::run(shell, &store, folder.path());
        terminal.wait_for("Intake");
        assert!(terminal.changes().len() > 3, "{:?}", terminal.changes());
        let id = std::fs::read_to_string(&number).unwrap().trim().parse().unwrap();
        kill_process(pid(id), signal).unwrap();
        if signal == Signal::SEGV {
            // The first one only takes away the handler that looks for an overflow of the stack.
            std::thread::sleep(Duration::from_millis(50));
            kill_process(pid(id), signal).unwrap();
        }
        assert_eq!(terminal.changes_that_stay(), Vec::<String>::new(), "{signal:?}");
    }
}

/// Signals were heard only after the terminal was taken, and the guard came after the first frame.
#[test]
fn the_first_instant_with_the_terminal_is_as_safe_as_every_other() {
    for signal in [Signal::TERM, Signal::KILL, Signal::INT, Signal::TERM, Signal::KILL] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::open(folder.path(), false);
        terminal.wait_for_bytes(b"\x1b[?1049h");
        terminal.signal(signal);
        let code = terminal.end();
        assert_eq!(terminal.changes_that_stay(), Vec::<String>::new(), "{signal:?}");
        let wanted = u32::try_from(128 + signal.as_raw()).unwrap();
        assert!(signal == Signal::KILL || code == wanted, "{signal:?}: {code}");
    }
}

#[test]
fn stopped_from_outside_it_gives_the_terminal_back_and_takes_it_again_with_a_whole_picture() {
    if !is_told_about_processes() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    for _ in 0..2 {
        terminal.signal(Signal::TSTP);
        wait_until_stopped(terminal.id());
        assert_eq!(terminal.changes_that_stay(), Vec::<String>::new());
        // As a shell would, in between.
        terminal.screen.lock().unwrap().process(b"\x1b[2J");
        terminal.resize(100, 30);
        terminal.signal(Signal::CONT);
        terminal.wait_for(" tablesetter  Mon 23 Nov 09:12");
        terminal.wait_for(" Enter open");
        assert!(terminal.changes().len() > 3, "{:?}", terminal.changes());
    }
    terminal.type_in("aWords after it\x1b");
    terminal.wait_for("what you typed is kept");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(terminal.changes_that_stay(), Vec::<String>::new());
}

/// What cannot be heard: then the shell may have set the terminal in its own way before it goes on.
#[test]
fn continued_after_a_stop_that_cannot_be_heard_it_takes_the_terminal_anew() {
    if !is_told_about_processes() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    // The mouse is taken after the first picture; stopped before that, what comes after would be of the start.
    terminal.wait_for_bytes(b"\x1b[?1006h");
    terminal.signal(Signal::STOP);
    wait_until_stopped(terminal.id());
    std::thread::sleep(Duration::from_millis(50));
    assert!(terminal.changes().len() > 3, "a program that is only stopped still has its terminal");
    terminal.found.special_codes[SpecialCodeIndex::VKILL] = 11;
    terminal.set(&terminal.found);
    terminal.raw.lock().unwrap().clear();
    terminal.signal(Signal::CONT);
    terminal.wait_for_bytes(b"\x1b[?1006h");
    assert!(!terminal.settings().local_modes.contains(LocalModes::ICANON), "keys come one by one again");
    terminal.signal(Signal::KILL);
    terminal.end();
    assert_eq!(terminal.changes_that_stay(), Vec::<String>::new());
}

#[test]
fn the_guard_sleeps_is_not_reached_by_signals_to_the_group_and_ends_with_the_program() {
    if !is_told_about_processes() {
        return;
    }
    for end in ["quit", "group", "direct"] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::open(folder.path(), false);
        terminal.wait_for("Intake");
        let guard = guard_of(&terminal).expect("nobody guards the terminal");
        std::thread::sleep(Duration::from_millis(200));
        let told = stat(guard);
        // State, and the ticks it has run for: as many as its start takes, of a hundredth of a second each.
        assert_eq!(told[0], "S", "{told:?}");
        let ticks: u32 = told[11].parse::<u32>().unwrap() + told[12].parse::<u32>().unwrap();
        assert!(ticks <= 5, "{told:?}");
        let signals = [Signal::HUP, Signal::INT, Signal::QUIT, Signal::TERM];
        match end {
            "quit" => terminal.type_in("q"),
            "group" => {
                // The program leads its group; the last of these ends it for good.
                for signal in signals.into_iter().chain([Signal::KILL]) {
                    kill_process_group(terminal.id(), signal).unwrap();
                }
            }
            _ => {
                for signal in signals.into_iter().chain([Signal::TSTP]) {
                    kill_process(guard, signal).unwrap();
                }
                terminal.signal(Signal::KILL);
            }
        }
        terminal.end();
        assert_eq!(terminal.changes_that_stay(), Vec::<String>::new(), "{end}");
        wait_until_nobody_holds(&terminal.name);
        let raw = terminal.raw.lock().unwrap();
        let times = raw.windows(8).filter(|part| part == b"\x1b[?1049l").count();
        assert!(times == 1 || end != "quit", "given back {times} times after an end in order");
    }
}

/// The terminal sends the signals of its keys to the editor and to the program behind it.
#[test]
fn a_key_that_interrupts_the_editor_does_not_end_the_program_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let mut command = clean(program());
    let editor = "trap '' INT QUIT; printf EDITING; read line; printf \"$line\" >";
    command.env("VISUAL", editor);
    let mut terminal = Terminal::run(command, &store, folder.path());
    terminal.wait_for("Intake");
    terminal.type_in("e\x1b[B\x1bOS");
    terminal.wait_for("your own editor");
    terminal.type_in("\x1bOS");
    terminal.wait_for("EDITING");
    assert_eq!(terminal.changes_that_stay(), Vec::<String>::new(), "the editor finds the terminal as it was");
    for signal in [Signal::INT, Signal::QUIT] {
        kill_process_group(terminal.id(), signal).unwrap();
    }
    std::thread::sleep(Duration::from_millis(200));
    terminal.type_in("said in the editor\r");
    terminal.wait_for("said in the editor");
    terminal.type_in("\x1b");
    terminal.wait_for("Ctrl+s");
    terminal.type_in("\x13");
    terminal.wait_for("undoes it");
    terminal.type_in("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn asked_to_end_while_the_editor_runs_it_ends_and_the_editor_too() {
    for signal in [Signal::TERM, Signal::HUP] {
        let folder = tempfile::tempdir().unwrap();
        let store = demo(folder.path());
        let mut command = clean(program());
        command.env("VISUAL", "printf EDITING; exec sleep 60 #");
        let mut terminal = Terminal::run(command, &store, folder.path());
        terminal.wait_for("Intake");
        terminal.type_in("e\x1b[B\x1bOS");
        terminal.wait_for("your own editor");
        terminal.type_in("\x1bOS");
        terminal.wait_for("EDITING");
        let start = Instant::now();
        terminal.signal(signal);
        assert_eq!(terminal.end(), u32::try_from(128 + signal.as_raw()).unwrap());
        assert!(start.elapsed() < Duration::from_secs(10), "it waited for the editor");
        assert_eq!(terminal.changes_that_stay(), Vec::<String>::new());
    }
}

/// The program sat in the read of the rest, which no signal ends.
#[test]
fn half_a_paste_does_not_keep_a_signal_from_ending_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), false);
    terminal.wait_for("Intake");
    terminal.type_in("\x1b[200~half of a paste");
    std::thread::sleep(Duration::from_millis(200));
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), 143);
    assert_eq!(terminal.changes_that_stay(), Vec::<String>::new());
}
