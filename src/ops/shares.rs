//! What follows from a change of a request for the shares of it: their last day goes with the due day, hours left
//! that were said are parted among them, and review ends what was said.

use chrono::NaiveDate;

use super::rules::Rules;
use super::work::left_of;
use super::{OpsError, said};
use crate::domain::allocation::Allocation;
use crate::domain::ids::AllocationId;
use crate::domain::load::held::ShareHours;
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::store::{StoreError, Tx};

/// What a change did to the shares of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// How many end on another day.
    pub moved: usize,
}

/// Brings the shares of a request after its change; `after` is stored already.
///
/// # Errors
/// When the store refuses it.
pub fn follow_request(
    tx: &Tx<'_>,
    rules: &Rules,
    before: &Request,
    after: &mut Request,
) -> Result<Settled, OpsError> {
    let mut settled = Settled::default();
    if before.due != after.due {
        // Each by itself: of several shares some may have a last day of their own.
        for mut share in tx.allocations_of(after.id)? {
            if let Some((from, to)) = follows(before, after, &share, rules.today) {
                (share.from, share.to) = (from, to);
                tx.put_allocation(&share)?;
                settled.moved += 1;
            }
        }
    }
    // First what was said before is brought over to the new estimate; what this change says is parted after it.
    said::keep(tx, rules, before, after)?;
    // What of it somebody holds is asked for by its share, what nobody holds by the request.
    let was_done = matches!(before.stage, Stage::InReview | Stage::Delivered);
    if before.stage != after.stage && was_done && after.stage.is_open() && after.left_said.is_none() {
        after.left_to_say = true;
        tx.put_request(after)?;
    }
    if before.stage != after.stage && matches!(after.stage, Stage::InReview | Stage::Delivered) {
        end_what_was_said(tx, after)?;
    } else if (before.left_said, before.left_on) != (after.left_said, after.left_on) && after.stage.is_open()
    {
        say_left(tx, rules, after)?;
    }
    Ok(settled)
}

/// The days of a share that was to end on the due day, when that day moves: it begins today where the new day lies
/// before its first, or on that day if it is over.
pub fn follows(
    before: &Request,
    after: &Request,
    share: &Allocation,
    today: NaiveDate,
) -> Option<(NaiveDate, NaiveDate)> {
    let (old, new) = (before.due?, after.due?);
    // A day before the share begins moves its first day too, or its window would end before it starts.
    let is_before = new < share.from;
    let from = if is_before { new.min(today) } else { share.from };
    // A last day that somebody set apart from the due day is theirs and stays.
    (old != new && (share.to == old || is_before)).then_some((from, new))
}

fn end_what_was_said(tx: &Tx<'_>, request: &mut Request) -> Result<(), StoreError> {
    for share in tx.allocations_of(request.id)? {
        let mut left = share.left.unsaid();
        // If it comes back from review nobody knows how much there is to do: the old plan certainly is not it.
        left.is_to_be_said = true;
        tx.put_allocation(&Allocation { left, ..share })?;
    }
    if request.left_on.is_some() || !request.left_correction.is_zero() {
        (request.left_said, request.left_on) = (None, None);
        (request.left_correction, request.left_of) = (Minutes::ZERO, None);
        tx.put_request(request)?;
    }
    Ok(())
}

/// Parts what was said of a request among its shares and what nobody holds, in proportion to what each had left,
/// and by hours where that is nothing.
fn say_left(tx: &Tx<'_>, rules: &Rules, request: &mut Request) -> Result<(), StoreError> {
    let Some(said) = request.left_said else { return go_back_to_plan(tx, request) };
    let left = left_of(tx, rules, request.id)?;
    let unheld = left.unheld.unwrap_or_default();
    // What is asked for has nothing left by plan, and without its tenth it would get nothing and be asked for again.
    let had = |left: &ShareHours| {
        if left.is_asked && left.by_plan.is_zero() { left.left } else { left.by_plan }
    };
    // By plan nothing is left anywhere, which is what was wrong: then by how large each share is.
    let is_used_up = unheld.1.is_zero() && left.shares.iter().all(|(_, left)| left.by_plan.is_zero());
    let own = left.shares.iter().map(|(_, left)| if is_used_up { left.hours } else { had(left) });
    let weights: Vec<Minutes> = own.chain([if is_used_up { unheld.0 } else { unheld.1 }]).collect();
    let parts = part(said, &weights);
    for ((share, known), part) in left.shares.iter().zip(&parts) {
        let mut own = share.allocation.clone();
        // Stored as a difference to the plan and not as hours left, so that days to come take off as from any
        // other share.
        own.left.correction = known.hours - known.done - *part;
        own.left.said_on = request.left_on;
        own.left.said_of = share.has_loose_hours().then_some(known.hours);
        own.left.is_to_be_said = false;
        tx.put_allocation(&own)?;
    }
    let held: Minutes = left.shares.iter().map(|(_, left)| left.hours).sum();
    request.left_of = request.estimate.is_none().then(|| held + unheld.0);
    request.left_correction = unheld.0 - parts.last().copied().unwrap_or_default();
    request.left_to_say = false;
    tx.put_request(request)
}

