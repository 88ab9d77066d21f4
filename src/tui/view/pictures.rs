//! Pictures in cells: each stands beside its figures, and reads without colour and in letters alone.

use std::fmt::Write as _;
use std::ops::Range;

use crate::tui::view::marks;

/// Which of some cells stands for a share in per cent.
fn place(percent: i64, most: usize) -> usize {
    usize::try_from(percent.clamp(0, 100)).unwrap_or(0) * most / 100
}

/// What a tick on a bar stands for; the two never look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Where its time stands.
    Time,
    /// Where it was before.
    Earlier,
}

impl Tick {
    /// As it is drawn.
    pub const fn glyph(self, is_ascii: bool) -> char {
        match (self, is_ascii) {
            (Self::Time, false) => '◆',
            (Self::Time, true) => '*',
            (Self::Earlier, false) => '│',
            (Self::Earlier, true) => '|',
        }
    }
}

/// How far something has come, with ticks where its time stands, or where it was before: `█████░◆░░`.
pub fn progress(percent: i64, (ticks, tick): (&[i64], Tick), cells: usize, is_ascii: bool) -> String {
    let full = place(percent, cells);
    // A tick stands on a cell and needs one of its own at the very end; what is full ends behind a cell.
    let ticks: Vec<usize> = ticks.iter().map(|tick| place(*tick, cells.saturating_sub(1))).collect();
    let (on, off) = if is_ascii { ('#', '.') } else { ('█', '░') };
    let cell = |at: usize| match at {
        _ if ticks.contains(&at) => tick.glyph(is_ascii),
        _ if at < full => on,
        _ => off,
    };
    (0..cells).map(cell).collect()
}

/// Where something stands between two ends: `····●····`.
pub fn dot(percent: i64, cells: usize, is_ascii: bool) -> String {
    let at = place(percent, cells.saturating_sub(1));
    let (on, off) = if is_ascii { ('o', '.') } else { ('●', '·') };
    (0..cells).map(|cell| if cell == at { on } else { off }).collect()
}

/// A day by its quarters of an hour, each `wide` columns, with a label at every hour: `09··██··┃·10██`. What is taken and
/// what time it is are given in minutes from midnight.
pub fn day_strip(
    hours: Range<u32>,
    (busy, now): (&[Range<u32>], u32),
    wide: usize,
    is_ascii: bool,
) -> String {
    let (on, off) = if is_ascii { ("#", ".") } else { ("█", "·") };
    let mut text = String::new();
    for hour in hours.clone() {
        let _ = write!(text, "{hour:02}");
        for quarter in (hour * 60..(hour + 1) * 60).step_by(15) {
            let is_busy = busy.iter().any(|busy| busy.start < quarter + 15 && quarter < busy.end);
            let is_now = (quarter..quarter + 15).contains(&now);
            // The mark takes a column of its quarter, so that the strip is as long at any time.
            if is_now {
                text.push_str(marks::NOW.of(is_ascii));
            }
            text.push_str(&(if is_busy { on } else { off }).repeat(wide - usize::from(is_now)));
        }
    }
    text + &format!("{:02}", hours.end)
}

/// Little bars for a row of values between 1 and `top`.
pub fn bars(values: &[u8], top: u8, is_ascii: bool) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |value: &u8| {
        let step = usize::from(value.saturating_sub(1)) * 7 / usize::from(top.saturating_sub(1)).max(1);
        // Without bars the value itself, which says as much.
        if is_ascii { char::from(b'0' + (*value).min(9)) } else { STEPS[step.min(7)] }
    };
    values.iter().map(bar).collect()
}

/// So many entries make a line of bars; fewer are dots, each for itself.
const LINE: usize = 5;

/// Values between 1 and `top` in the order in which they were noted: bars, or where they are few dots, low, between and
/// high.
pub fn trend(values: &[u8], top: u8, is_ascii: bool) -> String {
    if values.len() >= LINE || is_ascii {
        return bars(values, top, is_ascii);
    }
    let dot = |value: &u8| match value * 3 / (top + 1) {
        0 => '.',
        1 => '·',
        _ => '˙',
    };
    values.iter().map(dot).collect()
}

/// The fills of a stacked bar, the first part's first: darker is deeper work, so that it reads in grey too.
const FILLS: [char; 4] = ['█', '▓', '▒', '░'];
const ASCII_FILLS: [char; 4] = ['#', '=', '-', '.'];

/// The fill of a part of [`stacked`], to name it beside the bar.
pub const fn fill(part: usize, is_ascii: bool) -> char {
    let fills = if is_ascii { ASCII_FILLS } else { FILLS };
    fills[if part < fills.len() { part } else { fills.len() - 1 }]
}

