//! Presenting: names that others must not read are covered, wherever they stand on the screen or in what is copied.

use ratatui::buffer::Buffer;

use crate::domain::words::fold;

/// What stands in place of each letter.
const COVER: &str = "·";

/// Covers names on a drawn screen.
pub fn screen(buffer: &mut Buffer, names: &[String]) {
    let area = buffer.area;
    for y in area.y..area.y + area.height {
        // One folded letter for each cell keeps places and columns together.
        let cells: Vec<String> =
            (area.x..area.x + area.width).map(|x| fold(buffer[(x, y)].symbol())).collect();
        for wanted in wanted(names) {
            for at in places(&cells, &wanted) {
                for x in at..at + wanted.len() {
                    let x = area.x + u16::try_from(x).unwrap_or(u16::MAX);
                    buffer[(x, y)].set_symbol(COVER);
                }
            }
        }
    }
}

/// Covers names in a text.
#[must_use]
pub fn text(text: &str, names: &[String]) -> String {
    let mut letters: Vec<String> = text.chars().map(String::from).collect();
    let folded: Vec<String> = letters.iter().map(|letter| fold(letter)).collect();
    for wanted in wanted(names) {
        for at in places(&folded, &wanted) {
            letters[at..at + wanted.len()].fill(COVER.to_owned());
        }
    }
    letters.concat()
}

/// Each name, and its first word: that is how people are called in narrow places.
fn wanted(names: &[String]) -> Vec<Vec<String>> {
    let whole = names.iter().map(String::as_str);
    let first = names.iter().filter_map(|name| name.split_whitespace().next());
    whole.chain(first).map(|name| fold(name).chars().map(String::from).collect()).collect()
}

/// Where a name stands as whole words.
fn places(cells: &[String], wanted: &[String]) -> Vec<usize> {
    if wanted.is_empty() || cells.len() < wanted.len() {
        return Vec::new();
    }
    let is_letter = |cell: Option<&String>| {
        cell.is_some_and(|cell| cell.chars().all(char::is_alphanumeric) && !cell.is_empty())
    };
    let is_whole = |at: &usize| {
        !is_letter(at.checked_sub(1).and_then(|before| cells.get(before)))
            && !is_letter(cells.get(at + wanted.len()))
    };
    (0..=cells.len() - wanted.len())
        .filter(|at| cells[*at..at + wanted.len()] == *wanted)
        .filter(is_whole)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_whatever_their_case_and_accents() {
        let names = ["Tomás Silva".to_owned(), String::new()];
        assert_eq!(
            text("owed to tomas silva, and Tomás’ Tomásson", &names),
            "owed to ···········, and ·····’ Tomásson"
        );
    }
}
