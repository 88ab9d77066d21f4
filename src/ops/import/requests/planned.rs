//! Days of delivery that are a plan of the source: that such a day came is no word of a delivery, and changes nothing.

use super::{Writer, text};
use crate::domain::request::Request;
use crate::import::Problem;
use crate::import::field::Field;
use crate::import::requests::Draft;
use crate::store::StoreError;

/// Under this name stands the day on which its source meant to deliver it.
pub(super) const PLANNED: &str = "planned";

/// What is said of a row that is open still.
const STILL_A_PLAN: &str =
    "a plan when it came in, and its source says nothing else since; not taken as delivered";

/// The plan of a row, as it is kept with what its source said.
pub(super) fn said(draft: &Draft) -> Option<(String, String)> {
    draft.planned().map(|day| (PLANNED.to_owned(), day.to_rfc3339()))
}

impl Writer<'_> {
    /// A row whose source says what it said when its day of delivery was a plan; `None` for every other.
    pub(super) fn still_planned(
        &self,
        draft: &Draft,
        found: Option<&Request>,
    ) -> Result<Option<Draft>, StoreError> {
        let Some(known) = found.filter(|_| draft.delivery.is_some()) else { return Ok(None) };
        let before = self.tx.seen(known.id)?;
        let planned = before.get(PLANNED).and_then(|plan| draft.as_planned(plan));
        // Where the source moved it meanwhile the day is one of a delivery.
        let is_as_it_was = |planned: &Draft| {
            let stages = [Field::Stage, Field::Resolution, Field::Done];
            let said =
                stages.into_iter().filter_map(|field| before.get(&field.name()).map(|said| (field, said)));
            said.into_iter().all(|(field, said)| *said == text(&planned.request, field))
        };
        let Some(mut planned) = planned.filter(is_as_it_was) else { return Ok(None) };
        if planned.request.stage.is_open() && draft.request.delivered.is_some() {
            let column = Field::Delivered.name();
            let value = self.clock.day_of(planned.planned().unwrap_or(self.now)).to_string();
            planned.problems.push(Problem { column, value, message: STILL_A_PLAN.to_owned() });
        }
        Ok(Some(planned))
    }
}

#[cfg(test)]
mod tests;
