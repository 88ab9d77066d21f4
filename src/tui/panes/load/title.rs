//! What the rule over the load says: the days first, then what is shown of the team and what of a view has no room.

use super::Load;
use crate::domain::source::SourceWhat;
use crate::domain::view::ListKind;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::ghost::Ghost;
use crate::tui::view::paint::Rule;

/// What every row of it rests on. Which person came from which source is not known: where one is stale, any may be.
pub(super) const RESTS_ON: [SourceWhat; 3] = [SourceWhat::People, SourceWhat::Absences, SourceWhat::Shares];

/// What a span says besides its dates, which are enough where there is little room.
const BESIDE_DATES: [&str; 10] = ["weeks", "week", "of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What stands behind the name of the pane and at the right end, for some rows that fit and days that are shown.
pub(super) fn told(
    (state, ghost): (&Load, Option<&Ghost>),
    snapshot: &Snapshot,
    (fit, span, no_room): (usize, &str, Option<[String; 2]>),
    width: usize,
) -> (String, String) {
    let outdated = snapshot.freshness.stale_words(&RESTS_ON);
    let outdated = outdated.map(|words| format!("{} · ", plain::harmless(&words))).unwrap_or_default();
    let days = |lead: &str, span: &str| {
        format!("{outdated}{}", ghost.map_or_else(|| format!("{lead}{span}"), |it| it.title.clone()))
    };
    let (whole, bare) = (days("hours to do, ", span), days("", span));
    let dates: Vec<&str> = span.split(' ').filter(|word| !BESIDE_DATES.contains(word)).collect();
    let dates = days("", &dates.join(" "));
    let shown = state.filter.told(fit, ListKind::People);
    if shown.is_empty() && no_room.is_none() {
        return (whole, String::new());
    }
    let joined = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    };
    let [names, count] = no_room.unwrap_or_default();
    let fit = state.filter.told_fit(fit);
    let ways = [
        (whole.clone(), joined(&[&shown, &names])),
        (joined(&[&bare, &shown, &names]), String::new()),
        (whole, joined(&[&shown, &count])),
        (joined(&[&bare, &shown, &count]), String::new()),
        (joined(&[&bare, &fit, &count]), String::new()),
        (joined(&[&dates, &fit, &count]), String::new()),
    ];
    let fits = |(more, right): &(String, String)| {
        // The right end has half of the rule at most.
        Rule::takes("Load", more, right) <= width && plain::width(right) <= width / 2
    };
    // Which view it is was asked for; what is missing of it would be seen nowhere else.
    let last = || (joined(&[&dates, &count, &shown]), String::new());
    ways.into_iter().find(fits).unwrap_or_else(last)
}
