//! What is left of a share (LOAD.md, 2): its hours less what came off by plan on days that are over, corrected by
//! what was said. Nothing else takes hours off or puts them back.

use chrono::NaiveDate;

use super::WorkItem;
use super::capacity::{Capacity, PersonDays};
use super::lay::{Parts, weighted};
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::minutes::Minutes;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;

/// In progress with nothing left by the arithmetic: a tenth of all, and at least an hour, until somebody says.
const LEAST_UNKNOWN: Minutes = Minutes::hours(1);

/// A stored share with what the rules need of its request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldShare {
    /// As it is stored.
    pub allocation: Allocation,
    /// The title of its request.
    pub title: String,
    /// The tier of its request, by its words where nobody has set one.
    pub tier: Tier,
    /// The estimate of its request, if the share follows it.
    pub estimate: Option<Minutes>,
    /// What work of that tier usually takes, for work without an estimate.
    pub usual: Minutes,
    /// Where its request stands.
    pub stage: Stage,
    /// Its request waits for something.
    pub is_blocked: bool,
    /// When its request is due.
    pub due: Option<NaiveDate>,
    /// What came off it by plan on days that were kept.
    pub done: Minutes,
}

/// The hours of a share and what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareHours {
    /// All of it.
    pub hours: Minutes,
    /// What came off by plan.
    pub done: Minutes,
    /// What is left of it by the arithmetic, whatever stage its request is in.
    pub by_plan: Minutes,
    /// What is still to be done.
    pub left: Minutes,
    /// Nobody has said how long it takes, or how much of it is left.
    pub is_unknown: bool,
    /// It is under way and nothing is left of it by plan: how much is it really?
    pub is_asked: bool,
}

impl HeldShare {
    /// By when it is to be done: its last day, or the due day of its request where that lies after it and is not
    /// over. A share whose last day has passed before the due day has slipped, and is not late.
    pub fn deadline(&self, today: NaiveDate) -> NaiveDate {
        let last = self.allocation.to;
        self.due.filter(|due| last < today && *due >= today).unwrap_or(last)
    }

    /// Its last day has passed and its request is not due yet.
    pub fn has_slipped(&self, today: NaiveDate) -> bool {
        self.deadline(today) != self.allocation.to
    }

    /// Its first day is still to come.
    pub fn is_begun_before(&self, today: NaiveDate) -> bool {
        self.allocation.from > today
    }

    /// Somebody said what is left of it.
    pub const fn is_said(&self) -> bool {
        self.allocation.left.said_on.is_some()
    }

    /// All of it, and whether that is only what its tier usually takes.
    fn hours(&self, days: &PersonDays, capacity: &Capacity) -> (Minutes, bool) {
        let own = &self.allocation;
        match &own.shape {
            Shape::PerDay(each) => {
                let places = capacity.at(own.from)..=capacity.at(own.to);
                let count = places.filter(|at| days.effective(*at).is_positive()).count();
                (Minutes(each.0 * i64::try_from(count).unwrap_or(0)), false)
            }
            Shape::Hand(by_hand) => (by_hand.iter().map(|(_, minutes)| *minutes).sum(), false),
            _ => match own.minutes.or(self.estimate) {
                Some(hours) => (hours, false),
                None => (self.usual, !self.is_said()),
            },
        }
    }

    /// What is left of it.
    pub fn left(&self, capacity: &Capacity, today: NaiveDate) -> Option<ShareHours> {
        let days = capacity.of(self.allocation.person)?;
        let (hours, is_unknown) = self.hours(days, capacity);
        let before = self.allocation.left.done_before;
        let before = before.unwrap_or_else(|| self.shown_before(today, hours, days, capacity));
        let done = before + self.done;
        let by_plan = (hours - done - self.allocation.left.correction).at_least_zero();
        let is_under_way = self.stage == Stage::InProgress;
        let is_asked = is_under_way && (self.allocation.left.is_to_be_said || by_plan.is_zero());
        let left = match self.stage {
            Stage::InReview | Stage::OnHold => Minutes::ZERO,
            stage if stage.is_closed() => Minutes::ZERO,
            _ if is_asked => hours.percent(10).max(LEAST_UNKNOWN),
            _ => by_plan,
        };
        Some(ShareHours { hours, done, by_plan, left, is_unknown: is_unknown || is_asked, is_asked })
    }

    /// What the days before `today` showed of a share that was there before days were kept.
    fn shown_before(
        &self,
        today: NaiveDate,
        hours: Minutes,
        days: &PersonDays,
        capacity: &Capacity,
    ) -> Minutes {
        if self.stage != Stage::InProgress {
            return Minutes::ZERO;
        }
        let window = capacity.at(self.allocation.from)..=capacity.at(self.allocation.to);
        let parts: Parts = match &self.allocation.shape {
            Shape::Hand(by_hand) => {
                by_hand.iter().map(|(day, minutes)| (capacity.at(*day), *minutes)).collect()
            }
            _ => weighted(hours, window.map(|at| (at, days.effective(at).0))),
        };
        parts.iter().filter(|(at, _)| capacity.day(*at) < today).map(|(_, minutes)| *minutes).sum()
    }

    /// What its days before `today` had shown, to be stored once; `None` where that was done already.
    pub fn to_store_once(&self, capacity: &Capacity, today: NaiveDate) -> Option<Minutes> {
        let days = capacity.of(self.allocation.person)?;
        let (hours, _) = self.hours(days, capacity);
        let is_new = self.allocation.left.done_before.is_none();
        is_new.then(|| self.shown_before(today, hours, days, capacity))
    }

    /// As the rules see it on a day; `None` where nothing is left.
    pub fn item(&self, capacity: &Capacity, today: NaiveDate) -> Option<WorkItem> {
        self.item_or_nothing(capacity, today).filter(|item| item.left.is_positive())
    }

    /// The same, also where nothing is left; `None` of somebody whom the team does not know.
    pub fn item_or_nothing(&self, capacity: &Capacity, today: NaiveDate) -> Option<WorkItem> {
        let ShareHours { hours, left, is_unknown, .. } = self.left(capacity, today)?;
        let (own, deadline) = (&self.allocation, self.deadline(today));
        Some(WorkItem {
            share: own.id,
            request: own.request,
            person: own.person,
            hours,
            left,
            is_unknown,
            from: own.from,
            to: own.to,
            deadline,
            is_late: deadline < today,
            is_tentative: own.is_tentative,
            shape: own.shape.clone(),
            left_by: None,
        })
    }
}
/// What is left of one request, share by share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOfRequest {
    /// Each share with what is left of it.
    pub shares: Vec<(HeldShare, ShareHours)>,
    /// What nobody holds of the estimate, all of it and what is left of that; `None` where there is nothing to
    /// give.
    pub unheld: Option<(Minutes, Minutes)>,
    /// Nobody has said how long it takes or how much is left.
    pub is_unknown: bool,
    /// When hours left were said last.
    pub said_on: Option<NaiveDate>,
}

impl LeftOfRequest {
    /// What a date is asked for: what is still to give, or all that is left where everything is held; `None` where
    /// that is not known.
    pub fn to_plan(&self) -> Option<Minutes> {
        let to_give = self.unheld.map(|(_, left)| left).filter(|left| left.is_positive());
        to_give.or(Some(self.minutes())).filter(|left| left.is_positive() && !self.is_unknown)
    }

    /// Everything that is still to be done.
    pub fn minutes(&self) -> Minutes {
        let held: Minutes = self.shares.iter().map(|(_, left)| left.left).sum();
        held + self.unheld.map_or(Minutes::ZERO, |(_, left)| left)
    }
}
