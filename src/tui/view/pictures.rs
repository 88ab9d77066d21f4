//! Pictures in cells: each stands beside its figures, and reads without colour and in letters alone.

use std::fmt::Write as _;
use std::ops::Range;

/// Which of some cells stands for a share in per cent.
fn place(percent: i64, most: usize) -> usize {
    usize::try_from(percent.clamp(0, 100)).unwrap_or(0) * most / 100
}

/// How far something has come, with ticks where its time stands, or where it was before: `████▌░│░░`.
pub fn progress(percent: i64, ticks: &[i64], cells: usize, is_ascii: bool) -> String {
    let full = place(percent, cells);
    // A tick stands on a cell and needs one of its own at the very end; what is full ends behind a cell.
    let ticks: Vec<usize> = ticks.iter().map(|tick| place(*tick, cells.saturating_sub(1))).collect();
    let (on, off, mark) = if is_ascii { ('#', '.', '|') } else { ('█', '░', '┃') };
    let cell = |at: usize| match at {
        _ if ticks.contains(&at) => mark,
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

/// A day by its quarters of an hour, each `wide` columns, with a label at every hour: `09··██····10██`. What is taken is
/// given in minutes from midnight.
pub fn day_strip(hours: Range<u32>, busy: &[Range<u32>], wide: usize, is_ascii: bool) -> String {
    let (on, off) = if is_ascii { ("#", ".") } else { ("█", "·") };
    let mut text = String::new();
    for hour in hours.clone() {
        let _ = write!(text, "{hour:02}");
        for quarter in (hour * 60..(hour + 1) * 60).step_by(15) {
            let is_busy = busy.iter().any(|busy| busy.start < quarter + 15 && quarter < busy.end);
            text.push_str(&(if is_busy { on } else { off }).repeat(wide));
        }
    }
    text + &format!("{:02}", hours.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_shows_how_far_and_where_the_time_stands() {
        assert_eq!(progress(50, &[80], 10, false), "█████░░┃░░");
        assert_eq!(progress(100, &[50, 0], 10, true), "|###|#####");
        assert_eq!(progress(0, &[], 4, false), "░░░░");
        assert_eq!(progress(-20, &[200], 4, true), "...|");
        assert_eq!(progress(10, &[10], 0, true), "");
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
    fn a_day_shows_which_quarters_are_taken() {
        let busy = [9 * 60 + 30..9 * 60 + 45, 10 * 60..10 * 60 + 50];
        assert_eq!(day_strip(9..11, &busy, 1, false), "09··█·10████11");
        assert_eq!(day_strip(9..10, &busy, 2, true), "09....##..10");
    }
}
