//! What sources said of shares, kept beside the request under the name of the source.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Pair;
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::import::shares::{Amount, ShareDraft};
use crate::ops::OpsError;
use crate::ops::import::requests::SHARES;
use crate::store::{StoreError, Tx};

/// What a source says of a share, as it says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SaidShare {
    amount: Amount,
    pub from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    #[serde(default)]
    is_tentative: bool,
}

impl SaidShare {
    pub fn of(draft: &ShareDraft) -> Self {
        let ShareDraft { amount, from, to, is_tentative, .. } = *draft;
        Self { amount, from, to, is_tentative }
    }

    /// True if a row says as many hours, in as many of its weeks.
    pub fn is_as_much_as(&self, draft: &ShareDraft) -> bool {
        self.amount == draft.amount
    }

    pub fn changed(&self, now: &Self) -> Vec<Term> {
        differing([
            (Term::Hours, self.amount != now.amount),
            (Term::From, self.from != now.from),
            (Term::To, self.to != now.to),
            (Term::Tentative, self.is_tentative != now.is_tentative),
        ])
    }
}

/// How much a share is, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    pub minutes: Option<Minutes>,
    pub shape: Shape,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub is_tentative: bool,
}

/// One of those terms, as it changes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// How much it is, and whether that is all of it or so much a day.
    Hours,
    From,
    To,
    Tentative,
}

fn differing(terms: [(Term, bool); 4]) -> Vec<Term> {
    terms.into_iter().filter(|(_, differs)| *differs).map(|(term, _)| term).collect()
}

impl Terms {
    pub fn of(share: &Allocation) -> Self {
        Self {
            minutes: share.minutes,
            shape: share.shape.clone(),
            from: share.from,
            to: share.to,
            is_tentative: share.is_tentative,
        }
    }

    pub fn apply(&self, share: &mut Allocation) {
        share.minutes = self.minutes;
        share.shape.clone_from(&self.shape);
        (share.from, share.to, share.is_tentative) = (self.from, self.to, self.is_tentative);
    }

    pub fn changed(&self, other: &Self) -> Vec<Term> {
        differing([
            (Term::Hours, self.amount() != other.amount()),
            (Term::From, self.from != other.from),
            (Term::To, self.to != other.to),
            (Term::Tentative, self.is_tentative != other.is_tentative),
        ])
    }

    /// Takes some of them over from others.
    pub fn copy(&mut self, terms: &[Term], from: &Self) {
        for term in terms {
            match term {
                Term::Hours => {
                    self.minutes = from.minutes;
                    // Front and back say how hours lie that are said as a whole; no plan of another tool says that.
                    if from.shape != Shape::Even || !matches!(self.shape, Shape::Front | Shape::Back) {
                        self.shape.clone_from(&from.shape);
                    }
                }
                Term::From => self.from = from.from,
                Term::To => self.to = from.to,
                Term::Tentative => self.is_tentative = from.is_tentative,
            }
        }
    }

    /// `20h`, `4h a day`, `as estimated`
    pub fn amount(&self) -> String {
        match (&self.shape, self.minutes) {
            (Shape::PerDay(_), _) => self.shape.described(),
            (Shape::Hand(_), _) => "set day by day".to_owned(),
            (_, Some(minutes)) => minutes.to_string(),
            (_, None) => "as estimated".to_owned(),
        }
    }

    pub fn differences(&self, new: &Self) -> Vec<Difference> {
        let hours = |terms: &Self| match (&terms.shape, terms.minutes) {
            (Shape::Even | Shape::Front | Shape::Back, Some(minutes)) => FieldValue::Length(minutes),
            (Shape::Even | Shape::Front | Shape::Back, None) => FieldValue::told(&terms.amount()),
            (shape, _) => FieldValue::Told(shape.to_string(), terms.amount()),
        };
        difference::of_fields([
            ("hours", hours(self), hours(new)),
            ("from", FieldValue::Day(self.from), FieldValue::Day(new.from)),
            ("to", FieldValue::Day(self.to), FieldValue::Day(new.to)),
            ("tentative", FieldValue::Truth(self.is_tentative), FieldValue::Truth(new.is_tentative)),
        ])
    }
}

/// One share of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceShare {
    pub request: RequestId,
    pub person: PersonId,
    /// The share that it became here; that may be gone.
    pub share: AllocationId,
    pub said: SaidShare,
    /// What was made of it here. A share that differs from that was changed by hand.
    pub put: Terms,
    /// The file that is read has it.
    pub is_told: bool,
    pub is_changed: bool,
}

