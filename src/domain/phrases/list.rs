//! A list of phrases, found by how they begin: every row of a queue is asked for all of them.

use serde::Deserialize;

/// Phrases in 256 drawers, by their first two bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList(Vec<Vec<String>>);

/// Which drawer; a space stands after a word of one letter.
fn drawer(bytes: &[u8]) -> usize {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    usize::from(at(0).wrapping_mul(31).wrapping_add(at(1)))
}

impl WordList {
    /// Phrases that may stand where a text goes on so, and a few others.
    pub fn under(&self, text: &[u8]) -> &[String] {
        self.0.get(drawer(text)).map_or(&[], Vec::as_slice)
    }
}

impl Extend<String> for WordList {
    fn extend<I: IntoIterator<Item = String>>(&mut self, phrases: I) {
        self.0.resize(256, Vec::new());
        for phrase in phrases.into_iter().filter(|phrase| !phrase.is_empty()) {
            self.0[drawer(phrase.as_bytes())].push(phrase);
        }
    }
}

impl From<Vec<String>> for WordList {
    fn from(phrases: Vec<String>) -> Self {
        let mut list = Self::default();
        list.extend(phrases);
        list
    }
}
