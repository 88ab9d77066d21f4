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
    whole.chain(first).flat_map(|name| drawn_places(letters, name)).collect()
}

/// Where a name stands in folded letters that are drawn, also where they have no room for the end of it.
pub fn drawn_places(letters: &[String], name: &str) -> Vec<Range<usize>> {
    let wanted: Vec<String> = fold(name.trim()).chars().map(String::from).collect();
    let mut found = word_places(letters, &wanted);
    // Folding turns even this sign into others.
    let mark = fold("…");
    let cuts = letters.iter().enumerate().filter(|(_, letter)| **letter == mark).map(|(at, _)| at);
    // Fewer letters say nobody: they begin too many words.
    let cut = cuts.filter_map(|end| {
        let mut lengths = (3..wanted.len()).rev().filter(|length| *length <= end);
        lengths.find(|length| stands_at(letters, end - length, &wanted[..*length])).map(|it| end - it..end)
    });
    found.extend(cut);
    found
}

/// Where some folded letters stand as whole words.
pub fn word_places(letters: &[String], wanted: &[String]) -> Vec<Range<usize>> {
    if wanted.is_empty() || letters.len() < wanted.len() {
        return Vec::new();
    }
    let starts = (0..=letters.len() - wanted.len()).filter(|at| stands_at(letters, *at, wanted));
    starts.map(|at| at..at + wanted.len()).collect()
}

/// True if the letters from there on are the wanted ones, and no part of a longer word. A year behind a name, as in
/// `#Marcus2026`, makes no longer name of it, but `R-1` is not in `R-17`.
fn stands_at(letters: &[String], at: usize, wanted: &[String]) -> bool {
    let goes_on = |beside: Option<&String>, own: Option<&String>| {
        let all = |letter: Option<&String>, is: fn(char) -> bool| {
            letter.is_some_and(|letter| !letter.is_empty() && letter.chars().all(is))
        };
        all(beside, char::is_alphabetic) || all(beside, char::is_numeric) && all(own, char::is_numeric)
    };
    let end = at + wanted.len();
    letters[at..end].iter().zip(wanted).all(|(one, other)| are_alike(one, other))
        && !goes_on(at.checked_sub(1).and_then(|before| letters.get(before)), wanted.first())
        && !goes_on(letters.get(end), wanted.last())
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
        let covered = redact("TOMÁS-banner, #Tomas2026, Tomás Sil…, Tom…, To…", &names);
        assert_eq!(covered, "T····-banner, #T····2026, T···· S··…, T··…, To…");
    }
}
