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

/// Splits a line into words. An open quote runs to the end. A quotation mark behind a letter or digit is one of the text:
/// `12" print`; within quotes a doubled one is.
pub fn tokens(line: &str) -> Vec<Token> {
    split(line).0
}

/// The place of a quote that nothing closes.
pub fn open_quote(line: &str) -> Option<usize> {
    split(line).1
}

/// The words of a line, and where a quote in it stays open.
fn split(line: &str) -> (Vec<Token>, Option<usize>) {
    let mut found = Vec::new();
    let mut current: Option<Token> = None;
    let mut quote: Option<(usize, char)> = None;
    let begun = |at, is_quoted| Token { at, text: String::new(), is_quoted, quoted: Vec::new(), end: at };
    let mut letters = line.chars().enumerate().peekable();
    while let Some((at, c)) = letters.next() {
        let is_within = current.as_ref().is_some_and(|token| token.text.ends_with(char::is_alphanumeric));
        match (quote, c) {
            // So `quoted` writes such a mark, and what a form or a view shows is read back as it was.
            (Some((_, '"')), '"') if letters.next_if(|(_, next)| *next == '"').is_some() => {
                let token = current.get_or_insert_with(|| begun(at, true));
                token.text.push('"');
                token.quoted.push(true);
                token.end = at + 2;
            }
            (Some((_, open)), c) if closes(open, c) => {
                quote = None;
                if let Some(token) = &mut current {
                    token.end = at + 1;
                }
            }
            (None, '"' | '“' | '„') if !is_within => {
                quote = Some((at, c));
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
    (found, quote.map(|(at, _)| at))
}

const fn closes(open: char, c: char) -> bool {
    // Editors may turn only the first of two quotes, so a plain one ends a curly one as well.
    matches!((open, c), ('"', '"') | ('“', '”' | '"') | ('„', '“' | '”' | '"'))
}

/// A text in quotes, which is read again as it is, whatever it holds.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Plain words as somebody wrote them: quotes that hold nothing together that would be read as something else belong to the
/// text, unless they stand around all of it.
pub fn plain_words(line: &str, words: &[Token], is_plain: impl Fn(&Token) -> bool) -> String {
    let written = |token: &Token| -> String {
        let bare = Token { is_quoted: false, quoted: vec![false; token.quoted.len()], ..token.clone() };
        // Quotes around everything say where a name begins and ends, as a shell needs them.
        if words.len() == 1 || !token.is_quoted || !is_plain(&bare) {
            return token.text.clone();
        }
        line.chars().skip(token.at).take(token.end - token.at).collect()
    };
    words.iter().map(written).collect::<Vec<_>>().join(" ")
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

    #[test]
    fn a_quotation_mark_of_the_text_is_no_quote() {
        let texts = |line: &str| tokens(line).into_iter().map(|token| token.text).collect::<Vec<_>>();
        assert_eq!(texts(r#"12" print 5' x 7'"#), ["12\"", "print", "5'", "x", "7'"]);
        assert_eq!(texts("brand:„Neu und alt“ x"), ["brand:Neu und alt", "x"]);
        for text in ["O'Neil \"Co\"", "\"", "\"a", "a\"", "", "“a”"] {
            assert_eq!(texts(&format!("brand:{} x", quoted(text))), [&format!("brand:{text}"), "x"]);
        }
    }
}
