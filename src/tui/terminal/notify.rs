//! A few words outside the cockpit: by the terminal, where it says of itself that it can, or by a program of the user's.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::plain;

/// The most that a notice says, in columns.
const LENGTH: usize = 120;
/// How long a program of the user's may take.
const LIMIT: Duration = Duration::from_secs(10);

/// How a notice is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum NoticeWay {
    /// Only the header says it.
    #[default]
    None,
    /// One line, as iTerm2 and its kin have it.
    Osc9,
    /// A title and a text, as rxvt-unicode has it.
    Osc777,
    /// A title and a text in pieces, as kitty has it.
    Osc99,
    /// A program with its first words; the text is the last one.
    Program(Vec<String>),
}

impl NoticeWay {
    /// What the configuration asks for; "auto" is what the terminal says of itself through the environment, of which
    /// `variable` reads one. Within tmux or screen nobody knows who listens, and what they do not know they print.
    pub fn of(by: &str, command: &[String], variable: impl Fn(&str) -> Option<String>) -> Self {
        if !command.is_empty() {
            return Self::Program(command.to_vec());
        }
        match by {
            "osc9" => return Self::Osc9,
            "osc777" => return Self::Osc777,
            "osc99" => return Self::Osc99,
            "auto" => {}
            _ => return Self::None,
        }
        let says = |name: &str| variable(name).unwrap_or_default();
        let (term, program) = (says("TERM"), says("TERM_PROGRAM"));
        // They pass on only what is wrapped for them, and only where it is allowed; both would have to be guessed.
        if !says("TMUX").is_empty() || term.starts_with("screen") || term.starts_with("tmux") {
            return Self::None;
        }
        let is = |name: &str| term.contains(name) || program.eq_ignore_ascii_case(name);
        if is("kitty") || !says("KITTY_WINDOW_ID").is_empty() {
            Self::Osc99
        } else if is("foot") || is("rxvt") || is("ghostty") || !says("VTE_VERSION").is_empty() {
            Self::Osc777
        } else if is("iTerm.app") || is("WezTerm") || !says("WT_SESSION").is_empty() {
            Self::Osc9
        } else {
            Self::None
        }
    }

    /// What is written to the terminal, if it is to be told.
    fn bytes(&self, text: &str) -> Option<String> {
        let text = one_line(text);
        Some(match self {
            Self::Osc9 => format!("\x1b]9;{text}\x1b\\"),
            // A semicolon would end the title.
            Self::Osc777 => format!("\x1b]777;notify;Tablesetter;{}\x1b\\", text.replace(';', ",")),
            Self::Osc99 => {
                // `d=0` says that more is to come. The text goes as base64, so that no letter of it can end the
                // sequence.
                let piece = |part: &str, done: u8, text: &str| {
                    format!("\x1b]99;i=tablesetter:d={done}:e=1:p={part};{}\x1b\\", STANDARD.encode(text))
                };
                piece("title", 0, "Tablesetter") + &piece("body", 1, &text)
            }
            Self::None | Self::Program(_) => return None,
        })
    }

    /// Gives a notice; what becomes of it nobody says.
    ///
    /// # Errors
    /// When the terminal cannot be written to, or the program is not there.
    pub fn give(&self, text: &str) -> io::Result<()> {
        if let Self::Program(words) = self {
            return run(words, &one_line(text));
        }
        let Some(bytes) = self.bytes(text) else { return Ok(()) };
        // Between two frames: a frame is one write, so neither cuts the other.
        let mut out = io::stdout().lock();
        out.write_all(bytes.as_bytes())?;
        out.flush()
    }
}

/// Without control characters, which would end the sequence or begin another one.
fn one_line(text: &str) -> String {
    let text: String = plain::harmless(text).chars().filter(|c| !c.is_control()).collect();
    plain::cut(&text, LENGTH)
}

/// Runs a program without a shell and without the terminal, in a group of its own that ends at its limit.
fn run(words: &[String], text: &str) -> io::Result<()> {
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let child = Command::new(program)
        .args(arguments)
        .arg(text)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    // Its end has to be awaited by somebody, and never by a key.
    std::thread::spawn(move || end(child, Instant::now() + LIMIT));
    Ok(())
}

fn end(mut child: Child, limit: Instant) {
    while let Ok(None) = child.try_wait() {
        if Instant::now() > limit {
            let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
            if let Some(group) = group {
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
            let _ = child.wait();
            return;
        }
        // Nothing waits for it; a program that ended is a zombie for so long at most.
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(pairs: &[(&str, &str)]) -> NoticeWay {
        NoticeWay::of("auto", &[], |name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_terminal_is_told_in_its_own_way_and_one_that_says_nothing_is_not() {
        for (pairs, wanted) in [
            (&[("TERM", "xterm-kitty")][..], NoticeWay::Osc99),
            (&[("TERM", "foot")], NoticeWay::Osc777),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], NoticeWay::Osc777),
            (&[("TERM_PROGRAM", "iTerm.app")], NoticeWay::Osc9),
            (&[("TERM_PROGRAM", "WezTerm")], NoticeWay::Osc9),
            (&[("TERM", "xterm-256color")], NoticeWay::None),
            (&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "WezTerm")], NoticeWay::None),
            (&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/x,1,0")], NoticeWay::None),
        ] {
            assert_eq!(way(pairs), wanted, "{pairs:?}");
        }
        assert_eq!(NoticeWay::of("none", &[], |_| Some("kitty".to_owned())), NoticeWay::None);
        let own = vec!["notify-send".to_owned()];
        assert_eq!(NoticeWay::of("none", &own, |_| None), NoticeWay::Program(own));
    }

    #[test]
    fn nothing_in_a_title_ends_the_sequence_or_begins_another() {
        let hostile = "Board\x07\x1b]0;x\x1b\\ \u{9c}\u{202e}; in 10 min\n";
        for way in [NoticeWay::Osc9, NoticeWay::Osc777, NoticeWay::Osc99] {
            let bytes = way.bytes(hostile).unwrap();
            let ends = bytes.matches("\x1b\\").count();
            assert_eq!(bytes.matches('\x1b').count(), ends * 2, "{bytes:?}");
            assert!(!bytes.contains(['\x07', '\u{9c}', '\u{202e}', '\n']), "{bytes:?}");
        }
        assert!(NoticeWay::Osc777.bytes(hostile).unwrap().matches(';').count() == 3);
        assert_eq!(NoticeWay::None.bytes(hostile), None);
    }

    #[test]
    fn a_program_gets_the_text_as_its_last_word_and_no_shell_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("said");
        let script = format!("printf '%s' \"$1\" > '{}.part'; mv '{0}.part' '{0}'", file.display());
        let words = ["sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
        NoticeWay::Program(words).give("Board; `touch x` $(id) in 10 min").unwrap();
        let limit = Instant::now() + Duration::from_secs(20);
        while !file.exists() && Instant::now() < limit {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "Board; `touch x` $(id) in 10 min");
        assert!(NoticeWay::Program(vec!["/no/such/program".to_owned()]).give("x").is_err());
    }
}
