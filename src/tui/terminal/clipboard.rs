//! Text onto the clipboard, and by which way it went.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;

/// Programs that take text from standard input, and the variable that says their desktop is there.
const PROGRAMS: [(&str, &[&str], &str); 3] = [
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("xsel", &["-ib"], "DISPLAY"),
];

/// Takes text and says which way it went.
pub type Copier = fn(&str) -> String;

/// Copies text with the desktop's own program, otherwise through the terminal (OSC 52), which also works
/// over SSH.
pub fn copy(text: &str) -> String {
    let is_remote = std::env::var_os("SSH_CONNECTION").is_some();
    let mut programs: Vec<(&str, &[&str])> = PROGRAMS
        .iter()
        .filter(|(_, _, variable)| std::env::var_os(variable).is_some())
        .map(|(name, arguments, _)| (*name, *arguments))
        .collect();
    if cfg!(target_os = "macos") {
        programs.push(("pbcopy", &[]));
    }
    if !is_remote
        && let Some((name, _)) = programs.iter().find(|(name, arguments)| feed(name, arguments, text).is_ok())
    {
        return format!("by {name}");
    }
    match crossterm::execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
        Ok(()) => "through the terminal".to_owned(),
        Err(error) => format!("it did not work: {error}"),
    }
}

fn feed(name: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    child.wait().map(drop)
}
