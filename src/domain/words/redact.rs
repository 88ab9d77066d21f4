//! Covering names that others must not read: whole words, whatever their case and accents.

use std::ops::Range;

use super::fold;

/// What stands in place of each letter.
pub const COVER: &str = "·";

/// Covers names in a text.
pub fn redact(text: &str, names: &[String]) -> String {
    if names.is_empty() {
        return text.to_owned();
    }
    let mut letters: Vec<String> = text.chars().map(String::from).collect();
    // Letter by letter, since folding makes two of some, such as `ß`, and places would no longer agree.
    let folded: Vec<String> = letters.iter().map(|letter| fold(letter)).collect();
    for place in places(&folded, names) {
        for at in place {
            if !stays(&folded, at) {
                COVER.clone_into(&mut letters[at]);
            }
        }
    }
    letters.concat()
}

/// True for the first letter of a word, and for what stands between words: initials are left, so that the lead still
/// knows who is meant.
pub fn stays(letters: &[String], at: usize) -> bool {
    let is_letter = |letter: &String| letter.chars().any(char::is_alphanumeric);
    let before = at.checked_sub(1).and_then(|before| letters.get(before));
    letters.get(at).is_none_or(|letter| letter.trim().is_empty())
        || letters.get(at).is_some_and(is_letter) && !before.is_some_and(is_letter)
}

/// Where names stand in folded letters: each name, and its first word, for that is how people are called in narrow
/// places.
pub fn places(letters: &[String], names: &[String]) -> Vec<Range<usize>> {
    let whole = names.iter().map(String::as_str);
    let first = names.iter().filter_map(|name| name.split_whitespace().next());
    let wanted =
        whole.chain(first).map(|name| fold(name.trim()).chars().map(String::from).collect::<Vec<_>>());
    wanted.flat_map(|wanted| word_places(letters, &wanted)).collect()
}

/// Where some folded letters stand as whole words.
pub fn word_places(letters: &[String], wanted: &[String]) -> Vec<Range<usize>> {
    if wanted.is_empty() || letters.len() < wanted.len() {
        return Vec::new();
    }
    let is_letter = |letter: Option<&String>| {
        letter.is_some_and(|letter| !letter.is_empty() && letter.chars().all(char::is_alphanumeric))
    };
    (0..=letters.len() - wanted.len())
        .map(|at| at..at + wanted.len())
        .filter(|place| letters[place.clone()].iter().zip(wanted).all(|(one, other)| are_alike(one, other)))
        .filter(|place| {
            !is_letter(place.start.checked_sub(1).and_then(|before| letters.get(before)))
                && !is_letter(letters.get(place.end))
        })
        .collect()
}

/// A name may go on in the next line.
fn are_alike(one: &str, other: &str) -> bool {
    let is_blank = |letter: &str| !letter.is_empty() && letter.chars().all(char::is_whitespace);
    one == other || is_blank(one) && is_blank(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_whatever_their_case_and_accents() {
        let names = ["Tomás Silva".to_owned(), String::new()];
        let covered = redact("owed to tomas silva, and Tomás’ Tomásson", &names);
        assert_eq!(covered, "owed to t···· s····, and T····’ Tomásson");
    }
}
