//! Texts of fields as values, and values as texts that could be typed.

use chrono::{NaiveDate, NaiveTime};

use super::{Around, FieldKind};
use crate::domain::allocation::Shape;
use crate::domain::day;
use crate::domain::field;
use crate::domain::minutes::Minutes;
use crate::domain::person::WeekPattern;
use crate::domain::record::{Datum, Percent, Third};
use crate::domain::request::Request;
use crate::domain::words::Reading;
use crate::domain::words::days::parse_day;
use crate::domain::words::duration::parse_duration;
use crate::ops::people::parse_week;
use crate::ops::team::find_person;

/// What was understood, where that says more than what was typed.
pub fn echo(kind: FieldKind, typed: &str, around: Around<'_>) -> Result<Option<String>, String> {
    let (text, reading) = (typed.trim(), around.reading);
    match kind {
        FieldKind::Text | FieldKind::Long | FieldKind::Key | FieldKind::Name => Ok(None),
        FieldKind::Number => f64::read(text, reading).map(|_| None),
        FieldKind::Percent => Percent::read(text, reading).map(|_| None),
        FieldKind::Third => Third::read(text, reading).map(|_| None),
        FieldKind::Day => {
            read_day(text, reading).map(|day| Some(day::understood(day, reading.today, &reading.calendar)))
        }
        FieldKind::Time => time(text).map(|time| Some(time.format("%H:%M").to_string())),
        FieldKind::Length => length(text, reading).map(|minutes| Some(minutes.to_string())),
        FieldKind::Minutes => minutes(text).map(|_| None),
        FieldKind::Week => week(text, reading).map(|week| {
            let sum: Minutes = week.iter().copied().sum();
            Some(format!("{sum} a week"))
        }),
        FieldKind::Factor => factor(text).map(|percent| Some(format!("{percent} % of the time is planned"))),
        FieldKind::Person => find_person(around.people, text)
            .map(|person| Some(format!("{} {}", person.name, person.discipline).trim().to_owned()))
            .map_err(|error| {
                let known: Vec<_> = around.people.iter().map(|person| person.handle.as_str()).collect();
                if known.is_empty() {
                    format!("{error}: nobody is in the team yet")
                } else {
                    format!("{error}; there are {}", known.join(", "))
                }
            }),
        FieldKind::YesNo => yes(text).map(|_| None),
        FieldKind::Shape => shape(text, reading).map(|shape| Some(shape.described())),
        FieldKind::Choice(names) => crate::domain::named::find(text, names)
            .map(|index| Some(names[index].to_owned()))
            .map_err(|error| error.to_string()),
        FieldKind::Request(name) => {
            let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
            field::set(&mut blank, name, text, reading).map_err(|error| error.message)?;
            Ok(field::echo(&blank, name, reading))
        }
    }
    .map(|echo| echo.filter(|echo| echo != text))
}

/// A day as people write it.
pub fn read_day(text: &str, reading: &Reading) -> Result<NaiveDate, String> {
    parse_day(text, reading.today, &reading.calendar).map_err(|error| error.to_string())
}

