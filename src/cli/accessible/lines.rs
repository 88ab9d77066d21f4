//! Lines as they are typed at a terminal, told apart from those of a paste: somebody who answers a question sends one, and
//! a pasted mail would be taken for the answers to a dozen of them.

use std::io::{self, BufRead};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};

use crate::domain::bounds;

/// So long after a line the next one of a paste is there, and a second answer is not.
const NEXT_LINE: Duration = Duration::from_millis(30);
/// What a terminal puts around a paste, where a program before this one asked it to.
const BRACKETS: [&str; 2] = ["\u{1b}[200~", "\u{1b}[201~"];

/// What came from the terminal where one answer was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LineRead {
    Line(String),
    /// Several lines at once.
    Pasted(String),
    /// There will be no more.
    End,
}

/// Whether more of the input is there within a time.
pub trait More {
    fn is_there(&mut self, within: Duration) -> bool;
}

/// A terminal: it gives a line at a time, so what waits in it is of the next one.
pub struct AtTerminal;

impl More for AtTerminal {
    fn is_there(&mut self, within: Duration) -> bool {
        let stdin = io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        let within = Timespec::try_from(within).ok();
        rustix::event::poll(&mut fds, within.as_ref()).is_ok_and(|ready| ready > 0)
    }
}

/// A file or another program, which has said all of its answers beforehand.
pub struct Scripted;

impl More for Scripted {
    fn is_there(&mut self, _within: Duration) -> bool {
        false
    }
}

/// Reads what is typed next.
pub(super) fn read(input: &mut dyn BufRead, more: &mut dyn More) -> io::Result<LineRead> {
    // What is there before the question was heard was typed ahead, one answer after another.
    let is_ahead = more.is_there(Duration::ZERO);
    let mut text = String::new();
    if input.read_line(&mut text)? == 0 {
        return Ok(LineRead::End);
    }
    let begins = text.contains(BRACKETS[0]);
    let is_open = |text: &str| begins && !text.contains(BRACKETS[1]);
    let mut lines = 1;
    // A bracket that is never closed must not be read for ever.
    while text.len() < bounds::TEXT && (is_open(&text) || !is_ahead && more.is_there(NEXT_LINE)) {
        if input.read_line(&mut text)? == 0 {
            break;
        }
        lines += 1;
    }
    for bracket in BRACKETS {
        text = text.replace(bracket, "");
    }
    let text = text.trim().to_owned();
    // One line with nothing but blanks behind it is an answer like any other.
    Ok(if lines > 1 && text.contains('\n') { LineRead::Pasted(text) } else { LineRead::Line(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says in turn whether more is there.
    struct Told(Vec<bool>);

    impl More for Told {
        fn is_there(&mut self, _within: Duration) -> bool {
            if self.0.is_empty() { false } else { self.0.remove(0) }
        }
    }

    fn typed(text: &str, more: &[bool]) -> LineRead {
        read(&mut text.as_bytes(), &mut Told(more.to_vec())).unwrap()
    }

    #[test]
    fn one_line_is_an_answer_and_several_at_once_are_a_paste() {
        assert_eq!(typed("1\n5\n", &[false, false]), LineRead::Line("1".to_owned()));
        assert_eq!(
            typed("1\n5\nbecause\n", &[false, true, true]),
            LineRead::Pasted("1\n5\nbecause".to_owned())
        );
        assert_eq!(typed("1\n5\n", &[true, true]), LineRead::Line("1".to_owned()), "typed ahead");
        assert_eq!(typed("", &[]), LineRead::End);
    }

    #[test]
    fn what_a_terminal_puts_around_a_paste_is_known_and_left_out() {
        let pasted = "\u{1b}[200~1\n5\nbecause\u{1b}[201~\nq\n";
        assert_eq!(typed(pasted, &[false]), LineRead::Pasted("1\n5\nbecause".to_owned()));
        assert_eq!(typed("\u{1b}[200~R-3\u{1b}[201~\n", &[false]), LineRead::Line("R-3".to_owned()));
    }
}
