//! A text as lower-case words, in which phrases of the lists are looked for.

use std::ops::Range;

use super::WordList;

/// Which endings a word may have beyond what the list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endings {
    /// Exactly the words of the list.
    None,
    /// The plural counts as well.
    Noun,
    /// Plurals and the forms of verbs.
    Verb,
}

/// Ends a clause; no phrase reaches over it.
// A letter that no word of a text can be, since everything but letters and digits is cut away.
const BREAK: &str = "|";

/// A title; longer texts are sentences.
const SHORT: usize = 8;
const NUMBERS: [&str; 16] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "fifty", "hundred", "thousand",
];

/// Words between single spaces, with a space at both ends, and where they begin.
pub struct Text {
    words: String,
    starts: Vec<usize>,
}

impl Text {
    /// Cuts a text into words; numbers keep their point, words their hyphens and apostrophes.
    pub fn of(text: &str) -> Self {
        let mut this = Self { words: String::with_capacity(text.len() + 8), starts: Vec::new() };
        this.words.push(' ');
        // One letter at a time, as a word of the lists is read: as a whole a text is folded by its neighbours, too.
        let lower = if text.is_ascii() {
            // Most titles; looking each letter up was a twentieth of a start with 100,000 open requests.
            text.to_ascii_lowercase()
        } else {
            text.chars().flat_map(char::to_lowercase).collect()
        };
        let mut letters = lower.chars().peekable();
        let mut before = ' ';
        while let Some(c) = letters.next() {
            let next = letters.peek().copied().unwrap_or(' ');
            let is_inside = before.is_alphanumeric() && next.is_alphanumeric();
            // `1,200` and `9.5` are one word, and no end of a clause.
            let is_point = matches!(c, '.' | ',') && before.is_numeric() && next.is_numeric();
            let is_apostrophe = matches!(c, '\'' | '’') && before.is_alphanumeric();
            if c.is_alphanumeric() || is_point || c == '-' && is_inside {
                this.letter(c);
            } else if is_apostrophe {
                this.letter('\'');
            } else if c == '%' {
                this.word("%");
            } else if matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '(' | ')' | '\n' | '–' | '—') {
                this.word(BREAK);
            } else {
                this.space();
            }
            before = c;
        }
        this.space();
        this
    }

    /// A phrase as lists hold it.
    pub fn plain_of(phrase: &str) -> String {
        Self::of(phrase).words.trim().to_owned()
    }

    fn space(&mut self) {
        if !self.words.ends_with(' ') {
            self.words.push(' ');
        }
    }

    fn letter(&mut self, c: char) {
        if self.words.ends_with(' ') {
            self.starts.push(self.words.len());
        }
        self.words.push(c);
    }

    fn word(&mut self, word: &str) {
        self.space();
        self.starts.push(self.words.len());
        self.words.push_str(word);
        self.words.push(' ');
    }

    /// How many words there are, breaks included.
    pub const fn len(&self) -> usize {
        self.starts.len()
    }

    fn get(&self, at: usize) -> &str {
        let Some(start) = self.starts.get(at) else { return "" };
        // One space stands between two words and behind the last. Looking for it instead of reckoning its place was a
        // twelfth of what a start with 1,000 requests reckons.
        let next = self.starts.get(at + 1).copied().unwrap_or(self.words.len());
        &self.words[*start..next - 1]
    }

    /// True where a clause ends.
    pub fn is_break(&self, at: usize) -> bool {
        self.get(at) == BREAK
    }

    /// True for a number, in digits or as a word.
    pub fn is_figure(&self, at: usize) -> bool {
        let word = self.get(at);
        word.starts_with(|c: char| c.is_numeric()) || NUMBERS.contains(&word)
    }

    /// True for a word that says that a noun follows.
    pub fn is_determiner(&self, at: usize) -> bool {
        matches!(self.get(at), "a" | "an" | "the" | "their" | "its" | "our" | "his" | "her" | "your" | "my")
    }

    /// True for a word that tells a share or a part.
    pub fn is_share(&self, at: usize) -> bool {
        matches!(self.get(at), "%" | "percent" | "fifth" | "third" | "quarter")
            || self.get(at) == "per" && self.get(at + 1) == "cent"
            || self.is_figure(at) && matches!(self.get(at + 1), "in" | "of") && self.is_figure(at + 2)
    }

    /// True if there is a digit anywhere, as in `A2`.
    pub fn has_digit(&self) -> bool {
        self.words.contains(|c: char| c.is_ascii_digit())
    }

    /// "From 40 to 25" within some words.
    pub fn moves_a_figure(&self, mut words: Range<usize>) -> bool {
        let end = words.end;
        words.any(|at| {
            self.get(at) == "from"
                && self.is_figure(at + 1)
                && (at + 2..end).any(|to| self.get(to) == "to" && self.is_figure(to + 1))
        })
    }

    /// "One look in 5 markets", "the same tone on all channels" within some words.
    pub fn makes_one_of_many(&self, mut words: Range<usize>) -> bool {
        let end = words.end;
        let is_many = |at: usize| self.is_figure(at) || self.is_one_of(at, &["all", "every", "each"]);
        words.any(|at| {
            self.is_one_of(at, &["one", "same"])
                // At least one word stands between: "one look in 5 markets".
                && (at + 2..end.min(at + 5))
                    .any(|to| self.is_one_of(to, &["in", "on", "across"]) && is_many(to + 1))
        })
    }

    /// True for one of some words.
    pub fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.get(at))
    }

    /// True for a word that says which way a figure goes.
    pub fn is_direction(&self, at: usize) -> bool {
        matches!(
            self.get(at),
            "up" | "down"
                | "rise"
                | "rises"
                | "fall"
                | "falls"
                | "drop"
                | "drops"
                | "grow"
                | "grows"
                | "climb"
                | "sink"
        )
    }

    /// "One in twelve", "above 95 %", "from 8 % to 15 %", "under five minutes": a target by itself.
    pub fn tells_a_target(&self) -> bool {
        (0..self.len()).any(|at| {
            let (word, unit) = (self.get(at), self.get(at + 2));
            let is_part = self.is_figure(at) && self.get(at + 1) == "in" && self.is_figure(at + 2);
            let is_toward =
                matches!(word, "above" | "below" | "under" | "over" | "from" | "to" | "least" | "than")
                    && unit == "%";
            let is_time =
                matches!(word, "under" | "below") && matches!(unit, "minutes" | "hours" | "days" | "weeks");
            is_part || self.is_figure(at + 1) && (is_toward || is_time)
        })
    }

    /// A plural of those who do something, by its ending.
    pub fn is_doers(&self, at: usize) -> bool {
        let word = self.get(at);
        // Shorter ones are mostly something else: hers, doors, lists.
        word.len() > 5 && ["ers", "ors", "ists"].iter().any(|ending| word.ends_with(ending))
    }

    /// "Emblems, 12" or "40 emblems for Leeds": a short text that begins or ends with how many.
    pub fn is_short_count(&self) -> bool {
        let is_count = |at: usize| {
            let digits = self.get(at).replace(',', "");
            // `Brochure 2026` names a year, not two thousand brochures.
            digits.parse::<u32>().is_ok_and(|count| count > 1 && !(1900..2100).contains(&count))
        };
        let last = (0..self.len()).rev().find(|at| !self.is_break(*at)).unwrap_or(0);
        let ends_with_count = is_count(last) && matches!(self.get(last.saturating_sub(1)), BREAK | "x");
        self.len() <= SHORT && (is_count(0) || ends_with_count)
    }

    /// The end of at most `most` words from `at` on, within their clause.
    pub fn reach(&self, at: usize, most: usize) -> usize {
        let end = (at + most).min(self.len());
        (at..end).find(|at| self.is_break(*at)).unwrap_or(end)
    }

    /// The words of each clause.
    pub fn clauses(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from;
            (start < self.len()).then(|| {
                let end = self.reach(start, self.len());
                from = end + 1;
                start..end
            })
        })
    }

    /// True if the text begins with one of the phrases.
    pub fn starts(&self, list: &WordList) -> bool {
        self.at(0, list, Endings::None).is_some()
    }

    /// True if one of the phrases stands in the text.
    pub fn has(&self, list: &WordList, endings: Endings) -> bool {
        self.places(list, endings).next().is_some()
    }

    /// Where phrases of a list stand.
    pub fn places(&self, list: &WordList, endings: Endings) -> impl Iterator<Item = Range<usize>> {
        (0..self.len()).filter_map(move |at| self.at(at, list, endings).map(|end| at..end))
    }

    /// The end of the phrase of a list that stands at a word.
    pub fn at(&self, at: usize, list: &WordList, endings: Endings) -> Option<usize> {
        let rest = &self.words.as_bytes()[*self.starts.get(at)?..];
        let phrase = list.under(rest).iter().find(|phrase| begins(rest, phrase, endings))?;
        Some(at + phrase.split(' ').count())
    }
}

