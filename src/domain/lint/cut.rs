//! A text cut into sentences and clauses, each with its place.

use std::ops::Range;

/// One sentence, without what ends it and without the mark of a list before it.
pub struct Sentence {
    /// Its place in the text.
    pub span: Range<usize>,
}

impl Sentence {
    /// Its words, out of the text that it was cut from.
    pub fn text<'a>(&self, whole: &'a str) -> &'a str {
        &whole[self.span.clone()]
    }

    /// The places of its clauses.
    pub fn clauses(&self, whole: &str) -> Vec<Range<usize>> {
        let ends = |c: char, next: Option<char>| {
            // Without a space behind it a mark is part of a figure or a time: 1,200 or 9:30.
            matches!(c, ',' | ';' | ':') && next.is_none_or(char::is_whitespace) || matches!(c, '–' | '—')
        };
        pieces(whole, self.span.clone(), ends)
    }
}

/// Every sentence of a text, titles left out. A line ends one, too.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let ends = |c: char, next: Option<char>| {
        // A point within a figure or an address ends no sentence: 9.5 d.
        c == '\n' || c == '\r' || matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace)
    };
    let is_title = |span: &Range<usize>| {
        let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        text[line..].trim_start().starts_with('#')
    };
    let all = pieces(text, 0..text.len(), ends).into_iter();
    all.filter(|span| !is_title(span)).map(|span| Sentence { span }).collect()
}

/// What lies between the letters that end a piece, trimmed; nothing for pieces without a letter or digit.
fn pieces(text: &str, within: Range<usize>, ends: impl Fn(char, Option<char>) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = within.start;
    let part = &text[within.clone()];
    for (at, c) in part.char_indices() {
        let after = at + c.len_utf8();
        if ends(c, part[after..].chars().next()) {
            found.push(start..within.start + at);
            start = within.start + after;
        }
    }
    found.push(start..within.end);
    found.into_iter().filter_map(|span| trimmed(text, span)).collect()
}

/// A piece without spaces around it and without the mark of a list, a title or a note.
fn trimmed(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | '*' | '•' | '#' | '>' | '!' | '✓' | '|');
    let piece = text[span.clone()].trim_end();
    let from = piece.find(|c| !is_mark(c))?;
    piece.contains(char::is_alphanumeric).then_some(span.start + from..span.start + piece.len())
}
