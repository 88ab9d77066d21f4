//! The numbers that a brief can show: figures of the last 90 days beside those of the 90 before, with what they mean.

use super::number::{Meaning, Number, OUTCOME};
use super::{ENOUGH, Facts, LATELY, Measured, Span, flow, headroom, hours, influence, outcomes};
use crate::domain::day;
use crate::domain::document;
use crate::domain::lever::Lever;
use crate::domain::outcome::{Direction, Outcome};
use crate::domain::record::{Kind, RecordKey};

/// Readings that tell a movement of an outcome from where it stood: each was measured, none is a sample.
const READINGS: u32 = 2;

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
pub fn is_name(name: &str) -> bool {
    let key = |text: &str| text.parse::<RecordKey>().is_ok_and(|key| key.kind() == Some(Kind::Outcome));
    NAMES.contains(&name) || name.strip_prefix(OUTCOME).is_some_and(key)
}

/// Every number that there is something to say of.
pub fn numbers(facts: &Facts<'_>) -> Vec<Number> {
    let lately = Span::trailing(facts.today, LATELY);
    // What was closed without its result is no evidence of anything; what reached it still is.
    let is_told = |it: &&Outcome| {
        let is_reached = || outcomes::progress(facts, it, lately).reached.is_some();
        outcomes::was_followed(facts, it, facts.today)
            || outcomes::was_followed_in(facts, it, lately) && is_reached()
    };
    let followed = facts.outcomes.iter().filter(is_told);
    let mut found: Vec<Number> = followed.filter_map(|it| outcome(facts, it, lately)).collect();
    let fixed = [
        lead_time(facts, lately),
        first_pass(facts, lately),
        on_time(facts, lately),
        freed(facts, lately),
        // By its own span: today is only planned.
        strategy(facts),
        results(facts, lately),
        caught(facts, lately),
        throughput(facts, lately),
    ];
    // An outcome without a reading has no number at all, so these are the only ones that may say nothing.
    found.extend(fixed.into_iter().filter(|number| number.now.is_known()));
    found
}

/// The newest reading against an older one, or against the frozen baseline.
fn outcome(facts: &Facts<'_>, outcome: &Outcome, lately: Span) -> Option<Number> {
    let metric = outcome.metric.trim();
    Some(Number {
        name: format!("{OUTCOME}{}", outcome.id),
        lever: outcome.lever,
        label: if metric.is_empty() { outcome.name.clone() } else { metric.to_owned() },
        is_up: outcome.direction(&outcomes::readings_until(facts, outcome, facts.today)) == Direction::Up,
        now: outcomes::reading(facts, outcome, lately)?,
        before: outcomes::before(facts, outcome, lately),
        // A percentage is of so few cases as it was read, whoever measured it.
        least: (if outcome.unit.trim() == "%" { ENOUGH } else { READINGS }, 1),
        cases: "readings",
        meaning: Meaning::of(&outcome.name, &outcome.name, &format!("the wrong way for {}", outcome.name)),
        pair: (outcome.lever == Some(Lever::SpeedToMarket)).then_some("first-pass"),
        is_output: false,
    })
}

/// A figure beside that of as many days before. More of it is better; it has no lever, words or pair yet.
fn both(name: &str, label: &str, measure: impl Fn(Span) -> Measured, span: Span) -> Number {
    let before = measure(span.before());
    let compared = format!("the same in the {} before", day::days(span.days()));
    Number {
        name: name.to_owned(),
        lever: None,
        label: label.to_owned(),
        is_up: true,
        now: measure(span),
        before: before.is_known().then_some(Measured { definition: compared, ..before }),
        least: (ENOUGH, ENOUGH),
        cases: "",
        meaning: Meaning::default(),
        pair: None,
        is_output: false,
    }
}

fn lead_time(facts: &Facts<'_>, span: Span) -> Number {
    let number = both("lead-time", "from ready to delivered", |span| flow::lead_time(facts, span), span);
    // The words say by how much it moved, and only where it did; without a before they are never said.
    let change = number.before.as_ref().map_or(0.0, |it| (it.value.level() - number.now.value.level()).abs());
    let change = document::quantity(change, flow::DAYS);
    Number {
        lever: Some(Lever::SpeedToMarket),
        is_up: false,
        meaning: Meaning::of(
            "how long the business waits once all is there",
            &format!("in market {change} sooner"),
            &format!("in market {change} later, so that launches wait"),
        ),
        pair: Some("first-pass"),
        ..number
    }
}

