//! Promises, decisions and risks, as they stood on a day and as they went in a span.

use super::{Facts, Measured, Share, Span, key};
use crate::domain::influence::{Decision, Promise, Risk, RiskEnd, Way};
use crate::domain::record::Kind;
use crate::domain::said;

/// Promises of ours that were due in the span, and were kept by its end.
pub fn promises_kept(facts: &Facts<'_>, span: Span) -> Measured {
    let end = facts.end(span);
    // As of the end of the span: what was promised later did not stand then, even if it is due earlier.
    let is_due = |promise: &&Promise| {
        promise.way == Way::To
            && promise.made <= end
            && promise.due.is_some_and(|due| span.holds(due) && due <= end)
    };
    let due: Vec<&Promise> = facts.promises.iter().filter(is_due).collect();
    let share = Share::of(&due, |promise| promise.kept.is_some_and(|on| on <= end));
    let rows = due.iter().map(|promise| key(Kind::Promise, promise.id.0)).collect();
    Measured::share(share, span, rows, "our promises that were due in these days and were kept by their end")
}

/// Decided in the span.
pub fn decided<'a>(facts: &Facts<'a>, span: Span) -> impl Iterator<Item = &'a Decision> {
    let end = facts.end(span);
    facts.decisions.iter().filter(move |it| it.decided.is_some_and(|on| span.holds(on) && on <= end))
}

/// Decisions of the span that we changed something about.
pub fn decisions_touched(facts: &Facts<'_>, span: Span) -> Measured {
    let all: Vec<&Decision> = decided(facts, span).collect();
    let rows = all.iter().map(|decision| key(Kind::Decision, decision.id.0)).collect();
    let share = Share::of(&all, |decision| !said::is_put_off(&decision.changed));
    Measured::share(
        share,
        span,
        rows,
        "decisions that we changed something about, out of all that were decided",
    )
}

/// Risks that ended as caught, out of those that ended as caught or happened.
pub fn caught(facts: &Facts<'_>, span: Span) -> Measured {
    let end = facts.end(span);
    // A risk that passed by was neither caught nor did it happen, so it says nothing about catching.
    let is_told = |risk: &&Risk| {
        risk.ended.is_some_and(|on| span.holds(on) && on <= end)
            && matches!(risk.end, Some(RiskEnd::Caught | RiskEnd::Happened))
    };
    let ended: Vec<&Risk> = facts.risks.iter().filter(is_told).collect();
    let rows = ended.iter().map(|risk| key(Kind::Risk, risk.id.0)).collect();
    let share = Share::of(&ended, |risk| risk.end == Some(RiskEnd::Caught));
    let definition = "risks that ended as caught before release, out of those that were caught or happened";
    Measured::share(share, span, rows, definition)
}

/// Risks that were said in the span.
pub fn raised<'a>(facts: &Facts<'a>, span: Span) -> impl Iterator<Item = &'a Risk> {
    let end = facts.end(span);
    facts.risks.iter().filter(move |risk| risk.raised.is_some_and(|on| span.holds(on) && on <= end))
}

/// Risks that were said no later than they had to be, out of those said in the span that had a day for it.
pub fn raised_in_time(facts: &Facts<'_>, span: Span) -> Measured {
    let all: Vec<&Risk> = raised(facts, span).filter(|risk| risk.raise_by.is_some()).collect();
    let rows = all.iter().map(|risk| key(Kind::Risk, risk.id.0)).collect();
    let definition = "risks said no later than the day by which they had to be, out of those that had one";
    Measured::share(Share::of(&all, |risk| risk.was_raised_in_time() == Some(true)), span, rows, definition)
}
