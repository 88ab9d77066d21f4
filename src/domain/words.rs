//! One grammar for quick add, edit, modify and filter: what a person types becomes plain values, and
//! what was understood can be said back.

pub mod capture;
pub mod days;
pub mod duration;
pub mod filter;
pub mod line;
pub mod redact;
pub mod time;
mod token;

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthStr;

use super::workdays::WorkCalendar;

/// The one of `names` that a person may have meant.
pub fn nearest(word: &str, names: &[&str]) -> Option<String> {
    let word = word.to_lowercase();
    names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&word, name), *name))
        // Two slips in a short word, more in a long one; beyond that a guess confuses more than it helps.
        .filter(|(distance, name)| *distance <= 2.max(name.width() / 3))
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Lower case without marks, for comparing what people type with what is there: `nguyen` finds Nguyễn.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Marks go before case: `İ` in lower case would leave a dot of its own.
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for letter in letters {
        match without_stroke(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

/// The letters that Unicode does not take apart into a plain one and a mark, and the quotes that editors put in for
/// the one on the keyboard.
const fn without_stroke(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '’' | '‘' => "'",
        _ => return None,
    })
}

/// True if a text holds folded words. A filter asks every row at every letter, so plain letters are compared
/// where they stand.
pub fn holds(text: &str, folded: &str) -> bool {
    if !text.is_ascii() {
        return fold(text).contains(folded);
    }
    let (text, wanted) = (text.as_bytes(), folded.as_bytes());
    // By hand, since this runs over every field of every row for each letter of a filter, and folding copies
    // each text.
    let [first, rest @ ..] = wanted else { return true };
    let Some(last) = text.len().checked_sub(wanted.len()) else { return false };
    let begins = text[..=last].iter().enumerate().filter(|(_, byte)| byte.to_ascii_lowercase() == *first);
    begins.map(|(at, _)| &text[at + 1..at + wanted.len()]).any(|part| part.eq_ignore_ascii_case(rest))
}

/// What is needed to read days and lengths, and to say how far away a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseContext {
    /// The day that the lead has, which words such as `fri` count from.
    pub today: chrono::NaiveDate,
    /// Working time of a day, as `2d` counts it.
    pub day: super::minutes::Minutes,
    /// Which days are working days; shared, because every typed line carries it along.
    pub calendar: Arc<WorkCalendar>,
}

#[cfg(test)]
impl ParseContext {
    /// Monday 23 November 2026 with days of eight hours and no holidays: most tests read their texts on it.
    pub fn monday() -> Self {
        let day = super::minutes::Minutes::hours(8);
        Self { today: "2026-11-23".parse().unwrap(), day, calendar: Arc::default() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_found_by_their_plain_letters() {
        for (name, typed) in [
            ("Nguyễn", "nguyen"),
            ("Åsa Łukasiewicz-Đorđević", "asa lukasiewicz-dordevic"),
            ("Søren Straße", "soren strasse"),
            ("Œuvre, Æsir", "oeuvre, aesir"),
            ("İlkay Yıldız", "ilkay yildiz"),
            ("Ｆｕｌｌ O’Neil", "full o'neil"),
        ] {
            assert_eq!(fold(name), typed);
            assert!(holds(name, typed));
        }
    }

    proptest! {
        #[test]
        fn holding_is_the_same_as_folding_both(text in "[a-cA-Cäé ’]{0,12}", word in "[a-cA-Cäé]{0,3}") {
            prop_assert_eq!(holds(&text, &fold(&word)), fold(&text).contains(&fold(&word)));
        }
    }
}
