//! Finding by words: one fuzzy match for the palette, and for picking a record.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The places of the texts that fit some words, the best first; all in their order where nothing is typed.
pub fn ranked(typed: &str, texts: impl Iterator<Item = String>) -> Vec<usize> {
    if typed.trim().is_empty() {
        return (0..texts.count()).collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, usize)> = texts
        .enumerate()
        .filter_map(|(index, text)| {
            pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher).map(|score| (score, index))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, index)| index).collect()
}
