//! What can stand in a field of a record: how it is typed, shown, and held by the store.

use crate::domain::bounds;
use chrono::{NaiveDate, NaiveTime};

use super::is_nothing;
use super::key::RecordKey;
use super::spec::FieldKind;
use crate::domain::ids::{DecisionId, FrictionId, GainId, OutcomeId, PersonId, RequestId, StakeholderId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::minutes::Minutes;
use crate::domain::words::ParseContext;
use crate::domain::words::days::read_day;
use crate::domain::words::duration::parse_duration;
use crate::domain::words::time::parse_time;

/// A value as the store holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum StoredValue {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
}

/// A value that can stand in a field.
pub trait Datum: Sized {
    /// What a field of this type takes, unless its declaration chooses another kind.
    const KIND: FieldKind;

    /// What stands there in a new record.
    fn first(today: NaiveDate) -> Self;
    /// As it could be typed.
    fn shown(&self) -> String;
    /// From what was typed, trimmed.
    ///
    /// # Errors
    /// A sentence with what would be right.
    fn read(text: &str, context: &ParseContext) -> Result<Self, String>;
}

/// A value that has a column.
pub trait Stored: Datum {
    /// As the store holds it.
    fn stored(&self) -> StoredValue;
    /// From what the store holds.
    ///
    /// # Errors
    /// A sentence when it is something else.
    fn from_stored(value: StoredValue) -> Result<Self, String>;
}

fn foreign<T>(value: &StoredValue) -> Result<T, String> {
    Err(format!("{value:?} does not belong here"))
}

impl Datum for String {
    const KIND: FieldKind = FieldKind::Text;

    fn first(_: NaiveDate) -> Self {
        Self::new()
    }

    fn shown(&self) -> String {
        self.clone()
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        Ok(if is_nothing(text) { Self::new() } else { text.to_owned() })
    }
}

impl Stored for String {
    fn stored(&self) -> StoredValue {
        StoredValue::Text(self.clone())
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        match value {
            StoredValue::Text(text) => Ok(text),
            other => foreign(&other),
        }
    }
}

/// How a day stands in a form: with its year, so that it is the same day however long the form is open.
pub const DAY_FORMAT: &str = "%a %-d %b %Y";

impl Datum for NaiveDate {
    const KIND: FieldKind = FieldKind::Day;

    fn first(today: NaiveDate) -> Self {
        today
    }

    fn shown(&self) -> String {
        self.format(DAY_FORMAT).to_string()
    }

    fn read(text: &str, context: &ParseContext) -> Result<Self, String> {
        // A day that must be there has no value for none, so the word for it cannot clear it.
        if is_nothing(text) {
            return Err("a day is needed".to_owned());
        }
        read_day(text, context).map_err(|error| error.to_string())
    }
}

impl Stored for NaiveDate {
    fn stored(&self) -> StoredValue {
        StoredValue::Text(self.to_string())
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        match value {
            StoredValue::Text(text) => {
                text.parse().map_err(|_| format!("`{}` is not a day", bounds::named(&text)))
            }
            other => foreign(&other),
        }
    }
}

impl Datum for NaiveTime {
    const KIND: FieldKind = FieldKind::Time;

    fn first(_: NaiveDate) -> Self {
        Self::MIN
    }

    fn shown(&self) -> String {
        self.format("%H:%M").to_string()
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        parse_time(text)
    }
}

impl Datum for Minutes {
    const KIND: FieldKind = FieldKind::Length;

    fn first(_: NaiveDate) -> Self {
        Self::ZERO
    }

    fn shown(&self) -> String {
        // No hours are shown as an empty field, which is how they are typed.
        if self.is_zero() { String::new() } else { self.to_string() }
    }

    fn read(text: &str, context: &ParseContext) -> Result<Self, String> {
        if is_nothing(text) {
            return Ok(Self::ZERO);
        }
        // `6h/wk` is how people write hours a week.
        let plain = ["/week", "/wk", "/w", " a week", " per week"]
            .iter()
            .find_map(|end| text.strip_suffix(end))
            .unwrap_or(text);
        parse_duration(plain, context.day).map_err(|error| error.to_string())
    }
}

impl Stored for Minutes {
    fn stored(&self) -> StoredValue {
        StoredValue::Int(self.0)
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        match value {
            StoredValue::Int(minutes) => Ok(Self(minutes)),
            other => foreign(&other),
        }
    }
}

impl Datum for f64 {
    const KIND: FieldKind = FieldKind::Number;

    fn first(_: NaiveDate) -> Self {
        0.0
    }

    fn shown(&self) -> String {
        number_text(*self)
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        read_number(text)
    }
}

