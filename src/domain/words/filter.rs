//! The filter language: `tier:1 stage:review due:<2w @maria outcome:none at:risk age:>10d`. Words join
//! with "and"; `-` negates, `or` and brackets combine, plain words match text.

mod holds;
pub mod order;

use chrono::NaiveDate;

use super::days::parse_day;
use super::duration::parse_duration;
use super::token::{Token, tokens};
use super::{ParseContext, fold, nearest};
use crate::domain::bounds;
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::domain::view;

/// What a filter looks at.
#[derive(Debug, Clone, Copy)]
pub struct FilterSubject<'a> {
    pub request: &'a Request,
    /// Handles and names of those who hold it.
    pub people: &'a [String],
    /// Its day has passed and it is not delivered.
    pub is_late: bool,
    /// What is left to be done, where that is known.
    pub left: Option<Minutes>,
    /// At risk by the rules.
    pub is_at_risk: bool,
    /// It asks for things and names no change.
    pub is_output_worded: bool,
    /// Readiness, 0 to 100.
    pub readiness: u8,
    pub score: f64,
    /// Working days since it came in.
    pub age_days: i64,
    /// The lead's day on which it came in.
    pub created: NaiveDate,
    /// The tier that its words say, which counts while nobody has set one.
    pub tier_guess: Tier,
}

impl FilterSubject<'_> {
    /// The tier that counts.
    pub fn tier(&self) -> Tier {
        self.request.tier.unwrap_or(self.tier_guess)
    }
}

/// A word of a filter that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {}: `{word}` {message}{}", at + 1, nearest.as_ref().map_or_else(String::new, |near| format!("; did you mean `{near}`?")))]
pub struct FilterError {
    /// Letters of the line before it, from 0.
    pub at: usize,
    pub word: String,
    pub message: String,
    /// What may have been meant.
    pub nearest: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Text(String),
    Tier(Option<Tier>),
    Stage(Stage),
    AnyStage,
    Open(bool),
    Person(Option<String>),
    Tag(Option<String>),
    Within(FilterPart, Option<String>),
    Due(Compare, Option<NaiveDate>),
    Created(Compare, NaiveDate),
    Me(FilterPart, Vec<String>),
    WaitsForRequester,
    Number(Comparison, Compare, Option<f64>),
    State(State),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FilterPart {
    Outcome,
    Lever,
    Brand,
    Requester,
    Channel,
    Source,
    Decider,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Age,
    Estimate,
    Left,
    Readiness,
    Score,
    Rounds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    AtRisk,
    Blocked,
    Late,
    Output,
    New,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Is(Test),
}

/// A filter, ready to be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    root: Node,
    wants_closed: bool,
}

const NAMES: [&str; 24] = [
    "tier",
    "stage",
    "person",
    "who",
    "tag",
    "outcome",
    "lever",
    "brand",
    "requester",
    "channel",
    "source",
    "decider",
    "due",
    "age",
    "estimate",
    "left",
    "readiness",
    "score",
    "at",
    "is",
    "created",
    "waiting",
    "holds",
    "view",
];

impl Filter {
    /// Reads a filter; an empty one lets every open request through.
    ///
    /// # Errors
    /// [`FilterError`] for the first word that is not understood.
    pub fn parse(text: &str, reading: &ParseContext) -> Result<Self, FilterError> {
        if let Some(error) = too_long(text) {
            return Err(error);
        }
        let root = read(text, reading, &mut Trail::default())?;
        let wants_closed = wants_closed(&root);
        Ok(Self { root, wants_closed })
    }

    /// True if closed requests may fit; otherwise only open ones are asked.
    pub const fn wants_closed(&self) -> bool {
        self.wants_closed
    }

    /// True if the request fits.
    pub fn matches(&self, subject: &FilterSubject<'_>) -> bool {
        // Who does not ask for closed requests does not mean them, in `-tag:x` least of all.
        (self.wants_closed || subject.request.stage.is_open()) && self.root.holds(subject)
    }
}

/// The views that are read within each other, and how many there were in all: views that name views twice would
/// double with each step.
#[derive(Default)]
struct Trail {
    open: Vec<String>,
    count: usize,
}

