//! Who does it: assigning with its cost, and the earliest honest date for everybody who could.

use chrono::NaiveDate;

use super::rules::{DoneBy, Rules};
use super::team::{find_person, handle};
use super::work::{self, Work};
use super::{Desk, OpsError, said, shares};
use crate::domain::allocation::{Allocation, NewShare, Shape};
use crate::domain::day;
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::load::left::LeftOfRequest;
use crate::domain::load::{self, Cost, LoadModel};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::domain::workdays::WorkCalendar;
use crate::plain;
use crate::store::{Committed, StoreError, Tx};

/// An assignment, done or rehearsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// What is or would be stored.
    pub allocation: Allocation,
    /// What it does to the load of whoever gets it, weighed before it was stored.
    pub cost: Cost,
    /// The cost as a sentence.
    pub sentence: String,
    /// The same person holds a share of it already, with so much left: it could be changed instead.
    pub holds_already: Option<Minutes>,
}

/// What is said of the hours left of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftChange {
    Keep,
    /// So much, from this morning on.
    Said(Minutes),
    /// What was said ends: what had come off by plan counts again.
    ByPlan,
}

/// What is done to a share.
pub type ShareChange<'a> = &'a dyn Fn(&mut Allocation);

fn check_window(from: NaiveDate, to: NaiveDate) -> Result<(), OpsError> {
    if to < from {
        return Err(OpsError::rejected(
            format!("it ends on {to}, before it begins on {from}"),
            "Give it a later last day.",
        ));
    }
    Ok(())
}

/// Gives a request to people inside an operation: all that is still to give to one, in equal parts to several.
///
/// # Errors
/// When a person is not known, nothing is left to give, or the store refuses.
pub fn add_shares(tx: &Tx<'_>, rules: &Rules, request: &Request, handles: &[String]) -> Result<(), OpsError> {
    if handles.is_empty() {
        return Ok(());
    }
    let left = work::left_of(tx, rules, request.id)?;
    // Where nobody has estimated it, nor said what is left of it, there are no hours to part, and no share has its own.
    let is_known = request.estimate.is_some() || request.left_on.is_some();
    // One alone gets no hours of its own, so that the share follows the estimate.
    let to_give = left.unheld.filter(|_| is_known && handles.len() > 1);
    let count = i64::try_from(handles.len()).unwrap_or(1).max(1);
    // By running totals: three shares of ten hours have to add up to ten hours.
    let part = |all: Minutes, index: i64| Minutes(all.0 * (index + 1) / count - all.0 * index / count);
    for (index, handle) in (0..).zip(handles) {
        let minutes = to_give.map(|(all, _)| part(all, index));
        let share = add_share(tx, rules, request, &NewShare { minutes, ..NewShare::whole(handle) })?;
        if let Some((all, free)) = to_give.filter(|(all, free)| all != free || request.left_on.is_some()) {
            said::part_given(tx, request, share, part(all, index) - part(free, index))?;
        }
    }
    if to_give.is_some() && (request.left_on.is_some() || !request.left_correction.is_zero()) {
        said::stays_free(tx, rules, &mut tx.request(request.id)?, Minutes::ZERO)?;
    }
    Ok(())
}

/// Stores a share of a request inside an operation.
///
/// # Errors
/// When the person is not known, nothing is left to give, or the store refuses.
pub fn add_share(
    tx: &Tx<'_>,
    rules: &Rules,
    request: &Request,
    share: &NewShare,
) -> Result<Allocation, OpsError> {
    let stored = tx.work(rules.today)?;
    let person = find_person(&stored.people, &share.who)?.id;
    let mut work = Work::of(&stored, rules);
    // A year ahead: the honest end of a share may lie far behind the due day.
    let days = rules.today..day::plus(rules.today, 366);
    let model = LoadModel::new(&stored.team(), &work.held, work.unheld, rules.today, days);
    let left = work.left.remove(&request.id).unwrap_or_default();
    let mut allocation = rules.propose((request, &left), &model, person, share)?;
    // Others hold all of it. Hours that somebody says are given all the same: a second share may be meant.
    if allocation.minutes == Some(Minutes::ZERO) && share.minutes.is_none() {
        return Err(nothing_to_give(request, &left, &stored.people));
    }
    allocation.id = tx.add_allocation(&allocation)?;
    // What had been corrected on the request went into the share with its hours.
    let mut given = tx.request(request.id)?;
    if allocation.left.said_on.is_some() || !allocation.left.correction.is_zero() {
        given.left_correction = Minutes::ZERO;
        tx.put_request(&given)?;
    } else if given.left_on.is_some() && given.estimate.is_none() {
        // Hours of its own, out of what was said: so much less of that is still to give.
        said::given(tx, rules, &mut given, (&left, allocation.id))?;
    }
    Ok(allocation)
}

