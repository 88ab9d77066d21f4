//! Standard input while the terminal is ours: an opening of our own, from which a read never waits.
//!
//! crossterm reads until what it has makes an event. With the first half of a paste it sat in that read, and no signal
//! ended the program. Not waiting is a property of the opening, which the shell shares: so the program reads from one
//! that nobody shares, and other programs find standard input as it was.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::OnceLock;

use rustix::fs::{Mode, OFlags};

struct Openings {
    found: OwnedFd,
    /// Kept open while it is not standard input: crossterm asks the system about this opening, and only once.
    own: OwnedFd,
}

/// `None` where the terminal cannot be opened by its name; then keys are read as found.
static OPENINGS: OnceLock<Option<Openings>> = OnceLock::new();

fn open() -> Option<Openings> {
    let stdin = io::stdin();
    let name = rustix::termios::ttyname(&stdin, Vec::new()).ok()?;
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let own = rustix::fs::open(name, flags, Mode::empty()).ok()?;
    // Above the numbers of the standard streams.
    Some(Openings { found: rustix::io::fcntl_dupfd_cloexec(&stdin, 3).ok()?, own })
}

fn read_from(which: impl FnOnce(&Openings) -> &OwnedFd) {
    if let Some(openings) = OPENINGS.get_or_init(open) {
        // It stays as it is where the system refuses; keys come all the same.
        let _ = rustix::stdio::dup2_stdin(which(openings));
    }
}

/// Keys come from our own opening.
pub fn read_our_own() {
    read_from(|openings| &openings.own);
}

/// Whoever is started now, or comes after us, has standard input as it was found.
pub fn read_as_found() {
    read_from(|openings| &openings.found);
}
