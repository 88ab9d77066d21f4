//! Words of the filter language and of quick add, as a shell hands them on.

use clap::builder::{StringValueParser, TypedValueParser};

use super::CliError;
use crate::domain::meeting::Meeting;
use crate::domain::words::filter::schema::Vocabulary;
use crate::domain::words::filter::{Filter, FilterError, unknown_words};
use crate::ops::{Desk, OpsError};

/// Stands before a word like `-tag`, so that it is not read as an option; no argument can hold it.
pub const SHIELD: char = '\0';

/// Reads words that may begin with a minus.
pub fn words() -> impl TypedValueParser<Value = String> {
    StringValueParser::new().map(|text| text.strip_prefix(SHIELD).unwrap_or(&text).to_owned())
}

/// The words as one line; a word that the shell has already taken the quotes off gets them back.
pub fn joined(words: &[String]) -> String {
    // One argument is a whole line that was quoted for the shell, with its own quotes inside.
    if let [one] = words {
        return one.clone();
    }
    let word = |word: &String| {
        if !word.contains(char::is_whitespace) || word.contains(":\"") || word.contains(":“") {
            return word.clone();
        }
        match word.split_once(':') {
            // `due:"next friday"` reaches this as one word without its quotes; only after a plain name is the
            // colon that of a field, and not a part of a title.
            Some((name, value))
                if !name.is_empty() && name.chars().all(char::is_alphabetic) && !value.starts_with(' ') =>
            {
                format!("{name}:\"{value}\"")
            }
            _ => format!("\"{word}\""),
        }
    };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// A filter that cannot be read, as what was put in wrongly.
pub fn rejected(error: &FilterError) -> CliError {
    OpsError::Rejected { message: error.to_string(), hint: None }.into()
}

/// That nothing fits, and which name in it nobody has: a list of nothing does not say why.
pub fn nothing_fits(
    what: &str,
    words: &[String],
    (vocabulary, meetings): (&Vocabulary, &[Meeting]),
    desk: &Desk,
) -> Result<CliError, CliError> {
    let found = desk.strangers(&joined(words), vocabulary, meetings)?;
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    let why = if told.is_empty() { String::new() } else { format!("; {}", told.join("; ")) };
    Ok(CliError::Nothing(format!("{what}{why}")))
}

/// The filter that the words of a list say, with the words of its kind.
pub fn filter_of(words: &[String], vocabulary: &Vocabulary, desk: &Desk) -> Result<Filter, CliError> {
    let (text, reading) = (joined(words), desk.reading()?);
    // Every word that means nothing is told at once.
    let unknown = unknown_words(&text, vocabulary, &reading);
    if unknown.len() > 1 {
        let told: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        return Err(OpsError::Rejected { message: told.join("\n"), hint: None }.into());
    }
    Filter::parse_with(&text, vocabulary, &reading).map_err(|error| rejected(&error))
}
