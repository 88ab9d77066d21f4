//! What a day that is over took off each share (LOAD.md, 2 and 6). Each missing day is reckoned with itself as
//! today, the oldest first, so that a later day sees what the earlier ones took off.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::capacity::Team;
use super::lay::lay;
use super::{HeldShare, LoadModel, WorkItem};
use crate::domain::day;
use crate::domain::ids::AllocationId;
use crate::domain::kept::KeptShare;
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::stage::Stage;

/// One day that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDay {
    pub day: NaiveDate,
    /// What was planned for each share and what came off it.
    pub shares: Vec<KeptShare>,
}

/// Reckons the days from `from` up to the day before `today`, and takes what they took off from `held`.
pub fn reckon(team: &Team<'_>, held: &mut [HeldShare], from: NaiveDate, today: NaiveDate) -> Vec<PastDay> {
    let mut days = Vec::new();
    for date in from.iter_days().take_while(|date| *date < today) {
        let shares = one_day(team, held, date);
        let done: HashMap<AllocationId, Minutes> =
            shares.iter().map(|kept| (kept.share, kept.done)).collect();
        for share in &mut *held {
            share.done += done.get(&share.allocation.id).copied().unwrap_or_default();
        }
        days.push(PastDay { day: date, shares });
    }
    days
}

fn one_day(team: &Team<'_>, held: &[HeldShare], date: NaiveDate) -> Vec<KeptShare> {
    // Anew for each day: what the day before took off decides where the rest lies on this one.
    let model = LoadModel::new(team, held, Vec::new(), date, date..date);
    let by_id: HashMap<AllocationId, &HeldShare> =
        held.iter().map(|share| (share.allocation.id, share)).collect();
    let at = model.capacity.at(date);
    let mut kept = Vec::new();
    // The row of nobody is no member of the team, so nothing of it is kept: nobody has worked on it.
    for person in team.people {
        let (Some(days), items) = (model.capacity.of(person.id), model.items_of(person.id)) else { continue };
        if items.is_empty() {
            continue;
        }
        let items: Vec<&WorkItem> = items.iter().collect();
        let lay = lay(&items, days, &model);
        let planned: Vec<Minutes> = lay.parts.iter().map(|parts| on(parts, at)).collect();
        let mut off: Vec<Minutes> = items
            .iter()
            .zip(&planned)
            .map(|(item, planned)| {
                by_id.get(&item.share).map_or(Minutes::ZERO, |share| takes_off(share, *planned, &model))
            })
            .collect();
        // A role stands for people whose hours nobody counts.
        if !person.is_role {
            cut(&mut off, days.effective(at));
        }
        for ((item, planned), done) in items.iter().zip(planned).zip(off) {
            // What comes off is never more than what was planned, so without a plan there is nothing to keep.
            if let Some(share) = by_id.get(&item.share).filter(|_| planned.is_positive()) {
                kept.push(share.kept(person, date, item, (planned, done)));
            }
        }
    }
    kept
}

fn on(parts: &[(usize, Minutes)], at: usize) -> Minutes {
    parts.iter().filter(|(day, _)| *day == at).map(|(_, minutes)| *minutes).sum()
}

/// Work under way takes off what the day showed; blocked work and work whose days are over does not, until
/// somebody has said after them what is left.
fn takes_off(share: &HeldShare, planned: Minutes, model: &LoadModel) -> Minutes {
    let deadline = share.deadline(model.today);
    let is_said = share.allocation.left.said_on.is_some_and(|on| on > deadline);
    let is_under_way = share.stage == Stage::InProgress && !share.is_blocked;
    // After its deadline a plan no longer says what is done on a day, until somebody says how much is left.
    if !is_under_way || model.today > deadline && !is_said {
        return Minutes::ZERO;
    }
    match share.left(&model.capacity, model.today) {
        // What is left is a guess then; taking it off would make the guess look like progress.
        Some(left) if !left.is_asked => planned.min(left.left),
        _ => Minutes::ZERO,
    }
}

