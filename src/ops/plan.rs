//! Consequences before commitment: who could take a piece of work, and what each of them would look like with it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::rules::{DoneBy, Rules};
use super::shares::follows;
use super::team::{find_person, handle};
use super::{Desk, OpsError};
use crate::domain::allocation::NewShare;
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::load::held::ShareHours;
use crate::domain::load::left::LeftOfRequest;
use crate::domain::load::{self, Cell, Cost, Forecast, HeldShare, LoadModel, NOBODY, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::domain::words::name_key;
use crate::store::Committed;

/// A year of deliveries tells who has done such work.
const EXPERIENCE_DAYS: i64 = 365;

/// Days of the ghost: six weeks.
const GHOST_DAYS: usize = 42;

/// Work that is about to be given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub request: RequestId,
    /// The share that somebody else holds now, if it changes hands.
    pub moves: Option<AllocationId>,
    /// How much, when, in which shape; who is decided last.
    pub share: NewShare,
}

impl Plan {
    /// All of a request, for whoever it will be.
    pub fn whole(request: RequestId) -> Self {
        Self { request, moves: None, share: NewShare::whole("") }
    }
}

/// Somebody who could do it, with what that would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub handle: String,
    pub name: String,
    pub discipline: String,
    /// How often people of that discipline delivered work with the same tag or brand in the last twelve months.
    pub experience: u32,
    /// They hold a share of it already, with so much left: it could be changed instead.
    pub holds_already: Option<Minutes>,
    /// When they could be done, and why then.
    pub forecast: Forecast,
    /// The share as it would be stored.
    pub share: Allocation,
    /// What it would cost.
    pub cost: Cost,
    /// The cost as a sentence.
    pub sentence: String,
    /// What could move for it, by how many working days, where it does not fit: no hard due day, nothing tentative.
    pub swaps: Vec<(RequestId, u32)>,
    /// Their days as they are.
    pub before: Vec<Cell>,
    /// Their days with it.
    pub after: Vec<Cell>,
}

/// Who holds a share of a request, which somebody else could take over.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    pub handle: String,
    /// `6h`, or that nobody knows how much.
    pub left: String,
    /// That share in the hands of somebody who is decided later.
    pub plan: Plan,
}

/// What there is to decide on.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOptions {
    pub request: Request,
    /// The plan with its gaps filled.
    pub plan: Plan,
    /// The share as it would be stored for whoever comes first.
    pub share: Allocation,
    /// Everybody: first those whose discipline did such work before, then whoever is done first.
    pub candidates: Vec<Candidate>,
    /// Who holds it, where nothing of it is left to give.
    pub holders: Vec<Holder>,
}

/// Whoever would be done first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soonest {
    pub handle: String,
    /// The first day of the work.
    pub from: NaiveDate,
    /// With the working days that a review usually takes.
    pub finish: NaiveDate,
    /// What it would cost.
    pub cost: Cost,
    /// Of how many people.
    pub of: usize,
}

/// What is read and reckoned for a plan.
struct Weighing {
    rules: Rules,
    people: Vec<Person>,
    plan: Plan,
    /// What is left of the request.
    left: LeftOfRequest,
    /// The share that changes hands, with what had come off it.
    moved: Option<HeldShare>,
    /// The load without the share that changes hands.
    model: LoadModel,
    /// Everybody by when they would be done; the request's own shares are left out of that.
    forecasts: Vec<Forecast>,
    /// How often each discipline delivered such work in the last twelve months.
    experience: HashMap<String, u32>,
    /// Requests whose due day cannot move.
    hard: HashSet<RequestId>,
}

impl Weighing {
    /// The share as it would be stored for somebody.
    fn share(&self, request: &Request, person: PersonId) -> Result<Allocation, OpsError> {
        match &self.moved {
            // A share that changes hands keeps its hours, and its days unless others are given.
            Some(moved) => {
                let given = &self.plan.share;
                Ok(Allocation {
                    person,
                    minutes: given.minutes.or(moved.allocation.minutes),
                    from: given.from.unwrap_or(moved.allocation.from),
                    to: given.to.unwrap_or(moved.allocation.to),
                    is_tentative: given.is_tentative,
                    shape: given.shape.clone(),
                    ..moved.allocation.clone()
                })
            }
            None => self.rules.propose((request, &self.left), &self.model, person, &self.plan.share),
        }
    }

