//! A list of phrases, found by how they begin: every row of a queue is asked for all of them.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use serde::Deserialize;

/// How many drawers there are.
const DRAWERS: usize = 256;

/// Phrases in drawers by their first two bytes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    /// All of them, drawer by drawer.
    phrases: Vec<Cow<'static, str>>,
    /// Where each drawer begins and the last one ends; empty for an empty list.
    starts: Vec<usize>,
}

impl PartialEq for WordList {
    fn eq(&self, other: &Self) -> bool {
        self.phrases == other.phrases
    }
}

impl Eq for WordList {}

impl Hash for WordList {
    // The drawers follow from the phrases.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.phrases.hash(state);
    }
}

/// Which drawer; a space stands after a word of one letter.
fn drawer(bytes: &[u8]) -> usize {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    // Two letters part a list of hundreds into drawers of a few.
    usize::from(at(0).wrapping_mul(31).wrapping_add(at(1)))
}

impl WordList {
    /// Phrases that may stand where a text goes on so, and a few others.
    pub fn under(&self, text: &[u8]) -> &[Cow<'static, str>] {
        let drawer = drawer(text);
        let range = self.starts.get(drawer).zip(self.starts.get(drawer + 1));
        range.and_then(|(from, to)| self.phrases.get(*from..*to)).unwrap_or_default()
    }
}

impl<T: Into<Cow<'static, str>>> Extend<T> for WordList {
    fn extend<I: IntoIterator<Item = T>>(&mut self, phrases: I) {
        let before = self.phrases.len();
        self.phrases.extend(phrases.into_iter().map(Into::into).filter(|phrase| !phrase.is_empty()));
        if self.phrases.len() == before {
            return;
        }
        // Stable, so phrases of one drawer stay in the order of their list.
        self.phrases.sort_by_cached_key(|phrase| drawer(phrase.as_bytes()));
        let mut starts = vec![0; DRAWERS + 1];
        for phrase in &self.phrases {
            starts[drawer(phrase.as_bytes()) + 1] += 1;
        }
        for drawer in 0..DRAWERS {
            starts[drawer + 1] += starts[drawer];
        }
        self.starts = starts;
    }
}

impl<T: Into<Cow<'static, str>>> FromIterator<T> for WordList {
    fn from_iter<I: IntoIterator<Item = T>>(phrases: I) -> Self {
        let mut list = Self::default();
        list.extend(phrases);
        list
    }
}

impl From<Vec<String>> for WordList {
    fn from(phrases: Vec<String>) -> Self {
        phrases.into_iter().collect()
    }
}
