//! Every way in which the program ends, at every kind of moment: the terminal is as it was found, and nobody is left
//! in it.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process, kill_process_group};

use super::rounds;
use crate::given_back::{is_told_about_processes, wait_until_nobody_holds, wait_until_stopped};
use crate::terminal::{PATIENCE, Terminal, clean, demo, program};

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Quit,
    CtrlC,
    Signal(Signal),
    /// The signal goes to all of the program's process group, as a key of the terminal sends it.
    Group(Signal),
    /// The window is closed.
    Closed,
    /// The program panics, where it is built for tests; one that is shipped ends by the signal that asks for it.
    Panic,
}

/// When it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Spawned,
    Taken,
    Drawn,
    InForm,
    InEditor,
    Stopped,
    /// By a signal that nobody can hear.
    StoppedUnheard,
    Resizing,
    Pasting,
    /// Back from a stop.
    Continued,
    OnePasteBehindAnother,
}

const ENDS: [End; 19] = [
    End::Quit,
    End::Signal(Signal::KILL),
    End::Signal(Signal::TERM),
    End::Signal(Signal::ABORT),
    End::Signal(Signal::HUP),
    End::CtrlC,
    End::Signal(Signal::SEGV),
    End::Group(Signal::TERM),
    End::Signal(Signal::INT),
    End::Closed,
    End::Signal(Signal::QUIT),
    End::Group(Signal::KILL),
    End::Signal(Signal::BUS),
    End::Group(Signal::INT),
    End::Signal(Signal::ILL),
    End::Signal(Signal::FPE),
    End::Group(Signal::HUP),
    End::Signal(Signal::USR1),
    End::Panic,
];

/// Eleven, which has no divisor in common with the number of ends: so every pair comes up in its turn.
const MOMENTS: [Moment; 11] = [
    Moment::Taken,
    Moment::InForm,
    Moment::Stopped,
    Moment::Drawn,
    Moment::InEditor,
    Moment::Spawned,
    Moment::StoppedUnheard,
    Moment::Resizing,
    Moment::Pasting,
    Moment::Continued,
    Moment::OnePasteBehindAnother,
];

fn bring_to(terminal: &mut Terminal, moment: Moment, delay: Duration) {
    if !matches!(moment, Moment::Spawned | Moment::Taken) {
        terminal.wait_for("Intake");
    }
    match moment {
        Moment::Spawned | Moment::Drawn => {}
        Moment::Taken => terminal.wait_for_bytes(b"\x1b[?1049h"),
        Moment::InForm => {
            terminal.type_in("aHalf a thought");
            terminal.wait_for("Half a thought");
        }
        Moment::InEditor => {
            terminal.type_in("e\x1b[B\x1bOS");
            terminal.wait_for("your own editor");
            terminal.type_in("\x1bOS");
            terminal.wait_for("EDITING");
        }
        Moment::Stopped | Moment::Continued => {
            terminal.signal(Signal::TSTP);
            wait_until_stopped(terminal.id());
            assert_eq!(terminal.changes_that_stay(), Vec::<String>::new(), "while it is stopped");
            if moment == Moment::Continued {
                terminal.signal(Signal::CONT);
            }
        }
        Moment::StoppedUnheard => {
            terminal.signal(Signal::STOP);
            wait_until_stopped(terminal.id());
        }
        Moment::Resizing => (0..30).for_each(|step| terminal.resize(60 + step, 20 + step / 2)),
        Moment::Pasting => terminal.type_in("\x1b[200~half of a paste, and no end"),
        Moment::OnePasteBehindAnother => {
            for _ in 0..3 {
                terminal.type_in(&format!("\x1b[200~{}\x1b[201~", "a paste ".repeat(200)));
            }
        }
    }
    std::thread::sleep(delay);
}

