//! Finding by words: how well a text fits what was typed, for the palette and for picking a record. Letters that only
//! stand somewhere in the right order do not fit: a list of such rows hides that nothing is called so.

use crate::domain::words::fold;

/// How a text fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is what was typed.
    Whole,
    /// Each word that was typed is one of its words.
    Word,
    /// Each begins one of its words.
    Start,
    /// Each stands somewhere in it.
    Within,
    /// Each comes near one of its words, or begins near it: one slip of the fingers.
    Near,
}

/// Words that say nothing of what is meant.
const SMALL: [&str; 22] = [
    "a", "an", "the", "to", "of", "my", "this", "that", "it", "how", "do", "i", "can", "is", "what", "in",
    "for", "does", "as", "on", "with", "be",
];
/// From so many letters on a word is looked for inside others; shorter ones stand in nearly every text.
const INSIDE: usize = 3;
/// From so many letters on a slip of the fingers leaves enough to tell what was meant.
const SLIP: usize = 4;

/// What was typed.
#[derive(Debug, Clone)]
pub struct Query {
    whole: String,
    words: Vec<String>,
}

impl Query {
    /// From what was typed; words that say nothing count only where there are no others.
    pub fn new(typed: &str) -> Self {
        let whole = fold(typed.trim());
        let all: Vec<&str> = whole.split_whitespace().collect();
        let said = all.iter().filter(|word| !SMALL.contains(word));
        let mut words: Vec<String> = said.map(ToString::to_string).collect();
        if words.is_empty() {
            words = all.iter().map(ToString::to_string).collect();
        }
        Self { whole, words }
    }

    /// True where nothing was typed.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Its words, folded.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// True if a folded text is all that was typed, small words aside.
    pub fn is(&self, text: &str) -> bool {
        !self.is_empty() && (self.whole == text || self.words.join(" ") == text)
    }

    /// True if a folded text begins with all that was typed.
    pub fn begins(&self, text: &str) -> bool {
        self.whole.chars().count() >= INSIDE && text.starts_with(&self.whole)
    }

    /// How a text fits; `None` if it does not. Near misses are told only where they are asked for.
    pub fn fit(&self, text: &str, has_slips: bool) -> Option<Fit> {
        let text = fold(text);
        if self.is(&text) {
            return Some(Fit::Whole);
        }
        // All words have to fit, so the one that fits worst says how well.
        self.words
            .iter()
            .map(|word| fit_of(word, &text, has_slips))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max()
    }
}

/// How a word fits a text, both folded.
pub fn fit_of(word: &str, text: &str, has_slips: bool) -> Option<Fit> {
    let words = || text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    // Whole pieces too: `sign-off` is typed with its hyphen, and `R-17` is no two words.
    let parts = || words().chain(text.split_whitespace());
    if parts().any(|other| other == word) {
        return Some(Fit::Word);
    }
    if parts().any(|other| other.starts_with(word)) {
        return Some(Fit::Start);
    }
    let letters = word.chars().count();
    if letters >= INSIDE && text.contains(word) {
        return Some(Fit::Within);
    }
    (has_slips && letters >= SLIP && words().any(|other| is_near(word, other))).then_some(Fit::Near)
}

/// True if one slip leads from a word to another or to its beginning. The first letter is seldom the wrong one, and
/// `save` is not `wave`.
fn is_near(word: &str, other: &str) -> bool {
    let letters = word.chars().count();
    let begins_alike = word.chars().next() == other.chars().next();
    // Two letters that changed places count as one slip here; the plain distance counts two.
    let near = |part: &str| strsim::osa_distance(word, part) <= 1;
    let begin = || other.chars().take(letters).collect::<String>();
    // A short word is one slip away from the beginning of nearly anything.
    let is_long = letters > SLIP && other.chars().count() > letters;
    begins_alike && (near(other) || is_long && near(&begin()))
}

/// The places of the texts that fit what was typed, the best first; all in their order where nothing is typed, and
/// near misses where nothing else fits.
pub fn ranked(typed: &str, texts: impl Iterator<Item = String>) -> Vec<usize> {
    let query = Query::new(typed);
    if query.is_empty() {
        return (0..texts.count()).collect();
    }
    let texts: Vec<String> = texts.collect();
    let found = |has_slips: bool| {
        let fits = texts.iter().enumerate().filter_map(|(at, text)| Some((query.fit(text, has_slips)?, at)));
        let mut fits: Vec<(Fit, usize)> = fits.collect();
        fits.sort();
        fits.into_iter().map(|(_, at)| at).collect::<Vec<usize>>()
    };
    let exact = found(false);
    if exact.is_empty() { found(true) } else { exact }
}

#[cfg(test)]
mod tests {
    use super::{Fit, Query, ranked};

    #[test]
    fn words_fit_better_than_beginnings_and_those_than_parts() {
        for (typed, text, fit) in [
            ("due", "due", Some(Fit::Whole)),
            ("due", "Set the due day", Some(Fit::Word)),
            ("day due", "Set the due day", Some(Fit::Word)),
            ("the due", "Set the due day", Some(Fit::Word)),
            ("du", "Set the due day", Some(Fit::Start)),
            ("ssign", "Assign it", Some(Fit::Within)),
            ("ss", "Assign it", None),
            ("nguyen", "Nguyễn", Some(Fit::Whole)),
            ("R-12", "R-12 Poster", Some(Fit::Word)),
            ("12", "R-12 Poster", Some(Fit::Word)),
            // Scattered letters are no match.
            ("asi", "Assign it", None),
            ("due film", "Set the due day", None),
        ] {
            assert_eq!(Query::new(typed).fit(text, false), fit, "{typed} in {text}");
        }
    }

    #[test]
    fn a_slip_counts_only_where_nothing_else_fits() {
        let texts = || ["Assign it", "Assing of tasks", "Decline it"].map(String::from).into_iter(); // typos:ignore
        assert_eq!(ranked("assing", texts()), [1]); // typos:ignore
        assert_eq!(ranked("declien", texts()), [2]);
        assert_eq!(ranked("declx", texts()), [2]);
        assert_eq!(ranked("decx", texts()), [0; 0]);
        assert_eq!(ranked("xecline", texts()), [0; 0]);
        assert_eq!(ranked("asn", texts()), [0; 0]);
        assert_eq!(ranked("", texts()), [0, 1, 2]);
    }
}
