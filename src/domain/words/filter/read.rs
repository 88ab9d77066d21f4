//! From text to tests: brackets, `or`, `-`, and words.

use super::pieces::{Piece, pieces};
use super::schema::{FilterWord, Takes, Vocabulary, Whose};
use super::value::{self, names_in, wanted};
use super::{FilterError, Node, SearchText, Test, Wanted};
use crate::domain::bounds;
use crate::domain::view::{self, ListKind};
use crate::domain::words::token::{Token, open_quote, tokens};
use crate::domain::words::{ParseContext, did_you_mean, nearest};

/// Reads a text; what is not understood lets everything through, and is told.
pub(super) fn read(text: &str, vocabulary: &Vocabulary, reading: &ParseContext) -> (Node, Vec<FilterError>) {
    if let Some(error) = too_long(text) {
        return (Node::All(Vec::new()), vec![error]);
    }
    let read = read_within(text, vocabulary, reading, &mut Trail::default());
    (read.root, read.faults)
}

/// The names that a text asks for; those of views that it names stand elsewhere, and are not among them.
pub(super) fn names(text: &str, vocabulary: &Vocabulary, reading: &ParseContext) -> Vec<AskedName> {
    if too_long(text).is_some() {
        return Vec::new();
    }
    read_within(text, vocabulary, reading, &mut Trail::default()).names
}

/// A name behind a word that takes one.
pub(super) struct AskedName {
    pub whose: Whose,
    pub name: String,
    /// Letters before the whole word, and before what follows it.
    pub at: usize,
    pub end: usize,
}

/// What came of a text.
struct ReadFilter {
    root: Node,
    faults: Vec<FilterError>,
    names: Vec<AskedName>,
}

/// The views that are read within each other, and how many there were in all: views that name views twice would
/// double with each step.
#[derive(Default)]
struct Trail {
    open: Vec<String>,
    count: usize,
}

fn read_within(text: &str, vocabulary: &Vocabulary, reading: &ParseContext, trail: &mut Trail) -> ReadFilter {
    let pieces = pieces(tokens(text));
    let (faults, names) = (Vec::new(), Vec::new());
    let mut parser = Parser { pieces, at: 0, depth: 0, vocabulary, reading, trail, faults, names };
    let root = parser.any();
    if let Some(piece) = parser.peek() {
        let fault = FilterError::at(piece.token(), "closes no bracket", None);
        parser.faults.push(fault);
    }
    let mut faults = parser.faults;
    if let Some(fault) = unclosed(text) {
        // All that follows the quote stands in it: what else is wrong there is wrong because of it.
        faults.retain(|other| other.end <= fault.at);
        faults.insert(0, fault);
    }
    ReadFilter { root, faults, names: parser.names }
}

/// A quote that runs to the end of the text because nothing closes it.
fn unclosed(text: &str) -> Option<FilterError> {
    let at = open_quote(text)?;
    let word: String = text.chars().skip(at).collect();
    Some(FilterError {
        at,
        end: text.chars().count(),
        word: bounds::named(&word),
        message: "opens a quote that is not closed".to_owned(),
        nearest: None,
        known: Vec::new(),
    })
}

/// A filter that is longer than a line may be, at the place where that begins.
fn too_long(text: &str) -> Option<FilterError> {
    let message = bounds::too_long(text.len(), bounds::LINE, "a filter")?;
    let kept = bounds::within(text, bounds::LINE);
    Some(FilterError {
        at: kept.chars().count(),
        end: text.chars().count(),
        word: bounds::named(&text[kept.len()..]),
        message: format!("is too much: {message}"),
        nearest: None,
        known: Vec::new(),
    })
}

struct Parser<'a> {
    pieces: Vec<Piece>,
    at: usize,
    /// Brackets that are open.
    depth: usize,
    vocabulary: &'a Vocabulary,
    reading: &'a ParseContext,
    trail: &'a mut Trail,
    faults: Vec<FilterError>,
    names: Vec<AskedName>,
}

/// An `or` or `and` with nothing on one of its sides.
fn alone(joint: &Token, side: &str) -> FilterError {
    let message =
        format!("joins two words, and nothing stands {side} it; in quotes it is a text to look for");
    FilterError::at(joint, &message, None)
}

