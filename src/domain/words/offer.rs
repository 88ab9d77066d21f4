//! What plain words of a typed line say without a doubt: `by friday`, `for Owen`, `4h a week`. Each is offered with what
//! sets it, and changes nothing before it is taken: they may as well be words of a title.

use std::ops::Range;

use super::days::read_day;
use super::line::{self, Change};
use super::token::{Token, tokens};
use super::{ParseContext, fold};
use crate::domain::field::{self, Field};
use crate::domain::matching::NameIndex;
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::domain::words::duration::parse_duration;

/// The most words that say a day: `friday 4 december 2026`.
const DAY_WORDS: usize = 4;
/// What stands before the day that is the last one; `before friday` would be another day, so it is not among them.
const BY: [&str; 5] = ["by", "until", "due", "bis", "hasta"];
/// What stands before whoever it is for.
const FOR: [&str; 4] = ["for", "fur", "pour", "para"];
/// What makes an amount of work one that comes back each week.
const EACH_WEEK: [&[&str]; 7] = [
    &["a", "week"],
    &["per", "week"],
    &["each", "week"],
    &["pro", "woche"],
    &["die", "woche"],
    &["par", "semaine"],
    &["por", "semana"],
];

/// Words of a line that could be what sets a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOffer {
    /// Where they stand, in letters.
    pub letters: Range<usize>,
    /// As they were typed.
    pub words: String,
    /// What sets it: `due:friday`, `requester:"Owen Price"`.
    pub sets: String,
}

impl LineOffer {
    /// The line with what sets it in the place of the words.
    pub fn taken(&self, line: &str) -> String {
        let before: String = line.chars().take(self.letters.start).collect();
        let behind: String = line.chars().skip(self.letters.end).collect();
        format!("{before}{}{behind}", self.sets)
    }
}

/// Whom a line can name: the team with their handles, stakeholders with their names, by their places.
pub struct LineNames<'a> {
    pub team: &'a NameIndex,
    pub handles: &'a [String],
    pub stakeholders: &'a NameIndex,
    pub stakeholder_names: &'a [String],
}

/// What a line offers, in its order.
pub fn offers(text: &str, context: &ParseContext, names: &LineNames<'_>) -> Vec<LineOffer> {
    // Read as a line first, since the due day of a rate is one of its fields.
    let found = line::parse(text, context);
    let has = |wanted: Field| {
        found.changes.iter().any(|change| matches!(change, Change::Set(field, _) if *field == wanted))
    };
    let tokens = tokens(text);
    let mut offers = Vec::new();
    for at in 0..tokens.len() {
        let rest = &tokens[at..];
        // What is said already with its field is not offered again from words.
        let day = (!has(Field::Due)).then(|| day(rest, context)).flatten();
        let who = (!has(Field::Requester)).then(|| who(rest, names)).flatten();
        let rate = (!has(Field::Estimate)).then(|| rate(rest, &found, context)).flatten();
        offers.extend(day.or(who).or(rate).map(|(count, sets)| {
            let letters = rest[0].at..rest[count - 1].end;
            let words = text.chars().skip(letters.start).take(letters.len()).collect();
            LineOffer { letters, words, sets }
        }));
    }
    offers
}

/// The folded text of a word that stands in no quotes.
fn folded_word(token: &Token) -> Option<String> {
    (!token.is_quoted).then(|| fold(token.text.trim_end_matches([',', '.', ';'])))
}

fn begins_with(words: &[Token], first: &[&str]) -> bool {
    words.first().and_then(folded_word).is_some_and(|word| first.contains(&word.as_str()))
}

fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

fn day(words: &[Token], context: &ParseContext) -> Option<(usize, String)> {
    if !begins_with(words, &BY) {
        return None;
    }
    // The longest reading is the one that was meant: `by 4 dec` is no fourth of this month.
    let most = DAY_WORDS.min(words.len() - 1);
    (1..=most).rev().find_map(|count| {
        let said: Option<Vec<&str>> =
            words[1..=count].iter().map(|word| (!word.is_quoted).then_some(word.text.as_str())).collect();
        let said = said?.join(" ");
        let day = said.trim_end_matches([',', '.', ';']);
        // A bare number may be a count of anything: `by 4 designers`.
        let is_number = day.chars().all(|c| c.is_ascii_digit());
        (!is_number && read_day(day, context).is_ok()).then(|| (count + 1, format!("due:{}", quoted(day))))
    })
}

