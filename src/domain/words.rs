//! One grammar for quick add, edit, modify and filter: what a person types becomes plain values, and
//! what was understood can be said back.

pub mod capture;
pub mod cover;
pub mod days;
pub mod duration;
pub mod filter;
pub mod line;
mod token;

use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::workdays::WorkCalendar;

/// The one of `names` that a person may have meant.
#[must_use]
pub fn nearest(word: &str, names: &[&str]) -> Option<String> {
    let word = word.to_lowercase();
    names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&word, name), *name))
        .filter(|(distance, name)| *distance <= 2.max(name.width() / 3))
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Lower case without accents of the Latin letters, for comparing what people type with what is there.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.to_lowercase().chars().map(fold_char).filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

/// True if a text holds folded words. A filter asks every row at every letter, so plain letters are compared
/// where they stand.
#[must_use]
pub fn holds(text: &str, folded: &str) -> bool {
    if !text.is_ascii() {
        return fold(text).contains(folded);
    }
    let (text, wanted) = (text.as_bytes(), folded.as_bytes());
    let [first, rest @ ..] = wanted else { return true };
    let Some(last) = text.len().checked_sub(wanted.len()) else { return false };
    let begins = text[..=last].iter().enumerate().filter(|(_, byte)| byte.to_ascii_lowercase() == *first);
    begins.map(|(at, _)| &text[at + 1..at + wanted.len()]).any(|part| part.eq_ignore_ascii_case(rest))
}

const fn fold_char(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '’' | '‘' => '\'',
        other => other,
    }
}

/// What is needed to read days and lengths, and to say how far away a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The lead's day.
    pub today: chrono::NaiveDate,
    /// A working day.
    pub day: super::minutes::Minutes,
    /// Which days are working days; shared, because every typed line carries it along.
    pub calendar: Arc<WorkCalendar>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn holding_is_the_same_as_folding_both(text in "[a-cA-Cäé ’]{0,12}", word in "[a-cA-Cäé]{0,3}") {
            prop_assert_eq!(holds(&text, &fold(&word)), fold(&text).contains(&fold(&word)));
        }
    }
}
