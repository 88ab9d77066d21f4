//! What the queue says of itself: in its rule what is in it and by what it is ordered, in its last line what the marks mean.

use ratatui::text::{Line, Span};

use super::Intake;
use crate::domain::source::SourceWhat;
use crate::ops::queue::{Counts, QueueRow, Rank};
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::marks;
use crate::tui::view::paint::Rule;
use crate::tui::view::theme::Theme;

/// From this width on a list has room for the score of each row.
const SCORED: usize = 90;
/// No list has more columns.
const WIDEST: usize = 1_000;

/// How many are new and at risk, in words.
pub(super) fn counts(snapshot: &Snapshot) -> String {
    let Counts { open, new, late, at_risk, .. } = snapshot.counts;
    let late = if late > 0 { format!("{late} late · ") } else { String::new() };
    format!("{new} new · {late}{at_risk} at risk · {open} open")
}

/// What the rule says: the queue in words, and at its right end what is marked and the row, where both fit. The row is
/// of as many as are shown, so without a filter `31 open` may give way to it.
pub(super) fn told(state: &Intake, snapshot: &Snapshot, width: usize) -> (String, String) {
    let shown = state.visible.len();
    let (whole, short, brief) = if state.filter_text.is_empty() {
        let Counts { open, at_risk, .. } = snapshot.counts;
        let whole = counts(snapshot);
        let short = whole.trim_end_matches(&format!(" · {open} open")).to_owned();
        let brief = short.trim_end_matches(&format!(" · {at_risk} at risk")).to_owned();
        (whole, short, brief)
    } else {
        // Of a word that is wrong or half typed nothing is known to fit.
        let so = if state.is_half_typed { "so far" } else { "fit" };
        let whole = format!("{shown} of {} {so}: {}", snapshot.filterable().count(), state.filter_text);
        (whole.clone(), whole.clone(), whole)
    };
    let (order, fallback) = order(state, snapshot);
    // First, as the end is what a narrow rule cuts.
    let outdated = snapshot.freshness.stale_words(&[SourceWhat::Requests]);
    let outdated =
        outdated.map_or_else(String::new, |words| plain::harmless(&format!("{words} · ")).into_owned());
    let [whole, short, brief] = [whole, short, brief].map(|more| outdated.clone() + &more);
    let marked = if state.marks.is_empty() { String::new() } else { format!("{} marked", state.marks.len()) };
    let row = format!("row {} of {shown}", state.row() + 1);
    let right = if marked.is_empty() { row } else { format!("{marked}  {row}") };
    let fits = |(more, right): &(String, &String)| Rule::takes("Intake", more, right) <= width;
    let with_row = [(&whole, &order), (&short, &order), (&whole, &fallback), (&short, &fallback)];
    let with_row = with_row.into_iter().chain([(&brief, &order), (&brief, &fallback)]);
    let with_row = with_row.map(|(more, order)| (more, order, &right)).filter(|_| shown > 0);
    // In this order it gives way: first the number of open ones, which the row says too, then why some stand before
    // their score, then how many are at risk, as their marks say, then the row itself; what is marked stays, since the
    // next action reaches all of it.
    let without = [(&whole, &fallback, &marked), (&short, &order, &marked)];
    let tried =
        with_row.chain(without).map(|(more, order, right)| (format!("{more}{order}"), right)).find(fits);
    let (more, right) = tried.unwrap_or_else(|| (format!("{short}{fallback}"), &marked));
    (more, right.clone())
}

/// By what the rows are ordered, whole and short: `by score` alone is not true of a queue in which some stand first for
/// another reason.
fn order(state: &Intake, snapshot: &Snapshot) -> (String, String) {
    if let Some(order) = state.order(snapshot) {
        let order = format!(" · {}", order.told());
        return (order.clone(), order);
    }
    let first: Vec<&str> =
        first_ranks(state, snapshot).into_iter().filter_map(first_for).map(|(which, _)| which).collect();
    let by_score = " · by score".to_owned();
    if first.is_empty() {
        return (by_score.clone(), by_score);
    }
    (format!(" · {}, then by score", first.join(", ")), by_score)
}

