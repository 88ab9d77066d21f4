//! The queue: open requests in the order in which they deserve a decision, each with its reasons.

mod reckoning;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::assign::Rules;
use super::kept::Grounds;
use super::load::{Names, TeamData};
use super::{Desk, OpsError};
use crate::domain::allocation::Allocation;
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::load::{LoadModel, WorkItem};
use crate::domain::readiness::{self, Readiness};
use crate::domain::request::Request;
use crate::domain::score::{self, Basis, Score};
use crate::domain::stage::Stage;
use crate::domain::tier::{Tier, TierRules};
use crate::domain::words::filter::{Filter, Subject};
use crate::store::{Store, StoreError};

pub use reckoning::{Counts, Reckoning};

/// The trailing window of the p85, and how many deliveries it needs before it is believed.
const P85_DAYS: i64 = 90;
const P85_ENOUGH: usize = 10;
/// A block this close to the due day is a risk.
const BLOCKED_NEAR: i64 = 3;

/// One row of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueRow {
    /// The request.
    pub request: Request,
    /// Handles of those who hold it.
    pub people: Vec<String>,
    /// Handles and names, for the filter.
    pub names: Vec<String>,
    /// How complete it is.
    pub readiness: Readiness,
    /// Why it stands where it stands.
    pub score: Score,
    /// The tier it would be, by its words.
    pub tier_guess: Tier,
    /// It asks for things and names no change.
    pub is_output_worded: bool,
    /// Why it is at risk; empty if it is not.
    pub reasons: Vec<String>,
    /// Working days since it came in.
    pub age_days: i64,
    /// Working days beyond what is usual for its tier; zero while it is younger.
    pub past_usual: i64,
}

impl QueueRow {
    /// As a filter sees it.
    #[must_use]
    pub fn subject(&self, today: NaiveDate) -> Subject<'_> {
        Subject {
            request: &self.request,
            people: &self.names,
            is_at_risk: !self.reasons.is_empty(),
            is_output_worded: self.is_output_worded,
            readiness: self.readiness.points,
            score: self.score.total(),
            age_days: self.age_days,
            today,
        }
    }
}

/// The usual time from ready to delivered, by tier, in business days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usual {
    days: [i64; 5],
}

impl Usual {
    /// The p85 of the last 90 days where ten or more were delivered, otherwise the configured days.
    fn read(store: &Store, desk: &Desk) -> Result<Self, StoreError> {
        let calendar = desk.calendar()?;
        let since = desk.clock.midnight(day::plus(desk.today(), -P85_DAYS));
        let mut taken: [Vec<i64>; 5] = Default::default();
        for row in store.delivered_since(since)? {
            if let Some(tier) = row.tier {
                let (from, to) =
                    (desk.clock.local(row.ready).date_naive(), desk.clock.local(row.delivered).date_naive());
                taken[usize::from(tier.number())].push(calendar.between(from, to));
            }
        }
        Ok(Self { days: std::array::from_fn(|tier| p85(&mut taken[tier], &desk.config.tiers, tier)) })
    }

    /// Of one tier.
    #[must_use]
    pub fn of(&self, tier: Tier) -> i64 {
        self.days[usize::from(tier.number())]
    }
}

/// Nearest rank.
fn p85(taken: &mut [i64], tiers: &TierRules, tier: usize) -> i64 {
    if taken.len() < P85_ENOUGH {
        return i64::from(tiers.0[tier].usual_days);
    }
    taken.sort_unstable();
    taken[(taken.len() * 85).div_ceil(100) - 1]
}

/// Everything that the rows need besides their requests.
struct Around<'a> {
    rules: Rules,
    usual: Usual,
    today: NaiveDate,
    desk: &'a Desk,
    people: HashMap<RequestId, Vec<(String, String)>>,
    cannot_fit: Unfit,
    /// The last day of the shares of each request.
    ends: HashMap<RequestId, NaiveDate>,
}

/// The queue and the model of the load that its risks come from.
pub struct QueueAndLoad {
    /// Open requests in queue order.
    pub rows: Vec<QueueRow>,
    /// All their work that somebody holds.
    pub work: Vec<WorkItem>,
    /// The load of everybody.
    pub model: LoadModel,
    /// Who there is.
    pub team: TeamData,
    /// What was reckoned of all of them together.
    pub reckoning: Reckoning,
    /// What all this follows from.
    pub grounds: Grounds,
}

