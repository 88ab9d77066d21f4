//! How the books stand: what follows from the records together with the queue, the load, the meetings and what was
//! delivered. Read when a screen of them is shown.

mod levers;
mod room;
mod waits;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::super::Desk;
use super::super::queue::QueueRow;
use super::Books;
use crate::domain::day;
use crate::domain::friction::{Friction, FrictionCost, Harm};
use crate::domain::ids::RequestId;
use crate::domain::influence::{Flags, Stakeholder, name_key};
use crate::domain::ledger::{self, Balance, Gain, Redirect, Week};
use crate::domain::lever::Lever;
use crate::domain::load::LoadModel;
use crate::domain::minutes::Minutes;
use crate::domain::outcome::{self, Outcome, Progress, Reading};
use crate::domain::overlap::{self, Overlap, Proposal};
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reflection::trend::Share;
use crate::domain::request::Request;
use crate::domain::tie::Swap;
use crate::store::StoreError;

pub use room::flags_text;

/// Weeks that the ledger's bars show.
const WEEKS: u32 = 12;
/// How far back delivered work is looked at.
const DELIVERED_DAYS: i64 = 90;
/// How far back meetings count as touch; further is cold anyway.
const TOUCH_DAYS: i64 = 62;

/// One outcome with what it stands at.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeStanding {
    /// The outcome.
    pub outcome: Outcome,
    /// From baseline to target.
    pub progress: Progress,
    /// Its readings, oldest first.
    pub readings: Vec<Reading>,
    /// Open requests that are for it.
    pub requests: Vec<RequestId>,
    /// Confirmed hours on them in this month.
    pub capacity: Minutes,
    /// Hours a week that are redirected onto it.
    pub redirected: Minutes,
}

/// One gain with what became of its hours.
#[derive(Debug, Clone, PartialEq)]
pub struct GainStanding {
    /// The gain.
    pub gain: Gain,
    /// Today's balance.
    pub balance: Balance,
    /// Since when hours of it have no destination.
    pub unspoken_since: Option<NaiveDate>,
    /// Where its hours went.
    pub redirects: Vec<Redirect>,
}

/// One friction with what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionStanding {
    /// The friction.
    pub friction: Friction,
    /// What it costs the business.
    pub cost: FrictionCost,
}

/// One stakeholder with what calls for attention.
#[derive(Debug, Clone, PartialEq)]
pub struct StakeholderStanding {
    /// Who.
    pub stakeholder: Stakeholder,
    /// Owed, cold, opposed.
    pub flags: Flags,
    /// When they were last met, asked or decided with.
    pub last_touch: Option<NaiveDate>,
    /// The newest reading of trust, 1 to 5.
    pub trust: Option<i64>,
    /// Outcome-framed asks of theirs in the last 90 days, out of all.
    pub framed: Share,
    /// The same for the time before.
    pub framed_before: Share,
}

/// Hours by tier in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Confirmed hours on tiers 0 to 4.
    pub minutes: [Minutes; 5],
}

impl TierWeek {
    /// Hours on tiers 0 and 1 out of all, in whole hours.
    #[must_use]
    pub fn strategy(&self) -> Share {
        let hours = |minutes: Minutes| u32::try_from(minutes.rounded_hours()).unwrap_or(0);
        Share {
            part: hours(self.minutes[0] + self.minutes[1]),
            whole: hours(self.minutes.iter().copied().sum()),
        }
    }
}

/// The four levers as figures that can be traced (research: domain.md §2).
#[derive(Debug, Clone, PartialEq)]
pub struct LeverFigure {
    /// Which one.
    pub lever: Lever,
    /// The figure in words with its n.
    pub text: String,
    /// The figure alone; for speed, how many outcomes have a reading.
    pub value: f64,
    /// How it is counted.
    pub definition: &'static str,
    /// The rows behind it.
    pub keys: Vec<RecordKey>,
}

/// How the books stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// Followed outcomes: what is behind first.
    pub outcomes: Vec<OutcomeStanding>,
    /// The four levers.
    pub levers: Vec<LeverFigure>,
    /// The ledger's last weeks.
    pub weeks: Vec<Week>,
    /// Gains, those with hours to place first.
    pub gains: Vec<GainStanding>,
    /// Frictions, the dearest first; closed ones last.
    pub frictions: Vec<FrictionStanding>,
    /// What the data proposes as friction.
    pub proposals: Vec<Proposal>,
    /// Who matters: owed, opposed, cold, then the rest.
    pub stakeholders: Vec<StakeholderStanding>,
    /// What requests share.
    pub overlaps: Vec<Overlap>,
    /// This month's swaps.
    pub swaps: Vec<Swap>,
    /// Hours by tier of this and the coming weeks.
    pub tiers: Vec<TierWeek>,
}

