//! Waiting: for keys, signals, another program's write, or the next minute, asleep until one comes.
//!
//! One thread, one `poll` over the terminal, a pipe of signals and a watch on two folders. A second thread only waits
//! for a hang-up, and ends the program if the loop does not: it may be in the midst of something that takes time.

mod watch;

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use crossterm::event::Event;
use rustix::event::{PollFd, PollFlags, Timespec};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use crate::tui::terminal::minute_timer::MinuteTimer;
use crate::tui::terminal::parser::KeyParser;
use crate::tui::terminal::provoked;
use crate::tui::view::theme::Ground;
use watch::FolderWatch;
pub use watch::Touched;

/// How long the program may take to save and leave after a hang-up.
const GRACE: Duration = Duration::from_millis(700);

/// How long an editor may take to end when the program has to.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How many bytes are read before keys act: more than any paste that is taken, and few enough for memory.
const MOST_AT_ONCE: usize = 1 << 20;

/// Why the loop woke up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// Keys, pastes and clicks.
    Events(Arrival),
    /// The window may have another size.
    Resized,
    /// Somebody asks the program to stop until it is continued.
    Stop,
    /// The program came back from being stopped.
    Continued,
    /// Something happened to the files of the store or to the configuration.
    Touched(Touched),
    /// Work beside the screen has something to say.
    Background,
    /// The time that was asked for is up.
    TimeUp,
    /// A minute of the clock has begun, or the clock jumped.
    Clock,
    /// A signal asks the program to end; its number.
    Signal(i32),
    /// The terminal is gone.
    HungUp,
}

/// What one read of the terminal brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub events: Vec<Event>,
    /// When it was read, so that the pieces of a paste are known by how soon they follow.
    pub at: Instant,
    /// How long it may have waited to be read, since the program did something else.
    pub waited: Duration,
}

/// What is waited for.
pub struct Waiter {
    signals: Vec<(i32, UnixStream)>,
    /// Readable when a program that was started here has ended.
    children: UnixStream,
    /// Came while another program had the terminal.
    came_meanwhile: Option<i32>,
    watch: Option<FolderWatch>,
    minute_timer: Option<MinuteTimer>,
    parser: KeyParser,
    /// When the last poll came back: from then on this program was at work and read nothing.
    awake_since: Instant,
    /// How long it was at work before a poll that found bytes and something that goes before them.
    busy_before: Duration,
}

