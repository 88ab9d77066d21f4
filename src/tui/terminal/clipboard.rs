//! Text onto the clipboard, and by which way it went.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;

/// Programs that take text from standard input, and the variable that says their desktop is there.
// A Wayland desktop sets DISPLAY as well, for programs of X; so its own program is asked first.
const PROGRAMS: [(&str, &[&str], &str); 3] = [
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("xsel", &["-ib"], "DISPLAY"),
];

/// Takes text and says what became of it: `copied, by wl-copy`.
pub type Copier = fn(&str) -> String;

/// Copies text with the desktop's own program, otherwise into tmux's buffer, otherwise through the terminal (OSC 52),
/// which also works over SSH. Only the first two can be known to have worked, and a terminal that takes no text says
/// nothing; so what is said is what is known.
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
    // Over SSH they would fill a clipboard at the other end of the line.
    if !is_remote
        && let Some((name, _)) = programs.iter().find(|(name, arguments)| feed(name, arguments, text).is_ok())
    {
        return format!("copied, by {name}");
    }
    if std::env::var_os("TMUX").is_some() && is_in_tmux(text) {
        return "copied inside tmux, which does not say whether your clipboard has it".to_owned();
    }
    match crossterm::execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
        Ok(()) => "sent to the terminal, which does not say whether it took it".to_owned(),
        Err(error) => format!("not copied: {error}"),
    }
}

/// Puts text into tmux's buffer, which passes it on to the outer terminal where it may, and looks whether it is there.
fn is_in_tmux(text: &str) -> bool {
    feed("tmux", &["load-buffer", "-w", "-"], text).is_ok()
        && Command::new("tmux")
            .arg("show-buffer")
            .stderr(Stdio::null())
            .output()
            .is_ok_and(|shown| shown.stdout == text.as_bytes())
}

/// Gives a program text on its standard input; what it says of its end decides.
fn feed(name: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut child = Command::new(name)
        .args(arguments)
        // They stay behind to serve what was copied, with whatever they inherited: their words would be written
        // into the picture.
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // Closed behind this block: what reads to the end of its input would wait for more.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{name} ended with {status}"))) }
}

#[cfg(test)]
mod tests {
    use super::feed;

    #[test]
    fn a_program_that_refuses_the_text_has_not_copied_it() {
        assert!(feed("cat", &[], "text").is_ok());
        assert!(feed("false", &[], "text").is_err());
        assert!(feed("no-such-program", &[], "text").is_err());
    }
}
