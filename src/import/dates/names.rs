//! Names of weekdays in the languages that exports come in, English, German, French, Spanish, Dutch, and what stands around
//! days in them.

use crate::domain::words::fold;
pub(super) use crate::domain::words::months::month;
use crate::domain::words::months::place;

/// Each weekday from Monday on, folded; the short forms of two letters are German and Dutch.
const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "montag", "lundi", "lunes", "maandag", "mo", "ma"],
    &["tuesday", "dienstag", "mardi", "martes", "dinsdag", "di", "tu"],
    &["wednesday", "mittwoch", "mercredi", "miercoles", "woensdag", "mi", "wo", "we"],
    &["thursday", "donnerstag", "jeudi", "jueves", "donderdag", "do", "th"],
    &["friday", "freitag", "vendredi", "viernes", "vrijdag", "fr", "vr"],
    &["saturday", "samstag", "sonnabend", "samedi", "sabado", "zaterdag", "sa", "za"],
    &["sunday", "sonntag", "dimanche", "domingo", "zondag", "so", "zo", "su"],
];

/// Words that stand within a day and say nothing of it: `4 de diciembre de 2026`, `the 1st of March`, `le 1er mars`.
const FILLERS: [&str; 14] =
    ["de", "del", "of", "the", "le", "la", "el", "den", "der", "am", "on", "by", "due", "op"];

/// What stands behind the number of a day: `1st`, `1er`, `1o`, `4de`.
const ENDINGS: [&str; 11] = ["st", "nd", "rd", "th", "er", "ere", "e", "o", "a", "ste", "de"];

/// The weekday that a word names, from Monday as 0.
pub(in crate::import) fn weekday(word: &str) -> Option<u32> {
    let word = fold(word);
    place(&WEEKDAYS, &word, 3).and_then(|index| u32::try_from(index).ok())
}

/// True for a word that says nothing of the day.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&fold(word).as_str())
}

/// What follows a number, past the ending that makes a day of it, which may stand a blank apart from it.
pub(super) fn past_ending<'a>(number: &str, after: &'a str) -> &'a str {
    let word = after.trim_start_matches(' ');
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let (ending, behind) = word.split_at(end);
    // Behind a year the same letters begin what follows: `4 dic 2026 a las 10:00`.
    let is_ending = number.len() <= 2 && ENDINGS.contains(&fold(ending).as_str());
    if is_ending { behind } else { after }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_five_languages_and_by_their_beginnings() {
        let table = [
            (1, "Jan ene JANVIER Jänner januari"),
            (2, "feb févr fév febrero"),
            (3, "mar mär März mars maart mrt"),
            (4, "apr avr abr April"),
            (5, "may mai mei mayo"),
            (6, "jun juin juni junio"),
            (7, "jul juil juli julio juillet"),
            (8, "aug août aou ago augustus"),
            (9, "sep sept set septiembre"),
            (10, "oct okt octubre oktober"),
            (11, "nov noviembre"),
            (12, "dec dez déc dic diciembre décembre"),
        ];
        for (number, words) in table {
            for word in words.split(' ') {
                assert_eq!(month(word), Some(number), "{word}");
            }
        }
        for word in ["ju", "jui", "ma", "marble", "decade", "", "mon"] {
            assert_eq!(month(word), None, "{word}");
        }
    }

    #[test]
    fn weekdays_are_known_in_five_languages_and_by_their_beginnings() {
        let table = [
            (0, "Mon Mo lun maandag"),
            (1, "Tue di mardi martes"),
            (2, "Wed mié mer wo Mittwoch"),
            (3, "Thu Thurs jeu Do"),
            (4, "fri ven vie vr Freitag"),
            (5, "sat sam sáb za"),
            (6, "sun dim dom zo Sonntag"),
        ];
        for (number, words) in table {
            for word in words.split(' ') {
                assert_eq!(weekday(word), Some(number), "{word}");
            }
        }
        assert_eq!((weekday("some"), weekday("dec")), (None, None));
    }
}
