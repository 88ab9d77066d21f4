//! The marks of lists and grids, each with its word. Panes draw them from here and spell them out in their last line;
//! `assets/legend.toml` says the same in a sentence.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use crate::plain;
use crate::tui::view::theme::Theme;

/// A mark in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawnMark {
    /// As it is drawn.
    glyph: &'static str,
    /// As it is drawn where there are only letters.
    ascii: &'static str,
    /// What it means, in a word or two.
    pub word: &'static str,
}

const fn mark(glyph: &'static str, ascii: &'static str, word: &'static str) -> DrawnMark {
    DrawnMark { glyph, ascii, word }
}

pub const LATE: DrawnMark = mark("‹", "<", "late");
pub const BLOCKED: DrawnMark = mark("■", "#", "blocked");
// It looks like `OVER`, and says the same of a request as that does of a day: that it cannot be done in its
// time.
pub const AT_RISK: DrawnMark = mark("!", "!", "at risk");
pub const ASKS_FOR_THINGS: DrawnMark = mark("¶", "&", "asks for things");
pub const HARD_DAY: DrawnMark = mark("*", "*", "hard day");
pub const GUESSED: DrawnMark = mark("(3)", "(3)", "tier guessed");
pub const MARKED: DrawnMark = mark("▌", ">", "marked");

pub const PRIVATE: DrawnMark = mark("¤", "%", "private");

pub const OVER: DrawnMark = mark("!", "!", "over");
pub const TIGHT: DrawnMark = mark("|", "|", "tight");
pub const RESHAPE: DrawnMark = mark("^", "^", "re-shape");
pub const MAYBE: DrawnMark = mark("▒", ":", "maybe");
pub const UNKNOWN: DrawnMark = mark("?", "?", "unknown");
pub const AWAY: DrawnMark = mark("~", "~", "away");
pub const HOLIDAY: DrawnMark = mark("=", "=", "holiday");
pub const FREE: DrawnMark = mark("·", ".", "free");

pub const ADDED: DrawnMark = mark("+", "+", "added");
pub const TAKEN_OFF: DrawnMark = mark("−", "-", "taken off");

/// On the hours of today.
pub const NOW: DrawnMark = mark("┃", "|", "now");

/// Of the queue, those first that nobody guesses.
pub const OF_QUEUE: [DrawnMark; 8] =
    [LATE, AT_RISK, ASKS_FOR_THINGS, BLOCKED, HARD_DAY, GUESSED, MARKED, PRIVATE];
/// Of the load, the worst first.
pub const OF_LOAD: [DrawnMark; 9] = [LATE, OVER, TIGHT, RESHAPE, MAYBE, UNKNOWN, AWAY, HOLIDAY, FREE];
/// Of the load beside a sheet that would change it.
pub const OF_GHOST: [DrawnMark; 8] = [ADDED, TAKEN_OFF, OVER, LATE, TIGHT, RESHAPE, MAYBE, AWAY];

impl DrawnMark {
    /// As it is drawn here.
    pub const fn drawn(self, theme: Theme) -> &'static str {
        self.of(theme.is_ascii)
    }

    /// As it is drawn with or without more than letters.
    pub const fn of(self, is_ascii: bool) -> &'static str {
        if is_ascii { self.ascii } else { self.glyph }
    }
}

/// A title behind the mark of what is private.
pub fn titled(title: &str, is_private: bool, theme: Theme) -> String {
    if is_private { format!("{} {title}", PRIVATE.drawn(theme)) } else { title.to_owned() }
}

/// The bar of a marked row, in the blank with which every row begins.
pub fn bar(buffer: &mut Buffer, (x, y): (u16, u16), theme: Theme) {
    let colour = theme.accent().fg.unwrap_or_default();
    // Only the letter gets a colour: its ground may be that of the chosen row.
    buffer[(x, y)].set_symbol(MARKED.drawn(theme)).set_fg(colour);
}

/// As many marks with their words as fit a width, none cut.
pub fn legend(marks: &[DrawnMark], theme: Theme, width: usize) -> Line<'static> {
    let said = |mark: &DrawnMark| {
        let glyph = mark.drawn(theme);
        // What is longer than a letter is parted from its word.
        let gap = if plain::width(glyph) > 1 { " " } else { "" };
        format!("{glyph}{gap}{}", mark.word)
    };
    // Two blanks are easier to read, but no mark is left out for the sake of them.
    let apart = marks.iter().map(|mark| plain::width(&said(mark)) + 2).sum::<usize>() <= width + 1;
    let mut text = String::new();
    for said in marks.iter().map(said) {
        let gap = if text.is_empty() {
            ""
        } else if apart {
            "  "
        } else {
            " "
        };
        // One that has no room is passed over, as a shorter one behind it may have some.
        if plain::width(&text) + gap.len() + plain::width(&said) <= width {
            text.push_str(gap);
            text.push_str(&said);
        }
    }
    Line::styled(text, theme.dim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::view::theme::Depth;

    #[test]
    fn no_mark_means_two_things_in_one_pane() {
        for marks in [&OF_QUEUE[..], &OF_LOAD[..], &OF_GHOST[..]] {
            for is_ascii in [false, true] {
                let theme = Theme::new(Depth::None, is_ascii);
                let mut drawn: Vec<&str> = marks.iter().map(|mark| mark.drawn(theme)).collect();
                drawn.sort_unstable();
                drawn.dedup();
                assert_eq!(drawn.len(), marks.len());
            }
        }
    }

    #[test]
    fn a_legend_leaves_out_what_it_would_have_to_cut() {
        let theme = Theme::new(Depth::None, false);
        let said = |width| legend(&OF_LOAD, theme, width).to_string();
        assert_eq!(said(24), "‹late !over |tight ~away");
        assert!(said(200).ends_with("=holiday  ·free"));
        assert!((0..200).all(|width| plain::width(&said(width)) <= width));
    }
}