/// Everything that it follows from.
pub struct Sources<'a> {
    /// The records.
    pub books: &'a Books,
    /// Open requests.
    pub rows: &'a [QueueRow],
    /// The load.
    pub model: &'a LoadModel,
}

/// What was read for it besides.
struct Read {
    delivered: Vec<(Request, NaiveDate)>,
    /// When each name was last in a meeting.
    met: HashMap<String, NaiveDate>,
    /// What each name asked for, in their words, and when.
    asked: HashMap<String, Vec<(String, NaiveDate)>>,
}

impl Desk {
    /// How the books stand now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standing(&self, sources: &Sources<'_>) -> Result<Standing, StoreError> {
        let today = self.today();
        let local = |instant| self.clock.local(instant).date_naive();
        let since = self.clock.midnight(day::plus(today, -DELIVERED_DAYS));
        let delivered = self.store.delivered_requests_since(since)?;
        let delivered =
            delivered.into_iter().filter_map(|it| it.delivered.map(local).map(|on| (it, on))).collect();
        let mut read = Read { delivered, met: HashMap::new(), asked: HashMap::new() };
        for ask in self.store.asks_since(self.clock.midnight(day::plus(today, -2 * DELIVERED_DAYS)))? {
            let of = read.asked.entry(name_key(&ask.requester)).or_default();
            of.push((ask.words, local(ask.created)));
        }
        // In the order of time: the last one stays.
        for meeting in self.meetings(day::plus(today, -TOUCH_DAYS), today)? {
            let on = meeting.start.date_naive();
            read.met.extend(meeting.attendees.iter().map(|name| (name_key(name), on)));
        }
        let open: Vec<&Request> = sources.rows.iter().map(|row| &row.request).collect();
        let books = sources.books;
        Ok(Standing {
            outcomes: outcomes(sources, today),
            levers: levers::levers(sources, &read, today),
            weeks: ledger::weeks(&books.gains, &books.redirects, today, WEEKS),
            gains: gains(books, today),
            frictions: frictions(sources, today),
            proposals: self.friction_proposals(sources, &read),
            stakeholders: self.stakeholders(books, &read),
            overlaps: overlap::overlaps(&open, today),
            swaps: books
                .swaps
                .iter()
                .filter(|swap| (swap.day.year(), swap.day.month()) == (today.year(), today.month()))
                .cloned()
                .collect(),
            tiers: tier_weeks(sources, today),
        })
    }

    /// The books, the queue, the load and how all of it stands, read as of one moment: for commands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn books_standing(&self) -> Result<(Books, Vec<QueueRow>, Standing), StoreError> {
        let today = self.today();
        let found = self.queue_and_load(day::monday(today)..day::plus(today, 7 * i64::from(TIER_WEEKS)))?;
        let books = self.books()?;
        let standing = self.standing(&Sources { books: &books, rows: &found.rows, model: &found.model })?;
        Ok((books, found.rows, standing))
    }
}

/// `1 request`, `4 requests`.
#[must_use]
pub fn requests(count: usize) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{count} requests") }
}

/// Open requests that are for an outcome.
fn aimed(rows: &[QueueRow], outcome: &Outcome) -> Vec<RequestId> {
    rows.iter().filter(|row| row.request.outcome_id == Some(outcome.id)).map(|row| row.request.id).collect()
}