fn nothing_to_give(request: &Request, left: &LeftOfRequest, people: &[Person]) -> OpsError {
    let held = left.shares.iter().map(|(share, left)| {
        let who = handle(people, share.allocation.person);
        if left.is_unknown {
            format!("{who} holds it without hours")
        } else {
            format!("{who} holds {}", left.hours)
        }
    });
    OpsError::rejected(
        format!("nothing of {} is left to give: {}", request.id, held.collect::<Vec<_>>().join(", ")),
        "Say hours for the new share, or change the one that is there.",
    )
}

/// The same for a person who is known.
///
/// # Errors
/// When the store refuses it.
pub fn add_share_of(
    tx: &Tx<'_>,
    rules: &Rules,
    request: &Request,
    person: PersonId,
    share: &NewShare,
) -> Result<Allocation, StoreError> {
    let mut allocation = rules.allocation(request, person, share);
    allocation.id = tx.add_allocation(&allocation)?;
    Ok(allocation)
}

impl Desk {
    /// What is needed to fill a share's gaps.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rules(&self) -> Result<Rules, StoreError> {
        Ok(self.rules_with(self.calendar()?))
    }

    /// The same with a calendar that is known already.
    pub fn rules_with(&self, calendar: WorkCalendar) -> Rules {
        Rules::new(&self.config, self.today(), calendar)
    }

    /// What an assignment would cost; nothing is stored.
    ///
    /// # Errors
    /// When request or person are not there, nothing is left to give, or the window ends before it begins.
    pub fn weigh(&self, id: RequestId, share: &NewShare) -> Result<Assigned, OpsError> {
        let request = self.store.request(id)?;
        // It would lie in nobody's load, and be there once more for each time that it was said.
        if request.stage.is_closed() {
            return Err(OpsError::rejected(
                format!("{id} is {}; nothing of it is left to be done", request.stage.title()),
                "Move it back first.",
            ));
        }
        let (team, mut work) = self.work()?;
        let person = find_person(&team.people, &share.who)?;
        if let (Some(from), Some(to)) = (share.from, share.to) {
            check_window(from, to)?;
        }
        let rules = self.rules_with(team.calendar());
        let left = work.left.remove(&id).unwrap_or_default();
        let last = share.to.or(request.due).unwrap_or(rules.today);
        // From today on at the latest: late work is laid from today, on whatever day this share begins.
        let first = share.from.unwrap_or(rules.today).min(rules.today);
        let model = self.model_of(&team, &work, first..day::plus(last.max(rules.today), 366));
        let allocation = rules.propose((&request, &left), &model, person.id, share)?;
        if allocation.minutes == Some(Minutes::ZERO) && share.minutes.is_none() {
            return Err(nothing_to_give(&request, &left, &team.people));
        }
        let held = rules.share_of(&request, allocation.clone(), allocation.minutes.is_none(), Minutes::ZERO);
        let cost = rules.item(&held, &model).and_then(|item| load::cost_of_yes(&model, &item));
        let cost = cost.ok_or_else(|| StoreError::Missing(format!("person {}", person.handle)))?;
        // The honest date is of the work itself: its own shares would push it behind itself.
        let others = model.clone().without(|item| item.request == id);
        let work = rules.new_work(&request, &left, share, self.review_wait(&request)?);
        let honest = load::forecast(&others, &[person.id], work);
        let done = DoneBy::of(honest.first(), &allocation);
        let cost = cost.with_honest_day(done.finish);
        let sentence = rules.cost_sentence(&request, done, &cost, |id| handle(&team.people, id));
        // Told and not refused: a second share may be meant, though mostly the first is to be changed.
        let already = left.shares.iter().find(|(share, _)| share.allocation.person == person.id);
        Ok(Assigned { holds_already: already.map(|(_, left)| left.left), allocation, cost, sentence })
    }

    /// Gives a request, or a part of it, to somebody.
    ///
    /// # Errors
    /// As [`Desk::weigh`].
    pub fn assign(&mut self, id: RequestId, share: &NewShare) -> Result<Committed<Assigned>, OpsError> {
        // Before it is stored: with its own hours in the load it would be weighed against itself.
        let weighed = self.weigh(id, share)?;
        let (rules, stamp) = (self.rules()?, self.stamp());
        self.store.change(stamp, |tx| {
            let request = tx.request(id)?;
            let allocation = add_share(tx, &rules, &request, share)?;
            let people = tx.people()?;
            let label = format!(
                "Assigned {} {} to {}",
                id,
                plain::cut(&request.title, 40),
                handle(&people, allocation.person)
            );
            Ok((Assigned { allocation, ..weighed }, label))
        })
    }

    /// Changes somebody's share: who, how much, when, in which shape.
    ///
    /// # Errors
    /// When it is gone, or its window would end before it begins.
    pub fn edit_share(
        &mut self,
        id: AllocationId,
        change: ShareChange<'_>,
    ) -> Result<Committed<Allocation>, OpsError> {
        self.edit_share_and_left(id, change, LeftChange::Keep)
    }

    /// The same, and says what is left of it from this morning on.
    ///
    /// # Errors
    /// As [`Desk::edit_share`], and when its request is closed.
    pub fn edit_share_and_left(
        &mut self,
        id: AllocationId,
        change: ShareChange<'_>,
        left: LeftChange,
    ) -> Result<Committed<Allocation>, OpsError> {
        let (stamp, rules) = (self.stamp(), self.rules()?);
        self.store.change(stamp, |tx| {
            let before = tx.allocation(id)?;
            let mut share = before.clone();
            change(&mut share);
            check_window(share.from, share.to)?;
            if share.shape != before.shape && matches!(share.shape, Shape::Hand(_)) {
                // Days set by hand are as many hours as they add up to.
                share.minutes = None;
            }
            if share != before {
                said::put_share(tx, &rules, &mut share)?;
            }
            match left {
                LeftChange::Keep => {}
                // After the share itself: what is left is said of it as it is from now on.
                LeftChange::Said(said) => shares::say_left_of(tx, &rules, id, Some(said)).map(drop)?,
                LeftChange::ByPlan => shares::say_left_of(tx, &rules, id, None).map(drop)?,
            }
            let (people, request) = (tx.people()?, tx.request(share.request)?);
            let (was, is) = (handle(&people, before.person), handle(&people, share.person));
            let who = if was == is { is } else { format!("{was} to {is}") };
            let mut hours = share.minutes.map_or_else(String::new, |minutes| format!(", {minutes}"));
            match left {
                LeftChange::Keep => {}
                LeftChange::Said(said) => hours = format!("{hours}, {said} left"),
                LeftChange::ByPlan => hours = format!("{hours}, counted from its plan again"),
            }
            let label = format!(
                "Moved {} {} on {who}: {}{hours}, {}",
                request.id,
                plain::cut(&request.title, 40),
                day::day_range(share.from, share.to),
                share.shape.described()
            );
            Ok((share, label))
        })
    }

    /// Takes one share away.
    ///
    /// # Errors
    /// When it is gone.
    pub fn remove_share(&mut self, id: AllocationId) -> Result<Committed<()>, OpsError> {
        let (stamp, rules) = (self.stamp(), self.rules()?);
        self.store.change(stamp, |tx| {
            let share = tx.allocation(id)?;
            shares::take_back(tx, &rules, &share)?;
            let who = handle(&tx.people()?, share.person);
            Ok(((), format!("Took {} from {who}", share.request)))
        })
    }

    /// Takes requests from everybody who holds them.
    ///
    /// # Errors
    /// When a request is not there.
    pub fn unassign(&mut self, ids: &[RequestId]) -> Result<Committed<usize>, OpsError> {
        let (stamp, rules) = (self.stamp(), self.rules()?);
        self.store.change(stamp, |tx| {
            let mut count = 0;
            for id in ids {
                // What is not there has no shares either: without this look its key would be taken for done.
                tx.request(*id)?;
                for allocation in tx.allocations_of(*id)? {
                    shares::take_back(tx, &rules, &allocation)?;
                    count += 1;
                }
            }
            let what = if let [one] = ids { one.to_string() } else { format!("{} requests", ids.len()) };
            Ok((count, format!("Took {what} from whoever held it")))
        })
    }
}

#[cfg(test)]
mod tests;