impl Stored for f64 {
    fn stored(&self) -> StoredValue {
        StoredValue::Real(*self)
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        match value {
            StoredValue::Real(number) => Ok(number),
            StoredValue::Int(number) => {
                i32::try_from(number).map(Self::from).map_err(|_| "too large".to_owned())
            }
            other => foreign(&other),
        }
    }
}

impl Datum for i64 {
    const KIND: FieldKind = FieldKind::Number;

    fn first(_: NaiveDate) -> Self {
        0
    }

    fn shown(&self) -> String {
        self.to_string()
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        // The sign that text editors and this program print for minus.
        text.replace('−', "-").parse().map_err(|_| format!("`{}` is not a whole number", bounds::named(text)))
    }
}

impl Stored for i64 {
    fn stored(&self) -> StoredValue {
        StoredValue::Int(*self)
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        match value {
            StoredValue::Int(number) => Ok(number),
            other => foreign(&other),
        }
    }
}

/// `9.5`, `14`, `1200000`: without a fraction where there is none.
pub(super) fn number_text(number: f64) -> String {
    // Two places are what people type; a third would only ever come from reckoning.
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn read_number(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{}` is not a number; write 14, 9.5 or 1,200", bounds::named(text));
    let bare = text.trim_end_matches('%').trim();
    let plain = match (bare.rfind(','), bare.rfind('.')) {
        // Of two signs the last is the decimal one: 1.200,50 is written where 1,200.50 is written elsewhere.
        (Some(comma), Some(point)) if comma > point => bare.replace('.', "").replace(',', "."),
        // A comma before three digits parts thousands, otherwise it is a decimal point.
        (Some(comma), None) if bare.len() - comma != 4 => bare.replace(',', "."),
        _ => bare.replace(',', ""),
    };
    // `parse` would read `inf` and `nan` as well.
    plain.replace('−', "-").parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(wrong)
}

/// A yes or no that may be open.
impl Datum for bool {
    const KIND: FieldKind = FieldKind::YesNo;

    fn first(_: NaiveDate) -> Self {
        false
    }

    fn shown(&self) -> String {
        if *self { "yes" } else { "" }.to_owned()
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        match text.to_lowercase().as_str() {
            "yes" | "y" | "true" | "x" | "1" => Ok(true),
            "" | "no" | "n" | "false" | "0" | "-" | "none" => Ok(false),
            _ => Err(format!("`{}` is neither yes nor no", bounds::named(text))),
        }
    }
}

impl Stored for bool {
    fn stored(&self) -> StoredValue {
        StoredValue::Int(i64::from(*self))
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        match value {
            StoredValue::Int(number) => Ok(number != 0),
            other => foreign(&other),
        }
    }
}

/// A confidence in per cent, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(pub u8);

/// 1 low, 2 middle, 3 high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Third(pub u8);

macro_rules! small_number {
    ($name:ident, $range:expr, $said:literal) => {
        impl Datum for $name {
            const KIND: FieldKind = FieldKind::$name;

            fn first(_: NaiveDate) -> Self {
                Self(*$range.start())
            }

            fn shown(&self) -> String {
                self.0.to_string()
            }

            fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
                let number = text.trim_end_matches('%').trim().parse().ok();
                number
                    .filter(|number| $range.contains(number))
                    .map(Self)
                    .ok_or_else(|| format!("`{}` is not {}", crate::domain::bounds::named(text), $said))
            }
        }

        impl Stored for $name {
            fn stored(&self) -> StoredValue {
                StoredValue::Int(i64::from(self.0))
            }

            fn from_stored(value: StoredValue) -> Result<Self, String> {
                match value {
                    StoredValue::Int(number) => {
                        u8::try_from(number).map(Self).map_err(|error| error.to_string())
                    }
                    other => foreign(&other),
                }
            }
        }
    };
}

small_number!(Percent, 0..=100u8, "between 0 and 100");
small_number!(Third, 1..=3u8, "1 (low), 2 or 3 (high)");

/// A value that may be missing.
impl<T: Datum> Datum for Option<T> {
    const KIND: FieldKind = T::KIND;

    fn first(_: NaiveDate) -> Self {
        None
    }

    fn shown(&self) -> String {
        self.as_ref().map_or_else(String::new, T::shown)
    }

    fn read(text: &str, context: &ParseContext) -> Result<Self, String> {
        if is_nothing(text) { Ok(None) } else { T::read(text, context).map(Some) }
    }
}

impl<T: Stored> Stored for Option<T> {
    fn stored(&self) -> StoredValue {
        self.as_ref().map_or(StoredValue::Null, T::stored)
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        if value == StoredValue::Null { Ok(None) } else { T::from_stored(value).map(Some) }
    }
}

macro_rules! id_datum {
    ($($id:ident $kind:ident,)*) => {$(
        impl Datum for $id {
            const KIND: FieldKind = FieldKind::$kind;

            fn first(_: NaiveDate) -> Self {
                Self(0)
            }

            fn shown(&self) -> String {
                // No row has the number zero: it stands for what is not chosen yet.
                if self.0 == 0 { String::new() } else { self.to_string() }
            }

            fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
                text.parse().map_err(|error: crate::domain::ids::KeyError| error.to_string())
            }
        }

        impl Stored for $id {
            fn stored(&self) -> StoredValue {
                StoredValue::Int(self.0)
            }

            fn from_stored(value: StoredValue) -> Result<Self, String> {
                match value {
                    StoredValue::Int(number) => Ok(Self(number)),
                    other => foreign(&other),
                }
            }
        }
    )*};
}

id_datum!(RequestId Key, OutcomeId Key, StakeholderId Key, DecisionId Key, FrictionId Key, GainId Key, PersonId Person,);

macro_rules! text_datum {
    ($($name:ty, $first:expr;)*) => {$(
        impl Datum for $name {
            const KIND: FieldKind = FieldKind::Key;

            fn first(_: NaiveDate) -> Self {
                $first
            }

            /// What names nothing yet is empty.
            fn shown(&self) -> String {
                if *self == $first { String::new() } else { self.to_string() }
            }

            fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
                text.parse().map_err(|error| format!("{error}"))
            }
        }

        impl Stored for $name {
            fn stored(&self) -> StoredValue {
                StoredValue::Text(self.to_string())
            }

            fn from_stored(value: StoredValue) -> Result<Self, String> {
                match value {
                    StoredValue::Text(text) => text.parse().map_err(|error| format!("{error}")),
                    other => foreign(&other),
                }
            }
        }
    )*};
}

text_datum! {
    RecordKey, RecordKey::Numbered(super::Kind::Request, 0);
    OccurrenceKey, OccurrenceKey { meeting: crate::domain::ids::MeetingId(0), occurrence: String::new() };
}

/// Makes a closed set of words a value of fields: its first word stands in a new record.
macro_rules! word_datum {
    ($($name:ty),*) => {$(
        impl $crate::domain::record::Datum for $name {
            const KIND: $crate::domain::record::FieldKind = $crate::domain::record::FieldKind::Choice(Self::NAMES);

            fn first(_: chrono::NaiveDate) -> Self {
                Self::ALL[0]
            }

            fn shown(&self) -> String {
                self.name().to_owned()
            }

            fn read(text: &str, _: &$crate::domain::words::ParseContext) -> Result<Self, String> {
                text.parse().map_err(|error: $crate::domain::named::NameError| error.to_string())
            }
        }

        impl $crate::domain::record::Stored for $name {
            fn stored(&self) -> $crate::domain::record::StoredValue {
                // By the stable name, so that the words people read can change without the store.
                $crate::domain::record::StoredValue::Text(self.name().to_owned())
            }

            fn from_stored(value: $crate::domain::record::StoredValue) -> Result<Self, String> {
                match value {
                    $crate::domain::record::StoredValue::Text(text) => text.parse().map_err(|error: $crate::domain::named::NameError| error.to_string()),
                    other => Err(format!("{other:?} does not belong here")),
                }
            }
        }
    )*};
}

pub(crate) use word_datum;

word_datum!(crate::domain::lever::Lever);

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> ParseContext {
        ParseContext::monday()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("14", 14.0),
            ("9.5", 9.5),
            ("9,5", 9.5),
            ("1,200", 1200.0),
            ("1,200.5", 1200.5),
            ("1.200,50", 1200.5),
            ("1.234.567,8", 1_234_567.8),
            ("12,5", 12.5),
            ("-3", -3.0),
            ("−3", -3.0),
            ("8 %", 8.0),
        ] {
            assert!((f64::read(text, &context()).unwrap() - expected).abs() < 1e-9, "{text}");
        }
        for text in ["much", "inf", "nan", "1 2 3 x"] {
            assert!(f64::read(text, &context()).is_err(), "{text}");
        }
        assert_eq!(
            (number_text(9.5), number_text(14.0), number_text(100.0)),
            ("9.5".into(), "14".into(), "100".into())
        );
    }

    #[test]
    fn hours_a_week_are_hours() {
        for text in ["6", "6h", "6h/wk", "6h a week", "6h/week"] {
            assert_eq!(Minutes::read(text, &context()), Ok(Minutes::hours(6)), "{text}");
        }
    }
}
