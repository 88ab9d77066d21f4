//! Long text on a terminal goes through `PAGER`, if one is named. Nothing is paged unasked: who wants it has
//! said so in the environment.

use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Format;

/// The pager that text for people goes through.
pub fn wanted(format: Format) -> Option<String> {
    // `cat` shows everything at once, as printing does.
    let pager = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty() && pager != "cat")?;
    (format == Format::Human && io::stdout().is_terminal()).then_some(pager)
}

/// Shows a text: through the pager if the terminal cannot show all of it at once.
///
/// # Errors
/// When it can be shown neither way.
pub fn show(text: &[u8], pager: &str) -> io::Result<()> {
    let rows = rustix::termios::tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_row));
    // The line of the next prompt takes a row too.
    let is_long = rows > 0 && text.split(|byte| *byte == b'\n').count() > rows;
    if is_long && page(text, pager).is_ok_and(|is_shown| is_shown) {
        return Ok(());
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(text)?;
    stdout.flush()
}

/// Runs the pager; false if the shell could not.
fn page(text: &[u8], pager: &str) -> io::Result<bool> {
    // Ctrl-C is for the pager: without this it would leave a pager behind that nobody waits for.
    let interrupted = Arc::new(AtomicBool::new(false));
    let guard = signal_hook::flag::register(signal_hook::consts::SIGINT, interrupted)?;
    let mut command = Command::new("sh");
    // Through a shell, because `PAGER` may hold options: `less -S`.
    command.args(["-c", pager]).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours pass, and a text that fits is only printed.
        command.env("LESS", "FRX");
    }
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // Who leaves the pager early has seen enough.
        let _ = input.write_all(text);
    }
    let status = child.wait()?;
    signal_hook::low_level::unregister(guard);
    // How a shell says that a command cannot be run or is not there.
    Ok(!matches!(status.code(), Some(126 | 127)))
}
