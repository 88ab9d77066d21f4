//! Working time as people type it.

use super::fold;
use crate::domain::minutes::Minutes;

/// A text that is no working time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length of work; lengths are written 6, 6h, 6h30m, 1:30, 1.5, 90m, 2d or 1w")]
pub struct DurationError(pub String);

/// More than this is a slip of the hand.
const LONGEST: f64 = 100_000.0;

/// Reads hours (`6`, `1.5`, `1,5h`, `6h30m`, `1h30`, `1:30`), minutes (`90m`), working days (`2d`, `half a day`) and weeks
/// of five (`1w`); the units also in German, French and Spanish.
///
/// # Errors
/// [`DurationError`] with examples.
pub fn parse_duration(text: &str, day: Minutes) -> Result<Minutes, DurationError> {
    let wrong = || DurationError(text.trim().to_owned());
    let plain = in_figures(text);
    if let Some((hours, minutes)) = plain.split_once(':') {
        // `parse` would read a sign as well: `+1:30`.
        let clock = |text: &str| text.parse::<u32>().ok().filter(|_| !text.starts_with('+'));
        let hours = clock(hours).ok_or_else(wrong)?;
        let minutes = clock(minutes).filter(|rest| *rest < 60 && minutes.len() == 2).ok_or_else(wrong)?;
        return whole(f64::from(hours) * 60.0 + f64::from(minutes)).ok_or_else(wrong);
    }
    let mut rest = plain.as_str();
    let mut total = 0.0;
    // What a number without a unit counts: hours alone, minutes behind hours.
    let mut bare = Some(60.0);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let letters = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let number: f64 = number.parse().map_err(|_| wrong())?;
        // Behind hours a bare number needs two digits: `1h30` is said so, `1h5` could be half an hour as well.
        let minutes = match (unit, bare) {
            ("", Some(minutes)) if tail.is_empty() && (total == 0.0 || digits == 2 && number < 60.0) => {
                minutes
            }
            ("", _) => return Err(wrong()),
            (unit, _) => unit_minutes(unit, day).ok_or_else(wrong)?,
        };
        total += number * minutes;
        bare = (unit_minutes(unit, day) == Some(60.0)).then_some(1.0);
        rest = tail;
    }
    if plain.is_empty() { Err(wrong()) } else { whole(total).ok_or_else(wrong) }
}

fn unit_minutes(unit: &str, day: Minutes) -> Option<f64> {
    Some(match unit {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures"
        | "hora" | "horas" => 60.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" => 1.0,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "dia" | "dias" => {
            minutes_of(day)
        }
        "w" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana" | "semanas" => {
            5.0 * minutes_of(day)
        }
        _ => return None,
    })
}

/// Numbers that are said in words become figures, and nothing parts them from their units: `half a day` is `0.5day`.
fn in_figures(text: &str) -> String {
    let folded = fold(&text.trim().replace('½', "0.5")).replace(',', ".").replace("demi-journee", "0.5 jour");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut figures = String::with_capacity(folded.len());
    // "half" and "a" alone say nothing of what.
    if words.len() == 1 && words[0].starts_with(char::is_alphabetic) {
        return figures;
    }
    for (index, word) in words.iter().enumerate() {
        let after_half = index > 0 && HALVES.contains(&words[index - 1]);
        match *word {
            word if HALVES.contains(&word) => figures.push_str("0.5"),
            // `half a day`, `half an hour`.
            "a" | "an" if after_half => {}
            "a" | "an" | "one" | "ein" | "eine" | "einen" | "un" | "une" | "una" => figures.push('1'),
            "two" | "zwei" | "deux" | "dos" => figures.push('2'),
            "three" | "drei" | "trois" | "tres" => figures.push('3'),
            "four" | "vier" | "quatre" | "cuatro" => figures.push('4'),
            "five" | "funf" | "cinq" | "cinco" => figures.push('5'),
            "and" | "und" | "et" | "y" => {}
            word => figures.push_str(word),
        }
    }
    figures
}

/// A half by its names.
const HALVES: [&str; 8] = ["half", "halber", "halbe", "halben", "demi", "demie", "medio", "media"];

/// Minutes within the range that makes sense, so that nothing is cut off.
fn whole(total: f64) -> Option<Minutes> {
    // No cast of a float is let through, so by its digits.
    (0.0..=LONGEST * 60.0).contains(&total).then(|| format!("{total:.0}").parse().ok().map(Minutes)).flatten()
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
            ("1h30", 90),
            ("1:30", 90),
            ("0:45", 45),
            ("half a day", 240),
            ("half an hour", 30),
            ("half day", 240),
            ("a day", 480),
            ("two days", 960),
            ("2 days 3 hours", 1140),
            ("2 Tage", 960),
            ("3 Std", 180),
            ("1,5 heures", 90),
            ("una semana", 2400),
            ("½d", 240),
        ];
        for (text, minutes) in cases {
            assert_eq!(parse_duration(text, Minutes::hours(8)), Ok(Minutes(minutes)), "{text}");
        }
        for text in [
            "",
            "h",
            "6x",
            "1.2.3",
            "-4",
            "999999999999",
            "6h5",
            "6h75",
            "6d30",
            "1:5",
            "1:75",
            "half",
            "nan",
            "inf",
            ":",
            "a",
        ] {
            assert!(parse_duration(text, Minutes::hours(8)).is_err(), "{text}");
        }
    }
}
