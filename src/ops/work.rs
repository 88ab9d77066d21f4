//! Open work as of a day: what is left of every share, what estimates hold beyond all shares, and what days that
//! are over and not kept yet have taken off.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::rules::Rules;
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::ids::{AllocationId, RequestId};
use crate::domain::load::capacity::{Capacity, Team};
use crate::domain::load::held::ShareHours;
use crate::domain::load::left::LeftOfRequest;
use crate::domain::load::past::{self, MissingDays, PastDay};
use crate::domain::load::{HeldShare, NOBODY, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::store::{StoreError, StoredWork, Tx};

/// Open work as of today: what is left of every share, and what is still to give.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Every share of open requests.
    pub held: Vec<HeldShare>,
    /// What estimates hold beyond all shares.
    pub unheld: Vec<WorkItem>,
    /// What is left of each request.
    pub left: HashMap<RequestId, LeftOfRequest>,
    /// Days that are over and not stored yet.
    pub past: Vec<PastDay>,
}

impl Work {
    /// Takes what is stored apart, and takes off what days have taken off that are over and not kept yet.
    pub fn of(stored: &StoredWork, rules: &Rules) -> Self {
        match stored.newest_kept.map(|newest| past::missing(newest, rules.today)) {
            Some(MissingDays::From(first)) => Self::since(stored, rules, first),
            // Nothing missing, or so much that somebody must say yes first: nothing comes off that is not
            // stored.
            _ => Self::since(stored, rules, rules.today),
        }
    }

    /// What had come off shares by plan before days were kept, for those of which that was never reckoned.
    pub fn to_store_once(stored: &StoredWork, rules: &Rules) -> Vec<(Allocation, Minutes)> {
        let held = rules.held_shares(stored);
        let capacity = rules.capacity_of(&stored.team(), &held);
        let once = |share: HeldShare| {
            let done = share.to_store_once(&capacity, rules.today)?;
            Some((share.allocation, done))
        };
        held.into_iter().filter_map(once).collect()
    }

    /// The same with the days from `first` on reckoned, however many they are.
    pub fn since(stored: &StoredWork, rules: &Rules, first: NaiveDate) -> Self {
        let (team, today) = (stored.team(), rules.today);
        let mut held = rules.held_shares(stored);
        let past = past::reckon(&team, &mut held, first, today);
        let capacity = rules.capacity_of(&team, &held);
        let mut left: HashMap<RequestId, LeftOfRequest> = HashMap::new();
        for share in &held {
            if let Some(found) = share.left(&capacity, today) {
                left.entry(share.allocation.request).or_default().shares.push((share.clone(), found));
            }
        }
        let mut unheld = Vec::new();
        for request in &stored.requests {
            let own = left.entry(request.id).or_default();
            own.said_on = request.left_on;
            own.is_waiting = matches!(request.stage, Stage::InReview | Stage::OnHold);
            own.unheld = rules.to_give(request, &own.shares);
            own.is_unheld_asked = request.left_to_say
                && request.stage == Stage::InProgress
                && own.unheld.is_some_and(|(all, _)| all.is_positive());
            // Without an estimate a request is known all the same once hours were said, of it or of each of its
            // shares.
            own.is_unknown = request.estimate.is_none() && request.left_on.is_none() && own.shares.is_empty()
                || own.is_unheld_asked
                || own.shares.iter().any(|(_, left)| left.is_unknown);
            unheld.extend(own.unheld.and_then(|(hours, _)| rules.unheld(request, hours, own)));
        }
        Self { held, unheld, left, past }
    }
}

/// What is left of one request inside an operation.
///
/// # Errors
/// When the store cannot be read.
pub fn left_of(tx: &Tx<'_>, rules: &Rules, id: RequestId) -> Result<LeftOfRequest, StoreError> {
    let stored = tx.work(rules.today)?;
    Ok(Work::of(&stored, rules).left.remove(&id).unwrap_or_default())
}

/// Shares with their requests, open or not.
pub fn shares_of(stored: &StoredWork, rules: &Rules) -> Vec<(HeldShare, Request)> {
    let by_id: HashMap<RequestId, &Request> =
        stored.requests.iter().map(|request| (request.id, request)).collect();
    let held = rules.held_shares(stored).into_iter();
    held.filter_map(|share| Some((by_id.get(&share.allocation.request).copied()?.clone(), share)))
        .map(|(request, share)| (share, request))
        .collect()
}

