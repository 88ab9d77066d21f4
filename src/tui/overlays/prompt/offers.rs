//! What a line that is typed offers: how its last word goes on, and what plain words of it could set. None of it counts
//! before it is taken.

use std::collections::HashSet;

use super::{Ask, Prompt, ViewContext};
use crate::domain::field::Field;
use crate::domain::kinds;
use crate::domain::words::complete::{self, LineGrammar};
use crate::domain::words::offer::{LineOffer, OfferTargets, day_offers};
use crate::ops::rows;
use crate::tui::app::action::Action;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter as pane_filter;
use crate::tui::view::input::TextLine;

impl Prompt {
    /// Takes what is offered: how the last word goes on, or words of the line that set a field. Where they can mean two
    /// things the first is taken, and the next one in its place when it is asked for again.
    pub(super) fn take_offer(&mut self, snapshot: &Snapshot) {
        let text = self.input.text();
        // Only while it stands as it was taken: whoever goes on typing has decided.
        if let Some(at) = self.either.iter().position(|line| line == text) {
            self.input = TextLine::new(&self.either[(at + 1) % self.either.len()]);
            return;
        }
        // A name with its colon waits for its value.
        let gone_on = |whole: &str| {
            if whole.ends_with(':') { whole.to_owned() } else { format!("{} ", whole.trim_end()) }
        };
        let lines: Vec<String> = match self.offered(snapshot).first() {
            Some(whole) => vec![gone_on(whole)],
            None => self.next_offer(snapshot).iter().map(|offer| gone_on(&self.taken(offer))).collect(),
        };
        if let Some(first) = lines.first() {
            self.input = TextLine::new(first);
        }
        self.either = if lines.len() > 1 { lines } else { Vec::new() };
    }

    /// What the words that are taken next can mean: first what can mean only one thing.
    fn next_offer(&self, snapshot: &Snapshot) -> Vec<LineOffer> {
        let offers = self.line_offers(snapshot);
        let of = |letters: &std::ops::Range<usize>| -> Vec<LineOffer> {
            offers.iter().filter(|offer| offer.letters == *letters).cloned().collect()
        };
        let groups = || offers.iter().map(|offer| of(&offer.letters));
        groups().find(|group| group.len() == 1).or_else(|| groups().next()).unwrap_or_default()
    }

    /// How the last word can go on, as whole lines.
    pub(super) fn offered(&self, snapshot: &Snapshot) -> Vec<String> {
        if !self.input.is_at_end() {
            return Vec::new();
        }
        let known = |kind| snapshot.names(kind);
        let complete = |grammar| complete::completions(self.input.text(), grammar, &known);
        match &self.ask {
            Ask::Add | Ask::Modify(_) => complete(LineGrammar::Change),
            Ask::Filter(pane, _) => {
                let vocabularies = pane_filter::vocabularies(*pane);
                // Kinds of one board share most of their words.
                let all = vocabularies.iter().flat_map(|words| complete(LineGrammar::Filter(words)));
                let mut seen = HashSet::new();
                all.filter(|line| seen.insert(line.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The line with an offer taken: in the place of its words, or behind a pasted text, which stays as it is.
    fn taken(&self, offer: &LineOffer) -> String {
        let text = self.input.text();
        let is_pasted = offer.letters.start > text.chars().count();
        if is_pasted { format!("{} {}", text.trim_end(), offer.sets) } else { offer.taken(text) }
    }

    // The grammar of each line says what plain words can set in it.
    fn line_offers(&self, snapshot: &Snapshot) -> Vec<LineOffer> {
        let targets = match &self.ask {
            Ask::Add => OfferTargets::requests(None),
            Ask::Modify(ids) => {
                let mut days = ids.iter().map(|id| snapshot.row(*id).and_then(|row| row.request.due));
                let first = days.next().flatten();
                // Hours a week come to one amount only until one day.
                OfferTargets::requests(first.filter(|first| days.all(|day| day == Some(*first))))
            }
            Ask::Capture(kind) => OfferTargets::record(kinds::fields(*kind)),
            Ask::Filter(pane, _) => OfferTargets::filter(&pane_filter::vocabularies(*pane)),
            Ask::ModifyRows(keys) => OfferTargets::record(keys.first().map_or(&[], rows::fields_of)),
            Ask::Field(_, Field::Due) | Ask::DayOf(_) => {
                return day_offers(self.input.text(), &snapshot.reading);
            }
            _ => return Vec::new(),
        };
        let mut offers = snapshot.line_offers(self.input.text(), &targets);
        offers.extend(self.pasted_offers(&targets, snapshot));
        offers
    }

    /// What could be taken, as the rule over the line says it.
    pub(super) fn told_offers(&self, offered: &[String], sight: ViewContext<'_>) -> String {
        let key = sight.keymap.hint(Action::CompleteName).unwrap_or_default();
        let last_word = |line: &String| {
            let begin = complete::last_word(line);
            line[begin..].to_owned()
        };
        let texts: Vec<String> = if self.either.iter().any(|line| line == self.input.text()) {
            return format!("{key} takes the other day instead");
        } else if offered.is_empty() {
            told(&self.line_offers(sight.snapshot))
        } else {
            offered.iter().map(last_word).collect()
        };
        if texts.is_empty() { String::new() } else { format!("{key} takes {}", texts.join("  ")) }
    }
}

/// Each of some words with all that it could be.
fn told(offers: &[LineOffer]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (index, offer) in offers.iter().enumerate() {
        let is_another = index > 0 && offers[index - 1].letters == offer.letters;
        match texts.last_mut().filter(|_| is_another) {
            Some(text) => *text = format!("{text} or {}", offer.sets),
            None if offer.words == offer.sets => texts.push(offer.sets.clone()),
            None => texts.push(format!("{} → {}", offer.words, offer.sets)),
        }
    }
    texts
}
