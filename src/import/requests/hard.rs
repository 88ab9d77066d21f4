//! Whether a due day can move, as columns ask it: whether it is fixed, or whether it is flexible.

use super::super::field::Field;
use super::super::{numbers, spaced};
use super::cells::Cells;
use super::said::is_no;
use crate::domain::words::fold;

/// Words of a question to which a no means that the day is fixed.
const ASKED_OTHERWISE: [&str; 8] = [
    " flexible ",
    " flexibel ",
    " move ",
    " moved ",
    " negotiable ",
    " verschiebbar ",
    " shift ",
    " change ",
];

/// What the column says. An answer with more than a yes or a no in it is kept in the notes as it stands.
pub(super) fn is_hard(cells: &mut Cells<'_>) -> bool {
    let said = cells.text(Field::DueHard);
    if said.is_empty() {
        return false;
    }
    // Not at a hyphen: `non-negotiable` is one word, and its beginning a no in French.
    let first = said.split([',', '.', ';', ':', '–', '—', '(', '\n', ' ']).next().unwrap_or_default().trim();
    let is_more = first.len() != said.len() && !is_no(said) && !numbers::is_ticked(said);
    if let Some(is_fixed) = fixed_or_not(first) {
        if is_more {
            cells.keep(Field::DueHard);
        }
        return is_fixed;
    }
    let (yes, no) = (numbers::is_ticked(first), is_no(first) || is_no(said));
    if is_more || !yes && !no {
        cells.keep(Field::DueHard);
    }
    let question = spaced(cells.header(Field::DueHard));
    let is_otherwise = ASKED_OTHERWISE.iter().any(|word| question.contains(word));
    if is_otherwise { no } else { yes || numbers::is_ticked(said) }
}

/// Words that say by themselves whether the day can move, whatever the question was.
fn fixed_or_not(word: &str) -> Option<bool> {
    match fold(word).as_str() {
        "fixed" | "fix" | "fest" | "hard" | "firm" | "immovable" | "non-negotiable" | "nonnegotiable" => {
            Some(true)
        }
        "flexible" | "flexibel" | "soft" | "movable" | "negotiable" | "verschiebbar" => Some(false),
        _ => None,
    }
}
