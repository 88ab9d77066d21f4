//! How the books stand: what follows from the records together with the queue, the load, the meetings and what was
//! delivered. Read when a screen of them is shown.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::super::Desk;
use super::super::queue::QueueRow;
use super::Books;
use crate::domain::day;
use crate::domain::friction::{Friction, FrictionCost, Harm};
use crate::domain::ids::RequestId;
use crate::domain::influence::{self, Flags, Stakeholder, is_same_name};
use crate::domain::ledger::{self, Balance, Gain, Redirect, Week};
use crate::domain::lever::Lever;
use crate::domain::load::LoadModel;
use crate::domain::meeting::Meeting;
use crate::domain::minutes::Minutes;
use crate::domain::outcome::{self, Outcome, Progress, Reading};
use crate::domain::overlap::{self, Overlap, Proposal};
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reflection::trend::Share;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::tie::Swap;
use crate::store::StoreError;

/// Weeks that the ledger's bars show.
const WEEKS: u32 = 12;
/// How far back delivered work is looked at.
const DELIVERED_DAYS: i64 = 90;
/// How far back meetings count as touch; further is cold anyway.
const TOUCH_DAYS: i64 = 62;
/// Waits of so many working days in all are worth a proposal.
const WAIT_DAYS: i64 = 15;
/// Hours a week that waiting costs the lead: chasing, asking again, planning anew. Said as an estimate.
const CHASE_MINUTES_PER_DAY: i64 = 10;

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
    meetings: Vec<Meeting>,
    /// Of each decider: working days that delivered work waited in review, with the rows.
    asked: Vec<(Request, NaiveDate)>,
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
        let asked = self.store.requests_since(self.clock.midnight(day::plus(today, -2 * DELIVERED_DAYS)))?;
        let read = Read {
            delivered,
            meetings: self.meetings(day::plus(today, -TOUCH_DAYS), today)?,
            asked: asked
                .into_iter()
                .map(|request| (local(request.created), request))
                .map(|(on, it)| (it, on))
                .collect(),
        };
        let open: Vec<&Request> = sources.rows.iter().map(|row| &row.request).collect();
        let books = sources.books;
        Ok(Standing {
            outcomes: outcomes(sources, today),
            levers: levers(sources, &read, today),
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

    fn stakeholders(&self, books: &Books, read: &Read) -> Vec<StakeholderStanding> {
        let today = self.today();
        let mut found: Vec<StakeholderStanding> = books
            .stakeholders
            .iter()
            .map(|stakeholder| {
                let last_touch = last_touch(stakeholder, books, read, today);
                let around = influence::Around {
                    promises: &books.promises,
                    decisions: &books.decisions,
                    stances: &books.stances,
                    last_touch,
                    today,
                };
                let trust = books.trust.iter().filter(|trust| trust.stakeholder_id == stakeholder.id);
                let (framed, framed_before) = self.framing(stakeholder, read, today);
                StakeholderStanding {
                    flags: influence::flags(stakeholder, around),
                    last_touch,
                    trust: trust.max_by_key(|trust| (trust.day, trust.id)).map(|trust| trust.level),
                    framed,
                    framed_before,
                    stakeholder: stakeholder.clone(),
                }
            })
            .collect();
        found.sort_by_key(|it| {
            let flags = &it.flags;
            (
                flags.owed.is_empty(),
                flags.opposed.is_empty(),
                flags.cold.is_none(),
                crate::domain::words::fold(&it.stakeholder.name),
            )
        });
        found
    }

    /// Outcome-framed asks of somebody, in the last 90 days and in the 90 before.
    fn framing(&self, stakeholder: &Stakeholder, read: &Read, today: NaiveDate) -> (Share, Share) {
        let mut shares = [Share { part: 0, whole: 0 }; 2];
        for (request, on) in
            read.asked.iter().filter(|(request, _)| is_same_name(&request.requester, &stakeholder.name))
        {
            let share = &mut shares[usize::from((today - *on).num_days() > DELIVERED_DAYS)];
            share.whole += 1;
            share.part += u32::from(!self.config.phrases.is_output_worded(&request.ask));
        }
        (shares[0], shares[1])
    }

    fn friction_proposals(&self, sources: &Sources<'_>, read: &Read) -> Vec<Proposal> {
        let delivered: Vec<(&Request, NaiveDate)> =
            read.delivered.iter().map(|(request, on)| (request, *on)).collect();
        let mut found = overlap::proposals(&delivered, &self.config.tiers, self.today());
        found.extend(self.waits(sources, read));
        let known: Vec<&str> =
            sources.books.frictions.iter().map(|friction| friction.origin.as_str()).collect();
        found.retain(|proposal| !known.contains(&proposal.origin.as_str()));
        found
    }

    /// Brief debt by requester and review wait by decider, where they add up.
    fn waits(&self, sources: &Sources<'_>, read: &Read) -> Vec<Proposal> {
        let today = self.today();
        let local = |instant| self.clock.local(instant).date_naive();
        let mut by: HashMap<(bool, String), (i64, Vec<RequestId>)> = HashMap::new();
        let mut note = |is_review: bool, who: &str, days: i64, id: RequestId| {
            if !who.trim().is_empty() && days > 0 {
                let entry = by.entry((is_review, who.trim().to_owned())).or_default();
                entry.0 += days;
                entry.1.push(id);
            }
        };
        for request in sources.rows.iter().map(|row| &row.request) {
            match request.stage {
                Stage::Clarifying => note(
                    false,
                    &request.requester,
                    day::business_days_between(local(request.created), today, &[]),
                    request.id,
                ),
                Stage::InReview => note(
                    true,
                    &request.decider,
                    day::business_days_between(local(request.stage_since), today, &[]),
                    request.id,
                ),
                _ => {}
            }
        }
        for (request, _) in &read.delivered {
            if let Some(ready) = request.ready {
                note(
                    false,
                    &request.requester,
                    day::business_days_between(local(request.created), local(ready), &[]),
                    request.id,
                );
            }
        }
        let mut found: Vec<Proposal> = by
            .into_iter()
            .filter(|(_, (days, _))| *days >= WAIT_DAYS)
            .map(|((is_review, who), (days, keys))| {
                let (what, origin) =
                    if is_review { ("decision", "review wait") } else { ("brief", "brief debt") };
                Proposal {
                    origin: format!("{origin} {who}"),
                    text: format!("Waiting for {who}’s {what}"),
                    evidence: format!(
                        "{} in all over {} of the last 90 days",
                        day::working_days(days),
                        requests(keys.len())
                    ),
                    minutes: days * CHASE_MINUTES_PER_DAY * 7 / DELIVERED_DAYS,
                    harms: String::new(),
                    keys,
                }
            })
            .collect();
        found.sort_by(|one, other| (other.minutes, &one.origin).cmp(&(one.minutes, &other.origin)));
        found
    }
}

/// What calls for attention, in words: `owes 2 · opposed on D-4 · cold 53 days`.
#[must_use]
pub fn flags_text(flags: &Flags) -> String {
    let mut parts = Vec::new();
    if !flags.owed.is_empty() {
        let keys: Vec<String> =
            flags.owed.iter().map(|number| RecordKey::Numbered(Kind::Promise, *number).to_string()).collect();
        parts.push(format!("owed {}", keys.join(", ")));
    }
    if !flags.opposed.is_empty() {
        let keys: Vec<String> = flags.opposed.iter().map(ToString::to_string).collect();
        parts.push(format!("opposed on {}", keys.join(", ")));
    }
    if let Some(days) = flags.cold {
        parts.push(format!("cold {days} days"));
    }
    parts.join(" · ")
}

/// `1 request`, `4 requests`.
#[must_use]
pub fn requests(count: usize) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{count} requests") }
}

