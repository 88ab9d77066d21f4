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
}

/// Splits a line into words. An open quote runs to the end.
pub fn tokens(line: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut current: Option<Token> = None;
    let mut quote: Option<char> = None;
    for (at, c) in line.chars().enumerate() {
        match (quote, c) {
            (Some(open), c) if closes(open, c) => quote = None,
            (None, '"' | '“') => {
                quote = Some(c);
                current.get_or_insert_with(|| Token { at, text: String::new(), is_quoted: true });
            }
            (None, c) if c.is_whitespace() => found.extend(current.take()),
            (_, c) => current
                .get_or_insert_with(|| Token { at, text: String::new(), is_quoted: false })
                .text
                .push(c),
        }
    }
    found.extend(current);
    found
}

const fn closes(open: char, c: char) -> bool {
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
