//! Capture: one line that files a friction, a risk, a promise or a decision. Plain words are what it is called,
//! `name:value` sets a field, `@name` says who, `~6h` how many hours.

use super::token::{Token, plain_words, tokens};
use super::{nearest, stray};
use crate::domain::bounds;
use crate::domain::record::FieldSpec;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Captured {
    /// Fields by name with what was typed; the plain words stand under the first field.
    pub fields: Vec<(&'static str, String)>,
    /// The plain words, which are what it is called.
    pub title_words: Vec<Token>,
    /// What is not understood: the word, and what is wrong with it or may have been meant.
    pub problem: Option<(String, String)>,
}

/// Reads a line by the fields of a kind of record, the title first. Marks and other words for a field are declared
/// with it.
pub fn parse(text: &str, fields: &[FieldSpec]) -> Captured {
    let mut captured = Captured::default();
    if let Some(message) = bounds::too_long(text.len(), bounds::LINE, "a line") {
        let kept = bounds::within(text, bounds::LINE);
        let column = kept.chars().count() + 1;
        let message = format!("at column {column} is too much: {message}");
        captured.problem = Some((bounds::named(&text[kept.len()..]), message));
        return captured;
    }
    let mut title: Vec<Token> = Vec::new();
    for token in tokens(text) {
        let word = token.text.as_str();
        // Quotes say "these words as they are", also where a colon is in them.
        if token.is_quoted {
            title.push(token);
            continue;
        }
        if let Some((field, value)) = marked(word, fields) {
            captured.fields.push((field, value.to_owned()));
        } else if let Some((name, value)) = word.split_once(':').filter(|(name, value)| is_field(name, value))
        {
            match field(name, fields) {
                Some(field) => captured.fields.push((field, value.to_owned())),
                // The first is enough: what follows a misread field is often misread for the same reason.
                None if captured.problem.is_none() => {
                    let message = format!("is not a field: {}", meant(name, fields));
                    captured.problem = Some((bounds::named(word), message));
                }
                None => {}
            }
        } else {
            title.push(token);
        }
    }
    if let (false, Some(first)) = (title.is_empty(), fields.first()) {
        let is_plain = |token: &Token| {
            let has_name = token.text.split_once(':').is_some_and(|(name, value)| is_field(name, value));
            !has_name && marked(&token.text, fields).is_none()
        };
        captured.fields.insert(0, (first.name, plain_words(text, &title, is_plain)));
    }
    captured.title_words = title;
    captured
}

/// Reads a line that changes what is there: what would only rename it by mistake is a problem then.
pub fn parse_change(text: &str, fields: &[FieldSpec]) -> Captured {
    let mut captured = parse(text, fields);
    let is_field = |name: &str| field(name, fields).is_some();
    if captured.problem.is_none() {
        let stray = stray::of_change(&captured.title_words, is_field);
        captured.problem = stray.map(|(token, message)| (bounds::named(&token.text), message));
    }
    captured
}

/// A colon that ends a word, a time or a link belong to the plain words.
fn is_field(name: &str, value: &str) -> bool {
    !value.is_empty()
        // A link has a colon, too.
        && !value.starts_with("//")
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// `@ana`, `~6h`: the field of a mark, and what stands after it.
fn marked<'a>(word: &'a str, fields: &[FieldSpec]) -> Option<(&'static str, &'a str)> {
    let field = fields.iter().find(|field| field.mark.is_some_and(|mark| word.starts_with(mark)))?;
    let value = word.strip_prefix(field.mark?)?;
    // A mark alone, or before another mark, is a plain word.
    value.starts_with(char::is_alphanumeric).then_some((field.name, value))
}

fn field(name: &str, fields: &[FieldSpec]) -> Option<&'static str> {
    let name = name.to_lowercase();
    let also = fields.iter().find(|field| field.aliases.contains(&name.as_str()));
    also.or_else(|| fields.iter().find(|field| field.name == name)).map(|field| field.name)
}

fn meant(name: &str, fields: &[FieldSpec]) -> String {
    let settable = || fields.iter().skip(1).filter(|field| field.is_in_form() || field.is_option());
    let aliases = settable().flat_map(|field| field.aliases.iter().copied());
    // The first field takes the words without a name, so its name is not offered.
    let names: Vec<&str> = settable().map(|field| field.name).chain(aliases).collect();
    nearest(name, &names)
        .map_or_else(|| format!("there are {}", names.join(", ")), |near| format!("did you mean `{near}:`?"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::friction::Friction;
    use crate::domain::record::Fields;

    const FRICTION: &[FieldSpec] = Friction::FIELDS;

    fn pairs(text: &str) -> Vec<(&'static str, String)> {
        parse(text, FRICTION).fields
    }

    #[test]
    fn one_line_files_a_friction() {
        let found = pairs("chasing approvals by e-mail ~6h area:process on:O-3 @producers");
        let expected = [
            ("text", "chasing approvals by e-mail"),
            ("hours", "6h"),
            ("area", "process"),
            ("harms", "O-3"),
            ("who", "producers"),
        ];
        assert_eq!(found, expected.map(|(field, text)| (field, text.to_owned())));
        assert_eq!(
            pairs("Re: the 16:9 film, see https://x.example"),
            [("text", "Re: the 16:9 film, see https://x.example".to_owned())]
        );
    }

    #[test]
    fn a_wrong_word_is_named_with_the_nearest_right_one() {
        let (word, meant) = parse("chasing aera:process", FRICTION).problem.unwrap();
        assert!(word == "aera:process" && meant.contains("area"), "{meant}");
    }

    #[test]
    fn a_line_that_is_too_long_is_not_read() {
        let long = format!("{}tail", "a".repeat(bounds::LINE));
        let (word, message) = parse(&long, FRICTION).problem.unwrap();
        assert!(
            word == "tail" && message.contains("column 65537") && message.contains("64 KiB"),
            "{message}"
        );
        assert_eq!(parse(&long[4..], FRICTION).problem, None);
    }

    proptest! {
        #[test]
        fn no_line_is_too_strange(text in "\\PC{0,60}") {
            let _ = parse(&text, FRICTION);
        }
    }
}
