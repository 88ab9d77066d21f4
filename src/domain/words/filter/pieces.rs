//! Words and brackets, told apart.

use crate::domain::words::token::Token;

/// A word, or a bracket outside quotes.
pub(super) enum Piece {
    Open(Token),
    NotOpen(Token),
    Close(Token),
    Word(Token),
}

impl Piece {
    pub(super) const fn token(&self) -> &Token {
        match self {
            Self::Open(token) | Self::NotOpen(token) | Self::Close(token) | Self::Word(token) => token,
        }
    }
}

/// Brackets stand for themselves unless they are within a word or in quotes.
pub(super) fn pieces(words: Vec<Token>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for mut token in words {
        let bracket = |at: usize, text: &str| Token {
            at,
            text: text.to_owned(),
            is_quoted: false,
            quoted: vec![false; text.len()],
            end: at + text.len(),
        };
        // As many as there are, since a bracket may open right behind another: `-(-(film))`.
        let letters: Vec<char> = token.text.chars().collect();
        let is_bare = |at: usize, letter| letters.get(at) == Some(&letter) && !token.quoted[at];
        let mut opened = 0;
        loop {
            let (length, text) = if is_bare(opened, '-') && is_bare(opened + 1, '(') {
                (2, "-(")
            } else if is_bare(opened, '(') {
                (1, "(")
            } else {
                break;
            };
            let piece = bracket(token.at + opened, text);
            pieces.push(if length == 2 { Piece::NotOpen(piece) } else { Piece::Open(piece) });
            opened += length;
        }
        if opened > 0 {
            token = token.behind(opened);
        }
        let mut closing = Vec::new();
        // A word with an opening bracket of its own keeps the closing one: `film(2)`.
        if token.find(&['(']).is_none() {
            while token.text.ends_with(')') && token.quoted.last() == Some(&false) {
                token.text.pop();
                token.quoted.pop();
                token.end -= 1;
                closing.push(Piece::Close(bracket(token.end, ")")));
            }
        }
        if !token.text.is_empty() || token.is_quoted {
            pieces.push(Piece::Word(token));
        }
        // They were taken off from the end.
        pieces.extend(closing.into_iter().rev());
    }
    pieces
}