fn last_touch(stakeholder: &Stakeholder, books: &Books, read: &Read, today: NaiveDate) -> Option<NaiveDate> {
    let is_them = |name: &String| is_same_name(name, &stakeholder.name);
    let met = read
        .meetings
        .iter()
        .filter(|meeting| meeting.attendees.iter().any(is_them))
        .map(|meeting| meeting.start.date_naive());
    let decided = books
        .decisions
        .iter()
        .filter(|decision| is_them(&decision.approver))
        .map(|decision| decision.decided.unwrap_or(decision.opened));
    let asked = read.asked.iter().filter(|(request, _)| is_them(&request.requester)).map(|(_, on)| *on);
    let promised = books
        .promises
        .iter()
        .filter(|promise| is_them(&promise.whom))
        .map(|promise| promise.kept.unwrap_or(promise.made));
    met.chain(decided).chain(asked).chain(promised).filter(|day| *day <= today).max()
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
        for item in model.items_of(days.person).iter().filter(|item| !item.is_tentative) {
            crate::domain::load::spread::spread(item, &model.capacity, days, |at, share| {
                walk(item.request, model.capacity.day(at), share);
            });
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

/// A share as the print rule allows it.
fn share(part: usize, whole: usize) -> Share {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Share { part: count(part), whole: count(whole) }
}

fn levers(sources: &Sources<'_>, read: &Read, today: NaiveDate) -> Vec<LeverFigure> {
    let delivered = || read.delivered.iter().map(|(request, _)| request);
    let keys = |requests: Vec<&Request>| requests.into_iter().map(|request| request.id.into()).collect();
    let books = sources.books;
    let reviewed: Vec<&Request> = delivered().filter(|request| request.started.is_some()).collect();
    let first_pass = share(reviewed.iter().filter(|request| request.rounds == 0).count(), reviewed.len());
    let ended: Vec<_> = books
        .risks
        .iter()
        .filter(|risk| matches!(risk.end, Some(influence::RiskEnd::Caught | influence::RiskEnd::Happened)))
        .collect();
    let caught =
        share(ended.iter().filter(|risk| risk.end == Some(influence::RiskEnd::Caught)).count(), ended.len());
    let declared: Vec<&Request> = delivered().filter(|request| !request.measure.trim().is_empty()).collect();
    let recorded =
        share(declared.iter().filter(|request| !request.result.trim().is_empty()).count(), declared.len());
    vec![
        speed(books, today),
        LeverFigure {
            lever: Lever::BrandConsistency,
            text: format!("right first time {first_pass}"),
            value: f64::from(first_pass.part),
            definition: "delivered in the last 90 days without a round back from review, out of all delivered",
            keys: keys(reviewed),
        },
        LeverFigure {
            lever: Lever::RiskReduction,
            text: format!("caught before release {caught}"),
            value: f64::from(caught.part),
            definition: "risks that ended as caught, out of those that were caught or happened",
            keys: ended.iter().map(|risk| RecordKey::Numbered(Kind::Risk, risk.id.0)).collect(),
        },
        LeverFigure {
            lever: Lever::MeasurableImpact,
            text: format!("results recorded {recorded}"),
            value: f64::from(recorded.part),
            definition: "delivered in the last 90 days with a result recorded, out of those with a declared measure",
            keys: keys(declared),
        },
    ]
}

/// Days gained on outcomes of the lever speed; priced only with the owner's own figure.
fn speed(books: &Books, today: NaiveDate) -> LeverFigure {
    let mut keys = Vec::new();
    let (mut parts, mut priced) = (Vec::new(), Vec::new());
    for outcome in books.outcomes.iter().filter(|outcome| outcome.lever == Some(Lever::SpeedToMarket)) {
        let progress = outcome::progress(outcome, &books.readings, today);
        if let (Some(baseline), Some(latest), true) = (outcome.baseline, progress.latest, progress.count > 0)
        {
            parts.push(format!("{}, was {}", outcome.figure(latest), outcome.figure(baseline)));
            keys.push(RecordKey::Numbered(Kind::Outcome, outcome.id.0));
        }
        priced.extend(outcome::speed_value(outcome, &progress).map(|(_, terms)| terms));
    }
    let text = if parts.is_empty() { "days gained: no reading yet".to_owned() } else { parts.join("; ") };
    let text = if priced.is_empty() { text } else { format!("{text} · {}", priced.join("; ")) };
    LeverFigure {
        lever: Lever::SpeedToMarket,
        text,
        value: f64::from(u32::try_from(keys.len()).unwrap_or(u32::MAX)),
        definition: "outcomes of this lever with a reading: the newest reading against the frozen baseline; a price only from the owner’s own value of a day",
        keys,
    }
}
