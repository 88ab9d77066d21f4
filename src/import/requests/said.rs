//! What single words of a row mean: its status, and whether something is said to be not so.

use super::super::field::Field;
use super::super::numbers::is_crossed;
use super::super::preset::StageValue;
use super::super::{fold, squeeze};
use super::cells::Cells;

/// What the tool's word for a stage means here.
pub(super) fn status(cells: &Cells<'_>) -> Option<StageValue> {
    column_of_status(cells).map(|(_, value)| value)
}

/// The first column of stages whose word is known, and what it means.
pub(super) fn column_of_status(cells: &Cells<'_>) -> Option<(usize, StageValue)> {
    let (own, common) = (&cells.context.preset.stages, &cells.context.common.stages);
    let known = |text: &str| {
        let word = squeeze(text);
        // The words of the tool go first: one of them may mean another stage than it does elsewhere.
        own.get(&word).or_else(|| common.get(&word)).copied()
    };
    cells.all(Field::Stage).find_map(|(index, text)| Some((index, known(text)?)))
}

/// True for what says that something is not so, or that there is none.
pub(super) fn is_no(said: &str) -> bool {
    let said = fold(said);
    is_crossed(&said) || matches!(said.as_str(), "" | "none" | "n/a" | "nothing" | "not blocked")
}