fn read(text: &str, reading: &ParseContext, trail: &mut Trail) -> Result<Node, FilterError> {
    let mut parser = Parser { tokens: split_brackets(tokens(text)), at: 0, depth: 0, reading, trail };
    let root = parser.any()?;
    match parser.peek() {
        Some(token) => Err(error(token, "closes no bracket", None)),
        None => Ok(root),
    }
}

fn wants_closed(node: &Node) -> bool {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(wants_closed),
        Node::Not(node) => wants_closed(node),
        Node::Is(test) => match test {
            Test::AnyStage | Test::Open(false) => true,
            Test::Stage(stage) => stage.is_closed(),
            _ => false,
        },
    }
}

/// Brackets stand for themselves unless they are part of a word with a colon or quotes.
fn split_brackets(words: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::new();
    for token in words {
        if token.is_quoted {
            out.push(token);
            continue;
        }
        if token.text.starts_with("-(") {
            out.push(Token { at: token.at, text: "-(".into(), is_quoted: false });
        }
        let token = match token.text.strip_prefix("-(") {
            Some(rest) => Token { at: token.at + 2, text: rest.to_owned(), is_quoted: false },
            None => token,
        };
        let text = token.text.trim_start_matches('(');
        let opening = token.text.len() - text.len();
        out.extend((0..opening).map(|index| Token {
            at: token.at + index,
            text: "(".into(),
            is_quoted: false,
        }));
        let at = token.at + opening;
        let closing = text.len() - text.trim_end_matches(')').len();
        // In `film(2)` the bracket belongs to the word.
        let closing = if text.contains('(') { 0 } else { closing };
        let body = text[..text.len() - closing].to_owned();
        let end = at + body.chars().count();
        if !body.is_empty() {
            out.push(Token { at, text: body, is_quoted: false });
        }
        out.extend((0..closing).map(|index| Token { at: end + index, text: ")".into(), is_quoted: false }));
    }
    out
}

fn error(token: &Token, message: &str, nearest: Option<String>) -> FilterError {
    FilterError { at: token.at, word: bounds::named(&token.text), message: message.to_owned(), nearest }
}

