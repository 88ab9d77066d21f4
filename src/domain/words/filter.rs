//! The filter language: `tier:1 stage:review due:<2w @maria outcome:none at:risk age:>10d`. Words join
//! with "and"; `-` negates, `or` and brackets combine, plain words match text. One language serves every kind of
//! record: its words come from the fields that are declared, and what is asked of a record goes through [`Searchable`].

pub mod columns;
mod compare;
pub mod meeting;
pub mod names;
pub mod order;
pub mod person;
mod pieces;
mod print;
mod read;
pub mod record;
pub mod request;
pub mod schema;
mod subject;
mod value;

use chrono::NaiveDate;

use super::token::Token;
use super::{ParseContext, did_you_mean, fold};
use crate::domain::bounds;
pub use request::{Danger, FilterSubject, RequestDays};
use schema::Vocabulary;
use subject::TextSubject;
pub use subject::{FoundValue, Searchable};

/// The formal grammar, as the help prints it. A test reads each of its examples.
pub const GRAMMAR: &str = include_str!("../../../assets/filter.txt");

/// A word of a filter that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    /// Letters before it.
    pub at: usize,
    /// Letters before what follows it.
    pub end: usize,
    pub word: String,
    /// What is wrong; of an unknown word the whole sentence.
    pub message: String,
    /// What may have been meant, as it would be typed.
    pub nearest: Option<String>,
    /// There is no such word at all; these are those that there are.
    pub known: Vec<&'static str>,
}

impl FilterError {
    fn at(token: &Token, message: &str, nearest: Option<String>) -> Self {
        Self {
            at: token.at,
            end: token.end,
            word: bounds::named(&token.text),
            message: message.to_owned(),
            nearest,
            known: Vec::new(),
        }
    }

    /// The same without its place, for where the word itself is marked.
    pub fn told(&self) -> String {
        if !self.known.is_empty() {
            return format!("{} (words: {})", self.message, self.known.join(", "));
        }
        format!("`{}` {}{}", self.word, self.message, did_you_mean(&self.nearest))
    }
}

impl std::error::Error for FilterError {}

impl std::fmt::Display for FilterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "column {}: {}", self.at + 1, self.told())
    }
}

/// What was typed, and the same for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SearchText {
    text: String,
    folded: String,
}

