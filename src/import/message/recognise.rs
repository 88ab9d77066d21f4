//! Days, hours, people and tags in what somebody wrote. Each is offered with the words it was found in and the words
//! of quick add that would set it; none is ever set by being found.

mod day;

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{ReceivedMessage, SaidLine};
use crate::domain::matching::{NameIndex, NameMatch};
use crate::domain::minutes::Minutes;
use crate::domain::words::duration::parse_duration;
use crate::domain::words::{ParseContext, fold, line};

pub(super) use day::day_with_year;

/// So many of each are offered: whoever has to choose among more reads the text instead.
const OFFERED: usize = 8;
/// Longer than this is no estimate of one request.
const LONGEST: Minutes = Minutes::hours(400);
/// A name that means several is offered for each of them, up to so many.
const NAMESAKES: usize = 3;
/// Words that begin a sentence more often than they name somebody.
const NO_NAMES: [&str; 14] = [
    "will", "may", "can", "the", "and", "for", "art", "grant", "mark", "hope", "sunny", "please", "thanks",
    "best",
];
/// What somebody does who decides, by how it begins.
const APPROVES: [&str; 7] = ["approve", "approval", "decides", "freigabe", "gibt frei", "valide", "aprueba"];
/// A length behind one of these is a time of day or a deadline.
const NO_LENGTH: [&str; 16] = [
    "at",
    "um",
    "by",
    "a",
    "las",
    "within",
    "in",
    "next",
    "past",
    "last",
    "every",
    "innerhalb",
    "bis",
    "until",
    "before",
    "after",
];

/// What an offer would set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recognised {
    Day,
    Hours,
    Person,
    Tag,
}

impl Recognised {
    /// As it is told.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Hours => "hours",
            Self::Person => "person",
            Self::Tag => "tag",
        }
    }
}

/// Something that was recognised and may be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOffer {
    /// What it would set.
    pub kind: Recognised,
    /// The words in which it was found.
    pub words: String,
    /// What sets it, as quick add reads it: `due:2026-12-04`, `~16h`, `@bo`, `#retail`.
    pub sets: String,
    /// What it would say then, as quick add says it back: `due Fri 4 Dec, 9 working days`.
    pub says: String,
    /// It stands in a part that is repeated from an earlier mail.
    pub is_quoted: bool,
}

/// Whom a text can name.
pub struct Nameables<'a> {
    pub names: &'a NameIndex,
    /// The handle of each, by their places.
    pub handles: &'a [String],
    /// Who wrote it, and is not named by signing it.
    pub writers: &'a [usize],
    /// Stakeholders, who are named where they approve.
    pub stakeholders: &'a NameIndex,
    /// The name of each, by their places.
    pub stakeholder_names: &'a [String],
}

/// A word of a line with its place, without the punctuation around it.
#[derive(Debug, Clone, Copy)]
struct TextWord<'a> {
    text: &'a str,
    from: usize,
    to: usize,
    /// Nothing but spaces stands before it, up to the word before.
    follows: bool,
}

/// Finds what can be offered, what the writer says before what is quoted.
pub fn recognise(
    message: &ReceivedMessage,
    context: &ParseContext,
    people: &Nameables<'_>,
) -> Vec<FieldOffer> {
    // A mail that is pasted days later still counts from its own day; one from the future has a wrong clock.
    let today = message.sent.filter(|sent| *sent <= context.today).unwrap_or(context.today);
    let mut found = Vec::new();
    for line in &message.said {
        let words = split(&line.text);
        days(line, &words, (today, context), &mut found);
        hours(line, &words, context, &mut found);
        tags(line, &words, &mut found);
        named(line, &words, people, &mut found);
        approving(line, &words, people, &mut found);
    }
    // What the writer says comes first, so that of two alike offers the quoted one goes.
    found.sort_by_key(|offer| (offer.kind, offer.is_quoted));
    let mut seen = HashSet::new();
    // By what would be set and not by the words: `Friday` and `4 December` may be one day.
    found.retain(|offer| seen.insert((offer.kind, offer.sets.clone())));
    let mut left = [OFFERED; 4];
    found.retain(|offer| {
        let left = &mut left[offer.kind as usize];
        let is_taken = *left > 0;
        *left = left.saturating_sub(1);
        is_taken
    });
    for offer in &mut found {
        offer.says = line::echo(&line::parse(&offer.sets, context), context);
    }
    found
}

fn split(text: &str) -> Vec<TextWord<'_>> {
    let is_around = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '„' | '*' | '>' | '…'
            )
    };
    let (mut words, mut from, mut last) = (Vec::new(), None, 0);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, is_around(c)) {
            (None, false) => from = Some(at),
            (Some(begin), true) => {
                // A point within a word is part of a figure or a name; at its end it is that of the sentence.
                let word = text[begin..at].trim_end_matches([':', '.', '\'', '’']);
                if !word.is_empty() {
                    let follows =
                        text[last..begin].chars().all(|c| c.is_whitespace() || c == ',' || c == '.');
                    words.push(TextWord { text: word, from: begin, to: begin + word.len(), follows });
                    last = begin + word.len();
                }
                from = None;
            }
            _ => {}
        }
    }
    words
}