impl StoredWork {
    /// Who there is and when they are away.
    pub fn team(&self) -> Team<'_> {
        Team { people: &self.people, absences: &self.absences, holidays: &self.holidays }
    }
}

impl Rules {
    /// Shares with what the load follows from.
    fn held_shares(&self, stored: &StoredWork) -> Vec<HeldShare> {
        let by_id: HashMap<RequestId, &Request> =
            stored.requests.iter().map(|request| (request.id, request)).collect();
        // Of shares without hours of their own the first follows the estimate, and no other.
        let mut following: HashSet<RequestId> = HashSet::new();
        let mut held = Vec::new();
        for share in &stored.shares {
            let Some(request) = by_id.get(&share.request) else { continue };
            let follows = share.can_follow() && following.insert(share.request);
            let done = stored.done.get(&share.id).copied().unwrap_or_default();
            held.push(self.share_of(request, share.clone(), follows, done));
        }
        held
    }

    /// One share of a request, stored or only thought of.
    pub fn share_of(&self, request: &Request, share: Allocation, follows: bool, done: Minutes) -> HeldShare {
        HeldShare {
            allocation: share,
            title: request.title.clone(),
            tier: self.tier(request),
            estimate: request.estimate.filter(|_| follows),
            usual: self.tiers.of(self.tier(request)).median(),
            stage: request.stage,
            is_blocked: request.blocked.is_some(),
            due: request.due,
            done,
        }
    }

    fn capacity_of(&self, team: &Team<'_>, held: &[HeldShare]) -> Capacity {
        let from = held.iter().map(|share| share.allocation.from).fold(self.today, NaiveDate::min);
        let to = held.iter().map(|share| share.allocation.to).fold(self.today, NaiveDate::max);
        let (from, to) = Capacity::reach(self.today, from, to);
        Capacity::new(team, from, to)
    }

    /// What nobody holds of an estimate: all of it beyond the shares, and what is left of that. Work without an
    /// estimate that nobody holds counts at its tier's usual time.
    fn to_give(&self, request: &Request, shares: &[(HeldShare, ShareHours)]) -> Option<(Minutes, Minutes)> {
        // Where nobody has estimated it, a share of which nothing was said takes nothing of what was said.
        let counts = |held: &HeldShare| request.estimate.is_some() || !held.is_guessed() || held.is_said();
        let given = shares.iter().filter(|(held, _)| counts(held)).map(|(_, left)| left.hours).sum();
        let all = match request.estimate.or(request.left_of) {
            Some(whole) => (whole - given).at_least_zero(),
            // Its usual time stands for what nobody estimated, and only until somebody holds it: the share then
            // has that time.
            None if shares.is_empty() => self.size(request),
            None => Minutes::ZERO,
        };
        // A share that was taken back leaves a correction on its request, so that what it had done is not given
        // out again.
        let left = (all - request.left_correction).at_least_zero();
        (all.is_positive() || left.is_positive()).then_some((all, left))
    }

    /// The same as work in the row of nobody, from ready on and until it is due.
    fn unheld(&self, request: &Request, hours: Minutes, own: &LeftOfRequest) -> Option<WorkItem> {
        let left = own.unheld_left();
        // What was not accepted yet is nobody's demand, and what is in review has none left.
        let is_accepted = matches!(request.stage, Stage::Ready | Stage::Scheduled | Stage::InProgress);
        // Demand that nobody holds cannot be late on anybody; overdue, it is wanted today.
        let to = request.due.unwrap_or_else(|| self.usual_end(request, self.today)).max(self.today);
        (is_accepted && left.is_positive()).then(|| WorkItem {
            share: AllocationId(0),
            request: request.id,
            person: NOBODY,
            tier: self.tier(request),
            hours,
            left,
            is_unknown: own.is_unheld_asked || request.estimate.is_none() && request.left_on.is_none(),
            from: self.today,
            to,
            deadline: to,
            is_late: false,
            is_tentative: false,
            shape: Shape::Even,
            left_by: None,
        })
    }
}
