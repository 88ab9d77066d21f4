//! Counting the numbers: delivered work, outcomes, the ledger and risks, in the last 90 days and in the 90 before.

use chrono::NaiveDate;

use super::{ENOUGH, Measured, Number, Value};
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::influence::{Risk, RiskEnd};
use crate::domain::ledger::{self, Gain, Redirect};
use crate::domain::lever::Lever;
use crate::domain::minutes::Minutes;
use crate::domain::outcome::{Direction, Outcome, Reading};
use crate::domain::record::{Kind, RecordKey};
use crate::domain::tier::Tier;
use crate::domain::workdays::WorkCalendar;

/// Days of a window.
pub const DAYS: i64 = 90;
/// Readings that tell a movement of an outcome.
const READINGS: u32 = 2;

/// One delivered request as the numbers need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    /// Which.
    pub id: RequestId,
    /// On which day.
    pub on: NaiveDate,
    /// When it was ready.
    pub ready: Option<NaiveDate>,
    /// The first day that was agreed.
    pub agreed: Option<NaiveDate>,
    /// Its tier.
    pub tier: Option<Tier>,
    /// How often it went back from review.
    pub rounds: u32,
    /// Work on it had begun here.
    pub is_started: bool,
    /// Its estimate.
    pub estimate: Option<Minutes>,
    /// It had a declared measure.
    pub has_measure: bool,
    /// What came of it is recorded.
    pub has_result: bool,
}

/// Everything that is counted.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// Delivered in both windows.
    pub delivered: &'a [Delivered],
    /// Business results.
    pub outcomes: &'a [Outcome],
    /// Their readings.
    pub readings: &'a [Reading],
    /// Hours freed.
    pub gains: &'a [Gain],
    /// Hours redirected.
    pub redirects: &'a [Redirect],
    /// What may go wrong.
    pub risks: &'a [Risk],
    /// Which days are working days.
    pub calendar: &'a WorkCalendar,
    /// The last day.
    pub today: NaiveDate,
}

/// The fixed names; outcomes add `outcome:O-1` and so on.
pub const NAMES: [&str; 8] = [
    "lead-time",
    "first-pass",
    "on-time",
    "headroom",
    "strategy-share",
    "results-recorded",
    "caught",
    "throughput",
];

/// True if a number could be called so.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let key = |text: &str| text.parse::<RecordKey>().is_ok_and(|key| key.kind() == Some(Kind::Outcome));
    NAMES.contains(&name) || name.strip_prefix("outcome:").is_some_and(key)
}

type Window = (NaiveDate, NaiveDate);

/// Every number that there is something to say of.
#[must_use]
pub fn numbers(it: &Counted<'_>) -> Vec<Number> {
    let outcomes = it.outcomes.iter().filter(|outcome| outcome.closed.is_none_or(|on| on > it.today));
    let mut found: Vec<Number> = outcomes.filter_map(|outcome| it.outcome(outcome)).collect();
    found.extend(
        [
            it.lead_time(),
            it.first_pass(),
            it.on_time(),
            it.headroom(),
            it.strategy(),
            it.results(),
            it.caught(),
            it.throughput(),
        ]
        .into_iter()
        .flatten(),
    );
    found
}

