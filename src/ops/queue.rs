//! The queue: open requests in the order in which they deserve a decision, each with its reasons.

mod closed;
mod column;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::load::TeamData;
use super::rules::Rules;
use super::work::Work;
use super::{Desk, OpsError};
use crate::domain::day;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::load::LoadModel;
use crate::domain::load::left::LeftOfRequest;
use crate::domain::measures::{LATELY, Span, flow};
use crate::domain::minutes::Minutes;
use crate::domain::private::PrivateKeys;
use crate::domain::readiness::{self, Readiness};
use crate::domain::reframe;
use crate::domain::request::Request;
use crate::domain::score::{self, Basis, Score};
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::domain::words::filter::{Danger, Filter, FilterSubject, RequestDays};
use crate::store::StoreError;
use chrono::NaiveDate;

/// A block this close to the due day is a risk.
const BLOCKED_NEAR: i64 = 3;

/// How many open requests there are, and how many of them need a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub open: usize,
    pub new: usize,
    pub late: usize,
    pub at_risk: usize,
    pub blocked: usize,
    /// Waiting for an answer of whoever asked.
    pub with_requester: usize,
}

impl Counts {
    pub fn of(rows: &[QueueRow]) -> Self {
        Self {
            open: rows.len(),
            new: rows.iter().filter(|row| row.request.stage == Stage::New).count(),
            late: rows.iter().filter(|row| row.late.is_some()).count(),
            at_risk: rows.iter().filter(|row| !row.reasons.is_empty()).count(),
            blocked: rows.iter().filter(|row| row.request.blocked.is_some()).count(),
            with_requester: rows.iter().filter(|row| row.request.stage == Stage::Clarifying).count(),
        }
    }
}

/// One row of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueRow {
    pub request: Request,
    /// Handles of those who were given it.
    pub people: Vec<String>,
    /// How many shares of it are held by somebody who is still there: after a last day they lie with nobody.
    pub holders: usize,
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
    /// Its day has passed and it is not delivered.
    pub late: Option<Late>,
    /// Why it is at risk and can still be saved; empty if it is not, or late already.
    pub reasons: Vec<String>,
    /// What is left to be done; `None` where nobody has said how long it takes or how much is left.
    pub left: Option<Minutes>,
    /// When hours left were said last.
    pub left_on: Option<NaiveDate>,
    /// The lead's days of what happened to it.
    pub days: RequestDays,
    /// Its people are forced over, and it is among what they cannot do in time.
    pub is_forced_over: bool,
    /// It is kept from others.
    pub is_private: bool,
    /// Working days since it was ready, or since it came in while it is not.
    pub age_days: i64,
    /// Working days beyond what is usual for its tier; zero while it is younger.
    pub past_usual: i64,
}

/// What puts a row where it stands, the first before the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// An order that somebody made is a decision, and no score argues with it.
    ByHand,
    LateHardDay,
    Score,
}

impl QueueRow {
    /// The one mark that it gets in a list: the worse one where two would hold.
    pub const fn mark(&self) -> RowMark {
        if self.late.is_some() {
            RowMark::Late
        } else if self.request.blocked.is_some() {
            RowMark::Blocked
        } else if !self.reasons.is_empty() {
            RowMark::AtRisk
        } else if self.is_output_worded {
            RowMark::OutputWorded
        } else {
            RowMark::None
        }
    }

    /// What puts it where it stands in the queue.
    pub fn rank(&self) -> Rank {
        // Work on hold is never late, so its hard day puts it before nothing.
        let is_past = self.late.as_ref().is_some_and(|late| !late.is_share);
        match self.request.position {
            Some(_) => Rank::ByHand,
            None if self.request.is_due_hard && is_past => Rank::LateHardDay,
            None => Rank::Score,
        }
    }

    /// Why it needs somebody: how late it is, or what puts it at risk.
    pub fn told(&self, today: NaiveDate) -> Vec<String> {
        let late = self.late.map(|late| late.sentence(today));
        late.into_iter().chain(self.reasons.clone()).collect()
    }

    /// `42 of 100; tier 1 is ready from 80`
    pub fn readiness_text(&self, ready_at: u8) -> String {
        let tier = self.request.tier.unwrap_or(self.tier_guess).number();
        let wanted = if self.readiness.points < ready_at && self.request.stage.is_intake() {
            format!("; tier {tier} is ready from {ready_at}")
        } else {
            String::new()
        };
        format!("{} of 100{wanted}", self.readiness.points)
    }