/// A filter that is longer than a line may be, at the place where that begins.
fn too_long(text: &str) -> Option<FilterError> {
    let message = bounds::too_long(text.len(), bounds::LINE, "a filter")?;
    let kept = bounds::within(text, bounds::LINE);
    Some(FilterError {
        at: kept.chars().count(),
        word: bounds::named(&text[kept.len()..]),
        message: format!("is too much: {message}"),
        nearest: None,
    })
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    /// Brackets that are open.
    depth: usize,
    reading: &'a ParseContext,
    trail: &'a mut Trail,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_next(&self, text: &str) -> bool {
        self.peek().is_some_and(|token| !token.is_quoted && token.text.eq_ignore_ascii_case(text))
    }

    fn any(&mut self) -> Result<Node, FilterError> {
        let mut branches = vec![self.all()?];
        while self.is_next("or") {
            self.at += 1;
            branches.push(self.all()?);
        }
        Ok(Node::Any(branches))
    }

    fn all(&mut self) -> Result<Node, FilterError> {
        let mut parts = Vec::new();
        while self.peek().is_some() && !self.is_next("or") && !self.is_next(")") {
            if self.is_next("and") {
                self.at += 1;
                continue;
            }
            parts.push(self.one()?);
        }
        Ok(Node::All(parts))
    }

    fn one(&mut self) -> Result<Node, FilterError> {
        let token = self.tokens[self.at].clone();
        self.at += 1;
        if token.text == "(" && !token.is_quoted || token.text == "-(" {
            // Each bracket is a call within a call; a line of nothing but brackets would end the stack.
            if self.depth == bounds::DEPTH {
                let message = format!("opens more than {} brackets within each other", bounds::DEPTH);
                return Err(error(&token, &message, None));
            }
            self.depth += 1;
            let inside = self.any()?;
            self.depth -= 1;
            if !self.is_next(")") {
                return Err(error(&token, "opens a bracket that is not closed", None));
            }
            self.at += 1;
            return Ok(if token.text == "-(" { Node::Not(Box::new(inside)) } else { inside });
        }
        if token.is_quoted {
            return Ok(Node::Is(Test::Text(fold(&token.text))));
        }
        match token.text.strip_prefix('-').filter(|rest| !rest.is_empty()) {
            Some(rest) => {
                let inner = Token { at: token.at + 1, text: rest.to_owned(), is_quoted: false };
                Ok(Node::Not(Box::new(self.test(&inner)?)))
            }
            None => self.test(&token),
        }
    }

    fn test(&mut self, token: &Token) -> Result<Node, FilterError> {
        let text = token.text.as_str();
        let is = |test| Ok(Node::Is(test));
        if let Some(handle) = text.strip_prefix('@').filter(|rest| !rest.is_empty()) {
            return is(Test::Person(Some(fold(handle))));
        }
        if let Some(tag) = text.strip_prefix('#').filter(|rest| !rest.is_empty()) {
            return is(Test::Tag(Some(fold(tag))));
        }
        let Some((name, value)) = text.split_once(':') else { return is(Test::Text(fold(text))) };
        // `due:` while it is still being typed, a link, and `9:30` are words to look for.
        if value.is_empty() || value.starts_with("//") || !name.chars().all(char::is_alphabetic) {
            return is(Test::Text(fold(text)));
        }
        match name.to_lowercase().as_str() {
            "view" => self.view(token, value),
            name => self.named(token, name, value).map(Node::Is),
        }
    }

    /// What a view says, as if it stood in brackets.
    fn view(&mut self, token: &Token, name: &str) -> Result<Node, FilterError> {
        let views = &self.reading.views;
        let Some(view) = view::find(name, views) else {
            return Err(error(token, &format!("names nothing: {}", view::unknown(name, views)), None));
        };
        if self.trail.open.contains(&view.name) {
            return Err(error(token, "is a view that names itself", None));
        }
        if self.trail.count == bounds::VIEWS {
            let message = format!("is a view too many: a filter names at most {}", bounds::VIEWS);
            return Err(error(token, &message, None));
        }
        self.trail.count += 1;
        self.trail.open.push(view.name.clone());
        let node = read(&view.filter, self.reading, self.trail);
        self.trail.open.pop();
        node.map_err(|inner| error(token, &format!("is a view that cannot be read: {inner}"), None))
    }

    fn named(&self, token: &Token, name: &str, value: &str) -> Result<Test, FilterError> {
        let words = (value != "none").then(|| fold(value));
        let part = |part| Ok(Test::Within(part, words.clone()));
        match name {
            "tier" if value == "none" => Ok(Test::Tier(None)),
            "tier" => value
                .parse()
                .map(|tier| Test::Tier(Some(tier)))
                .map_err(|_| error(token, "is not a tier, 0 to 4", None)),
            "stage" => stage(token, value),
            "person" | "who" => Ok(Test::Person(words)),
            "tag" => Ok(Test::Tag(words)),
            "outcome" => part(FilterPart::Outcome),
            "lever" => part(FilterPart::Lever),
            "brand" => part(FilterPart::Brand),
            "requester" => part(FilterPart::Requester),
            "channel" => part(FilterPart::Channel),
            "source" => part(FilterPart::Source),
            "decider" if value == "me" => Ok(Test::Me(
                FilterPart::Decider,
                self.reading.own_names.iter().map(|name| fold(name)).collect(),
            )),
            "decider" => part(FilterPart::Decider),
            "holds" if value == "none" => Ok(Test::Person(None)),
            "waiting" if value == "requester" => Ok(Test::WaitsForRequester),
            "created" => {
                let (compare, rest) = comparison(value);
                match parse_day(rest, self.reading.today, &self.reading.calendar) {
                    Ok(day) => Ok(Test::Created(compare, latest(day, rest, self.reading.today))),
                    Err(wrong) => Err(error(token, &format!("is wrong: {wrong}"), None)),
                }
            }
            "at" | "is" => state(token, value),
            "due" => self.due(token, value),
            "age" => self.figure(token, Comparison::Age, value),
            "estimate" => self.figure(token, Comparison::Estimate, value),
            "left" => self.figure(token, Comparison::Left, value),
            "readiness" => self.figure(token, Comparison::Readiness, value),
            "score" => self.figure(token, Comparison::Score, value),
            "rounds" => self.figure(token, Comparison::Rounds, value),
            _ => Err(error(
                token,
                "is not something to filter by",
                nearest(name, &NAMES).map(|near| format!("{near}:{}", bounds::named(value))),
            )),
        }
    }

    fn due(&self, token: &Token, value: &str) -> Result<Test, FilterError> {
        if value == "none" {
            return Ok(Test::Due(Compare::Equal, None));
        }
        let (compare, rest) = comparison(value);
        match parse_day(rest, self.reading.today, &self.reading.calendar) {
            Ok(day) => Ok(Test::Due(compare, Some(day))),
            Err(wrong) => Err(error(token, &format!("is wrong: {wrong}"), None)),
        }
    }

    fn figure(&self, token: &Token, figure: Comparison, value: &str) -> Result<Test, FilterError> {
        if value == "none" {
            return Ok(Test::Number(figure, Compare::Equal, None));
        }
        let (compare, rest) = comparison(value);
        let number = match figure {
            Comparison::Age => age(rest),
            Comparison::Estimate | Comparison::Left => {
                parse_duration(rest, self.reading.day).ok().map(Minutes::as_hours)
            }
            _ => rest.parse().ok().filter(|number: &f64| number.is_finite()),
        };
        match number {
            Some(number) => Ok(Test::Number(figure, compare, Some(number))),
            None => Err(error(token, "is not a figure to compare with", None)),
        }
    }
}

