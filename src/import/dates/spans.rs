//! Spans of days: of one the end counts, since that is the day by which something is due.

use chrono::Days;

use super::parts::DateParts;
use super::{CellDate, DateHints, names, whole};

/// What stands behind a word that a text begins with, in capitals or not: sentences and headings begin so.
pub(super) fn without<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    Some(&text[head.len()..])
}

/// The two ends of a span, as far as a mark tells them apart.
pub(in crate::import) fn halves(text: &str) -> Option<(&str, &str)> {
    const MARKS: [&str; 17] = [
        "→",
        "->",
        "–",
        "—",
        " - ",
        " to ",
        " until ",
        " till ",
        " through ",
        " bis ",
        " au ",
        " al ",
        " t/m ",
        " tot en met ",
        " tot ",
        " hasta ",
        "..",
    ];
    const FIRST: [&str; 9] = ["from ", "vom ", "von ", "du ", "del ", "de ", "desde ", "van ", "ab "];
    // Of these letters only plain ones change with their case, so both texts have their marks at the same places.
    let small = text.to_ascii_lowercase();
    let split = |mark: &&str| small.find(*mark).map(|at| (&text[..at], &text[at + mark.len()..]));
    let found = between(text, &small)
        .or_else(|| MARKS.iter().find_map(split))
        .or_else(|| alone(text, " / "))
        .or_else(|| joined(text));
    let (from, to) = found?;
    let from = from.trim();
    let from = FIRST.iter().find_map(|word| without(from, word)).unwrap_or(from).trim();
    let to = to.trim();
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// `between 1 and 4 December`: only behind such a word does one that joins make a span.
fn between<'t>(text: &'t str, small: &str) -> Option<(&'t str, &'t str)> {
    const WORDS: [(&str, &str); 5] = [
        ("between ", " and "),
        ("zwischen ", " und "),
        ("entre ", " et "),
        ("entre ", " y "),
        ("tussen ", " en "),
    ];
    WORDS.iter().find_map(|(first, middle)| {
        let at = first.len() + small.strip_prefix(first)?.find(middle)?;
        Some((&text[first.len()..at], &text[at + middle.len()..]))
    })
}

/// The two sides of a mark that comes once: `04 / 12 / 2026` is one day.
fn alone<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    text.split_once(mark).filter(|(_, rest)| !rest.contains(mark))
}

/// `2026-12-01/2026-12-04`, and two days with nothing but a hyphen between them.
fn joined(text: &str) -> Option<(&str, &str)> {
    let is_long = |half: &str| half.chars().filter(char::is_ascii_digit).count() >= 2;
    let marks = text.char_indices().filter(|(_, c)| matches!(c, '/' | '-'));
    let count = marks.clone().count();
    // The mark in the middle: a day has as many of its own on either side.
    let (at, mark) =
        if count % 2 == 1 && count != 1 { marks.clone().nth(count / 2)? } else { return single(text) };
    let (from, to) = (&text[..at], &text[at + mark.len_utf8()..]);
    (is_long(from) && is_long(to)).then_some((from, to))
}

/// `1-4 December`, `Dec 1-4, 2026`, `1.-4.12.2026`, `30 Nov-4 Dec`.
fn single(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once('-')?;
    let is_end = from.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let has_words = text.chars().any(char::is_alphabetic) || text.contains('.');
    // A year behind a month is a part of its day: `4 Dec-2026`.
    let digits = to.chars().take_while(char::is_ascii_digit).count();
    let is_day = is_end && digits > 0 || ends_in_month(from) && (1..=2).contains(&digits);
    (is_day && has_words && !to.contains('-')).then_some((from, to))
}

/// True for a day of a month that ends with its name: `30 Nov`.
fn ends_in_month(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    names::month(word).is_some() && text.starts_with(|c: char| c.is_ascii_digit())
}

/// The end of a span; where it leaves out the month, that of its beginning counts.
pub(super) fn span_end(text: &str, hints: DateHints) -> Option<CellDate> {
    let (from, to) = halves(text)?;
    // A day with a time behind a dash is no span: `2026-12-04 - 10:00`.
    if let Some(found) = whole(to, hints) {
        let year = |text: &str| DateParts::of(text).is_some_and(|parts| !parts.names_no_year());
        // `28 Dec 2026 – 3 Jan`: the year of the beginning, or the one after it.
        if !year(to) && year(from) {
            let start = whole(from, hints)?;
            // Half a year on, so that the nearest such day is the one after the beginning.
            let near = DateHints { near: Some(start.local.date() + Days::new(180)), ..hints };
            return whole(to, near);
        }
        return begins(from, hints).then_some(found);
    }
    // `Dec 1–4, 2026`: the name of the month stands before the first day only.
    let month = from.split(|c: char| !c.is_alphabetic()).find(|word| names::month(word).is_some())?;
    let end = to.find(|c: char| !c.is_ascii_digit()).unwrap_or(to.len());
    let (day, rest) = to.split_at(end);
    whole(&format!("{day} {month} {}", rest.trim_start_matches([',', ' ', '.'])), hints)
}

/// True for what can be the beginning of a span: a day, or only its number.
fn begins(from: &str, hints: DateHints) -> bool {
    let text = from.trim_end_matches('.');
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, after) = text.split_at(end);
    let is_number = (1..=2).contains(&number.len()) && names::past_ending(number, after).is_empty();
    is_number || DateParts::of(from).is_some() || whole(from, hints).is_some()
}
