//! Quick add, edit and modify: `Spring launch hero film @maria #retail t1 ~40h due:fri lever:impact`.
//! Reading never fails as a whole: what is not understood is named with its place and the nearest right
//! word, and what was understood can be said back while typing.

use super::token::{Token, plain_words, quoted, tokens};
use super::{ParseContext, is_same_word, nearest};
use super::{filter, stray};
use crate::domain::bounds;
use crate::domain::field::{self, Field, FieldError};
use crate::domain::lever::Lever;
use crate::domain::request::Request;
use crate::domain::stage::Stage;

/// One change that a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A field is set.
    Set(Field, String),
    /// A tag is added.
    AddTag(String),
    /// A tag is taken away.
    RemoveTag(String),
    Stage(Stage),
}

/// A word that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordProblem {
    /// Letters of the line before it, from 0.
    pub at: usize,
    pub word: String,
    /// What is wrong with it.
    pub message: String,
    /// What may have been meant.
    pub nearest: Option<String>,
}

/// Plain words right behind a field: `outcome:Lift trial sign-ups` without quotes, as a shell hands it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strayed {
    /// The field with its first word, as it was typed.
    pub field: String,
    /// The words behind it.
    pub words: Vec<String>,
}

impl Strayed {
    const fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// The field with all its words in quotes.
    pub fn quoted(&self) -> String {
        match self.field.split_once(':') {
            Some((name, value)) => format!("{name}:{}", quoted(&format!("{value} {}", self.words.join(" ")))),
            None => self.field.clone(),
        }
    }
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Words that set no field, joined.
    pub title: String,
    /// A field with plain words behind it, which may have been meant for its value.
    pub strayed: Option<Strayed>,
    /// Changes in their order.
    pub changes: Vec<Change>,
    /// Handles or names after `@`.
    pub people: Vec<String>,
    /// What is not understood.
    pub problems: Vec<WordProblem>,
}

impl Line {
    /// The names of people outside the team that it sets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().filter_map(|change| match change {
            Change::Set(Field::Requester | Field::Decider, name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Reads a line that changes what is there.
pub fn parse(text: &str, reading: &ParseContext) -> Line {
    read(text, reading, false)
}

/// Reads a line that something new is made of: it has no tag yet that could go, so `-draft` is a word of its title.
pub fn parse_new(text: &str, reading: &ParseContext) -> Line {
    read(text, reading, true)
}

fn read(text: &str, reading: &ParseContext, is_new: bool) -> Line {
    let mut line = Line::default();
    if let Some(message) = bounds::too_long(text.len(), bounds::LINE, "a line") {
        let kept = bounds::within(text, bounds::LINE);
        let (at, word) = (kept.chars().count(), bounds::named(&text[kept.len()..]));
        let message = format!("is too much: {message}");
        line.problems.push(WordProblem { at, word, message, nearest: None });
        return line;
    }
    let mut title: Vec<Token> = Vec::new();
    // The field that stood last, with the plain words behind it.
    let mut open: Option<Strayed> = None;
    let mut tokens = tokens(text).into_iter().peekable();
    while let Some(token) = tokens.next() {
        let word = match word(&token, reading) {
            // With its value behind a space: in a title it is a word only where it would set nothing.
            Word::Title if is_new => apart(&token, tokens.peek(), reading).unwrap_or(Word::Title),
            Word::Change(Change::RemoveTag(_)) if is_new => Word::Title,
            word => word,
        };
        match word {
            Word::Title => {
                if let Some(field) = &mut open {
                    field.words.push(token.text.clone());
                }
                title.push(token);
                continue;
            }
            Word::Change(change) => line.changes.push(change),
            Word::Person(handle) => line.people.push(handle),
            Word::Problem(message, near) => {
                let word = bounds::named(&token.text);
                line.problems.push(WordProblem { at: token.at, word, message, nearest: near });
            }
        }
        // The first is told: one wrong field is enough to look at the line again.
        line.strayed = line.strayed.or_else(|| open.take().filter(Strayed::has_words));
        open = token.text.contains(':').then(|| Strayed { field: token.text, words: Vec::new() });
    }
    line.strayed = line.strayed.or_else(|| open.filter(Strayed::has_words));
    if !is_new && let Some((token, message)) = stray::of_change(&title, is_field) {
        let problem = WordProblem { at: token.at, word: bounds::named(&token.text), message, nearest: None };
        line.problems.push(problem);
    }
    line.title = plain_words(text, &title, |token| matches!(word(token, reading), Word::Title));
    line
}

/// `due: fri`, which has its value behind a space.
fn apart(token: &Token, next: Option<&Token>, reading: &ParseContext) -> Option<Word> {
    let name = token.text.strip_suffix(':').filter(|name| !token.is_quoted && is_field(name))?;
    let value = next.filter(|next| !next.is_quoted)?.text.as_str();
    let field = field_called(&name.to_lowercase())?;
    // The check is the field itself: what it can read is what somebody can have meant.
    let takes = |value: &str| matches!(set(field, value, reading), Word::Change(_));
    // What takes any words says nothing by taking these: `Notes: for Ana`.
    (takes(value) && !takes("any words"))
        .then(|| Word::Problem("has no value".to_owned(), Some(format!("{name}:{value}"))))
}

/// True if it is the name of a field, or of what else a line can set.
fn is_field(name: &str) -> bool {
    let lower = name.to_lowercase();
    matches!(lower.as_str(), "stage" | "person" | "who") || field_called(&lower).is_some()
}

/// The field that a name means, short or whole.
fn field_called(lower: &str) -> Option<Field> {
    let short = Field::ALL.iter().copied().find(|field| field.spec().aliases.contains(&lower));
    short.or_else(|| Field::NAMES.iter().position(|known| *known == lower).map(|index| Field::ALL[index]))
}

enum Word {
    Title,
    Change(Change),
    Person(String),
    Problem(String, Option<String>),
}

fn word(token: &Token, reading: &ParseContext) -> Word {
    let text = token.text.as_str();
    if token.is_quoted {
        return Word::Title;
    }
    let after = |mark: char| {
        text.strip_prefix(mark).filter(|rest| rest.chars().next().is_some_and(char::is_alphanumeric))
    };
    if let Some(handle) = after('@') {
        return Word::Person(handle.to_lowercase());
    }
    // A plus before a digit is a distance in days, `+3d`, and a dash before one belongs to a number: neither is
    // a tag.
    if let Some(tag) =
        after('#').or_else(|| after('+').filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())))
    {
        return Word::Change(Change::AddTag(tag.to_owned()));
    }
    if let Some(tag) = after('-').filter(|rest| rest.starts_with(char::is_alphabetic)) {
        return Word::Change(Change::RemoveTag(tag.to_owned()));
    }
    if let Some(length) = after('~') {
        return set(Field::Estimate, length, reading);
    }
    // Only the whole word: `t5` and `T1000` are words of a title.
    if let [b't' | b'T', digit @ b'0'..=b'4'] = text.as_bytes() {
        return Word::Change(Change::Set(Field::Tier, char::from(*digit).to_string()));
    }
    match text.split_once(':') {
        Some((name, value)) => named(name, value, reading),
        None => Word::Title,
    }
}

