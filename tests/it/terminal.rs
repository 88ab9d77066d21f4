//! The real program in a pseudo-terminal, and its screen as a person sees it.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};

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
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, shown, kept) =
            (pair.master.try_clone_reader().unwrap(), Arc::clone(&screen), Arc::clone(&raw));
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                shown.lock().unwrap().process(&buffer[..count]);
                kept.lock().unwrap().extend_from_slice(&buffer[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: Some(pair.master), writer: Some(writer), child, screen, raw }
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

    pub(crate) fn type_in(&mut self, keys: &str) {
        self.writer.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
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

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
