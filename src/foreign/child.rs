//! The child that reads: first it gives up what it does not need, then it reads, then it answers.

use std::io::{self, BufRead, BufWriter, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitCode, ExitStatus};

use rustix::process::Signal;

use crate::ops::import::foreign::Asked;

/// Memory that the child may ask for, in bytes, and the time of a processor in seconds. Reading the largest file that
/// is taken needs half of the memory and, optimised, a second.
const MEMORY: u64 = 512 << 20;
const SECONDS: u64 = 30;

/// Reads what is asked on standard input, and answers on standard output.
pub fn run() -> ExitCode {
    limit();
    match answer(&mut io::stdin().lock(), &mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// No terminal, no core, no file written, few open; on Linux also no more memory and time than a file can need, and no
/// life beyond that of whoever asked. Elsewhere memory cannot be limited in this way, and the deadline has to do.
fn limit() {
    // Away from the terminal: it can neither read from it nor be reached by its keys.
    let _ = rustix::process::setsid();
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
        for (resource, most) in [
            (Resource::As, MEMORY),
            (Resource::Cpu, SECONDS),
            (Resource::Core, 0),
            // It has nothing to write but its answer, which goes to a pipe.
            (Resource::Fsize, 0),
            (Resource::Nofile, 16),
        ] {
            // Where a limit cannot be set, the deadline of whoever asked still ends it.
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
}

fn answer(from: &mut impl BufRead, to: &mut impl Write) -> io::Result<()> {
    let mut header = String::new();
    from.read_line(&mut header)?;
    let asked: Asked = serde_json::from_str(&header)?;
    while !from.fill_buf()?.is_empty() {
        let bytes = file(from)?;
        serde_json::to_writer(&mut *to, &asked.read(&bytes))?;
        to.write_all(b"\n")?;
        // Each answer by itself: should a later file end this process, those before it are known.
        to.flush()?;
    }
    Ok(())
}

/// The pieces of one file, put together.
fn file(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length);
        if length == 0 {
            return Ok(bytes);
        }
        let piece = from.take(u64::from(length)).read_to_end(&mut bytes)?;
        if piece < usize::try_from(length).unwrap_or(usize::MAX) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Why a child did not answer, by how it ended.
pub fn told(status: Option<ExitStatus>) -> String {
    let Some(status) = status else { return "its reader gave no answer that can be read".to_owned() };
    let signal = status.signal();
    let is = |known: Signal| signal == Some(known.as_raw());
    if is(Signal::XCPU) || is(Signal::KILL) {
        format!("reading it took more than {SECONDS} seconds of work")
    // An allocation that the limit refuses ends a Rust program by abort.
    } else if is(Signal::ABORT) {
        format!("reading it took more than {} MiB of memory", MEMORY >> 20)
    } else {
        format!("its reader broke off ({status})")
    }
}