fn outcomes(sources: &Sources<'_>, today: NaiveDate) -> Vec<OutcomeStanding> {
    let month = (day::plus(today, 1 - i64::from(today.day())), end_of_month(today));
    let by_request = minutes_by_request(sources.model, month);
    let books = sources.books;
    let followed = books.outcomes.iter().filter(|outcome| outcome.closed.is_none_or(|closed| closed > today));
    let mut found: Vec<OutcomeStanding> = followed
        .map(|outcome| {
            let requests = aimed(sources.rows, outcome);
            let mut readings: Vec<Reading> =
                books.readings.iter().filter(|reading| reading.outcome_id == outcome.id).cloned().collect();
            readings.sort_by_key(|reading| (reading.day, reading.id));
            let onto = books
                .redirects
                .iter()
                .filter(|redirect| redirect.target.number_of(Kind::Outcome) == Some(outcome.id.0));
            OutcomeStanding {
                progress: outcome::progress(outcome, &books.readings, today),
                capacity: requests.iter().filter_map(|id| by_request.get(id)).copied().sum(),
                redirected: onto.map(|redirect| redirect.on(today)).sum(),
                readings,
                requests,
                outcome: outcome.clone(),
            }
        })
        .collect();
    let urgency = |standing: &OutcomeStanding| match standing.progress.pace() {
        Some("behind") => 0,
        Some("on pace") => 1,
        Some("ahead") => 2,
        None => 3,
        Some(_) => 4,
    };
    found.sort_by_key(|standing| {
        (urgency(standing), standing.outcome.due.is_none(), standing.outcome.due, standing.outcome.id)
    });
    found
}

fn end_of_month(day: NaiveDate) -> NaiveDate {
    let next = day.checked_add_months(chrono::Months::new(1)).and_then(|next| next.with_day(1));
    next.map_or(day, |next| day::plus(next, -1))
}

/// Confirmed minutes of each request between two days.
fn minutes_by_request(model: &LoadModel, (from, to): (NaiveDate, NaiveDate)) -> HashMap<RequestId, Minutes> {
    let mut found = HashMap::new();
    each_confirmed(model, |request, day, minutes| {
        if from <= day && day <= to {
            *found.entry(request).or_insert(Minutes::ZERO) += minutes;
        }
    });
    found
}

/// Walks all confirmed work of people day by day.
fn each_confirmed(model: &LoadModel, mut walk: impl FnMut(RequestId, NaiveDate, Minutes)) {
    for days in model.capacity.people().iter().filter(|person| !person.is_role) {
        for (item, parts) in model.laid(days.person) {
            for (at, minutes) in parts.into_iter().filter(|_| !item.is_tentative) {
                walk(item.request, model.capacity.day(at), minutes);
            }
        }
    }
}

/// So many weeks of the tier mix are shown.
pub const TIER_WEEKS: u32 = 8;

fn tier_weeks(sources: &Sources<'_>, today: NaiveDate) -> Vec<TierWeek> {
    let tiers: HashMap<RequestId, u8> = sources
        .rows
        .iter()
        .map(|row| (row.request.id, row.request.tier.unwrap_or(row.tier_guess).number()))
        .collect();
    let first = day::monday(today);
    let mut weeks: Vec<TierWeek> = (0..TIER_WEEKS)
        .map(|week| TierWeek { monday: day::plus(first, 7 * i64::from(week)), minutes: [Minutes::ZERO; 5] })
        .collect();
    each_confirmed(sources.model, |request, day, minutes| {
        let week = usize::try_from((day - first).num_days().div_euclid(7)).ok();
        if let (Some(week), Some(tier)) = (week.and_then(|week| weeks.get_mut(week)), tiers.get(&request)) {
            week.minutes[usize::from(*tier)] += minutes;
        }
    });
    weeks
}

fn gains(books: &Books, today: NaiveDate) -> Vec<GainStanding> {
    let mut found: Vec<GainStanding> = books
        .gains
        .iter()
        .map(|gain| GainStanding {
            balance: ledger::balance(gain, &books.redirects, today),
            unspoken_since: ledger::unspoken_since(gain, &books.redirects, today),
            redirects: books
                .redirects
                .iter()
                .filter(|redirect| redirect.gain_id == gain.id)
                .cloned()
                .collect(),
            gain: gain.clone(),
        })
        .collect();
    found.sort_by_key(|it| (it.unspoken_since.is_none(), it.unspoken_since, it.gain.id));
    found
}

fn frictions(sources: &Sources<'_>, today: NaiveDate) -> Vec<FrictionStanding> {
    let serves = |friction: &Friction| match friction.harmed() {
        Some(Harm::Record(key)) => key.request().is_some_and(|id| {
            sources.rows.iter().any(|row| row.request.id == id && row.request.outcome_id.is_some())
        }),
        _ => false,
    };
    let mut found: Vec<FrictionStanding> = sources
        .books
        .frictions
        .iter()
        .map(|friction| FrictionStanding {
            cost: FrictionCost::of(friction, serves(friction), today),
            friction: friction.clone(),
        })
        .collect();
    found.sort_by_key(|it| (!it.friction.is_open(), std::cmp::Reverse(it.cost.points()), it.friction.id));
    found
}
