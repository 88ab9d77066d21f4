//! Who does it: assigning with its cost, and the earliest honest date for everybody who could.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Desk, OpsError};
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::day;
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::load::{self, Cost, LoadModel, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::domain::phrases::Phrases;
use crate::domain::request::Request;
use crate::domain::tier::{Tier, TierRules};
use crate::domain::workdays::WorkCalendar;
use crate::plain;
use crate::store::{Committed, StoreError, Tx};

/// What is to be given to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Handle or name.
    pub who: String,
    /// How much; `None` is the estimate, or unknown without one.
    pub minutes: Option<Minutes>,
    /// First day; `None` is today.
    pub from: Option<NaiveDate>,
    /// Last day; `None` is the due day, or the tier's usual time without one.
    pub to: Option<NaiveDate>,
    /// Not confirmed.
    pub is_tentative: bool,
    /// How it lies in the window.
    pub shape: Shape,
}

impl Share {
    /// All of a request, from today until it is due.
    #[must_use]
    pub fn whole(who: &str) -> Self {
        Self {
            who: who.to_owned(),
            minutes: None,
            from: None,
            to: None,
            is_tentative: false,
            shape: Shape::Even,
        }
    }
}

/// What is needed to fill a share's gaps.
#[derive(Debug, Clone)]
pub struct Rules {
    today: NaiveDate,
    tiers: TierRules,
    review_days: [u32; 5],
    phrases: Arc<Phrases>,
    /// Which days are working days.
    pub calendar: WorkCalendar,
}

impl Rules {
    /// The tier of a request, guessed where nobody has set one.
    #[must_use]
    pub fn tier(&self, request: &Request) -> Tier {
        request.tier.unwrap_or_else(|| self.phrases.guess_tier(&request.title))
    }

    /// The estimate, or what its tier usually takes.
    #[must_use]
    pub fn size(&self, request: &Request) -> Minutes {
        request.estimate.unwrap_or_else(|| self.tiers.of(self.tier(request)).median())
    }

    /// The window of a share, its gaps filled.
    #[must_use]
    pub fn window(&self, request: &Request, share: &Share) -> (NaiveDate, NaiveDate) {
        let from = share.from.unwrap_or_else(|| self.calendar.on_or_after(self.today));
        let usual = || self.calendar.after(from, self.tiers.of(self.tier(request)).usual_days);
        let to = share.to.or(request.due).unwrap_or_else(usual);
        // A due day that is past leaves only the first day.
        (from, to.max(from))
    }

    /// The allocation that a share asks for.
    #[must_use]
    pub fn allocation(&self, request: &Request, person: PersonId, share: &Share) -> Allocation {
        let (from, to) = self.window(request, share);
        Allocation {
            id: AllocationId(0),
            request: request.id,
            person,
            minutes: share.minutes.or(request.estimate),
            from,
            to,
            is_tentative: share.is_tentative,
            shape: share.shape.clone(),
        }
    }

    /// An allocation as the load rules see it.
    #[must_use]
    pub fn work(&self, allocation: &Allocation, request: &Request) -> WorkItem {
        WorkItem {
            share: allocation.id,
            request: allocation.request,
            person: allocation.person,
            minutes: allocation.minutes.unwrap_or_else(|| self.size(request)),
            is_unknown: allocation.minutes.is_none() && request.estimate.is_none(),
            from: allocation.from,
            to: allocation.to,
            is_tentative: allocation.is_tentative,
            shape: allocation.shape.clone(),
        }
    }
}

/// An assignment, done or rehearsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// What is or would be stored.
    pub allocation: Allocation,
    /// What it costs.
    pub cost: Cost,
    /// The cost as a sentence.
    pub sentence: String,
}

/// Finds a person by handle, by name, or by an unambiguous beginning of either.
///
/// # Errors
/// [`OpsError::NotFound`] naming who there is.
pub fn find_person<'a>(people: &'a [Person], who: &str) -> Result<&'a Person, OpsError> {
    let wanted = crate::domain::words::fold(who.trim().trim_start_matches('@'));
    let name = |person: &Person| crate::domain::words::fold(&person.name);
    let exact = |person: &&Person| {
        person.handle == wanted || name(person) == wanted || person.email.to_lowercase() == wanted
    };
    if let Some(person) = people.iter().find(exact) {
        return Ok(person);
    }
    let mut beginning = people.iter().filter(|person| {
        !wanted.is_empty() && (person.handle.starts_with(&wanted) || name(person).starts_with(&wanted))
    });
    if let (Some(person), None) = (beginning.next(), beginning.next()) {
        Ok(person)
    } else {
        let known: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
        let hint = if known.is_empty() {
            "Nobody is there yet: `tablesetter person add NAME --handle H --discipline D`.".to_owned()
        } else {
            format!("There are {}.", plain::cut(&known.join(", "), 200))
        };
        Err(OpsError::NotFound {
            message: format!("nobody is called `{}`", plain::cut(who, 40)),
            hint: Some(hint),
        })
    }
}