/// The weekday that a name says, in the week that is over: nothing came in on a day to come.
fn latest(day: NaiveDate, text: &str, today: NaiveDate) -> NaiveDate {
    let is_weekday = text.chars().all(char::is_alphabetic) && day > today;
    if is_weekday && (day - today).num_days() < 7 { crate::domain::day::plus(day, -7) } else { day }
}

/// Working days: `10`, `10d`, `2w`.
fn age(text: &str) -> Option<f64> {
    let (number, factor) = match text.strip_suffix('w') {
        Some(weeks) => (weeks, 5.0),
        None => (text.trim_end_matches('d'), 1.0),
    };
    number.parse::<u32>().ok().map(|number| f64::from(number) * factor)
}

fn comparison(value: &str) -> (Compare, &str) {
    for (sign, compare) in [
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("<", Compare::Less),
        (">", Compare::More),
        ("=", Compare::Equal),
    ] {
        if let Some(rest) = value.strip_prefix(sign) {
            return (compare, rest);
        }
    }
    (Compare::Equal, value)
}

fn stage(token: &Token, value: &str) -> Result<Test, FilterError> {
    match value {
        "any" | "all" => Ok(Test::AnyStage),
        "open" => Ok(Test::Open(true)),
        "closed" => Ok(Test::Open(false)),
        "review" => Ok(Test::Stage(Stage::InReview)),
        "progress" => Ok(Test::Stage(Stage::InProgress)),
        "hold" => Ok(Test::Stage(Stage::OnHold)),
        _ => value
            .parse()
            .map(Test::Stage)
            .map_err(|_| error(token, "is not a stage", nearest(value, Stage::NAMES))),
    }
}

fn state(token: &Token, value: &str) -> Result<Test, FilterError> {
    const STATES: [(&str, State); 7] = [
        ("risk", State::AtRisk),
        ("blocked", State::Blocked),
        ("overdue", State::Late),
        ("late", State::Late),
        ("output", State::Output),
        ("new", State::New),
        ("at-risk", State::AtRisk),
    ];
    match STATES.iter().find(|(name, _)| *name == value) {
        Some((_, state)) => Ok(Test::State(*state)),
        None => Err(error(token, "is not a state", nearest(value, &STATES.map(|(name, _)| name)))),
    }
}

#[cfg(test)]
mod tests;