fn go_back_to_plan(tx: &Tx<'_>, request: &mut Request) -> Result<(), StoreError> {
    for share in tx.allocations_of(request.id)? {
        tx.put_allocation(&Allocation { left: share.left.unsaid(), ..share })?;
    }
    (request.left_correction, request.left_of) = (Minutes::ZERO, None);
    request.left_to_say = false;
    tx.put_request(request)
}

/// Takes a share from whoever holds it. What had come off it stays off: whoever gets the work next gets what is left.
///
/// # Errors
/// When it is gone.
pub fn take_back(tx: &Tx<'_>, rules: &Rules, share: &Allocation) -> Result<(), StoreError> {
    // Read before the share goes: with it goes what its days had done.
    let left = left_of(tx, rules, share.request)?;
    let own = left.shares.iter().find(|(held, _)| held.allocation.id == share.id).map(|(_, own)| *own);
    tx.remove_allocation(share.id)?;
    let Some(own) = own else { return Ok(()) };
    if share.left.said_on.is_some() {
        return said::take_back(tx, rules, share, (&left, own));
    }
    let taken = own.hours - own.by_plan;
    if !taken.is_zero() || share.left.is_to_be_said {
        let mut request = tx.request(share.request)?;
        request.left_correction += taken;
        // Whoever held it did not say it either.
        request.left_to_say |= share.left.is_to_be_said;
        tx.put_request(&request)?;
    }
    Ok(())
}

/// Says what is left of one share alone, from this morning on.
///
/// # Errors
/// When it is gone, or its request is closed.
pub fn say_left_of(
    tx: &Tx<'_>,
    rules: &Rules,
    id: AllocationId,
    said: Option<Minutes>,
) -> Result<Allocation, OpsError> {
    let mut own = tx.allocation(id)?;
    let left = left_of(tx, rules, own.request)?;
    let known = left.shares.iter().find(|(share, _)| share.allocation.id == id);
    match (said, known) {
        (Some(said), Some((share, known))) => {
            own.left.correction = known.hours - known.done - said;
            own.left.said_of = share.has_loose_hours().then_some(known.hours);
            own.left.said_on = Some(rules.today);
            own.left.is_to_be_said = false;
        }
        (None, _) => own.left = own.left.unsaid(),
        (Some(_), None) => {
            return Err(OpsError::rejected(
                format!("{} is closed; nothing of it is left to be done", own.request),
                "Move it back first.",
            ));
        }
    }
    tx.put_allocation(&own)?;
    Ok(own)
}