fn end(terminal: &mut Terminal, end: End, moment: Moment) {
    let is_stopped = matches!(moment, Moment::Stopped | Moment::StoppedUnheard);
    let id = terminal.id();
    match end {
        End::Quit | End::CtrlC if moment == Moment::InEditor => {
            terminal.type_in("\n");
            terminal.wait_for_bytes_after_last(b"EDITING", b"\x1b[?1049h");
        }
        _ => {}
    }
    // Whoever is gone cannot be signalled, which is no fault.
    let signal = |signal| kill_process(id, signal).unwrap_or_default();
    match end {
        End::Quit | End::CtrlC => {}
        End::Signal(one) => signal(one),
        End::Panic => signal(Signal::USR2),
        End::Group(one) => kill_process_group(id, one).unwrap_or_default(),
        End::Closed => terminal.close(),
    }
    if is_stopped {
        signal(Signal::CONT);
    }
    let (start, mut pressed, mut last) = (Instant::now(), None::<Instant>, Instant::now());
    while terminal.child.try_wait().unwrap().is_none() {
        // The first only takes away the handler that looks for an overflow of the stack; and one that comes while the
        // first still waits is none.
        if let End::Signal(one @ (Signal::SEGV | Signal::BUS)) = end
            && last.elapsed() > Duration::from_millis(20)
        {
            signal(one);
            last = Instant::now();
        }
        // Keys as a person goes on pressing them: each closes what is open, and the last leaves. Not faster, for the
        // system throws away what is not shown yet when a key interrupts, and that may be what gives the screen back.
        let is_by_key = matches!(end, End::Quit | End::CtrlC) || is_only_the_editors(end, moment);
        if is_by_key && pressed.is_none_or(|pressed| pressed.elapsed() > Duration::from_millis(150)) {
            if moment == Moment::Pasting && pressed.is_none() {
                // Up to its end everything belongs to the paste.
                terminal.type_in_if_open(b"\x1b[201~");
            }
            pressed = Some(Instant::now());
            let key = if end == End::CtrlC { "\x03" } else { "\x1b[201~\x1b\x03q" };
            terminal.type_in_if_open(key.as_bytes());
        }
        assert!(start.elapsed() < PATIENCE, "{end:?} {moment:?}: it does not end:\n{}", terminal.text());
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A key that interrupts means the editor, not the program behind it.
fn is_only_the_editors(end: End, moment: Moment) -> bool {
    let interrupts = matches!(end, End::Signal(Signal::INT | Signal::QUIT) | End::Group(Signal::INT));
    // While the editor has the terminal nobody but it is listened to.
    (interrupts || end == End::Panic && cfg!(debug_assertions)) && moment == Moment::InEditor
}

fn one(store: &Path, folder: &Path, (how, moment): (End, Moment), delay: Duration) {
    let mut command = clean(program());
    // Ends by a line as by a signal.
    command.env("TABLESETTER_PANIC_ON_USR2", "1");
    command.env("VISUAL", "printf EDITING; exec head -n 1 #");
    let mut terminal = Terminal::run(command, store, folder);
    bring_to(&mut terminal, moment, delay);
    end(&mut terminal, how, moment);
    if how == End::Panic && moment == Moment::Drawn && cfg!(debug_assertions) {
        let said = terminal.text();
        assert_eq!(terminal.end(), 101, "{said}");
        assert!(said.contains("asked for by a test"), "{said}");
    }
    if how != End::Closed {
        let changes = terminal.changes_that_stay();
        assert!(changes.is_empty(), "{how:?} {moment:?}: {changes:?}\n{}", terminal.text());
    }
    wait_until_nobody_holds(&terminal.name);
}

#[test]
fn whatever_ends_it_whenever_the_terminal_is_as_it_was_found() {
    if !is_told_about_processes() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let count = rounds(12, 220);
    for round in 0..count {
        let pair = (ENDS[round % ENDS.len()], MOMENTS[round % MOMENTS.len()]);
        let delay = Duration::from_micros(u64::try_from(round * 7919 % 30_000).unwrap());
        one(&store, folder.path(), pair, delay);
    }
    println!(
        "{count} ends: {} ways, {} moments; every mode and setting as found, nobody left in the terminal",
        ENDS.len(),
        MOMENTS.len()
    );
}

/// In the short form of the campaign it may not come up.
#[test]
fn after_a_panic_the_terminal_is_as_it_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    for moment in [Moment::Taken, Moment::Drawn, Moment::InForm, Moment::Stopped, Moment::Pasting] {
        one(&store, folder.path(), (End::Panic, moment), Duration::from_millis(3));
    }
}