impl Desk {
    /// Reads the queue of open requests and the load behind it, as of one moment. `days` are those that a
    /// screen wants to show of the load.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue_and_load(&self, days: std::ops::Range<NaiveDate>) -> Result<QueueAndLoad, StoreError> {
        self.store.reading(|store| {
            let grounds = Grounds::read(store, self)?;
            let requests = store.open_requests()?;
            let team = TeamData::read(store)?;
            let shares = store.open_allocations()?;
            let work = super::load::work(&self.rules()?, &requests, &shares);
            let model = self.model_of(&team, &work, days);
            let (usual, _) = self.usual(store, &grounds)?;
            let around = self.around(usual, &shares, &team.names(), cannot_fit(&team, &model))?;
            let mut rows: Vec<QueueRow> = requests.into_iter().map(|request| around.row(request)).collect();
            sort(&mut rows, self.today());
            let reckoning = Reckoning::of(&rows, usual, around.cannot_fit);
            Ok(QueueAndLoad { rows, work, model, team, reckoning, grounds })
        })
    }

    /// The requests that fit a filter, in queue order; at most `limit` of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<QueueRow>, OpsError> {
        if !filter.wants_closed()
            && let Some(rows) = self.store.reading(|store| self.reckoned_queue(store, filter, limit))?
        {
            return Ok(rows);
        }
        let today = self.today();
        let mut found = self.queue_and_load(today..today)?;
        self.keep(&found);
        if filter.wants_closed() {
            let around = self.store.reading(|store| {
                let shares = store.open_allocations()?;
                let Reckoning { usual, .. } = found.reckoning;
                self.around(usual, &shares, &found.team.names(), cannot_fit(&found.team, &found.model))
            })?;
            let closed = self.store.all_requests()?.into_iter().filter(|request| request.stage.is_closed());
            found.rows.extend(closed.map(|request| around.row(request)));
        }
        found.rows.retain(|row| filter.matches(&row.subject(today)));
        found.rows.truncate(limit.unwrap_or(usize::MAX));
        Ok(found.rows)
    }

    /// One request with everything that the queue says of it, open or closed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn row(&self, id: RequestId) -> Result<QueueRow, StoreError> {
        let (row, fresh) = self.store.reading(|store| {
            let grounds = Grounds::read(store, self)?;
            let (usual, is_fresh) = self.usual(store, &grounds)?;
            let row = self.row_with(store, usual, id)?;
            Ok::<_, StoreError>((row, is_fresh.then_some((grounds, usual))))
        })?;
        if let Some((grounds, usual)) = fresh {
            self.keep_usual(&grounds, usual);
        }
        Ok(row)
    }

    fn row_with(&self, store: &Store, usual: Usual, id: RequestId) -> Result<QueueRow, StoreError> {
        let today = self.today();
        let request = store.request(id)?;
        // Only what its own people hold can decide whether it fits.
        let mut holders: Vec<_> = store.allocations_of(id)?.iter().map(|share| share.person).collect();
        holders.dedup();
        if holders.is_empty() {
            return Ok(self.around(usual, &[], &HashMap::new(), HashSet::new())?.row(request));
        }
        let team = TeamData::read(store)?;
        let shares = store.open_allocations_of(&holders)?;
        let ids: Vec<RequestId> = shares.iter().map(|share| share.request).collect();
        let requests = store.requests_with(&ids)?;
        let model =
            self.model_of(&team, &super::load::work(&self.rules()?, &requests, &shares), today..today);
        Ok(self.around(usual, &shares, &team.names(), cannot_fit(&team, &model))?.row(request))
    }

    fn around(
        &self,
        usual: Usual,
        shares: &[Allocation],
        names: &Names,
        cannot_fit: Unfit,
    ) -> Result<Around<'_>, StoreError> {
        let mut people: HashMap<RequestId, Vec<(String, String)>> = HashMap::new();
        let mut ends: HashMap<RequestId, NaiveDate> = HashMap::new();
        for allocation in shares {
            let end = ends.entry(allocation.request).or_insert(allocation.to);
            *end = allocation.to.max(*end);
            if let Some((handle, name)) = names.get(&allocation.person) {
                let holders = people.entry(allocation.request).or_default();
                if !holders.iter().any(|(known, _)| known == handle) {
                    holders.push((handle.clone(), name.clone()));
                }
            }
        }
        Ok(Around { rules: self.rules()?, usual, today: self.today(), desk: self, people, cannot_fit, ends })
    }
}

