//! Keys as no person would press them, answers of a terminal, pastes, the mouse and changing windows, at the real
//! program: it does not panic, always draws again, and gives the terminal back.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use fastrand::Rng;
use rustix::process::{Signal, kill_process};

use super::rounds;
use crate::given_back::{is_stopped, is_told_about_processes};
use crate::terminal::{PATIENCE, Terminal, clean, demo, program};

/// Events between two looks whether it still draws.
const BURST: usize = 25;

/// How often a text stands in a long paste: up to the length that a line may have. Every key behind it reads the line
/// again, which a program that is not optimised does forty times slower.
const LONG: usize = if cfg!(debug_assertions) { 50 } else { 2_000 };

/// Whole sequences: keys, and what terminals say by themselves or when asked.
const SEQUENCES: [&[u8]; 44] = [
    b"\r",
    b"\t",
    b"\x1b",
    b"\x7f",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[C",
    b"\x1b[D",
    b"\x1b[H",
    b"\x1b[F",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x1b[3~",
    b"\x1b[Z",
    b"\x1bOS",
    b"\x1b[15~",
    b"\x1bOP",
    b"\x1b[1;5C",
    b"\x1b[1;2D",
    b"\x1ba",
    b"\x1b\r",
    b"\x13",
    b"\x17",
    b"\x15",
    b"\x0b",
    b"\x12",
    b"\x1a",
    // Who it is, where its cursor stands, what colours it has, whether it is looked at.
    b"\x1b[?62;22c",
    b"\x1b[>41;354;0c",
    b"\x1b[24;80R",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[?2026;2$y",
    b"\x1b[97;5u",
    b"\x1b[97;5:3u",
    b"\x1bP>|terminal 1\x1b\\",
    // The mouse in the three ways in which it is told, and in places that there are not.
    b"\x1b[M !!",
    b"\x1b[32;40;5M",
    b"\x1b[<65;40;12M",
    b"\x1b[<0;65535;65535M",
    b"\x1b[<0;0;0m",
    // What no terminal says.
    b"\x1b[99999999999;9~",
    b"\xff\xfe\xc3",
];

/// What is pasted: of each kind that ever was a trouble to a parser or a width.
const PASTES: [&str; 12] = [
    "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
    "due:fri ~40h @ana #tag t1 \"open quote",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY\r\n",
    "title,due\n\"one\nline\",2026-13-45\n",
    "\u{202e}gpj.exe \u{200b}\u{115f}\u{3164}\u{34f}",
    "👩‍👩‍👧‍👦🏳️‍🌈 漢字 e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\0\x07\x1b]52;c;aGk=\x07\x1b[2J",
    "-999999999999999999999h due:9999-12-31 order:1e400",
    "\n\n\n\r\r\r\t\t\t",
    "or or not not ( ) : : < > due:<",
    "",
    "Subject: Re: ask\nFrom: a@b\n\n> quoted\n",
];

fn one(random: &mut Rng) -> Vec<u8> {
    match random.u8(..100) {
        0..45 => vec![random.u8(b' '..=b'~')],
        45..85 => SEQUENCES[random.usize(..SEQUENCES.len())].to_vec(),
        85..90 => {
            let place = (random.u8(0..3), random.u8(1..130), random.u8(1..40));
            format!("\x1b[<{};{};{}M", place.0, place.1, place.2).into_bytes()
        }
        90..97 => {
            let times = if random.u8(..10) == 0 { LONG } else { 1 };
            let text = PASTES[random.usize(..PASTES.len())].repeat(times);
            format!("\x1b[200~{text}\x1b[201~").into_bytes()
        }
        // Part of a sequence, whose rest may be anything.
        97..99 => {
            let whole = SEQUENCES[random.usize(..SEQUENCES.len())];
            whole[..random.usize(..=whole.len())].to_vec()
        }
        _ => vec![random.u8(..)],
    }
}

struct Session {
    terminal: Terminal,
    said: String,
    keys: Sender<Vec<u8>>,
    /// Bytes that are not written yet.
    waiting: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        self.terminal.throw_keys_away();
    }
}

impl Session {
    fn open(store: &Path, folder: &Path, seed: u64) -> Self {
        let mut command = clean(program());
        command.env("VISUAL", "true");
        command.env("RUST_BACKTRACE", "1");
        command.cwd(folder);
        let mut terminal = Terminal::run(command, store, folder);
        terminal.wait_for("tablesetter");
        // Ctrl+Z stops it; this is the shell that has it go on.
        let (id, is_over) = (terminal.id(), Arc::new(AtomicBool::new(false)));
        let is_to_end = Arc::clone(&is_over);
        std::thread::spawn(move || {
            while !is_to_end.load(Ordering::SeqCst) {
                if is_stopped(id) {
                    let _ = kill_process(id, Signal::CONT);
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        // A terminal takes no more than a few thousand bytes that nobody reads, and whoever writes more waits.
        let (sender, receiver) = mpsc::channel::<Vec<u8>>();
        let (mut writer, is_to_end) = (terminal.writer.take().unwrap(), Arc::clone(&is_over));
        let waiting = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&waiting);
        std::thread::spawn(move || {
            for part in
                receiver.iter().flat_map(|keys| keys.chunks(512).map(<[u8]>::to_vec).collect::<Vec<_>>())
            {
                if is_to_end.load(Ordering::SeqCst) || writer.write_all(&part).is_err() {
                    return;
                }
                left.fetch_sub(part.len(), Ordering::SeqCst);
            }
        });
        Self { terminal, said: format!("seed {seed}"), keys: sender, waiting, is_over }
    }

    /// Whether it runs; an end must be one in order.
    fn runs(&mut self) -> bool {
        let Some(status) = self.terminal.child.try_wait().unwrap() else { return true };
        // Keys of signals, pressed while it is stopped, are signals.
        if ![0, 130, 131].contains(&status.exit_code()) {
            // What it says of a panic comes after the terminal was given back, and may be longer than a screen.
            std::thread::sleep(Duration::from_millis(200));
            let raw = self.terminal.raw.lock().unwrap().clone();
            let raw = String::from_utf8_lossy(&raw).into_owned();
            let last = raw.rsplit("\x1b[?1049l").next().unwrap_or_default();
            panic!("ended with {}\n{}\n{last}", status.exit_code(), self.said);
        }
        false
    }

    fn press(&mut self, keys: &[u8]) {
        let _ = write!(self.said, " {}", keys[..keys.len().min(60)].escape_ascii());
        self.waiting.fetch_add(keys.len(), Ordering::SeqCst);
        let _ = self.keys.send(keys.to_vec());
    }

    fn frames(&self) -> usize {
        self.terminal.raw.lock().unwrap().windows(8).filter(|part| part == b"\x1b[?2026l").count()
    }

    /// Another size must bring another picture, whatever is open. True while it runs.
    fn draws_at(&mut self, columns: u16, rows: u16) -> bool {
        let start = Instant::now();
        // Everything is read first, so that what hangs is found where it hangs.
        while self.waiting.load(Ordering::SeqCst) + self.terminal.unread() > 0 && self.runs() {
            assert!(start.elapsed() < PATIENCE, "it reads nothing\n{}\n{}", self.said, self.terminal.text());
            std::thread::sleep(Duration::from_millis(2));
        }
        let (before, start) = (self.frames(), Instant::now());
        self.terminal.resize(columns, rows);
        while self.frames() == before && self.runs() {
            assert!(start.elapsed() < PATIENCE, "it hangs\n{}\n{}", self.said, self.terminal.text());
            std::thread::sleep(Duration::from_millis(5));
        }
        self.terminal.raw.lock().unwrap().clear();
        self.runs()
    }

    /// Whatever is open closes, and the last of these leaves.
    fn leave(mut self) {
        self.terminal.raw.lock().unwrap().clear();
        let start = Instant::now();
        // What was begun ends first: a paste, and what nobody sends here and crossterm 0.29 takes everything for until
        // its last letter comes: half a click (`M`), and an answer about a mode (`u`).
        self.press(b"Mu\x1b[201~\x1b\\");
        while self.runs() {
            self.press(b"\x03");
            if start.elapsed() > PATIENCE {
                self.terminal.resize(120, 36);
                std::thread::sleep(Duration::from_secs(1));
                panic!("it cannot be left\n{}\n{}", self.said, self.terminal.text());
            }
            // Not faster: once the terminal is given back, a key that interrupts has the system throw away what was
            // written and not read yet, and that may be what gives it back.
            let pressed = Instant::now();
            while pressed.elapsed() < Duration::from_millis(150) && self.runs() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        assert_eq!(self.terminal.changes_that_stay(), Vec::<String>::new(), "{}", self.said);
    }
}

#[test]
fn no_keys_make_it_panic_or_hang() {
    if !is_told_about_processes() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let (wanted, mut pressed, mut sessions) = (rounds(300, 20_000), 0, 0);
    while pressed < wanted {
        let seed = u64::try_from(sessions).unwrap();
        let mut random = Rng::with_seed(seed);
        let mut session = Session::open(&store, folder.path(), seed);
        sessions += 1;
        let mut runs = true;
        for _ in 0..20 {
            for _ in 0..BURST {
                session.press(&one(&mut random));
                pressed += 1;
            }
            runs = session.draws_at(random.u16(40..160), random.u16(8..50));
            if !runs || pressed >= wanted {
                break;
            }
        }
        if runs {
            session.leave();
        }
    }
    let doctor = crate::tablesetter()
        .args(["doctor", "--quiet", "--store"])
        .arg(&store)
        .env("TABLESETTER_CONFIG", folder.path().join("config.toml"))
        .output()
        .unwrap();
    assert!(doctor.status.success(), "{}", String::from_utf8_lossy(&doctor.stdout));
    println!("{pressed} keys, pastes, answers and clicks in {sessions} sessions; no panic, no hang");
}
