//! What plain words of a line can set, by the words that its grammar declares.

use chrono::NaiveDate;

use crate::domain::record::{FieldKind, FieldSpec};
use crate::domain::request::Field;
use crate::domain::words::filter::schema::{FilterWord, Takes, Vocabulary};
use crate::domain::words::token::Token;

/// A word of a grammar that plain words can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettableWord {
    /// What stands before its value: `due:`, `@`.
    pub sets: String,
    /// Every name that sets it.
    names: Vec<&'static str>,
    mark: Option<char>,
}

impl SettableWord {
    fn of(field: &FieldSpec) -> Self {
        let names = [field.name].into_iter().chain(field.aliases.iter().copied()).collect();
        let sets = field.mark.map_or_else(|| format!("{}:", field.name), String::from);
        Self { sets, names, mark: field.mark }
    }

    /// The value that a word of the line gives it already.
    pub fn value<'a>(&self, word: &'a Token) -> Option<&'a str> {
        if word.is_quoted {
            return None;
        }
        let marked =
            self.mark.and_then(|mark| word.text.strip_prefix(mark)).filter(|value| !value.is_empty());
        let named = word.text.split_once(':').filter(|(name, value)| {
            !value.is_empty() && self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
        });
        marked.or_else(|| named.map(|(_, value)| value))
    }
}

/// What plain words can set in a line of one grammar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfferTargets {
    /// By when something is to be done.
    pub(super) by: Option<SettableWord>,
    /// For whom it is, of those who are not in the team.
    pub(super) asks: Option<SettableWord>,
    /// Who of the team does it.
    pub(super) team: Option<SettableWord>,
    /// An amount of hours, with its mark or its name.
    pub(super) hours: Option<SettableWord>,
    /// The hours are those of a week; otherwise all until the last day.
    pub(super) is_weekly: bool,
    /// The last day of what the line changes, if it says no other one.
    pub(super) due: Option<NaiveDate>,
    /// Names that take a day.
    pub(super) days: Vec<&'static str>,
    /// Names that take whole sentences.
    pub(super) sentences: Vec<&'static str>,
}

/// Fields of a request that are seldom one word.
const SENTENCES: [Field; 9] = [
    Field::Outcome,
    Field::Measure,
    Field::Audience,
    Field::Message,
    Field::Because,
    Field::Inputs,
    Field::Ask,
    Field::Notes,
    Field::Result,
];

/// True for the name of a field of a request that takes whole sentences.
pub fn takes_sentences(name: &str) -> bool {
    OfferTargets::requests(None).sentences.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A word that each line for requests knows, whatever the fields are.
const PERSON: FilterWord =
    FilterWord { name: "person", aliases: &["who"], takes: Takes::Text, mark: Some('@') };

impl OfferTargets {
    /// Those of quick add and modify; `due` is the day that the request has.
    pub fn requests(due: Option<NaiveDate>) -> Self {
        let target = |field: Field| Some(SettableWord::of(field.spec()));
        Self {
            by: target(Field::Due),
            asks: target(Field::Requester),
            team: Some(in_filter(&[&PERSON], "@")),
            hours: target(Field::Estimate).map(|hours| SettableWord {
                sets: "~".to_owned(),
                mark: Some('~'),
                ..hours
            }),
            is_weekly: false,
            due,
            days: target(Field::Due).map(|due| due.names).unwrap_or_default(),
            sentences: SENTENCES.iter().flat_map(|field| SettableWord::of(field.spec()).names).collect(),
        }
    }

    /// Those of a line that files a record with such fields.
    pub fn record(fields: &[FieldSpec]) -> Self {
        let is_called = |field: &FieldSpec, name: &str| field.name == name || field.aliases.contains(&name);
        let find =
            |fits: &dyn Fn(&FieldSpec) -> bool| fields.iter().find(|field| fits(field)).map(SettableWord::of);
        let takes_day = |field: &&FieldSpec| field.kind == FieldKind::Day;
        Self {
            by: find(&|field| field.kind == FieldKind::Day && is_called(field, "by")),
            asks: find(&|field| field.kind == FieldKind::Name && is_called(field, "for")),
            team: None,
            hours: find(&FieldSpec::is_weekly),
            is_weekly: true,
            due: None,
            days: fields.iter().filter(takes_day).flat_map(|field| SettableWord::of(field).names).collect(),
            sentences: fields
                .iter()
                .filter(|field| field.kind == FieldKind::Long)
                .flat_map(|field| SettableWord::of(field).names)
                .collect(),
        }
    }

    /// Those of a filter of whatever the vocabularies are for.
    pub fn filter(vocabularies: &[Vocabulary]) -> Self {
        let all = || vocabularies.iter().flat_map(|vocabulary| &vocabulary.words);
        let find = |fits: &dyn Fn(&FilterWord) -> bool, sets: &str| {
            let found: Vec<&FilterWord> = all().filter(|word| fits(word)).collect();
            (!found.is_empty()).then(|| in_filter(&found, sets))
        };
        let is_called = |word: &FilterWord, name: &str| word.name == name || word.aliases.contains(&name);
        let is_day = |word: &FilterWord| matches!(word.takes, Takes::Day(_));
        Self {
            // By a day is until the end of it, and each kind knows the word.
            by: find(&|word| is_day(word) && is_called(word, "due"), "due:<="),
            asks: find(&|word| matches!(word.takes, Takes::Name(_)) && is_called(word, "for"), "for:"),
            team: find(&|word| word.name == "person", "@"),
            hours: None,
            is_weekly: false,
            due: None,
            days: all().filter(|word| is_day(word)).flat_map(names).collect(),
            sentences: Vec::new(),
        }
    }
}

fn names(word: &FilterWord) -> impl Iterator<Item = &'static str> {
    [word.name].into_iter().chain(word.aliases.iter().copied())
}

fn in_filter(words: &[&FilterWord], sets: &str) -> SettableWord {
    let mark = words.iter().find_map(|word| word.mark);
    SettableWord { sets: sets.to_owned(), names: words.iter().copied().flat_map(names).collect(), mark }
}
