//! How the books stand: what follows from the records together with the queue, the load, the meetings and what was
//! delivered. Read when a screen of them is shown.

mod room;
mod waits;

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::super::Desk;
use super::super::figures::FigureReach;
use super::super::queue::QueueRow;
use super::Books;
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::friction::{Friction, FrictionCost};
use crate::domain::ids::{FrictionId, RequestId};
use crate::domain::influence::{Flags, Stakeholder, name_key};
use crate::domain::ledger::{self, Balance, Gain, Redirect, Week};
use crate::domain::load::LoadModel;
use crate::domain::measures::levers::{self, LeverFigure};
use crate::domain::measures::{self, Facts, LATELY, Measured, Share, Span, WorkFacts, flow, hours};
use crate::domain::minutes::Minutes;
use crate::domain::outcome::{self, Outcome, Progress, Reading};
use crate::domain::overlap::{self, Overlap};
use crate::domain::proposal::Proposal;
use crate::domain::record::Kind;
use crate::domain::request::Request;
use crate::domain::tie::Swap;
use crate::store::StoreError;

pub use room::flags_text;

/// Weeks that the ledger's bars show.
const WEEKS: u32 = 12;
/// How far back meetings count as touch; further is cold anyway.
const TOUCH_DAYS: i64 = 62;

/// One outcome with what it stands at.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeStanding {
    pub outcome: Outcome,
    /// From baseline to target.
    pub progress: Progress,
    /// Its readings, oldest first.
    pub readings: Vec<Reading>,
    /// Open requests that are for it.
    pub requests: Vec<RequestId>,
    /// Confirmed hours on them in this month, out of all.
    pub capacity: Measured,
    /// Hours a week that are redirected onto it.
    pub redirected: Minutes,
}

/// One gain with what became of its hours.
#[derive(Debug, Clone, PartialEq)]
pub struct GainStanding {
    pub gain: Gain,
    pub balance: Balance,
    /// Since when hours of it have no destination.
    pub unspoken_since: Option<NaiveDate>,
    /// Where its hours went.
    pub redirects: Vec<Redirect>,
}

/// One friction with what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct FrictionStanding {
    pub friction: Friction,
    /// What it costs the business.
    pub cost: FrictionCost,
}

/// One stakeholder with what calls for attention.
#[derive(Debug, Clone, PartialEq)]
pub struct StakeholderStanding {
    pub stakeholder: Stakeholder,
    /// Why they stand where they do in the list.
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

/// Hours of one week: done on its days that are over, planned for the others.
#[derive(Debug, Clone, PartialEq)]
pub struct TierWeek {
    /// The first day of the week.
    pub monday: NaiveDate,
    /// Confirmed hours on tiers 0 to 4.
    pub minutes: [Minutes; 5],
    /// The part of them that shapes strategy.
    pub strategy: Measured,
    /// All of them out of the time that there is.
    pub utilisation: Measured,
}

/// How the books stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BooksReport {
    /// Followed outcomes: what is behind first.
    pub outcomes: Vec<OutcomeStanding>,
    /// Those that were closed, as they stood then.
    pub closed: Vec<OutcomeStanding>,
    /// One of each lever, over the last 90 days.
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
    pub overlaps: Vec<Overlap>,
    /// What was moved for what in the month of today.
    pub swaps: Vec<Swap>,
    /// Hours by tier of the last, this and the coming weeks.
    pub tiers: Vec<TierWeek>,
    /// How long open work has been ready, to stand beside how full people are.
    pub age: Option<Measured>,
}

/// Everything that it follows from.
pub struct Sources<'a> {
    pub books: &'a Books,
    /// Open requests, all of them: a filter of the screen is not the business of a report.
    pub rows: &'a [QueueRow],
    /// The load over at least the days that [`hours_shown`] gives.
    pub model: &'a LoadModel,
}

/// What was read for it besides.
struct ReportSources<'a> {
    facts: Facts<'a>,
    /// Delivered lately, each with its local day.
    delivered: Vec<(Request, NaiveDate)>,
    /// When each name was last in a meeting.
    met: HashMap<String, NaiveDate>,
}

