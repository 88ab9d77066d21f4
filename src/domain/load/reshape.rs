//! "Looks over but fits": other shapes of what a person holds, so that no day is over. Only as many shares
//! change as have to.

use super::fill::{Lateness, fill};
use super::{CellState, LoadModel, NOBODY, WorkItem};
use crate::domain::allocation::Shape;
use crate::domain::ids::{AllocationId, PersonId};
use crate::domain::minutes::Minutes;

/// The shapes that take every looks-over day of a person away; `None` where none looks over, or where the
/// work does not fit at all.
pub fn reshape(model: &LoadModel, person: PersonId) -> Option<Vec<(AllocationId, Shape)>> {
    let days = model.capacity.of(person)?;
    let items: Vec<&WorkItem> = model.items_of(person).iter().filter(|item| item.decides()).collect();
    // Lateness is forbidden: a share that only fits after its deadline must not be shaped as if it fitted.
    let placement = fill(&items, &model.capacity, days, (model.today, Lateness::Forbidden));
    // What a share has after its person's last day lies in the row of nobody; without it the shape would hold too
    // little.
    let nobodys = model.laid(NOBODY);
    let mut shapes: Vec<(AllocationId, Shape)> = Vec::new();
    // Laid by hand, a share moves onto other days and may make those look over; then what lies there is laid by
    // hand too. It ends at the latest with all of them, which is the fill itself.
    loop {
        let over = over_days(&model.clone().reshaped(&shapes), person);
        if over.is_empty() {
            return (!shapes.is_empty()).then_some(shapes);
        }
        let before = shapes.len();
        for (index, item) in items.iter().enumerate() {
            let is_done = shapes.iter().any(|(share, _)| *share == item.share);
            let touches = over.iter().any(|at| {
                let date = model.capacity.day(*at);
                item.from <= date && date <= item.deadline
            });
            // Late work lies by its own rule whatever its shape, and what no schedule can place has no shape
            // that holds it all.
            if touches && !item.is_late && !is_done && !placement.unplaced[index].is_positive() {
                let rest = nobodys.iter().filter(|(part, _)| part.share == item.share);
                let parts = placement.placed[index].iter().chain(rest.flat_map(|(_, parts)| parts));
                shapes.push((item.share, by_hand(model, parts)));
            }
        }
        if shapes.len() == before {
            return None;
        }
    }
}

fn over_days(model: &LoadModel, person: PersonId) -> Vec<usize> {
    let from = model.today;
    let length = model.capacity.len.saturating_sub(model.capacity.at(from));
    let row = model.row_with(person, (from, length), None);
    let cells = row.map(|row| row.cells).unwrap_or_default();
    // Days that are forced over stay so in any shape; only those that merely look it can be helped.
    let is_over = |state| matches!(state, CellState::SpreadOver);
    cells.iter().filter(|cell| is_over(cell.state)).map(|cell| model.capacity.at(cell.date)).collect()
}

/// What is left of a share from today on: where the fill put it, and what would lie after its person's last day stays
/// where it lies. How much it is in all is no matter of its days.
fn by_hand<'a>(model: &LoadModel, parts: impl Iterator<Item = &'a (usize, Minutes)>) -> Shape {
    Shape::Hand(parts.map(|(at, minutes)| (model.capacity.day(*at), *minutes)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::kit::{item, model_of_one};
    use super::*;

    #[test]
    fn looks_over_but_fits_is_laid_anew_without_leaving_its_window() {
        let model = model_of_one(vec![
            item(1, 20, "2026-11-23", "2026-11-27"),
            item(2, 16, "2026-11-23", "2026-11-24"),
        ]);
        let shapes = reshape(&model, PersonId(1)).unwrap();
        let after = model.clone().reshaped(&shapes);
        let row = after.row_with(PersonId(1), (model.today, 5), None).unwrap();
        assert!(row.cells.iter().all(|cell| cell.confirmed <= cell.effective), "{:?}", row.cells);
        let sum: Minutes = row.cells.iter().map(|cell| cell.confirmed).sum();
        assert_eq!(sum, Minutes::hours(36));
        assert_eq!(reshape(&after, PersonId(1)), None, "nothing is left to do");
    }

    #[test]
    fn what_cannot_fit_is_left_as_it_is() {
        let model = model_of_one(vec![item(1, 90, "2026-11-23", "2026-11-24")]);
        assert_eq!(reshape(&model, PersonId(1)), None);
    }
}
