//! Consequences before commitment: who could take a piece of work, what each of them would look like with
//! it, and laying somebody's days anew.

use chrono::NaiveDate;

use super::assign::{Share, find_person, handle};
use super::{Desk, OpsError};
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::load::{self, Cell, Cost, Forecast, LoadModel, NewWork, WorkItem};
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::store::Committed;

/// Days of the ghost: six weeks.
const GHOST_DAYS: usize = 42;

/// Work that is about to be given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Of which request.
    pub request: RequestId,
    /// The share that somebody else holds now, if it changes hands.
    pub moves: Option<AllocationId>,
    /// How much, when, in which shape; who is decided last.
    pub share: Share,
}

impl Plan {
    /// All of a request, for whoever it will be.
    #[must_use]
    pub fn whole(request: RequestId) -> Self {
        Self { request, moves: None, share: Share::whole("") }
    }
}

/// Somebody who could do it, with what that would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Handle.
    pub handle: String,
    /// Name.
    pub name: String,
    /// Discipline.
    pub discipline: String,
    /// When they could be done, and why then.
    pub forecast: Forecast,
    /// What it would cost.
    pub cost: Cost,
    /// The cost as a sentence.
    pub sentence: String,
    /// Their days as they are.
    pub before: Vec<Cell>,
    /// Their days with it.
    pub after: Vec<Cell>,
}

/// What there is to decide on.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The request.
    pub request: Request,
    /// The plan with its gaps filled.
    pub plan: Plan,
    /// The share as it would be stored, for nobody yet.
    pub share: Allocation,
    /// Everybody, whoever is done first at the top.
    pub candidates: Vec<Candidate>,
}

/// Whoever would be done first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soonest {
    /// Handle.
    pub handle: String,
    /// The first day of the work.
    pub from: NaiveDate,
    /// Done, review included.
    pub finish: NaiveDate,
    /// What it would cost.
    pub cost: Cost,
    /// Of how many people.
    pub of: usize,
}

/// What is read and reckoned for a plan.
struct Weighing {
    people: Vec<Person>,
    /// Its gaps filled.
    plan: Plan,
    share: Allocation,
    model: LoadModel,
    /// The work, on nobody yet.
    item: WorkItem,
    /// The first one done at the top.
    forecasts: Vec<Forecast>,
}

impl Desk {
    /// Everybody who could do a request, whoever is done first at the top.
    ///
    /// # Errors
    /// When the request is not there or the store cannot be read.
    pub fn options(&self, plan: &Plan) -> Result<Options, OpsError> {
        self.options_for(self.store.request(plan.request)?, plan)
    }

    /// The same for a request as it would be.
    fn options_for(&self, request: Request, plan: &Plan) -> Result<Options, OpsError> {
        let Weighing { people, plan, share, model, item, forecasts } = self.weighing(&request, plan)?;
        let candidate = |forecast: Forecast| {
            let person = people.iter().find(|person| person.id == forecast.person)?;
            let item = WorkItem { person: person.id, ..item.clone() };
            let cost = load::cost_of_yes(&model, &item)?;
            let sentence = cost.sentence(|id| handle(&people, id));
            let (before, after) = ghost(&model, &item, day::monday(share.from));
            let (handle, name) = (person.handle.clone(), person.name.clone());
            let discipline = person.discipline.clone();
            Some(Candidate { handle, name, discipline, forecast, cost, sentence, before, after })
        };
        let candidates = forecasts.into_iter().filter_map(candidate).collect();
        Ok(Options { request, plan, share, candidates })
    }