fn named(name: &str, value: &str, reading: &ParseContext) -> Word {
    let lower = name.to_lowercase();
    // A colon that ends a word, a time, a link, a ratio or a word with a dash belong to the title.
    let is_name =
        Field::NAMES.contains(&lower.as_str()) || !name.is_empty() && name.chars().all(char::is_alphabetic);
    if value.is_empty() || value.starts_with("//") || !is_name {
        return Word::Title;
    }
    if lower == "stage" {
        return match value.parse() {
            Ok(stage) => Word::Change(Change::Stage(stage)),
            Err(_) => Word::Problem(Stage::refusal(), nearest(value, Stage::NAMES)),
        };
    }
    if lower == "person" || lower == "who" {
        return Word::Person(value.to_lowercase());
    }
    match field_called(&lower) {
        Some(field) => set(field, value, reading),
        None if lower == "view" || filter::schema::requests().find(&lower).is_some() => {
            Word::Problem("is asked for by filters, and nothing that can be set".to_owned(), None)
        }
        None => Word::Problem(
            "is not a field".to_owned(),
            nearest(&lower, Field::NAMES).map(|near| format!("{near}:{value}")),
        ),
    }
}

/// Checks a value against a blank request, so that the echo can say at once what is wrong.
fn set(field: Field, value: &str, reading: &ParseContext) -> Word {
    let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
    match field::set(&mut blank, field, value, reading) {
        Ok(()) => Word::Change(Change::Set(field, value.to_owned())),
        Err(error) => {
            let near = (field == Field::Lever).then(|| nearest(value, Lever::NAMES)).flatten();
            Word::Problem(format!("is wrong: {}", error.message), near)
        }
    }
}

/// Applies fields and tags; stage and people are for the caller, who knows clock and team.
///
/// # Errors
/// The first value that its field cannot take.
pub fn apply(request: &mut Request, line: &Line, reading: &ParseContext) -> Result<(), FieldError> {
    for change in &line.changes {
        match change {
            Change::Set(field, value) => field::set(request, *field, value, reading)?,
            // As filters compare tags: `-retail` that leaves `Retail` would have done nothing without a word.
            Change::AddTag(tag) if !request.tags.iter().any(|known| is_same_word(known, tag)) => {
                request.tags.push(tag.clone());
            }
            Change::RemoveTag(tag) => request.tags.retain(|known| !is_same_word(known, tag)),
            Change::AddTag(_) | Change::Stage(_) => {}
        }
    }
    Ok(())
}

/// What was understood, said back in one line.
pub fn echo(line: &Line, reading: &ParseContext) -> String {
    let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
    // Values were checked when the line was read.
    let _ = apply(&mut blank, line, reading);
    let mut parts: Vec<String> = Vec::new();
    // Of a field that was said twice the last word holds, and is told once.
    for said in line.changes.iter().map(|change| say(change, &blank, reading)) {
        if !parts.contains(&said) {
            parts.push(said);
        }
    }
    parts.extend(line.people.iter().map(|handle| format!("for {handle}")));
    parts.join(" · ")
}

fn say(change: &Change, request: &Request, reading: &ParseContext) -> String {
    match change {
        Change::Set(Field::Tier, value) => format!("tier {value}"),
        Change::Set(field, value) => {
            let name = field.title().to_lowercase();
            let value = if matches!(value.as_str(), "none" | "-" | "") { "none" } else { value };
            format!("{name} {}", field::echo(request, *field, reading).unwrap_or_else(|| value.to_owned()))
        }
        Change::AddTag(tag) => format!("#{tag}"),
        Change::RemoveTag(tag) => format!("without #{tag}"),
        Change::Stage(stage) => stage.title().to_owned(),
    }
}

#[cfg(test)]
mod tests;
