//! What changed of somebody, as histories and imports tell it.

use chrono::NaiveDate;

use super::{Contract, Person, STANDARD_WEEK, week_text};
use crate::domain::difference::{Difference, FieldValue, of_fields};

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
            let factor = person.factor_percent;
            FieldValue::Told(format!("{}.{:02}", factor / 100, factor % 100), format!("{factor} %"))
        };
        of_fields([
            ("handle", FieldValue::told(&self.handle), FieldValue::told(&after.handle)),
            ("name", FieldValue::words(&self.name), FieldValue::words(&after.name)),
            ("discipline", FieldValue::words(&self.discipline), FieldValue::words(&after.discipline)),
            ("email", FieldValue::told(&self.email), FieldValue::told(&after.email)),
            ("also", FieldValue::words(&self.also), FieldValue::words(&after.also)),
            ("told_apart", FieldValue::words(&self.told_apart), FieldValue::words(&after.told_apart)),
            ("hours", hours(self, after), hours(after, self)),
            ("planning_factor", percent(self), percent(after)),
            ("first_day", day(self.first_day), day(after.first_day)),
            ("last_day", day(self.last_day), day(after.last_day)),
            ("role", FieldValue::Truth(self.is_role), FieldValue::Truth(after.is_role)),
        ])
    }
}