    /// Who holds the request, where nothing of it is left to give.
    fn holders(&self, request: &Request, share: &Allocation) -> Vec<Holder> {
        let gives_nothing = share.minutes.is_some_and(Minutes::is_zero) && self.plan.share.minutes.is_none();
        if !gives_nothing || self.moved.is_some() {
            return Vec::new();
        }
        let holder = |(held, left): &(HeldShare, ShareHours)| {
            let share = share_of(&held.allocation);
            Holder {
                handle: handle(&self.people, held.allocation.person),
                left: if left.is_unknown { "share without hours".to_owned() } else { left.hours.to_string() },
                plan: Plan { request: request.id, moves: Some(held.allocation.id), share },
            }
        };
        self.left.shares.iter().map(holder).collect()
    }

    /// What could move for a piece of work that does not fit.
    fn swaps(&self, cost: &Cost, item: &WorkItem) -> Vec<(RequestId, u32)> {
        if cost.fits() {
            return Vec::new();
        }
        let mut others: Vec<RequestId> =
            cost.forced.iter().flat_map(|forced| forced.culprits.clone()).collect();
        others.sort_unstable();
        others.dedup();
        // A hard day is one that nobody here can move.
        others.retain(|id| !self.hard.contains(id));
        load::cost::swaps(&self.model, item, &others)
    }

    /// What would be left of it then.
    fn item(&self, request: &Request, share: &Allocation) -> Option<WorkItem> {
        let done = self.moved.as_ref().map_or(Minutes::ZERO, |moved| moved.done);
        let follows = share.minutes.is_none();
        self.rules.item(&self.rules.share_of(request, share.clone(), follows, done), &self.model)
    }
}

impl Desk {
    /// Everybody who could do a request: first those whose discipline did such work before, then whoever is done
    /// first.
    ///
    /// # Errors
    /// When the request is not there or the store cannot be read.
    pub fn options(&self, plan: &Plan) -> Result<PlanOptions, OpsError> {
        self.options_for(self.store.request(plan.request)?, plan)
    }

    /// The same for a request as it would be.
    fn options_for(&self, request: Request, plan: &Plan) -> Result<PlanOptions, OpsError> {
        let weighing = self.weighing(&request, plan)?;
        let candidate = |forecast: &Forecast| -> Option<Candidate> {
            let person = weighing.people.iter().find(|person| person.id == forecast.person)?;
            let share = weighing.share(&request, person.id).ok()?;
            let item = weighing.item(&request, &share)?;
            let done = DoneBy::of(Some(forecast), &share);
            let cost = load::cost_of_yes(&weighing.model, &item)?.with_honest_day(done.finish);
            let swaps = weighing.swaps(&cost, &item);
            let rules = &weighing.rules;
            let sentence = rules.cost_sentence(&request, done, &cost, |id| handle(&weighing.people, id));
            let (before, after) = ghost(&weighing.model, &item, day::monday(share.from.max(self.today())));
            let holds = weighing.left.shares.iter().find(|(own, _)| own.allocation.person == person.id);
            let experience = weighing.experience.get(&name_key(&person.discipline)).copied().unwrap_or(0);
            let done = match experience {
                0 => String::new(),
                1 => format!("{} did 1 such job in a year; ", person.discipline),
                n => format!("{} did {n} such jobs in a year; ", person.discipline),
            };
            let forecast = Forecast { reason: format!("{done}{}", forecast.reason), ..forecast.clone() };
            Some(Candidate {
                handle: person.handle.clone(),
                name: person.name.clone(),
                discipline: person.discipline.clone(),
                experience,
                holds_already: holds.filter(|_| weighing.moved.is_none()).map(|(_, left)| left.left),
                forecast,
                share,
                cost,
                sentence,
                swaps,
                before,
                after,
            })
        };
        let mut candidates: Vec<Candidate> = weighing.forecasts.iter().filter_map(candidate).collect();
        // Stable: whoever is done first stays first among those with as much experience.
        candidates.sort_by_key(|candidate| candidate.experience == 0);
        let share = match candidates.first() {
            Some(first) => first.share.clone(),
            // Where nobody could do it, the form tells how much it would be and when all the same.
            None => weighing.share(&request, NOBODY)?,
        };
        let holders = weighing.holders(&request, &share);
        Ok(PlanOptions { request, plan: weighing.plan, share, candidates, holders })
    }

