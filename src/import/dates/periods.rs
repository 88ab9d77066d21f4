//! Weeks and quarters by their number, as plans name them: due is their last day of work.

use chrono::{Datelike, NaiveDate, Weekday};

use super::DateHints;
use crate::domain::words::fold;

/// What may stand before a number of a week, or of a quarter, in five languages and folded.
const WEEKS: [&str; 12] = [
    "w",
    "kw",
    "cw",
    "wk",
    "wo",
    "week",
    "calendar week",
    "kalenderwoche",
    "woche",
    "semaine",
    "sem",
    "semana",
];
const QUARTERS: [&str; 6] = ["q", "quarter", "quartal", "trimestre", "trim", "kwartaal"];
/// What says that the end is meant, which is meant anyway.
const ENDS: [&str; 6] = ["end of ", "ende ", "fin de la ", "fin de ", "fin ", "eind "];

/// A year of two digits is one only so close to the others; else it is a second week.
const CLOSE: i32 = 3;

/// The last day of the week or quarter that a cell names, in the year that it names or in the one that lies nearest.
pub(super) fn last_day(text: &str, hints: DateHints) -> Option<NaiveDate> {
    let near = hints.near?;
    let folded = fold(text);
    let text = ENDS.iter().find_map(|end| folded.strip_prefix(end)).unwrap_or(&folded);
    let is_mark = |letter: char| matches!(letter, ' ' | '-' | '/' | '.' | '\'' | '’');
    if text.chars().any(|letter| !(letter.is_ascii_alphanumeric() || is_mark(letter))) {
        return None;
    }
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let word = words.join(" ");
    let numbers: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let (number, year) = match numbers.as_slice() {
        [number] => (*number, None),
        [year, number] | [number, year] if year.len() == 4 => (*number, Some(year.parse().ok()?)),
        // `Q4 26`, `W49/26`, and not `W49-50`.
        [number, year] if year.len() == 2 => {
            let year = 2000 + year.parse::<i32>().ok()?;
            (*number, Some(year).filter(|year| (year - near.year()).abs() <= CLOSE).map(Some)?)
        }
        _ => return None,
    };
    let number: u32 = if number.len() <= 2 { number.parse().ok()? } else { return None };
    let of: fn(i32, u32) -> Option<NaiveDate> = if WEEKS.contains(&word.as_str()) {
        |year, week| NaiveDate::from_isoywd_opt(year, week, Weekday::Fri)
    } else if QUARTERS.contains(&word.as_str()) {
        quarter_end
    } else {
        return None;
    };
    match year {
        Some(year) => of(year, number),
        None => (near.year() - 1..=near.year() + 1)
            .filter_map(|year| of(year, number))
            .min_by_key(|day| (*day - near).num_days().abs()),
    }
}

fn quarter_end(year: i32, quarter: u32) -> Option<NaiveDate> {
    let first = |month| NaiveDate::from_ymd_opt(year, month, 1);
    match quarter {
        1..=3 => first(quarter * 3 + 1)?.pred_opt(),
        4 => NaiveDate::from_ymd_opt(year, 12, 31),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_and_quarters_end_on_their_last_day() {
        let hints = DateHints { order: None, near: NaiveDate::from_ymd_opt(2026, 11, 23) };
        for (text, day) in [
            ("W49", "2026-12-04"),
            ("KW 49", "2026-12-04"),
            ("KW49/2026", "2026-12-04"),
            ("2026-W49", "2026-12-04"),
            ("Week 2", "2027-01-15"),
            ("semaine 49", "2026-12-04"),
            ("Q4", "2026-12-31"),
            ("end of Q1 2027", "2027-03-31"),
            ("Q4 '26", "2026-12-31"),
        ] {
            assert_eq!(last_day(text, hints).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in ["W54", "Q5", "49", "W", "Phase 12", "W49-50", "Q4 or Q1", "T4", "W 4 9 26"] {
            assert_eq!(last_day(text, hints), None, "{text}");
        }
        assert_eq!(last_day("W49", DateHints::default()), None, "no year is near");
    }
}