/// How a whole is made up, the parts in their order: `██▓▒▒░`. A part that is there has a cell as long as there is one
/// for each, whatever its share: the little that is deep work has to be seen, most of all where it is little.
pub fn stacked(parts: &[i64], cells: usize, is_ascii: bool) -> String {
    let there: Vec<(usize, i64)> = parts.iter().copied().enumerate().filter(|(_, part)| *part > 0).collect();
    let whole: i64 = there.iter().map(|(_, part)| part).sum();
    let (mut text, mut so_far, mut given) = (String::new(), 0, 0);
    for (place, (part, share)) in there.iter().enumerate() {
        so_far += share;
        // Where a part ends is rounded, not how long it is: the bar is as wide as it should be whatever the shares are.
        let end = usize::try_from((2 * so_far * i64::try_from(cells).unwrap_or(0) + whole) / (2 * whole));
        let behind = there.len() - place - 1;
        let end = end.unwrap_or(cells).min(cells.saturating_sub(behind)).max(given + 1).min(cells);
        text.extend(std::iter::repeat_n(fill(*part, is_ascii), end - given));
        given = end;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_dots_and_five_are_a_line() {
        assert_eq!(trend(&[1, 3, 5, 4], 5, false), ".·˙˙");
        assert_eq!(trend(&[1, 3, 5, 4, 2], 5, false), "▁▄█▆▂");
        assert_eq!(trend(&[1, 3], 5, true), "13");
    }

    #[test]
    fn progress_shows_how_far_and_where_the_time_stands() {
        let (time, earlier) = (Tick::Time, Tick::Earlier);
        assert_eq!(progress(50, (&[80], time), 10, false), "█████░░◆░░");
        assert_eq!(progress(50, (&[80], earlier), 10, false), "█████░░│░░");
        assert_eq!(progress(100, (&[50, 0], earlier), 10, true), "|###|#####");
        assert_eq!(progress(0, (&[], time), 4, false), "░░░░");
        assert_eq!(progress(-20, (&[200], time), 4, true), "...*");
        assert_eq!(progress(10, (&[10], time), 0, true), "");
    }

    #[test]
    fn a_dot_stands_between_its_ends() {
        assert_eq!(
            (dot(0, 5, false), dot(50, 5, false), dot(100, 5, true)),
            ("●····".into(), "··●··".into(), "....o".into())
        );
        assert_eq!(dot(50, 0, false), "");
    }

    #[test]
    fn a_stacked_bar_is_as_wide_as_it_should_be_and_shows_every_part() {
        assert_eq!(stacked(&[14, 75, 28, 0], 6, false), "█▓▓▓▓▒");
        assert_eq!(stacked(&[0, 97, 23, 0], 6, true), "=====-");
        assert_eq!(stacked(&[1, 0, 0, 900], 6, false), "█░░░░░");
        assert_eq!((stacked(&[0, 0], 6, false), stacked(&[], 6, false)), (String::new(), String::new()));
        assert_eq!((stacked(&[1, 1, 1], 2, false).as_str(), stacked(&[5], 0, false).as_str()), ("█▓", ""));
        for parts in [[3, 1, 4, 1], [1, 1, 1, 1], [9_999_999, 1, 0, 1]] {
            assert_eq!(stacked(&parts, 6, false).chars().count(), 6, "{parts:?}");
        }
    }

    #[test]
    fn bars_rise_from_the_least_to_the_most() {
        assert_eq!(bars(&[1, 3, 5], 5, false), "▁▄█");
        assert_eq!(bars(&[1, 3, 5], 5, true), "135");
    }

    #[test]
    fn a_day_shows_which_quarters_are_taken() {
        let busy = [9 * 60 + 30..9 * 60 + 45, 10 * 60..10 * 60 + 50];
        assert_eq!(day_strip(9..11, (&busy, 0), 1, false), "09··█·10████11");
        assert_eq!(day_strip(9..10, (&busy, 0), 2, true), "09....##..10");
    }

    #[test]
    fn a_day_shows_what_time_it_is_in_what_is_free_and_in_what_is_taken() {
        let busy = [9 * 60 + 30..9 * 60 + 45, 10 * 60..10 * 60 + 50];
        let at = |now, wide, is_ascii| day_strip(9..11, (&busy, now), wide, is_ascii);
        assert_eq!(at(9 * 60 + 14, 1, false), "09┃·█·10████11");
        assert_eq!(at(9 * 60 + 15, 2, false), "09··┃·██··10████████11");
        assert_eq!(at(10 * 60 + 59, 2, true), "09....##..10######|#11");
        assert_eq!(at(11 * 60, 1, false), at(0, 1, false), "it is over");
    }
}