impl SearchText {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), folded: fold(text) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    Nothing,
    Something,
    Text(SearchText),
    Exactly(SearchText),
    /// Somebody by the beginning of a word of their name.
    Called(SearchText),
    Choice(&'static str),
    /// One of the lead's names, folded.
    Me(Vec<String>),
    /// From a day to a day, both of them in.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// With the unit that it is printed with.
    Number(Compare, f64, &'static str),
    Between(f64, f64, &'static str),
    /// From a key to a key of the same letters, folded, both of them in.
    Keys(String, Option<u64>, Option<u64>),
    Mark(&'static str),
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Text(SearchText),
    /// The name of a word, and what is asked of it: one of these.
    Field(&'static str, Vec<Wanted>),
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// What a saved view says, under its name.
    View(String, Box<Node>),
    Is(Test),
}

/// A filter, ready to be asked. It prints itself in a form that is read as the same filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    root: Node,
    wants_closed: bool,
}

impl Filter {
    /// Reads a filter of requests; an empty one lets every open request through.
    ///
    /// # Errors
    /// [`FilterError`] for the first word that is not understood.
    pub fn parse(text: &str, reading: &ParseContext) -> Result<Self, FilterError> {
        Self::parse_with(text, schema::requests(), reading)
    }

    /// Reads a filter with the words of a vocabulary.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn parse_with(
        text: &str,
        vocabulary: &Vocabulary,
        reading: &ParseContext,
    ) -> Result<Self, FilterError> {
        let (filter, mut faults) = Self::parse_leniently(text, vocabulary, reading);
        // Only the first is told: what follows a misread word is often misread for the same reason.
        if faults.is_empty() { Ok(filter) } else { Err(faults.swap_remove(0)) }
    }

    /// Reads a filter whose last word may only be begun: `tier:` narrows nothing yet, and an empty list would say that
    /// nothing fits.
    ///
    /// # Errors
    /// As [`Filter::parse`], for any other word, and for one that there is not.
    pub fn parse_typed(
        text: &str,
        vocabulary: &Vocabulary,
        reading: &ParseContext,
    ) -> Result<Self, FilterError> {
        let (filter, faults) = Self::parse_leniently(text, vocabulary, reading);
        // What is begun stays so behind a space, where the next word is about to come: `film or `.
        let letters = text.trim_end().chars().count();
        let is_begun = |fault: &FilterError| fault.end >= letters && fault.known.is_empty();
        faults.into_iter().find(|fault| !is_begun(fault)).map_or(Ok(filter), Err)
    }

    /// Reads what can be read, for one who is still typing: a word that is not understood lets everything through, and
    /// is among the faults.
    pub fn parse_leniently(
        text: &str,
        vocabulary: &Vocabulary,
        reading: &ParseContext,
    ) -> (Self, Vec<FilterError>) {
        let (root, faults) = read::read(text, vocabulary, reading);
        (Self { wants_closed: root.wants_closed(), root }, faults)
    }

    /// True if closed requests may fit; otherwise only open ones are asked.
    pub const fn wants_closed(&self) -> bool {
        self.wants_closed
    }

    /// The same, asked of closed ones too: of a list that holds nothing else.
    pub fn with_closed(self) -> Self {
        Self { wants_closed: true, ..self }
    }

    /// True if what is asked fits.
    pub fn matches(&self, subject: &dyn Searchable) -> bool {
        (self.wants_closed || !subject.is_put_away()) && self.root.holds(subject)
    }

    /// The same for whatever can be told by its texts and a way to ask for its fields: a row of a board, a meeting, a
    /// line of a list. `fields` is asked for words as the vocabulary calls them; a mark is asked for as `is:late`, and
    /// anything but [`FoundValue::Missing`] says that it is there. A field that it does not know is `None`.
    pub fn matches_texts<'a>(
        &self,
        texts: impl Iterator<Item = &'a str> + Clone,
        fields: &dyn Fn(&str) -> Option<FoundValue<'a>>,
    ) -> bool {
        self.root.holds(&TextSubject { texts, fields })
    }

    /// Both of two filters.
    pub fn and(self, other: Self) -> Self {
        // If either asks for closed ones they have to be looked at; the other one still has its say about them.
        let wants_closed = self.wants_closed || other.wants_closed;
        Self { root: Node::All(vec![self.root, other.root]), wants_closed }
    }
}

impl Node {
    fn wants_closed(&self) -> bool {
        self.may_ask_closed(false)
    }

    /// The same behind a minus, where it is the other way round: what is not open is closed.
    fn may_ask_closed(&self, is_negated: bool) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(|node| node.may_ask_closed(is_negated)),
            Self::Not(node) => node.may_ask_closed(!is_negated),
            Self::View(_, node) => node.may_ask_closed(is_negated),
            Self::Is(Test::Text(_)) => false,
            // To leave closed work out is no wish to see it.
            Self::Is(Test::Field(word, wanted)) if is_negated => {
                wanted.iter().any(|wanted| leaves_closed(word, wanted))
            }
            Self::Is(Test::Field(word, wanted)) => wanted.iter().any(|wanted| asks_closed(word, wanted)),
        }
    }
}

/// True for what only closed work is left by, once it is taken out.
fn leaves_closed(word: &str, wanted: &Wanted) -> bool {
    matches!((word, wanted), ("is" | "stage", Wanted::Mark("open")) | ("delivered", Wanted::Nothing))
}

fn asks_closed(word: &str, wanted: &Wanted) -> bool {
    match (word, wanted) {
        // Of meetings those are put away that do not take place.
        ("stage", Wanted::Something)
        | ("is" | "stage", Wanted::Mark("closed"))
        | ("is", Wanted::Mark("cancelled"))
        | ("status", Wanted::Choice("cancelled")) => true,
        ("stage", Wanted::Choice(name)) => {
            name.parse::<crate::domain::stage::Stage>().is_ok_and(crate::domain::stage::Stage::is_closed)
        }
        // What has a day of delivery is delivered.
        ("delivered", wanted) => *wanted != Wanted::Nothing,
        _ => false,
    }
}

/// The words of a filter that mean nothing, each with its place, the nearest right one and all that there are.
pub fn unknown_words(text: &str, vocabulary: &Vocabulary, reading: &ParseContext) -> Vec<FilterError> {
    let (_, mut faults) = Filter::parse_leniently(text, vocabulary, reading);
    faults.retain(|fault| !fault.known.is_empty());
    faults
}

#[cfg(test)]
mod tests;
