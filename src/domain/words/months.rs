//! Months as people and spreadsheets write them in English, German, French, Spanish and Dutch. Tools shorten them in their
//! own ways (`sept.`, `déc`, `mrt`), so any beginning of three letters counts that could be only one month.

use super::fold;

/// Each month as it is called, folded.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janner", "janvier", "enero", "januari"],
    &["february", "februar", "feber", "fevrier", "febrero", "februari"],
    &["march", "marz", "maerz", "mars", "marzo", "maart", "mrt"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo", "mei"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "aout", "agosto", "augustus"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];

/// The month that a word names, from 1.
pub fn month(word: &str) -> Option<u32> {
    let word = fold(word);
    place(&MONTHS, &word, 3).and_then(|index| u32::try_from(index + 1).ok())
}

/// The only one of the lists that has a word as a name, or as the beginning of one.
pub fn place(lists: &[&[&str]], word: &str, least: usize) -> Option<usize> {
    // Whole names first: `do` is one of a weekday, though two letters are too few for the beginning of one.
    let exact = lists.iter().position(|names| names.contains(&word));
    exact.or_else(|| {
        let mut found = (0..lists.len()).filter(|index| {
            word.len() >= least && lists[*index].iter().any(|name| name.len() > 2 && name.starts_with(word))
        });
        let first = found.next();
        if found.next().is_none() { first } else { None }
    })
}
