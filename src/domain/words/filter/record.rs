//! A declared record as a filter sees it: its words are its fields.

use chrono::NaiveDate;

use super::subject::{FoundValue, Searchable};
use crate::domain::record::{FieldKind, FieldSpec, Record, StoredValue};
use crate::domain::words::{fold, holds};

/// A record with what a filter needs besides it.
pub struct RecordSubject<'a, R> {
    pub record: &'a R,
    pub today: NaiveDate,
    /// Others look on: private fields are not asked.
    pub hides_private: bool,
    /// It is kept from others.
    pub is_private: bool,
    /// What a report works out about it.
    pub worked_out: Standing,
}

/// What stands in no field of a record and is worked out from others: what a board shows of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Marks that it has: `owed`, `cold`, `opposed`.
    pub marks: Vec<&'static str>,
    /// How far they trust, 1 to 5.
    pub trust: Option<i64>,
    /// When they were met last.
    pub met: Option<NaiveDate>,
    /// How much of the way to its target an outcome has come, in per cent.
    pub done: Option<i64>,
}

/// Days and words whose presence ends a record.
const ENDS: &[&str] = &["kept", "broken", "decided", "end", "closed"];
/// Days by which something has to be done.
const DUE: &[&str] = &["due", "raise-by"];

impl<R: Record> RecordSubject<'_, R> {
    fn field(&self, name: &str) -> Option<(usize, &'static FieldSpec)> {
        R::FIELDS
            .iter()
            .enumerate()
            .find(|(_, field)| field.name == name && !(self.hides_private && field.is_private))
    }

    fn stands(&self, name: &str) -> bool {
        self.field(name).is_some() && !self.record.get(name).is_empty()
    }

    /// Of a risk: likelihood times impact, each 1 to 3.
    fn weight(&self) -> FoundValue<'static> {
        match (self.value("likelihood"), self.value("impact")) {
            (FoundValue::Number(one), FoundValue::Number(other)) => FoundValue::Number(one * other),
            _ => FoundValue::Missing,
        }
    }

    fn is_closed(&self) -> bool {
        ENDS.iter().any(|name| self.stands(name))
            || ["unlocked", "dropped"].contains(&self.record.get("stage").as_str())
    }

    fn is_late(&self) -> bool {
        let is_past = |name: &&str| matches!(self.value(name), FoundValue::Day(day) if day < self.today);
        // A risk only had to be said by its day: once that was done it is late no more.
        !self.is_closed() && !self.stands("raised") && DUE.iter().any(is_past)
    }
}

impl Standing {
    fn value(&self, word: &str) -> FoundValue<'static> {
        let number = |value: Option<i64>| {
            let small = value.and_then(|value| i32::try_from(value).ok());
            small.map_or(FoundValue::Missing, |value| FoundValue::Number(value.into()))
        };
        match word {
            "trust" => number(self.trust),
            "done" => number(self.done),
            "met" => self.met.map_or(FoundValue::Missing, FoundValue::Day),
            _ => FoundValue::Missing,
        }
    }
}

impl<R: Record> Searchable for RecordSubject<'_, R> {
    fn holds_text(&self, folded: &str) -> bool {
        let asked = |field: &&FieldSpec| field.holds_words() || field.kind == FieldKind::Key;
        let shown = |field: &&FieldSpec| !(self.hides_private && field.is_private);
        // By the whole key, or R-1 would find R-17.
        fold(&self.record.key().to_string()) == folded
            || R::FIELDS
                .iter()
                .filter(asked)
                .filter(shown)
                .any(|field| holds(&self.record.get(field.name), folded))
    }

    fn value(&self, word: &str) -> FoundValue<'_> {
        if word == "key" {
            return FoundValue::Keyed(self.record.key().to_string(), "".into());
        }
        let Some((index, field)) = self.field(word) else {
            return match word {
                "weight" => self.weight(),
                // Nobody else reads how far somebody trusts, be it only from the order of a list.
                "trust" if self.hides_private => FoundValue::Missing,
                word => self.worked_out.value(word),
            };
        };
        let shown = self.record.get(word);
        // No is shown as nothing, and is an answer all the same.
        if shown.is_empty() && field.kind != FieldKind::YesNo {
            return FoundValue::Missing;
        }
        match (field.kind, self.record.stored(index)) {
            (_, StoredValue::Null) => FoundValue::Missing,
            (FieldKind::Day, StoredValue::Text(text)) => {
                text.parse().map_or(FoundValue::Missing, FoundValue::Day)
            }
            (FieldKind::Key, _) => FoundValue::Keyed(shown, self.record.get(word).into()),
            (FieldKind::Person, _) => FoundValue::Text(shown.into()),
            (_, StoredValue::Int(number)) => {
                i32::try_from(number).map_or(FoundValue::Missing, |number| FoundValue::Number(number.into()))
            }
            (_, StoredValue::Real(number)) => FoundValue::Number(number),
            (_, StoredValue::Text(text)) => FoundValue::Text(text.into()),
        }
    }

    fn has_mark(&self, word: &str, mark: &str) -> bool {
        match (word, mark) {
            ("is", "closed") => self.is_closed(),
            ("is", "open") => !self.is_closed(),
            ("is", "late") => self.is_late(),
            ("is", "private") => self.is_private,
            ("is", mark) => self.worked_out.marks.contains(&mark),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::influence::Stakeholder;
    use crate::domain::record::{Kind, TableRow};
    use crate::domain::words::ParseContext;
    use crate::domain::words::filter::{Filter, schema};

    #[test]
    fn what_a_board_works_out_of_somebody_is_asked_by_the_words_that_it_shows() {
        let today = ParseContext::monday().today;
        let record: Stakeholder = TableRow::blank(today);
        let worked_out = Standing { marks: vec!["owed"], trust: Some(4), met: Some(today), done: None };
        let (hides_private, is_private) = (false, false);
        let subject = RecordSubject { record: &record, today, hides_private, is_private, worked_out };
        for (text, fits) in [
            ("trust:4", true),
            ("trust:<4", false),
            ("is:owed", true),
            ("is:cold|owed", true),
            ("-is:cold", true),
            ("met:any", true),
            ("met:<2w", true),
            ("met:none", false),
        ] {
            let filter =
                Filter::parse_with(text, &schema::of_kind(Kind::Stakeholder), &ParseContext::monday())
                    .unwrap();
            assert_eq!(filter.matches(&subject), fits, "{text}");
        }
        // Neither a filter nor the order of a list tells it to whoever looks on.
        assert!(matches!(subject.in_column("trust"), FoundValue::Number(_)));
        let seen = RecordSubject { hides_private: true, ..subject };
        assert_eq!(seen.in_column("trust"), FoundValue::Missing);
    }
}