/// What is done to a share.
pub type ShareChange<'a> = &'a dyn Fn(&mut Allocation);

fn check_window(from: NaiveDate, to: NaiveDate) -> Result<(), OpsError> {
    if to < from {
        return Err(OpsError::rejected(
            format!("the window ends on {to}, before it begins on {from}"),
            "Give it a later last day.",
        ));
    }
    Ok(())
}

/// Stores a share of a request inside an operation.
///
/// # Errors
/// When the person is not known or the store refuses.
pub fn add_share(
    tx: &Tx<'_>,
    rules: &Rules,
    request: &Request,
    share: &Share,
) -> Result<Allocation, OpsError> {
    let people = tx.people()?;
    let person = find_person(&people, &share.who)?;
    Ok(add_share_of(tx, rules, request, person.id, share)?)
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
    share: &Share,
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
        Ok(Rules {
            today: self.today(),
            tiers: self.config.tiers.clone(),
            review_days: self.config.review_days,
            phrases: self.config.phrases.clone(),
            calendar: self.calendar()?,
        })
    }

    /// What an assignment would cost; nothing is stored.
    ///
    /// # Errors
    /// When request or person are not there, or the window ends before it begins.
    pub fn weigh(&self, id: RequestId, share: &Share) -> Result<Assigned, OpsError> {
        let request = self.store.request(id)?;
        let people = self.store.people()?;
        let person = find_person(&people, &share.who)?;
        if let (Some(from), Some(to)) = (share.from, share.to) {
            check_window(from, to)?;
        }
        let rules = self.rules()?;
        let allocation = rules.allocation(&request, person.id, share);
        let model = self.load_model(allocation.from, allocation.to)?;
        let item = rules.work(&allocation, &request);
        let cost = load::cost_of_yes(&model, &item)
            .ok_or_else(|| StoreError::Missing(format!("person {}", person.handle)))?;
        let sentence = cost.sentence(|id| handle(&people, id));
        Ok(Assigned { allocation, cost, sentence })
    }

    /// Gives a request, or a part of it, to somebody.
    ///
    /// # Errors
    /// As [`Desk::weigh`].
    pub fn assign(&mut self, id: RequestId, share: &Share) -> Result<Committed<Assigned>, OpsError> {
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
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            let before = tx.allocation(id)?;
            let mut share = before.clone();
            change(&mut share);
            check_window(share.from, share.to)?;
            if share != before {
                tx.put_allocation(&share)?;
            }
            let (people, request) = (tx.people()?, tx.request(share.request)?);
            let (was, is) = (handle(&people, before.person), handle(&people, share.person));
            let who = if was == is { is } else { format!("{was} to {is}") };
            let hours = share.minutes.map_or_else(String::new, |minutes| format!(", {minutes}"));
            let label = format!(
                "Moved {} {} on {who}: {}{hours}, {}",
                request.id,
                plain::cut(&request.title, 40),
                day::day_range(share.from, share.to),
                super::sheet::shape_text(&share.shape)
            );
            Ok((share, label))
        })
    }

    /// Takes one share away.
    ///
    /// # Errors
    /// When it is gone.
    pub fn remove_share(&mut self, id: AllocationId) -> Result<Committed<()>, OpsError> {
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            let share = tx.allocation(id)?;
            tx.remove_allocation(id)?;
            let who = handle(&tx.people()?, share.person);
            Ok(((), format!("Took {} from {who}", share.request)))
        })
    }

    /// Takes requests from everybody who holds them.
    ///
    /// # Errors
    /// When a request is not there.
    pub fn unassign(&mut self, ids: &[RequestId]) -> Result<Committed<usize>, OpsError> {
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            let mut count = 0;
            for id in ids {
                tx.request(*id)?;
                for allocation in tx.allocations_of(*id)? {
                    tx.remove_allocation(allocation.id)?;
                    count += 1;
                }
            }
            let what = if let [one] = ids { one.to_string() } else { format!("{} requests", ids.len()) };
            Ok((count, format!("Took {what} from whoever held it")))
        })
    }

    /// The business days that a request's review usually takes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_days(&self, request: &Request) -> Result<u32, StoreError> {
        let rules = self.rules()?;
        Ok(rules.review_days[usize::from(rules.tier(request).number())])
    }

    /// The load rules' picture of everything from `from` on, `to` included.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load_model(&self, from: NaiveDate, to: NaiveDate) -> Result<LoadModel, StoreError> {
        self.store.reading(|store| {
            let requests = store.sizes_of_open_requests()?;
            let team = super::load::TeamData::read(store)?;
            let work = super::load::work(&self.rules()?, &requests, &store.open_allocations()?);
            Ok(self.model_of(&team, &work, from..to))
        })
    }
}

/// The handle of a person.
#[must_use]
pub fn handle(people: &[Person], id: PersonId) -> String {
    people
        .iter()
        .find(|person| person.id == id)
        .map_or_else(|| "nobody".to_owned(), |person| person.handle.clone())
}
