//! Times of day as people write them.

use crate::domain::bounds;
use chrono::NaiveTime;

/// Reads `9:30`, `0930`, `15` or `3pm`.
///
/// # Errors
/// A sentence with how a time is written.
pub fn parse_time(text: &str) -> Result<NaiveTime, String> {
    let wrong = || format!("`{}` is not a time; write 9:30, 0930 or 3pm", bounds::named(text));
    // `15h30` is written in France and `9.30` in Germany.
    let lower = text.to_lowercase().replace(['.', 'h'], ":");
    let (lower, later) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(head), _) => (head.trim().to_owned(), Some(0)),
        (_, Some(head)) => (head.trim().to_owned(), Some(12)),
        _ => (lower.trim().trim_end_matches(':').to_owned(), None),
    };
    // `parse` would read a sign as well.
    if lower.contains(|c: char| !c.is_ascii_digit() && c != ':') {
        return Err(wrong());
    }
    let (hour, minute) = match lower.split_once(':') {
        // `9.5` may be half past nine, so it is not taken for five minutes past.
        Some((_, minute)) if minute.len() != 2 => return Err(wrong()),
        Some((hour, minute)) => (hour.to_owned(), minute.to_owned()),
        // In plain letters only, so that the cut in the middle cannot fall into one.
        None if lower.len() == 4 && lower.is_ascii() => (lower[..2].to_owned(), lower[2..].to_owned()),
        None => (lower, "0".to_owned()),
    };
    let (hour, minute): (u32, u32) =
        (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    let hour = match later {
        Some(_) if !(1..=12).contains(&hour) => return Err(wrong()),
        // On that clock twelve comes before one: 12am is midnight.
        Some(add) => hour % 12 + add,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        for (text, expected) in [
            ("9:30", "09:30"),
            ("0930", "09:30"),
            ("15", "15:00"),
            ("3pm", "15:00"),
            ("12 am", "00:00"),
            ("9.15", "09:15"),
            ("14h", "14:00"),
        ] {
            assert_eq!(parse_time(text).unwrap().format("%H:%M").to_string(), expected, "{text}");
        }
        for text in ["25:00", "13pm", "soon", "", "9:77", "9:é0", "9:3", "9.5", "9:005", "+9:30", "+9"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }
}