/// One whom the words mean alone: a stakeholder who asks, or one of the team who does it.
fn who(words: &[Token], names: &LineNames<'_>) -> Option<(usize, String)> {
    if !begins_with(words, &FOR) {
        return None;
    }
    let most = 2.min(words.len() - 1);
    (1..=most).rev().find_map(|count| {
        let said = &words[1..=count];
        let is_name = |word: &Token| !word.is_quoted && word.text.starts_with(char::is_uppercase);
        if !said.iter().all(is_name) {
            return None;
        }
        let name = said.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let name = name.trim_end_matches([',', '.', ';']);
        let meant = |index: &NameIndex| match index.exactly(name).one() {
            Some(place) => vec![place],
            None => index.by_word(name),
        };
        let (asks, does) = (meant(names.stakeholders), meant(names.team));
        let sets = match (asks.as_slice(), does.as_slice()) {
            ([place], []) => names
                .stakeholder_names
                .get(*place)
                // A name with a quote in it could not be typed in quotes.
                .filter(|name| !name.contains('"'))
                .map(|name| format!("requester:{}", quoted(name))),
            ([], [place]) => names.handles.get(*place).map(|handle| format!("@{handle}")),
            // Both ask and do: it could mean two things.
            _ => None,
        };
        Some((count + 1, sets?))
    })
}

/// So many hours a week are an estimate where the last day is said, and nothing otherwise.
fn rate(words: &[Token], line: &line::Line, context: &ParseContext) -> Option<(usize, String)> {
    let amount = folded_word(words.first()?)?;
    if !amount.starts_with(|c: char| c.is_ascii_digit()) || !amount.ends_with(char::is_alphabetic) {
        return None;
    }
    let behind =
        |count: usize| words.get(1..=count)?.iter().map(folded_word).collect::<Option<Vec<String>>>();
    let each_week = |form: &&&[&str]| behind(form.len()).is_some_and(|words| words == **form);
    let form = EACH_WEEK.iter().find(each_week)?;
    let weekly = parse_duration(&amount, context.day).ok()?;
    let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
    let due = line.changes.iter().find_map(|change| match change {
        Change::Set(Field::Due, value) => Some(value),
        _ => None,
    })?;
    field::set(&mut blank, Field::Due, due, context).ok()?;
    let last = blank.due.filter(|due| *due >= context.today)?;
    // Today counts as well as the last day.
    let days = context.calendar.between(context.today, last) + 1;
    // A week of work has five days here, whatever the contract of whoever will do it.
    let total = Minutes(weekly.0 * days / 5);
    (total.0 > 0).then(|| (form.len() + 1, format!("~{total}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offered(text: &str) -> Vec<(String, String)> {
        let team: Vec<String> = ["Ana Ruiz", "Bo Ek", "Max Lang"].map(str::to_owned).to_vec();
        let stakeholders: Vec<String> = ["Owen Price", "Max Frisch", "Zoë Lang"].map(str::to_owned).to_vec();
        let handles: Vec<String> = ["ana", "bo", "max"].map(str::to_owned).to_vec();
        let names = LineNames {
            team: &NameIndex::of(&team),
            handles: &handles,
            stakeholders: &NameIndex::of(&stakeholders),
            stakeholder_names: &stakeholders,
        };
        let found = offers(text, &ParseContext::monday(), &names);
        found.into_iter().map(|offer| (offer.words.clone(), offer.taken(text))).collect()
    }

    fn one(text: &str) -> String {
        match offered(text).as_slice() {
            [(_, taken)] => taken.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_can_mean_only_one_thing_is_offered() {
        assert_eq!(one("Poster by friday"), "Poster due:friday");
        assert_eq!(one("Poster by 4 dec t2"), "Poster due:\"4 dec\" t2");
        assert_eq!(one("Poster by 4th December"), "Poster due:\"4th December\"");
        assert_eq!(one("Poster bis Freitag"), "Poster due:Freitag");
        assert_eq!(one("Poster for Owen"), "Poster requester:\"Owen Price\"");
        assert_eq!(one("Poster for Zoë Lang"), "Poster requester:\"Zoë Lang\"");
        assert_eq!(one("Poster für Bo"), "Poster @bo");
        // Monday 23 November to Friday 4 December are ten working days.
        assert_eq!(one("Care 4h a week due:4dec"), "Care ~8h due:4dec");
    }

    #[test]
    fn what_could_be_words_of_a_title_is_not() {
        for text in [
            "Poster by hand",
            "Poster by 4 designers",
            "Film for teams",
            "Film for Max",
            "Film for Lang",
            "Poster for owen",
            "\"by friday\"",
            "Care 4h a week",
            "Poster by friday due:mon",
            "stand by",
            "for",
        ] {
            assert_eq!(offered(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_and_what_is_taken_stands_in_its_place(text in "(by|for|Owen|friday|4h|a|week|due:fri|ä|\"|,| ){0,12}") {
            for (words, taken) in offered(&text) {
                prop_assert!(text.contains(&words));
                prop_assert!(taken != text);
            }
        }
    }
}
