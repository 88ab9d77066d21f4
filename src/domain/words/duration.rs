//! Working time as people type it.

use crate::domain::minutes::Minutes;

/// A text that is no working time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length of work; lengths are written 6, 6h, 6h30m, 1.5, 90m, 2d or 1w")]
pub struct DurationError(pub String);

/// More than this is a slip of the hand.
const LONGEST: f64 = 100_000.0;

/// Reads hours (`6`, `1.5`, `6h30m`), minutes (`90m`), working days (`2d`) and weeks of five (`1w`).
///
/// # Errors
/// [`DurationError`] with examples.
pub fn parse_duration(text: &str, day: Minutes) -> Result<Minutes, DurationError> {
    let wrong = || DurationError(text.trim().to_owned());
    let plain = text.trim().to_lowercase().replace(',', ".").replace(' ', "");
    let mut rest = plain.as_str();
    let mut total = 0.0;
    let mut is_first = true;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let number: f64 = number.parse().map_err(|_| wrong())?;
        let letters = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let minutes = match unit {
            // A bare number only alone: in `2h30` nobody knows whether the 30 are minutes.
            "" if is_first && tail.is_empty() => 60.0,
            "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
            "m" | "min" | "mins" | "minutes" => 1.0,
            "d" | "day" | "days" => minutes_of(day),
            "w" | "week" | "weeks" => 5.0 * minutes_of(day),
            _ => return Err(wrong()),
        };
        total += number * minutes;
        rest = tail;
        is_first = false;
    }
    if is_first || !(0.0..=LONGEST * 60.0).contains(&total) {
        return Err(wrong());
    }
    // Within the range above, so nothing is cut off.
    Ok(Minutes(format!("{total:.0}").parse().map_err(|_| wrong())?))
}

fn minutes_of(day: Minutes) -> f64 {
    day.as_hours() * 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read() {
        let cases = [
            ("6", 360),
            ("6h", 360),
            ("6h30m", 390),
            ("1.5", 90),
            ("1,5h", 90),
            ("90m", 90),
            ("2d", 960),
            ("1w", 2400),
            ("0", 0),
            ("1 h", 60),
        ];
        for (text, minutes) in cases {
            assert_eq!(parse_duration(text, Minutes::hours(8)), Ok(Minutes(minutes)), "{text}");
        }
        for text in ["", "h", "6x", "1.2.3", "-4", "999999999999", "6h30", "nan", "inf"] {
            assert!(parse_duration(text, Minutes::hours(8)).is_err(), "{text}");
        }
    }
}
