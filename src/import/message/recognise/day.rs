//! Days within sentences. What reads a typed day is asked here too, but a sentence also holds numbers and short words
//! that are none: only what can hardly be anything else is put to it.

use chrono::NaiveDate;

use super::TextWord;
use crate::domain::day::plus;
use crate::domain::words::days::{MONTHS, WEEKDAYS, parse_day, says_year};
use crate::domain::words::{ParseContext, fold};
use crate::domain::workdays::WorkCalendar;

/// The most words that say one day: `Friday the 4th of December 2026`.
const WORDS: usize = 6;
/// A day without a year that lies further ahead was rather meant as one that is over.
const AHEAD: i64 = 200;

/// Words of other languages by their English ones. Where languages disagree the word is left out.
const FOREIGN: [(&str, &str); 62] = [
    ("montag", "monday"),
    ("dienstag", "tuesday"),
    ("mittwoch", "wednesday"),
    ("donnerstag", "thursday"),
    ("freitag", "friday"),
    ("samstag", "saturday"),
    ("sonntag", "sunday"),
    ("lundi", "monday"),
    ("mardi", "tuesday"),
    ("mercredi", "wednesday"),
    ("jeudi", "thursday"),
    ("vendredi", "friday"),
    ("samedi", "saturday"),
    ("dimanche", "sunday"),
    ("lunes", "monday"),
    ("martes", "tuesday"),
    ("miercoles", "wednesday"),
    ("jueves", "thursday"),
    ("viernes", "friday"),
    ("sabado", "saturday"),
    ("domingo", "sunday"),
    ("januar", "january"),
    ("janner", "january"),
    ("februar", "february"),
    ("marz", "march"),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("oktober", "october"),
    ("okt", "october"),
    ("dezember", "december"),
    ("dez", "december"),
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
    ("nachsten", "next"),
    ("nachster", "next"),
    ("kommenden", "next"),
    ("prochain", "next"),
    ("proximo", "next"),
    ("demain", "tomorrow"),
    ("ubermorgen", "overmorrow"),
];

/// After these a short name of a weekday is one.
const BEFORE: [&str; 22] = [
    "by", "on", "due", "until", "till", "before", "next", "this", "for", "from", "bis", "am", "vor", "zum",
    "ab", "pour", "avant", "le", "para", "antes", "el", "eod",
];

/// The day that begins at a word, and how many words say it.
pub(super) fn day_at(
    words: &[TextWord<'_>],
    at: usize,
    today: NaiveDate,
    context: &ParseContext,
) -> Option<(NaiveDate, usize)> {
    let longest = WORDS.min(words.len() - at);
    let run =
        words[at + 1..at + longest].iter().position(|word| !word.follows).map_or(longest, |end| end + 1);
    let before = at.checked_sub(1).map(|at| fold(words[at].text)).unwrap_or_default();
    // The longest first: `4 december 2026` says more than `4 december`.
    (1..=run).rev().find_map(|count| {
        let english: Vec<String> = words[at..at + count].iter().map(|word| in_english(word.text)).collect();
        let phrase = phrase(&english, &before)?;
        let day = parse_day(&phrase, today, &context.calendar).ok()?;
        let has_year = phrase.split_whitespace().any(says_year);
        (has_year || day <= plus(today, AHEAD)).then_some((day, count))
    })
}

/// The day with its year that a text says anywhere; without a year there is none, since nobody knows from when to count.
pub(in crate::import::message) fn day_with_year(text: &str) -> Option<NaiveDate> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| in_english(word.trim_matches(|c: char| matches!(c, '(' | ')' | '.'))))
        .filter(|word| !word.is_empty() && word != "de" && word != "of" && word != "the")
        .take(12)
        .collect();
    // Any day does, since only what says its year is read.
    let today = NaiveDate::default();
    let calendar = WorkCalendar::default();
    let windows = (0..words.len())
        .flat_map(|at| [3, 1].into_iter().filter_map(move |count| Some((at, at.checked_add(count)?))));
    windows.filter(|(_, end)| *end <= words.len()).find_map(|(at, end)| {
        let own = &words[at..end];
        let is_dated = match own {
            [one] => {
                one.len() >= 8
                    && one.starts_with(|c: char| c.is_ascii_digit())
                    && one.contains(['-', '.', '/'])
            }
            _ => own.iter().any(|word| is_year(word)) && own.iter().any(|word| is_month(word)),
        };
        // A stamp in one piece ends with the time behind a `T`.
        let text = own.join(" ");
        let text = if own.len() == 1 { text.split('t').next().unwrap_or_default().to_owned() } else { text };
        is_dated.then(|| parse_day(&text, today, &calendar).ok()).flatten()
    })
}

/// A word as the reader of days knows it.
fn in_english(word: &str) -> String {
    let folded = fold(word.trim_end_matches('.'));
    FOREIGN
        .iter()
        .find(|(foreign, _)| *foreign == folded)
        .map_or(folded, |(_, english)| (*english).to_owned())
}

fn is_month(word: &str) -> bool {
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(word)) || word == "sept"
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

fn is_short_weekday(word: &str) -> bool {
    (3..=5).contains(&word.len()) && WEEKDAYS.iter().any(|day| day.starts_with(word))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && word.chars().all(|c| c.is_ascii_digit())
}

/// `4`, `4th`, of a month.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let tail = &word[digits.len()..];
    (1..=2).contains(&digits.len())
        && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
        && ["", "st", "nd", "rd", "th", "er"].contains(&tail)
}

/// The phrase to be read, if the words can hardly be anything but a day.
fn phrase(words: &[String], before: &str) -> Option<String> {
    let has_joint = |word: &String| ["the", "of", "de", "den", "der"].contains(&word.as_str());
    if words.first().is_some_and(has_joint) || words.last().is_some_and(has_joint) {
        return None;
    }
    let kept: Vec<&str> = words.iter().filter(|word| !has_joint(word)).map(String::as_str).collect();
    let is_date = |words: &[&str]| match words {
        [one, other] => is_number(one) && is_month(other) || is_month(one) && is_number(other),
        [one, other, year] => {
            is_year(year) && (is_number(one) && is_month(other) || is_month(one) && is_number(other))
        }
        _ => false,
    };
    let is_day = match kept.as_slice() {
        ["overmorrow"] => return Some("day after tomorrow".to_owned()),
        [one] => is_alone(one, before),
        ["next", day] => is_weekday(day) || is_short_weekday(day),
        ["day", "after", "tomorrow"] => true,
        ["end", unit] => {
            return ["week", "month", "quarter", "year"].contains(unit).then(|| format!("end of {unit}"));
        }
        ["in", count, unit] => {
            count.chars().all(|c| c.is_ascii_digit())
                && ["days", "day", "weeks", "week", "months", "month"].contains(unit)
        }
        [first, rest @ ..] if is_weekday(first) || is_short_weekday(first) => is_date(rest),
        all => is_date(all),
    };
    is_day.then(|| kept.join(" "))
}

/// A day in one word.
fn is_alone(word: &str, before: &str) -> bool {
    if is_weekday(word) || ["tomorrow", "eow", "eom", "eoq", "eoy"].contains(&word) {
        return true;
    }
    // `sun`, `sat` and `wed` are words as well, and `mar` is not even English.
    if is_short_weekday(word) {
        return BEFORE.contains(&before);
    }
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let are_numbers = parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    // Two numbers are a version, a price or a time as often as a day; two figures each behind a point are a day here.
    let is_pointed =
        parts.len() == 2 && word.contains('.') && parts[1].len() == 2 && BEFORE.contains(&before);
    are_numbers && (parts.len() == 3 || is_pointed)
}
