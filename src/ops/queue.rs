//! The queue: open requests in the order in which they deserve a decision, each with its reasons.

use std::collections::{HashMap, HashSet};

use super::assign::Rules;
use super::load::TeamData;
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
use crate::store::StoreError;
use chrono::NaiveDate;

/// The trailing window of the p85, and how many deliveries it needs before it is believed.
const P85_DAYS: i64 = 90;
const P85_ENOUGH: usize = 10;
/// A block this close to the due day is a risk.
const BLOCKED_NEAR: i64 = 3;

/// How many open requests there are, and how many of them need a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Open.
    pub open: usize,
    /// New.
    pub new: usize,
    /// At risk.
    pub at_risk: usize,
}

impl Counts {
    /// Counts rows.
    #[must_use]
    pub fn of(rows: &[QueueRow]) -> Self {
        Self {
            open: rows.len(),
            new: rows.iter().filter(|row| row.request.stage == Stage::New).count(),
            at_risk: rows.iter().filter(|row| !row.reasons.is_empty()).count(),
        }
    }
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    days: [i64; 5],
}

impl Usual {
    /// The p85 of the last 90 days where ten or more were delivered, otherwise the configured days.
    fn read(desk: &Desk) -> Result<Self, StoreError> {
        let calendar = desk.calendar()?;
        let since = desk.clock.midnight(day::plus(desk.today(), -P85_DAYS));
        let mut taken: [Vec<i64>; 5] = Default::default();
        for row in desk.store.delivered_since(since)? {
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
    /// For the line above the queue.
    pub counts: Counts,
}

impl Desk {
    /// Reads the queue of open requests and the load behind it, as of one moment. `days` are those that a
    /// screen wants to show of the load.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue_and_load(&self, days: std::ops::Range<NaiveDate>) -> Result<QueueAndLoad, StoreError> {
        self.store.reading(|store| {
            let requests = store.open_requests()?;
            let team = TeamData::read(store)?;
            let shares = store.open_allocations()?;
            let work = super::load::work(&self.rules()?, &requests, &shares);
            let model = self.model_of(&team, &work, days);
            let around = self.around(&shares, &team, &model)?;
            let mut rows: Vec<QueueRow> = requests.into_iter().map(|request| around.row(request)).collect();
            sort(&mut rows, self.today());
            Ok(QueueAndLoad { counts: Counts::of(&rows), rows, work, model, team })
        })
    }

    /// The requests that fit a filter, in queue order; at most `limit` of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<QueueRow>, OpsError> {
        let today = self.today();
        let mut found = self.queue_and_load(today..today)?;
        if filter.wants_closed() {
            let closed = self.store.all_requests()?.into_iter().filter(|request| request.stage.is_closed());
            let shares = self.store.open_allocations()?;
            let around = self.around(&shares, &found.team, &found.model)?;
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
        self.store.reading(|store| {
            let today = self.today();
            let request = store.request(id)?;
            let team = TeamData::read(store)?;
            let shares = store.open_allocations()?;
            let requests = store.sizes_of_open_requests()?;
            let work = super::load::work(&self.rules()?, &requests, &shares);
            let model = self.model_of(&team, &work, today..today);
            Ok(self.around(&shares, &team, &model)?.row(request))
        })
    }

    fn around(
        &self,
        shares: &[Allocation],
        team: &TeamData,
        model: &LoadModel,
    ) -> Result<Around<'_>, StoreError> {
        let (names, usual, cannot_fit) = (team.names(), Usual::read(self)?, cannot_fit(team, model));
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
