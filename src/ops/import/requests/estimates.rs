//! An estimate that changed at its source, for work that several hold because the source says so: each follows it in
//! proportion to what they hold. A single share follows the estimate by itself.

use super::Writer;
use super::holders::SaidFields;
use crate::domain::allocation::Allocation;
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::ops::shares;
use crate::store::StoreError;

impl Writer<'_> {
    /// Brings shares that only imports gave after an estimate that an import changed; gives them as they are then. Where
    /// anything of them was decided here, all of them stay.
    pub(super) fn follow_estimate(
        &mut self,
        before: Option<&Request>,
        request: &Request,
        seen: &mut SaidFields,
    ) -> Result<Vec<Allocation>, StoreError> {
        let mut held = self.tx.allocations_of(request.id)?;
        let Some(estimate) = request.estimate else { return Ok(held) };
        let has_changed = before.is_some_and(|before| before.estimate != request.estimate);
        if held.len() < 2 || !has_changed || !self.is_only_given(seen, &held, request)? {
            return Ok(held);
        }
        let was = before.and_then(|before| before.estimate);
        let parts = match (held.iter().map(|share| share.minutes).collect::<Option<Vec<_>>>(), was) {
            (Some(own), Some(was)) => {
                // What had come off before it was parted stays off.
                let all: Minutes = own.iter().copied().sum();
                shares::part((all + estimate - was).max(Minutes::ZERO), &own)
            }
            // Until now nobody had said how long it takes, and all of them had the same of it.
            _ if held.iter().all(|share| share.left.said_on.is_none()) => {
                shares::part(estimate, &vec![Minutes(1); held.len()])
            }
            _ => return Ok(held),
        };
        for (share, part) in held.iter_mut().zip(parts) {
            share.minutes = Some(part);
            self.tx.put_allocation(share)?;
        }
        self.note_given(request.id, &held, seen)?;
        Ok(held)
    }
}