    /// Somebody who is still there holds it.
    pub const fn is_held(&self) -> bool {
        self.holders > 0
    }

    /// As a filter sees it.
    pub fn subject(&self) -> FilterSubject<'_> {
        FilterSubject {
            request: &self.request,
            people: &self.names,
            is_held: self.is_held(),
            danger: Danger {
                is_late: self.late.is_some(),
                is_at_risk: !self.reasons.is_empty(),
                is_forced_over: self.is_forced_over,
            },
            left: self.left,
            is_output_worded: self.is_output_worded,
            is_private: self.is_private,
            readiness: self.readiness.points,
            score: self.score.total(),
            age_days: self.age_days,
            days: self.days,
            tier_guess: self.tier_guess,
        }
    }
}

/// What a row is marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowMark {
    /// Its day has passed.
    Late,
    /// It waits for something.
    Blocked,
    /// It can still be saved.
    AtRisk,
    /// It asks for things and names no change.
    OutputWorded,
    None,
}

/// How late something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// The day that has passed.
    pub since: NaiveDate,
    /// Working days since then.
    pub days: i64,
    /// It has no due day; it is the last day of a share that has passed.
    pub is_share: bool,
    /// It is planned again, until this day.
    pub planned_until: Option<NaiveDate>,
}

impl Late {
    /// As a sentence: `was due Fri 20 Nov, 4 working days late, planned until Fri 27 Nov`.
    pub fn sentence(&self, today: NaiveDate) -> String {
        let planned = self.planned_until.map(|day| format!(", planned until {}", day::day_near(day, today)));
        let days =
            if self.days == 0 { String::new() } else { format!(", {} late", day::working_days(self.days)) };
        let was = if self.is_share { "was planned until" } else { "was due" };
        format!("{was} {}{days}{}", day::day_near(self.since, today), planned.unwrap_or_default())
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
        let since = desk.clock.midnight(Span::trailing(desk.today(), LATELY).from);
        let mut taken: [Vec<i64>; 5] = Default::default();
        for row in desk.store.delivered_since(since)? {
            if let Some(tier) = row.tier {
                let (from, to) = (desk.clock.day_of(row.ready), desk.clock.day_of(row.delivered));
                taken[usize::from(tier.number())].push(calendar.between(from, to));
            }
        }
        let mut of = |tier: usize| flow::p85(std::mem::take(&mut taken[tier]));
        let configured = |tier: usize| i64::from(desk.config.tiers.0[tier].usual_days);
        Ok(Self { days: std::array::from_fn(|tier| of(tier).unwrap_or_else(|| configured(tier))) })
    }

    pub fn of(&self, tier: Tier) -> i64 {
        self.days[usize::from(tier.number())]
    }
}

/// Everything that the rows need besides their requests.
struct RowContext<'a> {
    rules: Rules,
    usual: Usual,
    today: NaiveDate,
    desk: &'a Desk,
    people: HashMap<RequestId, Vec<(String, String)>>,
    /// How many shares of requests are held by somebody who is still there.
    holders: HashMap<RequestId, usize>,
    cannot_fit: Unfit,
    private: PrivateKeys,
    work: &'a Work,
}

/// The queue and the model of the load that its risks come from.
pub struct QueueAndLoad {
    /// Open requests in queue order.
    pub rows: Vec<QueueRow>,
    /// What is left of them.
    pub work: Work,
    /// The load of everybody.
    pub model: LoadModel,
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
            let (team, work) = self.work()?;
            let model = self.model_of(&team, &work, days);
            let around = self.around(&team, &work, &model)?;
            let rows = requests.into_iter().map(|request| around.row(request));
            // The load behind it stays whole: hours that are taken are taken, whoever looks on.
            let mut rows: Vec<QueueRow> = rows.filter(|row| self.is_shown(row)).collect();
            sort(&mut rows);
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
            // Behind the open ones, whatever their score: they need no decision any more.
            found.rows.extend(self.closed_requests()?);
        }
        found.rows.retain(|row| filter.matches(&row.subject()));
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
            let (team, work) = self.work()?;
            let model = self.model_of(&team, &work, today..today);
            let row = self.around(&team, &work, &model)?.row(request);
            if self.is_shown(&row) { Ok(row) } else { Err(StoreError::Missing(format!("request {id}"))) }
        })
    }

    /// True unless it is private and others look on.
    fn is_shown(&self, row: &QueueRow) -> bool {
        !(self.is_presenting && row.is_private)
    }

    fn around<'a>(
        &'a self,
        team: &TeamData,
        work: &'a Work,
        model: &LoadModel,
    ) -> Result<RowContext<'a>, StoreError> {
        let names = team.names();
        let mut people: HashMap<RequestId, Vec<(String, String)>> = HashMap::new();
        let today = self.today();
        let gone: HashSet<PersonId> =
            team.people.iter().filter(|person| person.has_left(today)).map(|person| person.id).collect();
        let mut holders: HashMap<RequestId, usize> = HashMap::new();
        for share in &work.held {
            if !gone.contains(&share.allocation.person) {
                *holders.entry(share.allocation.request).or_default() += 1;
            }
            if let Some((handle, name)) = names.get(&share.allocation.person) {
                let holders = people.entry(share.allocation.request).or_default();
                if !holders.iter().any(|(known, _)| known == handle) {
                    holders.push((handle.clone(), name.clone()));
                }
            }
        }
        let (rules, usual) = (self.rules_with(team.calendar()), Usual::read(self)?);
        let cannot_fit = cannot_fit(team, model);
        let private = self.private_keys()?;
        Ok(RowContext { rules, usual, today, desk: self, people, holders, cannot_fit, private, work })
    }
}

