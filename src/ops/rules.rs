//! What is needed to fill a share's gaps: sizes, usual times, and the days that LOAD.md, 5 proposes.

use std::sync::Arc;

use chrono::NaiveDate;

use super::OpsError;
use crate::config::Config;
use crate::domain::allocation::NewShare;
use crate::domain::allocation::{Allocation, LeftSaid};
use crate::domain::day;
use crate::domain::ids::{AllocationId, PersonId};
use crate::domain::load::forecast::{Forecast, ReviewWait};
use crate::domain::load::left::LeftOfRequest;
use crate::domain::load::{self, Cost, HeldShare, LoadModel, NewWork, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::phrases::Phrases;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::tier::{Tier, TierRules};
use crate::domain::workdays::WorkCalendar;

/// What is needed to fill a share's gaps.
#[derive(Debug, Clone)]
pub struct Rules {
    pub today: NaiveDate,
    /// What is expected of each tier.
    pub tiers: TierRules,
    /// Working days that a review usually takes, by tier.
    pub review_days: [u32; 5],
    phrases: Arc<Phrases>,
    /// Which days are working days.
    pub calendar: WorkCalendar,
}

/// When work would be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoneBy {
    /// The day on which its review ends.
    pub finish: NaiveDate,
    /// The last day of the work itself.
    pub worked: NaiveDate,
}

impl DoneBy {
    /// As forecast; by the end of its days where no room is in sight.
    pub fn of(forecast: Option<&Forecast>, share: &Allocation) -> Self {
        let known = forecast.and_then(|forecast| Some((forecast.finish?, forecast.worked)));
        let (finish, worked) = known.unwrap_or((share.to, Some(share.to)));
        Self { finish, worked: worked.unwrap_or(finish) }
    }
}

impl Rules {
    /// From the configuration, for one day.
    pub fn new(config: &Config, today: NaiveDate, calendar: WorkCalendar) -> Self {
        Self {
            today,
            tiers: config.tiers.clone(),
            review_days: config.review_days,
            phrases: config.phrases.clone(),
            calendar,
        }
    }

    /// The tier of a request, guessed where nobody has set one.
    pub fn tier(&self, request: &Request) -> Tier {
        request.tier.unwrap_or_else(|| self.phrases.guess_tier(&request.title))
    }

    /// The estimate, or what its tier usually takes.
    pub fn size(&self, request: &Request) -> Minutes {
        request.estimate.unwrap_or_else(|| self.usual(self.tier(request)))
    }

    /// The time that work of a tier usually takes.
    pub fn usual(&self, tier: Tier) -> Minutes {
        self.tiers.of(tier).median()
    }

    /// The window of a share, its gaps filled.
    pub fn window(&self, request: &Request, share: &NewShare) -> (NaiveDate, NaiveDate) {
        let from = share.from.unwrap_or_else(|| self.calendar.on_or_after(self.today));
        let to = share.to.or(request.due).unwrap_or_else(|| self.usual_end(request, from));
        // Work that comes in after its due day is late, not something that all has to be done today.
        if share.from.is_none() && to < from { (to, to) } else { (from, to.max(from)) }
    }

    /// The allocation that a share asks for.
    pub fn allocation(&self, request: &Request, person: PersonId, share: &NewShare) -> Allocation {
        let (from, to) = self.window(request, share);
        Allocation {
            id: AllocationId(0),
            request: request.id,
            person,
            minutes: share.minutes,
            from,
            to,
            is_tentative: share.is_tentative,
            shape: share.shape.clone(),
            left: LeftSaid::NEW,
        }
    }

    /// The last day by which work of this tier is usually done, begun on a day.
    pub fn usual_end(&self, request: &Request, from: NaiveDate) -> NaiveDate {
        self.calendar.after(from, self.tiers.of(self.tier(request)).usual_days)
    }

    /// The work that an honest date is asked for: what a share would hold, or what is left to plan of its request.
    pub fn new_work(
        &self,
        request: &Request,
        left: &LeftOfRequest,
        share: &NewShare,
        review: ReviewWait,
    ) -> NewWork {
        // What is in review has only its review before it.
        let reviewed = (request.stage == Stage::InReview).then_some(Minutes::ZERO);
        let asked = share.minutes.or(reviewed).or_else(|| left.to_plan());
        let minutes = asked.unwrap_or_else(|| self.size(request));
        let from = share.from.unwrap_or_else(|| self.calendar.on_or_after(self.today));
        NewWork { minutes, from, review }
    }