    /// Whoever would be done with a request first, and at what cost; nobody else is looked at closer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn soonest(&self, request: &Request, plan: &Plan) -> Result<Option<Soonest>, OpsError> {
        let weighing = self.weighing(request, plan)?;
        let first = weighing.forecasts.iter().find_map(|it| Some((it, it.finish?)));
        let Some((first, finish)) = first else { return Ok(None) };
        let share = weighing.share(request, first.person)?;
        let cost = weighing.item(request, &share).and_then(|item| load::cost_of_yes(&weighing.model, &item));
        let cost = cost.map(|cost| cost.with_honest_day(finish));
        let (handle, of) = (handle(&weighing.people, first.person), weighing.forecasts.len());
        Ok(cost.map(|cost| Soonest { handle, from: share.from, finish, cost, of }))
    }

    /// The load and when everybody could be done.
    fn weighing(&self, request: &Request, plan: &Plan) -> Result<Weighing, OpsError> {
        let (team, mut work) = self.work_with(request)?;
        let rules = self.rules_with(team.calendar());
        let moved = work.held.iter().find(|share| Some(share.allocation.id) == plan.moves).cloned();
        let mut plan = plan.clone();
        // Nothing was said yet: the form begins with the share as it is.
        if let (Some(moved), true) = (&moved, plan.share == NewShare::whole("")) {
            plan.share = share_of(&moved.allocation);
        }
        let left = work.left.remove(&request.id).unwrap_or_default();
        let from = plan.share.from.unwrap_or_else(|| rules.calendar.on_or_after(self.today()));
        let to = plan.share.to.or(request.due).unwrap_or(from).max(from).max(self.today());
        let start = day::monday(from.min(self.today()));
        let model = self.model_of(&team, &work, start..day::plus(to, 366));
        let others = model.clone().without(|item| item.request == request.id);
        let gone = plan.moves;
        // The share that moves must not stand in its own way, whoever gets it; other shares of the request
        // stay.
        let model = model.without(|item| Some(item.share) == gone);
        // Whoever has left by the first day cannot begin it.
        let is_here = |person: &&Person| person.last_day.is_none_or(|last| last >= from);
        let ids: Vec<PersonId> = team.people.iter().filter(is_here).map(|person| person.id).collect();
        let size = moved.as_ref().and_then(|moved| moved.left(&model.capacity, self.today()));
        let asked = NewShare {
            minutes: plan.share.minutes.or_else(|| size.map(|left| left.left)),
            ..plan.share.clone()
        };
        let work = rules.new_work(request, &left, &asked, self.review_wait(request)?);
        let forecasts = load::forecast(&others, &ids, work);
        let experience = self.experience(request)?;
        let hard = self.store.open_requests_with_hard_days()?;
        Ok(Weighing { rules, people: team.people, plan, left, moved, model, forecasts, experience, hard })
    }

    /// How often each discipline delivered work with the same tag or brand in the last twelve months.
    fn experience(&self, request: &Request) -> Result<HashMap<String, u32>, OpsError> {
        let since = self.clock.midnight(day::plus(self.today(), -EXPERIENCE_DAYS));
        Ok(self.store.disciplines_that_delivered(since, &request.tags, &request.brand)?)
    }

    /// What another due day or estimate would mean, before it is written: for those who hold the request the
    /// cost, otherwise the earliest honest date.
    ///
    /// # Errors
    /// When the request is gone, the text is no such value, or the store cannot be read.
    pub fn consequence(&self, id: RequestId, name: Field, text: &str) -> Result<String, OpsError> {
        let before = self.store.request(id)?;
        let mut request = before.clone();
        field::set(&mut request, name, text, &self.reading()?)
            .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None })?;
        let shares = self.store.allocations_of(id)?;
        let people = self.store.people()?;
        let today = self.today();
        if shares.is_empty() {
            let options = self.options_for(request.clone(), &Plan::whole(id))?;
            // Not the first of the list, in which those with experience stand before others.
            let known = options.candidates.iter().filter_map(|it| Some((it.forecast.finish?, it)));
            let Some((finish, best)) = known.min_by_key(|(finish, _)| *finish) else {
                return Ok("nobody could do it within a year".to_owned());
            };
            let late = self.rules()?.late_words(&request, DoneBy::of(Some(&best.forecast), &best.share));
            let late = late.or_else(|| request.due.map(|_| "in time".to_owned()));
            let late = late.map_or_else(String::new, |late| format!(", {late}"));
            return Ok(format!(
                "done by {} at the earliest, with {}{late}",
                day::day_near(finish, today),
                best.handle
            ));
        }
        let mut said = Vec::new();
        for share in shares {
            let who = handle(&people, share.person);
            let mut plan = Plan { moves: Some(share.id), ..Plan::whole(id) };
            plan.share = share_of(&share);
            if let Some((from, to)) = follows(&before, &request, &share, today) {
                (plan.share.from, plan.share.to) = (Some(from), Some(to));
            }
            let options = self.options_for(request.clone(), &plan)?;
            let found = options.candidates.into_iter().find(|candidate| candidate.handle == who);
            let sentence =
                found.map_or_else(|| no_candidate(&people, share.person).to_owned(), |it| it.sentence);
            said.push(format!("{who}: {sentence}"));
        }
        Ok(said.join("; "))
    }

    /// Does what was planned: a new share, or one that changes hands.
    ///
    /// # Errors
    /// When request, share or person are gone meanwhile.
    pub fn commit(&mut self, plan: &Plan) -> Result<(Committed<()>, String), OpsError> {
        let Some(moves) = plan.moves else {
            let committed = self.assign(plan.request, &plan.share)?;
            let sentence = committed.output.sentence.clone();
            return Ok((committed.without_output(), sentence));
        };
        let to = find_person(&self.store.people()?, &plan.share.who)?.clone();
        let planned = plan.share.clone();
        // The share itself changes hands, so that what had come off it stays off.
        let committed = self.edit_share(moves, &|share| {
            share.person = to.id;
            share.minutes = planned.minutes.or(share.minutes);
            share.from = planned.from.unwrap_or(share.from);
            share.to = planned.to.unwrap_or(share.to);
            share.shape.clone_from(&planned.shape);
            share.is_tentative = planned.is_tentative;
        })?;
        Ok((committed.without_output(), format!("{} has it now", to.name)))
    }
}

/// Why somebody who holds work is nobody who could be asked to do it.
fn no_candidate(people: &[Person], id: PersonId) -> &'static str {
    let is_role = people.iter().any(|person| person.id == id && person.is_role);
    if is_role { "is a role, still to be found" } else { "is not there by then" }
}

/// A stored share as it would be planned, for nobody yet.
fn share_of(share: &Allocation) -> NewShare {
    NewShare {
        who: String::new(),
        minutes: share.minutes,
        from: Some(share.from),
        to: Some(share.to),
        is_tentative: share.is_tentative,
        shape: share.shape.clone(),
    }
}

fn ghost(model: &LoadModel, item: &WorkItem, from: NaiveDate) -> (Vec<Cell>, Vec<Cell>) {
    let row = |extra| model.row_with(item.person, (from, GHOST_DAYS), extra).map(|row| row.cells);
    (row(None).unwrap_or_default(), row(Some(item)).unwrap_or_default())
}

/// The shape after another one, round and round.
pub fn next_shape(shape: &Shape) -> Shape {
    match shape {
        Shape::Even => Shape::Front,
        Shape::Front => Shape::Back,
        _ => Shape::Even,
    }
}

#[cfg(test)]
mod tests;
