//! How people ask.

use super::{Ask, Facts, Share, Span};

/// Asks of somebody that named a change, out of all of theirs in the span. `who` is a folded name.
pub fn framed(facts: &Facts<'_>, span: Span, who: &str) -> Share {
    let own: Vec<&Ask> = facts.asks.iter().filter(|ask| span.holds(ask.on) && ask.who == who).collect();
    Share::of(&own, |ask| ask.is_framed)
}
