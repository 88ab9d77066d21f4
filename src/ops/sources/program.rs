//! Running another program for what it prints: counted, timed, without a terminal, and ended with all that it started.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use super::supervisor;

/// How much of what a program says beside its output is kept, in bytes.
const SAID: usize = 4 << 10;
/// How long one that has closed its output may take to be gone.
const FAREWELL: Duration = Duration::from_secs(2);

/// A program with its arguments, and the limits within which it runs.
pub struct ProgramRun<'a> {
    pub words: &'a [String],
    /// What it gets on standard input; nothing closes that at once.
    pub input: &'a [u8],
    pub limit: Duration,
    /// How many bytes it may print.
    pub most: usize,
}

/// How one ended by itself.
#[derive(Debug, PartialEq, Eq)]
pub struct ProgramEnd {
    /// `None` if nothing can be said of it.
    pub code: Option<i32>,
    /// What it said beside its output, as far as that is kept.
    pub said: String,
}

/// Why one was ended, or did not begin.
#[derive(Debug)]
pub enum ProgramFault {
    Late,
    TooMuch,
    Io(io::Error),
}

impl From<io::Error> for ProgramFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// This very program, which stands between.
fn own() -> io::Result<PathBuf> {
    // On Linux this is the file that runs, even where an upgrade has put another one in its place.
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        Ok(running.to_owned())
    } else {
        std::env::current_exe()
    }
}

impl ProgramRun<'_> {
    /// Runs it, and writes what it prints.
    ///
    /// # Errors
    /// When it was ended at a limit, or could not be run.
    pub fn run(&self, to: &mut impl Write) -> Result<ProgramEnd, ProgramFault> {
        let mut command = Command::new(own()?);
        command.arg(supervisor::WORD).args(self.words);
        // Where the user happens to stand must not decide what a command finds.
        if let Some(home) = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_dir()) {
            command.current_dir(home);
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let said = listen(&mut child);
        let done = self.exchange(&mut child, to);
        // Whether it failed, was late or said too much: nothing that it began goes on.
        if done.is_err() {
            end_group(&mut child);
        }
        done?;
        let begun = Instant::now();
        let status = loop {
            match child.try_wait()? {
                Some(status) => break status,
                None if begun.elapsed() > FAREWELL => {
                    end_group(&mut child);
                    return Err(ProgramFault::Late);
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let said = said.recv_timeout(FAREWELL).unwrap_or_default();
        Ok(ProgramEnd { code: status.code(), said })
    }

    fn exchange(&self, child: &mut Child, to: &mut impl Write) -> Result<(), ProgramFault> {
        let begun = Instant::now();
        let (Some(input), Some(output)) = (child.stdin.as_mut(), child.stdout.as_mut()) else {
            return Err(io::Error::other("nothing could be handed to it").into());
        };
        let length = u32::try_from(self.input.len()).map_err(io::Error::other)?;
        input.write_all(&length.to_be_bytes())?;
        input.write_all(self.input)?;
        let (mut piece, mut count) = (vec![0; 64 << 10], 0);
        loop {
            let left = self.limit.checked_sub(begun.elapsed()).ok_or(ProgramFault::Late)?;
            let wait = Timespec::try_from(left).map_err(io::Error::other)?;
            let mut ready = [PollFd::new(output, PollFlags::IN)];
            match poll(&mut ready, Some(&wait)) {
                Ok(0) => return Err(ProgramFault::Late),
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(io::Error::from(error).into()),
                Ok(_) => {}
            }
            match output.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(length) => {
                    count += length;
                    if count > self.most {
                        return Err(ProgramFault::TooMuch);
                    }
                    to.write_all(&piece[..length])?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Reads what a program says beside its output, so that it never waits for a reader, and keeps the end of it: the last
/// words of a program are why it failed.
fn listen(child: &mut Child) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel();
    let stream = child.stderr.take();
    std::thread::spawn(move || {
        let (mut kept, mut piece) = (Vec::new(), [0; 1024]);
        if let Some(mut stream) = stream {
            while let Ok(length @ 1..) = stream.read(&mut piece) {
                kept.extend_from_slice(&piece[..length]);
                let over = kept.len().saturating_sub(SAID);
                kept.drain(..over);
            }
        }
        let _ = tell.send(String::from_utf8_lossy(&kept).into_owned());
    });
    told
}

/// Ends a process with all that it started.
fn end_group(child: &mut Child) {
    // It was not waited for yet, so its number is still its own. It may not have become a group yet either.
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    // What runs has a group of its own, which the process between ends once nothing more can come from here.
    drop(child.stdin.take());
    let begun = Instant::now();
    while begun.elapsed() < FAREWELL && matches!(child.try_wait(), Ok(None)) {
        std::thread::sleep(Duration::from_millis(2));
    }
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    let _ = pid.map(|pid| kill_process_group(pid, Signal::KILL));
    let _ = child.kill();
    let _ = child.wait();
}