/// Requests that cannot fit because their people are forced over.
type Unfit = HashSet<RequestId>;

fn cannot_fit(team: &TeamData, model: &LoadModel) -> Unfit {
    let verdicts = team.people.iter().map(|person| model.verdict(person.id));
    verdicts.flat_map(|verdict| verdict.forced).flat_map(|forced| forced.culprits).collect()
}

impl Around<'_> {
    fn row(&self, mut request: Request) -> QueueRow {
        if self.desk.is_presenting {
            request.notes.clear();
        }
        let phrases = &self.desk.config.phrases;
        let readiness = readiness::readiness(&request, phrases);
        let (people, mut names) = self
            .people
            .get(&request.id)
            .cloned()
            .unwrap_or_default()
            .into_iter()
            .unzip::<_, _, Vec<_>, Vec<_>>();
        names.extend(people.iter().cloned());
        let calendar = &self.rules.calendar;
        let local_day = |instant| self.desk.clock.local(instant).date_naive();
        let age_days = calendar.between(local_day(request.created), self.today).max(0);
        let tier = self.rules.tier(&request);
        let running = request.ready.map(|ready| calendar.between(local_day(ready), self.today));
        let past = running.map_or(0, |days| (days - self.usual.of(tier)).max(0));
        let basis = Basis {
            today: self.today,
            calendar,
            readiness: readiness.points,
            size: self.rules.size(&request),
            days_past_usual: past,
        };
        let score = score::score(&request, basis);
        let ask = if request.ask.trim().is_empty() { &request.title } else { &request.ask };
        let is_output_worded = request.outcome.trim().is_empty()
            && (phrases.is_output_worded(&request.title)
                || *ask != request.title && phrases.is_output_worded(ask));
        let reasons = self.reasons(&request, past, !people.is_empty());
        let tier_guess = phrases.guess_tier(&request.title);
        QueueRow {
            request,
            people,
            names,
            readiness,
            score,
            tier_guess,
            is_output_worded,
            reasons,
            age_days,
            past_usual: past,
        }
    }

    /// Why a request is at risk (PRODUCT.md, "At risk").
    fn reasons(&self, request: &Request, days_past_usual: i64, is_held: bool) -> Vec<String> {
        let mut reasons = Vec::new();
        if request.stage.is_closed() || request.stage == Stage::OnHold {
            return reasons;
        }
        let left = request.due.map(|due| self.rules.calendar.between(self.today, due));
        if let Some(due) = request.due.filter(|due| *due < self.today) {
            reasons.push(format!("was due {}", day::day_near(due, self.today)));
        }
        if self.cannot_fit.contains(&request.id) {
            reasons.push("cannot fit before it is due: its people are forced over".to_owned());
        }
        if let (Some(end), Some(due)) = (self.ends.get(&request.id), request.due)
            && *end > due
            && due >= self.today
        {
            reasons.push(format!("planned until {}, after it is due", day::day_near(*end, self.today)));
        }
        if let Some(left) = left.filter(|left| *left >= 0) {
            let usual = self.usual.of(self.rules.tier(request));
            if !is_held && left < usual {
                reasons.push(format!("nobody holds it: {} left, {usual} are usual", day::working_days(left)));
            }
            if request.blocked.is_some() && left <= BLOCKED_NEAR {
                reasons.push(format!("blocked with {} left", day::working_days(left)));
            }
        }
        if days_past_usual > 0 {
            reasons.push(format!("{} older than is usual for its tier", day::working_days(days_past_usual)));
        }
        reasons
    }
}

/// By hand first, then overdue hard dates, then by score; age and key settle the rest.
fn sort(rows: &mut [QueueRow], today: NaiveDate) {
    rows.sort_by(|one, other| {
        let overdue =
            |row: &QueueRow| !(row.request.is_due_hard && row.request.due.is_some_and(|due| due < today));
        let by_hand = |row: &QueueRow| (row.request.position.is_none(), row.request.position);
        by_hand(one)
            .cmp(&by_hand(other))
            .then(overdue(one).cmp(&overdue(other)))
            .then(other.score.total().total_cmp(&one.score.total()))
            .then(one.request.id.cmp(&other.request.id))
    });
}