/// Nobody does more than there was time for: each share is cut in proportion.
fn cut(off: &mut [Minutes], effective: Minutes) {
    let sum: Minutes = off.iter().copied().sum();
    if sum <= effective {
        return;
    }
    // Running totals are rounded instead of each part, so that the parts add up to the day exactly.
    let (mut running, mut given) = (0, 0);
    for minutes in off {
        running += minutes.0;
        let upto = (effective.0 * running + sum.0 / 2) / sum.0;
        *minutes = Minutes(upto - given);
        given = upto;
    }
}

impl HeldShare {
    fn kept(
        &self,
        person: &Person,
        day: NaiveDate,
        item: &WorkItem,
        (planned, done): (Minutes, Minutes),
    ) -> KeptShare {
        KeptShare {
            day,
            share: self.allocation.id,
            request: self.allocation.request,
            title: self.title.clone(),
            tier: self.tier,
            person: person.id,
            handle: person.handle.clone(),
            is_role: person.is_role,
            is_tentative: item.is_tentative,
            is_unknown: item.is_unknown,
            planned,
            done,
        }
    }
}

/// How many missing days are kept without asking; after a longer absence a plan is no record of what was done.
pub const MOST_MISSING: i64 = 31;

/// Which days are missing before `today`: none where the newest kept day lies at or after it, which a wrong clock
/// had kept, and none where more are missing than are kept without asking.
pub fn missing(newest: NaiveDate, today: NaiveDate) -> MissingDays {
    let first = day::plus(newest, 1);
    match (today - first).num_days() {
        ..0 => MissingDays::Ahead,
        0 => MissingDays::None,
        count if count > MOST_MISSING => MissingDays::TooMany { first, count },
        _ => MissingDays::From(first),
    }
}

impl MissingDays {
    /// What the cockpit says at its start of days that are kept only after a yes.
    pub const fn notice(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => {
                "not used for more than a month: those days took no hours off; `tablesetter doctor --fix` records them as planned"
            }
            Self::Ahead => {
                "days to come are recorded as over: the clock was wrong, or is; `tablesetter doctor --fix` forgets them"
            }
            Self::None | Self::From(_) => "",
        }
    }
}

