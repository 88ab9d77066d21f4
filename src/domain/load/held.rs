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

/// What stands for hours of which nobody knows how many are left.
pub fn unknown_of(hours: Minutes) -> Minutes {
    hours.percent(10).max(LEAST_UNKNOWN)
}

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
    /// All of the share, done or not; a guess of its tier's usual time where `is_unknown`.
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
    pub fn begins_after(&self, today: NaiveDate) -> bool {
        self.allocation.from > today
    }

    /// Somebody said what is left of it.
    pub const fn is_said(&self) -> bool {
        self.allocation.left.said_on.is_some()
    }

    /// Nobody has said how long it takes: its hours are what its tier usually takes, or took when it was said what is
    /// left of them.
    pub const fn is_guessed(&self) -> bool {
        self.allocation.can_follow() && self.estimate.is_none()
    }

    /// Its hours are worked out anew from something that changes beside it: what its tier usually takes, or on how many days
    /// it is worked. What is said to be left is then said of the hours as they are that day.
    pub const fn has_loose_hours(&self) -> bool {
        self.is_guessed() || matches!(self.allocation.shape, Shape::PerDay(_))
    }

    /// All of it, and whether that is only what its tier usually takes.
    fn hours(&self, days: &PersonDays, capacity: &Capacity) -> (Minutes, bool) {
        let own = &self.allocation;
        match &own.shape {
            Shape::PerDay(_) if let Some(hours) = own.left.said_of => (hours, false),
            Shape::PerDay(each) => {
                // On a day off nothing is done, so it adds nothing to the hours of the whole share.
                let places = capacity.at(own.from)..=capacity.at(own.to);
                let count = places.filter(|at| capacity.is_worked(days, *at)).count();
                (Minutes(each.0 * i64::try_from(count).unwrap_or(0)), false)
            }
            _ => match own.hours(self.estimate) {
                Some(hours) => (hours, false),
                // Whoever said what is left knows the work, even where nobody has ever estimated it.
                None => (own.left.said_of.unwrap_or(self.usual), !self.is_said()),
            },
        }
    }

    /// What is left of it.
    pub fn left(&self, capacity: &Capacity, today: NaiveDate) -> Option<ShareHours> {
        let days = capacity.of(self.allocation.person)?;
        let (hours, is_unknown) = self.hours(days, capacity);
        let before = self.allocation.left.done_before;
        // A share from before days were kept: what its days had shown is all that is known of them.
        let before = before.unwrap_or_else(|| self.shown_before(today, hours, days, capacity));
        let done = before + self.done;
        // A smaller estimate may lie below what has come off already; that is nothing left, not less than
        // nothing.
        let of = self.allocation.left.said_of.unwrap_or(hours);
        let by_plan = (of - done - self.allocation.left.correction).at_least_zero();
        let is_under_way = self.stage == Stage::InProgress;
        // Under way with nothing left by plan is the one case in which the plan is surely wrong.
        let is_asked = is_under_way && (self.allocation.left.is_to_be_said || by_plan.is_zero());
        let left = match self.stage {
            // It waits for others. What is left by plan stays in `by_plan`, for when it comes back.
            Stage::InReview | Stage::OnHold => Minutes::ZERO,
            stage if stage.is_closed() => Minutes::ZERO,
            _ if is_asked => unknown_of(hours),
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
        // Only work under way takes hours off, on days before they were kept as on those after.
        if self.stage != Stage::InProgress {
            return Minutes::ZERO;
        }
        let window = capacity.at(self.allocation.from)..=capacity.at(self.allocation.to);
        // Where such a share lay was never stored; spreading it by the hours of its days is the nearest to what the
        // grid had shown.
        let parts: Parts = match &self.allocation.shape {
            Shape::Hand(by_hand) => {
                return by_hand.iter().filter(|(day, _)| *day < today).map(|(_, minutes)| *minutes).sum();
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
            tier: self.tier,
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
#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::allocation::LeftSaid;
    use crate::domain::ids::AbsenceId;
    use crate::domain::ids::PersonId;
    use crate::domain::load::capacity::Team;
    use crate::domain::load::kit::{MONDAY, day, person, share};
    use crate::domain::person::Absence;

    /// Eight hours from Monday to Friday, but for Wednesday 25 November.
    fn capacity() -> Capacity {
        let off = Absence {
            id: AbsenceId(1),
            person: PersonId(1),
            from: day("2026-11-25"),
            to: day("2026-11-25"),
            per_day: None,
            is_tentative: false,
            note: String::new(),
            brought: String::new(),
        };
        let team = Team { people: &[person(1)], absences: &[off], holidays: &[] };
        Capacity::new(&team, day("2026-11-16"), day("2026-12-31"))
    }

    fn hours_of(share: &HeldShare) -> ShareHours {
        share.left(&capacity(), day(MONDAY)).unwrap()
    }

    /// Hours left, whether they are a guess, and whether somebody is asked.
    fn left(share: &HeldShare) -> (i64, bool, bool) {
        let found = hours_of(share);
        (found.left.0, found.is_unknown, found.is_asked)
    }

    fn said(share: &HeldShare, of: impl Fn(&mut LeftSaid)) -> HeldShare {
        let mut changed = share.clone();
        of(&mut changed.allocation.left);
        changed
    }

    fn ten_with_four_done() -> HeldShare {
        HeldShare { done: Minutes::hours(4), ..share(1, 10, MONDAY, "2026-11-27") }
    }

    #[test]
    fn what_waits_elsewhere_or_is_closed_has_nothing_left_to_do_and_keeps_its_sum() {
        for (stage, minutes) in [
            (Stage::Scheduled, 360),
            (Stage::InProgress, 360),
            (Stage::InReview, 0),
            (Stage::OnHold, 0),
            (Stage::Delivered, 0),
            (Stage::Declined, 0),
        ] {
            let own = HeldShare { stage, ..ten_with_four_done() };
            assert_eq!(left(&own), (minutes, false, false), "{stage:?}");
            assert_eq!(hours_of(&own).by_plan, Minutes::hours(6), "{stage:?}");
        }
    }

    #[test]
    fn under_way_with_nothing_left_is_a_tenth_and_at_least_an_hour_until_somebody_says() {
        let done =
            |hours: i64| HeldShare { done: Minutes::hours(hours), ..share(1, hours, MONDAY, "2026-11-27") };
        assert_eq!(left(&done(40)), (240, true, true));
        assert_eq!(left(&done(5)), (60, true, true));
        let ready = HeldShare { stage: Stage::Ready, ..done(40) };
        assert_eq!(left(&ready), (0, false, false), "nobody is at it");
        let back = said(&ten_with_four_done(), |left| left.is_to_be_said = true);
        assert_eq!((left(&back), hours_of(&back).by_plan), ((60, true, true), Minutes::hours(6)));
    }

    #[test]
    fn what_was_said_corrects_the_plan_and_never_below_nothing() {
        let corrected =
            |hours: i64| said(&ten_with_four_done(), |left| left.correction = Minutes::hours(hours));
        assert_eq!(hours_of(&corrected(2)).left, Minutes::hours(4));
        assert_eq!(hours_of(&corrected(-3)).left, Minutes::hours(9));
        let scheduled = HeldShare { stage: Stage::Scheduled, ..corrected(9) };
        assert_eq!(left(&scheduled), (0, false, false));
    }

    #[test]
    fn without_hours_of_its_own_it_follows_the_estimate_and_else_the_usual_time() {
        let mut open = share(1, 0, MONDAY, "2026-11-27");
        open.allocation.minutes = None;
        assert_eq!(left(&open), (240, true, false), "four hours are usual, and nobody said so");
        let known = said(&open, |left| left.said_on = Some(day(MONDAY)));
        assert_eq!(left(&known), (240, false, false));
        open.estimate = Some(Minutes::hours(12));
        assert_eq!(left(&open), (720, false, false));
        open.allocation.minutes = Some(Minutes::hours(3));
        assert_eq!(left(&open), (180, false, false), "what was typed stands before the estimate");
    }

    #[test]
    fn so_much_a_day_counts_days_with_time_and_days_by_hand_add_up() {
        let mut own = share(1, 99, MONDAY, "2026-11-29");
        own.allocation.shape = Shape::PerDay(Minutes::hours(3));
        assert_eq!(hours_of(&own).hours, Minutes::hours(12), "neither Wednesday nor the weekend");
        let mut role = person(1);
        role.is_role = true;
        let team = Team { people: &[role], absences: &[], holidays: &[] };
        let of_role = own.left(&Capacity::new(&team, day(MONDAY), day("2026-11-29")), day(MONDAY)).unwrap();
        assert_eq!(of_role.hours, Minutes::hours(15), "a role has every working day");
        own.allocation.minutes = None;
        own.allocation.shape =
            Shape::Hand(vec![(day("2026-11-24"), Minutes::hours(2)), (day("2026-11-26"), Minutes::hours(5))]);
        assert_eq!(hours_of(&own).hours, Minutes::hours(7));
        own.allocation.minutes = Some(Minutes::hours(20));
        assert_eq!(hours_of(&own).hours, Minutes::hours(20), "the days say then only where it lies");
    }

    #[test]
    fn a_window_that_passed_before_the_due_day_has_slipped_and_one_after_it_is_late() {
        let due = |to: &str, due: Option<&str>| {
            let own = HeldShare { due: due.map(day), ..share(1, 8, "2026-11-16", to) };
            (own.deadline(day(MONDAY)).to_string(), own.has_slipped(day(MONDAY)))
        };
        let kept = |on: &str| (on.to_owned(), false);
        assert_eq!(due("2026-11-20", Some("2026-12-04")), ("2026-12-04".to_owned(), true));
        assert_eq!(due("2026-11-20", Some(MONDAY)), (MONDAY.to_owned(), true), "due today is not over");
        assert_eq!(due("2026-11-20", Some("2026-11-22")), kept("2026-11-20"));
        assert_eq!(due("2026-11-20", None), kept("2026-11-20"));
        assert_eq!(due(MONDAY, Some("2026-12-04")), kept(MONDAY), "it still has today");
    }

    #[test]
    fn a_share_older_than_the_kept_days_has_done_what_its_days_showed_if_it_was_under_way() {
        let old = |stage: Stage| {
            let own = HeldShare { stage, ..share(1, 36, "2026-11-16", "2026-11-27") };
            said(&own, |left| left.done_before = None)
        };
        // Nine days have time, five of them are over.
        assert_eq!(hours_of(&old(Stage::InProgress)).done, Minutes::hours(20));
        assert_eq!(hours_of(&old(Stage::Scheduled)).done, Minutes::ZERO);
        let once = |own: &HeldShare| own.to_store_once(&capacity(), day(MONDAY));
        assert_eq!(once(&old(Stage::InProgress)), Some(Minutes::hours(20)));
        assert_eq!(once(&share(1, 36, "2026-11-16", "2026-11-27")), None, "that was stored");
        let mut by_hand = old(Stage::InProgress);
        by_hand.allocation.shape =
            Shape::Hand(vec![(day("2026-11-20"), Minutes::hours(7)), (day(MONDAY), Minutes::hours(2))]);
        assert_eq!(once(&by_hand), Some(Minutes::hours(7)), "today is still to come");
    }

    #[test]
    fn work_that_began_before_its_first_day_is_told_from_work_that_began_on_it() {
        let from = |day: &str| share(1, 8, day, "2026-12-04").begins_after(self::day(MONDAY));
        assert_eq!([from("2026-11-22"), from(MONDAY), from("2026-11-24")], [false, false, true]);
    }

    #[test]
    fn an_item_is_late_once_its_deadline_has_passed_and_none_where_nothing_is_left() {
        let item = |own: &HeldShare| own.item(&capacity(), day(MONDAY));
        let late = item(&share(1, 8, "2026-11-16", "2026-11-22")).unwrap();
        assert!(late.is_late && late.left == Minutes::hours(8));
        assert!(!item(&share(1, 8, "2026-11-16", MONDAY)).unwrap().is_late);
        let reviewed = HeldShare { stage: Stage::InReview, ..share(1, 8, "2026-11-16", MONDAY) };
        assert_eq!(item(&reviewed), None);
        assert!(reviewed.item_or_nothing(&capacity(), day(MONDAY)).unwrap().left.is_zero());
        let mut stranger = share(1, 8, MONDAY, MONDAY);
        stranger.allocation.person = PersonId(9);
        assert_eq!(stranger.item_or_nothing(&capacity(), day(MONDAY)), None);
    }
}
