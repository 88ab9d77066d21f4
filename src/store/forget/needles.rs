//! Texts that are looked for where they were copied to: sentences of the history, documents, drafts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::words::GONE;
use crate::domain::words::fold;

/// Shorter texts are only taken out where it is known whose they are: two letters stand in every sentence.
const SURE: usize = 4;
/// So much of a text that was cut off with `…` tells that it is the one.
const CUT: usize = 6;

/// Texts to be taken out, the longest first.
#[derive(Debug, Default)]
pub struct Needles {
    texts: Vec<String>,
    /// Those that other records say as well, like the name of a brand: in what is told of those records they are no
    /// secret of this one, and taking them out there would spoil a history that nobody asked to forget.
    shared: BTreeSet<String>,
}

impl Needles {
    /// Adds a text as a column holds it: whole, line by line, and item by item where it is a list.
    pub fn add(&mut self, text: &str) {
        match serde_json::from_str(text) {
            Ok(value @ (Value::Array(_) | Value::Object(_))) => self.add_json(&value),
            _ => self.add_plain(text),
        }
    }

    fn add_json(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Array(items) => items.iter().for_each(|item| self.add_json(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.add_json(field)),
            _ => {}
        }
    }

    fn add_plain(&mut self, text: &str) {
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines = text.lines().map(|line| line.trim().to_owned());
        for needle in lines.chain([text.trim().to_owned(), one_line]) {
            if !needle.is_empty() && needle != GONE && !self.texts.contains(&needle) {
                self.texts.push(needle);
            }
        }
        // The longest first, or a part of a sentence would be taken out and the rest of it never be found
        // again.
        self.texts.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    }

    /// Says that another record holds a text as its own words.
    pub fn share(&mut self, text: &str) {
        self.shared.insert(text.to_owned());
    }

    /// True if there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The texts that are long enough to be looked for in the words of other records.
    pub fn sure(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str).filter(|needle| needle.chars().count() >= SURE)
    }

    /// True if one of them, written small, begins a text: how ids are made of a sender.
    pub fn has_folded(&self, text: &str) -> bool {
        let text = fold(text);
        self.texts.iter().any(|needle| text.starts_with(&fold(needle)))
    }

    /// A text without them; `None` if none stands in it. `is_own` says that the text is about the forgotten row, so
    /// that short ones count too.
    pub fn without(&self, text: &str, is_own: bool) -> Option<String> {
        let mut left = text.to_owned();
        // Three letters stand in too many words, and what other records say too is not the subject's alone.
        let is_meant =
            |needle: &&String| is_own || needle.chars().count() >= SURE && !self.shared.contains(*needle);
        for needle in self.texts.iter().filter(is_meant) {
            left = without_cut(&without_one(&left, needle), needle);
        }
        (left != text).then_some(left)
    }

    /// The same within the strings of JSON, also of JSON that is kept as a string; plain text is taken as text.
    pub fn without_in_json(&self, text: &str, is_own: bool) -> Option<String> {
        let Ok(mut value @ (Value::Array(_) | Value::Object(_))) = serde_json::from_str(text) else {
            return self.without(text, is_own);
        };
        self.clean(&mut value, is_own).then(|| value.to_string())
    }

    fn clean(&self, value: &mut Value, is_own: bool) -> bool {
        match value {
            Value::String(text) => match self.without_in_json(text, is_own) {
                Some(left) => {
                    *text = left;
                    true
                }
                None => false,
            },
            // `|` and not `||`: every item has to be cleaned, also after one that was.
            Value::Array(items) => items.iter_mut().fold(false, |any, item| self.clean(item, is_own) | any),
            Value::Object(fields) => {
                fields.values_mut().fold(false, |any, field| self.clean(field, is_own) | any)
            }
            _ => false,
        }
    }
}

/// True if two texts, put together, make one word at the seam.
fn join(one: &str, other: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_letter(one.chars().next_back()) && is_letter(other.chars().next())
}

/// Every whole occurrence replaced: `art` is no part of `party`.
fn without_one(text: &str, needle: &str) -> String {
    let (mut left, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(needle) {
        let (before, after) = (&rest[..at], &rest[at + needle.len()..]);
        left.push_str(before);
        // Within a longer word it is another word.
        left.push_str(if join(&left, needle) || join(needle, after) { needle } else { GONE });
        rest = after;
    }
    left + rest
}

/// Every beginning of the text that ends in `…` replaced.
fn without_cut(text: &str, needle: &str) -> String {
    let mut parts = text.split('…').map(str::to_owned).collect::<Vec<_>>();
    let count = parts.len();
    for part in &mut parts[..count - 1] {
        let long_enough = needle.char_indices().map(|(at, _)| at).skip(CUT).chain([needle.len()]);
        // Sentences of the journal cut long titles off with `…`, so that only their beginning stands there.
        let stands = |begun: &&str| part.strip_suffix(*begun).is_some_and(|before| !join(before, begun));
        let begun = long_enough.map(|at| needle[..at].trim_end()).filter(stands).max_by_key(|it| it.len());
        if let Some(begun) = begun {
            part.truncate(part.len() - begun.len());
            part.push_str(GONE);
        }
    }
    parts.join("…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(texts: &[&str]) -> Needles {
        let mut needles = Needles::default();
        for text in texts {
            needles.add(text);
        }
        needles
    }

    #[test]
    fn a_text_goes_wherever_it_stands_whole_cut_or_in_a_list() {
        let found = needles(&["Launch film for Mara", "two\nlines here", "[\"secret-tag\"]"]);
        for (text, left) in [
            ("Added R-3 Launch film for Mara", "Added R-3 (forgotten)"),
            ("Added R-3 Launch film f…, due Fri", "Added R-3 (forgotten)…, due Fri"),
            ("note: two lines here", "note: (forgotten)"),
            ("tagged secret-tag", "tagged (forgotten)"),
        ] {
            assert_eq!(found.without(text, false).as_deref(), Some(left), "{text}");
        }
        assert_eq!(found.without("Launch of something else", false), None);
    }

    #[test]
    fn words_that_only_look_like_it_stay() {
        let found = needles(&["art", "film"]);
        assert_eq!(found.without("a party of filmmakers", true), None);
        assert_eq!(found.without("a microfilm…", true), None, "nor where the end of a word is cut off");
        assert_eq!(found.without("no art here", false), None, "too short to be sure");
        assert_eq!(found.without("no art here", true).as_deref(), Some("no (forgotten) here"));
    }

    #[test]
    fn json_is_cleaned_inside_and_stays_json() {
        let found = needles(&["say \"no\" to Owen"]);
        let text =
            r#"{"lines":["we say \"no\" to Owen now"],"in":"{\"a\":\"say \\\"no\\\" to Owen\"}","n":1}"#;
        let left = found.without_in_json(text, false).unwrap();
        let value: Value = serde_json::from_str(&left).unwrap();
        assert_eq!(value["lines"][0], "we (forgotten) now");
        assert_eq!(value["in"], r#"{"a":"(forgotten)"}"#);
        assert_eq!(value["n"], 1);
    }

    #[test]
    fn four_letters_are_enough_to_be_sure() {
        let found = needles(&["film", "art", "café"]);
        assert_eq!(found.without("a film here", false).as_deref(), Some("a (forgotten) here"));
        assert_eq!(found.sure().collect::<Vec<_>>(), ["café", "film"]);
    }
}