impl SourceShare {
    pub fn new(
        request: RequestId,
        person: PersonId,
        share: AllocationId,
        draft: &ShareDraft,
        put: Terms,
    ) -> Self {
        Self { request, person, share, said: SaidShare::of(draft), put, is_told: true, is_changed: true }
    }
}

/// The same as it is stored.
#[derive(Serialize, Deserialize)]
struct StoredShare {
    // Plain numbers and words: what lies in a store has to be read by versions whose types are others.
    person: i64,
    share: i64,
    said: SaidShare,
    minutes: Option<i64>,
    shape: String,
    from: NaiveDate,
    to: NaiveDate,
    #[serde(default)]
    is_tentative: bool,
}

impl StoredShare {
    fn of(kept: &SourceShare) -> Self {
        let put = &kept.put;
        Self {
            person: kept.person.0,
            share: kept.share.0,
            said: kept.said.clone(),
            minutes: put.minutes.map(|minutes| minutes.0),
            shape: put.shape.to_string(),
            from: put.from,
            to: put.to,
            is_tentative: put.is_tentative,
        }
    }

    fn kept(self, request: RequestId) -> Result<SourceShare, String> {
        Ok(SourceShare {
            request,
            person: PersonId(self.person),
            share: AllocationId(self.share),
            said: self.said,
            put: Terms {
                minutes: self.minutes.map(Minutes),
                shape: self.shape.parse()?,
                from: self.from,
                to: self.to,
                is_tentative: self.is_tentative,
            },
            is_told: false,
            is_changed: false,
        })
    }
}

/// All shares of a source.
pub(super) struct SourceShares {
    /// By which they are found beside their request.
    name: String,
    pub all: Vec<SourceShare>,
    by_pair: HashMap<Pair, Vec<usize>>,
    by_request: HashMap<RequestId, HashSet<AllocationId>>,
}

impl SourceShares {
    pub fn read(tx: &Tx<'_>, source: &str, people: &[Person]) -> Result<Self, OpsError> {
        let name = format!("{SHARES}{source}");
        let there: HashSet<PersonId> = people.iter().map(|person| person.id).collect();
        let mut known = Self { name, all: Vec::new(), by_pair: HashMap::new(), by_request: HashMap::new() };
        for (request, text) in tx.seen_as(&known.name)? {
            let stored: Vec<StoredShare> =
                serde_json::from_str(&text).map_err(|error| damaged(request, &error))?;
            for stored in stored {
                let mut kept = stored.kept(request).map_err(|error| damaged(request, &error))?;
                // Somebody who was one of two entries is the other now, and so are their shares.
                if !there.contains(&kept.person)
                    && let Ok(share) = tx.allocation(kept.share)
                {
                    kept.person = share.person;
                }
                known.add(kept);
            }
        }
        Ok(known)
    }

    /// The places of those of one pair, in the order in which they came.
    pub fn of_pair(&self, pair: Pair) -> Vec<usize> {
        self.by_pair.get(&pair).cloned().unwrap_or_default()
    }

    /// Shares of a request that came from it.
    pub fn shares_of(&self, request: RequestId) -> HashSet<AllocationId> {
        self.by_request.get(&request).cloned().unwrap_or_default()
    }

    pub fn add(&mut self, kept: SourceShare) {
        self.by_pair.entry((kept.request, kept.person)).or_default().push(self.all.len());
        self.by_request.entry(kept.request).or_default().insert(kept.share);
        self.all.push(kept);
    }

    /// Writes down what is new of them.
    pub fn write(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        // Beside each request stands one text of all its shares, so those that did not change are written along.
        let changed: BTreeSet<RequestId> =
            self.all.iter().filter(|kept| kept.is_changed).map(|kept| kept.request).collect();
        let mut by_request: HashMap<RequestId, Vec<StoredShare>> = HashMap::new();
        for kept in self.all.iter().filter(|kept| changed.contains(&kept.request)) {
            by_request.entry(kept.request).or_default().push(StoredShare::of(kept));
        }
        for request in changed {
            let stored = by_request.remove(&request).unwrap_or_default();
            let mut seen = tx.seen(request)?;
            seen.insert(self.name.clone(), serde_json::json!(stored).to_string());
            tx.put_seen(request, &seen)?;
        }
        Ok(())
    }
}

fn damaged(request: RequestId, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("what a source said of the shares of {request} cannot be read: {error}"))
}