/// What there is to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingDays {
    /// Nothing: yesterday is kept.
    None,
    /// The days from this one up to yesterday.
    From(NaiveDate),
    /// So many that somebody must say yes; until then nothing comes off for them.
    TooMany {
        /// The first of them; the last one may lie before days that are kept again.
        first: NaiveDate,
        /// How many days are missing up to yesterday.
        count: i64,
    },
    /// Days at or after today are kept: the clock was wrong, or is.
    Ahead,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::allocation::LeftSaid;
    use crate::domain::load::kit::{MONDAY, day, person, share};

    /// Planned and done hours of each share on each day from Monday up to a day, as `1: 4/4`.
    fn reckoned(held: &mut [HeldShare], today: &str) -> Vec<Vec<String>> {
        let team = Team { people: &[person(1)], absences: &[], holidays: &[] };
        let days = reckon(&team, held, day(MONDAY), day(today));
        let said = |kept: &KeptShare| {
            format!("{}: {}/{}", kept.share.0, kept.planned.rounded_hours(), kept.done.rounded_hours())
        };
        days.iter().map(|past| past.shares.iter().map(said).collect()).collect()
    }

    fn sixteen() -> HeldShare {
        share(1, 16, MONDAY, "2026-11-26")
    }

    #[test]
    fn work_under_way_takes_off_what_each_day_showed() {
        let mut held = [sixteen()];
        assert_eq!(reckoned(&mut held, "2026-11-26"), [["1: 4/4"], ["1: 4/4"], ["1: 4/4"]]);
        assert_eq!(held[0].done, Minutes::hours(12), "and the next day begins with it");
        assert_eq!(reckoned(&mut [sixteen()], "2026-11-27")[3], ["1: 4/4"], "also on its last day");
        assert_eq!(reckoned(&mut [sixteen()], MONDAY), [] as [Vec<String>; 0], "today is not over");
    }

    #[test]
    fn what_is_not_under_way_or_blocked_was_only_planned_and_moves_on() {
        for own in
            [HeldShare { stage: Stage::Scheduled, ..sixteen() }, HeldShare { is_blocked: true, ..sixteen() }]
        {
            let days = reckoned(&mut [own], "2026-11-26");
            assert_eq!(days, [["1: 4/0"], ["1: 5/0"], ["1: 8/0"]], "16 h over 4, 3 and 2 days");
        }
        let reviewed = HeldShare { stage: Stage::InReview, ..sixteen() };
        assert_eq!(reckoned(&mut [reviewed], "2026-11-24"), [[""; 0]]);
    }

    #[test]
    fn after_its_last_day_nothing_comes_off_until_somebody_says_what_is_left() {
        let late = share(1, 16, "2026-11-16", "2026-11-20");
        assert_eq!(reckoned(&mut [late.clone()], "2026-11-25"), [["1: 8/0"], ["1: 8/0"]]);
        let said_on = |on: &str| {
            let mut own = late.clone();
            own.allocation.left = LeftSaid { said_on: Some(day(on)), ..LeftSaid::NEW };
            reckoned(&mut [own], "2026-11-25")
        };
        assert_eq!(said_on("2026-11-20"), [["1: 8/0"], ["1: 8/0"]], "said on the last day itself");
        assert_eq!(said_on("2026-11-21"), [["1: 8/8"], ["1: 8/8"]]);
    }

    #[test]
    fn where_hours_are_only_guessed_none_come_off() {
        let back = HeldShare {
            allocation: crate::domain::allocation::Allocation {
                left: LeftSaid { is_to_be_said: true, ..LeftSaid::NEW },
                ..sixteen().allocation
            },
            ..sixteen()
        };
        let mut held = [back];
        let days = reckoned(&mut held, "2026-11-24");
        assert_eq!((days[0].len(), held[0].done), (1, Minutes::ZERO), "a tenth of it was shown");
    }

    #[test]
    fn a_day_takes_off_no_more_than_there_was_time_for_each_share_in_proportion() {
        let mut held = [share(1, 40, MONDAY, "2026-11-27"), share(2, 20, MONDAY, "2026-11-27")];
        // Eight and four hours were planned, eight were there: 320 and 160 minutes.
        reckoned(&mut held, "2026-11-24");
        assert_eq!((held[0].done, held[1].done), (Minutes(320), Minutes(160)));
        let mut off = [5, 3, 2].map(Minutes);
        cut(&mut off, Minutes(5));
        assert_eq!(off, [3, 1, 1].map(Minutes), "rounded so that the sum is what there was");
        cut(&mut off, Minutes(5));
        assert_eq!(off, [3, 1, 1].map(Minutes));
        cut(&mut off, Minutes::ZERO);
        assert_eq!(off, [Minutes::ZERO; 3]);
    }

    #[test]
    fn a_role_takes_off_whatever_was_planned_for_it() {
        let mut role = person(1);
        role.is_role = true;
        let team = Team { people: &[role], absences: &[], holidays: &[] };
        let mut held = [share(1, 60, MONDAY, "2026-11-27")];
        let days = reckon(&team, &mut held, day(MONDAY), day("2026-11-24"));
        assert_eq!((days[0].shares[0].done, days[0].shares[0].is_role), (Minutes::hours(12), true));
    }

    #[test]
    fn days_are_kept_up_to_yesterday_and_after_a_month_only_by_a_yes() {
        let missing_on = |today: &str| missing(day("2026-11-22"), day(today));
        assert_eq!(missing_on("2026-11-23"), MissingDays::None);
        assert_eq!(missing_on("2026-11-24"), MissingDays::From(day("2026-11-23")));
        assert_eq!(missing_on("2026-12-24"), MissingDays::From(day("2026-11-23")), "31 days");
        let first = day("2026-11-23");
        assert_eq!(missing_on("2026-12-25"), MissingDays::TooMany { first, count: 32 });
        assert_eq!(missing_on("2026-11-22"), MissingDays::Ahead, "today is kept already");
        assert_eq!(MissingDays::None.notice(), "");
        assert!(MissingDays::Ahead.notice().contains("the clock was wrong"));
    }
}
