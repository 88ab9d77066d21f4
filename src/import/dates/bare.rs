//! A day without the words around it that say nothing of which it is.

use crate::domain::words::fold;

/// What may stand before the last day on which something can be done. "Before" is not among them: it may leave that day out.
const LEADS: [&str; 21] = [
    "no later than the ",
    "no later than ",
    "not later than ",
    "at the latest ",
    "latest by ",
    "latest ",
    "until ",
    "till ",
    "by the ",
    "by ",
    "bis spatestens ",
    "bis zum ",
    "bis ",
    "spatestens am ",
    "spatestens ",
    "au plus tard le ",
    "jusqu'au ",
    "hasta el ",
    "a mas tardar el ",
    "uiterlijk ",
    "tot en met ",
];
/// The twelfth part of the year that stands before the sign for a month.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

/// The day with nothing before it, and in letters that every other day is written in.
pub(super) fn bare_day(text: &str) -> String {
    let spelled = without_ideographs(text);
    let words: Vec<&str> = spelled.split(' ').collect();
    // Folding may change lengths, so words are counted and not letters.
    let lead = LEADS.iter().find(|lead| {
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let wanted: Vec<&str> = lead.trim_end().split(' ').collect();
        folded.len() > wanted.len() && folded.iter().zip(&wanted).all(|(word, wanted)| word == wanted)
    });
    let skipped = lead.map_or(0, |lead| lead.trim_end().split(' ').count());
    words[skipped..].join(" ")
}

/// `2026年12月4日` as other days are written; the sign behind the month says which number it is.
fn without_ideographs(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut plain = text.replace(['年', '년', '日', '일'], " ");
    while let Some(at) = plain.find(['月', '월']) {
        let before = plain[..at].trim_end();
        let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
        let (head, number) = before.split_at(before.len() - digits);
        let name = number.parse::<usize>().ok().and_then(|number| MONTHS.get(number.checked_sub(1)?));
        // No month is called so; the number alone would be taken for a day.
        let Some(name) = name else { break };
        let sign = plain[at..].chars().next().map_or(0, char::len_utf8);
        plain = format!("{head} {name} {}", &plain[at + sign..]);
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `20261204T170000Z` with the marks between its numbers.
pub(super) fn extended(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T')?;
    let clock = time.get(..6)?;
    let is_digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_digits(day, 8) && is_digits(clock, 6)).then(|| {
        let (year, month, date) = (&day[..4], &day[4..6], &day[6..]);
        let (hour, minute, second) = (&clock[..2], &clock[2..4], &clock[4..]);
        format!("{year}-{month}-{date}T{hour}:{minute}:{second}{}", &time[6..])
    })
}
