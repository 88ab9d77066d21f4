//! The real program in a pseudo-terminal, its screen as a person sees it, and how it leaves the terminal.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

/// These machines are shared: a patient limit that only a hang reaches.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
pub(crate) const ROWS: NonZero<u16> = NonZero::new(36).expect("not zero");
pub(crate) const COLUMNS: NonZero<u16> = NonZero::new(120).expect("not zero");
pub(crate) const NOW: &str = "2026-11-23T09:12:00+00:00";

pub(crate) fn program() -> &'static str {
    env!("CARGO_BIN_EXE_tablesetter")
}

/// Signals go out by the system call: some `kill` programs read only the first digit of a group's number,
/// and `-1` means everybody.
pub(crate) fn pid(id: u32) -> Pid {
    Pid::from_raw(i32::try_from(id).unwrap()).unwrap()
}

pub(crate) fn demo(folder: &Path) -> PathBuf {
    let store = folder.join("demo.db");
    let status = crate::tablesetter()
        .args(["demo", "--quiet", "--keep"])
        .arg(&store)
        .env("TABLESETTER_NOW", NOW)
        .env("TABLESETTER_CONFIG", folder.join("config.toml"))
        .status()
        .unwrap();
    assert!(status.success());
    store
}

/// A program for a pseudo-terminal in an environment of its own.
pub(crate) fn clean(program: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    for (name, value) in crate::kept() {
        command.env(name, value);
    }
    command
}

/// The program in a pseudo-terminal, and the screen as a person sees it.
pub(crate) struct Terminal {
    pub(crate) master: Option<Box<dyn MasterPty + Send>>,
    pub(crate) writer: Option<Box<dyn Write + Send>>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) screen: Arc<Mutex<vt100::Parser>>,
    pub(crate) raw: Arc<Mutex<Vec<u8>>>,
    /// The terminal's name, `/dev/pts/7`.
    pub(crate) name: PathBuf,
    /// How the terminal was set before the program had it.
    pub(crate) found: Termios,
    is_closing: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

/// The far end of a terminal, as another program in it has it.
fn far_end(name: &Path) -> OwnedFd {
    rustix::fs::open(name, rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY, rustix::fs::Mode::empty())
        .unwrap()
}

/// Settings that nobody has: a program that sets the terminal to what is usual is found out.
fn set_oddly(terminal: &OwnedFd) -> Termios {
    let mut settings = tcgetattr(terminal).unwrap();
    settings.local_modes -= LocalModes::ECHOCTL | LocalModes::IEXTEN;
    settings.input_modes |= rustix::termios::InputModes::IUCLC;
    settings.special_codes[SpecialCodeIndex::VERASE] = 8;
    settings.special_codes[SpecialCodeIndex::VQUIT] = 7;
    tcsetattr(terminal, OptionalActions::Now, &settings).unwrap();
    tcgetattr(terminal).unwrap()
}

/// Whatever of these bytes changes a terminal for longer than a frame, as the last of them leaves it: private modes
/// that are not as at the start, and other changes, which the cockpit never makes.
pub(crate) fn left_behind(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let (mut modes, mut others) = (BTreeMap::new(), Vec::new());
    for sequence in text.split("\x1b[").skip(1) {
        let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(sequence.len());
        let (parameters, last) = (&sequence[..end], sequence[end..].chars().next());
        match (parameters.strip_prefix('?'), last) {
            (Some(numbers), Some(letter @ ('h' | 'l'))) => {
                modes.extend(numbers.split(';').map(|number| (number.to_owned(), letter)));
            }
            // Keys told in another way, a cursor of another shape, titles put by, a scrolling region.
            (_, Some('u' | 'q' | 't' | 'r')) => others.push(format!("{parameters}{last:?}")),
            _ => {}
        }
    }
    let usual = |number: &str| if number == "25" || number == "7" { 'h' } else { 'l' };
    let modes = modes.into_iter().filter(|(number, letter)| *letter != usual(number));
    modes.map(|(number, letter)| format!("?{number}{letter}")).chain(others).collect()
}

impl Terminal {
    pub(crate) fn signal(&self, signal: Signal) {
        rustix::process::kill_process(pid(self.child.process_id().unwrap()), signal).unwrap();
    }

    pub(crate) fn open(folder: &Path, ignores_hang_up: bool) -> Self {
        Self::on(&demo(folder), folder, ignores_hang_up)
    }

    pub(crate) fn on(store: &Path, folder: &Path, ignores_hang_up: bool) -> Self {
        let command = if ignores_hang_up {
            let mut shell = clean("sh");
            shell.args(["-c", &format!("trap '' HUP; exec '{}'", program())]);
            shell
        } else {
            clean(program())
        };
        Self::run(command, store, folder)
    }

