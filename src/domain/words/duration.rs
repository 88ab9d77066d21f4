//! Working time as people type it.

use super::fold;
use crate::domain::bounds;
use crate::domain::minutes::Minutes;

/// A text that is no working time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationError(pub String);

impl std::error::Error for DurationError {}

impl std::fmt::Display for DurationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = bounds::named(&self.0);
        if super::asks_for_several(&self.0) {
            return write!(
                f,
                "`{named}` asks for several lengths, as only a filter can; one is written 6h, 1h30 or 2d"
            );
        }
        if let Some(number) = unclear(&self.0) {
            let (whole, part) = (number.replace(['.', ','], ""), number.replace(',', "."));
            let part = part.trim_end_matches('0');
            return write!(f, "`{named}` could be {whole} or {part}; write the one that is meant");
        }
        write!(
            f,
            "`{named}` is not a length of work; lengths are written 6, 6h, 6h30m, 1:30, 1.5, 90m, 2d or 1w"
        )
    }
}

/// More than this is a slip of the hand.
const LONGEST: f64 = 100_000.0;

/// Reads hours (`6`, `1.5`, `1,5h`, `6h30m`, `1h30`, `1:30`), minutes (`90m`), working days (`2d`, `half a day`) and weeks
/// of five (`1w`); the units also in German, French and Spanish.
///
/// # Errors
/// [`DurationError`] with examples.
pub fn parse_duration(text: &str, day: Minutes) -> Result<Minutes, DurationError> {
    let wrong = || DurationError(text.trim().to_owned());
    if unclear(text).is_some() {
        return Err(wrong());
    }
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
            ("", Some(minutes))
                if tail.is_empty() && (bare == Some(60.0) || digits == 2 && number < 60.0) =>
            {
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

/// A number whose one mark parts thousands in one country and decimals in the next: `1,200`.
fn unclear(text: &str) -> Option<&str> {
    let is_unclear = |number: &&str| {
        let parted = number.split_once(['.', ',']);
        parted.is_some_and(|(before, behind)| {
            let are_digits = behind.bytes().all(|byte| byte.is_ascii_digit());
            are_digits && behind.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0')
        })
    };
    text.split(|c: char| !c.is_ascii_digit() && !".,".contains(c)).find(is_unclear)
}

fn unit_minutes(unit: &str, day: Minutes) -> Option<f64> {
    Some(match unit {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures"
        | "hora" | "horas" => 60.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" => 1.0,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "journee" | "journees"
        | "dia" | "dias" | "jornada" | "jornadas" => minutes_of(day),
        "w" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana" | "semanas" => {
            5.0 * minutes_of(day)
        }
        _ => return None,
    })
}

/// Numbers that are said in words become figures, and nothing parts them from their units: `half a day` is `0.5day`. Nothing
/// where two numbers stand beside each other, since joined they would be a third one.
fn in_figures(text: &str) -> String {
    let folded = fold(&text.trim().replace('½', "0.5")).replace(',', ".");
    let folded = folded.replace("demi-", "demi ").replace("half-", "half ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    // "half" and "a" alone say nothing of what, and "day" not how many.
    let is_amount = |word: &&str| number_in_words(word).is_some() || HALVES.contains(word);
    if words.iter().all(is_amount) || words.len() == 1 && words[0].starts_with(char::is_alphabetic) {
        return String::new();
    }
    let (mut figures, mut number, mut unit, mut is_more) = (String::new(), None::<f64>, "", false);
    for (index, word) in words.iter().enumerate() {
        let is_before_half = words.get(index + 1).is_some_and(|next| HALVES.contains(next));
        let is_after_half = index > 0 && HALVES.contains(&words[index - 1]);
        let figure = if word.starts_with(|c: char| c.is_ascii_digit()) { word.parse().ok() } else { None };
        match (number_in_words(word).or(figure), number) {
            // `half a day`, `a half day`, `one and a half`.
            (Some(1.0), _) if figure.is_none() && (is_after_half || is_before_half) => {}
            (Some(new), None) => (number, is_more) = (Some(new), false),
            (Some(_), Some(_)) => return String::new(),
            (None, _) if HALVES.contains(word) => match number {
                Some(whole) if is_more => number = Some(whole + 0.5),
                Some(count) => number = Some(count * 0.5),
                // `un jour et demi`: half more of what was counted last.
                None if is_more && index + 1 == words.len() => {
                    figures.push_str("0.5");
                    figures.push_str(unit);
                }
                None => number = Some(0.5),
            },
            (None, _) if ["and", "und", "et", "y"].contains(word) => is_more = true,
            (None, counted) => {
                figures.push_str(&counted.map_or_else(String::new, |number| number.to_string()));
                figures.push_str(word);
                unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                (number, is_more) = (None, false);
            }
        }
    }
    figures.push_str(&number.map_or_else(String::new, |number| number.to_string()));
    figures
}

fn number_in_words(word: &str) -> Option<f64> {
    Some(match word {
        "a" | "an" | "one" | "ein" | "eine" | "einen" | "einem" | "einer" | "un" | "une" | "una" | "uno" => {
            1.0
        }
        "anderthalb" | "eineinhalb" => 1.5,
        "two" | "zwei" | "deux" | "dos" => 2.0,
        "zweieinhalb" => 2.5,
        "three" | "drei" | "trois" | "tres" => 3.0,
        "dreieinhalb" => 3.5,
        "four" | "vier" | "quatre" | "cuatro" => 4.0,
        "five" | "funf" | "cinq" | "cinco" => 5.0,
        _ => return None,
    })
}

/// A half by its names.
const HALVES: [&str; 10] =
    ["half", "halb", "halber", "halbe", "halben", "halbes", "demi", "demie", "medio", "media"];

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
    }

    #[test]
    fn halves_are_read_in_every_language_and_join_no_figures() {
        let cases = [
            ("a half day", 240),
            ("one half day", 240),
            ("half-day", 240),
            ("ein halber Tag", 240),
            ("einen halben Tag", 240),
            ("1 halber Tag", 240),
            ("une demi-journée", 240),
            ("demi-journée", 240),
            ("une demi-heure", 30),
            ("un demi jour", 240),
            ("medio día", 240),
            ("media jornada", 240),
            ("one and a half days", 720),
            ("1 and a half days", 720),
            ("two and a half hours", 150),
            ("anderthalb Tage", 720),
            ("zweieinhalb Stunden", 150),
            ("un jour et demi", 720),
            ("un día y medio", 720),
            ("two half days", 480),
            ("1 day and 2 half days", 960),
            ("1h 30", 90),
            ("2 days and 3 hours", 1140),
        ];
        for (text, minutes) in cases {
            assert_eq!(parse_duration(text, Minutes::hours(8)), Ok(Minutes(minutes)), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
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
            "half a",
            "1 2",
            "one two days",
            "6 30",
            "0h5",
        ] {
            assert!(parse_duration(text, Minutes::hours(8)).is_err(), "{text}");
        }
        for text in ["1,200h", "1.200", "12.500 h"] {
            let why = parse_duration(text, Minutes::hours(8)).unwrap_err().to_string();
            assert!(why.contains("could be 12"), "{why}");
        }
        assert_eq!(parse_duration("0.125h", Minutes::hours(8)), Ok(Minutes(8)));
    }
}
