//! What a spreadsheet would run, or read as another value: texts that begin like a formula, and numbers that are names
//! (`007`, a card number, `12e5`), are guarded by an apostrophe on their way out, and lose it on their way in, so that
//! a text comes back as it was.

use std::borrow::Cow;

use super::words::months::month;

/// True for a text that a spreadsheet may take for a formula, or for what hides one.
fn is_formula(text: &str) -> bool {
    // Full-width signs count as plain ones in spreadsheets set to Chinese or Japanese; a tab or line end may be
    // dropped, and what follows it then stands first.
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '−'])
}

/// A spreadsheet keeps so many digits of a number and fills up with zeros.
const DIGITS: usize = 15;

/// True for a text that a spreadsheet would show as another number.
fn is_number_like(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |text: &str| text.split('.').all(is_digits) && text.matches('.').count() <= 1;
    match text.split_once(['e', 'E']) {
        Some((number, power)) => is_number(number) && is_digits(power),
        // A version `1.10` would come back as `1.1`.
        None if text.contains('.') => {
            is_number(text)
                && (text.len() > DIGITS
                    || text.ends_with('0')
                    || text.starts_with('0') && !text.starts_with("0."))
        }
        None => is_digits(text) && (text.len() > DIGITS || text.len() > 1 && text.starts_with('0')),
    }
}

/// True for numbers that a spreadsheet would take for a day or a time: `1-2`, `3/4`, `16:9`. Days as the standard writes them
/// are days.
fn is_day_like(text: &str) -> bool {
    let is_short =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_last =
        |part: &str| is_short(part) || part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    ['-', '/', ':'].iter().any(|mark| {
        let parts: Vec<&str> = text.split(*mark).collect();
        let (last, first) = parts.split_last().unwrap_or((&"", &[]));
        (1..=2).contains(&first.len()) && first.iter().all(|part| is_short(part)) && is_last(last)
    })
}

/// True for the name of a month beside a number, which a spreadsheet takes for a day in whatever order: `4-Dec`, `Dec 26`,
/// `MAR1`, `4 Dec 2026`.
fn is_month_like(text: &str) -> bool {
    let is_mark = |letter: char| matches!(letter, '-' | '/' | ' ' | '.' | ',');
    if text.len() > LONGEST_DAY || text.chars().any(|letter| !(letter.is_alphanumeric() || is_mark(letter))) {
        return false;
    }
    let folded = super::words::fold(text);
    let mut letters = folded.split(|letter: char| !letter.is_alphabetic()).filter(|part| !part.is_empty());
    let (Some(name), None) = (letters.next(), letters.next()) else { return false };
    let numbers = folded.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
    let lengths: Vec<usize> = numbers.map(str::len).collect();
    let is_day = matches!(lengths.as_slice(), [1 | 2 | 4] | [1 | 2 | 4, 1 | 2 | 4]);
    is_day && month(name).is_some()
}

/// The longest day that is looked for: `4 September 2026`.
const LONGEST_DAY: usize = 20;

/// True for three numbers between dots, which a spreadsheet set to dots takes for a day: `1.5.2`.
fn is_dotted_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_short =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [_, _, last] if is_short(last) || last.len() == 4)
        && parts.iter().take(2).all(is_short)
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn needs_guard(text: &str) -> bool {
    is_formula(text)
        || is_number_like(text)
        || is_day_like(text)
        || is_month_like(text)
        || is_dotted_day(text)
}

/// True for a guarded text, or one that only looks like it.
fn is_guarded(text: &str) -> bool {
    // A text with apostrophes of its own gets one more, so that taking off exactly one gives it back.
    text.starts_with('\'') && needs_guard(text.trim_start_matches('\''))
}

/// The text as no spreadsheet runs or rounds it.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) || is_guarded(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before [`guard`].
pub fn unguard(text: &str) -> &str {
    if is_guarded(text) { &text[1..] } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_goes_out_begins_a_formula() {
        for text in ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1"]
        {
            assert!(guard(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "a=1", "12", "'tis", "' =1"] {
            assert_eq!(guard(text), text);
        }
    }

    #[test]
    fn a_number_that_is_a_name_keeps_its_digits() {
        for text in ["007", "00", "1234567890123456", "12e5", "3E10", "1.10", "2.0", "00.5", "1.5e3"] {
            assert_eq!((guard(text).as_ref(), unguard(&guard(text))), (format!("'{text}").as_str(), text));
        }
        for text in ["1-2", "3/4", "16:9", "12/2026", "3-4-26"] {
            assert_eq!((guard(text).as_ref(), unguard(&guard(text))), (format!("'{text}").as_str(), text));
        }
        for text in [
            "4-Dec",
            "Dec-26",
            "dec 4",
            "4 Dec 2026",
            "MAR1",
            "SEPT2",
            "4. Dez",
            "4 déc",
            "1.5.2",
            "4.12.2026",
        ] {
            assert_eq!((guard(text).as_ref(), unguard(&guard(text))), (format!("'{text}").as_str(), text));
        }
        for text in
            ["May", "Marsha 4", "4 Dec launch", "Dec", "Mar", "1.5", "1.5.2.1", "Route 66", "Juni & Juli 4"]
        {
            assert_eq!(guard(text), text);
        }
        for text in [
            "0",
            "0.5",
            "120",
            "1-2-3-4",
            "300/250",
            "A-1",
            "123456789012345",
            "7 up",
            "e5",
            "0 of 3",
            "2026-11-26",
        ] {
            assert_eq!(guard(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back(text in "'{0,3}[=+@a0e5\t\n＝-]{0,3}\\PC{0,9}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), &text);
            prop_assert!(!needs_guard(&guarded));
        }
    }

    #[test]
    fn a_guard_begins_and_ends_where_a_spreadsheet_would_change_something() {
        // Sixteen digits and letters of a number with a point, and one less; of a day twenty, and one more.
        for text in ["1.23456789012345", "4, September -- 2026"] {
            assert_eq!(guard(text), format!("'{text}"));
        }
        for text in [
            "1.2345678901234",
            "4,  September -- 2026",
            "4+Dec",
            "1/abcd",
            "1/123",
            "123.5.2",
            "1.123.2",
            "1.5.123",
            "1.5.abcd",
        ] {
            assert_eq!(guard(text), text);
        }
    }
}
