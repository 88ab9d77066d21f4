//! A list of phrases, found by how they begin: every row of a queue is asked for all of them.

use std::hash::{Hash, Hasher};

use serde::Deserialize;

/// How many drawers there are.
const DRAWERS: usize = 256;

/// Phrases in drawers by their first two bytes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    /// All of them, drawer by drawer.
    phrases: Vec<String>,
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
    pub fn under(&self, text: &[u8]) -> &[String] {
        let drawer = drawer(text);
        let range = self.starts.get(drawer).zip(self.starts.get(drawer + 1));
        range.and_then(|(from, to)| self.phrases.get(*from..*to)).unwrap_or_default()
    }
}

impl Extend<String> for WordList {
    fn extend<I: IntoIterator<Item = String>>(&mut self, phrases: I) {
        let before = self.phrases.len();
        self.phrases.extend(phrases.into_iter().filter(|phrase| !phrase.is_empty()));
        if self.phrases.len() == before {
            return;
        }
        // Stable, so phrases of one drawer stay in the order of their list.
        self.phrases.sort_by_key(|phrase| drawer(phrase.as_bytes()));
        let begins = |number| self.phrases.partition_point(|phrase| drawer(phrase.as_bytes()) < number);
        self.starts = (0..=DRAWERS).map(begins).collect();
    }
}

impl From<Vec<String>> for WordList {
    fn from(phrases: Vec<String>) -> Self {
        let mut list = Self::default();
        list.extend(phrases);
        list
    }
}