    /// `3 days late` where work would be done after its due day, and whether only its review ends after it: at risk is
    /// what does not fit before its day, and a review takes nobody's hours.
    pub fn late_words(&self, request: &Request, done: DoneBy) -> Option<String> {
        let due = request.due?;
        let late = self.calendar.between(due, done.finish);
        let subject = if done.worked <= due { "its review ends " } else { "" };
        (late > 0).then(|| format!("{subject}{} late", day::days(late)))
    }

    /// What a yes to a request costs, as a sentence; what waits takes no hours meanwhile.
    pub fn cost_sentence(
        &self,
        request: &Request,
        done: DoneBy,
        cost: &Cost,
        name: impl Fn(PersonId) -> String,
    ) -> String {
        let late = self.late_words(request, done);
        let costs = match request.stage {
            stage @ (Stage::InReview | Stage::OnHold) => {
                format!("no hours while {}", stage.title())
            }
            // Beside "late" it would be read as "fits before its day".
            _ if late.is_some() && cost.is_free() && cost.reshapes => {
                "nothing else moves if re-shaped".to_owned()
            }
            _ if late.is_some() && cost.is_free() => "nothing else moves".to_owned(),
            _ => cost.sentence(name),
        };
        late.into_iter().chain([costs]).collect::<Vec<_>>().join("; ")
    }

    /// A share as the load rules see it on somebody's days.
    pub fn item(&self, held: &HeldShare, model: &LoadModel) -> Option<WorkItem> {
        held.item_or_nothing(&model.capacity, self.today)
    }

    /// The share that is asked for, its gaps filled as LOAD.md, 5 says: what is still to give, from today, to the
    /// due day where that makes nobody more over, otherwise to the day on which the work would be done. Where
    /// nothing is to give it is a share of no hours.
    ///
    /// # Errors
    /// When no last day is given and there is no honest one within a year.
    pub fn propose(
        &self,
        (request, left): (&Request, &LeftOfRequest),
        model: &LoadModel,
        person: PersonId,
        share: &NewShare,
    ) -> Result<Allocation, OpsError> {
        // These shapes say hours by themselves; what is left to give would contradict them.
        let has_hours = share.shape.has_hours();
        let is_known = request.estimate.is_some() || request.left_of.is_some();
        let all = left.unheld.map_or(Minutes::ZERO, |(all, _)| all);
        let minutes = match share.minutes {
            // The first share follows the estimate; another gets what nobody holds, or work would be there twice.
            None if is_known && !left.shares.is_empty() && !has_hours => Some(all),
            typed => typed,
        };
        let today = self.calendar.on_or_after(self.today);
        // A last day that is over is a window that is over: already late, and said so.
        let from = share.from.unwrap_or_else(|| share.to.map_or(today, |to| to.min(today)));
        let filled = NewShare { minutes, from: Some(from), ..share.clone() };
        let mut allocation = self.allocation(request, person, &filled);
        if share.minutes.is_none() && !has_hours {
            // All that is still to give goes along with what had come off it and what was said of it.
            allocation.left = given_along(request, all, allocation.left);
        }
        if share.to.is_some() {
            return Ok(allocation);
        }
        // Without a due day that is to come it is planned for as long as it takes.
        let has_no_day = request.due.is_none_or(|due| due < allocation.from);
        let item = |allocation: &Allocation| {
            self.item(
                &self.share_of(request, allocation.clone(), allocation.minutes.is_none(), Minutes::ZERO),
                model,
            )
        };
        let Some(weighed) = item(&allocation) else { return Ok(allocation) };
        if has_no_day || !load::cost::fits(model, &weighed) {
            let work = NewWork {
                minutes: weighed.left,
                from: allocation.from,
                // A share ends with the work; the review after it is nobody's hours.
                review: ReviewWait { days: 0, measured: None },
            };
            let worked = load::forecast(model, &[person], work).first().and_then(|forecast| forecast.worked);
            match worked {
                Some(day) => allocation.to = day.max(allocation.from),
                // A role has no free hours to find a day by; it keeps the usual time.
                None if model.capacity.of(person).is_some_and(|days| days.is_role) => {}
                None => {
                    return Err(OpsError::rejected(
                        format!("nobody can do the {} of {} within a year", weighed.left, request.id),
                        "Say its last day: `--to`, or in the sheet.",
                    ));
                }
            }
        }
        Ok(allocation)
    }
}

