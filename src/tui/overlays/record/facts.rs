//! Records of the books as lines: the facts that the command line tells too.

use super::Link;
use super::page::{Page, Shown, past};
use crate::domain::record::RecordKey;
use crate::ops::books::{EntryDetail, Fact, Tone};
use crate::tui::overlays::Sight;

/// A record with everything that touches it.
pub fn entry(detail: &EntryDetail, width: usize, sight: Sight<'_>) -> Vec<Shown> {
    let mut page = page(&detail.facts, width, sight);
    past(&mut page, &detail.history, sight);
    page.lines
}

/// Facts as a page.
pub fn page(facts: &[Fact], width: usize, sight: Sight<'_>) -> Page {
    let mut page = Page::new(width, sight.theme);
    add(&mut page, facts, sight);
    page
}

/// Adds facts to a page.
pub fn add(page: &mut Page, facts: &[Fact], sight: Sight<'_>) {
    for fact in facts {
        match (&fact.link, fact.tone) {
            (_, Tone::Head) => page.head(&fact.text),
            (Some(key), _) => page.link(&fact.label, &fact.text, link(key)),
            (None, Tone::Warn) => page.say(&fact.label, &fact.text, sight.theme.warn()),
            (None, Tone::Good) => page.say(&fact.label, &fact.text, sight.theme.good()),
            (None, Tone::Plain) => page.text(&fact.label, &fact.text),
        }
    }
}

fn link(key: &RecordKey) -> Link {
    match key {
        RecordKey::Meeting(meeting) => Link::Meeting(meeting.clone()),
        RecordKey::Numbered(..) => key.request().map_or_else(|| Link::Record(key.clone()), Link::Request),
    }
}