/// The ranks of the rows that stand before those by score.
fn first_ranks(state: &Intake, snapshot: &Snapshot) -> Vec<Rank> {
    let rank = |index: &usize| snapshot.filterable_at(*index).map(QueueRow::rank);
    let (mut rest, mut found) = (state.visible.as_slice(), Vec::new());
    while let Some(first) = rest.first().and_then(rank).filter(|rank| *rank != Rank::Score) {
        if !found.contains(&first) {
            found.push(first);
        }
        // Rows of one rank stand together; of ten thousand that are late, each frame would ask every one.
        rest = &rest[rest.partition_point(|index| rank(index) == Some(first))..];
    }
    found
}

/// What stands before all that is ordered by score: which those are, and why one of them does.
const fn first_for(rank: Rank) -> Option<(&'static str, &'static str)> {
    match rank {
        Rank::ByHand => Some(("moved by hand", "moved here by hand")),
        Rank::LateHardDay => Some(("late hard days", "late hard days come first")),
        Rank::Score => None,
    }
}

/// What the marks mean; of the chosen request what its row has no room for: which marks hold besides, why it stands
/// where it does, and of how much its readiness is a part.
pub(super) fn meaning(row: Option<&QueueRow>, theme: Theme, width: usize) -> Line<'static> {
    let Some(row) = row else { return marks::legend(&marks::OF_QUEUE, theme, width) };
    let holds = [
        (row.late.is_some(), marks::LATE),
        (row.request.blocked.is_some(), marks::BLOCKED),
        (!row.reasons.is_empty(), marks::AT_RISK),
        (row.is_output_worded, marks::ASKS_FOR_THINGS),
    ];
    let mut words: Vec<&str> = holds.iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark.word).collect();
    // From a wide list on the score has a column.
    let by_score = || (width < SCORED).then(|| format!("score {:.1}", row.score.total()));
    let first = first_for(row.rank()).map(|(_, why)| why.to_owned()).or_else(by_score);
    let mut also = "";
    if first.is_some() && !words.is_empty() {
        // Its mark says the first of them already; what is not in the row is what holds besides, and why it stands
        // where it does.
        words.remove(0);
        also = if words.is_empty() { "" } else { "also " };
    }
    // A figure without the whole that it is a part of would be read as hours.
    let ready = Some(format!("{} of 100 ready", row.readiness.points));
    let also = Some(format!("{also}{}", words.join(", "))).filter(|also| !also.is_empty());
    let joined = |parts: [&Option<String>; 3]| {
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("; ")
    };
    // Two marks with their words keep their room; that more than one holds is seen on its page as well.
    let beside = 3 + marks::legend(&marks::OF_QUEUE[..2], theme, WIDEST).width();
    let said = [joined([&also, &first, &ready]), joined([&None, &first, &ready])];
    let fits = |said: &&String| plain::width(said) + beside <= width;
    let said = said.iter().find(fits).unwrap_or(&said[1]).clone();
    // The chosen row is seen; which it is goes before the meaning of a mark does.
    let whole = marks::legend(&marks::OF_QUEUE, theme, WIDEST).width();
    let named = format!("{}: {said}", row.request.id);
    let told = if plain::width(&named) + 3 + whole <= width { named } else { said };
    if plain::width(&told) > width {
        return marks::legend(&marks::OF_QUEUE, theme, width);
    }
    let rest = marks::legend(&marks::OF_QUEUE, theme, width.saturating_sub(plain::width(&told) + 3));
    let dot = if rest.width() > 0 { " · " } else { "" };
    Line::from(vec![Span::styled(told, theme.text()), Span::styled(format!("{dot}{rest}"), theme.dim())])
}
