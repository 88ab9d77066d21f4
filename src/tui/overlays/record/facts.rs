//! Records of the books as lines: the facts that the command line tells too.

use super::Link;
use super::page::{Page, Shown, past};
use crate::domain::record::RecordKey;
use crate::ops::books::{EntryDetail, Fact, FactTone};
use crate::tui::overlays::ViewContext;

/// A record with everything that touches it.
pub fn entry(detail: &EntryDetail, width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let mut page = page(&detail.facts, width, sight);
    past(&mut page, &detail.history, sight);
    page.lines
}

/// Facts as a page.
pub fn page(facts: &[Fact], width: usize, sight: ViewContext<'_>) -> Page {
    let mut page = Page::new(width, sight.theme);
    add(&mut page, facts, sight);
    page
}

/// Adds facts to a page.
pub fn add(page: &mut Page, facts: &[Fact], sight: ViewContext<'_>) {
    for fact in facts {
        match (&fact.link, fact.tone) {
            (_, FactTone::Head) => page.head(&fact.text),
            (Some(key), _) => page.link(&fact.label, &fact.text, link(key)),
            (None, FactTone::Warn) => page.say(&fact.label, &fact.text, sight.theme.warn()),
            (None, FactTone::Good) => page.say(&fact.label, &fact.text, sight.theme.good()),
            (None, FactTone::Plain) => page.text(&fact.label, &fact.text),
        }
    }
}

fn link(key: &RecordKey) -> Link {
    match key {
        RecordKey::Meeting(meeting) => Link::Meeting(meeting.clone()),
        // A request has a page of its own, with more on it than that of a record.
        RecordKey::Numbered(..) => key.request().map_or_else(|| Link::Record(key.clone()), Link::Request),
    }
}