    /// Whoever would be done with a request first, and at what cost; nobody else is looked at closer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn soonest(&self, request: &Request, plan: &Plan) -> Result<Option<Soonest>, OpsError> {
        let Weighing { people, share, model, item, forecasts, .. } = self.weighing(request, plan)?;
        let Some((first, finish)) = forecasts.iter().find_map(|it| Some((it, it.finish?))) else {
            return Ok(None);
        };
        let cost = load::cost_of_yes(&model, &WorkItem { person: first.person, ..item });
        let handle = handle(&people, first.person);
        Ok(cost.map(|cost| Soonest { handle, from: share.from, finish, cost, of: forecasts.len() }))
    }

    /// The load and when everybody could be done.
    fn weighing(&self, request: &Request, plan: &Plan) -> Result<Weighing, OpsError> {
        let people = self.store.people()?;
        let rules = self.rules()?;
        let mut plan = plan.clone();
        if let (Some(moves), true) = (plan.moves, plan.share == Share::whole("")) {
            plan.share = share_of(&self.store.allocation(moves)?);
        }
        let share = rules.allocation(request, PersonId(0), &plan.share);
        let start = day::monday(share.from.min(self.today()));
        let model = self.load_model(start, day::plus(share.to, 366))?;
        let model = match plan.moves {
            Some(moves) => model.without(moves),
            None => model,
        };
        let item = rules.work(&share, request);
        let ids: Vec<PersonId> = people
            .iter()
            .filter(|person| person.last_day.is_none_or(|last| last >= share.from))
            .map(|person| person.id)
            .collect();
        let work =
            NewWork { minutes: item.minutes, from: share.from, review_days: self.review_days(request)? };
        let forecasts = load::forecast(&model, &ids, work);
        Ok(Weighing { people, plan, share, model, item, forecasts })
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
            let best = options.candidates.iter().find_map(|it| Some((it.forecast.finish?, it)));
            let Some((finish, best)) = best else { return Ok("nobody could do it within a year".to_owned()) };
            let calendar = self.calendar()?;
            let late = request.due.map(|due| calendar.between(due, finish));
            let late = match late {
                Some(days) if days > 0 => format!(", {} late", day::working_days(days)),
                Some(_) => ", in time".to_owned(),
                None => String::new(),
            };
            return Ok(format!(
                "earliest honest date {} with {}{late}",
                day::day_near(finish, today),
                best.handle
            ));
        }
        let mut said = Vec::new();
        for share in shares {
            let who = handle(&people, share.person);
            let mut plan = Plan { moves: Some(share.id), ..Plan::whole(id) };
            plan.share = share_of(&share);
            plan.share.minutes = share.minutes.filter(|_| share.minutes != before.estimate);
            plan.share.to = follows(&before, &request, &share).or(Some(share.to));
            let options = self.options_for(request.clone(), &plan)?;
            let found = options.candidates.into_iter().find(|candidate| candidate.handle == who);
            let sentence = found.map_or_else(|| "is a role, still to be found".to_owned(), |it| it.sentence);
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

    /// Lays what somebody holds anew, so that no day looks over; one operation, announced by its label.
    ///
    /// # Errors
    /// When nothing looks over, or the work does not fit however it lies.
    pub fn reshape(&mut self, who: PersonId) -> Result<Committed<usize>, OpsError> {
        let model = self.load_model(self.today(), day::plus(self.today(), 60))?;
        let name = handle(&self.store.people()?, who);
        let Some(shapes) = load::reshape(&model, who) else {
            return Err(OpsError::rejected(
                format!("there is nothing to re-shape for {name}"),
                "It helps where days look over and the work fits all the same (^).",
            ));
        };
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            let mut keys: Vec<String> = Vec::new();
            for (id, shape) in &shapes {
                let share = tx.allocation(*id)?;
                keys.push(share.request.to_string());
                tx.put_allocation(&Allocation { shape: shape.clone(), ..share })?;
            }
            keys.dedup();
            Ok((shapes.len(), format!("Re-shaped {} on {name}: no day is over", keys.join(", "))))
        })
    }
}

/// The last day of a share that was to end on the due day, when that day moves.
#[must_use]
pub fn follows(before: &Request, after: &Request, share: &Allocation) -> Option<NaiveDate> {
    let (old, new) = (before.due?, after.due?);
    (old != new && share.to == old).then(|| new.max(share.from))
}

/// A stored share as it would be planned, for nobody yet.
fn share_of(share: &Allocation) -> Share {
    Share {
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
#[must_use]
pub fn next_shape(shape: &Shape) -> Shape {
    match shape {
        Shape::Even => Shape::Front,
        Shape::Front => Shape::Back,
        _ => Shape::Even,
    }
}
