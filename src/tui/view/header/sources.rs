//! What the header says of sources: what they offer and which failed, and how old the calendar is.

use ratatui::text::Span;

use crate::domain::source::{SourceWhat, age_words};
use crate::ops::sources::{LOOK_AGAIN, SourceStatus};
use crate::plain;
use crate::tui::app::App;
use crate::tui::app::action::Action;
use crate::tui::app::snapshot::Snapshot;

/// Columns of a name that stands for itself.
const NAME: usize = 16;

/// `Jira: 3 new, 2 changed · +1 more  g s`, and the same in ever fewer words; nothing where there is nothing to say.
pub fn offers(app: &App, snapshot: &Snapshot) -> Vec<Vec<Span<'static>>> {
    let Some(key) = app.keymap.hint(Action::Sources) else { return Vec::new() };
    let offering: Vec<String> = snapshot.freshness.all.iter().filter_map(SourceStatus::offer).collect();
    let is_failed = |status: &&SourceStatus| status.state.error.is_some() && status.asleep.is_none();
    let failed: Vec<&str> =
        snapshot.freshness.all.iter().filter(is_failed).map(|status| status.source.name.as_str()).collect();
    let offer = offering.first().map(|first| plain::harmless(first).into_owned());
    let more = if offering.len() > 1 { format!(" · +{} more", offering.len() - 1) } else { String::new() };
    let name = |name: &str| plain::cut(&plain::harmless(name), NAME);
    let fault = match failed.as_slice() {
        [] => None,
        [one] => Some(format!("{} failed", name(one))),
        many => Some(format!("{} sources failed", many.len())),
    };
    let theme = app.theme;
    let said = |parts: [Option<String>; 2]| -> Option<Vec<Span<'static>>> {
        let [offer, fault] = parts;
        if offer.is_none() && fault.is_none() {
            return None;
        }
        let dot = if offer.is_some() && fault.is_some() { " · " } else { "" };
        Some(vec![
            Span::styled(format!("   {}", offer.unwrap_or_default()), theme.accent()),
            Span::styled(format!("{dot}{}", fault.unwrap_or_default()), theme.warn()),
            Span::styled(format!("  {key}"), theme.accent()),
        ])
    };
    let whole = offer.as_ref().map(|offer| format!("{offer}{more}"));
    let first = offering.first().and_then(|first| first.split(": ").next());
    let is_unsure = offer.as_ref().is_some_and(|offer| offer.ends_with(LOOK_AGAIN));
    let what = if is_unsure { LOOK_AGAIN } else { "new" };
    let short = first.map(|first| format!("{}: {what}", name(first)));
    let mut told: Vec<Vec<Span<'static>>> = [
        [whole.clone(), fault.clone()],
        [offer.clone(), fault.clone()],
        [offer, None],
        [short.clone(), None],
        // A failure stands alone only where nothing is offered: an offer waits for an answer.
        [None, fault.filter(|_| short.is_none())],
    ]
    .into_iter()
    .filter_map(said)
    .collect();
    // Where nothing failed, or only one source offers something, neighbouring forms are the same.
    told.dedup();
    told
}

/// `Work 3 h old`: a calendar that comes from a source is as old as what that brought.
pub fn calendar(app: &App, snapshot: &Snapshot) -> Option<Vec<Span<'static>>> {
    let of_calendar =
        snapshot.freshness.all.iter().filter(|status| status.source.what == SourceWhat::Calendar);
    let oldest = of_calendar.filter(|status| status.age.is_some()).max_by_key(|status| status.age)?;
    let style = if oldest.stale.is_some() { app.theme.warn() } else { app.theme.dim() };
    let name = plain::cut(&plain::harmless(&oldest.source.name), NAME);
    Some(vec![Span::styled(format!("{name} {} old", age_words(oldest.age?)), style)])
}
