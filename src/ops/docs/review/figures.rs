//! Lines of a review that say figures: text and receipt come from the same value.

use super::ReviewSources;
use crate::domain::document::{Block, Line};
use crate::domain::measures::{Measured, flow, hours as measures};

/// A line that says a figure, with its receipt: both come from the same value.
pub fn said(label: &str, measured: &Measured) -> Line {
    traced(Line::new(format!("{label} {}", measured.alone())), measured)
}

/// The same with the receipt of a figure; what is not known has none.
pub fn traced(line: Line, measured: &Measured) -> Line {
    // A receipt opens rows, and a figure of no cases has none to show.
    if measured.is_known() { line.with(measured.figure()) } else { line }
}

/// Where the hours went, and how full people were beside how long work has waited for them.
pub(super) fn hours(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let is_over = it.span.to < it.today;
    // Of a week that goes on its plan counts too, so it has not gone anywhere yet.
    let shares = if is_over { "Hours went into strategy:" } else { "Hours go into strategy:" };
    let mut lines = vec![said(shares, &measures::strategy_share(&facts, it.span))];
    let used = measures::utilisation(&facts, it.span);
    lines.push(fullness(&used, &flow::work_item_age(&facts, it.span), is_over));
    let missed = measures::planned_not_done(&facts, it.span);
    if missed.minutes().is_positive() {
        lines.push(said("Planned, not done:", &missed));
    }
    let delivered = flow::throughput(&facts, it.span);
    if delivered.is_known() {
        let kept = flow::on_time(&facts, it.span);
        let beside = if kept.is_known() {
            format!("; on the first date agreed: {}", kept.alone())
        } else {
            ", none with an agreed date".to_owned()
        };
        let text = format!("Delivered: {}{beside}", delivered.short());
        lines.push(traced(Line::new(text).with(delivered.figure()), &kept));
    }
    Block::new("Hours and flow", lines)
}

/// How full people were, beside how long work has been ready: the one must not be praised without the other.
pub fn fullness(used: &Measured, age: &Measured, is_over: bool) -> Line {
    let beside = if age.is_known() {
        format!("; open work has been ready for {}", age.alone())
    } else {
        String::new()
    };
    let filled = if is_over { "were filled" } else { "are filled" };
    let line = Line::new(format!("The team's working hours that {filled}: {}{beside}", used.alone()));
    traced(traced(line, used), age)
}
