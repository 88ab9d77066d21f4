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
use crate::domain::source::address::SecretAddress;
use crate::domain::source::form::SourcePlace;
use crate::ops::team::find_person;

/// What was understood, where that says more than what was typed.
pub fn echo(spec: &FieldSpec, typed: &str, around: FormContext<'_>) -> Result<Option<String>, String> {
    let (text, context) = (typed.trim(), around.reading);
    match spec.kind {
        // Text is understood as it stands, so there is nothing to say back.
        FieldKind::Text | FieldKind::Long | FieldKind::Key | FieldKind::Name => Ok(None),
        FieldKind::Number => f64::read(text, context).map(|_| None),
        FieldKind::Percent => Percent::read(text, context).map(|_| None),
        FieldKind::Third => Third::read(text, context).map(|_| None),
        FieldKind::YesNo => bool::read(text, context).map(|_| None),
        FieldKind::Minutes => MeetingLength::read(text, context).map(|_| None),
        FieldKind::Time => NaiveTime::read(text, context).map(|time| Some(time.shown())),
        FieldKind::Length => Minutes::read(text, context).map(|minutes| Some(minutes.shown())),
        FieldKind::Shape => Shape::read(text, context).map(|shape| Some(shape.shown())),
        FieldKind::Day => NaiveDate::read(text, context)
            .map(|day| Some(day::understood(day, context.today, &context.calendar))),
        FieldKind::Week => WeekPattern::read(text, context).map(|week| {
            let sum: Minutes = week.iter().copied().sum();
            Some(format!("{sum} a week"))
        }),
        FieldKind::Factor => {
            Factor::read(text, context).map(|factor| Some(format!("{} % of the time is planned", factor.0)))
        }
        FieldKind::Person => person(text, around.people),
        FieldKind::Choice(names) => named::find(text, names)
            .map(|index| Some(names[index].to_owned()))
            .map_err(|error| error.to_string()),
        FieldKind::Secret => {
            // Its host alone is said back.
            SecretAddress::parse(text).map(|address| Some(address.masked())).map_err(str::to_owned)
        }
        FieldKind::Place => SourcePlace::read(text, context).map(|_| None),
        FieldKind::Request => {
            let name: Field = spec.name.parse().map_err(|error: NameError| error.to_string())?;
            // The field itself says what it takes, and how it understood that.
            let mut blank = Request::new("x", chrono::DateTime::UNIX_EPOCH);
            field::set(&mut blank, name, text, context).map_err(|error| error.message)?;
            Ok(field::echo(&blank, name, context))
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
    use super::super::{check, choices};
    use super::*;
    use crate::domain::record::field;
    use crate::domain::words::ParseContext;
    use crate::ops::kit::studio;

    fn context() -> ParseContext {
        ParseContext::monday()
    }

    /// What is said back of a text in a field of some kind.
    fn said(kind: FieldKind, text: &str) -> Result<Option<String>, String> {
        let spec = field("Field").declared("field", "", kind);
        echo(&spec, text, FormContext { reading: &context(), people: &[], sources: &[] })
    }

    fn understood(kind: FieldKind, text: &str) -> Option<String> {
        said(kind, text).unwrap()
    }

    #[test]
    fn days_are_said_back() {
        let echo = |text| said(FieldKind::Day, text);
        assert_eq!(echo("fri"), Ok(Some("Fri 27 Nov, 4 working days".to_owned())));
        assert_eq!(echo("today"), Ok(Some("Mon 23 Nov, today".to_owned())));
        assert!(echo("asap").unwrap_err().contains("fri"), "{:?}", echo("asap"));
    }

    #[test]
    fn what_says_more_than_was_typed_is_said_back_and_nothing_else() {
        assert_eq!(understood(FieldKind::Length, "2d").unwrap(), "16h");
        assert_eq!(understood(FieldKind::Length, "16h"), None);
        assert_eq!(understood(FieldKind::Time, "9").unwrap(), "09:00");
        assert_eq!(understood(FieldKind::Week, "8 8 8 4 0").unwrap(), "28h a week");
        assert_eq!(understood(FieldKind::Factor, "0.8").unwrap(), "80 % of the time is planned");
        assert_eq!(
            understood(FieldKind::Choice(&["speed-to-market", "risk"]), "spe").unwrap(),
            "speed-to-market"
        );
        assert_eq!(understood(FieldKind::Text, "anything"), None);
    }

    #[test]
    fn each_kind_refuses_what_it_cannot_be() {
        for (kind, text) in [
            (FieldKind::Number, "many"),
            (FieldKind::Percent, "101"),
            (FieldKind::Third, "4"),
            (FieldKind::YesNo, "perhaps"),
            (FieldKind::Minutes, "-5"),
            (FieldKind::Time, "25:00"),
            (FieldKind::Length, "long"),
            (FieldKind::Week, "8 8"),
            (FieldKind::Factor, "101"),
            (FieldKind::Choice(&["even", "front"]), "round"),
        ] {
            assert!(said(kind, text).is_err(), "{kind:?} took {text}");
        }
    }

    #[test]
    fn somebody_is_said_back_with_what_they_do() {
        let desk = studio();
        let people = desk.store.people().unwrap();
        let spec = field("Who").declared("who", "", FieldKind::Person);
        let of = |people: &[Person], text| {
            echo(&spec, text, FormContext { reading: &context(), people, sources: &[] })
        };
        assert_eq!(of(&people, "an"), Ok(Some("Ana design".to_owned())));
        assert_eq!(of(&people, "zed").unwrap_err(), "nobody is called `zed`; there are ana, bo");
        assert!(of(&[], "ana").unwrap_err().ends_with("nobody is in the team yet"));
    }

    #[test]
    fn only_what_is_needed_may_not_be_empty_and_nothing_is_longer_than_a_text() {
        let (context, people) = (context(), []);
        let around = FormContext { reading: &context, people: &people, sources: &[] };
        let needed = field("Last day").needed().declared("to", "", FieldKind::Day);
        let free = field("Last day").declared("to", "", FieldKind::Day);
        assert_eq!(check(&needed, " ", around).unwrap_err(), "last day is needed");
        assert_eq!(check(&free, " ", around), Ok(None));
        let text = field("Notes").declared("notes", "", FieldKind::Text);
        let long = "x".repeat(crate::domain::bounds::TEXT + 1);
        assert!(check(&text, &long, around).is_err());
        assert_eq!(check(&text, &long[1..], around), Ok(None));
    }

    #[test]
    fn what_can_be_completed_is_what_is_understood() {
        for kind in [FieldKind::YesNo, FieldKind::Shape, FieldKind::Choice(&["even", "front"])] {
            let spec = field("Field").declared("field", "", kind);
            assert!(choices(&spec).len() > 1);
            for choice in choices(&spec) {
                assert!(said(kind, choice).is_ok(), "{kind:?} {choice}");
            }
        }
        assert_eq!(choices(Field::Hard.spec()), ["yes", "no"]);
        assert_eq!(choices(Field::Title.spec()), [] as [&str; 0]);
    }
}
