//! Capture: one line that files a friction, a risk, a promise or a decision. Plain words are what it is called,
//! `name:value` sets a field, `@name` says who, `~6h` how many hours.

use super::nearest;
use super::token::tokens;
use crate::domain::bounds;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Captured {
    /// Fields by name with what was typed; the plain words stand under the first field.
    pub fields: Vec<(&'static str, String)>,
    /// What is not understood: the word, and what is wrong with it or may have been meant.
    pub problem: Option<(String, String)>,
}

/// Which marks and other names stand for which fields.
#[derive(Debug, Clone, Copy)]
pub struct Grammar {
    /// The fields that there are, the title first.
    pub fields: &'static [&'static str],
    /// What `@name` sets.
    pub who: Option<&'static str>,
    /// What `~6h` sets.
    pub hours: Option<&'static str>,
    /// Other names of fields.
    pub also: &'static [(&'static str, &'static str)],
}

/// Reads a line.
#[must_use]
pub fn parse(text: &str, grammar: Grammar) -> Captured {
    let mut captured = Captured::default();
    if let Some(message) = bounds::too_long(text.len(), bounds::LINE, "a line") {
        let kept = bounds::within(text, bounds::LINE);
        let column = kept.chars().count() + 1;
        let message = format!("at column {column} is too much: {message}");
        captured.problem = Some((bounds::named(&text[kept.len()..]), message));
        return captured;
    }
    let mut title: Vec<String> = Vec::new();
    for token in tokens(text) {
        let word = token.text.as_str();
        if token.is_quoted {
            title.push(token.text);
            continue;
        }
        let after =
            |mark: char| word.strip_prefix(mark).filter(|rest| rest.starts_with(char::is_alphanumeric));
        if let (Some(who), Some(field)) = (after('@'), grammar.who) {
            captured.fields.push((field, who.to_owned()));
        } else if let (Some(hours), Some(field)) = (after('~'), grammar.hours) {
            captured.fields.push((field, hours.to_owned()));
        } else if let Some((name, value)) = word.split_once(':').filter(|(name, value)| is_field(name, value))
        {
            match field(name, grammar) {
                Some(field) => captured.fields.push((field, value.to_owned())),
                None if captured.problem.is_none() => {
                    let message = format!("is not a field: {}", meant(name, grammar));
                    captured.problem = Some((bounds::named(word), message));
                }
                None => {}
            }
        } else {
            title.push(token.text);
        }
    }
    if let (false, Some(first)) = (title.is_empty(), grammar.fields.first()) {
        captured.fields.insert(0, (first, title.join(" ")));
    }
    captured
}

/// A colon that ends a word, a time or a link belong to the plain words.
fn is_field(name: &str, value: &str) -> bool {
    !value.is_empty()
        && !value.starts_with("//")
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphabetic() || c == '-')
}

fn field(name: &str, grammar: Grammar) -> Option<&'static str> {
    let name = name.to_lowercase();
    let also = grammar.also.iter().find(|(also, _)| *also == name).map(|(_, field)| *field);
    also.or_else(|| grammar.fields.iter().copied().find(|field| *field == name))
}

fn meant(name: &str, grammar: Grammar) -> String {
    let names: Vec<&str> =
        grammar.fields.iter().skip(1).copied().chain(grammar.also.iter().map(|(also, _)| *also)).collect();
    nearest(name, &names)
        .map_or_else(|| format!("there are {}", names.join(", ")), |near| format!("did you mean {near}:?"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRICTION: Grammar = Grammar {
        fields: &["text", "area", "hours", "who", "harms"],
        who: Some("who"),
        hours: Some("hours"),
        also: &[("on", "harms")],
    };

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