fn first_pass(facts: &Facts<'_>, span: Span) -> Number {
    Number {
        lever: Some(Lever::BrandConsistency),
        meaning: Meaning::of(
            "the part of brand work that needs no second round",
            "more brand work needed no second round, so that it was in market sooner",
            "brand work came back from review, so that it was in market later",
        ),
        pair: Some("lead-time"),
        ..both("first-pass", "right first time", |span| flow::first_pass(facts, span), span)
    }
}

fn on_time(facts: &Facts<'_>, span: Span) -> Number {
    Number {
        lever: Some(Lever::SpeedToMarket),
        meaning: Meaning::of(
            "how far a date of ours can be built on",
            "more launches on their date, so that media and shelf space are used",
            "fewer launches on their date, so that media and shelf space wait",
        ),
        pair: Some("throughput"),
        ..both("on-time", "kept the first date agreed", |span| flow::on_time(facts, span), span)
    }
}

/// Where hours stand today and stood 90 days ago: a balance on two days, so both need changes enough to be compared.
fn freed(facts: &Facts<'_>, span: Span) -> Number {
    let targets = targets(facts);
    let meaning = if targets.is_empty() {
        "nobody has said yet what they go into".to_owned()
    } else {
        format!("they go into {}", targets.join(", "))
    };
    // Two days are compared, so the words of two stretches would be wrong; they are replaced below.
    let number = both("headroom", "freed a week redirected", |span| headroom::headroom(facts, span), span);
    let compared = format!("the same {} ago", day::days(span.days()));
    let before = number.before.map(|before| Measured { definition: compared, ..before });
    Number { before, cases: "changes", meaning: Meaning::always(meaning), ..number }
}

/// What hours are redirected onto today.
fn targets(facts: &Facts<'_>) -> Vec<String> {
    // As of today, since the sentence says what the hours go into, not what they went into.
    let own = facts.redirects.iter().filter(|it| it.on(facts.today).is_positive());
    let mut found: Vec<String> = own.map(|redirect| redirect.target.to_string()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Days that are over: what is only planned for today is no evidence yet.
fn strategy(facts: &Facts<'_>) -> Number {
    let over = Span::trailing(day::plus(facts.today, -1), LATELY);
    Number {
        meaning: Meaning::of(
            "time for what opens something new, instead of for versions of what is there",
            "more time for what opens something new, instead of for versions of what is there",
            "less time for what opens something new, more for versions of what is there",
        ),
        ..both(
            "strategy-share",
            "went into initiatives and new concepts",
            |span| hours::strategy_share(facts, span),
            over,
        )
    }
}

fn results(facts: &Facts<'_>, span: Span) -> Number {
    Number {
        lever: Some(Lever::MeasurableImpact),
        meaning: Meaning::of(
            "the part of our work whose effect we can name, instead of its volume",
            "we can name the effect of more of our work, instead of its volume",
            "we can name the effect of less of our work than before",
        ),
        ..both(
            "results-recorded",
            "with a measure have their result",
            |span| flow::results(facts, span),
            span,
        )
    }
}

fn caught(facts: &Facts<'_>, span: Span) -> Number {
    Number {
        lever: Some(Lever::RiskReduction),
        meaning: Meaning::of(
            "what was caught never reached customers",
            "customers saw less of what went wrong, so that less was pulled back",
            "more of what went wrong reached customers",
        ),
        ..both("caught", "caught before release", |span| influence::caught(facts, span), span)
    }
}

fn throughput(facts: &Facts<'_>, span: Span) -> Number {
    Number {
        meaning: Meaning::of(
            "ideas that are in market",
            "more ideas that are in market",
            "fewer ideas that are in market",
        ),
        pair: Some("on-time"),
        is_output: true,
        ..both("throughput", "delivered", |span| flow::throughput(facts, span), span)
    }
}