/// What was said of work that nobody held goes along to whoever gets it.
///
/// `all` is what nobody held of it.
pub fn given_along(request: &Request, all: Minutes, left: LeftSaid) -> LeftSaid {
    LeftSaid {
        correction: request.left_correction,
        said_on: request.left_on,
        said_of: (request.estimate.is_none() && request.left_on.is_some()).then_some(all),
        is_to_be_said: request.left_to_say,
        ..left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{away, day, give, holiday, hours, refusal, request, studio};
    use crate::ops::{Desk, OpsError};

    /// What would be stored for somebody who is given all that is left of a request.
    fn proposed(desk: &Desk, id: crate::domain::ids::RequestId, who: &str) -> Result<Allocation, OpsError> {
        desk.weigh(id, &NewShare::whole(who)).map(|assigned| assigned.allocation)
    }

    fn days(share: &Allocation) -> (NaiveDate, NaiveDate) {
        (share.from, share.to)
    }

    #[test]
    fn work_without_a_due_day_lasts_as_long_as_it_takes() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~20h");
        // Three days of eight hours.
        assert_eq!(days(&proposed(&desk, id, "ana").unwrap()), (day("2026-11-23"), day("2026-11-25")));
        away(&mut desk, "ana", "2026-11-24", "2026-11-24");
        assert_eq!(proposed(&desk, id, "ana").unwrap().to, day("2026-11-26"));
        holiday(&mut desk, "Bridge", "2026-11-25", "2026-11-25");
        assert_eq!(proposed(&desk, id, "ana").unwrap().to, day("2026-11-27"));
    }

    #[test]
    fn work_that_comes_in_after_its_due_day_is_planned_for_as_long_as_it_takes() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~16h due:2026-11-20");
        assert_eq!(days(&proposed(&desk, id, "ana").unwrap()), (day("2026-11-23"), day("2026-11-24")));
    }

    #[test]
    fn a_due_day_is_kept_while_nobody_is_over_by_it() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~8h due:2026-12-04");
        assert_eq!(proposed(&desk, id, "ana").unwrap().to, day("2026-12-04"));
        request(&mut desk, "Series t3 ~80h due:2026-12-04 @ana");
        assert_eq!(proposed(&desk, id, "ana").unwrap().to, day("2026-12-07"), "ten days are full");
        assert_eq!(proposed(&desk, id, "bo").unwrap().to, day("2026-12-04"));
    }

    #[test]
    fn days_that_are_given_are_taken_as_they_are() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~80h due:fri");
        let share = NewShare { to: Some(day("2026-11-24")), ..NewShare::whole("ana") };
        let over = desk.weigh(id, &share).unwrap().allocation;
        assert_eq!(days(&over), (day("2026-11-23"), day("2026-11-24")));
        let past = NewShare { to: Some(day("2026-11-19")), ..NewShare::whole("ana") };
        let past = desk.weigh(id, &past).unwrap().allocation;
        assert_eq!(days(&past), (day("2026-11-19"), day("2026-11-19")), "late already");
    }

    #[test]
    fn what_nobody_can_do_within_a_year_has_no_honest_day() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~5000h");
        let refused = refusal(proposed(&desk, id, "ana"));
        assert_eq!(refused, "nobody can do the 5000h of R-1 within a year");
    }

    #[test]
    fn the_size_of_work_that_nobody_has_estimated_is_what_its_tier_takes() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t2");
        let rules = desk.rules().unwrap();
        let film = desk.store.request(id).unwrap();
        assert_eq!(rules.size(&film), hours(20));
        assert_eq!(rules.size(&Request { estimate: Some(hours(3)), ..film.clone() }), hours(3));
        // Ten working days are usual for tier 2.
        assert_eq!(rules.usual_end(&film, rules.today), day("2026-12-07"));
    }

    #[test]
    fn lateness_is_told_in_working_days_and_not_at_all_in_time() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 due:fri");
        let (rules, film) = (desk.rules().unwrap(), desk.store.request(id).unwrap());
        for (worked, finish, words) in [
            ("2026-11-26", "2026-11-27", None),
            ("2026-11-27", "2026-11-30", Some("its review ends 1 day late")),
            ("2026-12-01", "2026-12-02", Some("3 days late")),
        ] {
            let done = DoneBy { finish: day(finish), worked: day(worked) };
            assert_eq!(rules.late_words(&film, done).as_deref(), words);
            assert_eq!(rules.late_words(&Request { due: None, ..film.clone() }, done), None);
        }
    }

    #[test]
    fn a_share_that_follows_nothing_gets_what_is_left_of_the_estimate() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~10h due:fri");
        assert_eq!(proposed(&desk, id, "bo").unwrap().minutes, None, "the first one follows the estimate");
        give(&mut desk, id, "ana", 4);
        assert_eq!(proposed(&desk, id, "bo").unwrap().minutes, Some(hours(6)));
    }
}
