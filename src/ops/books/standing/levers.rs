//! The four levers as figures.

use chrono::NaiveDate;

use super::super::Books;
use super::{LeverFigure, Read, Sources};
use crate::domain::influence;
use crate::domain::lever::Lever;
use crate::domain::outcome;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reflection::trend::Share;
use crate::domain::request::Request;

/// A share as the print rule allows it.
fn share(part: usize, whole: usize) -> Share {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Share { part: count(part), whole: count(whole) }
}

pub(super) fn levers(sources: &Sources<'_>, read: &Read, today: NaiveDate) -> Vec<LeverFigure> {
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
