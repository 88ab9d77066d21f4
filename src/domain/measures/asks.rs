//! How people ask.

use super::{Ask, Share, Span};

/// Asks of somebody that named a change, out of all of theirs in the span. `own` are theirs of any day, under whatever
/// name they were written with.
pub fn framed(own: &[&Ask], span: Span) -> Share {
    let within: Vec<&&Ask> = own.iter().filter(|ask| span.holds(ask.on)).collect();
    Share::of(&within, |ask| ask.is_framed)
}
