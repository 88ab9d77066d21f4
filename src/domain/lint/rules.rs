//! What the lint knows: lists of words and the table of other words, built in and the user's own.

use std::str::FromStr;

use serde::Deserialize;

use super::{Finding, Rule, same};
use crate::domain::phrases::WordList;
use crate::domain::phrases::text::{Endings, Text};

/// Asks that are one verb, which may only go on with the ask before it.
const BARE_VERBS: [&str; 2] = ["approve", "decide"];

/// Lists and table. What each is for stands in `assets/lint.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Deserialize)]
pub struct LintRules {
    /// Words that tell how we work, and nothing of what comes of it.
    pub process: WordList,
    /// What tells a result.
    pub results: WordList,
    /// How a decision is asked for.
    pub asks: WordList,
    /// How a risk is told without anybody in it.
    pub passive: WordList,
    /// What stands in the way of a risk.
    pub in_place: WordList,
    /// Other words; the first that fits is offered, so the user's own stand before the built-in ones.
    pub translations: Vec<Translation>,
    /// What is not to be pointed out again.
    // Read from records of the store; the user's file of words has no part in it.
    #[serde(skip)]
    waved_off: Vec<(Rule, String)>,
}

/// Words of process and what to say instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Translation {
    words: WordList,
    /// The other words, with places to fill.
    pub say: String,
}

impl Translation {
    /// True if a text holds its words.
    pub fn fits(&self, text: &str) -> bool {
        Text::of(text).has(&self.words, Endings::Verb)
    }
}

impl FromStr for Translation {
    type Err = String;
    /// Reads `words | words -> what to say`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` does not say \"words | words -> what to say\", for example \"rework -> hours twice\""
            )
        };
        let (words, say) = text.split_once("->").or_else(|| text.split_once('→')).ok_or_else(wrong)?;
        let words: Vec<String> =
            words.split('|').map(Text::plain_of).filter(|word| !word.is_empty()).collect();
        let say = say.trim().to_owned();
        if words.is_empty() || say.is_empty() { Err(wrong()) } else { Ok(Self { words: words.into(), say }) }
    }
}

impl TryFrom<String> for Translation {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl LintRules {
    /// Leaves out from now on what was waved off: pairs of rule and text.
    pub fn wave_off(&mut self, pairs: impl IntoIterator<Item = (Rule, String)>) {
        self.waved_off.extend(pairs.into_iter().map(|(rule, text)| (rule, same(&text))));
    }

    pub(super) fn is_waved_off(&self, finding: &Finding) -> bool {
        let text = same(&finding.text);
        self.waved_off.iter().any(|(rule, waved)| *rule == finding.rule && *waved == text)
    }

    pub(super) fn translation(&self, text: &str) -> Option<&Translation> {
        let text = Text::of(text);
        self.translations.iter().find(|translation| text.has(&translation.words, Endings::Verb))
    }

    pub(super) fn is_process(&self, text: &str) -> bool {
        Text::of(text).has(&self.process, Endings::Verb)
    }

    pub(super) fn has_result(&self, text: &str) -> bool {
        Text::of(text).has(&self.results, Endings::Verb)
    }

    pub(super) fn asks(&self, text: &str) -> bool {
        Text::of(text).has(&self.asks, Endings::None)
    }

    /// True if a part of a sentence begins with an ask. One bare verb is none: to review and approve is one thing.
    pub(super) fn begins_with_ask(&self, part: &str) -> bool {
        let head: Vec<&str> = part.split_whitespace().take(4).collect();
        head.len() > 1 && !BARE_VERBS.contains(&head[0].to_lowercase().as_str()) && self.asks(&head.join(" "))
    }

    pub(super) fn is_passive(&self, text: &str) -> bool {
        Text::of(text).has(&self.passive, Endings::Verb)
    }

    pub(super) fn is_in_place(&self, text: &str) -> bool {
        Text::of(text).has(&self.in_place, Endings::Verb) || super::fill::date(text).is_some()
    }
}