    pub(crate) fn run(mut command: CommandBuilder, store: &Path, folder: &Path) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TABLESETTER_STORE", store);
        command.env("TABLESETTER_CONFIG", folder.join("config.toml"));
        command.env("TABLESETTER_NOW", NOW);
        command.env("TERM", "xterm-256color");
        command.env("EDITOR", "printf 'from my editor' >");
        let name = pair.master.tty_name().unwrap();
        let found = set_oddly(&far_end(&name));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, shown, kept) =
            (pair.master.try_clone_reader().unwrap(), Arc::clone(&screen), Arc::clone(&raw));
        let is_closing = Arc::new(AtomicBool::new(false));
        let is_to_end = Arc::clone(&is_closing);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || is_to_end.load(Ordering::SeqCst) {
                    break;
                }
                kept.lock().unwrap().extend_from_slice(&buffer[..count]);
                shown.lock().unwrap().process(&buffer[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            child,
            screen,
            raw,
            name,
            found,
            is_closing,
            reader: Some(reader),
        }
    }

    /// Closes the terminal as a window is closed: nothing holds this end of it any more.
    pub(crate) fn close(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        // The reader sleeps until something comes.
        rustix::io::write(far_end(&self.name), b"\n").unwrap();
        self.reader.take().unwrap().join().unwrap();
        self.writer = None;
        self.master = None;
    }

    pub(crate) fn id(&self) -> Pid {
        pid(self.child.process_id().unwrap())
    }

    /// Sets the terminal as another program in it might.
    pub(crate) fn set(&self, settings: &Termios) {
        tcsetattr(far_end(&self.name), OptionalActions::Now, settings).unwrap();
    }

    /// Bytes that were typed and not read yet.
    pub(crate) fn unread(&self) -> usize {
        rustix::io::ioctl_fionread(far_end(&self.name)).map_or(0, |count| usize::try_from(count).unwrap())
    }

    /// Throws away what was typed and not read.
    pub(crate) fn throw_keys_away(&self) {
        let _ = rustix::termios::tcflush(far_end(&self.name), rustix::termios::QueueSelector::IFlush);
    }

    /// How the terminal is set now.
    pub(crate) fn settings(&self) -> Termios {
        tcgetattr(far_end(&self.name)).unwrap()
    }

    /// What of the terminal is not as it was found.
    pub(crate) fn changes(&self) -> Vec<String> {
        let mut changes = left_behind(&self.raw.lock().unwrap());
        // The type cannot be compared; what it prints is all that is in it.
        let (now, found) = (format!("{:?}", self.settings()), format!("{:?}", self.found));
        if now != found {
            changes.push(format!("{now} instead of {found}"));
        }
        changes
    }

    /// Waits until nothing is left of what the program did to the terminal, and says what is after all.
    pub(crate) fn changes_that_stay(&self) -> Vec<String> {
        let start = Instant::now();
        loop {
            let changes = self.changes();
            if changes.is_empty() || start.elapsed() > PATIENCE {
                return changes;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for bytes of the program, and not a moment longer.
    pub(crate) fn wait_for_bytes(&self, bytes: &[u8]) {
        let start = Instant::now();
        while !self.raw.lock().unwrap().windows(bytes.len()).any(|part| part == bytes) {
            assert!(start.elapsed() < PATIENCE, "{:?} never came", String::from_utf8_lossy(bytes));
            std::thread::yield_now();
        }
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        let screen = &mut *self.screen.lock().unwrap();
        let nonzero = |size: u16| NonZero::new(size).unwrap();
        screen.screen_mut().set_size(nonzero(rows), nonzero(columns));
    }

    pub(crate) fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    pub(crate) fn wait_for(&self, words: &str) {
        let start = Instant::now();
        while !self.text().contains(words) {
            assert!(start.elapsed() < PATIENCE, "`{words}` never came:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types as a hand does: each key is read before the next one comes. Many in one read would be a paste.
    pub(crate) fn type_in(&mut self, keys: &str) {
        let mut rest = keys;
        while !rest.is_empty() {
            let (key, more) = rest.split_at(first_key(rest));
            self.writer.as_mut().unwrap().write_all(key.as_bytes()).unwrap();
            // What is written here comes to the other end a little later.
            std::thread::sleep(Duration::from_millis(8));
            let start = Instant::now();
            while self.unread() > 0 && start.elapsed() < Duration::from_secs(1) {
                std::thread::sleep(Duration::from_millis(1));
            }
            if key == "\x1b" && !more.is_empty() {
                // With what follows at once it would be another key.
                std::thread::sleep(Duration::from_millis(120));
            }
            rest = more;
        }
    }

    /// Waits until bytes stand behind the last of some others.
    pub(crate) fn wait_for_bytes_after_last(&self, others: &[u8], bytes: &[u8]) {
        let start = Instant::now();
        let place = |raw: &[u8], part: &[u8]| raw.windows(part.len()).rposition(|window| window == part);
        loop {
            let raw = self.raw.lock().unwrap();
            if place(&raw, bytes) > place(&raw, others) {
                return;
            }
            drop(raw);
            assert!(start.elapsed() < PATIENCE, "{:?} never came", String::from_utf8_lossy(bytes));
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits until so many bytes more are drawn than there were.
    pub(crate) fn wait_for_more(&self, before: usize, more: usize) {
        let start = Instant::now();
        while self.written() < before + more {
            assert!(start.elapsed() < PATIENCE, "only {} bytes more came", self.written() - before);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How many bytes were drawn so far.
    pub(crate) fn written(&self) -> usize {
        self.raw.lock().unwrap().len()
    }

    /// Types where somebody may still read it.
    pub(crate) fn type_in_if_open(&mut self, keys: &[u8]) {
        let _ = self.writer.as_mut().map(|writer| writer.write_all(keys));
    }

    pub(crate) fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn is_given_back(&self) -> bool {
        let start = Instant::now();
        let leave = b"\x1b[?1049l";
        while start.elapsed() < Duration::from_secs(5) {
            let raw = self.raw.lock().unwrap();
            if raw.windows(leave.len()).any(|part| part == leave) {
                return !self.screen.lock().unwrap().screen().hide_cursor();
            }
            drop(raw);
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

/// How many bytes the first key takes; a paste is taken whole, with everything behind it.
fn first_key(keys: &str) -> usize {
    if keys.starts_with("\x1b[200~") {
        return keys.len();
    }
    if let Some(sequence) = keys.strip_prefix("\x1b[").or_else(|| keys.strip_prefix("\x1bO")) {
        return sequence
            .find(|c: char| c.is_ascii_alphabetic() || c == '~')
            .map_or(keys.len(), |end| end + 3);
    }
    keys.chars().next().map_or(0, char::len_utf8)
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
