//! What becomes of a row whose person and request are known: a new share, one that stands here already, or a change of
//! one that its source brought before.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::kept::{SaidShare, SourceShare, Terms};
use super::{Pair, ShareTaker, differences};
use crate::domain::allocation::{Allocation, NewShare, Shape};
use crate::domain::difference::{Difference, FieldValue};
use crate::domain::ids::{AllocationId, PersonId};
use crate::domain::load::capacity::{Capacity, Team};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::request::Request;
use crate::import::shares::{Amount, ShareDraft};
use crate::ops::import::requests::HELD;
use crate::ops::import::{RowAction, RowReport};
use crate::ops::team::handle;
use crate::ops::{OpsError, assign, said};
use crate::store::StoreError;

impl ShareTaker<'_> {
    /// A share that stands here already and that no row of this source has brought.
    pub(super) fn same_by_hand(
        &self,
        (request, person): Pair,
        draft: &ShareDraft,
        is_only: bool,
    ) -> Result<Option<Allocation>, OpsError> {
        let brought: HashSet<AllocationId> = self.kept.shares_of(request);
        let mut here = self.tx.allocations_of(request)?;
        here.retain(|share| share.person == person);
        let held = here.len();
        here.retain(|share| !brought.contains(&share.id));
        let begins = |share: &Allocation| draft.from.is_some_and(|from| from == share.from);
        if let Some(place) = here.iter().position(begins) {
            return Ok(Some(here.swap_remove(place)));
        }
        // One row and one share of that person can only mean each other, on whatever days they lie; a second share
        // would count the hours twice.
        Ok(if is_only && held == 1 { here.pop() } else { None })
    }

    /// Takes a share that stands here for that of the source.
    pub(super) fn adopt(
        &mut self,
        request: &Request,
        draft: &ShareDraft,
        share: &Allocation,
        report: &mut RowReport,
    ) -> Result<(), OpsError> {
        let wanted = self.wanted(share.person, draft, &Terms::of(share))?;
        let mut target = share.clone();
        wanted.apply(&mut target);
        // The estimate that it follows, said once more in hours, is nothing new.
        let is_same = !share.shape.has_hours() && target.minutes == share.hours(request.estimate);
        if draft.amount == Amount::Open || is_same {
            (target.minutes, target.shape) = (share.minutes, share.shape.clone());
        }
        // A plan that says nothing of it does not make sure what is not.
        target.is_tentative |= share.is_tentative;
        let differing = differences(share, &target);
        if self.is_given_by_import(request, share)? {
            if !differing.is_empty() {
                self.tx.put_allocation(&target)?;
                report.action = RowAction::Updated;
                report.changes = differing;
            }
        } else {
            report.conflicts = differing;
        }
        self.kept.add(SourceShare::new(request.id, share.person, share.id, draft, Terms::of(&target)));
        Ok(())
    }

    /// True for a share that somebody has only because a source of requests names them, as it was given then.
    fn is_given_by_import(&self, request: &Request, share: &Allocation) -> Result<bool, OpsError> {
        let is_untouched = share.minutes.is_none()
            && share.shape == Shape::Even
            && !share.is_tentative
            && share.left.said_on.is_none();
        Ok(is_untouched && self.tx.seen(request.id)?.contains_key(HELD))
    }

    pub(super) fn create(
        &mut self,
        request: &Request,
        person: PersonId,
        draft: &ShareDraft,
        report: &mut RowReport,
    ) -> Result<(), OpsError> {
        let (minutes, shape) = self.hours(person, draft.amount, draft.from.zip(draft.to))?;
        let who = handle(&self.team.people, person);
        let mut given = NewShare {
            minutes,
            from: draft.from,
            to: draft.to,
            is_tentative: draft.is_tentative,
            shape,
            ..NewShare::whole(&who)
        };
        let is_whole = draft.amount == Amount::Open
            && (!self.tx.allocations_of(request.id)?.is_empty() || !request.left_correction.is_zero());
        let stored = if is_whole {
            // What nobody holds yet has to be reckoned; hours that are said have not, and a file has many of those.
            assign::add_share(self.tx, self.rules, request, &given)?
        } else {
            // A share ends when its request is due, which for one that begins later would be before its first day.
            if let (Some(from), None) = (given.from, given.to)
                && request.due.is_some_and(|due| due < from)
            {
                given.to = Some(self.rules.usual_end(request, from));
            }
            assign::add_share_of(self.tx, self.rules, request, person, &given)?
        };
        report.action = RowAction::Created;
        report.brings = Terms::of(&stored).said();
        self.kept.add(SourceShare::new(request.id, person, stored.id, draft, Terms::of(&stored)));
        Ok(())
    }

    /// Takes over what changed at the source. What was set here meanwhile stays, and is told beside it.
    pub(super) fn update(
        &mut self,
        request: &Request,
        draft: &ShareDraft,
        place: usize,
        report: &mut RowReport,
    ) -> Result<(), OpsError> {
        let said = SaidShare::of(draft);
        let known = self.kept.all[place].clone();
        if said == known.said {
            return Ok(());
        }
        let here = self.tx.allocations_of(request.id)?.into_iter().find(|share| share.id == known.share);
        let wanted = self.wanted(known.person, draft, &known.put)?;
        match here {
            Some(here) if here.person == known.person => {
                let changes = known.said.changed(&said);
                let (mut target, mut refused) = (Terms::of(&here), Terms::of(&here));
                let local = Terms::of(&here).changed(&known.put);
                let (stay, come): (Vec<_>, Vec<_>) =
                    changes.iter().copied().partition(|term| local.contains(term));
                refused.copy(&stay, &wanted);
                target.copy(&come, &wanted);
                // A day that moved there past one that stands here would turn the window round.
                if target.to < target.from {
                    refused.copy(&changes, &wanted);
                    target = Terms::of(&here);
                }
                let applied = |terms: &Terms| {
                    let mut share = here.clone();
                    terms.apply(&mut share);
                    share
                };
                report.conflicts = differences(&here, &applied(&refused));
                report.changes = differences(&here, &applied(&target));
                if !report.changes.is_empty() {
                    report.action = RowAction::Updated;
                    said::put_share(self.tx, self.rules, &mut applied(&target))?;
                }
            }
            // Taken away here, or given to somebody else: that is a decision of this side.
            other => {
                let now = other.as_ref().map_or_else(String::new, |share| self.told_of(share));
                let there = wanted.told(&handle(&self.team.people, known.person));
                report.conflicts = vec![held_by(&now, &there)];
            }
        }
        // Also what was refused: the source has said it once, and a conflict is told once.
        let mut put = known.put.clone();
        put.copy(&known.said.changed(&said), &wanted);
        let entry = &mut self.kept.all[place];
        (entry.said, entry.put, entry.is_changed) = (said, put, true);
        Ok(())
    }

    /// What a row asks for; what it leaves open stays as it is.
    fn wanted(&self, person: PersonId, draft: &ShareDraft, open: &Terms) -> Result<Terms, StoreError> {
        let (from, to) = (draft.from.unwrap_or(open.from), draft.to.unwrap_or(open.to));
        let (minutes, shape) = self.hours(person, draft.amount, Some((from, to)))?;
        Ok(Terms { minutes, shape, from, to, is_tentative: draft.is_tentative })
    }

    /// Hours of its own, or how they lie, as a share keeps them.
    fn hours(
        &self,
        person: PersonId,
        amount: Amount,
        window: Option<(NaiveDate, NaiveDate)>,
    ) -> Result<(Option<Minutes>, Shape), StoreError> {
        // By the hours of now: they are kept as so much a day, and a later contract asks for no other share.
        let (days, week) = self.person(person).map_or(USUAL_WEEK, week_of);
        Ok(match amount {
            // Where days are not alike, the same hours on each would be another part of each. The part of them all, laid
            // evenly, is that part of each again.
            Amount::Percent(percent)
                if let Some(window) = window.filter(|_| self.has_uneven_days(person)) =>
            {
                (Some(self.hours_within(person, window)?.percent(i64::from(percent))), Shape::Even)
            }
            Amount::Open => (None, Shape::Even),
            Amount::Whole(minutes) => (Some(minutes), Shape::Even),
            Amount::PerDay(minutes) => (None, Shape::PerDay(minutes)),
            Amount::PerWeek(minutes) => (None, Shape::PerDay(Minutes(minutes.0 / days))),
            Amount::Percent(percent) => {
                (None, Shape::PerDay(Minutes(week.0 / days).percent(i64::from(percent))))
            }
        })
    }

    /// Some days of somebody's week have more hours than others.
    fn has_uneven_days(&self, person: PersonId) -> bool {
        let contract = self.person(person).and_then(|one| one.contracts.last());
        let mut days: Vec<Minutes> =
            contract.iter().flat_map(|it| it.week).filter(|minutes| minutes.is_positive()).collect();
        days.dedup();
        days.len() > 1
    }

    /// The hours that somebody has from one day to another.
    fn hours_within(
        &self,
        person: PersonId,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Minutes, StoreError> {
        let (absences, holidays) = (self.tx.records::<Absence>()?, self.tx.records::<Holiday>()?);
        let team = Team { people: &self.team.people, absences: &absences, holidays: &holidays };
        let capacity = Capacity::new(&team, from, to);
        let days = capacity.of(person);
        Ok(days.map_or(Minutes::ZERO, |days| {
            (capacity.at(from)..=capacity.at(to)).map(|at| days.effective(at)).sum()
        }))
    }

    fn person(&self, id: PersonId) -> Option<&Person> {
        self.team.people.iter().find(|one| one.id == id)
    }
}

/// Working days of a week, and the hours of all of them.
type WeekHours = (i64, Minutes);

const USUAL_WEEK: WeekHours = (5, Minutes::hours(40));

/// The newest hours that somebody has.
fn week_of(person: &Person) -> WeekHours {
    let Some(contract) = person.contracts.last() else { return USUAL_WEEK };
    let days = contract.week.iter().filter(|minutes| minutes.is_positive()).count();
    match i64::try_from(days) {
        Ok(days) if days > 0 => (days, contract.week.iter().copied().sum()),
        _ => USUAL_WEEK,
    }
}

fn held_by(here: &str, there: &str) -> Difference {
    Difference {
        field: "people".to_owned(),
        title: "held by".to_owned(),
        old: FieldValue::told(here),
        new: FieldValue::told(there),
    }
}