impl Waiter {
    /// Listens to signals and to the folders of the store and of the configuration.
    ///
    /// # Errors
    /// When a signal cannot be listened to.
    pub fn new(store: Option<&Path>, configuration: Option<&Path>) -> io::Result<Self> {
        let signals = [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
        let signals = signals.into_iter().chain(provoked::signal());
        let signals = signals.map(|signal| Ok((signal, listen(signal)?)));
        let signals = signals.collect::<io::Result<_>>()?;
        std::thread::Builder::new().name("hang-up".into()).spawn(leave_when_hung_up)?;
        Ok(Self {
            signals,
            // Apart from the others: only who waits for an editor cares, and the loop would be woken by each
            // clipboard program.
            children: listen(SIGCHLD)?,
            came_meanwhile: None,
            watch: FolderWatch::new(store, configuration),
            minute_timer: MinuteTimer::new(),
            parser: KeyParser::default(),
            awake_since: Instant::now(),
            busy_before: Duration::ZERO,
        })
    }

    /// True where the clock says by itself that a minute has begun.
    pub fn hears_the_clock(&self) -> bool {
        self.minute_timer.is_some()
    }

    /// Sleeps until something happens or `timeout` is over; without one, until something happens.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn wait(&mut self, timeout: Option<Duration>, bell: &UnixStream) -> io::Result<Wake> {
        let until = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if let Some(wake) = self.wait_once(left, bell)? {
                return Ok(wake);
            }
        }
    }

    /// `None` if what happened in a folder is of no concern.
    fn wait_once(&mut self, timeout: Option<Duration>, bell: &UnixStream) -> io::Result<Option<Wake>> {
        if let Some(signal) = self.came_meanwhile.take() {
            return Ok(Some(meaning(signal)));
        }
        let stdin = io::stdin();
        // Terminal, bell, signals, clock, watch: the places below count on this order.
        let mut fds = vec![PollFd::new(&stdin, PollFlags::IN), PollFd::new(bell, PollFlags::IN)];
        fds.extend(self.signals.iter().map(|(_, stream)| PollFd::new(stream, PollFlags::IN)));
        let minute_timer = self.minute_timer.as_ref().map(MinuteTimer::bell);
        let at_alarm = fds.len();
        fds.extend(minute_timer.iter().map(|bell| PollFd::new(bell, PollFlags::IN)));
        fds.extend(self.watch.iter().map(|watch| PollFd::new(&watch.fd, PollFlags::IN)));
        // Half a sequence is a key of its own when nothing more comes.
        let half = self.parser.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let is_last = half.is_none_or(|half| timeout.is_some_and(|timeout| timeout <= half));
        let timeout = [timeout, half].into_iter().flatten().min();
        let timeout = timeout.map(Timespec::try_from).transpose().map_err(io::Error::other)?;
        let begun = Instant::now();
        let ready = match rustix::event::poll(&mut fds, timeout.as_ref()) {
            Ok(ready) => ready,
            Err(rustix::io::Errno::INTR) => 0,
            Err(error) => return Err(error.into()),
        };
        let flags: Vec<PollFlags> = fds.iter().map(PollFd::revents).collect();
        drop(fds);
        let has_keys = flags[0].contains(PollFlags::IN);
        let busy = self.busy_before
            + begun.saturating_duration_since(std::mem::replace(&mut self.awake_since, Instant::now()));
        self.busy_before = if has_keys { busy } else { Duration::ZERO };
        // Before keys, so that no stream of input keeps the program from ending.
        if let Some(wake) = self.signal(&flags[2..]) {
            return Ok(Some(wake));
        }
        if flags[0].intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Some(Wake::HungUp));
        }
        // Before any key: what is typed after a night means the new day.
        if let Some(minute_timer) = self.minute_timer.as_ref().filter(|_| !flags[at_alarm].is_empty()) {
            minute_timer.again();
            return Ok(Some(Wake::Clock));
        }
        if has_keys {
            return self.read_keys(begun);
        }
        let now = Instant::now();
        if let Some(wake) = arrived(self.parser.expire(now), now, Duration::ZERO) {
            return Ok(Some(wake));
        }
        if flags[1].contains(PollFlags::IN) {
            return Ok(Some(Wake::Background));
        }
        let is_watch = ready > 0 && flags.last().is_some_and(|flags| flags.contains(PollFlags::IN));
        if let Some(watch) = self.watch.as_ref().filter(|_| is_watch) {
            let touched = watch.read();
            return Ok(touched.is_any().then_some(Wake::Touched(touched)));
        }
        // The time may have been up for a sequence that began only.
        Ok(is_last.then_some(Wake::TimeUp))
    }

    /// Reads what is there, after a poll that began at a moment.
    fn read_keys(&mut self, begun: Instant) -> io::Result<Option<Wake>> {
        let now = Instant::now();
        // A poll that comes back at once found the bytes there. They may have waited while the program was busy, and no
        // longer: before that it slept, and they would have woken it. Counted since the last read, a paste that came
        // together with another program's write was taken for keys typed ahead.
        let busy = std::mem::take(&mut self.busy_before);
        let was_there = now.saturating_duration_since(begun) < Duration::from_millis(1);
        let waited = if was_there { busy } else { Duration::ZERO };
        let Some(bytes) = read_bytes()? else { return Ok(Some(Wake::HungUp)) };
        let events = self.parser.feed(&bytes, now);
        // An answer is no event, and what it tells of the ground is to be drawn all the same.
        if events.is_empty() && self.parser.has_ground() {
            return Ok(Some(Wake::Events(Arrival { events, at: now, waited })));
        }
        Ok(arrived(events, now, waited))
    }

    /// What the terminal told of its ground, once.
    pub const fn take_ground(&mut self) -> Option<Ground> {
        self.parser.take_ground()
    }

    /// What came while another program had the terminal.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub fn left_over(&mut self) -> io::Result<Vec<Event>> {
        let bytes = read_bytes()?.unwrap_or_default();
        Ok(self.parser.feed(&bytes, Instant::now()))
    }

    fn signal(&mut self, flags: &[PollFlags]) -> Option<Wake> {
        let position = self.signals.iter().zip(flags).position(|(_, flags)| flags.contains(PollFlags::IN))?;
        let (signal, stream) = &self.signals[position];
        let _ = take_all(stream);
        if *signal == SIGCONT {
            // Stopped, it was not busy: what came meanwhile was typed or pasted at a picture that stood still.
            self.busy_before = Duration::ZERO;
        }
        Some(meaning(*signal))
    }

    /// Stops this process as Ctrl-Z does, and returns when it is continued. The terminal must be lent.
    pub fn stop(&mut self) {
        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
        // The terminal is taken again anyway.
        for (_, stream) in self.signals.iter().filter(|(signal, _)| [SIGTSTP, SIGCONT].contains(signal)) {
            let _ = take_all(stream);
        }
    }

    /// Waits for the end of a program that has the terminal. Keys that send a signal send it to us as well, but mean
    /// that program. What ends us ends it first.
    ///
    /// # Errors
    /// When it does not end although it was asked to, or cannot be waited for.
    pub fn end_of(&mut self, child: &mut Child) -> io::Result<ExitStatus> {
        let mut asked = None;
        loop {
            let _ = take_all(&self.children);
            if let Some(status) = child.try_wait()? {
                // What came last is taken as well: a Ctrl-C that ended the editor would end the cockpit a
                // moment later.
                self.signals_meanwhile(child);
                return Ok(status);
            }
            let left = asked.map(|asked: Instant| LAST_WORDS.saturating_sub(asked.elapsed()));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "it did not end with this program"));
            }
            let streams = self.signals.iter().map(|(_, stream)| stream).chain([&self.children]);
            let mut fds: Vec<PollFd> = streams.map(|stream| PollFd::new(stream, PollFlags::IN)).collect();
            let left = left.map(Timespec::try_from).transpose().map_err(io::Error::other)?;
            match rustix::event::poll(&mut fds, left.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            if self.signals_meanwhile(child) && asked.is_none() {
                asked = Some(Instant::now());
            }
        }
    }

    /// Does what signals mean while another program has the terminal; true if one came that ends this program.
    fn signals_meanwhile(&mut self, child: &Child) -> bool {
        let came: Vec<i32> =
            self.signals.iter().filter(|(_, stream)| take_all(stream)).map(|(signal, _)| *signal).collect();
        for signal in came {
            if signal == SIGTSTP {
                self.stop();
            // An interrupt is dropped: the editor had it from the terminal itself. An end was sent to this
            // process alone.
            } else if let (true, Some(name)) =
                ([SIGHUP, SIGTERM].contains(&signal), rustix::process::Signal::from_named_raw(signal))
            {
                self.came_meanwhile = Some(signal);
                let _ = rustix::process::kill_process(rustix::process::Pid::from_child(child), name);
            }
        }
        self.came_meanwhile.is_some()
    }
}