/// Requests that cannot fit because their people are forced over.
type Unfit = HashSet<RequestId>;

fn cannot_fit(team: &TeamData, model: &LoadModel) -> Unfit {
    let verdicts = team.people.iter().map(|person| model.verdict(person.id));
    verdicts.flat_map(|verdict| verdict.forced).flat_map(|forced| forced.culprits).collect()
}

/// The requests of a queue that somebody holds, by key and title.
pub fn held_by(handle: &str, rows: &[QueueRow]) -> Vec<String> {
    let held = rows.iter().filter(|row| row.people.iter().any(|holder| holder == handle));
    held.map(|row| format!("{} {}", row.request.id, row.request.title)).collect()
}

impl RowContext<'_> {
    fn row(&self, mut request: Request) -> QueueRow {
        // Here and not where rows are drawn: nothing that is made of a row can show them.
        if self.desk.is_presenting {
            request.notes.clear();
        }
        let phrases = &self.desk.config.phrases;
        let readiness = readiness::readiness(&request, phrases);
        let (people, names) = self.holders(request.id);
        let calendar = &self.rules.calendar;
        let local_day = |instant| self.desk.clock.day_of(instant);
        // Asked once: finding it in the words is the dearest part of a row.
        let tier_guess = phrases.guess_tier(&request.title);
        let tier = request.tier.unwrap_or(tier_guess);
        let running = request.ready.map(|ready| calendar.between(local_day(ready), self.today));
        // Counted from the day on which it was ready: what waited for its requester before is not the studio's
        // age. While it is not, it tells how long whoever asked has waited.
        let age_days = running.unwrap_or_else(|| calendar.between(local_day(request.created), self.today));
        // What is on hold, or went back to whoever asked, is not at work. Of what came in under way it is so long at
        // the least.
        let at_work = request.ready_by().filter(|_| request.stage.is_committed());
        let past = at_work.map_or(0, |since| calendar.between(local_day(since), self.today));
        let past = (past - self.usual.of(tier)).max(0);
        let basis = Basis {
            today: self.today,
            calendar,
            readiness: readiness.points,
            size: request.estimate.unwrap_or_else(|| self.rules.usual(tier)),
            days_past_usual: past,
        };
        let score = score::score(&request, basis);
        let ask = if request.ask.trim().is_empty() { &request.title } else { &request.ask };
        // The judgement of the ladder and the rubric: an outcome that names things only is none yet.
        let is_output_worded = !reframe::has_outcome(&request.outcome, phrases)
            && (phrases.is_output_worded(&request.title)
                || *ask != request.title && phrases.is_output_worded(ask));
        let late = self.late(&request);
        // What is late is not also at risk: it would stand under two headings, and be counted twice.
        let reasons = if late.is_some() { Vec::new() } else { self.reasons(&request, past) };
        let left = self.work.left.get(&request.id);
        let all_done = request.stage.is_closed().then_some(Minutes::ZERO);
        QueueRow {
            days: self.days(&request),
            is_forced_over: self.cannot_fit.contains(&request.id),
            is_private: self.private.has(&request.id.into()),
            holders: self.holders_of(request.id),
            request,
            people,
            names,
            readiness,
            score,
            tier_guess,
            is_output_worded,
            late,
            reasons,
            left: all_done.or_else(|| left.and_then(LeftOfRequest::known)),
            left_on: left.and_then(|left| left.said_on),
            age_days: age_days.max(0),
            past_usual: past,
        }
    }

    fn holders_of(&self, id: RequestId) -> usize {
        self.holders.get(&id).copied().unwrap_or_default()
    }

    /// The handles of those who were given a request, and their names and handles.
    fn holders(&self, id: RequestId) -> (Vec<String>, Vec<String>) {
        let holders = self.people.get(&id).cloned().unwrap_or_default();
        let (people, mut names): (Vec<_>, Vec<_>) = holders.into_iter().unzip();
        // Filters find people by either; what is shown is the handle.
        names.extend(people.iter().cloned());
        (people, names)
    }

    fn days(&self, request: &Request) -> RequestDays {
        let day = |instant| self.desk.clock.day_of(instant);
        RequestDays {
            created: day(request.created),
            ready: request.ready.map(day),
            started: request.started.map(day),
            delivered: request.delivered.map(day),
            since: day(request.stage_since),
        }
    }

    /// Whether a request is late: its due day has passed, or, without a due day, a share of it is late. Work on
    /// hold never is.
    fn late(&self, request: &Request) -> Option<Late> {
        if request.stage.is_closed() || request.stage == Stage::OnHold {
            return None;
        }
        let by_due = request.due.filter(|_| request.is_late(self.today));
        let shares = || self.work.left.get(&request.id).into_iter().flat_map(|left| &left.shares);
        let ends =
            shares().filter(|(_, left)| left.left.is_positive()).map(|(share, _)| share.deadline(self.today));
        // Without a due day a late share makes its request late.
        let by_share = ends.clone().min().filter(|end| request.due.is_none() && *end < self.today);
        let since = by_due.or(by_share)?;
        let planned_until = ends.max().filter(|end| *end >= self.today);
        Some(Late {
            since,
            is_share: by_due.is_none(),
            days: self.rules.calendar.between(since, self.today),
            planned_until,
        })
    }

    /// Why a request is at risk, as sentences; none where it is closed or on hold.
    fn reasons(&self, request: &Request, days_past_usual: i64) -> Vec<String> {
        let mut reasons = Vec::new();
        if request.stage.is_closed() || request.stage == Stage::OnHold {
            return reasons;
        }
        let left = request.due.map(|due| self.rules.calendar.between(self.today, due));
        if self.cannot_fit.contains(&request.id) {
            reasons.push("cannot be done before it is due: its people have no room for it".to_owned());
        }
        let ends = self.work.left.get(&request.id).into_iter().flat_map(|left| &left.shares);
        // Of a share of which nothing is left no day is planned any more, whatever its window says.
        let ends = ends.filter(|(_, left)| left.left.is_positive());
        let end = ends.map(|(share, _)| share.allocation.to).max();
        if let (Some(end), Some(due)) = (end, request.due)
            && end > due
        {
            reasons.push(format!("planned until {}, after it is due", day::day_near(end, self.today)));
        }
        // What is past its day is told as late, or is on hold.
        if let Some(left) = left.filter(|left| *left >= 0) {
            let usual = self.usual.of(self.rules.tier(request));
            // In review its work is done, whoever did it.
            if self.holders_of(request.id) == 0 && left < usual && request.stage != Stage::InReview {
                reasons.push(format!("nobody holds it: {} left, {usual} are usual", day::working_days(left)));
            }
            if request.blocked.is_some() && left <= BLOCKED_NEAR {
                reasons.push(format!("blocked with {} left", day::working_days(left)));
            }
        }
        if days_past_usual > 0 {
            let at_least = if request.ready.is_some() { "" } else { "at least " };
            let days = day::working_days(days_past_usual);
            reasons.push(format!("{at_least}{days} older than is usual for its tier"));
        }
        reasons
    }
}

/// By hand first, then overdue hard dates, then by score; age and key settle the rest.
fn sort(rows: &mut [QueueRow]) {
    // By keys that are made once: rows are large, and moving them at each comparison was about a tenth of a start with
    // 100,000 open requests.
    rows.sort_by_cached_key(|row| {
        (
            row.rank(),
            row.request.position,
            // Of what is never negative the bits stand in the order of the numbers.
            Reverse(row.score.total().to_bits()),
            // Older first, and never left to chance: rows must not change places while somebody looks at them.
            row.request.id,
        )
    });
}

#[cfg(test)]
mod tests;
