//! Where the last name of somebody stands alone and is a name. Many are words of the language too: `Price list` names nobody,
//! and `owed to Price` does.

use std::ops::Range;

use crate::domain::words::redact::{drawn_places, word_places};

/// What ends a sentence, or parts what was said before from a title behind it.
const BEGINS_ANEW: [char; 14] = ['.', ':', '!', '?', ';', '·', '→', '|', '│', '▎', '—', '–', '-', '…'];

/// A drawn row, one letter for each cell.
pub struct DrawnRow<'a> {
    pub letters: &'a [String],
    /// The same without capitals and accents.
    pub folded: &'a [String],
    /// The row above, in which a name may have begun.
    pub above: &'a [String],
}

/// The places in a text at which a last name alone names somebody; it comes as letters, and folded.
pub(super) fn named_at(letters: &[String], folded: &[String], name: &[String]) -> Vec<Range<usize>> {
    let places = word_places(folded, name).into_iter();
    places.filter(|place| is_named(letters, place)).collect()
}

impl DrawnRow<'_> {
    /// The same where the end of the name may have no room.
    pub(super) fn named_at(&self, name: &str) -> Vec<Range<usize>> {
        let places = drawn_places(self.folded, name).into_iter();
        places.filter(|place| is_named(self.letters, place)).collect()
    }

    /// Where a name goes on that began at the end of the row above.
    pub(super) fn going_on(&self, name: &str) -> Vec<Range<usize>> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let parts = (1..words.len()).map(|at| (words[..at].join(" "), words[at..].join(" ")));
        let has_begun = |begun: &str| {
            let ends = |place: &Range<usize>| is_run_end(self.above, place.end);
            drawn_places(self.above, begun).iter().any(ends)
        };
        let rest = parts.filter(|(begun, _)| has_begun(begun));
        let places = rest.flat_map(|(_, rest)| drawn_places(self.folded, &rest));
        places.filter(|place| is_run_start(self.folded, place.start)).collect()
    }
}

/// With a capital, and not as the first of several words: a sentence and a title begin with a capital, whatever they say.
fn is_named(letters: &[String], place: &Range<usize>) -> bool {
    let is_capital = letters[place.start].chars().any(char::is_uppercase);
    is_capital && !(begins(letters, place.start) && goes_on(letters, place.end))
}

fn is_blank(letter: Option<&String>) -> bool {
    letter.is_none_or(|letter| letter.trim().is_empty())
}

fn is_wordlike(letter: Option<&String>) -> bool {
    letter.is_some_and(|letter| letter.chars().any(char::is_alphanumeric))
}

/// True if another word follows, be it behind a dash.
fn goes_on(letters: &[String], end: usize) -> bool {
    let parts = letters.get(end).is_some_and(|letter| letter == " " || letter == "-");
    parts && is_wordlike(letters.get(end + 1))
}

fn is_run_end(letters: &[String], end: usize) -> bool {
    is_blank(letters.get(end)) && !is_wordlike(letters.get(end + 1))
}

fn is_run_start(letters: &[String], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).and_then(|place| letters.get(place));
    is_blank(before(1)) && !is_wordlike(before(2))
}

/// True for the first word of a text, a line or a sentence, and for one behind a key or a figure, where a title begins.
fn begins(letters: &[String], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|place| letters.get(place)) else { return true };
    if !is_blank(Some(before)) {
        // Behind a mark of a name or a tag nothing begins; behind a quote or a bracket a title does.
        return !["#", "@", "-", "'", "’"].contains(&before.as_str());
    }
    let is_one_blank = before == " ";
    let word = letters[..at - 1].iter().rev().take_while(|letter| !letter.trim().is_empty());
    let word: Vec<&String> = word.collect();
    let ends_anew = word.first().is_some_and(|letter| letter.chars().any(|it| BEGINS_ANEW.contains(&it)));
    let is_figure = word.iter().any(|letter| letter.chars().any(char::is_numeric));
    !is_one_blank || word.is_empty() || ends_anew || is_figure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::fold;

    fn letters(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    fn folded(text: &str) -> Vec<String> {
        text.chars().map(|letter| fold(&letter.to_string())).collect()
    }

    #[test]
    fn a_last_name_is_one_where_it_stands_as_a_name() {
        for (text, is_named) in [
            ("owed to Price", true),
            ("owed to Price by Friday", true),
            ("what Price’s team needs", true),
            ("Price’s idea", true),
            ("Price: we need the film", true),
            ("Price", true),
            ("Mr Price wants it", true),
            ("Kim, Price, Sofia", true),
            ("(Price)", true),
            ("#Price2026 and more", true),
            ("asked PRICE", true),
            ("Price list PDF, 5 markets", false),
            ("Price-list for Lumen", false),
            ("PRICE LIST", false),
            ("R-3 Price list PDF", false),
            ("R-3   Price list PDF", false),
            ("raise today: Price list is late", false),
            ("It is late. Price lists wait", false),
            ("“Price list” moved", false),
            ("notes\nPrice list", false),
            ("the price of it, and prices", false),
            ("Pricey", false),
        ] {
            let found = !named_at(&letters(text), &folded(text), &folded("Price")).is_empty();
            assert_eq!(found, is_named, "{text}");
        }
    }

    #[test]
    fn a_name_that_goes_on_in_the_next_row_is_one_whatever_follows() {
        let above = folded("owed to Owen   │ ana");
        for (text, is_named) in
            [("price list and more", true), ("│ price list", true), ("about price list", false)]
        {
            let row = DrawnRow { letters: &letters(text), folded: &folded(text), above: &above };
            assert_eq!(!row.going_on("Owen Price").is_empty(), is_named, "{text}");
            let row = DrawnRow { above: &folded("owen is here"), ..row };
            assert!(row.going_on("Owen Price").is_empty(), "{text}");
        }
    }
}
