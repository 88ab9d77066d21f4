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
    let model = LoadModel::new(team, held, Vec::new(), date, date..date);
    let by_id: HashMap<AllocationId, &HeldShare> =
        held.iter().map(|share| (share.allocation.id, share)).collect();
    let at = model.capacity.at(date);
    let mut kept = Vec::new();
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
        if !person.is_role {
            cut(&mut off, days.effective(at));
        }
        for ((item, planned), done) in items.iter().zip(planned).zip(off) {
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
    if !is_under_way || model.today > deadline && !is_said {
        return Minutes::ZERO;
    }
    match share.left(&model.capacity, model.today) {
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
                "away for more than a month: those days took no hours off; `tablesetter doctor --fix` keeps them as planned"
            }
            Self::Ahead => {
                "days to come are kept, so the clock was wrong, or is; `tablesetter doctor --fix` forgets them"
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
        /// The first of them.
        first: NaiveDate,
        /// How many.
        count: i64,
    },
    /// Days at or after today are kept: the clock was wrong, or is.
    Ahead,
}