/// A list of one is the one.
fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 { nodes.swap_remove(0) } else { join(nodes) }
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    fn is_next(&self, text: &str) -> bool {
        self.peek().is_some_and(|piece| match piece {
            Piece::Word(token) => {
                token.quoted.iter().all(|quoted| !quoted) && token.text.eq_ignore_ascii_case(text)
            }
            _ => false,
        })
    }

    /// Each `or` has something on both sides. A side that is missing is told and left out, so that what stands on the
    /// other goes on narrowing while somebody types.
    fn any(&mut self) -> Node {
        let mut branches = Vec::new();
        let mut joint: Option<Token> = None;
        loop {
            let begin = self.at;
            let branch = self.all();
            let next = self.peek().filter(|_| self.is_next("or")).map(|piece| piece.token().clone());
            if self.at > begin {
                branches.push(branch);
            } else if let Some(next) = &next {
                self.faults.push(alone(next, "before"));
            } else if let Some(joint) = &joint {
                self.faults.push(alone(joint, "behind"));
            }
            if next.is_none() {
                break;
            }
            joint = next;
            self.at += 1;
        }
        // A branch of which nothing could be read lets everything through, and so do all of them together.
        if branches.contains(&Node::All(Vec::new())) {
            return Node::All(Vec::new());
        }
        if branches.is_empty() { Node::All(branches) } else { joined(branches, Node::Any) }
    }

    fn all(&mut self) -> Node {
        let mut parts = Vec::new();
        // The `and` that waits for what follows it, and whether something stands before the next one.
        let mut joint: Option<Token> = None;
        let mut is_begun = false;
        while let Some(Piece::Open(token) | Piece::NotOpen(token) | Piece::Word(token)) = self.peek() {
            let token = token.clone();
            if self.is_next("or") {
                break;
            }
            if self.is_next("and") {
                self.at += 1;
                if !is_begun {
                    self.faults.push(alone(&token, "before"));
                }
                is_begun = false;
                joint = Some(token);
                continue;
            }
            (joint, is_begun) = (None, true);
            match self.one() {
                // What could not be read within brackets narrows nothing.
                Ok(Node::All(nodes)) if nodes.is_empty() => {}
                Ok(node) => parts.push(node),
                Err(fault) => self.faults.push(fault),
            }
        }
        if let Some(joint) = joint {
            self.faults.push(alone(&joint, "behind"));
        }
        joined(parts, Node::All)
    }

    fn one(&mut self) -> Result<Node, FilterError> {
        let at = self.at;
        self.at += 1;
        let (token, is_negated) = match &self.pieces[at] {
            Piece::Open(token) => (token.clone(), false),
            Piece::NotOpen(token) => (token.clone(), true),
            Piece::Word(token) | Piece::Close(token) => {
                let token = token.clone();
                return self.negated(&token);
            }
        };
        if self.depth == bounds::DEPTH {
            // What stands in it can't be told apart from what follows.
            self.at = self.pieces.len();
            let message = format!("opens more than {} brackets within each other", bounds::DEPTH);
            return Err(FilterError::at(&token, &message, None));
        }
        self.depth += 1;
        let begin = self.at;
        let inside = self.any();
        let is_bare = self.at == begin;
        self.depth -= 1;
        let is_closed = matches!(self.peek(), Some(Piece::Close(_)));
        // Brackets that stay open because reading stopped there are not told as well.
        let is_too_deep = || self.faults.iter().any(|fault| fault.message.starts_with("opens more"));
        if is_closed {
            self.at += 1;
        } else if !is_too_deep() {
            // All that follows stands in it, and goes on narrowing while its end is still to come.
            let end = self.pieces.last().map_or(token.end, |piece| piece.token().end);
            let message = "opens a bracket that is not closed";
            self.faults.push(FilterError { end, ..FilterError::at(&token, message, None) });
        }
        if is_bare && is_closed {
            let end = token.end + 1;
            return Err(FilterError {
                end,
                ..FilterError::at(&token, "opens brackets with nothing in them", None)
            });
        }
        let is_nothing = inside == Node::All(Vec::new());
        Ok(if is_negated && !is_nothing { Node::Not(Box::new(inside)) } else { inside })
    }

    fn negated(&mut self, token: &Token) -> Result<Node, FilterError> {
        let is_minus = token.text.starts_with('-') && token.quoted.first() == Some(&false);
        if is_minus && token.text.chars().all(|letter| letter == '-') && !token.quoted.contains(&true) {
            let message = "leaves nothing out, since no word follows it; in quotes it is a text to look for";
            return Err(FilterError::at(token, message, None));
        }
        if is_minus && token.quoted.len() > 1 {
            return Ok(Node::Not(Box::new(self.test(&token.behind(1))?)));
        }
        self.test(token)
    }

    /// A word without a field: a text, or several of which one is enough, parted as the values of a field are.
    fn one_of_texts(&mut self, token: &Token) -> Result<Node, FilterError> {
        let parts = value::either(token);
        if token.text.trim().is_empty() {
            return Err(FilterError::at(token, "is a phrase without words", None));
        }
        if parts.len() < 2 {
            return Ok(Node::Is(Test::Text(SearchText::new(&token.text))));
        }
        // Each for itself, since a name or a tag may stand among them: `film|#retail`.
        let nodes = parts.iter().map(|part| self.test(part)).collect::<Result<_, _>>()?;
        Ok(joined(nodes, Node::Any))
    }

    fn test(&mut self, token: &Token) -> Result<Node, FilterError> {
        if token.quoted.first().is_none_or(|quoted| *quoted) {
            return self.one_of_texts(token);
        }
        // A kind without a word of such a mark has texts that begin so.
        let mark = token.text.chars().next();
        let marked = self.vocabulary.words.iter().find(|word| word.mark.is_some() && word.mark == mark);
        if let Some(known) = marked.filter(|_| token.quoted.len() > 1) {
            let value = token.behind(1);
            self.note_names(known, &value, token);
            // A list may repeat the mark of its first name: `@ana|@bo`.
            return wanted(known, &value, token, self.reading)
                .map(|wanted| Node::Is(Test::Field(known.name, wanted)));
        }
        let Some(colon) = token.find(&[':']) else { return self.one_of_texts(token) };
        let name: String = token.text.chars().take(colon).collect::<String>().to_lowercase();
        let value = token.behind(colon + 1);
        let is_view = name == "view" && self.vocabulary.list.is_some();
        let is_known = is_view || self.vocabulary.find(&name).is_some();
        // Times, ratios and links have a colon, too; only what looks like a name is told as an unknown word.
        let could_be_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
        let is_empty = value.text.is_empty();
        if is_empty && is_known {
            // Nothing is called so that is worth looking for, and a filter that fits nothing would not say why.
            let message = "is a word without a value; `none` asks for what has none, `any` for what has one";
            return Err(FilterError::at(token, message, None));
        }
        if is_empty || value.text.starts_with("//") || !is_known && !could_be_name {
            return self.one_of_texts(token);
        }
        if is_view {
            return self.view(token, &value.text);
        }
        match self.vocabulary.find(&name) {
            Some(word) => {
                self.note_names(word, &value, token);
                let wanted = wanted(word, &value, token, self.reading)?;
                Ok(stage_mark(word.takes, &wanted).unwrap_or(Node::Is(Test::Field(word.name, wanted))))
            }
            None => Err(self.unknown(token, &name, &value.text)),
        }
    }

    fn note_names(&mut self, word: &FilterWord, value: &Token, token: &Token) {
        let Some(whose) = word.asks_for() else { return };
        let named = |name| AskedName { whose, name, at: token.at, end: token.end };
        self.names.extend(names_in(word, value).into_iter().map(named));
    }

    fn unknown(&self, token: &Token, name: &str, value: &str) -> FilterError {
        let near = nearest(name, &self.vocabulary.all_names());
        let shown = bounds::named(name);
        let message = format!("no word is called {shown}{}", did_you_mean(&near));
        FilterError {
            nearest: near.map(|near| format!("{near}:{}", bounds::named(value))),
            known: self.vocabulary.names(),
            ..FilterError::at(token, &message, None)
        }
    }

    /// What a view says, as if it stood in brackets.
    fn view(&mut self, token: &Token, name: &str) -> Result<Node, FilterError> {
        let list = self.vocabulary.list.unwrap_or(ListKind::Requests);
        let view = view::named(name, list, &self.reading.views)
            .map_err(|message| FilterError::at(token, &format!("names nothing: {message}"), None))?;
        if self.trail.open.contains(&view.name) {
            return Err(FilterError::at(token, "is a view that names itself", None));
        }
        if self.trail.count == bounds::VIEWS {
            let message = format!("is a view too many: a filter names at most {}", bounds::VIEWS);
            return Err(FilterError::at(token, &message, None));
        }
        self.trail.count += 1;
        self.trail.open.push(view.name.clone());
        let read = read_within(&view.filter, self.vocabulary, self.reading, self.trail);
        self.trail.open.pop();
        match read.faults.first() {
            Some(inner) => {
                Err(FilterError::at(token, &format!("is a view that cannot be read: {inner}"), None))
            }
            None => Ok(Node::View(view.name.clone(), Box::new(read.root))),
        }
    }
}

/// `stage:open` and `stage:closed` say what `is:open` and `is:closed` say.
fn stage_mark(takes: Takes, wanted: &[Wanted]) -> Option<Node> {
    match (takes, wanted) {
        (Takes::Stage, [Wanted::Mark(mark)]) => Some(Node::Is(Test::Field("is", vec![Wanted::Mark(mark)]))),
        _ => None,
    }
}