/// A day as a form shows it.
pub fn day_text(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// `9:30`, `0930`, `15` or `3pm`.
pub fn time(text: &str) -> Result<NaiveTime, String> {
    let wrong = || format!("`{text}` is not a time; write 9:30, 0930 or 3pm");
    let lower = text.to_lowercase().replace(['.', 'h'], ":");
    let (lower, later) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(head), _) => (head.trim().to_owned(), Some(0)),
        (_, Some(head)) => (head.trim().to_owned(), Some(12)),
        _ => (lower.trim().trim_end_matches(':').to_owned(), None),
    };
    let (hour, minute) = match lower.split_once(':') {
        Some((hour, minute)) => (hour.to_owned(), minute.to_owned()),
        None if lower.len() == 4 && lower.is_ascii() => (lower[..2].to_owned(), lower[2..].to_owned()),
        None => (lower, "0".to_owned()),
    };
    let (hour, minute): (u32, u32) =
        (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    let hour = match later {
        Some(_) if !(1..=12).contains(&hour) => return Err(wrong()),
        Some(add) => hour % 12 + add,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(wrong)
}

/// Working time.
pub fn length(text: &str, reading: &Reading) -> Result<Minutes, String> {
    parse_duration(text, reading.day).map_err(|error| error.to_string())
}

/// A meeting's length.
pub fn minutes(text: &str) -> Result<i64, String> {
    let given = text.trim_end_matches("min").trim();
    given
        .parse()
        .ok()
        .filter(|minutes| (0..=14 * 24 * 60).contains(minutes))
        .ok_or_else(|| format!("`{text}` is not a length in minutes, 0 to 20160"))
}

/// Hours by weekday, parted by spaces or commas.
pub fn week(text: &str, reading: &Reading) -> Result<WeekPattern, String> {
    let commas: Vec<&str> = text.split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
    parse_week(&commas.join(","), reading.day)
}

/// A planning factor in per cent, from `0.8`, `80` or `80 %`.
pub fn factor(text: &str) -> Result<u8, String> {
    let wrong = || format!("`{text}` is not between 0.01 and 1");
    let number: f64 = text.trim_end_matches('%').trim().parse().map_err(|_| wrong())?;
    let percent = if number > 1.0 || text.contains('%') { number } else { number * 100.0 };
    (1..=100u8).find(|whole| (f64::from(*whole) - percent).abs() < 0.5).ok_or_else(wrong)
}

/// Yes or no.
pub fn yes(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" | "1" => Ok(true),
        "" | "no" | "n" | "false" | "0" | "-" | "none" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

/// A shape: its stable word, or so much a day.
pub fn shape(text: &str, reading: &Reading) -> Result<Shape, String> {
    let wrong = || format!("`{text}` is not a shape; write even, front, back or 3h a day");
    if let Some(part) = ["a day", "per day", "/d"].iter().find_map(|end| text.strip_suffix(end)) {
        let minutes = length(part.trim(), reading).map_err(|_| wrong())?;
        return Ok(Shape::PerDay(minutes));
    }
    if text.starts_with("hand:") || text.starts_with("per-day:") {
        return text.parse();
    }
    let names = ["even", "front", "back"];
    let index = crate::domain::named::find(text, &names).map_err(|_| wrong())?;
    names[index].parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> Reading {
        Reading {
            today: "2026-11-23".parse().unwrap(),
            day: Minutes::hours(8),
            calendar: std::sync::Arc::default(),
        }
    }

    #[test]
    fn times_and_parts_as_people_write_them() {
        for (text, expected) in [
            ("9:30", "09:30"),
            ("0930", "09:30"),
            ("15", "15:00"),
            ("3pm", "15:00"),
            ("12 am", "00:00"),
            ("9.15", "09:15"),
            ("14h", "14:00"),
        ] {
            assert_eq!(time(text).unwrap().format("%H:%M").to_string(), expected, "{text}");
        }
        for text in ["25:00", "13pm", "soon", "", "9:77", "9:é0"] {
            assert!(time(text).is_err(), "{text}");
        }
        assert_eq!(
            (factor("0.8"), factor("80 %"), factor("1"), factor("80")),
            (Ok(80), Ok(80), Ok(100), Ok(80))
        );
        assert!(factor("0").is_err() && factor("200").is_err());
        assert_eq!(crate::domain::person::week_text(&week("8 8 8 8 4", &reading()).unwrap()), "8 8 8 8 4");
        assert_eq!(
            crate::domain::person::week_text(&week("8,8,8,8,8,4,0", &reading()).unwrap()),
            "8 8 8 8 8 4 0"
        );
    }

    #[test]
    fn shapes_read_what_they_show() {
        for shown in ["even", "front", "back", "3h a day", "hand:2026-11-24=240"] {
            assert_eq!(shape(shown, &reading()).unwrap().described(), shown);
        }
        assert!(shape("round", &reading()).is_err());
    }

    #[test]
    fn days_are_said_back() {
        let around = Around { reading: &reading(), people: &[] };
        let echo = |text| echo(FieldKind::Day, text, around);
        assert_eq!(echo("fri"), Ok(Some("Fri 27 Nov, 4 working days".to_owned())));
        assert_eq!(echo("today"), Ok(Some("Mon 23 Nov, today's work".to_owned())));
        assert!(echo("asap").unwrap_err().contains("fri"), "{:?}", echo("asap"));
    }
}
