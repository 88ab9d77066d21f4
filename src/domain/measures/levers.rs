//! The four business levers, each with the figure that stands for it.

use super::{Facts, Measured, MeasuredValue, Span, flow, influence, key, outcomes};
use crate::domain::lever::Lever;
use crate::domain::outcome;
use crate::domain::record::Kind;

/// One lever in words, with the figure behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct LeverFigure {
    pub lever: Lever,
    /// The figure in words with its n.
    pub text: String,
    /// The figure and its receipt.
    pub measured: Measured,
}

/// All four, quality always beside speed.
pub fn levers(facts: &Facts<'_>, span: Span) -> Vec<LeverFigure> {
    let told = |lever, label: &str, measured: Measured| LeverFigure {
        lever,
        text: format!("{label} {}", measured.alone()),
        measured,
    };
    vec![
        speed(facts, span),
        told(Lever::BrandConsistency, "right first time", flow::first_pass(facts, span)),
        told(Lever::RiskReduction, "caught before release", influence::caught(facts, span)),
        told(Lever::MeasurableImpact, "results recorded", flow::results(facts, span)),
    ]
}

/// Outcomes of the lever speed, their newest readings against the frozen baseline; priced only with the owner's own
/// figure.
fn speed(facts: &Facts<'_>, span: Span) -> LeverFigure {
    let (mut rows, mut parts, mut priced) = (Vec::new(), Vec::new(), Vec::new());
    let own = facts.outcomes.iter().filter(|it| it.lever == Some(Lever::SpeedToMarket));
    for outcome in own.filter(|outcome| outcomes::was_followed_in(facts, outcome, span)) {
        let Some(stood) = outcomes::stood(facts, outcome, span) else { continue };
        // What nobody measured before has nothing that it could have gained on.
        let Some(baseline) = outcome.baseline else { continue };
        parts.push(format!("{}, was {}", outcome.figure(stood.value.level()), outcome.figure(baseline)));
        rows.push(key(Kind::Outcome, outcome.id.0));
        let progress = outcomes::progress(facts, outcome, span);
        priced.extend(outcome::speed_value(outcome, &progress, facts.currency).map(|(_, terms)| terms));
    }
    let text = if parts.is_empty() { "days gained: no reading yet".to_owned() } else { parts.join("; ") };
    let text = if priced.is_empty() { text } else { format!("{text} · {}", priced.join("; ")) };
    let count = f64::from(super::size(rows.len()));
    let definition = "what this lever moved, by the newest reading of each outcome beside its frozen baseline; money stands there only where the owner said what a day is worth";
    let measured = Measured::new(
        MeasuredValue::Amount(count, if rows.len() == 1 { "outcome" } else { "outcomes" }.to_owned()),
        rows.len(),
        span,
        rows,
        definition,
    );
    LeverFigure { lever: Lever::SpeedToMarket, text, measured }
}
