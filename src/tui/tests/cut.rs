//! Nothing is cut beside blanks: on every screen, at every size, at different times of the day and the year.

use super::Stage;
use super::whole::on;
use crate::tui::app::effect::{Effect, Screen};

const SIZES: [(u16, u16); 7] = [(80, 24), (100, 30), (110, 32), (120, 36), (130, 36), (160, 45), (200, 60)];

const SCREENS: [&str; 45] = [
    "",
    "j",
    "2",
    "2 G",
    "2 enter",
    "2 p",
    "3",
    "3 w",
    "3 D",
    "3 enter",
    "3 P",
    "4",
    "4 D",
    "4 enter",
    "4 j j",
    "5",
    "5 j",
    "5 enter",
    "5 e",
    "6",
    "6 l",
    "6 enter",
    "7",
    "7 l",
    "7 enter",
    "@",
    "j @",
    "j j @ down",
    "e",
    "e f4",
    "g p",
    "?",
    "H",
    "a",
    "t",
    "o",
    "S",
    "x",
    "=",
    "s",
    "s D",
    "b",
    "b #",
    "W",
    "W w",
];

/// Blanks behind a text that was cut, if it was: what is cut has no blank before the mark.
fn blanks_behind(line: &str) -> Option<usize> {
    let cells: Vec<char> = line.chars().collect();
    let is_cut = |at: &usize| cells[*at] == '…' && *at > 0 && cells[at - 1].is_alphanumeric();
    let cuts = (0..cells.len()).filter(is_cut);
    let behind = |at: usize| cells[at + 1..].iter().take_while(|cell| **cell == ' ').count();
    // What is cut at its own edge has nothing behind it.
    cuts.map(behind).max()
}

fn faults(stage: &Stage, width: u16) -> Vec<String> {
    let screen = stage.screen();
    let lines: Vec<&str> = screen.lines().take_while(|line| !line.starts_with("---")).collect();
    let parts = lines.iter().flat_map(|line| line.split(['│', '┃']));
    let mut found: Vec<String> = parts
        .filter(|part| blanks_behind(part).is_some_and(|blanks| blanks > 4))
        .map(str::to_owned)
        .collect();
    // One of the two lines on top is not cut while the other one stands in blanks.
    let header = &lines[..lines.len().min(2)];
    let gap = |line: &&str| format!("{line:<0$}", usize::from(width)).contains(&" ".repeat(24));
    if header.iter().any(|line| blanks_behind(line).is_some()) && header.iter().any(gap) {
        found.extend(header.iter().map(|line| (*line).to_owned()));
    }
    found
}

#[test]
fn nothing_is_cut_beside_blanks_on_any_screen() {
    let mut found = Vec::new();
    for instant in ["11-25T10:35", "11-30T10:35"] {
        for keys in SCREENS {
            let mut stage = on((120, 36), instant);
            stage.keys(keys);
            for size in SIZES {
                let cockpit = &mut stage.0.0;
                cockpit.app.resize(size, &cockpit.snapshot);
                cockpit.perform(Effect::Screen(Screen::Reload));
                let own = faults(&stage, size.0);
                found.extend(own.into_iter().map(|line| format!("{instant} {keys:?} at {}: {line}", size.0)));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