impl Desk {
    /// How the books stand now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn report(&self, sources: &Sources<'_>) -> Result<BooksReport, StoreError> {
        let today = self.today();
        let lately = Span::trailing(today, LATELY);
        let books = sources.books;
        let figures = self
            .figure_sources(FigureReach { since: lately.from, hours: hours_shown(today) })?
            .with_plan(sources.model, hours_shown(today))
            // From the days before as well: how asks are framed is told against the same length of time
            // earlier.
            .with_asks(self.asks_from(lately.before().from)?);
        let local = |instant| self.clock.day_of(instant);
        let delivered = self.store.delivered_requests_since(self.clock.midnight(lately.from))?;
        let delivered =
            delivered.into_iter().filter_map(|it| it.delivered.map(local).map(|on| (it, on))).collect();
        let mut read = ReportSources { facts: figures.facts(books), delivered, met: HashMap::new() };
        // In the order of time: the last one stays.
        let mut met = self.meetings(day::plus(today, -TOUCH_DAYS), today)?;
        // Somebody who is met in the afternoon was not met in the morning.
        met.retain(|meeting| meeting.start <= self.now());
        for meeting in met {
            let on = meeting.start.date_naive();
            // Under the name as the calendar spells it; whose it is, is asked of each stakeholder.
            read.met.extend(meeting.attendees.iter().map(|name| (name_key(name), on)));
        }
        let open: Vec<&Request> = sources.rows.iter().map(|row| &row.request).collect();
        let (followed, closed) = outcomes(sources, &read.facts);
        Ok(BooksReport {
            outcomes: followed,
            closed,
            levers: levers::levers(&read.facts, lately),
            weeks: ledger::weeks(&books.gains, &books.redirects, today, WEEKS),
            gains: gains(books, today),
            frictions: frictions(books, &self.serving(books)?, today),
            proposals: self.friction_proposals(sources, &read)?,
            stakeholders: self.stakeholders(books, &read),
            overlaps: overlap::overlaps(&open, today),
            swaps: books
                .swaps
                .iter()
                .filter(|swap| (swap.day.year(), swap.day.month()) == (today.year(), today.month()))
                .cloned()
                .collect(),
            tiers: tier_weeks(&read.facts),
            age: Some(flow::work_item_age(&read.facts, Span::day(today))),
        })
    }

    /// The books, the queue, the load and how all of it stands, read as of one moment: for commands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn books_standing(&self) -> Result<(Books, Vec<QueueRow>, BooksReport), StoreError> {
        self.store.reading(|_| {
            let today = self.today();
            let found =
                self.queue_and_load(day::monday(today)..day::plus(today, 7 * i64::from(TIER_WEEKS)))?;
            let books = self.books()?;
            let report = self.report(&Sources { books: &books, rows: &found.rows, model: &found.model })?;
            Ok((books, found.rows, report))
        })
    }
}

/// `1 request`, `4 requests`.
pub fn requests(count: usize) -> String {
    counted(count, "request", "requests")
}

/// Open requests that are for an outcome.
fn aimed(rows: &[QueueRow], outcome: &Outcome) -> Vec<RequestId> {
    rows.iter().filter(|row| row.request.outcome_id == Some(outcome.id)).map(|row| row.request.id).collect()
}

/// The month of a day, from its first day to its last.
fn month(on: NaiveDate) -> Span {
    let from = day::plus(on, 1 - i64::from(on.day()));
    let next = from.checked_add_months(chrono::Months::new(1)).unwrap_or(from);
    Span { from, to: day::plus(next, -1) }
}

/// The days of which a board shows hours: the weeks of the tier mix and the whole month.
fn hours_shown(today: NaiveDate) -> Span {
    let first = day::plus(day::monday(today), -7 * PAST_WEEKS);
    let last = day::plus(first, 7 * i64::from(TIER_WEEKS) - 1);
    let month = month(today);
    Span { from: first.min(month.from), to: last.max(month.to) }
}

/// Outcomes that are followed, and those that are not any more.
fn outcomes(sources: &Sources<'_>, facts: &Facts<'_>) -> (Vec<OutcomeStanding>, Vec<OutcomeStanding>) {
    let (books, today) = (sources.books, facts.today);
    let mut found: Vec<OutcomeStanding> = books
        .outcomes
        .iter()
        .map(|outcome| {
            // What was delivered this month took hours of it, too.
            let is_for = |work: &&WorkFacts| work.outcome == Some(outcome.id);
            let work: Vec<RequestId> = facts.work.iter().filter(is_for).map(|work| work.id).collect();
            let own = outcome::own_readings(outcome, &books.readings, today);
            let onto = books
                .redirects
                .iter()
                .filter(|redirect| redirect.target.number_of(Kind::Outcome) == Some(outcome.id.0));
            OutcomeStanding {
                progress: outcome::progress(outcome, &books.readings, today),
                capacity: hours::hours_on(facts, month(today), &work),
                redirected: onto.map(|redirect| redirect.on(today)).sum(),
                readings: own.into_iter().cloned().collect(),
                requests: aimed(sources.rows, outcome),
                outcome: outcome.clone(),
            }
        })
        .collect();
    found.sort_by_key(|it| (it.progress.urgency(), it.outcome.due.is_none(), it.outcome.due, it.outcome.id));
    found.into_iter().partition(|it| measures::outcomes::was_followed(facts, &it.outcome, today))
}

/// So many weeks of the tier mix are shown, the last ones first.
pub const TIER_WEEKS: u32 = 8;
/// Of these, so many are over.
pub const PAST_WEEKS: i64 = 2;

fn tier_weeks(facts: &Facts<'_>) -> Vec<TierWeek> {
    let first = day::plus(day::monday(facts.today), -7 * PAST_WEEKS);
    let week = |at: u32| {
        let week = Span::week(day::plus(first, 7 * i64::from(at)));
        TierWeek {
            monday: week.from,
            minutes: hours::tier_mix(facts, week),
            strategy: hours::strategy_share(facts, week),
            utilisation: hours::utilisation(facts, week),
        }
    };
    (0..TIER_WEEKS).map(week).collect()
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
    // `None` sorts first by itself, and would put what is settled in front of what evaporates.
    found.sort_by_key(|it| (it.unspoken_since.is_none(), it.unspoken_since, it.gain.id));
    found
}

fn frictions(books: &Books, serving: &HashSet<FrictionId>, today: NaiveDate) -> Vec<FrictionStanding> {
    let standing = |friction: &Friction| FrictionStanding {
        cost: FrictionCost::of(friction, serving.contains(&friction.id), today),
        friction: friction.clone(),
    };
    let mut found: Vec<FrictionStanding> = books.frictions.iter().map(standing).collect();
    found.sort_by_key(|it| (!it.friction.is_open(), std::cmp::Reverse(it.cost.points()), it.friction.id));
    found
}

#[cfg(test)]
mod tests;
