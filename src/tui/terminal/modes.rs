//! The private modes of the terminal that the cockpit changes: one table, from which they are switched on and off.
//! A mode switched on anywhere else would be one that nobody switches off after a crash (`house` looks for those).

/// When a mode is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ModeSpan {
    /// As long as the terminal is.
    Always,
    /// While wheel and clicks come to us.
    Mouse,
    /// From the first to the last byte of a frame.
    Frame,
}

/// One mode, known to terminals by its number.
#[derive(Debug, Clone, Copy)]
struct Mode {
    number: u16,
    span: ModeSpan,
    /// Whether it is set (`h`) or reset (`l`) while it is ours; a program finds it the other way round.
    is_set: bool,
}

/// Whether the cursor can be seen.
const CURSOR: u16 = 25;

/// In the order in which they are taken; they are given back in the opposite one. The mouse tells of buttons and the
/// wheel only: every report of a mere move (1002, 1003) would wake the program for nothing.
const TABLE: [Mode; 8] = [
    // The alternate screen.
    Mode { number: 1049, span: ModeSpan::Always, is_set: true },
    // A paste stands in brackets, so that it is never taken for keys.
    Mode { number: 2004, span: ModeSpan::Always, is_set: true },
    // It tells when it turns light or dark.
    Mode { number: 2031, span: ModeSpan::Always, is_set: true },
    Mode { number: CURSOR, span: ModeSpan::Always, is_set: false },
    // Buttons and the wheel are reported, with places beyond column 223: as rxvt says them, as everybody else does.
    Mode { number: 1000, span: ModeSpan::Mouse, is_set: true },
    Mode { number: 1015, span: ModeSpan::Mouse, is_set: true },
    // The last one asked for holds where a terminal knows both, and this one has no limit and tells a release
    // apart.
    Mode { number: 1006, span: ModeSpan::Mouse, is_set: true },
    // The picture changes only when the frame is whole.
    Mode { number: 2026, span: ModeSpan::Frame, is_set: true },
];

/// Colours and the like would outlive a frame that was cut off.
const PLAIN_LETTERS: &str = "\x1b[0m";

impl Mode {
    fn say(self, is_ours: bool) -> String {
        let letter = if self.is_set == is_ours { 'h' } else { 'l' };
        format!("\x1b[?{}{letter}", self.number)
    }
}

fn switch(span: ModeSpan, is_ours: bool) -> String {
    let of_span = TABLE.iter().filter(|mode| mode.span == span);
    if is_ours {
        of_span.map(|mode| mode.say(true)).collect()
    } else {
        of_span.rev().map(|mode| mode.say(false)).collect()
    }
}

/// What takes a terminal.
pub fn take() -> String {
    switch(ModeSpan::Always, true)
}

/// What gives it back, whatever of it was taken.
pub fn give_back() -> String {
    // Those of a frame and of the mouse too: in the midst of a frame a terminal would go on waiting for its
    // end.
    let modes = TABLE.iter().rev().map(|mode| mode.say(false));
    std::iter::once(PLAIN_LETTERS.to_owned()).chain(modes).collect()
}

/// What takes the wheel and the clicks, or leaves them to the terminal.
pub fn mouse(is_ours: bool) -> String {
    switch(ModeSpan::Mouse, is_ours)
}

/// True under GNU screen: while wheel and clicks are asked for, it keeps an Esc back until another key comes (seen with
/// 4.9), so that Esc seems dead and the key after it arrives as Alt with it.
pub fn keeps_escape_for_the_mouse(variable: impl Fn(&str) -> Option<String>) -> bool {
    // A tmux that was started within it answers for itself.
    variable("STY").is_some_and(|name| !name.is_empty()) && variable("TMUX").is_none()
}

/// What shows the cursor: every frame that is drawn ends by hiding it.
pub fn show_cursor() -> String {
    TABLE.iter().filter(|mode| mode.number == CURSOR).map(|mode| mode.say(false)).collect()
}

/// What begins a frame, or ends it.
pub fn frame(is_begun: bool) -> String {
    switch(ModeSpan::Frame, is_begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screen_keeps_escape_and_a_tmux_within_it_does_not() {
        let keeps = |pairs: &[(&str, &str)]| {
            keeps_escape_for_the_mouse(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(keeps(&[("STY", "1.a")]));
        assert!(!keeps(&[("STY", "1.a"), ("TMUX", "/tmp/x,1,0")]));
        assert!(!keeps(&[("STY", "")]) && !keeps(&[]));
    }

    #[test]
    fn whatever_is_taken_is_given_back_in_the_opposite_order() {
        let taken = take() + &mouse(true) + &frame(true);
        assert_eq!(
            taken,
            "\x1b[?1049h\x1b[?2004h\x1b[?2031h\x1b[?25l\x1b[?1000h\x1b[?1015h\x1b[?1006h\x1b[?2026h"
        );
        assert_eq!(
            give_back(),
            "\x1b[0m\x1b[?2026l\x1b[?1006l\x1b[?1015l\x1b[?1000l\x1b[?25h\x1b[?2031l\x1b[?2004l\x1b[?1049l"
        );
    }
}
