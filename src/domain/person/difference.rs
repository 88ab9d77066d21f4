//! What changed of somebody, as histories and imports tell it.

use chrono::NaiveDate;

use super::{Contract, Factor, Person, STANDARD_WEEK, week_text};
use crate::domain::difference::{Difference, FieldValue, of_fields};
use crate::domain::record::{FieldKind, FieldSpec, Fields, TableRow};

impl Person {
    /// In what somebody differs afterwards, fact by fact.
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let day = |day: Option<NaiveDate>| day.map_or(FieldValue::Empty, FieldValue::Day);
        // Of several contracts only those are told that came or went.
        let hours = |own: &Self, other: &Self| {
            let news = own.contracts.iter().filter(|contract| !other.contracts.contains(contract));
            // The usual hours that were counted until then are no news.
            let news = news.filter(|it| {
                !(other.contracts.is_empty() && own.contracts.len() > 1 && it.week == STANDARD_WEEK)
            });
            let since =
                |from| if from == NaiveDate::default() { String::new() } else { format!(" from {from}") };
            let told = |it: &Contract| format!("{}{}", week_text(&it.week), since(it.from));
            FieldValue::told(&news.map(told).collect::<Vec<_>>().join(", "))
        };
        let percent = |person: &Self| {
            let Factor(factor) = person.factor;
            FieldValue::Told(format!("{}.{:02}", factor / 100, factor % 100), format!("{factor} %"))
        };
        let text = |person: &Self, name| match name {
            "handle" | "email" => FieldValue::told(&person.get(name)),
            _ => FieldValue::words(&person.get(name)),
        };
        let is_told = |(field, _): &(&FieldSpec, &&str)| {
            field.kind == FieldKind::Text && (field.is_in_form() || field.is_option())
        };
        let texts = Self::FIELDS.iter().zip(Self::COLUMNS).filter(is_told);
        let texts = texts.map(|(field, column)| (*column, text(self, field.name), text(after, field.name)));
        of_fields(texts.chain([
            ("hours", hours(self, after), hours(after, self)),
            ("planning_factor", percent(self), percent(after)),
            ("first_day", day(self.first_day), day(after.first_day)),
            ("last_day", day(self.last_day), day(after.last_day)),
            ("role", FieldValue::Truth(self.is_role), FieldValue::Truth(after.is_role)),
        ]))
    }
}
