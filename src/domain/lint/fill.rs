//! Figures of a sentence, and suggestions filled with them.

use std::ops::Range;

use crate::domain::document::number;
use crate::domain::words::days::{MONTHS, WEEKDAYS};

/// One word with its place; figures keep their point, signs stand for themselves.
struct PlacedWord {
    span: Range<usize>,
    low: String,
}

fn words(text: &str) -> Vec<PlacedWord> {
    let mut found: Vec<PlacedWord> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let mut end = at + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some((next, c)) = letters.peek().copied() {
                let goes_on = text[next + c.len_utf8()..].starts_with(char::is_alphanumeric);
                let is_joint = matches!(c, '.' | ',' | ':' | '-' | '/' | '\'') && goes_on;
                if !c.is_alphanumeric() && !is_joint {
                    break;
                }
                end = next + c.len_utf8();
                letters.next();
            }
        } else if c != '%' {
            continue;
        }
        found.push(PlacedWord { span: at..end, low: text[at..end].to_lowercase() });
    }
    found
}

/// A plain number: no key, time, year, date or ordinal.
fn value(word: &PlacedWord) -> Option<f64> {
    // A comma parts thousands here; the texts are those of the lead and in English.
    let plain = word.low.replace(',', "");
    let is_plain = plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    // Nobody parts the digits of a year.
    let is_year = |value: &f64| plain == word.low && (1900.0..2100.0).contains(value);
    plain.parse::<f64>().ok().filter(|value| is_plain && !is_year(value))
}

fn month(word: Option<&PlacedWord>) -> bool {
    word.is_some_and(|word| MONTHS.iter().any(|month| *month == word.low || month[..3] == word.low))
}

/// Number and unit in one word: `6h`, `9.5d`.
fn joined(word: &PlacedWord, units: &[&str]) -> Option<String> {
    let digits = word.low.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    (digits > 0 && units.contains(&&word.low[digits..])).then(|| word.low[..digits].to_owned())
}

/// A number before one of the units.
fn before(words: &[PlacedWord], units: &[&str]) -> Option<String> {
    words.iter().enumerate().find_map(|(at, word)| {
        let follows = words.get(at + 1).is_some_and(|next| units.contains(&next.low.as_str()));
        value(word).filter(|_| follows).map(number).or_else(|| joined(word, units))
    })
}

const HOURS: [&str; 3] = ["h", "hours", "hour"];
const WORKDAYS: [&str; 3] = ["d", "days", "day"];

/// True at a number that counts something, and is not part of a day, of a percentage's cases or of a list.
fn is_count(words: &[PlacedWord], at: usize) -> bool {
    let (last, next) = (at.checked_sub(1).and_then(|at| words.get(at)), words.get(at + 1));
    let is_cases = last.is_some_and(|word| word.low == "n");
    let is_label = last.is_some_and(|word| {
        ["q", "tier", "page", "line", "version", "option", "step"].contains(&word.low.as_str())
    });
    value(&words[at]).is_some() && !is_cases && !is_label && !month(last) && !month(next)
}

/// True if a text has a number that counts something.
pub fn counts(text: &str) -> bool {
    let words = words(text);
    (0..words.len()).any(|at| {
        is_count(&words, at) || joined(&words[at], &HOURS).or_else(|| joined(&words[at], &WORKDAYS)).is_some()
    })
}

/// Of how many cases a text says that its figures are: `n 3`, `n = 3`.
pub fn cases(text: &str) -> Option<u32> {
    let words = words(text);
    words.windows(2).find_map(|pair| (pair[0].low == "n").then(|| pair[1].low.parse().ok()).flatten())
}

/// The place and value of the first percentage.
pub fn percentage(text: &str) -> Option<(Range<usize>, f64)> {
    let words = words(text);
    words.windows(2).find_map(|pair| {
        let is_percent = matches!(pair[1].low.as_str(), "%" | "percent");
        value(&pair[0]).filter(|_| is_percent).map(|value| (pair[0].span.start..pair[1].span.end, value))
    })
}

/// The first day or month that a text names, as it names it.
pub fn date(text: &str) -> Option<String> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let word = &words[at];
        let next = words.get(at + 1);
        let is_day_number = word.low.len() <= 2 && word.low.parse::<u8>().is_ok();
        if is_day_number && month(next) {
            return next.map(|next| text[word.span.start..next.span.end].to_owned());
        }
        // `may` and `march` are mostly verbs; as months they stand beside a number, which is looked for above.
        let is_named = MONTHS.contains(&word.low.as_str()) && word.low != "may" && word.low != "march"
            || WEEKDAYS.contains(&word.low.as_str())
            || ["christmas", "easter", "tomorrow", "today"].contains(&word.low.as_str());
        let is_iso = word.low.len() == 10
            && word.low.matches('-').count() == 2
            && word.low.starts_with(|c: char| c.is_ascii_digit());
        let is_quarter = ["q1", "q2", "q3", "q4"].contains(&word.low.as_str());
        (is_named || is_iso || is_quarter).then(|| text[word.span.clone()].to_owned())
    })
}

/// True if a day ends something in a text; "in October" does not.
fn is_end(text: &str, date: &str) -> bool {
    let before = text.find(date).map_or("", |at| &text[..at]);
    let word = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    ["until", "till", "before", "by", "to", "after"].contains(&word.as_str())
}

/// A percentage as people say it.
fn share(percent: f64) -> String {
    // Two points either way, since a share in words is heard as about that much.
    let near = |wanted: f64| (percent - wanted).abs() <= 2.0;
    let named =
        [(10.0, "a tenth"), (20.0, "a fifth"), (25.0, "a quarter"), (33.3, "a third"), (50.0, "half")];
    let more = [(66.7, "two thirds"), (75.0, "three quarters"), (90.0, "nine tenths"), (80.0, "four fifths")];
    let found = named.iter().chain(&more).find(|(wanted, _)| near(*wanted));
    found.map_or_else(|| format!("{} %", number(percent)), |(_, name)| (*name).to_owned())
}

/// A suggestion with the places filled that the sentence has something for.
pub fn fill(say: &str, sentence: &str) -> String {
    let all = words(sentence);
    let percent = percentage(sentence).map(|(_, percent)| percent);
    let is_other = |at: usize| {
        let next = all.get(at + 1).map_or("", |word| word.low.as_str());
        HOURS.contains(&next) || WORKDAYS.contains(&next) || matches!(next, "%" | "percent")
    };
    // A number with a unit behind it fills a place of its own, so it must not fill `<n>` as well.
    let count = (0..all.len()).find(|at| is_count(&all, *at) && !is_other(*at));
    let known = [
        ("<date>", date(sentence).filter(|date| is_end(sentence, date))),
        ("<percent>", percent.map(|percent| format!("{} %", number(percent)))),
        ("<share>", percent.map(share)),
        ("<hours>", before(&all, &HOURS)),
        ("<days>", before(&all, &WORKDAYS)),
        ("<n>", count.and_then(|at| value(&all[at])).map(number)),
    ];
    known.iter().fold(say.to_owned(), |said, (place, found)| match found {
        Some(found) => said.replace(place, found),
        None => said,
    })
}

/// Begins with a capital where the words before did.
pub fn begin_like(before: &str, text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if before.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
