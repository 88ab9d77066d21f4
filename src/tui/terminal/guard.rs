//! The guard of the terminal: a second process of this program that outlives the first. When that one dies without
//! having given the terminal back (an abort, a stack overflow, `kill -9`), the guard does so in its place. A handler
//! in the dying process could not: some of these ends cannot be caught, and the others only by `unsafe` code.
//!
//! Both hold one end of a socket, on which the cockpit says single bytes. The guard sleeps in a read of its end, which
//! returns when the cockpit has died, and not while it is merely stopped.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

use super::{is_raw, modes, remember};

/// The one argument that makes this program a guard.
const ARGUMENT: &str = "guard-terminal";

/// The guard is to remember how the terminal is set, and to answer when it has.
const REMEMBER: u8 = b'r';
/// Private modes are set from now on.
const TAKEN: u8 = b't';
/// The terminal was given back in order.
const GIVEN: u8 = b'g';

/// How long the cockpit waits for an answer before it goes on without a guard; only a machine in distress is as slow.
const PATIENCE: Duration = Duration::from_secs(2);

/// The guard as the cockpit knows it.
struct Guard {
    process: Child,
    line: UnixStream,
    /// It was asked to remember the terminal, and the answer was not read yet.
    is_asked: bool,
}

static GUARD: Mutex<Option<Guard>> = Mutex::new(None);
/// The guard while it is being started.
static STARTING: Mutex<Option<JoinHandle<io::Result<Guard>>>> = Mutex::new(None);

/// Starts the guard, which gets ready while the cockpit reads its store. Where that is not possible, the program does
/// without. Beside it, since who starts a process waits until its program is loaded: a fifteenth of the time to a first
/// frame.
pub fn start() {
    *STARTING.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::spawn(Guard::start));
}

/// Waits until the guard knows how the terminal is set; to be called before it is set otherwise.
pub fn arm() {
    let starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner).take();
    let mut guard = guard();
    if let Some(Ok(started)) = starting.and_then(|thread| thread.join().ok()) {
        *guard = Some(started);
    }
    if guard.is_none() {
        *guard = Guard::start().ok();
    }
    if let Some(one) = guard.as_mut()
        && one.arm().is_err()
    {
        // A guard that remembers too late would remember the terminal as the cockpit has set it.
        let _ = one.process.kill();
        let _ = one.process.wait();
        *guard = None;
    }
}

/// Says that private modes are about to be set.
pub fn tell_taken() {
    tell(TAKEN);
}

/// Says that the terminal was given back.
pub fn tell_given() {
    tell(GIVEN);
}

fn guard() -> MutexGuard<'static, Option<Guard>> {
    GUARD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tell(word: u8) {
    // In a panic somebody else may hold it; then the guard does once more what the panic does by itself.
    if let Ok(guard) = GUARD.try_lock()
        && let Some(guard) = guard.as_ref()
    {
        let _ = (&guard.line).write_all(&[word]);
    }
}

impl Guard {
    fn start() -> io::Result<Self> {
        let (line, its_end) = UnixStream::pair()?;
        line.set_read_timeout(Some(PATIENCE))?;
        // What runs already, even if the file was replaced by a newer one meanwhile.
        let program =
            if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { std::env::current_exe()? };
        // Its standard input is the socket, so the terminal that keys come from goes along as standard error.
        let terminal = io::stdin().as_fd().try_clone_to_owned()?;
        let process = Command::new(program)
            .arg(ARGUMENT)
            // So that no folder is kept busy.
            .current_dir("/")
            .stdin(OwnedFd::from(its_end))
            .stdout(Stdio::inherit())
            .stderr(terminal)
            .spawn()?;
        (&line).write_all(&[REMEMBER])?;
        Ok(Self { process, line, is_asked: true })
    }

    fn arm(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.is_asked) {
            (&self.line).write_all(&[REMEMBER])?;
        }
        (&self.line).read_exact(&mut [0])
    }
}

/// True if this process was started to be a guard. Nobody who types the argument has a socket for standard input.
pub fn is_wanted() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    let is_named =
        arguments.next().is_some_and(|argument| argument == ARGUMENT) && arguments.next().is_none();
    is_named
        && rustix::fs::fstat(io::stdin())
            .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_socket())
}

/// Guards: standard input is the socket, standard output the terminal that is written to, standard error the one
/// whose settings are kept.
pub fn run() -> ExitCode {
    // A session of its own: what is sent to the cockpit's process group does not come here, and job control, which
    // stops whoever sets a terminal from the background, knows only processes of the terminal's session.
    let _ = rustix::process::setsid();
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP] {
        // Nobody reads the flag. A handler takes the place of the default, by which a shutdown would end the
        // guard as well.
        let _ = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)));
    }
    let mut found = None;
    // The last word tells how far the cockpit came: after `REMEMBER` raw mode may be set, after `TAKEN` private
    // modes too.
    let mut said = GIVEN;
    while let Some(word) = next_word() {
        said = word;
        if word == REMEMBER {
            if let Ok(now) = tcgetattr(io::stderr()) {
                remember(&mut found, now);
            }
            let _ = rustix::io::write(io::stdin(), &[REMEMBER]);
        }
    }
    if said != GIVEN
        && let Some(found) = found
    {
        set_back(&found);
    }
    if said == TAKEN {
        let mut out = io::stdout();
        let _ = out.write_all(modes::give_back().as_bytes()).and_then(|()| out.flush());
    }
    ExitCode::SUCCESS
}

/// The next byte; `None` when the cockpit is gone.
fn next_word() -> Option<u8> {
    let mut word = [0];
    loop {
        match rustix::io::read(io::stdin(), &mut word) {
            Ok(1) => return Some(word[0]),
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) | Err(_) => return None,
        }
    }
}

/// Sets the terminal as it was found. A shell may have been quicker, and then knows better how it wants it.
fn set_back(found: &Termios) {
    let terminal = io::stderr();
    if tcgetattr(&terminal).is_ok_and(|now| is_raw(&now)) {
        // The rest of a paste is no command for the shell.
        let _ = tcflush(&terminal, QueueSelector::IFlush);
        let _ = tcsetattr(&terminal, OptionalActions::Now, found);
    }
}