/// `None` for bytes that say nothing, as answers do.
fn arrived(events: Vec<Event>, at: Instant, waited: Duration) -> Option<Wake> {
    (!events.is_empty()).then_some(Wake::Events(Arrival { events, at, waited }))
}

/// What a signal means to the loop.
fn meaning(signal: i32) -> Wake {
    match signal {
        SIGWINCH => Wake::Resized,
        SIGTSTP => Wake::Stop,
        SIGCONT => Wake::Continued,
        SIGHUP => Wake::HungUp,
        other => Wake::Signal(other),
    }
}

/// Hears a signal from now on: what comes back is readable when it came.
fn listen(signal: i32) -> io::Result<UnixStream> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    signal_hook::low_level::pipe::register(signal, write)?;
    Ok(read)
}

/// Reads all there is; true if there was something.
fn take_all(mut stream: &UnixStream) -> bool {
    let (mut buffer, mut was_something) = ([0; 64], false);
    while stream.read(&mut buffer).is_ok_and(|count| count > 0) {
        was_something = true;
    }
    was_something
}

/// All bytes that wait at the terminal, so that many keys make one frame. `None` if it is gone.
fn read_bytes() -> io::Result<Option<Vec<u8>>> {
    let stdin = io::stdin();
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    while bytes.len() < MOST_AT_ONCE {
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        match rustix::event::poll(&mut fds, Some(&Timespec::default())) {
            Ok(0) | Err(rustix::io::Errno::INTR) => break,
            Ok(_) if !fds[0].revents().contains(PollFlags::IN) => break,
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        match rustix::io::read(&stdin, &mut piece) {
            // Somebody else read it before us.
            Ok(0) | Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => break,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(rustix::io::Errno::IO) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some(bytes))
}

/// True where another program's writes come as a wake-up; elsewhere the loop looks once a second.
pub const IS_WATCHING: bool = cfg!(target_os = "linux");

fn leave_when_hung_up() {
    let stdin = io::stdin();
    loop {
        // It asks for no event: a hang-up is told unasked, and any key would wake a thread that waits for
        // input.
        let mut fds = [PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::empty())];
        match rustix::event::poll(&mut fds, None) {
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => break,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
    std::thread::sleep(GRACE);
    // The number with which a shell tells an end by this signal.
    std::process::exit(128 + SIGHUP);
}