impl Counted<'_> {
    fn now(&self) -> Window {
        (day::plus(self.today, 1 - DAYS), self.today)
    }

    fn earlier(&self) -> Window {
        (day::plus(self.today, 1 - 2 * DAYS), day::plus(self.today, -DAYS))
    }

    /// Measures both windows; a window without cases measures nothing.
    fn both(&self, measure: impl Fn(Window) -> Option<Measured>) -> Option<(Measured, Option<Measured>)> {
        Some((measure(self.now())?, measure(self.earlier())))
    }

    /// A share of delivered work: of those that count, those that fit.
    fn share(
        &self,
        counts: impl Fn(&Delivered) -> bool,
        fits: impl Fn(&Delivered) -> bool,
    ) -> Option<(Measured, Option<Measured>)> {
        self.both(|window| {
            let cases: Vec<&Delivered> = self.within(window).filter(|it| counts(it)).collect();
            let part = cases.iter().filter(|it| fits(it)).count();
            measured(Value::Share(size(part), size(cases.len())), &cases, window)
        })
    }

    fn within(&self, (from, to): Window) -> impl Iterator<Item = &Delivered> {
        self.delivered.iter().filter(move |it| from <= it.on && it.on <= to)
    }

    /// The newest reading against an older one, or against the frozen baseline.
    fn outcome(&self, outcome: &Outcome) -> Option<Number> {
        let (from, to) = self.now();
        let mut own: Vec<&Reading> =
            self.readings.iter().filter(|it| it.outcome_id == outcome.id && it.day <= to).collect();
        own.sort_by_key(|reading| (reading.day, reading.id));
        let recent = own.iter().filter(|reading| reading.day >= from).count();
        let newest = own.last().filter(|_| recent > 0)?;
        let row = vec![RecordKey::Numbered(Kind::Outcome, outcome.id.0)];
        let amount = |value: f64, n: usize, window: Window| Measured {
            value: Value::Amount(value, outcome.unit.trim().to_owned()),
            n: size(n),
            window,
            rows: row.clone(),
        };
        let older = own.iter().rev().find(|reading| reading.day < from);
        let baseline = || outcome.baseline.map(|value| (value, outcome.baseline_on));
        let before = older.map(|reading| (reading.value, reading.day)).or_else(baseline);
        Some(Number {
            name: format!("outcome:{}", outcome.id),
            lever: outcome.lever,
            label: if outcome.metric.trim().is_empty() { &outcome.name } else { outcome.metric.trim() }
                .to_owned(),
            is_up: outcome.direction() == Direction::Up,
            now: amount(newest.value, recent, (from, to)),
            before: before.map(|(value, on)| amount(value, 1, (on, on))),
            // A percentage is of so few cases as it was read, whoever measured it.
            least: (if outcome.unit.trim() == "%" { ENOUGH } else { READINGS }, 1),
            definition: format!("the newest reading of {}", outcome.id),
            compared: format!("the last reading of {} before these days, or its frozen baseline", outcome.id),
            cases: "readings",
            meaning: outcome.name.clone(),
            pair: (outcome.lever == Some(Lever::SpeedToMarket)).then_some("first-pass"),
            is_output: false,
        })
    }

    fn lead_time(&self) -> Option<Number> {
        let taken = |it: &Delivered| Some(self.calendar.between(it.ready?, it.on).max(0));
        let (now, before) = self.both(|window| {
            let cases: Vec<&Delivered> = self.within(window).filter(|it| it.ready.is_some()).collect();
            let mut days: Vec<i64> = cases.iter().filter_map(|it| taken(it)).collect();
            let median = median(&mut days)?;
            measured(Value::Amount(median, "working days".to_owned()), &cases, window)
        })?;
        let number = counted("lead-time", "from ready to delivered", (now, before));
        let change =
            number.before.as_ref().map_or(0.0, |before| before.value.level() - number.now.value.level());
        let meaning = match change {
            days if days > 0.0 => {
                format!("in market {} working days sooner", crate::domain::document::number(days))
            }
            days if days < 0.0 => format!(
                "in market {} working days later, so that launches wait",
                crate::domain::document::number(-days)
            ),
            _ => "no sooner in market than before".to_owned(),
        };
        Some(Number {
            lever: Some(Lever::SpeedToMarket),
            is_up: false,
            definition: "median of working days from ready to delivered, of what was delivered".to_owned(),
            meaning,
            pair: Some("first-pass"),
            ..number
        })
    }

    fn first_pass(&self) -> Option<Number> {
        let both = self.share(|it| it.is_started, |it| it.rounds == 0)?;
        let number = counted("first-pass", "right first time", both);
        let meaning = if number.is_worse() {
            "brand work came back from review, so that it was in market later"
        } else {
            "brand work needed no second round, so that it was in market sooner"
        };
        Some(Number {
            lever: Some(Lever::BrandConsistency),
            definition:
                "delivered without a round back from review, out of all that was worked on and delivered"
                    .to_owned(),
            meaning: meaning.to_owned(),
            pair: Some("lead-time"),
            ..number
        })
    }

    fn on_time(&self) -> Option<Number> {
        let both =
            self.share(|it| it.agreed.is_some(), |it| it.agreed.is_some_and(|agreed| it.on <= agreed))?;
        Some(Number {
            lever: Some(Lever::SpeedToMarket),
            definition: "delivered by the first date that was agreed, out of all delivered with a date"
                .to_owned(),
            meaning: "launches on their date, so that media and shelf space are used".to_owned(),
            pair: Some("throughput"),
            ..counted("on-time", "kept the first date agreed", both)
        })
    }

    fn headroom(&self) -> Option<Number> {
        let measure = |window: Window| {
            let balance = ledger::total(self.gains, self.redirects, window.1);
            let is_free = |gain: &&Gain| gain.on(window.1).is_positive();
            let gains: Vec<&Gain> = self.gains.iter().filter(is_free).collect();
            let own = gains.iter().map(|gain| RecordKey::Numbered(Kind::Gain, gain.id.0));
            let spent = self.redirects.iter().filter(|it| it.on(window.1).is_positive());
            Measured {
                value: Value::Hours(balance.redirected, balance.freed),
                n: size(gains.len()),
                window: (window.1, window.1),
                rows: own.chain(spent.map(|it| RecordKey::Numbered(Kind::Redirect, it.id.0))).collect(),
            }
        };
        let (now, before) = (measure(self.now()), measure(self.earlier()));
        let meaning = match self.targets().as_slice() {
            [] => "nobody has said yet what they go into".to_owned(),
            targets => format!("so they go into {}", targets.join(", ")),
        };
        (now.n > 0).then(|| Number {
            least: (1, 0),
            definition: "hours a week with a named destination, out of hours a week that changes have freed"
                .to_owned(),
            compared: "the same 90 days ago".to_owned(),
            cases: "changes",
            meaning,
            ..counted("headroom", "freed a week redirected", (now, Some(before)))
        })
    }

    /// What hours are redirected onto today.
    fn targets(&self) -> Vec<String> {
        let own = self.redirects.iter().filter(|it| it.on(self.today).is_positive());
        let mut found: Vec<String> = own.map(|redirect| redirect.target.to_string()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn strategy(&self) -> Option<Number> {
        let (now, before) = self.both(|window| {
            let cases: Vec<&Delivered> =
                self.within(window).filter(|it| it.tier.is_some() && it.estimate.is_some()).collect();
            let hours = |deep: bool| -> Minutes {
                let wanted =
                    cases.iter().filter(|it| !deep || it.tier.is_some_and(|tier| tier.number() <= 1));
                wanted.filter_map(|it| it.estimate).sum()
            };
            measured(Value::Hours(hours(true), hours(false)), &cases, window)
        })?;
        Some(Number {
            definition:
                "estimated hours on tiers 0 and 1, out of the estimated hours of all that was delivered"
                    .to_owned(),
            meaning: "time for what opens something new, instead of for versions of what is there".to_owned(),
            ..counted("strategy-share", "went into initiatives and new concepts", (now, before))
        })
    }

    fn results(&self) -> Option<Number> {
        let both = self.share(|it| it.has_measure, |it| it.has_result)?;
        Some(Number {
            lever: Some(Lever::MeasurableImpact),
            definition: "delivered with a result recorded, out of all delivered with a declared measure"
                .to_owned(),
            meaning: "the part of our work whose effect we can name, instead of its volume".to_owned(),
            ..counted("results-recorded", "with a measure have their result", both)
        })
    }

    fn caught(&self) -> Option<Number> {
        let both = self.both(|window| {
            let ended = |risk: &&Risk| {
                risk.ended.is_some_and(|on| window.0 <= on && on <= window.1)
                    && matches!(risk.end, Some(RiskEnd::Caught | RiskEnd::Happened))
            };
            let cases: Vec<&Risk> = self.risks.iter().filter(ended).collect();
            let part = cases.iter().filter(|risk| risk.end == Some(RiskEnd::Caught)).count();
            (!cases.is_empty()).then(|| Measured {
                value: Value::Share(size(part), size(cases.len())),
                n: size(cases.len()),
                window,
                rows: cases.iter().map(|risk| RecordKey::Numbered(Kind::Risk, risk.id.0)).collect(),
            })
        })?;
        Some(Number {
            lever: Some(Lever::RiskReduction),
            definition:
                "risks that ended as caught before release, out of those that were caught or happened"
                    .to_owned(),
            meaning: "customers never saw them, so that nothing was pulled back".to_owned(),
            ..counted("caught", "risks caught before release", both)
        })
    }

    fn throughput(&self) -> Option<Number> {
        let both = self.both(|window| {
            let cases: Vec<&Delivered> = self.within(window).collect();
            let count = f64::from(size(cases.len()));
            measured(Value::Amount(count, String::new()), &cases, window)
        })?;
        Some(Number {
            definition: "requests delivered".to_owned(),
            meaning: "ideas that are in market".to_owned(),
            pair: Some("on-time"),
            is_output: true,
            ..counted("throughput", "delivered", both)
        })
    }
}

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Nothing is measured without cases.
fn measured(value: Value, cases: &[&Delivered], window: Window) -> Option<Measured> {
    let rows = || cases.iter().map(|it| it.id.into()).collect();
    (!cases.is_empty()).then(|| Measured { value, n: size(cases.len()), window, rows: rows() })
}

fn median(days: &mut [i64]) -> Option<f64> {
    days.sort_unstable();
    let at = |index: usize| days.get(index).and_then(|days| i32::try_from(*days).ok()).map(f64::from);
    let middle = days.len() / 2;
    if days.len() % 2 == 1 {
        at(middle)
    } else {
        Some(f64::midpoint(at(middle.checked_sub(1)?)?, at(middle)?))
    }
}

/// A number that more of is better, still without lever, words and pair.
fn counted(name: &str, label: &str, (now, before): (Measured, Option<Measured>)) -> Number {
    Number {
        name: name.to_owned(),
        lever: None,
        label: label.to_owned(),
        is_up: true,
        now,
        before,
        least: (ENOUGH, ENOUGH),
        definition: String::new(),
        compared: "the same in the 90 days before".to_owned(),
        cases: "",
        meaning: String::new(),
        pair: None,
        is_output: false,
    }
}