fn days(
    line: &SaidLine,
    words: &[TextWord<'_>],
    when: (NaiveDate, &ParseContext),
    found: &mut Vec<FieldOffer>,
) {
    let (today, context) = when;
    let mut at = 0;
    while at < words.len() {
        match day::day_at(words, at, today, context) {
            Some((day, taken)) => {
                found.push(offer(Recognised::Day, line, &words[at..at + taken], format!("due:{day}")));
                at += taken;
            }
            None => at += 1,
        }
    }
}

fn offer(kind: Recognised, line: &SaidLine, words: &[TextWord<'_>], sets: String) -> FieldOffer {
    let ends = words.first().zip(words.last()).map(|(first, last)| first.from..last.to);
    let said = ends.and_then(|ends| line.text.get(ends)).unwrap_or_default();
    FieldOffer { kind, words: said.to_owned(), sets, says: String::new(), is_quoted: line.is_quoted }
}

fn hours(line: &SaidLine, words: &[TextWord<'_>], context: &ParseContext, found: &mut Vec<FieldOffer>) {
    for at in 0..words.len() {
        let folded = |place: usize| words.get(place).map(|word| fold(word.text)).unwrap_or_default();
        let own = folded(at);
        let before = at.checked_sub(1).map(folded).unwrap_or_default();
        let is_estimate = own.starts_with('~');
        let number = own.trim_start_matches('~');
        let is_number = number.starts_with(|c: char| c.is_ascii_digit());
        let unit = |word: &str| {
            [
                "h", "hr", "hrs", "hour", "hours", "stunden", "stunde", "std", "heures", "heure", "horas",
                "hora", "ore",
            ]
            .contains(&word)
        };
        let days = |word: &str| ["day", "days", "tage", "tag", "jours", "dias"].contains(&word);
        // `5 days` alone is rather a deadline than an amount of work.
        let of_work = || {
            let rest: Vec<String> = (at + 2..at + 5).map(folded).collect();
            rest.iter().any(|word| {
                word.starts_with("work") || word.starts_with("arbeit") || word.starts_with("travail")
            })
        };
        let (text, taken) = if (own == "half" || own == "halben") && days(&folded(at + 2)) {
            ("0.5d".to_owned(), 3)
        } else if !is_number {
            continue;
        } else if unit(&folded(at + 1)) {
            (format!("{number}h"), 2)
        } else if days(&folded(at + 1)) && (is_estimate || of_work()) {
            (format!("{number}d"), 2)
        } else if number.ends_with('h') && number.len() > 1 || is_estimate {
            (number.to_owned(), 1)
        } else {
            continue;
        };
        if NO_LENGTH.contains(&before.as_str()) && !is_estimate {
            continue;
        }
        if let Ok(length) = parse_duration(&text, context.day)
            && !length.is_zero()
            && length <= LONGEST
        {
            let end = (at + taken).min(words.len());
            found.push(offer(Recognised::Hours, line, &words[at..end], format!("~{length}")));
        }
    }
}

fn tags(line: &SaidLine, words: &[TextWord<'_>], found: &mut Vec<FieldOffer>) {
    for (at, word) in words.iter().enumerate() {
        let Some(tag) = word.text.strip_prefix('#') else { continue };
        let is_word = tag.starts_with(char::is_alphabetic)
            && tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        // `#bad` is a word, `#b4d` a colour.
        let is_colour = matches!(tag.len(), 3 | 6)
            && tag.chars().all(|c| c.is_ascii_hexdigit())
            && tag.chars().any(|c| c.is_ascii_digit());
        if is_word && !is_colour {
            found.push(offer(Recognised::Tag, line, &words[at..=at], format!("#{tag}")));
        }
    }
}

fn named(line: &SaidLine, words: &[TextWord<'_>], people: &Nameables<'_>, found: &mut Vec<FieldOffer>) {
    let mut at = 0;
    while at < words.len() {
        let (places, taken) = who(words, at, people.names);
        for place in places.into_iter().filter(|place| !people.writers.contains(place)) {
            if let Some(handle) = people.handles.get(place) {
                found.push(offer(Recognised::Person, line, &words[at..at + taken], format!("@{handle}")));
            }
        }
        at += taken.max(1);
    }
}

/// Stakeholders of a line that says who approves: `Sofia signs it off`.
fn approving(line: &SaidLine, words: &[TextWord<'_>], people: &Nameables<'_>, found: &mut Vec<FieldOffer>) {
    let folded = fold(&line.text);
    let signs = folded.contains("sign") && (folded.contains("off") || folded.contains("sign-off"));
    if !signs && !APPROVES.iter().any(|word| folded.contains(word)) {
        return;
    }
    let mut at = 0;
    while at < words.len() {
        let (places, taken) = who(words, at, people.stakeholders);
        for name in places.into_iter().filter_map(|place| people.stakeholder_names.get(place)) {
            // Such a name could not be typed back in quotes.
            if !name.contains('"') {
                let sets = format!("decider:\"{name}\"");
                found.push(offer(Recognised::Person, line, &words[at..at + taken], sets));
            }
        }
        at += taken.max(1);
    }
}

/// Who is named from a word on, and in how many words: `@bo`, `Bo Ek`, or a name of which there is only one.
fn who(words: &[TextWord<'_>], at: usize, names: &NameIndex) -> (Vec<usize>, usize) {
    let word = words[at].text;
    let two = words.get(at + 1).filter(|next| next.follows).map(|next| format!("{word} {}", next.text));
    if let Some(two) = two.filter(|_| word.starts_with('@') || begins_as_name(word))
        && let NameMatch::One(place) = names.exactly(&two)
    {
        return (vec![place], 2);
    }
    if word.starts_with('@') {
        return match names.surely(word) {
            NameMatch::One(place) => (vec![place], 1),
            NameMatch::Ambiguous(places) if places.len() <= NAMESAKES => (places, 1),
            _ => (Vec::new(), 1),
        };
    }
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    if !begins_as_name(word) || NO_NAMES.contains(&fold(word).as_str()) {
        return (Vec::new(), 1);
    }
    let places = names.by_word(word);
    (if places.len() <= NAMESAKES { places } else { Vec::new() }, 1)
}

fn begins_as_name(word: &str) -> bool {
    word.chars().count() > 1 && word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
}
