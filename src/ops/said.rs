//! Hours left that somebody said stay as they were said, whatever becomes of the hours that they are left of. What
//! work without an estimate usually takes is a guess, and nobody who changes a guess says anything of what is left.

use super::rules::Rules;
use super::work::{Work, left_of};
use crate::domain::allocation::{Allocation, LeftSaid};
use crate::domain::ids::AllocationId;
use crate::domain::load::held::ShareHours;
use crate::domain::load::left::LeftOfRequest;
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::store::{StoreError, Tx};

/// Brings what was said of a request after its change; `after` is stored already.
///
/// # Errors
/// When the store refuses it.
pub fn keep(tx: &Tx<'_>, rules: &Rules, before: &Request, after: &mut Request) -> Result<(), StoreError> {
    // Tier and estimate, not the estimate alone: a new title may change the guessed tier, and with it the usual
    // hours of work that nobody has estimated.
    let guess = |request| (rules.tier(request), request.estimate);
    if guess(before) == guess(after) {
        return Ok(());
    }
    let is_guessed = before.estimate.is_none() || after.estimate.is_none();
    // Worked out before the shares below change.
    let free = if is_guessed && after.left_on.is_some() { Some(free_of(tx, rules, before)?) } else { None };
    let shares = tx.allocations_of(after.id)?;
    // Of shares without hours of their own the first follows the estimate, and no other.
    for (place, share) in shares.iter().filter(|share| share.can_follow()).enumerate() {
        let known = |request: &Request| request.estimate.filter(|_| place == 0);
        let left = share.left.over(known(before), known(after), rules.usual(rules.tier(before)));
        if left != share.left {
            tx.put_allocation(&Allocation { left, ..share.clone() })?;
        }
    }
    let Some(free) = free else { return Ok(()) };
    after.left_of = match (before.estimate, after.estimate) {
        (_, Some(_)) => None,
        (was @ Some(_), None) => was,
        (None, None) => before.left_of.or_else(|| shares.is_empty().then(|| rules.size(before))),
    };
    stays_free(tx, rules, after, free)
}

/// What was left of what nobody holds of a request as it was.
fn free_of(tx: &Tx<'_>, rules: &Rules, request: &Request) -> Result<Minutes, StoreError> {
    let mut stored = tx.work(rules.today)?;
    // The request as it is now is stored already, so the one of before takes its place for this one reckoning.
    stored.requests.iter_mut().filter(|own| own.id == request.id).for_each(|own| own.clone_from(request));
    let left = Work::of(&stored, rules).left.remove(&request.id).unwrap_or_default();
    Ok(left.unheld.map_or(Minutes::ZERO, |(_, left)| left))
}

/// Corrects what nobody holds of a request, so that so much of it is left.
///
/// # Errors
/// When the store refuses it.
pub fn stays_free(
    tx: &Tx<'_>,
    rules: &Rules,
    request: &mut Request,
    left: Minutes,
) -> Result<(), StoreError> {
    // Without the old correction first: what is read then is what there would be to give by plan.
    request.left_correction = Minutes::ZERO;
    tx.put_request(request)?;
    let all = left_of(tx, rules, request.id)?.unheld.map_or(Minutes::ZERO, |(all, _)| all);
    request.left_correction = all - left;
    tx.put_request(request)
}

/// A part of all that is to give goes along with its part of what had come off it and of what was said.
///
/// # Errors
/// When the store refuses it.
pub fn part_given(
    tx: &Tx<'_>,
    request: &Request,
    share: Allocation,
    correction: Minutes,
) -> Result<(), StoreError> {
    let said_on = request.left_on;
    let left = LeftSaid { correction, said_on, is_to_be_said: request.left_to_say, ..share.left };
    tx.put_allocation(&Allocation { left, ..share })
}

/// A share of hours of its own was given out of what was said: so much less of that is still to give. `left` is what
/// was left of its request before.
///
/// # Errors
/// When the store refuses it.
pub fn given(
    tx: &Tx<'_>,
    rules: &Rules,
    request: &mut Request,
    (left, share): (&LeftOfRequest, AllocationId),
) -> Result<(), StoreError> {
    let now = left_of(tx, rules, request.id)?;
    let own = now.shares.iter().find(|(held, _)| held.allocation.id == share);
    let own = own.map_or(Minutes::ZERO, |(_, own)| own.hours);
    let free = left.unheld.map_or(Minutes::ZERO, |(_, left)| left);
    // More may be given than was said to be left, and nothing is less than nothing.
    stays_free(tx, rules, request, (free - own).at_least_zero())
}

/// What was left of a share by what was said is nobody's from now on; the share is taken away already. `left` is what
/// was left of its request while it was there.
///
/// # Errors
/// When the store refuses it.
pub fn take_back(
    tx: &Tx<'_>,
    rules: &Rules,
    share: &Allocation,
    (left, own): (&LeftOfRequest, ShareHours),
) -> Result<(), StoreError> {
    let mut request = tx.request(share.request)?;
    request.left_to_say |= share.left.is_to_be_said;
    request.left_on = request.left_on.or(share.left.said_on);
    if request.estimate.is_none() && request.left_of.is_none() {
        let said = left.shares.iter().filter(|(held, _)| !held.is_guessed() || held.is_said());
        request.left_of = Some(said.map(|(_, left)| left.hours).sum());
    }
    let free = left.unheld.map_or(Minutes::ZERO, |(_, left)| left);
    // By plan, since in review or on hold nothing is left for now, and the hours would be lost when work goes on.
    stays_free(tx, rules, &mut request, free + own.by_plan)
}

/// Writes a share over, and keeps what was said of it where its hours come to be known by that, or are forgotten.
///
/// # Errors
/// When the store refuses it.
pub fn put_share(tx: &Tx<'_>, rules: &Rules, share: &mut Allocation) -> Result<(), StoreError> {
    let before = tx.allocation(share.id)?;
    let is_as_before = (before.minutes, &before.shape) == (share.minutes, &share.shape);
    if is_as_before || share.left.said_on.is_none() {
        return tx.put_allocation(share);
    }
    let of = || -> Result<_, StoreError> {
        let left = left_of(tx, rules, share.request)?;
        let own = left.shares.into_iter().find(|(held, _)| held.allocation.id == share.id);
        Ok(own.map(|(held, left)| (held.has_loose_hours(), left)))
    };
    // Once before and once after it is written: whether its hours are a guess follows from all of the request's
    // shares.
    let was = of()?;
    tx.put_allocation(share)?;
    if let (Some((was_loose, was)), Some((is_loose, is))) = (was, of()?)
        && was_loose != is_loose
    {
        let of = if is_loose { was.hours } else { is.hours };
        share.left.said_of = is_loose.then_some(of);
        share.left.correction = of - is.done - was.by_plan;
        tx.put_allocation(share)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
