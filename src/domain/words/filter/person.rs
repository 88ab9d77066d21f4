//! Somebody of the team as a filter sees them: what their form has, what they hold, and whether they are over.

use chrono::NaiveDate;

use super::record::RecordSubject;
use super::subject::{FoundValue, Searchable};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Person};
use crate::domain::record::{FieldKind, FieldSpec, Fields};
use crate::domain::words::holds;

/// A person with what a filter needs of the load.
pub struct PersonSubject<'a> {
    pub person: &'a Person,
    pub today: NaiveDate,
    /// The requests that they hold, as `R-3 Price list`; looked for only where a filter asks, since that goes through
    /// the whole queue.
    pub holdings: &'a dyn Fn() -> Vec<String>,
    /// What no schedule can place in time of all that they hold.
    pub over: Minutes,
}

/// What somebody works in a week of whom no hours were told.
const WEEK: Minutes = Minutes::hours(40);

impl Searchable for PersonSubject<'_> {
    fn holds_text(&self, folded: &str) -> bool {
        // These two hold names of others that come near theirs, and what sources wrote: whoever searches for one of
        // those does not mean this person.
        let is_own = |field: &&FieldSpec| {
            field.kind == FieldKind::Text && !["told-apart", "seen"].contains(&field.name)
        };
        Person::FIELDS.iter().filter(is_own).any(|field| holds(&self.person.get(field.name), folded))
    }

    fn value(&self, word: &str) -> FoundValue<'_> {
        let text = |text: &'_ str| FoundValue::Text(text.to_owned().into());
        let day = |day: Option<_>| day.map_or(FoundValue::Missing, FoundValue::Day);
        match word {
            "hours" => {
                let now = self.person.contract_on(self.today);
                // A role without a contract has no hours, as the load plans it: somebody is yet to be found.
                if now.is_none() && self.person.is_role {
                    return FoundValue::Missing;
                }
                let week = now.map_or(WEEK, |now| now.week.iter().copied().sum());
                i32::try_from(week.0)
                    .map_or(FoundValue::Missing, |minutes| FoundValue::Number(minutes.into()))
            }
            "role" => FoundValue::Number(f64::from(u8::from(self.person.is_role))),
            "factor" => FoundValue::Number(self.person.factor.0.into()),
            "first" => day(self.person.first_day),
            "last" => day(self.person.last_day),
            "holds" => FoundValue::Texts((self.holdings)().into_iter().map(Into::into).collect()),
            _ => text(&self.person.get(word)),
        }
    }

    fn in_column(&self, word: &str) -> FoundValue<'_> {
        match word {
            "over" if !self.over.is_positive() => FoundValue::Missing,
            "over" => i32::try_from(self.over.0)
                .map_or(FoundValue::Missing, |minutes| FoundValue::Number(minutes.into())),
            word => self.value(word),
        }
    }

    fn has_mark(&self, word: &str, mark: &str) -> bool {
        match (word, mark) {
            ("is", "role") => self.person.is_role,
            ("is", "person") => !self.person.is_role,
            ("over", "forced") => self.over.is_positive(),
            _ => false,
        }
    }
}

/// An absence, which is known by whose it is too.
pub struct AbsenceSubject<'a> {
    pub record: RecordSubject<'a, Absence>,
    pub who: &'a Person,
}

impl Searchable for AbsenceSubject<'_> {
    fn holds_text(&self, folded: &str) -> bool {
        self.record.holds_text(folded)
            || [&self.who.name, &self.who.handle].iter().any(|text| holds(text, folded))
    }

    fn value(&self, word: &str) -> FoundValue<'_> {
        // The record has a number there, by which nobody looks for somebody.
        if word == "who" {
            return FoundValue::Texts(vec![(&self.who.handle).into(), (&self.who.name).into()]);
        }
        self.record.value(word)
    }

    fn has_mark(&self, word: &str, mark: &str) -> bool {
        self.record.has_mark(word, mark)
    }
}
