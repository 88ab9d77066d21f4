//! The days of a load row as lines of text, and what their marks mean.

use super::rows::pressing;
use crate::cli::json::{CellJson, LoadRowJson};

/// So wide is a line of days.
const WIDTH: usize = 90;
const GAP: &str = "  ";

/// The days in as many lines as they need; none is torn.
pub fn day_lines(days: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for day in days {
        match lines.last_mut() {
            // Marks, names and digits here take one column each, so letters can be counted.
            Some(line) if line.chars().count() + GAP.len() + day.chars().count() <= WIDTH => {
                line.push_str(GAP);
                line.push_str(day);
            }
            _ => lines.push(day.clone()),
        }
    }
    lines
}

/// The marks that stand in these rows with their words; nothing where there are none.
pub fn legend(rows: &[LoadRowJson]) -> Option<String> {
    let mut marks: Vec<(&str, &str)> = Vec::new();
    for mark in rows.iter().flat_map(|row| &row.cells).filter(|cell| is_shown(cell)).map(pressing) {
        if !mark.0.is_empty() && !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    let told: Vec<String> = marks.iter().map(|(mark, words)| format!("{mark}{words}")).collect();
    (!told.is_empty()).then(|| format!("Marks: {}", told.join(", ")))
}

/// Weekends and days away say nothing, unless work lies on them all the same.
pub const fn is_shown(cell: &CellJson) -> bool {
    cell.effective_minutes > 0 || cell.confirmed_minutes > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_day_is_torn_at_the_end_of_a_line() {
        let days: Vec<String> = (20..30).map(|day| format!("Thu {day} 10h30m")).collect();
        let lines = day_lines(&days);
        assert!(lines.len() == 2 && lines.iter().all(|line| line.chars().count() <= WIDTH), "{lines:?}");
        let back: Vec<&str> = lines.iter().flat_map(|line| line.split(GAP)).collect();
        assert_eq!(back, days);
        assert!(day_lines(&[]).is_empty());
    }
}