/// True if words begin with a phrase, its last word with an ending that is allowed.
fn begins(words: &[u8], phrase: &str, endings: Endings) -> bool {
    let phrase = phrase.as_bytes();
    let (stem, forms): (&[u8], &[&[u8]]) = match (endings, phrase) {
        (Endings::None, _) => (phrase, &[b""]),
        (Endings::Noun, [stem @ .., b'y']) => (stem, &[b"y", b"ies", b"ys"]),
        (Endings::Noun, _) => (phrase, &[b"", b"s", b"es"]),
        // With so short a stem the `e` stays: `see` becomes `seeing`.
        (Endings::Verb, [stem @ .., b'e']) if stem.len() > 2 => (stem, &[b"e", b"es", b"ed", b"ing"]),
        (Endings::Verb, [stem @ .., b'y']) => (stem, &[b"y", b"ies", b"ied", b"ying", b"ys"]),
        (Endings::Verb, _) => (phrase, &[b"", b"s", b"es", b"ed", b"ing"]),
    };
    let Some(rest) = words.strip_prefix(stem) else { return false };
    let length = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
    let ending = &rest[..length];
    // `stop` becomes `stopping` and `stopped`.
    let doubled = |last: &u8| {
        endings == Endings::Verb
            && phrase.len() > 2
            && (ending == [*last, b'i', b'n', b'g'] || ending == [*last, b'e', b'd'])
    };
    forms.contains(&ending) || phrase.last().is_some_and(doubled)
}
