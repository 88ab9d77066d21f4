//! Lines of a mail or a chat that are pasted into a line of words which set fields. They stand in quotes, where words are
//! words; what they would set otherwise is offered, each by a key.

use super::{Ask, LineOffer, Prompt, Response, has_lines};
use crate::domain::record::FieldSpec;
use crate::domain::words::token::{self, Token, tokens};
use crate::domain::words::{capture, line};
use crate::domain::{kinds, words::offer::OfferTargets};
use crate::ops::message::said_first;
use crate::ops::rows;
use crate::ops::sheet::FormContext;
use crate::tui::app::effect::{Effect, Read};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::input::TextLine;

/// What ends a sentence or a part of one, and belongs to no value.
const PUNCTUATION: [char; 6] = [',', '.', ';', '!', '?', ')'];

/// Several lines as one; of a chat it begins with what was said, as a title does.
fn on_one_line(text: &str) -> String {
    said_first(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_quotes(text: &str) -> String {
    token::quoted(&on_one_line(text))
}

impl Prompt {
    /// Takes what was pasted if it is of several lines, or goes on with such a text, and words here set fields.
    pub(super) fn paste_lines(&mut self, text: &str) -> Option<Response> {
        let goes_on = self.pasted.last().filter(|last| {
            self.input.is_at_end() && self.input.text().trim_end().ends_with(&in_quotes(last))
        });
        if !has_lines(text) && goes_on.is_none() {
            return None;
        }
        match self.ask {
            // A mail or a chat is no request in a line: it is drafted as it is outside of a field.
            Ask::Add if has_lines(text) => {
                let typed = std::mem::replace(&mut self.input, TextLine::new(""));
                let whole = [typed.text(), text].join("\n");
                Some(Response::Done(vec![Effect::Read(Read::DraftMessage(whole.trim_start().to_owned()))]))
            }
            Ask::Modify(_) | Ask::ModifyRows(_) | Ask::Capture(_) => {
                self.keep_lines(text, goes_on.cloned());
                Some(Response::Stay)
            }
            _ => None,
        }
    }

    /// Puts a text into the line in quotes. A long paste without brackets comes in pieces, which are one text.
    fn keep_lines(&mut self, text: &str, before: Option<String>) {
        let whole = if let Some(before) = before {
            self.pasted.pop();
            let line = self.input.text().trim_end();
            let kept = line.strip_suffix(&in_quotes(&before)).unwrap_or(line).to_owned();
            self.input = TextLine::new(&kept);
            format!("{before}\n{text}")
        } else {
            text.to_owned()
        };
        // A quotation mark right behind a letter would be one of the text.
        self.input.paste(" ");
        self.input.paste(&in_quotes(&whole));
        self.input = TextLine::new(self.input.text().trim_start());
        self.pasted.push(whole);
    }

    /// What pasted lines would set if they were typed, and what plain words of them could; what was taken is not offered
    /// again.
    pub(super) fn pasted_offers(&self, targets: &OfferTargets, snapshot: &Snapshot) -> Vec<LineOffer> {
        let line = self.input.text();
        let taken: Vec<String> = tokens(line).iter().map(|word| literal(line, word)).collect();
        let mut offers: Vec<LineOffer> = Vec::new();
        for text in self.pasted.iter().filter(|text| line.contains(&in_quotes(text))) {
            let text = on_one_line(text);
            let said = tokens(&text).into_iter().filter_map(|word| self.said(&text, &word, snapshot));
            offers.extend(said.chain(snapshot.line_offers(&text, targets)));
        }
        // Behind the line, in which none of them stands.
        let behind = line.chars().count() + 1;
        for LineOffer { letters, .. } in &mut offers {
            *letters = letters.start + behind..letters.end + behind;
        }
        offers.retain(|offer| !taken.contains(&offer.sets));
        let mut seen = std::collections::HashSet::new();
        offers.retain(|offer| seen.insert(offer.sets.clone()));
        offers
    }

    /// A word that sets something in this line, as it was written.
    fn said(&self, text: &str, word: &Token, snapshot: &Snapshot) -> Option<LineOffer> {
        let sets = literal(text, word).trim_end_matches(PUNCTUATION).to_owned();
        let reading = &snapshot.reading;
        let sets_field = |fields: &[FieldSpec]| {
            let around = FormContext { reading, people: &snapshot.team.people, sources: &[] };
            // What a record is called by is no field that somebody set.
            let is_title = !capture::parse(&sets, fields).title_words.is_empty();
            !is_title && rows::echo(&sets, fields, around).is_ok()
        };
        let is_said = match &self.ask {
            // A dash begins a line of a list more often than it takes a tag away.
            Ask::Modify(_) if !sets.starts_with('-') => {
                let line = line::parse(&sets, reading);
                line.problems.is_empty() && (!line.changes.is_empty() || !line.people.is_empty())
            }
            Ask::Capture(kind) => sets_field(kinds::fields(*kind)),
            Ask::ModifyRows(keys) => keys.first().is_some_and(|key| sets_field(rows::fields_of(key))),
            _ => false,
        };
        (is_said && !word.is_quoted).then(|| LineOffer {
            letters: word.at..word.end,
            words: sets.clone(),
            sets,
        })
    }
}

/// A word as it stands in its line, with its quotes.
fn literal(line: &str, word: &Token) -> String {
    line.chars().skip(word.at).take(word.end - word.at).collect()
}