/// Parts an amount by weights; the parts add up exactly. Without any weight the last one takes it.
pub fn part(amount: Minutes, weights: &[Minutes]) -> Vec<Minutes> {
    let sum: i64 = weights.iter().map(|weight| weight.0).sum();
    // Nothing to go by: the last place is what nobody holds.
    if sum == 0 {
        let last = weights.len().saturating_sub(1);
        return (0..weights.len()).map(|index| if index == last { amount } else { Minutes::ZERO }).collect();
    }
    let (mut running, mut given) = (0, 0);
    let share = |weight: &Minutes| {
        running += weight.0;
        let upto = (amount.0 * running + sum / 2) / sum;
        let own = upto - given;
        given = upto;
        Minutes(own)
    };
    weights.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RequestId;
    use crate::ops::Desk;
    use crate::ops::kit::{
        begin, change, day, give, go, hours, left, refusal, request, shares_of, stages, studio,
    };

    #[test]
    fn what_is_said_is_parted_by_what_was_left_to_the_minute() {
        let parted = |amount, weights: &[i64]| -> Vec<i64> {
            let weights: Vec<Minutes> = weights.iter().copied().map(Minutes).collect();
            part(Minutes(amount), &weights).into_iter().map(|minutes| minutes.0).collect()
        };
        assert_eq!(parted(360, &[1200, 600, 0]), [240, 120, 0]);
        assert_eq!(parted(100, &[1, 1, 1]), [33, 34, 33]);
        assert_eq!(parted(60, &[0]), [60]);
    }

    /// The days of a share after its request was due on one day and is due on another, on Monday 23 November.
    fn followed(old: &str, new: &str, days: (&str, &str)) -> Option<(NaiveDate, NaiveDate)> {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~4h @ana");
        let share = Allocation { from: day(days.0), to: day(days.1), ..shares_of(&desk, id).remove(0) };
        let due = |text: &str| Request { due: text.parse().ok(), ..desk.store.request(id).unwrap() };
        follows(&due(old), &due(new), &share, desk.today())
    }

    #[test]
    fn only_a_share_that_was_to_end_on_the_due_day_follows_it() {
        let days = ("2026-11-23", "2026-11-27");
        let moved = Some((day("2026-11-23"), day("2026-12-02")));
        assert_eq!(followed("2026-11-27", "2026-12-02", days), moved);
        assert_eq!(followed("2026-11-30", "2026-12-02", days), None, "it was to end earlier");
        assert_eq!(followed("2026-11-27", "2026-11-27", days), None, "the day is the same");
        assert_eq!(followed("", "2026-12-02", days), None, "there was no due day");
        assert_eq!(followed("2026-11-27", "", days), None, "there is none any more");
    }

    #[test]
    fn a_share_that_would_begin_after_the_new_day_begins_today_or_on_that_day() {
        let days = ("2026-12-02", "2026-12-04");
        let soon = Some((day("2026-11-23"), day("2026-11-25")));
        assert_eq!(followed("2026-12-04", "2026-11-25", days), soon);
        let over = Some((day("2026-11-20"), day("2026-11-20")));
        assert_eq!(followed("2026-12-04", "2026-11-20", days), over);
        // Also one that did not end on the due day: nothing of it could lie before the new one.
        assert_eq!(followed("2026-12-11", "2026-11-25", days), soon);
    }

    fn two_shares() -> (Desk, RequestId, [AllocationId; 2]) {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~30h due:fri");
        let shares = [give(&mut desk, id, "ana", 20), give(&mut desk, id, "bo", 10)];
        (desk, id, shares)
    }

    #[test]
    fn hours_left_of_a_request_are_parted_among_its_shares() {
        let (mut desk, id, [ana, bo]) = two_shares();
        change(&mut desk, id, "left:6h");
        let left_of = |id| desk.left_of_share(id).unwrap().unwrap();
        assert_eq!((left_of(ana), left_of(bo)), (hours(4), hours(2)));
        change(&mut desk, id, "left:none");
        let left_of = |id| desk.left_of_share(id).unwrap().unwrap();
        assert_eq!((left_of(ana), left_of(bo)), (hours(20), hours(10)), "by plan again");
        desk.undo(None).unwrap();
        let left_of = |id| desk.left_of_share(id).unwrap().unwrap();
        assert_eq!((left_of(ana), left_of(bo)), (hours(4), hours(2)), "one change for all of them");
    }

    #[test]
    fn what_nobody_holds_gets_its_part_of_what_is_left() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~30h due:fri");
        let ana = give(&mut desk, id, "ana", 20);
        change(&mut desk, id, "left:6h");
        assert_eq!(desk.left_of_share(ana).unwrap(), Some(hours(4)));
        desk.edit(&[id], "@bo").unwrap();
        let bo = shares_of(&desk, id).pop().unwrap();
        assert_eq!(desk.left_of_share(bo.id).unwrap(), Some(hours(2)));
        assert_eq!(left(&desk, id), Some(hours(6)), "giving it changes nothing of the whole");
    }

    #[test]
    fn a_share_can_be_said_alone_and_the_other_stays() {
        let (mut desk, id, [ana, bo]) = two_shares();
        let said = super::super::assign::LeftChange::Said(hours(1));
        desk.edit_share_and_left(ana, &|_| {}, said).unwrap();
        assert_eq!(desk.left_of_share(bo).unwrap(), Some(hours(10)));
        assert_eq!(left(&desk, id), Some(hours(11)));
        begin(&mut desk, id);
        stages(&mut desk, id, &[Stage::Delivered]);
        let refused = refusal(desk.edit_share_and_left(ana, &|_| {}, said));
        assert_eq!(refused, "R-1 is closed; nothing of it is left to be done");
    }

    #[test]
    fn what_was_said_goes_down_by_plan_from_then_on() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~20h due:fri @ana");
        begin(&mut desk, id);
        go(&mut desk, "2026-11-25");
        change(&mut desk, id, "left:6h");
        assert_eq!(left(&desk, id), Some(hours(6)));
        // Two hours on each of Wednesday, Thursday and Friday.
        go(&mut desk, "2026-11-26");
        assert_eq!(left(&desk, id), Some(hours(4)));
    }
}
