//! Waiting: for keys, signals, another program's write, or the next minute, asleep until one comes.
//!
//! One thread, one `poll` over the terminal, a pipe of signals and a watch on the store's folder. The
//! terminal is asked for a hang-up before crossterm reads from it, because crossterm never returns from
//! a terminal that is gone; a second thread that only waits for the hang-up ends the program if that
//! happens in between.

use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind};
use rustix::event::{PollFd, PollFlags, Timespec};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};

use super::alarm::Alarm;

/// How long the program may take to save and leave after a hang-up.
const GRACE: Duration = Duration::from_millis(700);

/// Why the loop woke up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// Keys, pastes and resizes, in order.
    Events(Vec<Event>),
    /// The window may have another size.
    Resized,
    /// The program came back from being stopped.
    Continued,
    /// Something was written in the store's folder.
    StoreTouched,
    /// Work beside the screen has something to say.
    Aside,
    /// The time that was asked for is up.
    TimeUp,
    /// A minute of the clock has begun, or the clock jumped.
    Clock,
    /// A signal asks the program to end; its number.
    Signal(i32),
    /// The terminal is gone.
    HungUp,
}

/// What is waited for.
pub struct Waiter {
    signals: Vec<(i32, UnixStream)>,
    watch: Option<OwnedFd>,
    alarm: Option<Alarm>,
}

impl Waiter {
    /// Listens to signals and to the store's folder.
    ///
    /// # Errors
    /// When a signal cannot be listened to.
    pub fn new(store: Option<&Path>) -> io::Result<Self> {
        let mut signals = Vec::new();
        for signal in [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGCONT] {
            let (read, write) = UnixStream::pair()?;
            read.set_nonblocking(true)?;
            signal_hook::low_level::pipe::register(signal, write)?;
            signals.push((signal, read));
        }
        std::thread::Builder::new().name("hang-up".into()).spawn(leave_when_hung_up)?;
        Ok(Self { signals, watch: store.and_then(watch), alarm: Alarm::new() })
    }

    /// True where the clock says by itself that a minute has begun.
    #[must_use]
    pub fn hears_the_clock(&self) -> bool {
        self.alarm.is_some()
    }

    /// Sleeps until something happens or `timeout` is over; without one, until something happens.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn wait(&mut self, timeout: Option<Duration>, bell: &UnixStream) -> io::Result<Wake> {
        let stdin = io::stdin();
        let mut fds = vec![PollFd::new(&stdin, PollFlags::IN), PollFd::new(bell, PollFlags::IN)];
        fds.extend(self.signals.iter().map(|(_, stream)| PollFd::new(stream, PollFlags::IN)));
        let alarm = self.alarm.as_ref().map(Alarm::bell);
        let at_alarm = fds.len();
        fds.extend(alarm.iter().map(|bell| PollFd::new(bell, PollFlags::IN)));
        fds.extend(self.watch.iter().map(|watch| PollFd::new(watch, PollFlags::IN)));
        let timeout = timeout.map(Timespec::try_from).transpose().map_err(io::Error::other)?;
        let ready = match rustix::event::poll(&mut fds, timeout.as_ref()) {
            Ok(ready) => ready,
            Err(rustix::io::Errno::INTR) => 0,
            Err(error) => return Err(error.into()),
        };
        let flags: Vec<PollFlags> = fds.iter().map(PollFd::revents).collect();
        drop(fds);
        if let Some(wake) = self.signal(&flags[2..]) {
            return Ok(wake);
        }
        if flags[0].intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Wake::HungUp);
        }
        // Before any key: what is typed after a night means the new day.
        if let Some(alarm) = self.alarm.as_ref().filter(|_| !flags[at_alarm].is_empty()) {
            alarm.again();
            return Ok(Wake::Clock);
        }
        if flags[0].contains(PollFlags::IN) {
            return drain();
        }
        if flags[1].contains(PollFlags::IN) {
            return Ok(Wake::Aside);
        }
        if ready > 0 && self.watch_said_something(flags.last()) {
            return Ok(Wake::StoreTouched);
        }
        Ok(Wake::TimeUp)
    }

    fn signal(&mut self, flags: &[PollFlags]) -> Option<Wake> {
        let position = self.signals.iter().zip(flags).position(|(_, flags)| flags.contains(PollFlags::IN))?;
        let (signal, stream) = &mut self.signals[position];
        let mut buffer = [0; 64];
        while stream.read(&mut buffer).is_ok_and(|count| count > 0) {}
        Some(match *signal {
            SIGWINCH => Wake::Resized,
            SIGCONT => Wake::Continued,
            SIGHUP => Wake::HungUp,
            other => Wake::Signal(other),
        })
    }

    fn watch_said_something(&self, flags: Option<&PollFlags>) -> bool {
        let (Some(watch), Some(flags)) = (&self.watch, flags) else { return false };
        if !flags.contains(PollFlags::IN) {
            return false;
        }
        let mut buffer = [0_u8; 4096];
        while rustix::io::read(watch, &mut buffer).is_ok_and(|count| count > 0) {}
        true
    }
}

/// All waiting keys at once: many events, one frame.
///
/// A key that comes in the same instant as a new window size is announced to crossterm once and then
/// forgotten by it: the bytes wait in the terminal until the next key. Setting the terminal's own attributes
/// again makes the system announce them anew.
fn drain() -> io::Result<Wake> {
    let mut events = collect()?;
    if events.is_empty() {
        let stdin = io::stdin();
        if let Ok(attributes) = rustix::termios::tcgetattr(&stdin) {
            let _ = rustix::termios::tcsetattr(&stdin, rustix::termios::OptionalActions::Now, &attributes);
        }
        events = collect()?;
    }
    if events.is_empty() {
        // Part of a sequence: the rest comes, and until then nothing may spin.
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(Wake::Events(events))
}

fn collect() -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    while event::poll(Duration::ZERO)? {
        match event::read()? {
            // Terminals that report releases would double every key.
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            event => events.push(event),
        }
    }
    Ok(events)
}

#[cfg(target_os = "linux")]
fn watch(store: &Path) -> Option<OwnedFd> {
    use rustix::fs::inotify;
    let folder = store.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Not closed in children: the system takes up to a few hundredths of a second to take a watch down, which
    // whoever closes it last waits for. That is the watchman, and nobody waits for him.
    let watch = inotify::init(inotify::CreateFlags::NONBLOCK).ok()?;
    inotify::add_watch(&watch, folder, inotify::WatchFlags::MODIFY | inotify::WatchFlags::MOVED_TO).ok()?;
    Some(watch)
}

#[cfg(not(target_os = "linux"))]
fn watch(_: &Path) -> Option<OwnedFd> {
    None
}

/// True where another program's writes come as a wake-up; elsewhere the loop looks once a second.
pub const IS_WATCHING: bool = cfg!(target_os = "linux");

fn leave_when_hung_up() {
    let stdin = io::stdin();
    loop {
        let mut fds = [PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::empty())];
        match rustix::event::poll(&mut fds, None) {
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => break,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
    std::thread::sleep(GRACE);
    std::process::exit(128 + SIGHUP);
}
