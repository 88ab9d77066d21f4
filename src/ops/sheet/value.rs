//! What was understood of a text that was typed into a field.

use chrono::{NaiveDate, NaiveTime};

use super::{FieldKind, FieldSpec, FormContext};
use crate::domain::allocation::Shape;
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::meeting::form::MeetingLength;
use crate::domain::minutes::Minutes;
use crate::domain::named::{self, NameError};
use crate::domain::person::{Factor, Person, WeekPattern};
use crate::domain::record::{Datum, Percent, Third};
use crate::domain::request::Request;
use crate::ops::team::find_person;

/// What was understood, where that says more than what was typed.
pub fn echo(spec: &FieldSpec, typed: &str, around: FormContext<'_>) -> Result<Option<String>, String> {
    let (text, reading) = (typed.trim(), around.reading);
    match spec.kind {
        FieldKind::Text | FieldKind::Long | FieldKind::Key | FieldKind::Name => Ok(None),
        FieldKind::Number => f64::read(text, reading).map(|_| None),
        FieldKind::Percent => Percent::read(text, reading).map(|_| None),
        FieldKind::Third => Third::read(text, reading).map(|_| None),
        FieldKind::YesNo => bool::read(text, reading).map(|_| None),
        FieldKind::Minutes => MeetingLength::read(text, reading).map(|_| None),
        FieldKind::Time => NaiveTime::read(text, reading).map(|time| Some(time.shown())),
        FieldKind::Length => Minutes::read(text, reading).map(|minutes| Some(minutes.shown())),
        FieldKind::Shape => Shape::read(text, reading).map(|shape| Some(shape.shown())),
        FieldKind::Day => NaiveDate::read(text, reading)
            .map(|day| Some(day::understood(day, reading.today, &reading.calendar))),
        FieldKind::Week => WeekPattern::read(text, reading).map(|week| {
            let sum: Minutes = week.iter().copied().sum();
            Some(format!("{sum} a week"))
        }),
        FieldKind::Factor => {
            Factor::read(text, reading).map(|factor| Some(format!("{} % of the time is planned", factor.0)))
        }
        FieldKind::Person => person(text, around.people),
        FieldKind::Choice(names) => named::find(text, names)
            .map(|index| Some(names[index].to_owned()))
            .map_err(|error| error.to_string()),
        FieldKind::Request => {
            let name: Field = spec.name.parse().map_err(|error: NameError| error.to_string())?;
            let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
            field::set(&mut blank, name, text, reading).map_err(|error| error.message)?;
            Ok(field::echo(&blank, name, reading))
        }
    }
    .map(|echo| echo.filter(|echo| echo != text))
}

fn person(text: &str, people: &[Person]) -> Result<Option<String>, String> {
    let found = find_person(people, text);
    found.map(|person| Some(format!("{} {}", person.name, person.discipline).trim().to_owned())).map_err(
        |error| {
            let known: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
            if known.is_empty() {
                format!("{error}: nobody is in the team yet")
            } else {
                format!("{error}; there are {}", known.join(", "))
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::field;
    use crate::domain::words::ParseContext;

    #[test]
    fn days_are_said_back() {
        let reading = ParseContext {
            today: "2026-11-23".parse().unwrap(),
            day: Minutes::hours(8),
            calendar: std::sync::Arc::default(),
        };
        let around = FormContext { reading: &reading, people: &[] };
        let spec = field("Due").declared("due", "", FieldKind::Day);
        let echo = |text| echo(&spec, text, around);
        assert_eq!(echo("fri"), Ok(Some("Fri 27 Nov, 4 working days".to_owned())));
        assert_eq!(echo("today"), Ok(Some("Mon 23 Nov, today's work".to_owned())));
        assert!(echo("asap").unwrap_err().contains("fri"), "{:?}", echo("asap"));
    }
}
