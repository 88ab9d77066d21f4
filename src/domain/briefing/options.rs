//! The options of a decision as the lead noted them: `A now: 3 d sooner. B in January: 19 h rework. Nothing: 14 d stay.`

use chrono::{Datelike, NaiveDate};

use crate::domain::words::days::{MONTHS, parse_day};
use crate::domain::words::fold;
use crate::domain::workdays::WorkCalendar;

/// One way to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionOption {
    /// How it is said, without what ends a sentence.
    pub text: String,
    /// It is to leave things as they are.
    pub is_nothing: bool,
}

/// What doing nothing begins with.
const NOTHING: [&str; 4] = ["nothing", "do nothing", "doing nothing", "no change"];

/// Reads the options: a sentence or line each, beginning with a letter of its own or with "nothing". What follows
/// without such a beginning belongs to the option before it.
pub fn choices(noted: &str) -> Vec<DecisionOption> {
    let mut found: Vec<DecisionOption> = Vec::new();
    for piece in pieces(noted) {
        let is_nothing = is_nothing(piece);
        match found.last_mut() {
            Some(last) if !is_nothing && !has_letter(piece) => {
                last.text.push_str(". ");
                last.text.push_str(piece);
            }
            _ => found.push(DecisionOption { text: piece.to_owned(), is_nothing }),
        }
    }
    found
}

/// Sentences and lines, without what ends them.
fn pieces(noted: &str) -> impl Iterator<Item = &str> {
    let lines = noted.lines().flat_map(|line| line.split(';'));
    let sentences = lines.flat_map(|line| {
        let mut found = Vec::new();
        let mut rest = line;
        // A point ends a sentence only before a space: 9.5 d is one figure.
        while let Some(at) = rest.find(". ") {
            found.push(&rest[..at]);
            rest = &rest[at + 2..];
        }
        found.push(rest);
        found
    });
    sentences.map(|piece| piece.trim().trim_end_matches('.').trim()).filter(|piece| !piece.is_empty())
}

fn is_nothing(piece: &str) -> bool {
    let folded = fold(piece);
    NOTHING
        .iter()
        .any(|word| folded.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// `A now`, `B: in January`, `(c) later`.
fn has_letter(piece: &str) -> bool {
    let mut letters = piece.trim_start_matches('(').chars();
    // A small letter only behind a bracket: `a later date` begins with an article.
    let first = letters.next().is_some_and(|c| c.is_ascii_uppercase() || piece.starts_with('('));
    first && letters.next().is_none_or(|c| !c.is_alphanumeric())
}

/// A day that went by so long ago is no longer the one that is meant: a decision that is open for most of a year names
/// months of the next.
const LONG_AGO: i64 = 183;

/// The day from which an option would hold, if it names one: `4 jan`, `in January`. It is the one to come after the
/// decision was noted, and may have come since: in January, "in January" is not next year.
pub fn starts(text: &str, noted: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let day = day_after(text, noted)?;
    if (today - day).num_days() > LONG_AGO { day_after(text, today) } else { Some(day) }
}

/// The day that an option names, if one is to come on a day.
fn day_after(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let month = |word: &str| MONTHS.iter().position(|month| *month == fold(&bare(word)));
    let is_number = |word: &str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    // "January: 19 h" is no day: what ends with a mark of its own begins no date.
    let pairs = words.windows(2).filter(|pair| bare(pair[0]) == pair[0]);
    let pairs = pairs.filter(|pair| is_number(pair[0]) != is_number(&bare(pair[1])));
    // "3 d sooner" and "14 days stay" are lengths, not days to come.
    let is_month = |word: &str| {
        let word = fold(&bare(word));
        // Two letters would not tell March from May, or June from July.
        word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word))
    };
    let pairs = pairs.filter(|pair| pair.iter().any(|word| is_month(word)));
    // A date and a month name no working days, so no holiday can change them.
    let calendar = WorkCalendar::default();
    let day = |pair: &[&str]| parse_day(&format!("{} {}", pair[0], bare(pair[1])), today, &calendar).ok();
    let by_pair = pairs.filter_map(day).find(|day| *day > today);
    let alone = words.windows(2).filter(|pair| fold(pair[0]) == "in").find_map(|pair| month(pair[1]));
    by_pair.or_else(|| {
        let month = u32::try_from(alone?).ok()? + 1;
        // This month has begun, so a month by this name that is to come is that of next year.
        let year = if month > today.month() { today.year() } else { today.year() + 1 };
        NaiveDate::from_ymd_opt(year, month, 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_stays_the_one_that_was_meant_when_its_decision_was_noted() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (text, noted, today, day) in [
            ("B in January", "2026-11-23", "2026-12-31", "2027-01-01"),
            ("B in January", "2026-11-23", "2027-01-11", "2027-01-01"),
            ("B from 4 Jan", "2026-11-23", "2027-02-03", "2027-01-04"),
            // Noted nearly a year before, and edited since.
            ("B in January", "2026-02-02", "2026-11-23", "2027-01-01"),
            ("B in April", "2026-03-02", "2026-11-23", "2027-04-01"),
        ] {
            assert_eq!(starts(text, date(noted), date(today)), Some(date(day)), "{text} {noted} {today}");
        }
    }

    #[test]
    fn a_day_to_come_is_read_from_an_option() {
        let today = "2026-11-23".parse().unwrap();
        for (text, day) in [
            ("B in January: 19 h rework", Some("2027-01-01")),
            ("B from 4 Jan: 19 h rework", Some("2027-01-04")),
            ("B: in December", Some("2026-12-01")),
            ("A now: 3 d sooner", None),
            ("Nothing: 14 d stay", None),
            ("B may wait", None),
            ("", None),
        ] {
            assert_eq!(starts(text, today, today), day.map(|day| day.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn options_are_read_as_they_are_noted() {
        let cases: [(&str, &[(&str, bool)]); 7] = [
            ("", &[]),
            (
                "A now: 3.5 d sooner. B in January: 19 h rework. Nothing: 14 d stay.",
                &[
                    ("A now: 3.5 d sooner", false),
                    ("B in January: 19 h rework", false),
                    ("Nothing: 14 d stay", true),
                ],
            ),
            ("A now\nB later\ndo nothing", &[("A now", false), ("B later", false), ("do nothing", true)]),
            ("A: sign. It takes a day; B: wait", &[("A: sign. It takes a day", false), ("B: wait", false)]),
            ("(a) yes. (b) no", &[("(a) yes", false), ("(b) no", false)]),
            ("Approve it, or not", &[("Approve it, or not", false)]),
            ("Nothingness is no option", &[("Nothingness is no option", false)]),
        ];
        for (noted, expected) in cases {
            let found = choices(noted);
            let pairs: Vec<_> = found.iter().map(|it| (it.text.as_str(), it.is_nothing)).collect();
            assert_eq!(pairs, expected, "{noted}");
        }
    }
}
