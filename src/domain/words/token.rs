//! Words between spaces; quotes hold words together, also after a colon: `outcome:"lift sign-ups"`.

/// One word with the place of its first letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Letters of the line before it, from 0.
    pub at: usize,
    /// What was typed, quotes taken off.
    pub text: String,
    /// It began with a quote: it is a word of the title, whatever is in it.
    pub is_quoted: bool,
    /// Which of its letters stood in quotes, where marks are letters like others.
    pub quoted: Vec<bool>,
    /// Letters before what follows it, its quotes counted.
    pub end: usize,
}

impl Token {
    /// The part of it that begins behind some letters.
    pub fn behind(&self, letters: usize) -> Self {
        Self {
            at: self.at + letters,
            text: self.text.chars().skip(letters).collect(),
            is_quoted: self.quoted.get(letters).copied().unwrap_or(false),
            quoted: self.quoted.iter().skip(letters).copied().collect(),
            end: self.end,
        }
    }

    /// The place of the first letter outside quotes that is one of `marks`.
    pub fn find(&self, marks: &[char]) -> Option<usize> {
        self.text.chars().zip(&self.quoted).position(|(c, quoted)| !quoted && marks.contains(&c))
    }
}

/// Splits a line into words. An open quote runs to the end.
pub fn tokens(line: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut current: Option<Token> = None;
    let mut quote: Option<char> = None;
    let begun = |at, is_quoted| Token { at, text: String::new(), is_quoted, quoted: Vec::new(), end: at };
    for (at, c) in line.chars().enumerate() {
        match (quote, c) {
            (Some(open), c) if closes(open, c) => {
                quote = None;
                if let Some(token) = &mut current {
                    token.end = at + 1;
                }
            }
            (None, '"' | '“') => {
                quote = Some(c);
                current.get_or_insert_with(|| begun(at, true)).end = at + 1;
            }
            (None, c) if c.is_whitespace() => found.extend(current.take()),
            (_, c) => {
                let token = current.get_or_insert_with(|| begun(at, false));
                token.text.push(c);
                token.quoted.push(quote.is_some());
                token.end = at + 1;
            }
        }
    }
    found.extend(current);
    found
}

const fn closes(open: char, c: char) -> bool {
    // Editors may turn only the first of two quotes, so a plain one ends a curly one as well.
    matches!((open, c), ('"', '"') | ('“', '”' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        let texts: Vec<_> = tokens(r#"Hero  film outcome:"lift sign ups" "a:b" “c d”"#)
            .into_iter()
            .map(|t| (t.at, t.text))
            .collect();
        let expected = [(0, "Hero"), (6, "film"), (11, "outcome:lift sign ups"), (35, "a:b"), (41, "c d")];
        assert_eq!(texts, expected.map(|(at, text)| (at, text.to_owned())));
        assert_eq!(tokens("open \"to the end").len(), 2);
    }
}
