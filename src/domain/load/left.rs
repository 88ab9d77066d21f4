//! What is left of a whole request: of each of its shares, and of what nobody holds.

use chrono::NaiveDate;

use super::held::{HeldShare, ShareHours, unknown_of};
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::minutes::Minutes;

/// What is left of one request, share by share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOfRequest {
    /// Each share with what is left of it.
    pub shares: Vec<(HeldShare, ShareHours)>,
    /// What nobody holds of the estimate, all of it and what is left of that; `None` where there is nothing to
    /// give.
    pub unheld: Option<(Minutes, Minutes)>,
    /// It is under way once more after it was done, and nobody has said what is left of what nobody holds.
    pub is_unheld_asked: bool,
    /// Nobody has said how long it takes or how much is left.
    pub is_unknown: bool,
    /// When hours left were said last.
    pub said_on: Option<NaiveDate>,
    /// It is in review or on hold: nothing of it is to be done until it comes back, whoever holds it.
    pub is_waiting: bool,
}

impl LeftOfRequest {
    /// How much a share of it is in all, as the load reckons it; of closed work what the share itself says.
    pub fn hours_of(&self, share: &Allocation, estimate: Option<Minutes>) -> Option<Minutes> {
        let held = self.shares.iter().find(|(held, _)| held.allocation.id == share.id);
        match held {
            // The usual hours of a tier are a guess of the load and no hours of the share.
            Some((held, left)) if matches!(held.allocation.shape, Shape::PerDay(_)) => Some(left.hours),
            // Of shares without hours of their own one follows the estimate, and of the others nobody knows.
            Some((held, _)) => share.hours(held.estimate),
            None => share.hours(estimate),
        }
    }

    /// What is still to be done of what nobody holds.
    pub fn unheld_left(&self) -> Minutes {
        match self.unheld {
            None => Minutes::ZERO,
            Some((all, _)) if self.is_unheld_asked => unknown_of(all),
            Some((_, by_plan)) => by_plan,
        }
    }

    /// What a date is asked for: what is still to give, or all that is left where everything is held; `None` where
    /// nobody has ever said how long it takes. Planned hours that are used up count as in the load. Of what waits, as if
    /// it came back today.
    pub fn to_plan(&self) -> Option<Minutes> {
        if self.is_guess() {
            return None;
        }
        let held = |(share, left): &(HeldShare, ShareHours)| {
            if !self.is_waiting {
                left.left
            } else if share.allocation.left.is_to_be_said || left.by_plan.is_zero() {
                unknown_of(left.hours)
            } else {
                left.by_plan
            }
        };
        let to_give = Some(self.unheld_left()).filter(|left| left.is_positive());
        let held: Minutes = self.shares.iter().map(held).sum();
        to_give.or(Some(held)).filter(|left| left.is_positive())
    }

    /// Nobody has estimated it or said what is left of it; that planned hours are used up says nothing of that.
    fn is_guess(&self) -> bool {
        let is_guess = |(share, _): &(HeldShare, ShareHours)| share.is_guessed() && !share.is_said();
        self.is_unknown
            && (self.shares.is_empty() && !self.is_unheld_asked || self.shares.iter().any(is_guess))
    }

    /// Everything that is still to be done.
    pub fn minutes(&self) -> Minutes {
        if self.is_waiting {
            return Minutes::ZERO;
        }
        let held: Minutes = self.shares.iter().map(|(_, left)| left.left).sum();
        held + self.unheld_left()
    }

    /// The same where it is known; what waits is known to take none.
    pub fn known(&self) -> Option<Minutes> {
        (self.is_waiting || !self.is_unknown).then(|| self.minutes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::load::kit::{MONDAY, share};

    fn hours(count: i64) -> Minutes {
        Minutes::hours(count)
    }

    /// A request of which somebody holds ten hours, with four of them done.
    fn of_one() -> LeftOfRequest {
        let (ten, four, six) = (hours(10), hours(4), hours(6));
        let left = ShareHours {
            hours: ten,
            done: four,
            by_plan: six,
            left: six,
            is_unknown: false,
            is_asked: false,
        };
        let held = share(1, 10, MONDAY, "2026-11-27");
        LeftOfRequest { shares: vec![(held, left)], ..LeftOfRequest::default() }
    }

    #[test]
    fn a_date_is_asked_for_what_is_to_give_and_else_for_all_that_is_left() {
        let mut request = of_one();
        assert_eq!((request.to_plan(), request.minutes()), (Some(hours(6)), hours(6)));
        request.unheld = Some((hours(5), hours(3)));
        assert_eq!((request.to_plan(), request.minutes()), (Some(hours(3)), hours(9)));
        request.unheld = Some((hours(5), Minutes::ZERO));
        assert_eq!(request.to_plan(), Some(hours(6)));
        request.is_unknown = true;
        assert_eq!((request.to_plan(), request.known()), (Some(hours(6)), None), "used up, and not a guess");
        request.shares[0].0.allocation.minutes = None;
        assert_eq!((request.to_plan(), request.known()), (None, None));
        assert_eq!(LeftOfRequest::default().to_plan(), None, "nothing is no date");
    }

    #[test]
    fn only_the_share_that_follows_the_estimate_has_its_hours() {
        let mut request = of_one();
        request.shares[0].0.allocation.minutes = None;
        let (own, estimate) = (request.shares[0].0.allocation.clone(), Some(hours(40)));
        assert_eq!(request.hours_of(&own, estimate), None, "another one follows it");
        request.shares[0].0.estimate = estimate;
        assert_eq!(request.hours_of(&own, estimate), estimate);
    }

    #[test]
    fn what_waits_takes_nothing_and_is_planned_as_if_it_came_back() {
        let mut request = LeftOfRequest { is_waiting: true, ..of_one() };
        assert_eq!((request.to_plan(), request.known()), (Some(hours(6)), Some(Minutes::ZERO)));
        request.unheld = Some((hours(5), hours(3)));
        assert_eq!((request.to_plan(), request.known()), (Some(hours(3)), Some(Minutes::ZERO)));
        request.unheld = None;
        request.shares[0].1.by_plan = Minutes::ZERO;
        assert_eq!(request.to_plan(), Some(hours(1)), "a tenth of ten hours, as when it is under way again");
        request.is_unknown = true;
        request.shares[0].0.allocation.minutes = None;
        assert_eq!((request.to_plan(), request.known()), (None, Some(Minutes::ZERO)));
    }
}
