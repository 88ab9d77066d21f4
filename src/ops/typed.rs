//! Fields as people type and see them. Somebody of the team is known to people by name and to a record by number.

use chrono::NaiveDate;

use super::OpsError;
use super::team::{find_person, handle};
use crate::domain::day;
use crate::domain::person::Person;
use crate::domain::record::{DAY_FORMAT, FieldKind, FieldSpec, Fields};
use crate::domain::words::ParseContext;

/// Fields by name with what was typed.
pub type Words = [(&'static str, String)];

/// True if somebody of the team is named in one of the fields.
pub fn names_people<F: Fields>() -> bool {
    F::FIELDS.iter().any(|field| field.kind == FieldKind::Person)
}

/// Sets the fields that were typed.
///
/// # Errors
/// The name of the field, what is wrong with its text and what would be right.
pub fn fill<F: Fields>(
    form: &mut F,
    words: &Words,
    people: &[Person],
    context: &ParseContext,
) -> Result<(), OpsError> {
    for (name, text) in words {
        let field = F::FIELDS.iter().find(|field| field.name == *name);
        let is_person = field.is_some_and(|field| field.kind == FieldKind::Person);
        let text = if is_person { &find_person(people, text)?.id.to_string() } else { text };
        // By the name under which it was typed, where its option has another than the field.
        let typed = field.map_or(*name, FieldSpec::option_name);
        form.set(name, text, context)
            .map_err(|message| OpsError::Rejected { message: format!("{typed}: {message}"), hint: None })?;
    }
    Ok(())
}

/// A field as it could be typed.
pub fn shown<F: Fields>(form: &F, field: &FieldSpec, people: &[Person]) -> String {
    let text = form.get(field.name);
    match text.parse() {
        Ok(id) if field.kind == FieldKind::Person => handle(people, id),
        _ => text,
    }
}

/// The fields that were typed as they were understood: a day by its date, as `fri` would be another one next week.
pub fn understood<F: Fields>(
    form: &F,
    words: &Words,
    people: &[Person],
    today: NaiveDate,
) -> Vec<(&'static str, String)> {
    let said = |name: &'static str| {
        let field = F::FIELDS.iter().find(|field| field.name == name)?;
        // The journal is read by whoever looks on as well.
        if field.is_private {
            return Some("…".to_owned());
        }
        let text = shown(form, field, people);
        let date = Some(&text)
            .filter(|_| field.kind == FieldKind::Day)
            .and_then(|text| NaiveDate::parse_from_str(text, DAY_FORMAT).ok());
        Some(date.map_or(text, |date| day::day_near(date, today)))
    };
    words.iter().map(|(name, typed)| (*name, said(name).unwrap_or_else(|| typed.clone()))).collect()
}

/// Every field of a form with its text.
pub fn rows<F: Fields>(form: &F, people: &[Person]) -> Vec<(&'static FieldSpec, String)> {
    let asked = F::FIELDS.iter().filter(|field| field.is_in_form());
    asked.map(|field| (field, shown(form, field, people))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::allocation::ShareForm;
    use crate::domain::ids::PersonId;
    use crate::domain::minutes::Minutes;
    use crate::domain::person::Holiday;
    use crate::domain::record::{Datum, TableRow};

    fn context() -> ParseContext {
        ParseContext::monday()
    }

    fn person(id: i64, name: &str, handle: &str) -> Person {
        Person::called(id, handle, name)
    }

    fn share() -> ShareForm {
        let day = "2026-11-24".parse().unwrap();
        ShareForm {
            person: PersonId(2),
            minutes: None,
            left: None,
            from: day,
            to: day,
            shape: Datum::first(day),
            is_tentative: false,
        }
    }

    fn typed(words: &[(&'static str, &str)]) -> Result<ShareForm, String> {
        let people = [person(1, "Ana Ruiz", "ana"), person(2, "Bo Lind", "bo")];
        let words: Vec<_> = words.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        let mut form = share();
        fill(&mut form, &words, &people, &context()).map(|()| form).map_err(|error| error.to_string())
    }

    #[test]
    fn somebody_is_typed_by_name_and_shown_by_handle() {
        assert_eq!(typed(&[("who", "Ana R")]).unwrap().person, PersonId(1));
        let people = [person(2, "Bo Lind", "bo")];
        let rows = rows(&share(), &people);
        assert_eq!(rows.iter().find(|(field, _)| field.name == "who").unwrap().1, "bo");
    }

    #[test]
    fn what_is_not_typed_stays() {
        let form = typed(&[("hours", "6h")]).unwrap();
        assert_eq!(form, ShareForm { minutes: Some(Minutes::hours(6)), ..share() });
        assert_eq!(typed(&[("hours", "6h"), ("hours", "none")]).unwrap(), share());
    }

    #[test]
    fn a_wrong_text_is_named_with_its_field() {
        assert!(typed(&[("who", "Zed")]).unwrap_err().contains("nobody is called `Zed`"));
        assert!(typed(&[("shape", "round")]).unwrap_err().starts_with("shape: `round` is not a shape"));
        assert!(typed(&[("colour", "red")]).unwrap_err().contains("there is no field colour"));
        // `holiday add NAME --on x`
        let mut holiday: Holiday = TableRow::blank("2026-11-24".parse().unwrap());
        let refused = fill(&mut holiday, &[("from", "x".to_owned())], &[], &context()).unwrap_err();
        assert!(refused.to_string().starts_with("on: `x` is not a day"), "{refused}");
    }
}
