//! Words right behind a field that takes whole sentences: `note:this is what` sets one word, and the rest of them would be
//! the title. With quotes they are all its own, which is offered and not done: `outcome:Lift Spring film` may mean either.

use super::{Token, TypedLine, token};

/// What begins a word that is no plain one.
const MARKS: [char; 5] = ['@', '#', '+', '-', '~'];

impl TypedLine<'_> {
    /// How many words could be what a field says, and how they are written then.
    pub(super) fn sentence(&self, words: &[Token]) -> Option<(usize, String)> {
        // Whoever typed a quotation mark has said already where the text ends.
        let first = words.first().filter(|first| !first.quoted.contains(&true))?;
        let (name, value) = first.text.split_once(':').filter(|(_, value)| !value.is_empty())?;
        if !self.targets.sentences.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return None;
        }
        let is_plain = |at: &usize| is_plain(&words[*at]) && self.of_words(&words[*at..]).is_none();
        let count = (1..words.len()).take_while(is_plain).count();
        let behind: Vec<&str> = words[1..=count].iter().map(|word| word.text.as_str()).collect();
        let whole = format!("{value} {}", behind.join(" "));
        (count > 0).then(|| (1 + count, format!("{name}:{}", token::quoted(&whole))))
    }
}

fn is_plain(word: &Token) -> bool {
    // A bare `t2` sets the tier, with no sign before it that would tell it from a word.
    let is_tier = || {
        let mut letters = word.text.chars();
        let first = letters.next();
        matches!(first, Some('t' | 'T')) && word.text.len() == 2 && letters.all(|c| c.is_ascii_digit())
    };
    !word.is_quoted && !word.text.contains(':') && !word.text.starts_with(MARKS) && !is_tier()
}
